"""python -m assistant receipts, run as staff run it."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3

import pytest

from index.lock import DataLock

NUMBER = re.compile(r"[a-z2-7]{26}")


@pytest.fixture(scope="module")
def folder(own_data_dir, tmp_path_factory):
    """A data directory with two receipts, and their numbers."""
    directory = tmp_path_factory.mktemp("receipts")
    shutil.copytree(own_data_dir / "index", directory / "index")
    shutil.copytree(own_data_dir / "models", directory / "models", symlinks=True)
    return directory


@pytest.fixture(scope="module")
def run(run_command, folder):
    """run("receipts", …) over that directory."""
    return lambda *arguments, **environment: run_command(*arguments, SME_DATA_DIR=str(folder), **environment)


@pytest.fixture(scope="module")
def numbers(run):
    first = run("ask", "贷款快到期了怎么办", "--as-of", "2026-11-22")
    second = run("ask", "那企业呢", "--context", "个人创业担保贷款最高能贷多少", "--json", "--as-of", "2026-11-22")
    assert first.stdout.splitlines()[-1].startswith("回答编号 ")
    json.loads(second.stdout)  # the record alone; the number is told apart from it
    return NUMBER.search(first.stdout.splitlines()[-1])[0], NUMBER.search(second.stderr)[0]


def stored(folder, number):
    connection = sqlite3.connect(folder / "records.sqlite3")
    ((record,),) = connection.execute("SELECT record FROM receipts WHERE id = ?", (number,))
    connection.close()
    return record


def overwritten(folder, number, record):
    connection = sqlite3.connect(folder / "records.sqlite3")
    connection.execute("UPDATE receipts SET record = ? WHERE id = ?", (record, number))
    connection.commit()
    connection.close()


def test_a_receipt_is_shown_in_words_and_as_stored(run, numbers):
    shown = run("receipts", "show", numbers[1])
    assert shown.returncode == 0
    assert "(before) 个人创业担保贷款最高能贷多少" in shown.stdout
    assert "400万元" in shown.stdout
    assert shown.stdout.endswith("untouched\n")
    record = json.loads(run("receipts", "show", numbers[1], "--json").stdout)
    assert record["surface"] == "ask"
    assert record["question"]["text"] == "那企业呢"


def test_a_replay_says_that_the_answer_is_the_same_while_the_page_has_the_index(run, folder, numbers):
    lock = DataLock(folder).acquire()
    try:
        results = [run("receipts", "replay", number) for number in numbers]
    finally:
        lock.release()
    assert [(result.returncode, result.stdout) for result in results] == [(0, "The same answer, to the byte.\n")] * 2


def test_all_receipts_are_verified(run, numbers):
    result = run("receipts", "verify")
    assert (result.returncode, result.stdout) == (0, "2 receipts checked, 0 changed since they were written.\n")
    assert run("receipts", "verify", numbers[0]).stdout.startswith("1 receipts checked, 0 changed")


def test_a_changed_receipt_is_named_with_its_part_and_not_answered_again(run, folder, numbers):
    as_it_was = stored(folder, numbers[1])
    overwritten(folder, numbers[1], as_it_was.replace("400万元", "500万元"))
    try:
        all_, one = run("receipts", "verify"), run("receipts", "verify", numbers[0])
        shown, again = run("receipts", "show", numbers[1]), run("receipts", "replay", numbers[1])
    finally:
        overwritten(folder, numbers[1], as_it_was)
    assert all_.returncode == 1
    assert f"Receipt {numbers[1]} was changed after it was written, in: answer, clauses." in all_.stdout
    assert numbers[0] not in all_.stdout
    assert one.returncode == 0
    assert shown.returncode == 1
    assert "was changed" in shown.stderr
    assert again.returncode == 1
    assert "It is not answered again." in again.stderr
    assert run("receipts", "verify").returncode == 0


def test_a_number_there_is_not_is_told(run, numbers):
    for command in ("show", "verify", "replay"):
        result = run("receipts", command, "a" * 26)
        assert result.returncode == 1
        assert f"There is no receipt '{'a' * 26}'" in result.stderr
        assert "Traceback" not in result.stderr


def test_without_the_key_nothing_is_said_to_be_right(run, folder, numbers):
    key = folder / "records.key"
    key.rename(folder / "kept.key")
    try:
        result = run("receipts", "verify")
    finally:
        (folder / "kept.key").rename(key)
    assert result.returncode == 1
    assert "records.key is not there" in result.stderr


def test_a_data_directory_without_receipts_has_none(run_command, tmp_path):
    result = run_command("receipts", "verify", SME_DATA_DIR=str(tmp_path))
    assert (result.returncode, result.stdout) == (0, "0 receipts checked, 0 changed since they were written.\n")
    assert list(tmp_path.iterdir()) == []


def test_a_batch_keeps_receipts_only_when_asked_to(run, folder, tmp_path):
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"id": 1, "question": "你好"}\n{"id": 2, "question": "LPR现在多少"}\n', encoding="utf-8")
    connection = sqlite3.connect(folder / "records.sqlite3")
    before = connection.execute("SELECT count(*) FROM receipts").fetchone()[0]
    run("batch", source, "--out", out)
    assert connection.execute("SELECT count(*) FROM receipts").fetchone()[0] == before
    assert run("batch", source, "--out", out, "--receipts").returncode == 0
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    found = {id for (id,) in connection.execute("SELECT id FROM receipts WHERE instr(record, '\"surface\":\"batch\"')")}
    assert {line["receipt"] for line in lines} == found
    connection.execute("DELETE FROM receipts WHERE instr(record, '\"surface\":\"batch\"')")
    connection.commit()
    connection.close()


def test_a_record_that_cannot_be_kept_is_told_beside_the_answer(run_command, own_data_dir, tmp_path):
    shutil.copytree(own_data_dir / "index", tmp_path / "index")
    shutil.copytree(own_data_dir / "models", tmp_path / "models", symlinks=True)
    (tmp_path / "records.sqlite3").write_text("not a database " * 100)
    result = run_command("ask", "个人创业担保贷款最高能贷多少", SME_DATA_DIR=str(tmp_path))
    assert result.returncode == 0
    assert "30万元" in result.stdout
    assert "回答编号" not in result.stdout
    assert "move that file away if it is damaged" in result.stderr
    assert "Traceback" not in result.stderr


def test_old_receipts_are_deleted_on_request(run, numbers):
    assert run("receipts", "prune", "--days", "1").stdout == "0 receipts deleted.\n"
    for wrong in ((), ("--days", "1", "--before", "2026-01-01")):
        result = run("receipts", "prune", *wrong)
        assert result.returncode == 1
        assert "Give one of" in result.stderr
    assert run("receipts", "prune", "--before", "2999-01-01").stdout == "2 receipts deleted.\n"
