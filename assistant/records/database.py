"""The SQLite file of the records: its tables, and what to do when it cannot be used."""

from __future__ import annotations

from pathlib import Path

from assistant.errors import RecordsError
from assistant.sqlite_file import WAIT as WAIT
from assistant.sqlite_file import SqliteFile

FILE = "records.sqlite3"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS receipts (
    id TEXT PRIMARY KEY, time TEXT NOT NULL, record TEXT NOT NULL, seals TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS receipts_by_time ON receipts (time);
CREATE TABLE IF NOT EXISTS feedback (
    id INTEGER PRIMARY KEY,
    receipt TEXT,
    answer_id TEXT NOT NULL,
    question TEXT NOT NULL,
    outcome TEXT NOT NULL,
    rating TEXT NOT NULL CHECK (rating IN ('useful', 'useless')),
    reason TEXT NOT NULL DEFAULT '',
    time TEXT NOT NULL,
    imported TEXT UNIQUE
);
"""


class Database(SqliteFile):
    """One file under the data directory; raises RecordsError."""

    def __init__(self, data_dir: Path, wait: float = WAIT) -> None:
        super().__init__(data_dir / FILE, _SCHEMA, _unusable, wait)


def _unusable(path: Path, error: Exception) -> RecordsError:
    return RecordsError(
        f"Records of answers cannot be kept or read in {path} ({error}). "
        "Make the data directory writable, or move that file away if it is damaged."
    )
