"""The visit kit: every sentence from a clause in force, every question one the rules wait for, every offer one they leave."""

from datetime import date
from pathlib import Path

import pytest

from assistant.eligibility.desks import decide
from assistant.eligibility.matching import Standing
from assistant.export.types import Heading, Listing, Paragraph, Table
from assistant.profile import Choice, Desk, Profile, Stated
from assistant.rule_files import load_rulebook
from assistant.texts import room_texts
from assistant.visiting.kit import MOST_OFFERS, MOST_PRODUCTS, MOST_QUESTIONS, Enterprise, kit
from assistant.visiting.papers import checklist, leaflet, of_checklist, of_leaflet
from assistant.visiting.parts import Part, clauses
from index.snapshot import build, open_snapshot
from index.types import Language, Validity

ROOT = Path(__file__).parents[3]
DAY = date(2026, 11, 28)
HANGZHOU = Enterprise("10", "浙江省/杭州市")  # catering


@pytest.fixture(scope="module")
def searcher(corpus, tmp_path_factory):
    """The shipped corpus by words alone."""
    directory = tmp_path_factory.mktemp("visiting") / "index"
    build(directory, corpus, None)
    return open_snapshot(directory, None, candidates=60, use_chroma=False).searcher


@pytest.fixture(scope="module")
def book(corpus):
    return load_rulebook(ROOT / "corpus", corpus.documents)


@pytest.fixture(scope="module")
def made(book, searcher):
    """made(enterprise, language, day) → its kit."""
    return lambda enterprise=HANGZHOU, language=Language.ZH, day=DAY: kit(enterprise, book, searcher, language, day)


def texts_of(paper):
    for block in paper.blocks:
        if isinstance(block, Heading | Paragraph):
            yield block.text
        elif isinstance(block, Listing):
            yield from block.items
        elif isinstance(block, Table):
            yield from (cell for row in block.rows for cell in row)


@pytest.mark.parametrize("language", list(Language))
def test_every_clause_named_in_the_file_is_in_the_library(searcher, language):
    wanted = clauses()
    addresses = {one for part in wanted.parts.values() for one in part} | set(wanted.local) | wanted.leaflet_without
    for address in addresses:
        assert searcher.clause(*address.split("#"), language) is not None, address


def test_every_part_has_clauses_and_both_papers_have_their_parts(made):
    found = made()
    assert set(found.parts) == set(Part)
    assert all(found.parts.values())
    say = room_texts("visiting", Language.ZH)
    headings = [block.text for block in checklist(found, DAY).blocks if isinstance(block, Heading) and block.level == 1]
    assert headings == [
        say(f"part.{name}", **({"place": "浙江省杭州市"} if name == "local" else {}))
        for name in "what standards local asks papers offers promises costs brokers contacts sources".split()
    ]


@pytest.mark.parametrize("language", list(Language))
def test_words_of_clauses_are_the_words_of_the_clauses(made, language):
    found = made(language=language)
    for said in [*(one for part in found.parts.values() for one in part), *found.local]:
        assert said.text == said.passage.clause.text
        assert said.passage.validity(DAY) is not Validity.NO


def test_numbers_lead_to_the_clauses_that_were_quoted(made):
    found = made()
    for paper, passages in ((checklist(found, DAY), of_checklist(found)), (leaflet(found, DAY), of_leaflet(found))):
        texts = "\n".join(texts_of(paper))
        body, sources = texts.rsplit("依据\n", 1)
        for number, passage in enumerate(passages, 1):
            assert f"［{number}］" in body
            assert f"［{number}］{passage.reference or passage.heading}" in sources
        assert f"［{len(passages) + 1}］" not in texts


def test_the_five_standards_are_quoted_and_can_be_ticked(made):
    found = made()
    (criteria, *_) = found.parts[Part.STANDARDS]
    assert "合规持续经营，有固定经营场所，有真实融资需求，信用状况良好，贷款用途依法合规" in criteria.text
    assert found.standards == (
        "依法合规经营", "持续正常经营", "有固定经营场所", "有真实融资需求", "信用状况良好，没有不良记录",
        "信用状况良好，没有当前逾期", "贷款用途依法合规，用于经营",
    )  # fmt: skip
    assert len(made(language=Language.EN).standards) == 7


def test_questions_are_those_the_rules_wait_for_and_what_is_known_is_not_asked(made, book):
    found = made()
    assert [ask.fact for ask in found.asks[:4]] == ["form", "employees", "purpose", "standing"]
    assert not {"industry", "region"} & {ask.fact for ask in found.asks}
    waiting = {
        name for item in decide(Desk.MATCH, HANGZHOU.profile, book, DAY).assessments if item.standing is Standing.OPEN
        for name in item.missing
    }  # fmt: skip
    for ask in found.asks:
        assert ask.ask == book.facts[ask.fact].ask.zh
        assert ask.fact in waiting
        assert ask.waits > 0
    with_size = made(Enterprise("10", "浙江省/杭州市", "small"))
    staff, without = (next(a.waits for a in one.asks if a.fact == "employees") for one in (with_size, found))
    assert staff < without  # fewer wait for the number of people once the size is known
    assert with_size.size == "小型"


