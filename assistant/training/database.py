"""The SQLite file of learners, attempts, cards, classes and certificates."""

from __future__ import annotations

from pathlib import Path

from assistant.errors import TrainingError
from index.sqlite_file import SqliteFile

FILE = "training.sqlite3"
_VERSION = 1
_SCHEMA = """
CREATE TABLE learners (
    id TEXT PRIMARY KEY,
    nickname TEXT NOT NULL,
    account TEXT UNIQUE,
    token_hash TEXT UNIQUE,
    created TEXT NOT NULL
);
CREATE TABLE attempts (
    number INTEGER PRIMARY KEY,
    learner TEXT NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    drill TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    at TEXT NOT NULL,
    right INTEGER NOT NULL,
    score REAL NOT NULL,
    language TEXT NOT NULL,
    response TEXT NOT NULL,
    class_code TEXT REFERENCES classes (code) ON DELETE SET NULL
);
CREATE INDEX attempts_by_learner ON attempts (learner, drill);
CREATE INDEX attempts_by_class ON attempts (class_code);
CREATE TABLE cards (
    learner TEXT NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    drill TEXT NOT NULL,
    card TEXT NOT NULL,
    due TEXT NOT NULL,
    PRIMARY KEY (learner, drill)
);
CREATE TABLE sittings (
    id TEXT PRIMARY KEY,
    learner TEXT NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    class_code TEXT REFERENCES classes (code) ON DELETE CASCADE,
    content TEXT NOT NULL,
    begun TEXT NOT NULL
);
CREATE TABLE classes (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    owner TEXT NOT NULL,
    language TEXT NOT NULL,
    content TEXT NOT NULL,
    created TEXT NOT NULL,
    closed TEXT
);
CREATE TABLE members (
    class_code TEXT NOT NULL REFERENCES classes (code) ON DELETE CASCADE,
    learner TEXT NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    joined TEXT NOT NULL,
    PRIMARY KEY (class_code, learner)
);
CREATE TABLE certificates (
    number TEXT PRIMARY KEY,
    class_code TEXT NOT NULL REFERENCES classes (code) ON DELETE CASCADE,
    learner TEXT NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    content TEXT NOT NULL,
    issued TEXT NOT NULL,
    UNIQUE (class_code, learner)
);
"""


class Database(SqliteFile):
    """One file under the data directory; raises TrainingError."""

    def __init__(self, data_dir: Path) -> None:
        path = data_dir / FILE

        def unusable(error: Exception) -> TrainingError:
            return TrainingError(
                f"Training results cannot be read or kept in {path} ({error}). "
                "Make the data directory writable, or restore that file from a backup if it is damaged."
            )

        super().__init__(path, _SCHEMA, _VERSION, unusable)
