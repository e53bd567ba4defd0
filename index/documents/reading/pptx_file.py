"""PPTX → one page a slide: titles, texts and tables from top to bottom; notes and hidden slides are left out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from lxml.etree import LxmlError
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.exc import PythonPptxError
from pptx.opc.package import PartFactory
from pptx.oxml.ns import qn
from pptx.package import Package
from pptx.parts.presentation import PresentationPart

from index.documents.reading.grids import Cell, Grid, table, with_caption
from index.documents.reading.limits import Limits
from index.documents.reading.numbering import ordinal
from index.documents.reading.packages import look_over
from index.documents.reading.types import Box, Format, Line, Page, Reading, Table
from index.errors import OverLimitError, ReadingError, RefusedFileError

_POINT = 12_700  # EMU
_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
_OF_THE_MASTER = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.HEADER)
_NUMBERS = {
    "arabic": "decimal", "alphaLc": "lowerLetter", "alphaUc": "upperLetter", "romanLc": "lowerRoman",
    "romanUc": "upperRoman", "ea1Chs": "chineseCounting", "ea1Cht": "chineseCounting", "ea1Jpn": "chineseCounting",
    "circleNum": "decimalEnclosedCircle",
}  # fmt: skip
_SHOWS = (
    "application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml",
    "application/vnd.openxmlformats-officedocument.presentationml.template.main+xml",
    "application/vnd.ms-powerpoint.slideshow.macroEnabled.main+xml",
    "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml",
)


def read_pptx(content: bytes, limits: Limits, progress: Callable[[int, int], None]) -> Reading:
    """Every slide that is shown."""
    said = look_over(content, limits)
    for kind in _SHOWS:
        PartFactory.part_type_for.setdefault(kind, PresentationPart)
    try:
        part = Package.open(io.BytesIO(content)).main_document_part
        if not isinstance(part, PresentationPart):
            raise RefusedFileError("damaged")
        show = part.presentation
        slides = list(show.slides)
        if len(slides) > limits.pages:
            raise OverLimitError("too-many-pages", found=len(slides), limit=limits.pages)
        pages = []
        width, height = (float(side or 0) / _POINT for side in (show.slide_width, show.slide_height))
        for number, slide in enumerate(slides, start=1):
            if slide.element.get("show") in ("0", "false"):
                said.append(f"hidden-slide:{number}")
            else:
                blocks = with_caption(list(_blocks(slide.shapes, limits, 0)))
                pages.append(Page(number, tuple(blocks), width, height))
            progress(number, len(slides))
        title = show.core_properties.title or None
    except ReadingError:
        raise
    except (PythonPptxError, LxmlError, zipfile.BadZipFile, KeyError, ValueError, AttributeError, TypeError) as error:
        raise RefusedFileError("damaged") from error
    return Reading(Format.PPTX, tuple(pages), True, title, tuple(said))


def _blocks(shapes: Any, limits: Limits, depth: int) -> Iterator[Line | Table]:
    if depth > limits.depth:
        raise OverLimitError("too-deep")
    for shape in sorted(shapes, key=_place):
        if shape.element.find(f".//{qn('p:cNvPr')}[@hidden='1']") is not None or _kind(shape) in _OF_THE_MASTER:
            continue
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from _blocks(shape.shapes, limits, depth + 1)
        elif getattr(shape, "has_table", False):
            if (made := table(_grid(shape, limits))) is not None:
                yield made
        elif shape.has_text_frame:
            yield from _lines(shape)


def _place(shape: Any) -> tuple[int, int, int]:
    """Titles first, then from top to bottom, what begins within a third of an inch of each other from left to right."""
    first = 0 if _kind(shape) in _TITLES else 1
    return first, round((shape.top or 0) / (24 * _POINT)), shape.left or 0


def _kind(shape: Any) -> Any:
    return shape.placeholder_format.type if shape.is_placeholder else None


def _box(shape: Any) -> Box | None:
    if None in (shape.left, shape.top, shape.width, shape.height) or not (shape.width and shape.height):
        return None
    x, y = shape.left / _POINT, shape.top / _POINT
    return Box(x, y, x + shape.width / _POINT, y + shape.height / _POINT)


def _lines(shape: Any) -> Iterator[Line]:
    kind = _kind(shape)
    counts: dict[int, int] = {}
    for paragraph in shape.text_frame.paragraphs:
        text = "".join(run.text or "" for run in paragraph._p.iter(qn("a:t")))
        text = " ".join(text.split())
        if not text:
            continue
        runs = [run for run in paragraph.runs if run.text.strip()]
        size = next((run.font.size.pt for run in runs if run.font.size is not None), None)
        yield Line(
            _mark(paragraph, counts) + text, _box(shape), size, bool(runs) and all(run.font.bold for run in runs),
            level=1 if kind in _TITLES else None, paragraph=True,
        )  # fmt: skip


def _mark(paragraph: Any, counts: dict[int, int]) -> str:
    """The number that PowerPoint counts by itself."""
    level = paragraph.level
    for below in [one for one in counts if one > level]:
        del counts[below]
    properties = paragraph._p.find(qn("a:pPr"))
    numbered = properties.find(qn("a:buAutoNum")) if properties is not None else None
    if numbered is None:
        counts.pop(level, None)
        return ""
    counts[level] = counts.get(level, int(numbered.get("startAt") or 1) - 1) + 1
    name = numbered.get("type") or ""
    form = next((form for start, form in _NUMBERS.items() if name.startswith(start)), "decimal")
    text = ordinal(counts[level], form)
    if name.endswith("ParenBoth"):
        return f"({text}) "
    if name.endswith("ParenR"):
        return f"{text}) "
    if form == "chineseCounting":
        return f"{text}、"
    return f"{text}. " if name.endswith("Period") else f"{text} "


def _grid(shape: Any, limits: Limits) -> Grid:
    rows = shape.table.rows
    if len(rows) * len(shape.table.columns) > limits.cells:
        raise OverLimitError("too-many-cells", limit=limits.cells)
    cells = []
    for number, row in enumerate(rows):
        for column, cell in enumerate(row.cells):
            if cell.is_spanned:
                continue
            runs = [run for paragraph in cell.text_frame.paragraphs for run in paragraph.runs if run.text.strip()]
            text = " ".join(" ".join(paragraph.text.split()) for paragraph in cell.text_frame.paragraphs).strip()
            high, wide = (cell.span_height, cell.span_width) if cell.is_merge_origin else (1, 1)
            cells.append(Cell(number, column, text, high, wide, bool(runs) and all(run.font.bold for run in runs)))
    return Grid(tuple(cells), 1 if shape.table.first_row and len(rows) > 1 else None, box=_box(shape))
