"""The comparison and the list as sheets: what the page shows, each cell with the clause it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.export.types import Cell as SheetCell
from assistant.export.types import Sheet
from assistant.products.filters import Found
from assistant.products.types import Product, Trait
from assistant.ui.library.products_words import Line, Said, Wording, figure_words
from assistant.wording import day_words


def comparison_sheet(lines: Sequence[Line], products: Sequence[Product], wording: Wording) -> Sheet:
    """One row for each row of the page; behind each product the clauses of its cell."""
    say = wording.say
    names = [product.name(say.language) for product in products]
    header = [say("sheet.group"), say("sheet.item")]
    for name in names:
        header += [name, say("sheet.source", name=name)]
    rows: list[list[SheetCell]] = []
    for line in lines:
        row: list[SheetCell] = [say(f"group.{line.group}"), line.title]
        for cell, product, empty in zip(line.cells, products, line.empty, strict=True):
            told = _numbered([text_of(said, wording) for said in cell])
            row += [told or empty, _sources(cell, product, wording)]
        rows.append(row)
    return Sheet(say("sheet.comparison"), tuple(header), rows, frozen_columns=2, notes=_notes(wording))


def list_sheet(found: Sequence[Found], wording: Wording) -> Sheet:
    """One row for each product the filters leave."""
    say = wording.say
    columns = [say(f"card.{name}") for name in ("ceiling", "longest", "rate")]
    header = [say("sheet.product"), say("sheet.provider"), *(say(f"trait.{t}") for t in (Trait.KIND, Trait.SECURITY))]
    header += [say("trait.borrower"), say("row.basics.region")]
    for column in columns:
        header += [column, say("sheet.column_source", column=column)]
    header += [say("row.validity.source"), say("row.validity.status", day=day_words(wording.day, wording.values))]
    rows: list[list[SheetCell]] = []
    for item in found:
        product = item.product
        row: list[SheetCell] = [product.name(say.language), wording.provider(product)]
        row += [wording.traits(product, trait) for trait in (Trait.KIND, Trait.SECURITY, Trait.BORROWER)]
        row.append(product.document.region)
        nothing = say("card.nothing" if product.lends else "no_loan")
        for figure in (item.ceiling, item.longest, item.rate):
            row += [
                figure_words(figure, wording) or nothing,
                wording.reference(figure.dated) if figure else None,
            ]
        rows.append([*row, wording.titles(product), wording.ended(item.assessment) or wording.status(product)])
    return Sheet(say("sheet.list"), tuple(header), rows, frozen_columns=1, notes=_notes(wording))


def text_of(said: Said, wording: Wording) -> str:
    """A statement in one line with its marks."""
    text = said.text
    sign = wording.words(f"check.sign.{said.verdict}") if said.verdict is not None else ""
    if sign and sign.casefold() != text.casefold():
        text = wording.say("sign", sign=sign, text=text)
    marks = [mark for _, mark in said.marks]
    added = (
        "".join(f"【{mark}】" for mark in marks) if wording.say.language == "zh" else "".join(f" [{m}]" for m in marks)
    )
    return "\n".join([text + added, *said.notes])


def _sources(cell: Sequence[Said], product: Product, wording: Wording) -> str | None:
    """The clause of each statement, in their order and numbered as they are; what no clause says is of the document."""
    names = [wording.reference(said.source) if said.source else wording.titles(product) for said in cell]
    return _numbered(names) or None


def _numbered(lines: Sequence[str]) -> str:
    """Several lines with their numbers, so that statement and clause can be told to belong together."""
    return "\n".join(f"{n}. {line}" for n, line in enumerate(lines, 1)) if len(lines) > 1 else "".join(lines)


def _notes(wording: Wording) -> tuple[str, ...]:
    say = wording.say
    day = day_words(wording.day, wording.values)
    return say("sheet.note_day", day=day), say("sheet.note_own"), say("sheet.note_promise")
