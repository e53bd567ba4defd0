"""What is a number at the start of a paragraph, and what only looks like one."""

from __future__ import annotations

import pytest

from index.documents.structure.numbering import Style, numbered


@pytest.mark.parametrize(
    ("text", "style", "value", "printed"),
    [
        ("第二编　分则", Style.PART, 2, "第二编"),
        ("第十一章 附则", Style.CHAPTER, 11, "第十一章"),
        ("第三节　审批", Style.SECTION, 3, "第三节"),
        ("第一百二十条　本法自公布之日起施行。", Style.ARTICLE, 120, "第一百二十条"),
        ("第 5 条 甲方", Style.ARTICLE, 5, "第5条"),
        ("第三条之二 甲", Style.ARTICLE, 3, "第三条之二"),
        ("十二、附则", Style.HAN, 12, "十二"),
        ("三．总则", Style.HAN, 3, "三"),
        ("（四）加强管理。", Style.HAN_BRACKETED, 4, "（四）"),
        ("(四)加强管理。", Style.HAN_BRACKETED, 4, "（四）"),
        ("㈣加强管理。", Style.HAN_BRACKETED, 4, "（四）"),
        ("7．营业执照；", Style.DIGIT, 7, "7"),
        ("7、营业执照；", Style.DIGIT, 7, "7"),
        ("（1）甲", Style.BRACKETED, 1, "（1）"),
        ("⑴甲", Style.BRACKETED, 1, "（1）"),
        ("③丙", Style.CIRCLED, 3, "③"),
        ("3.2 贷款条件", Style.DOTTED, 2, "3.2"),
        ("3.2.1 年龄", Style.DOTTED_TWICE, 1, "3.2.1"),
        ("Article 10 Loans", Style.ARTICLE, 10, "Article 10"),
        ("Chapter II General", Style.CHAPTER, 2, "Chapter II"),
        ("IV. Fees", Style.ROMAN_CAPITAL, 4, "IV"),
        ("(b) the borrower", Style.LETTER, 2, "(b)"),
        ("(ii) the lender", Style.ROMAN, 2, "(ii)"),
    ],
)
def test_numbers(text, style, value, printed):
    number = numbered(text)
    assert number is not None
    assert (number.style, number.value, number.printed) == (style, value, printed)


@pytest.mark.parametrize(
    "text",
    [
        "第十条规定的条件",
        "第十条所称小微企业",
        "第十条、第十一条不适用",
        "第十条第二款规定",
        "第三条的规定",
        "（二）项规定的材料",
        "2024年10月8日",
        "1.5%的利率",
        "3.5亿元",
        "2024.10.8",
        "三农贷款",
        "一是降低利率",
        "Article 10 of the Company Law",
        "Section 3 and Section 4",
        "Part of the loan",
    ],
)
def test_words_that_are_no_number(text):
    assert numbered(text) is None


def test_the_rest_begins_behind_the_number():
    number = numbered("（二）　降低成本。")
    assert number is not None
    assert "（二）　降低成本。"[number.end :] == "降低成本。"
