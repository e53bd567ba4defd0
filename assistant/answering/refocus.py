"""A follow-up's own words among the clauses of its subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.types import Query
from index.fusion import COSINE_WEIGHT
from index.search import Hit, Searcher

_DOCUMENTS = 3  # the subject's documents: those the nearest clauses are from
_WEIGHT = 1.0  # of this turn's cosine beside that of the turn filled in; tuned on conversations


def refocused(hits: Sequence[Hit], query: Query, searcher: Searcher) -> list[Hit]:
    """The hits of a follow-up, best first, its own words weighed once more among the clauses of its subject.

    Filled in, a turn is near to every clause of what was spoken of; which of them it asks for, its own words tell.
    Clauses nearer to them than the average of those documents rise, others fall. Hits of other questions stay.
    """
    if not query.followed_up:
        return list(hits)
    documents = tuple(dict.fromkeys(hit.passage.document_id for hit in hits if hit.cosine is not None))[:_DOCUMENTS]
    own = searcher.cosines_in(query.focus, query.language, documents)
    keys = [(hit.passage.document_id, hit.passage.clause_id) for hit in hits]
    shared = [own[key] for key in keys if key in own]
    if not shared:
        return list(hits)
    average = sum(shared) / len(shared)
    weighed = [
        replace(hit, score=hit.score + _WEIGHT * COSINE_WEIGHT * (own[key] - average)) if key in own else hit
        for hit, key in zip(hits, keys, strict=True)
    ]
    return sorted(weighed, key=lambda hit: -hit.score)
