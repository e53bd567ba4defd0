"""Sentences chosen from the evidence: the direct answer first, nothing twice, everything that was asked."""

from __future__ import annotations

import re

import pytest

from assistant.answering.features import points_back, tells_to_act
from assistant.types import ClaimKind, Part
from index.text import normalise, sentences
from index.types import Language

ANSWERED = [
    "创业担保贷款最高能贷多少", "小微企业贷款到期了还不上本金怎么办", "2026年中小微企业贷款贴息多少", "什么是首贷户",
    "续贷和展期有什么区别", "金规〔2024〕13号第三条怎么说", "北京首次贷款贴息多少",
    "企业怎么使用资金流信用信息共享平台，流程是什么",
    "截至2025年6月末融资协调机制走访了多少户", "深圳的创业担保贷款最高能贷多少", "工行经营快贷纯信用最多多少，最长几年",
    "What is the maximum start-up guarantee loan?", "Can a medium-sized firm renew its working-capital loan?",
    "How do I use the fund-flow credit platform, step by step?",
    "What is the difference between renewal and extension?",
]  # fmt: skip


@pytest.fixture(scope="module", params=ANSWERED, ids=lambda question: question[:24])
def answer(request, ask):
    return ask(request.param)


def lead(answer) -> str:
    return answer.claims[0][0].text


def test_the_first_claim_leads(answer):
    assert answer.claims[0][0].part is Part.LEAD


def test_parts_come_in_their_order(answer):
    order = [Part.LEAD, Part.MORE, Part.NEXT]
    places = [order.index(claim.part) for claim, _ in answer.claims]
    assert places == sorted(places)


def test_a_sentence_that_points_back_stands_behind_the_one_it_points_to(answer):
    for (before, _), (claim, _) in zip([(None, ()), *answer.claims], answer.claims, strict=False):
        passage = claim.passages[0]
        if claim.kind is ClaimKind.QUOTED and points_back(claim.text, passage.language):
            told = sentences(passage.clause.text, passage.language)
            assert told.index(claim.text) == 0 or before.text == told[told.index(claim.text) - 1]


def test_where_to_go_next_is_something_to_do(answer):
    for claim, _ in answer.claims:
        if claim.part is Part.NEXT:
            assert tells_to_act(claim.text, claim.passages[0].language)


@pytest.mark.parametrize(
    ("sentence", "language", "back", "act"),
    [
        ("也可以到网点办理。", Language.ZH, True, True),
        ("其他企业不适用。", Language.ZH, True, False),
        ("拨打12378投诉。", Language.ZH, False, True),
        ("经办机构有所增加。", Language.ZH, False, False),
        ("It applies to small firms.", Language.EN, True, False),
        ("A reply also covers pawnshops.", Language.EN, True, False),
        ("Call 12378 to complain.", Language.EN, False, True),
        ("The platform went online in 2024.", Language.EN, False, False),
    ],
)
def test_what_points_back_and_what_is_an_act(sentence, language, back, act):
    assert points_back(sentence, language) is back
    assert tells_to_act(sentence, language) is act


def test_no_sentence_is_said_twice(answer):
    said = [normalise(claim.text) for claim, _ in answer.claims]
    assert len(said) == len(set(said))


def test_no_clause_is_cited_twice(answer):
    cited = [(citation.document_id, citation.clause_id) for citation in answer.citations]
    assert len(cited) == len(set(cited))


