"""How documents and clauses stand on a day: both sides of every date."""

from __future__ import annotations

from datetime import date

import pytest
from policy_samples import clause, digest

from assistant.reference.lifeline import Event, lifeline, validity_words
from assistant.reference.status import Status, status_of, status_of_clause
from index.types import Language, Period

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2025-12-31", Status.NOT_YET),
        ("2026-01-01", Status.IN_FORCE),
        ("2026-12-31", Status.IN_FORCE),
        ("2027-01-01", Status.LAPSED),
    ],
)
def test_a_document_holds_from_its_first_day_to_its_last(day, status):
    found = digest(period=YEAR)
    assert status_of(found, date.fromisoformat(day)) is status
    assert status_of_clause(found.clauses[0], found, date.fromisoformat(day)) is status


def test_on_the_day_of_its_repeal_it_holds_no_more():
    found = digest(period=Period(repealed=date(2026, 6, 1)))
    assert status_of(found, date(2026, 5, 31)) is Status.IN_FORCE
    assert status_of(found, date(2026, 6, 1)) is Status.LAPSED


def test_one_clause_that_ended_makes_it_partly_lapsed():
    ended = clause("1", period=Period(expires=date(2025, 12, 31)))
    found = digest(ended, clause("2"))
    assert status_of(found, date(2025, 12, 31)) is Status.IN_FORCE
    assert status_of(found, date(2026, 1, 1)) is Status.PARTLY
    assert status_of_clause(ended, found, date(2026, 1, 1)) is Status.LAPSED
    assert status_of_clause(found.clauses[1], found, date(2026, 1, 1)) is Status.IN_FORCE


def test_a_clause_that_is_still_to_come_has_not_lapsed():
    begun = clause("1", period=Period(effective=date(2026, 1, 1)))
    found = digest(begun, clause("2"), period=Period(date(2025, 3, 16)))
    assert status_of(found, date(2025, 12, 31)) is Status.IN_FORCE
    assert status_of_clause(begun, found, date(2025, 12, 31)) is Status.NOT_YET
    assert status_of(found, date(2026, 1, 1)) is Status.IN_FORCE


def test_what_nobody_could_confirm_is_said_so_only_while_it_has_not_ended():
    found = digest(period=YEAR, status_confirmed=False)
    assert status_of(found, date(2026, 6, 1)) is Status.UNCONFIRMED
    assert status_of_clause(found.clauses[0], found, date(2026, 6, 1)) is Status.UNCONFIRMED
    assert status_of(found, date(2027, 6, 1)) is Status.LAPSED


def test_a_rule_older_than_the_document_lapsed_rather_than_being_still_to_come():
    # As the digest of the start-up loans tells the rule of 2020 beside the one of October 2023.
    older = clause("old", period=Period(expires=date(2023, 9, 30)))
    found = digest(older, clause("new"), period=Period(date(2023, 10, 1), date(2028, 9, 30)))
    assert status_of_clause(older, found, date(2023, 9, 30)) is Status.IN_FORCE
    assert status_of_clause(older, found, date(2023, 10, 1)) is Status.LAPSED
    assert status_of_clause(found.clauses[1], found, date(2023, 9, 30)) is Status.NOT_YET


def test_the_life_of_a_document_in_order():
    ended = clause("1", period=Period(expires=date(2025, 12, 31)))
    begun = clause("2", period=Period(effective=date(2026, 3, 1)))
    found = digest(ended, begun, clause("3"), issued=date(2025, 1, 10), period=Period(date(2025, 2, 1), date(2026, 12, 31)))
    life = lifeline(found)
    assert [(mark.event, mark.day.isoformat(), [c.id for c in mark.clauses]) for mark in life.marks] == [
        (Event.ISSUED, "2025-01-10", []),
        (Event.EFFECTIVE, "2025-02-01", []),
        (Event.ENDS, "2025-12-31", ["1"]),
        (Event.BEGINS, "2026-03-01", ["2"]),
        (Event.EXPIRES, "2026-12-31", []),
    ]
    assert (life.begins, life.ends) == (date(2025, 2, 1), date(2026, 12, 31))


def test_a_repeal_before_the_end_ends_it_the_day_before():
    assert lifeline(digest(period=Period(None, date(2026, 12, 31), date(2026, 7, 1)))).ends == date(2026, 6, 30)


def test_the_life_in_words():
    ended = clause("1", reference="三", heading="增速目标", period=Period(expires=date(2025, 12, 31)))
    found = digest(ended, clause("2"), issued=date(2025, 5, 7))
    assert validity_words(found, date(2026, 1, 1), Language.ZH) == (
        "2025年5月7日发布，没有写明截止日期。按2026年1月1日看：部分条款已失效。三“增速目标”只适用到2025年12月31日，已失效。"
    )
    assert validity_words(found, date(2025, 12, 31), Language.ZH) == (
        "2025年5月7日发布，没有写明截止日期。按2025年12月31日看：现行有效。三“增速目标”适用到2025年12月31日。"
    )
    assert validity_words(digest(period=YEAR, issued=None), date(2025, 6, 1), Language.EN) == (
        "In force from 1 January 2026, in force until 31 December 2026. On 1 June 2025: Not yet in force."
    )
    assert validity_words(digest(issued=None), date(2026, 1, 1), Language.ZH) == (
        "没有写明发布、施行和截止日期。按2026年1月1日看：现行有效。"
    )
