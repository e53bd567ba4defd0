"""Days and lengths of time as people say them, against the day on which they say it.

A day is kept in two readings, since "8月" is next August for a loan that falls due and last August for one paid out.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from assistant.profile import Days, Range
from assistant.understanding.facts.lengths import SMALL_WORDS, small_number

_LATE = 25  # 月底 and "the end of the month" run from here to the last day; 下旬 from the 21st


@dataclass(frozen=True, slots=True)
class When:
    """A day found in a text; None for a reading it cannot have (明天 is never past)."""

    coming: Days | None  # on or after the day of asking, where the words leave the year open
    gone: Days | None  # on or before it
    start: int
    end: int
    year_only: bool = False  # "2021": fit for a founding, too vague for most else


_N = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3}|半)"
_DAY_NUMBER = r"(?:[12]\d|3[01]|0?[1-9])(?!\d)"
_HAN_DAY = r"(?:三十一?|[二]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_EN_MONTHS = {
    name: number
    for number, names in enumerate(
        "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sept sep|"
        "october oct|november nov|december dec".split("|"), 1
    )
    for name in names.split()
}  # fmt: skip
_EN_MONTH = r"(?:" + "|".join(sorted(_EN_MONTHS, key=len, reverse=True)) + r")\b\.?"
_WEEKDAYS = {
    name: number for number, name in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())
}
_EN_N = r"(?:\d{1,3}|" + "|".join(SMALL_WORDS) + r"|half a)"


def _month(year: int, month: int) -> Days:
    return Days(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def _shift(day: date, months: int) -> tuple[int, int]:
    return divmod(day.year * 12 + day.month - 1 + months, 12)


def add_months(day: date, months: int) -> date:
    """The same day some months on, or the last day of a shorter month."""
    year, month = _shift(day, months)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _part(days: Days, part: str) -> Days:
    """The part of a month, or of a year (whose 初 and 底 are its first and last months), that 初, 中旬, 底 … name."""
    first, last = days.first, days.last
    if (last - first).days > 31:
        if part in ("初", "early", "the beginning of", "the start of"):
            return Days(first, date(first.year, 2, 28))
        return Days(date(last.year, 12, 1), last)
    if part in ("底", "末", "the end of", "end of", "end-", "late"):
        return Days(first.replace(day=_LATE), last)
    if part in ("下旬",):
        return Days(first.replace(day=21), last)
    if part in ("中", "中旬", "mid", "mid-", "the middle of"):
        return Days(first.replace(day=11), first.replace(day=20))
    return Days(first, first.replace(day=10))


def _of(year: int | None, month: int, day: int | None, as_of: date, part: str = "") -> tuple[Days, Days] | None:
    """The coming and the past reading of a date whose year may be open; None where there is no such day."""

    def days(year: int) -> Days | None:
        if not 1 <= month <= 12:
            return None
        whole = _month(year, month)
        if day is None:
            return _part(whole, part) if part else whole
        return Days.of(date(year, month, day)) if day <= whole.last.day else None

    if year is not None:
        found = days(year)
        return (found, found) if found else None
    near = [found for offset in (-1, 0, 1) if (found := days(as_of.year + offset))]
    coming = next((found for found in near if found.last >= as_of), None)
    gone = next((found for found in reversed(near) if found.first <= as_of), None)
    return (coming, gone) if coming and gone else None


Reading = tuple[Days | None, Days | None]


def _numeric(found: re.Match[str], as_of: date) -> Reading | None:
    year = {"今": 0, "明": 1, "后": 2, "去": -1, "前": -2}.get((found["year"] or " ")[0])
    if year is not None:
        said: int | None = as_of.year + year
    else:
        said = int(small_number(found["year"].rstrip("年/-. "))) if found["year"] else None
        if said is not None and said < 100:
            said += 2000
    month, day = int(small_number(found["month"])), int(small_number(found["day"])) if found["day"] else None
    return _of(said, month, day, as_of, found["part"] or "")


def _dotted(found: re.Match[str], as_of: date) -> Reading | None:
    return _of(int(found[1]) if found[1] else None, int(found[2]), int(found[3]), as_of)


def _slashed(found: re.Match[str], as_of: date) -> Reading | None:
    month, day = (found[2], found[3]) if found[2] else (found[5], found[6])
    return _of(None, int(month), int(day), as_of)


def _short_year(found: re.Match[str], as_of: date) -> Reading:
    year = 2000 + int(found[1])
    days = Days(date(year, 1, 1), date(year, 12, 31))
    return (days if days.last >= as_of else None), (days if days.first <= as_of else None)


def _month_relative(found: re.Match[str], as_of: date) -> Reading:
    said = found["rel"].lower()
    offset = {"下下": 2, "下": 1, "next month": 1, "这": 0, "本": 0, "this month": 0, "上": -1, "last month": -1}[
        re.sub(r"个?月$", "", said)
    ]
    year, month = _shift(as_of, offset)
    days = _month(year, month + 1)
    if found["day"]:
        day = int(small_number(found["day"]))
        if day <= days.last.day:
            days = Days.of(days.first.replace(day=day))
    elif found["part"]:
        days = _part(days, found["part"].lower().strip())
    return (days if days.last >= as_of else None), (days if days.first <= as_of else None)


def _months_end(_: re.Match[str], as_of: date) -> Reading:
    return _part(_month(as_of.year, as_of.month), "底"), None


def _month_relative_en(found: re.Match[str], as_of: date) -> Reading:
    year, month = _shift(as_of, {"next": 1, "this": 0, "the": 0, "last": -1}[found["rel"].lower()])
    days = _month(year, month + 1)
    if found["part"]:
        days = _part(days, found["part"].lower().strip())
    return (days if days.last >= as_of else None), (days if days.first <= as_of else None)


def _year_end(found: re.Match[str], as_of: date) -> Reading:
    year = as_of.year + (1 if (found[1] or "").lower() in ("明年", "next") else 0)
    days = _part(Days(date(year, 1, 1), date(year, 12, 31)), "底")
    return days, None


def _before_new_year(_: re.Match[str], as_of: date) -> Reading:
    return Days(as_of, date(as_of.year, 12, 31)), None


def _year(found: re.Match[str], as_of: date) -> Reading:
    said = found[1] or found[2]
    year = as_of.year + {"今": 0, "去": -1, "前": -2, "大": -3, "last year": -1, "this year": 0}.get(
        said.lower() if said.lower() in ("last year", "this year") else said[0],
        int(said[:4]) - as_of.year if said[:4].isdigit() else 0,
    )
    days = Days(date(year, 1, 1), date(year, 12, 31))
    return (days if days.last >= as_of else None), (days if days.first <= as_of else None)


def _ahead(found: re.Match[str], as_of: date) -> Reading:
    number, unit = small_number(found["n"]), found["unit"].lower().rstrip("s")
    if unit in ("天", "日", "day"):
        day = as_of + timedelta(days=int(number))
    elif unit in ("周", "星期", "礼拜", "week"):
        day = as_of + timedelta(days=int(number * 7))
    elif number == Decimal("0.5"):
        day = as_of + timedelta(days=15)
    else:
        day = add_months(as_of, int(number))
    return Days.of(day), None


def _ago(found: re.Match[str], as_of: date) -> Reading:
    number, unit = small_number(found["n"]), found["unit"].lower().rstrip("s")
    if unit in ("天", "日", "day"):
        day = as_of - timedelta(days=int(number))
    elif unit in ("周", "星期", "礼拜", "week"):
        day = as_of - timedelta(days=int(number * 7))
    elif number == Decimal("0.5"):
        day = as_of - timedelta(days=15)
    else:
        day = add_months(as_of, -int(number))
    return None, Days.of(day)


def _near_day(found: re.Match[str], as_of: date) -> Reading:
    offset = {"今": 0, "明": 1, "后": 2, "大": 3, "昨": -1, "前": -2, "to": 1}
    said = found[0].lower()
    days = {"today": 0, "tomorrow": 1, "the day after tomorrow": 2, "yesterday": -1}.get(said, offset.get(said[0], 0))
    day = Days.of(as_of + timedelta(days=days))
    return (day if days >= 0 else None), (day if days <= 0 else None)


def _weekday(found: re.Match[str], as_of: date) -> Reading:
    """Weeks begin on Monday; 下周五 and "next Friday" lie in the week after this one, 周五 is the next there is."""
    said = found["day"].lower()
    wanted = _WEEKDAYS[said] if said in _WEEKDAYS else "一二三四五六日天".index(said)
    wanted = 6 if wanted == 7 else wanted
    monday = as_of - timedelta(days=as_of.weekday())
    rel = (found["rel"] or "").lower().strip()
    if rel in ("下", "下个", "next"):
        day = monday + timedelta(days=7 + wanted)
    elif rel in ("下下",):
        day = monday + timedelta(days=14 + wanted)
    else:
        day = as_of + timedelta(days=(wanted - as_of.weekday()) % 7)
    return Days.of(day), None


def _week(found: re.Match[str], as_of: date) -> Reading:
    monday = as_of - timedelta(days=as_of.weekday())
    first = monday + timedelta(days=7 if found[1].lower() in ("下", "下个", "next") else 0)
    return Days(max(first, as_of), first + timedelta(days=6)), None


def _english_date(found: re.Match[str], as_of: date) -> Reading | None:
    month = _EN_MONTHS[found["month"].lower().rstrip(".")]
    day = int(found["day"] or found["day2"]) if (found["day"] or found["day2"]) else None
    part = (found["part"] or "").lower().strip()
    if found["year"]:
        return _of(int(found["year"]), month, day, as_of, part)
    if found["rel"]:
        return _of(as_of.year + {"next": 1, "this": 0, "last": -1}[found["rel"].lower()], month, day, as_of, part)
    return _of(None, month, day, as_of, part)


_Rule = tuple[re.Pattern[str], Callable[[re.Match[str], date], "Reading | None"]]


def _rule(pattern: str, read: Callable[[re.Match[str], date], Reading | None]) -> _Rule:
    return re.compile(pattern, re.I), read


_CHINESE: tuple[_Rule, ...] = (
    _rule(r"(?<!\d)((?:19|20)\d\d)[-/.](0?[1-9]|1[0-2])[-/.](0?[1-9]|[12]\d|3[01])(?!\d)", _dotted),
    _rule(
        r"(?P<year>(?:(?:19|20)\d\d|(?<!\d)\d\d|[二〇零一]{2}[〇零一二三四五六七八九]{2})年|今年|明年|后年|去年|前年)?(?:的)?"
        rf"(?<!\d)(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?(?!\d*个)"
        rf"(?:(?P<day>{_DAY_NUMBER}|{_HAN_DAY})[号日]?|(?P<part>底|末|初|上旬|中旬|下旬))?",
        _numeric,
    ),
    _rule(
        rf"(?P<rel>下下个?月|下个?月|这个?月|本月|上个?月)(?:的)?"
        rf"(?:(?P<day>{_DAY_NUMBER}|{_HAN_DAY})[号日]|(?P<part>底|末|初|上旬|中旬|下旬))?",
        _month_relative,
    ),
    _rule(r"月[底末]", _months_end),
    _rule(rf"(?:还有|再过|还剩|(?<!超)过|再有|剩)\s*(?P<n>{_N})\s*个?(?P<unit>天|日|周|星期|礼拜|月)(?!多|零)", _ahead),
    _rule(rf"(?P<n>{_N})\s*个?(?P<unit>天|周|星期|礼拜|月)(?:之?后|以后)", _ahead),
    _rule(rf"(?P<n>{_N})\s*个?(?P<unit>天|周|星期|礼拜|月)(?:之?前|以前)", _ago),
    _rule(r"大后天|后天|明天|今天|昨天|前天", _near_day),
    _rule(r"(?P<rel>下下|下个?|这个?|本)?(?:周|星期|礼拜)(?P<day>[一二三四五六日天])", _weekday),
    _rule(r"(下个?|这个?|本)(?:周|星期|礼拜)(?![一二三四五六日天])", _week),
    _rule(r"(明年|今年)?年[底末](?:前|之前)?", _year_end),
    _rule(r"元旦(?:之?前|以前)", _before_new_year),
    _rule(
        r"(?<!\d)()(1[0-2]|[1-9])\.((?:[12]\d|3[01]|0[1-9]))(?![\d.%万亿元个点])(?=\s*号?(?:到期|要还|还款|该还))",
        _dotted,
    ),
    _rule(
        r"(?<=到期|期日|款日|期:|日:)\s*()(1[0-2]|0?[1-9])/(3[01]|[12]\d|0?[1-9])(?![\d/])|"
        r"(?<![\d/])()(1[0-2]|0?[1-9])/(3[01]|[12]\d|0?[1-9])(?=\s*(?:到期|放款|还款))",
        _slashed,
    ),
    _rule(
        r"(?<!\d)([012]\d)年(?=(?:就|才|的?时候|初|底|开始)*(?:回来|回乡|回村|成立|注册|开的|开了|开业|办的|办了|创办|毕业))",
        _short_year,
    ),
    _rule(r"(?<!\d)((?:19|20)\d\d)年(?!第?\d+号)|(今年|去年|前年|大前年)(?!\d)", _year),
)  # fmt: skip


_EN_PART = r"(?P<part>the end of|end of|late|early|the beginning of|the start of|mid-?|the middle of)"
_ENGLISH: tuple[_Rule, ...] = (
    _rule(
        rf"\b(?:{_EN_PART}\s*)?(?:(?P<day>{_DAY_NUMBER})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?:(?P<rel>next|last|this)\s+)?"
        rf"\b(?P<month>{_EN_MONTH})(?!\s+(?:i|we|be|have|not|also)\b)"
        rf"(?:\s+(?:the\s+)?(?P<day2>{_DAY_NUMBER})(?:st|nd|rd|th)?\b)?(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?",
        _english_date,
    ),
    _rule(rf"\b(?:{_EN_PART}\s*)?(?P<rel>next|this|last|the)\s+month\b", _month_relative_en),
    _rule(rf"\b(?:in|within)\s+(?P<n>{_EN_N})\s+(?:more\s+)?(?P<unit>days?|weeks?|months?)(?:'s?\s+time)?\b", _ahead),
    _rule(rf"\b(?P<n>{_EN_N})\s+(?P<unit>days?|weeks?|months?)\s+(?:from now|left|to go)\b", _ahead),
    _rule(rf"\b(?P<n>{_EN_N})\s+(?P<unit>days?|weeks?|months?)\s+ago\b", _ago),
    _rule(r"\b(?:today|tomorrow|the day after tomorrow|yesterday)\b", _near_day),
    _rule(rf"\b(?:(?P<rel>next|this|on)\s+)?(?P<day>{'|'.join(_WEEKDAYS)})\b", _weekday),
    _rule(r"\b(next|this)\s+week\b", _week),
    _rule(r"\b(?:by |before )?(?:the )?(?:end of )(?:the |(next) |this )?year\b|\b()year[- ]end\b", _year_end),
    _rule(
        r"\b(?:since|in|from|back in|est\.?|founded|established|registered|opened|started|until|of|early|late|mid)\s+"
        r"((?:19|20)\d\d)\b(?![-/.]\d)|\b(last year|this year)\b",
        _year,
    ),
)  # fmt: skip


def dates_in(text: str, as_of: date) -> list[When]:
    """Every day or span of days a text names, in its order; of two that overlap the first rule's counts."""
    found: list[When] = []
    chinese = re.search(r"[\u4e00-\u9fff]|\d[-/.]\d", text)
    rules = (_CHINESE if chinese else ()) + (_ENGLISH if re.search(r"[A-Za-z]", text) else ())
    for pattern, read in rules:
        for match in pattern.finditer(text):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            reading = read(match, as_of)
            if reading and reading != (None, None):
                start = match.start(1) if read is _year and match[1] else match.start()
                found.append(When(*reading, start, match.end(), read in (_year, _short_year)))
    return sorted(found, key=lambda when: when.start)


def months_since(days: Days, as_of: date) -> Range:
    """Full months from a day in a span until the day of asking: 2023年5月 is 41 to 42 months before 2026-11-23."""

    def full(day: date) -> int:
        return max(0, (as_of.year - day.year) * 12 + as_of.month - day.month - (as_of.day < day.day))

    return Range(Decimal(full(min(days.last, as_of))), Decimal(full(days.first)))
