"""The auditor: what vouches for a figure, and what does not."""

from __future__ import annotations

import re

import pytest
from made_up_runs import answer, case, citation, told

from assistant.evaluation.audit import unsupported
from assistant.evaluation.cases import read_files, shipped_files
from assistant.evaluation.generate import ask_all
from assistant.texts import texts
from index.types import Language

LOAN = citation(
    1, "loan#2", "个人最高30万元，期限最长3年，年利率不超过4%，2027年9月30日前到期。", document_number="财金〔2023〕75号",
    title="创业担保贷款通知", clause="第二条",
)  # fmt: skip


def audit(text, *cited, question="最高多少", context=(), **more):
    recorded, titles = more.pop("recorded", {}), more.pop("titles", [])
    asked = case(question=question, context=list(context))
    return unsupported(told(asked, answer(text, *(cited or (LOAN,)), **more), recorded=recorded, titles=titles))


@pytest.mark.parametrize(
    "text",
    [
        "最高30万元。[1]", "最高300,000元。[1]", "最长3年，也就是36个月。[1]", "年利率不超过4%。[1]",
        "2027年9月30日前到期。[1]", "2027年9月底前到期。[1]", "依据是财金〔2023〕75号第二条。[1]",
    ],
)  # fmt: skip
def test_what_the_cited_clause_or_its_document_says_is_supported(text):
    assert audit(text) == []


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("最高40万元。[1]", ["400000yuan"]), ("最高30亿元。[1]", ["3000000000yuan"]), ("最长3个月。[1]", ["3month"]),
        ("年利率不超过4‰。[1]", ["4‰"]), ("2027年9月29日前到期。[1]", ["2027-9-29"]),
        ("2028年9月30日前到期。[1]", ["2028-9-30"]), ("依据是财金〔2023〕76号。[1]", ["财金〔2023〕76号"]),
        ("依据是财金〔2022〕75号。[1]", ["财金〔2022〕75号"]), ("依据是国发〔2023〕75号。[1]", ["国发〔2023〕75号"]),
        ("见第三条。[1]", ["3provision"]), ("最长五年。[1]", ["60month"]), ("At most 5 million yuan. [1]", ["5000000yuan"]),
    ],
)  # fmt: skip
def test_what_differs_by_digit_scale_unit_date_or_number_is_not(text, strange):
    assert audit(text) == strange


def test_only_the_clauses_marked_behind_a_sentence_vouch_for_it():
    other = citation(2, "tax#1", "税率3%。")
    assert audit("税率3%。[2]", LOAN, other) == []
    assert audit("税率3%。[1]个人最高30万元。[2]", LOAN, other) == ["3%", "300000yuan"]


def test_words_without_a_mark_rest_on_no_clause():
    assert audit("最高30万元。") == ["300000yuan"]


def test_figures_of_the_users_own_words_in_any_turn_are_supported():
    assert audit("您说贷50万元。[1]", question="贷50万行吗") == []
    assert audit("您说贷50万元。[1]", context=["我要贷50万"]) == []
    assert audit("您说贷60万元。[1]", question="贷50万行吗") == ["600000yuan"]


def test_list_numbers_and_marks_are_no_figures():
    assert audit("**请再告诉我**\n\n1. 做什么生意？\n2. 在哪里？\n\n- 个人有。[1]") == []


def test_a_notice_may_give_the_days_recorded_of_the_clauses_it_names():
    notice = "> 注意：[1]依据的规定有效期到2026年12月31日，到期后是否延续以发布机构的公布为准。"
    assert audit(notice) == ["2026-12-31"]
    assert audit(notice, recorded={"loan#2": "2023-10-01 2026-12-31"}) == []
    assert audit(notice, recorded={"tax#1": "2026-12-31"}) == ["2026-12-31"]  # recorded of another clause


def test_the_result_of_a_shown_sum_is_supported_wherever_it_stands_if_it_comes_out():
    quoted = citation(1, "subsidy#1", "贷款5000万元，贴息1.5个百分点，最长2年。")
    right = "最多贴**150万元**。[1]\n\n- 5000万元 × 1.5% × 2年 = 150万元。[1]"
    wrong = "最多贴**160万元**。[1]\n\n- 5000万元 × 1.5% × 2年 = 160万元。[1]"
    assert audit(right, quoted) == []
    assert audit(wrong, quoted) == ["1600000yuan"]


def test_a_sum_of_figures_from_nowhere_is_not_supported():
    quoted = citation(1, "subsidy#1", "贷款5000万元，贴息1.5个百分点。")
    assert audit("5000万元 × 1.5% × 3年 = 225万元。[1]", quoted) == ["36month"]


def test_months_of_a_year_may_be_used_in_a_sum_but_not_elsewhere():
    young = citation(1, "size#1", "按月均折算。")
    assert audit("60万元 ÷ 6 × 12 = 120万元。[1]", young, question="6个月做了60万") == []
    assert audit("满12个月。[1]", young) == ["12month"]


PLAN = {
    "desk": "renewal",
    "profile": [{"fact": "due", "label": "到期日", "value": "2026年12月", "said": "下个月到期"}],
    "dates": [{"id": "apply", "day": "2026-12-16", "day_if_later": "2026-12-28", "days_left": 23}],
}  # fmt: skip


def test_days_of_the_plan_are_supported_and_days_left_are_counted_again():
    assert audit("2026年12月16日（还有23天）申请。[1]", assessment=PLAN) == []  # 23 November + 23 days = 16 December
    assert audit("2026年12月16日—2026年12月28日申请。[1]", assessment=PLAN) == []
    assert audit("2026年12月17日申请。[1]", assessment=PLAN) == ["2026-12-17"]
    miscounted = {**PLAN, "dates": [{"id": "apply", "day": "2026-12-16", "days_left": 24}]}
    assert audit("还有24天。[1]", assessment=miscounted) == ["24day"]


