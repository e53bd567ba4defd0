"""The places a question names."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import TextsError
from assistant.texts import load_data
from assistant.types import Place

_FILE = Path(__file__).with_name("regions.yaml")


class _Places(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    provinces: dict[str, list[str]]
    cities: dict[str, dict[str, str]]
    not_places: list[str]


@cache
def _places() -> tuple[list[tuple[re.Pattern[str], Place]], re.Pattern[str]]:
    try:
        data = _Places.model_validate(load_data(_FILE))
    except ValidationError as error:
        raise TextsError(f"{_FILE}: {error}") from error
    found = []
    for province, names in data.provinces.items():
        place = Place(names[0], names[-1], province)
        latin = [name for name in names if name.isascii()]
        chinese = [name for name in names if not name.isascii()]
        pattern = "|".join(chinese + [rf"\b{re.escape(name)}\b" for name in latin])
        found.append((re.compile(pattern, re.I), place))
    for province, cities in data.cities.items():
        for name, english in cities.items():
            found.append((re.compile(rf"{name}|\b{re.escape(english)}\b", re.I), Place(name, english, province)))
    other = re.compile("|".join(map(re.escape, data.not_places)), re.I)
    return found, other


def places_in(text: str) -> tuple[Place, ...]:
    """The places a text names, in the order of our list, each once; a place within the name of a bank does not count."""
    places, other = _places()
    rest = other.sub(" ", text)
    return tuple(place for pattern, place in places if pattern.search(rest))


def applies(region: str, places: tuple[Place, ...]) -> bool:
    """Whether rules of a region (as a document's Chinese or English page names it) concern one of the places.

    A city's question is met by its province's rules and its own, a province's question by those of its cities.
    """
    for place in places:
        known = (place.province, place.province.rstrip("省市"), place.english)
        if place.name in region or re.search(rf"\b{re.escape(place.english)}\b", region):
            return True
        province_only = region in known or region == _english_province(place.province)
        if province_only:
            return True
    return False


@cache
def _english_province(province: str) -> str:
    places, _ = _places()
    return next(p.english for _, p in places if p.province == province)
