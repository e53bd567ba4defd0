"""What stands before and behind the clauses: masthead, number, title, addressee; signature, date, 抄送, attachments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.documents.structure.numbering import Style, numbered
from index.documents.structure.paragraphs import Block, Paragraph, Tabled, together
from index.documents.structure.patterns import fits, pattern
from index.documents.structure.spelling import flat, is_wide
from index.documents.structure.types import Framing, Role

_HEAD = 30  # paragraphs; a head is never longer
_LONGEST_TITLE = 120
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
            word = re.match(r"[^\d\s:：]+", text)
            name = word[0] if word and not match[3] else re.split(r"[ .:]", text)[0]
            found[place] = _label(name, number) if number else _bare(text)
            dated = False
        elif fits("date", text.replace(" ", "") if text[:1] > "\u3000" else text) and place > 3:
            dated = True
        elif (
            dated
            and (block.centred or block.level in (0, 1))
            and _is_title(block)
            and not found
            and _rest(blocks, place)
        ):
            found[place] = ""
            dated = False
    return found


def _label(name: str, number: str) -> str:
    return f"{name}{number}" if is_wide(name[-1:]) else f"{name} {number}"


def _bare(text: str) -> str:
    return "附件" if text.startswith("附") else text.split(" ")[0].rstrip(":.")


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
    rest = _table_frames(blocks, section)
    rest = _head(rest, section) if first else _attachment_head(rest, section, names)
    section.body = _tail(rest, section)
    titles = [framing.text for framing in section.frame if framing.role is Role.TITLE]
    section.title = titles[0] if titles else ""
    return section


def _table_frames(blocks: list[Block], section: Section) -> list[Block]:
    """抄送 and 印发 set as a table, which word processors do for the rule above them."""
    kept = list[Block]()
    for block in blocks:
        if isinstance(block, Tabled):
            rows = [" ".join(dict.fromkeys(filter(None, row))) for row in (block.table.header, *block.table.rows)]
            rows = [row for row in rows if row]
            roles = [
                Role.COPIES if fits("copies", row) else Role.PRINTED if fits("printed", row) else None for row in rows
            ]
            if rows and all(roles):
                section.frame += [Framing(role, row) for role, row in zip(roles, rows, strict=True) if role]
                continue
        kept.append(block)
    return kept


def _head(blocks: list[Block], section: Section) -> list[Block]:
    taken: list[tuple[Role, Paragraph]] = []
    place = 0
    while place < min(len(blocks), _HEAD):
        block = blocks[place]
        if isinstance(block, Tabled):
            break
        role = _role_at_head(block, taken, blocks[place + 1 : place + 8])
        if role is Role.CONTENTS:
            end = _contents_end(blocks, place)
            taken += [(Role.CONTENTS, p) for p in blocks[place:end] if isinstance(p, Paragraph)]
            place = end
            continue
        if role is None:
            break
        taken += _split_number(block) if role is Role.NUMBER else [(role, block)]
        place += 1
        if role is Role.ADDRESSEE:
            break
    section.frame += _framed(taken)
    return blocks[place:]


def _role_at_head(block: Paragraph, taken: list[tuple[Role, Paragraph]], following: Sequence[Block]) -> Role | None:
    seen = {role for role, _ in taken}
    last = taken[-1][1].text if taken and taken[-1][0] is Role.TITLE else ""
    text = block.text
    compact = text.replace(" ", "")
    titled = Role.TITLE in seen
    if fits("contents", compact):
        return Role.CONTENTS
    for name in ("copy_number", "secrecy", "urgency", "signer"):
        if fits(name, compact) and not titled:
            return Role(name.replace("_", " "))
    if _number_line(text) and not (titled and Role.NUMBER in seen):
        return Role.NUMBER
    if fits("date", compact) and (titled or block.centred):
        return Role.DATE
    if fits("adoption", compact) and titled:
        return Role.ADOPTION
    number = numbered(text)
    if number is not None and not (number.style is Style.ROMAN_CAPITAL and not titled):
        return None
    if titled and fits("addressee", compact):
        return Role.ADDRESSEE
    if not titled and _SENTENCE.search(text) is None and fits("masthead", compact) and _number_follows(following):
        return Role.MASTHEAD
    if block.level is not None and block.level >= 1 and titled:
        return None
    if _is_title(block) and (not titled or _more_title(block, text, last)):
        if not titled and Role.NUMBER not in seen and _number_follows(following) and not fits("title", compact):
            return Role.MASTHEAD
        return Role.TITLE
    return None


def _more_title(block: Paragraph, text: str, last: str) -> bool:
    """Whether a title runs on in this line: it is set like one, or only now comes to a title's end."""
    if fits("addressee", text):
        return False
    return block.centred or (fits("title", text) and not fits("title", last))


def _number_follows(following: Sequence[Block]) -> bool:
    return any(isinstance(block, Paragraph) and _number_line(block.text) for block in following[:5])


