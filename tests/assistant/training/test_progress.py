"""Progress: what comes again, what was wrong, how much is right, and what is withdrawn."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from making import catalogue, drill

from assistant.training.learners import Learners
from assistant.training.progress import Progress, Share
from assistant.training.types import Attempt, DrillKind, Response
from index.types import Language

AT = datetime(2026, 3, 2, 2, 0, tzinfo=timezone.utc)  # 10:00 in Beijing
DAY = timedelta(days=1)


@pytest.fixture
def answers(database):
    """answers(drill, right, at) keeps an answer of the one learner and returns their record."""
    learner, _ = Learners(database).begin("小王")
    progress = Progress(database)

    def keep(of=None, right=True, at=AT):
        if of is not None:
            made = Attempt(
                learner.id, of.id, of.fingerprint, at, right, float(right), of.language, Response((int(right),))
            )
            progress.record(made)
        return progress.of(learner.id)

    return keep


def test_a_new_learner_has_nothing(answers):
    record = answers()
    assert record.due([drill(1)], AT.date()) == ()
    assert record.share([drill(1)]) == Share(0, 0)
    assert record.streak(AT.date()) == 0


def test_what_is_due_is_asked_for_by_its_day_those_that_wait_longest_first(answers):
    answers(drill(1))  # right: again on the 4th
    answers(drill(2), right=False)  # wrong: again on the 3rd
    both = [drill(1), drill(2)]
    assert answers().due(both, date(2026, 3, 2)) == ()
    assert answers().due(both, date(2026, 3, 3)) == (drill(2).id,)
    assert answers().due(both, date(2026, 3, 4)) == (drill(2).id, drill(1).id)
    assert answers().due([drill(1)], date(2026, 3, 4)) == (drill(1).id,)


def test_mistakes_are_those_whose_last_answer_was_wrong_the_latest_first(answers):
    three = [drill(1), drill(2), drill(3)]
    for place, of in enumerate(three):
        answers(of, right=False, at=AT + place * DAY)
    answers(drill(2), right=True, at=AT + 4 * DAY)
    assert answers().mistakes(three) == (drill(3).id, drill(1).id)


def test_shares_count_each_drill_once_by_its_last_answer(answers):
    figure = drill(1, topics=("续贷", "贷款到期"))
    case = drill(2, kind=DrillKind.CASE, document="jinfa-2024-32", topics=("推荐清单",))
    answers(figure, right=False)
    answers(figure, right=True, at=AT + DAY)
    answers(case, right=False)
    record, all_of_them = answers(), catalogue(figure, case)
    assert record.share([figure, case]) == Share(1, 2)
    assert record.shares(all_of_them, lambda of: of.topics) == {
        "续贷": Share(1, 1), "贷款到期": Share(1, 1), "推荐清单": Share(0, 1),
    }  # fmt: skip
    assert record.shares(all_of_them, lambda of: [of.kind]) == {"figure": Share(1, 1), "case": Share(0, 1)}
    assert record.shares(all_of_them, lambda of: [of.document_id]) == {
        "jingui-2024-13": Share(1, 1), "jinfa-2024-32": Share(0, 1),
    }  # fmt: skip


def test_a_drill_whose_clause_changed_is_told_and_counts_no_more(answers):
    answers(drill(1), right=False)
    anew = drill(1, fingerprint="f2")
    record = answers()
    assert record.changed(catalogue(anew)) == (anew,)
    assert record.due([anew], date(2026, 4, 1)) == ()
    assert record.mistakes([anew]) == ()
    assert record.share([anew]) == Share(0, 0)
    assert record.changed(catalogue(drill(1))) == ()


def test_its_card_starts_anew(answers):
    for days in (0, 2, 13):  # right each time it came: the next time would be 46 days later
        answers(drill(1), at=AT + days * DAY)
    anew, later = drill(1, fingerprint="f2"), AT + 14 * DAY
    record = answers(anew, at=later)
    assert record.standings[anew.id].due == date(2026, 3, 18)  # the 16th and 2 days, as for any first answer
    assert record.changed(catalogue(anew)) == ()


def test_each_language_has_its_own_fingerprint(answers):
    answers(drill(1, fingerprint="zh1"))
    english = drill(1, fingerprint="en1", language=Language.EN)
    assert answers().changed(catalogue(english, language=Language.EN)) == ()
    answers(english, at=AT + 2 * DAY)
    assert answers().standings[english.id].due == date(2026, 3, 15)  # the 4th and 11 days: one card for both


def test_a_drill_that_is_no_longer_made_is_not_due(answers):
    answers(drill(1), right=False)
    assert answers().due([], date(2026, 4, 1)) == ()


@pytest.mark.parametrize(
    ("days", "on", "streak"), [([0], 0, 1), ([0, 1, 2], 2, 3), ([0, 1], 2, 2), ([0, 2], 2, 1), ([0], 2, 0)]
)
def test_a_streak_ends_with_a_day_left_out_not_with_a_day_that_is_not_over(answers, days, on, streak):
    for day in days:
        answers(drill(day), at=AT + day * DAY)
    assert answers().streak(AT.date() + on * DAY) == streak


def test_nobody_sees_what_another_answered(answers, database):
    answers(drill(1), right=False)
    other, _ = Learners(database).begin("小李")
    assert Progress(database).of(other.id).standings == {}


def test_what_must_not_be_told_yet_is_as_if_it_had_not_been_asked(answers):
    answers(drill(1), right=False)
    record = answers(drill(2), right=False).without({drill(1).id})
    assert record.mistakes([drill(1), drill(2)]) == (drill(2).id,)
    assert record.share([drill(1), drill(2)]) == Share(0, 1)
