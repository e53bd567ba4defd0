"""PDF pages through pdfium: characters with their places, ruling lines, pictures, and images of whole pages.

The home of pypdfium2. Places are in points from the upper left corner of the page as it is shown.
"""

from __future__ import annotations

import ctypes
import io
import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from index.documents.reading.types import Box
from index.errors import OverLimitError, RefusedFileError

_BOLD_NAMES = ("bold", "black", "heavy", "semibold", "demi")
_INVISIBLE = (3, 7)  # text render modes that paint nothing
_OBJECTS = 60_000  # of one page; drawings of maps have more, and no text in their lines
_DEEPEST_FORM = 6
_MOST_NOTES = 500


class Glyph(NamedTuple):
    """One character of a page."""

    text: str
    x0: float
    x1: float
    base: float  # of the baseline, from above
    size: float
    turn: int  # degrees clockwise in which the line runs: 0, 90, 180, 270; -1 for any other
    bold: bool
    colour: tuple[int, int, int]
    alpha: int
    painted: bool  # False: of a render mode that leaves no ink
    y0: float
    y1: float


class Rule(NamedTuple):
    """A straight line, level or upright."""

    x0: float
    y0: float
    x1: float
    y1: float


class Drawn(NamedTuple):
    """What a page holds besides its text."""

    rules: list[Rule]
    fills: list[Box]  # painted areas, in any colour but white
    pictures: list[Box]
    covers: bool = False  # whether something is painted over text: an area or a picture that comes after it


