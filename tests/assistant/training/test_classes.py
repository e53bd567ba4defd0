"""Classes: made by an account, joined by code and name, closed, opened again and forgotten."""

from __future__ import annotations

import re
from datetime import datetime, timezone

import pytest
from class_samples import a_choice, learner

from assistant.accounts.database import Database as Accounts
from assistant.accounts.throttle import Throttle
from assistant.errors import TrainingError
from assistant.training.classes import MOST_MEMBERS, Classes, Joined, Reveal
from assistant.training.codes import Guesses, new_code, read_code
from assistant.training.names import LONGEST, clean_name
from index.types import Language

AT = datetime(2026, 11, 28, 9, 0, tzinfo=timezone.utc)


@pytest.fixture
def classes(database):
    return Classes(database, lambda: AT)


@pytest.fixture
def made(classes):
    return classes.create(
        "li", "新人培训 第一期", Language.ZH, [a_choice(1), a_choice(2)], Reveal.AT_END, 0.6, ["coordination"]
    )


def test_a_class_is_found_again_as_it_was_made(classes, made):
    found = classes.find(made.code)
    assert found == made
    assert (found.name, found.owner, found.pass_share, found.reveal) == ("新人培训 第一期", "li", 0.6, Reveal.AT_END)
    assert [(d.id, d.fingerprint) for d in found.drills] == [
        ("figure:jingui-2024-13#1:1", "f1"), ("figure:jingui-2024-13#2:1", "f1"),
    ]  # fmt: skip
    assert found.drills[0].asked == "第1题：单户授信额度原则上不超过多少？"
    assert found.created == AT
    assert found.open
    assert classes.drills(made.code) == made.drills
    assert classes.drills("ZZZZZZ") == ()


def test_a_code_has_no_characters_that_are_mistaken_for_one_another():
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(re.fullmatch("[A-HJ-NP-Z2-9]{6}", code) for code in codes)


@pytest.mark.parametrize("typed", ["abc234", " ABC 234 ", "abc-234", "ＡＢＣ２３４"])
def test_a_code_may_be_typed_as_people_type(typed):
    assert read_code(typed) == "ABC234"


@pytest.mark.parametrize("typed", ["", "ABC23", "ABC2345", "ABC10O", "'; DROP", "ABC" * 1000])
def test_what_cannot_be_a_code_finds_nothing(classes, typed):
    assert read_code(typed) is None
    assert classes.find(typed) is None


def test_everybody_lists_their_own_classes_and_administrators_all(classes, made):
    other = classes.create("zhao", "二班", Language.EN, [a_choice(3, language=Language.EN)], Reveal.AT_ONCE, 1)
    assert classes.of("li") == [made]
    assert classes.of("zhao") == [other]
    assert classes.of("nobody") == []
    assert {found.code for found in classes.all()} == {made.code, other.code}


@pytest.mark.parametrize(
    ("name", "drills", "share"),
    [
        ("  ", [a_choice(1)], 0.6),
        ("班", [], 0.6),
        ("班", [a_choice(number) for number in range(51)], 0.6),
        ("班", [a_choice(1)], 0),
        ("班", [a_choice(1)], 1.01),
        ("班", [a_choice(1), a_choice(1)], 0.6),
        ("班", [a_choice(1, language=Language.EN)], 0.6),
    ],
)
def test_a_class_that_makes_no_sense_is_not_made(classes, name, drills, share):
    with pytest.raises(TrainingError):
        classes.create("li", name, Language.ZH, drills, Reveal.AT_END, share)
    assert classes.all() == []


def test_learners_join_by_code_and_name(classes, made, database):
    a, b = learner(database, "a"), learner(database, "b")
    assert classes.join(made.code.lower(), a, " 张  伟 ") is Joined.YES
    assert classes.join(made.code, b, "王芳") is Joined.YES
    assert [(m.learner, m.name, m.joined) for m in classes.members(made.code)] == [
        ("a", "张 伟", AT),
        ("b", "王芳", AT),
    ]
    assert classes.member(made.code, "b").name == "王芳"
    assert classes.member(made.code, "c") is None


