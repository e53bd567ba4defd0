"""Learners: a nickname of one browser, or an account everywhere; their data are theirs alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone

import pytest
from making import drill

from assistant.accounts.people import Account, Role
from assistant.errors import TrainingError
from assistant.training.database import FILE, Database
from assistant.training.learners import Learners
from assistant.training.nicknames import Objection, objection
from assistant.training.progress import Progress
from assistant.training.sitting import Aim, AimKind, Sittings, item_of
from assistant.training.types import Attempt, Response
from index.types import Language

LI = Account("li", "Li", Role.STAFF, frozenset({"台州银行"}), "2026-01-05T08:00:00+00:00")
AT = datetime(2026, 3, 2, 2, 0, tzinfo=timezone.utc)
PATH = Aim(AimKind.PATH, "visitor")


@pytest.fixture
def learners(database):
    return Learners(database)


def attempt(learner, of, right=True, at=AT, class_code=None):
    return Attempt(learner.id, of.id, of.fingerprint, at, right, float(right), Language.ZH, Response((1,)), class_code)


def count(database, table):
    return database.rows(f"SELECT count(*) AS n FROM {table}")[0]["n"]


@pytest.mark.parametrize("name", ["小王", "王大姐", "3组 李", "Zoë", "A" * 20, "2026级新人", "☀\ufe0f小王", "小\u200b王"])
def test_these_are_nicknames(name):
    assert objection(name) is None


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", Objection.EMPTY),
        ("  ", Objection.EMPTY),
        ("……", Objection.EMPTY),
        ("王" * 21, Objection.LONG),
        ("小\n王", Objection.CONTROL),
        ("小\u202e王", Objection.CONTROL),
        ("小王\u3164", Objection.CONTROL),  # a filler, by which another's name would be told from one's own
        ("小王13800138000", Objection.PERSONAL),
        ("138 0013 8000", Objection.PERSONAL),
        ("wang@example.com", Objection.PERSONAL),
        ("１３８００１３８０００", Objection.PERSONAL),  # full-width digits
        ("员工20240017", Objection.PERSONAL),
    ],
)
def test_these_are_not(name, why):
    assert objection(name) is why


def test_a_browser_is_known_by_its_token_alone(learners, database):
    learner, token = learners.begin(" 小王 ")
    assert learner.nickname == "小王"
    assert learners.by_token(token) == learner
    assert learners.by_token("anything") is None
    assert learners.by_token(None) is None
    assert token not in str([tuple(row) for row in database.rows("SELECT * FROM learners")])


def test_two_of_one_nickname_are_two(learners):
    assert learners.begin("小王")[0].id != learners.begin("小王")[0].id


def test_a_nickname_with_a_telephone_number_is_not_kept(learners, tmp_path):
    with pytest.raises(TrainingError, match="personal"):
        learners.begin("王13800138000")
    assert not (tmp_path / FILE).exists()


def test_renaming(learners):
    learner, token = learners.begin("小王")
    learners.rename(learner, "老王")
    assert learners.by_token(token).nickname == "老王"
    with pytest.raises(TrainingError):
        learners.rename(learner, "")


def test_an_account_is_the_same_learner_everywhere(learners, tmp_path):
    assert learners.of_account(LI) is None
    learner = learners.for_account(LI)
    assert learner.of_account
    assert learners.for_account(LI) == learner
    elsewhere = Database(tmp_path)  # another process
    assert Learners(elsewhere).of_account(LI) == learner
    elsewhere.close()


def test_an_account_made_anew_under_an_old_name_is_somebody_else(learners):
    learners.for_account(LI)
    assert learners.of_account(replace(LI, created="2026-02-01T08:00:00+00:00")) is None


def test_a_nickname_s_progress_becomes_the_account_s(learners, database):
    learner, token = learners.begin("小王")
    Progress(database).record(attempt(learner, drill(1)))
    taken = learners.take_over(learner, LI)
    assert taken == learners.of_account(LI)
    assert Progress(database).of(taken.id).mistakes([drill(1)]) == ()
    assert set(Progress(database).of(taken.id).standings) == {drill(1).id}
    assert learners.by_token(token) is None  # on a shared computer nobody finds it after signing out


def test_of_two_cards_the_one_that_comes_sooner_stays(learners, database):
    progress, (learner, _), own = Progress(database), learners.begin("小王"), learners.for_account(LI)
    progress.record(attempt(learner, drill(1), right=False))  # again on the 3rd
    progress.record(attempt(learner, drill(2)))
    progress.record(attempt(learner, drill(3)))  # again on the 4th
    progress.record(attempt(own, drill(1)))  # again on the 4th
    progress.record(attempt(own, drill(3), right=False))  # again on the 3rd
    aim = [item_of(drill(1))]
    sitting = Sittings(database).begin(learner.id, PATH, aim)
    learners.take_over(learner, LI)
    found = progress.of(own.id)
    assert {id: str(standing.due) for id, standing in found.standings.items()} == {
        drill(1).id: "2026-03-03",
        drill(2).id: "2026-03-04",
        drill(3).id: "2026-03-03",
    }
    assert count(database, "learners") == 1
    assert count(database, "cards") == 3
    assert Sittings(database).find(sitting.id, own.id) is not None


def test_a_class_counts_somebody_who_joined_twice_once(learners, database):
    (learner, _), own = learners.begin("小王"), learners.for_account(LI)
    with database.transaction() as connection:
        connection.execute(
            "INSERT INTO classes (code, name, owner, language, content, created) VALUES ('ABC234', '', '', 'zh', '{}', '')"
        )
        for id in (learner.id, own.id):
            connection.execute("INSERT INTO members VALUES ('ABC234', ?, '王', '')", (id,))
    progress = Progress(database)
    progress.record(attempt(learner, drill(1), class_code="ABC234"))
    progress.record(attempt(own, drill(1), right=False, class_code="ABC234"))
    learners.take_over(learner, LI)
    assert count(database, "members") == 1
    rows = database.rows("SELECT right FROM attempts WHERE class_code = 'ABC234'")
    assert [row["right"] for row in rows] == [0]
    assert count(database, "attempts") == 2


def test_what_belongs_to_an_account_goes_to_no_other(learners):
    own = learners.for_account(LI)
    with pytest.raises(TrainingError, match="nickname"):
        learners.take_over(own, replace(LI, key="zhao"))


def test_deleting_leaves_nothing_of_a_learner(learners, database, tmp_path):
    (learner, token), (other, _) = learners.begin("要删掉的人"), learners.begin("别人")
    for somebody in (learner, other):
        Progress(database).record(attempt(somebody, drill(1)))
        Sittings(database).begin(somebody.id, PATH, [item_of(drill(1))])
    learners.forget(learner)
    assert learners.by_token(token) is None
    for table in ("learners", "attempts", "cards", "sittings"):
        assert count(database, table) == 1
    assert not any("要删掉的人".encode() in path.read_bytes() for path in tmp_path.iterdir())
