"""Spreadsheets, delimited text and slides come back as they are shown."""

from __future__ import annotations

import io
from datetime import date, datetime

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font
from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.util import Inches

from index.documents.reading.delimited import read_csv
from index.documents.reading.limits import DEFAULT
from index.documents.reading.pptx_file import read_pptx
from index.documents.reading.types import Line, Reading, Table
from index.documents.reading.xlsx import read_xlsx


def quiet(_page: int, _pages: int) -> None:
    pass


def sheets(book: Workbook) -> Reading:
    out = io.BytesIO()
    book.save(out)
    return read_xlsx(out.getvalue(), DEFAULT, quiet)


def only_table(reading: Reading, page: int = 0) -> Table:
    (table,) = [block for block in reading.pages[page].blocks if isinstance(block, Table)]
    return table


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (0.0365, "0.00%", "3.65%"), (0.5, "0%", "50%"), (1234567.5, "#,##0.00", "1,234,567.50"), (12, "General", "12"),
        (0.1 + 0.2, "General", "0.3"), (1e15, "General", "1000000000000000"), (3, '0"个月"', "3个月"), (-5, "0.0", "-5.0"),
        (-5, "0;(0)", "(5)"), (300, "0.##", "300"), (7, "000", "007"), (1.005, "0.00", "1.01"), (5000, "#,##0,", "5"),
        (8.5, "¥#,##0.00", "¥8.50"), (8.5, "[$¥-804]#,##0.00", "8.50"), (True, "General", "TRUE"),
        (date(2026, 3, 1), "yyyy-mm-dd", "2026-03-01"), (date(2026, 3, 1), 'yyyy"年"m"月"d"日"', "2026年3月1日"),
        (date(2026, 3, 1), "yyyy/m/d", "2026/03/01"), (datetime(2026, 3, 1, 9, 30), "yyyy-mm-dd hh:mm", "2026-03-01 09:30"),
        (date(2026, 3, 1), 'yyyy"年"m"月"', "2026年3月"),
    ],
)  # fmt: skip
def test_values_are_shown_as_they_are_formatted(value, form, shown):
    book = Workbook()
    book.active.append(["项目", "说明"])
    book.active.append(["甲", value])
    book.active["B2"].number_format = form
    assert only_table(sheets(book)).rows[0][1] == shown


def test_a_title_over_the_table_is_its_caption_and_merged_cells_are_filled():
    book = Workbook()
    sheet = book.active
    sheet["A1"] = "贷款利率表"
    sheet.merge_cells("A1:C1")
    for row in [["产品", "利率", None], [None, "一年期", "三年期"], ["信用贷", "3.0%", "3.5%"], [None, "3.1%", "3.6%"]]:
        sheet.append(row)
    for area in ("A2:A3", "B2:C2", "A4:A5"):
        sheet.merge_cells(area)
    reading = sheets(book)
    table = only_table(reading)
    assert table.header == ("产品", "利率 / 一年期", "利率 / 三年期")
    assert table.rows == (("信用贷", "3.0%", "3.5%"), ("信用贷", "3.1%", "3.6%"))
    assert table.caption == "贷款利率表"
    assert [block.text for block in reading.pages[0].blocks if isinstance(block, Line)] == ["贷款利率表"]


def test_hidden_sheets_rows_and_columns_are_left_out_and_said():
    book = Workbook()
    sheet = book.active
    sheet.title = "公开"
    for row in [["项目", "金额", "内部"], ["甲", 1, "密"], ["乙", 2, "密"], ["丙", 3, "密"]]:
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    for name, state in (("藏", "hidden"), ("深藏", "veryHidden")):
        book.create_sheet(name)["A1"] = "密"
        book[name].sheet_state = state
    reading = sheets(book)
    assert only_table(reading).rows == (("甲", "1"), ("丙", "3"))
    assert [page.name for page in reading.pages] == ["公开"]
    assert reading.warnings == ("hidden-rows:1", "hidden-sheet:2", "hidden-sheet:3")


