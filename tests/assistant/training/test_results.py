"""Results by person and by question, and what becomes of them when a question is withdrawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest
from class_samples import DAY, a_case, a_choice, an_order

from assistant.training.classes import Member, Reveal, SetDrill, TrainingClass
from assistant.training.results import of_hundred, worked_out
from assistant.training.types import Attempt, Catalogue, Response
from assistant.training.withdrawal import Why, asked
from index.types import Clause, Document, Kind, Language, Period

AT = datetime(2026, 11, 28, 9, 0, tzinfo=timezone.utc)
DRILLS = (a_choice(1), a_choice(2), an_order(3), a_case(4))
PEOPLE = tuple(Member(id, name, AT) for id, name in (("a", "张伟"), ("b", "王芳"), ("c", "李娜"), ("d", "赵强")))


def a_class(drills=DRILLS, share=0.6):
    kept = tuple(SetDrill(d.id, d.fingerprint, d.prompt) for d in drills)
    return TrainingClass("ABC234", "一班", "li", Language.ZH, kept, Reveal.AT_END, share, (), AT)


def a_catalogue(*drills, withdrawn=None, on=DAY):
    return Catalogue(Language.ZH, on, {drill.id: drill for drill in drills}, withdrawn or {})


def nothing(document_id, language):
    return None


def attempt(who, drill, score, chosen, minute, *, fingerprint=None):
    at = AT + timedelta(minutes=minute)
    return Attempt(
        who, drill.id, fingerprint or drill.fingerprint, at, score == 1, score, Language.ZH, Response(chosen), "ABC234"
    )


ATTEMPTS = [
    # 张伟: right, right, half, right: 3.5 of 4
    attempt("a", DRILLS[0], 1, (1,), 1), attempt("a", DRILLS[1], 1, (1,), 2),
    attempt("a", DRILLS[2], 0.5, (2, 1, 0), 3), attempt("a", DRILLS[3], 1, (1, 2), 4),
    # 王芳: wrong (3000), wrong (500), right, nothing: 1 of 4; later the first once more, then right
    attempt("b", DRILLS[0], 0, (3,), 5), attempt("b", DRILLS[1], 0, (0,), 6),
    attempt("b", DRILLS[2], 1, (2, 0, 1), 7), attempt("b", DRILLS[3], 0, (0, 4), 8),
    attempt("b", DRILLS[0], 1, (1,), 9),
    # 李娜: wrong (3000), right, and no further
    attempt("c", DRILLS[0], 0, (3,), 10), attempt("c", DRILLS[1], 1, (1,), 11),
]  # fmt: skip


def test_people_have_what_their_first_answers_came_to():
    found = worked_out(a_class(), asked(a_class(), a_catalogue(*DRILLS), nothing), PEOPLE, ATTEMPTS)
    a, b, c, d = found.people
    assert [(p.done, p.right, p.points) for p in found.people] == [(4, 3, 3.5), (4, 1, 1.0), (2, 1, 1.0), (0, 0, 0)]
    assert (a.share, b.share, c.share, d.share) == (0.875, 0.25, 0.5, None)
    assert (a.passed, b.passed, c.passed, d.passed) == (True, False, None, None)  # 李娜 has not answered everything
    assert (b.further, a.further) == (1, 0)
    assert a.last == AT + timedelta(minutes=4)
    assert b.last == AT + timedelta(minutes=8)
    assert d.last is None
    assert found.mean == (0.875 + 0.25) / 2
    assert len(found.finished) == 2
    assert found.passed == 1


def test_questions_tell_how_many_answered_and_what_they_took_for_right():
    found = worked_out(a_class(), asked(a_class(), a_catalogue(*DRILLS), nothing), PEOPLE, ATTEMPTS)
    one, two, three, four = found.items
    assert (one.answered, one.right, one.wrong, one.further, one.further_right) == (3, 1, (3, 2), 1, 1)
    assert (two.answered, two.right, two.wrong) == (3, 2, (0, 1))
    assert (three.answered, three.right, three.wrong, three.points) == (2, 1, None, 1.5)  # several places are right
    assert (four.answered, four.wrong) == (2, None)
    assert one.share == 1 / 3


def test_where_nobody_answered_there_is_no_share():
    found = worked_out(a_class(), asked(a_class(), a_catalogue(*DRILLS), nothing), PEOPLE, [])
    assert found.mean is None
    assert [item.share for item in found.items] == [None] * 4
    assert {person.passed for person in found.people} == {None}


@pytest.mark.parametrize(("share", "passed"), [(0.875, True), (0.88, False)])
def test_the_share_to_pass_with_is_enough(share, passed):
    of = a_class(share=share)
    found = worked_out(of, asked(of, a_catalogue(*DRILLS), nothing), PEOPLE[:1], ATTEMPTS[:4])
    assert found.people[0].passed is passed


def test_seven_tenths_thrice_are_seven_tenths_on_average():
    drills = tuple(a_choice(number) for number in range(3))
    of = a_class(drills, share=0.7)
    given = [attempt("a", drill, 0.7, (0,), minute) for minute, drill in enumerate(drills)]
    found = worked_out(of, asked(of, a_catalogue(*drills), nothing), PEOPLE[:1], given)
    assert found.people[0].passed is True


@pytest.mark.parametrize(("share", "points"), [(0.5625, "56.3"), (1, "100"), (0, "0"), (1 / 3, "33.3"), (0.35, "35")])
def test_points_are_of_a_hundred_to_a_tenth(share, points):
    assert str(of_hundred(share)) == points


def test_a_question_withdrawn_counts_for_nothing_and_its_answers_are_kept():
    of = a_class()
    left = a_catalogue(a_choice(1, fingerprint="f2"), *DRILLS[1:])
    found = worked_out(of, asked(of, left, nothing), PEOPLE, ATTEMPTS)
    a, b, c, _ = found.people
    assert [(p.done, p.of, p.points, p.withdrawn) for p in (a, b, c)] == [
        (3, 3, 2.5, 1),
        (3, 3, 1.0, 1),
        (1, 3, 1.0, 1),
    ]
    assert [item.drill.id for item in found.items] == [drill.id for drill in DRILLS[1:]]
    assert found.withdrawn == {DRILLS[0].id: (3, 1)}
    assert b.further == 0


def test_answers_to_what_the_clause_says_now_do_not_count_for_what_was_set():
    of = a_class()
    given = [attempt("a", DRILLS[0], 1, (1,), 1, fingerprint="f2"), attempt("a", DRILLS[0], 0, (0,), 2)]
    found = worked_out(of, asked(of, a_catalogue(*DRILLS), nothing), PEOPLE[:1], given)
    assert (found.people[0].points, found.people[0].further) == (0, 0)


def test_who_answers_in_the_other_language_answers_the_same_drill():
    of = a_class()
    given = replace(attempt("a", DRILLS[0], 1, (1,), 1, fingerprint="e1"), language=Language.EN)
    found = worked_out(of, asked(of, a_catalogue(*DRILLS), nothing), PEOPLE[:1], [given])
    assert found.people[0].points == 1


def a_document(clause_period=None, *, text="不超过1000万元"):
    clause = Clause("1", "第一条", "额度", text, clause_period or Period())
    return Document("jingui-2024-13", Language.ZH, Kind.NOTICE, "关于融资协调工作机制的通知", "融资协调机制", (clause,))


@pytest.mark.parametrize(
    ("document", "catalogue", "why", "place"),
    [
        (a_document(), a_catalogue(a_choice(1, fingerprint="f2")), Why.CHANGED, "融资协调机制 第一条"),
        (
            a_document(),
            a_catalogue(withdrawn={DRILLS[0].id: "two options are right"}),
            Why.FAILED,
            "融资协调机制 第一条",
        ),
        (a_document(), a_catalogue(), Why.UNMADE, "融资协调机制 第一条"),
        (a_document(Period(expires=date(2026, 11, 27))), a_catalogue(), Why.LAPSED, "融资协调机制 第一条"),
        (a_document(Period(expires=DAY)), a_catalogue(), Why.UNMADE, "融资协调机制 第一条"),
        (a_document(Period(effective=date(2026, 11, 29))), a_catalogue(), Why.NOT_YET, "融资协调机制 第一条"),
        (None, a_catalogue(), Why.DOCUMENT, ""),
    ],
)
def test_what_is_withdrawn_says_why(document, catalogue, why, place):
    of = a_class(DRILLS[:1])
    found = asked(of, catalogue, lambda id, language: document)
    assert found.drills == ()
    (gone,) = found.withdrawn
    assert (gone.why, gone.place) == (why, place)
    assert gone.drill.asked == "第1题：单户授信额度原则上不超过多少？"


def test_a_clause_that_is_gone_is_told_apart_from_a_document_that_is():
    of = a_class((a_choice(2),))
    (gone,) = asked(of, a_catalogue(), lambda id, language: a_document()).withdrawn
    assert (gone.why, gone.place) == (Why.CLAUSE, "融资协调机制")


def test_drills_stay_in_the_order_in_which_they_were_set():
    of = a_class((DRILLS[2], DRILLS[0]))
    assert asked(of, a_catalogue(*DRILLS), nothing).drills == (DRILLS[2], DRILLS[0])
