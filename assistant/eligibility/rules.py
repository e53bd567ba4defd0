"""What a rule file says, validated: candidates, their conditions, terms and quotations (corpus/rules/README.md)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, model_validator


class Part(BaseModel):
    """Base of everything read from a rule file: closed and unchangeable."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Words(Part):
    """The same words in both languages."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def in_(self, language: str) -> str:
        """The words in "zh" or "en"."""
        return self.zh if language == "zh" else self.en


class Source(Part):
    """The clause something rests on, as "document#clause", and the words of it that say so."""

    clause: str = Field(pattern=r"^[a-z0-9-]+#[a-z0-9-]+$")
    quote: Words


class Holds(str, Enum):
    """How a fact is compared with a rule's value."""

    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    ONE_OF = "one_of"
    NONE_OF = "none_of"
    HAS_ANY = "has_any"
    HAS_ALL = "has_all"
    HAS_NONE = "has_none"
    IS = "is"
    SINCE = "since"  # that day or later
    UNTIL = "until"  # that day or earlier
    WITHIN = "within"  # a place

    def __str__(self) -> str:
        return self.value


RuleValue = StrictBool | Decimal | date | tuple[str, ...] | str


class Dated(Source):
    """A value with the days it holds on (both ends included; open where there is none) and its source."""

    since: date | None = Field(None, alias="from")
    until: date | None = Field(None, alias="to")
    value: RuleValue | None = None  # None: withdrawn, so that the condition no longer applies

    def on(self, day: date) -> bool:
        """Whether it holds on a day."""
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)


def _unfolded(data: Any) -> Any:
    """A single value may be written without the list `values`."""
    if isinstance(data, dict) and "values" not in data:
        data = dict(data)
        data["values"] = [{key: data.pop(key) for key in ("value", "clause", "quote", "from", "to") if key in data}]
    return data


class Condition(Part):
    """What a fact of the profile must be."""

    id: str | None = None
    asks: str
    holds: Holds
    says: Words  # the condition in a few words; {value} is filled in
    values: tuple[Dated, ...] = Field(min_length=1)

    _unfold = model_validator(mode="before")(_unfolded)

    def on(self, day: date) -> Dated | None:
        """The value in force on a day; None when the condition does not apply then."""
        return next((value for value in self.values if value.on(day)), None)


class AnyOf(Part):
    """One of several suffices."""

    any: tuple[Node, ...] = Field(min_length=2)
    says: Words | None = None


class AllOf(Part):
    """All of several together; within AnyOf."""

    all: tuple[Node, ...] = Field(min_length=2)
    says: Words | None = None


Node = Condition | AnyOf | AllOf
AnyOf.model_rebuild()
AllOf.model_rebuild()


class TermKind(str, Enum):
    """What a term is about; units in brackets."""

    AMOUNT = "amount"  # [wan] the most that is lent
    GUARANTEE = "guarantee_amount"  # [wan] the most that is guaranteed
    RATE = "rate"  # [percent a year] the lowest or only rate
    RATE_CEILING = "rate_ceiling"  # [percent a year]
    MONTHS = "months"  # [months] the longest term
    FEE = "fee"  # [percent a year]
    POINTS = "subsidy_points"  # [percentage points a year] of the principal
    SHARE = "subsidy_share"  # [percent] of the interest
    SUBSIDY_MONTHS = "subsidy_months"  # [months] the longest time subsidised
    SUBSIDY_BASE = "subsidy_base"  # [wan] the principal that is subsidised at most
    SUBSIDY_CAP = "subsidy_cap"  # [wan] the most that is paid
    SECURITY = "security"  # words only
    REPAYMENT = "repayment"
    BENEFIT = "benefit"
    NOTE = "note"

    def __str__(self) -> str:
        return self.value


class Term(Part):
    """What is offered: a figure in the unit of its kind, or the clause's words alone."""

    what: TermKind
    values: tuple[Dated, ...] = Field(min_length=1)

    _unfold = model_validator(mode="before")(_unfolded)

    def on(self, day: date) -> Dated | None:
        """The value in force on a day."""
        return next((value for value in self.values if value.on(day)), None)


class Offer(Part):
    """What is offered to whom."""

    needs: tuple[Node, ...] = ()
    prefers: tuple[Condition, ...] = ()  # soft: they improve the fit and exclude nobody
    terms: tuple[Term, ...] = ()


class Mode(Offer):
    """One way into a product (tax mode, invoice mode), or its variant for a region."""

    id: str
    name: Words
    general: bool = False  # the way in of most: not worth naming
    beside: bool = False  # made for one place, and there it stands beside the general ways instead of replacing them


class CandidateKind(str, Enum):
    """What may fit an enterprise."""

    MECHANISM = "mechanism"  # the lists of the coordination mechanism
    SUBSIDY = "subsidy"
    PROGRAMME = "programme"  # public loan programmes
    GUARANTEE = "guarantee"
    PRODUCT = "product"  # of a bank
    RENEWAL = "renewal"
    RELIEF = "relief"  # of taxes
    STANDARD = "standard"  # a definition or qualification

    def __str__(self) -> str:
        return self.value