class PdfPage:
    """One open page."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._page = page
        left, bottom, right, top = page.get_bbox()
        left, right = sorted((left, right))
        bottom, top = sorted((bottom, top))
        self.turned = page.get_rotation() % 360
        self.width, self.height = (right - left, top - bottom)
        # From PDF space to the page as shown: x' = a x + c y + e, y' = b x + d y + f.
        if self.turned == 90:
            self._to = (0.0, 1.0, 1.0, 0.0, -bottom, -left)
        elif self.turned == 180:
            self._to = (-1.0, 0.0, 0.0, 1.0, right, -bottom)
        elif self.turned == 270:
            self._to = (0.0, -1.0, -1.0, 0.0, top, right)
        else:
            self._to = (1.0, 0.0, 0.0, -1.0, -left, top)
        if self.turned in (90, 270):
            self.width, self.height = self.height, self.width

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A rectangle of PDF space as it is shown."""
        a, b, c, d, e, f = self._to
        xs = sorted((a * left + c * bottom + e, a * right + c * top + e))
        ys = sorted((b * left + d * bottom + f, b * right + d * top + f))
        return Box(xs[0], ys[0], xs[1], ys[1])

    def glyphs(self) -> list[Glyph]:
        """Every character that pdfium found and did not make up itself, in the order of the file."""
        page = raw.FPDFText_LoadPage(self._page.raw)
        if not page:
            raise RefusedFileError("damaged")
        try:
            return list(self._glyphs(page))
        finally:
            raw.FPDFText_ClosePage(page)

    def _glyphs(self, page: Any) -> Iterator[Glyph]:
        rect, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
        x, y = ctypes.c_double(), ctypes.c_double()
        rect_, matrix_, x_, y_ = map(ctypes.byref, (rect, matrix, x, y))
        a, b, c, d, e, f = self._to
        last: int | None = -1
        style: tuple[float, int, bool, tuple[int, int, int], int, bool] = (0.0, 0, False, (0, 0, 0), 255, True)
        for number in range(raw.FPDFText_CountChars(page)):
            code = raw.FPDFText_GetUnicode(page, number)
            if code in (0, 0xFFFE, 0xFFFF, 13, 10) or code > 0x10FFFF or 0xD800 <= code < 0xE000:
                continue
            holder = raw.FPDFText_GetTextObject(page, number)
            if not holder:
                continue  # made up by pdfium: spaces and line ends
            address = ctypes.cast(holder, ctypes.c_void_p).value
            if address != last:
                raw.FPDFText_GetMatrix(page, number, matrix_)
                style, last = self._style(page, number, holder, matrix), address
            raw.FPDFText_GetLooseCharBox(page, number, rect_)
            raw.FPDFText_GetCharOrigin(page, number, x_, y_)
            across, along = (a * rect.left + c * rect.bottom + e, a * rect.right + c * rect.top + e)
            up, down = (b * rect.left + d * rect.bottom + f, b * rect.right + d * rect.top + f)
            size, turn, bold, colour, alpha, painted = style
            if turn == 0 and code > 0x2E7F:
                # A Chinese letter is as wide as high, also where the font's table of widths passes over it.
                across = min(across, along, a * x.value + c * y.value + e)
                along = max(along, across + 0.97 * size)
            base = b * x.value + d * y.value + f if turn in (0, 180) else a * x.value + c * y.value + e
            yield Glyph(
                chr(code), min(across, along), max(across, along), base, size, turn, bold, colour, alpha, painted,
                min(up, down), max(up, down),
            )  # fmt: skip

    def _style(
        self, page: Any, number: int, holder: Any, matrix: Any
    ) -> tuple[float, int, bool, tuple[int, int, int], int, bool]:
        size = abs(raw.FPDFText_GetFontSize(page, number)) * math.hypot(matrix.c, matrix.d)
        # The way a line runs, in PDF space counter-clockwise, then turned with the page.
        angle = (self.turned - math.degrees(math.atan2(matrix.b, matrix.a))) % 360
        turn = round(angle / 90) * 90 % 360 if min(angle % 90, 90 - angle % 90) < 4 else -1
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        raw.FPDFText_GetFillColor(page, number, *map(ctypes.byref, (red, green, blue, alpha)))
        mode = raw.FPDFTextObj_GetTextRenderMode(holder)
        bold = raw.FPDFText_GetFontWeight(page, number) >= 600 or mode == 2 or self._bold_font(holder)
        return size, turn, bold, (red.value, green.value, blue.value), alpha.value, mode not in _INVISIBLE

    def _bold_font(self, holder: Any) -> bool:
        font = raw.FPDFTextObj_GetFont(holder)
        if not font:
            return False
        name = ctypes.create_string_buffer(128)
        raw.FPDFFont_GetBaseFontName(font, name, 128)
        return any(word in name.value.decode("utf-8", "replace").lower() for word in _BOLD_NAMES)

    def drawn(self) -> Drawn:
        """Lines, filled areas and pictures, those within form objects included."""
        found = Drawn([], [], [])
        written = 0  # when the last text was
        covers = False
        for count, (item, matrix) in enumerate(self._objects(), start=1):
            if count > _OBJECTS:
                break
            kind = raw.FPDFPageObj_GetType(item)
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                written = count
            elif kind == raw.FPDF_PAGEOBJ_PATH:
                self._path(item, matrix, found)
                covers = covers or (count > written > 0 and self._large_fill(item, matrix))
            elif kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING) and (box := self._bounds(item, matrix)):
                found.pictures.append(box)
                covers = covers or written > 0
        return found._replace(covers=covers)

    def _large_fill(self, item: Any, matrix: tuple[float, ...]) -> bool:
        """Whether a path paints an area, white included, that letters could lie under."""
        mode, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(item, ctypes.byref(mode), ctypes.byref(stroke))
        box = self._bounds(item, matrix) if mode.value else None
        return box is not None and min(box.x1 - box.x0, box.y1 - box.y0) > 6

    def _objects(self) -> Iterator[tuple[Any, tuple[float, ...]]]:
        page = self._page.raw
        todo: list[tuple[Any, tuple[float, ...], int]] = [
            (raw.FPDFPage_GetObject(page, number), (1, 0, 0, 1, 0, 0), 0)
            for number in reversed(range(raw.FPDFPage_CountObjects(page)))
        ]
        while todo:
            item, matrix, depth = todo.pop()
            if not item:
                continue
            if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_FORM:
                yield item, matrix
            elif depth < _DEEPEST_FORM:
                inner = _times(_matrix(item), matrix)
                todo += [
                    (raw.FPDFFormObj_GetObject(item, number), inner, depth + 1)
                    for number in reversed(range(min(raw.FPDFFormObj_CountObjects(item), _OBJECTS)))
                ]

    def _path(self, item: Any, matrix: tuple[float, ...], found: Drawn) -> None:
        mode, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(item, ctypes.byref(mode), ctypes.byref(stroke))
        if not mode.value and not stroke.value:
            return
        if mode.value and (box := self._bounds(item, matrix)):
            wide, high = box.x1 - box.x0, box.y1 - box.y0
            if min(wide, high) <= 2.5 < max(wide, high):  # a line painted as a thin rectangle
                x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
                found.rules.append(Rule(box.x0, y, box.x1, y) if wide > high else Rule(x, box.y0, x, box.y1))
                return
            if min(wide, high) > 2.5 and not self._white(item):
                found.fills.append(box)
        if stroke.value:
            self._strokes(item, _times(_matrix(item), matrix), found.rules)

    def _strokes(self, item: Any, matrix: tuple[float, ...], rules: list[Rule]) -> None:
        x, y = ctypes.c_float(), ctypes.c_float()
        start = last = (0.0, 0.0)
        for number in range(min(raw.FPDFPath_CountSegments(item), 2_000)):
            segment = raw.FPDFPath_GetPathSegment(item, number)
            raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
            here = self._shown(matrix, x.value, y.value)
            kind = raw.FPDFPathSegment_GetType(segment)
            if kind == raw.FPDF_SEGMENT_MOVETO:
                start = here
            elif kind == raw.FPDF_SEGMENT_LINETO:
                _add(rules, last, here)
            last = here
            if raw.FPDFPathSegment_GetClose(segment):
                _add(rules, last, start)

    def _shown(self, matrix: tuple[float, ...], x: float, y: float) -> tuple[float, float]:
        x, y = matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5]
        a, b, c, d, e, f = self._to
        return a * x + c * y + e, b * x + d * y + f

    def _bounds(self, item: Any, matrix: tuple[float, ...]) -> Box | None:
        sides = [ctypes.c_float() for _ in range(4)]
        if not raw.FPDFPageObj_GetBounds(item, *map(ctypes.byref, sides)):
            return None
        left, bottom, right, top = (side.value for side in sides)
        ends = [self._shown(matrix, x, y) for x in (left, right) for y in (bottom, top)]
        return Box(min(x for x, _ in ends), min(y for _, y in ends), max(x for x, _ in ends), max(y for _, y in ends))

    def _white(self, item: Any) -> bool:
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        if not raw.FPDFPageObj_GetFillColor(item, *map(ctypes.byref, (red, green, blue, alpha))):
            return False
        return alpha.value < 10 or min(red.value, green.value, blue.value) > 250

    def image(self, dpi: float, most_pixels: int) -> Any:
        """The page as a Pillow image in RGB, drawn at fewer dots per inch where it would have too many pixels."""
        scale = dpi / 72
        pixels = self.width * self.height * scale * scale
        if pixels > most_pixels:
            scale *= math.sqrt(most_pixels / pixels)
        return self._page.render(scale=scale, draw_annots=False, may_draw_forms=False).to_pil().convert("RGB")


