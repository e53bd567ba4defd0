"""What changed since a day, and what changes soon, as seen from another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.lexicon.regions import applies, provinces
from assistant.reference.events import Event, Turn
from assistant.types import Place
from index.types import Document, Kind, StrEnum

SOON = 90  # days
NATIONAL = "national"
NATIONWIDE = frozenset({"全国", "nationwide"})  # as documents write it


class Group(StrEnum):
    """What a reader looks for, in the order it is shown."""

    BEGAN = "began"  # came into force since
    AHEAD = "ahead"  # comes into force within SOON days
    ENDING = "ending"  # lapses within SOON days; today's last day counts
    LAPSED = "lapsed"  # was in force until some day since, the day before the first included
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Choice:
    """Which documents are meant; None: all. `region` is NATIONAL or a province, whose national rules count too."""

    region: str | None = None
    kind: Kind | None = None
    topic: str | None = None


def changes(events: Iterable[Event], since: date, day: date, soon: int = SOON) -> dict[Group, tuple[Event, ...]]:
    """The events by group, as seen on `day`: newest first of what was, soonest first of what comes."""
    found: dict[Group, list[Event]] = {group: [] for group in Group}
    for event in events:
        for group in _groups(event, since, day, timedelta(days=soon)):
            found[group].append(event)
    for group in (Group.BEGAN, Group.LAPSED, Group.REPLACED):
        found[group].sort(key=lambda event: (event.day, event.document.id), reverse=True)
    return {group: tuple(events) for group, events in found.items()}


def _groups(event: Event, since: date, day: date, soon: timedelta) -> list[Group]:
    if event.turn is Turn.REPLACES:
        return [Group.REPLACED] if since <= event.day <= day else []
    if event.turn is Turn.BEGINS:
        if event.day > day:
            return [Group.AHEAD] if event.day - day <= soon else []
        return [Group.BEGAN] if since <= event.day else []
    if event.day >= day:
        return [Group.ENDING] if event.day - day <= soon else []
    return [Group.LAPSED] if event.day + timedelta(days=1) >= since else []


def chosen(events: Iterable[Event], choice: Choice) -> list[Event]:
    """The events of the documents meant."""
    return [event for event in events if _meant(event.document, choice)]


def regions(events: Iterable[Event]) -> list[str]:
    """The provinces that documents with events are about, in the order of the list of provinces."""
    local = {event.document.region for event in events} - NATIONWIDE
    return [province for province in provinces() if any(applies(region, _place(province)) for region in local)]


def topics(events: Iterable[Event]) -> list[str]:
    """The topics of documents with events, those of most documents first."""
    by_topic: dict[str, set[str]] = {}
    for event in events:
        for topic in event.document.topics:
            by_topic.setdefault(topic, set()).add(event.document.id)
    return sorted(by_topic, key=lambda topic: (-len(by_topic[topic]), topic))


def by_day(events: Iterable[Event], month: date) -> Mapping[date, Sequence[Event]]:
    """The events of the month that a day lies in, by their days."""
    found: dict[date, list[Event]] = {}
    for event in events:
        if (event.day.year, event.day.month) == (month.year, month.month):
            found.setdefault(event.day, []).append(event)
    return found


def _meant(document: Document, choice: Choice) -> bool:
    national = document.region in NATIONWIDE
    if choice.region == NATIONAL and not national:
        return False
    if choice.region not in (None, NATIONAL) and not (national or applies(document.region, _place(choice.region))):
        return False
    if choice.kind is not None and document.kind is not choice.kind:
        return False
    said = choice.topic.casefold() if choice.topic else ""
    return any(said in text.casefold() for text in (*document.topics, document.title, document.short_title))


def _place(province: str | None) -> tuple[Place, ...]:
    english = provinces().get(province or "")
    return (Place(province, english, province),) if province and english else ()
