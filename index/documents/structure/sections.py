"""A document falls into its main text and its attachments; each has its frame taken off and its body left."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from index.documents.structure.head import contents_end, framed, head, may_be_title
from index.documents.structure.numbering import numbered
from index.documents.structure.paragraphs import Block, Paragraph, Tabled
from index.documents.structure.patterns import fits, pattern
from index.documents.structure.spelling import flat, is_wide
from index.documents.structure.tail import tail
from index.documents.structure.types import Framing, Role

_SENTENCE = re.compile(r"[。；！？;!?]$|[a-z)]\.$")


@dataclass(slots=True)
class Section:
    """The main text or one attachment: its frame taken off, its body left."""

    label: str = ""  # as printed: 附件1
    title: str = ""
    frame: list[Framing] = field(default_factory=list)
    body: list[Block] = field(default_factory=list)


def sections(blocks: Sequence[Block]) -> list[Section]:
    """The main text first, then every attachment, each without its frame."""
    cut: list[tuple[str, list[Block]]] = [("", [])]
    begun = _begins_attachment(blocks)
    for place, block in enumerate(blocks):
        if place in begun:
            cut.append((begun[place], [block]))
        else:
            cut[-1][1].append(block)
    names = _enclosed(cut[0][1])
    return [_section(label, inside, names, first=place == 0) for place, (label, inside) in enumerate(cut)]


def _enclosed(blocks: Sequence[Block]) -> set[str]:
    """The titles of attachments, as the list 附件：1. … gives them."""
    lines = [block.text for block in blocks if isinstance(block, Paragraph)]
    start = next((place for place, line in enumerate(lines) if fits("enclosures", line)), None)
    listed = [] if start is None else lines[start : start + 12]
    bare = [re.sub(r"^(?:附件[^:：]{0,3}[:：])? ?(?:\d{1,2} ?[.、])? ?|[。；;]$", "", flat(line)) for line in listed]
    return {re.sub(r"\s|[《》]", "", name) for name in bare}


def _begins_attachment(blocks: Sequence[Block]) -> dict[int, str]:
    """Where attachments begin, with their labels: a line 附件1, or a new title behind signature and date."""
    found: dict[int, str] = {}
    dated = False
    for place, block in enumerate(blocks):
        if isinstance(block, Tabled):
            continue
        text = block.text
        match = pattern("attachment").fullmatch(text)
        if match and not _lists_enclosures(blocks, place, dated) and _is_label(match, block, place, dated):
            number = (match[1] or match[3] or "").strip()
            word = re.match(r"附件|附录|附表|附", text)
            name = word[0] if word and not match[3] else re.split(r"[ .:]", text)[0]
            found[place] = _label(name, number) if number else _bare(text)
            dated = False
        elif fits("date", text.replace(" ", "") if text[:1] > "\u3000" else text) and place > 3:
            dated = True
        elif dated and _heads(block) and may_be_title(block) and not found and _rest(blocks, place):
            found[place] = ""
            dated = False
    return found


def _label(name: str, number: str) -> str:
    return f"{name}{number}" if is_wide(name[-1:]) else f"{name} {number}"


def _bare(text: str) -> str:
    return "附件" if text.startswith("附") else text.split(" ")[0].rstrip(":.")


def _heads(block: Paragraph) -> bool:
    return block.centred or block.level in (0, 1) or (fits("title", block.text) and len(block.text) <= 60)


def _rest(blocks: Sequence[Block], place: int) -> bool:
    """Whether a numbered text follows soon: a title behind the date heads something."""
    following = [block for block in blocks[place + 1 : place + 12] if isinstance(block, Paragraph)]
    return any(numbered(block.text) for block in following)


def _is_label(match: re.Match[str], block: Paragraph, place: int, dated: bool) -> bool:
    rest = (match[2] or match[4] or "").strip()
    number = match[1] or match[3]
    if place == 0 or _SENTENCE.search(rest) or len(rest) > 60 or block.text.startswith("附则"):
        return False
    if not number:
        return not rest and (
            not block.text.startswith("附") or block.text.rstrip("：: ") in ("附件", "附录", "附表", "附")
        )
    return (
        not rest
        or fits("title", rest)
        or bool(re.search("表$", rest))
        or block.centred
        or block.level is not None
        or dated
    )


def _lists_enclosures(blocks: Sequence[Block], place: int, dated: bool) -> bool:
    """附件：1.… and 附件2：… that stand before the signature name what is enclosed."""
    if dated:
        return False
    block = blocks[place]
    assert isinstance(block, Paragraph)
    if not re.match(r"附件[^:：]{0,4}[:：] ?\S", block.text):
        return False
    return any(
        isinstance(after, Paragraph) and fits("date", after.text.replace(" ", ""))
        for after in blocks[place + 1 : place + 16]
    )


def _section(label: str, blocks: list[Block], names: set[str], *, first: bool) -> Section:
    section = Section(label)
    rest, framed_by_table = _table_frames(blocks)
    if first:
        frame, taken = head(rest)
        section.frame += frame
        rest = rest[taken:]
    else:
        rest = _attachment_head(rest, section, names)
    section.body, frame = tail(rest)
    section.frame += [*frame, *framed_by_table]
    # An order only puts a text into force: its own name is that of the office, the title is the text's.
    orders = [framing for framing in section.frame if framing.role is Role.TITLE and re.search("令$", framing.text)]
    section.frame = [replace(f, role=Role.MASTHEAD) if f in orders else f for f in section.frame]
    titles = [framing.text for framing in section.frame if framing.role is Role.TITLE]
    section.title = titles[0] if titles else ""
    return section


def _table_frames(blocks: list[Block]) -> tuple[list[Block], list[Framing]]:
    """抄送 and 印发 set as a table, which word processors do for the rule above them."""
    kept, frame = list[Block](), list[Framing]()
    for place, block in enumerate(blocks):
        if isinstance(block, Tabled):
            if place == 0 and len(fields := _fields(block)) > 1:
                frame += [Framing(Role.NOTE, field) for field in fields]
                continue
            rows = [" ".join(dict.fromkeys(filter(None, row))) for row in (block.table.header, *block.table.rows)]
            rows = [row for row in rows if row]
            roles = [
                Role.COPIES if fits("copies", row) else Role.PRINTED if fits("printed", row) else None for row in rows
            ]
            if rows and all(roles):
                frame += [Framing(role, row) for role, row in zip(roles, rows, strict=True) if role]
                continue
        kept.append(block)
    return kept, frame


def _fields(block: Tabled) -> list[str]:
    """发文机关：…, 文号：…: the cells of the table that a government page prints above a document, in pairs."""
    found = []
    for row in (block.table.header, *block.table.rows):
        for name, value in zip(row[::2], row[1::2], strict=False):
            if fits("field", re.sub(r"\s", "", name)):
                bare = re.sub(r"[\s:：]", "", name)
                found.append(f"{bare}：{value.strip()}")
    cells = sum(len(row) for row in (block.table.header, *block.table.rows))
    return found if len(found) >= cells / 4 else []


def _attachment_head(blocks: list[Block], section: Section, names: set[str]) -> list[Block]:
    place, taken = 0, list[tuple[Role, Paragraph]]()
    if section.label and blocks and isinstance(blocks[0], Paragraph):
        match = pattern("attachment").fullmatch(blocks[0].text)
        rest = (match[2] or match[4] or "").strip() if match else ""
        if rest:
            taken.append((Role.TITLE, blocks[0].cut(len(blocks[0].text) - len(rest))))
        place = 1
    while place < min(len(blocks), 6) and (len(taken) < 4):
        block = blocks[place]
        if isinstance(block, Tabled) or numbered(block.text) or not may_be_title(block):
            break
        if fits("contents", block.text.replace(" ", "")):
            end = contents_end(blocks, place)
            taken += [(Role.CONTENTS, p) for p in blocks[place:end] if isinstance(p, Paragraph)]
            place = end
            continue
        adopted = fits("adoption", block.text)
        if taken and not (block.centred or adopted):
            break
        named = re.sub(r"\s|[《》]", "", flat(block.text)) in names
        looks = block.centred or block.bold or block.level is not None or fits("title", block.text)
        if not taken and not (looks or named):
            break
        taken.append((Role.ADOPTION if adopted else Role.TITLE, block))
        place += 1
    section.frame += framed(taken)
    return blocks[place:]
