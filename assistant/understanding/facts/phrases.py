"""The patterns of phrases.yaml, made ready."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from assistant.errors import TextsError
from assistant.texts import load_data
from assistant.understanding.facts.marks import DATE, MONEY, MONTHLY_RATE, NUMBER, PERCENT, SPAN
from assistant.understanding.facts.noise import NOISE
from index.types import Language

_FILE = Path(__file__).with_name("phrases.yaml")
BANK = "\ue006"
_ANY = "[^，。；！？,;!?\\n\ue000-\ue00f]"
_MACROS = {
    "{n}": NUMBER, "{money}": f"[{NUMBER}{MONEY}]", "{wan}": MONEY, "{date}": DATE, "{span}": SPAN,
    "{percent}": PERCENT, "{rate}": MONTHLY_RATE, "{bank}": BANK, "{noise}": NOISE,
    "{gap}": _ANY + "{0,5}", "{wide}": _ANY + "{0,12}",
}  # fmt: skip
Said = dict[Language, list[str]]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    reads: Literal["count", "money", "percent", "span", "age", "date", "flag", "choice", "several", "bank", "banks"]
    zh: list[str] = []
    en: list[str] = []
    monthly: Said = {}
    holds: Said = {}
    fails: Said = {}
    none: Said = {}
    choices: dict[str, Said] = {}
    implies: dict[str, list[str]] = {}
    time: Literal["coming", "past"] = "coming"
    negated: Literal["", "lacks"] = ""
    own: bool = False
    loan: bool = False
    existing: bool = False
    unless_before: str = ""
    unless_after: str = ""


Patterns = dict[Language, re.Pattern[str]]


@dataclass(frozen=True)
class Guards:
    """What right before or after a phrase turns it into a question or into its opposite."""

    question_before: re.Pattern[str]
    question_after: re.Pattern[str]
    negation_before: re.Pattern[str]
    negation_after: re.Pattern[str]


@dataclass(frozen=True)
class Phrasing:
    """How one fact is said. `groups` pairs what a match means with its patterns: "" for a number, a choice, yes, no."""

    fact: str
    entry: Any
    groups: list[tuple[str, Patterns]] = field(default_factory=list)
    unless_before: re.Pattern[str] | None = None
    unless_after: re.Pattern[str] | None = None


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern with its {places} filled in."""
    for macro, meaning in _MACROS.items():
        pattern = pattern.replace(macro, meaning)
    return re.compile(pattern, re.I)


def _patterns(said: Said) -> Patterns:
    return {
        language: compiled("|".join(f"(?:{p})" for p in patterns)) for language, patterns in said.items() if patterns
    }


@cache
def phrasings() -> tuple[tuple[Phrasing, ...], dict[str, Patterns], Guards]:
    """How every fact is said, in order; the cues a turn as a whole can have; the guards. Raises TextsError."""
    data = load_data(_FILE)
    try:
        guards = TypeAdapter(dict[str, list[str]]).validate_python(data.pop("guards"))
        cues = TypeAdapter(dict[str, Said]).validate_python(data.pop("cues"))
        entries = TypeAdapter(dict[str, _Entry]).validate_python(data)
        return (
            tuple(_phrasing(fact, entry) for fact, entry in entries.items()),
            {name: _patterns(said) for name, said in cues.items()},
            Guards(**{name: compiled("|".join(f"(?:{p})" for p in patterns)) for name, patterns in guards.items()}),
        )
    except (ValidationError, KeyError, AttributeError, TypeError, re.error) as error:
        raise TextsError(f"{_FILE}: {error}") from error


def _phrasing(fact: str, entry: _Entry) -> Phrasing:
    plain = {Language.ZH: entry.zh, Language.EN: entry.en}
    said = [
        ("monthly", entry.monthly),
        ("", plain),
        ("fails", entry.fails),
        ("holds", entry.holds),
        ("none", entry.none),
    ]
    said += list(entry.choices.items())
    return Phrasing(
        fact,
        entry,
        [(meaning, _patterns(patterns)) for meaning, patterns in said if any(patterns.values())],
        compiled(f"(?:{entry.unless_before})$") if entry.unless_before else None,
        compiled(entry.unless_after) if entry.unless_after else None,
    )