def test_the_day_asked_about_and_the_profile_are_supported():
    assert audit("今天（2026年11月23日）就去。[1]") == []
    assert audit("到期日：2026年12月。[1]", assessment=PLAN) == []


MATCHED = {
    "desk": "match", "profile": [],
    "candidates": [{"standing": "eligible", "conditions": {"met": 2, "not_met": 0, "unknown": 0}},
                   *[{"standing": "open", "conditions": {"met": 0, "not_met": 0, "unknown": 4}}] * 8],
}  # fmt: skip


def test_candidates_and_conditions_are_counted_again():
    # 1 fits, 8 are open; 2 of the 9 are listed, so 7 are left.
    text = "符合的有1项，还差信息的有8项。[1]\n\n- **甲**：可以。[1]\n- **乙**：还要确认位置等4项。[1]\n- 另外还有7项。[1]"
    assert audit(text, assessment=MATCHED) == []
    assert audit(text.replace("8项", "11项"), assessment=MATCHED) == ["11item"]
    assert audit(text.replace("8项", "9项"), assessment=MATCHED) == []  # all that were compared
    assert audit(text.replace("7项", "6项"), assessment=MATCHED) == ["6item"]


def test_a_count_does_not_vouch_for_another_kind_of_figure():
    assert audit("期限8年。[1]", assessment=MATCHED) == ["96month"]


HIRED = {
    "desk": "match",
    "profile": [{"fact": "new_hires", "label": "", "value": "8人", "said": "招了8个"},
                {"fact": "employees", "label": "", "value": "150人", "said": "150人"}],
}  # fmt: skip


def test_shares_of_what_was_stated_are_worked_out_again():
    """8 of 150 are 5.33 %; 10 % of 150 are 15 people; 5 % of 150 are 7.5, so 8 are needed."""
    quoted = citation(1, "startup#1", "须达到10%；超过100人的须达到5%。")
    assert audit("占5.33%。[1]", quoted, assessment=HIRED) == []
    assert audit("占5.34%。[1]", quoted, assessment=HIRED) == ["5.34%"]
    assert audit("人数达到15人。[1]", quoted, assessment=HIRED) == []
    assert audit("人数达到16人。[1]", quoted, assessment=HIRED) == ["16people"]
    assert audit("人数达到15人。[1]", citation(1, "other#1", "须达到20%。"), assessment=HIRED) == ["15people"]


SCHEDULE = {
    "desk": "schedule",
    "profile": [{"fact": "loan_wanted_wan", "label": "", "value": "100万元", "said": "贷100万"},
                {"fact": "loan_rate", "label": "", "value": "12%", "said": "12个点"},
                {"fact": "term_months", "label": "", "value": "1年", "said": "1年"}],
}  # fmt: skip


def test_repayments_are_worked_out_again_by_formula():
    """1,000,000 at 1 % a month for 12 months: interest first is 10,000 a month, 120,000 in all.

    Equal instalments: 1,000,000 × 0.01 × 1.01¹² ÷ (1.01¹² − 1) = 88,848.79 (annuity tables: 0.0888488).
    """
    ways = citation(1, "repay#1", "三种还款方式。")
    assert audit("先息后本：每月付息1万元，总利息12万元。[1]", ways, assessment=SCHEDULE) == []
    assert audit("等额本息：每月还88,848.79元。[1]", ways, assessment=SCHEDULE) == []
    assert audit("等额本息：每月还88,849.79元。[1]", ways, assessment=SCHEDULE) == ["88849.79yuan"]


def test_fixed_wording_of_ours_is_not_held_against_an_answer():
    hotlines = texts(Language.ZH)("abstain.distress")
    assert "12356" in hotlines
    assert audit(hotlines) == []
    assert audit("可以拨打12365。") == ["12365"]


def test_titles_of_what_lies_near_may_be_named_by_an_answer_without_evidence_alone():
    near = "和您的问题最接近的是：2025年小微企业金融服务通知。"
    titles = ["2025年小微企业金融服务通知"]
    assert unsupported(told(case(), answer(near, outcome="no_evidence"), titles=titles)) == []
    assert unsupported(told(case(), answer(near, outcome="no_evidence"))) == ["2025"]
    assert audit(near, titles=titles) == ["2025"]  # this one cites a clause


def test_answers_over_the_shipped_corpus_state_nothing_unsupported_and_a_changed_digit_is_noticed(assistant, today):
    """The first figure of each answer to the first 60 cases, its first digit one higher: at most 3 in 100 go unnoticed,
    where the changed figure stands in the same clause too."""
    cases = read_files([path for path in shipped_files() if path.stem == "main"])["main"][:60]
    answered = [item for item in ask_all(assistant, {"main": cases}, today) if item.record.citations]
    assert [(item.case.id, strange) for item in answered if (strange := unsupported(item))] == []
    tried = noticed = 0
    for item in answered:
        for match in [*re.finditer(r"(?<![\[\d.,A-Za-z])[1-8](?=[\d,.]*(?:万|亿|元|%|年|个月|日))", item.record.text)][:5]:
            text = item.record.text
            changed = text[: match.start()] + str(int(match[0]) + 1) + text[match.end() :]
            tried += 1
            noticed += bool(unsupported(item.model_copy(update={"answer": {**item.answer, "text": changed}})))
    assert tried > 150
    assert noticed / tried >= 0.97
