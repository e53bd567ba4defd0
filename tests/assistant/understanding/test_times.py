"""The days whose rules a question asks about, told from other times it names."""

from __future__ import annotations

from datetime import date

import pytest
from today import TODAY

from assistant.understanding.times import span_in
from index.types import Language

LAST_YEAR = ("2025-01-01", "2025-12-31")


def span(text: str, on: date = TODAY) -> tuple[str, str] | None:
    language = Language.EN if text.isascii() else Language.ZH
    found = span_in(text, language, on)
    return (found.first.isoformat(), found.last.isoformat()) if found else None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("去年服务业贴息一户最多贴多少", *LAST_YEAR),
        ("2023年的时候个人创业担保贷款最高多少", "2023-01-01", "2023-12-31"),
        ("23年那会儿个人能贷多少", "2023-01-01", "2023-12-31"),
        ("按2023年6月的规定，企业能贷多少", "2023-06-01", "2023-06-30"),
        ("2024年2月的时候利率怎么定", "2024-02-01", "2024-02-29"),  # a leap year
        ("2023年9月30日的时候个人额度多少", "2023-09-30", "2023-09-30"),
        ("2023年10月以前个人额度多少", "2023-09-30", "2023-09-30"),  # the day before
        ("2022年上半年申请的怎么贴息", "2022-01-01", "2022-06-30"),
        ("2022年第四季度发放的贷款怎么贴息", "2022-10-01", "2022-12-31"),
        ("这个贴息明年还有吗", "2027-01-01", "2027-12-31"),
        ("明年3月还能申请设备更新贷款贴息吗", "2027-03-01", "2027-03-31"),
        ("疫情期间续贷政策怎么样", "2020-01-01", "2022-12-31"),
        ("What was the limit before 2024?", "2023-12-31", "2023-12-31"),
        ("In 2022, how much could an individual borrow?", "2022-01-01", "2022-12-31"),
        ("Will the subsidy still be available next year?", "2027-01-01", "2027-12-31"),
        ("last year's limit for the service-sector subsidy", *LAST_YEAR),
        ("What were the rules in June 2023?", "2023-06-01", "2023-06-30"),
    ],
)
def test_a_time_that_bears_on_the_rules_gives_its_days(text, first, last):
    assert span(text) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "去年卖了1500万，30个工人，算小微吗",
        "我公司2020年成立的，能申请吗",
        "2025年6月末余额多少",
        "去年放了多少贷款",
        "2024年续贷通知讲了什么",
        "中型企业流贷2027年10月15日到期 可否参照小微续贷",
        "服务业贴息到2027年底才结束吧",
        "2026年新发放的贷款怎么贴息",  # this year is now
        "个人创业担保贷款最高多少",
        "去年我们申请了云税贷，今年还能申请吗",
        "去年续贷过一次，能再续吗",
        "2024年以前的贷款能续贷吗",
        "My loan was renewed last year. Can I renew it?",
        "What was the loan balance at the end of June 2025?",
        "How large is the programme announced in January 2026?",
        "We had sales of 3 million in 2025. Are we small?",
    ],
)
def test_a_statistic_a_title_a_fact_or_a_due_date_gives_none(text):
    assert span(text) is None


@pytest.mark.parametrize(("on", "first"), [(date(2026, 12, 31), "2025-01-01"), (date(2027, 1, 1), "2026-01-01")])
def test_last_year_is_counted_from_the_day_asked(on, first):
    assert span("去年服务业贴息最多贴多少", on)[0] == first
