"""Two versions of a document, clause beside clause: what was added, removed or changed, figures first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from index.text import normalise
from index.types import Clause, StrEnum
from index.words import as_written

_SAME_ID = 0.35  # Dice of character pairs: less alike, and the number was given to another provision
_ANY_ID = 0.55  # so alike that a provision with another number is the same one
_CANDIDATES = 250_000  # pairs compared at most; documents that large and that different are not aligned by likeness
_DIGITS = r"\d[\d,]*(?:\.\d+)?"
_HAN = "[零〇一二两三四五六七八九十百千]+"
_UNIT = (
    "(?:万亿|千亿|百亿|亿|千万|百万|万|千)?(?:个)?"
    "(?:元|年|月|日|天|工作日|周岁|岁|户|人|名|家|倍|次|份|项|条|基点|BP|bp|百分点|成|%|％|‰)"
)
_FIGURE = re.compile(
    rf"\d{{4}}年(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?|百分之{_HAN}(?:点{_HAN})?|{_HAN}{_UNIT}"
    rf"|{_DIGITS}(?: ?{_UNIT}| ?(?:%|per cent|million|billion|thousand|trillion))?(?: (?:yuan|days?|months?|years?))?"
)


class Change(StrEnum):
    """What became of a clause."""

    SAME = "same"
    MOVED = "moved"  # the same words under another number
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: in both texts, in the old only, or in the new only."""

    text: str
    change: Change  # SAME, ADDED or REMOVED


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure that took another's place, as written; "" on one side where there is none."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """A clause of the old version beside the one of the new that goes on from it."""

    change: Change
    old: Clause | None
    new: Clause | None
    likeness: float = 0.0  # 0 to 1; Dice of character pairs
    pieces: tuple[Piece, ...] = ()
    figures: tuple[FigureChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """All clauses: in the order of the new version, removed ones where they stood."""

    changes: tuple[ClauseChange, ...]

    def of(self, change: Change) -> tuple[ClauseChange, ...]:
        """The clauses something happened to; those whose figures changed first."""
        found = [entry for entry in self.changes if entry.change is change]
        return tuple(sorted(found, key=lambda entry: not entry.figures))

    @property
    def figures(self) -> tuple[tuple[ClauseChange, FigureChange], ...]:
        """Every figure that changed, with its clause."""
        return tuple((entry, figure) for entry in self.changes for figure in entry.figures)


def difference(old: Sequence[Clause], new: Sequence[Clause]) -> Difference:
    """Aligned by words first, then by id, then by likeness: a provision is found again under another number."""
    pairs = _aligned(old, new)
    partner = {there: here for here, there in pairs.items()}
    changes: list[ClauseChange] = []
    reached = 0
    for place, clause in enumerate(new):
        before = partner.get(place)
        if before is not None:
            while reached < before:
                if reached not in pairs:
                    changes.append(_removed(old[reached]))
                reached += 1
            reached = max(reached, before + 1)
            changes.append(_compared(old[before], clause))
        else:
            changes.append(ClauseChange(Change.ADDED, None, clause, 0.0, (Piece(clause.text, Change.ADDED),)))
    changes += [_removed(clause) for place, clause in enumerate(old) if place >= reached and place not in pairs]
    return Difference(tuple(changes))


def likeness(one: str, other: str) -> float:
    """Dice coefficient of the pairs of characters: 1 for the same words, 0 for nothing in common."""
    return _dice(_pairs(one), _pairs(other))


def changed_words(old: str, new: str) -> tuple[Piece, ...]:
    """Both texts as one run of words, each marked; joined, the kept and added ones give the new text."""
    before, after = _words(old), _words(new)
    pieces: list[Piece] = []
    for kind, i, j, k, n in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("".join(before[i:j]), Change.SAME))
            continue
        if i < j:
            pieces.append(Piece("".join(before[i:j]), Change.REMOVED))
        if k < n:
            pieces.append(Piece("".join(after[k:n]), Change.ADDED))
    return tuple(pieces)


def _words(text: str) -> list[str]:
    """Words, with each figure and its unit as one."""
    found: list[str] = []
    at = 0
    for match in _FIGURE.finditer(text):
        found += as_written(text[at : match.start()])
        found.append(match[0])
        at = match.end()
    return [word for word in [*found, *as_written(text[at:])] if word]


def _removed(clause: Clause) -> ClauseChange:
    return ClauseChange(Change.REMOVED, clause, None, 0.0, (Piece(clause.text, Change.REMOVED),))


def _compared(old: Clause, new: Clause) -> ClauseChange:
    if normalise(old.text) == normalise(new.text):
        moved = old.id != new.id or old.reference != new.reference
        return ClauseChange(Change.MOVED if moved else Change.SAME, old, new, 1.0, (Piece(new.text, Change.SAME),))
    pieces = changed_words(old.text, new.text)
    return ClauseChange(Change.CHANGED, old, new, likeness(old.text, new.text), pieces, _figures(pieces))


def _figures(pieces: Sequence[Piece]) -> tuple[FigureChange, ...]:
    """Figures beside each other in a replaced run belong together; what is left over has no partner."""
    found: list[FigureChange] = []
    gone: list[str] = []
    for piece in (*pieces, Piece("", Change.SAME)):
        figures = _FIGURE.findall(piece.text)
        if piece.change is Change.REMOVED:
            gone += figures
        elif piece.change is Change.ADDED:
            for place in range(max(len(gone), len(figures))):
                pair = (gone[place] if place < len(gone) else "", figures[place] if place < len(figures) else "")
                if normalise(pair[0]) != normalise(pair[1]):
                    found.append(FigureChange(*pair))
            gone = []
        elif gone:
            found += [FigureChange(figure, "") for figure in gone]
            gone = []
    return tuple(found)


def _aligned(old: Sequence[Clause], new: Sequence[Clause]) -> dict[int, int]:
    """Places in the old version → places in the new one, each used once."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()

    def join(here: int, there: int) -> None:
        pairs[here] = there
        taken.add(there)

    texts = [normalise(clause.text) for clause in old], [normalise(clause.text) for clause in new]
    by_id = {clause.id: place for place, clause in enumerate(new)}
    for here, clause in enumerate(old):
        there = by_id.get(clause.id)
        if there is not None and texts[0][here] == texts[1][there]:
            join(here, there)
    places: dict[str, list[int]] = {}
    for there, text in enumerate(texts[1]):
        if there not in taken:
            places.setdefault(text, []).append(there)
    for here, text in enumerate(texts[0]):
        if here not in pairs and places.get(text):
            join(here, places[text].pop(0))
    bags = [_pairs(text) for text in texts[0]], [_pairs(text) for text in texts[1]]
    left = [here for here in range(len(old)) if here not in pairs]
    free = [there for there in range(len(new)) if there not in taken]
    scored: list[tuple[float, int, int]] = []
    if len(left) * len(free) <= _CANDIDATES:
        for here in left:
            for there in free:
                same = old[here].id == new[there].id
                score = _dice(bags[0][here], bags[1][there])
                if score >= (_SAME_ID if same else _ANY_ID):
                    scored.append((score + (0.2 if same else 0.0), here, there))
    for _, here, there in sorted(scored, key=lambda item: (-item[0], item[1], item[2])):
        if here not in pairs and there not in taken:
            join(here, there)
    return pairs


def _pairs(text: str) -> Counter[str]:
    plain = re.sub(r"\s", "", normalise(text))
    return Counter(plain[place : place + 2] for place in range(max(1, len(plain) - 1)))


def _dice(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0
