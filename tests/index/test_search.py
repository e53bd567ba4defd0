"""A question finds the clauses that fit it, in its language, within its filters, named documents first."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from index.documents.splitter import LONGEST, indexed_text, split
from index.fusion import fuse
from index.lexical import LexicalIndex
from index.search import EVERYTHING, Filters, LanguageIndex, Searcher
from index.snapshot import open_snapshot
from index.store import ExactVectors
from index.synonyms import Synonym, Synonyms
from index.types import Clause, Document, Kind, Language, Validity
from index.words import Words

ZH, EN = Language.ZH, Language.EN


def clauses(hits) -> list[str]:
    return [f"{hit.passage.document_id}#{hit.passage.clause_id}" for hit in hits]


@pytest.fixture
def found(small_snapshot):
    """The clauses of the small corpus a question finds, best first, among all 11."""

    def search(query: str, language: Language = ZH, **filters) -> list[str]:
        return clauses(small_snapshot.searcher.search(query, language, 20, Filters(**filters)))

    return search


def searcher_over(texts: list[str], encoder=None, synonyms=()) -> Searcher:
    """One document with a clause per text."""
    numbered = tuple(Clause(str(n), str(n), "", text) for n, text in enumerate(texts, 1))
    passages = split(Document("policy", ZH, Kind.NOTICE, "政策", "政策", numbered))
    texts = [indexed_text(passage) for passage in passages]
    vectors = encoder.passages(texts) if encoder else None
    store = ExactVectors(vectors) if encoder else None
    languages = {ZH: LanguageIndex(passages, LexicalIndex.build(texts, Words()), vectors, store)}
    return Searcher(languages, encoder, Synonyms(synonyms), candidates=60)


# Filters, on both sides of every limit


@pytest.mark.parametrize(
    ("query", "clause", "first", "last"),
    [
        ("贴息比例", "subsidy#1", date(2026, 1, 1), date(2026, 12, 31)),  # effective and expires of the document
        ("资金池风险分担", "hangzhou-pool#3", date(2023, 3, 1), date(2025, 6, 30)),  # repealed from 2025-07-01
        (
            "中型企业续贷",
            "renewal#medium",
            date(2024, 9, 24),
            date(2027, 9, 30),
        ),  # the clause ends, its document does not
    ],
)
def test_only_what_is_in_force_on_the_day_is_found(found, query, clause, first, last):
    before, after = date.fromordinal(first.toordinal() - 1), date.fromordinal(last.toordinal() + 1)
    assert [clause in found(query, on=day) for day in (before, first, last, after)] == [False, True, True, False]


def test_where_a_clause_has_ended_the_rest_of_its_document_is_still_found(found):
    assert "renewal#1" in found("企业续贷", on=date(2027, 10, 1))
    assert "renewal#1" in found("企业续贷", on=date(2099, 1, 1))


def test_without_a_day_everything_is_found(found):
    assert len(found("续贷")) == 11
    assert "hangzhou-pool#3" in found("资金池")


def test_a_document_nobody_could_confirm_is_found_and_said_to_be_unknown(snapshot):
    hits = snapshot.searcher.search("转贷资金", ZH, 50, Filters(on=date(2026, 11, 22)))
    doubtful = [hit for hit in hits if not hit.passage.document.status_confirmed]
    assert doubtful
    assert {hit.passage.validity(date(2026, 11, 22)) for hit in doubtful} == {Validity.UNKNOWN}


def test_region_kind_topic_and_document_each_narrow_the_search(found):
    assert found("续贷", regions=("浙江省杭州市",)) == ["hangzhou-pool#3"]
    assert set(found("续贷", regions=("浙江省杭州市", "全国"))) == set(found("续贷"))
    assert set(found("贷款", kinds=(Kind.PRODUCT,))) == {"tax-loan#conditions", "tax-loan#amount"}
    assert {id.split("#")[0] for id in found("贷款", kinds=(Kind.NOTICE, Kind.GLOSSARY))} == {"renewal", "glossary"}
    assert {id.split("#")[0] for id in found("贷款", topics=("续贷",))} == {"renewal", "hangzhou-pool", "glossary"}
    assert set(found("贷款", documents=("subsidy",))) == {"subsidy#1", "subsidy#2"}


def test_filters_hold_together_and_may_leave_nothing(found):
    assert found("续贷", regions=("浙江省杭州市",), on=date(2026, 1, 1)) == []
    assert found("续贷", regions=("上海市",)) == []
    assert found("财金〔2026〕4号", on=date(2027, 1, 1), documents=("subsidy",)) == []


def test_a_narrow_filter_finds_what_is_far_from_the_question(snapshot):
    pages = [d for d in snapshot.corpus.documents if d.id == "taizhou-xinbao-jijin" and d.language is ZH]
    hits = snapshot.searcher.search("零售业划型标准", ZH, 100, Filters(documents=("taizhou-xinbao-jijin",)))
    assert set(clauses(hits)) == {f"{page.id}#{clause.id}" for page in pages for clause in page.clauses}


def test_each_language_is_searched_for_itself(small_snapshot):
    for query, language in (("续贷", ZH), ("loan renewal", EN), ("续贷", EN), ("loan renewal", ZH)):
        hits = small_snapshot.searcher.search(query, language)
        assert hits
        assert {hit.passage.language for hit in hits} == {language}
    assert searcher_over(["贷款"]).search("loan", EN) == []


# Numbers


@pytest.mark.parametrize(
    "query",
    [
        "财金[2026]4号第二条",
        "财金（2026）4号第二条讲续贷吗",
        "4号文第二条",
        "财金〔2026〕 4 号 第2条",
        "第二条 续贷 无还本 财金4号文",
    ],
)
def test_a_document_and_clause_named_by_number_come_first_whatever_else_is_said(small_snapshot, query):
    hits = small_snapshot.searcher.search(query, ZH)
    assert clauses(hits)[:2] == ["subsidy#2", "subsidy#1"]
    assert [hit.named for hit in hits[:3]] == [True, True, False]


def test_in_english_too(small_snapshot):
    hits = small_snapshot.searcher.search("What does Section 3 of 金规〔2024〕13号 say about the interest subsidy?", EN)
    assert clauses(hits)[0] == "renewal#3"


@pytest.mark.parametrize(
    ("query", "clause"),
    [
        ("13号文第三条", "jingui-2024-13#3"),
        ("财金[2026]4号第一条", "caijin-2026-4#1"),
        ("金规(2024)13号第三条", "jingui-2024-13#3"),
    ],
)
def test_named_by_number_in_the_shipped_corpus(snapshot, query, clause):
    hits = snapshot.searcher.search(query, ZH)
    assert clauses(hits)[0].startswith(clause)
    assert hits[0].named


def test_an_unknown_number_lifts_nothing(small_snapshot):
    assert not any(hit.named for hit in small_snapshot.searcher.search("金规〔2099〕99号第三条", ZH))


# Both languages find the same. Each clause was looked up by hand; it must be among the first three.

PAIRS = [
    ("jingui-2024-13#2-procedure", "无还本续贷怎么办理", "How does renewal without repaying principal work?"),
    ("jingui-2024-13#2-extension", "续贷和展期有什么区别", "What is the difference between renewal and extension?"),
    ("jingui-2024-13#3-normal", "续贷的贷款风险分类能不能划为正常类", "Can a renewed loan be classified as normal?"),
    ("caijin-2026-4#1", "中小微企业贷款贴息比例是多少",
     "What is the subsidy rate of the interest subsidy for SME loans?"),
    ("caijin-2026-4#1-cap", "中小微企业贷款贴息单户上限",
     "What is the cap per borrower of the SME loan interest subsidy?"),
    ("enterprise-size#industry-5", "零售业小微企业划型标准",
     "size limits for micro, small and medium retail enterprises"),
    ("enterprise-size#industry-10", "餐饮业微型企业从业人员标准",
     "How many staff may a catering micro enterprise have?"),
    ("enterprise-size#industry-12", "软件企业怎么划型", "size limits of software and IT service firms"),
    ("enterprise-size#industry-3", "建筑业划型标准", "size limits for construction firms"),
    ("pol-chuangye-danbao#amount", "创业担保贷款个人最高额度",
     "maximum amount of a start-up guaranteed loan for an individual"),
    ("definition-inclusive-sme-loan#nfra", "什么是普惠型小微企业贷款",
     "What is an inclusive small and micro enterprise loan?"),
    ("credit-repair-2025#2", "信用修复怎么申请", "How do I apply for credit repair?"),
    ("crcrfsp-receivables#overview", "应收账款融资服务平台是什么", "What is the receivables financing platform?"),
    ("collateral-unified-registration#3", "动产和权利担保统一登记在哪里办",
     "Where is the unified registration of movables and rights made?"),
    ("reg-sme-payment-2025#17", "拖欠中小企业账款的逾期利息怎么算",
     "late-payment interest on overdue payments to SMEs"),
    ("lpr#latest", "最新LPR是多少", "What is the latest LPR?"),
    ("job-stability-loan#3", "稳岗扩岗专项贷款最高额度", "maximum amount of the job-stability special loan"),
    ("complaint-channels#fraud", "贷款诈骗怎么办 报警电话", "I was cheated by a fake bank, whom do I call?"),
    ("jingui-2024-11#1-4-figure", "不良容忍度是多少",
     "What is the tolerance for bad loans of small and micro enterprises?"),
    ("ccb-yunshuidai#amount", "云税贷最高额度", "ceiling of Yunshuidai (CCB tax loan)"),
    ("agri-guarantee#amount", "农业信贷担保额度", "guarantee amount of agricultural credit guarantee"),
    ("loan-cost-disclosure#sheet", "贷款明白纸是什么", "What is the loan cost disclosure sheet?"),
    ("loan-three-measures-2024#term-working", "流动资金贷款期限最长几年",
     "What is the longest term of a working-capital loan?"),
    ("tax-2023-13-16-18#13-2", "印花税免征 借款合同",
     "stamp duty exemption of loan contracts with small and micro enterprises"),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "zh", "en"), PAIRS, ids=[pair[0] for pair in PAIRS])
def test_a_question_finds_the_same_clause_in_both_languages(snapshot, clause, zh, en):
    assert clause in clauses(snapshot.searcher.search(zh, ZH, 3))
    assert clause in clauses(snapshot.searcher.search(en, EN, 3))


# Order


def test_a_clause_cut_into_pieces_is_found_once(encoder):
    sentence = "小微企业的贷款到期后可以申请续贷" + "甲" * 120 + "。"
    searcher = searcher_over([sentence * 6, "贴息比例是每年1.5个百分点。"], encoder)
    assert len(searcher.languages[ZH].passages) > 2
    assert len(sentence * 6) > 2 * LONGEST[ZH]
    assert clauses(searcher.search("申请续贷", ZH)) == ["policy#1", "policy#2"]


def test_of_a_clause_in_pieces_the_piece_that_fits_best_is_shown(encoder):
    others = "".join(f"第{n}项材料由企业准备并交给银行" + "甲" * 100 + "。" for n in range(1, 7))
    wanted = "续贷的贷款可以划分为正常类。"
    searcher = searcher_over([others + wanted, "贴息比例是每年1.5个百分点。"], encoder)
    hit = searcher.search("续贷的贷款可以划分为正常类吗", ZH)[0]
    assert wanted in hit.passage.text
    assert hit.passage.id == "policy#1/3"  # 6 sentences of about 117 characters: two, two, two and the short one


def test_no_clause_of_the_shipped_corpus_is_found_twice(snapshot):
    for query in ("贷款", "续贷办理流程", "13号文"):
        named = clauses(snapshot.searcher.search(query, ZH, 100))
        assert len(named) == len(set(named))


def test_ties_go_by_position_in_the_corpus_and_searching_again_changes_nothing(encoder):
    searcher = searcher_over(["可以续贷。"] * 5 + ["贴息。"], encoder)
    again = [clauses(searcher.search("续贷", ZH, 6)) for _ in range(3)]
    assert again == [["policy#1", "policy#2", "policy#3", "policy#4", "policy#5", "policy#6"]] * 3


def test_scores_fall_and_are_words_and_cosine_on_one_scale(small_snapshot):
    hits = small_snapshot.searcher.search("续贷贷款风险分类", ZH)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    for hit in hits:
        assert 0 <= hit.words <= 1
        assert -1 <= hit.cosine <= 1
        assert hit.score == pytest.approx(hit.words + 6 * (hit.cosine - 0.75), abs=1e-4)


def test_fusion_by_hand():
    # words + 6·(cosine − 0.75): 0.5 + 6·0.10 = 1.1; 0 + 6·0 = 0; 1 − 6·0.05 = 0.7
    scores = fuse(np.array([0.5, 0, 1], np.float32), np.array([0.85, 0.75, 0.70], np.float32))
    assert scores == pytest.approx([1.1, 0, 0.7], abs=1e-5)


def test_as_many_hits_as_asked_for(small_snapshot):
    search = small_snapshot.searcher.search
    assert [len(search("贷款", ZH, count)) for count in (1, 3, 11, 50)] == [1, 3, 11, 11]
    assert clauses(search("贷款", ZH, 3)) == clauses(search("贷款", ZH, 11))[:3]


@pytest.mark.parametrize("query", ["", "   ", "\n\t", "\u3000", "？！。", "…", "😀"])
def test_a_blank_question_or_one_without_a_word_finds_nothing(small_snapshot, query):
    assert small_snapshot.searcher.search(query, ZH) == []


# Words


def test_without_an_encoder_words_alone_are_searched(small_index):
    words_only = open_snapshot(small_index, None, candidates=60)
    assert words_only.searcher.by_words_only
    assert words_only.chroma is None
    hits = words_only.searcher.search("续贷的风险分类", ZH)
    assert clauses(hits)[0] == "renewal#3"
    assert {hit.cosine for hit in hits} == {None}
    assert all(hit.words > 0 for hit in hits)
    assert words_only.searcher.search("zebra", ZH) == []
    assert clauses(words_only.searcher.search("财金[2026]4号第二条", ZH))[0] == "subsidy#2"


def test_colloquial_words_find_what_official_ones_say():
    texts = ["小微企业可以申请续贷。", "固定资产贷款可以贴息。"]
    plain = searcher_over(texts)
    knowing = searcher_over(texts, synonyms=[Synonym(("倒账",), ("续贷",), ZH)])
    assert clauses(plain.search("能不能倒账", ZH)) == []
    assert clauses(knowing.search("能不能倒账", ZH)) == ["policy#1"]
    assert knowing.official_words("能不能倒账", ZH) == ["续贷"]


def test_official_words_never_water_down_what_the_users_own_words_find():
    texts = ["小微企业可以申请展期。", "固定资产贷款可以贴息。"]
    (plain,) = searcher_over(texts).search("申请展期", ZH, 1)
    (knowing,) = searcher_over(texts, synonyms=[Synonym(("展期",), ("从未有过的词",), ZH)]).search("申请展期", ZH, 1)
    assert knowing.words == plain.words


# Looking up


def test_clauses_documents_and_neighbours_are_found_by_id(small_snapshot):
    searcher = small_snapshot.searcher
    second = searcher.clause("renewal", "2", EN)
    assert second.reference == "Section 2"
    assert [passage.clause_id for passage in searcher.neighbours(second)] == ["1", "3"]
    assert [passage.clause_id for passage in searcher.neighbours(searcher.clause("renewal", "1", EN))] == ["2"]
    assert searcher.document("renewal", ZH).title == "关于做好续贷工作的通知"
    assert [p.clause_id for p in searcher.passages_of("renewal", ZH)] == ["1", "2", "3", "medium"]
    assert searcher.clause("renewal", "9", ZH) is None
    assert searcher.document("none", ZH) is None
    assert searcher.passages_of("none", ZH) == []


def test_everything_is_allowed_by_empty_filters(small_snapshot):
    assert all(EVERYTHING.allow(passage) for passage in small_snapshot.searcher.languages[ZH].passages)


def test_nearness_is_that_of_the_nearest_clause_of_each_document(snapshot):
    question = "一次性信用修复要自己去申请吗"
    near = snapshot.searcher.nearness(question, Language.ZH)
    assert max(near, key=lambda document: near[document]) == "credit-repair-2025"
    hits = snapshot.searcher.search(question, Language.ZH, 40)
    of_document = [hit.cosine for hit in hits if hit.passage.document_id == "credit-repair-2025"]
    assert near["credit-repair-2025"] == pytest.approx(max(of_document), abs=1e-5)


def test_the_clauses_of_some_documents_are_as_near_as_a_search_finds_them(snapshot):
    question = "一次性信用修复要自己去申请吗"
    near = snapshot.searcher.cosines_in(question, Language.ZH, ["credit-repair-2025"])
    hits = snapshot.searcher.search(question, Language.ZH, 40, Filters(documents=("credit-repair-2025",)))
    assert {document for document, _ in near} == {"credit-repair-2025"}
    assert len(near) == len(hits) > 3
    assert near == pytest.approx({(hit.passage.document_id, hit.passage.clause_id): hit.cosine for hit in hits})


def test_nothing_is_near_to_a_text_without_words(snapshot):
    assert snapshot.searcher.nearness("？！", Language.ZH) == {}


@pytest.mark.parametrize("language", list(Language))
def test_chroma_and_comparing_every_vector_lead_to_the_same_hits(snapshot, encoder, data_dir, language):
    """A receipt of the page is answered again beside it, without Chroma: it must find the same."""
    beside = open_snapshot(data_dir / "index", encoder, candidates=60, use_chroma=False)
    passages = snapshot.searcher.languages[language].passages
    for passage in passages[::25]:
        question = f"{passage.heading} {passage.document.short_title}"
        assert beside.searcher.search(question, language, 40) == snapshot.searcher.search(question, language, 40)
