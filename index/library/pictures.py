"""Pages as pictures, with the places of a clause on them."""

from __future__ import annotations

import os
import struct
from collections.abc import Sequence
from pathlib import Path

from index.library.files import FileStore
from index.library.problems import failure
from index.library.reading import PageSize, picture
from index.library.types import Mark, PagePicture, Upload
from index.types import Clause, Span

WIDTHS = (200, 2400)  # pixels, narrowest and widest
_POINTS = 595.0  # width of A4, for pages that do not say theirs


def page_picture(
    files: FileStore, upload: Upload, pages: Sequence[PageSize], page: int, spans: Sequence[Span], width: int
) -> PagePicture:
    """A page, `width` pixels wide or nearly so, drawn once and kept; marks where the spans stand on it."""
    size = next((one for one in pages if one.number == page), None)
    if size is None:
        raise failure("no-page", page=page)
    width = max(WIDTHS[0], min(WIDTHS[1], width))
    kept = files.root / "pages" / upload.id / f"{page}-{width}.png"
    try:
        png = kept.read_bytes()
    except OSError:
        path = files.whole(upload.id, upload.sha256)
        png = picture(path, upload.name, page, round(width * 72 / (size.width or _POINTS)))
        _keep(kept, png)
    columns, rows = struct.unpack(">II", png[16:24])  # of the header every PNG begins with
    return PagePicture(png, columns, rows, page, len(pages), _marks(spans, size))


def spans_of(clause: Clause, part: tuple[int, int] | None) -> tuple[Span, ...]:
    """Where a clause stands, or a part of its text."""
    if part is None:
        return clause.spans
    return tuple(span for span in clause.spans if span.start < part[1] and part[0] < span.end)


def forget(files: FileStore, id: str) -> None:
    """Remove the pictures of an upload."""
    files.path(id)  # an id of ours, or LibraryError
    folder = files.root / "pages" / id
    for path in folder.glob("*"):
        path.unlink(missing_ok=True)
    if folder.is_dir():
        folder.rmdir()


def _marks(spans: Sequence[Span], size: PageSize) -> tuple[Mark, ...]:
    if not size.width or not size.height:
        return ()
    wide, high = size.width, size.height
    boxes = dict.fromkeys(span.box for span in spans if span.page == size.number and span.box)
    return tuple(Mark(x0 / wide, y0 / high, x1 / wide, y1 / high) for x0, y0, x1, y1 in boxes)


def _keep(path: Path, png: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = path.with_suffix(".part")
        beside.write_bytes(png)
        os.replace(beside, path)
    except OSError:  # drawn anew the next time
        pass
