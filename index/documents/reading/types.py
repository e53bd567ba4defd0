"""What a reader returns: pages of lines and tables in the order people read them, whatever the format.

Positions are in PDF points (1/72 inch) from the upper left corner of the page as it is shown, rotation applied.
"""

from __future__ import annotations

from dataclasses import dataclass

from index.types import StrEnum


class Format(StrEnum):
    """The formats we read, told by content and not by the name of the file."""

    PDF = "pdf"
    IMAGE = "image"
    DOCX = "docx"
    XLSX = "xlsx"
    CSV = "csv"
    PPTX = "pptx"
    HTML = "html"
    MHTML = "mhtml"
    MARKDOWN = "markdown"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page; x0 < x1, y0 < y1."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line (PDF, OCR), or one paragraph where the format keeps paragraphs (DOCX, HTML, Markdown, PPTX).

    `text` holds the number that a word processor counts by itself ("一、", "1."), as it is shown.
    """

    text: str
    box: Box | None = None
    size: float | None = None  # height of its type in points
    bold: bool = False
    centred: bool = False
    level: int | None = None  # 1 is the outermost heading, where the format marks headings; a Title is 0
    paragraph: bool = False  # a whole paragraph: lines are joined only where this is False
    confidence: float | None = None  # of OCR, 0 to 1; None where the text itself was in the file


@dataclass(frozen=True, slots=True)
class Table:
    """A table with merged cells filled in: every row has as many cells as there are columns."""

    header: tuple[str, ...]  # one text per column, header rows over several levels joined by " / "; () without a header
    rows: tuple[tuple[str, ...], ...]
    caption: str | None = None
    box: Box | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page, slide or sheet; a format without pages gives a single one."""

    number: int  # from 1, as counted in the file
    blocks: tuple[Line | Table, ...]  # in reading order, columns one after the other
    width: float | None = None
    height: float | None = None
    name: str | None = None  # of a sheet
    ocr: bool = False  # read from the picture of the page, since it carried no text
    confidence: float | None = None  # mean over its characters, where `ocr`


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything a reader found in a file."""

    format: Format
    pages: tuple[Page, ...]
    paged: bool  # False: the single page is no page people could turn to
    title: str | None = None  # of the file's own metadata; often wrong, never evidence by itself
    warnings: tuple[str, ...] = ()  # codes of what was left out or is doubtful, e.g. "macros", "page-empty:7"
