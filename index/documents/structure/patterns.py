"""The patterns of frame.yaml, compiled once."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from index.documents.yaml_files import load_yaml

_FILE = Path(__file__).with_name("frame.yaml")


class Patterns(BaseModel):
    """How the frame of an official document is written; see the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    copy_number: list[str]
    secrecy: list[str]
    urgency: list[str]
    signer: list[str]
    masthead: list[str]
    number: str
    title: str
    adoption: list[str]
    addressee: str
    contents: list[str]
    enclosures: str
    note: list[str]
    copies: list[str]
    printed: list[str]
    date: str
    attachment: str
    closing: str
    web: list[str]
    organisation: str
    party: str
    field: str


@cache
def patterns() -> Patterns:
    """The file, validated."""
    return Patterns.model_validate(load_yaml(_FILE.read_text(encoding="utf-8")))


@cache
def pattern(name: str) -> re.Pattern[str]:
    """One of them; several alternatives are joined."""
    said = getattr(patterns(), name)
    return re.compile("|".join(f"(?:{one})" for one in said) if isinstance(said, list) else said, re.I)


def fits(name: str, text: str) -> bool:
    """Whether a whole paragraph reads like that."""
    return bool(pattern(name).fullmatch(text))
