"""The address of the calendar file: a due date and a language, nothing else, and only as they should be."""

from datetime import date, datetime, timezone

import pytest
from icalendar import Calendar

from assistant.ui.calendar_route import calendar_of, renewal_calendar
from index.types import Language

TODAY = date(2026, 11, 23)
STAMP = datetime(2026, 11, 23, 8, tzinfo=timezone.utc)


class HasRules:
    def __init__(self, rulebook):
        self.rulebook = rulebook


@pytest.mark.parametrize(("language", "title"), [(Language.ZH, "签好新合同"), (Language.EN, "Sign the new contract")])
def test_every_step_of_the_plan_is_a_day_of_the_calendar(rulebook, language, title):
    file = renewal_calendar(date(2027, 3, 5), language, rulebook.desk, TODAY, STAMP)
    events = Calendar.from_ical(file).walk("VEVENT")
    assert len(events) == len(rulebook.desk.plan)
    assert title in {str(event["summary"]) for event in events}
    assert max(event.decoded("dtstart") for event in events) == date(2027, 3, 5)


def test_a_second_download_replaces_the_first(rulebook):
    first, second = (renewal_calendar(date(2027, 3, 5), Language.ZH, rulebook.desk, TODAY, STAMP) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("due", "language"),
    [
        ("", "zh"),
        ("2027-3-5", "zh"),
        ("2027-02-30", "zh"),
        ("20270305", "zh"),
        ("２０２７-03-05", "zh"),
        ("2027-03-05\r\nX: y", "zh"),
        ("9999-12-31", "zh"),
        ("2020-01-01", "zh"),  # overdue: no plan is left
        ("2027-03-05", "fr"),
        ("2027-03-05", ""),
    ],
)
def test_anything_else_gets_no_file(rulebook, due, language):
    assert calendar_of(HasRules(rulebook), lambda: TODAY)(due, language) is None


def test_a_corpus_without_rules_has_no_calendar():
    assert calendar_of(HasRules(None), lambda: TODAY)("2027-03-05", "zh") is None
