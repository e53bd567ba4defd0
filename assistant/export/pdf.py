"""A paper as PDF: A4, in one embedded Chinese font, with bookmarks, and page numbers and the note at the foot."""

from __future__ import annotations

import importlib.util
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from threading import Lock

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    KeepTogether,
    LongTable,
    PageTemplate,
    Spacer,
)
from reportlab.platypus import PageBreak as NewPage

from assistant.errors import ExportError
from assistant.export.glyphs import printable
from assistant.export.lines import broken
from assistant.export.packages import legal
from assistant.export.types import Heading, Listing, Marker, PageBreak, Paper, Paragraph, Style, Table
from assistant.export.widths import shares_of
from assistant.texts import room_texts
from index.types import Language

FONT = "NotoSansSC"
FONT_PACKAGE, FONT_FILE = "zhplot", "fonts/NotoSansSC-Regular.ttf"
_MARGIN, _FOOT = 20 * mm, 24 * mm
_PALE, _GRID, _HEAD = HexColor("#595959"), HexColor("#8c8c8c"), HexColor("#f0f2f5")
_LANGUAGES = {Language.ZH: "zh-CN", Language.EN: "en-GB"}


@dataclass(frozen=True, slots=True)
class _Look:
    """How text is set; lengths in points. `bold` thickens the strokes, as there is one weight of the font."""

    size: float = 10.5
    leading: float = 16.5
    before: float = 0
    after: float = 6
    left: float = 0
    bold: bool = False
    pale: bool = False
    centred: bool = False
    bar: bool = False  # a line at the left of it


_BODY = _Look()
_TITLE = _Look(18, 25, after=4, bold=True)
_SUBTITLE = _Look(11, 16, after=8, pale=True)
_HEADINGS = {1: _Look(14, 20, 10, 5, bold=True), 2: _Look(12, 18, 8, 4, bold=True), 3: _Look(10.5, 16, 6, 3, bold=True)}
_STYLES = {
    Style.BODY: _BODY,
    Style.QUOTE: _Look(10, 15.5, 2, 7, left=10, bar=True),
    Style.NOTE: _Look(9, 13.5, after=5, pale=True),
    Style.CENTRED: _Look(12, 20, 2, 8, centred=True),
}
_FRAMED = {  # looks of a certificate
    _TITLE: _Look(30, 42, before=0, after=30, bold=True, centred=True),
    _HEADINGS[1]: _Look(24, 34, after=16, bold=True, centred=True),
    _STYLES[Style.CENTRED]: _Look(14, 23, after=10, centred=True),
    _STYLES[Style.NOTE]: _Look(9.5, 15, after=2, pale=True, centred=True),
}
_ABOVE, _OUTER, _INNER = 22 * mm, 11 * mm, 13 * mm  # of a certificate: white over the title, lines of the frame
_ITEM = _Look(after=3, left=18)
_MARKER = 4  # where markers of lists begin
_TALLEST, _PIECE = 30, 10  # lines of a row; a taller one is cut into pieces, which fill pages as rows do
_PADDING = 4
_CELL = _Look(9, 13, after=0)
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")  # the font has them as wide as Chinese characters
_KEPT = 48  # points that must be left under a heading, or it goes to the next page
_ONE_AT_A_TIME = Lock()  # reportlab reads the font through one place in its file, which threads would move
_NOTE, _NOTE_LEADING, _NOTE_LINES = 8, 10, 20  # a longer note is cut, or it would leave no room on the page


def pdf_of(paper: Paper) -> bytes:
    """The paper as a PDF file; the same bytes for the same paper. Raises ExportError where the font is missing."""
    with _ONE_AT_A_TIME:
        pages = _made(paper, 0)[1]  # laid out twice, since only the end of it tells how many pages there are
        return _made(paper, pages)[0]


