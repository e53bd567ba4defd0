"""Quantities with unit and bound, in both languages."""

from __future__ import annotations

import pytest

from index.quantities import Bound, Unit, contradicts, quantities


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("贷款最高不超过300万元", [("3000000", Unit.YUAN, Bound.AT_MOST)]),
        ("up to 3 million yuan", [("3000000", Unit.YUAN, Bound.AT_MOST)]),
        ("期限最长3年", [("36", Unit.MONTHS, Bound.AT_MOST)]),
        ("for no more than 36 months", [("36", Unit.MONTHS, Bound.AT_MOST)]),
        ("成立满2年", [("24", Unit.MONTHS, Bound.AT_LEAST)]),
        ("成立不满2年", [("24", Unit.MONTHS, Bound.BELOW)]),
        ("不得低于20%", [("20", Unit.PERCENT, Bound.AT_LEAST)]),
        ("低于20%", [("20", Unit.PERCENT, Bound.BELOW)]),
        ("not less than 20%", [("20", Unit.PERCENT, Bound.AT_LEAST)]),
        ("less than 20%", [("20", Unit.PERCENT, Bound.BELOW)]),
        ("超过500万元的部分", [("5000000", Unit.YUAN, Bound.ABOVE)]),
        ("从业人员300人及以上", [("300", Unit.PEOPLE, Bound.AT_LEAST)]),
        ("单户授信1000万元及以下", [("10000000", Unit.YUAN, Bound.AT_MOST)]),
        ("10个工作日内", [("10", Unit.WORKING_DAYS, Bound.AT_MOST)]),
        ("10天", [("10", Unit.DAYS, Bound.NONE)]),
        ("贴息1.5个百分点", [("1.5", Unit.POINTS, Bound.NONE)]),
        ("50个基点", [("50", Unit.BASIS_POINTS, Bound.NONE)]),
        ("5‰", [("5", Unit.PER_MILLE, Bound.NONE)]),
        ("90万户", [("900000", Unit.FIRMS, Bound.NONE)]),
        ("三年期", [("36", Unit.MONTHS, Bound.NONE)]),
        ("半年", [("6", Unit.MONTHS, Bound.NONE)]),
        ("three years", [("36", Unit.MONTHS, Bound.NONE)]),
        ("60 staff", [("60", Unit.PEOPLE, Bound.NONE)]),
        ("2027年9月30日前到期", [("2027-09-30", Unit.DATE, Bound.AT_MOST)]),
        ("2024年9月24日起施行", [("2024-09-24", Unit.DATE, Bound.AT_LEAST)]),
        ("before 30 September 2027", [("2027-09-30", Unit.DATE, Bound.AT_MOST)]),
        ("from 24 September 2024", [("2024-09-24", Unit.DATE, Bound.AT_LEAST)]),
        ("2024年的规定", [("2024", Unit.DATE, Bound.NONE)]),
        ("in 2024 the rule", [("2024", Unit.DATE, Bound.NONE)]),
        ("2024人", [("2024", Unit.PEOPLE, Bound.NONE)]),
        ("500万美元", [("5000000", Unit.DOLLARS, Bound.NONE)]),
        ("拨打12378", [("12378", Unit.PLAIN, Bound.NONE)]),
    ],
)
def test_a_quantity_has_its_value_unit_and_side(text, expected):
    assert [(q.value, q.unit, q.bound) for q in quantities(text)] == expected


@pytest.mark.parametrize("text", ["金规〔2024〕13号第三条", "三农主体", "一家企业", "二者不是一回事", "one of them", "第1步"])
def test_numbers_of_documents_clauses_and_mere_words_are_no_quantities(text):
    assert quantities(text) == ()


def test_both_ends_of_a_range_have_the_unit_of_the_second():
    assert [(q.value, q.unit) for q in quantities("1至3年")] == [("12", Unit.MONTHS), ("36", Unit.MONTHS)]
    assert [(q.value, q.unit) for q in quantities("18—65周岁")] == [("18", Unit.AGE), ("65", Unit.AGE)]
    assert [(q.value, q.unit) for q in quantities("18（含）—65（不含）周岁")] == [("18", Unit.AGE), ("65", Unit.AGE)]
    assert [(q.value, q.unit) for q in quantities("10万—20万元")] == [("100000", Unit.YUAN), ("200000", Unit.YUAN)]


def test_less_and_more_than_the_base_rate_differ():
    lower, higher = quantities("LPR减50个基点")[0], quantities("LPR加50个基点")[0]
    assert lower.value == higher.value
    assert lower.amount != higher.amount
    assert quantities("LPR minus 50 basis points")[0].amount == lower.amount


def test_a_bound_contradicts_another_and_none_contradicts_nothing():
    assert contradicts(Bound.AT_MOST, Bound.AT_LEAST)
    assert contradicts(Bound.AT_MOST, Bound.ABOVE)
    assert not contradicts(Bound.AT_MOST, Bound.AT_MOST)
    assert not contradicts(Bound.NONE, Bound.AT_LEAST)
