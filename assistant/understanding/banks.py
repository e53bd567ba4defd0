"""The lenders a question names."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from assistant.errors import TextsError
from assistant.texts import load_data
from assistant.types import Bank

_FILE = Path(__file__).with_name("banks.yaml")


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    zh: str
    en: str
    say: list[str]


@cache
def _banks() -> list[tuple[re.Pattern[str], Bank]]:
    try:
        entries = TypeAdapter(list[_Entry]).validate_python(load_data(_FILE))
    except ValidationError as error:
        raise TextsError(f"{_FILE}: {error}") from error
    found = []
    for entry in entries:
        names = [entry.zh, *(name for name in entry.say if not name.isascii())]
        latin = [rf"\b{re.escape(name)}(?:'s)?\b" for name in [entry.en, *entry.say] if name.isascii()]
        # 中国银行 begins the names of other institutions (中国银行保险监督管理委员会, 中国银行业协会).
        chinese = [re.escape(name) + (r"(?!保险|业)" if name == "中国银行" else "") for name in names]
        found.append(
            (re.compile("|".join([*sorted(chinese, key=len, reverse=True), *latin])), Bank(entry.zh, entry.en))
        )
    return found


def banks_in(text: str) -> tuple[Bank, ...]:
    """The lenders a text names, in the order of our list."""
    return tuple(bank for pattern, bank in _banks() if pattern.search(text))


def without_banks(text: str) -> str:
    """The text with the names of lenders taken out."""
    for pattern, _ in _banks():
        text = pattern.sub(" ", text)
    return text
