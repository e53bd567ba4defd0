"""How documents are called, how staff shorten words and how clauses are headed, as `search.yaml` has it."""

from __future__ import annotations

import re
from functools import cache
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

    def is_name(self, line: str) -> bool:
        """Whether a line is written as names of documents are."""
        text = normalise(line)
        return text.endswith(tuple(self.name_ends)) or text.startswith(tuple(self.name_begins))

    def tells_of_the_past(self, text: str) -> bool:
        """Whether a heading, or a line, is about how it was before."""
        return any(_says(normalise(text), word) for word in self.past)

    def official_words(self, line: str) -> list[str]:
        """In full what a line has in short; not where the full words stand there anyway."""
        text = normalise(line)
        found = [full for short, full in self.shorthand.items() if _says(text, short)]
        return [full for full in found if normalise(full) not in text]

    def expected_headings(self, line: str) -> tuple[str, ...]:
        """Words in headings of what is asked for."""
        text = normalise(line)
        return tuple(word for asked in self.asked if any(_says(text, s) for s in asked.said) for word in asked.headed)


@cache
def conventions() -> Conventions:
    """What the file says, read once."""
    return load_model(Path(__file__).with_name("search.yaml"), Conventions)


def in_full(line: str) -> str:
    """A line with the words added that staff shorten."""
    return " ".join([line, *conventions().official_words(line)])


def _says(text: str, words: str) -> bool:
    return re.search(rf"\b{re.escape(normalise(words))}\b" if words.isascii() else re.escape(words), text) is not None
