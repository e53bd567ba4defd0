"""Receipts are kept whole, by several at once, and what goes wrong is said without costing the answer."""

import json
import os
import re
import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from today import TODAY

from assistant.errors import RecordsError
from assistant.records.receipt import new_id
from assistant.records.recorder import LONGEST, Recorder, Surface, open_records
from assistant.records.settings import RecordSettings
from assistant.records.store import RecordStore
from assistant.types import Question
from index.settings import ROOT

NOW = datetime(2026, 11, 28, 12, tzinfo=timezone.utc)
ASKED = Question("贷款快到期了怎么办", TODAY)


def kept_at(store, *moments):
    """Small records, as far as the store is concerned."""
    ids = [new_id() for _ in moments]
    for id, moment in zip(ids, moments, strict=True):
        store.keep(id, {"receipt": id, "format": 1, "time": moment.isoformat(timespec="seconds")})
    return ids


def test_numbers_cannot_be_guessed_and_are_read_from_an_address():
    numbers = {new_id() for _ in range(1000)}
    assert len(numbers) == 1000
    assert all(re.fullmatch(r"[a-z2-7]{26}", number) for number in numbers)
    assert len({number[:4] for number in numbers}) > 990  # nothing counts up


def test_an_answer_leaves_a_record_of_all_it_rests_on(keep, store, assistant):
    kept = keep("那企业呢", "个人创业担保贷款最高能贷多少")
    row = store.find(kept.receipt)
    record = json.loads(row.record)
    told = kept.answer.to_json()
    told.pop("timings_ms")
    assert record["answer"] == told
    assert record["question"] == {
        "text": "那企业呢", "context": ["个人创业担保贷款最高能贷多少"], "language": None, "as_of": TODAY.isoformat(),
    }  # fmt: skip
    assert record["corpus"]["digest"] == assistant.serving.manifest.corpus
    assert [clause["clause"] for clause in record["clauses"]["cited"]] == [
        f"{c.document_id}#{c.clause_id}" for c in kept.answer.citations
    ]
    assert len(record["clauses"]["considered"]) > 5
    assert all(re.fullmatch("[0-9a-f]{64}", c["digest"]) for part in record["clauses"].values() for c in part)
    assert record["topic"]["document"] == kept.answer.citations[0].document_id
    assert record["versions"]["packages"]["numpy"]
    assert record["versions"]["encoder"] == "multilingual-e5-small"
    assert record["versions"]["settings"]["candidates"] == 60
    assert record["surface"] == "page"


def test_what_the_rules_decided_is_in_the_record(keep, store):
    kept = keep("我在杭州开餐馆，15个人，去年营业额300万，算小型还是微型企业")
    assert '"desk":"size"' in store.find(kept.receipt).record


def test_earlier_turns_are_kept_without_personal_numbers(keep, store):
    kept = keep("那企业呢", "我手机13800138000，个人创业担保贷款最高能贷多少")
    assert "13800138000" not in store.find(kept.receipt).record


def test_the_file_is_for_its_owner_only_and_read_while_it_is_written(keep, store):
    keep("你好")
    path = store.data_dir / "records.sqlite3"
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600 or os.name != "posix"
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_many_threads_lose_nothing(store):
    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(lambda _: kept_at(store, NOW)[0], range(80)))
    assert {row.id for row in store.receipts()} == set(ids)


WRITER = """
import sys
from datetime import datetime, timezone
from pathlib import Path
from assistant.records.receipt import new_id
from assistant.records.store import RecordStore
store = RecordStore(Path(sys.argv[1]))
for _ in range(25):
    id = new_id()
    store.keep(id, {"receipt": id, "format": 1, "time": datetime.now(timezone.utc).isoformat(timespec="seconds")})
"""


def test_several_processes_write_into_one_new_file(store):
    started = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(store.data_dir)], cwd=ROOT, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    assert [process.communicate(timeout=120)[1].decode() for process in started] == ["", "", ""]
    assert len(list(store.receipts())) == 75


def damaged(path):
    path.parent.mkdir(parents=True)
    path.write_text("not a database " * 1000)


def a_folder(path):
    path.mkdir(parents=True)