class Candidate(Offer):
    """A programme, product or standard with everything that decides whether an enterprise fits it."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    kind: CandidateKind
    document: str
    name: Words
    also: dict[str, tuple[str, ...]] = Field(default_factory=dict)  # by language: further names a question may use
    about: Source  # the sentence that says what it is
    only_named: bool = False  # told of only when asked for: not for loans to a business
    variant_of: str | None = None  # the candidate whose rules it makes more particular, for one place
    dated_by: str | None = None  # the fact whose day decides which values hold; the day asked where it is unknown
    window: tuple[Dated, ...] = ()  # the days it is open at all, as Dated without value; none: no limits known
    no_stacking: Source | None = None  # says that the same loan cannot have another such subsidy too
    unpublished: Source | None = None  # says that conditions are not published: it stays open whatever is known
    modes: tuple[Mode, ...] = ()  # at least one must fit, where there are any
    apply: tuple[Source, ...] = ()  # where to turn, what to bring: the next steps in order

    @model_validator(mode="after")
    def _decides_something(self) -> Candidate:
        if not (self.needs or self.modes or self.unpublished):
            raise ValueError("it needs conditions (needs, modes) or a clause that says they are not published")
        return self

    @property
    def offers(self) -> tuple[Offer, ...]:
        """What holds for every way in, then each way."""
        return (self, *self.modes)

    @property
    def kinds(self) -> frozenset[str]:
        """What it may be called as a group: its kind, and a subsidy too where interest is subsidised."""
        subsidised = any(term.what in (TermKind.POINTS, TermKind.SHARE) for part in self.offers for term in part.terms)
        return frozenset({str(self.kind), *([str(CandidateKind.SUBSIDY)] if subsidised else [])})

    @property
    def sources(self) -> Iterator[Source]:
        """Every clause it rests on."""
        yield self.about
        yield from self.window
        yield from self.apply
        if self.unpublished:
            yield self.unpublished
        if self.no_stacking:
            yield self.no_stacking
        for part in self.offers:
            for condition in (*conditions_in(part.needs), *part.prefers):
                yield from condition.values
            for term in part.terms:
                yield from term.values


def conditions_in(nodes: Sequence[Node]) -> Iterator[Condition]:
    """Every condition of a tree."""
    for node in nodes:
        if isinstance(node, Condition):
            yield node
        else:
            yield from conditions_in(node.any if isinstance(node, AnyOf) else node.all)


class FactKind(str, Enum):
    """What kind of value a fact has."""

    NUMBER = "number"
    DATE = "date"
    FLAG = "flag"
    CHOICE = "choice"
    SEVERAL = "several"
    PLACE = "place"
    NAME = "name"

    def __str__(self) -> str:
        return self.value


class Fact(Part):
    """A fact that rules may ask for (corpus/rules/facts.yaml)."""

    kind: FactKind
    unit: str | None = None
    label: Words
    ask: Words
    changeable: bool = False
    choices: dict[str, Words] = Field(default_factory=dict)
    only_in: dict[str, tuple[str, ...]] = Field(default_factory=dict)  # by choice: the industries it occurs in
    only_forms: dict[str, tuple[str, ...]] = Field(default_factory=dict)  # by choice: the legal forms it occurs in
    ask_in: tuple[str, ...] = ()  # the industries it is worth asking in; none: all
    closed: bool = False  # of several choices those named are all there are
    implies: dict[str, bool | tuple[str, ...]] = Field(default_factory=dict)  # by fact: what a yes says
    denies: dict[str, bool | tuple[str, ...]] = Field(default_factory=dict)  # the same for a no
    entails: dict[str, tuple[str, ...]] = Field(default_factory=dict)  # by industry: the choices it always has


class SizeTest(Source):
    """The lower limits of a size class in an industry, each included: employees in people, money in wan."""

    limits: dict[str, Decimal] = Field(min_length=1)


class Industry(Part):
    """One of the 16 industries of the size standard."""

    name: Words
    covers: Words | None = None
    metrics: tuple[str, ...] = Field(min_length=1)  # the facts that count, as in facts.yaml
    large: SizeTest
    medium: SizeTest
    small: SizeTest


class SizeStandard(Part):
    """The standard by which enterprises are large, medium, small or micro (corpus/size_standard.yaml)."""

    document: str
    industries: dict[str, Industry]
    rule: Source  # how the limits combine
    inclusive: Source  # that a limit itself is included
    individual: Source  # how individual businesses are classed
    young: Source  # how the revenue of firms younger than 12 months is counted
    uncovered: Source  # which industries it does not cover
    disputed: Source  # whose decision it is when the class is disputed
    self_test: Source  # where an enterprise can look it up


class DeskStep(Part):
    """One date of the renewal desk, counted back from the due date; `basis` is a clause, or else it is our advice."""

    id: str
    kind: str = Field(pattern="^(earliest|latest|due)$")
    days_before: int | None = Field(None, ge=1)
    working: bool = False  # counted in working days
    title: Words
    says: Words
    basis: Source | None = None


class Alternative(Part):
    """A lawful way when the bank says no; for one place where `within` names it."""

    id: str
    within: str | None = None
    says: Words
    basis: tuple[Source, ...] = Field(min_length=1)


class SumRule(Source):
    """A sum of which a clause gives the rate or the formula (corpus/rules/sums.yaml)."""

    way: Literal["daily", "annualise"]
    value: Decimal | None = None  # percent a day


class RenewalDesk(Part):
    """Dates, papers and alternatives around a loan that falls due (corpus/rules/renewal_desk.yaml)."""

    candidates: tuple[str, ...] = Field(min_length=1)  # which rules say whether it can be renewed
    normal_class: str  # which says when it stays in the normal class
    procedure: tuple[Source, ...]
    decides: Source  # whose decision it is
    limits: Source  # which loans and enterprises the policy leaves out
    plan: tuple[DeskStep, ...] = Field(min_length=1)
    papers: tuple[Source, ...]
    alternatives: tuple[Alternative, ...] = Field(min_length=1)
    repayment: dict[str, Source]  # what each way of repaying is, by its name in schedules.Method
