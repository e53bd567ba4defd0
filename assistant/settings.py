"""Every knob of the assistant with its unit and default."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class AnswerSettings(BaseModel):
    """Read once at the edge and passed down."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    longest_question: int = Field(1000, gt=0, description="characters; longer input is declined")
    hits: int = Field(40, gt=0, description="clauses search offers to reranking")
    evidence: int = Field(10, gt=0, description="clauses the composer reads")
    floor: float = Field(0.8, description="relevance of the best evidence under which nothing is answered")
    floor_words: float = Field(0.2, description="the same where only words are searched")
