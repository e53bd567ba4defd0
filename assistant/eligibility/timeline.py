"""When to do what before a loan falls due: the steps of a plan, put on the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from assistant.eligibility.working_days import (
    add_working_days,
    is_working_day,
    known_year,
    working_day_after_or_on,
    working_day_before_or_on,
    working_days_between,
)
from assistant.errors import CalculationError
from assistant.profile import Days

OVERDUE = "overdue"  # the only milestone once the due date has passed
LAST_WORKING_DAY = "last_working_day"  # added where the loan falls due on a day off


class StepKind(str, Enum):
    """What the day of a step means."""

    EARLIEST = "earliest"  # not before this day
    LATEST = "latest"  # by this day
    DUE = "due"  # the loan falls due
    OVERDUE = "overdue"  # it has fallen due; not for plans


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """One step, counted back from the due date; raises CalculationError where kind and days do not fit."""

    id: str
    days_before: int | None  # None for the due date itself
    working: bool  # True: counted in working days, without the due date
    kind: StepKind

    def __post_init__(self) -> None:
        due = self.kind is StepKind.DUE and self.days_before in (None, 0)
        counted = self.kind in (StepKind.EARLIEST, StepKind.LATEST) and (self.days_before or -1) > 0
        if not due and not counted:
            raise CalculationError(
                f"Step {self.id!r}: a step that is {self.kind.value!r} cannot lie {self.days_before} days before the "
                "due date; give 'due' none, and 'earliest' or 'latest' a number from 1."
            )


Plan = Sequence[PlannedStep]


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step with its day."""

    id: str
    kind: StepKind
    day: date  # the day to go by; the due date is given as it is, even on a day off
    moved_from: date | None  # the day off this was moved from, to the working day before (EARLIEST: after)
    past: bool  # its own day has gone by; `day` is the first that is left
    days_left: int  # from the day asked about; negative only when overdue
    working_days_left: int  # likewise, without the day asked about and with `day`
    day_if_later: date | None  # the same step for the end of the span the loan falls due in; None for an exact date
    schedule_known: bool  # False: it rests on days off that are not all published yet, and may shift


def timeline(due: date | Days, as_of: date, plan: Plan) -> tuple[Milestone, ...]:
    """The steps of a plan by day, for a loan due on a day or within a span.

    A span counts from its first day that is not past, so that no step comes too late; `day_if_later` says where it
    would lie at the other end. A step whose day has gone by becomes one for now: the next working day if that still
    comes before the due date, else the very day asked about. An exact due date on a day off is given together with
    LAST_WORKING_DAY. Once the due date has passed, for a span the last of its days, there is only OVERDUE.
    """
    span = due if isinstance(due, Days) else Days.of(due)
    if span.last < as_of:
        return (_milestone(OVERDUE, StepKind.OVERDUE, as_of, span.last, past=True),)
    first = max(span.first, as_of)
    found = [_planned(step, first, span.last, as_of) for step in plan]
    if first == span.last and any(step.kind is StepKind.DUE for step in plan) and not is_working_day(first):
        day = working_day_before_or_on(first)
        past = day < as_of
        found.append(
            _milestone(LAST_WORKING_DAY, StepKind.LATEST, as_of, as_of if past else day, None if past else first, past)
        )
    return tuple(sorted(found, key=lambda milestone: milestone.day))


def _planned(step: PlannedStep, first: date, last: date, as_of: date) -> Milestone:
    """A step counted back from the first day the loan may fall due, and from the last."""
    day, moved_from = _count_back(step, first)
    rests_on = [first] if step.working else [moved_from or day]
    past = day < as_of
    if past:
        soon = working_day_after_or_on(as_of)
        day, moved_from = (soon if soon < first else as_of), None
    later = None
    if last > first:
        later = max(day, _count_back(step, last)[0])
        rests_on.append(last if step.working else later)
    return _milestone(step.id, step.kind, as_of, day, moved_from, past, later, rests_on)


def _count_back(step: PlannedStep, due: date) -> tuple[date, date | None]:
    """The working day of a step, and the day off it was moved from; the due date stays where it is."""
    if not step.days_before:
        return due, None
    if step.working:
        return add_working_days(due, -step.days_before), None
    planned = due - timedelta(days=step.days_before)
    moved = working_day_before_or_on(planned)
    if step.kind is StepKind.EARLIEST:  # moved back it would come too early
        after = working_day_after_or_on(planned)
        moved = after if after < due else planned
    return moved, planned if moved != planned else None


def _milestone(
    name: str,
    kind: StepKind,
    as_of: date,
    day: date,
    moved_from: date | None = None,
    past: bool = False,
    later: date | None = None,
    rests_on: Sequence[date] = (),
) -> Milestone:
    years = [reached.year for reached in (as_of, day, *rests_on)]
    known = all(known_year(year) for year in range(min(years), max(years) + 1))
    left, working_left = (day - as_of).days, working_days_between(as_of, day)
    return Milestone(name, kind, day, moved_from, past, left, working_left, later, known)
