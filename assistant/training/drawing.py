"""Drawing drills for a class: spread over clauses, documents and kinds, and the same again for the same seed."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable

from assistant.training.types import Drill


def draw(
    drills: Iterable[Drill], number: int, seed: int, *, kept: Iterable[Drill] = (), without: Collection[str] = ()
) -> tuple[Drill, ...]:
    """Up to `number` drills, those `kept` among them and first; ids in `without` are left out.

    Of every draw the drill comes next whose clause, then kind, then document was drawn least; chance, fixed by the
    seed, decides between equals. A clause that gives ten drills therefore does not fill a paper by itself.
    """
    chosen = list(kept)[:number]
    clauses, kinds = Counter(_clause(d) for d in chosen), Counter(d.kind for d in chosen)
    documents = Counter(d.document_id for d in chosen)
    out = {*without, *(d.id for d in chosen)}
    waiting = sorted((d for d in drills if d.id not in out), key=lambda d: _chance(seed, d.id))
    while waiting and len(chosen) < number:
        following = min(waiting, key=lambda d: (clauses[_clause(d)], kinds[d.kind], documents[d.document_id]))
        waiting.remove(following)
        chosen.append(following)
        clauses[_clause(following)] += 1
        kinds[following.kind] += 1
        documents[following.document_id] += 1
    return tuple(chosen)


def shuffled(drills: Iterable[Drill], seed: int) -> tuple[Drill, ...]:
    """The drills in another order, the same again for the same seed."""
    return tuple(sorted(drills, key=lambda drill: _chance(seed, f"order {drill.id}")))


def _clause(drill: Drill) -> tuple[str, str]:
    return drill.document_id, drill.sources[0].clause_id


def _chance(seed: int, id: str) -> bytes:
    """Where chance puts an id: the others keep their places when drills come or go."""
    return hashlib.sha256(f"{seed} {id}".encode()).digest()
