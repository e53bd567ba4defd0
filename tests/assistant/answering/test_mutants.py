"""Correct answers made wrong by one digit, date, unit, bound, party, name, negation, limit or number: each is caught."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from mutations import mutants
from today import TODAY

from assistant.answering.grounding import objection
from assistant.evaluation.cases import read_cases
from assistant.types import Answer, Claim, ClaimKind, Question
from assistant.wiring import Assistant
from index.settings import ROOT

# Answers worked out at every desk, where the words are ours.
WORKED_OUT = [
    "开旅馆的，8个人，一年做150万，能申请什么贷款",
    "我公司60人，年营收3000万，做软件的，资产500万，是小微企业吗",
    "我开饭店的，去年营业额90万，6个人，算什么规模",
    "贷款300万，年利率3.45%，1年，每个月还多少",
    "贷200万做餐饮，能拿多少贴息，贷2年",
    "我有一笔300万流动资金贷款2026年12月20日到期，小型企业，正常经营，能续贷吗",
    "中型企业流贷2027年9月20日到期，能续贷吗",
    "中型企业流贷2027年10月15日到期，能续贷吗",
    "贷款逾期了，公司60人，制造业，贷款2026年11月1日到期，怎么续",
    "个体户开餐馆，5个人，想贷20万创业担保贷款，行吗，今年新招2个人",
    "我们是科技型中小企业，30人，想要信用贷500万",
    "We are a 12-person restaurant in Hangzhou with 2 million yuan a year. What can we apply for?",
    "Our software firm has 60 staff and 30 million yuan revenue, is it small?",
    "I borrow 2 million yuan for 2 years for a restaurant, how much subsidy do I get",
    "loan of 3 million yuan at 3.45% for 12 months, how much do I repay each month",
    "My working capital loan of 3 million yuan falls due on 20 December 2026, small firm, can I renew it?",
]


@pytest.fixture(scope="module")
def claims(assistant: Assistant, ask: Callable[..., Answer]) -> list[Claim]:
    """Every claim shown over the cases of its kind, each once; all of them hold as they are."""
    answers = [ask(question) for question in WORKED_OUT]
    for case in read_cases(ROOT / "tests/cases/main.jsonl")[::2]:
        answers.append(assistant.answer(Question(case.question, case.as_of or TODAY, tuple(case.context))))
    found = {(c.text, c.passages, c.given): c for answer in answers for c, _ in answer.claims}
    return list(found.values())


def test_claims_hold_as_they_are_shown(claims):
    assert [(claim.text, reason) for claim in claims if (reason := objection(claim))] == []


# What code composes; words of our own on clauses, as a model gives them, are changed in test_paraphrase.py.
@pytest.mark.parametrize("kind", [ClaimKind.QUOTED, ClaimKind.COMPUTED])
def test_every_mutant_is_caught(claims, kind):
    survivors, tried = [], Counter()
    for claim in claims:
        if claim.kind is kind:
            for mutant in mutants(claim.text):
                tried[mutant.change] += 1
                if objection(replace(claim, text=mutant.text)) is None:
                    survivors.append((mutant.change, claim.text, mutant.text))
    assert survivors == []
    enough = {ClaimKind.QUOTED: 2000, ClaimKind.COMPUTED: 800}
    assert sum(tried.values()) >= enough[kind], tried
    if kind is ClaimKind.COMPUTED:
        assert set(tried) >= {"digit", "date", "unit", "bound", "party", "name", "negation", "limit"}


def test_answers_of_a_lapsed_rule_hold_on_the_day_it_was_in_force(ask):
    answer = ask("个人创业担保贷款最高多少", on=date(2022, 6, 1))
    assert answer.claims
    assert not answer.dropped
