"""What language a question is in, and what kind of thing it wants to know."""

from __future__ import annotations

import pytest
from today import TODAY

from assistant.lexicon.kinds import kind_patterns, kinds_of, without_asking
from assistant.types import Asked, Question
from assistant.understanding.query import language_of_question
from index.types import Language


def language_of(text: str, *context: str, told: Language | None = None) -> Language:
    return language_of_question(Question(text, TODAY, context, None, told))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("创业担保贷款最高多少", Language.ZH),
        ("How do I renew a loan?", Language.EN),
        ("LPR现在是多少", Language.ZH),
        ("What does 金规〔2024〕13号 say?", Language.EN),
        ("我想问一下 start-up loan 怎么申请", Language.ZH),
    ],
)
def test_the_answer_comes_in_the_language_of_the_question(text, language):
    assert language_of(text) is language


def test_a_turn_without_letters_takes_the_language_of_the_conversation():
    assert language_of("300?", "How much can I borrow?") is Language.EN
    assert language_of("300？", "能贷多少") is Language.ZH


def test_the_latest_turn_that_tells_decides():
    assert language_of("???", "能贷多少", "How much?") is Language.EN


def test_chinese_where_nothing_tells():
    assert language_of("12345") is Language.ZH


def test_a_language_that_was_set_wins():
    assert language_of("能贷多少", told=Language.EN) is Language.EN


ONE_OF_EACH = [
    (Asked.REFERENCE, "这是哪个文件规定的", "Which document says so?"),
    (Asked.COMPARISON, "续贷和展期有什么区别", "What is the difference between renewal and extension?"),
    (Asked.RENEWAL, "贷款到期还不上", "My loan falls due and I cannot repay"),
    (Asked.MATERIALS, "申请要带哪些材料", "What documents do I need?"),
    (Asked.WHERE, "创业担保贷款去哪里办", "Where is the office?"),
    (Asked.PROCEDURE, "创业担保贷款怎么申请", "How do I apply for a start-up guarantee loan?"),
    (Asked.RATE, "创业担保贷款利率", "the interest rate of the loan"),
    (Asked.AMOUNT, "最高能贷多少", "How much money at most?"),
    (Asked.DATE, "政策什么时候截止", "When does the policy expire?"),
    (Asked.TERM, "最长几年", "How long is the loan?"),
    (Asked.CONDITION, "申请条件", "Who is eligible?"),
    (Asked.FIGURE, "普惠小微贷款余额", "How many firms were visited?"),
    (Asked.DEFINITION, "何为首贷户", "Explain first-time borrowers"),
    (Asked.CONSEQUENCE, "挪用贷款的后果", "What happens if loan money is misused?"),
    (Asked.REASON, "为什么要建立机制", "Why was the mechanism set up?"),
    (Asked.CAN_I, "个体户能不能申请", "Can a sole proprietor get one?"),
]


@pytest.mark.parametrize(("asked", "zh", "en"), ONE_OF_EACH, ids=lambda value: str(value)[:20])
def test_each_kind_is_told_first_in_both_languages(asked, zh, en):
    assert kinds_of(zh, Language.ZH)[0] is asked
    assert kinds_of(en, Language.EN)[0] is asked


def test_every_kind_but_topic_has_patterns_and_a_case_above():
    assert set(kind_patterns()) == set(Asked) - {Asked.TOPIC} == {asked for asked, _, _ in ONE_OF_EACH}


@pytest.mark.parametrize(
    ("text", "language", "asked"),
    [
        ("创业担保贷款能贷多少、利率多少、找谁办", Language.ZH, {Asked.AMOUNT, Asked.RATE, Asked.WHERE}),
        ("贴息贴多少、最长几年", Language.ZH, {Asked.RATE, Asked.TERM}),
        ("需要什么条件和材料", Language.ZH, {Asked.CONDITION, Asked.MATERIALS}),
        (
            "How much can I borrow, at what rate, and where do I apply?",
            Language.EN,
            {Asked.AMOUNT, Asked.RATE, Asked.WHERE},
        ),
        ("What papers do I need and how long does it take?", Language.EN, {Asked.MATERIALS, Asked.TERM}),
    ],
)
def test_several_kinds_at_once_are_all_told(text, language, asked):
    assert asked <= set(kinds_of(text, language))


@pytest.mark.parametrize(
    ("text", "language"),
    [("小微企业融资", Language.ZH), ("financing for small business", Language.EN), ("", Language.ZH)],
)
def test_a_question_of_no_kind_is_of_its_topic_and_of_nothing_else(text, language):
    assert kinds_of(text, language) == (Asked.TOPIC,)


def test_topic_never_stands_beside_another_kind(understood):
    assert understood("那企业呢", "个人创业担保贷款最高多少").asked == (Asked.AMOUNT,)
    assert understood("and for companies?", "What is the maximum start-up guarantee loan?").asked[0] is Asked.AMOUNT


def test_what_remains_without_the_asking_is_the_subject():
    assert "创业担保贷款" in without_asking("创业担保贷款最高能贷多少", Language.ZH)
    assert "多少" not in without_asking("创业担保贷款最高能贷多少", Language.ZH).replace(" ", "")


@pytest.mark.parametrize(
    "text", ["能贷多少", "那个政策到期没有", "怎么申请", "how much can I borrow", "what are the requirements"]
)
def test_a_question_about_nothing_in_particular_has_no_subject(understood, text):
    assert not understood(text).has_subject


@pytest.mark.parametrize(
    "text", ["创业担保贷款能贷多少", "续贷怎么申请", "how much is the start-up guarantee loan", "LPR"]
)
def test_a_question_about_something_has_a_subject(understood, text):
    assert understood(text).has_subject
