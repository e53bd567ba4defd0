"""A SQLite file under the data directory: opened when needed, shared by threads and processes, named when broken."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import AssistantError

WAIT = 3.0  # seconds to wait for another writer


class SqliteFile:
    """One file; safe to use from several threads, beside other processes.

    `unusable` makes our error of what SQLite or the system complains of: what cannot be done, and the remedy.
    """

    def __init__(
        self, path: Path, schema: str, unusable: Callable[[Path, Exception], AssistantError], wait: float = WAIT
    ) -> None:
        self.path = path
        self._schema = schema
        self._complaint = unusable
        self._wait = wait
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._opened: tuple[int, int] | None = None

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of what is done inside, or nothing; raises our error saying what to do."""
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
                raise self._complaint(self.path, error) from error

    def rows(self, query: str, values: tuple[object, ...] = ()) -> list[sqlite3.Row]:
        """The rows of a query, read at one moment; none where nothing was ever kept."""
        with self._lock:
            if not self.path.exists():
                return []
            try:
                return self._open().execute(query, values).fetchall()
            except (OSError, sqlite3.Error) as error:
                self._drop()
                raise self._complaint(self.path, error) from error

    def forget(self) -> None:
        """Leave nothing of deleted rows behind in the journal; while another process reads, that waits."""
        with self._lock:
            try:
                self._open().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            except (OSError, sqlite3.Error) as error:
                self._drop()
                raise self._complaint(self.path, error) from error

    def close(self) -> None:
        """Give the file back; using it again opens it again."""
        with self._lock:
            self._drop()

    def _open(self) -> sqlite3.Connection:
        if self._connection is not None and self._opened != _identity(self.path):
            self._drop()  # moved away while in use: writing into it would be writing into nowhere
        if self._connection is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(self.path, os.O_RDONLY | os.O_CREAT, 0o600))  # it holds what not everybody may read
            connection = sqlite3.connect(self.path, check_same_thread=False, timeout=self._wait, isolation_level=None)
            try:
                connection.row_factory = sqlite3.Row
                connection.execute("PRAGMA secure_delete=ON")  # what is deleted is overwritten
                if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                    connection.execute("PRAGMA journal_mode=WAL")  # staff may read while the page writes
                connection.execute("PRAGMA synchronous=NORMAL")
                connection.execute("PRAGMA foreign_keys=ON")
                connection.executescript(self._schema)
            except BaseException:
                connection.close()
                raise
            self._connection, self._opened = connection, _identity(self.path)
        return self._connection

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
