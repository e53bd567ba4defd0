"""The first look at a question: what is declined, or answered without the corpus."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from assistant.errors import TextsError
from assistant.texts import load_data
from assistant.types import Outcome
from index.text import clean
from index.types import Language

_FILE = Path(__file__).with_name("screen.yaml")
_LETTERS = re.compile(r"[^\W_]")


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    outcome: Outcome
    zh: list[str]
    en: list[str]
    unless_zh: list[str] = []
    unless_en: list[str] = []


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a question is not answered from the corpus; `reason` names the text that says so."""

    outcome: Outcome
    reason: str
    subject: str | None = None  # the place, lender or product the reason speaks of


@cache
def _entries() -> list[tuple[_Entry, dict[Language, tuple[re.Pattern[str], re.Pattern[str] | None]]]]:
    try:
        entries = TypeAdapter(list[_Entry]).validate_python(load_data(_FILE))
    except ValidationError as error:
        raise TextsError(f"{_FILE}: {error}") from error

    def pattern(sources: list[str]) -> re.Pattern[str] | None:
        return re.compile("|".join(f"(?:{source})" for source in sources), re.I) if sources else None

    compiled = []
    for entry in entries:
        zh, en = pattern(entry.zh), pattern(entry.en)
        assert zh is not None
        assert en is not None
        compiled.append(
            (entry, {Language.ZH: (zh, pattern(entry.unless_zh)), Language.EN: (en, pattern(entry.unless_en))})
        )
    return compiled


def screen(text: str, language: Language, longest: int) -> Refusal | None:
    """What the question is declined for, or None when it may go on.

    Blank input and input without a letter or digit are asked about; input over `longest` characters is declined.
    """
    visible = clean(text).strip()
    if not visible:
        return Refusal(Outcome.CLARIFY, "empty")
    if len(text) > longest:
        return Refusal(Outcome.REFUSED, "too_long")
    if not _LETTERS.search(visible):
        return Refusal(Outcome.CLARIFY, "no_words")
    for entry, patterns in _entries():
        asked, unless = patterns[language]
        if asked.search(visible) and not (unless and unless.search(visible)):
            return Refusal(entry.outcome, entry.id)
    return None
