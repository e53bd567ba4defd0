"""The patterns are those of the facts there are, and a turn is read quickly, in doubt not at all."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
import yaml

from assistant.profile import Range, Several
from assistant.understanding.facts import answers, conversation
from assistant.understanding.facts.banks import ACCOUNTS
from assistant.understanding.facts.phrases import phrasings
from assistant.understanding.facts.reader import read_facts
from index.types import Language

ROOT = Path(__file__).parents[4]
FACTS = yaml.safe_load((ROOT / "corpus/rules/facts.yaml").read_text(encoding="utf-8"))
AS_OF = date(2026, 11, 23)
KINDS = {
    "count": "number", "money": "number", "percent": "number", "span": "number", "age": "number", "date": "date", "flag": "flag",
    "choice": "choice", "several": "several", "bank": "name", "banks": "several",
}  # fmt: skip
UNITS = {
    "count": {"people", "times", "years"},
    "money": {"wan"},
    "percent": {"percent"},
    "span": {"months"},
    "age": {"months"},
}
ELSEWHERE = {"industry", "section", "fields", "region"}  # read by industry.py and place.py


def by_fact(text, language=Language.ZH, expected=None):
    return {item.fact: item for item in read_facts(text, language, AS_OF, expected=expected)[0]}


@pytest.mark.parametrize("phrasing", phrasings()[0], ids=lambda phrasing: phrasing.fact)
def test_every_phrase_reads_a_fact_there_is_as_its_kind(phrasing):
    fact = FACTS[phrasing.fact]
    assert KINDS[phrasing.entry.reads] == fact["kind"]
    assert fact.get("unit") in UNITS.get(phrasing.entry.reads, {None})


def test_every_fact_can_be_read_or_at_least_answered():
    assert FACTS.keys() - {phrasing.fact for phrasing in phrasings()[0]} == ELSEWHERE


@pytest.mark.parametrize(
    "phrasing", [p for p in phrasings()[0] if p.entry.reads in ("choice", "several")], ids=lambda p: p.fact
)
def test_choices_are_those_of_the_fact(phrasing):
    named = {one for choice in phrasing.entry.choices for one in choice.split("+")}
    assert named <= FACTS[phrasing.fact]["choices"].keys()


@pytest.mark.parametrize("fact", ["collateral", "qualifications", "loan_data"])
def test_who_has_none_of_them_lacks_all_there_are(fact):
    value = by_fact("都没有", expected=fact)[fact].value
    assert value.lacks == FACTS[fact]["choices"].keys() - ({"guarantor"} if fact == "collateral" else set())


def test_words_of_bare_answers_are_choices_of_the_fact():
    for fact, choices in answers._answers().choices.items():
        assert {one for choice in choices for one in choice.split("+")} <= FACTS[fact]["choices"].keys()


def test_the_banks_of_accounts_are_those_of_the_fact():
    assert set(ACCOUNTS.values()) == FACTS["bank_account"]["choices"].keys()


def test_changes_of_a_number_are_those_of_facts():
    assert {*conversation._cues().more, *conversation._cues().fewer} <= FACTS.keys()


def test_no_security_at_all_lacks_all_but_a_guarantor():
    value = by_fact("没有抵押物")["collateral"].value
    assert value == Several(lacks=frozenset(FACTS["collateral"]["choices"]) - {"guarantor"})


def test_a_bare_answer_counts_only_for_what_was_asked():
    assert by_fact("12") == {}
    assert by_fact("12", expected="employees")["employees"].value == Range.of(12)
    assert by_fact("没有") == {}
    assert by_fact("没有", expected="tax_arrears")["tax_arrears"].value is False


def test_money_without_a_unit_stays_unknown_even_when_asked_for():
    assert by_fact("两百", expected="revenue_wan") == {}


def test_a_question_is_no_answer():
    assert by_fact("什么叫应收账款", expected="collateral") == {}
    assert by_fact("有没有不用抵押的", expected="collateral") == {}


@pytest.mark.parametrize("text", ["有没有欠税", "是否逾期", "没逾期", "不欠税", "no overdue loans", "never late"])
def test_negations_and_questions_never_become_their_opposite(text):
    assert all(item.value is not True for item in by_fact(text).values())


@pytest.mark.parametrize("text", ["", "   ", "？？？", "\u200b", "人" * 3000, "1" * 500, "一" * 2000, "12个人，" * 300])
def test_any_text_can_be_read(text):
    read_facts(text, Language.ZH, AS_OF)


def test_full_width_figures_are_figures():
    assert by_fact("员工１２人")["employees"].value == Range.of(12)


def test_a_turn_is_read_in_a_few_milliseconds():
    turn = "我在大庆开了个小餐馆，员工8个人，年流水一百二十万，想贷50万装修，在建行有笔80万的贷款12月20号到期，没逾期"
    read_facts(turn, Language.ZH, AS_OF)
    begun = time.perf_counter()
    for _ in range(20):
        read_facts(turn, Language.ZH, AS_OF)
    assert (time.perf_counter() - begun) / 20 < 0.05  # 5 ms on an idle machine; ten times that on a busy one
