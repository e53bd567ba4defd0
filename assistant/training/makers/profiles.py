"""Profiles that meet, miss or leave open a candidate's conditions on purpose: drawn, then judged by the rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from assistant.eligibility.conditions import compare
from assistant.eligibility.matching import Assessment, Standing, assess
from assistant.eligibility.rulebook import Rulebook
from assistant.eligibility.rules import AllOf, AnyOf, Candidate, Condition, FactKind, Holds, Mode, Node
from assistant.eligibility.verdict import Verdict, all_of
from assistant.profile import Choice, Days, Profile, Range, Several, Stated, Value
from assistant.training.makers.enterprises import Enterprises, Firm, enterprises, figures_within, round_figure

_TRIES = 60
_MOST_MISSED = 2
_ELSEWHERE = 0.3  # how often an enterprise may be in the wrong place
_SIZES = ("small", "small", "micro", "medium")  # as often as they are met
_SHARE = "hire_share_percent"
_FROM_FIRM = {"industry", "section", "fields", "form", "size_class", "region", "employees", "revenue_wan", "assets_wan"}
_AFTER = (20, 33, 47, 61)  # days after the policy or the year began, on which a loan may have been paid out

_CONTRARY = (  # answers that one enterprise does not give together
    (("tax_honest", False), ("compliant", True)),
    (("serious_incidents", True), ("compliant", True)),
    (("restricted_products", True), ("compliant", True)),
    (("wage_arrears", True), ("compliant", True)),
    (("loan_overdue", True), ("overdue_now", False)),
    (("compliant", False), ("tax_honest", True)),
    (("bad_record", False), ("seriously_dishonest", True)),
)

Wanted = dict[str, list[tuple[Condition, bool]]]  # by fact: what it is to meet, and what it is to miss


@dataclass(frozen=True, slots=True)
class Drawn:
    """An enterprise and what the rules make of it."""

    firm: Firm
    profile: Profile
    assessment: Assessment
    left_out: tuple[str, ...] = ()  # the facts that were not stated

    @property
    def verdict(self) -> Verdict:
        """What its published conditions come to."""
        return verdict_of(self.assessment)


def verdict_of(assessment: Assessment) -> Verdict:
    """Whether the published conditions are met: what is the bank's own to decide is another matter."""
    return all_of(finding.verdict for finding in assessment.findings)


@dataclass
class _Draft:
    """A profile in the making."""

    on: date
    book: Rulebook
    candidate: Candidate
    random: Random
    wanted: Wanted = field(default_factory=dict)
    data: Enterprises = field(default_factory=enterprises)


def draw(candidate: Candidate, book: Rulebook, on: date, wanted: Verdict, random: Random) -> Drawn | None:
    """An enterprise of this verdict; None where none was found that is plausible."""
    for _ in range(_TRIES):
        draft = _Draft(on, book, candidate, random)
        mode = random.choice(candidate.modes) if candidate.modes else None
        missed = _plan(draft, mode, wanted)
        if missed is None:
            return None
        found = _fill(draft)
        if found is None:
            continue
        firm, profile = found
        left_out: tuple[str, ...] = ()
        if wanted is Verdict.UNKNOWN:
            left_out = _leave_out(draft, mode, profile)
            for fact in left_out:
                profile = profile.without(fact)
        judged = assess(candidate, book.view(profile, on))
        drawn = Drawn(firm, profile, judged, left_out)
        if judged.stale or judged.standing is Standing.NOT_IN_FORCE or drawn.verdict is not wanted:
            continue
        if wanted is Verdict.NOT_MET and len(judged.failed) > _MOST_MISSED:
            continue
        if wanted is Verdict.NOT_MET and judged.missing:
            continue
        if wanted is Verdict.UNKNOWN and (not left_out or set(judged.missing) != set(left_out)):
            continue
        return drawn
    return None


def _plan(draft: _Draft, mode: Mode | None, wanted: Verdict) -> int | None:
    """Which conditions are to be met and which missed; None where none can be."""
    nodes = [node for node in (*draft.candidate.needs, *(mode.needs if mode else ())) if _applies(node, draft.on)]
    if not nodes:
        return None
    missed: list[Node] = []
    if wanted is Verdict.NOT_MET:
        own = [node for node in nodes if not _is_place(node) or draft.random.random() < _ELSEWHERE] or nodes
        missed = draft.random.sample(own, min(len(own), draft.random.choice((1, 1, 2))))
    for node in nodes:
        _want(draft, node, node not in missed)
    return len(missed)


def _applies(node: Node, on: date) -> bool:
    if isinstance(node, Condition):
        applied = node.on(on)
        return applied is not None and applied.value is not None
    return any(_applies(part, on) for part in _parts(node))


def _is_place(node: Node) -> bool:
    return isinstance(node, Condition) and node.holds is Holds.WITHIN


def _parts(node: AnyOf | AllOf) -> tuple[Node, ...]:
    return node.any if isinstance(node, AnyOf) else node.all


