"""Cases: what people ask, and what a right answer must hold. Read from JSONL, checked line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from assistant.errors import BatchError
from assistant.types import Outcome
from index.settings import ROOT
from index.types import Language

SHIPPED = ROOT / "tests" / "cases"
ClauseName = Annotated[str, StringConstraints(pattern=r"^[^#\s]+#[^#\s]+$")]


class Expected(BaseModel):
    """A right answer: each fact in one of its wordings, one of the documents, the outcome, what must not appear."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    outcome: Outcome
    facts: list[list[str]] = []
    documents: list[str] = []
    clauses: list[ClauseName] = Field(default=[], description="accepted clauses as document_id#clause_id")
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


def shipped_files() -> list[Path]:
    """The case files of the project, by name."""
    return sorted(SHIPPED.glob("*.jsonl"))


def read_files(paths: Sequence[Path]) -> dict[str, list[Case]]:
    """The cases of several files by the file's stem; raises BatchError, also where an id stands in two of them."""
    files: dict[str, list[Case]] = {}
    home: dict[str, Path] = {}
    for path in paths:
        if path.stem in files:
            raise BatchError(f"{path}: there is another file of cases called {path.stem!r}. Rename one of them.")
        files[path.stem] = read_cases(path)
        for case in files[path.stem]:
            if case.id in home:
                raise BatchError(f"{path}: the id {case.id!r} stands in {home[case.id]} too. Give it another one.")
            home[case.id] = path
    return files


def without_drafts(files: dict[str, list[Case]]) -> tuple[dict[str, list[Case]], int]:
    """The cases that a person has confirmed, and how many others there are."""
    confirmed = {name: [case for case in cases if not case.draft] for name, cases in files.items()}
    return confirmed, sum(len(cases) for cases in files.values()) - sum(len(cases) for cases in confirmed.values())


def read_cases(path: Path) -> list[Case]:
    """Every case of a file; raises BatchError naming the line."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BatchError(f"{path} cannot be read as UTF-8 text ({error}).") from error
    return list(_lines(path, text))


def _lines(path: Path, text: str) -> Iterator[Case]:
    seen: set[str] = set()
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            case = Case.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(map(str, first["loc"])) or "line"
            raise BatchError(f"{path}, line {number}: {place}: {first['msg']}.") from error
        if case.id in seen:
            raise BatchError(f"{path}, line {number}: the id {case.id!r} stands twice.")
        seen.add(case.id)
        yield case
