"""Provinces and cities to choose from, and the path a choice stands for: 江苏省/苏州市."""

from __future__ import annotations

from assistant.eligibility.rulebook import Rulebook
from assistant.eligibility.rules import Holds, conditions_in
from assistant.lexicon.regions import cities, provinces

LONGEST_CITY = 20  # characters
_ENDINGS = ("自治州", "自治县", "新区", "地区", "市", "县", "区", "州", "盟")


def province_choices(language: str) -> list[tuple[str, str]]:
    """Labels and values of all provinces."""
    return [(name if language == "zh" else english, name) for name, english in provinces().items()]


def city_choices(province: str, places: tuple[str, ...], language: str) -> list[tuple[str, str]]:
    """Labels and values of the cities of a province; those that rules name come as the rules write them."""
    english = cities(province)
    named = {path.split("/", 1)[1]: path for path in places if path.startswith(f"{province}/")}
    found = [
        (rest.replace("/", "") if language == "zh" else _in_english(rest, english), rest) for rest in sorted(named)
    ]
    taken = {_short(part) for rest in named for part in rest.split("/")}
    for name, translated in english.items():
        if _short(name) not in taken:
            found.append((name if language == "zh" else translated.split(",")[0], name))
    return found


def rule_places(book: Rulebook) -> tuple[str, ...]:
    """Every place that a rule names."""
    found = {item.within for item in book.desk.alternatives if item.within}
    for candidate in book.candidates.values():
        for offer in candidate.offers:
            for condition in (*conditions_in(offer.needs), *offer.prefers):
                if condition.holds is Holds.WITHIN:
                    found |= {value.value for value in condition.values if isinstance(value.value, str)}
    return tuple(sorted(found))


def place_path(province: str, city: str, places: tuple[str, ...]) -> str | None:
    """The path of what was chosen or typed; None for no province of ours. A city is written as the rules write it."""
    if province not in provinces():
        return None
    name = "".join(city.split())[:LONGEST_CITY].strip("/")
    if not name:
        return province
    translated = {english.split(",")[0].casefold(): chinese for chinese, english in cities(province).items()}
    name = translated.get(city.strip().casefold(), name)
    for path in sorted(places, key=len):
        head, _, rest = path.partition("/")
        if head == province and rest and (rest == name or _short(rest.split("/")[-1]) == _short(name)):
            return path
    full = "/" in name or name.endswith(("市", "县", "区", "盟")) or _short(name) != name
    return f"{province}/{name if full else name + '市'}"


def _short(name: str) -> str:
    for ending in _ENDINGS:
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return name[: -len(ending)]
    return name


def _in_english(rest: str, english: dict[str, str]) -> str:
    return ", ".join(english.get(_short(part), part).split(",")[0] for part in reversed(rest.split("/")))
