"""Cases at the limits of eligibility rules: amounts, times, shares, ages, tax grades and the days a policy covers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from assistant.eligibility.conditions import judge
from assistant.eligibility.matching import Standing, assess
from assistant.eligibility.rules import (
    AllOf,
    AnyOf,
    Candidate,
    CandidateKind,
    Condition,
    Dated,
    Holds,
    Mode,
    Node,
    conditions_in,
)
from assistant.eligibility.rules import Source as RuleSource
from assistant.eligibility.verdict import Verdict
from assistant.profile import Choice, Days, Profile, Range, Stated, Value
from assistant.training.makers.rule_words import RuleWords, chance, shuffled
from assistant.training.material import Material
from assistant.training.types import Drill, DrillKind, Option
from assistant.wording import condition_words, day_words, quantity
from index.figures import dates

_SHARE = "hire_share_percent"
_GRADES = ("A", "B", "M", "C", "D")
_TRIO = 3
_OF_AGE = 18
_INSIDE = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class _Limit:
    """A condition with its value in force, and where it stands."""

    candidate: Candidate
    mode: Mode | None
    condition: Condition
    value: Dated


@dataclass(frozen=True, slots=True)
class _Firm:
    """What is said of one of the firms (or loans), and whether that meets the condition."""

    profile: Profile
    told: str
    met: bool


def limits(material: Material) -> Iterator[Drill]:
    """Drills on conditions at their limits, and on the first and last days of policies that go by the loan's date."""
    book = material.rulebook
    if book is None:
        return
    words = RuleWords(material, book)
    for item in _limits(words):
        yield from _of_limit(item, words)
    for candidate in book.candidates.values():
        by_loan = candidate.window and candidate.dated_by and candidate.kind is not CandidateKind.RELIEF
        if by_loan:
            yield from _of_window(candidate, words)


def _limits(words: RuleWords) -> Iterator[_Limit]:
    """Every limit once: modes of one product often repeat it."""
    seen: set[tuple[object, ...]] = set()
    for candidate in words.book.candidates.values():
        if any(window.on(words.material.on) for window in candidate.window) or not candidate.window:
            for mode in (None, *candidate.modes):
                for condition in conditions_in((mode or candidate).needs):
                    value = condition.on(words.material.on)
                    if value is None or value.value is None or not words.stands(value):
                        continue
                    key = (value.clause, condition.asks, condition.holds, value.value)
                    if key not in seen and _asked(condition, value, (mode or candidate).needs):
                        seen.add(key)
                        yield _Limit(candidate, mode, condition, value)


def _asked(condition: Condition, value: Dated, needs: Sequence[Node]) -> bool:
    """Whether a limit can be asked about by itself: a tax grade, or a number that its condition shows."""
    if condition.asks == "owner_age" and value.value == _OF_AGE:
        return False  # nobody younger runs a firm
    if condition.asks == "tax_grade":
        return condition.holds in (Holds.ONE_OF, Holds.NONE_OF)
    twice = [other for other in conditions_in(needs) if other.asks == condition.asks]
    alike = [other for other in twice if any(one.value == value.value for one in other.values)]
    return isinstance(value.value, Decimal) and "{value}" in condition.says.zh and len(alike) == 1


def _of_limit(item: _Limit, words: RuleWords) -> Iterator[Drill]:
    firms = _firms(item, words)
    if len({firm.met for firm in firms}) < 2:
        return
    yield _trio(item, firms, words)
    if item.condition.asks != "tax_grade":
        for side, firm in zip(("below", "at", "above"), firms, strict=True):
            if side == "at" or firm.met is not firms[1].met:
                yield _single(item, firm, side, words)


def _firms(item: _Limit, words: RuleWords) -> list[_Firm]:
    """Three firms: below the limit, right at it and above it; or with three grades."""
    asks, limit = item.condition.asks, item.value.value
    if asks == "tax_grade" and isinstance(limit, tuple):
        grades = chance(_id(item, "grades")).sample(_GRADES, _TRIO)
        if len({grade in limit for grade in grades}) < 2:
            grades = [limit[-1], *[grade for grade in _GRADES if grade not in limit][:1], limit[0]]
        return [_firm(item, {asks: Choice.of(grade)}, words) for grade in sorted(grades)]
    assert isinstance(limit, Decimal)
    if asks == _SHARE:
        return _hirers(item, limit, words)
    step = _step(limit, words.book.facts[asks].unit)
    return [_firm(item, {asks: Range.of(value)}, words) for value in (limit - step, limit, limit + step)]


def _step(limit: Decimal, unit: str | None) -> Decimal:
    """How far the firms beside a limit are from it."""
    if unit != "wan":
        return Decimal(1)
    return limit / 10 if limit <= 10 else Decimal(1) if limit <= 100 else Decimal(10) ** (limit.adjusted() - 1)


