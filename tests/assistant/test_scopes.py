"""Whom and what a text is narrowed to, and clauses about something else."""

from __future__ import annotations

import pytest

from assistant.lexicon.scopes import beside_the_question, scopes_in
from index.types import Language


def misses(heading: str, question: str, language: Language = Language.ZH) -> int:
    return beside_the_question(scopes_in(heading, language), scopes_in(question, language))


@pytest.mark.parametrize(
    ("text", "group", "scopes"),
    [
        ("中型企业", "size", {"medium"}),
        ("大型和小微企业", "size", {"large", "small"}),
        ("个人额度", "borrower", {"person"}),
        ("小微企业额度", "borrower", {"firm"}),
        ("流贷", "loan", {"working"}),
        ("设备更新贷款", "loan", {"fixed"}),
        ("个人消费贷款", "loan", {"consumer"}),
        ("纯信用", "security", {"none"}),
        ("房产抵押", "security", {"collateral"}),
        ("旧规", "time", {"old"}),
        ("容易弄错的说法", "caution", {"mistake"}),
    ],
)
def test_a_text_is_narrowed_by_its_words(text, group, scopes):
    assert scopes_in(text, Language.ZH)[group] == scopes


def test_groups_not_spoken_of_are_left_out():
    assert set(scopes_in("中型公司", Language.ZH)) == {"size", "borrower"}
    assert scopes_in("贴息比例", Language.ZH) == {}


def test_english_words_narrow_too():
    assert scopes_in("Medium-sized firms", Language.EN)["size"] == {"medium"}
    assert scopes_in("Working-capital loans", Language.EN)["loan"] == {"working"}


def test_a_clause_about_persons_is_beside_a_question_about_firms():
    assert misses("个人额度", "企业能贷多少") == 1
    assert misses("小微企业额度", "小微企业能贷多少") == 0


def test_a_clause_about_both_is_beside_neither():
    assert misses("个人和企业的额度", "个人最高多少") == 0
    assert misses("个人和企业的额度", "企业最高多少") == 0


def test_a_clause_that_is_not_narrowed_is_never_beside_the_question():
    assert misses("额度", "中型企业设备贷款以前的额度") == 0


@pytest.mark.parametrize("heading", ["中型企业", "大型企业", "个人消费贷款", "旧规的比例", "容易弄错的说法"])
def test_a_special_case_is_beside_a_question_that_does_not_speak_of_it(heading):
    assert misses(heading, "贴息比例") >= 1


@pytest.mark.parametrize("heading", ["小微企业额度", "个人额度", "流动资金贷款", "房产抵押"])
def test_an_ordinary_case_is_not(heading):
    assert misses(heading, "贴息比例") == 0


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        ("旧规的比例", "以前的比例是多少"),
        ("容易弄错的说法", "网上说利率3.1%对吗"),
        ("中型企业能续贷吗", "中型的行不行"),
    ],
)
def test_a_special_case_answers_the_question_that_speaks_of_it(heading, question):
    assert misses(heading, question) == 0


def test_each_group_counts_once():
    # medium against small, person against firm, and old although nobody asked about the past
    assert misses("个人和中型旧规", "小微公司") == 3
