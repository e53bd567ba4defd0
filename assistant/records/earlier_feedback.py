"""Ratings that an earlier version kept in a file of its own: brought in once, the file put aside."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from assistant.errors import RecordsError
from assistant.records.database import Database

FILE = "feedback.sqlite3"
ASIDE = ".imported"


def import_earlier(data_dir: Path, database: Database) -> int:
    """Copy every rating and rename the earlier file; repeated, or cut off in between, it doubles and loses nothing."""
    path = data_dir / FILE
    if not path.is_file():
        return 0
    try:
        with closing(sqlite3.connect(path, timeout=5)) as connection:
            earlier = connection.execute(
                "SELECT id, answer_id, question, outcome, rating, reason, time FROM feedback ORDER BY id"
            ).fetchall()
    except sqlite3.Error as error:
        raise RecordsError(
            f"The earlier feedback in {path} cannot be read ({error}); it stays where it is. "
            "Move that file away if it is damaged."
        ) from error
    with database.transaction() as connection:
        connection.executemany(
            "INSERT OR IGNORE INTO feedback (imported, answer_id, question, outcome, rating, reason, time) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(f"{number}/{values[-1]}/{values[0]}", *values) for number, *values in earlier],
        )
    aside = path.with_name(FILE + ASIDE)
    for n in range(2, 1000):
        if not aside.exists():
            break
        aside = path.with_name(f"{FILE}{ASIDE}-{n}")
    try:
        os.replace(path, aside)
    except OSError as error:
        raise RecordsError(
            f"{path} was brought in but cannot be renamed ({error.strerror or error}); it is read again next time."
        ) from error
    return len(earlier)
