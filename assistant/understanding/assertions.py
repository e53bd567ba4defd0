"""What a question takes for granted: the stretches of it that state rather than ask."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import TextsError
from assistant.texts import load_data
from assistant.types import Assertion
from index.text import clean
from index.types import Language

_FILE = Path(__file__).with_name("assertions.yaml")
_STRETCH = {
    Language.ZH: re.compile(r"[^，。；！？,;!?\n]+[！？!?]?"),
    Language.EN: re.compile(r"[^,;.!?\n]+(?:[.,](?=\d)[^,;.!?\n]+)*[!?]?"),
}


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    marks: dict[Language, list[str]]
    asks: dict[Language, list[str]]
    presupposes: dict[Language, list[str]]
    idle: dict[Language, list[str]]


@cache
def _pattern(name: str, language: Language) -> re.Pattern[str] | None:
    try:
        sources = getattr(_File.model_validate(load_data(_FILE)), name)[language]
    except ValidationError as error:
        raise TextsError(f"{_FILE}: {error}") from error
    return re.compile("|".join(f"(?:{source})" for source in sources), re.I) if sources else None


def assertion_in(text: str, language: Language) -> Assertion | None:
    """What a turn asserts; None where it only asks.

    A mark ("对吧", "听说", "isn't it") makes the whole turn an assertion. Without one, only the stretches that ask
    nothing are: "续贷要找过桥，哪家便宜" states first and asks then.
    """
    said = clean(text).strip()
    marks, asks, presupposes = (_pattern(name, language) for name in ("marks", "asks", "presupposes"))
    idle = _pattern("idle", language)
    assert marks is not None
    assert asks is not None
    assert presupposes is not None
    heard = idle.sub(" ", said) if idle else said
    if marks.search(heard):
        return Assertion((said,), marked=True)
    stretches = [found[0].strip() for found in _STRETCH[language].finditer(said)]
    stated = tuple(s for s in stretches if s and (not asks.search(s) or presupposes.search(s)))
    return Assertion(stated, marked=False) if stated else None
