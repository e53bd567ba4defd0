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
_END = re.compile(r"年末|年底|\bend of (?=20\d\d)|\byear[- ]?end", re.I)


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
    if _END.search(text):
        months |= {f"{year}-12" for year in years}
    for match in _QUARTER.finditer(text):
        named = next(group for group in match.groups() if group)
        months |= {f"{year}-{_QUARTERS[named.lower()]:02d}" for year in years}
    return frozenset(months | {str(year) for year in years if not any(m.startswith(f"{year}-") for m in months)})


def speaks_of(text: str, period: str) -> bool:
    """Whether a text speaks of a period: a date within it, or its year where that is all that was asked."""
    if len(period) == 4:
        return period in text
    return any(found.startswith(period) for found in dates(text))
