"""What stands over and under a table on a sheet: titles, the date of the figures, notes. It is text, and no row."""

from __future__ import annotations

from collections.abc import Sequence

from index.documents.reading.grids import is_value

_MOST = 5  # rows over a header
_LONGEST_TITLE = 60

# What each column of a row shows: which cell (merged ones in several columns) and its text; None where nothing is.
Row = Sequence[tuple[object, str] | None]


def above(rows: Sequence[Row]) -> int:
    """How many of the first rows stand over the table.

    Rows of one cell are titles. Rows with gaps over a row of headings without any speak of the sheet as a whole.
    """
    if len(rows) < 3 or len(rows[0]) < 2:
        return 0
    first = 0
    while first < min(_MOST, len(rows) - 2) and count(rows[first]) <= 1:
        first += 1
    for later in range(first, min(first + _MOST, len(rows) - 1)):
        if None not in rows[later]:
            headings = not any(is_value(one[1]) for one in rows[later] if one is not None)
            return later if headings else first
    return first


def below(rows: Sequence[Row]) -> int:
    """How many of the last rows are notes under the table: one cell that begins in the first column."""
    notes = 0
    for row in reversed(rows[2:]):
        if len(row) < 2 or count(row) != 1 or row[0] is None:
            break
        notes += 1
    return notes


def count(row: Row) -> int:
    """How many cells of a row show anything."""
    return len({one[0] for one in row if one is not None})


def caption(titles: Sequence[str]) -> str | None:
    """The titles over a table as one, long texts left out."""
    return " ".join(title for title in titles if 0 < len(title) <= _LONGEST_TITLE) or None
