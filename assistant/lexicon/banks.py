"""The lenders a question names."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from assistant.errors import TextsError
from assistant.texts import load_data
from assistant.types import Bank
from index.types import Language

_FILE = Path(__file__).with_name("banks.yaml")


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    zh: str
    en: str
    say: list[str]
    unless: list[str] = []  # longer words that hold a name and mean no lender: 其中信用贷款, 民生领域


@cache
def _banks() -> list[tuple[re.Pattern[str], Bank]]:
    try:
        entries = TypeAdapter(list[_Entry]).validate_python(load_data(_FILE))
    except ValidationError as error:
        raise TextsError(f"{_FILE}: {error}") from error
    found = []
    for entry in entries:
        chinese = [re.escape(name) for name in (entry.zh, *entry.say) if not name.isascii()]
        latin = [_latin(name) for name in (entry.en, *entry.say) if name.isascii()]
        others = "|".join(re.escape(word) for word in entry.unless)
        names = "|".join([*sorted(chinese, key=len, reverse=True), *latin])
        found.append((re.compile(f"(?:{others})|({names})" if others else f"({names})"), Bank(entry.zh, entry.en)))
    return found


def _latin(name: str) -> str:
    """Capitals count in abbreviations of three letters only: "abc" is a word, "icbc" is not."""
    spelled = rf"\b{re.escape(name)}(?:'s)?\b"
    return spelled if len(name) <= 3 else f"(?i:{spelled})"


def banks_in(text: str) -> tuple[Bank, ...]:
    """The lenders a text names, in the order of our list."""
    return tuple(bank for pattern, bank in _banks() if any(m[1] for m in pattern.finditer(text)))


def bank_words(name: str, language: Language) -> str:
    """A lender in a language, by its Chinese name; a name we do not know stays as it is."""
    known = next((bank for _, bank in _banks() if bank.zh == name), None)
    return known.en if known is not None and language is Language.EN else name


def without_banks(text: str) -> str:
    """The text with the names of lenders taken out."""
    for pattern, _ in _banks():
        text = pattern.sub(lambda m: " " if m[1] else m[0], text)
    return text
