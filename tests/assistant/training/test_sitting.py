"""Sittings: which drills are chosen, and what is kept of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timezone
from itertools import pairwise

import pytest
from making import catalogue, drill

from assistant.training.database import Database
from assistant.training.learners import Learners
from assistant.training.progress import Progress, Record, Standing
from assistant.training.selection import apart, choose, clause_of
from assistant.training.sitting import Aim, AimKind, Sittings, Taken, asked, item_of
from assistant.training.types import DrillKind, Grade, Response
from index.types import Language

TODAY = date(2026, 3, 10)
PATH, CLASS = Aim(AimKind.PATH, "visitor"), Aim(AimKind.CLASS, "ABC234")
RIGHT, WRONG = Grade(True, 1.0), Grade(False, 0.0)


def standing(right=True, due=None, day=1):
    return Standing(right, datetime(2026, 3, day, tzinfo=timezone.utc), {"zh": "f1"}, due)


def record(**known):
    return Record({drill(n, clause=n).id: found for n, found in known.items()}, frozenset())


def many(names, **more):
    return [drill(name, clause=name, **more) for name in names]


def ids(drills):
    return [drill.id.rsplit(":", 1)[1] for drill in drills]


def chosen(drills, known=None, count=5, seed="s"):
    return choose(drills, drills, known or record(), TODAY, count, seed)


def test_what_comes_again_is_asked_first_then_mistakes_then_new_ones():
    known = record(
        a=standing(due=date(2026, 3, 10)), b=standing(due=date(2026, 3, 9)), c=standing(right=False, due=date(2026, 3, 11)),
        d=standing(due=date(2026, 4, 1)),
    )  # fmt: skip
    found = ids(chosen(many("abcdef"), known))
    assert found[:3] == ["b", "a", "c"]
    assert sorted(found[3:]) == ["e", "f"]


def test_mistakes_leave_half_of_the_places_to_what_is_new():
    known = record(**{name: standing(right=False, due=date(2026, 3, 11)) for name in "abcdef"})
    found = ids(chosen(many("abcdefuvwxyz"), known, count=6))
    assert len(set(found) & set("abcdef")) == 3


def test_where_all_is_known_what_comes_soonest_fills_the_rest():
    known = record(a=standing(due=date(2026, 5, 1)), b=standing(due=date(2026, 4, 1)), c=standing(due=date(2026, 6, 1)))
    assert ids(chosen(many("abc"), known, count=2)) == ["b", "a"]


def test_new_ones_are_of_mixed_kinds():
    drills = [made for kind in DrillKind for made in many([f"{kind}{n}" for n in range(9)], kind=kind)]
    found = chosen(drills, count=10)
    assert {of.kind for of in found} == set(DrillKind)


def test_easy_ones_come_before_hard_ones_of_their_kind():
    hard, easy = many("ab", difficulty=3), many("yz", difficulty=1)
    assert sorted(ids(chosen(hard + easy, count=2))) == ["y", "z"]


def test_several_clauses_are_asked_about_before_one_is_asked_about_twice():
    same = [drill(n, clause="7") for n in range(5)]
    found = chosen([*same, *many("ab")], count=3)
    assert len({clause_of(of) for of in found}) == 3


def test_cases_of_one_clause_are_asked_as_often_as_other_kinds():
    cases = [drill(n, clause="7", kind=DrillKind.CASE) for n in range(5)]
    found = chosen([*cases, *many("abcde")], count=6)
    assert [of.kind for of in found].count(DrillKind.CASE) == 3


def test_what_is_chosen_has_no_two_of_one_clause_in_a_row():
    due = [drill(n, clause=clause) for n, clause in enumerate("aab")]
    known = Record({of.id: standing(due=date(2026, 3, n)) for n, of in enumerate(due, start=1)}, frozenset())
    assert ids(chosen(due, known)) == ["0", "2", "1"]


def test_no_two_of_one_clause_in_a_row():
    a1, a2, a3, b1, b2 = (drill(n, clause=clause) for n, clause in enumerate("aaabb"))
    assert apart([a1, a2, a3, b1, b2]) == (a1, b1, a2, b2, a3)
    assert [clause_of(of)[1] for of in apart([b1, a1, a2, a3, b2])] in (list("ababa"), list("babaa"))
    found = [clause_of(of)[1] for of in apart([b1, b2, a1, a2, a3])]
    assert all(one != two for one, two in pairwise(found))
    assert apart([a1, a2]) == (a1, a2)  # nothing to part them with


def test_a_seed_gives_the_same_drills_and_another_one_others():
    drills = many([str(n) for n in range(50)])
    assert chosen(drills) == chosen(drills)
    assert chosen(drills) != chosen(drills, seed="another")


@pytest.fixture
def learner(database):
    return Learners(database).begin("小王")[0].id


@pytest.fixture
def sittings(database):
    return Sittings(database)


def begun(sittings, learner, *drills, **more):
    return sittings.begin(learner, PATH, [item_of(of) for of in drills], **more)


def test_another_process_goes_on_where_the_first_stopped(sittings, learner, tmp_path):
    one, two = many("ab")
    sitting = begun(sittings, learner, one, two)
    assert sittings.answer(sitting, 0, one, Response((1,)), RIGHT) is Taken.YES
    elsewhere = Database(tmp_path)
    found = Sittings(elsewhere).find(sitting.id, learner)
    elsewhere.close()
    assert found.answers[0].response == Response((1,))
    assert asked(found, both(one, two), Language.ZH).next == 1


def both(*drills, english=()):
    made = {Language.ZH: catalogue(*drills), Language.EN: catalogue(*english, language=Language.EN)}
    return made.__getitem__


def test_a_second_answer_changes_nothing(sittings, learner, database):
    (one,) = many("a")
    sitting = begun(sittings, learner, one)
    sittings.answer(sitting, 0, one, Response((0,)), WRONG)
    assert sittings.answer(sitting, 0, one, Response((1,)), RIGHT) is Taken.BEFORE
    assert not sittings.find(sitting.id, learner).answers[0].right
    assert [row["right"] for row in database.rows("SELECT right FROM attempts")] == [0]


def test_an_answer_becomes_an_attempt_and_a_card(sittings, learner, database):
    (one,) = many("a")
    sittings.answer(begun(sittings, learner, one), 0, one, Response((0,)), WRONG)
    assert Progress(database).of(learner).mistakes([one]) == (one.id,)


def test_words_are_kept_without_telephone_numbers(sittings, learner, database):
    one = replace(drill("a"), kind=DrillKind.SHORT)
    sittings.answer(begun(sittings, learner, one), 0, one, Response((), "最长3年，问13800138000"), RIGHT)
    (kept,) = (row["response"] for row in database.rows("SELECT response FROM attempts"))
    assert "13800138000" not in kept
    assert "最长3年" in kept


def test_another_s_sitting_is_not_there(sittings, learner, database):
    sitting = begun(sittings, learner, drill(1))
    other, _ = Learners(database).begin("小李")
    assert sittings.find(sitting.id, other.id) is None


def test_a_change_of_language_keeps_the_same_drills(sittings, learner):
    one, two = many("ab")
    english = replace(one, language=Language.EN, fingerprint="e1")
    sitting = begun(sittings, learner, one, two)
    found = asked(sitting, both(one, two, english=[english]), Language.EN)
    assert [found.drills[place] for place in found.places] == [english, two]  # the second is there in Chinese alone
    sittings.answer(sitting, 0, one, Response((1,)), RIGHT)
    again = asked(sittings.find(sitting.id, learner), both(one, two, english=[english]), Language.EN)
    assert again.drills[0] == one  # answered in Chinese, where its options stand in this order


def test_a_drill_withdrawn_in_the_middle_is_left_out_and_told(sittings, learner):
    one, two, three = many("abc")
    sitting = begun(sittings, learner, one, two, three)
    sittings.answer(sitting, 0, one, Response((0,)), WRONG)
    changed = replace(two, fingerprint="f2")
    found = asked(sittings.find(sitting.id, learner), both(changed, three), Language.ZH)
    assert (found.places, found.next, found.left_out, found.wrong) == ((0, 2), 2, 1, (0,))
    assert found.after(0) == 2
    assert found.after(2) is None


def a_class(database, closed=None):
    with database.transaction() as connection:
        connection.execute(
            "INSERT OR REPLACE INTO classes (code, name, owner, language, content, created, closed)"
            " VALUES ('ABC234', '', '', 'zh', '{}', '', ?)",
            (closed,),
        )


def test_a_class_is_sat_once(sittings, learner, database):
    a_class(database)
    one, two = many("ab")
    first = sittings.begin(learner, CLASS, [item_of(one)], "ABC234")
    sittings.answer(first, 0, one, Response((1,)), RIGHT)
    again = sittings.begin(learner, CLASS, [item_of(one), item_of(two)], "ABC234")
    assert again.id == first.id
    assert 0 in again.answers
    assert [row["class_code"] for row in database.rows("SELECT class_code FROM attempts")] == ["ABC234"]


def test_a_closed_class_takes_no_answers(sittings, learner, database):
    a_class(database)
    (one,) = many("a")
    sitting = sittings.begin(learner, CLASS, [item_of(one)], "ABC234")
    with database.transaction() as connection:
        connection.execute("UPDATE classes SET closed = '2026-03-02'")
    assert sittings.answer(sitting, 0, one, Response((1,)), RIGHT) is Taken.CLOSED
    assert database.rows("SELECT * FROM attempts") == []


def test_old_sittings_are_forgotten_but_not_what_was_answered(sittings, learner, database):
    (one,) = many("a")
    first = begun(sittings, learner, one)
    sittings.answer(first, 0, one, Response((1,)), RIGHT)
    for _ in range(30):
        begun(sittings, learner, one)
    assert sittings.find(first.id, learner) is None
    assert len(sittings.of(learner)) == 30
    assert len(database.rows("SELECT * FROM attempts")) == 1
