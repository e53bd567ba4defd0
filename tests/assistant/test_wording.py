"""Values in the words of either language, as people write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from assistant.eligibility.rules import Dated, Fact, Words
from assistant.profile import Choice, Days, Range, Several
from assistant.texts import Texts, texts
from assistant.wording import (
    condition_words,
    day_words,
    days_words,
    money,
    plain,
    quantity,
    range_words,
    rule_value,
    value_words,
)
from index.figures import figures
from index.types import Language

D = Decimal
ZH, EN = texts(Language.ZH), texts(Language.EN)


def words(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def fact(kind: str, unit: str | None = None, **choices: tuple[str, str]) -> Fact:
    labels = {name: words(*pair) for name, pair in choices.items()}
    return Fact.model_validate(
        {"kind": kind, "unit": unit, "label": words("标签", "label"), "ask": words("问", "ask"), "choices": labels}
    )


SIZE = fact("choice", micro=("微型", "micro"), small=("小型", "small"), medium=("中型", "medium"))
HELD = fact("several", patent=("专利", "Patent"), high_tech=("高新技术企业", "High-tech enterprise"))


@pytest.mark.parametrize(
    ("number", "written"),
    [("1500", "1,500"), ("0.50", "0.5"), ("100", "100"), ("0", "0"), ("1234567.890", "1,234,567.89"), ("1E+3", "1,000"),
     ("2.0", "2"), ("-3600", "-3,600")],
)  # fmt: skip
def test_a_number_has_separators_and_no_trailing_zeros(number, written):
    assert plain(D(number)) == written


@pytest.mark.parametrize(
    ("yuan", "zh", "en"),
    [
        ("1500000", "150万元", "1.5 million yuan"),
        ("230000000", "2.3亿元", "230 million yuan"),
        ("3600", "3,600元", "3,600 yuan"),
        ("36000", "3.6万元", "36,000 yuan"),
        ("9999.99", "9,999.99元", "9,999.99 yuan"),
        ("10000", "1万元", "10,000 yuan"),
        ("999999", "99.9999万元", "999,999 yuan"),
        ("1000000", "100万元", "1 million yuan"),
        ("50000000", "5000万元", "50 million yuan"),
        ("99990000", "9999万元", "99.99 million yuan"),
        ("100000000", "1亿元", "100 million yuan"),
        ("12000000000", "120亿元", "12 billion yuan"),
        ("0", "0元", "0 yuan"),
        ("0.5", "0.5元", "0.5 yuan"),
        ("-1500000", "-150万元", "-1.5 million yuan"),
    ],
)
def test_money_is_written_as_people_write_it(yuan, zh, en):
    assert money(D(yuan), ZH) == zh
    assert money(D(yuan), EN) == en


@pytest.mark.parametrize(
    ("yuan", "zh", "en"),
    [
        ("84687.35", "84,687.35元", "84,687.35 yuan"),  # 8.468735万
        ("1016248.2", "1,016,248.2元", "1,016,248.2 yuan"),  # 101.62482万, 1.0162482 million
        ("123456789", "12345.6789万元", "123,456,789 yuan"),  # 1.23456789亿, 123.456789 million
    ],
)
def test_a_larger_unit_is_used_only_where_it_needs_four_decimals_at_most(yuan, zh, en):
    assert money(D(yuan), ZH) == zh
    assert money(D(yuan), EN) == en


@pytest.mark.parametrize("yuan", ["1500000", "84687.35", "123456789", "36000", "230000000", "3600", "10000", "2125000"])
def test_both_languages_write_the_very_same_amount(yuan):
    assert figures(money(D(yuan), ZH)) == figures(money(D(yuan), EN)) == {plain(D(yuan)).replace(",", "")}


@pytest.mark.parametrize("yuan", [D(10) ** 30, D("123456789012345678901234567890123.45")])
def test_an_amount_nobody_has_is_written_all_the_same(yuan):
    assert money(yuan, ZH).endswith("元")
    assert money(yuan, EN).endswith("yuan")


@pytest.mark.parametrize(
    ("number", "unit", "zh", "en"),
    [
        ("8", "people", "8人", "8"),
        ("1500", "people", "1,500人", "1,500"),
        ("150", "wan", "150万元", "1.5 million yuan"),
        ("0.36", "wan", "3,600元", "3,600 yuan"),
        ("12", "months", "1年", "1 year"),
        ("24", "months", "2年", "2 years"),
        ("36", "months", "3年", "3 years"),
        ("1", "months", "1个月", "1 month"),
        ("6", "months", "6个月", "6 months"),
        ("18", "months", "18个月", "18 months"),
        ("0", "months", "0个月", "0 months"),
        ("3.45", "percent", "3.45%", "3.45%"),
        ("15", "percent", "15%", "15%"),
        ("6", "times", "6次", "6 times"),
        ("65", "years", "65岁", "age 65"),
        ("7", None, "7", "7"),
    ],
)
def test_a_quantity_has_its_unit(number, unit, zh, en):
    assert quantity(D(number), unit, ZH) == zh
    assert quantity(D(number), unit, EN) == en


@pytest.mark.parametrize(
    ("known", "zh", "en"),
    [
        (Range.of(8), "8人", "8"),
        (Range.of(0), "0人", "0"),
        (Range(D(20), D(29)), "20人至29人", "20 to 29"),
        (Range(D(20), None), "20人及以上", "20 or more"),
        (Range(D(20), None, low_open=True), "超过20人", "more than 20"),
        (Range(None, D(50)), "不超过50人", "up to 50"),
        (Range(None, D(50), high_open=True), "不到50人", "less than 50"),
        (Range(), "未填", "not given"),
    ],
)
def test_limits_are_told_with_whether_they_are_included(known, zh, en):
    assert range_words(known, "people", ZH) == zh
    assert range_words(known, "people", EN) == en


@pytest.mark.parametrize(
    ("days", "zh", "en"),
    [
        (Days.of(date(2026, 12, 20)), "2026年12月20日", "20 December 2026"),
        (Days(date(2026, 12, 1), date(2026, 12, 31)), "2026年12月", "December 2026"),
        (Days(date(2028, 2, 1), date(2028, 2, 29)), "2028年2月", "February 2028"),
        (Days(date(2027, 2, 1), date(2027, 2, 28)), "2027年2月", "February 2027"),
        (Days(date(2026, 12, 21), date(2026, 12, 31)), "2026年12月21日至2026年12月31日", "21 December 2026 to 31 December 2026"),
        (Days(date(2026, 12, 1), date(2026, 12, 30)), "2026年12月1日至2026年12月30日", "1 December 2026 to 30 December 2026"),
        # two whole months are no month, nor is the same month of two years
        (Days(date(2026, 11, 1), date(2026, 12, 31)), "2026年11月1日至2026年12月31日", "1 November 2026 to 31 December 2026"),
        (Days(date(2026, 1, 1), date(2026, 12, 31)), "2026年1月1日至2026年12月31日", "1 January 2026 to 31 December 2026"),
        (Days(date(2025, 12, 1), date(2026, 12, 31)), "2025年12月1日至2026年12月31日", "1 December 2025 to 31 December 2026"),
    ],
)  # fmt: skip
def test_a_day_a_month_and_a_span(days, zh, en):
    assert days_words(days, ZH) == zh
    assert days_words(days, EN) == en


def test_a_day_has_no_leading_zeros():
    assert day_words(date(2026, 2, 8), ZH) == "2026年2月8日"
    assert day_words(date(2026, 2, 8), EN) == "8 February 2026"


@pytest.mark.parametrize(
    ("of", "known", "zh", "en"),
    [
        (fact("flag"), True, "是", "yes"),
        (fact("flag"), False, "否", "no"),
        (fact("flag"), None, "未填", "not given"),
        (fact("number", "wan"), Range.of(150), "150万元", "1.5 million yuan"),
        (fact("date"), Days.of(date(2026, 12, 20)), "2026年12月20日", "20 December 2026"),
        (SIZE, Choice.of("micro"), "微型", "micro"),
        (SIZE, Choice.of("small", "micro"), "微型或小型", "micro or small"),
        (HELD, Several(frozenset({"high_tech", "patent"})), "专利、高新技术企业", "Patent, High-tech enterprise"),
        (HELD, Several(frozenset({"patent"}), frozenset({"high_tech"})), "专利", "Patent"),
        (HELD, Several(lacks=frozenset({"high_tech", "patent"})), "没有", "none"),
        (fact("name"), "中国工商银行", "中国工商银行", "Industrial and Commercial Bank of China"),
        (fact("place"), "黑龙江省/大庆市", "黑龙江省大庆市", "Daqing, Heilongjiang"),
    ],
)
def test_what_is_known_of_a_fact(of, known, zh, en):
    assert value_words(of, known, ZH) == zh
    assert value_words(of, known, EN) == en


@pytest.mark.parametrize(
    ("of", "value", "zh", "en"),
    [
        (fact("number", "wan"), D(400), "400万元", "4 million yuan"),
        (fact("number", "months"), D(24), "2年", "2 years"),
        (None, D(15), "15%", "15%"),  # a share that is worked out
        (fact("date"), date(2027, 9, 30), "2027年9月30日", "30 September 2027"),
        (fact("place"), "黑龙江省/大庆市", "黑龙江省大庆市", "Daqing, Heilongjiang"),
        (SIZE, ("micro", "small"), "微型或小型", "micro or small"),
        (HELD, ("patent", "high_tech"), "专利或高新技术企业", "Patent or High-tech enterprise"),
    ],
)  # fmt: skip
def test_the_value_of_a_rule(of, value, zh, en):
    assert rule_value(of, value, ZH) == zh
    assert rule_value(of, value, EN) == en


def limit(value: object, **days: date) -> Dated:
    return Dated.model_validate({"value": value, "clause": "notice#1", "quote": words("原话", "words"), **days})


@pytest.mark.parametrize(("say", "told"), [(ZH, "经营满2年"), (EN, "has operated for 2 years")])
def test_the_value_is_filled_into_a_condition(say: Texts, told: str):
    says = Words(zh="经营满{value}", en="has operated for {value}")
    assert condition_words(says, "months", limit(24), {"months": fact("number", "months")}, say) == told


def test_a_condition_without_a_place_for_it_is_said_as_it_stands():
    says = Words(zh="是小微企业", en="is small")
    assert condition_words(says, "size_class", limit(["micro"]), {"size_class": SIZE}, ZH) == "是小微企业"
    assert condition_words(says, None, None, {}, EN) == "is small"


def test_a_worked_out_share_is_filled_in_as_a_percentage():
    says = Words(zh="新招用占{value}以上", en="at least {value} are new")
    assert condition_words(says, "hire_share_percent", limit(15), {}, ZH) == "新招用占15%以上"
    assert condition_words(says, "hire_share_percent", limit(15), {}, EN) == "at least 15% are new"
