"""python -m assistant, run as a user runs it."""

from __future__ import annotations

import json
import os

import pytest

from index.lock import DataLock

ZH = "个人创业担保贷款最高能贷多少"


def lines_of(path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_ask_prints_the_answer_and_its_sources(run_command):
    result = run_command("ask", ZH, "--as-of", "2026-11-22")
    assert result.returncode == 0
    assert "30万元" in result.stdout.splitlines()[0]
    assert "[1]" in result.stdout
    assert "财金〔2023〕75号" in result.stdout


def test_ask_with_json_prints_the_record_alone_on_its_day_and_after_earlier_turns(run_command):
    record = json.loads(run_command("ask", "那企业呢", "--context", ZH, "--json", "--as-of", "2028-10-01").stdout)
    assert record["question"] == "那企业呢"
    assert record["as_of"] == "2028-10-01"
    assert "no" in {citation["in_force"] for citation in record["citations"]}
    assert "400万元" in record["text"]


def test_a_day_that_is_none_is_refused(run_command):
    result = run_command("ask", ZH, "--as-of", "2026-02-30")
    assert result.returncode == 2
    assert "2026-02-30" in result.stderr
    assert result.stdout == ""


@pytest.fixture(scope="module")
def batch(run_command, tmp_path_factory):
    """One run over questions with ids of both kinds, earlier turns, a day and a language of their own; with a BOM."""
    folder = tmp_path_factory.mktemp("batch")
    asked = [
        {"id": "b", "question": ZH},
        {"id": 7, "question": "那企业呢", "context": [ZH]},
        {"id": "7", "question": "北京首次贷款贴息多少", "as_of": "2026-02-18"},
        {"id": "a", "question": "北京首次贷款贴息多少"},
        {"id": 0, "question": "期限呢", "context": [ZH, "那企业呢"]},
        {"id": "en", "question": "个人创业担保贷款 start-up", "language": "en"},
        {"id": "blank", "question": ""},
        {"id": "more", "question": "你好", "note": "unknown keys are passed over"},
    ]
    source = folder / "in.jsonl"
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in asked)
    source.write_text(
        text.replace("\n", "\n\n", 1), encoding="utf-8-sig"
    )  # with an empty line, without a last line end
    out = folder / "out.jsonl"
    result = run_command("batch", source, "--out", out, "--as-of", "2026-02-19")
    assert result.returncode == 0, result.stderr
    return lines_of(out)


def test_batch_keeps_order_and_ids_as_they_were(batch):
    assert [answer["id"] for answer in batch] == ["b", 7, "7", "a", 0, "en", "blank", "more"]


def test_batch_reads_each_conversation_turn_by_turn(batch):
    assert "400万元" in batch[1]["text"]
    assert "2年" in batch[4]["text"]  # the term for firms


def test_batch_answers_on_the_day_of_the_line_or_else_of_the_command(batch):
    assert [answer["as_of"] for answer in batch[:4]] == ["2026-02-19", "2026-02-19", "2026-02-18", "2026-02-19"]
    assert {citation["in_force"] for citation in batch[2]["citations"]} == {"yes"}
    assert "失效" in batch[3]["text"]


def test_batch_answers_in_the_language_of_the_line(batch):
    assert [answer["language"] for answer in batch[:6]] == ["zh"] * 5 + ["en"]


def test_batch_answers_every_line_with_a_record(batch):
    assert [answer["outcome"] for answer in batch[-2:]] == ["clarify", "clarify"]
    assert all(set(answer) == set(batch[0]) for answer in batch)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('{"id": "x", "question": ', "Invalid JSON"),
        ('{"id": "x"}', "question"),
        ('{"question": "续贷"}', "id"),
        ('{"id": "x", "question": "续贷", "context": "前一问"}', "context"),
        ('{"id": "x", "question": "续贷", "as_of": "soon"}', "as_of"),
        ("[]", "line"),
    ],
)
def test_a_malformed_line_is_named_in_one_sentence_and_nothing_is_written(tmp_path, line, told):
    from assistant.cli import _batch_lines
    from assistant.errors import BatchError

    source = tmp_path / "in.jsonl"
    source.write_text('{"id": 1, "question": "续贷"}\n\n' + line + "\n", encoding="utf-8")
    with pytest.raises(BatchError) as refused:
        _batch_lines(source)
    assert "line 3" in str(refused.value)
    assert told in str(refused.value)
    assert str(refused.value).endswith("Nothing was answered.")


