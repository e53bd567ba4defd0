"""Which drills a sitting has: what comes again first, then mistakes, then new ones of mixed kinds."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Sequence
from datetime import date

from assistant.training.progress import Record
from assistant.training.types import Drill, DrillKind

SIZES = (5, 10, 20)


def choose(
    review: Sequence[Drill], fresh: Sequence[Drill], record: Record, on: date, count: int, seed: str
) -> tuple[Drill, ...]:
    """Up to `count` drills in the order in which they are asked, never two of one clause in a row where that can be.

    What comes again and mistakes are taken of `review`, new ones of `fresh`. Mistakes take half of the places at most
    while there are new drills: who made five should not meet the same five at once and nothing else. Where all is
    known, drills that will come again soonest fill the rest. `seed` makes different learners meet different drills.
    """
    known = {drill.id: drill for drill in (*fresh, *review)}
    due = [known[id] for id in record.due(review, on)]
    waiting = {drill.id for drill in due}
    wrong = [known[id] for id in record.mistakes(review) if id not in waiting]
    standings = record.current(fresh)
    new = mixed([drill for drill in fresh if drill.id not in standings], seed)
    later = sorted(
        (drill for drill in fresh if drill.id in standings), key=lambda drill: (standings[drill.id].due or on, drill.id)
    )
    half = max(1, count // 2)
    order = dict.fromkeys(drill.id for drill in (*due, *wrong[:half], *new, *wrong[half:], *later))
    return apart([known[id] for id in order][:count])


def mixed(drills: Iterable[Drill], seed: str) -> list[Drill]:
    """One of each kind in turn, easy ones first, second drills of a clause after all first ones.

    Cases are not counted by clause: every enterprise is another one, and they are what visits are like.
    """
    by_kind: dict[str, list[Drill]] = {}
    for drill in drills:
        by_kind.setdefault(drill.kind, []).append(drill)
    for of_kind in by_kind.values():
        of_kind.sort(key=lambda drill: (drill.difficulty, _lot(seed, drill.id)))
    lines = deque(deque(by_kind[kind]) for kind in sorted(by_kind, key=lambda kind: _lot(seed, kind)))
    first: list[Drill] = []
    second: list[Drill] = []
    clauses: set[tuple[str, str]] = set()
    while lines:
        line = lines.popleft()
        drill = line.popleft()
        again = clause_of(drill) in clauses and drill.kind is not DrillKind.CASE
        (second if again else first).append(drill)
        clauses.add(clause_of(drill))
        if line:
            lines.append(line)
    return first + second


def apart(drills: Sequence[Drill]) -> tuple[Drill, ...]:
    """The same drills, as little moved as is needed to part those of one clause; where that cannot be, some stay."""
    waiting, made = list(drills), list[Drill]()
    while waiting:
        last = clause_of(made[-1]) if made else None
        found = next((drill for drill in waiting if clause_of(drill) != last), waiting[0])
        waiting.remove(found)
        made.append(found)
    return tuple(_mended(made))


def clause_of(drill: Drill) -> tuple[str, str]:
    """The clause a drill mainly rests on."""
    return drill.sources[0].document_id, drill.sources[0].clause_id


def _mended(made: list[Drill]) -> list[Drill]:
    """Those that were left together at the end, put between earlier ones."""
    for place in range(1, len(made)):
        if clause_of(made[place]) != clause_of(made[place - 1]):
            continue
        moved = made[place]
        for gap in range(place):
            around = [clause_of(drill) for drill in made[max(gap - 1, 0) : gap + 1]]
            if clause_of(moved) not in around:
                made.insert(gap, made.pop(place))
                break
    return made


def _lot(seed: str, name: str) -> str:
    """Chance that can be repeated."""
    return hashlib.sha256(f"{seed}\n{name}".encode()).hexdigest()
