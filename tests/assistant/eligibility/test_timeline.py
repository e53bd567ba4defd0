"""A plan on the calendar: around holidays, late, on a day off, for a span, and beyond what is published."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.eligibility.timeline import LAST_WORKING_DAY, OVERDUE, PlannedStep, StepKind, timeline
from assistant.eligibility.working_days import is_working_day, known_year
from assistant.errors import CalculationError
from assistant.profile import Days

ASK = PlannedStep("ask", 30, False, StepKind.EARLIEST)
APPLY = PlannedStep("apply", 10, False, StepKind.LATEST)
SIGN = PlannedStep("sign", 5, True, StepKind.LATEST)
DUE = PlannedStep("due", None, False, StepKind.DUE)
PLAN = (DUE, ASK, APPLY, SIGN)


def by_id(milestones):
    return {milestone.id: milestone for milestone in milestones}


def test_steps_go_around_the_national_day_holiday():
    found = timeline(date(2026, 10, 13), date(2026, 9, 1), PLAN)
    # 13 October - 30 = Sunday 13 September, so Monday; - 10 = Saturday 3 October in the holiday, so 30 September;
    # five working days before: 12, 10 (a Saturday worked), 9, 8, 30 September
    assert [(step.id, step.day, step.moved_from) for step in found] == [
        ("ask", date(2026, 9, 14), date(2026, 9, 13)),
        ("apply", date(2026, 9, 30), date(2026, 10, 3)),
        ("sign", date(2026, 9, 30), None),
        ("due", date(2026, 10, 13), None),
    ]
    assert not any(step.past for step in found)
    assert all(step.schedule_known for step in found)
    assert [step.day_if_later for step in found] == [None] * 4
    assert [step.kind for step in found] == [StepKind.EARLIEST, StepKind.LATEST, StepKind.LATEST, StepKind.DUE]


def test_a_step_on_a_working_day_is_not_moved():
    found = by_id(timeline(date(2026, 7, 3), date(2026, 6, 1), PLAN))
    # 3 July - 30 = Wednesday 3 June; - 10 = Tuesday 23 June
    assert (found["ask"].day, found["ask"].moved_from) == (date(2026, 6, 3), None)
    assert (found["apply"].day, found["apply"].moved_from) == (date(2026, 6, 23), None)


def test_an_earliest_day_is_never_moved_to_the_due_date_or_beyond():
    # Sunday 4 October - 2 = Friday 2 October; the next working day is Thursday 8
    (step,) = timeline(date(2026, 10, 4), date(2026, 9, 1), (PlannedStep("draw", 2, False, StepKind.EARLIEST),))
    assert (step.day, step.moved_from) == (date(2026, 10, 2), None)


def test_the_days_left_are_counted_both_ways():
    found = by_id(timeline(date(2026, 10, 13), date(2026, 9, 1), PLAN))
    # to Monday 14: 2-4, 7-11, 14 = 3 + 5 + 1
    assert (found["ask"].days_left, found["ask"].working_days_left) == (13, 9)
    # to 30: 2-4, 7-11, 14-18, Sunday 20 worked, 21-24, 28-30 = 3 + 5 + 5 + 1 + 4 + 3
    assert (found["apply"].days_left, found["apply"].working_days_left) == (29, 21)
    # to 13 October: 8, 9, 10, 12, 13 more
    assert (found["due"].days_left, found["due"].working_days_left) == (42, 26)


def test_a_step_whose_day_has_gone_by_is_one_for_the_next_working_day():
    found = timeline(date(2026, 10, 13), date(2026, 10, 3), PLAN)
    assert [(step.id, step.day, step.past, step.days_left) for step in found] == [
        ("ask", date(2026, 10, 8), True, 5),
        ("apply", date(2026, 10, 8), True, 5),
        ("sign", date(2026, 10, 8), True, 5),
        ("due", date(2026, 10, 13), False, 10),
    ]
    assert [step.moved_from for step in found] == [None] * 4


def test_a_step_on_the_very_day_is_not_past():
    found = by_id(timeline(date(2026, 10, 13), date(2026, 9, 30), PLAN))
    assert (found["sign"].day, found["sign"].past, found["sign"].days_left) == (date(2026, 9, 30), False, 0)


def test_with_no_working_day_left_before_the_due_date_now_is_today():
    found = by_id(timeline(date(2026, 10, 8), date(2026, 10, 3), PLAN))
    assert (found["apply"].day, found["apply"].past, found["apply"].days_left) == (date(2026, 10, 3), True, 0)


def test_on_the_due_date_itself_everything_else_is_for_today():
    found = timeline(date(2026, 10, 13), date(2026, 10, 13), PLAN)
    assert {step.id: (step.day, step.past) for step in found} == {
        "ask": (date(2026, 10, 13), True),
        "apply": (date(2026, 10, 13), True),
        "sign": (date(2026, 10, 13), True),
        "due": (date(2026, 10, 13), False),
    }


def test_a_due_date_on_a_day_off_comes_with_the_last_working_day_before_it():
    found = by_id(timeline(date(2026, 2, 22), date(2026, 1, 12), (DUE,)))
    assert (found["due"].day, found["due"].moved_from) == (date(2026, 2, 22), None)
    last = found[LAST_WORKING_DAY]
    # Spring Festival from 15 February; Saturday 14 is worked
    assert (last.day, last.moved_from, last.kind, last.past) == (
        date(2026, 2, 14), date(2026, 2, 22), StepKind.LATEST, False,
    )  # fmt: skip


def test_a_last_working_day_gone_by_is_past():
    found = by_id(timeline(date(2026, 2, 22), date(2026, 2, 16), (DUE,)))
    last = found[LAST_WORKING_DAY]
    assert (last.day, last.moved_from, last.past) == (date(2026, 2, 16), None, True)


def test_a_due_date_on_a_working_day_needs_no_other():
    assert LAST_WORKING_DAY not in by_id(timeline(date(2026, 2, 14), date(2026, 1, 12), PLAN))


def test_after_the_due_date_there_is_only_that():
    (only,) = timeline(date(2026, 9, 30), date(2026, 10, 9), PLAN)
    assert (only.id, only.kind, only.day, only.past) == (OVERDUE, StepKind.OVERDUE, date(2026, 9, 30), True)
    assert (only.days_left, only.working_days_left) == (-9, -2)  # 8 October and 30 September


def test_a_span_counts_from_its_first_day_and_says_how_late_it_may_be():
    span = Days(date(2026, 6, 1), date(2026, 6, 30))
    found = by_id(timeline(span, date(2026, 5, 11), PLAN))
    # 1 June - 10 = Friday 22 May; 30 June - 10 = Saturday 20 June in the Dragon Boat holiday, so Thursday 18
    assert (found["apply"].day, found["apply"].day_if_later) == (date(2026, 5, 22), date(2026, 6, 18))
    # five before 1 June: 29, 28, 27, 26, 25 May; five before 30 June: 29, 26, 25, 24, 23
    assert (found["sign"].day, found["sign"].day_if_later) == (date(2026, 5, 25), date(2026, 6, 23))
    # 1 June - 30 = 2 May, past; 30 June - 30 = Sunday 31 May, so Monday
    assert (found["ask"].day, found["ask"].past, found["ask"].day_if_later) == (
        date(2026, 5, 11), True, date(2026, 6, 1),
    )  # fmt: skip
    assert (found["due"].day, found["due"].day_if_later) == (date(2026, 6, 1), date(2026, 6, 30))


def test_a_span_that_has_begun_counts_from_today():
    found = by_id(timeline(Days(date(2026, 6, 1), date(2026, 6, 30)), date(2026, 6, 13), (DUE, APPLY)))
    assert found["due"].day == date(2026, 6, 13)  # a Saturday, but nobody knows that this is the day
    assert LAST_WORKING_DAY not in found
    assert (found["apply"].day, found["apply"].past) == (date(2026, 6, 13), True)
    assert found["apply"].day_if_later == date(2026, 6, 18)


def test_the_last_day_of_a_span_is_known_exactly():
    found = by_id(timeline(Days(date(2026, 6, 1), date(2026, 6, 28)), date(2026, 6, 28), (DUE,)))
    assert found["due"].day_if_later is None
    assert found[LAST_WORKING_DAY].past  # Sunday 28 June


def test_a_span_gone_by_is_overdue_since_its_last_day():
    (only,) = timeline(Days(date(2026, 6, 1), date(2026, 6, 29)), date(2026, 6, 30), PLAN)
    assert (only.id, only.day, only.days_left) == (OVERDUE, date(2026, 6, 29), -1)


def test_what_rests_on_an_unpublished_schedule_says_so():
    year = next(year for year in range(2026, 2100) if not known_year(year))  # the first without a notice
    plan = (DUE, ASK, PlannedStep("sign", 15, True, StepKind.LATEST))
    found = by_id(timeline(date(year, 1, 15), date(year - 1, 11, 24), plan))
    assert found["ask"].day.year == year - 1
    assert found["ask"].schedule_known  # counted in calendar days, and moved within the published year at most
    assert found["sign"].day.year == year - 1
    assert not found["sign"].schedule_known  # counted through the first weeks of the unpublished one
    assert not found["due"].schedule_known


@pytest.mark.parametrize(
    ("days_before", "kind"),
    [
        (None, StepKind.LATEST),
        (0, StepKind.EARLIEST),
        (-1, StepKind.LATEST),
        (3, StepKind.DUE),
        (None, StepKind.OVERDUE),
    ],
)
def test_a_plan_whose_kinds_and_days_do_not_fit_is_refused(days_before, kind):
    with pytest.raises(CalculationError, match="Step 'x': a step that is"):
        PlannedStep("x", days_before, False, kind)


@given(st.dates(date(2025, 1, 1), date(2028, 12, 31)), st.integers(0, 90), st.integers(0, 40))
def test_no_step_lies_before_today_or_after_the_due_date(as_of, ahead, width):
    first = as_of + timedelta(ahead)
    found = timeline(Days(first, first + timedelta(width)), as_of, PLAN)
    for step in found:
        assert as_of <= step.day <= first
        assert step.days_left == (step.day - as_of).days
        assert step.kind is StepKind.DUE or step.past or is_working_day(step.day)
        assert step.day_if_later is None or step.day_if_later >= step.day
        assert (step.day_if_later is None) == (width == 0)
    assert [step.day for step in found] == sorted(step.day for step in found)
    assert {step.id for step in found} >= {step.id for step in PLAN}