def test_two_of_one_name_would_not_be_told_apart(classes, made, database):
    a, b = learner(database, "a"), learner(database, "b")
    classes.join(made.code, a, "张伟")
    assert classes.join(made.code, b, "张 伟") is Joined.TAKEN
    assert classes.join(made.code, b, "张伟\u3164\ufe0f") is Joined.TAKEN  # nobody would see the difference
    assert classes.join(made.code, b, "\u3164") is Joined.NAME
    assert classes.join(made.code, a, "张伟（城关）") is Joined.YES  # one's own name may be changed
    assert classes.join(made.code, b, "张伟") is Joined.YES
    assert [m.name for m in classes.members(made.code)] == ["张伟（城关）", "张伟"]


def test_nobody_joins_what_is_closed_or_not_there(classes, made, database):
    a = learner(database, "a")
    assert classes.join("ZZZZZZ", a, "张伟") is Joined.UNKNOWN
    assert classes.join("not a code", a, "张伟") is Joined.UNKNOWN
    assert classes.join(made.code, a, "\u200b \n") is Joined.NAME
    classes.close(made.code)
    assert not classes.find(made.code).open
    assert classes.join(made.code, a, "张伟") is Joined.CLOSED
    classes.reopen(made.code)
    assert classes.join(made.code, a, "张伟") is Joined.YES


def test_a_class_has_an_end_of_places(classes, made, database):
    for number in range(MOST_MEMBERS):
        assert classes.join(made.code, learner(database, f"l{number}"), f"学员{number}") is Joined.YES
    assert classes.join(made.code, learner(database, "late"), "迟到的") is Joined.FULL
    assert classes.join(made.code, "l7", "改名") is Joined.YES


def test_a_class_deleted_takes_its_list_but_not_what_people_answered(classes, made, database):
    a = learner(database, "a")
    classes.join(made.code, a, "张伟")
    with database.transaction() as connection:
        connection.execute(
            "INSERT INTO attempts (learner, drill, fingerprint, at, right, score, language, response, class_code)"
            " VALUES ('a', 'd', 'f1', '2026-11-28T09:00:00+00:00', 1, 1.0, 'zh', '{}', ?)",
            (made.code,),
        )
    classes.delete(made.code)
    assert classes.find(made.code) is None
    assert classes.members(made.code) == []
    assert [row["class_code"] for row in database.rows("SELECT class_code FROM attempts")] == [None]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" 张  伟 ", "张 伟"),
        ("A\u202eB\u200bC\n", "ABC"),
        ("x" * LONGEST, "x" * LONGEST),
        ("x" * (LONGEST + 1), None),
        ("……", None),
        ("张伟 13812345678", None),
        ("", None),
    ],
)
def test_names_hold_what_people_can_see(typed, kept):
    assert clean_name(typed) == kept


def test_guessing_at_codes_is_made_slow_and_does_not_hinder_signing_in(tmp_path):
    accounts, now = Accounts(tmp_path), [1000.0]
    throttle = Throttle(accounts, lambda: now[0])
    guesses = Guesses(throttle)
    address = "10.0.0.7"
    assert [guesses.begin(new_code(), address) for _ in range(20)] == [0.0] * 20
    assert guesses.begin(new_code(), address) > 0
    assert guesses.begin(new_code(), "10.0.0.8") == 0.0
    assert throttle.begin("li", address) == 0.0
    now[0] += 60
    assert guesses.begin("ABC234", address) == 0.0
    accounts.close()


def test_a_whole_class_may_type_the_right_code_from_one_office(tmp_path):
    accounts = Accounts(tmp_path)
    guesses = Guesses(Throttle(accounts))
    for _ in range(40):
        assert guesses.begin("ABC234", "10.0.0.7") == 0.0
        guesses.right("ABC234", "10.0.0.7")
    accounts.close()
