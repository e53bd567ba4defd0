"""One rule on one profile: met, not met or unknown, for every way of comparing and every way of knowing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import combinations_with_replacement, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up import FACTS, TODAY, dated, finding, needs, one_of, profile, together, view

from assistant.eligibility.conditions import compare, judge, leaves
from assistant.eligibility.rules import Condition, Holds
from assistant.eligibility.verdict import Verdict, all_of, any_of, decided
from assistant.profile import Choice, Days, Profile, Range, Several

D = Decimal
MET, NOT_MET, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN
VERDICTS = {"+": MET, "-": NOT_MET, "?": UNKNOWN}
NUMBERS = (Holds.AT_LEAST, Holds.MORE_THAN, Holds.AT_MOST, Holds.LESS_THAN)


def verdict(node, on=TODAY, **facts):
    found = finding(node, on, **facts)
    return found.verdict if found else None


# Three values


@pytest.mark.parametrize(
    ("verdicts", "all_", "any_"),
    [
        ("", "+", "-"),  # of nothing at all: nothing is lacking, and nothing is there
        ("+", "+", "+"),
        ("-", "-", "-"),
        ("?", "?", "?"),
        ("++", "+", "+"),
        ("+-", "-", "+"),
        ("+?", "?", "+"),
        ("--", "-", "-"),
        ("-?", "-", "?"),
        ("??", "?", "?"),
        ("+-?", "-", "+"),
    ],
)
def test_one_not_met_settles_all_and_one_met_settles_any(verdicts, all_, any_):
    for order in (verdicts, verdicts[::-1]):
        assert all_of(VERDICTS[v] for v in order) is VERDICTS[all_]
        assert any_of(VERDICTS[v] for v in order) is VERDICTS[any_]


@pytest.mark.parametrize("verdicts", [v for n in range(4) for v in combinations_with_replacement("+-?", n)])
def test_all_and_any_mirror_each_other(verdicts):
    mirrored = {MET: NOT_MET, NOT_MET: MET, UNKNOWN: UNKNOWN}
    given_ = [VERDICTS[v] for v in verdicts]
    assert all_of(given_) is mirrored[any_of(mirrored[v] for v in given_)]


def test_what_is_certain_neither_way_is_unknown():
    assert (decided(True, False), decided(False, True), decided(False, False)) == (MET, NOT_MET, UNKNOWN)


def test_verdicts_are_written_as_in_the_answer_record():
    assert [str(v) for v in Verdict] == ["met", "not_met", "unknown"]


# Numbers


@pytest.mark.parametrize(
    ("number", "verdicts"),
    [("9", "--++"), ("9.99", "--++"), ("10", "+-+-"), ("10.01", "++--"), ("11", "++--"), ("0", "--++")],
)
def test_an_exact_number_is_below_at_or_above_the_limit(number, verdicts):
    for holds, expected in zip(NUMBERS, verdicts, strict=True):
        assert compare(holds, D(10), Range.of(number)) is VERDICTS[expected]


OPEN, CLOSED = True, False
RANGES = [
    # low, its end, high, its end → at least 10, more than 10, at most 10, less than 10
    (10, CLOSED, 20, CLOSED, "+??-"),
    (10, OPEN, 20, CLOSED, "++--"),
    (5, CLOSED, 10, CLOSED, "?-+?"),
    (5, CLOSED, 10, OPEN, "--++"),
    (5, CLOSED, 20, CLOSED, "????"),
    (11, CLOSED, 20, CLOSED, "++--"),
    (5, CLOSED, 9, CLOSED, "--++"),
    (10, CLOSED, None, CLOSED, "+??-"),
    (10, OPEN, None, CLOSED, "++--"),
    (9, OPEN, None, CLOSED, "????"),
    (None, CLOSED, 10, CLOSED, "?-+?"),
    (None, CLOSED, 10, OPEN, "--++"),
    (None, CLOSED, 11, OPEN, "????"),
    (None, CLOSED, None, CLOSED, "????"),
]


@pytest.mark.parametrize(("low", "low_open", "high", "high_open", "verdicts"), RANGES)
def test_a_range_is_judged_by_its_ends_and_whether_they_are_included(low, low_open, high, high_open, verdicts):
    known = Range(None if low is None else D(low), None if high is None else D(high), low_open, high_open)
    for holds, expected in zip(NUMBERS, verdicts, strict=True):
        assert compare(holds, D(10), known) is VERDICTS[expected], holds


numbers = st.integers(0, 40).map(lambda half: D(half) / 2)


@st.composite
def ranges(draw) -> Range:
    low, high = sorted([draw(numbers), draw(numbers)])
    opens = (draw(st.booleans()), draw(st.booleans())) if low < high else (False, False)
    ends = draw(st.sampled_from(["both", "low", "high"]))
    return Range(low if ends != "high" else None, high if ends != "low" else None, *opens)


def inside(known: Range, number: Decimal) -> bool:
    above = known.low is None or number > known.low or (number == known.low and not known.low_open)
    below = known.high is None or number < known.high or (number == known.high and not known.high_open)
    return above and below


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(NUMBERS), numbers, ranges())
def test_a_range_is_decided_only_where_all_its_numbers_agree(holds, limit, known):
    # quarters lie between all ends and limits, so that every stretch of the range has one
    points = [D(quarter) / 4 for quarter in range(-8, 100) if inside(known, D(quarter) / 4)]
    found = {compare(holds, limit, Range.of(point)) for point in points}
    assert compare(holds, limit, known) is (found.pop() if len(found) == 1 else UNKNOWN)


# Dates


@pytest.mark.parametrize(
    ("first", "last", "since", "until"),
    [
        (29, 29, "-", "+"),  # the rule names the 30th
        (30, 30, "+", "+"),
        (31, 31, "+", "-"),
        (28, 29, "-", "+"),
        (28, 30, "?", "+"),
        (30, 31, "+", "?"),
        (28, 31, "?", "?"),
    ],
)
def test_a_day_or_a_span_before_on_and_after_the_day_of_a_rule(first, last, since, until):
    known = Days(date(2026, 12, first), date(2026, 12, last))
    assert compare(Holds.SINCE, date(2026, 12, 30), known) is VERDICTS[since]
    assert compare(Holds.UNTIL, date(2026, 12, 30), known) is VERDICTS[until]


# Yes and no, choices, several


@pytest.mark.parametrize(
    ("wanted", "known", "expected"), [(True, True, "+"), (True, False, "-"), (False, False, "+"), (False, True, "-")]
)
def test_a_flag_is_as_wanted_or_not(wanted, known, expected):
    assert compare(Holds.IS, wanted, known) is VERDICTS[expected]


@pytest.mark.parametrize(
    ("known", "one", "none"),
    [
        ("micro", "+", "-"),
        ("medium", "-", "+"),
        ("micro small", "+", "-"),
        ("medium large", "-", "+"),
        ("small medium", "?", "?"),
        ("micro small medium large", "?", "?"),
    ],
)
def test_a_choice_among_few_is_decided_where_all_of_them_agree(known, one, none):
    among = Choice.of(*known.split())
    assert compare(Holds.ONE_OF, ("micro", "small"), among) is VERDICTS[one]
    assert compare(Holds.NONE_OF, ("micro", "small"), among) is VERDICTS[none]


@pytest.mark.parametrize(
    ("has", "lacks", "any_", "all_", "none"),
    [
        # wanted: high_tech and specialised
        ("high_tech", "", "+", "?", "-"),
        ("high_tech specialised", "", "+", "+", "-"),
        ("high_tech", "specialised", "+", "-", "-"),
        ("", "high_tech specialised", "-", "-", "+"),
        ("", "high_tech", "?", "-", "?"),
        ("patent", "", "?", "?", "?"),
        ("patent", "high_tech specialised", "-", "-", "+"),
        ("", "", "?", "?", "?"),
        ("", "patent", "?", "?", "?"),
    ],
)
def test_of_several_those_that_apply_those_that_do_not_and_those_not_known(has, lacks, any_, all_, none):
    known = Several(frozenset(has.split()), frozenset(lacks.split()))
    wanted = ("high_tech", "specialised")
    assert compare(Holds.HAS_ANY, wanted, known) is VERDICTS[any_]
    assert compare(Holds.HAS_ALL, wanted, known) is VERDICTS[all_]
    assert compare(Holds.HAS_NONE, wanted, known) is VERDICTS[none]


def test_a_lender_is_one_of_those_named_or_not():
    assert compare(Holds.ONE_OF, ("中国银行", "中国建设银行"), "中国银行") is MET
    assert compare(Holds.ONE_OF, ("中国银行", "中国建设银行"), "招商银行") is NOT_MET


# Places


@pytest.mark.parametrize(
    ("known", "wanted", "expected"),
    [
        ("黑龙江省/大庆市", "黑龙江省", "+"),
        ("黑龙江省/大庆市", "黑龙江省/大庆市", "+"),
        ("黑龙江省", "黑龙江省", "+"),
        ("黑龙江省", "黑龙江省/大庆市", "?"),
        ("黑龙江省/哈尔滨市", "黑龙江省/大庆市", "-"),
        ("吉林省", "黑龙江省", "-"),
        ("吉林省", "黑龙江省/大庆市", "-"),
        # a county named without its city
        ("湖北省/咸宁市/嘉鱼县", "湖北省/咸宁市/嘉鱼县", "+"),
        ("湖北省/嘉鱼县", "湖北省/咸宁市/嘉鱼县", "+"),
        ("湖北省/嘉鱼县", "湖北省", "+"),
        ("湖北省/咸宁市", "湖北省/咸宁市/嘉鱼县", "?"),
        ("湖北省", "湖北省/咸宁市/嘉鱼县", "?"),
        ("湖北省/赤壁市", "湖北省/咸宁市/嘉鱼县", "-"),
        ("山东省/荣成市", "山东省/威海市/荣成市", "+"),
        ("山东省/威海市", "山东省/威海市/荣成市", "?"),
        ("重庆市", "重庆市", "+"),
        ("上海市/虹口区", "上海市", "+"),
    ],
)  # fmt: skip
def test_a_place_lies_within_another_or_may_or_does_not(known, wanted, expected):
    assert compare(Holds.WITHIN, wanted, known) is VERDICTS[expected]


# What is not known


@pytest.mark.parametrize(
    ("holds", "value"),
    [*((holds, D(10)) for holds in NUMBERS), (Holds.SINCE, TODAY), (Holds.UNTIL, TODAY), (Holds.IS, True), (Holds.IS, False),
     (Holds.ONE_OF, ("micro",)), (Holds.NONE_OF, ("micro",)), (Holds.HAS_ANY, ("patent",)), (Holds.HAS_ALL, ("patent",)),
     (Holds.HAS_NONE, ("patent",)), (Holds.WITHIN, "浙江省")],
)  # fmt: skip
def test_what_is_not_known_is_neither_met_nor_not_met(holds, value):
    assert compare(holds, value, None) is UNKNOWN


def test_a_missing_fact_is_asked_for_rather_than_assumed():
    found = finding(needs("employees", "at_least", 10))
    assert (found.verdict, found.missing, found.known) == (UNKNOWN, ("employees",), None)


def test_a_vague_fact_is_asked_for_again():
    found = finding(needs("employees", "at_least", 10), employees=(5, 20))
    assert (found.verdict, found.missing) == (UNKNOWN, ("employees",))


@pytest.mark.parametrize("employees", [9, 10])
def test_what_is_decided_asks_for_nothing(employees):
    assert finding(needs("employees", "at_least", 10), employees=employees).missing == ()


def test_a_finding_carries_what_it_rests_on():
    rule = needs("employees", "at_most", 100, id="staff")
    found = finding(rule, employees=101)
    assert found.rule == "it/staff"
    assert (found.asks, found.holds, found.known) == ("employees", Holds.AT_MOST, Range.of(101))
    assert found.source == rule.values[0]
    assert found.source.clause == "notice#1"
    assert (found.group, found.parts, found.stale) == (None, (), False)
    assert finding(needs("employees", "at_most", 100)).rule == "it/employees"


# Worked out rather than stated


def test_for_an_unknown_size_class_the_figures_behind_it_are_asked_for():
    small = needs("size_class", "one_of", ["small", "micro"])
    assert finding(small).missing == ("industry", "employees", "revenue_wan")
    # industry 1 with 8 people is micro whatever its revenue
    assert verdict(small, industry=Choice.of("1"), employees=8) is MET
    # 100 people may be small or medium, as revenue tells
    found = finding(small, industry=Choice.of("1"), employees=100)
    assert (found.verdict, found.missing) == (UNKNOWN, ("revenue_wan",))
    assert verdict(small, industry=Choice.of("2"), employees=100) is NOT_MET


def test_limits_decide_the_class_against_what_was_said_and_else_what_was_said_does():
    small = needs("size_class", "one_of", ["small", "micro"])
    assert verdict(small, size_class=Choice.of("small")) is MET
    assert verdict(small, size_class=Choice.of("small"), industry=Choice.of("2"), employees=100) is NOT_MET
    # 100 people or more in industry 1: up to large; said to be medium
    assert verdict(small, size_class=Choice.of("medium"), industry=Choice.of("1"), employees=100) is NOT_MET


def test_the_share_of_new_staff_is_worked_out_from_both_numbers():
    share = needs("hire_share_percent", "at_least", 15)
    assert verdict(share, employees=20, new_hires=3) is MET  # 3 ÷ 20 = 15 %
    assert verdict(share, employees=21, new_hires=3) is NOT_MET  # 14.3 %
    assert verdict(share, employees=(10, 20), new_hires=3) is MET  # 15 % to 30 %
    assert verdict(share, employees=(10, 21), new_hires=3) is UNKNOWN  # 14.3 % to 30 %
    assert verdict(share, employees=20, new_hires=(2, 3)) is UNKNOWN
    assert verdict(share, employees=20, new_hires=(None, 2)) is NOT_MET  # 10 % at most
    assert verdict(share, employees=0, new_hires=0) is UNKNOWN


@pytest.mark.parametrize(
    ("facts", "missing"),
    [({}, ("new_hires", "employees")), ({"employees": 20}, ("new_hires",)), ({"new_hires": 3}, ("employees",)),
     ({"employees": (10, 30), "new_hires": 3}, ("employees",))],
)  # fmt: skip
def test_for_the_share_whichever_number_is_not_exact_is_asked_for(facts, missing):
    assert finding(needs("hire_share_percent", "at_least", 15), **facts).missing == missing


def test_a_yes_to_one_question_settles_several_and_a_no_settles_none():
    lawful, overdue = needs("compliant", "is", True), needs("loan_overdue", "is", False)
    assert verdict(lawful, standing=True) is verdict(overdue, standing=True) is MET
    assert verdict(lawful, standing=False) is verdict(overdue, standing=False) is UNKNOWN
    assert verdict(lawful, standing=True, compliant=False) is NOT_MET  # what was said of the thing itself counts


def test_a_yes_or_a_no_may_narrow_a_choice():
    normal = needs("loan_class", "one_of", ["normal"])
    bad = needs("loan_class", "one_of", ["substandard"])
    assert verdict(normal, standing=True) is UNKNOWN  # normal or special mention
    assert verdict(bad, standing=True) is NOT_MET
    assert verdict(bad, standing=False) is UNKNOWN
    assert verdict(normal, standing=True, loan_class=Choice.of("normal")) is MET


def test_a_no_may_settle_something_too():
    assert verdict(needs("exports", "is", True), trader=False) is NOT_MET
    assert verdict(needs("exports", "is", True), trader=True) is UNKNOWN


def test_the_one_question_is_asked_first_and_the_thing_itself_after_a_no():
    assert finding(needs("compliant", "is", True)).missing == ("standing",)
    assert finding(needs("compliant", "is", True), standing=False).missing == ("compliant",)


def test_the_industry_rules_out_fields_it_cannot_occur_in():
    farming = needs("fields", "has_any", ["farming"])
    assert verdict(farming, industry=Choice.of("1")) is NOT_MET
    assert verdict(farming, industry=Choice.of("2")) is UNKNOWN
    assert verdict(farming, industry=Choice.of("1", "2")) is UNKNOWN
    assert verdict(farming, industry=Choice.of("1"), fields=["farming"]) is MET  # what was said goes first
    assert verdict(needs("fields", "has_any", ["digital"]), industry=Choice.of("1")) is UNKNOWN


def test_the_industry_may_bring_a_field_with_it():
    digital = needs("fields", "has_any", ["digital"])
    assert verdict(digital, industry=Choice.of("3")) is MET
    assert verdict(digital, industry=Choice.of("1", "3")) is UNKNOWN
    assert verdict(digital, industry=Choice.of("3"), fields=Several(lacks=frozenset({"digital"}))) is NOT_MET


def test_the_legal_form_rules_out_fields_it_cannot_have():
    platform = needs("fields", "has_none", ["platform"])
    assert verdict(platform, form=Choice.of("individual_business")) is MET
    assert verdict(platform, form=Choice.of("company")) is UNKNOWN


def test_purposes_named_are_all_there_are():
    property_ = needs("purpose", "has_none", ["property"])
    assert verdict(property_, purpose=["equipment"]) is MET
    assert verdict(property_) is UNKNOWN
    assert verdict(needs("qualifications", "has_none", ["patent"]), qualifications=["high_tech"]) is UNKNOWN


def test_a_due_date_tells_that_a_loan_falls_due():
    assert verdict(needs("loan_falling_due", "is", True), loan_due=date(2026, 12, 20)) is MET


# Groups

TEN, ABROAD, LAWFUL = needs("employees", "at_least", 10), needs("exports", "is", True), needs("compliant", "is", True)


@pytest.mark.parametrize(
    ("facts", "any_", "all_"),
    [
        ({"employees": 10, "exports": True}, "+", "+"),
        ({"employees": 10, "exports": False}, "+", "-"),
        ({"employees": 10}, "+", "?"),
        ({"employees": 9, "exports": False}, "-", "-"),
        ({"employees": 9}, "?", "-"),
        ({}, "?", "?"),
    ],
)
def test_one_of_a_group_suffices_or_all_are_needed(facts, any_, all_):
    assert verdict(one_of(TEN, ABROAD), **facts) is VERDICTS[any_]
    assert verdict(together(TEN, ABROAD), **facts) is VERDICTS[all_]


def test_a_group_asks_only_for_what_is_still_open():
    assert finding(one_of(TEN, ABROAD), employees=9).missing == ("exports",)
    assert finding(one_of(TEN, ABROAD), employees=10).missing == ()
    assert finding(together(TEN, ABROAD), employees=10).missing == ("exports",)
    assert finding(together(TEN, ABROAD), employees=9).missing == ()
    assert finding(one_of(TEN, needs("employees", "at_least", 5))).missing == ("employees",)


def test_groups_within_groups_have_their_parts_in_order():
    tree = one_of(together(TEN, ABROAD), LAWFUL)
    found = finding(tree, employees=10, exports=False)
    assert (found.verdict, found.group) == (UNKNOWN, "any")
    assert [part.verdict for part in found.parts] == [NOT_MET, UNKNOWN]
    assert [leaf.rule for leaf in leaves(found)] == [
        "it/any1/all1/employees",
        "it/any1/all2/exports",
        "it/any2/compliant",
    ]
    assert verdict(tree, employees=10, exports=False, compliant=True) is MET


def test_a_group_has_its_own_words_and_neither_fact_nor_source():
    group = one_of(TEN, ABROAD).model_copy(update={"says": TEN.says})
    found = finding(group)
    assert (found.says, found.asks, found.source, found.known) == (TEN.says, None, None, None)


# Values with dates


FIFTEEN_THEN_TEN = needs(
    "employees", "at_least",
    values=[dated(10, since=date(2023, 10, 1)), dated(15, since=date(2021, 1, 1), to=date(2023, 9, 30))],
)  # fmt: skip


@pytest.mark.parametrize(
    ("on", "value"),
    [
        (date(2020, 12, 31), None),
        (date(2021, 1, 1), 15),
        (date(2023, 9, 30), 15),
        (date(2023, 10, 1), 10),
        (date(2030, 1, 1), 10),
    ],
)
def test_the_value_in_force_on_the_day_decides_both_ends_included(on, value):
    found = finding(FIFTEEN_THEN_TEN, on, employees=12)
    assert (found.source.value if found else None) == value
    assert (found.verdict if found else None) is {None: None, 15: NOT_MET, 10: MET}[value]


def test_in_a_gap_between_values_the_condition_does_not_apply():
    gap = needs("employees", "at_least", values=[dated(10, to=date(2022, 12, 31)), dated(20, since=date(2024, 1, 1))])
    assert verdict(gap, date(2022, 12, 31), employees=12) is MET
    assert verdict(gap, date(2023, 1, 1), employees=12) is None
    assert verdict(gap, date(2023, 12, 31), employees=12) is None
    assert verdict(gap, date(2024, 1, 1), employees=12) is NOT_MET


def test_a_value_withdrawn_is_a_condition_that_no_longer_applies():
    withdrawn = needs(
        "employees", "at_most", values=[dated(200, to=date(2026, 6, 30)), dated(None, since=date(2026, 7, 1))]
    )
    assert verdict(withdrawn, date(2026, 6, 30), employees=300) is NOT_MET
    assert verdict(withdrawn, date(2026, 7, 1), employees=300) is None
    assert verdict(withdrawn, date(2026, 7, 1)) is None


def test_a_group_of_which_nothing_applies_does_not_apply():
    old = needs("employees", "at_least", values=[dated(10, to=date(2022, 12, 31))])
    assert verdict(one_of(old, old), date(2023, 1, 1)) is None
    assert verdict(one_of(old, ABROAD), date(2023, 1, 1), exports=False) is NOT_MET
    assert len(finding(together(old, ABROAD), date(2023, 1, 1)).parts) == 1


AUTUMN = Days(date(2023, 9, 1), date(2023, 10, 31))


@pytest.mark.parametrize(
    ("employees", "expected"),
    [(15, "+"), (9, "-"), (14, "?"), (10, "?")],  # 15 people were needed in September, 10 in October
)
def test_over_a_change_of_value_only_what_both_agree_on_is_certain(employees, expected):
    assert verdict(FIFTEEN_THEN_TEN, AUTUMN, employees=employees) is VERDICTS[expected]


def test_a_span_within_one_value_is_as_good_as_a_day():
    assert verdict(FIFTEEN_THEN_TEN, Days(date(2023, 9, 1), date(2023, 9, 30)), employees=12) is NOT_MET
    assert verdict(FIFTEEN_THEN_TEN, Days(date(2023, 10, 1), date(2023, 10, 31)), employees=12) is MET


def test_where_the_values_disagree_the_day_is_asked_for_and_not_what_is_known_already():
    rule, facts = FIFTEEN_THEN_TEN, view(TODAY, employees=12)
    found = judge(rule, facts, AUTUMN, "it", "loan_issued")
    assert (found.verdict, found.missing) == (UNKNOWN, ("loan_issued",))
    assert judge(rule, view(TODAY, employees=15), AUTUMN, "it", "loan_issued").missing == ()
    assert judge(rule, view(TODAY), AUTUMN, "it", "loan_issued").missing == ("employees",)


@pytest.mark.parametrize(
    ("values", "employees", "expected"),
    [
        # in force until the end of September alone: whoever meets it has nothing to fear either way
        ([dated(15, to=date(2023, 9, 30))], 15, "+"),
        ([dated(15, to=date(2023, 9, 30))], 14, "?"),
        # from October alone
        ([dated(10, since=date(2023, 10, 1))], 9, "?"),
        ([dated(10, since=date(2023, 10, 1))], 10, "+"),
        # withdrawn, then brought back
        ([dated(None, to=date(2023, 9, 30)), dated(10, since=date(2023, 10, 1))], 9, "?"),
        # only from 10 to 20 September, so neither on the first day nor on the last
        ([dated(10, since=date(2023, 9, 10), to=date(2023, 9, 20))], 9, "?"),
        ([dated(10, since=date(2023, 9, 10), to=date(2023, 9, 20))], 10, "+"),
        # three values in turn, of which the one in the middle differs
        ([dated(5, to=date(2023, 9, 9)), dated(10, since=date(2023, 9, 10), to=date(2023, 9, 20)),
          dated(5, since=date(2023, 9, 21))], 7, "?"),
    ],
)  # fmt: skip
def test_over_a_span_in_part_of_which_a_condition_does_not_apply(values, employees, expected):
    assert verdict(needs("employees", "at_least", values=values), AUTUMN, employees=employees) is VERDICTS[expected]


def test_a_group_over_a_change_is_judged_day_by_day():
    # until September being abroad sufficed, from October 10 people do
    until = needs("exports", "is", values=[dated(True, to=date(2023, 9, 30))])
    since = needs("employees", "at_least", values=[dated(10, since=date(2023, 10, 1))])
    group = one_of(until, since)
    assert verdict(group, AUTUMN, exports=True, employees=10) is MET
    assert verdict(group, AUTUMN, exports=True, employees=9) is UNKNOWN
    assert verdict(group, AUTUMN, exports=False, employees=9) is NOT_MET


@st.composite
def dated_rules(draw) -> Condition:
    """Up to three values on stretches that follow one another, with gaps and withdrawals."""
    values, start = [], 1
    for _ in range(draw(st.integers(1, 3))):
        first, last = start + draw(st.integers(0, 3)), 0
        last = first + draw(st.integers(0, 6))
        start = last + 1
        value = draw(st.sampled_from([None, 5, 10, 15]))
        values.append(dated(value, since=date(2023, 1, first), to=date(2023, 1, last)))
    return needs("employees", "at_least", values=values)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(dated_rules(), min_size=1, max_size=3),
    st.sampled_from(["any", "all"]),
    ranges(),
    st.integers(1, 31),
    st.integers(1, 31),
)
def test_a_span_says_only_what_each_of_its_days_says(rules, group, known, one, other):
    node = rules[0] if len(rules) == 1 else one_of(*rules) if group == "any" else together(*rules)
    first, last = sorted([one, other])
    seen = {verdict(node, date(2023, 1, day), employees=known) for day in range(first, last + 1)}
    found = verdict(node, Days(date(2023, 1, first), date(2023, 1, last)), employees=known)
    applied = {day or MET for day in seen}  # where nothing applies, nothing stands against it
    assert found is (None if seen == {None} else applied.pop() if len(applied) == 1 else UNKNOWN)


# Stale quotations


def test_a_rule_whose_quotation_is_gone_is_not_used_and_says_so():
    stale = frozenset({("notice#1", "原话")})
    rule = needs("employees", "at_least", 10)
    for facts in ({"employees": 10}, {"employees": 9}, {}):
        found = judge(rule, view(stale=stale, **facts), Days.of(TODAY), "it")
        assert (found.verdict, found.stale, found.missing) == (UNKNOWN, True, ())  # asking would not help
        assert found.source == rule.values[0]


def test_only_the_quotation_that_is_gone_makes_a_rule_stale():
    changed = needs(
        "employees", "at_least", values=[dated(10, since=date(2024, 1, 1)), dated(15, to=date(2023, 12, 31), zh="旧话")]
    )
    for stale in ({("notice#1", "旧话")}, {("notice#1", "别的话")}, {("notice#2", "原话")}):
        found = judge(changed, view(stale=frozenset(stale), employees=12), Days.of(TODAY), "it")
        assert (found.verdict, found.stale) == (MET, False)
    found = judge(
        changed, view(stale=frozenset({("notice#1", "旧话")}), employees=12), Days.of(date(2023, 12, 31)), "it"
    )
    assert (found.verdict, found.stale) == (UNKNOWN, True)


def test_a_stale_part_leaves_a_group_open_unless_another_part_settles_it():
    gone = needs("employees", "at_least", 10, values=[dated(10, zh="旧话")])
    stale = frozenset({("notice#1", "旧话")})

    def found(node, **facts):
        return judge(node, view(stale=stale, **facts), Days.of(TODAY), "it").verdict

    assert found(one_of(gone, ABROAD), employees=10, exports=False) is UNKNOWN
    assert found(one_of(gone, ABROAD), exports=True) is MET
    assert found(together(gone, ABROAD), employees=10, exports=True) is UNKNOWN
    assert found(together(gone, ABROAD), employees=10, exports=False) is NOT_MET


# More knowledge only makes a verdict certain

TREES = [
    TEN,
    needs("employees", "less_than", 10),
    needs("size_class", "one_of", ["micro", "small"]),
    needs("hire_share_percent", "at_least", 15),
    needs("qualifications", "has_any", ["patent", "high_tech"]),
    needs("qualifications", "has_none", ["patent"]),
    needs("fields", "has_any", ["farming"]),
    needs("region", "within", "湖北省/咸宁市/嘉鱼县"),
    needs("compliant", "is", True),
    needs("loan_due", "until", date(2027, 9, 30)),
    FIFTEEN_THEN_TEN,
    one_of(together(TEN, ABROAD), LAWFUL),
    together(one_of(TEN, ABROAD), needs("size_class", "none_of", ["large"]), LAWFUL),
]
FROM_VAGUE_TO_EXACT = {
    "employees": [None, (5, None), (5, 20), (9, 12), 10],
    "revenue_wan": [None, (50, 3000), (90, 150), 120],
    "new_hires": [None, (1, 4), (2, 3), 3],
    "industry": [None, Choice.of("1", "2"), Choice.of("1")],
    "qualifications": [None, Several(lacks=frozenset({"high_tech"})), Several(frozenset({"patent"}), frozenset({"high_tech"}))],
    "region": [None, "湖北省", "湖北省/咸宁市", "湖北省/咸宁市/嘉鱼县"],
    "exports": [None, False],
    "standing": [None, True],
    "loan_due": [None, Days(date(2027, 9, 1), date(2027, 12, 31)), Days(date(2027, 9, 20), date(2027, 10, 10)), date(2027, 9, 30)],
}  # fmt: skip
steps = st.fixed_dictionaries({fact: st.integers(0, len(ways) - 1) for fact, ways in FROM_VAGUE_TO_EXACT.items()})


def known_to(step: dict[str, int]) -> Profile:
    chosen = {fact: FROM_VAGUE_TO_EXACT[fact][number] for fact, number in step.items()}
    return profile(**{fact: value for fact, value in chosen.items() if value is not None})


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(TREES), steps, steps)
def test_knowing_more_never_turns_a_verdict_around(node, less, more):
    more = {fact: max(number, less[fact]) for fact, number in more.items()}
    before, after = (finding(node, **{f: s.value for f, s in known_to(step).stated.items()}) for step in (less, more))
    assert before.verdict in (UNKNOWN, after.verdict)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(TREES), steps)
def test_a_decided_verdict_asks_for_nothing_and_an_open_one_only_for_facts_there_are(node, step):
    found = finding(node, **{fact: item.value for fact, item in known_to(step).stated.items()})
    assert bool(found.missing) == (found.verdict is UNKNOWN)
    assert set(found.missing) <= set(FACTS)


@pytest.mark.parametrize("group", ["any", "all"])
def test_every_pair_of_verdicts_in_a_group(group):
    facts = {MET: {"employees": 10, "exports": True}, NOT_MET: {"employees": 9, "exports": False}, UNKNOWN: {}}
    combine = any_of if group == "any" else all_of
    node = one_of(TEN, ABROAD) if group == "any" else together(TEN, ABROAD)
    for one, other in product(Verdict, repeat=2):
        given_ = {
            **{k: v for k, v in facts[one].items() if k == "employees"},
            **{k: v for k, v in facts[other].items() if k == "exports"},
        }
        assert verdict(node, **given_) is combine([one, other])