def _made(paper: Paper, pages: int) -> tuple[bytes, int]:
    covered, out = _font(), io.BytesIO()
    straight = _STRAIGHT if paper.language is Language.EN else {}

    def show(text: str) -> str:
        return printable(text.translate(straight), covered)

    size = landscape(A4) if paper.landscape else A4
    width = size[0] - 2 * _MARGIN
    number = partial(room_texts("export", paper.language), "page", pages=pages)
    room = width - _measure(number(page=pages), _NOTE) - 12
    note = broken(show(paper.note or ""), room, partial(_measure, size=_NOTE))[:_NOTE_LINES]
    foot = _FOOT + _NOTE_LEADING * max(0, len(note) - 2)
    document = BaseDocTemplate(
        out, pagesize=size, title=legal(paper.title), subject=legal(paper.subtitle or ""), author="", creator="",
        lang=_LANGUAGES[paper.language], invariant=1,
    )  # fmt: skip

    def ended(canvas: Canvas, _: BaseDocTemplate) -> None:
        canvas.setViewerPreference("DisplayDocTitle", "true")
        if paper.framed:
            _draw_frame(canvas, size)
        canvas.setFont(FONT, _NOTE)
        canvas.setFillColor(_PALE)
        top = foot - 20
        canvas.drawRightString(size[0] - _MARGIN, top, number(page=canvas.getPageNumber()))
        for line, text in enumerate(note):
            canvas.drawString(_MARGIN, top - line * _NOTE_LEADING, text)

    frame = Frame(_MARGIN, foot, width, size[1] - _MARGIN - foot, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate(frames=[frame], onPageEnd=ended))
    document.build(list(_flow(paper, show, width)))
    return out.getvalue(), document.page


@cache
def _font() -> frozenset[int]:
    """Make the font known, once; the code points it has."""
    found = importlib.util.find_spec(FONT_PACKAGE)  # found and not imported, since it would load a plotting library
    files = [Path(place) / FONT_FILE for place in (found.submodule_search_locations or () if found else ())]
    path = next((file for file in files if file.is_file()), None)
    if path is None:
        raise ExportError(
            f"A PDF needs the font Noto Sans SC of the package {FONT_PACKAGE}, which is not installed. "
            f"Run `pip install -r requirements.txt`, or export to DOCX instead."
        )
    try:
        font = TTFont(FONT, str(path))
    except (TTFError, OSError) as error:
        raise ExportError(f"{path}: the font cannot be read: {error}") from error
    registerFont(font)
    return frozenset(font.face.charToGlyph)


