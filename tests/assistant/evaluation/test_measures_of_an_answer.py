"""One answer against its case: every measure, worked out by hand."""

from __future__ import annotations

import pytest
from made_up_runs import answer, case, citation, row

LOAN = citation(1, "loan#1", "个人创业担保贷款最高30万元。")


def measures(case, answer):
    return row(case, answer).measures


def test_everything_as_expected_is_right():
    expected = case(facts=[["30万元"]], documents=["loan", "other"], clauses=["loan#1"], must_not=["20万元"])
    found = measures(expected, answer("最高30万元。[1]", LOAN))
    assert found == {
        "right": 1.0, "facts": 1.0, "document_cited": 1.0, "clause_cited": 1.0, "document_precision": 1.0,
        "leading_documents": 1.0, "leading_clauses": 1.0, "direct": 1.0, "outcome": 1.0, "abstention_precision": None,
        "abstention_recall": None, "false_refusal": 0.0, "forbidden": 0.0, "unsupported": 0.0,
    }  # fmt: skip


def test_one_of_two_facts_is_a_half_and_not_right_and_the_missing_one_is_named():
    found = row(case(facts=[["30万元"], ["3年", "三年"]]), answer("最高30万元。[1]", LOAN))
    assert found.measures["facts"] == 0.5
    assert not found.right
    assert found.missing == ["3年"]


def test_any_wording_of_a_fact_will_do():
    assert measures(case(facts=[["三十万元", "30万元"]]), answer("最高30万元。"))["facts"] == 1.0


@pytest.mark.parametrize("text", ["最高 30 万元", "最高３０万元", "最高30[1]万元"])
def test_blanks_widths_and_marks_do_not_matter(text):
    assert measures(case(facts=[["30万元"]]), answer(text))["facts"] == 1.0


def test_thousands_marks_do_not_matter():
    assert measures(case(facts=[["300000 yuan"]]), answer("up to 300,000 yuan"))["facts"] == 1.0
    assert measures(case(facts=[["30,0000"]]), answer("300000"))["facts"] == 0.0  # no thousands mark


def test_what_is_not_expected_is_undefined_and_not_zero():
    found = measures(case(), answer("有。[1]", LOAN))
    for name in ("facts", "document_cited", "clause_cited", "document_precision", "leading_clauses", "direct", "forbidden"):
        assert found[name] is None, name
    assert found["right"] == 1.0


# 2 documents and 3 clauses are cited; the leading part rests on loan#1 and loan#2, of which one is accepted.
TWO_PARTS = "最高30万元。[1]期限3年。[2]\n\n**还要知道**\n\n- 税务另有规定。[3]"


def test_precision_is_measured_over_all_that_is_cited_and_over_the_leading_part():
    found = measures(
        case(documents=["loan"], clauses=["loan#1", "tax#9"]), answer(TWO_PARTS, LOAN, "loan#2", "tax#1")
    )
    assert found["document_precision"] == 0.5  # loan of loan and tax
    assert found["leading_documents"] == 1.0  # loan alone
    assert found["leading_clauses"] == 0.5  # loan#1 of loan#1 and loan#2
    assert found["clause_cited"] == 1.0


def test_an_accepted_clause_further_down_is_recall_but_not_leading():
    found = measures(case(documents=["tax"], clauses=["tax#1"]), answer(TWO_PARTS, LOAN, "loan#2", "tax#1"))
    assert (found["clause_cited"], found["leading_clauses"], found["leading_documents"]) == (1.0, 0.0, 0.0)


def test_the_right_document_by_another_clause_is_no_accepted_clause():
    found = measures(case(documents=["loan"], clauses=["loan#7"]), answer("最高30万元。[1]", LOAN))
    assert (found["document_cited"], found["clause_cited"]) == (1.0, 0.0)


