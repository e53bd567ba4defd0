"""A loan that falls due: which rule it falls under, when to do what, and what if the bank says no."""

from __future__ import annotations

from datetime import date

import pytest
from made_up import TODAY, candidate, dated, needs, profile, quoted, rulebook, words

from assistant.eligibility.matching import Standing
from assistant.eligibility.renewal import Renewal, renewal
from assistant.eligibility.rules import RenewalDesk
from assistant.eligibility.timeline import LAST_WORKING_DAY, OVERDUE
from assistant.profile import Choice, Days

WORKING = needs("loan_kind", "one_of", ["working_capital"])
SMALL = candidate(
    "small", needs("size_class", "one_of", ["micro", "small"]), WORKING, needs("standing", "is", True), kind="renewal"
)
MEDIUM = candidate(
    "medium", needs("size_class", "one_of", ["medium"]), WORKING, needs("loan_due", "until", date(2027, 9, 30)),
    kind="renewal", window=[dated(since=date(2024, 9, 24), to=date(2027, 9, 30))],
)  # fmt: skip
NORMAL = candidate(
    "normal", needs("loan_class", "one_of", ["normal"]), needs("loan_overdue", "is", False), kind="renewal"
)


def step(id_: str, kind: str, days: int | None = None, working: bool = False) -> dict:
    return {"id": id_, "kind": kind, "days_before": days, "working": working, "title": words(id_), "says": words(id_)}


def way(id_: str, within: str | None = None) -> dict:
    return {"id": id_, "within": within, "says": words(id_), "basis": (quoted(),)}


DESK = RenewalDesk.model_validate(
    {
        "candidates": ("small", "medium"), "normal_class": "normal", "procedure": (quoted(),), "decides": quoted(), "limits": quoted(),
        "plan": (step("talk", "earliest", 60), step("apply", "latest", 30), step("sign", "latest", 3, True), step("due", "due")),
        "papers": (quoted(),),
        "alternatives": (way("ask"), way("suzhou", "江苏省/苏州市"), way("extend"), way("jiangsu", "江苏省")),
        "repayment": {},
    }
)  # fmt: skip
BOOK = rulebook(SMALL, MEDIUM, NORMAL, desk=DESK)


def at_the_desk(on: date = TODAY, **facts: object) -> Renewal:
    return renewal(BOOK.view(profile(**facts), on), BOOK)


def days(found: Renewal) -> dict[str, date]:
    return {item.id: item.day for item in found.milestones}


# Which rule


@pytest.mark.parametrize(
    ("size", "rule", "standing"),
    [
        (("micro",), "small", Standing.OPEN),
        (("small",), "small", Standing.OPEN),
        (("micro", "small"), "small", Standing.OPEN),
        (("medium",), "medium", Standing.OPEN),
        (("small", "medium"), "small", Standing.OPEN),  # both are open: the first
        (("large",), "small", Standing.NOT_ELIGIBLE),
    ],
)
def test_the_rule_is_that_for_the_size_of_the_firm(size, rule, standing):
    found = at_the_desk(size_class=Choice.of(*size))
    assert (found.best.candidate.id, found.best.standing) == (rule, standing)
    assert found.possible is (standing is Standing.OPEN)


def test_with_nothing_known_the_rule_for_small_firms_is_tried():
    found = at_the_desk()
    assert (found.best.candidate.id, found.possible) == ("small", True)


def test_a_firm_that_meets_everything_can_renew():
    found = at_the_desk(size_class=Choice.of("micro"), loan_kind=Choice.of("working_capital"), standing=True)
    assert (found.best.standing, found.possible) == (Standing.ELIGIBLE, True)


def test_of_rules_that_do_not_fit_the_one_made_for_the_firm_is_told():
    # medium, for its working capital, due after the arrangement ends: one condition fails of either rule; of its own it meets two
    found = at_the_desk(
        size_class=Choice.of("medium"), loan_kind=Choice.of("working_capital"), loan_due=date(2027, 10, 1)
    )
    assert (found.best.candidate.id, found.possible) == ("medium", False)
    assert [item.asks for item in found.best.failed] == ["loan_due"]


@pytest.mark.parametrize(("due", "possible"), [(date(2027, 9, 30), True), (date(2027, 10, 1), False)])
def test_the_last_day_of_the_arrangement_counts(due, possible):
    found = at_the_desk(size_class=Choice.of("medium"), loan_kind=Choice.of("working_capital"), loan_due=due)
    assert found.possible is possible