def _want(draft: _Draft, node: Node, met: bool) -> None:
    """Note what is wanted of each fact: to meet one way of several is enough, to miss it all of them must be missed."""
    if isinstance(node, Condition):
        draft.wanted.setdefault(node.asks, []).append((node, met))
        return
    parts = [part for part in _parts(node) if _applies(part, draft.on)]
    if isinstance(node, AnyOf) is met:
        parts = [draft.random.choice(parts)]
    for part in parts:
        _want(draft, part, met)


def _fill(draft: _Draft) -> tuple[Firm, Profile] | None:
    """A profile with a value for every fact that is asked; None where no plausible value fits."""
    firm = draft.random.choice([firm for firm in draft.data.firms if _usual(draft, firm)])
    facts: dict[str, Value] = {"industry": Choice.of(firm.industry)}
    if "section" in draft.wanted:
        facts["section"] = Choice.of(firm.section)
    choices = draft.book.facts["fields"].choices
    facts["fields"] = Several(frozenset(firm.fields), frozenset(choices) - frozenset(firm.fields))
    form = _form(draft, firm)
    if form is None:
        return None
    facts["form"] = form
    if not _sized(draft, firm, facts):
        return None
    place = _place(draft)
    if place is not None:
        facts["region"] = place
    for fact in draft.wanted:
        if fact in facts or fact in (_SHARE, "size_class"):
            continue
        value = _value(draft, fact)
        if value is None:
            return None
        facts[fact] = value
    if _SHARE in draft.wanted:
        facts["new_hires"] = Range.of(draft.random.choice(draft.data.numbers["new_hires"]))
    if draft.candidate.dated_by and draft.candidate.dated_by not in facts:
        issued = _issued(draft)
        if issued is None:
            return None
        facts[draft.candidate.dated_by] = issued
    if not _agree(draft, firm, facts):
        return None
    return firm, Profile.of(Stated(fact, value, "") for fact, value in facts.items())


def _sized(draft: _Draft, firm: Firm, facts: dict[str, Value]) -> bool:
    """Give it a size: figures that make it of a class the rules want, and that they themselves allow."""
    test = draft.book.size.industries[firm.industry]
    size_class = draft.random.choice(_SIZES)
    if not firm.found(size_class) or not _fits(draft, "size_class", Choice.of(size_class)):
        return False
    figures = figures_within(test, size_class, draft.random)
    by_staff = {"employees", _SHARE, *draft.data.per_head} - {"revenue_wan"}
    if "employees" not in figures and draft.wanted.keys() & by_staff:
        figures["employees"] = round_figure(max(figures.get("revenue_wan", Decimal(100)) / 20, Decimal(3)))
    if "revenue_wan" not in figures and draft.wanted.keys() & {"revenue_wan", *draft.data.in_revenue}:
        figures["revenue_wan"] = round_figure(figures["employees"] * draft.random.choice((8, 12, 20, 35)))
    if "assets_wan" not in figures and "assets_wan" in draft.wanted:
        figures["assets_wan"] = draft.random.choice(draft.data.numbers["assets_wan"])
    for metric, value in figures.items():
        if not _fits(draft, metric, Range.of(value)):
            return False
        facts[metric] = Range.of(value)
    return True


def _fits(draft: _Draft, fact: str, value: Value) -> bool:
    """Whether a value meets and misses what it is to."""
    for condition, met in draft.wanted.get(fact, ()):
        applied = condition.on(draft.on)
        if applied is None or applied.value is None:
            continue
        if compare(condition.holds, applied.value, value) is not (Verdict.MET if met else Verdict.NOT_MET):
            return False
    return True


def _usual(draft: _Draft, firm: Firm) -> bool:
    """Whether it is no oddity in a case that has nothing to do with what is odd about it."""
    values = [one.value for condition, _ in draft.wanted.get("fields", ()) for one in condition.values]
    asked = {name for value in values if isinstance(value, tuple) for name in value}
    return set(firm.fields) & set(draft.data.rare) <= asked or (
        firm.industry == "13" and "industry" in draft.wanted and "real_estate" in firm.fields
    )


def _form(draft: _Draft, firm: Firm) -> Value | None:
    """A legal form such firms have; none yet only where that is what a condition is missed by."""
    missed = any(not met for _, met in draft.wanted.get("form", ()))
    forms = [*firm.forms, *(["unregistered"] if missed and "individual_business" in firm.forms else [])]
    fitting = [form for form in forms if _fits(draft, "form", Choice.of(form))]
    return Choice.of(draft.random.choice(fitting[:2])) if fitting else None


def _place(draft: _Draft) -> Value | None:
    """A place that meets and misses what it is to; where none is asked for, one without rules of its own."""
    wanted = [condition for condition, met in draft.wanted.get("region", ()) if met]
    named = [value.value for condition in wanted if isinstance((value := condition.values[0]).value, str)]
    if named:
        return max((str(name) for name in named), key=len)
    return draft.random.choice(draft.data.places)


