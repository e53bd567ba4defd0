"""Products side by side: the same rows for all, with what a customer's facts make of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.eligibility.conditions import judge
from assistant.eligibility.matching import Assessment, assess
from assistant.eligibility.rulebook import Rulebook
from assistant.eligibility.verdict import Verdict, all_of
from assistant.eligibility.view import View
from assistant.products.cells import CORE, cells_of
from assistant.products.types import Cell, Group, Product, Row, Statement
from assistant.profile import Profile

MOST = 4  # products side by side


@dataclass(frozen=True, slots=True)
class Comparison:
    """Rows in order, with one cell per product; assessments in the order of products, None where no rules decide."""

    products: tuple[Product, ...]
    rows: tuple[tuple[Row, tuple[Cell, ...]], ...]
    assessments: tuple[Assessment | None, ...]
    judged: bool  # whether anything is known of a customer

    def differs(self, cells: Sequence[Cell]) -> bool:
        """Whether the products are not told of alike in a row."""
        return len({_told(cell) for cell in cells}) > 1


def compare(products: Sequence[Product], profile: Profile, book: Rulebook | None, day: date) -> Comparison:
    """At most MOST products in the rows that any of them says something in."""
    chosen = tuple(products[:MOST])
    facts = book.facts if book else {}
    judged = bool(profile.stated)
    found = [cells_of(product, day, facts) for product in chosen]
    if judged and book is not None:
        found = [_judged(product, cells, profile, book, day) for product, cells in zip(chosen, found, strict=True)]
    order = {name: number for number, name in enumerate(facts)}
    rows = sorted(
        dict.fromkeys([*CORE, *(row for cells in found for row in cells)]),
        key=lambda row: (list(Group).index(row.group), _place(row), order.get(row.fact or "", -1)),
    )
    assessments = tuple(
        assess(product.candidate, book.view(profile, day)) if product.candidate and book else None for product in chosen
    )
    aligned = tuple((row, tuple(cells.get(row, Cell()) for cells in found)) for row in rows)
    return Comparison(chosen, aligned, assessments, judged)


def _judged(product: Product, cells: dict[Row, Cell], profile: Profile, book: Rulebook, day: date) -> dict[Row, Cell]:
    """The cells with what the rules make of a customer at each condition."""
    view = book.view(profile, day)
    dated_by = product.candidate.dated_by if product.candidate else None
    days = view.date_of(dated_by)

    open_ways = _here(product, view) if profile.value("region") is not None else None

    def decided(cell: Cell) -> Cell:
        kept = (s for s in cell.statements if s.mode is None or open_ways is None or s.mode.id in open_ways)
        judged = (
            replace(s, finding=judge(s.node, view, days, product.id, dated_by)) if s.node is not None else s
            for s in kept
        )
        return replace(cell, statements=tuple(judged))

    return {row: decided(cell) for row, cell in cells.items()}


def _here(product: Product, view: View) -> set[str]:
    """The ways in there are at the customer's place: those of other places are left out."""
    if product.candidate is None:
        return set()
    place = Profile.of([stated] if (stated := view.profile.stated.get("region")) else [])
    item = assess(product.candidate, replace(view, profile=place))
    ways = [(item.mode, all_of(f.verdict for f in item.findings)), *item.other_modes]
    return {mode.id for mode, verdict in ways if mode is not None and verdict is not Verdict.NOT_MET}


def _place(row: Row) -> int:
    """Figures before words, conditions by fact before what sheets add to them."""
    return {"about": 0, "fact": 0, "window": 0, "words": 3, "more": 3, "left_open": 4}.get(
        row.key, 1 if row in CORE else 2
    )


def _told(cell: Cell) -> tuple[object, ...]:
    """What a cell says, without where it says so."""
    return tuple(
        (s.figure, _asked(s), s.way and s.way.zh, s.timing) if s.figure or s.node else s.source.quote.zh
        for s in cell.statements
    )


def _asked(statement: Statement) -> str | None:
    return (
        statement.node.model_dump_json(exclude={"values": {"__all__": {"quote", "clause"}}}) if statement.node else None
    )
