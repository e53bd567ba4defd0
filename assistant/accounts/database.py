"""The SQLite file of accounts, sessions and failed attempts; of passwords and tokens it holds only hashes."""

from __future__ import annotations

from pathlib import Path

from assistant.errors import AccountsError
from index.sqlite_file import SqliteFile

FILE = "accounts.sqlite3"
_VERSION = 1
_SCHEMA = """
CREATE TABLE accounts (
    key TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('administrator', 'staff')),
    groups TEXT NOT NULL DEFAULT '[]',
    password TEXT NOT NULL,
    created TEXT NOT NULL
);
CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts (key) ON DELETE CASCADE,
    begun REAL NOT NULL,
    seen REAL NOT NULL
);
CREATE INDEX sessions_by_account ON sessions (account);
CREATE TABLE attempts (
    subject TEXT PRIMARY KEY, failures INTEGER NOT NULL, until REAL NOT NULL, last REAL NOT NULL
);
CREATE TABLE secrets (name TEXT PRIMARY KEY, value BLOB NOT NULL);
"""


class Database(SqliteFile):
    """One file under the data directory; raises AccountsError."""

    def __init__(self, data_dir: Path) -> None:
        path = data_dir / FILE

        def unusable(error: Exception) -> AccountsError:
            return AccountsError(
                f"Accounts cannot be read or changed in {path} ({error}). "
                "Make the data directory writable, or restore that file from a backup if it is damaged."
            )

        super().__init__(path, _SCHEMA, _VERSION, unusable)
