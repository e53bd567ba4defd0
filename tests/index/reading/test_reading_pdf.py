"""What stands on PDF pages written byte by byte comes back in reading order, with its tables, and without what is hidden."""

from __future__ import annotations

import random
import time

import pytest
from pdf_maker import Pdf, line, ruled, text

from index.documents.reading.limits import DEFAULT
from index.documents.reading.pdf import read_pdf
from index.documents.reading.types import Line, Reading, Table


def read(pdf: Pdf) -> Reading:
    return read_pdf(pdf.bytes(), DEFAULT, lambda _page, _pages: None)


def lines(reading: Reading, page: int = 0) -> list[str]:
    return [block.text for block in reading.pages[page].blocks if isinstance(block, Line)]


def tables(reading: Reading) -> list[Table]:
    return [block for page in reading.pages for block in page.blocks if isinstance(block, Table)]


def test_lines_come_from_top_to_bottom_whatever_the_order_in_the_file():
    page = text("第二行", 72, 700) + text("第一行", 72, 730) + text("Third line", 72, 670)
    assert lines(read(Pdf().page(page))) == ["第一行", "第二行", "Third line"]


def test_a_line_knows_its_place_from_the_upper_left_and_its_size():
    (block,) = read(Pdf().page(text("通知", 100, 700, 22))).pages[0].blocks
    assert isinstance(block, Line)
    assert block.size == pytest.approx(22)
    assert block.box is not None
    assert (block.box.x0, block.box.x1) == pytest.approx((100, 144), abs=1)
    assert block.box.y0 < 842 - 700 < block.box.y1 + 1  # the base line lies 142 points below the upper edge


def test_the_words_of_a_line_set_piece_by_piece_are_one_line():
    page = "".join(text(word, x, 700) for word, x in [("the", 72), ("prime", 93), ("rate", 127)])
    assert lines(read(Pdf().page(page))) == ["the prime rate"]


def test_letters_spaced_out_in_a_title_are_not_parted_by_spaces():
    page = "".join(text(letter, 150 + 40 * number, 700, 22) for number, letter in enumerate("某市人民政府文件"))
    assert lines(read(Pdf().page(page))) == ["某市人民政府文件"]


def test_words_printed_twice_to_look_bold_are_read_once():
    assert lines(read(Pdf().page(text("贷款额度", 72, 700) + text("贷款额度", 72.3, 700)))) == ["贷款额度"]


LEFT = ["第一条本办法适用于本市", "小微企业贷款贴息资金的", "申报审核拨付和监督管理", "工作由财政部门负责组织"]
RIGHT = ["第二条贴息对象应当依法", "登记注册并正常经营一年", "以上且信用记录保持良好", "没有重大违法违规的行为"]


def two_columns(shift: float = 0.0) -> str:
    left = "".join(text(words, 60, 650 - 20 * number) for number, words in enumerate(LEFT))
    return left + "".join(text(words, 320, 650 + shift - 20 * number) for number, words in enumerate(RIGHT))


@pytest.mark.parametrize("shift", [0.0, 7.0])
def test_columns_are_read_one_after_the_other_also_where_their_lines_are_not_level(shift):
    page = text("关于印发小微企业贷款贴息管理办法的通知", 120, 700, 18) + two_columns(shift) + text("全市各单位遵照执行并报送办理情况的总结材料", 160, 500)
    assert lines(read(Pdf().page(page))) == [
        "关于印发小微企业贷款贴息管理办法的通知", *LEFT, *RIGHT, "全市各单位遵照执行并报送办理情况的总结材料"
    ]  # fmt: skip


def test_labels_and_their_values_are_no_columns():
    rows = [("联系人", "张三"), ("电话", "12345"), ("地址", "人民路一号"), ("邮编", "100000"), ("传真", "67890")]
    page = "".join(text(a, 60, 700 - 20 * n) + text(b, 300, 700 - 20 * n) for n, (a, b) in enumerate(rows))
    assert lines(read(Pdf().page(page))) == [f"{label}  {value}" for label, value in rows]


def filled(cells: list[tuple[str, float, float]]) -> str:
    return "".join(text(words, x, y) for words, x, y in cells)


def test_merged_cells_of_a_ruled_table_are_filled_in_and_its_header_joined():
    """
    | 类别      | 标准            |
    |           | 上限   | 比例   |
    | 小型      | 300    | 50%    |
    |           | 200    | 40%    |
    """
    rules = ruled([60, 160, 260, 360], [500, 530, 560])  # the two rows of figures
    rules += line(60, 560, 60, 620) + line(160, 560, 160, 620) + line(360, 560, 360, 620) + line(60, 620, 360, 620)
    rules += line(160, 590, 360, 590) + line(260, 560, 260, 590)
    rules = rules.replace(line(60, 530, 360, 530), line(160, 530, 360, 530))
    cells = [("类别", 70, 585), ("标准", 230, 600), ("上限", 170, 570), ("比例", 270, 570), ("小型", 70, 525),
             ("300", 170, 540), ("50%", 270, 540), ("200", 170, 510), ("40%", 270, 510)]  # fmt: skip
    (table,) = tables(read(Pdf().page(text("表1 贴息标准", 150, 640) + rules + filled(cells))))
    assert table.header == ("类别", "标准 / 上限", "标准 / 比例")
    assert table.rows == (("小型", "300", "50%"), ("小型", "200", "40%"))
    assert table.caption == "表1 贴息标准"