def _number_line(text: str) -> re.Match[str] | None:
    return re.fullmatch(
        rf"(?P<number>{pattern('number').pattern})(?P<signer> *签发人?[:：].*)?", flat(text).replace(" ", "")
    )


def _split_number(block: Paragraph) -> list[tuple[Role, Paragraph]]:
    """银发〔2024〕5号　签发人：张三 stand on one line."""
    at = re.search(r"签发", block.text)
    if at is None:
        return [(Role.NUMBER, block)]
    return [(Role.NUMBER, block.cut(0, at.start())), (Role.SIGNER, block.cut(at.start()))]


def _is_title(block: Paragraph) -> bool:
    text = block.text
    if len(text) > _LONGEST_TITLE or _SENTENCE.search(text) or text.endswith(("：", ":", "，", "、", ",")):
        return block.level == 0 and len(text) <= 2 * _LONGEST_TITLE
    return block.level is not None or block.centred or block.bold or len(text) <= 60


def _contents_end(blocks: Sequence[Block], start: int) -> int:
    """Behind the table of contents: its entries end in page numbers, or come again as headings later."""
    later = {re.sub(r"\s", "", b.text) for b in blocks[start + 1 :] if isinstance(b, Paragraph)}
    counts = [re.sub(r"\s", "", b.text) for b in blocks[start + 1 :] if isinstance(b, Paragraph)]
    place = start + 1
    while place < len(blocks):
        block = blocks[place]
        if isinstance(block, Tabled):
            break
        leader = re.search(r"(?:[.…·\s]{2,}|[.…·]\s?|\s)(?:[-—]?\s?\d{1,3}\s?[-—]?)$", block.text)
        bare = re.sub(r"[\s.…·]+\d*$|\s", "", block.text)
        again = counts.count(bare) > 1 or (leader and bare in later)
        if not (leader or again) or len(block.text) > 90:
            break
        place += 1
    return place if place > start + 1 else start + 1


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
        if isinstance(block, Tabled) or numbered(block.text) or not _is_title(block):
            break
        if fits("contents", block.text.replace(" ", "")):
            end = _contents_end(blocks, place)
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
    section.frame += _framed(taken)
    return blocks[place:]


def _framed(taken: Sequence[tuple[Role, Paragraph]]) -> list[Framing]:
    """Lines of one title or masthead joined."""
    found: list[tuple[Role, list[Paragraph]]] = []
    for role, paragraph in taken:
        if found and found[-1][0] is role and role in (Role.TITLE, Role.CONTENTS):
            found[-1][1].append(paragraph)
        else:
            found.append((role, [paragraph]))
    joined = []
    for role, lines in found:
        chinese = all(re.search(r"[\u3400-\u9fff]", line.text) for line in lines)
        one = together(lines, "" if role is Role.TITLE and chinese else " " if role is Role.TITLE else "\n")
        joined.append(Framing(role, one.text, one.spans))
    return joined


def _tail(blocks: list[Block], section: Section) -> list[Block]:
    """From the end backwards: 抄送 and the like, signature and date, the list of enclosures."""
    behind: list[Framing] = []
    kept = list(blocks)
    while kept and isinstance(kept[-1], Paragraph):
        last = kept[-1]
        role = next((role for role in (Role.COPIES, Role.PRINTED, Role.NOTE) if fits(role.value, last.text)), None)
        if role is None:
            break
        behind.append(Framing(role, last.text, last.spans))
        kept.pop()
    kept = _signature(kept, behind)
    kept = _enclosures(kept, behind)
    section.frame += reversed(behind)
    return kept


def _signature(kept: list[Block], behind: list[Framing]) -> list[Block]:
    if not kept or not isinstance(kept[-1], Paragraph):
        return kept
    last = kept[-1]
    compact = last.text.replace(" ", "") if last.text[:1] > "\u3000" else last.text
    dated = fits("date", compact)
    if not dated:
        # 中国人民银行2024年10月8日 on one line
        match = re.fullmatch(rf"(?P<who>[^。；，,;]{{2,40}}?) ?(?P<when>{pattern('date').pattern})", last.text)
        if match is None or numbered(last.text):
            return kept
        behind.append(Framing(Role.DATE, match["when"], last.cut(match.start("when")).spans))
        behind.append(Framing(Role.SIGNATURE, match["who"], last.cut(0, match.end("who")).spans))
        return kept[:-1]
    behind.append(Framing(Role.DATE, last.text, last.spans))
    kept = kept[:-1]
    while kept and isinstance(kept[-1], Paragraph) and _signs(kept[-1]):
        behind.append(Framing(Role.SIGNATURE, kept[-1].text, kept[-1].spans))
        kept = kept[:-1]
    return kept


def _signs(paragraph: Paragraph) -> bool:
    text = paragraph.text
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
