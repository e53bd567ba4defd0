"""Numbers as they are said, and how surely they are known."""

from __future__ import annotations

from decimal import Decimal

import pytest
from spelled_facts import value_of

from assistant.profile import Range
from assistant.understanding.facts.numbers import numbers_in


def only(text):
    (number,) = numbers_in(text)
    return number


@pytest.mark.parametrize(
    ("said", "yuan"),
    [
        ("两百三十万", 2_300_000), ("一千二", 1200), ("3千5", 3500), ("3万5", 35_000), ("一万二", 12_000), ("半个亿", 50_000_000),
        ("1亿2千万", 120_000_000), ("50w", 500_000), ("1.2亿", 120_000_000), ("一百零五", 105), ("一百五", 150), ("1,250,000元", 1_250_000),
        ("1.5 million", 1_500_000), ("300k", 300_000), ("RMB 2m", 2_000_000), ("two hundred thousand", 200_000), ("a dozen", 12),
        ("half a million", 500_000), ("3 million yuan", 3_000_000), ("one and a half million", 1_500_000), ("twenty-five", 25),
    ],
)  # fmt: skip
def test_exact_numbers(said, yuan):
    assert only(said).value == Range.of(yuan)


@pytest.mark.parametrize(
    ("said", "people"),
    [
        ("十几", "11..19"), ("几十", "20..99"), ("上百", ">=100"), ("三十多", ">30..39"), ("二百多", ">200..299"), ("七八", "7..8"),
        ("十七八", "17..18"), ("二三十", "20..30"), ("十来", "9..11"), ("三十来", "27..33"), ("不到50", "<50"), ("超过50", ">50"),
        ("至少8", ">=8"), ("50以上", ">=50"), ("50以内", "<=50"), ("不超过50", "<=50"), ("30到40", "30..40"), ("15左右", "13..17"),
        ("大概25", "22..28"), ("under 50", "<50"), ("at least 8", ">=8"), ("at most 8", "<=8"), ("over 20", ">20"),
        ("about 20", "18..22"), ("20-odd", ">20..29"), ("between 30 and 40", "30..40"), ("30-40", "30..40"),
    ],
)  # fmt: skip
def test_people_known_within_limits(said, people):
    """About is a tenth either way, rounded outwards: 15 ± 1.5 is 13 to 17."""
    assert only(said).count == value_of("employees", people)


@pytest.mark.parametrize(
    ("said", "wan"),
    [
        ("二百多万", ">200..<300"), ("几十万", "20..<100"), ("两百来万", "180..220"), ("30-40万", "30..40"), ("五六十万", "50..60"),
        ("上百万", ">=100"), ("300多万", ">300..<400"), ("20万出头", ">20..22"), ("100万不到", "<100"), ("between 3 and 4 million", "300..400"),
        ("800,000", "80"), ("3000块", "0.3"),
    ],
)  # fmt: skip
def test_money_goes_to_ten_thousand_yuan(said, wan):
    assert only(said).wan == value_of("revenue_wan", wan)


@pytest.mark.parametrize("said", ["两百", "300", "2 hundred", "1000美元", "$300k", "20,000 dollars", "4.5%"])
def test_what_may_be_no_money_of_ours_is_not_taken_for_it(said):
    assert all(number.wan is None for number in numbers_in(said))


@pytest.mark.parametrize("said", ["几个人", "several people", "a few staff", "好几个"])
def test_a_number_nobody_knows_stays_unknown(said):
    assert numbers_in(said) == []


@pytest.mark.parametrize(
    ("said", "percent"), [("4.5%", "4.5"), ("百分之七十", "70"), ("3成", "30"), ("5 percent", "5"), ("2个点", "2")]
)
def test_percentages(said, percent):
    number = only(said)
    assert number.percent
    assert number.value == Range.of(Decimal(percent))
    assert number.count is None


def test_numbers_keep_their_places():
    text = "员工12人，营业额300万"
    assert [text[number.start : number.end] for number in numbers_in(text)] == ["12", "300万"]


def test_a_part_of_a_person_is_no_count():
    assert only("2.5").count is None