def test_a_table_left_open_at_its_sides_keeps_its_outer_columns():
    rules = "".join(line(60, y, 360, y) for y in (500, 530, 560, 590))
    rules += line(160, 500, 160, 590) + line(260, 500, 260, 590)
    cells = [("项目", 70, 570), ("金额", 170, 570), ("期限", 270, 570), ("甲", 70, 540), ("10", 170, 540),
             ("1年", 270, 540), ("乙", 70, 510), ("20", 170, 510), ("2年", 270, 510)]  # fmt: skip
    (table,) = tables(read(Pdf().page(rules + filled(cells))))
    assert (table.header, table.rows) == (("项目", "金额", "期限"), (("甲", "10", "1年"), ("乙", "20", "2年")))


@pytest.mark.parametrize("repeated", [True, False])
def test_a_table_that_goes_over_a_page_keeps_its_header(repeated):
    xs = [60.0, 160.0, 260.0]
    first = ruled(xs, [80, 110, 140]) + filled([("银行", 70, 120), ("额度", 170, 120), ("甲行", 70, 90), ("100", 170, 90)])
    ys = [720, 750, 780] if repeated else [720, 750]
    second = ruled(xs, ys) + filled([("乙行", 70, 730), ("200", 170, 730)])
    second += filled([("银行", 70, 760), ("额度", 170, 760)]) if repeated else ""
    if not repeated:  # one row alone would not be told from two fields of a form
        second = ruled(xs, [690, 720, 750]) + filled(
            [("乙行", 70, 730), ("200", 170, 730), ("丙行", 70, 700), ("300", 170, 700)]
        )
    found = tables(read(Pdf().page(first + text("1", 290, 40)).page(second)))
    assert [table.header for table in found] == [("银行", "额度")] * 2
    assert found[1].rows[0] == ("乙行", "200")


def test_a_frame_around_text_is_no_table():
    page = ruled([60, 500], [600, 700]) + text("重要提示：以当地经办机构的解释为准", 80, 650)
    assert lines(read(Pdf().page(page))) == ["重要提示：以当地经办机构的解释为准"]


@pytest.mark.parametrize(
    ("rotate", "matrix", "places"),
    [
        (90, "0 1 -1 0", [(100, 100), (120, 100)]),
        (0, "0 1 -1 0", [(100, 100), (120, 100)]),
        (270, "0 -1 1 0", [(500, 700), (480, 700)]),
        (180, "-1 0 0 -1", [(500, 100), (500, 120)]),
    ],
)
def test_pages_turned_by_any_quarter_are_read_upright(rotate, matrix, places):
    page = "".join(text(words, *place, 12, "", matrix) for words, place in zip(["上面一行", "下面一行"], places, strict=True))
    reading = read(Pdf().page(page, rotate=rotate))
    assert lines(reading) == ["上面一行", "下面一行"]
    sideways = rotate in (90, 270)
    assert (reading.pages[0].width, reading.pages[0].height) == ((842, 595) if sideways else (595, 842))
    for block in reading.pages[0].blocks:
        assert block.box is not None
        assert 0 <= block.box.x0 < block.box.x1 <= (842 if sideways else 595)
        assert 0 <= block.box.y0 < block.box.y1 <= (595 if sideways else 842)


HIDDEN = {
    "white": text("暗中指令", 72, 650, 12, "1 1 1 rg"),
    "nearly white": text("暗中指令", 72, 650, 12, "0.99 0.99 1 rg"),
    "without ink": text("暗中指令", 72, 650, 12, "3 Tr"),
    "tiny": text("暗中指令", 72, 650, 0.9),
    "off the page": text("暗中指令", 72, 2000),
    "painted over": text("暗中指令", 72, 650) + "1 1 1 rg 60 640 200 30 re f\n",
}


@pytest.mark.parametrize("way", HIDDEN)
def test_what_nobody_sees_is_dropped_and_said(way):
    reading = read(Pdf().page(text("看得见的正文", 72, 700) + HIDDEN[way]))
    assert lines(reading) == ["看得见的正文"]
    assert reading.warnings == ("hidden-text:1",)


def test_white_words_on_a_dark_ground_are_seen():
    reading = read(Pdf().page("0 0 0.4 rg 60 640 300 40 re f\n" + text("白字标题", 72, 655, 14, "1 1 1 rg")))
    assert (lines(reading), reading.warnings) == (["白字标题"], ())


def test_the_text_layer_of_a_scan_is_kept_and_marked():
    pdf = Pdf()
    scan = pdf.picture(60, 80, bytes([230]) * (60 * 80 * 3))
    page = "q 595 0 0 842 0 0 cm /S Do Q\n" + text("识别出来的文字内容在图像之上", 72, 700, 12, "3 Tr")
    reading = read(pdf.page(page, extra=f"/XObject << /S {scan} 0 R >>"))
    assert lines(reading) == ["识别出来的文字内容在图像之上"]
    assert reading.pages[0].ocr
    assert reading.warnings == ("ocr-layer:1",)


