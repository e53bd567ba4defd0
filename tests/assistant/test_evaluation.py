"""How right an answer is, and what a run makes of it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from assistant.errors import BatchError
from assistant.evaluation.cases import Case, Expected, read_cases
from assistant.evaluation.run import GATES, gates_missed, measures, run, summary
from assistant.evaluation.score import Score, mean, score
from assistant.types import Answer, Citation, Outcome
from index.settings import ROOT
from index.types import Language, Validity, Verification


def case(id: str = "c1", outcome: Outcome = Outcome.ANSWERED, **expected) -> Case:
    return Case(
        id=id, question="问", language=Language.ZH, audience="owner", kind="amount", topic="loan",
        expect=Expected(outcome=outcome, **expected),
    )  # fmt: skip


def answer(text: str = "最高30万元。[1]", outcome: Outcome = Outcome.ANSWERED, *documents: str) -> Answer:
    citations = tuple(
        Citation(n, id, None, id, "一", "1", "标题", "正文", (), None, Validity.YES, Verification.SEEN)
        for n, id in enumerate(documents, 1)
    )
    return Answer("id", "问", Language.ZH, outcome, None, date(2026, 11, 22), text, citations=citations)


def test_everything_as_expected_is_right():
    expected = case(facts=[["30万元"]], documents=["loan", "other"], must_not=["20万元"])
    scored = score(expected, answer("最高30万元。", Outcome.ANSWERED, "loan"))
    assert (scored.facts, scored.document, scored.outcome, scored.forbidden) == (1.0, True, True, ())
    assert scored.right


def test_one_of_two_facts_is_a_half_and_not_right():
    scored = score(case(facts=[["30万元"], ["3年"]]), answer("最高30万元。"))
    assert scored.facts == 0.5
    assert not scored.right


def test_any_wording_of_a_fact_will_do():
    assert score(case(facts=[["三十万元", "30万元"]]), answer("最高30万元。")).facts == 1.0


@pytest.mark.parametrize("text", ["最高 30 万元", "最高３０万元", "最高30[1]万元"])
def test_blanks_widths_and_marks_do_not_matter(text):
    assert score(case(facts=[["30万元"]]), answer(text)).facts == 1.0


def test_thousands_marks_do_not_matter():
    assert score(case(facts=[["300000 yuan"]]), answer("up to 300,000 yuan")).facts == 1.0
    assert score(case(facts=[["30,0000"]]), answer("300000")).facts == 0.0  # no thousands mark


def test_one_accepted_document_is_enough():
    assert score(case(documents=["a", "b"]), answer("", Outcome.ANSWERED, "x", "b")).document is True
    assert score(case(documents=["a", "b"]), answer("", Outcome.ANSWERED, "x")).document is False


def test_what_is_not_expected_is_undefined_and_not_zero():
    scored = score(case(), answer())
    assert scored.facts is None
    assert scored.document is None
    assert scored.right


@pytest.mark.parametrize(
    ("expected", "got", "fits"),
    [
        (Outcome.ANSWERED, Outcome.ANSWERED, True),
        (Outcome.ANSWERED, Outcome.PARTIAL, True),
        (Outcome.PARTIAL, Outcome.ANSWERED, True),
        (Outcome.ANSWERED, Outcome.NO_EVIDENCE, False),
        (Outcome.ANSWERED, Outcome.FAILED, False),
        (Outcome.NO_EVIDENCE, Outcome.NO_EVIDENCE, True),
        (Outcome.NO_EVIDENCE, Outcome.OUT_OF_SCOPE, True),
        (Outcome.REFUSED, Outcome.CLARIFY, True),
        (Outcome.NO_EVIDENCE, Outcome.ANSWERED, False),
        (Outcome.NO_EVIDENCE, Outcome.PARTIAL, False),
        (Outcome.REFUSED, Outcome.FAILED, False),
    ],
)
def test_answering_and_declining_are_told_apart(expected, got, fits):
    assert score(case(outcome=expected), answer("", got)).outcome is fits


def test_forbidden_words_make_an_answer_wrong():
    scored = score(case(must_not=["20 万元", "保证"]), answer("旧规20万元。"))
    assert scored.forbidden == ("20 万元",)
    assert not scored.right


def test_a_mean_says_what_it_rests_on():
    assert mean([1.0, 0.5, None]) == (0.75, 2)  # (1 + 0.5) / 2
    assert mean([True, False, False, True]) == (0.5, 4)


def test_a_mean_of_nothing_is_undefined():
    assert mean([]) == (None, 0)
    assert mean([None, None]) == (None, 0)


def scores(right: int, wrong: int) -> list[Score]:
    good = score(case(facts=[["30万元"]], documents=["loan"]), answer("30万元", Outcome.ANSWERED, "loan"))
    bad = score(case(facts=[["30万元"]], documents=["loan"]), answer("", Outcome.NO_EVIDENCE))
    return [good] * right + [bad] * wrong


def test_each_measure_is_the_mean_of_its_own_cases():
    declined = score(case(outcome=Outcome.NO_EVIDENCE), answer("", Outcome.NO_EVIDENCE))
    measured = measures([*scores(1, 1), declined])
    assert measured["right"] == (pytest.approx(2 / 3), 3)
    assert measured["facts"] == (0.5, 2)  # the declined case expects no fact
    assert measured["documents"] == (0.5, 2)
    assert measured["outcomes"] == (pytest.approx(2 / 3), 3)


def test_gates_pass_at_their_limit_and_fail_below():
    reached = 96  # the highest gate, 0.96, of 100 cases
    assert max(GATES.values()) == 0.96
    assert gates_missed(scores(reached, 100 - reached)) == []
    assert len(gates_missed(scores(95, 5))) == 2  # documents and outcomes at 0.95
    assert len(gates_missed(scores(93, 7))) == 4


def test_a_missed_gate_names_value_and_limit():
    assert "right 0.500 < 0.94" in gates_missed(scores(1, 1))


def test_a_run_without_cases_misses_no_gate_and_claims_nothing():
    assert gates_missed([]) == []
    assert measures([])["right"] == (None, 0)


def test_the_summary_says_n_for_every_mean_and_leaves_out_what_is_undefined():
    declined = score(case("c2", outcome=Outcome.NO_EVIDENCE), answer("", Outcome.NO_EVIDENCE))
    lines = {line[:24].strip(): line for line in summary([*scores(1, 0), declined])}
    assert "right 1.000 (n=2)" in lines["all"]
    assert "facts 1.000 (n=1)" in lines["all"]
    assert "facts" not in lines["expects no_evidence"]


def write(path: Path, *rows: dict | str) -> Path:
    path.write_text(
        "\n".join(row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows),
        encoding="utf-8",
    )
    return path


ROW = {
    "id": "a",
    "question": "问",
    "language": "zh",
    "audience": "owner",
    "kind": "k",
    "topic": "t",
    "expect": {"outcome": "answered"},
}


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("{", "line 2"),
        ({**ROW, "id": "b", "surprise": 1}, "surprise"),
        ({**ROW, "id": "b", "expect": {"outcome": "maybe"}}, "outcome"),
        (ROW, "'a' stands twice"),
    ],
)
def test_a_malformed_case_is_named_by_its_line(tmp_path, row, told):
    with pytest.raises(BatchError, match="line 2") as refused:
        read_cases(write(tmp_path / "cases.jsonl", ROW, row))
    assert told in str(refused.value)


def test_empty_lines_between_cases_are_passed_over(tmp_path):
    assert [found.id for found in read_cases(write(tmp_path / "cases.jsonl", ROW, "", {**ROW, "id": "b"}))] == [
        "a",
        "b",
    ]


def test_a_case_is_asked_on_its_day_and_with_its_conversation(assistant, tmp_path):
    told = {"question": "那企业呢", "context": ["个人创业担保贷款最高能贷多少"], "as_of": "2028-10-01"}
    (scored,) = run(assistant, write(tmp_path / "cases.jsonl", {**ROW, **told}))
    assert scored.answer.as_of == date(2028, 10, 1)
    assert "400万元" in scored.answer.text


@pytest.mark.parametrize("name", ["main", "held_out"])
def test_every_expected_document_is_in_the_corpus(corpus, name):
    known = {document.id for document in corpus.documents}
    for found in read_cases(ROOT / "tests" / "cases" / f"{name}.jsonl"):
        assert set(found.expect.documents) <= known, found.id


def test_our_own_cases_pass_the_gates(run_command, tmp_path):
    rows = tmp_path / "rows.jsonl"
    result = run_command("evaluate", "tests/cases/main.jsonl", "--out", rows)
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("all ")
    cases = read_cases(ROOT / "tests" / "cases" / "main.jsonl")
    assert f"right 0.{result.stdout.split('right 0.')[1][:3]} (n={len(cases)})" in result.stdout.splitlines()[0]
    assert [json.loads(line)["id"] for line in rows.read_text(encoding="utf-8").splitlines()] == [
        found.id for found in cases
    ]


def test_cases_that_fail_leave_with_one(run_command, tmp_path):
    impossible = {
        **ROW,
        "question": "个人创业担保贷款最高能贷多少",
        "expect": {"outcome": "answered", "facts": [["不存在的话"]]},
    }
    result = run_command("evaluate", write(tmp_path / "cases.jsonl", impossible))
    assert result.returncode == 1
    assert "facts 0.000 < 0.9" in result.stderr
