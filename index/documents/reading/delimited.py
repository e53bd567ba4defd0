"""CSV and other delimited text → one table."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from index.documents.reading import surroundings
from index.documents.reading.grids import Cell, Grid, table
from index.documents.reading.limits import Limits
from index.documents.reading.text import decoded
from index.documents.reading.types import Format, Line, Page, Reading, Table
from index.errors import OverLimitError, RefusedFileError

_DELIMITERS = ",;\t|，"
_SAMPLE = 20_000
_LONGEST_FIELD = 1_000_000


def read_csv(content: bytes, limits: Limits, progress: Callable[[int, int], None]) -> Reading:  # noqa: ARG001
    """The rows; the first one is the header where it reads like one."""
    rows = _rows(decoded(content), limits)
    width = max((len(row) for row in rows), default=0)
    rows = [[*(" ".join(text.split()) for text in row), *[""] * (width - len(row))] for row in rows]
    shown = [[(column, text) if text else None for column, text in enumerate(row)] for row in rows]
    over, under = surroundings.above(shown), surroundings.below(shown)
    lines = [Line("  ".join(text for text in row if text), paragraph=True) for row in rows]
    body = rows[over : len(rows) - under]
    caption = surroundings.caption([lines[at].text for at in range(over) if surroundings.count(shown[at]) == 1])
    cells = tuple(Cell(number, column, text) for number, row in enumerate(body) for column, text in enumerate(row))
    made = table(Grid(cells, caption=caption)) if width > 1 else Table((), tuple(map(tuple, body)))
    blocks: list[Line | Table] = [*lines[:over], *([made] if made is not None else []), *lines[len(rows) - under :]]
    return Reading(Format.CSV, (Page(1, tuple(blocks)),), paged=False)


def _rows(text: str, limits: Limits) -> list[list[str]]:
    csv.field_size_limit(_LONGEST_FIELD)
    rows, widest = [], 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)):
            if any(field.strip() for field in row):
                rows.append(row)
                widest = max(widest, len(row))
                if widest * len(rows) > limits.cells:
                    raise OverLimitError("too-many-cells", limit=limits.cells)
    except csv.Error as error:
        raise RefusedFileError("damaged") from error
    return rows


def _delimiter(text: str) -> str:
    """The mark that most lines have equally often."""
    lines = [line for line in text[:_SAMPLE].splitlines() if line.strip()][:50]

    def agreement(mark: str) -> tuple[int, int]:
        counts = [line.count(mark) for line in lines]
        usual = max(set(counts), key=counts.count) if counts else 0
        return (counts.count(usual) if usual else 0, usual)

    return max(_DELIMITERS, key=agreement)
