"""Figures in a clause of their own, which take their meaning from what the turn as a whole speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import TextsError
from assistant.texts import load_data
from assistant.understanding.facts.patterns import BANK, DATE, MONEY, NUMBER, PERCENT, SPAN

_FILE = Path(__file__).with_name("alone.yaml")
_SIGNS = {"money": f"{NUMBER}{MONEY}", "percent": PERCENT, "span": SPAN, "date": DATE, "bank": BANK}


class Figure(BaseModel):
    """A fact that a figure by itself may be."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    fact: str
    reads: Literal["money", "percent", "span", "date", "bank"]
    when: str
    unless: str = ""
    beside: str = ""
    time: Literal["coming", "past"] = "coming"


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    before: list[str]
    after: list[str]
    cues: dict[str, str]
    figures: list[Figure]


@dataclass(frozen=True, slots=True)
class _Ready:
    figures: tuple[Figure, ...]
    cues: dict[str, re.Pattern[str]]
    clauses: re.Pattern[str]


@cache
def _ready() -> _Ready:
    try:
        file = _File.model_validate(load_data(_FILE))
        cues = {name: re.compile(cue, re.I) for name, cue in file.cues.items()}
        before, after = "|".join(file.before), "|".join(file.after)
        clauses = re.compile(
            rf"(?:^|(?<=[，。；！？、,;!?\s:]))(?:{before})([{NUMBER}{MONEY}{PERCENT}{SPAN}{DATE}{BANK}]+)(?:{after})"
            r"(?=[，。；！？、,;!?\s.]|$)",
            re.I,
        )
        for figure in file.figures:
            named = {figure.when, figure.unless} - {""}
            if not named <= cues.keys():
                raise TextsError(f"{_FILE}: {figure.fact} names {sorted(named - cues.keys())}, which is no cue")
    except (ValidationError, re.error) as error:
        raise TextsError(f"{_FILE}: {error}") from error
    return _Ready(tuple(file.figures), cues, clauses)


def alone(marked: str, said: str, taken: set[int], known: set[str]) -> list[tuple[Figure, int]]:
    """The facts that figures by themselves in a clause may be, with where they stand in the marked text.

    `said` are all the user's words; `taken` are the places of figures that have a meaning, `known` the facts read.
    """
    ready = _ready()
    places = [at for found in ready.clauses.finditer(marked) for at in range(*found.span(1)) if at not in taken]
    if not places:
        return []
    cues = {name for name, cue in ready.cues.items() if cue.search(said)}
    given: list[tuple[Figure, int]] = []
    for figure in ready.figures:
        if figure.when not in cues or (figure.unless and figure.unless in cues) or figure.fact in known:
            continue
        if figure.beside and figure.beside not in known:
            continue
        at = next((at for at in places if marked[at] in _SIGNS[figure.reads]), None)
        if at is not None:
            places.remove(at)
            known = {*known, figure.fact}
            given.append((figure, at))
    return given
