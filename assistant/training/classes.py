"""Classes: which drills an owner set, who joined under which name, and until when answers are taken.

A class keeps ids and fingerprints of its drills, never the drills: they are made of the clauses each time, and one
whose fingerprint has changed is withdrawn (`withdrawal.py`). Drills come from what everybody may read, whoever the
owner is, for learners join without an account.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone

from assistant.errors import TrainingError
from assistant.training.codes import new_code, read_code
from assistant.training.database import Database
from assistant.training.names import clean_name, same_name
from assistant.training.types import Drill
from index.types import Language, StrEnum

FEWEST, MOST = 5, 50  # drills a class is set; fewer only where the trainer took some out
MOST_MEMBERS = 300
_KEPT = 300  # characters of the question and of the clause that are kept as a reminder


class Reveal(StrEnum):
    """When a learner is told what is right."""

    AT_ONCE = "at_once"
    AT_END = "at_end"


class Joined(StrEnum):
    """What came of joining."""

    YES = "yes"
    UNKNOWN = "unknown"  # there is no such class
    CLOSED = "closed"
    NAME = "name"  # it cannot be a name
    TAKEN = "taken"  # somebody else in the class has that name
    FULL = "full"


@dataclass(frozen=True, slots=True)
class SetDrill:
    """A drill as it was set: its question and the words of its clause then, cut, for when it can no longer be made."""

    id: str
    fingerprint: str
    asked: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class TrainingClass:
    """A class; `owner` is the key of an account, `pass_share` the share of the points with which one passes."""

    code: str
    name: str
    owner: str
    language: Language
    drills: tuple[SetDrill, ...]
    reveal: Reveal
    pass_share: float
    topics: tuple[str, ...]
    created: datetime  # UTC
    closed: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether answers are taken."""
        return self.closed is None


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who joined, under the name they gave in this class."""

    learner: str  # the learner's id
    name: str
    joined: datetime  # UTC


class Classes:
    """Keeps classes. Whoever calls has made sure that the class is theirs. Raises TrainingError."""

    def __init__(self, database: Database, clock: Callable[[], datetime] = lambda: datetime.now(timezone.utc)) -> None:
        self._database = database
        self._clock = clock

    def create(
        self, owner: str, name: str, language: Language, drills: Sequence[Drill], reveal: Reveal, pass_share: float,
        topics: Sequence[str] = (),
    ) -> TrainingClass:  # fmt: skip
        """A new class, open at once; TrainingError where its name, drills or share cannot be taken."""
        kept = clean_name(name)
        if kept is None or not 1 <= len(drills) <= MOST or not 0 < pass_share <= 1:
            raise TrainingError(
                f"A class needs a name, 1 to {MOST} drills and a share above 0 and up to 1 to pass with; "
                f"given: {name!r}, {len(drills)} drills, {pass_share}."
            )
        if len({drill.id for drill in drills}) < len(drills) or any(d.language is not language for d in drills):
            raise TrainingError("The drills of a class are all different, and all in its language.")
        content = {
            "drills": [_kept(drill) for drill in drills],
            "reveal": str(reveal), "pass_share": pass_share, "topics": list(topics),
        }  # fmt: skip
        while True:
            code = new_code()
            with self._database.transaction() as connection:
                added = connection.execute(
                    "INSERT OR IGNORE INTO classes (code, name, owner, language, content, created)"
                    " VALUES (?, ?, ?, ?, ?, ?)",
                    (code, kept, owner, str(language), json.dumps(content, ensure_ascii=False), self._now()),
                ).rowcount
            if added:
                return self._known(code)

    def find(self, typed: str) -> TrainingClass | None:
        """The class of a code as somebody typed it."""
        code = read_code(typed)
        found = self._database.rows("SELECT * FROM classes WHERE code = ?", (code,)) if code else []
        return _class_of(found[0]) if found else None

    def of(self, owner: str) -> list[TrainingClass]:
        """The classes of an account, newest first."""
        rows = self._database.rows("SELECT * FROM classes WHERE owner = ? ORDER BY created DESC, code", (owner,))
        return [_class_of(row) for row in rows]

    def all(self) -> list[TrainingClass]:
        """Everybody's classes, newest first: for administrators."""
        return [_class_of(row) for row in self._database.rows("SELECT * FROM classes ORDER BY created DESC, code")]

    def drills(self, code: str) -> tuple[SetDrill, ...]:
        """The drills of a class as they were set; none where there is no such class."""
        found = self.find(code)
        return found.drills if found else ()

    def join(self, typed: str, learner: str, name: str) -> Joined:
        """Put a learner on the list of a class; who is on it already goes by the new name from now on."""
        kept, code = clean_name(name), read_code(typed)
        if kept is None:
            return Joined.NAME
        with self._database.transaction() as connection:
            found = connection.execute("SELECT closed FROM classes WHERE code = ?", (code,)).fetchone()
            if found is None:
                return Joined.UNKNOWN
            if found["closed"] is not None:
                return Joined.CLOSED
            rows = connection.execute("SELECT learner, name FROM members WHERE class_code = ?", (code,)).fetchall()
            others = [row for row in rows if row["learner"] != learner]
            if any(same_name(row["name"]) == same_name(kept) for row in others):
                return Joined.TAKEN
            if len(others) >= MOST_MEMBERS:
                return Joined.FULL
            connection.execute(
                "INSERT INTO members (class_code, learner, name, joined) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (class_code, learner) DO UPDATE SET name = excluded.name",
                (code, learner, kept, self._now()),
            )
        return Joined.YES

    def members(self, code: str) -> list[Member]:
        """Who joined, in the order in which they did."""
        rows = self._database.rows("SELECT * FROM members WHERE class_code = ? ORDER BY joined, rowid", (code,))
        return [Member(row["learner"], row["name"], datetime.fromisoformat(row["joined"])) for row in rows]

    def member(self, code: str, learner: str) -> Member | None:
        """One of them."""
        return next((member for member in self.members(code) if member.learner == learner), None)

    def close(self, code: str) -> None:
        """Take no more answers; what was answered stays."""
        self._set_closed(code, self._now())

    def reopen(self, code: str) -> None:
        """Take answers again."""
        self._set_closed(code, None)

    def delete(self, code: str) -> None:
        """Forget a class, its list and its sittings. Answers stay with the learners who gave them, of no class."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM classes WHERE code = ?", (code,))
        self._database.forget()

    def _known(self, code: str) -> TrainingClass:
        found = self.find(code)
        if found is None:
            raise TrainingError(f"The class {code} is gone; it was deleted while it was being kept.")
        return found

    def _set_closed(self, code: str, when: str | None) -> None:
        with self._database.transaction() as connection:
            connection.execute("UPDATE classes SET closed = ? WHERE code = ?", (when, code))

    def _now(self) -> str:
        return self._clock().isoformat(timespec="seconds")


def _kept(drill: Drill) -> dict[str, str]:
    quote = drill.sources[0].quote if drill.sources else ""
    return {
        "id": drill.id, "fingerprint": drill.fingerprint, "asked": drill.prompt[:_KEPT], "quote": quote[:_KEPT]
    }  # fmt: skip


def _class_of(row: sqlite3.Row) -> TrainingClass:
    content = json.loads(row["content"])
    return TrainingClass(
        code=row["code"], name=row["name"], owner=row["owner"], language=Language(row["language"]),
        drills=tuple(SetDrill(**drill) for drill in content["drills"]),
        reveal=Reveal(content["reveal"]), pass_share=content["pass_share"], topics=tuple(content["topics"]),
        created=datetime.fromisoformat(row["created"]),
        closed=datetime.fromisoformat(row["closed"]) if row["closed"] else None,
    )  # fmt: skip
