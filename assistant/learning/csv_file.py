"""Tables for spreadsheets, in which nothing that people typed becomes a formula."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence

_BLANKS_AND_QUOTES = re.compile(r"""^[\s"'`´‘’“”„«»]+""")


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table with every cell quoted and a byte-order mark, by which Excel knows that it is UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([safe(str(value)) for value in row] for row in rows)
    return "\ufeff" + out.getvalue()


def safe(cell: str) -> str:
    """The text on one line; an apostrophe before it where a spreadsheet could take it for a formula.

    Formulas begin with = + - or @, in their full-width and small forms too; spreadsheets pass over blanks, quotes and
    what cannot be seen before them. A tab or line break moves what follows into a cell of its own.
    """
    line = re.sub(r"[\r\n\t\v\f\x85\u2028\u2029]+", " ", cell)
    visible = "".join(c for c in unicodedata.normalize("NFKC", line) if not unicodedata.category(c).startswith("C"))
    start = _BLANKS_AND_QUOTES.sub("", visible)[:1]
    begins_anew = cell[:1] in ("\t", "\r", "\n")
    return f"'{line}" if begins_anew or start in tuple("=+-@|%−") else line
