"""One answer compared with what its case expects: each measure by itself. Undefined is not zero.

Which measures a case has:
  right                everything below marked * as expected, and nothing that must not appear
  facts *              share of the expected facts that stand in the answer
  document_cited *     an accepted document is cited (recall)
  clause_cited         an accepted clause is cited (recall); for cases that name clauses
  document_precision   share of the documents cited anywhere in the answer that are accepted
  leading_documents    the same over the leading part of the answer alone
  leading_clauses      share of the clauses cited in the leading part that are accepted; for cases that name clauses
  direct               the first sentence answers (directness.py)
  outcome *            answered where it should be, declined where it should be
  abstention_precision of declined questions: whether it should have been
  abstention_recall    of questions to be declined: whether it was
  false_refusal        of questions to be answered: whether it was declined
  forbidden *          something stands in the answer that must not; for cases that say what
  unsupported          how many figures nothing vouches for (audit.py)

Precision is measured over the leading part as well since "还要知道" and "下一步" cite further clauses on purpose: they
are no answer to the question, and no error. Precision and directness are measured where the question was answered.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict

from assistant.evaluation.audit import unsupported
from assistant.evaluation.cases import Case
from assistant.evaluation.directness import direct
from assistant.evaluation.matching import holds
from assistant.evaluation.records import Record, Told
from assistant.evaluation.shown import leading, marks
from assistant.types import Outcome

DECLINING = frozenset({Outcome.NO_EVIDENCE, Outcome.OUT_OF_SCOPE, Outcome.REFUSED, Outcome.CLARIFY})
ANSWERING = frozenset({Outcome.ANSWERED, Outcome.PARTIAL})


class Row(BaseModel):
    """What came of one case: its measures, and what a reader needs to see why."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    file: str
    topic: str
    audience: str
    language: str
    kind: str
    expected: str
    follow_up: bool
    question: str
    context: list[str]
    got: str
    reason: str | None
    measures: dict[str, float | None]
    missing: list[str]  # the first wording of each expected fact that is not there
    accepted: list[str]  # documents and clauses that would have done
    cited: list[str]
    leading: list[str]  # clauses cited in the leading part
    forbidden: list[str]
    unsupported: list[str]
    milliseconds: float
    text: str

    @property
    def right(self) -> bool:
        """Everything as expected."""
        return self.measures["right"] == 1.0


def score(told: Told) -> Row:
    """Compare an answer with what its case expects."""
    case, record = told.case, told.record
    expected = case.expect
    facts = [holds(record.text, wordings) for wordings in expected.facts]
    forbidden = [wording for wording in expected.must_not if holds(record.text, [wording])]
    strange = unsupported(told)
    lead = leading_clauses(record)
    measures: dict[str, float | bool | None] = {
        "facts": sum(facts) / len(facts) if facts else None,
        **_citations(case, record, lead),
        **_outcomes(case, record),
        "forbidden": bool(forbidden) if expected.must_not else None,
        "unsupported": len(strange),
    }
    measures["right"] = bool(
        measures["outcome"] and measures["facts"] in (None, 1.0) and measures["document_cited"] is not False
    ) and not bool(forbidden)
    return Row(
        id=case.id, file=told.file, topic=case.topic, audience=case.audience, language=str(case.language),
        kind=case.kind, expected=str(expected.outcome), follow_up=bool(case.context), question=case.question,
        context=case.context, got=str(record.outcome), reason=record.reason,
        measures={name: None if value is None else float(value) for name, value in measures.items()},
        missing=[wordings[0] for wordings, there in zip(expected.facts, facts, strict=True) if not there],
        accepted=[*expected.documents, *expected.clauses], cited=[clause.name for clause in record.citations],
        leading=lead, forbidden=forbidden, unsupported=strange, milliseconds=told.milliseconds, text=record.text,
    )  # fmt: skip


def leading_clauses(record: Record) -> list[str]:
    """The clauses the leading part of an answer rests on."""
    names = {clause.n: clause.name for clause in record.citations}
    return [names[n] for n in marks(leading(record.text)) if n in names]


def _citations(case: Case, record: Record, lead: Sequence[str]) -> dict[str, float | bool | None]:
    expected = case.expect
    cited = [clause.name for clause in record.citations]
    documents = {clause.document_id for clause in record.citations}
    leading_documents = {name.partition("#")[0] for name in lead}
    answered = record.outcome in ANSWERING
    return {
        "document_cited": bool(documents & set(expected.documents)) if expected.documents else None,
        "clause_cited": bool(set(cited) & set(expected.clauses)) if expected.clauses else None,
        "document_precision": _share(documents, expected.documents) if answered else None,
        "leading_documents": _share(leading_documents, expected.documents) if answered else None,
        "leading_clauses": _share(set(lead), expected.clauses) if answered else None,
        "direct": direct(case, record) if expected.facts and answered else None,
    }


def _share(found: Collection[str], accepted: Collection[str]) -> float | None:
    """The share of what was found that is accepted; undefined where nothing was found or nothing is expected."""
    return sum(name in accepted for name in found) / len(found) if found and accepted else None


def _outcomes(case: Case, record: Record) -> dict[str, float | bool | None]:
    answerable, declined = case.expect.outcome in ANSWERING, record.outcome in DECLINING
    return {
        "outcome": record.outcome in (ANSWERING if answerable else DECLINING),
        "abstention_precision": not answerable if declined else None,
        "abstention_recall": None if answerable else declined,
        "false_refusal": declined if answerable else None,
    }


def to_json(row: Row) -> dict[str, Any]:
    """A line of rows.jsonl."""
    return row.model_dump(mode="json")
