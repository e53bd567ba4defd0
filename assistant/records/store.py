"""Receipts and feedback in the one database of the records."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from assistant.personal_data import masked
from assistant.records.database import WAIT, Database
from assistant.records.earlier_feedback import import_earlier
from assistant.records.seal import Seal, canonical, make_seal
from assistant.types import Answer
from index.types import Language, StrEnum

LONGEST_REASON = 200  # characters
LONGEST_QUESTION = 1000  # characters


class Rating(StrEnum):
    """What a visitor thought of an answer."""

    USEFUL = "useful"
    USELESS = "useless"


@dataclass(frozen=True, slots=True)
class Row:
    """A receipt as it lies in the database: texts that anybody may have changed."""

    id: str
    time: str
    record: str
    seals: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """One rating with its reason."""

    receipt: str | None
    question: str
    outcome: str
    rating: str
    reason: str
    time: str


class RecordStore:
    """Keeps receipts and feedback; safe from several threads and beside other processes. Raises RecordsError."""

    def __init__(self, data_dir: Path, wait: float = WAIT) -> None:
        self.data_dir = data_dir
        self._database = Database(data_dir, wait)
        self._seal: Seal | None = None

    def keep(self, receipt: str, record: dict[str, Any]) -> None:
        """Store a receipt under its seal."""
        if self._seal is None:
            self._seal = make_seal(self.data_dir)
        seals = {"key": self._seal.name, "parts": self._seal.parts(receipt, record)}
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT INTO receipts (id, time, record, seals) VALUES (?, ?, ?, ?)",
                (receipt, record["time"], canonical(record), canonical(seals)),
            )

    def find(self, receipt: str) -> Row | None:
        """A receipt by its number."""
        found = self._database.rows("SELECT id, time, record, seals FROM receipts WHERE id = ?", (receipt,))
        return _row(found[0]) if found else None

    def receipts(self) -> Iterator[Row]:
        """All receipts, oldest first."""
        names = self._database.rows("SELECT id FROM receipts ORDER BY time, id")
        for name in names:  # one at a time: records are large
            if (row := self.find(name["id"])) is not None:
                yield row

    def prune(self, before: datetime, *, feedback: bool = False) -> int:
        """Delete what was kept before a moment, on request with its feedback; how many receipts that were."""
        moment = _text(before)
        with self._database.transaction() as connection:
            gone = connection.execute("DELETE FROM receipts WHERE time < ?", (moment,)).rowcount
            if feedback:
                connection.execute("DELETE FROM feedback WHERE time < ?", (moment,))
        if gone or feedback:
            self._database.forget()
        return gone

    def take_over(self) -> int:
        """Bring in the ratings of an earlier version's file; how many there were."""
        return import_earlier(self.data_dir, self._database)

    def rate(self, answer: Answer, rating: Rating, receipt: str | None, *, replaces: int | None = None) -> int:
        """Store a rating and return its row; a visitor who changes their mind replaces the earlier row."""
        time = _text(datetime.now(timezone.utc))
        with self._database.transaction() as connection:
            if replaces is not None:
                connection.execute(
                    "UPDATE feedback SET rating = ?, time = ? WHERE id = ?", (str(rating), time, replaces)
                )
                return replaces
            question = masked(answer.question, answer.language)[:LONGEST_QUESTION]
            row = connection.execute(
                "INSERT INTO feedback (receipt, answer_id, question, outcome, rating, time) VALUES (?, ?, ?, ?, ?, ?)",
                (receipt, answer.id, _storable(question), str(answer.outcome), str(rating), time),
            ).lastrowid
            assert row is not None  # an INSERT always has one
            return row

    def explain(self, row: int, reason: str, language: Language) -> None:
        """Add the visitor's reason to a rating."""
        kept = masked(" ".join(reason.split()), language)[:LONGEST_REASON]
        with self._database.transaction() as connection:
            connection.execute("UPDATE feedback SET reason = ? WHERE id = ?", (_storable(kept), row))

    def feedback(self) -> list[Feedback]:
        """All ratings, oldest first."""
        found = self._database.rows(
            "SELECT receipt, question, outcome, rating, reason, time FROM feedback ORDER BY time, id"
        )
        return [Feedback(**{name: row[name] for name in row.keys()}) for row in found]  # noqa: SIM118 - not a mapping

    def close(self) -> None:
        """Give the file back."""
        self._database.close()


def _row(found: sqlite3.Row) -> Row:
    """Whatever stands there, as text: who changes a database may also change a column to something else."""
    return Row(*(_as_text(found[name]) for name in ("id", "time", "record", "seals")))


def _as_text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, default=repr)


def _text(moment: datetime) -> str:
    return moment.astimezone(timezone.utc).isoformat(timespec="seconds")


def _storable(text: str) -> str:
    """Without lone surrogates, which no database takes."""
    return text.encode("utf-8", "replace").decode("utf-8")
