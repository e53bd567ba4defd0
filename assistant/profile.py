"""What is known of an enterprise, each fact with the words it was read from, and what is to be decided for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Range:
    """A number known exactly (low == high) or only within limits; None leaves a side open. Units are the fact's.

    "不到50" has no low and an open high of 50; "二十多" runs from above 20 to 29. An empty range raises ValueError.
    """

    low: Decimal | None = None
    high: Decimal | None = None
    low_open: bool = False  # True: the limit itself is left out
    high_open: bool = False

    def __post_init__(self) -> None:
        if self.low is None or self.high is None:
            return
        if self.low > self.high or (self.low == self.high and (self.low_open or self.high_open)):
            raise ValueError(f"there is no number from {self.low} to {self.high}")

    @classmethod
    def of(cls, value: Decimal | int | str) -> Range:
        """Exactly this number."""
        number = Decimal(value)
        return cls(number, number)

    @property
    def exact(self) -> Decimal | None:
        """The number, where it is known exactly."""
        return self.low if self.low is not None and self.low == self.high else None


@dataclass(frozen=True, slots=True)
class Days:
    """A date known exactly (first == last) or only as lying in a span, both ends included: 下个月, 12月底."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"{self.first} comes after {self.last}")

    @classmethod
    def of(cls, day: date) -> Days:
        """Exactly this day."""
        return cls(day, day)

    @property
    def exact(self) -> date | None:
        """The day, where it is known exactly."""
        return self.first if self.first == self.last else None


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the fact's choices: a single one, or the few it may still be (小微: small or micro). Never empty."""

    among: frozenset[str]

    def __post_init__(self) -> None:
        if not self.among:
            raise ValueError("a choice needs at least one possibility")

    @classmethod
    def of(cls, *choices: str) -> Choice:
        """One of these."""
        return cls(frozenset(choices))

    @property
    def exact(self) -> str | None:
        """The choice, where only one is possible."""
        return next(iter(self.among)) if len(self.among) == 1 else None


@dataclass(frozen=True, slots=True)
class Several:
    """Which of the fact's choices apply and which do not; those in neither are unknown. The two never overlap."""

    has: frozenset[str] = frozenset()
    lacks: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.has & self.lacks:
            raise ValueError(f"{sorted(self.has & self.lacks)} cannot both apply and not apply")


class Desk(str, Enum):
    """What a question about one's own enterprise wants decided."""

    SIZE = "size"  # large, medium, small or micro
    MATCH = "match"  # what it can apply for
    RENEWAL = "renewal"  # a loan falls due
    SUBSIDY = "subsidy"  # what a subsidy comes to
    SCHEDULE = "schedule"  # what is to be repaid when

    def __str__(self) -> str:
        return self.value


Value = Range | Days | Choice | Several | bool | str  # str: a place as "黑龙江省/大庆市", or a lender's name


@dataclass(frozen=True, slots=True)
class Stated:
    """A fact as somebody gave it."""

    fact: str  # an id of corpus/rules/facts.yaml
    value: Value
    said: str  # the words it was read from; empty when it was filled in on a form
    turn: int | None = None  # which of the user's turns, from 0; None: from a form
    inferred: bool = False  # True: follows from other words (餐馆 → services of catering), not said itself


@dataclass(frozen=True, slots=True)
class Profile:
    """All that was stated of one enterprise; what was stated in two ways is unknown until it is settled."""

    stated: Mapping[str, Stated] = field(default_factory=dict)
    contradictions: tuple[tuple[Stated, Stated], ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "stated", MappingProxyType(dict(self.stated)))

    @classmethod
    def of(cls, stated: Iterable[Stated]) -> Profile:
        """A profile of facts that do not contradict each other; of two for one fact the later counts."""
        return cls({item.fact: item for item in stated})

    def value(self, fact: str) -> Value | None:
        """What is known of a fact; None when nothing is, or when it was contradicted."""
        if any(first.fact == fact for first, _ in self.contradictions):
            return None
        found = self.stated.get(fact)
        return found.value if found else None

    def with_(self, *stated: Stated) -> Profile:
        """The profile with facts added or replaced; what is stated anew is no longer contradicted."""
        fresh = {item.fact for item in stated}
        kept = tuple(pair for pair in self.contradictions if pair[0].fact not in fresh)
        return replace(self, stated={**self.stated, **{item.fact: item for item in stated}}, contradictions=kept)

    def without(self, fact: str) -> Profile:
        """The profile with a fact unknown again."""
        kept = tuple(pair for pair in self.contradictions if pair[0].fact != fact)
        return replace(
            self, stated={name: item for name, item in self.stated.items() if name != fact}, contradictions=kept
        )
