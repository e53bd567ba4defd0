"""The calendar file, read back by the library and checked octet by octet against RFC 5545."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from assistant.calendar_file import CalendarEvent, calendar_file

STAMP = datetime(2026, 11, 24, 9, 30, tzinfo=timezone(timedelta(hours=8)))
APPLY = CalendarEvent(
    "apply-20261211@sme",
    date(2026, 12, 31),
    "提交续贷申请, 准备材料; 备齐",
    "向经办银行提出续贷申请，" * 12 + "\n第二行：C:\\资料, 印章; 完",
)
texts = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=120)


def read_back(data: bytes) -> list:
    return list(Calendar.from_ical(data).walk("VEVENT"))


def test_an_event_takes_its_day_and_keeps_its_words():
    (event,) = read_back(calendar_file([APPLY], STAMP))
    assert str(event["uid"]) == "apply-20261211@sme"
    assert event["dtstart"].dt == date(2026, 12, 31)
    assert event["dtend"].dt == date(2027, 1, 1)  # exclusive
    assert type(event["dtstart"].dt) is date
    assert event["dtstamp"].dt == datetime(2026, 11, 24, 1, 30, tzinfo=timezone.utc)
    assert str(event["summary"]) == APPLY.title
    assert str(event["description"]) == APPLY.description
    assert str(event["transp"]) == "TRANSPARENT"


def test_a_reminder_is_shown_a_day_before():
    (event,) = read_back(calendar_file([APPLY], STAMP))
    (alarm,) = event.walk("VALARM")
    assert (str(alarm["action"]), alarm["trigger"].dt) == ("DISPLAY", timedelta(days=-1))
    assert str(alarm["description"]) == APPLY.title


def test_the_file_names_product_and_version():
    lines = calendar_file([APPLY], STAMP).split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert b"PRODID:-//SME financing policy assistant//" in lines
    assert b"VERSION:2.0" in lines
    assert b"DTSTART;VALUE=DATE:20261231" in lines
    assert b"DTSTAMP:20261124T013000Z" in lines
    assert lines[-2:] == [b"END:VCALENDAR", b""]


def test_commas_semicolons_backslashes_and_line_breaks_are_escaped():
    data = calendar_file([APPLY], STAMP).replace(b"\r\n ", b"").decode()
    assert "SUMMARY:提交续贷申请\\, 准备材料\\; 备齐\r\n" in data
    assert "\\n第二行：C:\\\\资料\\, 印章\\; 完\r\n" in data


def test_several_events_stand_in_the_order_given():
    later = CalendarEvent("due@sme", date(2027, 1, 15), "到期日", "归还本金")
    assert [str(event["uid"]) for event in read_back(calendar_file([later, APPLY], STAMP))] == [later.uid, APPLY.uid]


def test_the_same_arguments_give_the_same_bytes():
    assert calendar_file([APPLY], STAMP) == calendar_file([APPLY], STAMP.astimezone(timezone.utc))


def test_control_characters_are_left_out():
    event = CalendarEvent("a@sme", date(2026, 12, 1), "a\x00b\x07c", "d\te\x1bf\x7fg")
    (found,) = read_back(calendar_file([event], STAMP))
    assert (str(found["summary"]), str(found["description"])) == ("abc", "d\tefg")


@given(texts, texts)
def test_any_words_fit_the_format_and_come_back(title, description):
    data = calendar_file([CalendarEvent("a@sme", date(2026, 12, 1), title, description)], STAMP)
    assert data.count(b"\n") == data.count(b"\r") == data.count(b"\r\n")
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # no character is split between lines
    (event,) = read_back(data)
    assert (str(event["summary"]), str(event["description"])) == (title, description)


def test_what_makes_no_calendar_is_refused():
    with pytest.raises(ValueError, match="at least one event"):
        calendar_file([], STAMP)
    with pytest.raises(ValueError, match="the same uid"):
        calendar_file([APPLY, APPLY], STAMP)
    with pytest.raises(ValueError, match="time zone"):
        calendar_file([APPLY], datetime(2026, 11, 24))
