"""Candidates against a profile: how each stands and why, in which order, and what to ask next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up import (
    FACTS,
    TODAY,
    candidate,
    dated,
    mode,
    needs,
    one_of,
    quoted,
    rulebook,
    term,
    together,
    view,
    words,
)

from assistant.eligibility.matching import Fit, Standing, assess, assess_all, questions
from assistant.eligibility.rules import Candidate, TermKind
from assistant.eligibility.verdict import Verdict
from assistant.profile import Choice, Days, Range, Several

TEN = needs("employees", "at_least", 10)
ABROAD = needs("exports", "is", True)
ADULT = needs("owner_age", "at_least", 18)
ELIGIBLE, OPEN, NOT_ELIGIBLE, NOT_IN_FORCE = Standing


# Standings


@pytest.mark.parametrize(
    ("facts", "standing", "missing"),
    [
        ({"employees": 10, "exports": True}, ELIGIBLE, ()),
        ({"employees": 10}, OPEN, ("exports",)),
        ({}, OPEN, ("employees", "exports")),
        ({"employees": 9, "exports": True}, NOT_ELIGIBLE, ()),
        ({"employees": 9}, NOT_ELIGIBLE, ("exports",)),
    ],
)
def test_all_met_is_eligible_one_not_met_is_not_and_the_rest_is_open(facts, standing, missing):
    found = assess(candidate("loan", TEN, ABROAD), view(**facts))
    assert (found.standing, found.missing) == (standing, missing)


def test_conditions_that_are_not_published_leave_a_candidate_open_whatever_is_known():
    item = candidate("loan", TEN, unpublished=quoted("notice#bank"))
    assert assess(item, view(employees=10)).standing is OPEN
    assert assess(item, view(employees=10)).missing == ()
    assert assess(item, view(employees=9)).standing is NOT_ELIGIBLE
    assert assess(candidate("bare"), view()).standing is OPEN


def test_what_failed_and_how_much_was_met():
    found = assess(candidate("loan", TEN, ABROAD, ADULT), view(employees=9, exports=True, owner_age=17))
    assert [item.asks for item in found.failed] == ["employees", "owner_age"]
    assert found.met == 1


def test_a_condition_that_does_not_apply_on_the_day_has_no_finding():
    old = needs("owner_age", "at_least", values=[dated(18, to=date(2025, 12, 31))])
    found = assess(candidate("loan", TEN, old), view(employees=10))
    assert [item.asks for item in found.findings] == ["employees"]
    assert found.standing is ELIGIBLE


def test_standings_are_written_as_in_the_answer_record_best_first():
    assert [str(s) for s in Standing] == ["eligible", "open", "not_eligible", "not_in_force"]


def test_a_candidate_without_conditions_must_say_that_they_are_not_published():
    with pytest.raises(ValueError, match=r"needs conditions .* or a clause that says they are not published"):
        Candidate.model_validate(
            {"id": "loan", "kind": "product", "document": "notice", "name": words("贷"), "about": quoted()}
        )


# Windows

TWO_WINDOWS = [
    dated(since=date(2024, 1, 1), to=date(2024, 12, 31)),
    dated(since=date(2026, 1, 1), to=date(2026, 6, 30)),
]


@pytest.mark.parametrize(
    ("on", "is_open", "begins"),
    [
        (date(2023, 12, 31), False, 2026),
        (date(2024, 1, 1), True, 2024),
        (date(2024, 12, 31), True, 2024),
        (date(2025, 1, 1), False, 2026),
        (date(2025, 12, 31), False, 2026),
        (date(2026, 1, 1), True, 2026),
        (date(2026, 6, 30), True, 2026),
        (date(2026, 7, 1), False, 2026),
    ],
)
def test_it_is_open_within_its_windows_both_ends_included(on, is_open, begins):
    found = assess(candidate("loan", TEN, window=TWO_WINDOWS), view(on, employees=10))
    assert found.standing is (ELIGIBLE if is_open else NOT_IN_FORCE)
    assert found.window.since.year == begins


def test_out_of_force_goes_before_anything_the_conditions_say():
    item = candidate("loan", TEN, window=TWO_WINDOWS[:1], unpublished=quoted())
    for facts in ({"employees": 10}, {"employees": 9}, {}):
        found = assess(item, view(**facts))
        assert (found.standing, found.change) == (NOT_IN_FORCE, ())


def test_without_windows_no_limits_are_known():
    found = assess(candidate("loan", TEN), view(date(1999, 1, 1), employees=10))
    assert (found.standing, found.window) == (ELIGIBLE, None)


def test_the_day_of_the_loan_decides_where_rules_go_by_it_and_else_the_day_asked():
    item = candidate("loan", TEN, window=TWO_WINDOWS, dated_by="loan_issued")
    assert assess(item, view(employees=10)).standing is NOT_IN_FORCE
    assert assess(item, view(employees=10, loan_issued=date(2024, 6, 1))).standing is ELIGIBLE
    assert assess(item, view(date(2024, 6, 1), employees=10, loan_issued=date(2025, 6, 1))).standing is NOT_IN_FORCE


@pytest.mark.parametrize(
    ("first", "last", "standing"),
    [
        (date(2024, 1, 1), date(2024, 12, 31), ELIGIBLE),  # a whole window
        (date(2024, 3, 1), date(2024, 4, 30), ELIGIBLE),
        (date(2023, 12, 1), date(2024, 1, 1), OPEN),  # its last day alone lies within
        (date(2024, 12, 31), date(2025, 1, 31), OPEN),
        (date(2023, 1, 1), date(2025, 6, 30), OPEN),  # the window lies within the span
        (date(2024, 6, 1), date(2026, 3, 1), OPEN),  # from one window into the next, over the gap between
        (date(2025, 1, 1), date(2025, 12, 31), NOT_IN_FORCE),
    ],
)
def test_a_day_known_only_as_a_span_is_in_force_where_all_of_its_days_are(first, last, standing):
    item = candidate("loan", TEN, window=TWO_WINDOWS, dated_by="loan_issued")
    found = assess(item, view(employees=10, loan_issued=Days(first, last)))
    assert found.standing is standing
    assert found.missing == (("loan_issued",) if standing is OPEN else ())


def test_windows_that_follow_one_another_are_one():
    windows = [dated(to=date(2025, 12, 31)), dated(since=date(2026, 1, 1), to=date(2026, 12, 31))]
    item = candidate("loan", TEN, window=windows, dated_by="loan_issued")
    winter = Days(date(2025, 12, 1), date(2026, 1, 31))
    assert assess(item, view(employees=10, loan_issued=winter)).standing is ELIGIBLE


def test_a_span_over_a_change_of_rules_asks_for_the_day():
    rule = needs("employees", "at_least", values=[dated(10, since=date(2023, 10, 1)), dated(15, to=date(2023, 9, 30))])
    item = candidate("loan", rule, dated_by="loan_issued")
    autumn = Days(date(2023, 9, 1), date(2023, 10, 31))
    found = assess(item, view(employees=12, loan_issued=autumn))
    assert (found.standing, found.missing) == (OPEN, ("loan_issued",))
    assert assess(item, view(employees=15, loan_issued=autumn)).standing is ELIGIBLE
    assert assess(item, view(employees=9, loan_issued=autumn)).standing is NOT_ELIGIBLE


# Terms


def amounts() -> dict:
    return term(
        "amount", values=[dated(30, since=date(2023, 10, 1)), dated(20, since=date(2021, 1, 1), to=date(2023, 9, 30))]
    )


@pytest.mark.parametrize(
    ("on", "amount"),
    [(date(2020, 12, 31), None), (date(2021, 1, 1), 20), (date(2023, 9, 30), 20), (date(2023, 10, 1), 30)],
)
def test_the_terms_are_those_in_force_on_the_day(on, amount):
    found = assess(candidate("loan", TEN, terms=[amounts()]), view(on)).term(TermKind.AMOUNT)
    assert (found.value if found else None) == amount


def test_the_terms_of_a_loan_are_those_of_its_day():
    item = candidate("loan", TEN, terms=[amounts()], dated_by="loan_issued")
    assert assess(item, view(loan_issued=date(2023, 9, 30))).term(TermKind.AMOUNT).value == 20


def test_words_without_a_figure_are_a_term_but_no_value():
    found = assess(candidate("loan", TEN, terms=[term("note"), term("security")]), view())
    assert [str(item.what) for item, _ in found.terms] == ["note", "security"]
    assert found.term(TermKind.SECURITY) is None


def test_a_term_whose_quotation_is_gone_is_not_offered():
    item = candidate("loan", TEN, terms=[term("amount", values=[dated(30, zh="旧话")]), term("months", 36)])
    found = assess(item, view(stale=frozenset({("notice#1", "旧话")})))
    assert [str(one.what) for one, _ in found.terms] == ["months"]


def test_a_stale_condition_leaves_it_open_and_is_told():
    item = candidate("loan", needs("employees", "at_least", values=[dated(10, zh="旧话")]), ABROAD)
    found = assess(item, view(stale=frozenset({("notice#1", "旧话")}), employees=10, exports=True))
    assert (found.standing, found.stale, found.missing) == (OPEN, True, ())
    assert assess(item, view(employees=10, exports=True)).stale is False


def test_a_window_whose_quotation_is_gone_decides_nothing():
    item = candidate("loan", TEN, window=[dated(to=date(2025, 12, 31), zh="旧话")])
    assert assess(item, view(employees=10)).standing is Standing.NOT_IN_FORCE
    found = assess(item, view(stale=frozenset({("notice#1", "旧话")}), employees=10))
    assert (found.standing, found.stale) == (OPEN, True)


# Ways in


def names(found) -> tuple[str | None, list[tuple[str, Verdict]]]:
    return found.mode.id if found.mode else None, [(other.id, verdict) for other, verdict in found.other_modes]


BY_TAX = mode("tax", needs("tax_grade", "one_of", ["A", "B"]), terms=[term("amount", 300)])
BY_STAFF = mode("staff", TEN, terms=[term("amount", 100)])
BY_BOTH = mode("both", TEN, ABROAD)


@pytest.mark.parametrize(
    ("facts", "best", "others"),
    [
        # fits before open, open before unfit
        ({"employees": 10}, "staff", [("tax", Verdict.UNKNOWN)]),
        ({"tax_grade": Choice.of("M")}, "staff", [("tax", Verdict.NOT_MET)]),
        ({"tax_grade": Choice.of("A"), "employees": 9}, "tax", [("staff", Verdict.NOT_MET)]),
        # alike: the first
        ({}, "tax", [("staff", Verdict.UNKNOWN)]),
        ({"tax_grade": Choice.of("A"), "employees": 10}, "tax", [("staff", Verdict.MET)]),
    ],
)
def test_of_several_ways_in_the_one_that_fits_best_counts(facts, best, others):
    found = assess(candidate("loan", modes=[BY_TAX, BY_STAFF]), view(**facts))
    assert names(found) == (best, others)


def test_of_open_ways_the_one_that_lacks_least_counts():
    found = assess(candidate("loan", modes=[BY_BOTH, BY_TAX]), view())
    assert (found.mode.id, found.missing) == ("tax", ("tax_grade",))
    assert assess(candidate("loan", modes=[BY_BOTH, BY_TAX]), view(employees=10)).mode.id == "both"
    # two conditions that are open before one that is not met
    assert assess(candidate("loan", modes=[BY_TAX, BY_BOTH]), view(tax_grade=Choice.of("M"))).mode.id == "both"


def test_one_way_must_fit_besides_what_holds_for_all():
    item = candidate("loan", ADULT, modes=[BY_TAX, BY_STAFF])
    assert assess(item, view(owner_age=18, employees=10)).standing is ELIGIBLE
    assert assess(item, view(owner_age=17, employees=10)).standing is NOT_ELIGIBLE
    assert assess(item, view(owner_age=18, employees=9, tax_grade=Choice.of("M"))).standing is NOT_ELIGIBLE
    assert assess(item, view(owner_age=18)).standing is OPEN


def test_terms_of_other_ways_are_not_offered_and_the_highest_of_those_that_are_counts():
    item = candidate("loan", modes=[BY_TAX, BY_STAFF], terms=[term("amount", 50)])
    found = assess(item, view(employees=10))
    assert sorted(value.value for _, value in found.terms) == [50, 100]
    assert found.term(TermKind.AMOUNT).value == 100


def test_findings_name_the_candidate_and_the_way_in():
    found = assess(candidate("loan", ADULT, modes=[BY_STAFF]), view())
    assert [item.rule for item in found.findings] == ["loan/owner_age", "loan/staff/employees"]


IN_DAQING = mode("daqing", needs("region", "within", "黑龙江省/大庆市"), needs("tax_grade", "one_of", ["A"]))
EVERYWHERE = mode("all", terms=[term("note")])


@pytest.mark.parametrize(
    ("facts", "best", "standing"),
    [
        ({"region": "黑龙江省/大庆市"}, "daqing", OPEN),  # though the general way would fit at once
        ({"region": "黑龙江省/大庆市", "tax_grade": Choice.of("M")}, "daqing", NOT_ELIGIBLE),
        ({"region": "黑龙江省/大庆市", "tax_grade": Choice.of("A")}, "daqing", ELIGIBLE),
        ({"region": "黑龙江省/哈尔滨市"}, "all", ELIGIBLE),
        ({"region": "黑龙江省"}, "all", ELIGIBLE),
        ({}, "all", ELIGIBLE),
    ],
)
def test_a_places_own_terms_go_before_general_ones(facts, best, standing):
    found = assess(candidate("loan", TEN, modes=[EVERYWHERE, IN_DAQING]), view(employees=10, **facts))
    assert (found.mode.id, found.standing) == (best, standing)


@pytest.mark.parametrize(
    ("facts", "best"),
    [({"tax_grade": Choice.of("A")}, "daqing"), ({"tax_grade": Choice.of("M")}, "all"), ({}, "all")],
)
def test_a_places_own_way_that_stands_beside_the_general_ones_leaves_them_open(facts, best):
    beside = {**IN_DAQING, "beside": True}
    found = assess(
        candidate("loan", TEN, modes=[beside, EVERYWHERE]), view(employees=10, region="黑龙江省/大庆市", **facts)
    )
    assert (found.mode.id, found.standing) == (best, ELIGIBLE)


# Order


def order(candidates, **facts) -> list[str]:
    return [item.candidate.id for item in assess_all(candidates, view(**facts))]


def test_eligible_before_open_before_not_eligible_before_out_of_force():
    lapsed = candidate("a", TEN, window=[dated(to=date(2025, 12, 31))])
    found = order(
        [lapsed, candidate("b", needs("employees", "at_least", 100)), candidate("c", ABROAD), candidate("d", TEN)],
        employees=10,
    )
    assert found == ["d", "c", "b", "a"]


def test_ties_go_by_id():
    assert order([candidate(name, TEN) for name in ("c", "a", "b")], employees=10) == ["a", "b", "c"]


IN_ZHEJIANG = needs("region", "within", "浙江省")
SPECIALISED = needs("qualifications", "has_any", ["specialised"])


@pytest.mark.parametrize(
    ("better", "reason", "facts"),
    [
        (candidate("z", TEN, prefers=[ABROAD]), Fit.PREFERRED, {"exports": True}),
        (candidate("z", TEN, IN_ZHEJIANG), Fit.LOCAL, {"region": "浙江省/杭州市"}),
        (candidate("z", TEN, modes=[mode("here", IN_ZHEJIANG)]), Fit.LOCAL, {"region": "浙江省/杭州市"}),
        (candidate("z", TEN, SPECIALISED), Fit.MADE_FOR, {"qualifications": ["specialised"]}),
        (candidate("z", TEN, ABROAD), Fit.MADE_FOR, {"exports": True}),
        (candidate("z", TEN, terms=[term("amount", 100)]), Fit.AMOUNT_ENOUGH, {"loan_wanted_wan": 100}),
    ],
)  # fmt: skip
def test_what_speaks_for_a_candidate_brings_it_forward(better, reason, facts):
    plain = candidate("a", TEN)
    best, other = assess_all([plain, better], view(employees=10, **facts))
    assert (best.candidate.id, best.fit, other.fit) == ("z", (reason,), ())


@pytest.mark.parametrize(
    ("worse", "reason", "facts"),
    [
        (candidate("a", needs("loan_due", "since", TODAY), IN_ZHEJIANG), Fit.PLACE_UNKNOWN, {}),
        (candidate("a", ABROAD, terms=[term("amount", 99)]), Fit.AMOUNT_SHORT, {"loan_wanted_wan": 100}),
    ],
)  # fmt: skip
def test_what_speaks_against_a_candidate_puts_it_back(worse, reason, facts):
    plain = candidate("z", needs("loan_due", "since", TODAY))
    best, other = assess_all([worse, plain], view(**facts))
    assert (best.candidate.id, best.fit) == ("z", ())
    assert (other.fit, other.standing) == ((reason,), OPEN)


def test_reasons_add_up():
    item = candidate(
        "loan", TEN, IN_ZHEJIANG, SPECIALISED, prefers=[ABROAD, ADULT, needs("tax_grade", "one_of", ["A"])],
        terms=[term("amount", 50)], modes=[mode("m", prefers=[TEN])],
    )  # fmt: skip
    known = {"employees": 10, "region": "浙江省", "qualifications": ["specialised"], "exports": True, "owner_age": 40}
    found = assess(item, view(loan_wanted_wan=60, **known))
    assert found.fit == (Fit.PREFERRED, Fit.PREFERRED, Fit.PREFERRED, Fit.LOCAL, Fit.MADE_FOR, Fit.AMOUNT_SHORT)


@pytest.mark.parametrize(
    ("wanted", "reason"),
    [(100, (Fit.AMOUNT_ENOUGH,)), (101, (Fit.AMOUNT_SHORT,)), ((50, 100), (Fit.AMOUNT_ENOUGH,)), ((50, 150), (Fit.AMOUNT_SHORT,)),
     ((50, None), ()), (None, ())],
)  # fmt: skip
def test_the_amount_is_enough_where_it_reaches_all_that_may_be_wanted(wanted, reason):
    facts = {} if wanted is None else {"loan_wanted_wan": wanted}
    assert assess(candidate("loan", TEN, terms=[term("amount", 100)]), view(**facts)).fit == reason


def test_an_exclusion_does_not_make_a_candidate_made_for_anyone():
    not_listed = needs("qualifications", "has_none", ["patent"])
    found = assess(candidate("loan", not_listed), view(qualifications=Several(lacks=frozenset({"patent"}))))
    assert (found.standing, found.fit) == (ELIGIBLE, ())


def test_of_those_alike_published_conditions_go_first_then_the_larger_share_that_is_met():
    bank = candidate("a", TEN, ABROAD, unpublished=quoted())
    assert order([bank, candidate("b", TEN, ABROAD)], employees=10) == ["b", "a"]
    # one of two met before one of three, and that before none of one
    half, third, none = candidate("c", TEN, ADULT), candidate("b", TEN, ADULT, ABROAD), candidate("a", ADULT)
    assert order([third, none, half], employees=10) == ["c", "b", "a"]


def test_a_preference_excludes_nobody():
    item = candidate("loan", TEN, prefers=[ABROAD])
    for facts in ({"exports": False}, {}):
        found = assess(item, view(employees=10, **facts))
        assert (found.standing, found.missing, found.fit) == (ELIGIBLE, (), ())


def test_made_for_another_place_is_told_apart_from_not_fitting():
    here, both = candidate("a", IN_ZHEJIANG, TEN), candidate("b", one_of(IN_ZHEJIANG, together(TEN, ABROAD)))
    assert assess(here, view(region="江苏省", employees=10)).elsewhere is True
    assert assess(here, view(region="浙江省", employees=9)).elsewhere is False
    assert assess(here, view(employees=9)).elsewhere is False
    assert assess(both, view(region="江苏省", employees=9)).elsewhere is True
    assert assess(both, view(region="江苏省", employees=10, exports=True)).elsewhere is False


# What to ask next


def asked(candidates, most: int = 2, **facts) -> tuple[str, ...]:
    seen = view(**facts)
    return questions(assess_all(candidates, seen), seen, most)


def test_the_question_whose_answer_settles_most_candidates_comes_first():
    # exports settles a and b by itself; employees is awaited by three, and settles only c
    candidates = [
        candidate("a", ABROAD), candidate("b", ABROAD), candidate("c", TEN),
        candidate("d", TEN, ADULT), candidate("e", TEN, ADULT),
    ]  # fmt: skip
    assert asked(candidates) == ("exports", "employees")
    assert asked(candidates, 3) == ("exports", "employees", "owner_age")
    assert asked(candidates, 1) == ("exports",)


def test_of_those_that_settle_alike_the_one_more_candidates_wait_for_comes_first():
    candidates = [candidate("a", ABROAD, ADULT), candidate("b", ABROAD, TEN)]
    assert asked(candidates, 1) == ("exports",)


def test_all_else_alike_the_order_of_the_form_decides():
    assert list(FACTS).index("employees") < list(FACTS).index("owner_age") < list(FACTS).index("exports")
    assert asked([candidate("a", ABROAD, ADULT, TEN)], 3) == ("employees", "owner_age", "exports")


def test_a_bank_that_decides_by_itself_is_settled_by_no_answer():
    candidates = [
        candidate("a", ABROAD, unpublished=quoted()),
        candidate("b", ABROAD, unpublished=quoted()),
        candidate("c", TEN),
    ]
    assert asked(candidates) == ("employees", "exports")


def test_nothing_is_asked_for_candidates_that_are_settled_or_out_of_force():
    lapsed = candidate("a", ABROAD, window=[dated(to=date(2025, 12, 31))])
    unfit = candidate("b", needs("employees", "at_least", 100), ADULT)
    assert asked([lapsed, unfit, candidate("c", TEN)], employees=10) == ()


def test_of_facts_needed_one_after_the_other_only_the_first_counts():
    # the class waits for the industry, then for people and revenue; two candidates wait for people at once
    class_ = needs("size_class", "one_of", ["micro", "small"])
    candidates = [candidate(name, class_, unpublished=quoted()) for name in ("a", "b", "c")]
    candidates += [candidate(name, TEN, ADULT) for name in ("d", "e")]
    assert asked(candidates, 4) == ("industry", "employees", "owner_age")
    assert asked(candidates, 1, industry=Choice.of("2")) == ("employees",)


def test_what_is_not_worth_asking_in_a_trade_is_not_asked_there():
    item = candidate("a", needs("tax_grade", "one_of", ["A"]), unpublished=quoted())
    facts = {**FACTS, "tax_grade": FACTS["tax_grade"].model_copy(update={"ask_in": ("2",)})}
    for industry, expected in ((None, ("tax_grade",)), ("1", ()), ("2", ("tax_grade",))):
        known = {"industry": Choice.of(industry)} if industry else {}
        seen = replace(view(**known), facts=facts)
        assert questions([assess(item, seen)], seen) == expected


def test_where_only_the_day_leaves_a_group_open_the_day_is_asked_for():
    until = needs("exports", "is", values=[dated(True, to=date(2023, 9, 30))])
    since = needs("employees", "at_least", values=[dated(10, since=date(2023, 10, 1))])
    item = candidate("a", one_of(until, since), dated_by="loan_issued")
    autumn = Days(date(2023, 9, 1), date(2023, 10, 31))
    assert asked([item], exports=False, employees=10, loan_issued=autumn) == ("loan_issued",)


# Knowing more


def from_vague_to_exact() -> dict[str, list[object]]:
    return {
        "employees": [None, (5, 20), 10], "exports": [None, True], "owner_age": [None, (17, 40), 18],
        "region": [None, "浙江省", "浙江省/杭州市"], "tax_grade": [None, Choice.of("A", "M"), Choice.of("A")],
    }  # fmt: skip


POOL = [
    candidate("a", TEN, ABROAD),
    candidate("b", one_of(TEN, ABROAD), needs("owner_age", "less_than", 18)),
    candidate("c", IN_ZHEJIANG, needs("region", "within", "浙江省/杭州市"), ADULT),
    candidate("d", needs("tax_grade", "none_of", ["M"]), unpublished=quoted()),
    candidate("e", TEN, window=[dated(to=date(2025, 12, 31))]),
    candidate("f", together(TEN, one_of(ADULT, ABROAD)), needs("tax_grade", "one_of", ["B"])),
]
steps = st.fixed_dictionaries({fact: st.integers(0, len(ways) - 1) for fact, ways in from_vague_to_exact().items()})


def known(step: dict[str, int]) -> dict[str, object]:
    ways = from_vague_to_exact()
    return {fact: ways[fact][number] for fact, number in step.items() if ways[fact][number] is not None}


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(POOL), steps, steps)
def test_knowing_more_settles_what_was_open_and_overturns_nothing(item, less, more):
    more = {fact: max(number, less[fact]) for fact, number in more.items()}
    before, after = assess(item, view(**known(less))), assess(item, view(**known(more)))
    assert before.standing in (OPEN, after.standing)
    assert set(after.missing) <= set(before.missing)
    if before.standing is ELIGIBLE:
        assert before.missing == after.missing == ()


def test_whatever_order_candidates_come_in_the_outcome_is_the_same():
    facts = {"employees": Range(), "exports": True, "region": "浙江省"}
    assert order(POOL, **facts) == order(POOL[::-1], **facts)


# The rulebook


def test_a_candidate_is_found_by_any_of_its_names_the_longest_first():
    loan = candidate("loan", TEN, also={"zh": ("创业贷", "中小微…贴息"), "en": ("Start-up Loan",)})
    book = rulebook(loan, candidate("big", TEN, name=words("大创业贷", "big loan")))
    assert book.named_in("想办创业贷", "zh") == ("loan",)
    assert book.named_in("我要中小微企业贷款贴息", "zh") == ("loan",)  # … stands for up to ten characters
    assert book.named_in("中小微的政策听说过很多种的不知道哪个是贴息", "zh") == ()
    assert book.named_in("Can I get a start-up loan?", "en") == ("loan",)
    assert book.named_in("想办大创业贷", "zh") == ("big",)  # a name within a longer one counts not
    assert book.named_in("大创业贷和创业贷哪个好", "zh") == ("big", "loan")
    assert book.named_in("随便问问", "zh") == ()


def test_a_name_shared_by_several_candidates_names_all_of_them():
    book = rulebook(*(candidate(name, TEN, also={"zh": ("稳岗贷",)}) for name in ("person", "firm")))
    assert set(book.named_in("稳岗贷", "zh")) == {"person", "firm"}
