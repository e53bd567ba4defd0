"""Sittings: some drills asked one by one, kept so that a reload or another process goes on where it stopped."""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

from assistant.personal_data import masked
from assistant.training.database import Database
from assistant.training.progress import record
from assistant.training.types import Attempt, Catalogue, Drill, Grade, Response
from index.types import Language, StrEnum

LONGEST_TEXT = 2000  # characters of an answer in one's own words
_KEPT = 30  # sittings of a learner's own choice; older ones are forgotten, their attempts are not


class AimKind(StrEnum):
    """What a sitting is for."""

    PATH = "path"
    TOPIC = "topic"
    DOCUMENT = "document"
    DUE = "due"
    MISTAKES = "mistakes"
    CLASS = "class"


@dataclass(frozen=True, slots=True)
class Aim:
    """What a sitting is for: a path ("visitor"), a topic or document by name, or a class by its code."""

    kind: AimKind
    of: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A drill that is asked; its fingerprint is that of the drill in `language`."""

    drill: str
    fingerprint: str
    language: Language


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it was given and graded, and the language of the drill: options may stand otherwise in the other."""

    response: Response
    right: bool
    score: float
    language: Language


class Taken(StrEnum):
    """What came of an answer."""

    YES = "yes"
    BEFORE = "before"  # there was one already, which stays
    CLOSED = "closed"  # the class takes no answers any more


@dataclass(frozen=True)
class Sitting:
    """Drills and answers of one learner; `answers` by place from 0."""

    id: str
    learner: str
    aim: Aim
    items: tuple[Item, ...]
    answers: Mapping[int, Given] = field(default_factory=dict)
    class_code: str | None = None


@dataclass(frozen=True)
class Asked:
    """A sitting over the catalogues of today: what is withdrawn is left out, what was answered stays counted."""

    sitting: Sitting
    drills: Mapping[int, Drill]  # by place; in the learner's language where it can be had
    left_out: int  # drills withdrawn before they were answered

    @property
    def places(self) -> tuple[int, ...]:
        """Those that count, in order."""
        return tuple(p for p in range(len(self.sitting.items)) if p in self.drills or p in self.sitting.answers)

    @property
    def next(self) -> int | None:
        """The first place without an answer; None at the end."""
        return next((place for place in self.places if place not in self.sitting.answers), None)

    def after(self, place: int) -> int | None:
        """The place that follows, None behind the last."""
        return next((other for other in self.places if other > place), None)

    @property
    def wrong(self) -> tuple[int, ...]:
        """Places whose answer was not right."""
        return tuple(place for place, given in sorted(self.sitting.answers.items()) if not given.right)


def asked(sitting: Sitting, catalogue_in: Callable[[Language], Catalogue], language: Language) -> Asked:
    """What a sitting asks in a language today; a catalogue is only made where it is needed.

    A drill that lacks it is asked in the other; an answered one stays in the language of its answer.
    """
    found: dict[int, Drill] = {}
    for place, item in enumerate(sitting.items):
        held = catalogue_in(item.language).drills.get(item.drill)
        if held is None or held.fingerprint != item.fingerprint:
            continue
        given = sitting.answers.get(place)
        found[place] = catalogue_in(given.language if given else language).drills.get(item.drill, held)
    left_out = sum(place not in found and place not in sitting.answers for place in range(len(sitting.items)))
    return Asked(sitting, found, left_out)


