"""The months and years a question speaks of."""

from __future__ import annotations

import re
from datetime import date

from index.figures import dates

_RELATIVE = (
    (re.compile(r"前年|the year before last", re.I), -2),
    (re.compile(r"去年|上年|last year", re.I), -1),
    (re.compile(r"今年|本年|this year", re.I), 0),
    (re.compile(r"明年|next year", re.I), 1),
)
_YEAR = re.compile(r"(?<![\d〔\[（(])((?:19|20)\d{2})(?:年(?!第?\d+号)|(?![\d年号〕\]）)]))")
_MONTH = re.compile(r"(?<!\d)(\d{1,2})月")
# 2026年中小微企业 speaks of small firms, not of the middle of 2026.
_MID = re.compile(r"年中(?![小型央国])|\bmid[- ]?(?=20\d\d|year)", re.I)
_QUARTER = re.compile(
    r"(?:第?([一二三四1-4])季度|前([一二三])季度|\bQ([1-4])\b|\b(first|second|third|fourth) quarter)", re.I
)
_QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12,
             "first": 3, "second": 6, "third": 9, "fourth": 12}  # fmt: skip
_FIRST_HALF = re.compile(r"上半年|\bfirst half\b|\bH1\b", re.I)
_SECOND_HALF = re.compile(r"下半年|\bsecond half\b|\bH2\b", re.I)
_END = re.compile(r"年末|年底|\bend of (?=20\d\d)|\byear[- ]?end", re.I)
# What a text says of a part of a year, year and part side by side: other years of the text are not meant.
_PARTS = re.compile(
    r"(?P<zh>\d{4})年(?:(?:第|前)?(?P<q>[一二三四1-4])季度|(?P<h>[上下])半年|(?P<e>末|底))"
    r"|(?P<qe>first|second|third|fourth) (?P<what>quarter|half) of (?P<en>\d{4})|\bend of (?P<ee>\d{4})",
    re.I,
)
_DAY = r"\d{4}年(?:第?[一二三四1-4]季度|[上下]半年|\d{1,2}月(?:\d{1,2}日)?)?"
_DAY_EN = r"(?:the )?(?:(?:first|second|third|fourth) (?:quarter|half) of |\d{1,2} )?(?:[A-Z][a-z]+ )?\d{4}"
_SPANS = (
    re.compile(rf"(?P<start>{_DAY})(?:（[^）]*）)?(?:起|以来|开始)(?!至|到)"),
    re.compile(rf"(?P<start>{_DAY})起?(?:至|到|—|-)(?P<end>{_DAY})"),
    re.compile(rf"\b(?:since|from) (?P<start>{_DAY_EN})(?! to | until | through )"),
    re.compile(rf"\b(?:from )?(?P<start>{_DAY_EN}) (?:to|until|through) (?P<end>{_DAY_EN})"),
)


def periods_in(text: str, today: date) -> frozenset[str]:
    """Periods as YYYY-MM, or YYYY where no month is named; words like "last year" are counted from `today`."""
    months = {found[:7] for found in dates(text) if not found.startswith("-")}
    years = {int(year) for year in _YEAR.findall(text)}
    for pattern, offset in _RELATIVE:
        if pattern.search(text):
            years.add(today.year + offset)
            for month in _MONTH.findall(text):
                months.add(f"{today.year + offset}-{int(month):02d}")
    if _MID.search(text):
        months |= {f"{year}-06" for year in years}
    if _FIRST_HALF.search(text):
        months |= {f"{year}-06" for year in years}
    if _END.search(text) or _SECOND_HALF.search(text):
        months |= {f"{year}-12" for year in years}
    for match in _QUARTER.finditer(text):
        named = next(group for group in match.groups() if group)
        months |= {f"{year}-{_QUARTERS[named.lower()]:02d}" for year in years}
    return frozenset(months | {str(year) for year in years if not any(m.startswith(f"{year}-") for m in months)})


def speaks_of(text: str, period: str) -> bool:
    """Whether a text speaks of a period: a date within it, or its year where that is all that was asked.

    A quarter or half year in the text counts as the month it ends with, as in a question.
    """
    if len(period) == 4:
        return period in text
    return any(found.startswith(period) for found in dates(text)) or period in _ends_of_parts(text)


def holds_over(text: str, period: str) -> bool:
    """Whether a text gives what holds from a day on, or from one day to another, and the month lies within."""
    spans = [(match["start"], match.groupdict().get("end")) for pattern in _SPANS for match in pattern.finditer(text)]
    return any(
        bool(first := _first_month(start)) and first <= period and (end is None or period <= _month(end))
        for start, end in spans
    )


def _ends_of_parts(text: str) -> set[str]:
    """The months with which the quarters, halves and years end that a text names."""
    return {_part(match) for match in _PARTS.finditer(text)}


def _part(match: re.Match[str]) -> str:
    year = match["zh"] or match["en"] or match["ee"]
    if match["q"]:
        return f"{year}-{_QUARTERS[match['q']]:02d}"
    if match["qe"]:
        number = _QUARTERS[match["qe"].lower()]
        return f"{year}-{number if match['what'].lower() == 'quarter' else 2 * number:02d}"
    return f"{year}-{6 if match['h'] == '上' else 12:02d}"


def _month(day: str) -> str:
    """The last month that a day, quarter or year lies in."""
    found = sorted({found[:7] for found in dates(day) if not found.startswith("-")} | _ends_of_parts(day))
    year = re.search(r"\d{4}", day)
    return found[-1] if found else f"{year[0]}-12" if year else ""


def _first_month(day: str) -> str:
    """The first month that a day, quarter or year lies in."""
    if dates(day):
        return _month(day)
    last = _month(day)
    months = 3 if re.search(r"季度|quarter", day) else 6 if re.search(r"半年|half", day) else 12
    return f"{last[:5]}{int(last[5:]) - months + 1:02d}" if last else ""
