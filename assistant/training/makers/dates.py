"""Which day a clause states: effect, expiry, deadline, not the issue of a paper. Its own sentence without the date."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.training.days import Day, days, wrong_days
from assistant.training.makers.cloze import at_most, cloze
from assistant.training.material import Material
from assistant.training.types import Drill, DrillKind, Option

_PER_CLAUSE = 2
_WRONG = 3


def dates(material: Material) -> Iterator[Drill]:
    """One drill per date of consequence, at most two per clause."""
    wrong = {day: wrong_days(material, day) for day in days(material)}
    for day in at_most(_PER_CLAUSE, [day for day, others in wrong.items() if len(others) == _WRONG]):
        yield cloze(material, DrillKind.DATE, day, _options(material, day, wrong[day]), 2)


def _options(material: Material, day: Day, wrong: dict[str, str]) -> list[Option]:
    say = material.say
    options = {day.value: Option(day.said, say("why.as_stated"))}
    options |= {other: Option(text, say("why.figure", right=day.said, wrong=text)) for other, text in wrong.items()}
    return [options[value] for value in sorted(options)]
