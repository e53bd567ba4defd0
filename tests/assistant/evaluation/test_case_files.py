"""Files of cases: what a line may say, and how a bad one is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.errors import BatchError
from assistant.evaluation.cases import read_cases, read_files, shipped_files

ROW = {"id": "a", "question": "问", "language": "zh", "audience": "owner", "kind": "k", "topic": "t",
       "expect": {"outcome": "answered"}}  # fmt: skip


def write(path: Path, *rows: dict | str) -> Path:
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("row", "named"),
    [
        ("{", "JSON"),
        ({**ROW, "id": "b", "surprise": 1}, "surprise"),
        ({**ROW, "id": "b", "expect": {"outcome": "maybe"}}, "expect.outcome"),
        ({**ROW, "id": "b", "expect": {"outcome": "answered", "clauses": ["loan"]}}, "expect.clauses.0"),
        (ROW, "'a' stands twice"),
    ],
)
def test_a_malformed_case_is_named_by_its_line(tmp_path, row, named):
    with pytest.raises(BatchError, match="line 3") as refused:
        read_cases(write(tmp_path / "cases.jsonl", ROW, "", row))
    assert named in str(refused.value)


def test_clauses_are_optional_and_kept(tmp_path):
    named = {**ROW, "id": "b", "expect": {"outcome": "answered", "clauses": ["loan#1-cap"]}}
    old, new = read_cases(write(tmp_path / "cases.jsonl", ROW, "", named))
    assert (old.expect.clauses, new.expect.clauses) == ([], ["loan#1-cap"])


def test_a_line_separator_within_a_question_does_not_end_the_line(tmp_path):
    (found,) = read_cases(write(tmp_path / "cases.jsonl", {**ROW, "question": "上\u2028下"}))
    assert found.question == "上\u2028下"


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(BatchError, match=r"gone\.jsonl cannot be read"):
        read_cases(tmp_path / "gone.jsonl")


def test_an_id_that_stands_in_two_files_is_refused(tmp_path):
    one, two = write(tmp_path / "one.jsonl", ROW), write(tmp_path / "two.jsonl", ROW)
    with pytest.raises(BatchError, match=r"two\.jsonl: the id 'a' stands in .*one\.jsonl too"):
        read_files([one, two])


def test_two_files_of_one_name_are_refused(tmp_path):
    (tmp_path / "other").mkdir()
    one, two = write(tmp_path / "one.jsonl", ROW), write(tmp_path / "other" / "one.jsonl", {**ROW, "id": "b"})
    with pytest.raises(BatchError, match="another file of cases called 'one'"):
        read_files([one, two])


def test_every_document_and_clause_that_shipped_cases_accept_is_in_the_corpus(corpus):
    known = {document.id for document in corpus.documents}
    clauses = {f"{document.id}#{clause.id}" for document in corpus.documents for clause in document.clauses}
    files = read_files(shipped_files())
    assert {"main", "held_out"} <= files.keys()
    for cases in files.values():
        for found in cases:
            assert set(found.expect.documents) <= known, found.id
            assert set(found.expect.clauses) <= clauses, found.id


def test_shipped_cases_are_asked_on_a_day_of_their_own_so_that_a_run_can_be_repeated():
    for cases in read_files(shipped_files()).values():
        assert [found.id for found in cases if found.as_of is None] == []
