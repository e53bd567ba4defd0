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

ABOUT = Decimal("0.1")  # 来, 左右, 大概, about: one tenth either way
WAN = Decimal(10_000)
_YUAN_FROM = Decimal(10_000)  # "turnover 800,000": from here on a bare number of money is taken for yuan

_HAN_DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "俩": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
_WORDS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
} | {word: 10 * tens for tens, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_SCALES = {
    "万": 10**4, "w": 10**4, "wan": 10**4, "亿": 10**8, "k": 10**3, "thousand": 10**3, "m": 10**6, "mn": 10**6,
    "mil": 10**6, "million": 10**6, "bn": 10**9, "billion": 10**9,
}  # fmt: skip


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


def scale(value: Range, factor: Decimal | int) -> Range:
    """A range in another unit."""
    low = None if value.low is None else _plain(value.low * factor)
    high = None if value.high is None else _plain(value.high * factor)
    return replace(value, low=low, high=high)


def _plain(number: Decimal) -> Decimal:
    """Without trailing zeros and without an exponent, so that equal numbers are written alike."""
    number = number.normalize()
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number


def about(value: Range) -> Range:
    """One tenth more uncertain on either side."""
    if value.low is None or value.high is None:
        return value
    return Range(_plain(value.low * (1 - ABOUT)), _plain(value.high * (1 + ABOUT)))


# --- Chinese ---------------------------------------------------------------------------------------

_DIG = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_HAN = r"[零〇一二两俩三四五六七八九十百千]+"
_SMALL = rf"(?:{_DIG}(?:千\d百?|百\d|[千百])?|{_HAN})"
_TAIL = (
    r"(?:[1-9一二两三四五六七八九](?![\d.,万亿wWkK十百千个人名位号年月岁天%％级多几来\-到至~])"
    r"|[1-9一二两三四五六七八九]千(?:[1-9一二三四五六七八九]百?)?|零?[一二三四五六七八九]百(?:[一二三四五六七八九]十)?|\d{4}(?!\d))"
)
_LATIN_SCALE = r"[wWkK](?![A-Za-z])"
_ZH_NUMBER = re.compile(
    rf"(?P<few>好几|几|数|上|成)(?P<base>[十百千])(?P<fewvague>[多来]?)个?(?P<fewscale>[万亿]?)"
    rf"|(?P<upper>上|成)(?P<upperscale>[万亿])"
    rf"|(?P<parts>(?:(?:{_SMALL}|半)[多来几余]?个?(?:万|亿|{_LATIN_SCALE}))+)(?P<tail>{_TAIL})?(?P<partvague>[多来余]?)"
    rf"|(?P<plain>{_SMALL})(?P<vague>[多来几余]?)"
)
_PART = re.compile(rf"(?P<small>{_SMALL}|半)(?P<vague>[多来几余]?)个?(?P<scale>万|亿|[wWkK])")
_NEIGHBOURS = re.compile(
    r"(?<![零〇一二两三四五六七八九])([一二两三四五六七八])([二两三四五六七八九])(?![零〇一二两三四五六七八九])"
)


def _han(text: str) -> Decimal:
    """两百三十 → 230, 一千二 → 1200, 一百零五 → 105, 二〇二六 → 2026."""
    if len(text) > 1 and not set(text) & set(_HAN_UNITS):
        return Decimal("".join(str(_HAN_DIGITS[character]) for character in text))
    total, digit, unit, zero = 0, None, 1, False
    for character in text:
        if character in _HAN_UNITS:
            unit = _HAN_UNITS[character]
            total += (1 if digit is None else digit) * unit
            digit, zero = None, False
        else:
            digit = _HAN_DIGITS[character]
            zero = zero or digit == 0
    if digit:
        total += digit * (unit // 10 if unit >= 100 and not zero else 1)
    return Decimal(total)


def _small(text: str) -> Decimal:
    """A figure below 万: 3千5 → 3500, 12.5, 两百三十, 半."""
    if text == "半":
        return Decimal("0.5")
    if not text[0].isdigit():
        return _han(text)
    found = re.fullmatch(rf"({_DIG})(?:([千百])(\d?)百?)?", text)
    assert found is not None
    number = Decimal(found[1].replace(",", ""))
    if found[2]:
        unit = _HAN_UNITS[found[2]]
        return number * unit + Decimal(found[3] or 0) * unit / 10
    return number


def _step(number: Decimal) -> Decimal:
    """The unit of the last place written: 10 of 230, 100 of 200, 1 of 25."""
    return Decimal(1).scaleb(int(number.normalize().as_tuple().exponent)) if number else Decimal(1)


def _vague(number: Decimal, how: str) -> Range:
    if how in ("多", "余"):
        return Range(number, number + _step(number), low_open=True, high_open=True)
    if how == "几":
        return Range(number + _step(number) / 10, number + _step(number), high_open=True)
    return about(Range.of(number)) if how == "来" else Range.of(number)


def _small_range(text: str, how: str) -> Range:
    """A figure below 万 that may be two neighbours: 七八 → 7 to 8, 二三十 → 20 to 30."""
    pair = None if text[0].isdigit() else _NEIGHBOURS.search(text)
    if pair and (_HAN_DIGITS[pair[2]] == _HAN_DIGITS[pair[1]] + 1 or pair[0] == "三五"):
        low, high = (_han(text[: pair.start()] + pair[n] + text[pair.end() :]) for n in (1, 2))
        return Range(low, high)
    return _vague(_small(text), how)


def _chinese(found: re.Match[str]) -> tuple[Range, bool]:
    """The value of a match, and whether a scale was said."""
    if found["upper"]:
        return Range(Decimal(_SCALES[found["upperscale"]])), True
    if found["few"]:
        unit = Decimal(_HAN_UNITS[found["base"]])
        value = Range(unit) if found["few"] in ("上", "成") else Range(2 * unit, 10 * unit, high_open=True)
        return scale(value, _SCALES.get(found["fewscale"], 1)), bool(found["fewscale"])
    if found["plain"]:
        return _small_range(found["plain"], found["vague"]), False
    parts = list(_PART.finditer(found["parts"]))
    total, last = Decimal(0), Range.of(0)
    for part in parts:
        by = _SCALES[part["scale"].lower()]
        last = scale(_small_range(part["small"], part["vague"]), by)
        total += last.low if part is not parts[-1] and last.low is not None else 0
    if tail := found["tail"]:
        by = _SCALES[parts[-1]["scale"].lower()]
        number = _small(tail)
        total += number * by / 10 if len(tail) == 1 else number
    how = found["partvague"]
    if how and last.exact is not None:
        last = _vague(last.exact + total, how)
        return last, True
    low = None if last.low is None else last.low + total
    high = None if last.high is None else last.high + total
    return replace(last, low=low, high=high), True


# --- English ---------------------------------------------------------------------------------------

_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
_EN_SCALE = r"(?:k|thousand|million|mn|mil|m|billion|bn|wan|w)\b"
_EN_NUMBER = re.compile(
    rf"(?P<half>\bhalf a (?P<halfscale>million|thousand|billion|dozen)\b)"
    rf"|(?P<andhalf>\b(?P<whole>{_WORD}|a|\d+) and a half\s+(?P<andscale>million|thousand|billion)\b)"
    rf"|(?P<words>\b(?:(?:{_WORD}|hundred|thousand|million|billion|dozen|a (?=hundred|thousand|million|billion|dozen))"
    rf"(?:\s+and\s+(?={_WORD})|[\s-]+(?=(?:{_WORD}|hundred|thousand|million|billion|dozen|k|m)\b)|\b))+)"
    rf"(?P<wordodd>[- ](?:odd|something|some)\b)?"
    rf"|(?<![\w.])(?P<digits>{_DIG})(?:\s?-?(?P<scale>{_EN_SCALE}))?(?P<odd>[- ](?:odd|something)\b)?",
    re.I,
)


def _english_words(text: str) -> Decimal:
    total = current = Decimal(0)
    for word in re.split(r"[\s-]+", text.lower().strip()):
        if word in _WORDS:
            current += _WORDS[word]
        elif word == "dozen":
            current = (current or Decimal(1)) * 12
        elif word == "hundred":
            current = (current or Decimal(1)) * 100
        elif word in _SCALES:
            total += (current or 1) * _SCALES[word]
            current = Decimal(0)
    return total + current


def _english(found: re.Match[str]) -> tuple[Range, bool]:
    if found["half"]:
        name = found["halfscale"].lower()
        return Range.of(Decimal(6 if name == "dozen" else _SCALES[name] // 2)), name != "dozen"
    if found["andhalf"]:
        whole = found["whole"].lower()
        number = Decimal(whole) if whole.isdigit() else Decimal(_WORDS.get(whole, 1))
        return Range.of((number + Decimal("0.5")) * _SCALES[found["andscale"].lower()]), True
    if found["words"]:
        number = _english_words(found["words"])
        scaled = bool(re.search("thousand|million|billion", found["words"], re.I))
        return _vague(number, "多" if found["wordodd"] else ""), scaled
    number = Decimal(found["digits"].replace(",", ""))
    by = _SCALES[found["scale"].lower()] if found["scale"] else 1
    return scale(_vague(number, "多" if found["odd"] else ""), by), by > 1


# --- both: bounds, ranges, currencies -----------------------------------------------------------------

_BEFORE = re.compile(
    r"(?:(?P<under>不到|不足|不满|未满|少于|低于|小于|没到|还不到"
    r"|\b(?:under|below|less than|fewer than|not quite|short of))"
    r"|(?P<most>不超过|不多于|不高于|最多|顶多|至多"
    r"|\b(?:at most|up to|no more than|not more than|at the most|maximum(?: of)?))"
    r"|(?P<least>至少|起码|最少|不少于|不低于|\b(?:at least|no less than|not less than|no fewer than|minimum(?: of)?))"
    r"|(?P<over>超过|超|多于|大于|高于"
    r"|(?<!turn )(?<!turns )(?<!turned )(?<!turning )\b(?:over|more than|above|exceed(?:s|ing)?|upwards of))"
    r"|(?P<near>将近|接近|近|快|\b(?:nearly|almost|close to))"
    r"|(?P<about>大概其?|大约|约莫|约|差不多|估计|~|≈"
    r"|(?<!what )(?<!how )\b(?:about|around|roughly|approximately|approx\.?|some|circa)))"
    r"(?:大概|是|有|在|也就)?个?\s*(?:(?:RMB|CNY)\s*|[¥￥]\s*)?$",
    re.I,
)
_UNIT = (
    r"(?:个|名|位|号)?(?:多?人|员工|职工|岁|年|个月|月|次|万?元|块钱?|平"
    r"|people|staff|employees|workers|yuan|RMB|times|years?|months?)?"
)
_AFTER = re.compile(
    rf"\s*{_UNIT}(?:钱|的样子)?\s*(?:(?P<least>以上|往上|及以上|\+|or more|plus\b|at least)|(?P<slightly>出头|挂零)"
    rf"|(?P<most>以内|之内|以下|封顶|or less|at most|at the most|tops)|(?P<under>不到|都不到)"
    rf"|(?P<about>左右|上下|样子|光景|来往|or so|more or less|give or take))",
    re.I,
)  # fmt: skip
_JOIN = re.compile(r"\s*(?:到|至|[-–—~～]|\bto\b|\band\b|\bor\b)\s*", re.I)
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
    english = [(m, _english) for m in _EN_NUMBER.finditer(text)] if re.search(r"[A-Za-z]", text) else []
    chinese = [(m, _chinese) for m in _ZH_NUMBER.finditer(text)]
    # Of two readings from one place the longer one counts: "300k" over "300", "3千5" over "3".
    for match, read in sorted([*english, *chinese], key=lambda pair: (pair[0].start(), -len(pair[0][0].rstrip()))):
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
    if low >= high:
        return None
    start = starts_as_range.start() if starts_as_range else first.start
    return replace(second, value=Range(low, high), start=start)


def _scale_said(text: str) -> int:
    found = re.search(rf"万|亿|{_EN_SCALE}|{_LATIN_SCALE}", text, re.I)
    return _SCALES[found[0].lower()] if found else 1


def _with_bounds(text: str, number: Number) -> Number:
    """Take the words in that say how surely the number is known."""
    value = number.value
    before = _BEFORE.search(text[max(0, number.start - 24) : number.start])
    after = _AFTER.match(text, number.end)
    start = number.start - len(before[0]) if before else number.start
    end = after.end() if after and _close(after) else number.end
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
        return Range(_plain(value.exact * (1 - ABOUT)), value.exact, high_open=True)
    if how == "slightly" and value.exact is not None:
        return Range(value.exact, _plain(value.exact * (1 + ABOUT)), low_open=True)
    if how == "about" and value.exact is not None:
        return about(value)
    return value
