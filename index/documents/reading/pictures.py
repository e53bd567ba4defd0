"""Pictures → what is written on them; and pictures of pages, for people to look at."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from index.documents.reading import ocr
from index.documents.reading.limits import Limits
from index.documents.reading.pdfium import PdfFile, png
from index.documents.reading.sniff import sniff
from index.documents.reading.types import Format, Page, Reading
from index.errors import OverLimitError, RefusedFileError

_USUAL_DPI = 200.0
_A4 = (595.0, 842.0)  # points
_READABLE = ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP")


def read_picture(content: bytes, limits: Limits, progress: Callable[[int, int], None]) -> Reading:
    """One page for each picture in the file (a TIFF holds several)."""
    pages: list[Page] = []
    with _opened(content, limits) as file:
        count = min(getattr(file, "n_frames", 1), limits.pages + 1)
        if file.format == "GIF":
            count = 1
        if count > limits.pages:
            raise OverLimitError("too-many-pages", found=count, limit=limits.pages)
        for number, frame in enumerate(ImageSequence.Iterator(file), start=1):
            if number > count:
                break
            _check(frame, limits)
            picture = ImageOps.exif_transpose(frame)
            dpi = _dpi(file, picture)
            page = ocr.read_page(_upright_rgb(picture), dpi, number)
            pages.append(replace(page, number=number))
            progress(number, count)
    empty = tuple(f"page-empty:{page.number}" for page in pages if not page.blocks)
    return Reading(Format.IMAGE, tuple(pages), len(pages) > 1, None, empty)


def render(content: bytes, page: int, dpi: int, limits: Limits) -> bytes:
    """The picture of a page (from 1) as PNG; a picture is encoded anew, without whatever else its file holds."""
    kind = sniff(content)
    dpi = max(20, min(dpi, 300))
    if kind is Format.PDF:
        file = PdfFile(content)
        if not 1 <= page <= file.pages:
            raise RefusedFileError("no-such-page", page=page)
        with file.page(page) as opened:
            return png(opened.image(dpi, limits.pixels // 4), limits.pixels)
    if kind is not Format.IMAGE:
        raise RefusedFileError("not-rendered")
    with _opened(content, limits) as picture:
        if not 1 <= page <= getattr(picture, "n_frames", 1):
            raise RefusedFileError("no-such-page", page=page)
        picture.seek(page - 1)
        _check(picture, limits)
        shown = _upright_rgb(ImageOps.exif_transpose(picture))
        scale = min(1.0, dpi / _dpi(picture, shown))
        if scale < 1:
            shown = shown.resize((max(1, round(shown.width * scale)), max(1, round(shown.height * scale))))
        return png(shown, limits.pixels)


@contextmanager
def _opened(content: bytes, limits: Limits) -> Iterator[Any]:
    Image.MAX_IMAGE_PIXELS = limits.pixels
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of pixels: counted by us; of odd metadata: not used
            with Image.open(io.BytesIO(content), formats=_READABLE) as file:
                _check(file, limits)
                yield file
    except Image.DecompressionBombError as error:
        raise OverLimitError("too-many-pixels", limit=limits.pixels // 1_000_000) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise RefusedFileError("damaged") from error


def _check(picture: Any, limits: Limits) -> None:
    if picture.width * picture.height > limits.pixels:
        raise OverLimitError("too-many-pixels", limit=limits.pixels // 1_000_000)


def _upright_rgb(picture: Any) -> Any:
    """In RGB, what is transparent on white."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        ground = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(ground, layered).convert("RGB")
    return picture.convert("RGB")


def _dpi(file: Any, picture: Any) -> float:
    """Dots per inch that the file names where they make sense, else as if the picture were an A4 page."""
    written = file.info.get("dpi", (0, 0))
    try:
        named = float(written[0])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        named = 0.0
    if 95 <= named <= 1200:
        return named
    guess = max(picture.size) / (_A4[1] / 72)
    return guess if 95 <= guess <= 700 else _USUAL_DPI
