"""Pieces of lines and whole tables → the order in which people read them, columns one after the other."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from index.documents.reading.lines import Piece, rows
from index.documents.reading.types import Box

_GUTTER = 8.0  # points of white between columns at least
_FEWEST = 3  # lines on each side of a gutter
_FULL = 0.6  # share of its column that the typical line of running text fills
_INKED = 0.85  # share of a line of running text that is not white; rows of a table without lines have more
_LETTERS = 7.0  # ems that the typical line of running text has at least
_FOLLOWING = 1.6  # line heights of white between lines that follow each other
_DEEPEST = 4
_MOST_GUTTERS = 24  # places looked at
_MOST_CROSSING = 400  # pieces over a gutter: no page of text has as many lines


@dataclass(frozen=True, slots=True)
class Block:
    """Something that is not cut by columns within: a table."""

    key: int
    box: Box


Atom = Piece | Block


@dataclass(frozen=True, slots=True)
class _Band:
    """A stretch of the page, from top to bottom, that a gutter parts into two columns."""

    top: float
    bottom: float
    left: list[Atom]
    right: list[Atom]


def columns(atoms: Sequence[Atom], depth: int = 0) -> list[list[Atom]]:
    """Groups of atoms to be read one after the other, each of a single column, its atoms from top to bottom."""
    ordered = sorted(atoms, key=lambda atom: (atom.box.y0, atom.box.x0))
    if depth >= _DEEPEST or not _side_by_side(ordered):
        return [ordered] if ordered else []
    best: list[_Band] = []
    for x in _gutters(ordered):
        bands = _bands(ordered, x)
        if sum(band.bottom - band.top for band in bands) > sum(band.bottom - band.top for band in best):
            best = bands
    if not best:
        return [ordered]
    groups: list[list[Atom]] = []
    placed = {id(atom) for band in best for atom in (*band.left, *band.right)}
    rest = [atom for atom in ordered if id(atom) not in placed]
    for band in best:
        groups += columns([atom for atom in rest if atom.box.y0 < band.top], depth + 1)
        rest = [atom for atom in rest if atom.box.y0 >= band.top]
        groups += columns(band.left, depth + 1) + columns(band.right, depth + 1)
    return groups + columns(rest, depth + 1)


def _side_by_side(ordered: Sequence[Atom]) -> bool:
    """Whether enough pieces have another one beside them for columns to be worth looking for."""
    texts = [atom for atom in ordered if isinstance(atom, Piece)]
    return sum(
        any(_white(one, other) >= _GUTTER for other in texts[at + 1 : at + 12]) for at, one in enumerate(texts)
    ) >= _FEWEST


def _white(one: Piece, other: Piece) -> float:
    """Points of white between pieces beside each other; below nought where they are not."""
    return max(other.x0 - one.x1, one.x0 - other.x1) if abs(other.base - one.base) < one.size else -1.0


def _gutters(ordered: Sequence[Atom]) -> list[float]:
    """Where white lies between most neighbours, every few points once."""
    found: Counter[float] = Counter()
    texts = [atom for atom in ordered if isinstance(atom, Piece)]
    for at, one in enumerate(texts):
        for other in texts[at + 1 : at + 12]:
            if _white(one, other) >= _GUTTER:
                found[round((max(one.x0, other.x0) - _GUTTER / 2) / 3) * 3] += 1
    return [x for x, _ in found.most_common(_MOST_GUTTERS)]


def _bands(ordered: Sequence[Atom], x: float) -> list[_Band]:
    """Where running text stands on both sides of x and nothing crosses it."""
    crossing = [atom for atom in ordered if atom.box.x0 < x - 1 and atom.box.x1 > x + 1]
    if len(crossing) > _MOST_CROSSING:
        return []
    edges = [float("-inf"), *(atom.box.y0 for atom in crossing), float("inf")]
    floors = [float("-inf"), *(atom.box.y1 for atom in crossing)]
    ids = {id(atom) for atom in crossing}
    free = [atom for atom in ordered if id(atom) not in ids]
    tops = [atom.box.y0 for atom in free]
    bands = []
    for top, bottom in zip(floors, edges[1:], strict=True):
        among = free[bisect_left(tops, top - 2) : bisect_left(tops, bottom + 2)]
        within = [atom for atom in among if atom.box.y1 <= bottom + 2]
        left = [atom for atom in within if atom.box.x1 <= x + 1]
        right = [atom for atom in within if atom.box.x0 >= x - 1]
        if _running(left) and _running(right) and (band := _common(left, right)):
            bands.append(band)
    return bands


def _running(side: Sequence[Atom]) -> bool:
    """Whether these are lines of running text, not labels or figures."""
    printed = rows([atom for atom in side if isinstance(atom, Piece)])
    if len(printed) < _FEWEST:
        return False
    ends = [(row[0].x0, max(piece.x1 for piece in row)) for row in printed]
    extent = max(right for _, right in ends) - min(left for left, _ in ends)
    inked = [sum(piece.x1 - piece.x0 for piece in row) for row in printed]
    whole = sum(ink >= _INKED * (right - left) for ink, (left, right) in zip(inked, ends, strict=True))
    return (
        median(inked) >= _FULL * extent
        and median(sum(piece.ems for piece in row) for row in printed) >= _LETTERS
        and whole >= _FULL * len(printed)
    )


def _common(left: list[Atom], right: list[Atom]) -> _Band | None:
    """The part of both sides that belongs to the columns: single lines far above or below it do not."""
    top = max(min(atom.box.y0 for atom in left), min(atom.box.y0 for atom in right))
    bottom = min(max(atom.box.y1 for atom in left), max(atom.box.y1 for atom in right))
    lower = min(max(atom.box.y1 for atom in side) - min(atom.box.y0 for atom in side) for side in (left, right))
    if bottom - top < 0.5 * lower:
        return None
    left, right = (_unbroken(side, top, bottom) for side in (left, right))
    both = (*left, *right)
    return _Band(min(atom.box.y0 for atom in both), max(atom.box.y1 for atom in both), left, right)


def _unbroken(side: list[Atom], top: float, bottom: float) -> list[Atom]:
    """A column may begin above the other and end below it, as long as its lines follow each other as before."""
    kept = [atom for atom in side if atom.box.y1 > top and atom.box.y0 < bottom]
    for atom in reversed([atom for atom in side if atom.box.y1 <= top]):
        if kept[0].box.y0 - atom.box.y1 > _FOLLOWING * (atom.box.y1 - atom.box.y0):
            break
        kept.insert(0, atom)
    for atom in [atom for atom in side if atom.box.y0 >= bottom]:
        if atom.box.y0 - kept[-1].box.y1 > _FOLLOWING * (atom.box.y1 - atom.box.y0):
            break
        kept.append(atom)
    return kept
