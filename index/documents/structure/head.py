"""What stands before the first clause: masthead, number, title over several lines, addressee, table of contents."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.documents.structure.numbering import Style, numbered
from index.documents.structure.paragraphs import Block, Paragraph, Tabled, together, usual_size
from index.documents.structure.patterns import fits, pattern
from index.documents.structure.spelling import flat, is_wide
from index.documents.structure.types import Framing, Role

_LONGEST = 30  # paragraphs; a head is never longer
_LONGEST_TITLE = 120
_SENTENCE = re.compile(r"[。；！？;!?]$|[a-z)]\.$")
_SMALL = ("copy_number", "secrecy", "urgency", "signer")
_LABELLED = re.compile(r"(?:[^:：]{1,8}[:：] ?[^:：]{0,40})(?:[\s|;；]+[^:：]{1,8}[:：] ?[^:：]{0,40})*")
Taken = list[tuple[Role, Paragraph]]


def head(blocks: Sequence[Block]) -> tuple[list[Framing], int]:
    """The frame before the text, and how many blocks it takes up."""
    zone = _zone(blocks)
    title = _title(zone, blocks, usual_size(blocks))
    taken: Taken = [(Role.TITLE, zone[place]) for place in title]
    before = [role for place in range(title[0] if title else 0) for role in _around(zone[place], Role.MASTHEAD)]
    end = title[-1] + 1 if title else len(before) and len(zone)
    taken = before + taken
    if not title:
        taken, end = _without_title(zone)
    while end < len(blocks) and end < _LONGEST:
        block = blocks[end]
        if isinstance(block, Tabled):
            break
        if fits("contents", block.text.replace(" ", "")):
            stop = contents_end(blocks, end)
            taken += [(Role.CONTENTS, p) for p in blocks[end:stop] if isinstance(p, Paragraph)]
            end = stop
            continue
        roles = _around(block, None) if numbered(block.text) is None or _number_line(block.text) else []
        if not roles and title and _translation(block, blocks[end + 1 : end + 4]):
            roles = [(Role.NOTE, block)]
        if not roles and numbered(block.text) is None and fits("addressee", block.text.replace(" ", "")):
            taken.append((Role.ADDRESSEE, block))
            end += 1
            break
        if not roles:
            break
        taken += roles
        end += 1
    return framed(taken), end


def _translation(block: Paragraph, following: Sequence[Block]) -> bool:
    """A centred line between a title and its number: a subtitle, or the title in another language."""
    if not block.centred or _SENTENCE.search(block.text) or numbered(block.text) or len(block.text) > _LONGEST_TITLE:
        return False
    return any(isinstance(other, Paragraph) and _around(other, None) for other in following)


def _zone(blocks: Sequence[Block]) -> list[Paragraph]:
    """The paragraphs a title may stand among."""
    zone: list[Paragraph] = []
    for block in blocks[:_LONGEST]:
        if isinstance(block, Tabled):
            break
        number = numbered(block.text)
        compact = block.text.replace(" ", "")
        told = number is not None and number.style is not Style.ROMAN_CAPITAL and not _around(block, None)
        if told or fits("contents", compact) or (zone and fits("addressee", compact)):
            break
        if _SENTENCE.search(block.text) and not _around(block, None) and block.level is None:
            break
        zone.append(block)
    return zone


def _title(zone: Sequence[Paragraph], blocks: Sequence[Block], usual: float | None) -> range:
    """The places of the title's lines: of the lines set alike that best look like one."""
    best, found = 0.0, range(0)
    sizes = [block.size for block in zone if block.size]
    largest = max(sizes) if sizes else None
    for group in _groups(zone, usual):
        lines = [zone[place] for place in group]
        text = "".join(line.text for line in lines)
        if (len(re.sub(r"\s", "", text)) < 4 and not fits("title", text)) or len(text) > 2 * _LONGEST_TITLE:
            continue
        first = lines[0]
        score = 3.0 * fits("title", text) + 2.0 * ("关于" in text) + 1.0 * (first.bold or first.centred)
        if largest and first.size:
            score += 3.0 * (first.size / largest) ** 4
        if first.level in (0, 1) and (first.level == 0 or _only(first, blocks) or fits("title", text)):
            score += 4.0
        if first.level is not None and first.level >= 1 and not _only(first, blocks) and not fits("title", text):
            continue
        if (
            fits("organisation", text.replace(" ", "")) or fits("organisation", text.replace("'", "’"))
        ) and "关于" not in text:
            score -= 2.5
        if fits("masthead", text.replace(" ", "")) and not fits("title", text):
            score -= 4.0
        if re.search(r"(?:令|公告|通告)$", text) and "关于" not in text and _number_line(_text(zone, group.stop)):
            score -= 2.6  # 某某令 above its number: the title follows, if there is one
        score += 0.5 if group[0] == 0 else 0.0
        if score > best:
            best, found = score, group
    return found if best >= 0.5 else range(0)


def _text(zone: Sequence[Paragraph], place: int) -> str:
    return zone[place].text if place < len(zone) else ""


def _only(block: Paragraph, blocks: Sequence[Block]) -> bool:
    return sum(isinstance(other, Paragraph) and other.level == block.level for other in blocks) == 1


