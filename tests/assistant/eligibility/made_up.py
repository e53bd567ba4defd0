"""Rules made up for tests, in a few words: facts, conditions, candidates, a size standard of two industries.

Whatever a test does not speak of (names, clauses, quotations) is filled in.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from assistant.eligibility.conditions import Finding, judge
from assistant.eligibility.rulebook import Rulebook
from assistant.eligibility.rules import AllOf, AnyOf, Candidate, Condition, Fact, Node, RenewalDesk, SizeStandard
from assistant.eligibility.view import View
from assistant.profile import Choice, Days, Profile, Range, Several, Stated, Value

TODAY = date(2026, 11, 23)  # a Monday


def words(zh: str, en: str | None = None) -> dict[str, str]:
    return {"zh": zh, "en": en or zh}


def quoted(clause: str = "notice#1", zh: str = "原话") -> dict[str, Any]:
    return {"clause": clause, "quote": words(zh)}


def dated(value: object = None, *, since: date | None = None, to: date | None = None, **source: str) -> dict[str, Any]:
    """A value with its days, both ends included."""
    days = {"from": since, "to": to}
    return {"value": value, **{key: day for key, day in days.items() if day}, **quoted(**source)}


def needs(
    asks: str, holds: str, value: object = None, *, values: list[dict[str, Any]] | None = None, **more: Any
) -> Condition:
    given = {"values": values} if values is not None else dated(value)
    return Condition.model_validate({"asks": asks, "holds": holds, "says": words(asks), **given, **more})


def one_of(*nodes: Node) -> AnyOf:
    return AnyOf(any=nodes)


def together(*nodes: Node) -> AllOf:
    return AllOf(all=nodes)


def candidate(id_: str, /, *conditions: Node, **more: Any) -> Candidate:
    """A product unless `kind` says otherwise; further keys are those of a rule file."""
    given = {
        "id": id_, "kind": "product", "document": "notice", "name": words(id_), "about": quoted(), **more,
    }  # fmt: skip
    for key in ("needs", "prefers", "terms", "modes", "window"):
        given[key] = tuple(given.get(key, ()))
    given["needs"] = (*given["needs"], *conditions)
    if not (given["needs"] or given["modes"] or "unpublished" in given):
        given["unpublished"] = quoted("notice#bank")
    return Candidate.model_validate(given)


def mode(id_: str, /, *conditions: Node, **more: Any) -> dict[str, Any]:
    return {"id": id_, "name": words(id_), "needs": conditions, **more}


def term(what: str, value: object = None, **more: Any) -> dict[str, Any]:
    return {"what": what, **(more if "values" in more else dated(value))}


def _fact(kind: str, unit: str | None = None, changeable: bool = False, **more: Any) -> Fact:
    return Fact.model_validate(
        {"kind": kind, "unit": unit, "label": words("事实"), "ask": words("问"), "changeable": changeable, **more}
    )


def _choices(names: str) -> dict[str, dict[str, str]]:
    return {name: words(name) for name in names.split()}


FACTS: Mapping[str, Fact] = {
    "industry": _fact("choice", choices=_choices("1 2 3 none")),
    "fields": _fact(
        "several", choices=_choices("catering farming digital platform"),
        only_in={"catering": ("1",), "farming": ("2",)}, only_forms={"platform": ("company",)}, entails={"3": ("digital",)},
    ),
    "form": _fact("choice", choices=_choices("company individual_business farm")),
    "size_class": _fact("choice", choices=_choices("micro small medium large")),
    "employees": _fact("number", "people", changeable=True),
    "revenue_wan": _fact("number", "wan", changeable=True),
    "assets_wan": _fact("number", "wan", changeable=True),
    "months": _fact("number", "months", changeable=True),
    "owner_age": _fact("number", "years"),
    "region": _fact("place"),
    "loan_wanted_wan": _fact("number", "wan", changeable=True),
    "term_months": _fact("number", "months", changeable=True),
    "loan_principal_wan": _fact("number", "wan"),
    "loan_rate": _fact("number", "percent"),
    "loan_kind": _fact("choice", choices=_choices("working_capital fixed_assets")),
    "loan_class": _fact("choice", choices=_choices("normal special_mention substandard")),
    "loan_issued": _fact("date"),
    "loan_due": _fact("date"),
    "loan_falling_due": _fact("flag"),
    "loan_lender": _fact("name"),
    "purpose": _fact("several", closed=True, choices=_choices("working_capital equipment property")),
    "qualifications": _fact("several", changeable=True, choices=_choices("high_tech specialised patent")),
    "standing": _fact("flag", implies={"compliant": True, "loan_overdue": False, "loan_class": ("normal", "special_mention")}),
    "trader": _fact("flag", denies={"exports": False}),
    "compliant": _fact("flag"),
    "loan_overdue": _fact("flag", changeable=True),
    "exports": _fact("flag", changeable=True),
    "new_hires": _fact("number", "people", changeable=True),
    "tax_grade": _fact("choice", choices=_choices("A B M")),
}  # fmt: skip


def _limits(**limits: int) -> dict[str, Any]:
    return {"limits": limits, **quoted("size#1")}


# Industry 1 counts people and revenue: small from 10 and 100, medium from 100 and 2000, large from 300 and 10000;
# industries 2 and 3 count people alone: small from 10, medium from 100, large from 300.
STANDARD = SizeStandard.model_validate(
    {
        "document": "size",
        **{
            key: quoted("size#1")
            for key in ("rule", "inclusive", "individual", "young", "uncovered", "disputed", "self_test")
        },
        "industries": {
            "1": {
                "name": words("住宿业"), "metrics": ("employees", "revenue_wan"),
                "small": _limits(employees=10, revenue_wan=100),
                "medium": _limits(employees=100, revenue_wan=2000),
                "large": _limits(employees=300, revenue_wan=10000),
            },
            **{
                number: {
                    "name": words("其他"), "metrics": ("employees",), "small": _limits(employees=10),
                    "medium": _limits(employees=100), "large": _limits(employees=300),
                }
                for number in ("2", "3")
            },
        },
    }
)  # fmt: skip

NO_DESK = RenewalDesk.model_validate(
    {
        "candidates": ("renewal",), "normal_class": "normal", "procedure": (), "decides": quoted(), "limits": quoted(), "papers": (),
        "plan": ({"id": "due", "kind": "due", "title": words("到期"), "says": words("还款")},),
        "alternatives": ({"id": "ask", "says": words("问"), "basis": (quoted(),)},),
        "repayment": {name: quoted() for name in ("equal_instalments", "equal_principal", "interest_first")},
    }
)  # fmt: skip


def rulebook(
    *candidates: Candidate, desk: RenewalDesk = NO_DESK, stale: frozenset[tuple[str, str]] = frozenset()
) -> Rulebook:
    return Rulebook({item.id: item for item in candidates}, FACTS, STANDARD, desk, stale)


def value(given: object) -> Value:
    """8 → exactly 8; (8, None) → from 8; a day → that day; a list → several that apply; all else as it is."""
    if isinstance(given, (bool, str, Range, Days, Choice, Several)):
        return given
    if isinstance(given, (int, Decimal)):
        return Range.of(given)
    if isinstance(given, date):
        return Days.of(given)
    if isinstance(given, list):
        return Several(frozenset(given))
    assert isinstance(given, tuple)
    low, high = (None if end is None else Decimal(end) for end in given)
    return Range(low, high)


def profile(**facts: object) -> Profile:
    """profile(employees=8, industry=Choice.of("1"), region="浙江省")"""
    return Profile.of(Stated(fact, value(given), "说过") for fact, given in facts.items())


def view(on: date = TODAY, *, stale: frozenset[tuple[str, str]] = frozenset(), **facts: object) -> View:
    return View(profile(**facts), FACTS, STANDARD, on, stale)


def finding(node: Node, on: date | Days = TODAY, **facts: object) -> Finding | None:
    """What a node of a candidate "it" makes of some facts on a day or within a span."""
    days = on if isinstance(on, Days) else Days.of(on)
    return judge(node, view(days.first, **facts), days, "it")
