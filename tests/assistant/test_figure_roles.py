"""Figures with what they measure and what they are the figure of."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.lexicon.figure_roles import Bound, Measure, quantities, same_role
from index.types import Language


def only(text: str, language: Language = Language.ZH):
    found = quantities(text, language)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "measure", "value"),
    [
        ("最高20万", Measure.MONEY, Decimal(200_000)),
        ("最高二十万元", Measure.MONEY, Decimal(200_000)),
        ("总额5000亿元", Measure.MONEY, Decimal(500_000_000_000)),
        ("贴2个百分点", Measure.SHARE, Decimal(2)),
        ("高50个基点", Measure.SHARE, Decimal("0.5")),
        ("三成", Measure.SHARE, Decimal(30)),
        ("百分之十五", Measure.SHARE, Decimal(15)),
        ("满2年", Measure.MONTHS, Decimal(24)),
        ("最长3年半", Measure.MONTHS, Decimal(42)),
        ("6个月", Measure.MONTHS, Decimal(6)),
        ("30日内", Measure.DAYS, Decimal(30)),
        ("到2027年底", Measure.DATE, "2027-12"),
        ("2026年12月31日", Measure.DATE, "2026-12-31"),
        ("5类行业", Measure.COUNT, Decimal(5)),
    ],
)
def test_a_chinese_figure_is_read_with_its_measure(text, measure, value):
    found = only(text)
    assert (found.measure, found.value) == (measure, value)


@pytest.mark.parametrize(
    ("text", "measure", "value"),
    [
        ("3 million yuan", Measure.MONEY, Decimal(3_000_000)),
        ("300,000 yuan", Measure.MONEY, Decimal(300_000)),
        ("1.5 percentage points", Measure.SHARE, Decimal("1.5")),
        ("a 1.5-percentage-point subsidy", Measure.SHARE, Decimal("1.5")),
        ("three years", Measure.MONTHS, Decimal(36)),
        ("until 31 December 2026", Measure.DATE, "2026-12-31"),
        ("the end of 2027", Measure.DATE, "2027-12"),
    ],
)
def test_an_english_figure_is_read_with_its_measure(text, measure, value):
    found = only(text, Language.EN)
    assert (found.measure, found.value) == (measure, value)


@pytest.mark.parametrize("text", ["1年期LPR", "90万户", "财金〔2026〕4号"])
def test_names_and_numbers_of_other_things_are_no_quantities_of_that_kind(text):
    assert not [q for q in quantities(text, Language.ZH) if q.measure in (Measure.MONEY, Measure.MONTHS)]


def test_the_figure_that_was_replaced_is_told_from_the_one_that_holds():
    old, new = quantities("由20万元提高到30万元", Language.ZH)
    assert (old.former, new.former) == (True, False)
    new, old = quantities("最高5000万元（2025年由3000万元提高）", Language.ZH)[::2]
    assert (new.former, old.former) == (False, True)
    old, new = quantities("raised from 200,000 yuan to 300,000 yuan", Language.EN)
    assert (old.former, new.former) == (True, False)


def test_each_figure_has_the_limit_of_its_own_stretch():
    most, least = quantities("利率最高不超过4%，最低可到2.9%", Language.ZH)
    assert (most.bound, least.bound) == (Bound.MOST, Bound.LEAST)


def test_the_last_day_of_a_range_is_no_end_of_a_rule():
    end = only("政策实施到2026年12月31日")
    assert "until" in end.facets
    assert "until" not in quantities("2025年3月16日至2025年12月31日发放的贷款", Language.ZH)[1].facets


def test_a_fee_is_not_compared_with_a_re_guarantee_fee_or_any_other_share():
    fee = only("担保费最高2%").facets
    assert same_role(fee, only("担保费率不得超过1%").facets)
    assert not same_role(fee, only("再担保费率不高于0.5%").facets)
    assert not same_role(fee, only("代偿率上限5%").facets)


def test_a_more_exact_date_agrees_with_a_less_exact_one_and_not_the_other_way():
    exact, month = only("到2026年12月31日"), only("到2026年底")
    assert exact.agrees(month)
    assert not month.agrees(exact)
