"""Working days against the State Council's notices, and what is left of them where no notice is out yet."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.eligibility.working_days import (
    _FESTIVALS,
    add_working_days,
    is_working_day,
    known_year,
    working_day_after_or_on,
    working_day_before_or_on,
    working_days_between,
)

# 国务院办公厅关于2026年部分节假日安排的通知, 4 November 2025: first and last day off, both included
OFF_2026 = ["01-01 01-03", "02-15 02-23", "04-04 04-06", "05-01 05-05", "06-19 06-21", "09-25 09-27", "10-01 10-07"]
WORKED_2026 = ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]

days = st.dates(date(2020, 1, 1), date(2036, 12, 31))


def day_of_2026(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def days_of(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]


def test_every_day_of_2026_is_as_the_notice_says():
    off = set()
    for span in OFF_2026:
        first, last = map(day_of_2026, span.split())
        off |= {day for day in days_of(2026) if first <= day <= last}
    worked = {day_of_2026(text) for text in WORKED_2026}
    expected = {day: day in worked or (day.weekday() < 5 and day not in off) for day in days_of(2026)}
    assert {day: is_working_day(day) for day in days_of(2026)} == expected
    # 261 weekdays, of which off: 2 + 6 + 1 + 3 + 1 + 1 + 5 = 19; worked instead: 6
    assert sum(expected.values()) == 261 - 19 + 6


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2024-02-09", True),  # New Year's Eve was no day off yet
        ("2024-02-16", False),  # in lieu
        ("2024-02-18", True),  # a Sunday worked for it
        ("2024-09-14", True),  # a Saturday worked for Mid-Autumn
        ("2025-01-26", True),  # a Sunday worked for the Spring Festival
        ("2025-01-28", False),  # New Year's Eve, a day off from 2025
        ("2025-10-08", False),  # in lieu, as Mid-Autumn fell into the National Day holiday
        ("2025-10-11", True),
    ],
)
def test_days_of_earlier_notices(day, working):
    assert is_working_day(date.fromisoformat(day)) is working


def test_a_year_is_known_once_its_notice_is_in_the_library():
    assert all(known_year(year) for year in (2024, 2025, 2026))
    assert not known_year(2003)
    assert not known_year(2090)


def test_without_a_notice_weekends_and_statutory_days_are_off_and_nothing_else():
    assert not known_year(2035)
    off = [day for day in days_of(2035) if day.weekday() < 5 and not is_working_day(day)]
    # 2035: New Year's Day a Monday; Spring Festival Thu 8 Feb, so 7-9 and Sat 10; Qingming Thu 5 April;
    # 1 and 2 May Tue and Wed; Dragon Boat on a Sunday; Mid-Autumn on a Sunday; 1-3 October Mon to Wed
    assert [f"{day:%m-%d}" for day in off] == [
        "01-01", "02-07", "02-08", "02-09", "04-05", "05-01", "05-02", "10-01", "10-02", "10-03",
    ]  # fmt: skip
    assert not any(is_working_day(day) for day in days_of(2035) if day.weekday() >= 5)


def test_the_spring_festival_has_four_statutory_days():
    assert not known_year(2036)
    # the first of the lunar year is Monday 28 January 2036; New Year's Eve the Sunday before
    assert [is_working_day(date(2036, 1, day)) for day in (25, 27, 28, 29, 30, 31)] == [True, *[False] * 4, True]


def test_far_beyond_the_table_the_fixed_days_still_count():
    assert not is_working_day(date(2090, 5, 1))  # a Monday
    assert is_working_day(date(2090, 5, 3))


@pytest.mark.parametrize("year", sorted(_FESTIVALS))
def test_the_tabled_festivals_fit_sun_and_moon(year):
    spring, qingming, dragon_boat, mid_autumn = (date(year, *day) for day in _FESTIVALS[year])
    (term,) = (
        day for day, name in chinese_calendar.get_solar_terms(date(year, 4, 1), date(year, 4, 15)) if name == "清明"
    )
    assert qingming == term
    # The first of a lunar month is the day of the new moon: 2000-01-06 18:14 UTC and every 29.530589 days on average,
    # the true one within 0.6 days of it. Dragon Boat is the 5th of a month, Mid-Autumn the 15th.
    for festival, nth in ((spring, 1), (dragon_boat, 5), (mid_autumn, 15)):
        age = ((festival - timedelta(nth - 1) - date(2000, 1, 6)).days + 0.5 - 1.093) % 29.530589
        assert min(age, 29.530589 - age) < 1.2, festival
    assert date(year, 1, 21) <= spring <= date(year, 2, 20)
    # from 1/1 to 5/5 four months and 4 days, a leap month more at times; from 5/5 to 8/15 three and 10, likewise
    assert (dragon_boat - spring).days - 122 in (-1, 0, 1, 29, 30, 31)
    assert (mid_autumn - dragon_boat).days - 98 in (-1, 0, 1, 2, 29, 30, 31)


def test_working_days_next_to_the_national_day_holiday():
    assert working_day_before_or_on(date(2026, 10, 4)) == date(2026, 9, 30)
    assert working_day_after_or_on(date(2026, 10, 4)) == date(2026, 10, 8)
    assert working_day_before_or_on(date(2026, 10, 10)) == date(2026, 10, 10)  # a Saturday worked
    assert working_day_after_or_on(date(2026, 10, 10)) == date(2026, 10, 10)
    assert working_day_before_or_on(date(2026, 2, 23)) == date(2026, 2, 14)  # likewise


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        ("2026-09-30", 0, "2026-09-30"),
        ("2026-10-04", 0, "2026-10-04"),
        ("2026-09-30", 1, "2026-10-08"),
        ("2026-09-30", 4, "2026-10-12"),  # 8, 9, 10 (a Saturday worked), 12
        ("2026-10-04", 1, "2026-10-08"),
        ("2026-02-24", -1, "2026-02-14"),
        ("2026-02-24", -2, "2026-02-13"),
        ("2026-01-05", -3, "2025-12-30"),  # 4 (a Sunday worked), 31 December, 30
    ],
)
def test_adding_working_days(day, n, expected):
    assert add_working_days(date.fromisoformat(day), n) == date.fromisoformat(expected)


def test_counting_working_days():
    assert working_days_between(date(2026, 9, 30), date(2026, 10, 12)) == 4  # 8, 9, 10, 12
    assert working_days_between(date(2026, 10, 12), date(2026, 9, 30)) == -4  # 10, 9, 8, 30
    assert working_days_between(date(2026, 10, 1), date(2026, 10, 7)) == 0
    assert working_days_between(date(2026, 10, 8), date(2026, 10, 8)) == 0


@given(days, st.integers(-60, 60))
def test_counting_undoes_adding(day, n):
    moved = add_working_days(day, n)
    assert working_days_between(day, moved) == n
    assert n == 0 or is_working_day(moved)


@given(days)
def test_the_nearest_working_days_enclose_the_day(day):
    before, after = working_day_before_or_on(day), working_day_after_or_on(day)
    assert before <= day <= after
    assert is_working_day(before)
    assert is_working_day(after)
    between = [before + timedelta(n) for n in range(1, (after - before).days)]
    assert not any(is_working_day(other) for other in between)
