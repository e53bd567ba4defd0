"""Collected questions → draft cases for the evaluation, to be completed and confirmed by a person."""

from __future__ import annotations

import json
from collections.abc import Iterable

from assistant.evaluation.cases import Case, Expected
from assistant.learning.collected import UNKNOWN, Concern, Group
from assistant.lexicon.kinds import kinds_of
from assistant.records.seal import digest
from assistant.types import Outcome


def draft(group: Group) -> Case:
    """A case with what is known; facts and what must not appear are left to be written.

    The outcome is a guess: a question left unanswered may be right to be left, all others should be answered.
    """
    entry = group.first
    id = digest(json.dumps([entry.question, entry.context]))[:8]
    return Case(
        id=f"draft-{id}",
        question=entry.question,
        context=list(entry.context),
        language=entry.language,
        audience="owner",
        kind=str(kinds_of(entry.question, entry.language)[0]),
        topic="" if group.topic[0] == UNKNOWN else group.topic[0],
        expect=Expected(
            outcome=Outcome(entry.outcome) if entry.concern is Concern.UNANSWERED else Outcome.ANSWERED,
            documents=list(entry.documents),
        ),
        as_of=entry.as_of,
        draft=True,
    )


def draft_lines(groups: Iterable[Group]) -> str:
    """The cases as JSONL, one for each question; the same question looked at for two reasons gives one."""
    cases: dict[str, Case] = {}
    for group in groups:
        case = draft(group)
        cases.setdefault(case.id, case)
    return "".join(json.dumps(case.model_dump(mode="json"), ensure_ascii=False) + "\n" for case in cases.values())
