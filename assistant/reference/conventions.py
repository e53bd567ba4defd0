"""How documents are called, how staff shorten words and how clauses are headed, as `search.yaml` has it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.texts import load_model
from index.text import normalise


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    said: list[str]
    headed: list[str]


class Conventions(BaseModel):
    """The file, as it is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name_ends: list[str]
    name_begins: list[str]
    openings: list[str]
    past: list[str]
    shorthand: dict[str, str]
    asked: list[_Asked]

    @cached_property
    def _short(self) -> list[tuple[re.Pattern[str], str]]:
        return [(_pattern([short]), full) for short, full in self.shorthand.items()]

    @cached_property
    def _asked(self) -> list[tuple[re.Pattern[str], list[str]]]:
        return [(_pattern(asked.said), asked.headed) for asked in self.asked]

    @cached_property
    def _past(self) -> re.Pattern[str]:
        return _pattern(self.past)

    def is_name(self, line: str) -> bool:
        """Whether a line is written as names of documents are."""
        text = normalise(line)
        return text.endswith(tuple(self.name_ends)) or text.startswith(tuple(self.name_begins))

    def tells_of_the_past(self, text: str) -> bool:
        """Whether a heading, or a line, is about how it was before."""
        return self._past.search(normalise(text)) is not None

    def official_words(self, line: str) -> list[str]:
        """In full what a line has in short; not where the full words stand there anyway."""
        text = normalise(line)
        found = [full for short, full in self._short if short.search(text)]
        return [full for full in found if normalise(full) not in text]

    def expected_headings(self, line: str) -> tuple[str, ...]:
        """Words in headings of what is asked for."""
        text = normalise(line)
        return tuple(word for said, headed in self._asked if said.search(text) for word in headed)


@cache
def conventions() -> Conventions:
    """What the file says, read once."""
    return load_model(Path(__file__).with_name("search.yaml"), Conventions)


def in_full(line: str) -> str:
    """A line with the words added that staff shorten."""
    return " ".join([line, *conventions().official_words(line)])


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    normal = [normalise(word) for word in words]
    return re.compile("|".join(rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word) for word in normal))
