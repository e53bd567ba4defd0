"""When drills come again. Days are those of FSRS 6 with its published parameters, a retention of 90 % and no chance:
a first right answer has a stability of 2.3065 days, hence 2 days; a first wrong one of 0.212, hence the next day."""

from __future__ import annotations

from datetime import date, datetime, timezone

import pytest

from assistant.training.moments import day_of
from assistant.training.schedule import LONGEST, reviewed
from assistant.training.types import Grade

RIGHT, PARTLY, WRONG = Grade(True, 1.0), Grade(False, 0.6), Grade(False, 0.2)
MONDAY = date(2026, 3, 2)


def waits(*grades):
    """Days until the drill comes again after each answer, each given on the day it came."""
    memory, day, found = None, MONDAY, []
    for grade in grades:
        card = reviewed(memory, grade, day)
        found.append((card.due - day).days)
        memory, day = card.memory, card.due
    return found


@pytest.mark.parametrize(("grade", "days"), [(RIGHT, 2), (PARTLY, 1), (WRONG, 1)])
def test_the_first_answer_decides_when_it_comes_again(grade, days):
    assert waits(grade) == [days]


def test_what_is_known_comes_at_growing_distances_and_never_later_than_half_a_year():
    found = waits(*[RIGHT] * 6)
    assert found == sorted(found)
    assert found[:3] == [2, 11, 46]
    assert found[-1] == LONGEST


def test_a_mistake_brings_a_known_drill_back_soon():
    assert waits(RIGHT, RIGHT, RIGHT, WRONG)[-1] <= 3


def test_an_answer_partly_right_comes_sooner_than_a_right_one_and_later_than_a_wrong_one():
    assert waits(RIGHT, WRONG)[-1] < waits(RIGHT, PARTLY)[-1] < waits(RIGHT, RIGHT)[-1]


def test_the_same_answers_give_the_same_card():
    assert reviewed(None, RIGHT, MONDAY) == reviewed(None, RIGHT, MONDAY)


def test_repeating_on_one_day_does_not_put_it_off_for_long():
    card = reviewed(None, RIGHT, MONDAY)
    for _ in range(10):
        card = reviewed(card.memory, RIGHT, MONDAY)
    assert card.due <= date(2026, 3, 5)


def test_a_day_is_a_day_in_china():
    assert day_of(datetime(2026, 3, 1, 15, 59, tzinfo=timezone.utc)) == date(2026, 3, 1)
    assert day_of(datetime(2026, 3, 1, 16, 0, tzinfo=timezone.utc)) == MONDAY  # midnight in Beijing
