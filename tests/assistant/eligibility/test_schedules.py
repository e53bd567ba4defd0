"""Repayment schedules: worked out by hand, and true of any loan."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from assistant.eligibility.schedules import CENT, Method, schedule, simple_interest, to_cent
from assistant.errors import AssistantError, CalculationError

D = Decimal
principals = st.integers(1, 10**11).map(lambda cents: D(cents) / 100)
rates = st.integers(0, 36_000).map(lambda thousandths: D(thousandths) / 1000)
months = st.integers(1, 600)


def half_up(value: Fraction) -> Decimal:
    """To the cent, without Decimal's own rounding."""
    return D((2 * value * 100 + 1) // 2) / 100


def shown(rows) -> list[str]:
    return [f"{row.n} {row.payment} {row.interest} {row.principal} {row.balance}" for row in rows]


def test_equal_instalments():
    # 1 % a month: 12000 × 0.01 × 1.0201 ÷ 0.0201 = 6090.149…; interest 120, then 6029.85 × 1 % = 60.2985
    found = schedule(Method.EQUAL_INSTALMENTS, D(12000), D(12), 2)
    assert shown(found.rows) == ["1 6090.15 120.00 5970.15 6029.85", "2 6090.15 60.30 6029.85 0.00"]
    assert (found.total_interest, found.total_payment) == (D("180.30"), D("12180.30"))


def test_equal_principal():
    # 10000 ÷ 3 = 3333.33, the last takes the cent left; interest 1 % of 10000, 6666.67 and 3333.34
    found = schedule(Method.EQUAL_PRINCIPAL, D(10000), D(12), 3)
    assert shown(found.rows) == [
        "1 3433.33 100.00 3333.33 6666.67",
        "2 3400.00 66.67 3333.33 3333.34",
        "3 3366.67 33.33 3333.34 0.00",
    ]
    assert (found.total_interest, found.total_payment) == (D("200.00"), D("10200.00"))


def test_interest_first():
    # 1,000,000 × 3.45 % ÷ 12 = 2875
    found = schedule(Method.INTEREST_FIRST, D(1_000_000), D("3.45"), 3)
    assert shown(found.rows) == [
        "1 2875.00 2875.00 0.00 1000000.00",
        "2 2875.00 2875.00 0.00 1000000.00",
        "3 1002875.00 2875.00 1000000.00 0.00",
    ]
    assert (found.total_interest, found.total_payment) == (D("8625.00"), D("1008625.00"))


@pytest.mark.parametrize("method", [Method.EQUAL_INSTALMENTS, Method.EQUAL_PRINCIPAL])
def test_a_loan_without_interest_is_divided_evenly(method):
    found = schedule(method, D(100), D(0), 3)
    assert [row.payment for row in found.rows] == [D("33.33"), D("33.33"), D("33.34")]
    assert found.total_interest == 0


def test_half_a_cent_is_rounded_up():
    # 1 × 6 % ÷ 12 = 0.005 and 3 × 6 % ÷ 12 = 0.015: to even they would be 0.00 and 0.02
    assert schedule(Method.INTEREST_FIRST, D(1), D(6), 1).total_interest == D("0.01")
    assert schedule(Method.INTEREST_FIRST, D(3), D(6), 1).total_interest == D("0.02")


@pytest.mark.parametrize("method", Method)
def test_one_month_is_the_principal_and_a_twelfth_of_the_rate(method):
    (row,) = schedule(method, D(500_000), D("3.6"), 1).rows
    assert (row.payment, row.interest, row.balance) == (D("501500.00"), D("1500.00"), D("0.00"))


@pytest.mark.parametrize("method", Method)
def test_a_few_cents_are_never_overpaid(method):
    # 4 ÷ 600 rounds up to a cent a month, which would repay 6
    found = schedule(method, D(4), D(0), 600)
    assert min(row.balance for row in found.rows) == 0
    assert sum(row.principal for row in found.rows) == 4


@settings(deadline=None)
@example(Method.EQUAL_PRINCIPAL, D("85.88"), D("1.75"), 302)  # 24.00 × 1.75 % ÷ 12 is half a cent over 3: 0.035
@given(st.sampled_from(Method), principals, rates, months)
def test_every_schedule_adds_up_to_the_cent(method, principal, rate, length):
    found = schedule(method, principal, rate, length)
    assert [row.n for row in found.rows] == list(range(1, length + 1))
    assert sum(row.principal for row in found.rows) == principal == found.principal
    assert sum(row.interest for row in found.rows) == found.total_interest
    assert sum(row.payment for row in found.rows) == found.total_payment == principal + found.total_interest
    balance = principal
    for row in found.rows:
        assert row.interest == half_up(Fraction(balance) * Fraction(rate) / 1200)
        assert row.payment == row.interest + row.principal
        assert row.principal >= 0
        balance -= row.principal
        assert row.balance == balance >= 0
        assert all(part == part.quantize(CENT) for part in (row.payment, row.interest, row.principal, row.balance))
    assert balance == 0


@settings(deadline=None)
@given(principals, rates, st.integers(1, 120))
def test_equal_instalments_are_worth_the_principal_today(principal, rate, length):
    """The exact instalment is the principal over the sum of the months' discount factors."""
    monthly = Fraction(rate) / 1200
    exact = half_up(Fraction(principal) / sum(1 / (1 + monthly) ** n for n in range(1, length + 1)))
    rows = schedule(Method.EQUAL_INSTALMENTS, principal, rate, length).rows
    assume(rows[-2].balance if length > 1 else principal)  # a few cents are paid off before the end
    assert all(row.payment == exact for row in rows[:-1])


@settings(deadline=None)
@given(st.integers(10**6, 10**11).map(lambda cents: D(cents) / 100), st.integers(0, 12_000), st.integers(2, 120))
def test_the_last_instalment_differs_by_no_more_than_the_rounding_grown_with_interest(principal, thousandths, length):
    rate = D(thousandths) / 1000
    rows = schedule(Method.EQUAL_INSTALMENTS, principal, rate, length).rows
    # each month the instalment and its interest are off by half a cent at most; a cent a month, compounded
    bound = D("0.01") * length * (1 + rate / 1200) ** length
    assert abs(rows[-1].payment - rows[0].payment) <= bound


def test_the_callers_precision_does_not_matter():
    with localcontext() as context:
        context.prec, context.rounding = 6, ROUND_HALF_EVEN
        found = schedule(Method.EQUAL_INSTALMENTS, D("123456789.01"), D("3.45"), 12)
    assert found == schedule(Method.EQUAL_INSTALMENTS, D("123456789.01"), D("3.45"), 12)


def test_the_edges_of_what_is_allowed():
    assert schedule(Method.EQUAL_PRINCIPAL, D("0.01"), D(36), 600).total_interest == 0
    assert schedule(Method.INTEREST_FIRST, D(10**12), D(36), 600).rows[-1].balance == 0


@pytest.mark.parametrize(
    ("principal", "rate", "length", "words"),
    [
        ("0", "3", 12, "principal must be above 0"),
        ("-1", "3", 12, "but is -1"),
        ("NaN", "3", 12, "principal must be above 0"),
        ("Infinity", "3", 12, "principal must be above 0"),
        ("1000000000000.01", "3", 12, "at most 1,000,000,000,000 yuan"),
        ("100.001", "3", 12, "whole cents, but 100.001"),
        ("100", "-0.01", 12, "from 0 to 36 percent a year, but is -0.01"),
        ("100", "36.01", 12, "but is 36.01"),
        ("100", "NaN", 12, "but is NaN"),
        ("100", "3", 0, "1 to 600 months, not 0"),
        ("100", "3", 601, "not 601"),
    ],
)
def test_figures_that_make_no_loan_are_named(principal, rate, length, words):
    with pytest.raises(CalculationError, match=words) as caught:
        schedule(Method.EQUAL_PRINCIPAL, D(principal), D(rate), length)
    assert isinstance(caught.value, ValueError)
    assert isinstance(caught.value, AssistantError)


@pytest.mark.parametrize(
    ("days", "year_days", "interest"),
    [
        (10, 360, "2875.00"),  # 3,000,000 × 3.45 % = 103,500 a year, ÷ 360 = 287.50 a day
        (365, 360, "104937.50"),
        (365, 365, "103500.00"),
        (1, 366, "282.79"),  # 103,500 ÷ 366 = 282.786…
        (0, 360, "0.00"),
    ],
)
def test_interest_by_days(days, year_days, interest):
    assert simple_interest(D(3_000_000), D("3.45"), days, year_days) == D(interest)


def test_interest_by_days_counts_a_year_of_360_by_default():
    assert simple_interest(D(100_000), D("3.6"), 360) == D("3600.00")


@pytest.mark.parametrize(("days", "year_days"), [(-1, 360), (10, 0), (10, 364)])
def test_days_that_cannot_be_counted_are_named(days, year_days):
    with pytest.raises(CalculationError, match=f"{days} days of a year of {year_days}"):
        simple_interest(D(100), D(3), days, year_days)


@given(st.fractions(-(10**6), 10**6))
def test_rounding_is_half_up_for_amounts_owed(amount):
    assume(amount >= 0)
    value = D(amount.numerator) / D(amount.denominator)
    assert to_cent(value) == half_up(Fraction(value))
