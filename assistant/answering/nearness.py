"""How sure search is of what it found: kept with every answer, so that staff can look at the doubtful ones first."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.types import Evidence, Nearness


def nearness(evidence: Sequence[Evidence]) -> Nearness:
    """Cosine of the nearest clause, and the lead of the best document over the next one, from evidence best first."""
    cosines = [item.hit.cosine for item in evidence if item.hit.cosine is not None]
    best = evidence[0] if evidence else None
    others = [item.score for item in evidence if best and item.passage.document_id != best.passage.document_id]
    return Nearness(max(cosines, default=None), best.score - max(others) if best and others else None)
