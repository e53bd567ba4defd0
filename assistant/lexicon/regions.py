"""The places a question or a clause names."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import TextsError
from assistant.texts import load_data
from assistant.types import Place
from index.types import Language, Passage

_FILE = Path(__file__).with_name("regions.yaml")
_BETWEEN = r"(?:\s*[,(]\s*|\s+)(?:in\s+)?"  # "Taizhou, Jiangsu" is written in several ways


class _Places(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    provinces: dict[str, list[str]]
    cities: dict[str, dict[str, str]]
    not_places: list[str]


@cache
def _places() -> tuple[re.Pattern[str], dict[str, Place], dict[str, str]]:
    """One pattern for every name, the place of each name in lower case, and the English name of each province."""
    try:
        data = _Places.model_validate(load_data(_FILE))
    except ValidationError as error:
        raise TextsError(f"{_FILE}: {error}") from error
    by_name: dict[str, Place] = {}
    for province, names in data.provinces.items():
        for name in names:
            by_name[_key(name)] = Place(names[0], names[-1], province)
    for province, cities in data.cities.items():
        for name, english in cities.items():
            by_name[name] = by_name[_key(english)] = Place(name, english, province)
    others = [re.escape(name) for name in data.not_places]
    said = [n for cities in data.cities.values() for pair in cities.items() for n in pair]
    said += [n for names in data.provinces.values() for n in names]
    names = sorted(said, key=len, reverse=True)
    spelled = [
        rf"\b{_BETWEEN.join(map(re.escape, name.split(', ')))}\b" if name.isascii() else re.escape(name)
        for name in names
    ]
    pattern = re.compile(f"(?:{'|'.join(others)})|({'|'.join(spelled)})", re.I)
    return pattern, by_name, {province: names[-1] for province, names in data.provinces.items()}


def _key(name: str) -> str:
    return re.sub(_BETWEEN, " ", name.casefold())


@lru_cache(maxsize=8192)
def places_in(text: str) -> tuple[Place, ...]:
    """The places a text names, in its order, each once; a place within the name of a bank does not count."""
    pattern, by_name, _ = _places()
    return tuple(dict.fromkeys(by_name[_key(m[1])] for m in pattern.finditer(text) if m[1]))


def without_places(text: str) -> str:
    """The text with the names of places taken out."""
    pattern, _, _ = _places()
    return pattern.sub(lambda m: " " if m[1] else m[0], text)


def provinces() -> dict[str, str]:
    """The English name of each province, by the name the corpus writes: 浙江省 → Zhejiang."""
    return dict(_places()[2])


def cities(province: str) -> dict[str, str]:
    """The English name of each city or county we know in a province, by its name as said: 台州 → Taizhou."""
    known = dict.fromkeys(_places()[1].values())
    return {place.name: place.english for place in known if place.province == province and not _is_province(place)}


def place_words(path: str, language: Language) -> str:
    """A place given as a path, 黑龙江省/大庆市, in words: 黑龙江省大庆市, or Daqing, Heilongjiang."""
    if language is Language.ZH:
        return path.replace("/", "")
    names = []
    for part in reversed(path.split("/")):
        known = next((place.english for place in places_in(part)), part)
        names += [known] if known not in names else []
    return ", ".join(names)


def concerns(passage: Passage, places: tuple[Place, ...]) -> bool:
    """Whether a passage of a local document concerns one of the places: not one about another city of the province."""
    if not applies(passage.document.region, places):
        return False
    cities = [place for place in places_in(f"{passage.heading} {passage.text}") if not _is_province(place)]
    whole = {place.province for place in places if _is_province(place)}
    return not cities or any(city in places or city.province in whole for city in cities)


def _is_province(place: Place) -> bool:
    return place.name in place.province


def applies(region: str, places: tuple[Place, ...]) -> bool:
    """Whether rules of a region (as a document's Chinese or English page names it) concern one of the places.

    A city's question is met by its province's rules and its own, a province's question by those of its cities.
    """
    _, _, english = _places()
    return any(
        region in (place.province, english[place.province]) or place in places_in(region) or
        (place.english == english[place.province] and any(p.province == place.province for p in places_in(region)))
        for place in places
    )  # fmt: skip
