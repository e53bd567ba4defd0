"""A SQLite file: opened when needed, shared by threads and processes, and named when it is broken."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

WAIT = 10.0  # seconds to wait for another writer


class SqliteFile:
    """One file; safe to use from several threads, beside other processes.

    `unusable` makes our error of what SQLite or the system complains of. `version` is that of the schema: a file that
    a later program wrote is not touched.
    """

    def __init__(
        self, path: Path, schema: str, version: int, unusable: Callable[[Exception], Exception], wait: float = WAIT
    ) -> None:
        self.path = path
        self._schema, self._version = schema, version
        self._unusable = unusable
        self._wait = wait
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._opened: tuple[int, int] | None = None

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of what is done inside, or nothing."""
        with self._lock:
            try:
                connection = self._open()
                connection.execute("BEGIN IMMEDIATE")
                try:
                    yield connection
                except BaseException:
                    connection.rollback()
                    raise
                connection.commit()
            except (OSError, sqlite3.Error) as error:
                self._drop()  # a file that is put right is opened anew
                raise self._unusable(error) from error

    def rows(self, query: str, values: tuple[object, ...] = ()) -> list[sqlite3.Row]:
        """The rows of a query, read at one moment; none where nothing was ever kept."""
        with self._lock:
            if not self.path.exists():
                return []
            try:
                return self._open().execute(query, values).fetchall()
            except (OSError, sqlite3.Error) as error:
                self._drop()
                raise self._unusable(error) from error

    def forget(self) -> None:
        """Leave nothing of deleted rows behind in the journal; while another process reads, that waits."""
        with self._lock:
            try:
                self._open().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            except (OSError, sqlite3.Error) as error:
                self._drop()
                raise self._unusable(error) from error

    def close(self) -> None:
        """Give the file back; using it again opens it again."""
        with self._lock:
            self._drop()

    def _open(self) -> sqlite3.Connection:
        if self._connection is not None and self._opened != _identity(self.path):
            self._drop()  # moved away while in use: writing into it would be writing into nowhere
        if self._connection is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(self.path, os.O_RDONLY | os.O_CREAT, 0o600))
            connection = sqlite3.connect(self.path, check_same_thread=False, timeout=self._wait, isolation_level=None)
            try:
                self._prepare(connection)
            except BaseException:
                connection.close()
                raise
            self._connection, self._opened = connection, _identity(self.path)
        return self._connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA secure_delete=ON")  # what is deleted is overwritten
        if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            connection.execute("PRAGMA journal_mode=WAL")  # others may read while one writes
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA foreign_keys=ON")
        found = connection.execute("PRAGMA user_version").fetchone()[0]
        if found > self._version:
            raise sqlite3.DatabaseError(f"it was written by a later version of this program ({found})")
        if found < self._version:
            connection.executescript(f"BEGIN IMMEDIATE; {self._schema} PRAGMA user_version={self._version}; COMMIT;")

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None


def _identity(path: Path) -> tuple[int, int] | None:
    """What tells a file from another one of the same name."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino
