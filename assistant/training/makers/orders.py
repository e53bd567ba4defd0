"""Steps to put into order: procedures whose clause states the order, and policies by the day they end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from assistant.eligibility.rules import Candidate, Dated, Words
from assistant.errors import TextsError
from assistant.texts import load_data
from assistant.training.makers.rule_words import RuleWords, chance, shuffled
from assistant.training.material import Material
from assistant.training.types import Drill, DrillKind, Option, Source
from assistant.wording import day_words
from index.figures import dates

_FILE = Path(__file__).with_name("sequences.yaml")
_MOST, _FEWEST = 6, 4


class _Step(Words):
    """Words of a clause in both languages."""

    clause: str

    @property
    def place(self) -> tuple[str, str]:
        """The document and the clause."""
        document_id, clause_id = self.clause.split("#")
        return document_id, clause_id


class _Sequence(BaseModel):
    """Steps in the order that holds."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    task: Words
    steps: tuple[_Step, ...] = Field(min_length=_FEWEST, max_length=_MOST)


@cache
def _sequences() -> list[_Sequence]:
    try:
        return TypeAdapter(list[_Sequence]).validate_python(load_data(_FILE))
    except ValidationError as error:
        raise TextsError(f"{_FILE}: {error}") from error


def orders(material: Material) -> Iterator[Drill]:
    """Drills of procedures, and of policies by the day they end."""
    book = material.rulebook
    if book is None:
        return
    words = RuleWords(material, book)
    for sequence in _sequences():
        if all(_stands(step, words) for step in sequence.steps):
            yield _procedure(sequence, words)
    yield from _endings(words)


def _stands(step: _Step, words: RuleWords) -> bool:
    """Whether the clause holds on the day and says this in both languages."""
    material = words.material
    found = [side.provision(*step.place) for side in (material, material.twin)]
    return all(
        item is not None and item.in_force(material.on) and step.in_(str(item.document.language)) in item.clause.text
        for item in found
    )


def _procedure(sequence: _Sequence, words: RuleWords) -> Drill:
    material, language = words.material, words.say.language
    drill_id = f"{DrillKind.ORDER}:{sequence.steps[0].clause}:{sequence.id}"
    sources = tuple(Source(*step.place, step.in_(language)) for step in sequence.steps)
    prompt = words.drill("order.prompt", task=sequence.task.in_(language))
    steps = [step.in_(language) for step in sequence.steps]
    explanation = words.drill("order.explain", steps=words.drill("order.gap").join(steps))
    return _made(drill_id, prompt, explanation + _clauses(sources, words), steps, sources, material)


def _clauses(sources: Sequence[Source], words: RuleWords) -> str:
    """Every clause once, quoted in full: the order is to be seen in its own sentences."""
    material = words.material
    places = dict.fromkeys((item.document_id, item.clause_id) for item in sources)
    whole = [material.provisions[place].source(material.provisions[place].clause.text) for place in places]
    return words.quoted(whole)


def _made(
    drill_id: str, prompt: str, explanation: str, steps: Sequence[str], sources: tuple[Source, ...], material: Material
) -> Drill:
    """The steps shuffled, never into the right order; `right` are their places in that order.

    Each has a capital in English: the one that begins its sentence would tell otherwise.
    """
    random = chance(drill_id)
    places = shuffled(steps, random)
    while places == sorted(places):
        places = shuffled(steps, random)
    words = tuple(Option(steps[place][0].upper() + steps[place][1:]) for place in places)
    topics = dict.fromkeys(
        topic for item in sources for topic in material.provisions[item.document_id, item.clause_id].document.topics
    )
    return Drill(
        drill_id, DrillKind.ORDER, material.language, material.on, tuple(topics), prompt, explanation, sources,
        material.fingerprint(sources, *steps), words, tuple(places.index(n) for n in range(len(steps))),
        difficulty=2 if len(steps) < _MOST else 3,
    )  # fmt: skip


def _endings(words: RuleWords) -> Iterator[Drill]:
    """Policies of which each ends on another day; every policy that ends is in one drill at least."""
    by_day: dict[date, list[tuple[Candidate, Dated]]] = {}
    for candidate in words.book.candidates.values():
        window = next((item for item in candidate.window if item.on(words.material.on)), None)
        if window is None or window.until is None or not words.stands(window):
            continue
        if all(window.until.isoformat() in dates(text) for text in (window.quote.zh, window.quote.en)):
            by_day.setdefault(window.until, []).append((candidate, window))
    days = sorted(by_day)[:_MOST]
    if len(days) < _FEWEST:
        return
    for turn in range(max(len(by_day[day]) for day in days)):
        yield _ending([by_day[day][turn % len(by_day[day])] for day in days], words)


def _ending(items: Sequence[tuple[Candidate, Dated]], words: RuleWords) -> Drill:
    told = words.drill
    drill_id = f"{DrillKind.ORDER}:{items[0][1].clause}:ends-{'-'.join(candidate.id for candidate, _ in items)}"
    names = [candidate.name.in_(words.say.language) for candidate, _ in items]
    days = [day_words(window.until, words.say) for _, window in items if window.until is not None]
    steps = told("list").join(
        told("order.expiry.told", name=name, day=day) for name, day in zip(names, days, strict=True)
    )
    sources = words.sources([window for _, window in items])
    explanation = told("order.expiry.explain", steps=steps) + words.quoted(sources)
    return _made(drill_id, told("order.expiry.prompt"), explanation, names, sources, words.material)
