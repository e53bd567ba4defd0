"""What no rewording of a sentence may change: figures, names, negations, limits, obligation, verdicts, parties."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.lexicon.authorities import authorities_in, without_authorities
from assistant.lexicon.banks import banks_in, without_banks
from assistant.lexicon.regions import places_in
from assistant.texts import load_model
from index.figures import DOCUMENT_NUMBER
from index.quantities import Quantity, quantities
from index.text import normalise
from index.types import Language

_FILE = Path(__file__).with_name("facets.yaml")
# 金规〔2024〕13号 with its issuer, 国务院令第631号 and 13号 without
_NUMBER = re.compile(r"[\u4e00-\u9fff]{0,2}" + f"(?:{DOCUMENT_NUMBER.pattern})", re.I)
_REACH = re.compile(r"[^,.;:。、]{0,12}")  # how far a negation reaches for the party it is about
_TITLE = re.compile(r"《([^》]+)》")


class _Patterns(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    neutral: dict[Language, list[str]]
    negation: dict[Language, list[str]]
    limit: dict[Language, list[str]]
    obligation: dict[str, dict[Language, list[str]]]
    verdict: dict[str, dict[Language, list[str]]]
    side: dict[str, dict[Language, list[str]]]
    party: dict[str, dict[Language, list[str]]]
    governing: dict[str, dict[Language, list[str]]]


@dataclass(frozen=True, slots=True)
class Facets:
    """Each kind in the order it stands, as often as it stands; names of lenders and places each once."""

    quantities: tuple[Quantity, ...]
    documents: tuple[str, ...]  # their numbers
    titles: tuple[str, ...]  # what stands between 《》
    authorities: tuple[str, ...]
    banks: tuple[str, ...]
    places: tuple[str, ...]
    negations: int
    negated: tuple[str, ...]  # the parties that stand right behind a negation
    limits: tuple[str, ...]
    obligations: tuple[str, ...]
    verdicts: tuple[str, ...]
    sides: tuple[str, ...]
    parties: tuple[str, ...]

    def differing(self, other: Facets) -> list[str]:
        """The kinds in which two sentences do not say the same."""
        return [field.name for field in fields(self) if getattr(self, field.name) != getattr(other, field.name)]


@lru_cache(maxsize=4096)
def facets(text: str) -> Facets:
    """Everything a sentence of either language asserts beside its other words."""
    said = normalise(text.replace("**", ""))
    unnamed = without_banks(without_authorities(said))
    bare = _pattern("neutral").sub(" ", unnamed)
    return Facets(
        quantities=quantities(text),
        documents=tuple(match[0] for match in _NUMBER.finditer(said)),
        titles=tuple(_TITLE.findall(said)),
        authorities=authorities_in(text),
        banks=tuple(bank.zh for bank in banks_in(text)),
        places=tuple(place.name for place in places_in(text)),
        negations=len(_pattern("negation").findall(bare)),
        negated=tuple(party for match in _pattern("negation").finditer(bare) for party in _behind(bare[match.end() :])),
        limits=tuple(match[0] for match in _pattern("limit").finditer(unnamed)),
        obligations=_named("obligation", unnamed),
        verdicts=_named("verdict", unnamed),
        sides=_named("side", unnamed),
        parties=_named("party", unnamed),
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
    return load_model(_FILE, _Patterns)


@cache
def _pattern(group: str) -> re.Pattern[str]:
    by_language: Mapping[Language, list[str]] = getattr(_patterns(), group)
    return re.compile("|".join(f"(?:{item})" for patterns in by_language.values() for item in patterns), re.I)


@cache
def _names(group: str) -> re.Pattern[str]:
    by_name: Mapping[str, dict[Language, list[str]]] = getattr(_patterns(), group)
    spelled = {name: "|".join(item for says in by.values() for item in says) for name, by in by_name.items()}
    return re.compile("|".join(f"(?P<{name}>{says})" for name, says in spelled.items()), re.I)


def _behind(rest: str) -> tuple[str, ...]:
    """The party at the very beginning of what follows a negation."""
    return _named("party", _REACH.match(rest)[0])[:1]  # type: ignore[index]


def _named(group: str, text: str) -> tuple[str, ...]:
    return tuple(match.lastgroup or "" for match in _names(group).finditer(text))
