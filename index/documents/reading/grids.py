"""Cells that span rows and columns → a table with every cell filled in, its header and its caption told apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.documents.reading.types import Box, Line, Table
from index.documents.yaml_files import load_yaml

_WORDS = load_yaml(Path(__file__).with_name("table_words.yaml").read_text(encoding="utf-8"))
_HEADINGS = frozenset(_WORDS["headings"])
_VALUE = re.compile(_WORDS["value"])
_NUMBERED = re.compile(_WORDS["numbered_caption"], re.I)
_CAPTION = re.compile(_WORDS["caption"], re.I)
_UNIT = re.compile(_WORDS["unit"], re.I)
_CLAUSE = re.compile(_WORDS["clause"], re.I)
_ENDS = tuple("。；;：:，,、")
_DEEPEST_HEADER = 4
_LONGEST_CAPTION = 60


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it stands: where it begins and how many rows and columns it covers."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    heading: bool = False  # marked as a heading by the format, or in bold where others are not


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one table, and what the format says of it."""

    cells: tuple[Cell, ...]
    header_rows: int | None = None  # where the format marks them
    caption: str | None = None
    box: Box | None = None
    confidence: float | None = None

    @property
    def height(self) -> int:
        """Number of rows."""
        return max((cell.row + cell.rows for cell in self.cells), default=0)

    @property
    def width(self) -> int:
        """Number of columns."""
        return max((cell.column + cell.columns for cell in self.cells), default=0)


def table(grid: Grid) -> Table | None:
    """The table a grid stands for, None where it holds no text."""
    wide, high = grid.width, grid.height
    filled = [[""] * wide for _ in range(high)]
    for cell in grid.cells:
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                filled[row][column] = cell.text
    caption = grid.caption
    first = 0
    rows = [tuple(row) for row in filled]
    across = {cell.row for cell in grid.cells if cell.columns == wide > 1 and cell.text and cell.rows == 1}
    while first in across and first < high - 1:  # a title set as the first row, over all columns
        caption = rows[first][0] if caption is None else f"{caption} {rows[first][0]}"
        first += 1
    depth = _header_depth(grid, rows, first)
    header = _joined(rows[first : first + depth]) if depth else ()
    body = tuple(row for row in rows[first + depth :] if any(row))
    if not body and not any(header):
        return None
    if not body:
        header, body = (), (header,)
    return Table(header, body, caption, grid.box, grid.confidence)


def is_value(text: str) -> bool:
    """Whether a cell holds a figure, a date or an amount rather than a heading."""
    return bool(_VALUE.search(text))


def is_caption(line: Line, longest: int = _LONGEST_CAPTION) -> bool:
    """Whether a line above a table reads like its title: 表1 …, …一览表, 单位：万元."""
    text = line.text.strip()
    return len(text) <= longest and bool(_NUMBERED.search(text) or _CAPTION.search(text) or is_unit(line))


def is_unit(line: Line) -> bool:
    """Whether a line only says in what the figures are given."""
    return bool(_UNIT.search(line.text.strip())) and len(line.text.strip()) <= _LONGEST_CAPTION // 2


def with_caption(blocks: Sequence[Line | Table]) -> list[Line | Table]:
    """Tables with the lines above them that read like captions; the lines stay where they are."""
    done: list[Line | Table] = []
    for block in blocks:
        if isinstance(block, Table) and block.caption is None and (caption := _above(done)):
            block = Table(block.header, block.rows, caption, block.box, block.confidence)
        done.append(block)
    return done


def _above(done: Sequence[Line | Table]) -> str | None:
    found: list[str] = []
    for block in reversed(done[-3:]):
        if not isinstance(block, Line) or (found and not is_unit(Line(found[0]))):
            break
        if not is_caption(block) and not _stands_as_title(block):
            break
        found.insert(0, block.text.strip())
    return " ".join(found) or None


def _stands_as_title(line: Line) -> bool:
    """Whether a line right above a table is set as its title: short, apart from the text, no clause of its own."""
    text = line.text.strip()
    apart = line.centred or line.bold or line.level is not None
    return apart and len(text) <= _LONGEST_CAPTION and not _CLAUSE.search(text) and text[-1:] not in _ENDS


def _header_depth(grid: Grid, rows: Sequence[tuple[str, ...]], first: int) -> int:
    """How many rows from `first` on are the header; 0 where the first row is like the others."""
    left = grid.height - first
    if left < 2 or grid.width < 2:
        return 0
    if grid.header_rows is not None:
        marked = max(grid.header_rows - first, 0)
        return _deepened(grid, first, min(marked, _DEEPEST_HEADER)) if marked else 0
    deep = _deepened(grid, first, 1)
    head = [cell for cell in grid.cells if first <= cell.row < first + deep and cell.text]
    below = [cell for cell in grid.cells if cell.row >= first + deep and cell.text]
    if not head or not below or any(_VALUE.search(cell.text) for cell in head if not cell.heading):
        return 0
    if all(cell.heading for cell in head) and not all(cell.heading for cell in below):
        return deep
    return deep if deep > 1 or _reads_like_headings(rows[first], rows[first + 1 :]) else 0


def _deepened(grid: Grid, first: int, deep: int) -> int:
    """As many rows as the header takes where its cells reach down or part into several."""
    wide, most = grid.width, min(grid.height - first - 1, _DEEPEST_HEADER)
    while deep < most:
        reaching = [cell for cell in grid.cells if first <= cell.row < first + deep]
        over = any(cell.row + cell.rows > first + deep for cell in reaching)
        parted = any(1 < cell.columns < wide and cell.row == first + deep - 1 for cell in reaching)
        if not over and not parted:
            break
        deep += 1
    return deep


def _reads_like_headings(row: tuple[str, ...], body: Sequence[tuple[str, ...]]) -> bool:
    """Of a row that nothing marks: words that head columns, labels above figures, or at least short different ones."""
    labels = [re.sub(r"[\s*:：()（）]", "", text) for text in row]
    if any(any(label.endswith(word) for word in _HEADINGS) for label in labels if label):
        return True
    if any(text.strip().endswith((":", "：", "。", ";", "；")) for text in row) or any(len(text) > 20 for text in row):
        return False
    figures = [sum(bool(_VALUE.search(text)) for text in column) for column in zip(*body, strict=True)]
    if len(row) == 2:  # labels and their values, unless most values are figures and what stands above them is none
        return figures[1] * 2 > len(body)
    if sum(figures) * 5 >= len(row) * len(body):
        return True
    return len(row) > 2 and len(set(row)) == len(row) and all(labels)


def _joined(rows: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Header rows over several levels as one text per column, each text once."""
    columns = zip(*rows, strict=True)
    return tuple(" / ".join(dict.fromkeys(" ".join(text.split()) for text in column if text)) for column in columns)
