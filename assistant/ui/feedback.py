"""What visitors thought of answers, kept in SQLite under the data directory."""

from __future__ import annotations

import sqlite3
import threading
from datetime import datetime, timezone
from pathlib import Path

from assistant.errors import AssistantError
from assistant.personal_data import masked
from assistant.types import Answer
from assistant.ui.turns import Rating

LONGEST_REASON = 200  # characters
LONGEST_QUESTION = 1000  # characters
_SCHEMA = """
CREATE TABLE IF NOT EXISTS feedback (
    id INTEGER PRIMARY KEY,
    answer_id TEXT NOT NULL,
    question TEXT NOT NULL,
    outcome TEXT NOT NULL,
    rating TEXT NOT NULL CHECK (rating IN ('useful', 'useless')),
    reason TEXT NOT NULL DEFAULT '',
    time TEXT NOT NULL
)
"""


class FeedbackError(AssistantError):
    """Feedback could not be stored."""


class FeedbackStore:
    """One row per rated answer; safe to use from several threads."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / "feedback.sqlite3"
        self._lock = threading.Lock()
        try:
            data_dir.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(self._path, check_same_thread=False, timeout=5)
            self._connection.execute("PRAGMA journal_mode=WAL")  # staff may read while the page writes
            with self._connection:
                self._connection.execute(_SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise FeedbackError(
                f"Feedback cannot be stored in {self._path} ({error}). Make the data directory writable, "
                "or move that file away if it is damaged."
            ) from error

    def rate(self, answer: Answer, rating: Rating, *, replaces: int | None = None) -> int:
        """Store a rating and return its row; a visitor who changes their mind replaces the earlier row."""
        time = datetime.now(timezone.utc).isoformat(timespec="seconds")
        if replaces is not None:
            self._write("UPDATE feedback SET rating = ?, time = ? WHERE id = ?", (str(rating), time, replaces))
            return replaces
        question = masked(answer.question)[:LONGEST_QUESTION]
        row = self._write(
            "INSERT INTO feedback (answer_id, question, outcome, rating, time) VALUES (?, ?, ?, ?, ?)",
            (answer.id, question, str(answer.outcome), str(rating), time),
        )
        assert row is not None  # an INSERT always has one
        return row

    def explain(self, row: int, reason: str) -> None:
        """Add the visitor's reason to a rating."""
        kept = masked(" ".join(reason.split()))[:LONGEST_REASON]
        self._write("UPDATE feedback SET reason = ? WHERE id = ?", (kept, row))

    def close(self) -> None:
        """Give the file back."""
        with self._lock:
            self._connection.close()

    def _write(self, statement: str, values: tuple[object, ...]) -> int | None:
        """All of it or nothing."""
        try:
            with self._lock, self._connection:
                return self._connection.execute(statement, values).lastrowid
        except sqlite3.Error as error:
            raise FeedbackError(f"Feedback cannot be stored in {self._path} ({error}).") from error
