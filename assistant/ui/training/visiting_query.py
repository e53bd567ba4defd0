"""What a visit kit is asked for by its address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from assistant.eligibility.rulebook import Rulebook
from assistant.ui.places import place_path, rule_places
from assistant.ui.plain.days import day_of
from assistant.visiting.kit import Enterprise

_LONGEST = 40  # characters of a city


@dataclass(frozen=True)
class Wanted:
    """What was chosen; `enterprise` is None until trade and place are known, `problems` are the keys of sentences."""

    day: date
    enterprise: Enterprise | None
    given: Mapping[str, str]
    problems: Mapping[str, str] = field(default_factory=dict)  # by key, with the text that was not understood

    @property
    def query(self) -> str:
        """The query of links to papers of the same choice."""
        return "?" + urlencode({name: value for name, value in self.given.items() if value})


def wanted_of(query: Mapping[str, str], book: Rulebook, today: date) -> Wanted:
    """Read an address. What is no choice of ours counts as not chosen; a form sent without one is told so."""
    given = {
        name: " ".join(query.get(name, "").split())[:_LONGEST] for name in ("industry", "province", "city", "size")
    }
    text = query.get("day", "").strip()[:_LONGEST]
    day = day_of(text)
    place = place_path(given["province"], given["city"], rule_places(book))
    industry = given["industry"] if given["industry"] in book.facts["industry"].choices else ""
    size = given["size"] if given["size"] in book.facts["size_class"].choices else ""
    problems = {"day": text} if text and day is None else {}
    if any(name in query for name in ("industry", "province")):
        problems |= {} if industry else {"industry": ""}
        problems |= {} if place else {"province": ""}
    kept = {
        "industry": industry, "province": given["province"] if place else "", "city": given["city"] if place else "",
        "size": size, "day": day.isoformat() if day else "",
    }  # fmt: skip
    enterprise = Enterprise(industry, place, size or None) if industry and place else None
    return Wanted(day or today, enterprise, kept, problems)
