"""Two versions of a document, clause by clause: what is the same, moved, changed in which words, added, removed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from index.library.types import Change, ClauseDifference, WordChange
from index.text import normalise
from index.types import Clause

ALIKE, SAME_PLACE = 0.55, 0.3  # least likeness of clauses anywhere, and under the same number
_LONGEST = 4000  # characters compared of a clause when looking for its like
_PIECES = re.compile(r"[A-Za-z]+|\d+(?:[.,]\d+)*|\s+|.", re.S)


def differences(old: Sequence[Clause], new: Sequence[Clause]) -> tuple[ClauseDifference, ...]:
    """In the order of the new version; a removed clause stands after the one it followed."""
    pairs = _pairs(old, new)
    partner = dict(pairs)
    origin = {n: o for o, n in pairs}
    gone_after: dict[int, list[int]] = {}
    last = -1
    for place in range(len(old)):
        if place in partner:
            last = partner[place]
        else:
            gone_after.setdefault(last, []).append(place)
    found = [_removed(old[o]) for o in gone_after.get(-1, [])]
    for place, clause in enumerate(new):
        before = old[origin[place]] if place in origin else None
        found.append(_compared(before, clause))
        found += [_removed(old[o]) for o in gone_after.get(place, [])]
    return tuple(found)


def _pairs(old: Sequence[Clause], new: Sequence[Clause]) -> list[tuple[int, int]]:
    """Clauses that belong together: the same words first, then the same number, then the likest of the rest."""
    free_old, free_new = dict.fromkeys(range(len(old))), dict.fromkeys(range(len(new)))
    pairs: list[tuple[int, int]] = []

    def pair(o: int, n: int) -> None:
        pairs.append((o, n))
        del free_old[o], free_new[n]

    for same_id in (True, False):  # where words recur, those under the same number belong together
        by_text: dict[tuple[str, str], list[int]] = {}
        for n in free_new:
            by_text.setdefault((normalise(new[n].text), new[n].id if same_id else ""), []).append(n)
        for o in list(free_old):
            if there := by_text.get((normalise(old[o].text), old[o].id if same_id else "")):
                pair(o, there.pop(0))
    alike = sorted(
        (-likeness, o, n)
        for o in free_old
        for n in free_new
        if (likeness := _likeness(old[o], new[n])) >= (SAME_PLACE if old[o].id == new[n].id else ALIKE)
    )
    for _, o, n in alike:
        if o in free_old and n in free_new:
            pair(o, n)
    return pairs


def _likeness(one: Clause, other: Clause) -> float:
    """Likeness of the words, 0 to 1, with a little more for the same number, so that ties go there."""
    matcher = SequenceMatcher(None, one.text[:_LONGEST], other.text[:_LONGEST], autojunk=False)
    bonus = 0.2 if one.id == other.id else 0.0
    least = (SAME_PLACE if bonus else ALIKE) - bonus
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0
    return matcher.ratio() + bonus


def _compared(before: Clause | None, clause: Clause) -> ClauseDifference:
    if before is None:
        words = (WordChange("added", clause.text),)
        return ClauseDifference(Change.ADDED, None, clause.reference, None, clause.id, words)
    if normalise(before.text) == normalise(clause.text) and normalise(before.heading) == normalise(clause.heading):
        change = Change.SAME if before.reference == clause.reference else Change.MOVED
        return ClauseDifference(change, before.reference, clause.reference, before.id, clause.id)
    changed = _words(_whole(before), _whole(clause))
    return ClauseDifference(Change.CHANGED, before.reference, clause.reference, before.id, clause.id, changed)


def _removed(clause: Clause) -> ClauseDifference:
    words = (WordChange("removed", clause.text),)
    return ClauseDifference(Change.REMOVED, clause.reference, None, clause.id, None, words)


def _whole(clause: Clause) -> str:
    return f"{clause.heading}\n{clause.text}" if clause.heading else clause.text


def _words(old: str, new: str) -> tuple[WordChange, ...]:
    """Runs of characters (numbers and Latin words whole) kept, removed and added."""
    left, right = _PIECES.findall(old), _PIECES.findall(new)
    runs: list[WordChange] = []
    for what, i, j, k, m in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if what == "equal":
            runs.append(WordChange("kept", "".join(left[i:j])))
            continue
        if j > i:
            runs.append(WordChange("removed", "".join(left[i:j])))
        if m > k:
            runs.append(WordChange("added", "".join(right[k:m])))
    return tuple(runs)
