"""What stands behind the last clause: the list of enclosures, signature, date, notes, 抄送 and 印发."""

from __future__ import annotations

import re

from index.documents.structure.numbering import numbered
from index.documents.structure.paragraphs import Block, Paragraph, Tabled
from index.documents.structure.patterns import fits, pattern
from index.documents.structure.types import Framing, Role

_SENTENCE = re.compile(r"[。；！？;!?]$|[a-z)]\.$")
_SIGNERS = 20
_BEHIND = 6  # paragraphs that may stand behind a date: notes, contacts, what a web page adds


def tail(blocks: list[Block]) -> tuple[list[Block], list[Framing]]:
    """From the end backwards; the blocks that are left, and the frame in printed order."""
    behind: list[Framing] = []
    kept = list(blocks)
    while kept and isinstance(kept[-1], Paragraph):
        last = kept[-1]
        role = next((role for role in (Role.COPIES, Role.PRINTED, Role.NOTE) if fits(role.value, last.text)), None)
        if role is None:
            break
        behind.append(Framing(role, last.text, last.spans))
        kept.pop()
    kept = _notes_behind_date(kept, behind)
    kept = _parties(kept, behind)
    kept = _signature(kept, behind)
    kept = _enclosures(kept, behind)
    return kept, behind[::-1]


def _notes_behind_date(kept: list[Block], behind: list[Framing]) -> list[Block]:
    """Short lines behind signature and date belong to the frame as well."""
    for back in range(2, min(len(kept), _BEHIND) + 1):
        block, above = kept[-back], kept[-back - 1] if len(kept) > back else None
        after = kept[1 - back :]
        if any(isinstance(b, Tabled) or numbered(b.text) or len(b.text) > 80 for b in after):
            return kept
        signed = isinstance(above, Paragraph) and _signs(above)
        if isinstance(block, Paragraph) and _is_date(block.text) and signed:
            behind += [Framing(Role.NOTE, b.text, b.spans) for b in reversed(after) if isinstance(b, Paragraph)]
            return kept[: 1 - back]
    return kept


def _parties(kept: list[Block], behind: list[Framing]) -> list[Block]:
    """甲方：…, 乙方：… below an agreement, and the date under them."""
    last = kept[-1] if kept else None
    dated = isinstance(last, Paragraph) and _is_date(last.text)
    lines = kept[:-1] if dated else kept
    count = 0
    while count < len(lines) and isinstance(block := lines[-1 - count], Paragraph) and fits("party", block.text):
        count += 1
    if count < 2 or count == len(lines):
        return kept
    signed = [block for block in lines[-count:] if isinstance(block, Paragraph)]
    if dated and isinstance(last, Paragraph):
        behind.append(Framing(Role.DATE, last.text, last.spans))
    behind += [Framing(Role.SIGNATURE, block.text, block.spans) for block in reversed(signed)]
    return lines[:-count]


def _is_date(text: str) -> bool:
    return fits("date", text) or fits("date", text.replace(" ", ""))


def _signature(kept: list[Block], behind: list[Framing]) -> list[Block]:
    if not kept or not isinstance(kept[-1], Paragraph):
        return kept
    last = kept[-1]
    if not _is_date(last.text):
        # 中国人民银行2024年10月8日 on one line
        match = re.fullmatch(rf"(?P<who>[^。；，,;]{{2,40}}?) ?(?P<when>{pattern('date').pattern})", last.text)
        if match is not None and not numbered(last.text):
            behind.append(Framing(Role.DATE, match["when"], last.cut(match.start("when")).spans))
            behind.append(Framing(Role.SIGNATURE, match["who"], last.cut(0, match.end("who")).spans))
            return kept[:-1]
        if last.right and _signs(last):
            return _right(kept, behind)
        if len(kept) > 1 and fits("organisation", last.text.replace(" ", "")) and last.level is None:
            behind.append(Framing(Role.SIGNATURE, last.text, last.spans))
            return kept[:-1]
        return kept
    behind.append(Framing(Role.DATE, last.text, last.spans))
    kept = kept[:-1]
    for _ in range(_SIGNERS):
        if not kept or not isinstance(kept[-1], Paragraph) or not _signs(kept[-1]):
            break
        behind.append(Framing(Role.SIGNATURE, kept[-1].text, kept[-1].spans))
        kept = kept[:-1]
    return kept


def _right(kept: list[Block], behind: list[Framing]) -> list[Block]:
    """A signature whose date cannot be read: a stamp may lie over it."""
    for _ in range(_SIGNERS):
        last = kept[-1]
        if len(kept) < 2 or not isinstance(last, Paragraph) or not last.right or not _signs(last):
            break
        behind.append(Framing(Role.SIGNATURE, last.text, last.spans))
        kept = kept[:-1]
    return kept


def _signs(paragraph: Paragraph) -> bool:
    text = paragraph.text
    if fits("closing", text):
        return False
    plain = not re.search(r"[。；，：:,;.、《]", text) and numbered(text) is None and len(text) <= 60
    return plain and (paragraph.right or paragraph.centred or (paragraph.level is None and len(text) <= 40))


def _enclosures(kept: list[Block], behind: list[Framing]) -> list[Block]:
    for back in range(1, min(len(kept), 12) + 1):
        block = kept[-back]
        if isinstance(block, Tabled):
            break
        if fits("enclosures", block.text):
            listed = [b for b in kept[-back:] if isinstance(b, Paragraph)]
            behind += [Framing(Role.ENCLOSURES, b.text, b.spans) for b in reversed(listed)]
            return kept[:-back]
        if _SENTENCE.search(block.text):
            break
    return kept