def test_a_malformed_line_leaves_an_earlier_result_as_it_was(run_command, tmp_path):
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"id": 1, "question": "续贷"}\n{"id": 2}\n', encoding="utf-8")
    out.write_text("earlier\n", encoding="utf-8")
    result = run_command("batch", source, "--out", out)
    assert result.returncode == 1
    assert "line 2: question: Field required. Nothing was answered." in result.stderr
    assert "Traceback" not in result.stderr
    assert out.read_text(encoding="utf-8") == "earlier\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


@pytest.fixture(scope="module")
def unwritable(run_command, tmp_path_factory):
    """A run whose target is a directory, which cannot be replaced by a file."""
    folder = tmp_path_factory.mktemp("unwritable")
    (folder / "taken").mkdir()
    (folder / "in.jsonl").write_text('{"id": 1, "question": "你好"}\n', encoding="utf-8")
    return run_command("batch", folder / "in.jsonl", "--out", folder / "taken"), folder


def test_a_result_that_cannot_be_written_is_told(unwritable):
    result, folder = unwritable
    assert result.returncode == 1
    assert "taken cannot be written" in result.stderr
    assert "Traceback" not in result.stderr
    assert (folder / "taken").is_dir()


def test_a_result_that_cannot_be_put_in_place_is_cleared_away(unwritable):
    assert sorted(path.name for path in unwritable[1].iterdir()) == ["in.jsonl", "taken"]


def test_an_empty_file_has_no_answers_and_a_result_is_put_in_place_whole(run_command, tmp_path):
    source, out, same = tmp_path / "in.jsonl", tmp_path / "out.jsonl", tmp_path / "same.jsonl"
    source.write_bytes(b"\xef\xbb\xbf")
    out.write_text("earlier\n", encoding="utf-8")
    same.hardlink_to(out)  # shows whether the earlier file was written into
    result = run_command("batch", source, "--out", out)
    assert result.returncode == 0
    assert out.read_text(encoding="utf-8") == ""
    assert same.read_text(encoding="utf-8") == "earlier\n"


@pytest.mark.parametrize("content", [None, "续贷".encode("gbk")], ids=["missing", "not UTF-8"])
def test_a_file_that_cannot_be_read_is_told(run_command, tmp_path, content):
    source = tmp_path / "in.jsonl"
    if content is not None:
        source.write_bytes(content)
    result = run_command("batch", source, "--out", tmp_path / "out.jsonl")
    assert result.returncode == 1
    assert "in.jsonl cannot be read as UTF-8 text" in result.stderr
    assert not (tmp_path / "out.jsonl").exists()


def test_ask_works_while_another_process_holds_the_data_directory(run_command, own_data_dir):
    lock = DataLock(own_data_dir).acquire()
    try:
        result = run_command("ask", ZH)
    finally:
        lock.release()
    assert result.returncode == 0
    assert "30万元" in result.stdout


def test_without_an_index_to_read_a_held_directory_is_told_with_its_holder(run_command, tmp_path):
    lock = DataLock(tmp_path / "data").acquire()
    try:
        result = run_command("ask", ZH, SME_DATA_DIR=str(tmp_path / "data"))
    finally:
        lock.release()
    assert result.returncode == 1
    assert f"process {os.getpid()}" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_setting_that_cannot_be_used_is_named(run_command):
    result = run_command("ask", ZH, SME_CANDIDATES="none")
    assert result.returncode == 1
    assert "SME_CANDIDATES" in result.stderr


def test_no_command_is_answered_with_the_help(run_command):
    result = run_command()
    assert result.returncode == 2 or "Usage" in result.stdout
    for command in ("ask", "batch", "evaluate"):
        assert command in result.stdout + result.stderr