def test_every_quoted_claim_stands_in_its_clause(answer):
    for claim, _ in answer.claims:
        if claim.kind is ClaimKind.QUOTED:
            assert normalise(claim.text) in normalise(claim.passages[0].clause.text)


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("个人创业担保贷款最高能贷多少", "30万元"),
        ("小微企业创业担保贷款的额度上限是多少", "400万元"),
        ("2026年中小微企业贷款贴息的比例是多少", "1.5个百分点"),
        ("设备更新贷款贴息比例是多少", "1.5个百分点"),
        ("截至2025年6月末融资协调机制累计走访多少户", "9000万户"),
        ("2025年9月末普惠小微贷款余额是多少，要人民银行口径", "万亿元"),
        ("2026年6月LPR是多少", "3.0%"),
        ("普惠型小微企业贷款单户授信多少以内", "1000万元"),
        ("银行对推荐清单的企业多久给出授信结果", "30日"),
        ("What is the maximum start-up guarantee loan for individuals?", "300,000 yuan"),
        ("What share of new loans under the mechanism were credit loans at the end of June 2025?", "32.8%"),
    ],
)
def test_a_figure_that_is_asked_for_stands_in_the_first_claim(ask, question, figure):
    assert figure in lead(ask(question))


@pytest.mark.parametrize(
    ("question", "words", "document"),
    [
        ("续贷和展期有什么区别", "展期是延长原合同的还款期限", "jingui-2024-13"),
        ("什么是首贷户", "第一次获得银行贷款", "glossary"),
        ("进了推荐清单银行一定要放款吗", "不等于一定能得到贷款", "jinfa-2024-32"),
        ("民营经济促进法什么时候施行", "2025年5月20日", "law-private-economy-2025"),
        ("When did the Private Economy Promotion Law take effect?", "20 May 2025", "law-private-economy-2025"),
    ],
)
def test_the_first_claim_is_the_direct_answer(ask, question, words, document):
    answer = ask(question)
    assert words in lead(answer)
    assert answer.citations[0].document_id == document


def test_where_to_go_is_the_first_thing_told_when_it_is_asked(ask):
    assert "人社部门" in lead(ask("创业担保贷款去哪里办"))


def test_each_thing_that_is_asked_is_answered(ask):
    text = ask("创业担保贷款个人最高多少、最长几年、去哪里办").text
    assert "30万元" in text
    assert "3年" in text
    assert "人社部门" in text


def test_a_clause_asked_by_number_is_quoted_whole_and_in_order(ask):
    answer = ask("金规〔2024〕13号第三条怎么说")
    assert [citation.clause_id for citation in answer.citations] == ["3", "3-normal", "3-other"]
    for citation in answer.citations:
        assert "".join(c.text for c, n in answer.claims if n == (citation.n,)) == citation.quote


def test_a_clause_asked_by_number_brings_no_other_clause(ask):
    answer = ask("13号文第七条的原文")
    assert [(c.document_id, c.clause_id) for c in answer.citations] == [("jingui-2024-13", "7")]
    assert answer.citations[0].quote in answer.text.replace("[1]", "")


def test_a_clause_asked_by_number_in_english(ask):
    answer = ask("What does Section 2 of 金规〔2024〕13号 say?")
    assert str(answer.language) == "en"
    assert [citation.clause_id for citation in answer.citations] == ["2", "2-procedure", "2-extension"]


@pytest.mark.parametrize(
    ("question", "step", "prefix", "count"),
    [
        ("企业怎么使用资金流信用信息共享平台，流程是什么", r"第(\d)步", "fundflow-", 4),
        ("信易贷平台怎么注册申请流程", r"第(\d)步", "xinyidai-", 3),
        ("How do I use the fund-flow credit platform, step by step?", r"[Ss]tep (\d)", "fundflow-", 4),
    ],
)
def test_a_procedure_in_numbered_steps_is_told_whole_and_in_order(ask, question, step, prefix, count):
    claims = [c.text for c, _ in ask(question).claims if c.passages[0].clause_id.startswith(prefix)]
    told = [int(number) for text in claims for number in re.findall(step, text)]
    assert told == list(range(1, count + 1))


def test_the_document_behind_a_rule_is_named_with_its_number(ask):
    answer = ask("无还本续贷是哪个文件规定的")
    assert "金规〔2024〕13号" in lead(answer)
    assert answer.claims[0][0].kind is ClaimKind.COMPUTED  # from what is recorded of the document


def test_the_five_criteria_are_told_when_asked_by_that_name(ask):
    assert "有固定经营场所" in ask("融资协调机制的五项标准是什么").text
