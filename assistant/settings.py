"""Every knob of the assistant with its unit and default."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from index.types import Language


class Shares(BaseModel):
    """Over which share a question is declined, by what its words tell; each in [0, 1]."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    betrayed: float = Field(ge=0, le=1, description="it has words of one who would not be found out")
    cued: float = Field(ge=0, le=1, description="it has words of the matter")
    plain: float = Field(ge=0, le=1, description="it has none of them, or goes on with other turns")


class AnswerSettings(BaseModel):
    """Read once at the edge and passed down."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    longest_question: int = Field(1000, gt=0, description="characters; longer input is declined")
    hits: int = Field(40, gt=0, description="clauses search offers to reranking")
    evidence: int = Field(10, gt=0, description="clauses the composer reads")
    likeness: Shares = Field(
        Shares(betrayed=0.75, cued=0.75, plain=0.97), description="likeness to declined sayings, by resemblance.py"
    )
    deceit: Shares = Field(
        Shares(betrayed=0.3, cued=0.5, plain=0.85), description="the same for requests to deceive, by deceit.py"
    )
    floor: dict[Language, float] = Field(
        {Language.ZH: 0.884, Language.EN: 0.855},
        description="cosine of the nearest clause under which nothing is answered; calibrated on tests/cases",
    )
    floor_words: float = Field(
        0.2, description="relevance of the best evidence, the same where only words are searched"
    )
