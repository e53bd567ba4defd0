"""What is decided for a profile at each of the desks a question may come to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from assistant.eligibility.matching import Assessment, Fit, Standing, assess, assess_all, questions
from assistant.eligibility.renewal import Renewal, renewal
from assistant.eligibility.rulebook import Rulebook
from assistant.eligibility.rules import Candidate, CandidateKind, TermKind
from assistant.eligibility.schedules import HIGHEST_RATE, LARGEST, LONGEST, Method, Schedule, schedule, to_cent
from assistant.eligibility.subsidy import Points, Share, Subsidy, SubsidyCase, subsidy
from assistant.eligibility.view import View
from assistant.profile import Desk, Profile, Range

MOST_ASKS = 2
MOST_GRANTS = 2  # subsidies worked out for one question
_WAN = 10_000


@dataclass(frozen=True, slots=True)
class Grant:
    """What a subsidy comes to for a loan; `assumed_months`: the term that was taken because none was given."""

    assessment: Assessment
    subsidy: Subsidy
    assumed_months: int | None


@dataclass(frozen=True, slots=True)
class Case:
    """A profile at a desk on a day, decided."""

    desk: Desk
    view: View
    assessments: tuple[Assessment, ...] = ()  # best first
    named: tuple[str, ...] = ()  # the candidates the question names; none: it asks in general
    asks: tuple[str, ...] = ()  # the facts to ask for next, at most MOST_ASKS
    renewal: Renewal | None = None
    grants: tuple[Grant, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    unread: str | None = None  # the user's newest turn, where nothing could be read from it

    @property
    def profile(self) -> Profile:
        """What was stated."""
        return self.view.profile

    @property
    def judged_on(self) -> date:
        """The day whose rules count: that of a loan paid out where all candidates go by it, else the day asked."""
        dated = {item.candidate.dated_by for item in self.assessments}
        by_loan = "loan_issued" if self.desk is Desk.SUBSIDY else None
        return self.view.date_of(dated.pop() if len(dated) == 1 else by_loan).last

    @property
    def on(self) -> date:
        """The day it is decided for."""
        return self.view.on


def decide(
    desk: Desk,
    profile: Profile,
    book: Rulebook,
    on: date,
    named: tuple[str, ...] = (),
    passed: frozenset[str] = frozenset(),
) -> Case:
    """The case of a profile at a desk. What was contradicted is asked about before anything else.

    `named` limits it to these candidates; facts in `passed` are not known to the user and not asked for again.
    """
    case = _decide(desk, profile, book, on, named, passed)
    return replace(case, asks=tuple(fact for fact in case.asks if fact not in passed)[:MOST_ASKS])


def _decide(
    desk: Desk, profile: Profile, book: Rulebook, on: date, named: tuple[str, ...], passed: frozenset[str]
) -> Case:
    view = book.view(profile, on)
    contradicted = tuple(first.fact for first, _ in profile.contradictions)
    if desk is Desk.SIZE:
        return Case(desk, view, asks=_asks(contradicted, () if view.size.exact else view.size.missing))
    if desk is Desk.RENEWAL:
        found = renewal(view, book)
        return Case(desk, view, (found.best,), asks=_asks(contradicted, found.missing), renewal=found)
    if desk is Desk.SCHEDULE:
        wanted, missing = _loan(profile, ("loan_rate", "term_months"))
        plans = () if missing else tuple(schedule(method, *wanted) for method in Method)
        return Case(desk, view, asks=_asks(contradicted, missing), schedules=plans)
    judged = assess_all((book.candidates[name] for name in _considered(view, book, named)), view)
    assessments = tuple(item for item in judged if named or not item.elsewhere)
    if desk is Desk.SUBSIDY:
        told = assessments if len(named) <= MOST_GRANTS else _told(assessments)
        grants = tuple(grant for item in told if (grant := _grant(item, profile)) is not None)[:MOST_GRANTS]
        _, missing = _loan(profile, ())
        if not grants and _exact(profile, "loan_rate") is None and any(map(_goes_by_rate, assessments)):
            missing += ("loan_rate",)
        worked_out = [grant.assessment for grant in grants] or list(told)[:MOST_GRANTS]
        missing += questions(worked_out, view, MOST_ASKS + len(passed))
        return Case(desk, view, assessments, named, _asks(contradicted, missing), grants=grants)
    # The trade comes first: the size class and most fields follow from it.
    trade = () if named or profile.value("industry") is not None else ("industry",)
    asks = _asks(contradicted, trade, questions(assessments, view, MOST_ASKS + len(passed)))
    return Case(desk, view, assessments if named or profile.stated else (), named, asks)


def _asks(*facts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for group in facts for name in group))


def _considered(view: View, book: Rulebook, named: tuple[str, ...]) -> tuple[str, ...]:
    """The candidates named, or all that are there to apply for; renewals only where a loan falls due."""
    if not named:
        renewals = view.profile.value("loan_due") is not None
        named = tuple(item.id for item in offered(book) if renewals or item.kind is not CandidateKind.RENEWAL)
    return _with_variants(view, book, named)


def offered(book: Rulebook) -> tuple[Candidate, ...]:
    """What one may apply for without asking for it by name: neither standards nor reliefs of taxes."""
    left_out = {CandidateKind.STANDARD, CandidateKind.RELIEF}
    return tuple(item for item in book.candidates.values() if item.kind not in left_out and not item.only_named)


def _with_variants(view: View, book: Rulebook, named: tuple[str, ...]) -> tuple[str, ...]:
    """Where a place has rules of its own, these in the place of the general ones."""
    place = view.profile.value("region")
    variants = [item for item in book.candidates.values() if item.variant_of in named]
    own = [item for item in variants if place is not None and Fit.LOCAL in assess(item, view).fit]
    replaced = {item.variant_of for item in own}
    others = {item.id for item in variants}
    return (*(item.id for item in own), *(name for name in named if name not in replaced | others))


def _loan(profile: Profile, facts: tuple[str, ...]) -> tuple[tuple[Decimal, Decimal, int], tuple[str, ...]]:
    """Principal in yuan, rate and months where each is known exactly, and which of them are not."""
    principal = _exact(profile, "loan_principal_wan") or _exact(profile, "loan_wanted_wan")
    missing = tuple(name for name in facts if _exact(profile, name) is None)
    if principal is None:
        missing = ("loan_wanted_wan", *missing)
    rate, months = _exact(profile, "loan_rate"), _exact(profile, "term_months")
    return (to_cent((principal or Decimal(0)) * _WAN), rate or Decimal(0), int(months or 0)), missing


def _goes_by_rate(item: Assessment) -> bool:
    """Whether a share of the interest is paid, so that its amount depends on the rate."""
    possible = item.standing in (Standing.ELIGIBLE, Standing.OPEN)
    return possible and item.term(TermKind.SHARE) is not None and item.term(TermKind.POINTS) is None


def _told(assessments: Sequence[Assessment]) -> list[Assessment]:
    """Of many subsidies those that are likely; where none is, those of which something at least is met."""
    likely = [item for item in assessments if _likely(item)]
    return likely or [item for item in assessments if item.met and item.standing is not Standing.NOT_ELIGIBLE]


def _likely(item: Assessment) -> bool:
    """Whether what the enterprise and the loan are is known to fit; what is left is its good standing."""
    standing = {"standing", "loan_class", "loan_issued", "contracts_year", "purpose"}
    return item.standing in (Standing.ELIGIBLE, Standing.OPEN) and item.met > 0 and set(item.missing) <= standing


def _grant(item: Assessment, profile: Profile) -> Grant | None:
    """What the subsidy of a candidate comes to; None without one, without a principal, or where it is not open."""
    principal = _exact(profile, "loan_principal_wan") or _exact(profile, "loan_wanted_wan")
    if principal is None or item.standing in (Standing.NOT_ELIGIBLE, Standing.NOT_IN_FORCE):
        return None
    points, share = item.term(TermKind.POINTS), item.term(TermKind.SHARE)
    rate = _exact(profile, "loan_rate")
    way: Points | Share
    if points is not None:
        way = Points(Decimal(str(points.value)))
    elif share is not None and rate is not None:
        way = Share(Decimal(str(share.value)), rate)
    else:
        return None
    longest, base, cap = (_figure(item, kind) for kind in _CAPS)
    stated = _exact(profile, "term_months")
    months = int(stated or longest or 12)
    years = int(longest) // 12 if longest else None
    worked = subsidy(SubsidyCase(principal, way, months, years, base, cap))
    return Grant(item, worked, None if stated else months)


_CAPS = (TermKind.SUBSIDY_MONTHS, TermKind.SUBSIDY_BASE, TermKind.SUBSIDY_CAP)


def _figure(item: Assessment, kind: TermKind) -> Decimal | None:
    value = item.term(kind)
    return Decimal(str(value.value)) if value is not None else None


# What can be reckoned with; a figure beyond it is asked for again rather than worked with.
_USABLE = {
    "loan_principal_wan": (Decimal("0.0001"), LARGEST / _WAN),
    "loan_wanted_wan": (Decimal("0.0001"), LARGEST / _WAN),
    "loan_rate": (Decimal(0), HIGHEST_RATE),
    "term_months": (Decimal(1), Decimal(LONGEST)),
}


def _exact(profile: Profile, fact: str) -> Decimal | None:
    value = profile.value(fact)
    number = value.exact if isinstance(value, Range) else None
    low, high = _USABLE[fact]
    return number if number is not None and low <= number <= high else None
