"""Interest subsidies: the sums, worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.eligibility.subsidy import Cap, Points, Share, SubsidyCase, subsidy
from assistant.errors import CalculationError

D = Decimal
SERVICES_2026 = SubsidyCase(D(500), Points(D(1)), months=12, max_years=1, base_cap_wan=D(1000))
SERVICES_2025 = replace(SERVICES_2026, base_cap_wan=D(100))
FIXED_ASSETS = SubsidyCase(D(5000), Points(D("1.5")), months=24, max_years=2, base_cap_wan=D(5000))
START_UP = SubsidyCase(D(30), Share(D(50), D(4)), months=36, max_years=3)


@pytest.mark.parametrize(
    ("case", "wan", "left", "caps"),
    [
        # 500 × 1 % × 1 = 5
        (SERVICES_2026, "5", "5,000,000 {yuan} × 1% × 1 {years}", ()),
        # 1,500 counts as 1,000: 1,000 × 1 % × 1 = 10
        (replace(SERVICES_2026, principal_wan=D(1500)), "10", "10,000,000 {yuan} × 1% × 1 {years}", (Cap.BASE,)),
        # just at the cap
        (replace(SERVICES_2026, principal_wan=D(1000)), "10", "10,000,000 {yuan} × 1% × 1 {years}", ()),
        # 80 × 1 % × 6/12 = 0.4
        (replace(SERVICES_2025, principal_wan=D(80), months=6), "0.4", "800,000 {yuan} × 1% × 6 {months} ÷ 12", ()),
        # 300 counts as 100: 100 × 1 % × 1 = 1
        (replace(SERVICES_2025, principal_wan=D(300)), "1", "1,000,000 {yuan} × 1% × 1 {years}", (Cap.BASE,)),
        # 5,000 × 1.5 % × 2 = 150
        (FIXED_ASSETS, "150", "50,000,000 {yuan} × 1.5% × 2 {years}", ()),
        # three years count as two
        (replace(FIXED_ASSETS, months=36), "150", "50,000,000 {yuan} × 1.5% × 2 {years}", (Cap.YEARS,)),
        # 25 months count as 24
        (replace(FIXED_ASSETS, months=25), "150", "50,000,000 {yuan} × 1.5% × 2 {years}", (Cap.YEARS,)),
        # 30 × 4 % × 50 % × 3 = 1.8
        (START_UP, "1.8", "300,000 {yuan} × 4% × 50% × 3 {years}", ()),
        # no cap on years: 30 × 4 % × 50 % × 4 = 2.4
        (replace(START_UP, months=48, max_years=None), "2.4", "300,000 {yuan} × 4% × 50% × 4 {years}", ()),
    ],
)
def test_what_a_subsidy_comes_to(case, wan, left, caps):
    found = subsidy(case)
    assert found.amount == D(wan) * 10_000
    assert [(step.label_key, step.left, step.result) for step in found.steps] == [("subsidy", left, found.amount)]
    assert found.caps == caps


def test_a_cap_on_the_subsidy_itself_is_a_step_of_its_own():
    # 2,000 counts as 1,000; 1,000 × 1 % × 1 = 10, of which 8 are paid
    found = subsidy(replace(SERVICES_2026, principal_wan=D(2000), months=18, subsidy_cap_wan=D(8)))
    assert found.amount == D("80000.00")
    assert [(step.label_key, step.left) for step in found.steps] == [
        ("subsidy", "10,000,000 {yuan} × 1% × 1 {years}"),
        ("subsidy_capped", "min(100,000 {yuan}, 80,000 {yuan})"),
    ]
    assert found.caps == (Cap.BASE, Cap.YEARS, Cap.AMOUNT)


def test_a_cap_just_reached_has_not_lowered_the_subsidy():
    found = subsidy(replace(SERVICES_2026, subsidy_cap_wan=D(5)))
    assert (found.amount, found.caps, len(found.steps)) == (D("50000.00"), (), 1)


def test_the_amount_is_rounded_half_up_to_the_cent():
    # 33.3333 wan × 1 % × 7/12 = 333,333 × 0.01 × 7/12 = 1,944.4425; 0.0006 wan × 1 % × 1/12 = 0.005
    assert subsidy(SubsidyCase(D("33.3333"), Points(D(1)), 7)).amount == D("1944.44")
    assert subsidy(SubsidyCase(D("0.0006"), Points(D(1)), 1)).amount == D("0.01")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"principal_wan": D(0)}, "principal must be above 0"),
        ({"months": 0}, "1 to 600 months, not 0"),
        ({"months": 601}, "not 601"),
        ({"way": Points(D("-0.1"))}, "points must be from 0 to 36 percent, but is -0.1"),
        ({"way": Points(D(37))}, "but is 37"),
        ({"way": Share(D(101), D(4))}, "share of the interest must be from 0 to 100 percent, but is 101"),
        ({"way": Share(D(50), D("NaN"))}, "rate of the loan must be"),
        ({"max_years": 0}, "max_years is 0"),
        ({"base_cap_wan": D(0)}, "base_cap_wan is 0"),
        ({"subsidy_cap_wan": D("NaN")}, "subsidy_cap_wan is NaN"),
    ],
)
def test_figures_that_make_no_case_are_named(change, words):
    with pytest.raises(CalculationError, match=words):
        replace(SERVICES_2026, **change)