def _groups(zone: Sequence[Paragraph], usual: float | None) -> list[range]:
    """Runs of lines that are set alike and may be one title."""
    groups: list[range] = []
    for place, block in enumerate(zone):
        if _around(block, None) or not may_be_title(block):
            continue
        last = groups[-1] if groups else None
        if last is not None and last.stop == place and _goes_on(zone[place - 1], block, usual):
            groups[-1] = range(last.start, place + 1)
        else:
            groups.append(range(place, place + 1))
    return groups


def _goes_on(one: Paragraph, other: Paragraph, usual: float | None) -> bool:
    if one.level != other.level or fits("masthead", one.text.replace(" ", "")):
        return False
    if one.size and other.size:
        # OCR measures a short line roughly; a heading below a title is set to the left, a title's last words are not.
        tolerance = 1.08 if one.confidence is None else 1.3 if other.centred else 1.16
        if max(one.size, other.size) / min(one.size, other.size) > tolerance:
            return False
    if one.bold != other.bold:
        return False
    if (
        is_wide(one.text[:1])
        and fits("title", one.text)
        and "关于" in one.text + "关于" * (not fits("title", other.text))
    ):
        return False
    larger = usual is not None and one.size is not None and one.size > 1.12 * usual
    set_like_one = larger or ((one.centred or other.centred or one.bold) and bool(one.size))
    return set_like_one or other.text.startswith("关于") or (fits("title", other.text) and "关于" in one.text)


def may_be_title(block: Paragraph) -> bool:
    """Whether a line could be a title by its length, its end and how it is set."""
    text = block.text
    if block.right or re.match(r"单位[:：]", text):
        return False
    if len(text) > _LONGEST_TITLE or _SENTENCE.search(text) or text.endswith(("：", ":", "，", "、", ",")):
        return block.level == 0 and len(text) <= 2 * _LONGEST_TITLE
    plain = len(text) <= (60 if re.search(r"[\u3400-\u9fff]", text) else _LONGEST_TITLE)
    return block.level is not None or block.centred or block.bold or plain


def _around(block: Paragraph, otherwise: Role | None) -> Taken:
    """What a line above or below a title is by its words."""
    compact = block.text.replace(" ", "")
    for name in _SMALL:
        if fits(name, compact):
            return [(Role(name.replace("_", " ")), block)]
    if _number_line(block.text):
        return _split_number(block)
    if combined := _combined(block):
        return combined
    if fits("date", compact) or fits("date", block.text):
        return [(Role.DATE, block)]
    if fits("adoption", block.text):
        return [(Role.ADOPTION, block)]
    if _LABELLED.fullmatch(block.text) and _is_label(block.text):
        return [(Role.NOTE, block)]
    return [(otherwise, block)] if otherwise else []


def _combined(block: Paragraph) -> Taken:
    """云创基〔2025〕3号 某中心 2025年4月25日, or 某局 2025年4月: number, issuer and date on one line."""
    match = re.fullmatch(
        rf"(?P<number>{pattern('number').pattern})? *(?P<who>{pattern('organisation').pattern})? *"
        rf"(?P<when>{pattern('date').pattern}|\d{{4}}年\d{{1,2}}月)?",
        block.text,
    )
    roles = {"number": Role.NUMBER, "who": Role.SIGNATURE, "when": Role.DATE}
    said = [name for name in roles if match and match[name]]
    if match is None or len(said) < 2:
        return []
    return [(roles[name], block.cut(match.start(name), match.end(name))) for name in said]


def _is_label(text: str) -> bool:
    """来源：…　发布时间：…, 发文机关：…: a field of the page, not the beginning of a sentence."""
    return bool(
        re.match(
            r"[【\[]?(?:来源|信息来源|发布|发文|成文|文号|索引|主题|分类|公开|有效性|名称|标题|日期|时间|作者|编辑|责任|版本|编号|密级|制定"
            r"|Date|Issued|Source|Ref|Document|No)",
            text,
            re.I,
        )
    )


def _without_title(zone: Sequence[Paragraph]) -> tuple[Taken, int]:
    """A masthead and a number may stand there without any title."""
    taken: Taken = []
    for place, block in enumerate(zone):
        roles = _around(block, Role.MASTHEAD if fits("masthead", block.text.replace(" ", "")) else None)
        if not roles:
            return taken, place
        taken += roles
    return taken, len(zone)


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


def contents_end(blocks: Sequence[Block], start: int) -> int:
    """Behind the table of contents: its entries end in page numbers, or come again as headings later."""
    later = {re.sub(r"\s", "", b.text) for b in blocks[start + 1 :] if isinstance(b, Paragraph)}
    counts = [re.sub(r"\s", "", b.text) for b in blocks[start + 1 :] if isinstance(b, Paragraph)]
    place = start + 1
    seen: set[str] = set()
    while place < len(blocks):
        block = blocks[place]
        if isinstance(block, Tabled):
            break
        leader = re.search(r"(?:[.…·\s]{2,}|[.…·]\s?|\s)(?:[-—]?\s?\d{1,3}\s?[-—]?)$", block.text)
        bare = re.sub(r"[\s.…·]+\d*$|\s", "", block.text)
        again = counts.count(bare) > 1 or (leader and bare in later)
        if not (leader or again) or len(block.text) > 90 or (bare in seen and not leader):
            break  # an entry that comes again is the heading itself
        seen.add(bare)
        place += 1
    return place if place > start + 1 else start + 1


def framed(taken: Sequence[tuple[Role, Paragraph]]) -> list[Framing]:
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
