"""Readings written by hand: paragraphs as a word processor keeps them, or lines as they stand on a printed page."""

from __future__ import annotations

from collections.abc import Sequence

from index.documents.reading.types import Box, Format, Line, Page, Reading, Table
from index.documents.structure.drafting import draft
from index.documents.structure.types import Draft

EM, WIDTH, HEIGHT, LEFT = 16.0, 595.0, 842.0, 80.0
COLUMNS = 27  # Chinese characters of a full line: 80 + 27 × 16 = 512


def of_paragraphs(text: str, *tables: tuple[int, Table]) -> Reading:
    """Every line of the text is a paragraph; a table goes before the paragraph of that number."""
    blocks: list[Line | Table] = [Line(line, paragraph=True) for line in text.strip().splitlines() if line.strip()]
    for place, table in sorted(tables, key=lambda item: -item[0]):
        blocks.insert(place, table)
    return Reading(Format.DOCX, (Page(1, tuple(blocks)),), False)


def line(text: str, y: float, x: float = LEFT, size: float = EM, width: float | None = None, **more: object) -> Line:
    """A printed line; Chinese characters are as wide as they are high, others half of that."""
    long = width if width is not None else sum(size if ord(c) > 0x2E80 else size / 2 for c in text)
    return Line(text, Box(x, y, x + long, y + size), size, **more)  # type: ignore[arg-type]


def centred(text: str, y: float, size: float = EM, **more: object) -> Line:
    long = sum(size if ord(c) > 0x2E80 else size / 2 for c in text)
    return line(text, y, (WIDTH - long) / 2, size, centred=True, **more)


def printed(paragraphs: Sequence[str], *, rows: int = 22, header: str = "", number: str = "— {} —") -> Reading:
    """Paragraphs set as official documents are: first lines set in by two characters, lines of 27, pages of 22."""
    lines: list[tuple[str, float]] = []
    for paragraph in paragraphs:
        text, x = paragraph, LEFT + 2 * EM
        while text:
            room = int((LEFT + COLUMNS * EM - x) // EM)
            lines.append((text[:room], x))
            text, x = text[room:], LEFT
    pages = []
    for start in range(0, len(lines), rows):
        page = len(pages) + 1
        blocks = [line(text, 110 + 29 * row, x) for row, (text, x) in enumerate(lines[start : start + rows])]
        if header:
            blocks.insert(0, centred(header, 40, 10.5))
        if number:
            blocks.append(centred(number.format(page), 790, 10.5))
        pages.append(Page(page, tuple(blocks), WIDTH, HEIGHT))
    return Reading(Format.PDF, tuple(pages), True)


def cut(text: str, *tables: tuple[int, Table]) -> Draft:
    """The draft of a text of paragraphs."""
    return draft(of_paragraphs(text, *tables))


def ids(drafted: Draft) -> list[str]:
    return [clause.id for clause in drafted.clauses]


def by_id(drafted: Draft) -> dict[str, str]:
    return {clause.id: clause.text for clause in drafted.clauses}
