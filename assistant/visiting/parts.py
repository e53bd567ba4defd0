"""The clauses the kit is made of, as staff keep them in clauses.yaml."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from assistant.texts import load_model
from index.types import StrEnum

_FILE = Path(__file__).with_name("clauses.yaml")
Address = Annotated[str, Field(pattern=r"^[a-z0-9-]+#[a-z0-9-]+$")]


class Part(StrEnum):
    """What a part of the kit is about."""

    WHAT = "what"
    WHO = "who"
    STANDARDS = "standards"
    PAPERS = "papers"
    TIME = "time"
    PROMISES = "promises"
    BROKERS = "brokers"
    COSTS = "costs"
    CONTACTS = "contacts"


class Clauses(BaseModel):
    """The file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    mechanism: str
    parts: dict[Part, tuple[Address, ...]]
    leaflet: tuple[Part, ...]
    leaflet_without: frozenset[Address]
    local: tuple[Address, ...]


@cache
def clauses() -> Clauses:
    """Read once; raises TextsError naming the file."""
    return load_model(_FILE, Clauses)