def _hirers(item: _Limit, share: Decimal, words: RuleWords) -> list[_Firm]:
    """Firms that hired one fewer, exactly the share, and one more; of as many staff as the share is meant for."""
    staff = Decimal(200 if share < 10 else 80)
    needed = staff * share / 100
    return [
        _firm(item, {"employees": Range.of(staff), "new_hires": Range.of(hires)}, words)
        for hires in (needed - 1, needed, needed + 1)
    ]


def _firm(item: _Limit, facts: Mapping[str, Value], words: RuleWords) -> _Firm:
    profile = Profile.of(Stated(fact, value, "") for fact, value in facts.items())
    view = words.book.view(profile, words.material.on)
    node: Node = _share_rule(item) if item.condition.asks == _SHARE else item.condition
    finding = judge(node, view, Days.of(words.material.on), item.candidate.id)
    assert finding is not None, item.candidate.id
    assert finding.verdict is not Verdict.UNKNOWN, item.candidate.id
    return _Firm(profile, _figure(facts, words), finding.verdict is Verdict.MET)


def _share_rule(item: _Limit) -> Node:
    """The whole rule a share belongs to: which share counts depends on the staff."""
    for node in (item.mode or item.candidate).needs:
        if isinstance(node, AnyOf | AllOf) and item.condition in list(conditions_in([node])):
            return node
    return item.condition


def _figure(facts: Mapping[str, Value], words: RuleWords) -> str:
    say = words.drill
    named = {fact: words.value(fact, value) for fact, value in facts.items()}
    if "new_hires" in facts:
        hires, staff = facts["new_hires"], facts["employees"]
        assert isinstance(hires, Range)
        assert isinstance(staff, Range)
        share = quantity((hires.exact or Decimal(0)) / (staff.exact or Decimal(1)) * 100, "percent", words.say)
        return say("boundary.limit.hires_figure", staff=named["employees"], hires=named["new_hires"], share=share)
    ((fact, value),) = named.items()
    own = say.section("boundary.limit.figures").get(fact)
    return str(own).format(value=value) if own else say(f"facts.{fact}.value", value=value)


def _hidden(item: _Limit, words: RuleWords) -> str:
    """The condition without its figure."""
    if item.condition.asks == "tax_grade":
        return words.drill("boundary.limit.grade")
    if item.condition.asks == _SHARE:
        return words.drill("boundary.limit.hires")
    unit = words.book.facts[item.condition.asks].unit
    says = item.condition.says.in_(words.say.language)
    return says.replace("{value}", words.drill(f"boundary.limit.certain.{unit}"))


def _shown(item: _Limit, words: RuleWords) -> str:
    return condition_words(item.condition.says, item.condition.asks, item.value, words.book.facts, words.say)


def _name(item: _Limit, words: RuleWords) -> str:
    name = words.name(item.candidate)
    if item.mode is None or item.mode.general:
        return name
    return words.say("case.match.in_mode", name=name, mode=item.mode.name.in_(words.say.language))


def _id(item: _Limit, form: str) -> str:
    value = item.value.value
    told = str(value) if isinstance(value, Decimal) else "-".join(value) if isinstance(value, tuple) else ""
    asks, holds = item.condition.asks, item.condition.holds
    return f"{DrillKind.BOUNDARY}:{item.value.clause}:{item.candidate.id}-{asks}-{holds}-{told}-{form}"


def _trio(item: _Limit, firms: Sequence[_Firm], words: RuleWords) -> Drill:
    """Which of three firms meet it; each answer excludes the others."""
    drill_id = _id(item, "trio")
    random = chance(drill_id)
    order = shuffled(firms, random)
    say, shown = words.drill, _shown(item, words)
    letters = say.list("boundary.limit.letters")
    named = [
        say("boundary.limit.firm", letter=letter, figure=firms[n].told)
        for letter, n in zip(letters, order, strict=True)
    ]
    prompt = random.choice(say.list("boundary.limit.prompts")).format(
        name=_name(item, words), condition=_hidden(item, words), firms=say("list").join(named)
    )
    met = [firms[n].met for n in order]
    others = _others(met, order.index(1))
    told = say("list").join(
        say(f"boundary.limit.{'met' if met[n] else 'not_met'}", figure=named[n]) for n in range(_TRIO)
    )
    options, right = _subsets(met, others, "limit", told, words)
    explanation = say("boundary.limit.explain", condition=shown, told=told)
    return _made(drill_id, prompt, explanation, [item.value], options, right, firms[1].profile, 2, words)


def _others(met: Sequence[bool], at: int) -> list[tuple[bool, ...]]:
    """Wrong answers people give: the limit itself judged otherwise, the other side, all of them, none of them."""
    limit_otherwise = tuple(not one if place == at else one for place, one in enumerate(met))
    other_side = tuple(one if place == at else not one for place, one in enumerate(met))
    every, none = (True,) * len(met), (False,) * len(met)
    found = dict.fromkeys((limit_otherwise, other_side, every, none))
    return [one for one in found if one != tuple(met)][:3]


