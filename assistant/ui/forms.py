"""What was entered → a profile: plain functions. What is left empty, or cannot be read, stays unknown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.eligibility.rules import Fact, FactKind
from assistant.profile import Choice, Days, Profile, Several, Stated, Value
from assistant.ui.fields import CITY, NO_OTHERS, UNKNOWN, Field
from assistant.ui.handlers import read_day
from assistant.ui.numbers import Problem, read_range
from assistant.ui.places import place_path

LONGEST_NAME = 40  # characters
YEARS = (1990, 2100)  # of a date on a form


@dataclass(frozen=True, slots=True)
class Reading:
    """What a form says: the facts that could be read, and by field what was wrong with the others."""

    profile: Profile
    problems: Mapping[str, Problem]


def read_form(entered: Mapping[str, object], asked: Sequence[Field], places: tuple[str, ...]) -> Reading:
    """The profile of a form; `entered` has a value for each field by its name, and a place's city under CITY."""
    stated: list[Stated] = []
    problems: dict[str, Problem] = {}
    for item in asked:
        try:
            value = _value(item.fact, entered.get(item.name), entered.get(CITY), places)
        except Problem as problem:
            problems[item.name] = problem
            continue
        if value is not None:
            stated.append(Stated(item.name, value, said=""))
    return Reading(Profile.of(stated), problems)


def _value(fact: Fact, entered: object, city: object, places: tuple[str, ...]) -> Value | None:
    if fact.kind is FactKind.SEVERAL:
        return _several(fact, entered)
    if not isinstance(entered, str) or not entered.strip() or entered == UNKNOWN:
        return None
    text = entered.strip()
    if fact.kind is FactKind.NUMBER:
        return read_range(text, fact.unit)
    if fact.kind is FactKind.FLAG:
        return {"yes": True, "no": False}.get(text)
    if fact.kind is FactKind.CHOICE:
        return Choice.of(text) if text in fact.choices else None
    if fact.kind is FactKind.DATE:
        return Days.of(read_date(text))
    if fact.kind is FactKind.PLACE:
        return place_path(text, city if isinstance(city, str) and city != UNKNOWN else "", places)
    if len(text) > LONGEST_NAME:
        raise Problem("name", most=LONGEST_NAME)
    return text


def _several(fact: Fact, entered: object) -> Several | None:
    ticked = {item for item in entered if isinstance(item, str)} if isinstance(entered, (list, tuple)) else set()
    has = frozenset(ticked & set(fact.choices))
    lacks = frozenset(fact.choices) - has if NO_OTHERS in ticked else frozenset()
    return Several(has, lacks) if has or lacks else None


def read_date(text: str) -> date:
    """A day that was entered. Raises Problem."""
    day = read_day(text, date.min)
    if day is None or day == date.min:
        raise Problem("entry_date")
    if not YEARS[0] <= day.year <= YEARS[1]:
        raise Problem("year", low=YEARS[0], high=YEARS[1])
    return day
