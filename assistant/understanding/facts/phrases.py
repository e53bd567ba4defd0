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
from assistant.understanding.facts.patterns import compiled
from index.types import Language

_FILE = Path(__file__).with_name("phrases.yaml")
Said = dict[Language, list[str]]

# The figure that goes with a label, and the words of English between them; {is} is the same for Chinese.
_FIGURES = {
    "count": "{n}(?!\\s*(?:年|月|岁|%|台|家|条|元|块|亩|户|头))", "money": "{money}", "percent": "{percent}",
    "span": "{span}", "age": "(?:{span}|{date})", "date": "{date}",
}  # fmt: skip
_IS_EN = (
    r"(?:\s|[:=,-]|\b(?:is|was|are|were|of|at|about|around|roughly|approx\.?|ca\.?|total|totals|totalled|last year"
    r"|this year|per year|now|currently|just|only|came to|comes to|stood at|some|over the year)\b){0,6}"
)


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    reads: Literal["count", "money", "percent", "span", "age", "date", "flag", "choice", "several", "bank", "banks"]
    zh: list[str] = []
    en: list[str] = []
    labels: Said = {}
    sums: Said = {}
    monthly: Said = {}
    holds: Said = {}
    fails: Said = {}
    none: Said = {}
    choices: dict[str, Said] = {}
    lacks: dict[str, Said] = {}
    ones: Said = {}
    words: dict[str, Said] = {}
    frames: Said = {}
    implies: dict[str, list[str]] = {}
    time: Literal["coming", "past"] = "coming"
    over: str = ""  # said near a coming date: it may just have gone by
    negated: Literal["", "lacks"] = ""
    limit: int = 0
    scores: Said = {}
    own: bool = False
    needs: str = ""  # a cue
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


def _plain(entry: _Entry) -> Said:
    return {Language.ZH: entry.zh, Language.EN: entry.en}


def _labelled(entry: _Entry, language: Language) -> list[str]:
    """A label and its figure, whatever stands between them: 职工 23人, 营收：120万."""
    between = _IS_EN if language is Language.EN else "{is}"
    labels = "|".join(entry.labels.get(language, []))
    return [f"(?:{labels}){between}{_FIGURES[entry.reads]}"] if labels else []


def _framed(entry: _Entry, choice: str, patterns: Said) -> Said:
    """The patterns of a choice, and every frame around the words for it: 抵押 + 厂房."""
    framed = {language: list(said) for language, said in patterns.items()}
    for language, words in entry.words.get(choice, {}).items():
        named = f"(?:{'|'.join(words)})"
        framed.setdefault(language, []).extend(
            frame.replace("{word}", named) for frame in entry.frames.get(language, [])
        )
    return framed


def _phrasing(fact: str, entry: _Entry) -> Phrasing:
    plain = {language: [*said, *_labelled(entry, language)] for language, said in _plain(entry).items()}
    said = [
        ("monthly", entry.monthly),
        ("sum", entry.sums),
        ("one", entry.ones),
        ("", plain),
        ("score", entry.scores),
        ("fails", entry.fails),
        ("holds", entry.holds),
        ("none", entry.none),
    ]
    said += [(f"-{choice}", patterns) for choice, patterns in entry.lacks.items()]
    said += [(choice, _framed(entry, choice, patterns)) for choice, patterns in entry.choices.items()]
    return Phrasing(
        fact,
        entry,
        [(meaning, _patterns(patterns)) for meaning, patterns in said if any(patterns.values())],
        compiled(f"(?:{entry.unless_before})$") if entry.unless_before else None,
        compiled(entry.unless_after) if entry.unless_after else None,
    )
