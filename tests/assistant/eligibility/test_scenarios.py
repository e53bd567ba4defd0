"""The worked scenarios of tests/scenarios: what the rules must make of an enterprise, reasoned by hand from the policy.

Staff read and write them; tests/scenarios/README.md says how. Rules and clauses are those of the corpus we ship.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from assistant.eligibility.conditions import Finding, leaves
from assistant.eligibility.desks import Case, decide
from assistant.eligibility.matching import Assessment, Standing
from assistant.eligibility.rulebook import Rulebook
from assistant.eligibility.rules import Fact, FactKind, Holds, TermKind
from assistant.eligibility.schedules import Method
from assistant.eligibility.size import CLASSES
from assistant.eligibility.verdict import Verdict
from assistant.profile import Choice, Days, Desk, Profile, Range, Several, Stated, Value
from assistant.rule_files import load_rulebook
from index.documents.corpus import Corpus
from index.documents.yaml_files import load_yaml

ROOT = Path(__file__).parents[3]
SCENARIOS = ROOT / "tests" / "scenarios"
FEWEST = 60

NOTHING: Literal["none"] = "none"  # said of a change or an amount that there must not be


class Closed(BaseModel):
    """Part of a scenario: a key that is not known is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ExpectedChange(Closed):
    """The nearest change, or one of several that are needed together; `size` is the class it leads to."""

    fact: str
    holds: Holds
    value: Decimal | bool | str
    size: str | None = None


class ExpectedCandidate(Closed):
    """What must come out for one candidate; what is not named is not looked at."""

    standing: Standing
    mode: str | None = None
    findings: dict[str, Verdict] = Field(default_factory=dict)  # by rule, by fact, or by fact and comparison
    missing: tuple[str, ...] | None = None  # these facts and no others, in any order
    clauses: tuple[str, ...] = ()  # among the sources of the findings
    change: Literal["none"] | ExpectedChange | tuple[ExpectedChange, ...] | None = None
    amount: Literal["none"] | Decimal | None = None  # the subsidy in yuan
    terms: dict[TermKind, Decimal | None] = Field(default_factory=dict)  # null: not offered


class ExpectedSchedule(Closed):
    """Of one way of repaying, in yuan."""

    first: Decimal  # the payment of the first month
    interest: Decimal
    total: Decimal


class Expected(Closed):
    """What must come out; what is not named is not looked at."""

    size: str | tuple[str, ...] | None = None
    up: dict[str, Decimal] | None = None  # what is lacking for the next class
    down: dict[str, Decimal] | None = None  # below which it is of the class below
    asks: tuple[str, ...] | None = None  # these facts in this order
    candidates: dict[str, ExpectedCandidate] = Field(default_factory=dict)
    absent: tuple[str, ...] = ()  # candidates that must not be shown
    possible: bool | None = None  # whether nothing rules a renewal out
    dates: dict[str, date] = Field(default_factory=dict)  # of the renewal desk, by step
    later: dict[str, date] = Field(default_factory=dict)  # likewise, should the loan fall due at the end of its span
    past: tuple[str, ...] | None = None  # the steps whose own day has gone by
    uncertain: tuple[str, ...] | None = None  # the steps that rest on days off not published yet
    ways_out: tuple[str, ...] = ()  # alternatives of the renewal desk that must be offered
    schedules: dict[Method, ExpectedSchedule] = Field(default_factory=dict)


