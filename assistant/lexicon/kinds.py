"""Telling what kind of thing a question wants to know, by patterns kept as data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from assistant.errors import TextsError
from assistant.texts import load_data
from assistant.types import Asked
from index.text import clean
from index.types import Language

_FILE = Path(__file__).with_name("kinds.yaml")


class KindPatterns(BaseModel):
    """How one kind is asked for and answered."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ask: dict[Language, list[str]]
    heading: dict[Language, list[str]]
    sentence: list[str]


@cache
def kind_patterns() -> Mapping[Asked, KindPatterns]:
    """The patterns of every kind in their order; raises TextsError."""
    try:
        return TypeAdapter(dict[Asked, KindPatterns]).validate_python(load_data(_FILE))
    except ValidationError as error:
        raise TextsError(f"{_FILE}: {error}") from error


@cache
def _asks(language: Language) -> list[tuple[Asked, re.Pattern[str]]]:
    return [
        (asked, re.compile("|".join(f"(?:{pattern})" for pattern in patterns.ask[language]), re.I))
        for asked, patterns in kind_patterns().items()
    ]


# Kinds that want something particular come in the order in which a question asks for them.
_PARTICULAR = frozenset(
    {Asked.AMOUNT, Asked.RATE, Asked.TERM, Asked.DATE, Asked.MATERIALS, Asked.WHERE, Asked.FIGURE, Asked.CONDITION}
)


def kinds_of(text: str, language: Language) -> tuple[Asked, ...]:
    """Every kind the question shows, most particular first; TOPIC alone when it shows none."""
    visible = clean(text).strip()
    matches = [(asked, match.start()) for asked, pattern in _asks(language) if (match := pattern.search(visible))]
    in_order = iter(sorted((m for m in matches if m[0] in _PARTICULAR), key=lambda m: m[1]))
    found = tuple(next(in_order)[0] if asked in _PARTICULAR else asked for asked, _ in matches)
    return found or (Asked.TOPIC,)


def without_asking(text: str, language: Language, keep: re.Pattern[str] | None = None) -> str:
    """What remains of a question when the words that only ask are taken out: its subject.

    What `keep` matches stays: 续贷 tells the kind of a question, and is what it is about.
    """

    def kept(match: re.Match[str]) -> str:
        return f" {' '.join(keep.findall(match[0])) if keep else ''} "

    for _, pattern in _asks(language):
        text = pattern.sub(kept, text)
    return text
