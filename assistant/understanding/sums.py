"""What a question gives to work a sum out with: which sum it asks for, and the amounts it names."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from assistant.errors import TextsError
from assistant.texts import load_data
from assistant.types import SumAsked
from assistant.understanding.facts.lengths import spans_in
from assistant.understanding.facts.numbers import numbers_in
from index.text import clean
from index.types import Language

_FILE = Path(__file__).with_name("sums.yaml")
_DAYS = re.compile(r"\s*(?:个)?(?:天|日(?![期子万])|days?\b)", re.I)


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    has: dict[Language, list[str]]
    unless: dict[Language, str]


@cache
def _file() -> dict[str, _Asked]:
    try:
        return TypeAdapter(dict[str, _Asked]).validate_python(load_data(_FILE))
    except ValidationError as error:
        raise TextsError(f"{_FILE}: {error}") from error


def sum_asked(text: str, language: Language) -> SumAsked | None:
    """The sum a text asks for with what it gives; an amount named in two ways, or only roughly, is not given."""
    said = clean(text)
    for name, asked in _file().items():
        if re.search(asked.unless[language], said, re.I):
            continue
        if all(re.search(pattern, said, re.I) for pattern in asked.has[language]):
            return _given(name, said)
    return None


def _given(name: str, said: str) -> SumAsked:
    numbers = numbers_in(said)
    amounts = {number.wan.exact for number in numbers if number.wan is not None and (number.scaled or number.money)}
    days = {number.value.exact for number in numbers if _DAYS.match(said, number.end)}
    months = {span.months.exact for span in spans_in(said)} - {12}  # a year is what is reckoned for
    wan, lasted, existed = (next(iter(found)) if len(found) == 1 else None for found in (amounts, days, months))
    return SumAsked(name, wan * 10_000 if wan is not None else None, lasted, existed, said)
