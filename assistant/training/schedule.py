"""When a drill comes again: FSRS reckoned in whole days of China Standard Time, without chance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timezone

from fsrs import Card as Memory
from fsrs import Rating, Scheduler

from assistant.training.types import Grade

LONGEST = 180  # days: whoever advises on policies sees each drill at least twice a year
HALF = 0.5  # from this score on an answer that is not right counts as remembered with effort
# No steps of minutes: what was wrong comes again the next day, and at once where the learner asks for their mistakes.
_SCHEDULER = Scheduler(learning_steps=(), relearning_steps=(), maximum_interval=LONGEST, enable_fuzzing=False)


@dataclass(frozen=True, slots=True)
class Card:
    """How well one learner remembers one drill, as JSON, and the first day on which it comes again."""

    memory: str
    due: date


def reviewed(before: str | None, grade: Grade, on: date) -> Card:
    """The card after an answer on a day; `before` is its memory until then, None for a drill that is new or anew."""
    card = Memory.from_json(before) if before is not None else Memory(card_id=0, due=_morning(on))
    after, _ = _SCHEDULER.review_card(card, _rating(grade), _morning(on))
    return Card(after.to_json(), after.due.date())


def _rating(grade: Grade) -> Rating:
    if grade.right:
        return Rating.Good
    return Rating.Hard if grade.score >= HALF else Rating.Again


def _morning(day: date) -> datetime:
    """One moment for a whole day, so that 17:00 today and 9:00 tomorrow are a day apart."""
    return datetime.combine(day, time(), timezone.utc)
