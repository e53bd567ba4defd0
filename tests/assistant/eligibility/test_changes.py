"""What would have to change, and no more than that: the nearest change an enterprise can bring about."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up import TODAY, candidate, mode, needs, one_of, profile, quoted, together, view

from assistant.eligibility.changes import Change, nearest_change
from assistant.eligibility.conditions import judge
from assistant.eligibility.matching import Standing, assess
from assistant.eligibility.rules import Holds
from assistant.eligibility.view import View
from assistant.profile import Choice, Days, Range, Several, Stated

D = Decimal


def changes(*nodes, **facts) -> list[tuple[str, str, object]]:
    """Fact, comparison and value of each change for what a profile fails."""
    seen = view(**facts)
    findings = [found for node in nodes if (found := judge(node, seen, Days.of(TODAY), "it")) is not None]
    return [(item.fact, str(item.holds), item.value) for item in nearest_change(findings, seen)]


# Single conditions


@pytest.mark.parametrize(
    ("holds", "employees"), [("at_least", 9), ("more_than", 10), ("at_most", 11), ("less_than", 10)]
)
def test_a_number_has_to_reach_its_limit(holds, employees):
    assert changes(needs("employees", holds, 10), employees=employees) == [("employees", holds, 10)]


def test_the_change_names_what_is_known_now_and_the_clause():
    rule = needs("employees", "at_least", 10)
    seen = view(employees=8)
    (change,) = nearest_change([judge(rule, seen, Days.of(TODAY), "it")], seen)
    assert change == Change("employees", Holds.AT_LEAST, D(10), Range.of(8), rule.values[0])


def test_what_is_met_or_unknown_needs_no_change():
    assert changes(needs("employees", "at_least", 10), employees=10) == []
    assert changes(needs("employees", "at_least", 10)) == []
    assert changes() == []


def test_flags_and_qualifications_can_be_changed():
    assert changes(needs("exports", "is", True), exports=False) == [("exports", "is", True)]
    assert changes(needs("loan_overdue", "is", False), loan_overdue=True) == [("loan_overdue", "is", False)]
    lacking = Several(lacks=frozenset({"high_tech", "specialised"}))
    rule = needs("qualifications", "has_any", ["high_tech", "specialised"])
    assert changes(rule, qualifications=lacking) == [("qualifications", "has_any", ("high_tech", "specialised"))]


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        (needs("owner_age", "at_most", 65), {"owner_age": 66}),
        (needs("region", "within", "浙江省"), {"region": "江苏省"}),
        (needs("industry", "one_of", ["1"]), {"industry": Choice.of("2")}),
        (needs("loan_due", "until", TODAY), {"loan_due": Days(TODAY.replace(year=2027), TODAY.replace(year=2028))}),
    ],
)  # fmt: skip
def test_what_an_enterprise_cannot_change_has_no_change(rule, facts):
    assert changes(rule, **facts) == []


# Several


def test_everything_that_fails_has_to_change():
    found = changes(needs("employees", "at_least", 10), needs("exports", "is", True), employees=9, exports=False)
    assert found == [("employees", "at_least", 10), ("exports", "is", True)]


def test_where_one_of_them_cannot_change_there_is_no_way_at_all():
    failed = [needs("employees", "at_least", 10), needs("owner_age", "at_most", 65)]
    assert changes(*failed, employees=9, owner_age=66) == []
    assert changes(*failed, employees=9, owner_age=65) == [("employees", "at_least", 10)]


def test_the_same_change_is_named_once():
    rule = needs("employees", "at_least", 10)
    assert changes(rule, rule, employees=9) == [("employees", "at_least", 10)]


def test_of_several_ways_the_one_with_the_fewest_changes_is_taken():
    # 100 more people (tenfold) are one change; abroad and 12 months are two, each nearer
    two = together(needs("exports", "is", True), needs("months", "at_least", 12))
    assert changes(one_of(two, needs("employees", "at_least", 110)), employees=10, exports=False, months=11) == [
        ("employees", "at_least", 110)
    ]


@pytest.mark.parametrize(
    ("facts", "nearer"),
    [
        # 9 → 10 people is a ninth more, 60 → 100 wan two thirds
        ({"employees": 9, "revenue_wan": 60}, "employees"),
        # 5 → 10 people is double, 90 → 100 a ninth
        ({"employees": 5, "revenue_wan": 90}, "revenue_wan"),
        # of a range its nearer end counts: 1 to 9
        ({"employees": (1, 9), "revenue_wan": 60}, "employees"),
        # alike: the first
        ({"employees": 5, "revenue_wan": 50}, "employees"),
    ],
)
def test_of_as_many_changes_the_smallest_distance_is_taken(facts, nearer):
    group = one_of(needs("employees", "at_least", 10), needs("revenue_wan", "at_least", 100))
    assert [fact for fact, _, _ in changes(group, **facts)] == [nearer]


def test_what_has_no_measure_is_as_far_away_as_doubling():
    group = one_of(needs("exports", "is", True), needs("employees", "at_least", 10))
    assert changes(group, exports=False, employees=6) == [("employees", "at_least", 10)]  # two thirds more
    assert changes(group, exports=False, employees=4) == [("exports", "is", True)]  # 4 → 10 is one and a half


@pytest.mark.parametrize(
    ("holds", "limit", "known", "distance"),
    [
        ("at_least", "10", Range.of(8), "0.25"),  # 2 ÷ 8
        ("at_most", "100", Range.of(125), "0.2"),  # 25 ÷ 125
        ("at_least", "10", Range(D(2), D(8)), "0.25"),
        ("less_than", "101", Range(D(125), D(200)), "0.2"),  # down to 100
        ("more_than", "9", Range.of(8), "0.25"),  # up to 10
        ("at_least", "10", Range.of(0), "10"),  # below 1 it is measured against 1
        ("at_least", "10", None, "1"),
        ("at_least", "10", Range(D(2), None), "1"),
    ],
)  # fmt: skip
def test_the_distance_is_a_share_of_what_is_known(holds, limit, known, distance):
    assert Change("employees", Holds(holds), D(limit), known).distance == D(distance)


def test_people_are_compared_by_heads():
    # 4 new hires are doubling, 10 staff fewer than 110 a tenth; yet 4 people are fewer than 10
    share, fewer = needs("new_hires", "at_least", 8), needs("employees", "at_most", 100)
    assert changes(one_of(fewer, share), employees=110, new_hires=4) == [("new_hires", "at_least", 8)]
    assert changes(one_of(fewer, share), employees=103, new_hires=4) == [("employees", "at_most", 100)]


def test_hires_nobody_spoke_of_are_counted_from_none():
    assert Change("new_hires", Holds.AT_LEAST, D(3), None).steps == 3
    assert Change("employees", Holds.AT_LEAST, D(3), None).steps == 1


def test_only_the_failed_parts_of_a_way_have_to_change():
    way = together(needs("employees", "at_least", 10), needs("exports", "is", True))
    assert changes(one_of(way, needs("owner_age", "at_most", 65)), employees=10, exports=False, owner_age=66) == [
        ("exports", "is", True)
    ]


def test_a_way_that_cannot_be_gone_is_passed_over():
    group = one_of(needs("owner_age", "at_most", 65), needs("employees", "at_least", 100))
    assert changes(group, owner_age=66, employees=9) == [("employees", "at_least", 100)]
    assert changes(one_of(group.any[0], needs("region", "within", "浙江省")), owner_age=66, region="江苏省") == []


# The size class


SMALL = needs("size_class", "one_of", ["micro", "small"])
ONE, TWO = Choice.of("1"), Choice.of("2")


def test_too_large_by_one_figure_names_the_limits_below_which_it_falls():
    # 100 people and 2000 wan are medium; below either limit it is small. People are nearer: 100 → 100 is 0, as is 2000.
    assert changes(SMALL, industry=ONE, employees=150, revenue_wan=2000) == [("revenue_wan", "less_than", 2000)]
    assert changes(SMALL, industry=ONE, employees=100, revenue_wan=4000) == [("employees", "less_than", 100)]
    assert changes(SMALL, industry=TWO, employees=120) == [("employees", "less_than", 100)]


def test_too_small_names_every_figure_that_falls_short():
    medium = needs("size_class", "one_of", ["medium"])
    assert changes(medium, industry=ONE, employees=50, revenue_wan=500) == [
        ("employees", "at_least", 100), ("revenue_wan", "at_least", 2000),
    ]  # fmt: skip
    assert changes(medium, industry=ONE, employees=100, revenue_wan=500) == [("revenue_wan", "at_least", 2000)]
    assert changes(medium, industry=TWO, employees=50) == [("employees", "at_least", 100)]


def test_the_change_of_class_names_the_class_that_is_reached():
    seen = view(industry=TWO, employees=120)
    (change,) = nearest_change([judge(SMALL, seen, Days.of(TODAY), "it")], seen)
    assert (change.size_class, change.source) == ("small", None)


def test_a_class_that_must_not_be_has_a_way_out_on_the_side_that_leads_out():
    not_large = needs("size_class", "none_of", ["large"])
    assert changes(not_large, industry=TWO, employees=300) == [("employees", "less_than", 300)]
    not_micro = needs("size_class", "none_of", ["micro"])
    assert changes(not_micro, industry=TWO, employees=9) == [("employees", "at_least", 10)]
    neither = needs("size_class", "none_of", ["micro", "small"])
    assert changes(neither, industry=TWO, employees=50) == [("employees", "at_least", 100)]


def test_a_class_two_steps_away_is_no_near_change():
    assert changes(SMALL, industry=TWO, employees=300) == []
    assert changes(needs("size_class", "one_of", ["large"]), industry=TWO, employees=50) == []


def test_where_the_limits_do_not_say_the_class_there_is_nothing_to_name():
    assert changes(SMALL, size_class=Choice.of("medium")) == []
    # medium or large, by revenue
    assert changes(SMALL, industry=TWO, employees=(100, 400)) == []


# The share of new staff


@pytest.mark.parametrize(
    ("employees", "percent", "hires"),
    [
        (20, 15, 3),
        (21, 15, 4),
        (99, 10, 10),
        (100, 8, 8),
        (101, 8, 9),
        (1, 10, 1),
    ],  # 3.15, 9.9, 8, 8.08, 0.1 rounded up
)
def test_as_many_must_be_hired_as_make_the_share_at_the_present_number_of_staff(employees, percent, hires):
    rule = needs("hire_share_percent", "at_least", percent)
    assert changes(rule, employees=employees, new_hires=0) == [("new_hires", "at_least", hires)]


def test_how_many_to_hire_is_not_said_of_a_number_of_staff_known_only_roughly():
    rule = needs("hire_share_percent", "at_least", 15)
    assert changes(rule, employees=(20, 30), new_hires=1) == []  # 5 % at most, but of how many?


# In an assessment


def test_only_what_is_not_eligible_has_a_change():
    rule = needs("employees", "at_least", 10)
    assert assess(candidate("loan", rule), view(employees=10)).change == ()
    assert assess(candidate("loan", rule), view()).change == ()
    assert [item.fact for item in assess(candidate("loan", rule), view(employees=9)).change] == ["employees"]
    closed = candidate("loan", rule, unpublished=quoted())
    assert [item.fact for item in assess(closed, view(employees=9)).change] == ["employees"]


def test_the_change_is_for_the_way_in_that_fits_best():
    item = candidate(
        "loan", modes=[mode("a", needs("employees", "at_least", 10), needs("exports", "is", True)), mode("b", needs("months", "at_least", 12))],
    )  # fmt: skip
    found = assess(item, view(employees=9, exports=False, months=11))
    assert (found.mode.id, [change.fact for change in found.change]) == ("b", ["months"])


NODES = [
    needs("employees", "at_least", 10), needs("employees", "at_most", 100), needs("revenue_wan", "more_than", 99),
    needs("exports", "is", True), needs("loan_overdue", "is", False), SMALL, needs("hire_share_percent", "at_least", 15),
    one_of(needs("exports", "is", True), together(needs("employees", "at_least", 10), needs("months", "at_least", 12))),
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(NODES),
    st.integers(1, 400),
    st.integers(0, 12000),
    st.integers(0, 40),
    st.integers(0, 20),
    st.booleans(),
)
def test_brought_about_the_change_leaves_the_condition_met(node, employees, revenue, months, hires, flag):
    facts = {
        "industry": ONE, "employees": employees, "revenue_wan": revenue, "months": months, "new_hires": hires,
        "exports": flag, "loan_overdue": not flag,
    }  # fmt: skip
    seen = view(**facts)
    found = judge(node, seen, Days.of(TODAY), "it")
    changed = nearest_change([found], seen)
    if found.verdict != "not_met":
        assert changed == ()
        return
    step = {"more_than": D("0.01"), "less_than": D("-0.01")}
    after = profile(**facts).with_(
        *(
            Stated(
                item.fact,
                item.value if isinstance(item.value, bool) else Range.of(item.value + step.get(str(item.holds), 0)),
                "",
            )
            for item in changed
        )
    )
    if changed:
        again = judge(node, View(after, seen.facts, seen.standard, TODAY), Days.of(TODAY), "it")
        assert again.verdict == "met"
    else:  # only a class two steps away is out of reach here
        assert node is SMALL
        assert seen.size.exact == "large"


def test_a_change_is_never_said_of_what_is_still_open():
    rule = candidate("loan", needs("employees", "at_least", 10), needs("owner_age", "at_most", 65))
    found = assess(rule, view(employees=9))
    assert (found.standing, [change.fact for change in found.change]) == (Standing.NOT_ELIGIBLE, ["employees"])
    assert found.missing == ("owner_age",)  # so that the change alone promises nothing
