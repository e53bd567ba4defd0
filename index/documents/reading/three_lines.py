"""Tables ruled by level lines only (三线表, booktabs): the uprights and rows that white space stands for are added."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.documents.reading.lines import pieces, rows
from index.documents.reading.pdfium import Glyph, Rule

_SNAP = 3.0
_SHORTEST = 90.0  # points of such lines
_GAP = 0.7  # ems of white, in every row, between columns
_MOST = 400  # such lines on a page
_FILLED = 0.7  # share of the rows in which most columns hold something


def added(rules: Sequence[Rule], glyphs: Sequence[Glyph]) -> list[Rule]:
    """Lines to be added to those of a page, for tables that have three or more level lines and no upright."""
    made: list[Rule] = []
    for left, right, stops in _stacks(rules):
        within = [glyph for glyph in glyphs if left - 2 <= (glyph.x0 + glyph.x1) / 2 <= right + 2]
        for run in _tabular(stops, within):
            made += _lines(left, right, run, [glyph for glyph in within if run[0] < _middle(glyph) < run[-1]])
    return made


def _tabular(stops: list[float], glyphs: Sequence[Glyph]) -> list[list[float]]:
    """Runs of the lines between which text stands side by side; other lines of that length belong to no table."""
    runs: list[list[float]] = []
    open_ = False
    for top, bottom in pairwise(stops):
        printed = rows(pieces([glyph for glyph in glyphs if top < _middle(glyph) < bottom]))
        beside = sum(len(row) > 1 for row in printed)
        if printed and beside * 2 >= len(printed):
            if not open_:
                runs.append([top])
            runs[-1].append(bottom)
            open_ = True
        else:
            open_ = False
    return [run for run in runs if len(run) >= 3]


def _stacks(rules: Sequence[Rule]) -> Iterator[tuple[float, float, list[float]]]:
    """Level lines of the same length above each other, with no upright between them: left, right and heights."""
    upright = [rule for rule in rules if rule.y1 - rule.y0 > rule.x1 - rule.x0]
    stacks: dict[tuple[int, int], list[Rule]] = {}
    for rule in rules:
        if rule.x1 - rule.x0 >= _SHORTEST and rule.y1 - rule.y0 < 1:
            stacks.setdefault((round(rule.x0 / _SNAP), round(rule.x1 / _SNAP)), []).append(rule)
    for stack in stacks.values():
        stops: list[float] = []
        for y in sorted(rule.y0 for rule in stack):
            if not stops or y - stops[-1] > _SNAP:
                stops.append(y)
        left, right = stack[0].x0, stack[0].x1
        if len(stops) >= 3 and not any(
            left - _SNAP < one.x0 < right + _SNAP and one.y0 < stops[-1] and one.y1 > stops[0] for one in upright
        ):
            yield left, right, stops[:_MOST]


def _lines(left: float, right: float, stops: list[float], glyphs: Sequence[Glyph]) -> list[Rule]:
    printed = rows(pieces(glyphs))
    if len(printed) < 3:
        return []
    inked = [glyph for glyph in glyphs if not glyph.text.isspace()]
    size = sorted(glyph.size for glyph in inked)[len(inked) // 2]
    uprights = _uprights([(glyph.x0, glyph.x1) for glyph in inked], _GAP * size)
    columns = len(uprights) + 1
    cells = [[_column(piece.x0, piece.x1, uprights) for piece in row] for row in printed]
    filled = sum(len(set(row)) * 2 > columns for row in cells)
    if columns < 2 or filled < _FILLED * len(printed):
        return []
    top, bottom = stops[0], stops[-1]
    made = [Rule(x, top, x, bottom) for x in (left, *uprights, right)]
    for above, below, places in zip(printed, printed[1:], cells[1:], strict=False):
        y = (max(piece.box.y1 for piece in above) + min(piece.box.y0 for piece in below)) / 2
        ruled = any(max(piece.base for piece in above) < stop < min(piece.base for piece in below) for stop in stops)
        # A line without anything in the first column goes on from the one above it.
        if not ruled and 0 in places and y > stops[1]:
            made.append(Rule(left, y, right, y))
    return made


def _uprights(spans: Sequence[tuple[float, float]], gap: float) -> list[float]:
    """The middles of white that runs from the first row to the last."""
    found = []
    end: float | None = None
    for x0, x1 in sorted(spans):
        if end is not None and x0 - end >= gap:
            found.append((x0 + end) / 2)
        end = x1 if end is None else max(end, x1)
    return found


def _column(x0: float, x1: float, uprights: Sequence[float]) -> int:
    return sum(x < (x0 + x1) / 2 for x in uprights)


def _middle(glyph: Glyph) -> float:
    return glyph.base - 0.35 * glyph.size