def test_offers_are_what_the_rules_leave_and_are_counted(made, book):
    found = made()
    profile = Profile.of([Stated("industry", Choice.of("10"), ""), Stated("region", "浙江省/杭州市", "")])
    judged = decide(Desk.MATCH, profile, book, DAY).assessments
    left = {item.candidate.name.zh for item in judged if item.standing in (Standing.OPEN, Standing.ELIGIBLE)}
    listed = [offer.name for offer in (*found.offers, *found.products)]
    assert set(listed) <= left
    assert len(set(listed)) == len(listed)
    assert len(found.offers) <= MOST_OFFERS
    assert len(found.products) <= MOST_PRODUCTS
    assert found.left_out == len(judged) - len(left)
    assert len(listed) + found.more == len(left)
    assert len({offer.name[:2] for offer in found.products}) == len(found.products)  # one of each bank


@pytest.mark.parametrize(
    ("day", "offered"), [(date(2026, 12, 31), True), (date(2027, 1, 1), False)]
)  # its last day, and the day after
def test_an_offer_is_named_until_its_last_day(made, day, offered):
    assert ("服务业经营主体贷款贴息" in [offer.name for offer in made(day=day).offers]) is offered


def test_a_farm_is_not_offered_what_services_are(made):
    assert "服务业经营主体贷款贴息" not in [offer.name for offer in made(Enterprise("1", "浙江省/杭州市")).offers]


@pytest.mark.parametrize(
    ("place", "documents"),
    [
        ("浙江省/杭州市", {"zhejiang-xietiao-jizhi"}),
        ("广东省/湛江市", {"guangdong-xietiao-jizhi"}),
        ("陕西省/商洛市/丹凤县", {"shaanxi-danfeng"}),
        ("西藏自治区", set()),
    ],
)
def test_local_clauses_are_those_of_the_place(made, place, documents):
    found = made(Enterprise("5", place))
    assert {said.passage.document_id for said in found.local} == documents
    told = "\n".join(texts_of(checklist(found, DAY)))
    assert ("政策库里没有" in told) is not documents


def test_what_holds_in_zhanjiang_is_not_told_in_guangzhou(made):
    assert "6个月" in "".join(said.text for said in made(Enterprise("5", "广东省/湛江市")).local)
    for other in ("广东省/广州市", "广东省/无名市"):  # one we know, and one we do not
        assert "湛江" not in "".join(said.text for said in made(Enterprise("5", other)).local)
    assert "湛江" in "".join(said.text for said in made(Enterprise("5", "广东省")).local)  # it may be there


@pytest.mark.parametrize("language", list(Language))
def test_no_paper_promises_a_loan_and_both_say_that_the_bank_decides(made, language):
    found = made(language=language)
    decides = {Language.ZH: "由银行按市场化、法治化原则自主决定", Language.EN: "the bank's own decision"}[language]
    for paper in (checklist(found, DAY), leaflet(found, DAY)):
        assert any(decides in text for text in texts_of(paper))
        assert {Language.ZH: "不代表能获得贷款", Language.EN: "no promise of a loan"}[language] in paper.note


def test_the_leaflet_warns_of_brokers_and_says_nothing_twice(made):
    items = list(texts_of(leaflet(made(), DAY)))
    assert any("银行不会授权中介向企业收费" in text for text in items)
    sentences = [text.split("［")[0] for text in items if "［" in text]
    assert len(set(sentences)) == len(sentences)


def test_clauses_nobody_checked_are_marked_as_such(made):
    assert any("（待核对原文）" in text for text in texts_of(leaflet(made(), DAY)))


def test_documents_nobody_could_confirm_are_marked_as_such(made):
    found = made()
    unconfirmed = {one.document.title for one in of_checklist(found) if not one.document.status_confirmed}
    (sources,) = [text for text in texts_of(checklist(found, DAY)) if "［1］总体" in text]
    marked = {line.split("》")[0].removeprefix("《") for line in sources.split("\n") if "（未能确认现在是否仍然有效）" in line}
    assert unconfirmed == marked != set()


@pytest.mark.parametrize("language", list(Language))
def test_a_kit_is_made_for_every_trade_and_province(made, book, language):
    for industry in book.facts["industry"].choices:
        assert checklist(made(Enterprise(industry, "湖北省"), language), DAY).blocks
    for place in ("北京市", "新疆维吾尔自治区", "湖北省/咸宁市/嘉鱼县"):
        assert leaflet(made(Enterprise("none", place, "micro"), language), DAY).blocks


def test_questions_are_bounded(made):
    assert len(made().asks) <= MOST_QUESTIONS + 12
