"""Rules of another day than today: at both sides of each boundary, in words and by date."""

from __future__ import annotations

from datetime import date

import pytest

OLD, NEW = "由15万元提高到20万元", "30万元"


def cited(answer) -> set[str]:
    return {f"{c.document_id}#{c.clause_id}" for c in answer.citations}


@pytest.mark.parametrize(
    ("day", "leads", "beside"),
    [("2023年9月30日", OLD, "现在的规定："), ("2023年10月1日", "30万元", "个人创业担保贷款")],
)
def test_the_rule_of_the_day_named_in_words_leads(ask, day, leads, beside):
    answer = ask(f"{day}的时候个人创业担保贷款额度是多少")
    assert leads in answer.claims[0][0].text
    assert beside in answer.text
    assert ("现在的规定：" in answer.text) is (leads == OLD)
    assert answer.text.startswith(f"以下按{day}的规定回答。")


def test_the_record_keeps_the_day_asked_the_day_judged_and_the_days_named(ask):
    record = ask("2022年的时候个人创业担保贷款额度是多少").to_json()
    assert record["as_of"] == "2026-11-22"
    assert record["judged_on"] == "2022-12-31"
    assert record["speaks_of"] == ["2022-01-01", "2022-12-31"]


def test_without_a_time_in_the_question_the_day_judged_is_the_day_asked(ask):
    record = ask("个人创业担保贷款额度是多少", on=date(2026, 5, 1)).to_json()
    assert (record["judged_on"], record["speaks_of"]) == ("2026-05-01", None)


def test_a_rule_that_changed_within_the_year_is_told_twice_with_its_dates(ask):
    text = ask("2023年的时候个人创业担保贷款最高多少").text
    until, since = text.index("到2023年9月30日为止："), text.index("自2023年10月1日起：")
    assert until < text.index(OLD) < since < text.index("30万元", since)


def test_an_old_rule_is_followed_by_the_rule_of_today(ask):
    answer = ask("2022年那会儿创业担保贷款个人能贷多少")
    assert OLD in answer.text
    assert NEW in answer.text[answer.text.index("现在的规定：") :]
    assert "2023年9月30日为止，现在已经失效" in " ".join(answer.notices)


def test_an_old_document_asked_for_by_number_is_told_as_old_with_the_rule_of_today(ask):
    answer = ask("财金〔2020〕21号个人额度是多少")
    assert OLD in answer.claims[0][0].text
    assert "现在的规定：" in answer.text
    assert {"startup-guarantee-loan#old-2020", "startup-guarantee-loan#amount-individual"} <= cited(answer)


def test_where_no_rule_of_the_time_is_held_this_is_said(ask):
    assert ask("2022年的时候小微企业续贷怎么规定").text.startswith("没有查到2022年当时的规定")


def test_statistics_of_a_month_are_no_matter_of_validity(ask):
    answer = ask("支持小微融资协调机制截至2025年6月末走访了多少户")
    assert answer.speaks_of is None
    assert "9000" in answer.text


# Days to come


def test_a_rule_that_ends_before_the_days_asked_about_is_said_to_end(ask):
    answer = ask("中小微企业贷款贴息明年还有吗")
    assert answer.text.startswith("“中小微企业贷款贴息”目前的规定到2026年12月31日为止，明年还有没有，现在没有查到延续")
    assert answer.judged_on is None


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("2028年9月还能申请创业担保贷款吗", "还在有效期内"),  # ends on 2028-09-30
        ("2028年10月还能申请创业担保贷款吗", "没有查到延续"),
        ("2028年还能申请创业担保贷款吗", "在那以后是否延续"),
    ],
)
def test_the_end_of_a_rule_is_set_against_the_days_asked_about(ask, question, told):
    assert told in ask(question).text.split("\n")[0]


def test_english_questions_are_answered_likewise(ask):
    assert ask("Will the MSME loan subsidy still be available next year?").text.startswith(
        "The present rule on “MSME loan interest subsidy” ends on 31 December 2026"
    )
    assert ask("In 2022, how much could an individual borrow with a start-up guaranteed loan?").text.startswith(
        "This answer gives the rules of 2022."
    )


# Ends soon: 90 days before 31 December 2026 is 2 October 2026


@pytest.mark.parametrize(
    ("on", "warned"), [(date(2026, 10, 1), False), (date(2026, 10, 2), True), (date(2026, 12, 31), True)]
)
@pytest.mark.parametrize(
    "question",
    [
        "中小微企业贷款贴息的比例是多少",
        "我们是民营小型制造企业，贷了500万买设备，2年期，中小微企业贷款贴息能拿多少",  # a case
    ],
)
def test_a_rule_that_ends_within_90_days_of_the_day_asked_is_told_so(ask, question, on, warned):
    told = [notice for notice in ask(question, on=on).notices if "有效期到2026年12月31日" in notice]
    assert bool(told) is warned
