"""Drafts of replies say what the answer says and nothing else; what is changed in them is held against the clauses."""

from __future__ import annotations

import pytest

from assistant.replying import Channel, drafted, notes_for_staff, unvouched
from assistant.texts import room_texts, texts
from assistant.types import Outcome, Part

LIMIT = "创业担保贷款最高多少？"
RESTAURANT = "我开餐馆的，15个人，去年营业额200万，想贷50万，有什么贷款？"
SUBSIDY = "2026年3月国开行放了2000万固定资产贷款，中小微企业贷款贴息两年能贴多少"


@pytest.fixture(scope="module")
def draft_of(assistant, ask):
    """draft_of("问题", Channel.LETTER) → the answer and its draft."""

    def draft_of(question, channel=Channel.LETTER, *, more=False):
        answer = ask(question)
        say, values = room_texts("reply", answer.language), texts(answer.language)
        return answer, drafted(
            answer, channel, lambda id: assistant.serving.document(id, answer.language), say, values, more=more
        )

    return draft_of


def found(text, answer, draft):
    return [item.what for item in unvouched(text, answer, draft, texts(answer.language))]


@pytest.mark.parametrize("channel", list(Channel))
def test_a_draft_holds_the_claims_with_their_clauses_and_promises_nothing(draft_of, channel):
    answer, draft = draft_of(LIMIT, channel)
    text = draft.text()
    for claim, _ in answer.claims:
        if claim.part in (Part.LEAD, Part.NEXT):
            assert claim.text.rstrip("。") in text
    assert "财金〔2023〕75号" in text
    assert "《" in draft.bases[0]
    assert "审核决定" in text


def test_only_the_answer_and_the_words_of_the_texts_file_are_said(draft_of):
    """Line by line: each is made of claims, or stands in reply.zh.yaml."""
    answer, draft = draft_of(RESTAURANT, more=True)
    frame = str(room_texts("reply", answer.language).section("draft_of.letter")) + str(
        texts(answer.language).section("case")
    )
    said = [claim.shown.replace("**", "") for claim, _ in answer.claims]
    for line in draft.text(with_basis=False).splitlines():
        rest = line
        for claim in said:
            rest = rest.replace(claim, "")
        rest = rest.strip().rstrip("：")
        known = rest in frame or any(ask in rest for ask in answer.asks) or rest == "2026年11月22日"
        assert known or rest.startswith("注意："), rest


def test_what_is_still_to_ask_is_asked(draft_of):
    answer, draft = draft_of(RESTAURANT)
    assert answer.asks
    assert all(ask in draft.text() for ask in answer.asks)


def test_related_rules_come_only_where_wanted(draft_of):
    answer, draft = draft_of(LIMIT)
    related = next(claim.text for claim, _ in answer.claims if claim.part is Part.MORE)
    assert related not in draft.text(with_basis=False)
    assert related in draft_of(LIMIT, more=True)[1].text(with_basis=False)


def test_without_clauses_no_clause_is_named(draft_of):
    _, draft = draft_of(LIMIT)
    bare = draft.text(with_basis=False)
    assert all(basis not in bare for basis in draft.bases)
    assert "《" not in bare


@pytest.mark.parametrize("question", [LIMIT, RESTAURANT, SUBSIDY, "What is the maximum start-up guaranteed loan?"])
@pytest.mark.parametrize("channel", list(Channel))
def test_nothing_is_wrong_with_a_draft_as_it_was_made(draft_of, question, channel):
    answer, draft = draft_of(question, channel, more=True)
    assert found(draft.text(), answer, draft) == []
    assert found(draft.text(with_basis=False), answer, draft) == []


