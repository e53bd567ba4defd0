"""Characters and ruling lines of one page → lines and tables in reading order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from index.documents.reading import lines, order, rulings
from index.documents.reading.grids import table, with_caption
from index.documents.reading.pdfium import Drawn, Glyph
from index.documents.reading.sideways import Frame
from index.documents.reading.types import Line, Table


def laid_out(glyphs: Sequence[Glyph], drawn: Drawn, width: float, height: float) -> list[Line | Table]:
    """Lines and tables in reading order: first what runs the way most of the page does, then what runs across."""
    ways = Counter(glyph.turn for glyph in glyphs if glyph.turn >= 0 and not glyph.text.isspace())
    done: list[Line | Table] = []
    for way, _ in ways.most_common():
        frame = Frame(way, width, height)
        turned = [frame.glyph(glyph) for glyph in glyphs if glyph.turn == way]
        rules = Drawn([frame.rule(rule) for rule in drawn.rules], drawn.fills, drawn.pictures) if not done else None
        done += [
            replace(block, box=frame.shown(block.box)) if block.box is not None else block
            for block in _ordered(turned, rules)
        ]
    return done


def _ordered(glyphs: Sequence[Glyph], drawn: Drawn | None) -> list[Line | Table]:
    tables: list[Table] = []
    taken: set[int] = set()
    for grid, theirs in rulings.grids(drawn, glyphs) if drawn is not None else []:
        if (made := table(grid)) is not None:
            tables.append(made)
            taken |= theirs
    atoms: list[order.Atom] = list(lines.pieces([glyph for glyph in glyphs if id(glyph) not in taken]))
    atoms += [order.Block(number, made.box) for number, made in enumerate(tables) if made.box is not None]
    done: list[Line | Table] = []
    for group in order.columns(atoms):
        done += _column(group, tables)
    return with_caption(done)


def _column(group: Sequence[order.Atom], tables: Sequence[Table]) -> list[Line | Table]:
    left, right = min(atom.box.x0 for atom in group), max(atom.box.x1 for atom in group)
    placed: list[tuple[float, Line | Table]] = [
        (atom.box.y0, tables[atom.key]) for atom in group if isinstance(atom, order.Block)
    ]
    for row in lines.rows([atom for atom in group if isinstance(atom, lines.Piece)]):
        made = lines.line(row, left, right)
        assert made.box is not None
        placed.append((made.box.y0, made))
    return [block for _, block in sorted(placed, key=lambda pair: pair[0])]
