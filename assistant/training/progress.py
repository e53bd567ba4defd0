"""What learners answered: kept, counted, and looked through for what comes again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from assistant.training.database import Database
from assistant.training.moments import day_of
from assistant.training.schedule import reviewed
from assistant.training.types import Attempt, Catalogue, Drill, Grade


@dataclass(frozen=True, slots=True)
class Standing:
    """How a learner stands with one drill, by their last answer to it."""

    right: bool
    at: datetime
    fingerprints: Mapping[str, str]  # by language, of the last answer in each
    due: date | None = None  # None: it has no card

    def holds_for(self, drill: Drill) -> bool:
        """False where the clause or rule behind the drill has changed since: it is as good as new."""
        return self.fingerprints.get(drill.language, drill.fingerprint) == drill.fingerprint


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the drills that somebody answered were right the last time."""

    right: int = 0
    of: int = 0

    def plus(self, right: bool) -> Share:
        """With one more."""
        return Share(self.right + right, self.of + 1)


@dataclass(frozen=True)
class Record:
    """All that one learner did, read at one moment; what is asked of it goes by the drills of a catalogue."""

    standings: Mapping[str, Standing]
    days: frozenset[date]  # on which something was answered

    def without(self, drills: Collection[str]) -> Record:
        """The same as if these drills had never been asked."""
        return Record({id: standing for id, standing in self.standings.items() if id not in drills}, self.days)

    def current(self, drills: Iterable[Drill]) -> dict[str, Standing]:
        """The standings that still hold, of these drills."""
        found = ((drill, self.standings.get(drill.id)) for drill in drills)
        return {drill.id: standing for drill, standing in found if standing is not None and standing.holds_for(drill)}

    def changed(self, catalogue: Catalogue) -> tuple[Drill, ...]:
        """Drills whose clause or rule has changed since they were answered: their cards start anew."""
        drills = (catalogue.drills.get(id) for id in self.standings)
        return tuple(drill for drill in drills if drill is not None and not self.standings[drill.id].holds_for(drill))

    def due(self, drills: Iterable[Drill], on: date) -> tuple[str, ...]:
        """Drills that come again by that day, those that wait longest first."""
        waiting = [(s.due, id) for id, s in self.current(drills).items() if s.due is not None and s.due <= on]
        return tuple(id for _, id in sorted(waiting))

    def mistakes(self, drills: Iterable[Drill]) -> tuple[str, ...]:
        """Drills whose last answer was not right, the latest first."""
        wrong = [(standing.at, id) for id, standing in self.current(drills).items() if not standing.right]
        return tuple(id for _, id in sorted(wrong, reverse=True))

    def share(self, drills: Iterable[Drill]) -> Share:
        """How many of these drills were right the last time, of those that were answered."""
        total = Share()
        for standing in self.current(drills).values():
            total = total.plus(standing.right)
        return total

    def shares(self, catalogue: Catalogue, names: Callable[[Drill], Iterable[str]]) -> dict[str, Share]:
        """The same by what a drill has, as its topics, kind or document; only what something was answered of."""
        found: dict[str, Share] = {}
        for id, standing in self.current(catalogue.drills.values()).items():
            for name in names(catalogue.drills[id]):
                found[name] = found.get(name, Share()).plus(standing.right)
        return found

    def streak(self, on: date) -> int:
        """Days in a row on which something was answered, up to that day, or up to the day before."""
        last = on if on in self.days else on - timedelta(days=1)
        count = 0
        while last - timedelta(days=count) in self.days:
            count += 1
        return count


class Progress:
    """Keeps attempts and cards. Raises TrainingError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, learner: str) -> Record:
        """Everything of one learner."""
        rows = self._database.rows(
            "SELECT drill, fingerprint, at, right, language FROM attempts WHERE learner = ? ORDER BY at, number",
            (learner,),
        )
        cards = self._database.rows("SELECT drill, due FROM cards WHERE learner = ?", (learner,))
        due = {row["drill"]: date.fromisoformat(row["due"]) for row in cards}
        standings: dict[str, Standing] = {}
        for row in rows:
            before = standings.get(row["drill"])
            prints = {**(before.fingerprints if before else {}), row["language"]: row["fingerprint"]}
            at = datetime.fromisoformat(row["at"])
            standings[row["drill"]] = Standing(bool(row["right"]), at, prints, due.get(row["drill"]))
        return Record(standings, frozenset(day_of(datetime.fromisoformat(row["at"])) for row in rows))

    def record(self, attempt: Attempt) -> None:
        """Keep an answer, and when its drill comes again."""
        with self._database.transaction() as connection:
            record(connection, attempt)


def record(connection: sqlite3.Connection, attempt: Attempt) -> None:
    """The same within what else is kept at that moment."""
    known = connection.execute(
        "SELECT fingerprint FROM attempts WHERE learner = ? AND drill = ? AND language = ?"
        " ORDER BY at DESC, number DESC LIMIT 1",
        (attempt.learner, attempt.drill, str(attempt.language)),
    ).fetchone()
    card = connection.execute(
        "SELECT card FROM cards WHERE learner = ? AND drill = ?", (attempt.learner, attempt.drill)
    ).fetchone()
    anew = card is None or (known is not None and known["fingerprint"] != attempt.fingerprint)
    grade = Grade(attempt.right, attempt.score)
    after = reviewed(None if anew else card["card"], grade, day_of(attempt.at))
    response = {"chosen": list(attempt.response.chosen), "text": attempt.response.text}
    connection.execute(
        "INSERT INTO attempts (learner, drill, fingerprint, at, right, score, language, response, class_code)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            attempt.learner, attempt.drill, attempt.fingerprint, attempt.at.isoformat(timespec="seconds"),
            int(attempt.right), attempt.score, str(attempt.language), json.dumps(response, ensure_ascii=False),
            attempt.class_code,
        ),
    )  # fmt: skip
    connection.execute(
        "INSERT INTO cards (learner, drill, card, due) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (learner, drill) DO UPDATE SET card = excluded.card, due = excluded.due",
        (attempt.learner, attempt.drill, after.memory, after.due.isoformat()),
    )
