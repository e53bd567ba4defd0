"""To say that no figure is held is true, or is not said."""

from __future__ import annotations

import pytest

DENIALS = ("figure_missing", "no_period", "no_edition")


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        # 上限 and "maximum" of a rate, a term, a count, an age.
        ("总对总批量担保的代偿率上限是多少", "3%"),
        ("稳岗扩岗贷款利率上限多少", "4%"),
        ("What is the maximum term of a working capital loan?", "5 years"),
        ("农行抵押e贷征信查询次数上限多少", "6次"),
        ("工行经营快贷年龄上限多少", "65"),
        # A day is asked for and a number of days answers.
        ("When must government departments pay small suppliers?", "30 days"),
        # An event tells from when.
        ("采购方拖着不验收，付款期限从哪天算起", "验收期限届满"),
        # From a quarter on; a quarter within.
        ("普惠小微贷款支持工具的激励比例，2022年二季度起是多少", "2%"),
        ("2022年三季度普惠小微贷款支持工具激励比例是多少", "2%"),
        ("What was the incentive ratio of the inclusive loan support tool from the second quarter of 2022?", "2%"),
        # A month within the time that a rule is in force.
        ("2026年5月发放的服务业贷款贴息比例多少", "1个百分点"),
        ("支小再贷款利率2026年1月起是多少", "1.25%"),
        # Half years, by the month they end with.
        ("2025年上半年末融资协调机制走访了多少户", "9000万户"),
        ("2025年下半年末普惠小微贷款余额多少", "36.57万亿元"),
        # The year asked for is that of the title.
        ("2025年小微企业金融服务工作通知的文号是多少", "金办发〔2025〕46号"),
    ],
)
def test_a_figure_that_is_given_is_not_denied(ask, question, figure):
    answer = ask(question)
    assert answer.reason not in DENIALS
    assert figure in answer.text


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        # Running totals of one day are not those of another, though the programme runs on.
        ("2026年上半年融资协调机制走访了多少户", "no_period"),
        ("How much was lent under the mechanism in the first half of 2026?", "no_period"),
        ("2024年四季度末普惠小微贷款余额多少", "no_period"),
        ("2025年8月LPR是多少", "no_period"),
        ("2026年9月末普惠型小微企业贷款的不良率是多少", "no_period"),
        ("流贷受托支付是多少钱以上必须走，给个准数", "figure_missing"),
        # One bank's product has such a figure, which is no rule for all.
        ("流贷单笔多少万以上必须受托支付", "figure_missing"),
        # The notice of another year.
        ("2026年度的小微企业金融服务工作通知文号是什么", "no_edition"),
    ],
)
def test_a_figure_that_is_not_held_is_still_said_to_be_missing(ask, question, reason):
    assert ask(question).reason == reason
