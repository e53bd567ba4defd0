"""The sums of the renewal page: figures worked out by hand, and a sentence for entries nobody can mean."""

import re
from decimal import Decimal

import pytest

from assistant.texts import ui_texts
from assistant.ui.tools import work_out_costs, work_out_schedules
from assistant.ui.tools_html import costs_html, schedules_html
from index.types import Language

COSTS = {"principal": "300", "price": "1.5", "days": "10", "fees": "2000", "rate": "3.85"}
PLAN = {"principal": "12", "rate": "6", "months": "12"}


def test_a_bridge_loan_is_compared_with_renewing():
    found = work_out_costs(COSTS, "permille_a_day").comparison
    assert found.bridge.total == Decimal("47000.00")  # 3,000,000 × 1.5‰ × 10 + 2,000
    assert found.renewal.total == Decimal("3208.33")  # 3,000,000 × 3.85% × 10 ÷ 360
    assert found.difference.result == Decimal("43791.67")


def test_the_arithmetic_is_shown_in_both_languages():
    worked = work_out_costs(COSTS, "permille_a_day")
    zh, en = (costs_html(worked, ui_texts(language)) for language in Language)
    assert "借过桥资金多花 43,791.67 元" in zh
    assert "3,000,000 元 × 1.5‰ × 10 天 = 45,000.00 元" in zh
    assert "The bridge loan costs 43,791.67 yuan more" in en
    assert "{" not in zh + en


def test_fees_may_be_left_out_and_a_cheaper_bridge_is_said_to_be_cheaper():
    worked = work_out_costs({**COSTS, "fees": "", "price": "0"}, "percent_a_year")
    assert worked.comparison.bridge.total == 0
    assert "少花 3,208.33 元" in costs_html(worked, ui_texts(Language.ZH))


@pytest.mark.parametrize(
    ("changes", "name", "key"),
    [
        ({"principal": "-1"}, "principal", "negative"),
        ({"principal": "0"}, "principal", "limits"),
        ({"principal": "three"}, "principal", "number"),
        ({"price": "13"}, "price", "limits"),  # 39 % a month
        ({"days": "0"}, "days", "limits"),
        ({"days": "400"}, "days", "too_much"),
        ({"days": "1.5"}, "days", "whole"),
        ({"rate": "37"}, "rate", "limits"),
        ({"fees": "x"}, "fees", "number"),
    ],
)
def test_an_entry_that_cannot_be_meant_is_named(changes, name, key):
    worked = work_out_costs({**COSTS, **changes}, "permille_a_day")
    assert worked.comparison is None
    assert worked.problems[name].key == key


def test_while_entries_are_missing_nothing_is_worked_out_and_nothing_is_wrong():
    assert work_out_costs({"principal": "300"}, "permille_a_day").problems == {}
    assert "填上" in costs_html(work_out_costs({}, "permille_a_day"), ui_texts(Language.ZH))
    assert work_out_schedules({}).schedules == ()


def test_a_unit_that_does_not_exist_is_no_crash():
    assert "算不出来" in costs_html(work_out_costs(COSTS, "<b>"), ui_texts(Language.ZH))


def test_schedules_have_every_month_and_exact_cents(rulebook):
    worked = work_out_schedules(PLAN)
    html = schedules_html(worked, "interest_first", rulebook, ui_texts(Language.ZH))
    rows = re.findall(r'<tr><th scope="row">(\d+)</th>', html)
    assert rows == [str(n) for n in range(1, 13)]
    assert "7,200.00" in html  # 120,000 × 6% for a year, interest first
    assert "120,600.00" in html  # the last month: principal and 600 of interest
    assert 'tabindex="0"' in html
    assert "先息后本是平时只付利息" in html


def test_half_months_are_refused():
    assert work_out_schedules({**PLAN, "months": "1.5"}).problems["months"].key == "whole"
    assert work_out_schedules({**PLAN, "months": "601"}).problems["months"].key == "limits"
