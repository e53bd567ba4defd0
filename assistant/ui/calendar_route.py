"""The dates of a loan as a calendar file, from the day it falls due alone: nothing of the form is sent or kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timezone
from typing import Protocol

from assistant.calendar_file import CalendarEvent, calendar_file
from assistant.eligibility.rulebook import Rulebook
from assistant.eligibility.rules import RenewalDesk
from assistant.eligibility.timeline import OVERDUE, PlannedStep, StepKind, timeline
from assistant.texts import ui_texts
from assistant.ui.forms import YEARS
from assistant.ui.timeline_html import step_words
from index.types import Language

Calendar = Callable[[str, str], bytes | None]
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class HasRulebook(Protocol):
    """What is needed of the assistant."""

    @property
    def rulebook(self) -> Rulebook | None:
        """The rules with the plan of the desk."""


def calendar_of(assistant: HasRulebook, today: Callable[[], date] = date.today) -> Calendar:
    """The file for a due date and a language as given in an address; None where either is not understood."""

    def calendar(due: str, language: str) -> bytes | None:
        day = _day(due)
        book = assistant.rulebook
        if day is None or book is None or language not in set(Language):
            return None
        return renewal_calendar(day, Language(language), book.desk, today(), datetime.now(timezone.utc))

    return calendar


def renewal_calendar(due: date, language: Language, desk: RenewalDesk, today: date, stamp: datetime) -> bytes | None:
    """The plan for a loan due on a day, as seen today; None once it is overdue."""
    words = ui_texts(language)
    plan = [PlannedStep(step.id, step.days_before, step.working, StepKind(step.kind)) for step in desk.plan]
    milestones = timeline(due, today, plan)
    if any(item.id == OVERDUE for item in milestones):
        return None
    steps = {step.id: step for step in desk.plan}
    events = []
    for item in milestones:
        title, says = step_words(item, steps, words)
        uid = f"{due.isoformat()}-{item.id}@sme-policy-assistant"
        events.append(CalendarEvent(uid, item.day, title, f"{says}\n{words('renewal.decides')}"))
    return calendar_file(events, stamp)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None
    return day if day is not None and YEARS[0] <= day.year <= YEARS[1] else None
