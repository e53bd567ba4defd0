"""Whether all that the library says of its uploads is true: files whole, what is released on the shelf, no more."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

import numpy as np

from index.documents import splitter
from index.errors import LibraryError
from index.library.files import FileStore
from index.library.library import Library
from index.library.shelf import DOCUMENT
from index.library.types import State

_UPLOADS = (
    "SELECT u.*, s.document AS shelved, s.encoder AS shelved_by, s.vectors, c.draft FROM uploads u"
    " LEFT JOIN shelf s ON s.upload = u.id LEFT JOIN contents c ON c.upload = u.id ORDER BY u.number"
)
_READ = (State.REVIEW, State.RELEASED)


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with an upload, and what helps."""

    name: str
    upload: str  # its id
    problem: str
    remedy: str


def flaws(library: Library) -> list[Flaw]:
    """Everything that is not as it should be, oldest upload first; reading alone. Raises LibraryError."""
    return [flaw for row in library.tables.rows(_UPLOADS) for flaw in _flaws(row, library.files)]


def _flaws(row: sqlite3.Row, files: FileStore) -> list[Flaw]:
    found = []

    def wrong(problem: str, remedy: str) -> None:
        found.append(Flaw(row["name"], row["id"], problem, remedy))

    try:
        files.whole(row["id"], row["sha256"])
    except LibraryError:
        wrong("its file is gone or was changed", "restore the data directory, or remove the document and add it again")
    if row["state"] in _READ and row["draft"] is None:
        wrong(f"{row['state']}, without what was read", "remove it and add it again")
    released, shelved = row["state"] == State.RELEASED, row["shelved"] is not None
    if released and not shelved:
        wrong("released, but not answered from", "retire it and release a new version")
    elif shelved and not released:
        wrong(f"answered from, though its state is {row['state']}", "retire it, or remove it")
    elif shelved:
        document = DOCUMENT.validate_json(row["shelved"])
        kept_out = len(json.loads(row["report"])["kept_out"])
        if row["draft"] and len(document.clauses) + kept_out != len(json.loads(row["draft"])["clauses"]):
            wrong("some of its clauses are missing", "remove it and add it again")
        texts, held = len(splitter.entries(splitter.split(document))), row["vectors"]
        if held is not None and (not texts or np.frombuffer(held, dtype=np.float32).size % texts):
            wrong("some of its vectors are missing", "remove it and add it again")
    return found
