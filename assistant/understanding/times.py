"""The days whose rules a question asks about: 去年, 2023年6月的时候, 明年3月, before 2024."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.texts import load_model
from assistant.types import Span
from index.references import chinese_number
from index.text import clean
from index.types import Language

_FILE = Path(__file__).with_name("times.yaml")
_ZH_TIME = re.compile(
    r"(?<![\d〔\[（(])(?P<y>(?:19|20)\d{2})\s*年(?!第?\d+号)|(?P<rel>前年|去年|上一?年度?|明年|来年|后年)|(?<!\d)(?P<short>\d{2})年(?!期)"
)
_ZH_PART = re.compile(
    r"\s*(?:的)?(?:(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})月(?:(?P<d>\d{1,2})[日号])?份?|(?P<half>[上下]半年)"
    r"|第?(?P<q>[一二三四1-4])季度|(?P<edge>年?[初底末]))"
)
_MONTHS = ("january february march april may june july august september october november december").split()
_EN_MONTH = "(?:" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _MONTHS) + ")"
_EN_TIME = re.compile(
    rf"(?:(?P<d>\d{{1,2}}) )?(?P<m>\b{_EN_MONTH}\b)\.?(?: (?P<d2>\d{{1,2}})(?!\d),?)?,? (?P<my>(?:19|20)\d{{2}})(?!\d)"
    rf"|(?P<relm>\b{_EN_MONTH}\b) (?P<mrel>last|next) year"
    r"|(?<![\d〔\[(,.])(?P<y>(?:19|20)\d{2})(?![\d〕\])]|,\d)|\b(?P<rel>the year before last|last year|next year)\b",
    re.I,
)
_OFFSETS = {
    "前年": -2, "去年": -1, "上年": -1, "上一年": -1, "上年度": -1, "上一年度": -1, "明年": 1, "来年": 1, "后年": 2,
    "the year before last": -2, "last year": -1, "next year": 1, "last": -1, "next": 1,
}  # fmt: skip
_STRETCH = {Language.ZH: re.compile(r"[^，。；？！,;?!\s]+"), Language.EN: re.compile(r"[^.;?!]+(?:\.\d[^.;?!]*)*")}


class _Named(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    zh: str
    en: str
    first: date
    last: date


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    frames: dict[Language, list[str]]
    beside: dict[Language, list[str]]
    now: dict[Language, str]
    before: dict[Language, str]
    named: list[_Named]


@dataclass(frozen=True, slots=True)
class _Time:
    first: date
    last: date
    start: int
    end: int


@cache
def _file() -> _File:
    return load_model(_FILE, _File)


def span_in(text: str, language: Language, today: date) -> Span | None:
    """The days whose rules a turn asks about; None for today, or where a time tells something else.

    "去年卖了1500万" tells of the enterprise, "2025年6月末余额" asks for a statistic, "2024年续贷通知" names a document.
    """
    said = clean(text).strip()
    if re.search(_file().now[language], said, re.I):
        return None
    for named in _file().named:
        if (match := re.search(named.zh if language is Language.ZH else named.en, said, re.I)) is not None:
            return Span(named.first, named.last, match[0])
    for stretch in _STRETCH[language].finditer(said):
        words = stretch[0]
        for time in _times(words, language, today):
            if not _bears_on_rules(words, time, language):
                continue
            span = _narrowed(words, time, language)
            if not span.first <= today <= span.last:
                return span
    return None


def _bears_on_rules(words: str, time: _Time, language: Language) -> bool:
    marked = f"{words[: time.start]}\0{words[time.end :]}"
    others, frames = _file().beside[language], _file().frames[language]
    if any(re.search(pattern.replace("{time}", "\0"), marked, re.I) for pattern in others):
        return False
    return any(re.search(pattern.replace("{time}", "\0"), marked, re.I) for pattern in frames)


def _narrowed(words: str, time: _Time, language: Language) -> Span:
    """The span itself, or the day before it where the days before it are meant."""
    said = words[time.start : time.end].strip()
    around = words[time.end :] if language is Language.ZH else words[: time.start]
    if re.search(_file().before[language], around, re.I):
        day = time.first - timedelta(days=1)
        return Span(day, day, said)
    return Span(time.first, time.last, said)


def _times(words: str, language: Language, today: date) -> list[_Time]:
    return _chinese(words, today) if language is Language.ZH else _english(words, today)


def _chinese(words: str, today: date) -> list[_Time]:
    found = []
    for match in _ZH_TIME.finditer(words):
        year = int(match["y"] or 0) or (
            2000 + int(match["short"]) if match["short"] else today.year + _OFFSETS[match["rel"]]
        )
        if not 1990 <= year <= 2100:
            continue
        first, last, end = date(year, 1, 1), date(year, 12, 31), match.end()
        if part := _ZH_PART.match(words, match.end()):
            first, last = _part(year, part)
            end = part.end()
        found.append(_Time(first, last, match.start(), end))
    return found


def _part(year: int, part: re.Match[str]) -> tuple[date, date]:
    if part["m"]:
        month = chinese_number(part["m"]) or 1
        if not 1 <= month <= 12:
            return date(year, 1, 1), date(year, 12, 31)
        return _days(year, month, int(part["d"]) if part["d"] else None)
    if part["half"]:
        return (
            (date(year, 1, 1), date(year, 6, 30)) if part["half"][0] == "上" else (date(year, 7, 1), date(year, 12, 31))
        )
    if part["q"]:
        quarter = chinese_number(part["q"]) or 1
        return date(year, 3 * quarter - 2, 1), date(year, 3 * quarter, monthrange(year, 3 * quarter)[1])
    return _days(year, 1 if "初" in part["edge"] else 12, None)


def _english(words: str, today: date) -> list[_Time]:
    found = []
    for match in _EN_TIME.finditer(words):
        if match["m"]:
            day = match["d"] or match["d2"]
            first, last = _days(int(match["my"]), _month(match["m"]), int(day) if day else None)
        elif match["relm"]:
            first, last = _days(today.year + _OFFSETS[match["mrel"].lower()], _month(match["relm"]), None)
        else:
            year = int(match["y"]) if match["y"] else today.year + _OFFSETS[match["rel"].lower()]
            first, last = date(year, 1, 1), date(year, 12, 31)
        found.append(_Time(first, last, match.start(), match.end()))
    return found


def _month(name: str) -> int:
    return next(number for number, full in enumerate(_MONTHS, 1) if full.startswith(name.lower()[:3]))


def _days(year: int, month: int, day: int | None) -> tuple[date, date]:
    length = monthrange(year, month)[1]
    if day is not None and 1 <= day <= length:
        return date(year, month, day), date(year, month, day)
    return date(year, month, 1), date(year, month, length)
