"""Looking things up: filters, facets, days, pages, and what is said where something is not there."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.reference.lookup import Lookup, language_for, look_up
from assistant.reference.status import Status
from index.documents.splitter import counted_text, split
from index.lexical import LexicalIndex
from index.search import LanguageIndex, Searcher
from index.synonyms import Synonym, Synonyms
from index.types import Clause, Document, Kind, Language, Period
from index.words import Words

ZH, DAY = Language.ZH, date(2026, 11, 28)


def document(id: str, kind: Kind, title: str, text: str, **more) -> Document:
    clauses = (
        Clause("overview", "总体", "概况", f"{title}由财政部印发。"),
        Clause("2", "第二条", "期限", text, more.pop("clause_period", Period())),
    )
    return Document(id, more.pop("language", ZH), kind, title, title, clauses, **more)


DOCUMENTS = [
    document("renewal", Kind.NOTICE, "续贷通知", "续贷期限最长三年。", document_number="金规〔2024〕13号",
             issuers=("国家金融监督管理总局",), issued=date(2024, 9, 24), period=Period(date(2024, 9, 24)),
             topics=("续贷", "期限")),
    document("old", Kind.NOTICE, "旧续贷办法", "续贷期限一年。", document_number="银监发〔2014〕36号",
             issuers=("中国银监会",), issued=date(2014, 7, 1), period=Period(date(2014, 7, 1), date(2024, 9, 23)),
             topics=("续贷",)),
    document("zhejiang", Kind.PROGRAMME, "杭州续贷措施", "杭州续贷期限五年。", region="浙江省杭州市",
             issuers=("杭州市", "金融监管总局"), issued=date(2025, 1, 1), topics=("续贷",),
             clause_period=Period(expires=date(2025, 12, 31))),
    document("ahead", Kind.LAW, "明年续贷条例", "续贷期限由银行定。", issued=date(2026, 10, 1),
             period=Period(date(2027, 1, 1)), topics=("续贷",), original=True),
    document("product", Kind.PRODUCT, "云溪银行店店贷", "店店贷期限一年。", issuers=("云溪银行",), topics=("信用贷款",),
             status_confirmed=False),
]  # fmt: skip
ENGLISH = [document("renewal", Kind.NOTICE, "Renewal notice", "A renewal lasts three years at most.",
                    language=Language.EN, document_number="金规〔2024〕13号")]  # fmt: skip


@pytest.fixture(scope="module")
def words() -> Words:
    return Words(["续贷", "店店贷"])


@pytest.fixture(scope="module")
def searcher(words) -> Searcher:
    """By words alone: what is found does not hang on an encoder here."""
    languages = {}
    for language, documents in ((ZH, DOCUMENTS), (Language.EN, ENGLISH)):
        passages = [passage for one in documents for passage in split(one)]
        lexical = LexicalIndex.build([counted_text(passage) for passage in passages], words)
        languages[language] = LanguageIndex(passages, lexical, None, None)
    return Searcher(languages, None, Synonyms([Synonym(("借新还旧",), ("续贷",), ZH)]), candidates=60)


@pytest.fixture
def look(searcher, words):
    """look("续贷", kind=("notice",)) → what is found."""

    def look(line: str = "", *, day: date = DAY, language: Language = ZH, page: int = 1, newest_first: bool = False,
             document: str = "", issued=(None, None), effective=(None, None), **fields):  # fmt: skip
        wanted = Lookup(line, language, day, fields, issued, effective, document, newest_first, page)
        return look_up(wanted, searcher, words)

    return look


def ids(found) -> list[str]:
    return [one.document.id for one in found.documents]


def counts(found, name: str) -> dict[str, int]:
    return {value.value: value.count for value in found.facets[name]}


def test_without_a_line_everything_is_there_newest_first(look):
    assert ids(look()) == ["ahead", "zhejiang", "renewal", "old", "product"]  # the product has no date
    assert look().clauses == 0


def test_each_field_filters_and_several_values_of_one_add_up(look):
    assert set(ids(look(kind=("law", "product")))) == {"ahead", "product"}
    assert ids(look(issuer=("云溪银行",))) == ["product"]
    assert ids(look(topic=("期限",))) == ["renewal"]
    assert ids(look(origin=("original",))) == ["ahead"]
    assert ids(look(kind=("notice",), topic=("期限",))) == ["renewal"]
    assert ids(look(issued=(date(2024, 9, 24), date(2025, 1, 1)))) == ["zhejiang", "renewal"]
    assert ids(look(effective=(date(2024, 9, 25), None))) == ["ahead"]


def test_a_region_is_its_province_however_it_is_given(look):
    assert counts(look(), "region") == {"全国": 4, "浙江省": 1}
    assert ids(look(region=("浙江省",))) == ids(look(region=("浙江",))) == ids(look(region=("杭州",))) == ["zhejiang"]


def test_one_issuer_under_two_names_is_one(look):
    assert set(ids(look(issuer=("国家金融监督管理总局",)))) == {"renewal", "zhejiang"}


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2024, 9, 23), {"renewal": "not_yet", "old": "in_force", "zhejiang": "in_force"}),
        (date(2024, 9, 24), {"renewal": "in_force", "old": "lapsed", "zhejiang": "in_force"}),
        (date(2026, 1, 1), {"zhejiang": "partly", "ahead": "not_yet", "product": "unconfirmed"}),
        (date(2027, 1, 1), {"ahead": "in_force"}),
    ],
)
def test_the_status_is_that_of_the_day(look, day, status):
    found = {one.document.id: str(one.status) for one in look(day=day).documents}
    assert {id: found[id] for id in status} == status
    for id, value in status.items():
        assert id in ids(look(day=day, status=(value,)))


def test_what_lapsed_is_found_and_named_as_lapsed(look):
    found = {one.document.id: one for one in look("续贷期限").documents}
    assert found["old"].status is Status.LAPSED
    clauses = {clause.passage.clause_id: clause.status for clause in found["zhejiang"].clauses}
    assert clauses["2"] is Status.LAPSED
    assert found["zhejiang"].status is Status.PARTLY


def test_each_facet_is_counted_under_the_other_fields(look):
    found = look("续贷", kind=("notice",))
    # Of the four on 续贷, two are notices; kinds are counted as if none were chosen.
    assert counts(found, "kind") == {"notice": 2, "law": 1, "programme": 1}
    assert counts(found, "status") == {"in_force": 1, "lapsed": 1}
    assert [value.value for value in found.facets["kind"] if value.chosen] == ["notice"]


def test_choosing_a_value_gives_as_many_as_it_said(look):
    everything = look("续贷")
    for name in ("kind", "status", "issuer", "region", "topic", "origin"):
        for value, count in counts(everything, name).items():
            assert look("续贷", **{name: (value,)}).total == count, (name, value)


def test_a_value_nobody_has_finds_nothing_and_stays_chosen(look):
    found = look("续贷", kind=("magazine",))
    assert (found.total, found.pages) == (0, 1)
    assert counts(found, "kind")["magazine"] == 0


def test_colloquial_words_find_the_official_ones_and_mark_them(look):
    found = look("借新还旧")
    assert found.official == ["续贷"]
    assert "续贷" in [piece.text for one in found.documents for piece in one.title if piece.found]


def test_a_number_with_an_address_finds_just_that_clause(look):
    found = look("金规13号第二条")
    assert ids(found)[0] == "renewal"
    assert [clause.passage.clause_id for clause in found.documents[0].clauses] == ["2"]
    assert not found.missing_address


def test_a_document_by_its_number_opens_with_what_it_is(look):
    assert look("金规〔2024〕13号").documents[0].clauses[0].passage.clause_id == "overview"


def test_an_address_that_is_not_held_is_said(look):
    found = look("金规13号第九条")
    assert ids(found) == ["renewal"]
    assert found.missing_address


def test_a_number_nobody_bears_is_said(look):
    found = look("财金〔2030〕99号")
    assert (found.total, found.unknown_number) == (0, "财金〔2030〕99号")
    assert look("金规13号").unknown_number == ""


@pytest.mark.parametrize(
    "line", ["", "   ", "？？？", "\x00", "((((", "第条", "号", "〔〕", "a" * 200, "😀", "no.", "第999999999条"]
)
def test_no_line_is_too_odd(look, line):
    assert look(line).page == 1


def test_pages_are_of_ten_documents_and_never_beyond_the_last(searcher, words, look):
    many = [document(f"d{n:02}", Kind.NOTICE, f"续贷通知{n}", "续贷期限。") for n in range(23)]
    passages = [passage for one in many for passage in split(one)]
    lexical = LexicalIndex.build([counted_text(passage) for passage in passages], words)
    other = searcher.over({ZH: LanguageIndex(passages, lexical, None, None)})
    pages = [look_up(Lookup("", ZH, DAY, page=page), other, words) for page in (1, 2, 3, 99)]
    assert [len(page.documents) for page in pages] == [10, 10, 3, 3]
    assert [page.page for page in pages] == [1, 2, 3, 3]
    assert pages[0].total == 23


def test_one_document_shows_all_its_clauses_that_were_found(look):
    found = look("续贷", document="zhejiang")
    assert ids(found) == ["zhejiang"]
    assert found.documents[0].more == 0


def test_the_language_is_that_of_the_words_but_a_number_or_an_abbreviation_has_none(searcher, words):
    def chosen(line, page):
        return language_for(line, page, searcher, words)

    assert chosen("loan renewal notice", ZH) is Language.EN
    assert chosen("续贷期限", Language.EN) is ZH
    assert chosen("金规〔2024〕13号", Language.EN) is Language.EN
    assert chosen("LPR", ZH) is chosen("", ZH) is chosen("12378", ZH) is ZH
