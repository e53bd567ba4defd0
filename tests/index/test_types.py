"""In force or not: a document, its clauses and their own dates, on both sides of every date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from index.documents.splitter import split
from index.types import Clause, Document, Kind, Language, Period, Validity

YES, NO, PARTLY, UNKNOWN = Validity.YES, Validity.NO, Validity.PARTLY, Validity.UNKNOWN


def document(period: Period, *clauses: Period, confirmed: bool = True) -> Document:
    return Document(
        "policy", Language.ZH, Kind.NOTICE, "政策", "政策",
        tuple(Clause(str(n), str(n), "", "正文。", period=own) for n, own in enumerate(clauses, 1)),
        period=period, status_confirmed=confirmed,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("period", "day", "validity"),
    [
        (Period(effective=date(2024, 9, 24)), date(2024, 9, 23), NO),
        (Period(effective=date(2024, 9, 24)), date(2024, 9, 24), YES),
        (Period(expires=date(2027, 9, 30)), date(2027, 9, 30), YES),  # the last day in force
        (Period(expires=date(2027, 9, 30)), date(2027, 10, 1), NO),
        (Period(repealed=date(2025, 7, 1)), date(2025, 6, 30), YES),
        (Period(repealed=date(2025, 7, 1)), date(2025, 7, 1), NO),  # the first day no longer in force
        (Period(), date(1949, 10, 1), YES),
    ],
)
def test_the_days_of_a_period(period, day, validity):
    assert period.on(day) is validity


def test_a_document_of_which_some_clauses_have_ended_is_partly_in_force():
    page = document(Period(), Period(expires=date(2025, 12, 31)), Period(expires=date(2026, 12, 31)))
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1))
    assert [page.validity(day) for day in days] == [YES, PARTLY, PARTLY, NO]


def test_what_nobody_could_confirm_is_unknown_but_ends_where_its_dates_say():
    page = document(Period(expires=date(2026, 12, 31)), Period(), confirmed=False)
    (passage,) = split(page)
    for day, validity in ((date(2026, 12, 31), UNKNOWN), (date(2027, 1, 1), NO)):
        assert page.validity(day) is validity
        assert passage.validity(day) is validity


def test_a_clause_without_dates_is_in_force_as_its_document_is():
    (passage,) = split(document(Period(date(2026, 1, 1), date(2026, 12, 31)), Period()))
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1))
    assert [passage.validity(day) for day in days] == [NO, YES, YES, NO]


def test_a_clause_may_begin_later_and_end_sooner_than_its_document():
    page = document(Period(date(2024, 1, 1)), Period(effective=date(2025, 1, 1), expires=date(2025, 12, 31)))
    (passage,) = split(page)
    days = (date(2024, 12, 31), date(2025, 1, 1), date(2025, 12, 31), date(2026, 1, 1))
    assert [passage.validity(day) for day in days] == [NO, YES, YES, NO]


def test_a_clause_that_tells_of_an_older_rule_was_in_force_before_its_document_began():
    (passage,) = split(document(Period(effective=date(2026, 1, 1)), Period(expires=date(2025, 12, 31))))
    days = (date(2024, 1, 1), date(2025, 12, 31), date(2026, 1, 1))
    assert [passage.validity(day) for day in days] == [YES, YES, NO]


def test_the_clauses_of_a_repealed_document_end_with_it():
    (passage,) = split(document(Period(repealed=date(2025, 7, 1)), Period(expires=date(2030, 1, 1))))
    assert [passage.validity(day) for day in (date(2025, 6, 30), date(2025, 7, 1))] == [YES, NO]


def test_a_passage_knows_its_whole_clause():
    page = document(Period(), Period(), Period())
    long = replace(
        page, clauses=(page.clauses[0], replace(page.clauses[1], text="甲" * 200 + "。" + "乙" * 200 + "。"))
    )
    first, second, third = split(long)
    assert (first.clause_id, second.clause_id, third.clause_id) == ("1", "2", "2")
    assert second.clause is third.clause is long.clauses[1]
