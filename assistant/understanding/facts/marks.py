"""A text with a mark in place of every number, day and length of time, so that phrases can be matched around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from assistant.profile import Range
from assistant.understanding.facts.dates import When, dates_in
from assistant.understanding.facts.lengths import Span, spans_in
from assistant.understanding.facts.noise import beside, idle_words, without_noise
from assistant.understanding.facts.numbers import Number, numbers_in
from assistant.understanding.facts.patterns import DATE, MONEY, MONTHLY_RATE, NOISE, NUMBER, PERCENT, SPAN
from assistant.understanding.facts.scales import scale
from assistant.understanding.facts.spelling import respelled

_NOT_A_RATE = "之店公钟期红行类支局部析担级配批别数散成"  # 分公司, 分期
_RATE = re.compile(
    r"(?:(?P<monthly>月息|月利率?|月利息|每月)|(?P<yearly>年息|(?<![\d一二两三四五六七八九十半])年利率?|年化))?\s*(?P<n>\d+(?:\.\d+)?|[一二两三四五六七八九十])\s*"
    rf"(?P<unit>厘|分(?![{_NOT_A_RATE}]))(?P<half>半|[一二三四五六七八九]|\d(?!\d))?(?P<spoken>利)?"
)
_RATE_BEFORE = re.compile(
    r"(?:利率|年化|年息|\brate)(?:现在|目前|大概|差不多|给的?|是|为|在|到|is|of|at|[:=\s])*$", re.I
)
_RATE_AFTER = re.compile(r"的(?:年?利率|年化|利息)")
_UNIT_AFTER = re.compile(r"\s*(?:[万元块厘分年月日号点]|个月)")
_ONE = re.compile(r"[一1]\s*(?:整)?(?:年|个月)|(?:a|one) (?:year|month)", re.I)
_LASTS = re.compile(
    r"(?:开|经营|干|做|成立|办|营业|注册|满|运营)(?:了|业)?(?:有|快|刚|才|将近|不到|大概)*$"
    r"|(?:open|running|business|for|since)\s*(?:for|about|over)*\s*$",
    re.I,
)
_BEGINS_AFTER = re.compile(r"[^，。；！？,;!?]{0,4}(?:开的|开业|开张|成立|注册|创办|创立|办的|设立|开店|开始)")
_BEGINS_BEFORE = re.compile(r"(?:opened|founded|started|registered|set up|established|began)(?: \w+){0,3}\s*$", re.I)
_OLD = re.compile(r"[ -]old\b|\s*of age", re.I)
_PERSON = re.compile(r"(?:I am|I'm|he is|she is|aged?|owner is|boss is|he's|she's)\s*(?:about |around )?$", re.I)
_END = "，。；！？,;!?\n"


@dataclass(frozen=True, slots=True)
class Marked:
    """A text and what stands behind its marks; positions are those of `text`."""

    text: str
    source: str  # as it was said
    plain: str  # as long as the source, without slips of the keyboard and full-width characters
    origin: tuple[int, ...]  # where each character of `text`, and its end, stands in `source`
    found: dict[int, Number | When | Span]

    def said(self, start: int, end: int) -> str:
        """The user's own words at a place of `text`."""
        return self.source[self.origin[start] : self.origin[end]].strip(" 　，。；、,.;")


def mark(source: str, as_of: date) -> Marked:
    """Put marks for what can be read in a text; what belongs to policies or to other people becomes noise."""
    plain = respelled(source)
    text = without_noise(plain)
    taken: list[tuple[int, int, str, Number | When | Span]] = []

    def take(items: Iterator[tuple[str, Number | When | Span]]) -> None:
        for sign, item in items:
            if not any(item.start < end and start < item.end for start, end, _, _ in taken):
                taken.append((item.start, item.end, sign, item))

    take((DATE, when) for when in dates_in(text, as_of) if not _only_names_a_year(text, when))
    spans = [span for span in spans_in(text) if not any(span.start < t[1] and t[0] < span.end for t in taken)]
    idle = idle_words(text)
    spans = [s for s in spans if not _is_an_age(text, s) and not any(s.start <= start < s.end for start, _ in idle)]
    take((MONTHLY_RATE, rate) for rate in _monthly_rates(text))
    numbers = [_as_rate(text, n) for n in numbers_in(text)]
    numbers = [n for n in numbers if n.scaled or not any(start <= n.start < end for start, end in idle)]
    spanless = [n for n in numbers if not any(n.start < s.end and s.start < n.end for s in spans)]
    take((SPAN, span) for span in spans if not _says_how_often(text, span, spanless))
    free = [n for n in numbers if not any(n.start < s.end and s.start < n.end for s in spans)]
    take((_sign(number), number) for number in free)
    return _masked(text, source, plain, sorted(taken, key=lambda item: item[0]))


