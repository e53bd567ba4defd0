"""How wide text is in a table, before any font is known."""

from __future__ import annotations

from unicodedata import east_asian_width

from assistant.export.types import Table

_NARROWEST, _WIDEST = 6.0, 60.0  # in Latin letters


def letters(text: str) -> int:
    """The width of the longest line in Latin letters; a Chinese character takes two."""
    return max(sum(2 if east_asian_width(letter) in "WF" else 1 for letter in line) for line in text.split("\n"))


def shares_of(table: Table) -> tuple[float, ...]:
    """Shares of the page's width for the columns: its own, or by the longest cell."""
    if table.widths:
        return table.widths
    columns = zip(table.header, *table.rows, strict=True)
    return tuple(min(max(_NARROWEST, *(letters(cell) + 1 for cell in column)), _WIDEST) for column in columns)
