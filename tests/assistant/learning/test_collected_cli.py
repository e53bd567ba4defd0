"""python -m assistant collected, run as staff run it."""

import csv
import io
import json

import pytest


@pytest.fixture
def run(run_command, visited):
    return lambda *arguments: run_command("collected", *arguments, SME_DATA_DIR=str(visited))


def test_what_was_collected_is_listed_per_topic(run):
    result = run()
    assert result.returncode == 0
    assert "3 unanswered" in result.stdout
    assert "2 useless" in result.stdout
    assert "(=没说找谁; 太长，电话[手机号已隐去])" in result.stdout or "(太长，电话[手机号已隐去]; =没说找谁)" in result.stdout
    assert result.stdout.splitlines()[-1].endswith("groups.")


def test_the_table_is_utf_8_for_excel_and_calculates_nothing(run, tmp_path):
    assert run("--kind", "useless", "--csv", tmp_path / "out.csv").returncode == 0
    raw = (tmp_path / "out.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert {row["kind"] for row in rows} == {"useless"}
    (row,) = [row for row in rows if "到期" in row["question"]]
    assert row["count"] == "2"
    assert row["document"] == "jingui-2024-13"
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    assert any("=没说找谁" in row["reasons"] for row in rows)
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_lines_hold_the_same_groups(run, tmp_path):
    run("--kind", "unanswered", "--jsonl", tmp_path / "out.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {line["kind"] for line in lines} == {"unanswered"}
    assert max(line["count"] for line in lines) == 3


def test_drafts_are_skipped_by_the_evaluation_with_a_note(run, run_command, tmp_path):
    out = tmp_path / "cases.jsonl"
    made = run("--kind", "useless", "cases", "--out", out)
    assert made.returncode == 0
    count = len(out.read_text(encoding="utf-8").splitlines())
    assert f"{count} drafts in" in made.stdout
    result = run_command("evaluate", "generate", out, "--out", tmp_path / "run")
    assert f"{count} drafts were skipped" in result.stderr
    assert "0 answers in" in result.stderr
    assert "Traceback" not in result.stderr


def test_nothing_collected_is_said(run_command, tmp_path):
    result = run_command("collected", SME_DATA_DIR=str(tmp_path))
    assert (result.returncode, result.stdout) == (0, "0 questions in 0 groups.\n")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_told(run, tmp_path):
    result = run("--csv", tmp_path / "no" / "out.csv")
    assert result.returncode == 1
    assert "cannot be written" in result.stderr
    assert "Traceback" not in result.stderr
