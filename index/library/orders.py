"""What changes the index is ordered by a row and done by the process that holds the data lock, one after another.

So a command beside the running page, and the page itself, hand over in the same way: no port, no second writer, and an
order survives whatever is killed.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from index.errors import LibraryError
from index.library.problems import failure, of_error
from index.library.types import Problem
from index.sqlite_file import SqliteFile

_PROBLEM = TypeAdapter(Problem)
_LOOK = 0.05  # seconds between two looks


@dataclass(frozen=True, slots=True)
class Order:
    """Something to be done with an upload."""

    id: int
    upload: str
    what: str  # release, retire, delete, give
    by: str
    values: Mapping[str, Any]


def place(connection: sqlite3.Connection, upload: str, what: str, by: str, **values: Any) -> int:
    """Order something; the number tells what became of it."""
    cursor = connection.execute(
        "INSERT INTO orders (upload, what, by, values_) VALUES (?, ?, ?, ?)", (upload, what, by, json.dumps(values))
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def due(tables: SqliteFile) -> list[Order]:
    """Open orders that can be done now: those of files still to be read wait."""
    rows = tables.rows(
        "SELECT orders.* FROM orders LEFT JOIN uploads ON uploads.id = orders.upload"
        " WHERE NOT done AND ifnull(uploads.state, '') NOT IN ('queued', 'reading') ORDER BY orders.id"
    )
    return [Order(r["id"], r["upload"], r["what"], r["by"], json.loads(r["values_"])) for r in rows]


def close(tables: SqliteFile, results: Mapping[int, LibraryError | None]) -> None:
    """Note what became of orders."""
    with tables.transaction() as connection:
        for id, error in results.items():
            kept = None if error is None else _PROBLEM.dump_json(of_error(error)).decode()
            connection.execute("UPDATE orders SET done = 1, problem = ? WHERE id = ?", (kept, id))
        connection.execute("DELETE FROM orders WHERE done AND id < (SELECT max(id) FROM orders) - 1000")


def wait(tables: SqliteFile, id: int, seconds: float, waited: Callable[[], None] = lambda: None) -> None:
    """Wait until an order is done; raises its LibraryError, or "slow" when it takes longer."""
    end = time.monotonic() + seconds
    while True:
        row = next(iter(tables.rows("SELECT done, problem FROM orders WHERE id = ?", (id,))), None)
        if row is None or row["done"]:
            if row is not None and row["problem"]:
                told = _PROBLEM.validate_json(row["problem"])
                raise LibraryError(told.code, told.zh, told.en, fields=told.fields)
            return
        if time.monotonic() >= end:
            raise failure("slow")
        waited()
        time.sleep(_LOOK)
