"""Taking files in: stored, then queued by one row; nothing waits for it to be read."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import BinaryIO

from index.errors import LibraryError
from index.library import records
from index.library.files import FileStore, Stored, unwritable
from index.library.names import shown_name
from index.library.orders import place
from index.library.problems import failure
from index.library.types import State, Upload
from index.sqlite_file import SqliteFile

TRIES = 25  # readings cut short by the end of the program before a file is given up


def add(
    files: FileStore, tables: SqliteFile, source: Path | BinaryIO, name: str, *, by: str, group: str | None,
    replaces: str | None, release: bool,
) -> Upload:  # fmt: skip
    """Store and queue a file; raises LibraryError, and has then stored nothing."""
    try:
        if isinstance(source, Path):
            with source.open("rb") as file:
                stored = files.put(file)
        else:
            stored = files.put(source)
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        raise failure("no-file", name=name) from error
    except OSError as error:
        raise unwritable(error) from error
    try:
        return _queue(tables, stored, name, by, group, replaces, release)
    except BaseException:
        files.remove(stored.id)
        raise


def _queue(
    tables: SqliteFile, stored: Stored, name: str, by: str, group: str | None, replaces: str | None, release: bool
) -> Upload:
    with tables.transaction() as connection:
        before = records.upload(connection, replaces) if replaces else None
        if before is not None:
            if before.replaced_by:
                raise failure("already-replaced", about=before.replaced_by, other=before.replaced_by)
            group = before.group  # a version is for whom its document is for
        refuse_duplicate(connection, stored.sha256, group)
        last = connection.execute(
            "SELECT max(version) FROM uploads WHERE document = ?", (before.document if before else "",)
        ).fetchone()[0]
        upload = Upload(
            id=stored.id, document=before.document if before else stored.id, version=(last or 0) + 1,
            name=shown_name(name), size=stored.size, sha256=stored.sha256, by=by, at=records.now(), group=group,
            state=State.QUEUED, replaces=replaces,
        )  # fmt: skip
        records.insert(connection, upload)
        records.note(connection, upload.id, by, "added", upload.name)
        if release:
            place(connection, upload.id, "release", by)
    return upload


def refuse_duplicate(connection: sqlite3.Connection, sha256: str, group: str | None) -> None:
    """Raise LibraryError "duplicate" where the same bytes are there for the same group."""
    row = connection.execute(
        "SELECT * FROM uploads WHERE sha256 = ? AND ifnull(\"group\", '') = ifnull(?, '')", (sha256, group)
    ).fetchone()
    if row is not None:
        there = records.upload_of(row)
        raise failure("duplicate", about=there.id, name=there.name, other=there.id, state=there.state)


def again(tables: SqliteFile, id: str, by: str) -> Upload:
    """Queue a file to be read once more."""
    with tables.transaction() as connection:
        upload = records.upload(connection, id)
        if upload.state not in (State.FAILED, State.REVIEW):
            raise failure("not-failed", state=upload.state)
        records.change(connection, id, state=State.QUEUED, step="", progress=0.0, problem=None, tries=0)
        records.note(connection, id, by, "queued again")
        return records.upload(connection, id)


def recover(files: FileStore, tables: SqliteFile) -> None:
    """After a start: what was being read is queued again, behind what was not; files without a row are removed."""
    with tables.transaction() as connection:
        connection.execute("UPDATE uploads SET state = 'queued', step = '', progress = 0 WHERE state = 'reading'")
        known = {row["id"] for row in connection.execute("SELECT id FROM uploads")}
    for path in files.abandoned():
        if path.name not in known:
            path.unlink(missing_ok=True)


def take_next(tables: SqliteFile) -> Upload | None:
    """The next file to read, now READING; None where none waits. One cut short too often fails here.

    Nobody else reads: what is still READING could not be finished for want of disk, say, and waits again.
    """
    if not tables.rows("SELECT 1 FROM uploads WHERE state IN ('queued', 'reading') LIMIT 1"):
        return None
    with tables.transaction() as connection:
        connection.execute("UPDATE uploads SET state = 'queued', step = '' WHERE state = 'reading'")
        while True:
            row = connection.execute(
                "SELECT * FROM uploads WHERE state = 'queued' ORDER BY tries, number LIMIT 1"
            ).fetchone()
            if row is None:
                return None
            if row["tries"] < TRIES:
                records.change(
                    connection, row["id"], state=State.READING, step="read", progress=0.0, tries=row["tries"] + 1
                )
                return records.upload(connection, row["id"])
            fail(connection, row["id"], failure("interrupted"))


def fail(connection: sqlite3.Connection, id: str, error: LibraryError) -> None:
    """Note why a file could not be read."""
    from index.library.problems import of_error

    records.change(connection, id, state=State.FAILED, step="", problem=of_error(error))
    records.note(connection, id, "library", "failed", error.code)
