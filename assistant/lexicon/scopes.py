"""Whom and what a text is narrowed to: size of the firm, person or firm, kind of loan, old rules."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from assistant.errors import TextsError
from assistant.texts import load_data
from index.text import normalise
from index.types import Language

_FILE = Path(__file__).with_name("scopes.yaml")


class _Group(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    group: str
    zh: dict[str, list[str]]
    en: dict[str, list[str]]
    silent: list[str]


@cache
def _groups() -> list[_Group]:
    try:
        return TypeAdapter(list[_Group]).validate_python(load_data(_FILE))
    except ValidationError as error:
        raise TextsError(f"{_FILE}: {error}") from error


@lru_cache(maxsize=8192)
def scopes_in(text: str, language: Language) -> Mapping[str, frozenset[str]]:
    """The scopes a text names, by group; groups it says nothing of are left out."""
    said = normalise(text)
    found = {}
    for group in _groups():
        words = group.zh if language is Language.ZH else group.en
        named = frozenset(scope for scope, says in words.items() if any(word in said for word in says))
        if named:
            found[group.group] = named
    return found


def beside_the_question(clause: Mapping[str, frozenset[str]], asked: Mapping[str, frozenset[str]]) -> int:
    """In how many groups a clause is about something else than asked, or about a special case not asked about."""
    misses = 0
    for group in _groups():
        narrowed, wanted = clause.get(group.group, frozenset()), asked.get(group.group, frozenset())
        elsewhere = narrowed and wanted and not narrowed & wanted
        special = narrowed and not wanted and narrowed <= set(group.silent)
        misses += bool(elsewhere or special)
    return misses
