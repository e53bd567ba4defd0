"""Numbers as people write and say them, in Chinese and English, with how surely they are known.

A number is taken with the words that bound it (不到, 以上, about, at least) and the scale and currency beside it.
What is not a number of the enterprise at all - telephone numbers, document numbers, clauses - is not looked for here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from assistant.profile import Range
from assistant.understanding.facts import chinese_numerals as chinese
from assistant.understanding.facts import english_numerals as english
from assistant.understanding.facts.scales import ABOUT, SCALES, about, plain, scale

WAN = Decimal(10_000)
_YUAN_FROM = Decimal(10_000)  # "turnover 800,000": from here on a bare number of money is taken for yuan


@dataclass(frozen=True, slots=True)
class Number:
    """A number found in a text."""

    value: Range  # in units of one: 50万 is 500000
    start: int
    end: int
    scaled: bool = False  # 万, 亿, k or million was said
    money: bool = False  # a currency of ours was said: 元, yuan, RMB
    foreign: bool = False  # another currency was said
    percent: bool = False

    @property
    def wan(self) -> Range | None:
        """As money in ten thousand yuan; None where neither a scale nor a currency was said and the number is small."""
        low = self.value.low if self.value.low is not None else self.value.high
        if self.foreign or self.percent or low is None:
            return None
        if not (self.scaled or self.money) and low < _YUAN_FROM:
            return None
        return scale(self.value, 1 / WAN)

    @property
    def count(self) -> Range | None:
        """As a number of people or times: whole, so that 三十多 ends with 39; None for money and for parts."""
        if self.money or self.foreign or self.percent:
            return None
        value = self.value
        if value.low is not None and value.high is not None:
            if value.exact is not None and value.exact != value.exact.to_integral_value():
                return None
            low, high = value.low.to_integral_value(ROUND_FLOOR), value.high.to_integral_value(ROUND_CEILING)
            high -= 1 if value.high_open else 0
            return Range(low, high, value.low_open and low < high)
        return value


_BEFORE = re.compile(
    r"(?:(?P<under>不到|不足|不满|未满|少于|低于|小于|没到|还不到"
    r"|\b(?:under|below|less than|fewer than|not quite|short of))"
    r"|(?P<slightly>\b(?:a (?:little|bit|shade) (?:over|above|more than)|(?:just|slightly) (?:over|above|more than)))"
    r"|(?P<most>不超过|不多于|不高于|最多|顶多|至多|撑死"
    r"|\b(?:at most|up to|no more than|not more than|at the most|maximum(?: of)?))"
    r"|(?P<least>至少|起码|最少|不少于|不低于|\b(?:at least|no less than|not less than|no fewer than|minimum(?: of)?))"
    r"|(?P<over>超过|超|多于|大于|高于"
    r"|(?<!turn )(?<!turns )(?<!turned )(?<!turning )\b(?:over|more than|above|exceed(?:s|ing)?|upwards of))"
    r"|(?P<near>将近|接近|近|快|\b(?:nearly|almost|close to))"
    r"|(?P<about>大概其?|大约|约莫|约|差不多|估计|~|≈"
    r"|(?<!what )(?<!how )\b(?:about|around|roughly|approximately|approx\.?|some|circa|ca\.?)))"
    r"(?:大概|是|有|在|也就)?个?\s*(?:(?:RMB|CNY)\s*|[¥￥]\s*)?$",
    re.I,
)
_UNIT = (
    r"(?:个|名|位|号)?(?:多?人|员工|职工|岁|年|个月|月|次|万?元|块钱?|平"
    r"|people|staff|employees|workers|yuan|RMB|times|years?|months?)?"
)
# Said beside a number, and changing nothing of it.
_IDLE_BEFORE = re.compile(
    r"(?:(?:正好|刚好|恰好|恰恰|不多不少)整?|满打满算|整整|足足|统共|拢共|通共"
    r"|\b(?:exactly|precisely|all in all|all told))"
    r"(?:也|就|才|有|是|[:：,，])*\s*$",
    re.I,
)
_IDLE_AFTER = re.compile(r"(?:元|块钱?)?整(?![\u4e00-\u9fff])")
_AFTER = re.compile(
    rf"\s*{_UNIT}(?:钱|的样子)?\s*"
    rf"(?:(?P<least>以上|打底|往上|及以上|\+|or more|plus\b|at least)|(?P<slightly>出头|出点头|挂零)"
    rf"|(?P<most>以内|之内|以下|封顶|or less|at most|at the most|tops)|(?P<under>不到|都不到)"
    rf"|(?P<about>左右|上下|样子|光景|来往|or so|more or less|give or take))",
    re.I,
)  # fmt: skip
_JOIN = re.compile(r"\s*(?:到|至|、|[-–—~～]|\bto\b|\band\b|\bor\b)\s*", re.I)
_CURRENCY_BEFORE = re.compile(
    r"(?:(?P<ours>RMB|CNY|人民币|[¥￥])|(?P<foreign>US\$|HK\$|USD|EUR|GBP|HKD|JPY|[$€£]|美元|美金))\s*$", re.I
)
_CURRENCY_AFTER = re.compile(
    r"\s*(?:(?P<foreign>(?:US|U\.S\.|HK)?\s*dollars?\b|USD|EUR|GBP|HKD|euros?\b|pounds\b|yen\b"
    r"|美元|美金|欧元|港币|港元|日元|英镑|刀|韩元)"
    r"|(?P<ours>元|块|圆|人民币|yuan\b|RMB\b|CNY\b|renminbi\b))",
    re.I,
)
_PERCENT_AFTER = re.compile(r"\s*(?:%|％|个百分点|个点|percent\b|per cent\b|成(?!立|本|功|员|年|都|了))", re.I)
_PERCENT_BEFORE = re.compile(r"(?P<word>百分之)$")
_THINGS_AFTER = re.compile(
    r"\s*(?:人|件|台|吨|平|公里|户|家|只|头|亩|斤|字|粉丝|people|workers|employees|staff|units|tons)", re.I
)


def numbers_in(text: str) -> list[Number]:
    """Every number of a text, in its order and without overlaps, bounds and ranges drawn together."""
    found = list(_join(text, list(_single(text))))
    # 百分之四 is not a hundred and four.
    apart = [n for n in found if not any(o is not n and o.start <= n.start and n.end < o.end for o in found)]
    return [_with_bounds(text, number) for number in apart]


def _single(text: str) -> Iterator[Number]:
    taken = 0
    latin = [(m, english.read) for m in english.NUMBER.finditer(text)] if re.search(r"[A-Za-z]", text) else []
    han = [(m, chinese.read) for m in chinese.NUMBER.finditer(text)]
    # Of two readings from one place the longer one counts: "300k" over "300", "3千5" over "3".
    for match, read in sorted([*latin, *han], key=lambda pair: (pair[0].start(), -len(pair[0][0].rstrip()))):
        if match.start() < taken or not match[0].strip():
            continue
        value, scaled = read(match)
        end = match.start() + len(match[0].rstrip())
        number = Number(value, match.start(), end, scaled=scaled)
        taken = end
        yield _with_currency(text, number)


def _with_currency(text: str, number: Number) -> Number:
    start, end = number.start, number.end
    before, after = _CURRENCY_BEFORE.search(text[max(0, start - 6) : start]), _CURRENCY_AFTER.match(text, end)
    if percent := _PERCENT_BEFORE.search(text[max(0, start - 3) : start]):
        return replace(number, start=start - len(percent["word"]), percent=True)
    if percent := _PERCENT_AFTER.match(text, end):
        tenfold = percent[0].strip() == "成"
        return replace(number, end=percent.end(), percent=True, value=scale(number.value, 10 if tenfold else 1))
    ours = bool((before and before["ours"]) or (after and after["ours"]))
    foreign = bool((before and before["foreign"]) or (after and after["foreign"]))
    if before:
        start -= len(before[0])
    if after:
        end = after.end()
    things = _THINGS_AFTER.match(text, end)
    return replace(
        number, start=start, end=end, money=ours, foreign=foreign, scaled=number.scaled and not things
    )  # fmt: skip


def _join(text: str, numbers: list[Number]) -> Iterator[Number]:
    """Two numbers joined to a range become one; the first takes the scale of the second: 30到40万."""
    index = 0
    while index < len(numbers):
        first = numbers[index]
        second = numbers[index + 1] if index + 1 < len(numbers) else None
        joined = _between(text, first, second) if second else None
        yield joined or first
        index += 2 if joined else 1


def _between(text: str, first: Number, second: Number) -> Number | None:
    between = text[first.end : second.start]
    if not _JOIN.fullmatch(between):
        return None
    starts_as_range = re.search(r"between\s*$", text[: first.start], re.I)
    if between.strip().lower() == "and" and not starts_as_range:
        return None
    low, high = first.value.exact, second.value.exact
    if low is None or high is None:
        return None
    if second.scaled and not first.scaled and second.value.exact is not None:
        low *= _scale_said(text[second.start : second.end])
    if low >= high or (between.strip() == "、" and high != low + 1):
        return None
    start = starts_as_range.start() if starts_as_range else first.start
    return replace(second, value=Range(low, high), start=start)


def _scale_said(text: str) -> int:
    found = re.search(rf"万|亿|{english.SCALE}|{chinese.LATIN_SCALE}", text, re.I)
    return SCALES[found[0].lower()] if found else 1


def _with_bounds(text: str, number: Number) -> Number:
    """Take the words in that say how surely the number is known."""
    value = number.value
    before = _BEFORE.search(text[max(0, number.start - 24) : number.start])
    after = _AFTER.match(text, number.end)
    start = number.start - len(before[0]) if before else number.start
    end = after.end() if after and _close(after) else number.end
    if idle := _IDLE_BEFORE.search(text[:start]):
        start = idle.start()
    if idle := _IDLE_AFTER.match(text, end):
        end = idle.end()
    if before:
        value = _bounded(value, before.lastgroup or "")
    if after:
        value = _bounded(value, after.lastgroup or "")
    return replace(number, value=value, start=start, end=end)


def _close(after: re.Match[str]) -> bool:
    """Whether the bound follows at once, so that no unit (人, 岁) stands between it and the number."""
    return not after[0][: after.start(after.lastgroup or 0) - after.start()].strip()


def _bounded(value: Range, how: str) -> Range:
    low, high = value.low, value.high
    if how == "under" and high is not None:
        return Range(None, high, high_open=True)
    if how == "most" and high is not None:
        return Range(None, high)
    if how == "over" and low is not None:
        return Range(low, None, low_open=True)
    if how == "least" and low is not None:
        return Range(low, None)
    if how == "near" and value.exact is not None:
        return Range(plain(value.exact * (1 - ABOUT)), value.exact, high_open=True)
    if how == "slightly" and value.exact is not None:
        return Range(value.exact, plain(value.exact * (1 + ABOUT)), low_open=True)
    if how == "about" and value.exact is not None:
        return about(value)
    return value
