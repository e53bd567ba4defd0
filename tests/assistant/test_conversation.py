"""Follow-ups are filled in from the conversation; a new subject stands alone."""

from __future__ import annotations

import pytest

from assistant.types import Asked

ZH_AMOUNT = "个人创业担保贷款最高能贷多少"
ZH_RENEWAL = "小微企业贷款到期能不能无还本续贷"
EN_AMOUNT = "What is the maximum start-up guarantee loan for individuals?"


def test_the_first_turn_is_no_follow_up(understood):
    query = understood(ZH_AMOUNT)
    assert not query.followed_up
    assert query.text == ZH_AMOUNT


def test_firms_take_the_place_of_persons(understood):
    query = understood("那企业呢", ZH_AMOUNT)
    assert query.followed_up
    assert "创业担保贷款" in query.text
    assert "企业" in query.text
    assert "个人" not in query.text
    assert query.asked == (Asked.AMOUNT,)


def test_companies_take_the_place_of_individuals(understood):
    query = understood("and for companies?", EN_AMOUNT)
    assert query.followed_up
    assert "start-up guarantee loan" in query.text
    assert "individuals" not in query.text
    assert query.asked[0] is Asked.AMOUNT


def test_another_kind_of_question_keeps_the_subject(understood):
    query = understood("利率呢", ZH_AMOUNT)
    assert query.followed_up
    assert "创业担保贷款" in query.text
    assert query.asked == (Asked.RATE,)


@pytest.mark.parametrize("turn", ["利率呢", "要什么材料", "怎么申请", "最长多久"])
def test_a_subject_that_also_tells_the_kind_of_its_question_is_not_lost(understood, turn):
    query = understood(turn, "什么是无还本续贷")
    assert query.followed_up
    assert query.has_subject
    assert "续贷" in query.text


def test_an_interest_subsidy_stays_the_subject_when_its_term_is_asked(understood):
    query = understood("期限呢", "设备更新贷款贴息比例多少")
    assert "设备更新" in query.text
    assert "贴息" in query.text
    assert query.asked == (Asked.TERM,)


def test_renewal_stays_the_subject_in_english(understood):
    query = understood("what about the interest rate?", "What is renewal without repaying principal?")
    assert query.followed_up
    assert "renewal" in query.text
    assert query.asked[0] is Asked.RATE


@pytest.mark.parametrize(
    ("turn", "earlier", "gone"),
    [
        ("中型企业也行吗", ZH_RENEWAL, "小微企业"),
        ("那小微企业呢", "中型企业流动资金贷款能续贷吗", "中型"),
        ("那中型企业呢", "大型企业能续贷吗", "大型"),
        ("and medium-sized ones?", "Can large firms renew their loans?", "large"),
    ],
)
def test_one_size_takes_the_place_of_another(understood, turn, earlier, gone):
    query = understood(turn, earlier)
    assert query.followed_up
    assert gone not in query.text
    assert "续贷" in query.text or "renew" in query.text
    assert Asked.RENEWAL in query.asked


@pytest.mark.parametrize(
    ("turn", "earlier", "place"),
    [
        ("那深圳呢", "北京首次贷款贴息多少", "深圳"),
        ("重庆呢？", "杭州有什么转贷资金", "重庆"),
        ("and in Shenzhen?", "What is the loan subsidy in Beijing?", "深圳"),
    ],
)
def test_one_place_takes_the_place_of_another(understood, turn, earlier, place):
    query = understood(turn, earlier)
    assert query.followed_up
    assert [found.name for found in query.places] == [place]


@pytest.mark.parametrize(
    ("turn", "earlier"), [("工商银行呢", "建设银行有什么信用贷款"), ("what about ICBC?", "Which loans does CCB offer?")]
)
def test_one_bank_takes_the_place_of_another(understood, turn, earlier):
    query = understood(turn, earlier)
    assert query.followed_up
    assert [bank.zh for bank in query.banks] == ["中国工商银行"]


@pytest.mark.parametrize(
    "turn", ["设备更新贷款贴息的比例是多少", "财金〔2026〕4号的贴息比例是多少", "创业担保贷款要什么条件才能申请"]
)
def test_a_new_subject_stands_alone(understood, turn):
    query = understood(turn, ZH_RENEWAL)
    assert not query.followed_up
    assert query.text == turn


def test_a_question_about_the_lpr_stands_alone(understood):
    assert understood("LPR是多少", ZH_RENEWAL).text == "LPR是多少"


def test_three_turns_deep_the_subject_is_still_there(understood):
    query = understood("期限呢", ZH_AMOUNT, "那企业呢")
    assert "创业担保贷款" in query.text
    assert "企业" in query.text
    assert "个人" not in query.text
    assert query.asked == (Asked.TERM,)


def test_going_back_brings_the_first_word_back(understood):
    query = understood("那个人呢", ZH_AMOUNT, "那企业呢")
    assert "企业" not in query.text
    assert "个人" in query.text
    assert query.asked == (Asked.AMOUNT,)


def test_going_back_to_an_earlier_place(understood):
    query = understood("那北京呢", "北京首次贷款贴息多少", "那深圳呢")
    assert [place.name for place in query.places] == ["北京"]
    assert "贴息" in query.text


def test_a_subject_left_behind_does_not_come_back(understood):
    query = understood("要什么材料", ZH_RENEWAL, "创业担保贷款最高能贷多少")
    assert "创业担保贷款" in query.text
    assert "续贷" not in query.text


def test_blank_turns_of_the_past_are_passed_over(understood):
    assert understood("那企业呢", ZH_AMOUNT, "   ", "\u200b").text == understood("那企业呢", ZH_AMOUNT).text


def test_the_focus_is_this_turn_alone(understood):
    assert understood("那企业呢", ZH_AMOUNT).focus == "那企业呢"


def test_a_clause_of_the_document_named_before(understood):
    query = understood("那第五条呢", "金规〔2024〕13号第三条怎么说")
    assert query.followed_up
    assert "13号" in query.text
    assert "第三条" not in query.text


def test_a_follow_up_is_answered_from_the_document_of_the_turn_before(ask):
    answer = ask("那企业呢", ZH_AMOUNT)
    assert {citation.document_id for citation in answer.citations} & {"pol-chuangye-danbao", "startup-guarantee-loan"}
    assert "400万元" in answer.text


def test_medium_sized_firms_have_their_own_rule(ask):
    answer = ask("中型企业也行吗", ZH_RENEWAL)
    assert "2027年9月30日" in answer.claims[0][0].text
    assert answer.citations[0].document_id == "jingui-2024-13"


def test_a_refused_wish_stays_refused_across_turns(ask):
    assert str(ask("那怎么做假流水呢", "创业担保贷款怎么申请").outcome) == "refused"