def test_precision_of_a_declined_question_is_undefined_but_its_recall_is_zero():
    found = measures(case(documents=["loan"], clauses=["loan#1"]), answer("没有找到。", outcome="no_evidence"))
    assert (found["document_precision"], found["leading_clauses"]) == (None, None)
    assert (found["document_cited"], found["clause_cited"]) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("expected", "got", "outcome", "precision", "recall", "refused"),
    [
        ("answered", "answered", 1.0, None, None, 0.0),
        ("answered", "partial", 1.0, None, None, 0.0),
        ("partial", "answered", 1.0, None, None, 0.0),
        ("answered", "no_evidence", 0.0, 0.0, None, 1.0),
        ("answered", "clarify", 0.0, 0.0, None, 1.0),
        ("answered", "failed", 0.0, None, None, 0.0),  # neither answered nor declined
        ("no_evidence", "no_evidence", 1.0, 1.0, 1.0, None),
        ("no_evidence", "out_of_scope", 1.0, 1.0, 1.0, None),
        ("refused", "clarify", 1.0, 1.0, 1.0, None),
        ("no_evidence", "answered", 0.0, None, 0.0, None),
        ("out_of_scope", "partial", 0.0, None, 0.0, None),
        ("refused", "failed", 0.0, None, 0.0, None),
    ],
)
def test_answering_and_declining_are_told_apart(expected, got, outcome, precision, recall, refused):
    found = measures(case(outcome=expected), answer("", outcome=got))
    assert found["outcome"] == outcome
    assert (found["abstention_precision"], found["abstention_recall"], found["false_refusal"]) == (
        precision, recall, refused
    )  # fmt: skip


def test_forbidden_words_make_an_answer_wrong():
    found = row(case(must_not=["20 万元", "保证"]), answer("旧规20万元。[1]", citation(1, "loan#1", "旧规20万元。")))
    assert found.forbidden == ["20 万元"]
    assert found.measures["forbidden"] == 1.0
    assert not found.right


# --- directness -----------------------------------------------------------------------------------


def direct(case, text, **told):
    return measures(case, answer(text, LOAN, **told))["direct"]


def test_an_expected_fact_in_the_first_sentence_is_direct_and_in_the_second_is_not():
    expected = case(facts=[["30万元"]])
    assert direct(expected, "个人最高30万元。[1]企业最高400万元。[1]") == 1.0
    assert direct(expected, "贷款有额度上限。[1]个人最高30万元。[1]") == 0.0


@pytest.mark.parametrize(
    ("question", "first", "language", "expected"),
    [
        ("固定资产贷款能不能续贷", "固定资产贷款不在续贷范围内。", "zh", 1.0),
        ("固定资产贷款可以续贷吗", "固定资产贷款的期限一般较长。", "zh", 0.0),  # says neither yes nor no
        ("固定资产贷款怎么续贷", "固定资产贷款不在续贷范围内。", "zh", 0.0),  # not asked for yes or no
        ("Can a fixed-asset loan be renewed?", "A fixed-asset loan cannot be renewed.", "en", 1.0),
        ("Can a fixed-asset loan be renewed?", "The rules on renewal are from 2024.", "en", 0.0),
        ("How is a loan renewed?", "A fixed-asset loan cannot be renewed.", "en", 0.0),
    ],
)
def test_yes_or_no_is_direct_where_it_is_asked_for(question, first, language, expected):
    asked = case(question=question, language=language, facts=[["到期前"]])
    assert direct(asked, f"{first}[1]", language=language) == expected


def test_a_verdict_of_the_rules_is_direct():
    expected = case(question="我15个人，年收入500万，开厂的", facts=[["300人"]])
    assert direct(expected, "按您说的情况，属于**小型企业**。[1]", assessment={"desk": "size"}) == 1.0
    assert direct(expected, "还差下面的情况。[1]", assessment={"desk": "size"}) == 0.0


def test_an_answer_that_begins_with_what_it_lacks_is_not_direct():
    expected = case(question="利率有没有上限", facts=[["4%"]])
    lacking = "没有收录您问的具体数字，以下是相关的规定。\n\n利率最高4%。[1]"
    assert direct(expected, lacking, outcome="partial", reason="figure_missing") == 0.0
