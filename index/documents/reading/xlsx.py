"""XLSX → one page a sheet, its tables with values as they are shown; hidden sheets, rows and columns are left out.

openpyxl's read-only mode knows neither merged cells nor hidden rows, so sheets are loaded whole, after their cells were
counted in the packed file.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from index.documents.reading import surroundings
from index.documents.reading.cell_formats import shown
from index.documents.reading.grids import Cell, Grid, table, with_caption
from index.documents.reading.limits import Limits
from index.documents.reading.packages import look_over
from index.documents.reading.types import Format, Line, Page, Reading, Table
from index.errors import OverLimitError, RefusedFileError

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml$")
_CELL = re.compile(rb"<(?:\w+:)?c[ >/]")
_WIDEST_MERGE = 20_000  # cells one merged cell may cover
_LOOKED_AT = 12  # rows at either end of a table that may be no rows of it


def read_xlsx(content: bytes, limits: Limits, progress: Callable[[int, int], None]) -> Reading:
    """Every sheet that is shown, in order."""
    said = look_over(content, limits)
    _count(content, limits)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of extensions openpyxl passes over: none of them holds text of cells
            book = openpyxl.load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError,
            SyntaxError, OSError) as error:  # fmt: skip
        raise RefusedFileError("damaged") from error
    pages: list[Page] = []
    sheets = book.worksheets
    if len(sheets) > limits.pages:
        raise OverLimitError("too-many-pages", found=len(sheets), limit=limits.pages)
    for number, sheet in enumerate(sheets, start=1):
        if sheet.sheet_state != "visible":
            said.append(f"hidden-sheet:{number}")
        else:
            blocks, hidden = _blocks(sheet, limits)
            said += [f"hidden-rows:{number}"] * hidden
            pages.append(Page(number, tuple(blocks), name=str(sheet.title)))
        progress(number, len(sheets))
    title = book.properties.title if book.properties is not None else None
    return Reading(Format.XLSX, tuple(pages), len(pages) > 1, title or None, tuple(said))


def _count(content: bytes, limits: Limits) -> None:
    total = 0
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if not _SHEET.match(name):
                continue
            with archive.open(name) as part:
                while chunk := part.read(1024 * 1024):
                    total += len(_CELL.findall(chunk))
                    if total > limits.cells:
                        raise OverLimitError("too-many-cells", limit=limits.cells)


def _blocks(sheet: Any, limits: Limits) -> tuple[list[Line | Table], bool]:
    """Blocks of cells that empty rows part; what stands above a table by itself becomes lines."""
    rows = {row for row, held in sheet.row_dimensions.items() if held.hidden}
    columns = _hidden_columns(sheet)
    merged = {}
    covered = set()
    for area in sheet.merged_cells.ranges:
        if area.size["rows"] * area.size["columns"] > _WIDEST_MERGE:
            continue
        merged[area.min_row, area.min_col] = area
        covered |= {(row, column) for row, column in area.cells} - {(area.min_row, area.min_col)}
    cells: dict[tuple[int, int], Any] = {
        place: cell for place, cell in sheet._cells.items()  # sparse, whatever the sheet says its size is
        if place not in covered and place[0] not in rows and place[1] not in columns and cell.value not in (None, "")
    }  # fmt: skip
    hidden = any(
        cell.value not in (None, "") for place, cell in sheet._cells.items() if place[0] in rows or place[1] in columns
    )
    done: list[Line | Table] = []
    for block in _parted(cells, merged, rows):
        done += _read(block, cells, merged, rows, columns, limits)
    return with_caption(done), hidden


def _parted(
    cells: dict[tuple[int, int], Any], merged: dict[tuple[int, int], Any], hidden: set[int]
) -> Iterator[list[int]]:
    """Runs of rows without an empty one between them; hidden rows part nothing."""
    used = set()
    for place in cells:
        area = merged.get(place)
        used |= set(range(place[0], area.max_row + 1 if area else place[0] + 1))
    run: list[int] = []
    for row in sorted(used):
        if run and any(between not in hidden for between in range(run[-1] + 1, row)):
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _read(
    run: Sequence[int], cells: dict[tuple[int, int], Any], merged: dict[tuple[int, int], Any], rows: set[int],
    columns: set[int], limits: Limits,
) -> Iterator[Line | Table]:  # fmt: skip
    inside = {place: cell for place, cell in cells.items() if run[0] <= place[0] <= run[-1]}
    shown_columns = sorted(
        {
            column for place in inside
            for column in range(place[1], merged[place].max_col + 1 if place in merged else place[1] + 1)
        } - columns
    )  # fmt: skip
    shown_rows = [row for row in run if row not in rows]
    held: dict[int, list[tuple[int, int]]] = {row: [] for row in shown_rows}
    for place in sorted(inside):
        held[place[0]].append(place)
    ends = {row: _row(row, shown_columns, inside, merged) for row in shown_rows[:_LOOKED_AT] + shown_rows[-_LOOKED_AT:]}
    over = surroundings.above([ends[row] for row in shown_rows[:_LOOKED_AT]])
    under = surroundings.below([ends[row] for row in shown_rows[-_LOOKED_AT:]])
    titles = [shown(inside[held[row][0]]) for row in shown_rows[:over] if len(held[row]) == 1]
    for row in shown_rows[:over]:
        yield from _line([inside.pop(place) for place in held[row]])
    left = shown_rows[over : len(shown_rows) - under]
    notes = [inside.pop(place) for row in shown_rows[len(shown_rows) - under :] for place in held[row]]
    if len(left) * len(shown_columns) > limits.cells:
        raise OverLimitError("too-many-cells", limit=limits.cells)
    row_at, column_at = ({line: at for at, line in enumerate(lines)} for lines in (left, shown_columns))
    made = []
    for place, cell in inside.items():
        area = merged.get(place)
        last = (area.max_row, area.max_col) if area else place
        down = [row_at[row] for row in range(place[0], last[0] + 1) if row in row_at]
        across = [column_at[column] for column in range(place[1], last[1] + 1) if column in column_at]
        if down and across:
            bold = bool(cell.font and cell.font.b)
            made.append(Cell(down[0], across[0], shown(cell), len(down), len(across), bold))
    if len(shown_columns) == 1 or len(left) == 1:
        for one in sorted(made, key=lambda one: (one.row, one.column)):
            yield Line(one.text, bold=one.heading, paragraph=True)
        return
    grid = Grid(tuple(sorted(made, key=lambda one: (one.row, one.column))), caption=surroundings.caption(titles))
    if (read := table(grid)) is not None:
        yield read
    for note in notes:
        yield from _line([note])


def _row(
    row: int, columns: Sequence[int], cells: dict[tuple[int, int], Any], merged: dict[tuple[int, int], Any]
) -> list[tuple[object, str] | None]:
    """What each column shows in a row."""
    shows: dict[int, tuple[object, str]] = {}
    for place, cell in cells.items():
        area = merged.get(place)
        if place[0] <= row <= (area.max_row if area else place[0]):
            one = (place, shown(cell))
            shows.update(dict.fromkeys(range(place[1], (area.max_col if area else place[1]) + 1), one))
    return [shows.get(column) for column in columns]


def _line(cells: Sequence[Any]) -> Iterator[Line]:
    if cells:
        text = "  ".join(shown(cell) for cell in cells)
        bold = all(bool(cell.font and cell.font.b) for cell in cells)
        yield Line(text, bold=bold, centred=_centred(cells[0]), paragraph=True)


def _hidden_columns(sheet: Any) -> set[int]:
    hidden = set()
    for held in sheet.column_dimensions.values():
        if held.hidden and held.min and held.max:
            hidden |= set(range(held.min, min(held.max, held.min + 20_000) + 1))
    return hidden


def _centred(cell: Any) -> bool:
    return bool(cell.alignment and cell.alignment.horizontal in ("center", "centerContinuous"))
