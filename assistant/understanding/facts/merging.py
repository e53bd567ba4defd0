"""Bringing together what was said of one fact more than once."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.profile import Choice, Days, Range, Several, Stated, Value

_CORRECTS = re.compile(
    r"不对|说错|不是.{0,8}是|应该是|其实|改成|更正|\b(?:sorry|actually|I mean|correction|no, |or rather|wait)", re.I
)


def merged(found: list[Stated], source: str) -> tuple[list[Stated], list[tuple[Stated, Stated]]]:
    """One statement for each fact of a turn, and the pairs that contradict each other."""
    kept: dict[str, Stated] = {}
    apart: list[tuple[Stated, Stated]] = []
    for item in sorted(found, key=lambda item: source.find(item.said)):
        earlier = kept.get(item.fact)
        if earlier is None:
            kept[item.fact] = item
            continue
        both = together(earlier.value, item.value)
        if both is not None:
            kept[item.fact] = Stated(
                item.fact, both, earlier.said if both == earlier.value else item.said, item.turn, item.inferred
            )
        elif _CORRECTS.search(source, source.find(earlier.said), source.find(item.said) + len(item.said)):
            kept[item.fact] = item
        else:
            apart.append((earlier, item))
    return list(kept.values()), apart


def together(earlier: Value, later: Value) -> Value | None:
    """Both as one value, the narrower where one holds the other; None where they cannot both be true."""
    if earlier == later:
        return later
    if isinstance(earlier, Range) and isinstance(later, Range):
        return later if within(later, earlier) else earlier if within(earlier, later) else None
    if isinstance(earlier, Days) and isinstance(later, Days):
        if earlier.first <= later.first and later.last <= earlier.last:
            return later
        return earlier if later.first <= earlier.first and earlier.last <= later.last else None
    if isinstance(earlier, Choice) and isinstance(later, Choice):
        return later if later.among <= earlier.among else earlier if earlier.among <= later.among else None
    if isinstance(earlier, Several) and isinstance(later, Several):
        has, lacks = earlier.has | later.has, earlier.lacks | later.lacks
        return None if has & lacks else Several(has, lacks)
    if isinstance(earlier, str) and isinstance(later, str):
        return later if later.startswith(earlier) else earlier if earlier.startswith(later) else None
    return None


def within(inner: Range, outer: Range) -> bool:
    """Whether every number of one range lies in the other."""
    low = outer.low is None or (
        inner.low is not None
        and (inner.low > outer.low or (inner.low == outer.low and (inner.low_open or not outer.low_open)))
    )
    high = outer.high is None or (
        inner.high is not None
        and (inner.high < outer.high or (inner.high == outer.high and (inner.high_open or not outer.high_open)))
    )
    return low and high


def added(known: Range, more: Decimal) -> Range | None:
    """A known exact number with some added; None where it is not known exactly."""
    return Range.of(known.exact + more) if known.exact is not None else None