def test_two_tables_on_a_sheet_are_two():
    book = Workbook()
    for row in [["银行", "额度"], ["甲", "10"], [], ["地区", "利率"], ["城区", "3%"]]:
        book.active.append(row)
    tables = [block for block in sheets(book).pages[0].blocks if isinstance(block, Table)]
    assert [(table.header, table.rows) for table in tables] == [
        (("银行", "额度"), (("甲", "10"),)), (("地区", "利率"), (("城区", "3%"),)),
    ]  # fmt: skip


def test_a_formula_is_shown_by_its_value_and_a_sheet_in_bold_keeps_its_header():
    book = Workbook()
    for row in [["A", "B"], ["long enough to be no heading at all", "x"]]:
        book.active.append(row)
    for cell in book.active[1]:
        cell.font = Font(bold=True)
    assert only_table(sheets(book)).header == ("A", "B")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_delimited_text_in_every_encoding(encoding, mark):
    content = f'名称{mark}额度{mark}说明\r\n甲{mark}100{mark}"一、{mark}二"\r\n乙{mark}200{mark}无\r\n'.encode(encoding)
    table = read_csv(content, DEFAULT, quiet).pages[0].blocks[0]
    assert (table.header, table.rows) == (("名称", "额度", "说明"), (("甲", "100", f"一、{mark}二".replace("\t", " ")), ("乙", "200", "无")))


def test_slides_titles_tables_and_numbers_without_notes_and_hidden_slides():
    show = Presentation()
    slide = show.slides.add_slide(show.slide_layouts[1])
    slide.shapes.title.text = "办理流程"
    frame = slide.placeholders[1].text_frame
    frame.text = "提出申请"
    frame.add_paragraph().text = "审核"
    for paragraph in frame.paragraphs:
        paragraph._p.get_or_add_pPr().append(
            parse_xml('<a:buAutoNum xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" type="arabicPeriod"/>')
        )
    table = slide.shapes.add_table(3, 2, Inches(1), Inches(5), Inches(5), Inches(1)).table
    for row, texts in enumerate([("银行", "额度"), ("甲行", "100"), ("", "200")]):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    slide.notes_slide.notes_text_frame.text = "讲稿"
    hidden = show.slides.add_slide(show.slide_layouts[5])
    hidden.shapes.title.text = "隐藏页"
    hidden.element.set("show", "0")
    out = io.BytesIO()
    show.save(out)
    reading = read_pptx(out.getvalue(), DEFAULT, quiet)
    (page,) = reading.pages
    assert [block.text for block in page.blocks if isinstance(block, Line)] == ["办理流程", "1. 提出申请", "2. 审核"]
    assert page.blocks[0].level == 1
    assert (page.blocks[-1].header, page.blocks[-1].rows) == (("银行", "额度"), (("甲行", "100"), ("甲行", "200")))
    assert reading.warnings == ("hidden-slide:2",)


PREAMBLE = [["利率一览表", None, None], ["日期", "2026年1月", None], ["产品", "期限", "利率"], ["甲", "1年", "3%"],
            ["乙", "2年", "4%"], ["注：以签约为准", None, None]]  # fmt: skip


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_titles_over_and_notes_under_a_table_are_no_rows(kind):
    if kind == "csv":
        content = "\n".join(",".join(text or "" for text in row) for row in PREAMBLE).encode()
        reading = read_csv(content, DEFAULT, quiet)
    else:
        book = Workbook()
        for row in PREAMBLE:
            book.active.append(row)
        reading = sheets(book)
    table = only_table(reading)
    assert (table.header, table.rows) == (("产品", "期限", "利率"), (("甲", "1年", "3%"), ("乙", "2年", "4%")))
    assert table.caption == "利率一览表"
    lines = [block.text for block in reading.pages[0].blocks if isinstance(block, Line)]
    assert lines == ["利率一览表", "日期  2026年1月", "注：以签约为准"]


def test_a_header_with_an_empty_corner_stays_a_header():
    content = ",2024年,2025年\n收入,10,12\n支出,8,9\n".encode()
    assert read_csv(content, DEFAULT, quiet).pages[0].blocks[0].rows[-1] == ("支出", "8", "9")
    assert len(read_csv(content, DEFAULT, quiet).pages[0].blocks) == 1
