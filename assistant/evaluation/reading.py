"""Figures as the auditor reads them: dates, document numbers and quantities, each with the kind of thing it counts.

On purpose this shares nothing with index/figures.py or index/quantities.py, by which answers are checked before they
are shown: an error there must not hide itself here. It reads more coarsely, and so more than they may.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

_SCALES = {"万亿": 12, "千亿": 11, "百亿": 10, "亿": 8, "千万": 7, "百万": 6, "万": 4, "千": 3,
           "trillion": 12, "billion": 9, "million": 6, "thousand": 3}  # fmt: skip
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_SMALL = {word: n for n, word in enumerate(
    "one two three four five six seven eight nine ten eleven twelve".split(), 1)}  # fmt: skip
_MONTHS = {name[:3]: n for n, name in enumerate(
    "jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}  # fmt: skip
_MONTH = (
    r"(?P<m>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)

_DOCUMENT = re.compile(
    r"(?P<who>[\u4e00-\u9fff]{0,12})[〔\[［【(（](?P<year>(?:19|20)\d{2})[〕\]］】)）]\s*(?P<n>\d+)\s*号"
)
_SHORT_DOCUMENT = re.compile(r"第?(?P<n>\d+)号(?:文|令)?|\bNo\. ?(?P<e>\d+)\b")
_DATES = (
    re.compile(r"(?<!\d)(?P<y>\d{4})[-.](?P<m>\d{1,2})(?:[-.](?P<d>\d{1,2}))?(?![\d.%])"),
    re.compile(r"(?<!\d)(?P<y>\d{4})年(?:(?P<m>\d{1,2})月(?!期)(?:(?P<d>\d{1,2})日)?)?"),
    re.compile(r"(?<![\d年])(?P<y>)(?P<m>\d{1,2})月(?!期)(?:(?P<d>\d{1,2})日|份|(?=[至到—、和底末初]))"),
    re.compile(rf"\b(?:(?P<d>\d{{1,2}}) )?{_MONTH} (?P<y>\d{{4}})\b"),
    re.compile(rf"\b{_MONTH} (?P<d>\d{{1,2}})(?:, ?(?P<y>\d{{4}}))?\b(?!\d)"),
    re.compile(rf"\b(?P<d>\d{{1,2}}) {_MONTH}(?! \d)(?P<y>)"),
)
_UNITS = (  # the first that fits decides; a unit of None is known to count nothing in particular
    ("%", r"%|％|个百分点|per ?cent\b|percentage points?"),
    ("‰", r"‰"),
    ("bp", r"个?基点|BP\b|basis points?"),
    ("year", r"个?(?:周|整)?年|years?\b|-year"),
    ("month", r"个月|months?\b|-month"),
    ("day", r"个?(?:工作日|自然日)|[天日]|(?:working |calendar )?days?\b"),
    ("people", r"名|人|people\b|employees\b|staff\b|persons?\b"),
    ("times", r"倍|times\b"),
    ("yuan", r"元|yuan\b|RMB\b"),
    ("item", r"项|items?\b|programmes?\b|conditions?\b|products?\b"),
    ("firm", r"家|户|firms?\b|enterprises?\b|households?\b"),
    ("occasion", r"次"),
)
_UNIT = re.compile(r"\s*-?(?:" + "|".join(f"(?P<u{i}>{pattern})" for i, (_, pattern) in enumerate(_UNITS)) + ")", re.I)
_NUMBER = re.compile(
    r"(?<![\d.A-Za-z])(?P<n>\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?)\s*"
    r"(?P<s>万亿|千亿|百亿|亿|千万|百万|万|千(?=元)|trillion\b|billion\b|million\b|thousand\b)?", re.I,
)  # fmt: skip
_IN_CHARACTERS = re.compile(
    r"(?<![第十百千一二三四五六七八九两零\d])(?P<c>[一二三四五六七八九十百千两零]+)(?P<s>万亿|亿|万)?"
    r"(?=个月|年(?![级度轻])|天|元|倍|个百分点|个工作日|名|成)"
)
_IN_WORDS = re.compile(rf"\b(?P<w>{'|'.join(_SMALL)})(?=[ -](?:years?|months?|days?|times|percent|per cent)\b)", re.I)
_PROVISION = re.compile(
    r"第[零〇一二三四五六七八九十百\d]+[条章款项节部步批]"
    r"|\b(?:Articles?|Chapters?|Sections?|Items?|Paragraphs?|Parts?) \d+(?:(?:,| and| to|–|-) ?\d+)*",
)


@dataclass(frozen=True, slots=True)
class Day:
    """A date as far as it is told; a year alone has neither month nor day."""

    year: int | None
    month: int | None
    day: int | None

    def told_by(self, other: Day) -> bool:
        """Whether the other date says at least as much and nothing else."""
        return all(
            mine is None or mine == theirs
            for mine, theirs in ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        )

    def __str__(self) -> str:
        return "-".join(str(part) for part in (self.year, self.month, self.day) if part is not None)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in full, and what it counts: None where the words beside it do not say."""

    value: Decimal
    unit: str | None

    def told_by(self, other: Amount) -> bool:
        """Whether the other says the same: equal numbers, and units that do not differ where both are known."""
        return self.value == other.value and (self.unit == other.unit or None in (self.unit, other.unit))

    def __str__(self) -> str:
        return f"{self.value.normalize():f}{self.unit or ''}"


