"""Every knob of the assistant with its unit and default."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from index.types import Language


class AnswerSettings(BaseModel):
    """Read once at the edge and passed down."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    longest_question: int = Field(1000, gt=0, description="characters; longer input is declined")
    hits: int = Field(40, gt=0, description="clauses search offers to reranking")
    evidence: int = Field(10, gt=0, description="clauses the composer reads")
    likeness: float = Field(
        0.75, ge=0, le=1, description="share of likeness to declined sayings over which a question with a word of the "
        "matter is declined",
    )  # fmt: skip
    plain_likeness: float = Field(0.97, ge=0, le=1, description="the same for a question without such a word")
    floor: dict[Language, float] = Field(
        {Language.ZH: 0.884, Language.EN: 0.855},
        description="cosine of the nearest clause under which nothing is answered; calibrated on tests/cases",
    )
    floor_words: float = Field(
        0.2, description="relevance of the best evidence, the same where only words are searched"
    )
