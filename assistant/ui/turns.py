"""What one visitor's page holds between two clicks."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.personal_data import masked
from assistant.records.store import Rating
from assistant.types import Answer, Citation
from index.types import Clause, Grid

LONGEST = 12  # turns kept on the page; older ones make room


@dataclass(frozen=True, slots=True)
class Source:
    """A citation with the clauses before and after it in its document, and its table where it is one."""

    citation: Citation
    before: Clause | None = None
    after: Clause | None = None
    table: Grid | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what came of it; with neither answer nor problem it is still being answered."""

    number: int  # unique within the conversation, from 1; names the turn in the page's HTML
    question: str
    answer: Answer | None = None
    sources: tuple[Source, ...] = ()
    problem: str | None = None  # a sentence for the visitor when there is no answer
    receipt: str | None = None  # number of the record of this answer
    unrecorded: bool = False  # a record was wanted and could not be made
    rating: Rating | None = None
    feedback_id: int | None = None

    @property
    def pending(self) -> bool:
        """Whether it is still being answered."""
        return self.answer is None and self.problem is None


@dataclass(frozen=True, slots=True)
class Conversation:
    """One visitor's turns, oldest first."""

    turns: tuple[Turn, ...] = ()

    @property
    def last(self) -> Turn | None:
        """The newest turn."""
        return self.turns[-1] if self.turns else None

    @property
    def context(self) -> tuple[str, ...]:
        """The visitor's words before the newest turn."""
        return tuple(turn.question for turn in self.turns[:-1])

    def asked(self, question: str) -> Conversation:
        """With a new turn that is still to be answered; what it tells of persons is masked before it is kept."""
        number = self.last.number + 1 if self.last else 1
        return Conversation((*self.turns, Turn(number, masked(question)))[-LONGEST:])

    def with_last(self, **changes: object) -> Conversation:
        """With the newest turn changed."""
        return Conversation((*self.turns[:-1], replace(self.turns[-1], **changes)))  # type: ignore[arg-type]
