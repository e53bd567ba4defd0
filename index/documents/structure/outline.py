"""Paragraphs → a tree of numbered units, by the order numbers are written in and the order they run in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.documents.structure.numbering import Number, Style, as_letter, bare, numbered
from index.documents.structure.paragraphs import Block, Paragraph, Tabled, usual_size
from index.documents.structure.patterns import fits
from index.documents.structure.types import Doubt

_SENTENCE = re.compile(r"[。；！？;!?：:，,]$|[a-z)]\.$")
_FIRM = {Style.PART, Style.CHAPTER, Style.SECTION, Style.ARTICLE, Style.HAN, Style.HAN_BRACKETED, Style.ROMAN_CAPITAL}
# Styles that number lists; where nothing else is numbered, headings have to be told by their looks.
_LISTS = {Style.DIGIT, Style.BRACKETED, Style.HALF_BRACKETED, Style.CIRCLED, Style.LETTER, Style.ROMAN}
_WIDEST_GAP = 3  # a list that leaves out more numbers than this is no list


@dataclass(slots=True)
class Node:
    """A unit of the outline: numbered, headed without a number, or (the root) neither."""

    number: Number | None = None
    level: int | None = None  # of a heading without a number, or as the format marked it
    head: Paragraph | None = None  # the paragraph it begins with, number included
    flow: list[Block | Node] = field(default_factory=list)  # what stands in it, in order

    @property
    def content(self) -> list[Block]:
        """Its own paragraphs and tables."""
        return [inside for inside in self.flow if not isinstance(inside, Node)]

    @property
    def children(self) -> list[Node]:
        """The units in it."""
        return [inside for inside in self.flow if isinstance(inside, Node)]

    @property
    def style(self) -> Style | None:
        """How it is numbered."""
        return self.number.style if self.number else None

    @property
    def printed(self) -> str:
        """The number, or the heading of one without."""
        return self.number.printed if self.number else self.head.text if self.head else ""


def outline(blocks: Sequence[Block]) -> tuple[Node, list[Doubt]]:
    """The tree below an empty root, which holds what stands before the first number; and where numbers go astray."""
    return _Growing(blocks).grow()


class _Growing:
    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._root = Node()
        self._stack: list[Node] = [self._root]
        self._doubts: list[Doubt] = []
        self._latest: dict[Style, int] = {}
        own = [number for block in blocks if isinstance(block, Paragraph) and (number := numbered(block.text))]
        self._dotted = any(number.path for number in own)
        lists_only = all(number.style in _LISTS for number in own)
        few = len(own) < 3 or len(own) < 0.04 * len(blocks)
        marked = any(isinstance(block, Paragraph) and block.level for block in blocks)
        self._by_looks = _looks(blocks) if (lists_only or few) and not marked else {}

    def grow(self) -> tuple[Node, list[Doubt]]:
        for place, block in enumerate(self._blocks):
            number = self._number(block) if isinstance(block, Paragraph) else None
            if isinstance(block, Tabled):
                self._stack[-1].flow.append(block)
            elif number is not None:
                self._push(Node(number, block.level, block))
            elif (level := self._marked(block, place)) is not None:
                self._push_marked(Node(None, level, block))
            else:
                self._holder().flow.append(block)
        return self._root, self._doubts

    def _holder(self) -> Node:
        """What an unnumbered paragraph belongs to: an article whose items have come to their full stop goes on."""
        top = self._stack[-1]
        article = self._last(Style.ARTICLE)
        if article is None or top is article or top.style is None or top.head is None:
            return top
        said = [top.head, *(block for block in top.content if isinstance(block, Paragraph))]
        return article if said[-1].text.endswith(("。", ".")) else top

    def _last(self, style: Style) -> Node | None:
        return next((node for node in reversed(self._stack) if node.style is style), None)

    def _number(self, block: Paragraph) -> Number | None:
        """The number of a paragraph, where it fits what came before; else it is a figure that begins a sentence."""
        number = numbered(block.text) or self._bare(block)
        if number is None:
            return None
        if number.style in (Style.ROMAN, Style.ROMAN_CAPITAL):
            letters = self._last(Style.LETTER if number.style is Style.ROMAN else Style.CAPITAL)
            letter = as_letter(number)
            if letters and letters.number and letter.value == letters.number.value + 1 and letter is not number:
                number = letter if number.style is Style.ROMAN else Number(
                    Style.CAPITAL, letter.value, number.printed, number.end
                )  # fmt: skip
        before = self._last(number.style)
        if number.path:
            return number if self._dotted_fits(number) else None
        if number.style in _FIRM:
            self._check(number, before, block)
            return number
        if before is None or before.number is None:
            return number if number.value == 1 or block.level is not None else None
        step = number.value - before.number.value
        if number.value != 1 and not 0 <= step <= _WIDEST_GAP:
            return None
        self._check(number, before, block)
        return number

    def _bare(self, block: Paragraph) -> Number | None:
        number = (
            bare(block.text) if self._dotted and len(block.text) <= 40 and not _SENTENCE.search(block.text) else None
        )
        before = self._last(Style.DIGIT)
        expected = before.number.value + 1 if before and before.number else 1
        return number if number and number.value == expected else None

    def _dotted_fits(self, number: Number) -> bool:
        outer = number.path[:-1]
        for node in reversed(self._stack):
            if node.number and (node.number.path or (node.number.value,)) == outer:
                return True
            if node.number and node.number.path[:-1] == outer:
                return 0 < number.value - node.number.value <= _WIDEST_GAP
        return number.value == 1

    def _check(self, number: Number, before: Node | None, block: Paragraph) -> None:
        latest = self._latest.get(number.style, 0)
        self._latest[number.style] = number.value
        if before is None or before.number is None:
            # Chapters may count on from one part to the next.
            if number.value not in (1, latest + 1) and number.style is not Style.ARTICLE:
                self._doubts.append(Doubt("number-jumps", number.printed, block.page))
            return
        step = number.value - before.number.value
        if step <= 0 and not (step == 0 and number.after > before.number.after):
            self._doubts.append(Doubt("number-repeats", number.printed, block.page))
        elif step > 1:
            self._doubts.append(Doubt("number-jumps", number.printed, block.page))

    def _push(self, node: Node) -> None:
        style = node.style
        assert style is not None
        if any(other.style is style for other in self._stack):
            while self._stack[-1].style is not style:
                self._stack.pop()
            self._stack.pop()
        else:
            while (top := self._stack[-1]).style is not None and top.style > style:
                self._stack.pop()
            if style <= Style.ARTICLE:  # chapters stand in no heading that came between
                while self._stack[-1].number is None and self._stack[-1] is not self._root and style <= Style.CHAPTER:
                    self._stack.pop()
        self._stack[-1].flow.append(node)
        self._stack.append(node)

    def _push_marked(self, node: Node) -> None:
        while (top := self._stack[-1]) is not self._root and (
            top.level is None or node.level is None or top.level >= node.level
        ):
            self._stack.pop()
        self._stack[-1].flow.append(node)
        self._stack.append(node)

    def _marked(self, block: Paragraph, place: int) -> int | None:
        if block.level is not None:
            return max(1, block.level) if len(block.text) <= 120 else None
        return self._by_looks.get(place)


def _looks(blocks: Sequence[Block]) -> dict[int, int]:
    """Headings by their looks, with a level: short lines without a full stop, larger or bolder than the text."""
    texts = [block for block in blocks if isinstance(block, Paragraph)]
    usual = usual_size(blocks)
    bold = sum(len(block.text) for block in texts if block.bold) > 0.4 * sum(len(block.text) for block in texts)
    candidates = {
        place: block for place, block in enumerate(blocks[:-1]) if isinstance(block, Paragraph) and _short(block)
    }
    alike = Counter(round(block.size, 1) for block in candidates.values() if block.size)
    found: dict[int, int] = {}
    for place, block in candidates.items():
        framed = re.fullmatch(r"[【\[].{2,20}[】\]]", block.text)
        ratio = block.size / usual if usual and block.size else 1.0
        # A little larger is enough where several short lines are set the same way; OCR measures too roughly for that.
        same = block.confidence is None and block.size is not None and alike[round(block.size, 1)] >= 2
        if framed or ratio >= (1.04 if same else 1.12) or (block.bold and not bold):
            found[place] = 1 if ratio >= 1.4 else 2
    return found


def _short(block: Paragraph) -> bool:
    chinese = block.text[:1] > "\u3000"
    if re.fullmatch(r"[【\[].{2,20}[】\]]", block.text):
        return True
    plain = not _SENTENCE.search(block.text) and numbered(block.text) is None and not block.right
    return plain and len(block.text) <= (24 if chinese else 60) and not re.match(r"[●•▪■◆·*-]", block.text)


def closing(root: Node) -> list[Paragraph]:
    """Takes 本通知自印发之日起施行。 off the last section, of which it is no part; an article keeps it."""
    node = root
    while node.children:
        node = node.children[-1]
        if node.style is Style.ARTICLE:
            return []
    if node is root:
        return []
    taken: list[Paragraph] = []
    while node.flow and isinstance(last := node.flow[-1], Paragraph) and fits("closing", last.text):
        taken.insert(0, last)
        node.flow.pop()
    says = node.head is not None and node.number is not None and re.search(r"[。；！？]|\. ", node.head.text)
    if taken and not node.flow and not says:  # 附则, of which it is all there is
        node.flow += taken
        return []
    return taken
