"""Slips of the keyboard and of the ear: 贷欸, 流水帐, 已后."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assistant.errors import TextsError
from assistant.texts import load_data

_FILE = Path(__file__).with_name("spelling.yaml")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


@cache
def _slips() -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern for all slips, and the word each stands for; a slip is as long as its word. Raises TextsError."""
    try:
        slips = TypeAdapter(dict[str, str]).validate_python(load_data(_FILE))
    except ValidationError as error:
        raise TextsError(f"{_FILE}: {error}") from error
    if uneven := [slip for slip, word in slips.items() if len(slip) != len(word)]:
        raise TextsError(f"{_FILE}: {uneven} must be as long as the words they stand for")
    return re.compile("|".join(map(re.escape, sorted(slips, key=len, reverse=True)))), slips


def respelled(text: str) -> str:
    """The text in half-width characters and without common slips, every character where it was."""
    pattern, slips = _slips()
    return pattern.sub(lambda found: slips[found[0]], text.translate(_FULL_WIDTH))
