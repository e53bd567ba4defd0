"""What each desk decides for a profile, what it considers, and what it asks next."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from made_up import TODAY, candidate, dated, mode, needs, profile, rulebook, term

from assistant.eligibility.desks import MOST_ASKS, Case, decide
from assistant.eligibility.schedules import Method
from assistant.eligibility.subsidy import Cap
from assistant.profile import Choice, Desk, Profile, Range, Stated

D = Decimal
TEN = needs("employees", "at_least", 10)
ABROAD = needs("exports", "is", True)


def ids(case: Case) -> list[str]:
    return [item.candidate.id for item in case.assessments]


def at(desk: Desk, *candidates, on: date = TODAY, named: tuple[str, ...] = (), **facts: object) -> Case:
    return decide(desk, profile(**facts), rulebook(*candidates), on, named)


def contradicted(fact: str, one: object, other: object, **facts: object) -> Profile:
    first, second = (profile(**{fact: value}).stated[fact] for value in (one, other))
    return Profile({**profile(**facts).stated, fact: first}, ((first, second),))


# Contradictions

RENEWALS = [candidate(name, TEN, ABROAD, kind="renewal") for name in ("renewal", "normal")]
LOAN = candidate("loan", TEN, ABROAD)


@pytest.mark.parametrize("desk", list(Desk))
def test_what_was_contradicted_is_asked_before_anything_else(desk):
    torn = contradicted("months", 12, 24)
    case = decide(desk, torn, rulebook(*RENEWALS, LOAN), TODAY)
    assert case.asks[0] == "months"
    assert len(case.asks) == MOST_ASKS == 2


@pytest.mark.parametrize("desk", list(Desk))
def test_a_contradicted_fact_is_asked_once_and_decides_nothing(desk):
    torn = contradicted("employees", 8, 11)
    case = decide(desk, torn, rulebook(*RENEWALS, LOAN), TODAY)
    assert case.asks.count("employees") == 1
    assert all(item.standing == "open" for item in case.assessments)


# Size


def test_the_size_desk_judges_no_candidate_and_asks_for_what_would_tell_the_class():
    case = at(Desk.SIZE, LOAN, industry=Choice.of("1"), employees=100)
    # 100 people reach medium; revenue may hold it down to small or to micro
    assert (case.assessments, case.view.size.among, case.asks) == ((), {"micro", "small", "medium"}, ("revenue_wan",))


def test_a_class_that_is_certain_leaves_nothing_to_ask():
    case = at(Desk.SIZE, industry=Choice.of("1"), employees=8)
    assert (case.view.size.exact, case.asks) == ("micro", ())


def test_with_nothing_known_the_industry_is_asked_first():
    assert at(Desk.SIZE).asks == ("industry", "employees")


# Match


def test_without_names_definitions_and_reliefs_are_left_out_and_renewals_too_unless_a_loan_falls_due():
    pool = [
        candidate(kind, TEN, kind=kind)
        for kind in ("mechanism", "subsidy", "programme", "guarantee", "product", "renewal", "relief", "standard")
    ]  # fmt: skip
    general = {"mechanism", "subsidy", "programme", "guarantee", "product"}
    assert set(ids(at(Desk.MATCH, *pool, employees=10))) == general
    assert set(ids(at(Desk.MATCH, *pool, loan_due=date(2026, 12, 20)))) == {*general, "renewal"}


def test_with_names_only_those_are_judged_whatever_they_are():
    pool = [candidate("relief", TEN, kind="relief"), candidate("loan", TEN), candidate("other", TEN)]
    case = at(Desk.MATCH, *pool, named=("relief", "loan"), employees=10)
    assert (ids(case), case.named) == (["loan", "relief"], ("relief", "loan"))


def test_what_is_made_for_another_place_is_left_out_unless_it_is_named():
    here = candidate("here", needs("region", "within", "浙江省"))
    assert ids(at(Desk.MATCH, here, region="江苏省")) == []
    assert ids(at(Desk.MATCH, here, region="江苏省", named=("here",))) == ["here"]
    assert ids(at(Desk.MATCH, here, employees=10)) == ["here"]


def test_what_no_business_asks_for_in_general_is_told_of_only_by_name():
    consumption = candidate("consumption", TEN, only_named=True)
    assert ids(at(Desk.MATCH, consumption, employees=10)) == []
    assert ids(at(Desk.MATCH, consumption, employees=10, named=("consumption",))) == ["consumption"]


GENERAL = candidate("list", TEN)
ZHANJIANG = candidate("list-zhanjiang", needs("region", "within", "广东省/湛江市"), TEN, variant_of="list")


@pytest.mark.parametrize("named", [("list",), ()])
@pytest.mark.parametrize(
    ("facts", "judged"),
    [
        ({"region": "广东省/湛江市"}, ["list-zhanjiang"]),
        ({"region": "广东省/广州市"}, ["list"]),
        ({}, ["list"]),  # the place is not known: no place's own rules
    ],
)
def test_a_places_own_rules_take_the_place_of_the_general_ones(named, facts, judged):
    assert ids(at(Desk.MATCH, GENERAL, ZHANJIANG, named=named, employees=10, **facts)) == judged


def test_a_places_own_rules_can_be_named_themselves():
    assert ids(at(Desk.MATCH, GENERAL, ZHANJIANG, named=("list-zhanjiang",), region="浙江省")) == ["list-zhanjiang"]


def test_the_best_candidate_comes_first_and_the_questions_are_those_of_the_open_ones():
    case = at(Desk.MATCH, candidate("a", TEN, ABROAD), candidate("b", TEN), employees=10, industry=Choice.of("2"))
    assert (ids(case), case.asks) == (["b", "a"], ("exports",))


def test_in_general_the_trade_is_asked_first():
    pool = [candidate("a", TEN, ABROAD), candidate("b", TEN)]
    assert at(Desk.MATCH, *pool, employees=10).asks == ("industry", "exports")
    assert at(Desk.MATCH, *pool, employees=10, named=("a",)).asks == ("exports",)


def test_of_nobody_in_particular_nothing_is_judged_and_the_trade_is_asked():
    case = at(Desk.MATCH, LOAN)
    assert (case.assessments, case.asks[0]) == ((), "industry")
    assert ids(at(Desk.MATCH, LOAN, named=("loan",))) == ["loan"]


def test_at_most_two_questions_at_a_time():
    many = candidate("a", TEN, ABROAD, needs("owner_age", "at_least", 18), needs("compliant", "is", True))
    assert len(at(Desk.MATCH, many).asks) == 2


def test_the_day_decides_what_is_in_force():
    item = candidate("a", TEN, window=[dated(to=date(2026, 6, 30))])
    assert str(at(Desk.MATCH, item, on=date(2026, 6, 30), employees=10).assessments[0].standing) == "eligible"
    assert str(at(Desk.MATCH, item, on=date(2026, 7, 1), employees=10).assessments[0].standing) == "not_in_force"


# Subsidy


def subsidised(id_: str, *conditions, **figures: object):
    kinds = {
        "points": "subsidy_points",
        "share": "subsidy_share",
        "months": "subsidy_months",
        "base": "subsidy_base",
        "cap": "subsidy_cap",
    }
    terms = [term(kinds[name], value) for name, value in figures.items()]
    return candidate(id_, *(conditions or (TEN,)), kind="subsidy", terms=terms)


POINTS = subsidised("points", points=1, months=12, base=1000, cap=10)
SHARE = subsidised("share", share=50, months=36)


@pytest.mark.parametrize(
    ("facts", "amount", "caps", "assumed"),
    [
        # 2,000,000 × 1 % × 1 year
        ({"loan_wanted_wan": 200, "term_months": 12}, "20000", (), None),
        # half a year of it
        ({"loan_wanted_wan": 200, "term_months": 6}, "10000", (), None),
        # without a term the longest that is subsidised is taken, and said
        ({"loan_wanted_wan": 200}, "20000", (), 12),
        # two years count as one
        ({"loan_wanted_wan": 200, "term_months": 24}, "20000", (Cap.YEARS,), None),
        # 15 million count as 10: 10,000,000 × 1 % = 100,000
        ({"loan_wanted_wan": 1500, "term_months": 12}, "100000", (Cap.BASE,), None),
        # the loan that was paid out goes before the one wanted
        ({"loan_principal_wan": 100, "loan_wanted_wan": 200, "term_months": 12}, "10000", (), None),
    ],
)  # fmt: skip
def test_points_off_the_rate(facts, amount, caps, assumed):
    (grant,) = at(Desk.SUBSIDY, POINTS, **facts).grants
    assert (grant.subsidy.amount, grant.subsidy.caps, grant.assumed_months) == (D(amount), caps, assumed)
    assert grant.assessment.candidate.id == "points"


def test_a_cap_on_the_amount_itself():
    # 10,000,000 × 1 % = 100,000, of which 30,000 are paid
    (grant,) = at(Desk.SUBSIDY, subsidised("s", points=1, months=12, cap=3), loan_wanted_wan=1000).grants
    assert (grant.subsidy.amount, grant.subsidy.caps) == (D(30000), (Cap.AMOUNT,))


def test_half_of_the_interest():
    # 300,000 × 4 % × 50 % × 2 years = 12,000
    (grant,) = at(Desk.SUBSIDY, SHARE, loan_wanted_wan=30, loan_rate=4, term_months=24).grants
    assert grant.subsidy.amount == D(12000)


def test_a_share_of_the_interest_needs_the_rate_and_asks_for_it():
    case = at(Desk.SUBSIDY, SHARE, loan_wanted_wan=30, term_months=24)
    assert (case.grants, case.asks[0]) == ((), "loan_rate")
    assert "loan_rate" not in at(Desk.SUBSIDY, POINTS, loan_wanted_wan=30).asks
    assert "loan_rate" not in at(Desk.SUBSIDY, SHARE, loan_wanted_wan=30, employees=9).asks  # it does not fit anyway
    assert "loan_rate" not in at(Desk.SUBSIDY, SHARE, POINTS, loan_wanted_wan=30).asks  # there is an amount to tell


def test_without_an_amount_there_is_nothing_to_work_out_and_it_is_asked_for():
    case = at(Desk.SUBSIDY, POINTS, term_months=12)
    assert (case.grants, case.asks[0]) == ((), "loan_wanted_wan")
    assert at(Desk.SUBSIDY, POINTS, loan_wanted_wan=(100, 200)).grants == ()


def test_nothing_is_worked_out_for_what_does_not_fit_or_is_out_of_force_and_the_best_comes_first():
    lapsed = subsidised("lapsed", points=1, months=12).model_copy(update={"window": LAPSED})
    unfit = subsidised("unfit", ABROAD, points=1, months=12)
    open_ = subsidised("open", needs("owner_age", "at_least", 18), points=1, months=12)
    case = at(Desk.SUBSIDY, lapsed, unfit, open_, POINTS, loan_wanted_wan=100, employees=10, exports=False)
    assert [grant.assessment.candidate.id for grant in case.grants] == ["points", "open"]
    assert at(Desk.SUBSIDY, lapsed, unfit, loan_wanted_wan=100, employees=10, exports=False).grants == ()


LAPSED = candidate("x", TEN, window=[dated(to=date(2025, 12, 31))]).window


def test_at_most_two_subsidies_are_worked_out_the_best_first():
    three = [subsidised(name, points=1, months=12) for name in ("a", "b", "c")]
    case = at(Desk.SUBSIDY, *three, loan_wanted_wan=100, employees=10)
    assert [grant.assessment.candidate.id for grant in case.grants] == ["a", "b"]


def test_of_a_whole_group_only_those_that_are_likely_are_worked_out():
    # of c nothing is known to fit, of b only the owner's age, which tells who it is for; a lacks good standing alone
    a = subsidised("a", TEN, needs("standing", "is", True), points=1, months=12)
    b = subsidised("b", TEN, needs("owner_age", "at_least", 18), points=1, months=12)
    c = subsidised("c", needs("standing", "is", True), points=1, months=12)
    known = {"loan_wanted_wan": 100, "employees": 10}
    of_all = at(Desk.SUBSIDY, a, b, c, named=("a", "b", "c"), **known)
    assert [grant.assessment.candidate.id for grant in of_all.grants] == ["a"]
    of_two = at(Desk.SUBSIDY, a, b, c, named=("b", "c"), **known)
    assert [grant.assessment.candidate.id for grant in of_two.grants] == ["b", "c"]


def test_candidates_without_a_subsidy_bring_none():
    assert at(Desk.SUBSIDY, LOAN, loan_wanted_wan=100).grants == ()


# Schedules


def test_three_ways_to_repay_side_by_side():
    # 1 % a month for 2 months, worked out in test_schedules.py; 10,000 wan would be too easily mistaken
    case = at(Desk.SCHEDULE, loan_wanted_wan=D("1.2"), loan_rate=12, term_months=2)
    assert [plan.method for plan in case.schedules] == list(Method)
    # equal instalments 180.30; 120 on 12000 and 60 on 6000; twice 120
    assert [plan.total_interest for plan in case.schedules] == [D("180.30"), D("180.00"), D("240.00")]
    assert (case.asks, case.assessments) == ((), ())


@pytest.mark.parametrize(
    ("facts", "asks"),
    [
        ({"loan_wanted_wan": 100, "loan_rate": 3}, ("term_months",)),
        ({"loan_wanted_wan": 100, "term_months": 12}, ("loan_rate",)),
        ({"loan_rate": 3, "term_months": 12}, ("loan_wanted_wan",)),
        ({"loan_wanted_wan": 100}, ("loan_rate", "term_months")),
        ({}, ("loan_wanted_wan", "loan_rate")),
        ({"loan_wanted_wan": 100, "loan_rate": (3, 4), "term_months": 12}, ("loan_rate",)),
    ],
)
def test_a_schedule_needs_amount_rate_and_term(facts, asks):
    case = at(Desk.SCHEDULE, **facts)
    assert (case.schedules, case.asks) == ((), asks)


@pytest.mark.parametrize(
    ("facts", "asks"),
    [
        ({"loan_rate": 37}, ("loan_rate",)),
        ({"loan_rate": -1}, ("loan_rate",)),
        ({"term_months": 0}, ("term_months",)),
        ({"term_months": 601}, ("term_months",)),
        ({"loan_wanted_wan": 0}, ("loan_wanted_wan",)),
        ({"loan_wanted_wan": 10**9}, ("loan_wanted_wan",)),  # ten trillion yuan
    ],
)
def test_figures_nothing_can_be_worked_out_from_are_asked_for_again(facts, asks):
    usable = {"loan_wanted_wan": 100, "loan_rate": 3, "term_months": 12}
    case = at(Desk.SCHEDULE, **{**usable, **facts})
    assert (case.schedules, case.asks) == ((), asks)


def test_a_rate_of_nothing_and_the_limits_themselves_can_be_worked_with():
    for facts in ({"loan_rate": 0}, {"loan_rate": 36}, {"term_months": 1}, {"term_months": 600}):
        assert (
            len(at(Desk.SCHEDULE, **{"loan_wanted_wan": 100, "loan_rate": 3, "term_months": 12, **facts}).schedules)
            == 3
        )


@pytest.mark.parametrize(
    "facts", [{"loan_rate": 50}, {"term_months": 0}, {"term_months": 1000}, {"loan_wanted_wan": 0}]
)
def test_the_subsidy_desk_does_not_stumble_over_them_either(facts):
    case = at(Desk.SUBSIDY, POINTS, SHARE, **{"loan_wanted_wan": 100, "loan_rate": 3, "term_months": 12, **facts})
    assert all(grant.subsidy.amount > 0 for grant in case.grants)


# Renewal


def test_the_renewal_desk_carries_its_rule_and_its_questions():
    case = at(Desk.RENEWAL, *RENEWALS, employees=10)
    assert case.renewal is not None
    assert (ids(case), case.asks) == (["renewal"], ("exports", "loan_due"))
    assert case.renewal.best == case.assessments[0]


# What a case tells of itself


def test_rules_of_a_loan_count_on_its_day_and_all_others_on_the_day_asked():
    of_loan = candidate("a", TEN, dated_by="loan_issued")
    paid = {"loan_issued": date(2025, 6, 1), "employees": 10}
    assert at(Desk.MATCH, of_loan, **paid).judged_on == date(2025, 6, 1)
    assert at(Desk.MATCH, of_loan, employees=10).judged_on == TODAY
    assert at(Desk.MATCH, of_loan, candidate("b", TEN), **paid).judged_on == TODAY
    assert at(Desk.SIZE, **paid).judged_on == TODAY


def test_a_case_knows_its_profile_and_its_day():
    case = at(Desk.SIZE, on=date(2026, 2, 8), employees=8)
    assert case.on == date(2026, 2, 8)
    assert case.profile.stated["employees"] == Stated("employees", Range.of(8), "说过")


def test_the_same_profile_on_the_same_day_is_decided_alike():
    pool = [candidate(name, TEN, modes=[mode("m", ABROAD)], prefers=[ABROAD]) for name in ("b", "a")]
    first, again = (decide(Desk.MATCH, profile(employees=10), rulebook(*order), TODAY) for order in (pool, pool[::-1]))
    assert first == again
