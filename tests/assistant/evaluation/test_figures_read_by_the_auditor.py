"""How the auditor reads figures of both languages, and works out sums; by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.evaluation.reading import read
from assistant.evaluation.shown import first_sentence, leading, marks, stretches
from assistant.evaluation.sums import repayments, results
from index.types import Language


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("23.6万亿元", ["23600000000000yuan"]), ("CNY 23,600 billion", ["23600000000000"]),
        ("1.5 million yuan", ["1500000yuan"]), ("3年", ["36month"]), ("36个月", ["36month"]), ("三年", ["36month"]),
        ("two years", ["24month"]), ("30日内", ["30day"]), ("within 15 working days", ["15day"]), ("三成", ["30%"]),
        ("1.5个百分点", ["1.5%"]), ("50个基点", ["50bp"]), ("50 basis points", ["50bp"]), ("LPR的4倍", ["4times"]),
        ("2024年9月24日", ["2024-9-24"]), ("24 September 2024", ["2024-9-24"]), ("September 24, 2024", ["2024-9-24"]),
        ("2024-09-24", ["2024-9-24"]), ("9月24日", ["9-24"]), ("2024年", ["2024"]), ("in 2024", ["2024"]),
        ("金规〔2024〕13号", ["金规〔2024〕13号"]), ("金规[2024]13号", ["金规〔2024〕13号"]), ("13号文", ["13号"]),
        ("第二十八条", ["28provision"]), ("Articles 20 to 26", ["20provision", "26provision"]),
        ("从业人员300人", ["300people"]), ("12个百分点、3项", ["12%", "3item"]), ("无图无数", []), ("一下再说一次", []),
    ],
)  # fmt: skip
def test_a_figure_is_read_with_what_it_counts(text, figures):
    assert [str(figure) for figure in read(text)] == figures


@pytest.mark.parametrize(
    ("text", "come_to"),
    [
        ("60万元 ÷ 6 × 12 = 120万元", ["1200000yuan"]),  # 600,000 ÷ 6 × 12
        ("3,000,000元 × 0.1% × 10天 = 30,000元", ["30000yuan"]),
        ("min(500万元, 300万元) × 1% × 2年 = 6万元", ["60000yuan"]),
        ("(100万元 − 20万元) × 3% = 2.4万元", ["24000yuan"]),
        ("100万元 × 3% = 2.9万元", []),  # it is 30,000
        ("100万元 ÷ 0 = 1元", []),
        ("营业收入 = 300万元", []),  # no arithmetic
    ],
)
def test_a_shown_sum_gives_its_result_only_if_it_comes_out(text, come_to):
    assert [str(found) for found in results(text)] == come_to


def test_repayments_without_interest_are_the_principal_in_equal_parts():
    """1,200 over 12 months at 0 %: 100 a month, no interest whichever way it is repaid."""
    assert [value for value, _ in repayments(Decimal(1200), Decimal(0), 12)] == [100, 0, 100, 100, 0, 0, 0]


TEXT = "**最高30万元**。[1][2]期限3年。[3]\n\n**还要知道**\n\n- 税率3%。[4]另见。\n\n> 注意：[1]依据的规定已失效。"


def test_the_leading_part_ends_before_the_first_heading_list_or_notice():
    assert leading(TEXT) == "**最高30万元**。[1][2]期限3年。[3]"
    assert leading("- 税率3%。[4]") == ""
    assert marks(leading(TEXT)) == [1, 2, 3]


def test_the_first_sentence_is_without_marks_and_emphasis():
    assert first_sentence(TEXT, Language.ZH) == "最高30万元。"
    assert first_sentence("At most 5 million yuan. [1] More follows. [2]", Language.EN) == "At most 5 million yuan."
    assert first_sentence("", Language.ZH) == ""


def test_each_stretch_of_text_has_the_marks_behind_it():
    found = [(stretch.words.strip(), stretch.marks) for stretch in stretches(TEXT)]
    assert found == [
        ("最高30万元。", (1, 2)), ("期限3年。", (3,)), ("还要知道", ()), ("税率3%。", (4,)), ("另见。", ()),
        ("注意： 依据的规定已失效。", (1,)),
    ]  # fmt: skip