def test_slanted_watermarks_are_left_out():
    page = text("正文内容在这里", 72, 700) + text("内部资料", 200, 400, 60, "0.8 g", "0.7 0.7 -0.7 0.7")
    assert lines(read(Pdf().page(page))) == ["正文内容在这里"]


def test_an_empty_page_is_told():
    reading = read(Pdf().page(text("有字", 72, 700)).page(""))
    assert [len(page.blocks) for page in reading.pages] == [1, 0]
    assert reading.warnings == ("page-empty:2",)


def test_progress_is_told_page_by_page():
    heard = []
    pdf = Pdf().page(text("一", 72, 700)).page(text("二", 72, 700))
    read_pdf(pdf.bytes(), DEFAULT, lambda page, pages: heard.append((page, pages)))
    assert heard == [(1, 2), (2, 2)]


def test_a_table_ruled_by_three_lines_has_the_columns_that_white_parts():
    """The last cell of the first row takes two lines; the rule under the heading is as long as those of the table."""
    rules = "".join(line(60, y, 300, y) + line(300, y, 500, y) for y in (600, 575, 490)) + line(60, 760, 500, 760)
    rules += text("某市人民政府文件", 180, 780, 22) + text("各县区人民政府，市政府各部门：", 60, 730)
    cells = [("产品", 60, 582), ("利率", 200, 582), ("说明", 340, 582), ("信用贷", 60, 557), ("3.0%", 200, 557),
             ("不需要抵押物，按月付息", 340, 557), ("到期还本", 340, 541), ("抵押贷", 60, 520), ("2.8%", 200, 520),
             ("需要房产抵押", 340, 520), ("保证贷", 60, 500), ("3.1%", 200, 500), ("需要保证人", 340, 500)]  # fmt: skip
    (table,) = tables(read(Pdf().page(text("表2 产品一览", 240, 612) + rules + filled(cells))))
    assert (table.header, table.caption) == (("产品", "利率", "说明"), "表2 产品一览")
    assert table.rows == (
        ("信用贷", "3.0%", "不需要抵押物，按月付息到期还本"), ("抵押贷", "2.8%", "需要房产抵押"), ("保证贷", "3.1%", "需要保证人"),
    )  # fmt: skip


def test_lines_around_the_copies_sent_are_no_table():
    page = "".join(line(60, y, 530, y) for y in (140, 115, 90))
    page += text("抄送：市委办公室。", 70, 122) + text("某市政府办公室", 70, 97) + text("2026年1月5日印发", 400, 97)
    reading = read(Pdf().page(page))
    assert lines(reading) == ["抄送：市委办公室。", "某市政府办公室  2026年1月5日印发"]


def test_what_fields_and_notes_show_is_read_and_links_are_not():
    pdf = Pdf()
    shown = text("三百万元", 2, 4)
    look = pdf.add(
        f"<< /Type /XObject /Subtype /Form /BBox [0 0 90 20] /Resources << /Font << /C {pdf.chinese} 0 R >> >> /Length "
        f"{len(shown)} >>\nstream\n{shown}\nendstream".encode()
    )
    field = f"<< /Subtype /Widget /FT /Tx /T (a) /Rect [200 696 290 716] /F 4 /AP << /N {look} 0 R >> >>"
    link = "<< /Subtype /Link /Rect [0 0 600 800] /A << /S /URI /URI (http://example.com) >> >>"
    page = text("申请额度：", 72, 700)
    assert lines(read(pdf.page(page, more=f"/Annots [{field} {link}]"))) == ["申请额度：  三百万元"]


def test_words_on_a_layer_that_is_switched_off_are_not_seen():
    pdf = Pdf()
    off, on = (pdf.add(f"<< /Type /OCG /Name ({name}) >>".encode()) for name in ("off", "on"))
    page = text("看得见", 72, 700) + "/OC /Off BDC\n" + text("看不见", 72, 650) + "EMC\n/OC /On BDC\n" + text("也看得见", 72, 600)
    pdf.page(page + "EMC\n", extra=f"/Properties << /Off {off} 0 R /On {on} 0 R >>")
    content = pdf.bytes(f"/OCProperties << /OCGs [{off} 0 R {on} 0 R] /D << /OFF [{off} 0 R] /Order [] >> >>")
    reading = read_pdf(content, DEFAULT, lambda _page, _pages: None)
    assert (lines(reading), reading.warnings) == (["看得见", "也看得见"], ("hidden-text:1",))


def test_thousands_of_scattered_words_cost_little():
    """Such as a map or a drawing: looking for columns among them must not take the square of their number."""
    chance = random.Random(1)
    page = "".join(text("词语文", chance.uniform(0, 560), chance.uniform(0, 840), 6) for _ in range(5_000))
    begun = time.process_time()
    read(Pdf().page(page))
    assert time.process_time() - begun < 10
