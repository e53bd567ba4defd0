"""Names and terms typed wrongly: what is recognised, and what is left alone."""

from __future__ import annotations

import pytest

from assistant.lexicon.typing_errors import TypingErrors
from assistant.rule_files import load_rulebook
from index.documents.corpus import Corpus
from index.settings import ROOT
from index.words import Words


@pytest.fixture(scope="module")
def typing_errors(corpus: Corpus) -> TypingErrors:
    book = load_rulebook(ROOT / "corpus", corpus.documents)
    assert book is not None
    return TypingErrors(Words(), book.names("zh"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("建行云水贷要什么条件", "建行云税贷要什么条件"),
        ("邮储极速袋利律多少", "邮储极速贷利率多少"),
        ("网伤贷能贷多少", "网商贷能贷多少"),
        ("微叶贷怎么申请", "微业贷怎么申请"),
        ("善颖贷和善科贷哪个好", "善营贷和善科贷哪个好"),
        ("创业旦保贷款能贷几年", "创业担保贷款能贷几年"),
        ("政府性融资但保费率", "政府性融资担保费率"),
        ("无还本续带怎么办", "无还本续贷怎么办"),
        ("推荐青单怎么进", "推荐清单怎么进"),
        ("营业执兆刚拿", "营业执照刚拿"),
        ("砚发费用占比", "研发费用占比"),
        ("征信报搞去哪查", "征信报告去哪查"),
        ("专精特欣怎么评", "专精特新怎么评"),
        ("What is the intrest rate of the loan", "What is the interest rate of the loan"),
        ("goverment gurantee for small firms", "government guarantee for small firms"),
        ("Is my shop elligible for the subsidy", "Is my shop eligible for the subsidy"),
    ],
)
def test_a_slip_is_taken_for_the_name_or_term_it_sounds_like(typing_errors, typed, meant):
    assert typing_errors.corrected(typed)[0] == meant


@pytest.mark.parametrize(
    "text",
    [
        "能贷款吗",  # 贷款码 is a programme
        "网上贷可靠吗",  # 网商贷 is a product
        "还要需带什么材料",  # 续贷 sounds the same
        "但保证人要不要签字",  # 担保
        "预期收益怎么算",  # a word of its own, not 逾期
        "每天5块贷1万",
        "手续带齐了",
        "新用工登记",
        "低压设备厂",
        "有新用的设备",
        "in principle the internet bank subsidises manufactured goods",
        "employers and licensed lenders",
    ],
)
def test_other_words_are_left_alone(typing_errors, text):
    assert typing_errors.corrected(text) == (text, ())


def test_nothing_in_the_corpus_is_taken_for_a_slip(typing_errors, corpus):
    found = {slip for document in corpus.documents for clause in document.clauses
             for slip in typing_errors.corrected(clause.text)[1]}  # fmt: skip
    assert found == set()


def test_the_answer_says_how_a_slip_was_read(ask):
    answer = ask("建行云水贷要什么条件")
    assert any("云水贷" in notice and "云税贷" in notice for notice in answer.notices)
    assert answer.question == "建行云水贷要什么条件"
    assert "ccb-yunshuidai" in {citation.document_id for citation in answer.citations}
