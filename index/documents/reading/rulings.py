"""Ruling lines → the cells between them, by pdfplumber's table finder; text between them → cells."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from index.documents.reading import three_lines
from index.documents.reading.grids import Cell, Grid
from index.documents.reading.lines import WIDE as _WIDE
from index.documents.reading.lines import pieces, rows, text
from index.documents.reading.pdfium import Drawn, Glyph, Rule
from index.documents.reading.types import Box

_MOST_RULES = 4_000  # drawings and charts have more; finding cells among them would take minutes
_MOST_CROSSINGS = 60_000  # of level and upright lines: a page of 200 rows and 100 columns has a third of that
_SNAP = 3.0
_SHORTEST = 4.0


def grids(drawn: Drawn, glyphs: Sequence[Glyph]) -> list[tuple[Grid, set[int]]]:
    """Tables from top to bottom, each with the identities of the characters it took."""
    rules = [rule for rule in drawn.rules if max(rule.x1 - rule.x0, rule.y1 - rule.y0) >= _SHORTEST]
    if len(rules) < 3 or len(rules) > _MOST_RULES:
        return []
    rules = _merged(rules)  # lines are often drawn cell by cell
    rules = [*rules, *three_lines.added(rules, glyphs)]
    edges = [_edge(rule) for rule in _merged([*rules, *_open_sides(rules)])]
    level = sum(edge["orientation"] == "h" for edge in edges)
    if level * (len(edges) - level) > _MOST_CROSSINGS:
        return []
    cells = intersections_to_cells(edges_to_intersections(edges, _SNAP, _SNAP))
    found = []
    taken: set[int] = set()
    for table in sorted(cells_to_tables(cells), key=lambda cells: min((cell[1], cell[0]) for cell in cells)):
        made = _grid(table, [glyph for glyph in glyphs if id(glyph) not in taken])
        if made is not None:
            taken |= made[1]
            found.append(made)
    return found


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    edges = merge_edges([_edge(rule) for rule in rules], _SNAP, _SNAP, _SNAP, _SNAP)
    return [Rule(edge["x0"], edge["top"], edge["x1"], edge["bottom"]) for edge in edges]


def _edge(rule: Rule) -> dict[str, Any]:
    level = rule.x1 - rule.x0 >= rule.y1 - rule.y0
    return {
        "x0": rule.x0, "x1": rule.x1, "top": rule.y0, "bottom": rule.y1, "width": rule.x1 - rule.x0,
        "height": rule.y1 - rule.y0, "orientation": "h" if level else "v", "object_type": "line",
    }  # fmt: skip


def _open_sides(rules: Sequence[Rule]) -> list[Rule]:
    """Uprights at both ends of level lines of the same length: official tables are often left open at their sides."""
    upright = [rule for rule in rules if rule.y1 - rule.y0 > rule.x1 - rule.x0]
    stacks: dict[tuple[int, int], list[Rule]] = {}
    for rule in rules:
        if rule.x1 - rule.x0 > max(rule.y1 - rule.y0, 60):
            stacks.setdefault((round(rule.x0 / _SNAP), round(rule.x1 / _SNAP)), []).append(rule)
    added = []
    for same in stacks.values():
        rule = same[0]
        if len({round(other.y0) for other in same}) < 3:
            continue
        top, bottom = min(other.y0 for other in same), max(other.y0 for other in same)
        inside = [
            one for one in upright
            if rule.x0 + _SNAP < one.x0 < rule.x1 - _SNAP and one.y0 < bottom + _SNAP and one.y1 > top - _SNAP
        ]  # fmt: skip
        if not inside:
            continue
        # Other lines of the same length, such as the one under the heading, lie beyond the reach of the uprights.
        top, bottom = max(top, min(one.y0 for one in inside)), min(bottom, max(one.y1 for one in inside))
        for x in (rule.x0, rule.x1):
            side = [one for one in upright if abs(one.x0 - x) < _SNAP and one.y1 > top and one.y0 < bottom]
            if sum(one.y1 - one.y0 for one in side) < 0.5 * (bottom - top):
                added.append(Rule(x, top, x, bottom))
    return list(dict.fromkeys(added))


def _grid(cells: Sequence[tuple[float, float, float, float]], glyphs: Sequence[Glyph]) -> tuple[Grid, set[int]] | None:
    xs = _stops([x for cell in cells for x in (cell[0], cell[2])])
    ys = _stops([y for cell in cells for y in (cell[1], cell[3])])
    if len(xs) < 3 or len(ys) < 3 or len(cells) > 40_000:
        return None
    box = Box(xs[0], ys[0], xs[-1], ys[-1])
    inside = [
        glyph for glyph in glyphs
        if box.y0 < _middle(glyph) < box.y1 and box.x0 < (glyph.x0 + glyph.x1) / 2 < box.x1
    ]  # fmt: skip
    places: dict[tuple[int, int], int] = {}
    spans = []
    for number, (x0, y0, x1, y1) in enumerate(cells):
        left, right, top, bottom = _at(xs, x0), _at(xs, x1), _at(ys, y0), _at(ys, y1)
        spans.append((top, left, bottom, right))
        places.update({(row, column): number for row in range(top, bottom) for column in range(left, right)})
    held: dict[int, list[Glyph]] = {}
    taken = set()
    for glyph in inside:
        row, column = bisect_left(ys, _middle(glyph)) - 1, bisect_left(xs, (glyph.x0 + glyph.x1) / 2) - 1
        if (place := places.get((row, column))) is not None:
            held.setdefault(place, []).append(glyph)
            taken.add(id(glyph))
    texts = {number: cell_text(found) for number, found in held.items()}
    if sum(bool(content) for content in texts.values()) < 2:
        return None
    made = tuple(
        Cell(top, left, texts.get(number, ""), bottom - top, right - left, _bold(held.get(number, ())))
        for number, (top, left, bottom, right) in enumerate(spans)
        if bottom > top and right > left
    )
    return Grid(made, box=box), taken


def cell_text(glyphs: Sequence[Glyph]) -> str:
    """The lines of a cell as one text: Chinese goes on without a space, English with one."""
    done = ""
    for row in rows(pieces(glyphs)):
        more = text([glyph for piece in row for glyph in piece.glyphs])
        done += ("" if not done or _WIDE.match(done[-1]) or _WIDE.match(more[:1]) else " ") + more
    return done


def _stops(values: Sequence[float]) -> list[float]:
    """Distinct positions, those within the snap distance taken as one."""
    stops: list[float] = []
    for value in sorted(values):
        if not stops or value - stops[-1] > _SNAP:
            stops.append(value)
    return stops


def _at(stops: Sequence[float], value: float) -> int:
    return min(range(len(stops)), key=lambda number: abs(stops[number] - value))


def _middle(glyph: Glyph) -> float:
    return glyph.base - 0.35 * glyph.size


def _bold(glyphs: Sequence[Glyph]) -> bool:
    inked = [glyph for glyph in glyphs if not glyph.text.isspace()]
    return bool(inked) and all(glyph.bold for glyph in inked)
