"""The way from a reading to a draft, from top to bottom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.documents.reading.types import Format, Line, Reading, Table
from index.documents.structure.addresses import Address, Ids
from index.documents.structure.clauses import Cutting
from index.documents.structure.links import linked
from index.documents.structure.noise import without_noise
from index.documents.structure.outline import closing, outline
from index.documents.structure.paragraphs import Block, Paragraph, Tabled, paragraphs
from index.documents.structure.sections import Section, sections
from index.documents.structure.spelling import tidy
from index.documents.structure.tables import is_layout, with_captions
from index.documents.structure.types import Doubt, Draft, DraftClause, Framing, Heading, Role, Unit
from index.text import language_of
from index.types import Language, Span

_UNSURE = 0.8  # confidence of OCR below which a person should look


def draft(reading: Reading) -> Draft:
    """Every character read ends up in a clause, a heading, the frame or the noise, and in one of them only."""
    placed, noise = without_noise(reading)
    blocks = _sheet_titles(_unframed(paragraphs(placed), {line.text for line in noise}), reading.format)
    language = _language(blocks)
    ids = Ids()
    clauses: list[DraftClause] = []
    outlined: list[Heading] = []
    units: list[Unit] = []
    frame: list[Framing] = []
    doubts: list[Doubt] = []
    parts = sections(_titled(blocks, reading.format))
    numbered_before = False
    for place, section in enumerate(parts):
        root, strays = outline(with_captions(section.body))
        last = closing(root)
        prefix = f"a{place}" if section.label or numbered_before else ""
        headings = (f"{section.label} {section.title}".strip(),) if place and (section.label or section.title) else ()
        cutting = Cutting(ids, Address("", "", prefix, section.label, headings), language, paged=reading.paged)
        cutting.cut(root, last)
        clauses += cutting.clauses
        outlined += _below_attachment(section, cutting, place)
        units += cutting.units
        frame += section.frame
        doubts += strays
        numbered_before = numbered_before or bool(root.children)
    clauses, unresolved = linked(clauses, language)
    title = next((framing.text for framing in frame if framing.role is Role.TITLE), None)
    return Draft(
        title=title or (reading.title or None),
        language=language,
        clauses=tuple(clauses),
        frame=tuple(frame),
        outline=tuple(outlined),
        units=tuple(units),
        noise=tuple(noise),
        doubts=(*doubts, *unresolved, *_doubts(reading, clauses, title, outlined)),
        pages=len(reading.pages),
        ocr_pages=tuple(page.number for page in reading.pages if page.ocr),
        tables=sum(isinstance(block, Table) for page in reading.pages for block in page.blocks),
        characters_in=_count(_everything(reading)),
        characters_in_clauses=sum(_count([clause.text]) for clause in clauses),
        paged=reading.paged,
    )


def _below_attachment(section: Section, cutting: Cutting, place: int) -> list[Heading]:
    if not place or not (section.label or section.title):
        return cutting.outline
    first = cutting.clauses[0] if cutting.clauses else None
    pages = [framing.page for framing in section.frame] or list(first.pages if first else (1,))
    own = Heading(1, f"{section.label} {section.title}".strip(), pages[0], first.id if first else None)
    return [own, *(Heading(h.level + 1, h.text, h.page, h.clause_id) for h in cutting.outline)]


def _unframed(blocks: Sequence[Block], noise: set[str]) -> list[Block]:
    """Tables that only put text into a frame give their paragraphs back; a running header is no table's caption."""
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Tabled) and block.table.caption and tidy(block.table.caption) in noise:
            block = replace(block, table=replace(block.table, caption=None))
        if not isinstance(block, Tabled) or not is_layout(block.table):
            found.append(block)
            continue
        box = block.table.box
        place = (box.x0, box.y0, box.x1, box.y1) if box else None
        for cell in (cell for row in (block.table.header, *block.table.rows) for cell in row):
            for line in cell.splitlines():
                if text := tidy(line):
                    found.append(Paragraph(text, (Span(0, len(text), block.page, place),)))
    return found


def _titled(blocks: list[Block], format: Format) -> list[Block]:
    """The first slide's heading is the title of the whole."""
    if format is Format.PPTX and blocks and isinstance(first := blocks[0], Paragraph) and first.level is not None:
        return [replace(first, level=0), *blocks[1:]]
    return blocks


def _sheet_titles(blocks: Sequence[Block], format: Format) -> list[Block]:
    """A sheet whose first row has a single cell: a title above the table, not a row of it."""
    if format not in (Format.CSV, Format.XLSX):
        return list(blocks)
    found: list[Block] = []
    for block in blocks:
        rows = block.table.rows if isinstance(block, Tabled) and not block.table.header else ()
        first = [cell for cell in dict.fromkeys(rows[0]) if cell.strip()] if len(rows) > 2 else []
        if isinstance(block, Tabled) and len(first) == 1 and len(rows[0]) > 2:
            found.append(Paragraph(tidy(first[0]), (Span(0, len(tidy(first[0])), block.page),)))
            names = all(cell.strip() and not any(c.isdigit() for c in cell) for cell in rows[1])
            header, body = (rows[1], rows[2:]) if names else ((), rows[1:])
            block = replace(block, table=replace(block.table, header=header, rows=body))
        found.append(block)
    return found


def _language(blocks: Sequence[Block]) -> Language:
    texts = [
        block.text if isinstance(block, Paragraph) else " ".join(" ".join(row) for row in block.table.rows)
        for block in blocks
    ]
    return language_of("\n".join(texts)) or Language.ZH


def _everything(reading: Reading) -> list[str]:
    return [
        text
        for page in reading.pages
        for block in page.blocks
        for text in (
            [block.text] if isinstance(block, Line) else [*block.header, *(cell for row in block.rows for cell in row)]
        )
    ]


def _count(texts: Sequence[str]) -> int:
    return sum(len(re.sub(r"\s", "", text)) for text in texts)


def _doubts(
    reading: Reading, clauses: Sequence[DraftClause], title: str | None, outlined: Sequence[Heading]
) -> list[Doubt]:
    found = []
    if title is None:
        found.append(Doubt("no-title"))
    if (
        clauses
        and not outlined
        and all(re.search(r"(?:^|-)p\d+$", clause.id) for clause in clauses if not clause.table)
    ):
        found.append(Doubt("no-structure"))
    for page in reading.pages:
        if not page.blocks and reading.paged:
            found.append(Doubt("page-empty", page=page.number))
        if page.ocr and page.confidence is not None and page.confidence < _UNSURE:
            found.append(Doubt("ocr-unsure", f"{page.confidence:.0%}", page.number))
    return found
