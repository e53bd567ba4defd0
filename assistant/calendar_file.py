"""Milestones as a calendar file (.ics, RFC 5545) that phones and office calendars take in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

PRODUCT = "-//SME financing policy assistant//"
_REMINDER = timedelta(days=-1)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # not allowed in text; icalendar lets them pass


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """Something that takes a whole day."""

    uid: str  # the same for the same event in a later file, which then replaces it
    day: date
    title: str
    description: str


def calendar_file(events: Sequence[CalendarEvent], stamp: datetime) -> bytes:
    """The events as an .ics file, each with a reminder a day before; the same bytes for the same arguments.

    `stamp` says when the file was made and must know its time zone. The events leave the day free, as a deadline is
    no appointment. Raises ValueError for no events, which the format does not allow, a uid given twice, and a stamp
    without a time zone.
    """
    if not events:
        raise ValueError("a calendar file needs at least one event")
    if len({event.uid for event in events}) < len(events):
        raise ValueError("two events of a calendar file have the same uid")
    if stamp.utcoffset() is None:
        raise ValueError("the stamp of a calendar file needs a time zone")
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for event in events:
        calendar.add_component(_entry(event, stamp))
    return bytes(calendar.to_ical())


def _entry(event: CalendarEvent, stamp: datetime) -> Event:
    entry = Event()
    entry.add("uid", _clean(event.uid))
    entry.add("dtstamp", stamp)  # put into UTC by the library, as the format wants it
    entry.add("dtstart", event.day)
    entry.add("dtend", event.day + timedelta(days=1))  # exclusive
    entry.add("summary", _clean(event.title))
    entry.add("description", _clean(event.description))
    entry.add("transp", "TRANSPARENT")
    reminder = Alarm()
    reminder.add("action", "DISPLAY")
    reminder.add("description", _clean(event.title))
    reminder.add("trigger", _REMINDER)
    entry.add_component(reminder)
    return entry


def _clean(text: str) -> str:
    return _CONTROLS.sub("", text)
