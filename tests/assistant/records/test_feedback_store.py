"""Feedback is kept, and nothing more than it needs."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from assistant.errors import RecordsError
from assistant.records.store import LONGEST_REASON, Rating, RecordStore
from assistant.types import Answer, Outcome
from index.types import Language

ZH = Language.ZH


def an_answer(question="能续贷吗", id="a1"):
    return Answer(id, question, ZH, Outcome.ANSWERED, None, date(2026, 11, 23), "可以续贷。[1]")


def rows(store):
    connection = sqlite3.connect(store.data_dir / "records.sqlite3")
    connection.row_factory = sqlite3.Row
    found = [dict(row) for row in connection.execute("SELECT * FROM feedback ORDER BY id")]
    connection.close()
    return found


def test_a_rating_is_stored_with_what_it_is_about(store):
    store.rate(an_answer(), Rating.USEFUL, "r1")
    (row,) = rows(store)
    assert row.pop("time").endswith("+00:00")
    assert row == {
        "id": 1, "receipt": "r1", "answer_id": "a1", "question": "能续贷吗", "outcome": "answered",
        "rating": "useful", "reason": "", "imported": None,
    }  # fmt: skip


def test_a_reason_is_added_to_its_rating(store):
    first = store.rate(an_answer(), Rating.USELESS, None)
    store.rate(an_answer(), Rating.USEFUL, None)
    store.explain(first, "  条款\n不对 ", ZH)
    assert [row["reason"] for row in rows(store)] == ["条款 不对", ""]


def test_a_visitor_who_changes_their_mind_has_one_row(store):
    first = store.rate(an_answer(), Rating.USELESS, None)
    assert store.rate(an_answer(), Rating.USEFUL, None, replaces=first) == first
    assert [row["rating"] for row in rows(store)] == ["useful"]


def test_a_long_reason_is_cut(store):
    store.explain(store.rate(an_answer(), Rating.USELESS, None), "长" * 5000, ZH)
    assert len(rows(store)[0]["reason"]) == LONGEST_REASON


def test_question_and_reason_are_kept_without_personal_numbers(store):
    row = store.rate(an_answer("我是13800138000"), Rating.USEFUL, None)
    store.explain(row, "打13800138000找我，或写信给 wang@example.com", ZH)
    (kept,) = rows(store)
    assert "13800138000" not in kept["question"] + kept["reason"]
    assert "wang@example.com" not in kept["reason"]
    assert "找我" in kept["reason"]


def test_a_question_that_no_database_takes_is_rated_all_the_same(store):
    store.rate(an_answer("续贷\ud800吗"), Rating.USEFUL, None)
    assert rows(store)[0]["question"] == "续贷?吗"


def test_many_visitors_at_once_lose_nothing(store):
    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(lambda n: store.rate(an_answer(id=f"a{n}"), Rating.USEFUL, None), range(80)))
    assert len(set(ids)) == 80
    assert len(rows(store)) == 80


def test_feedback_survives_a_restart(tmp_path):
    for _ in range(2):
        store = RecordStore(tmp_path)
        store.rate(an_answer(), Rating.USEFUL, None)
        store.close()
    assert len(rows(store)) == 2


def test_a_damaged_file_is_named(store):
    store.data_dir.mkdir()
    (store.data_dir / "records.sqlite3").write_text("not a database " * 100)
    with pytest.raises(RecordsError, match=r"records\.sqlite3.*move that file away"):
        store.rate(an_answer(), Rating.USEFUL, None)


# --- the file of an earlier version ---------------------------------------------------------------


def earlier_file(folder, *questions):
    """As the version before receipts wrote it."""
    folder.mkdir(exist_ok=True)
    connection = sqlite3.connect(folder / "feedback.sqlite3")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute(
        "CREATE TABLE feedback (id INTEGER PRIMARY KEY, answer_id TEXT NOT NULL, question TEXT NOT NULL, "
        "outcome TEXT NOT NULL, rating TEXT NOT NULL, reason TEXT NOT NULL DEFAULT '', time TEXT NOT NULL)"
    )
    for question in questions:
        connection.execute(
            "INSERT INTO feedback (answer_id, question, outcome, rating, reason, time) "
            "VALUES ('a', ?, 'answered', 'useless', '没用', '2026-10-01T00:00:00+00:00')",
            (question,),
        )
    connection.commit()
    connection.close()


def test_earlier_feedback_is_brought_in_once_and_the_file_put_aside(store):
    earlier_file(store.data_dir, "一", "二", "二")
    assert store.take_over() == 3
    assert store.take_over() == 0
    assert [item.question for item in store.feedback()] == ["一", "二", "二"]
    assert (store.data_dir / "feedback.sqlite3.imported").exists()
    assert not (store.data_dir / "feedback.sqlite3").exists()


def test_bringing_in_that_was_cut_off_before_the_renaming_doubles_nothing(store):
    earlier_file(store.data_dir, "一", "二")
    store.take_over()
    (store.data_dir / "feedback.sqlite3.imported").rename(store.data_dir / "feedback.sqlite3")
    store.take_over()
    assert [item.question for item in store.feedback()] == ["一", "二"]


def test_a_file_written_by_the_earlier_version_after_that_is_brought_in_too(store):
    earlier_file(store.data_dir, "一")
    store.take_over()
    earlier_file(store.data_dir, "另一个")
    connection = sqlite3.connect(store.data_dir / "feedback.sqlite3")
    connection.execute("UPDATE feedback SET time = '2026-10-02T00:00:00+00:00'")
    connection.commit()
    connection.close()
    store.take_over()
    assert [item.question for item in store.feedback()] == ["一", "另一个"]
    assert (store.data_dir / "feedback.sqlite3.imported-2").exists()


def test_an_earlier_file_that_is_damaged_stays_where_it_is(store):
    store.data_dir.mkdir()
    damaged = store.data_dir / "feedback.sqlite3"
    damaged.write_text("not a database " * 100)
    with pytest.raises(RecordsError, match="stays where it is"):
        store.take_over()
    assert damaged.exists()
