"""Running headers, footers and page numbers are told from the text, and set aside rather than forgotten."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from statistics import median

from index.documents.reading.types import Format, Line, Page, Reading, Table
from index.documents.structure.patterns import fits
from index.documents.structure.spelling import flat, tidy
from index.documents.structure.types import Noise

_EDGE = 0.14  # of a page's height: headers and footers stand above or below the text
_MARGIN = 0.075  # of a page's height: no text is set so far out
_OUTERMOST = 3  # lines of a page, from either end
_SAME_HEIGHT = 9  # points
_ALIKE = 0.85  # of two headers read by OCR
_COMPARED = 60
_SURE_NUMBER = re.compile(
    r"[-—–―─_~·•]+ ?\d{1,4} ?[-—–―─_~·•]+|第 ?\d{1,4} ?页(?: ?[,，/、]? ?[共（(]? ?(?:共|总) ?\d{1,4} ?页[）)]?)?"
    r"|共 ?\d{1,4} ?页 ?[,，、]? ?第 ?\d{1,4} ?页|(?:第 ?\d{1,4} ?页 ?[/|] ?)?"
    r"page ?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?(?: ?[/|] ?第 ?\d{1,4} ?页)?",
    re.I,
)
_LIKELY_NUMBER = re.compile(r"\d{1,4}(?: ?/ ?\d{1,4})?|[ivxlc]{1,6}|\d{1,4} of \d{1,4}", re.I)


@dataclass(frozen=True, slots=True)
class Placed:
    """A line or table with its page."""

    page: Page
    block: Line | Table


def without_noise(reading: Reading) -> tuple[list[Placed], list[Noise]]:
    """What is text, and what was only printed around it."""
    running = _running(reading)
    usual = _usual_size(reading)
    kept, noise = [], []
    for page in reading.pages:
        outer = _outer(page)
        lone = _lone(page, outer, usual)
        for place, block in enumerate(page.blocks):
            if isinstance(block, Line):
                text = tidy(block.text)
                if not text:
                    continue
                if (
                    (page.number, place) in running
                    or place in lone
                    or _web(text, reading)
                    or _is_page_number(text, reading, outer.get(place))
                ):
                    noise.append(Noise(text, page.number))
                    continue
            kept.append(Placed(page, block))
    return kept, noise


def _is_page_number(text: str, reading: Reading, rank: int | None) -> bool:
    plain = flat(text).strip()
    if _SURE_NUMBER.fullmatch(plain):
        return rank is not None or not reading.paged
    return reading.paged and len(reading.pages) > 1 and rank == 0 and bool(_LIKELY_NUMBER.fullmatch(plain))


def _web(text: str, reading: Reading) -> bool:
    """Navigation and tools of a web page."""
    return reading.format in (Format.HTML, Format.MHTML) and fits("web", text)


def _usual_size(reading: Reading) -> float | None:
    sizes = [
        block.size
        for page in reading.pages
        for block in page.blocks
        if isinstance(block, Line) and block.size
        for _ in range(1 + len(block.text) // 10)
    ]
    return median(sizes) if sizes else None


def _lone(page: Page, outer: dict[int, int], usual: float | None) -> set[int]:
    """Small lines far out in the margin, well apart from the text: headers that come only once."""
    found = set()
    for place, rank in outer.items():
        line = page.blocks[place]
        if rank or usual is None or not page.height or not isinstance(line, Line) or line.box is None:
            continue
        box = line.box
        small = line.size is not None and line.size < 0.93 * usual
        others = [block.box for at, block in enumerate(page.blocks) if block.box and at != place]
        above = box.y1 < _MARGIN * page.height and all(other.y0 - box.y1 > 1.2 * usual for other in others)
        below = box.y0 > (1 - _MARGIN) * page.height and all(box.y0 - other.y1 > 1.2 * usual for other in others)
        if small and (above or below):
            found.add(place)
    return found


def _outer(page: Page) -> dict[int, int]:
    """Lines near the edges by their place among the blocks: how many lines stand between them and the edge."""
    lines = [
        (place, block) for place, block in enumerate(page.blocks) if isinstance(block, Line) and block.text.strip()
    ]
    if page.height and any(line.box for _, line in lines):
        boxes = [block.box for block in page.blocks if block.box is not None]
        bottoms, tops = sorted(box.y1 for box in boxes), sorted(box.y0 for box in boxes)
        found: dict[int, int] = {}
        for place, line in lines:
            if line.box is None:
                continue
            above = bisect_right(bottoms, line.box.y0 + 1)
            below = len(tops) - bisect_left(tops, line.box.y1 - 1)
            top, bottom = line.box.y1 / page.height, 1 - line.box.y0 / page.height
            if top < _EDGE and above < _OUTERMOST:
                found[place] = above
            elif bottom < _EDGE and below < _OUTERMOST:
                found[place] = below
        return found
    ranks = {place: rank for rank, (place, _) in enumerate(lines[:_OUTERMOST])}
    for rank, (place, _) in enumerate(reversed(lines[-_OUTERMOST:])):
        ranks[place] = min(rank, ranks.get(place, rank))
    return ranks


def _running(reading: Reading) -> set[tuple[int, int]]:
    """Lines at an edge that come again, at the same height, on other pages."""
    if len(reading.pages) < 2:
        return set()
    groups: dict[str, list[tuple[float, list[tuple[int, int]]]]] = defaultdict(list)
    for page, place, text, height in _candidates(reading):
        # OCR reads a header a little differently each time; printed ones are the same to the letter.
        alike = [text] if text in groups or not page.ocr or len(reading.pages) < 3 else _similar(text, groups)
        for where, members in (group for known in alike for group in groups[known]):
            if abs(where - height) < _SAME_HEIGHT:
                members.append((page.number, place))
                break
        else:
            groups[text].append((height, [(page.number, place)]))
    found: set[tuple[int, int]] = set()
    for text, members in ((text, members) for text, places in groups.items() for _, members in places):
        pages = {number for number, _ in members}
        if len(pages) >= max(2, min(3, len(reading.pages) - 1)) and (len(pages) > 2 or _short(text)):
            found |= set(members)
    return found


def _short(text: str) -> bool:
    return len(text) <= 40 and not text.endswith(("。", "；", ".", ";", "，", "："))


def _candidates(reading: Reading) -> Iterator[tuple[Page, int, str, float]]:
    for page in reading.pages:
        for place, rank in _outer(page).items():
            block = page.blocks[place]
            assert isinstance(block, Line)
            text = re.sub(r"\d+", "0", flat(tidy(block.text)))
            if len(text) > 80 or block.paragraph:
                continue
            if block.box is not None and page.height:  # from the nearer edge: pages may be of several sizes
                top = block.box.y0 < page.height / 2
                yield page, place, text, block.box.y0 if top else 10_000 + page.height - block.box.y0
            else:  # without positions the order tells: counted from the nearer end
                yield page, place, text, 100.0 * rank + 10_000 * (place >= len(page.blocks) / 2)


def _similar(text: str, known: Iterable[str]) -> list[str]:
    """Of the headers met last, those that differ by what OCR may misread."""
    latest = list(known)[-_COMPARED:]
    return [other for other in latest if SequenceMatcher(None, text, other, autojunk=False).ratio() >= _ALIKE]
