"""How right an answer is, measured apart: facts, documents, outcome."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assistant.evaluation.cases import Case
from assistant.types import Answer, Outcome
from index.text import normalise

_DECLINING = {Outcome.NO_EVIDENCE, Outcome.OUT_OF_SCOPE, Outcome.REFUSED, Outcome.CLARIFY}
_ANSWERING = {Outcome.ANSWERED, Outcome.PARTIAL}


@dataclass(frozen=True, slots=True)
class Score:
    """One case. Facts and documents are None where the case expects none: undefined is not zero."""

    case: Case
    answer: Answer
    facts: float | None  # share of expected facts that stand in the answer
    document: bool | None  # whether an accepted document is cited
    outcome: bool  # answered where it should be, declined where it should be
    forbidden: tuple[str, ...]  # what must not appear and does

    @property
    def right(self) -> bool:
        """Everything as expected."""
        return self.outcome and self.facts in (None, 1.0) and self.document is not False and not self.forbidden

    def to_json(self) -> dict[str, Any]:
        """A row of a run."""
        return {
            "id": self.case.id, "question": self.case.question, "right": self.right, "facts": self.facts,
            "document": self.document, "outcome": self.outcome, "got": str(self.answer.outcome),
            "reason": self.answer.reason, "forbidden": list(self.forbidden), "text": self.answer.text,
            "cited": [f"{c.document_id}#{c.clause_id}" for c in self.answer.citations],
        }  # fmt: skip


def score(case: Case, answer: Answer) -> Score:
    """Compare an answer with what its case expects. Wordings match without regard to blanks and thousands marks."""
    text = _comparable(answer.text)
    expected = case.expect
    should_answer = expected.outcome in _ANSWERING
    facts = [any(_comparable(wording) in text for wording in wordings) for wordings in expected.facts]
    cited = {citation.document_id for citation in answer.citations}
    return Score(
        case=case,
        answer=answer,
        facts=sum(facts) / len(facts) if facts else None,
        document=bool(cited & set(expected.documents)) if expected.documents else None,
        outcome=answer.outcome in (_ANSWERING if should_answer else _DECLINING),
        forbidden=tuple(wording for wording in expected.must_not if _comparable(wording) in text),
    )


def mean(values: Sequence[float | bool | None]) -> tuple[float | None, int]:
    """The mean of the values that are defined, and how many those are."""
    defined = [float(value) for value in values if value is not None]
    return (sum(defined) / len(defined) if defined else None), len(defined)


def _comparable(text: str) -> str:
    return re.sub(r"(?<=\d),(?=\d{3}(?!\d))|\s|\[\d+\]", "", normalise(text))
