"""Printed lines → paragraphs: what a line break tore apart is joined, every line still knows where it stood."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.documents.reading.types import Table
from index.documents.structure.layout import Wrapping
from index.documents.structure.noise import Placed
from index.documents.structure.spelling import is_wide, tidy
from index.types import Span

# Words that keep their hyphen at the end of a line: low-|interest, medium-|sized.
_PREFIXES = {
    "self", "non", "well", "high", "low", "long", "short", "small", "medium", "large", "cross", "mid", "post", "pre",
    "co", "full", "part", "first", "second", "third", "one", "two", "multi",
    "policy", "micro", "market", "risk",
    "credit", "interest", "technology", "innovation", "government", "state", "bank", "follow", "re", "on", "off", "so",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its lines' places; `right` is set to the right of the page, as a signature is."""

    text: str
    spans: tuple[Span, ...]
    size: float | None = None
    bold: bool = False
    centred: bool = False
    right: bool = False
    level: int | None = None
    confidence: float | None = None

    @property
    def page(self) -> int:
        """Where it begins."""
        return self.spans[0].page if self.spans else 1

    def cut(self, start: int, end: int | None = None) -> Paragraph:
        """A stretch of it, blanks at its ends left out."""
        stop = len(self.text) if end is None else end
        piece = self.text[start:stop]
        start += len(piece) - len(piece.lstrip())
        text = piece.strip()
        stop = start + len(text)
        spans = tuple(
            replace(span, start=max(span.start, start) - start, end=min(span.end, stop) - start)
            for span in self.spans
            if span.start < stop and span.end > start
        )
        return replace(self, text=text, spans=spans)


@dataclass(frozen=True, slots=True)
class Tabled:
    """A table in the flow of paragraphs."""

    table: Table
    page: int


Block = Paragraph | Tabled


def together(paragraphs: Sequence[Paragraph], between: str = "\n") -> Paragraph:
    """One text of several paragraphs."""
    text, spans = "", list[Span]()
    for paragraph in paragraphs:
        offset = len(text) + (len(between) if text else 0)
        text = text + between + paragraph.text if text else paragraph.text
        spans += [replace(span, start=span.start + offset, end=span.end + offset) for span in paragraph.spans]
    known = [p.confidence for p in paragraphs if p.confidence is not None]
    first = paragraphs[0] if paragraphs else Paragraph("", ())
    return replace(first, text=text, spans=tuple(spans), confidence=min(known) if known else None)


def usual_size(blocks: Sequence[Block]) -> float | None:
    """The size most of the text is set in: the median over its characters."""
    sized = sorted((block.size, len(block.text)) for block in blocks if isinstance(block, Paragraph) and block.size)
    half, seen = sum(count for _, count in sized) / 2, 0
    for size, count in sized:
        seen += count
        if seen >= half:
            return size
    return None


def paragraphs(placed: Sequence[Placed]) -> list[Block]:
    """Lines joined where one runs on into the next, across columns and pages too; tables stay where they are."""
    wrapping = Wrapping(placed)
    words = _words(placed)
    found: list[Block] = []
    lines: list[Paragraph] = []  # of the paragraph that is open
    previous: Placed | None = None
    for here in placed:
        if previous is not None and (isinstance(here.block, Table) or not wrapping.continues(previous, here)):
            found.append(_joined(lines, words))
            lines = []
        if isinstance(here.block, Table):
            found.append(Tabled(here.block, here.page.number))
            previous = None
            continue
        lines.append(_single(here, wrapping))
        previous = here
    if lines:
        found.append(_joined(lines, words))
    return found


def _single(here: Placed, wrapping: Wrapping) -> Paragraph:
    line = here.block
    assert not isinstance(line, Table)
    text = tidy(line.text)
    box = (line.box.x0, line.box.y0, line.box.x1, line.box.y1) if line.box else None
    return Paragraph(
        text,
        (Span(0, len(text), here.page.number, box, here.page.ocr),),
        line.size,
        line.bold,
        line.centred,
        wrapping.to_the_right(here),
        line.level,
        line.confidence,
    )


def _joined(lines: Sequence[Paragraph], words: Counter[str]) -> Paragraph:
    """One paragraph of its lines: without blanks in Chinese, with broken English words made whole."""
    if len(lines) == 1:
        return lines[0]
    texts: list[str] = []
    spans: list[Span] = []
    length = 0
    for place, line in enumerate(lines):
        text, between = line.text, ""
        if place + 1 < len(lines):
            text, between = _end(text, lines[place + 1].text, words)
        offset, longest = length, len(text)
        spans += [
            replace(span, start=span.start + offset, end=min(span.end, longest) + offset)
            for span in line.spans
            if span.start < longest
        ]
        texts += [text, between]
        length += len(text) + len(between)
    known = [line.confidence for line in lines if line.confidence is not None]
    return replace(lines[0], text="".join(texts), spans=tuple(spans), confidence=min(known) if known else None)


def _end(text: str, after: str, words: Counter[str]) -> tuple[str, str]:
    """A line as it goes on into the next, and what stands between them."""
    broken = re.search(r"([A-Za-z]+)[-\u00ad\u2010]$", text)
    rest = re.match(r"[a-z]+", after)
    if broken and rest:
        whole, hyphened = (broken[1] + rest[0]).lower(), f"{broken[1]}-{rest[0]}".lower()
        apart = words[hyphened] > words[whole] or (not words[whole] and broken[1].lower() in _PREFIXES)
        return (text if apart else text[:-1]), ""
    tight = is_wide(text[-1]) or is_wide(after[0]) or text.endswith(("/", "—"))
    return text, "" if tight else " "


def _words(placed: Sequence[Placed]) -> Counter[str]:
    """How often words stand within lines, whole or hyphened: tells which hyphens belong to the word."""
    lines = [here.block.text for here in placed if not isinstance(here.block, Table)]
    return Counter(word.lower() for line in lines for word in re.findall(r"[A-Za-z]+(?:-[A-Za-z]+)*(?!-$|\w)", line))
