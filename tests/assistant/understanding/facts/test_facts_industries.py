"""Everyday words for lines of business, and what follows from them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from assistant.profile import Choice, Several
from assistant.understanding.facts import industry as module
from assistant.understanding.facts.industry import industry_of, trades_in

ROOT = Path(__file__).parents[4]
FACTS = yaml.safe_load((ROOT / "corpus/rules/facts.yaml").read_text(encoding="utf-8"))
WORDS = yaml.safe_load(Path(module.__file__).with_name("industries.yaml").read_text(encoding="utf-8"))["words"]


def read(text):
    return {item.fact: item for item in industry_of(text, text, 0)}


@pytest.mark.parametrize(
    ("said", "industry", "section"),
    [
        ("开饭店的", "10", "H"), ("酒店", "9", "H"), ("民宿", "9", "H"), ("服装店", "5", "F"), ("服装厂", "2", "C"), ("服装批发", "4", "F"),
        ("餐饮批发", "4", "F"), ("饭店用品店", "5", "F"), ("软件外包", "12", "I"), ("饼干厂", "2", "C"), ("装修公司", "3", "E"), ("车队", "6", "G"),
        ("快递站", "8", "G"), ("冷库", "7", "G"), ("电商平台", "11", "I"), ("物业", "14", "K"), ("广告公司", "15", "L"), ("理发店", "16", "O"),
        ("健身房", "16", "R"), ("养老院", "16", "Q"), ("旅行社", "15", "L"), ("培训机构", "none", "P"), ("诊所", "none", "Q"),
        ("小贷公司", "none", "J"), ("养猪场", "1", "A"), ("大米加工厂", "2", "C"), ("房地产开发", "13", "K"), ("煤矿", "2", "B"),
        ("restaurant", "10", "H"), ("two restaurants", "10", "H"), ("wholesale of clothes", "4", "F"), ("bakeries", "5", "F"), ("a gym", "16", "R"),
        ("barber", "16", "O"), ("trucking", "6", "G"),
    ],
)  # fmt: skip
def test_everyday_words(said, industry, section):
    found = read(said)
    assert found["industry"].value == Choice.of(industry)
    assert found["section"].value == Choice.of(section)
    assert found["section"].inferred
    assert found["section"].said == found["industry"].said


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ("家政公司", {"housekeeping"}), ("健身房", {"sports"}), ("KTV", {"culture"}), ("养老院", {"elderly_care"}), ("托育园", {"childcare"}),
        ("旅行社", {"tourism"}), ("酒吧", {"catering_lodging", "bars"}), ("超市", {"retail"}), ("果园", {"agriculture"}),
        ("农产品加工", {"agriculture"}), ("物流公司", {"producer_services"}), ("直播平台", {"digital"}),
    ],
)  # fmt: skip
def test_policy_fields_follow_from_the_line_of_business(said, fields):
    found = read(said)["fields"]
    assert found.value == Several(frozenset(fields))
    assert found.inferred


def test_two_lines_of_business_leave_a_choice_and_nothing_more():
    found = read("又开餐馆又搞批发")
    assert found.keys() == {"industry"}
    assert found["industry"].value == Choice.of("10", "4")


def test_a_word_of_two_industries_leaves_a_choice():
    assert read("贸易公司")["industry"].value == Choice.of("4", "5")


def test_a_clear_word_settles_an_unclear_one():
    assert read("贸易公司，做批发的")["industry"].value == Choice.of("4")


@pytest.mark.parametrize(
    "said",
    ["给超市供货", "隔壁饭店", "不是餐馆", "工商银行", "厂房", "学校毕业", "we supply restaurants", "the barrier", "sole trader", "餐饮发票"],
)  # fmt: skip
def test_other_peoples_business_and_longer_words_are_none(said):
    assert trades_in(said) == []


def test_there_are_words_enough():
    assert len({word for line in WORDS for word in line.get("zh", [])}) >= 250
    assert len({word for line in WORDS for word in line.get("en", [])}) >= 120


def test_no_word_stands_twice():
    words = [word.casefold() for line in WORDS for word in {*line.get("zh", []), *line.get("en", [])}]
    assert [word for word in set(words) if words.count(word) > 1 and word != "ktv"] == []


def test_what_follows_from_a_word_are_choices_of_the_facts():
    for line in WORDS:
        assert set(line["industry"]) <= FACTS["industry"]["choices"].keys()
        assert line.get("section", "A") in FACTS["section"]["choices"]
        assert set(line.get("fields", [])) <= FACTS["fields"]["choices"].keys()
