"""Workbooks by openpyxl and CSV, from the `sheets` of a source's head: cells as people type and format them."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from benchmarks.make_documents.source import Source

EDGE = Border(*(Side(style="thin"),) * 4)


def write(source: Source, target: Path) -> None:
    if target.suffix == ".csv":
        make = source.head["make"]
        out = io.StringIO()
        csv.writer(out, delimiter=make.get("delimiter", ","), lineterminator="\r\n").writerows(make["rows"])
        target.write_bytes(out.getvalue().encode(make["encoding"]))
        return
    book = Workbook()
    book.remove(book.active)
    for sheet in source.head["make"]["sheets"]:
        fill(book.create_sheet(sheet["name"]), sheet)
    book.save(target)


def fill(page: Any, sheet: dict[str, Any]) -> None:
    if sheet.get("hidden"):
        page.sheet_state = "hidden"
    for r, row in enumerate(sheet["cells"], sheet.get("from_row", 1)):
        for c, value in enumerate(row, sheet.get("from_column", 1)):
            if value is None:
                continue
            cell = page.cell(r, c)
            cell.value = date.fromisoformat(value[1:]) if isinstance(value, str) and value.startswith("@") else value
            cell.alignment = Alignment(wrap_text=True, vertical="center")
            cell.border = EDGE
    for area in sheet.get("merge", []):
        page.merge_cells(area)
    for area, form in sheet.get("forms", {}).items():
        for line in page[area] if ":" in area else ((page[area],),):
            for cell in line:
                cell.number_format = form
    for area in sheet.get("bold", []):
        for line in page[area] if ":" in area else ((page[area],),):
            for cell in line:
                cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDDDDD")
    for row in sheet.get("hidden_rows", []):
        page.row_dimensions[row].hidden = True
    for column, width in sheet.get("widths", {}).items():
        page.column_dimensions[column].width = width
