"""Characters with places → pieces of printed lines; everything here runs from left to right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from index.documents.reading.pdfium import Glyph
from index.documents.reading.types import Box, Line

WIDE = re.compile(
    "[\u1100-\u11ff\u2460-\u24ff\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]"
)
_NEAR = 1.25  # ems of white that may lie within a piece, such as a wide space; wider white may part columns
_SAME_ROW = 0.35  # ems between base lines of one row: less than line spacing, enough for raised footnote marks


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of one printed line, in order, white between them narrower than any gutter."""

    glyphs: tuple[Glyph, ...]
    x0: float
    x1: float
    base: float
    size: float

    @property
    def box(self) -> Box:
        """Around its letters, about."""
        return Box(self.x0, self.base - 0.88 * self.size, max(self.x1, self.x0 + 0.1), self.base + 0.14 * self.size)

    @property
    def ems(self) -> float:
        """Its width in letters of its own size."""
        return (self.x1 - self.x0) / max(self.size, 0.1)


def pieces(glyphs: Sequence[Glyph]) -> list[Piece]:
    """Rows from top to bottom, each from left to right, cut where white may part columns."""
    found = []
    for row in _rows(_runs(glyphs)):
        ordered = _once(sorted(row, key=lambda glyph: glyph.x0))
        start = 0
        for number in range(1, len(ordered) + 1):
            if number == len(ordered) or _apart(ordered[number - 1], ordered[number]):
                if any(not glyph.text.isspace() for glyph in ordered[start:number]):
                    found.append(piece(ordered[start:number]))
                start = number
    return found


def piece(glyphs: Sequence[Glyph]) -> Piece:
    """One piece of these characters, which hold at least one that is not white."""
    inked = [glyph for glyph in glyphs if not glyph.text.isspace()]
    middle = len(inked) // 2
    return Piece(
        tuple(glyphs), min(glyph.x0 for glyph in inked), max(glyph.x1 for glyph in inked),
        sorted(glyph.base for glyph in inked)[middle], sorted(glyph.size for glyph in inked)[middle],
    )  # fmt: skip


def rows(found: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces that stand beside each other, from top to bottom."""
    done: list[list[Piece]] = []
    for one in sorted(found, key=lambda piece: (piece.base, piece.x0)):
        if done and one.base - done[-1][0].base < _SAME_ROW * max(one.size, done[-1][0].size):
            done[-1].append(one)
        else:
            done.append([one])
    return [sorted(row, key=lambda piece: piece.x0) for row in done]


def line(row: Sequence[Piece], left: float, right: float) -> Line:
    """Pieces beside each other as one printed line of a text area from `left` to `right`."""
    whole = piece([glyph for part in row for glyph in part.glyphs])
    inked = [glyph for glyph in whole.glyphs if not glyph.text.isspace()]
    margins = whole.x0 - left, right - whole.x1
    off = max(1.5 * whole.size, 0.04 * (right - left))
    centred = min(margins) > 1.5 * whole.size and abs(margins[0] - margins[1]) < off
    bold = sum(glyph.bold for glyph in inked) * 2 > len(inked)
    return Line(text(whole.glyphs), whole.box, round(whole.size, 2), bold, centred)


def text(glyphs: Sequence[Glyph]) -> str:
    """The characters with a space where the file has one or where as much white was left; two where much more was."""
    inked: list[tuple[Glyph, bool]] = []
    spaced = False
    for glyph in glyphs:
        if glyph.text.isspace():
            spaced = True
        else:
            inked.append((glyph, spaced and bool(inked)))
            spaced = False
    gaps = [(right.x0 - left.x1) / max(left.size, right.size, 0.1) for (left, _), (right, _) in pairwise(inked)]
    usual = _letter_spacing([glyph for glyph, _ in inked], gaps)
    parts = [inked[0][0].text] if inked else []
    for ((last, _), (glyph, space)), gap in zip(pairwise(inked), gaps, strict=True):
        parts.append(_white(last, glyph, space, gap - usual) + glyph.text)
    return "".join(parts)


def _letter_spacing(inked: Sequence[Glyph], gaps: Sequence[float]) -> float:
    """Ems of white after every letter: of titles that are spaced out, of lines stretched to both margins."""
    between = [
        gap for (left, right), gap in zip(pairwise(inked), gaps, strict=True)
        if WIDE.match(left.text) and WIDE.match(right.text)
    ]  # fmt: skip
    if not between:
        return 0.0
    if len(between) == len(gaps) and min(between) > 0.15 and max(between) - min(between) < 0.5:
        return max(between)
    return min(max(median(between), 0.0), 1.0) if len(between) > 3 else 0.0


def _white(last: Glyph, glyph: Glyph, space: bool, gap: float) -> str:
    """Between Chinese and Latin letters word processors leave a quarter of an em by themselves: that is no space."""
    wide = bool(WIDE.match(last.text)) + bool(WIDE.match(glyph.text))
    if gap > 2.2:
        return "  "
    return " " if (space and gap > -0.3) or gap > (0.17, 0.4, 0.2)[wide] else ""


def _runs(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Characters that follow each other in the file and on the page."""
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        last = runs[-1][-1] if runs else None
        if last is not None and abs(last.base - glyph.base) < 0.1 * glyph.size and glyph.size == last.size:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return runs


def _rows(runs: Sequence[list[Glyph]]) -> list[list[Glyph]]:
    done: list[tuple[float, float, list[Glyph]]] = []
    for run in sorted(runs, key=lambda run: run[0].base):
        size = max(glyph.size for glyph in run)
        if done and run[0].base - done[-1][0] < _SAME_ROW * max(size, done[-1][1]):
            done[-1][2].extend(run)
        else:
            done.append((run[0].base, size, list(run)))
    return [row for _, _, row in done]


def _once(ordered: Sequence[Glyph]) -> list[Glyph]:
    """Without characters printed twice in the same place, which makes them look bold."""
    kept: list[Glyph] = []
    for glyph in ordered:
        if any(
            other.text == glyph.text and abs(other.x0 - glyph.x0) < 0.15 * glyph.size and not glyph.text.isspace()
            for other in kept[-3:]
        ):
            continue
        kept.append(glyph)
    return kept


def _apart(last: Glyph, glyph: Glyph) -> bool:
    return glyph.x0 - last.x1 > _NEAR * min(last.size, glyph.size)