@pytest.mark.parametrize(
    ("on", "standing"), [(date(2027, 9, 30), Standing.OPEN), (date(2027, 10, 1), Standing.NOT_IN_FORCE)]
)
def test_an_arrangement_that_has_ended_is_told_as_such(on, standing):
    found = at_the_desk(on, size_class=Choice.of("medium"), loan_kind=Choice.of("working_capital"))
    assert (found.best.candidate.id, found.best.standing) == ("medium", standing)


# Dates


def test_steps_are_counted_back_from_the_due_date():
    # Friday 29 January 2027: 60 days before is Monday 30 November, 30 before Wednesday 30 December, three working days
    # before (28, 27, 26) Tuesday 26 January
    found = at_the_desk(loan_due=date(2027, 1, 29))
    assert days(found) == {
        "talk": date(2026, 11, 30), "apply": date(2026, 12, 30), "sign": date(2027, 1, 26), "due": date(2027, 1, 29),
    }  # fmt: skip
    assert [item.id for item in found.milestones] == ["talk", "apply", "sign", "due"]
    assert {name for name, _ in found.steps} == set(days(found))


def test_a_due_date_on_a_day_off_has_the_working_day_before_it():
    # Sunday 20 December 2026, before it Friday 18
    assert days(at_the_desk(loan_due=date(2026, 12, 20)))[LAST_WORKING_DAY] == date(2026, 12, 18)


def test_once_the_loan_is_overdue_that_is_all_there_is_to_say():
    found = at_the_desk(loan_due=date(2026, 11, 20))
    assert [(item.id, item.days_left) for item in found.milestones] == [(OVERDUE, -3)]


def test_a_month_counts_from_its_first_day_and_tells_the_other_end():
    found = at_the_desk(loan_due=Days(date(2027, 1, 1), date(2027, 1, 31)))
    due = next(item for item in found.milestones if item.id == "due")
    assert (due.day, due.day_if_later) == (date(2027, 1, 1), date(2027, 1, 31))


def test_without_a_due_date_there_are_no_dates():
    assert at_the_desk().milestones == ()


# What to ask


def test_what_decides_is_asked_first_then_the_date_then_what_decides_about_the_class():
    found = at_the_desk(size_class=Choice.of("micro"))
    assert found.missing == ("loan_kind", "standing", "loan_due", "loan_class")


def test_what_is_known_is_not_asked():
    known = {"size_class": Choice.of("micro"), "loan_kind": Choice.of("working_capital"), "standing": True}
    assert at_the_desk(**known).missing == ("loan_due", "loan_class")
    assert at_the_desk(**known, loan_due=date(2026, 12, 20)).missing == ("loan_class",)
    assert at_the_desk(**known, loan_due=date(2026, 12, 20), loan_class=Choice.of("normal")).missing == ()


def test_where_it_is_ruled_out_nothing_is_asked():
    assert at_the_desk(size_class=Choice.of("large")).missing == ()


# The class of the loan


@pytest.mark.parametrize(
    ("facts", "standing"),
    [
        ({"loan_class": Choice.of("normal"), "standing": True}, Standing.ELIGIBLE),
        ({"loan_class": Choice.of("special_mention")}, Standing.NOT_ELIGIBLE),
        ({"loan_overdue": True}, Standing.NOT_ELIGIBLE),
        ({}, Standing.OPEN),
    ],
)
def test_whether_it_stays_in_the_normal_class_is_judged_apart_from_renewal(facts, standing):
    found = at_the_desk(**facts)
    assert found.normal.standing is standing
    assert found.possible


# If the bank says no


@pytest.mark.parametrize(
    ("facts", "ways"),
    [
        ({"region": "江苏省/苏州市"}, ["suzhou", "jiangsu", "ask", "extend"]),
        ({"region": "江苏省/南京市"}, ["jiangsu", "ask", "extend"]),
        ({"region": "江苏省"}, ["jiangsu", "ask", "extend"]),
        ({"region": "浙江省"}, ["ask", "extend"]),
        ({}, ["ask", "extend"]),
    ],
)
def test_the_ways_of_the_firms_own_place_come_first_and_others_places_not_at_all(facts, ways):
    assert [item.id for item in at_the_desk(**facts).alternatives] == ways
