"""What is known of an enterprise: exactly, within limits, or not at all; and how it is added to and taken back."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date
from decimal import Decimal

import pytest

from assistant.profile import Choice, Days, Desk, Profile, Range, Several, Stated

D = Decimal
EIGHT = Stated("employees", Range.of(8), "8个人", 0)
ELEVEN = Stated("employees", Range.of(11), "加到11个", 1)
HOTEL = Stated("industry", Choice.of("9"), "开旅馆的", 0)


@pytest.mark.parametrize("value", [8, "8", D("8.0")])
def test_a_number_known_exactly_is_a_range_with_equal_ends(value):
    assert Range.of(value).exact == 8
    assert Range.of(value) == Range(D(8), D(8))


@pytest.mark.parametrize(
    "known", [Range(), Range(D(8)), Range(None, D(8)), Range(D(8), D(9)), Range(None, D(50), high_open=True)]
)
def test_a_number_within_limits_is_not_exact(known):
    assert known.exact is None


def test_zero_is_a_number_like_any_other():
    assert Range.of(0).exact == 0
    assert Range.of(0).exact is not None


@pytest.mark.parametrize(
    ("low", "high", "low_open", "high_open"),
    [(9, 8, False, False), (8, 8, True, False), (8, 8, False, True), (8, 8, True, True)],
)
def test_a_range_without_any_number_is_refused_with_its_limits(low, high, low_open, high_open):
    with pytest.raises(ValueError, match=f"no number from {low} to {high}"):
        Range(D(low), D(high), low_open, high_open)


@pytest.mark.parametrize(("low", "high"), [(8, 9), (None, 0), (8, None)])
def test_open_ends_are_fine_where_numbers_lie_between(low, high):
    ends = [None if end is None else D(end) for end in (low, high)]
    assert Range(*ends, low_open=True, high_open=True).exact is None


def test_a_day_is_a_span_of_one_day():
    assert Days.of(date(2026, 12, 20)) == Days(date(2026, 12, 20), date(2026, 12, 20))
    assert Days.of(date(2026, 12, 20)).exact == date(2026, 12, 20)
    assert Days(date(2026, 12, 1), date(2026, 12, 31)).exact is None


def test_a_span_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="2026-12-21 comes after 2026-12-20"):
        Days(date(2026, 12, 21), date(2026, 12, 20))


def test_a_choice_is_exact_where_only_one_is_possible():
    assert Choice.of("micro").exact == "micro"
    assert Choice.of("micro", "small").exact is None
    assert Choice.of("small", "micro") == Choice.of("micro", "small")


def test_a_choice_of_nothing_is_refused():
    with pytest.raises(ValueError, match="at least one possibility"):
        Choice(frozenset())


def test_what_applies_and_what_does_not_never_overlap():
    assert Several(frozenset({"patent"}), frozenset({"high_tech"})).has == {"patent"}
    with pytest.raises(ValueError, match=r"'patent'.* cannot both apply and not apply"):
        Several(frozenset({"patent", "high_tech"}), frozenset({"patent"}))


@pytest.mark.parametrize("value", [Range.of(1), Days.of(date(2026, 1, 1)), Choice.of("a"), Several(), EIGHT, Profile()])
def test_values_do_not_change(value):
    with pytest.raises((FrozenInstanceError, AttributeError, TypeError)):
        value.stated = value.low = value.first = value.among = value.has = value.value = None


def test_the_later_of_two_statements_counts_where_they_are_put_together():
    assert Profile.of([EIGHT, HOTEL, ELEVEN]).value("employees") == Range.of(11)


def test_what_was_not_stated_is_unknown_and_not_zero():
    assert Profile().value("employees") is None
    assert Profile.of([HOTEL]).value("employees") is None


@pytest.mark.parametrize("value", [False, Range.of(0), Several()])
def test_no_and_zero_are_known(value):
    assert Profile.of([Stated("exports", value, "")]).value("exports") == value


def test_what_was_stated_in_two_ways_is_unknown_though_one_statement_is_kept():
    profile = Profile({"employees": EIGHT, "industry": HOTEL}, ((EIGHT, ELEVEN),))
    assert profile.value("employees") is None
    assert profile.stated["employees"] == EIGHT
    assert profile.value("industry") == Choice.of("9")


def test_stating_it_anew_settles_a_contradiction_and_leaves_others():
    other = (HOTEL, Stated("industry", Choice.of("10"), "饭店"))
    torn = Profile({"employees": EIGHT, "industry": HOTEL}, ((EIGHT, ELEVEN), other))
    settled = torn.with_(ELEVEN)
    assert settled.value("employees") == Range.of(11)
    assert settled.contradictions == (other,)
    assert settled.value("industry") is None


def test_facts_are_added_and_replaced_and_the_profile_before_stays_as_it_was():
    before = Profile.of([EIGHT])
    after = before.with_(ELEVEN, HOTEL)
    assert (after.value("employees"), after.value("industry")) == (Range.of(11), Choice.of("9"))
    assert before == Profile.of([EIGHT])


def test_a_fact_taken_back_is_unknown_with_its_contradiction():
    profile = Profile({"employees": EIGHT, "industry": HOTEL}, ((EIGHT, ELEVEN),)).without("employees")
    assert profile == Profile.of([HOTEL])
    assert Profile.of([HOTEL]).without("employees") == Profile.of([HOTEL])


def test_a_profile_cannot_be_changed_through_the_mapping_it_was_made_from():
    stated = {"employees": EIGHT}
    profile = Profile(stated)
    stated["employees"] = ELEVEN
    assert profile.value("employees") == Range.of(8)
    with pytest.raises(TypeError):
        profile.stated["employees"] = ELEVEN


def test_desks_are_written_as_in_the_answer_record():
    assert [str(desk) for desk in Desk] == ["size", "match", "renewal", "subsidy", "schedule"]
