"""Where an enterprise is, as far as the speaker says so of himself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import TextsError
from assistant.lexicon.regions import places_in
from assistant.profile import Stated
from assistant.texts import load_data
from assistant.types import Place

_FILE = Path(__file__).with_name("place.yaml")
_CLAUSES = re.compile(r"[^，。；！？,;!?\n\ue000]+(?:, (?=[A-Z]))?[^，。；！？,;!?\n\ue000]*")


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    himself: list[str] = Field(alias="self")
    own: list[str]
    policy: list[str]
    asks: list[str]
    at: list[str]
    written: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Cues:
    himself: re.Pattern[str]
    own: re.Pattern[str]
    elsewhere: re.Pattern[str]  # a policy, or a question
    at: re.Pattern[str]
    written: dict[str, str]


@cache
def _cues() -> _Cues:
    try:
        file = _File.model_validate(load_data(_FILE))
        himself, own, elsewhere, at = (
            re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.I)
            for patterns in (file.himself, file.own, [*file.policy, *file.asks], file.at)
        )
    except (ValidationError, re.error) as error:
        raise TextsError(f"{_FILE}: {error}") from error
    return _Cues(himself, own, elsewhere, at, file.written)


def written(place: Place) -> str:
    """A place as the profile writes it: 黑龙江省, 黑龙江省/大庆市, 上海市."""
    if place.name in place.province:
        return place.province
    return f"{place.province}/{_cues().written.get(place.name, place.name + '市')}"


def region_of(text: str, source: str, turn: int | None, asked: bool = False) -> list[Stated]:
    """The place a speaker says he is at; none where it is asked what holds there, or where several are named."""
    for clause in _CLAUSES.finditer(text):
        places = _narrowest(places_in(clause[0]))
        if len(places) == 1 and (asked or _of_own(clause[0], text)):
            return [Stated("region", written(places[0]), _said(clause[0], source, clause.start(), places[0]), turn)]
    return []


def _of_own(clause: str, text: str) -> bool:
    cues = _cues()
    if cues.himself.search(clause):
        return True
    if cues.elsewhere.search(clause):
        return False
    return bool(cues.own.search(clause)) or (clause != text and bool(cues.at.fullmatch(clause)))


def _narrowest(places: tuple[Place, ...]) -> list[Place]:
    """Without provinces whose city is named too, and without cities whose county or district is."""
    cities = {place.province for place in places if place.name not in place.province}
    kept = [place for place in places if place.name not in place.province or place.province not in cities]
    counties = [place for place in kept if not written(place).endswith(("市", "省"))]
    return counties if len({place.province for place in kept}) == len(counties) == 1 else kept


def _said(clause: str, source: str, start: int, place: Place) -> str:
    for name in (place.name, place.english, *place.english.split(", ")):
        if found := re.search(re.escape(name), clause, re.I):
            return source[start + found.start() : start + found.end()]
    return source[start : start + len(clause)].strip()
