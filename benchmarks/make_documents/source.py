"""One document as it was written: a YAML head, then one printed paragraph per line with a mark of what it is.

= 标题            title; several lines make one title
@ISSUER 机关      red head             @NUMBER 文号 | 签发人：某某
@TO 主送          addressee            @SIGN 机关   @DATE 日期   @CC 抄送   @PRINT 印发
2 第一条¦　……      clause of depth 2: its reference as printed, ¦, and everything printed after it
2 （一）¦标题。‡……  the same with a heading that runs into the text, ended by ‡
1! 第一章¦　总则    a heading on a line of its own; nothing before ¦ where it has no number
+ ……              a further paragraph of the clause above
P ……              a paragraph of no clause, or of the heading right above
    L ……              the same without indentation     C ……  centred
H 附件1 | 标题     an attachment begins on a new page
T 题注            a table; lines `|` (row) and `|!` (header row) follow, `<` repeats the left cell, `^` the upper one
~page  ~wide  ~tall    a new page, landscape from here, upright again
{-old-}{+new+}    a tracked change, which only a word processor's file shows
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

CLAUSE = re.compile(r"^(\d)(!?) (.*?)¦(.*)$")


@dataclass
class Cell:
    """A printed cell with what it spans."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass
class Grid:
    """A table as written: `full` has merged cells filled in."""

    caption: str | None
    full: list[list[str]]
    cells: list[Cell]
    header_rows: int
    clause: str | None = None


@dataclass
class Block:
    """A printed paragraph, a table or a break, by its mark."""

    kind: str
    text: str = ""
    depth: int = 0
    reference: str = ""
    heading: bool = False
    grid: Grid | None = None


@dataclass
class Clause:
    """A provision of the truth."""

    reference: str
    heading: str | None
    text: str
    parent: str | None
    attachment: str | None
    depth: int


@dataclass
class Source:
    """A document as written."""

    name: str
    head: dict[str, Any]
    blocks: list[Block] = field(default_factory=list)

    @property
    def title(self) -> str:
        return "".join(block.text for block in self.blocks if block.kind == "=")


def accepted(text: str) -> str:
    """The words after all tracked changes are accepted."""
    return re.sub(r"\{\+(.*?)\+\}", r"\1", re.sub(r"\{-.*?-\}", "", text))


def parse(path: Path) -> Source:
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    source = Source(path.stem, yaml.safe_load(head))
    raw: list[tuple[bool, list[str]]] = []

    def close() -> None:
        if raw:
            source.blocks[-1].grid = _grid(source.blocks[-1].text or None, raw)
            raw.clear()

    for number, line in enumerate(body.splitlines(), 1):
        if line.startswith("|"):
            raw.append((line.startswith("|!"), [cell.strip() for cell in re.sub(r"^\|!?|\|\s*$", "", line).split("|")]))
            continue
        close()
        if not line.strip():
            continue
        if match := CLAUSE.match(line):
            source.blocks.append(Block("clause", match[4], int(match[1]), match[3], bool(match[2])))
            continue
        mark, _, text = line.partition(" ")
        if mark not in {"=", "+", "P", "L", "C", "H", "T", "~page", "~wide", "~tall"} and not mark.startswith("@"):
            raise ValueError(f"{path.name}: line {number} of the body has no mark: {line[:40]}")
        source.blocks.append(Block(mark, text))
    close()
    return source


def _grid(caption: str | None, raw: list[tuple[bool, list[str]]]) -> Grid:
    full: list[list[str]] = []
    owner: dict[tuple[int, int], Cell] = {}
    width = len(raw[0][1])
    for r, (_, row) in enumerate(raw):
        if len(row) != width:
            raise ValueError(f"{caption}: row {r + 1} has {len(row)} cells, not {width}: {row}")
        full.append([])
        for c, text in enumerate(row):
            if text == "<":
                cell = owner[r, c - 1]
                cell.columns = max(cell.columns, c - cell.column + 1)
            elif text == "^":
                cell = owner[r - 1, c]
                cell.rows = max(cell.rows, r - cell.row + 1)
            else:
                cell = Cell(text, r, c)
            owner[r, c] = cell
            full[-1].append(cell.text)
    return Grid(caption, full, list({id(cell): cell for cell in owner.values()}.values()), sum(h for h, _ in raw))


def clauses(source: Source) -> list[Clause]:
    """The provisions in printed order; a paragraph marked + belongs to the one above it."""
    found: list[Clause] = []
    open_: list[Clause] = []
    attachment = None
    after_heading = False
    for block in source.blocks:
        if block.kind == "H":
            attachment, open_ = block.text.partition(" | ")[0], []
        elif block.kind == "clause":
            open_ = [clause for clause in open_ if clause.depth < block.depth]
            text = accepted(block.text)
            heading = text if block.heading else text.partition("‡")[0].rstrip("。.：:") if "‡" in text else None
            parent = open_[-1].reference or open_[-1].heading if open_ else None
            heading = heading.strip("　 ") if heading else None
            clause = Clause(
                block.reference, heading, text.replace("‡", "").strip("　 "), parent, attachment, block.depth
            )
            found.append(clause)
            open_.append(clause)
            after_heading = block.heading
            continue
        elif block.kind == "+" or (block.kind == "P" and after_heading):
            found[-1].text += "\n" + accepted(block.text)
            continue
        after_heading = after_heading and block.kind in ("T", "~page", "~wide", "~tall")
    return found


def loose(source: Source) -> list[str]:
    """Paragraphs that stand in no clause: what a notice opens and closes with, or a whole letter."""
    found, after_heading = [], False
    for block in source.blocks:
        if block.kind == "P" and not after_heading:
            found.append(accepted(block.text))
        elif block.kind == "clause":
            after_heading = block.heading
        elif block.kind not in ("P", "+", "T", "~page", "~wide", "~tall"):
            after_heading = False
    return found


def tables(source: Source) -> list[Grid]:
    return [block.grid for block in source.blocks if block.grid]
