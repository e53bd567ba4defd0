"""What was worked out is worked out again: days along the calendar, schedules month by month, counts by their names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from assistant.answering.worked import Assumed, Count, Least, Planned, Repaid, Sum
from assistant.eligibility.schedules import Method, schedule
from assistant.eligibility.timeline import PlannedStep, StepKind, timeline
from assistant.profile import Days
from index.quantities import Quantity, Unit

PLAN = (
    PlannedStep("earliest", 60, False, StepKind.EARLIEST),
    PlannedStep("apply", 30, False, StepKind.LATEST),
    PlannedStep("contract", 3, True, StepKind.LATEST),
    PlannedStep("due", None, False, StepKind.DUE),
)
TODAY = date(2026, 11, 23)


def planned(due: Days, today: date = TODAY) -> list[Planned]:
    steps = {step.id: step for step in PLAN}
    first = max(due.first, today)
    return [Planned(item, steps.get(item.id), first, due.last, today) for item in timeline(due, today, PLAN)]


@pytest.mark.parametrize("days", [0, 1, 5, 20, 31, 45, 60, 61, 75, 90, 120, 200, 400])
def test_a_plan_that_follows_the_calendar_holds(days):
    due = Days.of(TODAY + timedelta(days=days))
    assert [item.objection() for item in planned(due)] == [None] * len(planned(due))


def test_a_plan_for_a_month_holds_at_both_its_ends():
    due = Days(date(2027, 3, 1), date(2027, 3, 31))
    assert [item.objection() for item in planned(due)] == [None] * 4


@pytest.mark.parametrize("shift", [-7, -1, 1, 7])
def test_a_day_moved_is_caught(shift):
    for item in planned(Days.of(date(2027, 3, 17))):  # a Wednesday
        milestone = item.milestone
        moved = replace(milestone, day=milestone.day + timedelta(days=shift), days_left=milestone.days_left + shift)
        assert replace(item, milestone=moved).objection() is not None, milestone.id


def test_days_left_that_do_not_fit_the_day_are_caught():
    item = planned(Days.of(date(2027, 3, 17)))[0]
    assert replace(item, milestone=replace(item.milestone, days_left=item.milestone.days_left + 1)).objection()


@pytest.mark.parametrize("method", Method)
@pytest.mark.parametrize(("principal", "rate", "months"), [("3000000", "3.45", 12), ("100000", "0", 7), ("0.05", "36", 9)])
def test_a_schedule_holds_month_by_month(method, principal, rate, months):
    worked = schedule(method, Decimal(principal), Decimal(rate), months)
    assert Repaid(worked, Decimal(rate)).objection() is None


@pytest.mark.parametrize("method", Method)
def test_a_cent_moved_in_a_schedule_is_caught(method):
    worked = schedule(method, Decimal(3_000_000), Decimal("3.45"), 12)
    cent = Decimal("0.01")
    row = replace(worked.rows[4], payment=worked.rows[4].payment + cent, interest=worked.rows[4].interest + cent)
    wrong_rows = replace(worked, rows=(*worked.rows[:4], row, *worked.rows[5:]))
    assert "month 5" in Repaid(wrong_rows, Decimal("3.45")).objection()
    assert Repaid(replace(worked, total_interest=worked.total_interest + cent), Decimal("3.45")).objection()
    assert Repaid(worked, Decimal("3.50")).objection()


def test_a_schedule_of_another_method_is_caught():
    worked = schedule(Method.EQUAL_PRINCIPAL, Decimal(3_000_000), Decimal("3.45"), 12)
    assert Repaid(replace(worked, method=Method.EQUAL_INSTALMENTS), Decimal("3.45")).objection()
    assert Repaid(replace(worked, method=Method.INTEREST_FIRST), Decimal("3.45")).objection()


def test_a_count_is_the_number_of_its_names_and_nothing_is_counted_twice():
    assert Quantity("3", Unit.ITEMS) in Count(("a", "b", "c")).gives()
    assert Count(("a", "b", "c")).objection() is None
    assert Count(("a", "b", "a")).objection() == "counted twice: ['a']"


def test_a_sum_gives_its_operands_and_its_result():
    worked = Sum("60万元 ÷ 6 × 12 = 120万元")
    assert worked.objection() is None
    assert worked.operands() == {"600000", "6"}
    assert Quantity("1200000", Unit.YUAN) in worked.gives()


def test_the_least_number_of_people_reaches_the_share_and_one_fewer_does_not():
    ten_percent_of_35 = Least(Decimal(4), Decimal(35), Decimal(10))  # 3.5
    assert ten_percent_of_35.objection() is None
    assert Least(Decimal(3), Decimal(35), Decimal(10)).objection()
    assert Least(Decimal(5), Decimal(35), Decimal(10)).objection()
    assert ten_percent_of_35.operands() == {"35", "10%"}


def test_an_assumed_term_is_given_in_months_and_in_years():
    assert {(q.value, q.unit) for q in Assumed(24).gives()} == {("24", Unit.MONTHS), ("24", Unit.PLAIN), ("2", Unit.PLAIN)}
