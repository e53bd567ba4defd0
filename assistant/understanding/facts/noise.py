"""What is no fact of the speaker's own: figures of policies, other people's affairs, telephone numbers."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import TextsError
from assistant.texts import load_data
from assistant.understanding.facts.patterns import NOISE, compiled

_FILE = Path(__file__).with_name("noise.yaml")


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    numbers: list[str]
    others: list[str]
    demands: list[str]
    thresholds: list[str]
    words: list[str]
    figures: list[str]


@cache
def _patterns() -> tuple[list[re.Pattern[str]], re.Pattern[str], re.Pattern[str]]:
    """What is blanked, in order, number words that count nothing, and figures beside the point. Raises TextsError."""
    try:
        file = _File.model_validate(load_data(_FILE))
        blanked = [file.numbers, file.others, file.demands, file.thresholds]
        figures = compiled("|".join(f"(?:{pattern})" for pattern in file.figures))
        return [_any(patterns) for patterns in blanked], _any(file.words), figures
    except (ValidationError, re.error) as error:
        raise TextsError(f"{_FILE}: {error}") from error


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.I | re.S)


def without_noise(text: str) -> str:
    """The text, as long as before, with a mark for every character that is beside the point."""
    for pattern in _patterns()[0]:
        text = pattern.sub(lambda found: NOISE * len(found[0]), text)
    return text


def idle_words(text: str) -> list[tuple[int, int]]:
    """Where words stand that look like numbers or times and count nothing: 一共, 万一."""
    return [found.span() for found in _patterns()[1].finditer(text)]


def beside(marked: str) -> list[tuple[int, int]]:
    """Where a marked text gives figures of something that is no fact: a rent, the price of a machine."""
    return [found.span() for found in _patterns()[2].finditer(marked)]
