"""Sheets as an Excel workbook (XLSX): what is text stays text, numbers and dates can be counted with."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from assistant.errors import ExportError
from assistant.export.packages import legal, repacked
from assistant.export.types import Cell, Sheet
from assistant.export.widths import letters

_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
_LONGEST_TITLE, _LONGEST_TEXT = 31, 32_767  # characters, by the format
_EXACT = 10**15  # a spreadsheet keeps 15 digits of a number
_CUT = " […]"
_FIRST_DAY = date(1900, 3, 1)  # days before are counted wrongly by spreadsheets
_NARROWEST, _WIDEST = 8, 60  # of columns, in Latin letters
_FORMULA = ("=", "+", "-", "@", "\t")
_TIME = datetime(2000, 1, 1)


def xlsx_of(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as a workbook; the same bytes for the same sheets. Raises ExportError for no sheets."""
    if not sheets:
        raise ExportError("A workbook needs at least one sheet.")
    book = Workbook()
    book.remove(book.active)
    for sheet, title in zip(sheets, _titles(sheet.title for sheet in sheets), strict=True):
        _fill(book.create_sheet(title), sheet)
    book.properties.created = _TIME
    made = io.BytesIO()
    book.save(made)
    return repacked(made.getvalue(), {"docProps/core.xml": _untimed})


def _untimed(properties: bytes) -> bytes:
    """What the file says of itself without the moment it was saved."""
    return re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + _TIME.isoformat().encode() + b"Z", properties)


def _titles(wanted: Iterable[str]) -> list[str]:
    """Titles a workbook takes: short, without signs that formulas use, each once (whatever the case of letters)."""
    titles: list[str] = []
    for title in wanted:
        plain = " ".join(_NOT_IN_TITLES.sub(" ", legal(title)).split()).strip("'")[:_LONGEST_TITLE].strip("' ")
        plain = plain or f"Sheet{len(titles) + 1}"
        if plain.casefold() == "history":  # which spreadsheets keep for themselves
            plain += "_"
        made, number = plain, 1
        while made.casefold() in {title.casefold() for title in titles}:
            number += 1
            made = f"{plain[: _LONGEST_TITLE - len(f' ({number})')]} ({number})"
        titles.append(made)
    return titles


def _fill(page: Any, sheet: Sheet) -> None:
    wrapped = Alignment(vertical="top", wrap_text=True)
    for number, row in enumerate((sheet.header, *sheet.rows), 1):
        for column, value in enumerate(row, 1):
            cell = page.cell(number, column)
            _put(cell, value)
            cell.alignment = wrapped
            if number == 1:
                cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="F0F2F5")
    page.freeze_panes = f"{get_column_letter(sheet.frozen_columns + 1)}2"
    for column in range(1, page.max_column + 1):
        cells = [_shown(page.cell(row, column).value) for row in range(1, page.max_row + 1)]
        page.column_dimensions[get_column_letter(column)].width = min(
            max(_NARROWEST, *(letters(cell) + 2 for cell in cells)), _WIDEST
        )
    if sheet.header and sheet.rows:
        page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.header))}{len(sheet.rows) + 1}"
    page.print_title_rows = "1:1"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight, page.sheet_properties.pageSetUpPr.fitToPage = 1, 0, True
    for number, note in enumerate(sheet.notes, len(sheet.rows) + 3):
        _put(page.cell(number, 1), note)


def _shown(value: object) -> str:
    return "" if value is None else str(value)


def _put(cell: Any, value: Cell) -> None:
    if value is None:
        return
    if isinstance(value, date) and value >= _FIRST_DAY:
        cell.value, cell.number_format = value, "yyyy-mm-dd"
    elif isinstance(value, int | Decimal) and _countable(value):
        cell.value = value
    else:
        text = legal(str(value))
        if len(text) > _LONGEST_TEXT:
            text = text[: _LONGEST_TEXT - len(_CUT)] + _CUT
        cell.value = text
        cell.data_type = "s"  # also where it begins like a formula or reads like an error
        cell.quotePrefix = text.startswith(_FORMULA)  # so that it is still text when the cell is edited


def _countable(number: int | Decimal) -> bool:
    """Whether a spreadsheet keeps the number as it is."""
    if isinstance(number, int):
        return abs(number) < _EXACT
    return number.is_finite() and len(number.as_tuple().digits) <= 15
