"""Whether a printed line runs on into the next: told by margins, indents and gaps, or by the width of plain text."""

from __future__ import annotations

import itertools
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from statistics import median

from index.documents.reading.types import Box, Line, Page
from index.documents.structure.noise import Placed
from index.documents.structure.numbering import numbered
from index.documents.structure.spelling import is_wide, tidy

_ENDS = re.compile(r"[。！？；：.!?;:][”’」』）)\"']?$")
_INDENT = 1.2  # em: a first line is set in by two characters; less is unevenness
# 第三条 办理: a blank behind the number is set in print, never in a reference.
_STRONG = re.compile(r"第[零〇一二三四五六七八九十百\d]{1,7}[编章节条] |附件[\d一二三四五六七八九十]{0,2}$")
_DATE = re.compile(r"(?:\d{4}|[二一][〇○零一二三四五六七八九]{3})年.{1,3}月.{1,3}日")
_BULLET = re.compile(r"[•●▪■◆·\-–*] ?")


class Wrapping:
    """The margins of every page, and of text without positions the width it was broken at."""

    def __init__(self, placed: Sequence[Placed]) -> None:
        self._lines: dict[int, list[Line]] = defaultdict(list)
        for here in placed:
            if isinstance(here.block, Line) and here.block.box and not here.block.paragraph:
                self._lines[here.page.number].append(here.block)
        self._width = _broken_at([here.block for here in placed if isinstance(here.block, Line)])
        self._pitch = {page: _pitch(lines) for page, lines in self._lines.items()}
        self._boxes = {page: [line.box for line in lines if line.box] for page, lines in self._lines.items()}
        self._columns = {page for page, boxes in self._boxes.items() if _side_by_side(boxes) >= 3}
        widths: dict[int, list[Box]] = defaultdict(list)
        for here in placed:
            if isinstance(here.block, Line) and here.block.box and here.page.width and not here.block.paragraph:
                widths[round(here.page.width)].append(here.block.box)
        self._usual = {
            width: (_common([box.x0 for box in boxes], 12.0, -1), _common([box.x1 for box in boxes], 12.0, 1))
            for width, boxes in widths.items()
        }
        self._margins: dict[tuple[int, int, int], tuple[float, float]] = {}

    def continues(self, one: Placed, other: Placed) -> bool:
        """Whether the second line belongs to the paragraph of the first."""
        first, second = one.block, other.block
        assert isinstance(first, Line)
        assert isinstance(second, Line)
        if first.paragraph or second.paragraph or first.level != second.level:
            return False
        begins = numbered(tidy(second.text)) is not None or bool(_BULLET.match(second.text.strip()))
        ended = bool(_ENDS.search(tidy(first.text)))
        if (begins and ended) or _STRONG.match(tidy(second.text)) or _DATE.fullmatch(tidy(first.text)):
            return False
        if first.box is None or second.box is None:
            return self._continues_unplaced(first, second, ended, begins)
        if re.match(r"[（(][^）)]*$", first.text.strip()) and re.fullmatch(r"[^（(]*[）)]", second.text.strip()):
            return True  # （… 通过 … 修订）over two lines
        centred = self._centred(one), self._centred(other)
        if all(centred) or (centred[0] != centred[1] and (first.bold != second.bold or first.size != second.size)):
            return False
        if _differ(first, second, one.page.ocr):
            return False
        em = _em(second)
        left_one, right_one = self._edges(one.page, first)
        left, _ = self._edges(other.page, second)
        if first.box.x1 + _first_word(second, em) + 0.7 * em < right_one:
            return False
        same_column = one.page.number == other.page.number and second.box.y0 > first.box.y0
        if same_column and second.box.y0 - first.box.y0 > 1.7 * self._pitch.get(one.page.number, 1e9):
            return False
        set_in = second.box.x0 - left > _INDENT * em
        if not set_in:
            return True
        # A hanging item, or a block set in as a whole, runs on; a first line after a full stop does not.
        hangs = first.box.x0 - left_one > _INDENT * em or numbered(tidy(first.text)) is not None
        return hangs and not ended and not begins and abs(second.box.x0 - left) < 6 * em

    def to_the_right(self, here: Placed) -> bool:
        """Whether a line stands in the right half of the page, as signatures and dates do."""
        line = here.block
        if not isinstance(line, Line) or line.box is None or not here.page.width or line.centred:
            return False
        middle = (line.box.x0 + line.box.x1) / 2
        return middle > 0.57 * here.page.width and line.box.x0 > 0.3 * here.page.width

    def _centred(self, here: Placed) -> bool:
        """Set in from the margin on both sides; a full line lies in the middle of the page too, and is not centred."""
        line = here.block
        if not isinstance(line, Line) or not line.centred or line.box is None:
            return False
        outermost = min(other.box.x0 for other in self._lines[here.page.number] if other.box)
        return line.box.x0 - outermost > _INDENT * _em(line)

    def _continues_unplaced(self, first: Line, second: Line, ended: bool, begins: bool) -> bool:
        if self._width is None or re.match(r"[\u3000 ]{2,}|\t", second.text):
            return False
        room = self._width - _columns(first.text.rstrip())
        need = 2 if is_wide(tidy(second.text)[:1]) else len(tidy(second.text).split(" ")[0]) + 1
        return room < need + 3 and not (begins and (ended or room > 1))

    def _edges(self, page: Page, line: Line) -> tuple[float, float]:
        """Left and right margin of the column a line stands in."""
        assert line.box is not None
        box = line.box
        columns = page.number in self._columns
        key = (page.number, round(box.x0 / 4), round(box.x1 / 4)) if columns else (page.number, 0, 0)
        if key not in self._margins:
            over = self._boxes[page.number]
            if columns:
                over = [other for other in over if other.x0 < box.x1 and other.x1 > box.x0] or [box]
            self._margins[key] = self._column(page, over, _em(line), columns=columns)
        left, right = self._margins[key]
        return min(left, box.x0), max(right, box.x1)

    def _column(self, page: Page, boxes: Sequence[Box], em: float, *, columns: bool) -> tuple[float, float]:
        """Told by the lines above and below each other, and by those of the whole document where a page has few."""
        left, sure_left = _common([box.x0 for box in boxes], em, -1)
        right, _ = _common([box.x1 for box in boxes], em, 1)
        if columns:
            return left, right
        # No line reaches over a margin that there is only one of.
        right = max(box.x1 for box in boxes)
        (usual_left, _), (usual_right, sure) = self._usual.get(round(page.width or 0), ((left, False), (right, False)))
        return (left if sure_left else min(left, usual_left)), (max(right, usual_right) if sure else right)


