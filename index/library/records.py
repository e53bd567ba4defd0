"""The library's tables, and their rows as values. Every change of several rows is one transaction of the caller."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from pathlib import Path

from pydantic import TypeAdapter

from index.errors import LibraryError
from index.library.problems import failure
from index.library.types import Event, Problem, Report, State, Upload
from index.sqlite_file import SqliteFile

FILE = "library.sqlite3"
VERSION = 1
_SCHEMA = """
CREATE TABLE uploads (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    document TEXT NOT NULL,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    "group" TEXT,
    state TEXT NOT NULL,
    step TEXT NOT NULL DEFAULT '',
    progress REAL NOT NULL DEFAULT 0,
    title TEXT NOT NULL DEFAULT '',
    document_number TEXT,
    report TEXT,
    problem TEXT,
    replaces TEXT,
    replaced_by TEXT,
    released_at TEXT,
    released_by TEXT,
    retired_at TEXT,
    tries INTEGER NOT NULL DEFAULT 0,
    UNIQUE (document, version)
);
CREATE UNIQUE INDEX uploads_by_content ON uploads (sha256, ifnull("group", ''));
CREATE INDEX uploads_by_state ON uploads (state);
CREATE TABLE events (
    id INTEGER PRIMARY KEY, upload TEXT NOT NULL, at TEXT NOT NULL, by TEXT NOT NULL, what TEXT NOT NULL,
    detail TEXT NOT NULL
);
CREATE INDEX events_by_upload ON events (upload);
CREATE TABLE contents (
    upload TEXT PRIMARY KEY REFERENCES uploads (id) ON DELETE CASCADE,
    draft TEXT NOT NULL, proposed TEXT NOT NULL, product TEXT, corrections TEXT NOT NULL DEFAULT '{}',
    pages TEXT NOT NULL, sketch TEXT NOT NULL
);
CREATE TABLE encoded (
    upload TEXT NOT NULL REFERENCES uploads (id) ON DELETE CASCADE,
    text TEXT NOT NULL, encoder TEXT NOT NULL, vector BLOB NOT NULL,
    PRIMARY KEY (upload, text, encoder)
);
CREATE TABLE shelf (
    upload TEXT PRIMARY KEY REFERENCES uploads (id) ON DELETE CASCADE,
    key TEXT NOT NULL, document TEXT NOT NULL, encoder TEXT, vectors BLOB
);
CREATE TABLE orders (
    id INTEGER PRIMARY KEY AUTOINCREMENT, upload TEXT NOT NULL, what TEXT NOT NULL, by TEXT NOT NULL,
    values_ TEXT NOT NULL, done INTEGER NOT NULL DEFAULT 0, problem TEXT
);
CREATE INDEX orders_open ON orders (done);
"""
_REPORT = TypeAdapter(Report)
_PROBLEM = TypeAdapter(Problem)
_COLUMNS = tuple(Upload.__dataclass_fields__)


def open_tables(directory: Path) -> SqliteFile:
    """The library's file in its directory; nothing is made before it is used."""
    path = directory / FILE

    def unusable(error: Exception) -> LibraryError:
        if isinstance(error, sqlite3.OperationalError) and "full" in str(error):
            return failure("no-space")
        return failure("store-unusable", path=path, reason=error)

    return SqliteFile(path, _SCHEMA, VERSION, unusable)


def now() -> datetime:
    """To the second, with its zone."""
    return datetime.now(timezone.utc).replace(microsecond=0)


def upload_of(row: sqlite3.Row) -> Upload:
    """A row of `uploads`."""

    def day(name: str) -> datetime | None:
        return datetime.fromisoformat(row[name]) if row[name] else None

    return Upload(
        **{name: row[name] for name in _COLUMNS if name not in _READ},
        state=State(row["state"]),
        at=datetime.fromisoformat(row["at"]),
        released_at=day("released_at"),
        retired_at=day("retired_at"),
        report=_REPORT.validate_json(row["report"]) if row["report"] else None,
        problem=_PROBLEM.validate_json(row["problem"]) if row["problem"] else None,
    )


_READ = ("state", "at", "released_at", "retired_at", "report", "problem")


def upload(connection: sqlite3.Connection, id: str) -> Upload:
    """One upload; raises LibraryError "unknown"."""
    row = connection.execute("SELECT * FROM uploads WHERE id = ?", (id,)).fetchone()
    if row is None:
        raise failure("unknown", id=id)
    return upload_of(row)


def change(connection: sqlite3.Connection, id: str, **values: object) -> None:
    """Set columns of an upload."""
    names = ", ".join(f'"{name}" = ?' for name in values)
    kept = [_kept(value) for value in values.values()]
    connection.execute(f"UPDATE uploads SET {names} WHERE id = ?", (*kept, id))  # noqa: S608  (names are ours)


def insert(connection: sqlite3.Connection, upload: Upload) -> None:
    """A new upload."""
    values = {name: _kept(getattr(upload, name)) for name in _COLUMNS}
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" * len(values))
    connection.execute(f"INSERT INTO uploads ({names}) VALUES ({marks})", tuple(values.values()))  # noqa: S608


def note(connection: sqlite3.Connection, upload: str, by: str, what: str, detail: str = "") -> None:
    """A line of history."""
    connection.execute(
        "INSERT INTO events (upload, at, by, what, detail) VALUES (?, ?, ?, ?, ?)",
        (upload, now().isoformat(), by, what, detail),
    )


def _kept(value: object) -> object:
    as_text: Mapping[type, Callable[..., object]] = {
        Report: lambda v: _REPORT.dump_json(v).decode(),
        Problem: lambda v: _PROBLEM.dump_json(v).decode(),
        datetime: lambda v: v.isoformat(),
        State: str,
    }
    found = as_text.get(type(value))
    return found(value) if found else value


def event_of(row: sqlite3.Row) -> Event:
    """A row of `events`."""
    return Event(datetime.fromisoformat(row["at"]), row["by"], row["what"], row["detail"])