class Scenario(Closed):
    """One enterprise on one day at one desk, with the reasoning by hand."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    title: str = Field(min_length=4)
    as_of: date
    desk: Desk
    named: tuple[str, ...] = ()
    profile: dict[str, Any]
    contradicts: dict[str, tuple[Any, Any]] = Field(default_factory=dict)  # by fact: what was said first, then later
    why: str = Field(min_length=10)
    expect: Expected


class ScenarioError(Exception):
    """A scenario that does not say what it should; the message names file or scenario, place and remedy."""


def load_scenarios(folder: Path) -> list[Scenario]:
    """Every scenario of a folder, by file; raises ScenarioError with every problem of a file."""
    found: list[Scenario] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            found += TypeAdapter(list[Scenario]).validate_python(load_yaml(path.read_text(encoding="utf-8")))
        except ValidationError as error:
            places = [f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors()]
            raise ScenarioError(f"{path.name}: " + "; ".join(places)) from error
    twice = [name for name, times in Counter(item.id for item in found).items() if times > 1]
    if twice:
        raise ScenarioError(f"these ids stand twice: {twice}")
    return found


# How a fact is written


def profile_of(scenario: Scenario, facts: Mapping[str, Fact]) -> Profile:
    """The profile a scenario describes."""
    stated = [_stated(name, written, facts) for name, written in scenario.profile.items()]
    pairs = [
        (_stated(name, first, facts), _stated(name, later, facts))
        for name, (first, later) in scenario.contradicts.items()
    ]
    known = {item.fact: item for item in [*stated, *(later for _, later in pairs)]}
    return Profile(known, tuple(pairs))


def _stated(name: str, written: Any, facts: Mapping[str, Fact]) -> Stated:
    if name not in facts:
        raise ScenarioError(f"{name!r} is not a fact of facts.yaml")
    try:
        return Stated(name, _value(facts[name], written), "")
    except (ValueError, ArithmeticError, TypeError) as error:
        raise ScenarioError(f"{name}: {written!r} cannot be read: {error}") from error


def _value(fact: Fact, written: Any) -> Value:
    if fact.kind is FactKind.NUMBER:
        return _range(written) if isinstance(written, dict) else Range.of(_number(written))
    if fact.kind is FactKind.DATE:
        if isinstance(written, dict):
            _only(written, {"from", "to"})
            return Days(_day(written["from"]), _day(written["to"]))
        return Days.of(_day(written))
    if fact.kind is FactKind.FLAG:
        if not isinstance(written, bool):
            raise ValueError("it is true or false")
        return written
    if fact.kind is FactKind.CHOICE:
        return Choice(_choices(fact, written if isinstance(written, list) else [written]))
    if fact.kind is FactKind.SEVERAL:
        if isinstance(written, dict):
            _only(written, {"has", "lacks"})
            return Several(_choices(fact, written.get("has", [])), _choices(fact, written.get("lacks", [])))
        return Several(_choices(fact, written))
    if not isinstance(written, str):
        raise ValueError("it is written in words")
    return written


def _range(written: dict[str, Any]) -> Range:
    _only(written, {"at_least", "more_than", "at_most", "below"})
    low = written.get("at_least", written.get("more_than"))
    high = written.get("at_most", written.get("below"))
    return Range(
        None if low is None else _number(low),
        None if high is None else _number(high),
        low_open="more_than" in written,
        high_open="below" in written,
    )


def _number(written: Any) -> Decimal:
    if isinstance(written, bool) or not isinstance(written, int | float):
        raise ValueError("it is a number")
    return Decimal(str(written))


def _day(written: Any) -> date:
    if not isinstance(written, date):
        raise ValueError("it is a day such as 2026-11-23")
    return written


def _choices(fact: Fact, written: Sequence[Any]) -> frozenset[str]:
    if not isinstance(written, list):
        raise ValueError("it is a list")
    if unknown := set(written) - set(fact.choices):
        raise ValueError(f"there is no choice {sorted(map(str, unknown))}; there are {sorted(fact.choices)}")
    return frozenset(written)


def _only(written: Mapping[str, Any], keys: set[str]) -> None:
    if unknown := set(written) - keys:
        raise ValueError(f"unknown key {sorted(map(str, unknown))}; there are {sorted(keys)}")


# What came, against what was expected


def differences(scenario: Scenario, case: Case, book: Rulebook) -> Iterator[str]:
    """In words, everything that came out otherwise."""
    expect = scenario.expect
    yield from _size_differences(expect, case)
    if expect.asks is not None and case.asks != expect.asks:
        yield _line("facts asked next", expect.asks, case.asks)
    shown = {item.candidate.id: item for item in case.assessments}
    if case.renewal:
        shown[case.renewal.normal.candidate.id] = case.renewal.normal
    for name, wanted in expect.candidates.items():
        if name not in book.candidates:
            yield f"{name}: there is no such candidate"
        elif name not in shown:
            yield f"{name}: expected {wanted.standing}, but it is not shown; shown are {sorted(shown)}"
        else:
            yield from _candidate_differences(name, wanted, shown[name], case)
    for name in expect.absent:
        if name in shown:
            yield f"{name}: must not be shown, but is, as {shown[name].standing}"
    yield from _renewal_differences(expect, case)
    for method, plan in expect.schedules.items():
        came = next((item for item in case.schedules if item.method is method), None)
        if came is None:
            yield f"{method.value}: expected a schedule, but there is none"
            continue
        got = ExpectedSchedule(first=came.rows[0].payment, interest=came.total_interest, total=came.total_payment)
        if got != plan:
            yield _line(method.value, plan, got)


def _size_differences(expect: Expected, case: Case) -> Iterator[str]:
    if expect.size is not None:
        wanted = {expect.size} if isinstance(expect.size, str) else set(expect.size)
        known = case.view.size_class
        came = set(known.among if known else case.view.size.among)
        if wanted != came:
            yield _line("size", sorted(wanted, key=CLASSES.index), sorted(came, key=CLASSES.index))
    for name, limits, boundary in (("up", expect.up, case.view.size.up), ("down", expect.down, case.view.size.down)):
        if limits is not None and limits != (dict(boundary.changes) if boundary else {}):
            yield _line(f"size, {name}", limits, boundary)


def _candidate_differences(name: str, wanted: ExpectedCandidate, came: Assessment, case: Case) -> Iterator[str]:
    if came.standing is not wanted.standing:
        notes = [f"{_words(part)} {part.verdict}" for part in came.findings if part.verdict is not Verdict.MET]
        yield f"{name}: expected {wanted.standing}, came {came.standing}; not met or open: {notes or 'nothing'}"
    mode = came.mode.id if came.mode else None
    if wanted.mode is not None and mode != wanted.mode:
        yield _line(f"{name}, mode", wanted.mode, mode)
    for key, verdict in wanted.findings.items():
        about = _findings_on(key, came.findings)
        if not about:
            yield f"{name}, finding {key!r}: expected {verdict}, but nothing is found on it"
        elif {part.verdict for part in about} != {verdict}:
            got = ", ".join(f"{_words(part)} {part.verdict} (known: {part.known})" for part in about)
            yield f"{name}, finding {key!r}: expected {verdict}, came {got}"
    if wanted.missing is not None and set(wanted.missing) != set(came.missing):
        yield _line(f"{name}, missing", sorted(wanted.missing), sorted(came.missing))
    sources = {leaf.source.clause for part in came.findings for leaf in leaves(part) if leaf.source}
    if absent := set(wanted.clauses) - sources:
        yield f"{name}, clauses: {sorted(absent)} not among the sources of the findings {sorted(sources)}"
    yield from _change_differences(name, wanted, came)
    yield from _amount_differences(name, wanted, case)
    for kind, value in wanted.terms.items():
        term = came.term(kind)
        offered = Decimal(str(term.value)) if term else None
        if offered != value:
            yield _line(f"{name}, term {kind}", value, offered)


def _change_differences(name: str, wanted: ExpectedCandidate, came: Assessment) -> Iterator[str]:
    if wanted.change is None:
        return
    several = wanted.change if isinstance(wanted.change, tuple) else (wanted.change,)
    parts = tuple(part for part in several if isinstance(part, ExpectedChange))  # of NOTHING none
    got = tuple(
        ExpectedChange(fact=item.fact, holds=item.holds, value=_plain(item.value), size=item.size_class)
        for item in came.change
    )
    if sorted(parts, key=lambda part: part.fact) != sorted(got, key=lambda part: part.fact):
        yield _line(f"{name}, nearest change", _spelt(parts), _spelt(got))


def _amount_differences(name: str, wanted: ExpectedCandidate, case: Case) -> Iterator[str]:
    if wanted.amount is None:
        return
    grant = next((item for item in case.grants if item.assessment.candidate.id == name), None)
    got = grant.subsidy.amount if grant else NOTHING
    if got != wanted.amount:
        yield _line(f"{name}, subsidy in yuan", wanted.amount, got)


def _renewal_differences(expect: Expected, case: Case) -> Iterator[str]:
    found = case.renewal
    if found is None:
        if expect.dates or expect.ways_out or expect.possible is not None:
            yield "the renewal desk was not asked"
        return
    if expect.possible is not None and found.possible is not expect.possible:
        yield _line("renewal possible", expect.possible, found.possible)
    milestones = {item.id: item for item in found.milestones}
    if expect.dates and expect.dates != {name: item.day for name, item in milestones.items()}:
        yield _line("dates", _days(expect.dates), _days({name: item.day for name, item in milestones.items()}))
    later = {name: item.day_if_later for name, item in milestones.items() if item.day_if_later}
    if expect.later and expect.later != later:
        yield _line("dates at the end of the span", _days(expect.later), _days(later))
    if expect.past is not None and set(expect.past) != {name for name, item in milestones.items() if item.past}:
        yield _line("steps gone by", sorted(expect.past), sorted(n for n, item in milestones.items() if item.past))
    if expect.uncertain is not None:
        unsure = {name for name, item in milestones.items() if not item.schedule_known}
        if set(expect.uncertain) != unsure:
            yield _line("steps not certain yet", sorted(expect.uncertain), sorted(unsure))
    offered = [item.id for item in found.alternatives]
    if absent := [name for name in expect.ways_out if name not in offered]:
        yield f"ways out: {absent} not among those offered {offered}"


def _findings_on(key: str, findings: Sequence[Finding]) -> list[Finding]:
    """The single findings a scenario means: by the rule's id; else all on a fact, or with a comparison those."""
    single = [leaf for finding in findings for leaf in leaves(finding)]
    named = [leaf for leaf in single if leaf.rule.rsplit("/", 1)[-1] == key]
    return named or [leaf for leaf in single if key in (leaf.asks, f"{leaf.asks} {leaf.holds}")]


