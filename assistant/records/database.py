"""The SQLite file of the records: its tables, and what to do when it cannot be used."""

from __future__ import annotations

from pathlib import Path

from assistant.errors import RecordsError
from index.sqlite_file import SqliteFile

FILE = "records.sqlite3"
WAIT = 3.0  # seconds to wait for another writer: no answer waits longer for its receipt
_VERSION = 1  # files of before versions were counted have the same tables
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
        path = data_dir / FILE

        def unusable(error: Exception) -> RecordsError:
            return RecordsError(
                f"Records of answers cannot be kept or read in {path} ({error}). "
                "Make the data directory writable, or move that file away if it is damaged."
            )

        super().__init__(path, _SCHEMA, _VERSION, unusable, wait)
