"""A conversation about one enterprise: answers to what was asked, suppositions, changes of subject, contradictions."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.casework import case_of
from assistant.eligibility.desks import Case
from assistant.eligibility.rulebook import Rulebook
from assistant.profile import Choice, Days, Range
from assistant.rule_files import load_rulebook
from assistant.types import Question
from index.settings import ROOT
from index.text import language_of
from index.types import Language

ON = date(2026, 11, 22)
HOTEL = "开旅馆的，一共8个人，一年做150万，算小型还是微型"
LOAN = "贷款12月20号到期还不上本金"
SHOP = "我开了家小饭馆，5个人，一年流水80万，想贷30万周转"


@pytest.fixture(scope="module")
def book(corpus) -> Rulebook:
    return load_rulebook(ROOT / "corpus", corpus.documents)


@pytest.fixture
def case(book):
    """case("turn", "turn", ...) → the case after the last of the turns; None where it is about something else."""

    def case(*turns: str, on: date = ON) -> Case | None:
        language = language_of(turns[-1]) or language_of(turns[0]) or Language.ZH
        return case_of(Question(turns[-1], on, turns[:-1]), language, book)

    return case


def desk(found: Case | None) -> str | None:
    return str(found.desk) if found else None


# Supposing otherwise


def test_the_size_desk_goes_on_where_people_are_added(case):
    before, after = case(HOTEL), case(HOTEL, "人手加到11个呢")
    assert (before.view.size.exact, after.view.size.exact) == ("micro", "small")
    assert after.profile.value("employees") == Range.of(11)
    assert after.profile.value("revenue_wan") == Range.of(150)  # as it was
    assert after.profile.contradictions == ()


@pytest.mark.parametrize("turn", ["人手加到11个呢", "如果有11个人呢", "那11个人呢", "不对，是11个人"])
def test_supposing_and_correcting_replace_a_fact(case, turn):
    found = case(HOTEL, turn)
    assert (desk(found), found.view.size.exact) == ("size", "small")


def test_one_supposition_after_another(case):
    found = case(HOTEL, "人手加到11个呢", "如果年收入只有90万呢")
    # 11 people reach small, 90 wan of revenue do not
    assert (desk(found), found.view.size.exact) == ("size", "micro")


def test_a_schedule_is_worked_out_anew_for_another_rate(case):
    loan = "贷款100万，年利率3.6%，期限1年，每月还多少"
    first, again = case(loan), case(loan, "年利率4%呢")
    # interest first: 1,000,000 × 3.6 % ÷ 12 = 3,000, at 4 % 3,333.33
    assert [str(found.schedules[2].rows[0].interest) for found in (first, again)] == ["3000.00", "3333.33"]


def test_in_english(case):
    hotel = "We run a hotel with 8 people and revenue of 1.5 million yuan. Are we micro or small?"
    assert case(hotel).view.size.exact == "micro"
    assert case(hotel, "What if we had 11 people?").view.size.exact == "small"


# Answers to what was asked


def test_a_bare_number_answers_the_question(case):
    asked = case("我们旅馆12个人，算什么型")
    assert asked.asks == ("revenue_wan",)
    found = case("我们旅馆12个人，算什么型", "150万")
    assert (desk(found), found.profile.value("revenue_wan"), found.view.size.exact) == ("size", Range.of(150), "small")


def test_a_bare_number_nobody_asked_for_is_no_fact_and_is_told_as_not_understood(case):
    # 8 people are micro whatever the revenue: nothing was asked
    asked = case("我们旅馆8个人，算什么型")
    assert asked.asks == ()
    found = case("我们旅馆8个人，算什么型", "150万")
    assert (desk(found), found.unread, found.profile) == ("size", "150万", asked.profile)
    assert (asked.unread, case(HOTEL, "人手加到11个呢").unread) == (None, None)


@pytest.mark.parametrize("term", ["12个月", "1年"])
def test_a_bare_time_answers_for_how_long(case, term):
    assert case("贷款100万，年利率3.6%，每月还多少").asks == ("term_months",)
    found = case("贷款100万，年利率3.6%，每月还多少", term)
    assert (len(found.schedules), found.asks) == (3, ())


def test_either_of_two_questions_may_be_answered(case):
    first = case("我想贷款")
    assert first.asks[0] == "industry"
    found = case("我想贷款", "开饭馆的")
    assert (desk(found), found.profile.value("industry")) == ("match", Choice.of("10"))
    assert "industry" not in found.asks


def test_what_the_user_does_not_know_is_not_asked_again(case):
    asked = case(LOAN).asks
    found = case(LOAN, "不知道")
    assert desk(found) == "renewal"
    assert set(found.asks) & set(asked) == set()
    again = case(LOAN, "不知道", "也不清楚")
    assert set(again.asks) & (set(asked) | set(found.asks)) == set()


def test_answers_add_up_over_turns(case):
    found = case("我想贷款", "开饭馆的", "5个人")
    assert desk(found) == "match"
    assert (found.profile.value("industry"), found.profile.value("employees")) == (Choice.of("10"), Range.of(5))


def test_a_statement_goes_on_with_the_case(case):
    found = case(LOAN, "我们是微型企业")
    assert desk(found) == "renewal"
    assert found.profile.value("size_class") == Choice.of("micro")
    assert found.profile.value("loan_due") == Days.of(date(2026, 12, 20))


# Changes of subject


@pytest.mark.parametrize(
    "turn",
    ["LPR是多少", "什么是无还本续贷", "银行让我买保险才放款，合法吗", "怎么投诉银行", "创业担保贷款需要什么材料"],
)
def test_a_question_that_clauses_answer_leaves_the_case(case, turn):
    assert case(SHOP, turn) is None
    assert case(HOTEL, turn) is None


def test_in_english_likewise(case):
    shop = "I run a restaurant with 5 staff and want to borrow 300,000 yuan."
    assert desk(case(shop)) == "match"
    assert case(shop, "What is the LPR?") is None


def test_another_desk_takes_over_with_the_facts_there_are(case):
    found = case(HOTEL, LOAN)
    assert desk(found) == "renewal"
    assert found.view.size.exact == "micro"
    assert found.profile.value("loan_due") == Days.of(date(2026, 12, 20))


def test_after_another_subject_the_facts_are_still_known(case):
    found = case(HOTEL, "什么是无还本续贷", "人手加到11个，算小型还是微型")
    assert (desk(found), found.view.size.exact) == ("size", "small")


def test_a_bare_answer_after_another_subject_answers_nothing(case):
    assert case("我们旅馆12个人，算什么型", "什么是无还本续贷", "150万") is None


# Contradictions


def test_what_is_said_in_two_ways_is_asked_first(case):
    found = case("我们8个人的旅馆，年收入150万，想贷款50万，今年一共有12个员工")
    assert found.asks[0] == "employees"
    ((first, second),) = found.profile.contradictions
    assert (first.said, second.said) == ("8个人", "12个员工")
    assert found.profile.value("employees") is None


def test_over_two_turns_too(case):
    found = case("我公司有8个人，想贷款100万", "我公司有11个人，年收入500万")
    assert (desk(found), found.asks[0]) == ("match", "employees")
    assert [item.said for item in found.profile.contradictions[0]] == ["8个人", "11个人"]


def test_the_answer_settles_it(case):
    torn = "我们8个人的旅馆，年收入150万，想贷款50万，今年一共有12个员工"
    found = case(torn, "12个")
    assert found.profile.contradictions == ()
    assert (found.profile.value("employees"), found.view.size.exact) == (Range.of(12), "small")
    assert "employees" not in found.asks


# What a question names


def test_a_candidate_that_is_named_is_judged_alone_and_stays_named(case):
    found = case("我们公司成立2年，年收入500万，能申请创业担保贷款吗")
    assert set(found.named) == {"startup-loan-firm", "startup-loan-person"}
    assert {item.candidate.id for item in found.assessments} <= {*found.named}
    again = case("我们公司成立2年，年收入500万，能申请创业担保贷款吗", "如果我是高校毕业生呢")
    assert again.named == found.named


def test_a_word_for_a_group_names_all_of_it(case):
    found = case("开餐馆贷200万，能贴息多少")
    assert {"subsidy-services", "subsidy-sme-fixed-assets"} <= set(found.named)
    assert all("subsidy" in item.candidate.kinds for item in found.assessments)


# Nothing of it


@pytest.mark.parametrize("turns", [("",), (" ", ""), ("？？？",), ("你好",), ("", "你好")])
def test_empty_and_idle_turns_are_no_case(case, turns):
    assert case(*turns) is None


def test_the_introduction_of_an_enterprise_is_a_case_though_it_asks_nothing(case):
    assert desk(case("我们是做软件的，20个人，年收入500万")) == "match"
    assert case("我们是做软件的") is None


def test_the_day_asked_decides_what_dates_mean(case):
    assert case(LOAN).profile.value("loan_due") == Days.of(date(2026, 12, 20))
    assert case(LOAN, on=date(2026, 12, 21)).profile.value("loan_due") == Days.of(date(2027, 12, 20))


def test_the_same_conversation_gives_the_same_case(case):
    turns = (HOTEL, "人手加到11个呢", LOAN)
    assert case(*turns) == case(*turns)
