"""Facts over several turns: added, corrected, supposed, made more precise, contradicted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from spelled_facts import value_of

from assistant.profile import Choice, Range, Several
from assistant.understanding.facts.conversation import profile_of
from index.types import Language

AS_OF = date(2026, 11, 23)


def profile(*turns, expected=(), language=Language.ZH):
    return profile_of(turns, language, AS_OF, expected)


def test_facts_of_several_turns_come_together():
    known = profile("我开了个小餐馆", "员工8个人", "一年做80万")
    assert known.value("industry") == Choice.of("10")
    assert known.value("employees") == Range.of(8)
    assert known.value("revenue_wan") == Range.of(80)
    assert [known.stated[fact].turn for fact in ("industry", "employees", "revenue_wan")] == [0, 1, 2]


def test_two_different_figures_contradict_each_other():
    known = profile("我们厂员工80人，做家具的", "厂里用工120人，想贷50万")
    assert known.value("employees") is None
    ((earlier, later),) = known.contradictions
    assert (earlier.value, earlier.turn) == (Range.of(80), 0)
    assert (later.value, later.turn) == (Range.of(120), 1)


def test_a_contradiction_within_one_turn_is_kept():
    known = profile("我们员工12个人，厂里20个员工")
    assert known.value("employees") is None
    assert len(known.contradictions) == 1


@pytest.mark.parametrize(
    "later",
    [
        "不对，员工是15个人", "说错了，是15个人", "其实我们有15个员工", "应该是15个人", "人数改成15人", "员工加到15人，还想贷20万",
        "如果我有15个人呢", "要是员工15个人，能贷多少", "那15个人呢", "员工不是12个，是15个", "现在有15个员工了，又招了人",
    ],
)  # fmt: skip
def test_a_correction_or_supposition_takes_the_place_of_what_was_said(later):
    known = profile("我员工12个人，开餐馆的", later)
    assert known.value("employees") == Range.of(15)
    assert known.contradictions == ()


@pytest.mark.parametrize(
    "later",
    ["actually we have 15 employees", "sorry, 15 people", "I meant 15 staff", "what if we had 15 staff", "suppose we had 15 employees",
     "what about 15 employees?"],
)  # fmt: skip
def test_corrections_in_english_count_as_well(later):
    known = profile("We are a restaurant with 12 employees", later, language=Language.EN)
    assert known.value("employees") == Range.of(15)
    assert known.contradictions == ()


def test_a_turn_of_nothing_but_the_fact_replaces_it():
    assert profile("我员工12个人", "11人").value("employees") == Range.of(11)


def test_an_answer_to_a_question_replaces_what_was_said():
    known = profile("我员工12个人", "15", expected=(None, "employees"))
    assert known.value("employees") == Range.of(15)
    assert known.contradictions == ()


def test_a_more_precise_statement_narrows_an_earlier_one():
    known = profile("我们三十多个人", "准确数字是员工35人，做批发")
    assert known.value("employees") == Range.of(35)
    assert known.contradictions == ()


def test_a_vaguer_statement_leaves_the_precise_one():
    known = profile("我们员工35人", "我们这三十多个人都要吃饭，还想贷款")
    assert known.value("employees") == Range.of(35)


def test_people_hired_are_added_to_a_known_number():
    assert profile("我员工8个人", "那我再招3个人呢").value("employees") == Range.of(11)
    assert profile("we have 8 employees", "if we hire three more", language=Language.EN).value("employees") == Range.of(
        11
    )


def test_nothing_is_added_to_a_number_known_vaguely():
    known = profile("我员工十几个人", "再招3个人")
    assert known.value("employees") == Range(Decimal(11), Decimal(19))


def test_people_who_left_are_taken_off():
    assert profile("我员工8个人", "后来走了2个人").value("employees") == Range.of(6)


def test_inferred_facts_follow_the_fact_they_were_inferred_from():
    before = profile("我是开餐馆的")
    assert before.value("section") == Choice.of("H")
    assert before.stated["section"].inferred
    after = profile("我是开餐馆的", "不对，我是做批发的")
    assert after.value("industry") == Choice.of("4")
    assert after.value("section") == Choice.of("F")
    assert after.value("fields") is None


def test_an_industry_in_doubt_has_no_inferred_facts():
    known = profile("我是开餐馆的", "改成又开宾馆又搞批发了")
    assert known.value("industry") == Choice.of("9", "4")
    assert known.value("section") is None
    assert known.value("fields") is None


def test_what_applies_and_what_does_not_is_gathered():
    known = profile("我们是高新技术企业", "专精特新没评上")
    assert known.value("qualifications") == Several(frozenset({"high_tech"}), frozenset({"specialised"}))


def test_a_date_is_corrected_like_a_number():
    known = profile("我贷款12月20号到期", "说错了，是12月25号到期")
    assert known.value("loan_due") == value_of("loan_due", "2026-12-25")


def test_yes_and_no_contradict_each_other():
    known = profile("我没欠税", "我们还欠着税款没交，手头紧")
    assert known.value("tax_arrears") is None


def test_a_city_makes_its_province_more_precise():
    assert profile("我在黑龙江，开店的", "我店在大庆").value("region") == "黑龙江省/大庆市"


def test_an_expected_fact_beyond_the_turns_is_of_no_account():
    assert profile("员工8人", expected=(None, "employees", "months")).value("employees") == Range.of(8)


def test_no_turns_make_an_empty_profile():
    assert profile().stated == {}


def test_a_supposition_settles_a_contradiction():
    known = profile("我们厂员工80人，做家具的", "厂里用工120人，想贷50万", "那按100人算呢，员工100人")
    assert known.value("employees") == Range.of(100)
    assert known.contradictions == ()
