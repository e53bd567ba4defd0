"""The life of a document in dates: issue, effect, end, and the clauses that began or ended on days of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.reference.status import Status, status_of
from assistant.texts import room_texts, texts
from assistant.wording import day_words
from index.types import Clause, Document, Language, StrEnum


class Event(StrEnum):
    """What happens on a day."""

    ISSUED = "issued"
    EFFECTIVE = "effective"
    EXPIRES = "expires"  # the last day in force
    REPEALED = "repealed"  # the first day no longer in force
    BEGINS = "begins"  # of clauses
    ENDS = "ends"  # of clauses: their last day in force


@dataclass(frozen=True, slots=True)
class Mark:
    """A day of the life; `clauses` only for BEGINS and ENDS."""

    event: Event
    day: date
    clauses: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class Lifeline:
    """The marks, oldest first; in force from `begins` to `ends` (both included; None: open, or not known)."""

    marks: tuple[Mark, ...]
    begins: date | None
    ends: date | None


def lifeline(document: Document) -> Lifeline:
    """The dates of a document and of those of its clauses that have their own."""
    period = document.period
    whole = ((Event.ISSUED, document.issued), (Event.EFFECTIVE, period.effective), (Event.EXPIRES, period.expires),
             (Event.REPEALED, period.repealed))  # fmt: skip
    marks = [Mark(event, day) for event, day in whole if day is not None]
    own: dict[tuple[Event, date], list[Clause]] = {}
    for clause in document.clauses:
        if clause.period.effective not in (None, period.effective):
            own.setdefault((Event.BEGINS, clause.period.effective), []).append(clause)
        if (last := _last(clause.period.expires, clause.period.repealed)) not in (None, _last(period.expires, None)):
            own.setdefault((Event.ENDS, last), []).append(clause)
    marks += [Mark(event, day, tuple(clauses)) for (event, day), clauses in own.items()]
    order = list(Event)
    return Lifeline(
        tuple(sorted(marks, key=lambda mark: (mark.day, order.index(mark.event)))),
        period.effective,
        _last(period.expires, period.repealed),
    )


def _last(expires: date | None, repealed: date | None) -> date | None:
    """The last day in force."""
    days = [day for day in (expires, repealed - timedelta(days=1) if repealed else None) if day]
    return min(days) if days else None


def validity_words(document: Document, day: date, language: Language) -> str:
    """The life of a document in a few sentences, and how it stands on the day."""
    words, say = room_texts("reader", language), texts(language)
    told = [
        words(f"life.{mark.event}", day=day_words(mark.day, say))
        for mark in lifeline(document).marks
        if not mark.clauses
    ]
    if not any(mark.event in (Event.EXPIRES, Event.REPEALED) for mark in lifeline(document).marks):
        told.append(words("life.open" if told else "life.none"))
    stands = words("life.on_day", day=day_words(day, say), status=words(f"status.{status_of(document, day)}"))
    if status_of(document, day) is Status.UNCONFIRMED:
        stands += words("life.unconfirmed")
    dates = words("life.comma").join(told) + words("life.stop")
    parts = [dates[0].upper() + dates[1:], stands]
    parts += [clauses_words(mark, day, language) for mark in lifeline(document).marks if mark.clauses]
    return words("life.space").join(parts)


def clauses_words(mark: Mark, day: date, language: Language) -> str:
    """When some clauses begin or end, as seen from the day."""
    words, say = room_texts("reader", language), texts(language)
    if mark.event is Event.ENDS:
        key = "ended" if mark.day < day else "will_end"
    else:
        key = "began" if mark.day <= day else "will_begin"
    return words(f"life.{key}", clauses=_names(mark.clauses, language), day=day_words(mark.day, say))


def _names(clauses: Sequence[Clause], language: Language) -> str:
    words = room_texts("reader", language)
    named = [words("life.clause", reference=c.reference, heading=c.heading) for c in clauses]
    return words("life.list").join(named)
