"""Text without numbered units → groups of paragraphs of a size that can be read at a glance and cited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.documents.structure.paragraphs import Block, Paragraph, Tabled
from index.text import sentences
from index.types import Language

_WANTED = {Language.ZH: 220, Language.EN: 700}  # characters; a group is closed once it has so many
_LONGEST = {Language.ZH: 450, Language.EN: 1400}  # a group is closed before it would have more


def passages(blocks: Sequence[Block], language: Language) -> Iterator[Tabled | tuple[int, list[Paragraph]]]:
    """Tables, and groups of paragraphs with the ordinal of their first; overlong paragraphs are cut at sentences."""
    group: list[Paragraph] = []
    ordinal = first = 1
    for block in blocks:
        if isinstance(block, Tabled):
            if group:
                yield first, group
            group, first = [], ordinal
            yield block
            continue
        for piece in _pieces(block, language):
            size = sum(len(paragraph.text) for paragraph in group)
            full = size >= _WANTED[language] or size + len(piece.text) > _LONGEST[language]
            # A lead-in stays with what it leads to.
            if group and full and not group[-1].text.endswith(("：", ":")):
                yield first, group
                group, first = [], ordinal
            group.append(piece)
            ordinal += 1
    if group:
        yield first, group


def _pieces(paragraph: Paragraph, language: Language) -> Iterator[Paragraph]:
    if len(paragraph.text) <= 2 * _LONGEST[language]:
        yield paragraph
        return
    start = end = 0
    for sentence in sentences(paragraph.text, language):
        at = paragraph.text.index(sentence, end)
        if end > start and at + len(sentence) - start > _LONGEST[language]:
            yield paragraph.cut(start, at)
            start = at
        end = at + len(sentence)
    yield paragraph.cut(start)
