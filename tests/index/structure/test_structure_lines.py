"""From printed lines to paragraphs: noise set aside, breaks mended, places kept."""

from __future__ import annotations

import pytest
from hand_readings import COLUMNS, EM, HEIGHT, LEFT, WIDTH, by_id, centred, line, printed

from index.documents.reading.types import Format, Line, Page, Reading
from index.documents.structure.drafting import draft
from index.documents.structure.noise import without_noise
from index.documents.structure.paragraphs import paragraphs

LONG = (
    "各银行应当在贷款到期前四十五日主动联系企业，了解经营情况和资金安排，一次性告知续贷所需材料，不得要求企业重复提交。"
)


def of_lines(*lines: Line, page: int = 1) -> Reading:
    return Reading(Format.PDF, (Page(page, tuple(lines), WIDTH, HEIGHT),), True)


def joined(reading: Reading) -> list[str]:
    return [block.text for block in paragraphs(without_noise(reading)[0])]  # type: ignore[union-attr]


def test_lines_are_joined_without_blanks_over_pages():
    said = [f"第{number}条　{LONG}" for number in "一二三四五六七八九"]
    drafted = draft(printed(["某银行贷款办法", *said], rows=10))
    assert [clause.text for clause in drafted.clauses] == [LONG] * 9
    assert len({page for clause in drafted.clauses for page in clause.pages}) == drafted.pages > 2


@pytest.mark.parametrize(
    "number", ["— {} —", "- {} -", "第{}页 共4页", "第 {} 页", "{}", "{}/4", "Page {} of 4", "－{}－"]
)
def test_page_numbers_and_running_headers_are_noise(number):
    said = [f"第{n}条　{LONG}" for n in "一二三四五六七八九"]
    drafted = draft(printed(["某银行贷款办法", *said], rows=9, header="某银行规章制度", number=number))
    assert all(clause.text == LONG for clause in drafted.clauses)
    assert sum(noise.text == "某银行规章制度" for noise in drafted.noise) == drafted.pages
    assert len(drafted.noise) == 2 * drafted.pages


def test_headers_that_differ_on_odd_and_even_pages_are_noise():
    pages = []
    for number in range(1, 7):
        header = "规章制度" if number % 2 else "操作规程"
        blocks = (centred(header, 40, 10.5), line(f"第{number}条　{LONG[: COLUMNS - 5]}。", 110, LEFT + 32))
        pages.append(Page(number, blocks, WIDTH, HEIGHT))
    drafted = draft(Reading(Format.PDF, tuple(pages), True))
    assert len(drafted.noise) == 6


def test_a_number_that_stands_alone_in_the_text_is_kept():
    reading = of_lines(line("贷款户数：", 300), line("128", 330), line("户，比上年增长。", 360))
    assert without_noise(reading)[1] == []


def test_english_words_broken_at_the_end_of_a_line():
    reading = of_lines(
        line("The borrower shall submit the docu-", 100, width=432),
        line("ments within 5 days, and the low-", 120, width=432),
        line("interest loan is granted at once. The", 140, width=432),
        line("lender replies.", 160),
        line("A low-interest loan is cheap.", 220),
    )
    assert joined(reading) == [
        "The borrower shall submit the documents within 5 days, and the low-interest loan is granted at once. "
        "The lender replies.",
        "A low-interest loan is cheap.",
    ]


def test_a_short_line_ends_its_paragraph_and_an_indent_begins_one():
    full = "银" * COLUMNS
    reading = of_lines(
        line(full[2:], 100, LEFT + 2 * EM),
        line(full, 129),
        line("末行。", 158),
        line(full[2:], 187, LEFT + 2 * EM),
        line(full, 216),
        line(full[2:], 245, LEFT + 2 * EM),
        line(full, 274),
    )
    assert [len(text) for text in joined(reading)] == [2 * COLUMNS + 1, 2 * COLUMNS - 2, 2 * COLUMNS - 2]


def test_two_columns_have_margins_of_their_own():
    left = [line("左" * 13, 100 + 20 * row, 60, 16) for row in range(6)]
    right = [line("右" * 13, 100 + 20 * row, 320, 16) for row in range(6)]
    reading = of_lines(centred("某局公告两栏文字很长很长很长很长", 60, 22), *left, *right)
    assert [text[0] for text in joined(reading)] == ["某", "左"]
    assert joined(reading)[1] == "左" * 78 + "右" * 78


def test_plain_text_broken_at_a_width_is_mended():
    width = 20
    paragraph = LONG
    lines = ["　　" + paragraph[: width - 2]] + [
        paragraph[at : at + width] for at in range(width - 2, len(paragraph), width)
    ]
    blocks = tuple(Line(text) for text in lines * 3)
    assert joined(Reading(Format.TEXT, (Page(1, blocks),), False)) == [LONG] * 3


def test_plain_text_of_whole_paragraphs_is_left_alone():
    blocks = tuple(Line(text) for text in ["一、" + LONG, "二、" + LONG * 2, "三、短句。", "四、" + LONG])
    assert len(joined(Reading(Format.TEXT, (Page(1, blocks),), False))) == 4


def test_every_line_keeps_its_place():
    drafted = draft(printed(["某银行办法", "第一条　" + LONG]))
    clause = drafted.clauses[0]
    rows = [clause.text[span.start : span.end] for span in clause.spans]
    assert "".join(rows) == clause.text
    # 25 characters of the first line are set in by two; four of them are the number and the blank behind it.
    assert len(rows[0]) == COLUMNS - 2 - 4
    assert all(span.box is not None and span.page == 1 for span in clause.spans)
    assert clause.spans[1].box == (LEFT, 110 + 29 * 2, LEFT + COLUMNS * EM, 110 + 29 * 2 + EM)


def test_spread_out_headings_are_drawn_together():
    drafted = draft(printed(["办　法", "第一章　总　　则", "第一条　2024 年 10 月 8 日起执行，利率 3.45 % 。"]))
    assert drafted.outline[0].text == "第一章 总则"
    assert by_id(drafted)["1"] == "2024年10月8日起执行，利率3.45%。"