@dataclass(frozen=True, slots=True)
class Number:
    """A document number: who issued it (as far as written), year where it has one, and number."""

    who: str
    year: int | None
    n: int

    def told_by(self, other: Number) -> bool:
        """Whether the other names the same document: issuers agree at their end, as sentences run into them."""
        same = self.n == other.n and self.year in (None, other.year)
        return same and (not self.who or not other.who or self.who[-2:] == other.who[-2:])

    def __str__(self) -> str:
        return f"{self.who[-2:]}〔{self.year}〕{self.n}号" if self.year else f"{self.n}号"


Figure = Day | Amount | Number
_Make = Callable[["re.Match[str]"], Figure | None]


def read(text: str) -> list[Figure]:
    """Every figure of a text; what one is read from is not read again as another."""
    found: list[Figure] = []

    def take(pattern: re.Pattern[str], make: _Make, text: str) -> str:
        def one(match: re.Match[str]) -> str:
            figure = make(match)
            if figure is None:
                return match[0]
            found.append(figure)
            return " ; "

        return pattern.sub(one, text)

    text = take(_DOCUMENT, _document, text)
    text = take(_SHORT_DOCUMENT, _short_document, text)
    for match in _PROVISION.finditer(text):
        numbers = re.findall(r"\d+", match[0]) or re.findall(r"[零〇一二三四五六七八九十百]+", match[0])
        found += [Amount(Decimal(n) if n.isdecimal() else _in_characters(n), "provision") for n in numbers]
    text = _PROVISION.sub(" ; ", text)
    for pattern in _DATES:
        text = take(pattern, _day, text)
    found += _amounts(text)
    return found


def _document(match: re.Match[str]) -> Figure | None:
    return Number(match["who"], int(match["year"]), int(match["n"]))


def _short_document(match: re.Match[str]) -> Figure | None:
    return Number("", None, int(match["n"] or match["e"]))


def _day(match: re.Match[str]) -> Figure | None:
    year, month, day = match["y"], match["m"], match.groupdict().get("d")
    number = None if not month else int(month) if month.isdigit() else _MONTHS[month[:3].lower()]
    if (number is not None and not 1 <= number <= 12) or (day and not 1 <= int(day) <= 31):
        return None
    return Day(int(year) if year else None, number, int(day) if day else None)


def _amounts(text: str) -> list[Figure]:
    found: list[Figure] = []
    for pattern in (_NUMBER, _IN_CHARACTERS, _IN_WORDS):
        for match in pattern.finditer(text):
            groups = match.groupdict()
            scale = Decimal(10) ** _SCALES.get((groups.get("s") or "").lower(), 0)
            value = _value(groups) * scale
            unit = _unit(text, match.end())
            if unit == "year" and value != 0:
                value, unit = value * 12, "month"  # 3年 and 36个月 are one term
            if text[match.end() : match.end() + 1] == "成":
                value, unit = value * 10, "%"
            bare = "." not in match[0] and "," not in match[0] and scale == 1 and unit is None
            if bare and 1980 <= value <= 2100 and text[match.end() : match.end() + 1] not in ("元", "家", "户"):
                found.append(Day(int(value), None, None))
            else:
                found.append(Amount(value, unit))
    return found


def _value(groups: dict[str, str | None]) -> Decimal:
    if number := groups.get("n"):
        return Decimal(number.replace(",", ""))
    if word := groups.get("w"):
        return Decimal(_SMALL[word.lower()])
    return _in_characters(groups["c"] or "")


def _in_characters(numeral: str) -> Decimal:
    """A numeral like 二十八."""
    total, digit = 0, 0
    for character in numeral:
        if character in _DIGITS:
            digit = _DIGITS[character]
        else:
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[character]
            digit = 0
    return Decimal(total + digit)


def _unit(text: str, position: int) -> str | None:
    match = _UNIT.match(text, position)
    if match is None:
        return None
    return next(unit for i, (unit, _) in enumerate(_UNITS) if match[f"u{i}"])