@pytest.mark.parametrize("spoil", [damaged, a_folder])
def test_a_file_that_cannot_be_used_costs_no_answer_and_works_again_once_it_is_moved_away(recorder, spoil):
    path = recorder.store.data_dir / "records.sqlite3"
    spoil(path)
    kept = recorder.answer(ASKED)
    assert "[1]" in kept.answer.text
    assert kept.receipt is None
    assert str(path) in kept.problem
    assert "move that file away" in kept.problem
    path.rename(path.with_name("aside"))
    assert recorder.answer(ASKED).receipt is not None


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="a folder that nobody can write to is known on Linux only")
def test_a_folder_that_cannot_be_written_costs_no_answer(assistant):
    store = RecordStore(Path("/proc/self/records"))
    kept = Recorder(lambda: assistant.serving, store, RecordSettings(), Surface.PAGE).answer(ASKED)
    assert "[1]" in kept.answer.text
    assert "Make the data directory writable" in kept.problem


def test_a_file_held_by_another_writer_costs_no_answer(assistant, store):
    impatient = RecordStore(store.data_dir, wait=0.1)
    recorder = Recorder(lambda: assistant.serving, impatient, RecordSettings(), Surface.PAGE)
    recorder.answer(ASKED)
    other = sqlite3.connect(store.data_dir / "records.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    kept = recorder.answer(ASKED)
    assert "[1]" in kept.answer.text
    assert "locked" in kept.problem
    other.execute("ROLLBACK")
    other.close()
    assert recorder.answer(ASKED).receipt is not None
    impatient.close()


def test_a_file_moved_away_while_it_is_open_is_made_anew(keep, store):
    keep("你好")
    path = store.data_dir / "records.sqlite3"
    path.rename(path.with_name("moved"))
    second = keep("你好")
    assert [row.id for row in store.receipts()] == [second.receipt]
    assert path.exists()


def test_a_conversation_too_long_to_be_one_leaves_no_record(recorder):
    kept = recorder.answer(Question("续" * (LONGEST + 1), TODAY))
    assert (kept.receipt, kept.problem) == (None, None)
    assert kept.answer.text


@pytest.mark.parametrize("text", ["", "\ud800", "\x00续贷", "<script>'\"; DROP TABLE receipts; --"])
def test_any_words_are_kept(keep, store, text):
    assert store.find(keep(text).receipt) is not None


# --- how long ---------------------------------------------------------------------------------------


def test_what_is_older_than_the_day_goes_and_the_rest_stays(store):
    old, at, young = kept_at(store, NOW - timedelta(seconds=1), NOW, NOW + timedelta(seconds=1))
    assert store.prune(NOW) == 1
    assert [row.id for row in store.receipts()] == [at, young]
    assert store.find(old) is None


def test_what_was_deleted_is_not_left_in_the_file(keep, store):
    keep("关于蜻蜓牌挖掘机的续贷问题")
    store.prune(datetime.now(timezone.utc) + timedelta(days=1))
    store.close()
    for path in store.data_dir.iterdir():
        assert "蜻蜓牌挖掘机".encode() not in path.read_bytes(), path


def test_at_the_start_receipts_past_their_days_go(store):
    now = datetime.now(timezone.utc)
    _, young = kept_at(store, now - timedelta(days=181), now - timedelta(days=179))
    store.close()
    assert [row.id for row in open_records(store.data_dir, RecordSettings()).receipts()] == [young]


def test_with_no_days_nothing_is_kept(assistant, store):
    kept_at(store, datetime.now(timezone.utc) - timedelta(seconds=5))
    none = RecordSettings(receipt_days=0)
    opened = open_records(store.data_dir, none)
    kept = Recorder(lambda: assistant.serving, opened, none, Surface.PAGE).answer(ASKED)
    assert (kept.receipt, kept.problem) == (None, None)
    assert list(opened.receipts()) == []


def test_a_store_that_cannot_be_opened_does_not_keep_the_page_from_starting(tmp_path, caplog):
    damaged(tmp_path / "data" / "records.sqlite3")
    open_records(tmp_path / "data", RecordSettings())
    assert "move that file away" in caplog.text


def test_reading_what_was_never_written_makes_no_file(store):
    assert store.find("a" * 26) is None
    assert list(store.receipts()) == []
    assert not store.data_dir.exists()


@pytest.mark.parametrize("value", ["many", "-1", "1.5"])
def test_days_that_are_none_are_named(value):
    with pytest.raises(RecordsError, match=f"SME_RECEIPT_DAYS='{value}' cannot be used"):
        RecordSettings.from_environment({"SME_RECEIPT_DAYS": value})