def _words(finding: Finding) -> str:
    return f"[{finding.rule} {finding.says.zh if finding.says else ''}]"


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool | Decimal) else str(value)


def _spelt(parts: Sequence[ExpectedChange]) -> str:
    return " and ".join(f"{part.fact} {part.holds} {part.value} {part.size or ''}".strip() for part in parts) or NOTHING


def _days(days: Mapping[str, date | None]) -> str:
    return ", ".join(f"{name} {day}" for name, day in sorted(days.items()))


def _line(what: str, wanted: object, came: object) -> str:
    return f"{what}: expected {wanted}, came {came}"


# The tests


@pytest.fixture(scope="session")
def book(corpus: Corpus) -> Rulebook:
    """The rules we ship, with what is stale among them."""
    found = load_rulebook(ROOT / "corpus", corpus.documents)
    assert found is not None
    return found


ALL = load_scenarios(SCENARIOS)


@pytest.mark.parametrize("scenario", ALL, ids=lambda scenario: scenario.id)
def test_the_rules_come_to_what_was_reasoned_by_hand(scenario, book):
    case = decide(scenario.desk, profile_of(scenario, book.facts), book, scenario.as_of, scenario.named)
    if found := list(differences(scenario, case, book)):
        said = [f"{scenario.id}：{scenario.title}（{scenario.as_of}）", f"理由：{scenario.why.strip()}", *found]
        pytest.fail("\n  ".join(said), pytrace=False)


