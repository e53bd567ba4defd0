"""Which document, which article: the first sentence says so, and never puts one document's title to another's number."""

from __future__ import annotations

import pytest

from assistant.answering.basis import source_named
from assistant.answering.grounding import objection
from index.text import normalise
from index.types import Language, Passage


def passage_of(corpus, document_id: str, clause_id: str, language: Language = Language.ZH) -> Passage:
    document = next(d for d in corpus.documents if d.id == document_id and d.language is language)
    position = next(n for n, clause in enumerate(document.clauses) if clause.id == clause_id)
    return passage_at(document, position)


def passage_at(document, position: int) -> Passage:
    clause = document.clauses[position]
    return Passage(
        f"{document.id}#{clause.id}", document.id, clause.id, document.language, clause.reference, clause.heading,
        clause.text, (0, len(clause.text)), position, document,
    )  # fmt: skip


def first(answer) -> str:
    return answer.claims[0][0].text


@pytest.mark.parametrize(
    ("question", "number", "article"),
    [
        ("机关单位三十天内必须付款，这是支付条例第几条写的", "国务院令第802号", "第九条"),
        ("个体户能转成企业不，条例哪条讲的", "国务院令第755号", "第十三条"),
        ("应收账款确权是哪部条例规定的", "《保障中小企业款项支付条例》", "第十六条"),
        ("小微续贷不下调风险分类，文件里哪一条说的", "金规〔2024〕13号", "的“三”部分"),
        ("Under the SME Promotion Law can I pledge stock? Which article?", "主席令第七十四号", "Article 19"),
        ("How many free credit reports a year do I get, and which article says so?", "国务院令第631号", "Article 17"),
        ("What law reserves a share of government purchasing for SMEs?", "主席令第七十四号", "Article 40"),
    ],
)
def test_the_first_sentence_names_document_number_and_article(ask, question, number, article):
    answer = ask(question)
    assert str(answer.outcome) == "answered"
    assert number in first(answer)
    assert article in first(answer)
    assert not answer.dropped


@pytest.mark.parametrize(
    "question", ["which documents do I need for a start-up guarantee loan", "创业担保贷款要符合哪条件"]
)
def test_papers_and_conditions_are_no_legal_basis(ask, question):
    assert not first(ask(question)).startswith(("依据是", "The basis is"))


def test_a_question_with_facts_that_asks_for_the_section_is_looked_up(ask):
    answer = ask("May medium-sized firms renew, and which section of the notice covers it?")
    assert answer.assessment is None
    assert first(answer).startswith("The basis is")


@pytest.mark.parametrize(
    ("document_id", "clause_id", "language", "told"),
    [
        # The clause names the law and its article.
        ("trade-support", "law", Language.ZH, "依据是《中小企业促进法》（主席令第七十四号（2017））第四十一条。"),
        ("enterprise-size", "data-payment", Language.ZH,
         "依据是《保障中小企业款项支付条例》（国务院令第802号）第三条和第二十九条。"),
        # It names no title: number and article alone.
        ("tax-2023-13-16-18", "18-1", Language.ZH, "依据是财政部 税务总局公告2023年第18号第一条。"),
        ("trade-support", "law", Language.EN, "The basis is 主席令第七十四号（2017）, Article 41."),
        ("hunan-shaoyang-fenghuang", "shaoyang-1", Language.ZH, "依据是邵市发改财信〔2024〕252号的“一（一）”部分。"),
        # The reference itself names the law.
        ("loan-basics", "criminal-law-175-1", Language.ZH, "依据是刑法第一百七十五条之一。"),
    ],
)  # fmt: skip
def test_a_clause_of_another_document_is_named_by_that_document(corpus, document_id, clause_id, language, told):
    assert source_named(passage_of(corpus, document_id, clause_id, language)).text == told


def test_no_title_of_ours_stands_beside_the_number_of_another_document(corpus):
    joined = 0
    for document in corpus.documents:
        for position, clause in enumerate(document.clauses):
            own = clause.document_number
            if own and normalise(own) != normalise(document.document_number or ""):
                assert document.title not in source_named(passage_at(document, position)).text
                joined += 1
    assert joined > 80


def test_what_is_named_holds_for_every_clause(corpus):
    named = [
        source_named(passage_at(document, position))
        for document in corpus.documents
        for position in range(len(document.clauses))
    ]
    assert len(named) > 2000
    assert [(claim.text, reason) for claim in named if (reason := objection(claim))] == []
