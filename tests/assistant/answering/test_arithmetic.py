"""Sums as answers show them: those that come out hold, and everything else does not, whatever it looks like."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answering.arithmetic import holds

RIGHT = [
    "3,000,000元 × 0.1% × 10天 = 30,000元",  # 3,000,000 × 0.001 × 10
    "2,000,000元 × 1% × 1年 = 2万元",
    "300,000元 × 4% × 50% × 3年 = 1.8万元",
    "800,000元 × 1% × 6个月 ÷ 12 = 4,000元",
    "60万元 ÷ 6 × 12 = 120万元",
    "1亿元 × 0.03% = 3万元",
    "1,000,000 × 1‰ = 1,000",
    "min(100,000元, 80,000元) = 8万元",
    "min(20,000元, 30,000元, 25,000元) = 2万元",
    "1 + 2 × 3 = 7",
    "(1 + 2) × 3 = 9",
    "10 − 4 − 3 = 3",  # from left to right
    "100 ÷ 10 ÷ 2 = 5",
    "12 − 2 × 5 = 2",
    "((1 + 2) × (3 + 4)) ÷ 7 = 3",
    "min(10, 4 + 5) − 1 = 8",
    "min(3, 5) = 3",
    "100 ÷ 3 = 33.33",  # 33.3333, to the cent
    "200 ÷ 3 = 66.67",
    "0 × 5 = 0",
    "300,000 yuan × 4% × 50% × 3 years = 18,000 yuan",
    "1.5 million yuan × 1% × 1 years = 15,000 yuan",
    "2 billion yuan × 0.5% = 10 million yuan",
    "80,000元 = 8万元",
]
WRONG = [
    "3,000,000元 × 0.1% × 10天 = 3,000元",
    "3,000,000元 × 0.1 × 10天 = 30,000元",  # not a percentage
    "2,000,000元 × 1% × 1年 = 2.1万元",
    "2,000,000元 × 1% × 1年 = 2元",
    "60万元 ÷ 6 × 12 = 100万元",
    "min(100,000元, 80,000元) = 10万元",
    "1 + 2 × 3 = 9",
    "10 − 4 − 3 = 9",
    "100 ÷ 3 = 33.34",
    "100 ÷ 3 = 33.32",
    "1 = 2",
    "1亿元 = 1万元",
    "1,000 × 1% = 1,000 × 1‰",
]
UNREADABLE = [
    "", " ", "=", "1 =", "= 1", "1", "一 = 一", "1 + = 1", "× 2 = 2", "(1 + 2 = 3", "1 + 2) = 3", "min(1, 2 = 1",
    "min 1 = 1", "min() = 0", "1 ÷ 0 = 0", "0 ÷ 0 = 0", "1 2 = 3", "1 + 1 = 2 = 2", "1 = 1 = 1", "1,0000 = 10000", "1,2 = 12",
    "(((((1 = 1", "1 − − 1 = 2", "%= 1",
]  # fmt: skip


@pytest.mark.parametrize("sum_", RIGHT)
def test_what_comes_out_holds(sum_):
    assert holds(sum_)


@pytest.mark.parametrize("sum_", WRONG)
def test_what_does_not_come_out_does_not_hold(sum_):
    assert not holds(sum_)


@pytest.mark.parametrize("sum_", UNREADABLE)
def test_what_cannot_be_read_does_not_hold_and_raises_nothing(sum_):
    assert holds(sum_) is False


@pytest.mark.parametrize("sum_", RIGHT)
def test_any_digit_of_the_result_altered_breaks_a_sum(sum_):
    for place in range(sum_.index("="), len(sum_)):
        if sum_[place].isdigit():
            altered = sum_[:place] + str((int(sum_[place]) + 1) % 10) + sum_[place + 1 :]
            assert not holds(altered), altered


amounts = st.integers(1, 10**9).map(lambda cents: Decimal(cents) / 100)


@settings(max_examples=200, deadline=None)
@given(amounts, st.integers(1, 3600).map(lambda n: Decimal(n) / 100), st.integers(1, 600))
def test_a_share_over_some_months_holds_to_the_cent_and_not_two_cents_off(principal, percent, months):
    exact = principal * percent / 100 * months / 12
    shown = exact.quantize(Decimal("0.01"))
    left = f"{principal:,}元 × {percent}% × {months}个月 ÷ 12"
    assert holds(f"{left} = {shown:,}元")
    assert not holds(f"{left} = {shown + Decimal('0.02'):,}元")


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="0123456789,.%×÷+−()= min万元", max_size=24))
def test_no_text_whatever_raises(text):
    assert holds(text) in (True, False)