def test_there_are_enough_scenarios():
    assert len(ALL) >= FEWEST


def test_every_candidate_occurs_in_a_scenario(book):
    told = {name for scenario in ALL for name in scenario.expect.candidates}
    assert set(book.candidates) - told == set()


def test_every_scenario_expects_something():
    assert [scenario.id for scenario in ALL if scenario.expect == Expected()] == []


SOUND = """
- id: a-shop
  title: 一家小店
  as_of: 2026-11-23
  desk: size
  profile: {industry: "5", employees: 9}
  why: 零售业不满10人的是微型企业。
  expect: {size: micro}
"""


@pytest.mark.parametrize(
    ("instead_of", "written", "says"),
    [
        ("desk: size", "desk: size\n  remark: 备注", "0.remark: Extra inputs are not permitted"),
        ("{size: micro}", "{sise: micro}", "0.expect.sise: Extra inputs are not permitted"),
        ("desk: size", "desk: window", "0.desk: Input should be"),
        ("as_of: 2026-11-23", "as_of: 明天", "0.as_of: Input should be a valid date"),
        ("  why: 零售业不满10人的是微型企业。\n", "", "0.why: Field required"),
        ("- id: a-shop", "- id: 小店", "0.id: String should match pattern"),
    ],
    ids=["unknown key", "unknown expectation", "unknown desk", "no day", "no reasoning", "no id"],
)
def test_a_scenario_that_is_not_in_order_is_refused(instead_of, written, says, tmp_path):
    assert instead_of in SOUND
    (tmp_path / "shop.yaml").write_text(SOUND.replace(instead_of, written), encoding="utf-8")
    with pytest.raises(ScenarioError, match=f"^shop.yaml: {says}"):
        load_scenarios(tmp_path)


