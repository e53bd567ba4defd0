"""One month of first and last days as a table, and as a list on a narrow screen."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from assistant.reference.change_words import ChangeWords
from assistant.reference.events import Event
from assistant.ui.library.changes_query import Asked
from assistant.ui.plain.shell import t
from assistant.ui.plain.visit import Visit


def calendar_html(events: Mapping[date, Sequence[Event]], asked: Asked, words: ChangeWords, visit: Visit) -> str:
    """The month, with ways to the months before and after."""
    say = words.say
    name = _name(asked.month, words)
    first = asked.month.replace(day=1)
    before, after = first - timedelta(days=1), (first + timedelta(days=31)).replace(day=1)
    ways = "".join(
        f'<a href="{t(asked.query(month=f"{month:%Y-%m}"))}#calendar" rel="{rel}">{t(say(key))}'
        f'<span class="heard">{t(_name(month, words))}</span></a>'
        for month, rel, key in ((before, "prev", "calendar.before"), (after, "next", "calendar.after"))
    )
    heads = "".join(f'<th scope="col">{t(day)}</th>' for day in say.list("calendar.weekdays"))
    weeks = calendar.Calendar().monthdatescalendar(asked.month.year, asked.month.month)
    rows = "".join(
        "<tr>" + "".join(_day(day, events.get(day, ()), first, asked, words, visit) for day in week) + "</tr>"
        for week in weeks
    )
    empty = "" if events else f'<p class="soft">{t(say("calendar.none"))}</p>'
    return (
        f'<section id="calendar"><h2>{t(say("calendar.title"))}</h2><p class="months">{ways}</p>{empty}'
        f'<table class="month"><caption>{t(say("calendar.caption", month=name))}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></section>"
    )


def _name(month: date, words: ChangeWords) -> str:
    return words.say("calendar.month", year=month.year, month=words.say.list("calendar.months")[month.month - 1])


def _day(
    day: date, events: Sequence[Event], first: date, asked: Asked, words: ChangeWords, visit: Visit
) -> str:  # fmt: skip
    if day.month != first.month:
        return '<td class="other"></td>'
    shown = "".join(
        f'<li class="{event.turn}"><a href="{t(event_address(event, asked, visit))}">{t(words.short(event))}</a></li>'
        for event in events
    )
    today = ' aria-current="date"' if day == asked.day else ""
    filled = ' class="filled"' if events else ""
    number = f'<time datetime="{day.isoformat()}"{today}>{day.day}</time>'
    return f"<td{filled}>{number}{f'<ul>{shown}</ul>' if shown else ''}</td>"


def event_address(event: Event, asked: Asked, visit: Visit) -> str:
    """Where the event's document is read, at the clause that says so."""
    at = f"#c-{event.source.id}" if event.source else ""
    return visit.url(f"policy/{event.document.id}?day={asked.day.isoformat()}{at}")
