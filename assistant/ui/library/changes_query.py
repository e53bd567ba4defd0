"""What the page of changes is asked for by its address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from assistant.lexicon.regions import provinces
from assistant.reference.changes import NATIONAL, Choice
from assistant.ui.plain.days import day_of
from index.types import Kind

PRESETS = ("30", "90", "365", "2025")  # days before the day looked at, or since the first day of a year
USUAL = "365"
_LONGEST = 60  # characters of a topic


@dataclass(frozen=True, slots=True)
class Asked:
    """The days and the documents; `preset` is "" where a day of one's own was given, `problems` what was no day."""

    since: date
    day: date
    month: date  # any day of the month shown
    choice: Choice
    preset: str
    problems: tuple[str, ...]
    given: Mapping[str, str]  # as given and understood, for links

    def query(self, **changed: str) -> str:
        """The query of a link to the same with some values changed; "" takes one out."""
        kept = {name: value for name, value in {**self.given, **changed}.items() if value}
        return f"?{urlencode(kept)}" if kept else ""


def asked(query: Mapping[str, str], today: date) -> Asked:
    """Read an address; what is not understood is left aside and, where it is a day, told."""
    problems, given = [], {}
    days: dict[str, date | None] = {}
    for name in ("day", "since"):
        text = query.get(name, "").strip()
        days[name] = day_of(text)
        if text and days[name] is None:
            problems.append(text[:_LONGEST])
        elif text:
            given[name] = text
    day = days["day"] or today
    preset = query.get("last", "") if query.get("last", "") in PRESETS else ""
    if preset:
        given["last"] = preset
        given.pop("since", None)
    preset = preset or ("" if days["since"] else USUAL)
    own = None if preset in given.values() else days["since"]
    month = day_of(query.get("month", "") + "-01")
    if month:
        given["month"] = query["month"]
    choice = _choice(query, given)
    return Asked(own or _start(preset, day), day, month or day, choice, preset, tuple(problems), given)


def _start(preset: str, day: date) -> date:
    return date(int(preset), 1, 1) if len(preset) == 4 else day - timedelta(days=int(preset))


def _choice(query: Mapping[str, str], given: dict[str, str]) -> Choice:
    region, kind = query.get("region", ""), query.get("kind", "")
    topic = " ".join(query.get("topic", "").split())[:_LONGEST]
    region = region if region == NATIONAL or region in provinces() else ""
    kind = kind if kind in set(Kind) else ""
    given.update({name: value for name, value in (("region", region), ("kind", kind), ("topic", topic)) if value})
    return Choice(region or None, Kind(kind) if kind else None, topic or None)