def _value(draft: _Draft, fact: str) -> Value | None:
    fitting = [value for value in _pool(draft, fact) if _fits(draft, fact, value)]
    return draft.random.choice(fitting) if fitting else None


def _pool(draft: _Draft, fact: str) -> Iterator[Value]:
    """Plausible values of a fact."""
    about, data = draft.book.facts[fact], draft.data
    if about.kind is FactKind.FLAG:
        yield from (True, False)
    elif about.kind is FactKind.NUMBER:
        yield from (Range.of(number) for number in data.numbers.get(fact, ()))
    elif about.kind is FactKind.CHOICE:
        yield from (Choice.of(choice) for choice in data.choices.get(fact, tuple(about.choices)))
    elif about.kind is FactKind.SEVERAL:
        every = frozenset(about.choices)
        for choice in data.several.get(fact, tuple(about.choices)):
            yield Several(frozenset({choice}), every - {choice})
        if not about.closed:
            yield Several(frozenset(), every)
    elif about.kind is FactKind.DATE:
        limits = [v.value for c, _ in draft.wanted[fact] for v in c.values if isinstance(v.value, date)]
        yield from (Days.of(day + timedelta(days=off)) for day in limits for off in (-200, -90, 45, 150))


def _issued(draft: _Draft) -> Value | None:
    """A day within the present window, on which the loan was paid out: never one that is still to come."""
    window = next((one for one in draft.candidate.window if one.on(draft.on)), None)
    if window is None or window.since is None:
        return None
    begun = max(window.since, date(draft.on.year, 1, 1))
    day = begun + timedelta(days=draft.random.choice(_AFTER))
    return Days.of(day) if day <= draft.on and window.on(day) else None


def _agree(draft: _Draft, firm: Firm, facts: dict[str, Value]) -> bool:
    """Whether the facts can be true of one enterprise."""
    data = draft.data
    age, revenue = _number(facts, "months"), _number(facts, "revenue_wan")
    for fact in data.in_time:
        if age is not None and (_number(facts, fact) or 0) > age:
            return False
    for fact in data.in_revenue:
        if revenue is not None and (_number(facts, fact) or 0) > revenue:
            return False
    hired, staff, jobs = (_number(facts, fact) for fact in ("new_hires", "employees", "jobs_created"))
    if staff is not None and max(hired or 0, jobs or 0) > staff:
        return False
    if any(all(facts.get(fact) is said for fact, said in pair) for pair in _CONTRARY):
        return False
    if facts.get("operating") is False and "months" in facts:
        return False  # how long it has operated without a break would be open
    due = facts.get("loan_due")
    if isinstance(due, Days) and due.first <= draft.on:
        return False
    if facts.get("farmland_subsidy") is True and firm.industry not in data.farmed:
        return False
    if facts.get("exports") is False and "trade_months" in facts:
        return False
    run, times = _number(facts, "overdue_run_2y"), _number(facts, "overdue_times_2y")
    if run is not None and times is not None and (run > times or (times > 0 and run == 0)):
        return False
    if facts.get("overdue_now") is True and (times == 0 or run == 0):
        return False
    if facts.get("loan_overdue") is True and facts.get("loan_class") == Choice.of("normal"):
        return False
    purpose = facts.get("purpose")
    taken_out = isinstance(purpose, Several) and purpose.has & {"consumption", "property"}
    if taken_out and all(met for _, met in draft.wanted["purpose"]):
        return False
    held = facts.get("qualifications")
    technical = isinstance(held, Several) and held.has & set(data.technical_qualifications)
    if technical and not set(firm.fields) & set(data.technical):
        return False
    if revenue is not None and any((_number(facts, f) or 0) > revenue * most for f, most in data.per_revenue.items()):
        return False
    if staff is not None:
        grown = isinstance(held, Several) and held.has & set(data.grown_qualifications)
        if grown and staff < data.grown_from:
            return False
        for fact, most in data.per_head.items():
            if (_number(facts, fact) or 0) > staff * most:
                return False
    personal = facts.get("loan_kind") == Choice.of("personal_business")
    return not (personal and facts.get("purpose") == Several(frozenset({"premises"})))


def _number(facts: dict[str, Value], fact: str) -> Decimal | None:
    value = facts.get(fact)
    return value.exact if isinstance(value, Range) else None


def _leave_out(draft: _Draft, mode: Mode | None, profile: Profile) -> tuple[str, ...]:
    """One or two facts of conditions of their own, not to be stated."""
    nodes = [*draft.candidate.needs, *(mode.needs if mode else ())]
    own = [node.asks for node in nodes if isinstance(node, Condition) and node.asks not in _FROM_FIRM]
    own = [fact for fact in dict.fromkeys(own) if fact in profile.stated]
    if not own:
        return ()
    return tuple(draft.random.sample(own, min(len(own), draft.random.choice((1, 1, 2)))))
