"""Answers, citations and documents for tests that need no index."""

from __future__ import annotations

from datetime import date
from typing import Any

from assistant.types import Answer, Citation, Outcome
from index.types import Clause, Document, Kind, Language, Validity, Verification

DAY = date(2026, 11, 23)


def citation(**changes: Any) -> Citation:
    """A citation, with changes."""
    values: dict[str, Any] = {
        "n": 1, "document_id": "d", "document_number": "金规〔2024〕13号", "title": "续贷通知", "clause": "二",
        "clause_id": "2", "heading": "办理", "quote": "先申请，后续贷。", "spans": ((0, 4),), "official_url": None,
        "in_force": Validity.YES, "verification": Verification.SEEN,
    }  # fmt: skip
    return Citation(**{**values, **changes})


def an_answer(**changes: Any) -> Answer:
    """An answer, with changes."""
    values: dict[str, Any] = {
        "id": "a1", "question": "能续贷吗", "language": Language.ZH, "outcome": Outcome.ANSWERED, "reason": None,
        "as_of": DAY, "text": "可以续贷。[1]", "citations": (citation(),),
    }  # fmt: skip
    return Answer(**{**values, **changes})


def a_document(*clauses: Clause) -> Document:
    """A document with these clauses, or three short ones."""
    made = clauses or tuple(Clause(str(n), f"第{n}条", f"标题{n}", f"条文{n}。") for n in (1, 2, 3))
    return Document("d", Language.ZH, Kind.NOTICE, "续贷通知", "续贷", made)
