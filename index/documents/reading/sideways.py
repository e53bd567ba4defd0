"""Pages whose lines run up or down: turned so that they run from left to right, and places turned back."""

from __future__ import annotations

from dataclasses import dataclass

from index.documents.reading.pdfium import Glyph, Rule
from index.documents.reading.types import Box


@dataclass(frozen=True, slots=True)
class Frame:
    """A page of this size seen from the side on which lines that run `way` degrees clockwise are upright."""

    way: int
    width: float
    height: float

    def glyph(self, glyph: Glyph) -> Glyph:
        """The character in this frame."""
        if self.way == 0:
            return glyph
        box = self.box(Box(glyph.x0, glyph.y0, glyph.x1, glyph.y1))
        if self.way == 180:
            base = self.height - glyph.base
        else:
            base = self.width - glyph.base if self.way == 90 else glyph.base
        return glyph._replace(x0=box.x0, x1=box.x1, y0=box.y0, y1=box.y1, base=base)

    def rule(self, rule: Rule) -> Rule:
        """The line in this frame."""
        box = self.box(Box(*rule))
        return Rule(box.x0, box.y0, box.x1, box.y1)

    def box(self, box: Box) -> Box:
        """A rectangle in this frame."""
        if self.way == 90:
            return Box(box.y0, self.width - box.x1, box.y1, self.width - box.x0)
        if self.way == 180:
            return Box(self.width - box.x1, self.height - box.y1, self.width - box.x0, self.height - box.y0)
        if self.way == 270:
            return Box(self.height - box.y1, box.x0, self.height - box.y0, box.x1)
        return box

    def shown(self, box: Box) -> Box:
        """A rectangle of this frame on the page as it is shown."""
        if self.way == 90:
            return Box(self.width - box.y1, box.x0, self.width - box.y0, box.x1)
        if self.way == 180:
            return self.box(box)
        if self.way == 270:
            return Box(box.y0, self.height - box.x1, box.y1, self.height - box.x0)
        return box
