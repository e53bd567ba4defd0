"""What is exported, before it has a format: a paper of headings, paragraphs, lists and tables, or sheets of cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from index.types import Language, StrEnum


class Style(StrEnum):
    """How a paragraph is set."""

    BODY = "body"
    QUOTE = "quote"  # the words of a clause
    NOTE = "note"  # small print: sources, warnings
    CENTRED = "centred"  # on certificates


class Marker(StrEnum):
    """What stands before the items of a list."""

    DOT = "dot"
    NUMBER = "number"  # 1. 2. 3.
    BOX = "box"  # an empty box to tick by hand
    LINE = "line"  # each item followed by a line to write on


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading under the title: 1 is the highest level, 3 the lowest."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some text; line breaks are kept."""

    text: str
    style: Style = Style.BODY


@dataclass(frozen=True, slots=True)
class Listing:
    """A list."""

    items: tuple[str, ...]
    marker: Marker = Marker.DOT


@dataclass(frozen=True, slots=True)
class Table:
    """A table; every row has as many cells as the header. `widths` are shares of the page's width."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str | None = None
    widths: tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Heading | Paragraph | Listing | Table | PageBreak


@dataclass(frozen=True, slots=True)
class Paper:
    """Something to print or to send. `note` stands at the foot of every page: where the text is from, and the day."""

    title: str
    language: Language
    blocks: Sequence[Block]
    made_on: date
    subtitle: str | None = None
    note: str | None = None
    landscape: bool = False
    framed: bool = False  # a certificate: one page, large and in the middle, with a frame around it (in the PDF)


Cell = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook, its first row the header; a cell that begins like a formula stays text."""

    title: str
    header: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]
    frozen_columns: int = 0  # that stay in sight when scrolling sideways
    notes: tuple[str, ...] = ()  # under the table: sources, warnings
