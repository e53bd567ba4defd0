"""Dates and lengths of time, and what a document says of its own validity."""

from __future__ import annotations

from datetime import date

import pytest
from hand_readings import cut

from index.documents.metadata.calendar import day, later, length
from index.documents.metadata.proposing import propose
from index.documents.metadata.types import Certainty


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2024年10月8日", date(2024, 10, 8)),
        ("2024 年 10 月 8 日", date(2024, 10, 8)),
        ("二〇二四年十月八日", date(2024, 10, 8)),
        ("二○二三年十二月三十一日", date(2023, 12, 31)),
        ("二零二四年二月二十九日", date(2024, 2, 29)),
        ("2027年底", date(2027, 12, 31)),
        ("2025年6月底", date(2025, 6, 30)),
        ("2024-11-20", date(2024, 11, 20)),
        ("14 June 2024", date(2024, 6, 14)),
        ("June 14, 2024", date(2024, 6, 14)),
        ("2023年2月29日", None),
        ("二〇二四年十三月一日", None),
    ],
)
def test_days(text, value):
    assert day(text) == value


def test_a_day_without_a_year_is_the_next_one():
    assert day("11月1日", date(2024, 10, 15)) == date(2024, 11, 1)
    assert day("1月1日", date(2024, 10, 15)) == date(2025, 1, 1)
    assert day("1月1日") is None


@pytest.mark.parametrize(
    ("text", "months"), [("五年", 60), ("2年", 24), ("18个月", 18), ("three years", 36), ("两年", 24)]
)
def test_lengths(text, months):
    found = length(text)
    assert found is not None
    assert found.months == months


def test_a_period_ends_on_the_day_before_its_anniversary():
    five, three = length("5年"), length("三年")
    assert five is not None
    assert three is not None
    assert five.last_day_from(date(2024, 10, 8)) == date(2029, 10, 7)
    assert three.last_day_from(date(2024, 7, 1)) == date(2027, 6, 30)
    assert later(date(2024, 1, 31), 1) == date(2024, 2, 29)


HEAD, TAIL = "某市财政局关于贴息的通知\n各单位：\n一、甲。\n", "\n某市财政局\n2024年10月8日"


def of(sentence: str):
    return propose(cut(HEAD + sentence + TAIL))


@pytest.mark.parametrize(
    ("sentence", "effective", "expires"),
    [
        ("本通知自印发之日起施行。", date(2024, 10, 8), None),
        ("本通知自2024年11月1日起施行，有效期5年。", date(2024, 11, 1), date(2029, 10, 31)),
        ("本通知自印发之日起施行，有效期至2027年12月31日。", date(2024, 10, 8), date(2027, 12, 31)),
        ("本通知自发布之日起30日后施行，有效期三年。", date(2024, 11, 7), date(2027, 11, 6)),
        ("本通知自2025年1月1日起试行，试行两年。", date(2025, 1, 1), date(2026, 12, 31)),
        ("本通知自2025年1月1日起至2025年12月31日止执行。", date(2025, 1, 1), date(2025, 12, 31)),
        ("本通知从11月1日起执行。", date(2024, 11, 1), None),
        ("本通知执行至2026年底。", None, date(2026, 12, 31)),
        ("《贴息办法》自2019年1月1日起施行。", None, None),
        ("单笔贷款期限最长3年。", None, None),
        ("贷款合同自签订之日起生效。", None, None),
    ],
)
def test_validity(sentence, effective, expires):
    found = of(sentence)
    assert (found.effective and found.effective.value) == effective
    assert (found.expires and found.expires.value) == expires


def test_every_proposal_shows_the_words_it_rests_on():
    found = of("本通知自2024年11月1日起施行，有效期5年。")
    assert found.effective is not None
    assert found.effective.evidence == "本通知自2024年11月1日起施行，有效期5年。"
    assert found.effective.certainty is Certainty.SURE
    assert found.effective.page == 1
    assert found.issued is not None
    assert found.issued.evidence == "2024年10月8日"


def test_without_a_date_of_issue_the_day_of_issue_is_unknown():
    found = propose(cut("某市财政局关于贴息的通知\n一、甲。\n二、本通知自印发之日起施行，有效期5年。"))
    assert found.issued is None
    assert found.effective is None
    assert found.expires is None


def test_english_validity():
    found = propose(
        cut(
            "Rules of the Scheme\nCircular YXFB 2024/07, issued by the Yunxi Municipal Financial Bureau on 14 June 2024\n"
            "1. Final provisions\n1.1 These Rules take effect on 1 July 2024 and remain in force for three years.\n"
            "1.2 Circular YXFB 2019/03 is repealed."
        )
    )
    assert found.number is not None
    assert found.number.value == "YXFB 2024/07"
    assert found.issued is not None
    assert found.issued.value == date(2024, 6, 14)
    assert found.effective is not None
    assert found.effective.value == date(2024, 7, 1)
    assert found.expires is not None
    assert found.expires.value == date(2027, 6, 30)
    assert [proposal.value.number for proposal in found.repeals] == ["YXFB 2019/03"]
    assert [proposal.value for proposal in found.issuers] == ["Yunxi Municipal Financial Bureau"]
