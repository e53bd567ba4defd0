"""Bridge loan or renewal: the sums, worked out by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.eligibility.costs import Quote, Unit, compare, figure
from assistant.errors import CalculationError

D = Decimal
MILLIONS = D(3_000_000)


def test_a_bridge_loan_by_the_day_against_ten_days_of_the_new_loan():
    found = compare(MILLIONS, Quote(D("0.1"), Unit.PERCENT_A_DAY), 10, D("3.45"))
    # 3,000,000 × 0.1 % = 3,000 a day; 3,000,000 × 3.45 % ÷ 360 = 287.50 a day
    assert [(step.label_key, step.left, step.result) for step in found.bridge.steps] == [
        ("bridge_interest", "3,000,000 {yuan} × 0.1% × 10 {days}", D("30000.00"))
    ]
    assert [(step.label_key, step.left, step.result) for step in found.renewal.steps] == [
        ("renewal_interest", "3,000,000 {yuan} × 3.45% × 10 {days} ÷ 360", D("2875.00"))
    ]
    assert (found.bridge.total, found.renewal.total) == (D("30000.00"), D("2875.00"))
    assert (found.difference.label_key, found.difference.left, found.difference.result) == (
        "difference", "30,000 {yuan} − 2,875 {yuan}", D("27125.00"),
    )  # fmt: skip


def test_the_words_of_a_step_are_put_in_by_the_texts():
    step = compare(MILLIONS, Quote(D(1), Unit.PERMILLE_A_DAY), 10, D(3)).bridge.steps[0]
    assert step.left.format(yuan="元", days="天") == "3,000,000 元 × 1‰ × 10 天"


@pytest.mark.parametrize(
    ("value", "unit", "left"),
    [
        ("1", Unit.PERMILLE_A_DAY, "3,000,000 {yuan} × 1‰ × 10 {days}"),
        ("0.1", Unit.PERCENT_A_DAY, "3,000,000 {yuan} × 0.1% × 10 {days}"),
        ("3", Unit.PERCENT_A_MONTH, "3,000,000 {yuan} × 3% × 10 {days} ÷ 30"),
        ("36", Unit.PERCENT_A_YEAR, "3,000,000 {yuan} × 36% × 10 {days} ÷ 360"),
    ],
)
def test_one_price_quoted_four_ways_costs_the_same(value, unit, left):
    (step,) = compare(MILLIONS, Quote(D(value), unit), 10, D(3)).bridge.steps
    assert (step.left, step.result) == (left, D("30000.00"))


def test_fees_are_a_step_of_their_own():
    found = compare(MILLIONS, Quote(D(1), Unit.PERMILLE_A_DAY), 10, D("3.45"), fees=D("1500.5"))
    assert [step.label_key for step in found.bridge.steps] == ["bridge_interest", "bridge_total"]
    assert found.bridge.steps[1].left == "30,000 {yuan} + 1,500.5 {yuan}"
    assert found.bridge.total == D("31500.50")
    assert found.difference.result == D("28625.50")  # 31,500.50 − 2,875


def test_sums_are_rounded_half_up_to_the_cent():
    # 1,234.5 × 1 ‰ × 1 = 1.2345; 1,234.5 × 3 % ÷ 360 = 0.102875
    found = compare(D("1234.5"), Quote(D(1), Unit.PERMILLE_A_DAY), 1, D(3))
    assert (found.bridge.total, found.renewal.total, found.difference.result) == (D("1.23"), D("0.10"), D("1.13"))
    # 1 × 5 ‰ × 1 = 0.005
    assert compare(D(1), Quote(D(5), Unit.PERMILLE_A_DAY), 1, D(0)).bridge.total == D("0.01")


def test_a_bridge_cheaper_than_the_renewal_shows_as_a_negative_difference():
    found = compare(D(360_000), Quote(D(0), Unit.PERCENT_A_DAY), 10, D(3))
    assert found.difference.result == D("-300.00")  # 360,000 × 3 % ÷ 360 × 10 = 300


@pytest.mark.parametrize(("value", "text"), [("3000000", "3,000,000"), ("0.150", "0.15"), ("5E+6", "5,000,000"), ("100.00", "100"), ("0", "0"), ("-20.50", "-20.5")])  # fmt: skip
def test_figures_are_written_for_people(value, text):
    assert figure(D(value)) == text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"principal": D(0)}, "principal must be above 0"),
        ({"principal": D("Infinity")}, "principal must be above 0"),
        ({"days": 0}, "1 to 366 days, not 0"),
        ({"days": 367}, "not 367"),
        ({"fees": D(-1)}, "Fees must be from 0"),
        ({"fees": D("NaN")}, "but are NaN"),
        ({"renewal_percent": D(37)}, "but is 37"),
    ],
)
def test_figures_that_make_no_comparison_are_named(change, words):
    usual = {"principal": D(100), "quote": Quote(D(1), Unit.PERMILLE_A_DAY), "days": 10, "renewal_percent": D(3)}
    compare(**{**usual, "days": 366})
    with pytest.raises(CalculationError, match=words):
        compare(**{**usual, **change})


@pytest.mark.parametrize(
    ("highest", "unit"),
    [
        ("12", Unit.PERMILLE_A_DAY),
        ("1.2", Unit.PERCENT_A_DAY),
        ("36", Unit.PERCENT_A_MONTH),
        ("432", Unit.PERCENT_A_YEAR),
    ],
)
def test_a_price_may_reach_36_percent_a_month(highest, unit):
    Quote(D(highest), unit)
    for wrong in (D(highest) + D("0.01"), D("-0.01"), D("NaN")):
        with pytest.raises(CalculationError, match="0 to 36 percent a month"):
            Quote(wrong, unit)
