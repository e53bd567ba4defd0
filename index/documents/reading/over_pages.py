"""Tables that go on over pages: the header of the first part is carried on to those that follow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.documents.reading.grids import is_caption
from index.documents.reading.types import Box, Line, Page, Table

_SAME = 6.0  # points by which the sides of two parts may differ
_MARGIN = 0.14  # share of the page's height at its foot and head where page numbers and running heads stand
_FEW = 3  # such lines


def carried_on(pages: Iterable[Page]) -> list[Page]:
    """The same pages; a table that continues one from the page before has that one's header and caption."""
    done: list[Page] = []
    for page in pages:
        last = _last(done[-1]) if done else None
        at = _first(page)
        if last is not None and at is not None and _continues(last, page.blocks[at]):
            blocks = list(page.blocks)
            part = blocks[at]
            assert isinstance(part, Table)
            blocks[at] = _with_header(part, last)
            page = replace(page, blocks=tuple(blocks))
        done.append(page)
    return done


def _with_header(part: Table, last: Table) -> Table:
    rows = part.rows
    if part.header and not _same_texts(part.header, last.header):
        rows = (part.header, *rows)  # its first row was taken for a header, which it is not
    else:
        # Headers over several rows are told by spans; where only their first row was repeated, the rest are rows here.
        while rows and last.header and _within_header(rows[0], last.header):
            rows = rows[1:]
    return replace(part, header=last.header, rows=rows or part.rows, caption=part.caption or last.caption)


def _same_texts(one: Sequence[str], other: Sequence[str]) -> bool:
    return ["".join(text.split()) for text in one] == ["".join(text.split()) for text in other]


def _within_header(row: Sequence[str], header: Sequence[str]) -> bool:
    return len(row) == len(header) and all(
        "".join(cell.split()) in "".join(text.split()) for cell, text in zip(row, header, strict=True)
    ) and any(row)


def _continues(last: Table, part: Line | Table) -> bool:
    if not isinstance(part, Table) or part.box is None or last.box is None or part.caption is not None:
        return False
    wide = len(last.header) or len(last.rows[0])
    if wide != (len(part.header) or len(part.rows[0])) or not last.header:
        return False
    return abs(part.box.x0 - last.box.x0) <= _SAME and abs(part.box.x1 - last.box.x1) <= _SAME


def _last(page: Page) -> Table | None:
    """The table at the foot of a page, with nothing below it but a few lines in the margin."""
    for below, block in enumerate(reversed(page.blocks)):
        if isinstance(block, Table):
            return block
        if below >= _FEW or not _in_margin(block.box, page, foot=True):
            return None
    return None


def _first(page: Page) -> int | None:
    """Where the table at the head of a page stands among its blocks."""
    for number, block in enumerate(page.blocks):
        if isinstance(block, Table):
            return number
        if number >= _FEW or is_caption(block) or not _in_margin(block.box, page, foot=False):
            return None
    return None


def _in_margin(box: Box | None, page: Page, foot: bool) -> bool:
    if box is None or page.height is None:
        return False
    return box.y0 > (1 - _MARGIN) * page.height if foot else box.y1 < _MARGIN * page.height
