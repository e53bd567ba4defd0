"""What belongs with a document, from documents written for it and from the shipped corpus."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from policy_samples import clause, digest

from assistant.eligibility.rulebook import Rulebook
from assistant.reference.family import Tie, comparable, relatives
from assistant.reference.mentions import mentions, names, shortest, unheld
from assistant.reference.resting import resting_on
from assistant.reference.status import Status
from assistant.rule_files import load_rulebook
from index.documents.corpus import Corpus
from index.types import Language, Period

DAY = date(2026, 11, 28)
OLDEST = digest(id="a", title="甲", short_title="甲", document_number="金发〔2016〕1号", issued=date(2016, 1, 5),
                period=Period(expires=date(2020, 3, 31)))  # fmt: skip
OLDER = digest(id="b", title="乙", short_title="乙", document_number="金发〔2020〕2号", issued=date(2020, 4, 1),
               supersedes=("金发[2016]1号",), superseded_by=("c",), period=Period(repealed=date(2024, 1, 1)))  # fmt: skip
NEW = digest(id="c", title="丙", short_title="丙", document_number="金发〔2024〕3号", issued=date(2024, 1, 1),
             supersedes=("银监发〔2012〕9号",))  # fmt: skip
FAMILY = [OLDEST, OLDER, NEW]


@pytest.fixture(scope="module")
def book(corpus: Corpus) -> Rulebook:
    found = load_rulebook(Path(__file__).parents[3] / "corpus", corpus.documents)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def shipped(corpus: Corpus):
    documents = [one for one in corpus.documents if one.language is Language.ZH]
    return {one.id: one for one in documents}, documents


def told(found):
    return [(one.name, [(str(bond.tie), bond.steps) for bond in one.bonds], one.status) for one in found]


def test_predecessors_over_several_steps_told_from_either_side():
    assert told(relatives(NEW, FAMILY, None, DAY)) == [
        ("银监发〔2012〕9号", [("predecessor", 1)], None),  # not held: by its name alone
        ("甲", [("predecessor", 2)], Status.LAPSED),
        ("乙", [("predecessor", 1)], Status.LAPSED),
    ]


def test_successors_over_several_steps():
    assert told(relatives(OLDEST, FAMILY, None, DAY)) == [
        ("乙", [("successor", 1)], Status.LAPSED),
        ("丙", [("successor", 2)], Status.IN_FORCE),
    ]
    assert [one.status for one in relatives(OLDEST, FAMILY, None, date(2021, 1, 1))] == [Status.IN_FORCE, Status.IN_FORCE]


def test_a_chain_that_comes_back_to_itself_ends():
    loop = [digest(id=id, document_number=f"金发〔2020〕{n}号", superseded_by=by)
            for n, (id, by) in enumerate({"x": ("y",), "y": ("z",), "z": ("y", "金发〔2020〕0号")}.items())]  # fmt: skip
    found = relatives(loop[0], loop, None, DAY)
    assert [(one.document.id, [(bond.tie, bond.steps) for bond in one.bonds]) for one in found] == [
        ("z", [(Tie.PREDECESSOR, 1), (Tie.SUCCESSOR, 2)]),
        ("y", [(Tie.PREDECESSOR, 2), (Tie.SUCCESSOR, 1)]),
    ]


def test_who_names_whom_with_the_clauses():
    speaking = digest(
        clause("1", "按金发〔2024〕3号办理，并执行财金〔2026〕4号。"), clause("2", "另见《甲》。"), clause("3", "没有提到别的。"),
        id="s", document_number="银发〔2025〕7号", issued=date(2025, 1, 1),
    )  # fmt: skip
    found = {one.name: one for one in relatives(speaking, [*FAMILY, speaking], None, DAY)}
    assert set(found) == {"丙", "甲", "财金〔2026〕4号"}
    assert [(bond.tie, [c.id for c in bond.clauses]) for bond in found["丙"].bonds] == [(Tie.CITES, ["1"])]
    assert [c.id for c in found["甲"].bonds[0].clauses] == ["2"]
    assert found["财金〔2026〕4号"].document is None
    assert found["财金〔2026〕4号"].year == 2026
    back = {one.name: one for one in relatives(NEW, [*FAMILY, speaking], None, DAY)}
    assert [(bond.tie, [c.id for c in bond.clauses]) for bond in back[speaking.title].bonds] == [(Tie.CITED_BY, ["1"])]


def test_an_original_and_our_digest_of_it_belong_together_and_can_be_compared():
    published = digest(id="upload-1", original=True, upload="1", title="关于做好续贷工作的通知（原文）")
    ours = digest()
    (seen,) = relatives(ours, [ours, published], None, DAY)
    assert [bond.tie for bond in seen.bonds] == [Tie.ORIGINAL]
    (seen,) = relatives(published, [ours, published], None, DAY)
    assert [bond.tie for bond in seen.bonds] == [Tie.DIGEST]
    assert comparable([seen]) == [ours]


@pytest.mark.parametrize(
    ("text", "number", "meant"),
    [
        ("按金发〔2025〕10号办理", "金发〔2025〕10号", True),
        ("北京的试点方案是京金发〔2025〕10号", "金发〔2025〕10号", False),  # the city's own series
        ("财金(2025)11号", "财金〔2025〕1号", False),
        ("财金(2025)11号", "财金〔2025〕11号", True),
        ("公布文号为国务院令第802号。", "国务院令第802号", True),
    ],
)
def test_a_number_that_only_ends_alike_is_another(text, number, meant):
    assert any(names(mention, number) for mention in mentions(text)) is meant


def test_a_number_without_the_words_that_lead_up_to_it():
    assert [shortest(m) for m in mentions("取代国经贸中小企〔2003〕143号。面向皖金发〔2025〕13号。")] == [
        "国经贸中小企〔2003〕143号", "皖金发〔2025〕13号",
    ]  # fmt: skip


def test_a_number_that_a_warning_says_does_not_exist_is_no_document(shipped, book, corpus):
    assert unheld("“财金〔2023〕9号”是误写，没有这份文件。另见财金〔2023〕8号。", Language.ZH, ()) == ("财金〔2023〕8号",)
    for document in (one for one in corpus.documents if one.id == "enterprise-size"):
        documents = [one for one in corpus.documents if one.language is document.language]
        named = {one.name for one in relatives(document, documents, book, DAY)}
        assert "工信部联企业〔2023〕300号" not in named
        assert "银发〔2015〕309号" in named


def test_the_shipped_size_standard_with_what_it_replaced(shipped, book):
    by_id, documents = shipped
    found = relatives(by_id["enterprise-size"], documents, book, DAY)
    assert (found[0].name, found[0].document, found[0].bonds[0].tie) == ("国经贸中小企〔2003〕143号", None, Tie.PREDECESSOR)
    assert [one.year for one in found] == sorted(one.year for one in found)


def test_places_carry_out_the_national_notice(shipped, book):
    by_id, documents = shipped
    local = {
        one.document.id
        for one in relatives(by_id["jinfa-2024-32"], documents, book, DAY)
        if one.document and one.bonds[0].tie is Tie.LOCAL
    }
    assert {"anhui-xietiao-jizhi", "zhejiang-xietiao-jizhi", "guangdong-xietiao-jizhi"} <= local
    up = relatives(by_id["zhejiang-xietiao-jizhi"], documents, book, DAY)
    assert [(one.document.id, one.bonds[0].tie) for one in up] == [("jinfa-2024-32", Tie.NATIONAL)]


def test_places_are_told_from_the_whole_country_in_english_too(corpus, book):
    documents = [one for one in corpus.documents if one.language is Language.EN]
    local = next(one for one in documents if one.id == "zhejiang-xietiao-jizhi")
    assert [(one.document.id, one.bonds[0].tie) for one in relatives(local, documents, book, DAY)] == [
        ("jinfa-2024-32", Tie.NATIONAL)
    ]


def test_what_rests_on_the_renewal_notice(shipped, book):
    by_id, _ = shipped
    found = {one.candidate.id: one.clauses for one in resting_on(by_id["jingui-2024-13"], book)}
    assert set(found) == {"renewal-small", "renewal-medium", "renewal-normal-class"}
    assert "3-normal" in found["renewal-normal-class"]


def test_every_shipped_document_has_a_family_told_once(shipped, book):
    _, documents = shipped
    for document in documents:
        found = relatives(document, documents, book, DAY)
        assert document.id not in {one.document.id for one in found if one.document}
        assert len({one.document.id if one.document else one.name for one in found}) == len(found)
        assert all(one.bonds for one in found)