def _subsets(
    met: Sequence[bool], others: Sequence[tuple[bool, ...]], of: str, told: str, words: RuleWords
) -> tuple[tuple[Option, ...], tuple[int, ...]]:
    """The options, in an order of their own: fewest firms first, so that the order tells nothing."""
    say = words.drill
    letters = say.list(f"boundary.{of}.letters")
    answers = sorted((tuple(met), *others), key=lambda one: (sum(one), [not item for item in one]))
    options = []
    for answer in answers:
        chosen = [letter for letter, one in zip(letters, answer, strict=True) if one]
        if not chosen or len(chosen) == len(letters):
            text = say(f"boundary.{of}.{'all' if chosen else 'none'}")
        else:
            text = say(f"boundary.{of}.only", firms=say("boundary.limit.both").join(chosen))
        key = "right" if answer == tuple(met) else "wrong"
        options.append(Option(text, say(f"boundary.limit.{key}", told=told)))
    return tuple(options), (answers.index(tuple(met)),)


def _single(item: _Limit, firm: _Firm, side: str, words: RuleWords) -> Drill:
    """Whether one firm meets it."""
    drill_id = _id(item, side)
    say = words.drill
    prompt = say("boundary.limit.one", name=_name(item, words), condition=_hidden(item, words), firm=firm.told)
    told = say(f"boundary.limit.{'met' if firm.met else 'not_met'}", figure=firm.told)
    explanation = say("boundary.limit.explain", condition=_shown(item, words), told=told)
    right = 0 if firm.met else 1
    options = tuple(
        Option(say(f"boundary.limit.{key}"), say(f"boundary.limit.{'right' if place == right else 'wrong'}", told=told))
        for place, key in enumerate(("yes", "no", "open"))
    )
    difficulty = 2 if side == "at" else 1
    return _made(drill_id, prompt, explanation, [item.value], options, (right,), firm.profile, difficulty, words)


def _of_window(candidate: Candidate, words: RuleWords) -> Iterator[Drill]:
    """Loans paid out beside the first and the last day, as far as the clause names them."""
    windows = [window for window in candidate.window if words.stands(window)]
    if not windows:
        return
    first, last = windows[0].since, windows[-1].until
    named = {day for window in windows for day in dates(window.quote.zh)}
    day = timedelta(days=1)
    if first is not None and first.isoformat() in named:
        yield from _dated(candidate, windows, "first", (first - day, first, first + _INSIDE), words)
    if last is not None and last.isoformat() in named:
        yield from _dated(candidate, windows, "last", (last - _INSIDE, last, last + day), words)


def _dated(
    candidate: Candidate, windows: Sequence[Dated], form: str, days: Sequence[date], words: RuleWords
) -> Iterator[Drill]:
    say, fact = words.drill, candidate.dated_by
    assert fact is not None
    drill_id = f"{DrillKind.BOUNDARY}:{windows[0].clause}:{candidate.id}-window-{form}"
    random = chance(drill_id)
    order = shuffled(days, random)
    days = [days[n] for n in order]
    profiles = [Profile.of([Stated(fact, Days.of(day), "")]) for day in days]
    judged = [assess(candidate, words.book.view(profile, words.material.on)).standing for profile in profiles]
    met = [standing is not Standing.NOT_IN_FORCE for standing in judged]
    if len(set(met)) < 2:
        return
    letters = say.list("boundary.window.letters")
    named = [day_words(day, words.say) for day in days]
    firms = say("list").join(
        say("boundary.window.firm", letter=letter, day=day) for letter, day in zip(letters, named, strict=True)
    )
    prompt = say("boundary.window.prompt", name=words.name(candidate), firms=firms)
    told = say("list").join(
        say(f"boundary.window.{'met' if one else 'not_met'}", day=day) for day, one in zip(named, met, strict=True)
    )
    options, right = _subsets(met, _others(met, order.index(1)), "window", told, words)
    explanation = say("boundary.window.explain", told=told)
    yield _made(drill_id, prompt, explanation, windows, options, right, profiles[order.index(1)], 2, words)


def _made(
    drill_id: str, prompt: str, explanation: str, rests_on: Sequence[RuleSource], options: tuple[Option, ...],
    right: tuple[int, ...], profile: Profile, difficulty: int, words: RuleWords,
) -> Drill:  # fmt: skip
    sources = words.sources(rests_on)
    return Drill(
        drill_id, DrillKind.BOUNDARY, words.language, words.material.on, words.topics(sources), prompt,
        explanation + words.quoted(sources), sources,
        words.material.fingerprint(sources, words.material.rules, prompt), options, right,
        profile=profile, difficulty=difficulty,
    )  # fmt: skip