class PdfFile:
    """An open PDF; raises RefusedFileError where pdfium cannot open it."""

    def __init__(self, content: bytes) -> None:
        try:
            self._file = pdfium.PdfDocument(content)
            self.pages = len(self._file)
        except pdfium.PdfiumError as error:
            raise RefusedFileError("encrypted" if "password" in str(error).lower() else "damaged") from error

    @contextmanager
    def page(self, number: int) -> Iterator[PdfPage]:
        """The page with this number, from 1."""
        try:
            page = self._file[number - 1]
            if _has_notes(page) and raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS:
                # What forms and notes show is part of the page from now on, in memory; it must be loaded anew for that.
                page.close()
                page = self._file[number - 1]
        except pdfium.PdfiumError as error:
            raise RefusedFileError("damaged") from error
        try:
            yield PdfPage(page)
        finally:
            page.close()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def _has_notes(page: pdfium.PdfPage) -> bool:
    """Whether a page shows more than its contents: fields of forms, notes, stamps; links show nothing."""
    for number in range(min(raw.FPDFPage_GetAnnotCount(page.raw), _MOST_NOTES)):
        note = raw.FPDFPage_GetAnnot(page.raw, number)
        kind = raw.FPDFAnnot_GetSubtype(note)
        raw.FPDFPage_CloseAnnot(note)
        if kind not in (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP, raw.FPDF_ANNOT_UNKNOWN):
            return True
    return False


def png(image: Any, most_pixels: int) -> bytes:
    """A Pillow image as PNG."""
    if image.width * image.height > most_pixels:
        raise OverLimitError("too-many-pixels", limit=most_pixels // 1_000_000)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _add(rules: list[Rule], start: tuple[float, float], end: tuple[float, float]) -> None:
    if abs(start[1] - end[1]) < 0.8 and abs(start[0] - end[0]) > 2:
        y = (start[1] + end[1]) / 2
        rules.append(Rule(min(start[0], end[0]), y, max(start[0], end[0]), y))
    elif abs(start[0] - end[0]) < 0.8 and abs(start[1] - end[1]) > 2:
        x = (start[0] + end[0]) / 2
        rules.append(Rule(x, min(start[1], end[1]), x, max(start[1], end[1])))


def _matrix(item: Any) -> tuple[float, ...]:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix)):
        return (1, 0, 0, 1, 0, 0)
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _times(inner: tuple[float, ...], outer: tuple[float, ...]) -> tuple[float, ...]:
    """First `inner`, then `outer`."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)
