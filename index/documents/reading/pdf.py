"""PDF → pages of lines and tables; pages without text are read from their picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from index.documents.reading import lines, order, rulings
from index.documents.reading.grids import table, with_caption
from index.documents.reading.limits import Limits
from index.documents.reading.pdfium import Drawn, Glyph, PdfFile, PdfPage
from index.documents.reading.sideways import Frame
from index.documents.reading.types import Box, Format, Line, Page, Reading, Table
from index.errors import OverLimitError


def read_pdf(content: bytes, limits: Limits, progress: Callable[[int, int], None]) -> Reading:
    """Every page, in order; `progress` hears of each."""
    file = PdfFile(content)
    if file.pages > limits.pages:
        raise OverLimitError("too-many-pages", found=file.pages, limit=limits.pages)
    pages, warnings = [], []
    characters = 0
    for number in range(1, file.pages + 1):
        with file.page(number) as page:
            read, said = _page(page, number)
        pages.append(read)
        warnings += said
        characters += sum(len(block.text) for block in read.blocks if isinstance(block, Line))
        if characters > limits.characters:
            raise OverLimitError("too-many-characters", limit=limits.characters)
        progress(number, file.pages)
    file.close()
    return Reading(Format.PDF, tuple(pages), True, None, tuple(warnings))


def _page(page: PdfPage, number: int) -> tuple[Page, list[str]]:
    glyphs = page.glyphs()
    drawn = page.drawn()
    blocks = laid_out(glyphs, drawn, page.width, page.height)
    return Page(number, tuple(blocks), page.width, page.height), []


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
    area = Box(
        min(atom.box.x0 for atom in group), 0, max(atom.box.x1 for atom in group), 0
    )
    placed: list[tuple[float, Line | Table]] = [
        (atom.box.y0, tables[atom.key]) for atom in group if isinstance(atom, order.Block)
    ]
    for row in lines.rows([atom for atom in group if isinstance(atom, lines.Piece)]):
        made = lines.line(row, area.x0, area.x1)
        assert made.box is not None
        placed.append((made.box.y0, made))
    return [block for _, block in sorted(placed, key=lambda pair: pair[0])]
