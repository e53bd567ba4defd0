"""Cases: what people ask, and what a right answer must hold. Read from JSONL, checked line by line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import BatchError
from assistant.types import Outcome
from index.types import Language


class Expected(BaseModel):
    """A right answer: each fact in one of its wordings, one of the documents, the outcome, and what must not appear."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    outcome: Outcome
    facts: list[list[str]] = []
    documents: list[str] = []
    must_not: list[str] = []


class Case(BaseModel):
    """One question with its conversation and what is expected."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    question: str
    context: list[str] = []
    language: Language
    audience: str
    kind: str
    topic: str
    expect: Expected
    as_of: date | None = Field(default=None, description="day the question is asked; None: the day of the run")
    draft: bool = Field(default=False, description="drafted from what was asked; not scored until a person confirms it")


def read_cases(path: Path) -> list[Case]:
    """Every case of a file; raises BatchError naming the line."""
    return list(_lines(path))


def _lines(path: Path) -> Iterator[Case]:
    seen: set[str] = set()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            case = Case.model_validate_json(line)
        except ValidationError as error:
            raise BatchError(
                f"{path}, line {number}: {error.errors()[0]['msg']} at {error.errors()[0]['loc']}"
            ) from error
        if case.id in seen:
            raise BatchError(f"{path}, line {number}: the id {case.id!r} stands twice")
        seen.add(case.id)
        yield case
