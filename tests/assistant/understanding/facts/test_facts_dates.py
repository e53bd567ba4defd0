"""Days and lengths of time as they are said on Monday, 23 November 2026."""

from __future__ import annotations

from datetime import date

import pytest
from spelled_facts import value_of

from assistant.profile import Days
from assistant.understanding.facts.dates import dates_in, months_since
from assistant.understanding.facts.lengths import spans_in

AS_OF = date(2026, 11, 23)


def only(text):
    (when,) = dates_in(text, AS_OF)
    return when


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("12月20号", "2026-12-20"), ("2026年12月20日", "2026-12-20"), ("2026-12-20", "2026-12-20"), ("12.20到期", "2026-12-20"),
        ("十二月二十号", "2026-12-20"), ("下个月20号", "2026-12-20"), ("这个月25号", "2026-11-25"), ("明天", "2026-11-24"),
        ("后天", "2026-11-25"), ("下周五", "2026-12-04"), ("周五", "2026-11-27"), ("三天后", "2026-11-26"), ("还有20天到期", "2026-12-13"),
        ("两周后", "2026-12-07"), ("半个月后", "2026-12-08"), ("due 20 December", "2026-12-20"), ("on Dec 20th", "2026-12-20"),
        ("December 20, 2027", "2027-12-20"), ("in three weeks", "2026-12-14"), ("next Friday", "2026-12-04"), ("11月1号", "2027-11-01"),
    ],
)  # fmt: skip
def test_days_to_come(said, days):
    assert only(said).coming == value_of("loan_due", days)


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("下个月", "2026-12-01..2026-12-31"), ("下月底", "2026-12-25..2026-12-31"), ("月底", "2026-11-25..2026-11-30"),
        ("年底", "2026-12-01..2026-12-31"), ("明年3月", "2027-03-01..2027-03-31"), ("8月", "2027-08-01..2027-08-31"),
        ("元旦前", "2026-11-23..2026-12-31"), ("next month", "2026-12-01..2026-12-31"), ("12月中旬", "2026-12-11..2026-12-20"),
        ("by the end of January", "2027-01-25..2027-01-31"), ("下个月上旬", "2026-12-01..2026-12-10"),
    ],
)  # fmt: skip
def test_spans_of_days(said, days):
    """底 and "the end of" run from the 25th; 年底 is December."""
    assert only(said).coming == value_of("loan_due", days)


@pytest.mark.parametrize(
    ("said", "days"),
    [("8月", "2026-08-01..2026-08-31"), ("12月20号", "2025-12-20"), ("去年8月", "2025-08-01..2025-08-31"), ("三个月前", "2026-08-23"),
     ("in August", "2026-08-01..2026-08-31"), ("two weeks ago", "2026-11-09")],
)  # fmt: skip
def test_days_gone_by(said, days):
    assert only(said).gone == value_of("loan_issued", days)


@pytest.mark.parametrize("said", ["明天", "下个月", "next month", "三天后"])
def test_a_day_to_come_is_never_past(said):
    assert only(said).gone is None


def test_there_is_no_31st_of_november():
    assert dates_in("11月31号", AS_OF) == []


@pytest.mark.parametrize("said", ["春节前", "有空的时候", "may I apply", "金规〔2024〕13号"])
def test_what_is_no_certain_day_is_not_read(said):
    assert dates_in(said, AS_OF) == []


@pytest.mark.parametrize(
    ("said", "months"),
    [
        ("三年", "36"), ("一年半", "18"), ("半年", "6"), ("三个月", "3"), ("三年多", ">36..<48"), ("两三年", "24..36"), ("不到一年", "<12"),
        ("18个月", "18"), ("两年零三个月", "27"), ("五年以上", ">=60"), ("三个多月", ">3..<4"), ("十多年", ">120..<240"),
        ("三年左右", "32.4..39.6"), ("three years", "36"), ("18 months", "18"), ("a year and a half", "18"), ("over 3 years", ">36"),
        ("half a year", "6"),
    ],
)  # fmt: skip
def test_lengths_of_time(said, months):
    (span,) = spans_in(said)
    assert span.months == value_of("months", months)


@pytest.mark.parametrize("said", ["好几年", "2023年"])
def test_some_years_and_a_year_are_no_length(said):
    assert spans_in(said) == []


def test_months_since_a_day_in_a_span():
    """From 31 May 2023 it is 41 full months, from 1 May 2023 it is 42."""
    assert months_since(Days(date(2023, 5, 1), date(2023, 5, 31)), AS_OF) == value_of("months", "41..42")
    assert months_since(Days.of(date(2026, 11, 23)), AS_OF) == value_of("months", "0")
    assert months_since(Days.of(date(2025, 11, 23)), AS_OF) == value_of("months", "12")
    assert months_since(Days.of(date(2025, 11, 24)), AS_OF) == value_of("months", "11")
