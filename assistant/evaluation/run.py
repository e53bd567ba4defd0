"""Cases run through the assistant, and what came out of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

from assistant.evaluation.cases import read_cases
from assistant.evaluation.score import Score, mean, score
from assistant.types import Answer, Question

# The least that a change may leave behind; raise them when the answers get better.
GATES = {"right": 0.94, "facts": 0.95, "documents": 0.96, "outcomes": 0.96}


class Answers(Protocol):
    """Anything that answers questions."""

    def answer(self, question: Question) -> Answer:
        """Answer one question."""


def run(assistant: Answers, cases: Path) -> list[Score]:
    """Ask every case, with its conversation and on its day; drafts are left out until somebody confirms them."""
    return [
        score(case, assistant.answer(Question(case.question, case.as_of or date.today(), tuple(case.context))))
        for case in read_cases(cases)
        if not case.draft
    ]


def measures(scores: Sequence[Score]) -> dict[str, tuple[float | None, int]]:
    """Each mean with the number of cases it rests on."""
    return {
        "right": mean([item.right for item in scores]),
        "facts": mean([item.facts for item in scores]),
        "documents": mean([item.document for item in scores]),
        "outcomes": mean([item.outcome for item in scores]),
    }


def summary(scores: Sequence[Score]) -> list[str]:
    """A table of the means, in all and by language, audience and kind of case."""
    groups: dict[str, list[Score]] = {"all": list(scores)}
    for item in scores:
        number = int("".join(filter(str.isdigit, item.case.id)) or 0)
        for name in (
            "odd ids" if number % 2 else "even ids",
            f"language {item.case.language}", f"audience {item.case.audience}", f"expects {item.case.expect.outcome}",
            "follow-ups" if item.case.context else "first turns",
        ):  # fmt: skip
            groups.setdefault(name, []).append(item)
    lines = []
    for name, members in sorted(groups.items(), key=lambda group: group[0] != "all"):
        told = [f"{key} {value:.3f} (n={n})" for key, (value, n) in measures(members).items() if value is not None]
        lines.append(f"{name:24} " + "  ".join(told))
    return lines


def gates_missed(scores: Sequence[Score]) -> list[str]:
    """The gates that the means do not reach."""
    return [
        f"{name} {value:.3f} < {GATES[name]}"
        for name, (value, _) in measures(scores).items()
        if value is not None and value < GATES[name]
    ]
