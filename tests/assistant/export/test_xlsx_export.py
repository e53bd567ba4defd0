"""XLSX opened by openpyxl and read as XML."""

import io
import time
import zipfile
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from lxml import etree

from assistant.errors import ExportError
from assistant.export.types import Sheet
from assistant.export.xlsx import xlsx_of

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "#N/A", "\t=1"]


def opened(*sheets):
    return openpyxl.load_workbook(io.BytesIO(xlsx_of(sheets)))


def test_numbers_and_dates_can_be_counted_with():
    page = opened(
        Sheet("产品", ("名称", "额度", "利率", "截止"), [["甲", 300, Decimal("3.45"), date(2026, 12, 31)]])
    ).active
    assert [cell.value for cell in page[2]] == ["甲", 300, 3.45, datetime(2026, 12, 31)]
    assert page["D2"].number_format == "yyyy-mm-dd"
    assert [cell.data_type for cell in page[2]] == ["s", "n", "n", "d"]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_begins_like_a_formula_stays_text(text):
    content = xlsx_of([Sheet("a", (text,), [[text]], notes=(text,))])
    page = openpyxl.load_workbook(io.BytesIO(content)).active
    assert [page[place].data_type for place in ("A1", "A2", "A4")] == ["s"] * 3
    assert page["A2"].value == text
    assert page["A2"].quotePrefix or text == "#N/A"
    xml = etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml"))
    assert xml.findall(f".//{S}f") == []
    assert {cell.get("t") for cell in xml.iter(f"{S}c") if len(cell)} == {"inlineStr"}


def test_the_header_is_bold_and_it_and_the_first_columns_stay_in_sight():
    page = opened(Sheet("a", ("甲", "乙"), [["一", "二"]], frozen_columns=1)).active
    assert page.freeze_panes == "B2"
    assert page["A1"].font.bold
    assert not page["A2"].font.bold
    assert page["A2"].alignment.wrap_text
    assert page.print_title_rows == "$1:$1"
    assert page.auto_filter.ref == "A1:B2"


def test_columns_are_as_wide_as_their_texts_within_bounds():
    page = opened(Sheet("a", ("甲", "乙", "丙"), [["一二三四五六七八", "长" * 90, ""]])).active
    assert [page.column_dimensions[name].width for name in "ABC"] == [18, 60, 8]  # 8 characters of width 2, and 2


def test_titles_become_legal_and_unique():
    wanted = ["对比[1]:/*?\\", "对比 1", "", "History", "'引'", "长" * 40, "长" * 40, "A", "a"]
    titles = opened(*(Sheet(title, (), []) for title in wanted)).sheetnames
    assert titles == ["对比 1", "对比 1 (2)", "Sheet3", "History_", "引", "长" * 31, "长" * 27 + " (2)", "A", "a (2)"]


def test_what_a_spreadsheet_cannot_hold_is_kept_as_text_or_dropped():
    row = [
        "一\x00\x07\ud800二\r\n三",
        10**15,
        Decimal("NaN"),
        Decimal("0.1234567890123456"),
        date(1899, 1, 1),
        "长" * 40000,
    ]
    cells = [cell.value for cell in opened(Sheet("a", (), [row])).active[2]]
    assert cells[:5] == ["一二\n三", "1000000000000000", "NaN", "0.1234567890123456", "1899-01-01"]
    assert len(cells[5]) == 32767
    assert cells[5].endswith(" […]")


def test_notes_stand_under_the_table_with_a_row_between():
    page = opened(Sheet("a", ("甲",), [["一"], ["二"]], notes=("来源", "注意"))).active
    assert [row[0].value for row in page.iter_rows()] == ["甲", "一", "二", None, "来源", "注意"]


def test_a_workbook_without_sheets_is_refused():
    with pytest.raises(ExportError, match="at least one sheet"):
        xlsx_of([])


def test_the_same_sheets_give_the_same_bytes_at_another_time():
    sheet = Sheet("a", ("甲",), [["一"]])
    first = xlsx_of([sheet])
    time.sleep(1.1)  # the format keeps seconds
    assert xlsx_of([sheet]) == first
