"""Dates and lengths of time as documents write them: 二〇二四年十月八日, 14 June 2024; 五年, three years."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from index.documents.structure.spelling import flat
from index.numerals import ENGLISH_WORDS, HAN_DIGITS, han_number

_H = "[零〇一二两三四五六七八九十]"
_MONTHS = "January February March April May June July August September October November December".split()
_MONTH = "|".join(f"{month[:3]}(?:{month[3:]})?" if len(month) > 3 else month for month in _MONTHS)
# OCR and fonts give the zero of a year in many shapes.
_YEAR_HAN = "[二一][〇○零ОOo0ΟＯ０◯一二三四五六七八九]{3}"
DAY = (
    rf"(?:(?:\d{{4}}|{_YEAR_HAN}) ?年 ?(?:\d{{1,2}}|{_H}{{1,3}}) ?月 ?(?:\d{{1,2}}|{_H}{{1,3}}) ?[日号]"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)? (?:{_MONTH})\.?,? \d{{4}}|(?:{_MONTH})\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}})"
)
# Without a year, or with an end of month or year instead of a day.
LOOSE = (
    rf"(?:{DAY}|(?:\d{{4}}|{_YEAR_HAN}) ?年 ?(?:\d{{1,2}} ?月)?[底末]"
    rf"|(?:\d{{1,2}}|{_H}{{1,3}}) ?月 ?(?:\d{{1,2}}|{_H}{{1,3}}) ?日)"
)
LENGTH = rf"(?:\d{{1,2}}|{_H}{{1,3}}|one|two|three|four|five|six|seven|eight|nine|ten) ?(?:个)?(?:年|月|years?|months?)"


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time in whole months."""

    months: int

    def last_day_from(self, first: date) -> date:
        """The last day of a period that begins on that day: three years from 1 July 2024 end on 30 June 2027."""
        return later(first, self.months) - timedelta(days=1)


def later(day: date, months: int) -> date:
    """The same day so many months later, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def day(text: str, near: date | None = None) -> date | None:
    """The date a text writes, None where there is no such day; one without a year is the first not before `near`."""
    plain = flat(text).replace(" ", "") if re.search("[年月]", text) else flat(text).strip()
    try:
        if match := re.fullmatch(r"(\d{4}|.{4})年(?:(\d{1,2})月)?[底末]", plain):
            year, month = _year(match[1]), int(match[2] or 12)
            return date(year, month, calendar.monthrange(year, month)[1])
        if match := re.fullmatch(r"(?:(\d{4}|[^年月日]{4})年)?([^年月日]{1,3})月([^年月日]{1,3})[日号]", plain):
            month, number = _small(match[2]), _small(match[3])
            if match[1]:
                return date(_year(match[1]), month, number)
            return _following(near, month, number)
        if match := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", plain):
            return date(int(match[1]), int(match[2]), int(match[3]))
        return _english(plain)
    except (ValueError, KeyError):
        return None


def length(text: str) -> Length | None:
    """五年, 24个月, three years."""
    match = re.fullmatch(rf"(\d{{1,2}}|{_H}{{1,3}}|[a-z]+) ?(?:个)?(年|月|years?|months?)", flat(text).strip(), re.I)
    if match is None:
        return None
    word = match[1].lower()
    count = int(word) if word.isdigit() else ENGLISH_WORDS.get(word) if word.isascii() else int(han_number(word))
    return Length(count * (12 if match[2].startswith(("年", "year")) else 1)) if count else None


def count_of_days(word: str) -> int:
    """30, 三十."""
    return int(word) if word.isdigit() else int(han_number(word))


def _following(near: date | None, month: int, number: int) -> date | None:
    if near is None:
        return None
    this = date(near.year, month, number)
    return this if this >= near else date(near.year + 1, month, number)


def _year(text: str) -> int:
    if text.isdigit() and text.isascii():
        return int(text)
    return int("".join("0" if c in "〇○零ОOo0ΟＯ０◯" else str(HAN_DIGITS[c]) for c in text))


def _small(text: str) -> int:
    return int(text) if text.isdigit() and text.isascii() else int(han_number(text))


def _english(text: str) -> date | None:
    match = re.fullmatch(
        rf"(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)? )?(?P<m>{_MONTH})\.?"
        r"(?: (?P<e>\d{1,2})(?:st|nd|rd|th)?)?,? (?P<y>\d{4})",
        text,
    )
    if match is None or not (match["d"] or match["e"]):
        return None
    month = next(place for place, name in enumerate(_MONTHS, 1) if name.startswith(match["m"][:3]))
    return date(int(match["y"]), month, int(match["d"] or match["e"]))
