"""`python -m assistant evaluate` as a user runs it: folders of runs, scores made again, comparison, report."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from assistant.errors import RunError
from assistant.evaluation.report import write_report
from assistant.evaluation.run_folder import create, read_rows
from assistant.evaluation.scoring import score_run

CAP = {"id": "cap", "question": "个人创业担保贷款最高能贷多少", "language": "zh", "audience": "owner", "kind": "amount",
       "topic": "startup-loan", "as_of": "2026-11-23",
       "expect": {"outcome": "answered", "facts": [["30万元"]], "documents": ["startup-guarantee-loan"]}}  # fmt: skip
FIRM = {**CAP, "id": "firm", "question": "那企业呢", "context": [CAP["question"]], "as_of": "2028-10-01",
        "expect": {"outcome": "answered", "facts": [["400万元"]]}}  # fmt: skip
WRONG = {**CAP, "id": "wrong", "topic": "<b>nowhere</b>", "expect": {"outcome": "answered", "facts": [["不存在的话"]]}}


def write(path: Path, *cases: dict) -> Path:
    path.write_text("".join(json.dumps(case, ensure_ascii=False) + "\n" for case in cases), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def good_run(run_command, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("good")
    done = run_command("evaluate", write(folder / "cases.jsonl", CAP, FIRM), "--out", folder / "run")
    assert done.returncode == 0, done.stderr
    assert "right                 1.000  [1.000, 1.000]  n=2" in done.stdout
    return folder / "run"


@pytest.fixture(scope="module")
def bad_run(run_command, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("bad")
    done = run_command("evaluate", write(folder / "cases.jsonl", CAP, WRONG), "--out", folder / "run")
    assert done.returncode == 1
    assert "Below the gates: right of all cases ≥ 0.9: 0.5000 (n=2)" in done.stderr
    return folder / "run"


def test_a_run_keeps_answers_rows_summary_and_all_it_was_made_with(good_run):
    assert sorted(path.name for path in good_run.iterdir()) == [
        "answers.jsonl", "rows.jsonl", "settings.json", "summary.json"
    ]  # fmt: skip
    settings = json.loads((good_run / "settings.json").read_text(encoding="utf-8"))
    assert settings["cases"] == 2
    assert settings["index_settings"]["retrievers"] == ["meaning", "words"]
    assert set(settings["answer_settings"]["floor"]) == {"zh", "en"}
    digests = [settings["digests"][name] for name in ("corpus", "rules", "code")] + [settings["digests"]["cases"]["cases"]]
    assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in digests)
    assert settings["versions"]["numpy"]
    first, follow_up = (json.loads(line) for line in (good_run / "answers.jsonl").read_text("utf-8").splitlines())
    assert first["answer"]["citations"][0]["quote"]
    assert (follow_up["answer"]["as_of"], follow_up["case"]["context"]) == ("2028-10-01", [CAP["question"]])


def test_scoring_again_without_asking_gives_the_same(good_run):
    before = {name: (good_run / name).read_bytes() for name in ("rows.jsonl", "summary.json")}
    (good_run / "rows.jsonl").unlink()
    rows = score_run(good_run)
    assert {name: (good_run / name).read_bytes() for name in before} == before
    assert read_rows(good_run) == rows


def test_scoring_reads_the_answers_that_are_kept(good_run, tmp_path):
    for name in ("answers.jsonl", "settings.json"):
        text = (good_run / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace("30万元", "31万元") if name == "answers.jsonl" else text, "utf-8")
    changed = {row.id: row.measures for row in score_run(tmp_path)}
    assert changed["cap"]["facts"] == 1.0  # the expectation was changed alike
    settings = (tmp_path / "answers.jsonl").read_text(encoding="utf-8").replace('[["31万元"]]', '[["30万元"]]')
    (tmp_path / "answers.jsonl").write_text(settings, encoding="utf-8")
    assert {row.id: row.measures["facts"] for row in score_run(tmp_path)}["cap"] == 0.0


def test_a_run_never_overwrites_another(run_command, good_run):
    done = run_command("evaluate", "generate", good_run.parent / "cases.jsonl", "--out", good_run)
    assert done.returncode == 1
    assert "is there already. Name another folder with --out" in done.stderr


def test_a_bad_line_is_named_and_nothing_is_left(run_command, tmp_path):
    cases = write(tmp_path / "cases.jsonl", CAP, {**CAP, "id": "b", "language": "fr"})
    done = run_command("evaluate", cases, "--out", tmp_path / "run")
    assert done.returncode == 1
    assert "cases.jsonl, line 2: language:" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["cases.jsonl"]


def test_runs_lie_in_the_data_directory_by_default(run_command, own_data_dir, good_run):
    done = run_command("evaluate", "generate", good_run.parent / "cases.jsonl")
    assert done.returncode == 0, done.stderr
    (run,) = (own_data_dir / "runs").iterdir()
    assert f"2 answers in {run}" in done.stderr
    assert sorted(path.name for path in run.iterdir()) == ["answers.jsonl", "settings.json"]


def test_a_run_that_fails_half_way_leaves_nothing(tmp_path):
    def fill(folder: Path) -> None:
        (folder / "answers.jsonl").write_text("half", encoding="utf-8")
        raise OSError(28, "No space left on device")

    with pytest.raises(RunError, match="No space left on device"):
        create(tmp_path / "run", fill)
    assert list(tmp_path.iterdir()) == []


def test_two_runs_are_compared(run_command, good_run, bad_run):
    done = run_command("evaluate", "compare", good_run, bad_run)
    assert done.stdout.splitlines()[:3] == ["1 cases in both runs", "1 only in the first: firm", "1 only in the second: wrong"]
    assert done.stdout.splitlines()[-3:] == ["worse: 0", "mixed: 0", "better: 0"]


def test_gates_are_listed_with_what_a_run_brought(run_command, bad_run):
    done = run_command("evaluate", "gates", bad_run)
    assert done.returncode == 1
    assert "MISSED  right of all cases ≥ 0.9: 0.5000 (n=2)" in done.stdout
    assert "passed  unsupported of all cases ≤ 0: 0.0000 (n=2)" in done.stdout
    assert "passed  right of file main ≥" in done.stdout


def test_what_is_no_run_is_refused(run_command, tmp_path):
    done = run_command("evaluate", "score", tmp_path)
    assert done.returncode == 1
    assert "A run is a folder made by `python -m assistant evaluate generate`" in done.stderr


# --- the report -----------------------------------------------------------------------------------


def test_the_report_stands_alone_and_tells_every_wrong_case(good_run, bad_run):
    page = write_report(bad_run, against=good_run).read_text(encoding="utf-8")
    assert not re.search(r'(?:src|href)=|url\(|@import|<script', page)  # nothing from elsewhere
    assert "2 cases, 1 right and 1 wrong" in page
    assert "gates missed" in page
    assert "Every case that is wrong (1)" in page
    assert '<p class="bad">missing: 不存在的话</p>' in page
    assert page.count("<svg") > 20
    assert "Compared with the run before (1 cases in both)" in page


def test_the_report_puts_the_worst_topic_first_and_escapes_its_name(bad_run):
    page = write_report(bad_run).read_text(encoding="utf-8")
    topics = page[page.index("Worst topics first") :]
    assert topics.index("&lt;b&gt;nowhere&lt;/b&gt;") < topics.index("startup-loan")
    assert "<b>nowhere" not in page


def test_the_report_of_a_good_run_says_so(good_run):
    page = write_report(good_run).read_text(encoding="utf-8")
    assert "All gates passed." in page
    assert "Every case that is wrong (0)" in page
