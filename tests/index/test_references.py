"""Documents and clauses that a question names by number."""

from __future__ import annotations

import pytest

from index.references import Reference, chinese_number, clause_number, named_clause, names_a_document_number, references
from index.types import Clause, Document, Kind, Language


def document(id: str, number: str | None, *others: str, text: str = "正文。") -> Document:
    clause = Clause("1", "一", "标题", text)
    return Document(id, Language.ZH, Kind.NOTICE, id, id, (clause,), document_number=number, other_numbers=others)


DOCUMENTS = [
    document("renewal", "金规〔2024〕13号", text="银监发〔2014〕36号已经废止。"),
    document("subsidy", "财金〔2026〕4号"),
    document("exemption", "金规〔2024〕11号"),
    document("reward", "银发〔2025〕4号"),
    document("tax", "财政部 税务总局公告2023年第13号", "财政部 税务总局公告2023年第16号"),
    document("payment", "国令第802号"),
    document("guide", None),
]


def named(query: str) -> list[str]:
    return [reference.document_id for reference in references(query, DOCUMENTS)]


@pytest.mark.parametrize(
    "query",
    ["财金〔2026〕4号", "财金[2026]4号", "财金［2026］4号", "财金【2026】4号", "财金(2026)4号", "财金（2026）4号",
     "财金（２０２６）４号",
     "财金〔2026〕 4 号", "财金2026年4号", "财金2026年第4号", "请问财金〔2026〕4号的贴息比例",
     "What does 财金〔2026〕4号 say?"],
)  # fmt: skip
def test_a_full_number_names_one_document_in_any_brackets(query):
    assert named(query) == ["subsidy"]


def test_a_short_number_with_its_clause():
    assert references("13号文第三条", DOCUMENTS) == [Reference("renewal", 3)]
    assert references("金规(2024)13号第三条怎么说", DOCUMENTS) == [Reference("renewal", 3)]


def test_a_short_number_is_of_the_kind_that_is_named():
    assert named("13号文讲了什么") == ["renewal"]  # a 文 has its year in brackets
    assert named("13号公告讲了什么") == ["tax"]
    assert named("16号公告") == ["tax"]
    assert named("802号令") == ["payment"]


def test_a_short_number_names_all_that_carry_it_unless_the_issuer_is_given():
    assert named("4号文") == ["subsidy", "reward"]
    assert named("财金4号文") == ["subsidy"]
    assert named("银发4号文") == ["reward"]
    assert named("document No. 13") == ["renewal", "tax"]


def test_a_number_is_not_found_within_a_longer_one():
    assert named("3号文") == []
    assert named("金规〔2024〕1号") == []


@pytest.mark.parametrize("query", ["金规〔2099〕99号", "财金〔2025〕4号", "99号文", "announcement No. 99"])
def test_an_unknown_number_names_nothing_but_is_seen_to_be_one(query):
    assert named(query) == []
    assert names_a_document_number(query)


def test_a_number_that_only_a_clause_mentions_names_that_clause():
    assert references("银监发〔2014〕36号还有效吗", DOCUMENTS) == [Reference("renewal", None, clause_id="1")]


def test_a_clause_gathered_from_another_document_is_named_by_its_number_only_where_that_document_is_not_held():
    subsidy, other = (
        Clause(id, "一", "标题", "正文。", document_number=n)
        for id, n in (("s", "财金〔2026〕4号"), ("o", "发改〔2020〕7号"))
    )
    gathering = Document("gathering", Language.ZH, Kind.GUIDE, "汇编", "汇编", (subsidy, other))
    assert references("财金〔2026〕4号第一条", [gathering, *DOCUMENTS]) == [Reference("subsidy", 1)]
    assert references("发改〔2020〕7号第一条", [gathering, *DOCUMENTS]) == [Reference("gathering", None, clause_id="o")]


@pytest.mark.parametrize("query", ["贷款利率是多少", "12号线附近的银行", "What is renewal?", "300万元", ""])
def test_a_question_without_a_number_names_nothing(query):
    assert references(query, DOCUMENTS) == []
    assert not names_a_document_number(query)


@pytest.mark.parametrize(
    ("query", "number"),
    [("第三条", 3), ("第10条", 10), ("第十条", 10), ("第二十一条", 21), ("第五十三条", 53), ("第一百零二条", 102),
     ("第二部分", 2),
     ("Article 10", 10), ("what does article 12 say", 12), ("Section 3 of the notice", 3), ("第１０条", 10),
      ("三条建议", None), ("articles", None)],
)  # fmt: skip
def test_the_clause_a_question_names(query, number):
    assert named_clause(query) == number


@pytest.mark.parametrize(
    ("printed", "number"),
    [("第十条", 10), ("二", 2), ("二（一）", 2), ("三、", 3), ("Article 10", 10), ("Section 2(1)", 2), ("定义", None),
     ("行业1", None),
     ("Definition", None)],
)  # fmt: skip
def test_the_number_of_a_clause_as_printed(printed, number):
    assert clause_number(Clause("x", printed, "", "")) == number


@pytest.mark.parametrize(
    ("numeral", "value"), [("十", 10), ("十一", 11), ("二十", 20), ("一百一十", 110), ("7", 7), ("零", 0), ("几", None)]
)
def test_chinese_numerals_below_a_thousand(numeral, value):
    assert chinese_number(numeral) == value
