"""Lengths of time as people say them, in months: 三年半, 两三个月, 36期, a year and a half."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from assistant.profile import Range
from assistant.understanding.facts.numbers import numbers_in
from assistant.understanding.facts.scales import about, scale


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time found in a text, in months."""

    months: Range
    start: int
    end: int


SMALL_WORDS = {
    word: number
    for number, word in enumerate("zero a two three four five six seven eight nine ten eleven twelve".split())
} | {"one": 1, "an": 1}
_ZH_N = r"(?:\d+(?:\.\d+)?|[一二两俩仨三四五六七八九十百]+|几)"
_ZH_SPAN = re.compile(
    rf"(?:(?:满打满算|统共|拢共|正好|刚好|恰好|整整)(?:才|就|也就|有)*)?(?P<before>不到|不足|不满|未满|没到|还不到|超过|至少|最多|将近|接近|快|刚|大概|大约|约|差不多)?(?:有|是)?(?P<spoken>半年|半个月|"
    rf"(?P<n>{_ZH_N})(?:\s*[到至\-~]\s*(?P<to>{_ZH_N}))?(?P<vague>多|几|来)?(?P<unit>年|个月|个多月|个半月|周年|(?<=[俩仨])月)(?P<half>半)?"
    rf"(?:(?:零|又|加)?(?P<more>{_ZH_N})个月(?!能|做|卖|流水|有|营业|赚|收入|挣|进|大概|也就|就))?)(?P<odd>多(?![少久长大]))?(?P<after>以上|以内|左右|出头|不到|了?不止|起步|起(?=[，,。；\s]|$))?(?!前|之前|以前|后|之后|内|期(?![的,，。；;\s]|$|贷款|还)|化|息|度)",
)
_EN_LENGTH = rf"(?:\d+(?:\.\d+)?|{'|'.join(SMALL_WORDS)}|twenty|thirty|fifteen|eighteen)"
_EN_SPAN = re.compile(
    rf"(?:(?P<before>less than|under|not even|(?<!\d )(?<!\dk )(?<!million )(?<!yuan )(?<!RMB )over|more than|at least"
    rf"|about|around|almost|nearly|roughly)\s+)?"
    rf"(?P<spoken>\bhalf a year\b|\b(?:a|one) year and a half\b|\b(?P<n>{_EN_LENGTH})(?P<half> and a half)?"
    rf"(?:\s*(?:to|or|-)\s*(?P<to>{_EN_LENGTH}))?\s*-?(?P<unit>years?|months?|yrs?)\b)",
    re.I,
)


def spans_in(text: str) -> list[Span]:
    """Every length of time a text names, as months."""
    found = [span for match in _ZH_SPAN.finditer(text) if (span := _chinese_span(match))]
    return found + [span for match in _EN_SPAN.finditer(text) if (span := _english_span(match))]


def _chinese_span(found: re.Match[str]) -> Span | None:
    if found["spoken"] == "半年":
        months = Range.of(6)
    elif found["spoken"] == "半个月":
        months = Range.of(Decimal("0.5"))
    elif found["n"] == "几":
        return None
    else:
        value = numbers_in(found["n"])
        if not value or (found["n"].isdigit() and found["unit"] == "年" and len(found["n"]) > 2):
            return None  # 2023年 is a year
        unit = 12 if "年" in found["unit"] else 1
        months = value[0].value
        if found["to"] and months.exact is not None and (top := small_number(found["to"])) > months.exact:
            months = Range(months.exact, top)
        vague = found["vague"] or found["odd"] or ("多" if "多" in found["unit"] else "")
        if vague and months.exact is not None:
            joined = numbers_in(f"{found['n']}{'几' if vague == '几' else '多'}")
            months = joined[0].value if vague != "来" else about(months)
        months = scale(months, unit)
        extra = Decimal(6) if found["half"] else Decimal("0.5") if "半" in found["unit"] else Decimal(0)
        if found["more"] and found["more"] != "几":
            extra = small_number(found["more"])
        if extra and months.exact is not None:
            months = Range.of(months.exact + extra)
    if (found["odd"] or "") and found["spoken"] == "半年":
        months = Range(Decimal(6), Decimal(12), low_open=True, high_open=True)
    how = (found["before"] or "").replace("刚", "") or found["after"] or ""
    return _bounded_span(months, how, found)


def _english_span(found: re.Match[str]) -> Span | None:
    said = found["spoken"].lower()
    if said == "half a year":
        months = Range.of(6)
    elif said.endswith("year and a half"):
        months = Range.of(18)
    else:
        unit = 1 if found["unit"].lower().startswith("month") else 12
        number = _length(found["n"])
        months = Range.of(number) if not found["to"] else Range(number, max(number, _length(found["to"])))
        months = scale(months, unit)
        if found["half"] and months.exact is not None:
            months = Range.of(months.exact + unit // 2)
    return _bounded_span(months, (found["before"] or "").lower(), found)


def _length(text: str) -> Decimal:
    tens = {"twenty": 20, "thirty": 30, "fifteen": 15, "eighteen": 18}
    return (
        Decimal(tens[text.lower()])
        if text.lower() in tens
        else small_number(text)
        if not text[0].isdigit()
        else Decimal(text)
    )


def _bounded_span(months: Range, how: str, found: re.Match[str]) -> Span | None:
    exact = months.exact
    if exact is not None:
        if how in ("不到", "不足", "不满", "未满", "没到", "还不到", "less than", "under", "not even"):
            months = Range(None, exact, high_open=True)
        elif how in ("超过", "over", "more than", "了不止", "不止"):
            months = Range(exact, None, low_open=True)
        elif how in ("至少", "以上", "起步", "起", "at least"):
            months = Range(exact, None)
        elif how in ("最多", "以内"):
            months = Range(None, exact)
        elif how in ("将近", "接近", "快", "almost", "nearly"):
            months = Range(exact * Decimal("0.9"), exact, high_open=True)
        elif how in ("大概", "大约", "约", "差不多", "左右", "about", "around", "roughly"):
            months = Range(exact * Decimal("0.9"), exact * Decimal("1.1"))
    return Span(scale(months, 1), found.start(), found.end())


def small_number(text: str) -> Decimal:
    """A count of days, weeks, months or years: 半, 三, 12, a, twelve."""
    text = text.lower()
    if text in ("半", "half a"):
        return Decimal("0.5")
    if text in SMALL_WORDS:
        return Decimal(SMALL_WORDS[text])
    value = numbers_in(text)[0].value
    return value.low if value.low is not None else Decimal(0)
