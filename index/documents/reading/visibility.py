"""Characters on a PDF page that nobody sees: white on white, painted over, off the page, too small, without ink."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from index.documents.reading.pdfium import Drawn, Glyph, PdfPage

_SMALLEST = 2.0  # points
_PALE = 200  # of 255: letters this light are looked at
_CONTRAST = 14  # of 255, between the darkest and the lightest point where a letter stands
_DPI = 110
_MOST_PIXELS = 4_000_000
_SCAN = 0.5  # share of the page that a picture covers where it is a scan


def seen(
    page: PdfPage, glyphs: Sequence[Glyph], drawn: Drawn, doubtful: bool = False
) -> tuple[list[Glyph], bool, bool]:
    """The characters that are seen, whether any were hidden, and whether they are the text layer of a scan.

    The last: text without ink over a picture of the page, as programs for recognition leave it. It is kept, since what
    it says can be seen. `doubtful`: hold every character against the picture of the page, not only pale ones.
    """
    layer = _is_layer(page, glyphs, drawn)
    pale = [
        glyph for glyph in glyphs if glyph.painted and (min(glyph.colour) >= _PALE or glyph.alpha < 60)
    ]
    image = np.asarray(page.image(_DPI, _MOST_PIXELS)) if glyphs and (pale or drawn.covers or doubtful) else None
    shown, hidden = [], 0
    for glyph in glyphs:
        if glyph.text.isspace() or _is_seen(glyph, page, layer, image):
            shown.append(glyph)
        else:
            hidden += 1
    return shown, hidden > 1, layer


def _is_layer(page: PdfPage, glyphs: Sequence[Glyph], drawn: Drawn) -> bool:
    inkless = sum(not glyph.painted for glyph in glyphs)
    if inkless * 2 <= len(glyphs):
        return False
    covered: float = sum((box.x1 - box.x0) * (box.y1 - box.y0) for box in drawn.pictures)
    return bool(covered >= _SCAN * page.width * page.height)


def _is_seen(glyph: Glyph, page: PdfPage, layer: bool, image: Any) -> bool:
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2
    if not (-2 <= x <= page.width + 2 and -2 <= y <= page.height + 2) or glyph.size < _SMALLEST:
        return False
    if not glyph.painted:
        return layer
    return image is None or _has_ink(glyph, page, image)


def _has_ink(glyph: Glyph, page: PdfPage, image: Any) -> bool:
    scale = image.shape[1] / page.width
    left, right = int(glyph.x0 * scale), int(glyph.x1 * scale) + 1
    if glyph.turn == 0:  # not as far as rules above and below
        top, bottom = int((glyph.base - 0.85 * glyph.size) * scale), int((glyph.base + 0.12 * glyph.size) * scale) + 1
    else:
        top, bottom = int(glyph.y0 * scale), int(glyph.y1 * scale) + 1
    window = image[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)]
    if window.size == 0:
        return False
    return bool((window.max(axis=(0, 1)).astype(int) - window.min(axis=(0, 1))).max() >= _CONTRAST)