def _side_by_side(boxes: Sequence[Box]) -> int:
    """How many lines have another beside them at the same height: columns have many."""
    ordered = sorted(boxes, key=lambda box: box.y0)
    count = 0
    for place, box in enumerate(ordered):
        for other in ordered[place + 1 : place + 6]:
            overlap = min(box.y1, other.y1) - max(box.y0, other.y0)
            if overlap > 0.5 * (box.y1 - box.y0) and (other.x0 > box.x1 or box.x0 > other.x1):
                count += 1
                break
    return count


def _common(values: list[float], em: float, side: int) -> tuple[float, bool]:
    """The outermost value that several lines share, and whether enough of them do: a line that sticks out sets none."""
    ordered = sorted(values)
    enough = max(3, 0.1 * len(values))
    for value in ordered if side < 0 else reversed(ordered):
        if bisect_left(ordered, value + 1.2 * em) - bisect_right(ordered, value - 1.2 * em) >= enough:
            return value, True
    return (ordered[0 if side < 0 else -1], False) if ordered else (0.0, False)


def _em(line: Line) -> float:
    """The width of a Chinese character of the line."""
    if line.size:
        return line.size
    box: Box | None = line.box
    return (box.y1 - box.y0) * 0.9 if box else 12.0


def _first_word(line: Line, em: float) -> float:
    text = tidy(line.text)
    if is_wide(text[:1]):
        return em * (2 if len(text) > 1 and text[1] in "，。；：、）》”" else 1)
    word = re.match(r"[^\s\u3400-\u9fff]+", text)
    return em * 0.5 * (len(word[0]) if word else 1) + 0.25 * em


def _differ(one: Line, other: Line, ocr: bool) -> bool:
    if one.size and other.size:
        ratio = max(one.size, other.size) / min(one.size, other.size)
        return ratio > (1.45 if ocr else 1.15)
    return False


def _pitch(lines: Sequence[Line]) -> float:
    gaps = [
        other.box.y0 - one.box.y0
        for one, other in itertools.pairwise(lines)
        if one.box and other.box and 0 < other.box.y0 - one.box.y0 < 4 * _em(one)
    ]
    return median(gaps) if gaps else 1e9


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _broken_at(lines: Sequence[Line]) -> int | None:
    """The width at which plain text was broken into lines; None where every line is a paragraph.

    Broken lines are nearly as long as the longest and end within a sentence; paragraphs are of any length.
    """
    plain = [line.text.rstrip() for line in lines if not line.box and not line.paragraph and line.text.strip()]
    widths = [_columns(text) for text in plain]
    if len(widths) < 3:
        return None
    width = max(widths)
    chinese = sum(is_wide(tidy(text)[:1]) for text in plain) > len(plain) / 2
    full = [text for text, own in zip(plain, widths, strict=True) if own >= width - (4 if chinese else 12)]
    within = sum(not _ENDS.search(tidy(text)) for text in full)
    return width if 30 <= width <= 200 and len(full) >= 2 and within >= 0.5 * len(full) else None
