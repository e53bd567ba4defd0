"""A profile as rules see it: what was stated, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from assistant.eligibility.rules import Dated, Fact, FactKind, SizeStandard
from assistant.eligibility.size import CLASSES, SizeResult, annual_revenue, classify
from assistant.profile import Choice, Days, Profile, Range, Several, Stated, Value

_METRICS = ("employees", "revenue_wan", "assets_wan")


@dataclass(frozen=True)
class View:
    """The facts of a profile on a day, with the size class and the share of new staff worked out."""

    profile: Profile
    facts: Mapping[str, Fact]
    standard: SizeStandard
    on: date
    stale: frozenset[tuple[str, str]] = field(default_factory=frozenset)  # clause and quotation that must not be used

    def value(self, fact: str) -> Value | None:
        """What is known of a fact, stated or worked out; None when nothing is."""
        if fact == "size_class":
            return self.size_class
        if fact == "hire_share_percent":
            return self._hire_share()
        if fact == "revenue_wan":
            return self._revenue()
        if fact == "loan_falling_due" and self.profile.value("loan_due") is not None:
            return True
        known = self.profile.value(fact)
        if fact in self.facts and self.facts[fact].kind is FactKind.SEVERAL:
            return self._several(self.facts[fact], known)
        if known is None:
            return next((value for name, said, value in self._implied.get(fact, ()) if self._says(name) is said), None)
        return known

    def stated(self, fact: str) -> Stated | None:
        """The words a fact was read from; None for what was worked out."""
        return self.profile.stated.get(fact)

    def is_stale(self, value: Dated) -> bool:
        """Whether a rule's quotation no longer stands in its clause."""
        return (value.clause, value.quote.zh) in self.stale

    @property
    def revenue_from(self) -> str:
        """The fact that the size standard takes for the revenue: what was invoiced, where no revenue is known."""
        known = self._revenue() is not None or _range(self.profile.value("invoiced_revenue_wan")) is None
        return "revenue_wan" if known else "invoiced_revenue_wan"

    @property
    def metrics(self) -> dict[str, Range | None]:
        """What the size standard counts, as far as it is known."""
        known = {fact: _range(self.value(fact)) for fact in _METRICS}
        return known | {"revenue_wan": _range(self.value(self.revenue_from))}

    @cached_property
    def size(self) -> SizeResult:
        """The class by the standard's limits."""
        industry = self.profile.value("industry")
        metrics = self.metrics
        if isinstance(industry, Choice) and any(self._limits_are_stale(name) for name in industry.among):
            return SizeResult(industry.among, frozenset(CLASSES), (), ())  # the limits are not used
        return classify(self.standard, industry if isinstance(industry, Choice) else None, metrics)

    def _limits_are_stale(self, industry: str) -> bool:
        limits = self.standard.industries.get(industry)
        tests = (limits.large, limits.medium, limits.small) if limits else ()
        return any((test.clause, test.quote.zh) in self.stale for test in tests)

    @cached_property
    def size_class(self) -> Choice | None:
        """The classes still possible: the limits decide; the class a user states only narrows what they leave open."""
        possible = self.size.among
        said = self.profile.value("size_class")
        if isinstance(said, Choice):
            possible = possible & said.among or (possible if self.size.exact else said.among)
        return Choice(possible) if possible and len(possible) < 4 else None

    def missing(self, fact: str) -> tuple[str, ...]:
        """The facts to ask for where this one is unknown or too vague, most telling first."""
        if fact == "size_class":
            return self.size.missing or ("size_class",)
        if fact == "hire_share_percent":
            return tuple(name for name in ("new_hires", "employees") if _exactly(self.profile.value(name)) is None)
        settles = [name for name, said, value in self._implied.get(fact, ()) if said and isinstance(value, bool)]
        if settles and self._says(settles[0]) is None:
            return (settles[0],)
        return (fact,)

    def date_of(self, fact: str | None) -> Days:
        """The day that decides which values hold: that of a date fact, or the day asked."""
        known = self.profile.value(fact) if fact else None
        return known if isinstance(known, Days) else Days.of(self.on)

    @cached_property
    def _implied(self) -> dict[str, list[tuple[str, bool, Value]]]:
        """By fact: the flags that settle it, the answer to them that does, and what it is then."""
        found: dict[str, list[tuple[str, bool, Value]]] = {}
        for name, fact in self.facts.items():
            for said, follows in ((True, fact.implies), (False, fact.denies)):
                for other, value in follows.items():
                    implied = Choice(frozenset(value)) if isinstance(value, tuple) else value
                    found.setdefault(other, []).append((name, said, implied))
        return found

    def _says(self, flag: str) -> Value | None:
        return self.profile.value(flag)

    def _several(self, fact: Fact, known: Value | None) -> Value | None:
        """What was stated, and what it and the industry rule out."""
        stated = known if isinstance(known, Several) else Several()
        lacks = set(stated.lacks)
        industry = self.profile.value("industry")
        form = self.profile.value("form")
        for known_as, only in ((industry, fact.only_in), (form, fact.only_forms)):
            if isinstance(known_as, Choice):
                lacks |= {name for name, places in only.items() if not known_as.among & set(places)}
        if fact.closed and stated.has:
            lacks |= set(fact.choices)
        has = set(stated.has)
        if isinstance(industry, Choice):
            entailed = frozenset.intersection(*(frozenset(fact.entails.get(name, ())) for name in industry.among))
            has |= entailed - stated.lacks  # what was said goes first
        ruled_out = frozenset(lacks - has)
        return Several(frozenset(has), ruled_out) if has or ruled_out else None

    def _revenue(self) -> Range | None:
        return annual_revenue(
            _range(self.profile.value("revenue_wan")),
            _range(self.profile.value("revenue_so_far_wan")),
            _range(self.profile.value("months")),
        )

    def _hire_share(self) -> Range | None:
        hired, staff = _range(self.profile.value("new_hires")), _range(self.profile.value("employees"))
        if hired is None or staff is None or not staff.low:
            return None
        low = hired.low / staff.high * 100 if hired.low is not None and staff.high else Decimal(0)
        high = hired.high / staff.low * 100 if hired.high is not None else None
        return Range(low, high)


def _range(value: Value | None) -> Range | None:
    return value if isinstance(value, Range) else None


def _exactly(value: Value | None) -> Decimal | None:
    return value.exact if isinstance(value, Range) else None
