"""What no rewording of a sentence may change: figures, names, negations, limits, obligation, verdicts, parties."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import TextsError
from assistant.lexicon.authorities import authorities_in, without_authorities
from assistant.lexicon.banks import banks_in, without_banks
from assistant.lexicon.regions import places_in
from assistant.texts import load_data
from index.figures import document_numbers
from index.quantities import Quantity, quantities
from index.text import normalise
from index.types import Language

_FILE = Path(__file__).with_name("facets.yaml")


class _Patterns(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    neutral: dict[Language, list[str]]
    negation: dict[Language, list[str]]
    limit: dict[Language, list[str]]
    obligation: dict[str, dict[Language, list[str]]]
    verdict: dict[str, dict[Language, list[str]]]
    party: dict[str, dict[Language, list[str]]]
    governing: dict[str, dict[Language, list[str]]]


@dataclass(frozen=True, slots=True)
class Facets:
    """Each kind in the order it stands, as often as it stands; names of lenders and places each once."""

    quantities: tuple[Quantity, ...]
    documents: tuple[str, ...]
    authorities: tuple[str, ...]
    banks: tuple[str, ...]
    places: tuple[str, ...]
    negations: int
    limits: tuple[str, ...]
    obligations: tuple[str, ...]
    verdicts: tuple[str, ...]
    parties: tuple[str, ...]

    def differing(self, other: Facets) -> list[str]:
        """The kinds in which two sentences do not say the same."""
        return [field.name for field in fields(self) if getattr(self, field.name) != getattr(other, field.name)]


@lru_cache(maxsize=4096)
def facets(text: str, language: Language) -> Facets:
    """Everything a sentence asserts beside its other words."""
    said = normalise(text.replace("**", ""))
    unnamed = without_banks(without_authorities(said))
    bare = _pattern("neutral", language).sub(" ", unnamed)
    return Facets(
        quantities=quantities(text),
        documents=tuple(sorted(document_numbers(text))),
        authorities=authorities_in(text),
        banks=tuple(bank.zh for bank in banks_in(text)),
        places=tuple(place.name for place in places_in(text)),
        negations=len(_pattern("negation", language).findall(bare)),
        limits=tuple(match[0] for match in _pattern("limit", language).finditer(unnamed)),
        obligations=_named("obligation", unnamed, language),
        verdicts=_named("verdict", unnamed, language),
        parties=_named("party", unnamed, language),
    )


def governing(before: str, after: str, language: Language) -> str | None:
    """What stands beside a quotation in its sentence and turns its meaning, such as 除…外; None for nothing."""
    for name, rest in (("before", before), ("after", after)):
        for pattern in _governing(name, language):
            if match := pattern.search(rest):
                return match[0].strip()
    return None


@cache
def _governing(name: str, language: Language) -> list[re.Pattern[str]]:
    return [re.compile(pattern, re.I) for pattern in _patterns().governing[name][language]]


@cache
def _patterns() -> _Patterns:
    try:
        return _Patterns.model_validate(load_data(_FILE))
    except ValidationError as error:
        raise TextsError(f"{_FILE}: {error}") from error


@cache
def _pattern(group: str, language: Language) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{item})" for item in getattr(_patterns(), group)[language]), re.I)


@cache
def _names(group: str, language: Language) -> re.Pattern[str]:
    by_name: Mapping[str, dict[Language, list[str]]] = getattr(_patterns(), group)
    return re.compile(
        "|".join(f"(?P<{name}>{'|'.join(patterns[language])})" for name, patterns in by_name.items()), re.I
    )


def _named(group: str, text: str, language: Language) -> tuple[str, ...]:
    return tuple(match.lastgroup or "" for match in _names(group, language).finditer(text))
