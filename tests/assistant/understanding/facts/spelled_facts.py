"""Values as utterances.yaml writes them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from assistant.profile import Choice, Days, Range, Several, Value

PLEDGES = frozenset({"home", "commercial_property", "land", "equipment", "receivables", "patents", "deposits"})
DATES = {"loan_due", "loan_issued"}
NAMES = {"region", "loan_lender"}
SEVERAL = {"collateral", "qualifications", "purpose", "priority_group", "bank_account"}
CHOICES = {
    "industry",
    "section",
    "form",
    "ownership",
    "size_class",
    "tax_grade",
    "loan_kind",
    "loan_class",
    "loan_security",
}


def value_of(fact: str, spelled: Any) -> Value:
    """The value that a fact's entry stands for."""
    if isinstance(spelled, bool):
        return spelled
    if fact in NAMES:
        return str(spelled)
    if fact in CHOICES:
        return Choice(frozenset(str(spelled).split("|")))
    if fact in SEVERAL or isinstance(spelled, list):
        if spelled == "nothing":
            return Several(lacks=PLEDGES)
        return Several(
            frozenset(item for item in spelled if not item.startswith("-")),
            frozenset(item[1:] for item in spelled if item.startswith("-")),
        )
    if fact in DATES:
        first, _, last = str(spelled).partition("..")
        return Days(date.fromisoformat(first), date.fromisoformat(last or first))
    return _range(str(spelled))


def _range(spelled: str) -> Range:
    if found := re.fullmatch(r"(>?)([\d.]+?)\.\.(<?)([\d.]+)", spelled):
        return Range(Decimal(found[2]), Decimal(found[4]), bool(found[1]), bool(found[3]))
    found = re.fullmatch(r"([<>]?=?)([\d.]+)", spelled)
    assert found is not None, spelled
    number = Decimal(found[2])
    if not found[1]:
        return Range.of(number)
    if found[1].startswith("<"):
        return Range(None, number, high_open=found[1] == "<")
    return Range(number, None, low_open=found[1] == ">")
