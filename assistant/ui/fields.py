"""Which facts a page asks for and in what way: facts of the rulebook → fields, without Gradio."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.eligibility.rulebook import DERIVED, Rulebook
from assistant.eligibility.rules import Candidate, Fact, FactKind, conditions_in
from index.types import StrEnum

UNKNOWN = "?"  # the choice for not knowing; first everywhere
NO_OTHERS = "-"  # of several: what is not ticked does not apply
CITY = "region.city"  # the second field of a place
FEW = 5  # choices that are shown side by side; more go into a list

# What is always shown, in the order of the form. That is the page's choice; everything else is that of facts.yaml.
CORE = (
    "industry", "form", "region", "months", "employees", "revenue_wan", "revenue_so_far_wan", "assets_wan",
    "loan_wanted_wan", "purpose", "collateral", "first_loan", "tax_grade", "tax_paid_wan", "qualifications",
    "exports", "standing",
)  # fmt: skip
LOAN = (
    "loan_due", "loan_lender", "loan_kind", "loan_principal_wan", "loan_rate", "loan_class", "loan_overdue",
    "financing_need", "standing", "form", "size_class", "industry", "employees", "revenue_wan", "assets_wan", "region",
)  # fmt: skip
HINTED = {"standing", "loan_class", "financing_need"}  # shown with their question, as the label alone says too little


class Widget(StrEnum):
    """How a value is entered."""

    LINE = "line"  # numbers and names
    DATE = "date"
    BUTTONS = "buttons"  # one of a few
    LIST = "list"  # one of many
    BOXES = "boxes"  # several
    PLACE = "place"  # a province from a list, and a city


@dataclass(frozen=True, slots=True)
class Field:
    """One fact as it is entered."""

    name: str
    fact: Fact

    @property
    def widget(self) -> Widget:
        """The fitting way to enter it."""
        kind = self.fact.kind
        if kind is FactKind.CHOICE:
            return Widget.BUTTONS if len(self.fact.choices) <= FEW else Widget.LIST
        return {
            FactKind.NUMBER: Widget.LINE, FactKind.NAME: Widget.LINE, FactKind.DATE: Widget.DATE,
            FactKind.FLAG: Widget.BUTTONS, FactKind.SEVERAL: Widget.BOXES, FactKind.PLACE: Widget.PLACE,
        }[kind]  # fmt: skip


def fields(names: Iterable[str], facts: Mapping[str, Fact]) -> tuple[Field, ...]:
    """The fields of these facts, leaving out those facts.yaml does not know."""
    return tuple(Field(name, facts[name]) for name in names if name in facts)


def asked_by(candidates: Iterable[Candidate], book: Rulebook) -> tuple[str, ...]:
    """The facts that decide about any of these candidates, in the order of facts.yaml."""
    asked: set[str] = set()
    for candidate in candidates:
        if candidate.dated_by:
            asked.add(candidate.dated_by)
        for offer in candidate.offers:
            asked |= {condition.asks for condition in (*conditions_in(offer.needs), *offer.prefers)}
    if asked & DERIVED:
        asked |= {"new_hires", "employees"}
    return tuple(name for name in book.facts if name in asked)


def further(asked: Iterable[str], shown: Iterable[str]) -> tuple[str, ...]:
    """What is asked for and not shown already; the size class follows from figures that are shown."""
    already = {*shown, "size_class"}
    return tuple(name for name in asked if name not in already)


def field_id(name: str) -> str:
    """The HTML id of a field."""
    return f"field-{name.replace('.', '-')}"