class Sittings:
    """Keeps sittings. Raises TrainingError."""

    def __init__(self, database: Database, clock: Callable[[], datetime] = lambda: datetime.now(timezone.utc)) -> None:
        self._database = database
        self._clock = clock

    def begin(self, learner: str, aim: Aim, items: Sequence[Item], class_code: str | None = None) -> Sitting:
        """A new sitting; of a class the one that was begun already, since each of its drills is answered once."""
        id = secrets.token_hex(8)
        content = {"aim": {"kind": str(aim.kind), "of": aim.of}, "items": [_plain(item) for item in items]}
        kept = (id, learner, class_code, json.dumps({**content, "answers": {}}, ensure_ascii=False), self._now())
        with self._database.transaction() as connection:
            begun = connection.execute(
                "SELECT * FROM sittings WHERE learner = ? AND class_code = ?", (learner, class_code)
            ).fetchone()
            if begun is not None:
                return _sitting(begun)
            connection.execute(
                "INSERT INTO sittings (id, learner, class_code, content, begun) VALUES (?, ?, ?, ?, ?)", kept
            )
            connection.execute(
                "DELETE FROM sittings WHERE learner = ? AND class_code IS NULL AND id NOT IN (SELECT id FROM sittings"
                " WHERE learner = ? AND class_code IS NULL ORDER BY begun DESC, rowid DESC LIMIT ?)",
                (learner, learner, _KEPT),
            )
        return Sitting(id, learner, aim, tuple(items), {}, class_code)

    def find(self, id: str, learner: str) -> Sitting | None:
        """A sitting of this learner; another's is not there."""
        rows = self._database.rows("SELECT * FROM sittings WHERE id = ? AND learner = ?", (id, learner))
        return _sitting(rows[0]) if rows else None

    def of(self, learner: str) -> list[Sitting]:
        """The sittings of a learner, newest first."""
        query = "SELECT * FROM sittings WHERE learner = ? ORDER BY begun DESC, rowid DESC"
        return [_sitting(row) for row in self._database.rows(query, (learner,))]

    def answer(self, sitting: Sitting, place: int, drill: Drill, response: Response, grade: Grade) -> Taken:
        """Keep an answer together with what follows from it; the first one stays, whatever is sent after it.

        Words are kept without personal data in them.
        """
        kept = Response(response.chosen, masked(response.text[:LONGEST_TEXT]))
        given = {
            "chosen": list(kept.chosen), "text": kept.text, "right": grade.right, "score": grade.score,
            "language": str(drill.language),
        }  # fmt: skip
        with self._database.transaction() as connection:
            row = connection.execute(
                "SELECT s.content, c.closed FROM sittings s LEFT JOIN classes c ON c.code = s.class_code"
                " WHERE s.id = ?",
                (sitting.id,),
            ).fetchone()
            if row is None or row["closed"] is not None:
                return Taken.CLOSED
            content = json.loads(row["content"])
            if str(place) in content["answers"]:
                return Taken.BEFORE
            content["answers"][str(place)] = given
            connection.execute(
                "UPDATE sittings SET content = ? WHERE id = ?", (json.dumps(content, ensure_ascii=False), sitting.id)
            )
            at = self._clock()
            attempt = Attempt(
                sitting.learner, drill.id, drill.fingerprint, at, grade.right, grade.score, drill.language, kept,
                sitting.class_code,
            )  # fmt: skip
            record(connection, attempt)
        return Taken.YES

    def _now(self) -> str:
        return self._clock().isoformat(timespec="seconds")


def item_of(drill: Drill) -> Item:
    """A drill as a sitting keeps it."""
    return Item(drill.id, drill.fingerprint, drill.language)


def _plain(item: Item) -> dict[str, str]:
    return {"drill": item.drill, "fingerprint": item.fingerprint, "language": str(item.language)}


def _sitting(row: sqlite3.Row) -> Sitting:
    content = json.loads(row["content"])
    items = tuple(Item(i["drill"], i["fingerprint"], Language(i["language"])) for i in content["items"])
    answers = {int(place): _given(given) for place, given in content["answers"].items()}
    aim = Aim(AimKind(content["aim"]["kind"]), content["aim"]["of"])
    return Sitting(row["id"], row["learner"], aim, items, answers, row["class_code"])


def _given(kept: dict[str, Any]) -> Given:
    response = Response(tuple(kept["chosen"]), kept["text"])
    return Given(response, kept["right"], kept["score"], Language(kept["language"]))
