"""Tables of originals → safe HTML. Every cell is escaped here, at the sink."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from html import escape

from assistant.types import Citation
from index.types import Grid


def table_html(grid: Grid, label: str, marked: Collection[int] = ()) -> str:
    """A table as a table, with the rows in `marked` (from 0) highlighted; `label` names it where it has no caption."""
    caption = f"<caption>{escape(grid.caption)}</caption>" if grid.caption else ""
    head = f"<thead>{_row(grid.header, 'th')}</thead>" if grid.header else ""
    rows = "".join(_row(row, "td", marked=number in marked) for number, row in enumerate(grid.rows))
    return (
        f'<div class="table" tabindex="0" role="region" aria-label="{escape(grid.caption or label)}"><table>{caption}'
        f"{head}<tbody>{rows}</tbody></table></div>"
    )


def rows_cited(citation: Citation, grid: Grid) -> list[int]:
    """The rows that an answer used: the clause's text tells one row a line; none where it does not."""
    lines = citation.quote.split("\n")
    if len(lines) != len(grid.rows):
        return []
    found, start = [], 0
    for number, line in enumerate(lines):
        end = start + len(line)
        if any(first < end and start < last for first, last in citation.spans):
            found.append(number)
        start = end + 1
    return found


def _row(cells: Sequence[str], tag: str, *, marked: bool = False) -> str:
    scope = ' scope="col"' if tag == "th" else ""
    told = "".join(
        f"<{tag}{scope}>{f'<mark>{escape(cell)}</mark>' if marked and cell else escape(cell)}</{tag}>" for cell in cells
    )
    return f"<tr>{told}</tr>"
