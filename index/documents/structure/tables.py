"""A table → clauses whose text says every row with its headers: 产品：信用贷；最高额度：300万元。"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.documents.reading.types import Table
from index.documents.structure.numbering import numbered
from index.documents.structure.paragraphs import Block, Paragraph, Tabled
from index.types import Grid, Language, Span

_ROWS = 40  # of one clause; a longer table gives several
_NAMES = {
    "项目",
    "要素",
    "名称",
    "类别",
    "事项",
    "栏目",
    "指标",
    "条目",
    "内容项",
    "产品要素",
    "item",
    "term",
    "feature",
}
_VALUES = {"内容", "说明", "要求", "具体内容", "规定", "标准", "描述", "备注说明", "content", "description", "details"}


def row_text(header: tuple[str, ...], row: tuple[str, ...], language: Language = Language.ZH) -> str:
    """One row as a sentence; cells without text are left out, as are merged cells' copies beside each other."""
    colon, stop = ("：", "；") if language is Language.ZH else (": ", "; ")
    cells = [" ".join(cell.split()) for cell in row]
    names = [" ".join(name.split()) for name in header] if header else []
    if len(cells) == 2 and cells[0] and cells[1]:
        plain = not names or (names[0].lower() in _NAMES and names[1].lower() in _VALUES)
        if plain and cells[0] != cells[1]:
            return f"{cells[0].rstrip('：:')}{colon}{cells[1]}"
    said: list[str] = []
    for place, cell in enumerate(cells):
        if not cell or cell in ("-", "—", "/", "——"):
            continue
        merged = place > 0 and cell == cells[place - 1] and (not names or _alike(names[place], names[place - 1]))
        if merged:
            continue
        said.append(
            f"{names[place]}{colon}{cell}" if place < len(names) and names[place] and names[place] != cell else cell
        )
    return stop.join(said)


def _alike(one: str, other: str) -> bool:
    return one == other


def parts(table: Table, page: int, language: Language = Language.ZH) -> Iterator[tuple[str, Grid, tuple[Span, ...]]]:
    """Text, what is shown, and where it stands, for every group of rows."""
    box = (table.box.x0, table.box.y0, table.box.x1, table.box.y1) if table.box else None
    rows = [row for row in table.rows if any(cell.strip() for cell in row)]
    header = table.header if any(name.strip() for name in table.header) else ()
    if not rows and header:
        rows, header = [header], ()
    for start in range(0, len(rows), _ROWS):
        group = rows[start : start + _ROWS]
        lines = [row_text(header, row, language) for row in group]
        text = "\n".join(line for line in lines if line)
        if text:
            yield text, Grid(header, tuple(group), table.caption), (Span(0, len(text), page, box),)


def is_layout(table: Table) -> bool:
    """Whether a table only frames text: one cell, or a single column without a header."""
    cells = [cell for row in (table.header, *table.rows) for cell in row if cell.strip()]
    columns = max((len(row) for row in (table.header, *table.rows)), default=0)
    return len(cells) <= 1 or (columns == 1 and any(len(cell) > 40 for cell in cells))


def with_captions(blocks: Sequence[Block]) -> list[Block]:
    """Every table with its caption, and the lines that only were its caption taken out of the text."""
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Tabled):
            said: list[str] = []
            while found and isinstance(above := found[-1], Paragraph) and _is_caption(above, block.table.caption):
                said.insert(0, above.text)
                found.pop()
            known = block.table.caption
            caption = known if known and all(_bare(text) in _bare(known) for text in said) else " ".join(said)
            before = found[-1] if found else None
            if not (caption or known) and isinstance(before, Tabled) and before.table.header == block.table.header:
                caption = before.table.caption or ""  # the same table goes on
            found.append(replace(block, table=replace(block.table, caption=caption or known)))
        else:
            found.append(block)
    return found


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def _is_caption(paragraph: Paragraph, known: str | None) -> bool:
    text = paragraph.text
    if paragraph.level is not None:
        return False
    if known and len(text) >= 2 and _bare(text) in _bare(known):
        return True
    if len(text) > 50 or re.search(r"[。；：:;.，]$", text) or numbered(text) is not None:
        return False
    unit = re.match(r"[（(]?(?:金额)?(?:计量)?单位[:：]", text)
    printed = re.match(r"(?:附?表|Table) ?[\d一二三四五六七八九十]", text) or re.search(r"(?:表|一览)$", text)
    return bool(unit or printed or (paragraph.centred and paragraph.level is None))
