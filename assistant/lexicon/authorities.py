"""The authorities and public bodies a text names."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from assistant.errors import TextsError
from assistant.texts import load_data

_FILE = Path(__file__).with_name("authorities.yaml")


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    zh: list[str]
    en: list[str]


@cache
def _authorities() -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern for every name, longest first, and the usual Chinese name of each in lower case."""
    try:
        entries = TypeAdapter(list[_Entry]).validate_python(load_data(_FILE))
    except ValidationError as error:
        raise TextsError(f"{_FILE}: {error}") from error
    usual = {name.casefold(): entry.zh[0] for entry in entries for name in (*entry.zh, *entry.en)}
    names = sorted(usual, key=len, reverse=True)
    spelled = [rf"\b{re.escape(name)}\b" if name.isascii() else re.escape(name) for name in names]
    return re.compile("|".join(spelled), re.I), usual


def authorities_in(text: str) -> tuple[str, ...]:
    """The authorities a text names, by their usual Chinese name, in its order and as often as they are named."""
    pattern, usual = _authorities()
    return tuple(usual[match[0].casefold()] for match in pattern.finditer(text.replace("’", "'")))


def without_authorities(text: str) -> str:
    """The text with the names of authorities taken out."""
    return _authorities()[0].sub(" ", text.replace("’", "'"))
