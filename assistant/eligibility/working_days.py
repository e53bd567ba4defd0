"""Working days in mainland China: weekends, days off and the weekend days worked instead of them.

For a year whose schedule the State Council has published, `chinese_calendar` has it, days in lieu and make-up days
included. For another year only weekends and the statutory days are known (Decree 795, in force from 2025), and of
these the festivals of the lunar calendar up to 2036: ask `known_year` before calling such a day certain. A notice
may also touch the last days of the year before it, as those for 2006, 2007 and 2012 did.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

import chinese_calendar  # type: ignore[import-untyped]

_FIXED = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
# Spring Festival (the first day of the lunar year), Qingming, Dragon Boat Festival, Mid-Autumn Festival
_FESTIVALS = {
    2027: ((2, 6), (4, 5), (6, 9), (9, 15)),
    2028: ((1, 26), (4, 4), (5, 28), (10, 3)),
    2029: ((2, 13), (4, 4), (6, 16), (9, 22)),
    2030: ((2, 3), (4, 5), (6, 5), (9, 12)),
    2031: ((1, 23), (4, 5), (6, 24), (10, 1)),
    2032: ((2, 11), (4, 4), (6, 12), (9, 19)),
    2033: ((1, 31), (4, 4), (6, 1), (9, 8)),
    2034: ((2, 19), (4, 5), (6, 20), (9, 27)),
    2035: ((2, 8), (4, 5), (6, 10), (9, 16)),
    2036: ((1, 28), (4, 4), (5, 30), (10, 4)),
}
_DAY = timedelta(days=1)


def is_working_day(day: date) -> bool:
    """Whether offices work on this day; only as far as weekends and statutory days tell unless `known_year`."""
    if known_year(day.year):
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < 5 and day not in _statutory(day.year)


def known_year(year: int) -> bool:
    """Whether the schedule of the year is known, with days in lieu and make-up days; each appears the autumn before."""
    return year in _scheduled_years()


def working_day_before_or_on(day: date) -> date:
    """The day itself, or the last working day before it."""
    return day if is_working_day(day) else next(_working_days(day, -_DAY))


def working_day_after_or_on(day: date) -> date:
    """The day itself, or the first working day after it."""
    return day if is_working_day(day) else next(_working_days(day, _DAY))


def add_working_days(day: date, n: int) -> date:
    """The nth working day after the day, or before it where n is negative; the day itself, working or not, for 0."""
    days = _working_days(day, _DAY if n > 0 else -_DAY)
    for _ in range(abs(n)):
        day = next(days)
    return day


def working_days_between(a: date, b: date) -> int:
    """How many working days lie beyond `a` up to and including `b`; negative where `b` comes before `a`.

    So `working_days_between(a, add_working_days(a, n)) == n` for every n.
    """
    sign = 1 if b > a else -1
    return sign * sum(is_working_day(a + sign * offset * _DAY) for offset in range(1, abs((b - a).days) + 1))


def _working_days(day: date, step: timedelta) -> Iterator[date]:
    """Working days beyond the day, without end."""
    while True:
        day += step
        if is_working_day(day):
            yield day


@cache
def _scheduled_years() -> frozenset[int]:
    return frozenset(day.year for day in chinese_calendar.holidays)


@cache
def _statutory(year: int) -> frozenset[date]:
    """Days off for everybody by decree: New Year's Eve and three days from it, and the others as tabled."""
    days = {date(year, month, day) for month, day in _FIXED}
    if year in _FESTIVALS:
        spring, *others = (date(year, month, day) for month, day in _FESTIVALS[year])
        days |= {spring - _DAY, spring, spring + _DAY, spring + 2 * _DAY, *others}
    return frozenset(days)
