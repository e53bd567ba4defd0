"""What a class answered, by person and by question. The first answer counts; further ones are told beside it.

A mean says how many answers it rests on, and where there are none it is None, not zero. Answers to drills that were
withdrawn since are kept and told, but count for nothing.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from assistant.training.classes import Classes, Member, TrainingClass
from assistant.training.database import Database
from assistant.training.types import Attempt, Drill, Response
from assistant.training.withdrawal import Asked
from index.types import Language

_TENTH = Decimal("0.1")
_EXACT = 1e-9  # shares are sums of floats: 0.6 of the points is enough where 0.6 was asked for


def of_hundred(share: float) -> Decimal:
    """A share as points of 100, to a tenth, halves up: 0.5625 is 56.3."""
    rounded = Decimal(repr(share * 100)).quantize(_TENTH, ROUND_HALF_UP)
    return rounded.to_integral_value() if rounded == rounded.to_integral_value() else rounded


@dataclass(frozen=True)
class Person:
    """How somebody stands: points of first answers to the drills that are still asked."""

    member: Member
    firsts: dict[str, Attempt]  # first answers, by drill
    of: int  # drills that are asked
    pass_share: float
    further: int = 0  # answers given again
    withdrawn: int = 0  # first answers to drills that were withdrawn since

    @property
    def done(self) -> int:
        """Drills that were answered."""
        return len(self.firsts)

    @property
    def right(self) -> int:
        """Answered right at once."""
        return sum(attempt.right for attempt in self.firsts.values())

    @property
    def points(self) -> float:
        """The sum of the scores; a drill gives up to 1."""
        return sum(attempt.score for attempt in self.firsts.values())

    @property
    def share(self) -> float | None:
        """The mean score of what was answered; None where nothing was."""
        return self.points / self.done if self.done else None

    @property
    def finished(self) -> bool:
        """Whether everything that is asked was answered."""
        return 0 < self.of == self.done

    @property
    def passed(self) -> bool | None:
        """None as long as not everything is answered."""
        return self.points / self.of >= self.pass_share - _EXACT if self.finished else None

    @property
    def last(self) -> datetime | None:
        """When the last of the first answers was given."""
        return max((attempt.at for attempt in self.firsts.values()), default=None)


@dataclass(frozen=True, slots=True)
class Item:
    """How one drill was answered by those who did."""

    drill: Drill
    answered: int
    right: int
    points: float
    wrong: tuple[int, int] | None = None  # the wrong option chosen most, as a place in `options`, and by how many
    further: int = 0  # answers given again
    further_right: int = 0

    @property
    def mean(self) -> float | None:
        """The mean score, where a part of an answer may be right; None where nobody answered."""
        return self.points / self.answered if self.answered else None

    @property
    def share(self) -> float | None:
        """Right at once, of those who answered; None where nobody did."""
        return self.right / self.answered if self.answered else None


@dataclass(frozen=True)
class Results:
    """A class at one moment."""

    asked: Asked
    people: tuple[Person, ...]  # in the order in which they joined
    items: tuple[Item, ...]  # in the order of the class
    withdrawn: dict[str, tuple[int, int]]  # of drills withdrawn: how many had answered, and how many of them right

    @property
    def finished(self) -> tuple[Person, ...]:
        """Those who answered everything."""
        return tuple(person for person in self.people if person.finished)

    @property
    def mean(self) -> float | None:
        """The mean score of those who finished; None where nobody did."""
        shares = [person.points / person.of for person in self.finished]
        return sum(shares) / len(shares) if shares else None

    @property
    def passed(self) -> int:
        """How many passed, of those who finished."""
        return sum(person.passed is True for person in self.people)

    def person(self, learner: str) -> Person | None:
        """One of the people."""
        return next((person for person in self.people if person.member.learner == learner), None)


def results(of: TrainingClass, asked: Asked, classes: Classes, database: Database) -> Results:
    """Everything a class answered; raises TrainingError."""
    return worked_out(of, asked, classes.members(of.code), attempts_of(database, of.code))


def worked_out(of: TrainingClass, asked: Asked, members: Iterable[Member], attempts: Sequence[Attempt]) -> Results:
    """The results of these attempts, the earliest first."""
    set_with = {drill.id: drill.fingerprint for drill in of.drills}
    counted = [attempt for attempt in attempts if _of_what_was_set(attempt, of.language, set_with)]
    firsts: dict[tuple[str, str], Attempt] = {}
    again: list[Attempt] = []
    for attempt in counted:
        if firsts.setdefault((attempt.learner, attempt.drill), attempt) is not attempt:
            again.append(attempt)
    people = []
    for member in members:
        own = {drill: attempt for (learner, drill), attempt in firsts.items() if learner == member.learner}
        valid = {id: attempt for id, attempt in own.items() if id in asked.by_id}
        further = sum(a.learner == member.learner and a.drill in asked.by_id for a in again)
        gone = len(own) - len(valid)
        people.append(Person(member, valid, len(asked.drills), of.pass_share, further, gone))
    return Results(
        asked, tuple(people),
        tuple(_item(drill, firsts.values(), again) for drill in asked.drills),
        {
            gone.drill.id: (len(given), sum(attempt.right for attempt in given))
            for gone in asked.withdrawn
            for given in [[a for a in firsts.values() if a.drill == gone.drill.id]]
        },
    )  # fmt: skip


def attempts_of(database: Database, code: str) -> list[Attempt]:
    """The answers of a class, the earliest first; raises TrainingError."""
    rows = database.rows("SELECT * FROM attempts WHERE class_code = ? ORDER BY at, number", (code,))
    return [_attempt(row) for row in rows]


def _of_what_was_set(attempt: Attempt, language: Language, set_with: Mapping[str, str]) -> bool:
    """By the fingerprint, which differs between languages: an answer in the other language is taken as it is."""
    was = set_with.get(attempt.drill)
    return was is not None and (attempt.language is not language or attempt.fingerprint == was)


def _item(drill: Drill, firsts: Iterable[Attempt], again: Iterable[Attempt]) -> Item:
    given = [attempt for attempt in firsts if attempt.drill == drill.id]
    more = [attempt for attempt in again if attempt.drill == drill.id]
    return Item(
        drill, len(given), sum(a.right for a in given), sum(a.score for a in given), _wrong(drill, given),
        len(more), sum(a.right for a in more),
    )  # fmt: skip


def _wrong(drill: Drill, given: Iterable[Attempt]) -> tuple[int, int] | None:
    """Only where one option is right: elsewhere no single option is the mistake."""
    if len(drill.right) != 1:
        return None
    same = [a for a in given if a.language is drill.language and not a.right]  # else options may stand elsewhere
    chosen = Counter(a.response.chosen[0] for a in same if len(a.response.chosen) == 1)
    places = [place for place in chosen if 0 <= place < len(drill.options) and place not in drill.right]
    if not places:
        return None
    most = min(places, key=lambda place: (-chosen[place], place))
    return most, chosen[most]


def _attempt(row: sqlite3.Row) -> Attempt:
    response = json.loads(row["response"])
    return Attempt(
        learner=row["learner"], drill=row["drill"], fingerprint=row["fingerprint"],
        at=datetime.fromisoformat(row["at"]), right=bool(row["right"]), score=row["score"],
        language=Language(row["language"]),
        response=Response(tuple(response.get("chosen", ())), response.get("text", "")), class_code=row["class_code"],
    )  # fmt: skip
