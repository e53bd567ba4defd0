"""How much of what the corpus states in figures the cases would notice a change of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from assistant.evaluation.matching import holds
from assistant.evaluation.records import Told
from assistant.evaluation.score import Row
from index.documents.corpus import Corpus
from index.figures import figures
from index.types import Language


def clauses_with_figures(corpus: Corpus) -> int:
    """How many clauses state a figure (counted in Chinese; both languages state the same)."""
    return sum(
        bool(figures(clause.text))
        for document in corpus.documents
        if document.language is Language.ZH
        for clause in document.clauses
    )


def coverage(told: Iterable[tuple[Told, Row]], of: int) -> dict[str, Any]:
    """Clauses with a figure that a case expects, found in the answer and cited for it; as a share of `of`."""
    covered: set[str] = set()
    for item, row in told:
        if row.right:
            wordings = [w for fact in item.case.expect.facts for w in fact if holds(row.text, [w])]
            expected = frozenset().union(*(figures(wording) for wording in wordings))
            covered |= {clause.name for clause in item.record.citations if figures(clause.quote) & expected}
    return {"clauses": len(covered), "of": of, "share": round(len(covered) / of, 4) if of else None}
