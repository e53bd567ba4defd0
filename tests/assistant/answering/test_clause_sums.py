"""Sums of which a clause gives the rate or the formula: worked out where the question gives the amounts, and only then."""

from __future__ import annotations

import re

import pytest

from assistant.rule_files import load_rulebook
from assistant.types import ClaimKind
from assistant.understanding.sums import sum_asked
from index.settings import ROOT
from index.types import Language

ZH, EN = Language


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        # 500,000 × 0.0005 × 100 = 25,000
        ("货款50万合同里没写利息，对方单位拖了100天，能要多少逾期利息", "50万元 × 0.05% × 100天 = 2.5万元"),
        # 1,200,000 × 0.0005 × 45 = 27,000
        ("甲方欠我们工程款120万元，逾期45天，逾期利息怎么算", "120万元 × 0.05% × 45天 = 2.7万元"),
        # 860,000 × 0.0005 × 30 = 12,900
        ("国企拖欠货款86万，晚付30天，利息算多少", "86万元 × 0.05% × 30天 = 1.29万元"),
        # 840,000 ÷ 7 × 12 = 1,440,000
        ("我们开业7个月收入84万，折算成一年是多少", "84万元 ÷ 7 × 12 = 144万元"),
        # 1,000,000 ÷ 3 × 12 = 4,000,000
        ("公司注册3个月，营业收入100万，折合12个月多少", "100万元 ÷ 3 × 12 = 400万元"),
        # 800,000 × 0.0005 × 60 = 24,000
        (
            "A state hospital has owed us 800,000 yuan for 60 days. How much late interest can we claim?",
            "800,000 yuan × 0.05% × 60 days = 24,000 yuan",
        ),
        # 500,000 ÷ 4 × 12 = 1,500,000
        (
            "Revenue in the 4 months since opening is 500,000 yuan; how is it converted to a year?",
            "500,000 yuan ÷ 4 × 12 = 1.5 million yuan",
        ),
    ],
)
def test_the_sum_is_worked_out_and_rests_on_the_clause(ask, text, shown):
    answer = ask(text)
    claim, marks = answer.claims[0]
    assert shown in claim.text
    assert claim.kind is ClaimKind.COMPUTED
    assert shown in answer.text.split("\n")[0]
    (mark,) = marks
    cited = answer.citations[mark - 1]
    assert f"{cited.document_id}#{cited.clause_id}" in {"reg-sme-payment-2025#17", "tax-2023-13-16-18#13-3"}


@pytest.mark.parametrize(
    "text",
    [
        "大企业拖欠中小企业货款要付多少利息",  # no amounts
        "某公司欠货款30万拖了8个月，利息多少",  # months have no certain number of days
        "货款20万到50万，拖了30天，利息多少",  # no certain amount
        "欠了两笔货款，20万和50万，拖了30天，利息多少",  # two amounts
        "银行贷款50万逾期100天，罚息多少",  # a loan, not a debt to a supplier
        "欠货款50万，合同约定日息0.03%，拖了100天，利息多少",  # agreed otherwise
        "开业14个月收入84万，折算成一年是多少",  # older than a year
        "LPR一年期是多少，5年期呢",
    ],
)
def test_nothing_is_worked_out_from_what_is_missing_or_meant_otherwise(ask, text):
    assert not re.search(r"[×÷].* = ", ask(text).text)


def test_the_amounts_are_those_of_the_question():
    asked = sum_asked("货款50万，拖了100天，逾期利息多少", ZH)
    assert asked is not None
    assert (asked.id, asked.yuan, asked.days, asked.months) == ("late-payment", 500_000, 100, None)
    assert sum_asked("What documents do I need for a loan?", EN) is None


def test_every_sum_that_can_be_asked_for_has_a_rule_and_a_text(corpus):
    book = load_rulebook(ROOT / "corpus", corpus.documents)
    assert set(book.sums) == {"late-payment", "young-revenue"}
    assert not {(rule.clause, rule.quote.zh) for rule in book.sums.values()} & book.stale