def _as_rate(text: str, number: Number) -> Number:
    """利率5.6: a small number right after the word is in percent."""
    value = number.value.exact
    plain = not (number.scaled or number.money or number.percent or number.foreign)
    if not plain or value is None or not 0 < value < 36:
        return number
    if _RATE_AFTER.match(text, number.end):
        return replace(number, percent=True)
    if _RATE_BEFORE.search(text[: number.start]):
        return number if _UNIT_AFTER.match(text, number.end) else replace(number, percent=True)
    return number


def _monthly_rates(text: str) -> Iterator[Number]:
    """月息5厘 is 0.5 % a month, 6 % a year; 分 is ten times that."""
    for found in _RATE.finditer(text):
        if found["unit"] == "分" and not (found["monthly"] or found["yearly"] or found["spoken"]):
            continue
        number = numbers_in(found["n"])[0].value.low
        if number is None:
            continue
        if half := found["half"]:
            more = Decimal("0.5") if half == "半" else (numbers_in(half)[0].value.low or 0) / Decimal(10)
            number += more
        by = Decimal("0.1") if found["unit"] == "厘" else Decimal(1)
        # By the year a 厘 is one percent, by the month a tenth of one.
        yield Number(
            scale(Range.of(number), by * (10 if found["yearly"] else 12)), found.start(), found.end(), percent=True
        )


def _says_how_often(text: str, span: Span, numbers: list[Number]) -> bool:
    """Whether 一年 or "a month" tells how often money comes in, and not how long something lasts."""
    if not _ONE.fullmatch(text[span.start : span.end].strip()) or _LASTS.search(text[: span.start]):
        return False
    gaps = [text[min(n.end, span.end) : max(n.start, span.start)] for n in numbers if n.wan]
    return any(len(gap) <= 8 and not any(character in _END for character in gap) for gap in gaps)


def _only_names_a_year(text: str, when: When) -> bool:
    """Whether 去年 or "last year" goes with a figure (去年卖了) and does not tell when a business began."""
    if not when.year_only or text[when.start : when.end][-5:-1].isdigit() or text[when.end - 4 : when.end].isdigit():
        return False
    return not (_BEGINS_AFTER.match(text, when.end) or _BEGINS_BEFORE.search(text[: when.start]))


def _is_an_age(text: str, span: Span) -> bool:
    return bool(_OLD.match(text, span.end) and _PERSON.search(text[: span.start]))


def _sign(number: Number) -> str:
    if number.foreign:
        return NOISE
    if number.percent:
        return PERCENT
    return MONEY if number.scaled or number.money else NUMBER


def _masked(text: str, source: str, plain: str, taken: list[tuple[int, int, str, Number | When | Span]]) -> Marked:
    pieces: list[str] = []
    origin: list[int] = []
    found: dict[int, Number | When | Span] = {}
    at = 0
    for start, end, sign, item in taken:
        pieces.append(text[at:start])
        origin.extend(range(at, start))
        found[len(origin)] = item
        pieces.append(sign)
        origin.append(start)
        at = end
    pieces.append(text[at:])
    origin.extend(range(at, len(text) + 1))
    masked = "".join(pieces)
    # A figure of something else (a rent, a price) is no figure of a fact.
    others = [found_at for start, end in beside(masked) for found_at in range(start, end) if found_at in found]
    for at in others:
        del found[at]
        masked = masked[:at] + NOISE + masked[at + 1 :]
    return Marked(masked, source, plain, tuple(origin), found)
