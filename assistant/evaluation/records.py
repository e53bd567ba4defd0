"""What a run keeps of each answer, and what scoring reads of it.

Scoring sees the answer record as users get it (docs/architecture.md), never the values it was made from: so it can be
repeated without asking, and finds fault with whatever composed the answer.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from assistant.evaluation.cases import Case
from assistant.types import Outcome
from index.types import Language


class _Read(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class CitedClause(_Read):
    """A clause as the record cites it."""

    n: int
    document_id: str
    document_number: str | None = None
    title: str
    clause: str
    clause_id: str
    heading: str
    quote: str

    @property
    def name(self) -> str:
        """document_id#clause_id."""
        return f"{self.document_id}#{self.clause_id}"


class Record(_Read):
    """The parts of an answer record that are scored."""

    question: str
    language: Language
    outcome: Outcome
    reason: str | None = None
    as_of: date
    text: str
    citations: list[CitedClause] = []
    assessment: dict[str, Any] | None = None


class Told(_Read):
    """One case with the answer it got."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: str = Field(description="stem of the file of cases")
    case: Case
    milliseconds: float = Field(description="from question to answer, on the machine of the run")
    answer: dict[str, Any] = Field(description="the whole record")
    recorded: dict[str, str] = Field(
        default={}, description="by cited clause: days and numbers the corpus records of it, which no quotation has"
    )
    titles: list[str] = Field(default=[], description="of documents considered, which an answer may name")

    @property
    def record(self) -> Record:
        """The answer, as far as it is scored."""
        return Record.model_validate(self.answer)
