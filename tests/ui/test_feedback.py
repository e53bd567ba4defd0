"""Feedback is kept, and nothing more than it needs."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest
from samples import an_answer

from assistant.ui.feedback import LONGEST_REASON, FeedbackError, FeedbackStore
from assistant.ui.turns import Rating


@pytest.fixture
def store(tmp_path):
    opened = FeedbackStore(tmp_path / "data")
    yield opened
    opened.close()


def rows(tmp_path):
    connection = sqlite3.connect(tmp_path / "data" / "feedback.sqlite3")
    connection.row_factory = sqlite3.Row
    found = [dict(row) for row in connection.execute("SELECT * FROM feedback ORDER BY id")]
    connection.close()
    return found


def test_a_rating_is_stored_with_what_it_is_about(store, tmp_path):
    store.rate(an_answer(), Rating.USEFUL)
    (row,) = rows(tmp_path)
    assert row.pop("time").endswith("+00:00")
    assert row == {
        "id": 1, "answer_id": "a1", "question": "能续贷吗", "outcome": "answered", "rating": "useful", "reason": "",
    }  # fmt: skip


def test_a_reason_is_added_to_its_rating(store, tmp_path):
    first = store.rate(an_answer(), Rating.USELESS)
    store.rate(an_answer(), Rating.USEFUL)
    store.explain(first, "  条款\n不对 ")
    assert [row["reason"] for row in rows(tmp_path)] == ["条款 不对", ""]


def test_a_visitor_who_changes_their_mind_has_one_row(store, tmp_path):
    first = store.rate(an_answer(), Rating.USELESS)
    assert store.rate(an_answer(), Rating.USEFUL, replaces=first) == first
    assert [row["rating"] for row in rows(tmp_path)] == ["useful"]


def test_a_long_reason_is_cut(store, tmp_path):
    store.explain(store.rate(an_answer(), Rating.USELESS), "长" * 5000)
    assert len(rows(tmp_path)[0]["reason"]) == LONGEST_REASON


def test_the_question_is_kept_without_personal_data(store, tmp_path):
    store.rate(an_answer(question="我是13800138000"), Rating.USEFUL)
    assert rows(tmp_path)[0]["question"] == "我是[手机号已隐去]"


@pytest.mark.parametrize(
    ("reason", "kept"),
    [
        ("打我13800138000", "打我[手机号已隐去]"),
        ("身份证 11010519491231002X", "身份证 [身份证号已隐去]"),
        ("write to wang@example.com", "write to [e-mail address removed]"),
        ("拨打12378没人接", "拨打12378没人接"),
    ],
)
def test_a_reason_is_kept_without_personal_data(store, tmp_path, reason, kept):
    store.explain(store.rate(an_answer(), Rating.USELESS), reason)
    assert rows(tmp_path)[0]["reason"] == kept


def test_staff_can_read_while_the_page_writes(store, tmp_path):
    connection = sqlite3.connect(tmp_path / "data" / "feedback.sqlite3")
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_many_visitors_at_once_lose_nothing(store, tmp_path):
    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(lambda n: store.rate(an_answer(id=f"a{n}"), Rating.USEFUL), range(80)))
    assert len(set(ids)) == 80
    assert len(rows(tmp_path)) == 80


def test_feedback_survives_a_restart(tmp_path):
    for _ in range(2):
        store = FeedbackStore(tmp_path / "data")
        store.rate(an_answer(), Rating.USEFUL)
        store.close()
    assert len(rows(tmp_path)) == 2


def test_a_damaged_file_is_named(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "feedback.sqlite3").write_text("not a database " * 100)
    with pytest.raises(FeedbackError, match=r"feedback\.sqlite3.*move that file away"):
        FeedbackStore(tmp_path / "data")
