"""CSV and other delimited text → one table."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from index.documents.reading.grids import Cell, Grid, table
from index.documents.reading.limits import Limits
from index.documents.reading.text import decoded
from index.documents.reading.types import Format, Page, Reading, Table
from index.errors import OverLimitError, RefusedFileError

_DELIMITERS = ",;\t|，"
_SAMPLE = 20_000
_LONGEST_FIELD = 1_000_000


def read_csv(content: bytes, limits: Limits, progress: Callable[[int, int], None]) -> Reading:  # noqa: ARG001
    """The rows; the first one is the header where it reads like one."""
    rows = _rows(decoded(content), limits)
    width = max((len(row) for row in rows), default=0)
    blocks: tuple[Table, ...] = ()
    if width:
        cells = tuple(
            Cell(number, column, " ".join(text.split()))
            for number, row in enumerate(rows)
            for column, text in enumerate([*row, *[""] * (width - len(row))])
        )
        made = table(Grid(cells)) if width > 1 else Table((), tuple(tuple(row) for row in rows))
        blocks = (made,) if made is not None else ()
    return Reading(Format.CSV, (Page(1, blocks),), paged=False)


def _rows(text: str, limits: Limits) -> list[list[str]]:
    csv.field_size_limit(_LONGEST_FIELD)
    rows, cells = [], 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)):
            if any(field.strip() for field in row):
                rows.append(row)
                cells = max(map(len, rows[-1:])) * len(rows)
                if cells > limits.cells:
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