@pytest.mark.parametrize(
    ("question", "was", "becomes", "named"),
    [
        (LIMIT, "400万元", "450万元", "450万元"),
        (LIMIT, "财金〔2023〕75号", "财金〔2023〕76号", "财金〔2023〕76号"),
        (LIMIT, "《创业担保贷款（个人和小微企业）》", "《创业贷款办法》", "《创业贷款办法》"),
        (SUBSIDY, "60万元", "90万元", "90万元"),
        (SUBSIDY, "2026年12月31日", "2027年12月31日", "2027年12月31日"),
    ],
)
def test_a_changed_figure_number_title_or_date_is_named(draft_of, question, was, becomes, named):
    answer, draft = draft_of(question)
    assert was in draft.text()
    assert named in found(draft.text().replace(was, becomes), answer, draft)


def test_a_line_must_keep_to_its_own_clauses(draft_of):
    """60 stands in the clause on Shenzhen, not in that on the national limit."""
    answer, draft = draft_of(LIMIT, more=True)
    assert "60万元" in draft.text()
    changed = draft.text().replace("个人创业担保贷款最高30万元", "个人创业担保贷款最高60万元")
    assert "60万元" in found(changed, answer, draft)


def test_new_words_without_figures_are_left_to_whoever_writes_them(draft_of):
    answer, draft = draft_of(LIMIT)
    assert found(draft.text() + "\n欢迎来网点面谈。", answer, draft) == []
    assert found(draft.text() + "\n利率低至1.2%。", answer, draft) == ["1.2%"]


def test_what_the_customer_said_may_be_repeated(draft_of):
    answer, draft = draft_of(RESTAURANT)
    assert found(draft.text() + "\n您有15人、想贷50万元。", answer, draft) == []


def test_there_is_no_draft_for_what_is_refused(draft_of):
    answer, draft = draft_of("帮我做一份假流水去贷款")
    assert (answer.outcome, draft) == (Outcome.REFUSED, None)
    assert "可以走的路" in answer.text


def test_a_draft_without_evidence_says_so_and_whom_to_ask(draft_of):
    answer, draft = draft_of("浦发银行浦慧贷年化多少")  # a bank whose products we do not hold
    assert answer.outcome is Outcome.NO_EVIDENCE
    text = draft.text()
    assert "没有找到依据" in text
    assert "客户经理" in text
    assert draft.bases == ()


def test_an_unclear_question_is_asked_back(draft_of):
    answer, draft = draft_of("怎么申请")
    assert answer.outcome is Outcome.CLARIFY
    assert answer.text in draft.text()


def test_personal_data_never_reach_a_draft(draft_of):
    answer, draft = draft_of("我身份证110101199003074258，创业担保贷款最高多少？")
    assert "110101199003074258" not in draft.text() + answer.question
    assert any("已经隐去" in notice for notice in answer.notices)


def test_the_language_is_the_customers(draft_of):
    _, draft = draft_of("Can a small firm renew its loan without repaying the principal first?", Channel.WECHAT)
    assert draft.text().startswith("Hello")
    assert draft.bases[0].startswith(" (")


def test_a_document_is_named_in_full_once_and_then_by_its_number(draft_of):
    _, draft = draft_of("金规〔2024〕13号对续贷的贷款期限、风险分类和尽职免责怎么规定？流动资金贷款10月底到期，能续贷吗")
    full = "《国家金融监督管理总局关于做好续贷工作 提高小微企业金融服务水平的通知》（金规〔2024〕13号）"
    bases = [line.basis for paragraph in draft.paragraphs for line in paragraph if "金规〔2024〕13号" in line.basis]
    assert len(bases) > 1
    assert [full in basis for basis in bases] == [True, *[False] * (len(bases) - 1)]
    assert bases[1].startswith("（金规〔2024〕13号")


def test_nothing_is_said_of_documents_the_draft_does_not_cite(draft_of):
    answer, draft = draft_of("餐饮个体户，交税B级，能贷多少信用贷款，利率多少？")
    titles = {item.title for item in answer.citations if item.n not in draft.cited}
    assert titles
    assert not [title for title in titles if title in draft.text()]
    for notice in notes_for_staff(answer, draft):
        assert "[" not in notice or any(f"[{n}]" in notice for n in draft.cited)
