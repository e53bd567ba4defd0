"""What people take figures and rules for when they do not know them: ladders of figures, words turned round."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.lexicon.figure_roles import Measure
from assistant.texts import load_model
from index.types import Language

_FILE = Path(__file__).with_name("slips.yaml")


class Turn(BaseModel):
    """Words of a rule, and what turns it round."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    says: str
    turned: str
    unless: str | None = None  # words around them that leave them alone
    not_in: str | None = None  # words anywhere in a sentence which would deny itself with this turned

    def first(self, text: str) -> re.Match[str] | None:
        """Where they stand first outside brackets; None where they do not, or are to be left alone there."""
        if self.not_in and re.search(self.not_in, text):
            return None
        for found in re.finditer(self.says, text):
            before = text[: found.start()]
            explains = before.count("（") + before.count("(") > before.count("）") + before.count(")")
            if not explains and not (self.unless and re.match(self.unless, text[found.start() :])):
                return found
        return None


class Authority(BaseModel):
    """An authority, and another that people take for it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    other: str


class Slips(BaseModel):
    """The file, checked."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ladders: dict[Measure, list[Decimal]]
    turns: dict[Language, list[Turn]]
    authorities: dict[Language, list[Authority]]


@cache
def slips() -> Slips:
    """The file, read once."""
    return load_model(_FILE, Slips)
