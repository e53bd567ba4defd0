"""Follow-ups are filled in from the conversation; a new subject stands alone."""

from __future__ import annotations

import pytest
from today import TODAY

from assistant.types import Asked, Question
from assistant.understanding.query import understand

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


@pytest.mark.parametrize(
    ("turn", "earlier"),
    [
        ("小微企业主自己名下的经营贷也归到里头吗", "普惠型小微企业贷款的监管口径是什么"),
        ("出纳一个人过去打要带委托书吗", "企业的信用报告到哪里打印"),
        ("罚单还没撤掉的会不会给刷下来", "融资协调机制的推荐清单怎么进"),
        ("机器是前年买的旧设备还能不能换", "设备更新贷款贴息有多少"),
        ("would guest houses count?", "What is the interest subsidy for service businesses?"),
        ("which papers does an employee bring to the counter?", "Where can I get my company's credit report?"),
    ],
)
def test_a_follow_up_with_words_of_its_own_keeps_its_subject(understood, turn, earlier):
    assert understood(turn, earlier).followed_up


@pytest.mark.parametrize(
    ("turn", "earlier"),
    [
        ("征信上的逾期记录保存几年", "创业担保贷款最高能贷多少"),
        ("专精特新新办法哪天施行", "合肥政信贷怎么申请"),
        ("动产抵押到哪里登记", "农担公司收多少担保费"),
        ("给大企业供货，货款最晚几天要付", "LPR现在是多少"),
        ("信易贷平台怎么注册", "工行经营快贷最多贷多少"),
        ("今晚吃点什么好呢朋友们", "设备更新贷款贴息比例是多少"),
        ("Which movable assets must be registered?", "What is the LPR now?"),
        ("How long does a late payment stay on my record?", "How do I apply for a start-up guarantee loan?"),
    ],
)
def test_another_question_stands_alone_however_short(understood, turn, earlier):
    query = understood(turn, earlier)
    assert not query.followed_up
    assert query.text == turn


@pytest.mark.parametrize(
    ("turn", "earlier", "kept", "gone"),
    [
        ("说错了，我问的是企业", ZH_AMOUNT, "创业担保贷款", "个人"),
        ("我是说五年期的", "一年期LPR是多少", "LPR", "一年期"),
        ("不对，我要问的是服务业那个", "中小微企业贷款贴息比例多少", "贴息", "中小微企业贷款"),
        ("Sorry, I meant the five-year one", "What is the one-year LPR?", "LPR", "one-year"),
    ],
)
def test_a_correction_takes_the_place_of_what_it_corrects(understood, turn, earlier, kept, gone):
    query = understood(turn, earlier)
    assert query.followed_up
    assert kept in query.text
    assert gone not in query.text
    assert {Asked.AMOUNT, Asked.RATE} & set(query.asked)


def test_what_a_correction_denies_is_not_searched(understood):
    query = understood("不是微捷贷，是抵押e贷，用什么抵押", "农行微捷贷额度多少")
    assert "微捷贷" not in query.text
    assert "抵押e贷" in query.text


@pytest.mark.parametrize(
    ("turn", "earlier", "clause"),
    [
        ("一年交的税要不要够几千块", "建行云税贷怎么申请", "ccb-yunshuidai#conditions-tax"),
        ("老板岁数有没有要求", "农行微捷贷最多贷多少", "abc-weijiedai#conditions-owner"),
        ("do I have to apply for it?", "What is the one-off credit repair policy?", "credit-repair-2025#2"),
    ],
)
def test_a_follow_up_gets_the_clause_its_own_words_ask_for(ask, turn, earlier, clause):
    assert clause in [f"{c.document_id}#{c.clause_id}" for c in ask(turn, earlier).citations][:2]


def test_without_vectors_the_words_decide(words):
    def by_words(turn: str, earlier: str) -> bool:
        return understand(Question(turn, TODAY, (earlier,)), words).followed_up

    assert by_words("那企业呢", ZH_AMOUNT)
    assert by_words("要什么材料", ZH_AMOUNT)
    assert not by_words("设备更新贷款贴息的比例是多少", ZH_RENEWAL)