class _Text(Flowable):  # type: ignore[misc]
    """Text in one look; broken into lines when its width is known, and over pages between lines."""

    def __init__(self, text: str, look: _Look, marker: str = "", bookmark: tuple[int, str] | None = None) -> None:
        super().__init__()
        self.text, self.look, self.marker, self.bookmark = text, look, marker, bookmark
        self.lines: list[str] = []
        self._broken_at: float | None = None  # the width the lines are for
        self.spaceBefore, self.spaceAfter = look.before, look.after

    def wrap(self, width: float, _: float) -> tuple[float, float]:
        """Width and height it takes."""
        if self._broken_at != width:
            room = max(width - self.look.left, self.look.size)
            self.lines = broken(self.text, room, partial(_measure, size=self.look.size))
            self._broken_at = width
        self.width, self.height = width, len(self.lines) * self.look.leading
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """What fits into the height, and the rest; nothing where no line does."""
        self.wrap(width, height)
        fit = int((height + 0.001) // self.look.leading)
        if fit < 1:
            return []
        if fit >= len(self.lines):
            return [self]
        above = self._part(self.lines[:fit], replace(self.look, after=0), self.marker, self.bookmark)
        return [above, self._part(self.lines[fit:], replace(self.look, before=0))]

    def _part(
        self, lines: list[str], look: _Look, marker: str = "", bookmark: tuple[int, str] | None = None
    ) -> _Text:
        """Some of the lines; they are not broken again, which on every page would take as long as all of the text."""
        part = _Text("\n".join(lines), look, marker, bookmark)
        part.lines, part._broken_at = lines, self._broken_at
        return part

    def draw(self) -> None:
        """Called by reportlab with the origin at the lower left of the text."""
        look, canvas = self.look, self.canv
        if self.bookmark is not None:
            level, key = self.bookmark
            canvas.bookmarkHorizontal(key, 0, self.height)
            canvas.addOutlineEntry(self.text, key, level)
        if look.bar:
            canvas.setStrokeColor(_GRID)
            canvas.setLineWidth(1.5)
            canvas.line(2, 0, 2, self.height)
        text = canvas.beginText()
        text.setFont(FONT, look.size, look.leading)
        text.setFillColor(_PALE if look.pale else HexColor("#000000"))
        text.setStrokeColor(HexColor("#000000"))
        canvas.setLineWidth(look.size / 45)
        text.setTextRenderMode(2 if look.bold else 0)
        first = self.height - look.leading + (look.leading - look.size) / 2 + look.size * 0.12
        if self.marker:
            text.setTextOrigin(_MARKER, first)
            text.textOut(self.marker)
        for number, line in enumerate(self.lines):
            shift = (self.width - look.left - _measure(line, look.size)) / 2 if look.centred else 0
            text.setTextOrigin(look.left + shift, first - number * look.leading)
            text.textOut(line)
        canvas.drawText(text)


class _WritingLine(Flowable):  # type: ignore[misc]
    """A line to write on by hand."""

    def wrap(self, width: float, _: float) -> tuple[float, float]:
        """Width and height it takes."""
        self.width = width
        return width, 22

    def draw(self) -> None:
        """Called by reportlab."""
        self.canv.setStrokeColor(_GRID)
        self.canv.setLineWidth(0.6)
        self.canv.line(_ITEM.left, 4, self.width, 4)


def _draw_frame(canvas: Canvas, size: tuple[float, float]) -> None:
    canvas.setStrokeColor(_GRID)
    for inset, thick in ((_OUTER, 2), (_INNER, 0.6)):
        canvas.setLineWidth(thick)
        canvas.rect(inset, inset, size[0] - 2 * inset, size[1] - 2 * inset)


def _measure(text: str, size: float) -> float:
    return float(stringWidth(text, FONT, size))


def _flow(paper: Paper, show: Callable[[str], str], width: float) -> Iterator[Flowable]:
    looks = _FRAMED if paper.framed else {}
    if paper.framed:
        yield Spacer(0, _ABOVE)  # reportlab leaves spacers at the top of a page away, unless they are the first
    yield _Text(show(paper.title), looks.get(_TITLE, _TITLE), bookmark=(0, "title"))
    if paper.subtitle:
        yield _Text(show(paper.subtitle), _SUBTITLE)
    above = 0
    for number, block in enumerate(paper.blocks):
        if isinstance(block, Heading):
            above = min(block.level, above + 1)  # a bookmark may lie one level below the one before, not two
            look = looks.get(_HEADINGS[block.level], _HEADINGS[block.level])
            yield CondPageBreak(look.before + look.leading + _KEPT)
            yield _Text(show(block.text), look, bookmark=(above, f"heading-{number}"))
        elif isinstance(block, Paragraph):
            yield _Text(show(block.text), looks.get(_STYLES[block.style], _STYLES[block.style]))
        elif isinstance(block, Listing):
            yield from _items(block, show)
        elif isinstance(block, Table):
            yield from _table(block, show, width)
        elif isinstance(block, PageBreak):
            yield NewPage()


def _items(listing: Listing, show: Callable[[str], str]) -> Iterator[Flowable]:
    look = replace(_ITEM, left=_ITEM.left + 6 * (len(str(len(listing.items))) - 1))  # room for longer numbers
    for number, item in enumerate(listing.items, 1):
        last = number == len(listing.items)
        marker = {Marker.DOT: "•", Marker.BOX: "□"}.get(listing.marker, f"{number}.")
        text = _Text(show(item), replace(look, after=7) if last else look, marker)
        yield KeepTogether([text, _WritingLine()]) if listing.marker is Marker.LINE else text


def _table(table: Table, show: Callable[[str], str], width: float) -> Iterator[Flowable]:
    if table.caption:
        yield CondPageBreak(_KEPT)
        yield _Text(show(table.caption), replace(_BODY, before=4, after=3, bold=True))
    columns = len(table.header)
    if not columns:
        return
    shares = shares_of(table)
    heads = [_Text(show(cell), replace(_CELL, bold=True)) for cell in table.header]
    widths = [width * share / sum(shares) for share in shares]
    rows = [[_Text(cell, _CELL) for cell in part] for row in table.rows for part in _cut(row, widths, show)]
    yield LongTable(
        [heads, *rows], widths, repeatRows=1, spaceAfter=8,
        style=[
            ("GRID", (0, 0), (-1, -1), 0.5, _GRID), ("BACKGROUND", (0, 0), (-1, 0), _HEAD),
            ("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), _PADDING),
            ("RIGHTPADDING", (0, 0), (-1, -1), _PADDING), ("TOPPADDING", (0, 0), (-1, -1), 3),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        ],
    )  # fmt: skip


def _cut(row: tuple[str, ...], widths: list[float], show: Callable[[str], str]) -> Iterator[list[str]]:
    """A row, or several where it is taller than a page may be."""
    measure = partial(_measure, size=_CELL.size)
    cells = [broken(show(cell), width - 2 * _PADDING, measure) for cell, width in zip(row, widths, strict=True)]
    lines = max(map(len, cells))
    piece = lines if lines <= _TALLEST else _PIECE
    for start in range(0, lines, piece):
        yield ["\n".join(cell[start : start + piece]) for cell in cells]