def test_an_id_may_not_stand_twice(tmp_path):
    (tmp_path / "shop.yaml").write_text(SOUND + SOUND, encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"stand twice: \['a-shop'\]"):
        load_scenarios(tmp_path)


@pytest.mark.parametrize(
    ("fact", "written", "says"),
    [
        ("staff", 9, "'staff' is not a fact of facts.yaml"),
        ("employees", "九人", "employees: '九人' cannot be read: it is a number"),
        ("employees", True, "employees: True cannot be read: it is a number"),
        ("employees", {"from": 9}, r"employees: .* unknown key \['from'\]"),
        ("employees", {"at_least": 9, "below": 9}, "employees: .* there is no number from 9 to 9"),
        ("industry", "17", r"industry: '17' cannot be read: there is no choice \['17'\]"),
        ("exports", "yes", "exports: 'yes' cannot be read: it is true or false"),
        ("purpose", {"has": ["repay_loan"], "not": []}, r"purpose: .* unknown key \['not'\]"),
        ("purpose", "repay_loan", "purpose: 'repay_loan' cannot be read: it is a list"),
        ("purpose", {"has": ["project"], "lacks": ["project"]}, "purpose: .* cannot both apply and not apply"),
        ("loan_due", "下个月", "loan_due: '下个月' cannot be read: it is a day"),
    ],
)
def test_a_fact_that_cannot_be_read_is_refused(fact, written, says, book, tmp_path):
    (tmp_path / "shop.yaml").write_text(SOUND, encoding="utf-8")
    (scenario,) = load_scenarios(tmp_path)
    with pytest.raises(ScenarioError, match=f"^{says}"):
        profile_of(scenario.model_copy(update={"profile": {fact: written}}), book.facts)


def test_a_scenario_that_comes_out_otherwise_says_what_was_expected_and_what_came(book, tmp_path):
    (tmp_path / "shop.yaml").write_text(SOUND.replace("micro}", "small}"), encoding="utf-8")
    (scenario,) = load_scenarios(tmp_path)
    case = decide(scenario.desk, profile_of(scenario, book.facts), book, scenario.as_of)
    assert list(differences(scenario, case, book)) == ["size: expected ['small'], came ['micro']"]
