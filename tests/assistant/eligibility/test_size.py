"""The size class is that of 工信部联企业〔2011〕300号, typed here once more in the words of its Article 4, by hand.

The standard prints, for each industry, who is an SME (以下, one figure suffices), who is medium and small (及以上, 且)
and who is micro (以下, 或). Nothing below the heading "The standard" reads corpus/size_standard.yaml as its expectation.
"""

from __future__ import annotations

import math
import random
import shutil
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from itertools import pairwise, product
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assistant.eligibility.rules import SizeStandard
from assistant.eligibility.size import CLASSES, Boundary, SizeResult, annual_revenue, classify
from assistant.eligibility.view import View
from assistant.profile import Choice, Profile, Range, Stated
from index.documents.quotations import read_quotations, stale
from index.documents.yaml_files import load_yaml
from index.figures import figures, plain

CORPUS = Path(__file__).parents[3] / "corpus"
STANDARD = SizeStandard.model_validate(load_yaml((CORPUS / "size_standard.yaml").read_text(encoding="utf-8")))

# The standard, people n, revenue r and assets a in ten thousand yuan:
# number → metrics, who is an SME, who is medium-sized, who is small, who is micro

Test = Callable[..., bool]
N, R, A = "employees", "revenue_wan", "assets_wan"
PRINTED: dict[str, tuple[tuple[str, ...], Test, Test, Test, Test]] = {
    # （一）农、林、牧、渔业
    "1": ((R,), lambda r: r < 20000, lambda r: r >= 500, lambda r: r >= 50, lambda r: r < 50),
    # （二）工业
    "2": ((N, R), lambda n, r: n < 1000 or r < 40000, lambda n, r: n >= 300 and r >= 2000,
          lambda n, r: n >= 20 and r >= 300, lambda n, r: n < 20 or r < 300),
    # （三）建筑业
    "3": ((R, A), lambda r, a: r < 80000 or a < 80000, lambda r, a: r >= 6000 and a >= 5000,
          lambda r, a: r >= 300 and a >= 300, lambda r, a: r < 300 or a < 300),
    # （四）批发业
    "4": ((N, R), lambda n, r: n < 200 or r < 40000, lambda n, r: n >= 20 and r >= 5000,
          lambda n, r: n >= 5 and r >= 1000, lambda n, r: n < 5 or r < 1000),
    # （五）零售业
    "5": ((N, R), lambda n, r: n < 300 or r < 20000, lambda n, r: n >= 50 and r >= 500,
          lambda n, r: n >= 10 and r >= 100, lambda n, r: n < 10 or r < 100),
    # （六）交通运输业
    "6": ((N, R), lambda n, r: n < 1000 or r < 30000, lambda n, r: n >= 300 and r >= 3000,
          lambda n, r: n >= 20 and r >= 200, lambda n, r: n < 20 or r < 200),
    # （七）仓储业
    "7": ((N, R), lambda n, r: n < 200 or r < 30000, lambda n, r: n >= 100 and r >= 1000,
          lambda n, r: n >= 20 and r >= 100, lambda n, r: n < 20 or r < 100),
    # （八）邮政业
    "8": ((N, R), lambda n, r: n < 1000 or r < 30000, lambda n, r: n >= 300 and r >= 2000,
          lambda n, r: n >= 20 and r >= 100, lambda n, r: n < 20 or r < 100),
    # （九）住宿业
    "9": ((N, R), lambda n, r: n < 300 or r < 10000, lambda n, r: n >= 100 and r >= 2000,
          lambda n, r: n >= 10 and r >= 100, lambda n, r: n < 10 or r < 100),
    # （十）餐饮业
    "10": ((N, R), lambda n, r: n < 300 or r < 10000, lambda n, r: n >= 100 and r >= 2000,
           lambda n, r: n >= 10 and r >= 100, lambda n, r: n < 10 or r < 100),
    # （十一）信息传输业
    "11": ((N, R), lambda n, r: n < 2000 or r < 100000, lambda n, r: n >= 100 and r >= 1000,
           lambda n, r: n >= 10 and r >= 100, lambda n, r: n < 10 or r < 100),
    # （十二）软件和信息技术服务业
    "12": ((N, R), lambda n, r: n < 300 or r < 10000, lambda n, r: n >= 100 and r >= 1000,
           lambda n, r: n >= 10 and r >= 50, lambda n, r: n < 10 or r < 50),
    # （十三）房地产开发经营
    "13": ((R, A), lambda r, a: r < 200000 or a < 10000, lambda r, a: r >= 1000 and a >= 5000,
           lambda r, a: r >= 100 and a >= 2000, lambda r, a: r < 100 or a < 2000),
    # （十四）物业管理
    "14": ((N, R), lambda n, r: n < 1000 or r < 5000, lambda n, r: n >= 300 and r >= 1000,
           lambda n, r: n >= 100 and r >= 500, lambda n, r: n < 100 or r < 500),
    # （十五）租赁和商务服务业
    "15": ((N, A), lambda n, a: n < 300 or a < 120000, lambda n, a: n >= 100 and a >= 8000,
           lambda n, a: n >= 10 and a >= 100, lambda n, a: n < 10 or a < 100),
    # （十六）其他未列明行业
    "16": ((N,), lambda n: n < 300, lambda n: n >= 100, lambda n: n >= 10, lambda n: n < 10),
}  # fmt: skip
# Every figure the standard prints, whatever the industry
FIGURES = {
    N: (5, 10, 20, 50, 100, 200, 300, 1000, 2000),
    R: (50, 100, 200, 300, 500, 1000, 2000, 3000, 5000, 6000, 10000, 20000, 30000, 40000, 80000, 100000, 200000),
    A: (100, 300, 2000, 5000, 8000, 10000, 80000, 120000),
}
STEPS = {N: ("-1", "0", "1"), R: ("-1", "-0.01", "0", "0.01", "1"), A: ("-1", "-0.01", "0", "0.01", "1")}
INDUSTRIES = tuple(PRINTED)


def printed_class(number: str, figures: Iterable[Decimal]) -> str:
    """The class by the printed words; they must name one, and only one."""
    _, sme, medium, small, micro = PRINTED[number]
    x = tuple(figures)
    if not sme(*x):
        return "large"
    named = [name for name, test in (("medium", medium), ("small", small), ("micro", micro)) if test(*x)]
    # Whoever reaches the medium limits reaches those of small too; the printed order is from the top down.
    assert named in (["medium", "small"], ["small"], ["micro"])
    return named[0]


def size_of(number: str, **figures: Decimal | int | str | Range | None) -> SizeResult:
    """size_of("2", employees=350, revenue_wan=1800)"""
    ranges = {name: value if isinstance(value, Range | None) else Range.of(value) for name, value in figures.items()}
    return classify(STANDARD, Choice.of(number), ranges)


def exactly(number: str, figures: Iterable[Decimal]) -> str | None:
    return size_of(number, **dict(zip(PRINTED[number][0], figures, strict=True))).exact


# The same class as the printed standard


@pytest.mark.parametrize("number", INDUSTRIES)
def test_around_every_printed_figure_with_the_others_at_every_class(number):
    around = [
        [Decimal(figure) + Decimal(step) for figure in FIGURES[metric] for step in STEPS[metric]]
        for metric in PRINTED[number][0]
    ]
    wrong = [x for x in product(*around) if exactly(number, x) != printed_class(number, x)]
    assert wrong == []


def test_ten_thousand_random_enterprises():
    numbers = random.Random(300)
    seen: set[tuple[str, str]] = set()
    for _ in range(10_000):
        number = numbers.choice(INDUSTRIES)
        x = [  # evenly spread over orders of magnitude
            Decimal(int(10 ** numbers.uniform(0, 3.7)))
            if metric == N
            else Decimal(int(10 ** numbers.uniform(2, 7.7))) / 100
            for metric in PRINTED[number][0]
        ]
        expected = printed_class(number, x)
        assert exactly(number, x) == expected, (number, x)
        seen.add((number, expected))
    assert seen == set(product(INDUSTRIES, CLASSES))


# What is known only within limits, or not at all


def inside(value: Range, number: Decimal) -> bool:
    above = value.low is None or number > value.low or (number == value.low and not value.low_open)
    below = value.high is None or number < value.high or (number == value.high and not value.high_open)
    return above and below


def telling_values(metric: str, value: Range | None) -> list[Decimal]:
    """Numbers of a range such that every gap between printed figures that it touches has one of them."""
    value = value or Range()
    ends = {Decimal(0), *map(Decimal, FIGURES[metric]), *(end for end in (value.low, value.high) if end is not None)}
    corners = sorted(ends)
    if metric == N:  # whole people
        numbers = {Decimal(math.floor(corner) + step) for corner in corners for step in (-1, 0, 1, 2)}
    else:
        between = [(one + other) / 2 for one, other in pairwise(corners)]
        numbers = {*corners, *between, corners[-1] + 1}
    return sorted(number for number in numbers if number >= 0 and inside(value, number))


def brute_force(numbers: Iterable[str], known: dict[str, Range | None]) -> frozenset[str]:
    return frozenset(
        printed_class(number, x)
        for number in numbers
        for x in product(*(telling_values(metric, known.get(metric)) for metric in PRINTED[number][0]))
    )


@st.composite
def ranges(draw: st.DrawFn, metric: str) -> Range | None:
    """Unknown, exact, or within limits: at, just beside or between the printed figures, open or closed."""
    ends = st.builds(
        lambda figure, step: max(Decimal(0), figure + step),
        st.sampled_from([Decimal(0), *map(Decimal, FIGURES[metric])]),
        st.sampled_from([Decimal(step) for step in (*STEPS[metric], "0", "7")]),
    )
    kind = draw(st.sampled_from(["unknown", "exact", "from", "to", "between"]))
    if kind == "unknown":
        return None
    if kind == "exact":
        return Range.of(draw(ends))
    low, high = sorted([draw(ends), draw(ends)])
    low_open, high_open = draw(st.booleans()), draw(st.booleans())
    if kind == "from":
        return Range(low, None, low_open)
    if kind == "to":
        assume(high > 0)
        return Range(None, high, high_open=high_open)
    assume(low < high)
    return Range(low, high, low_open, high_open)


def profiles() -> st.SearchStrategy[dict[str, Range | None]]:
    some = st.fixed_dictionaries({metric: ranges(metric) for metric in (N, R, A)})
    return some.filter(lambda known: all(telling_values(metric, value) for metric, value in known.items()))


one_industry = st.sampled_from(INDUSTRIES)
some_industries = st.frozensets(one_industry, min_size=1, max_size=4)
exact_figures = st.fixed_dictionaries(
    {metric: st.sampled_from(telling_values(metric, None)).map(Range.of) for metric in (N, R, A)}
)


@settings(max_examples=600, deadline=None)
@given(some_industries, profiles())
def test_the_classes_are_those_of_all_completions_no_more_and_no_fewer(numbers, known):
    result = classify(STANDARD, Choice(numbers), known)
    assert result.among == brute_force(numbers, known)


@settings(max_examples=150, deadline=None)
@given(one_industry, profiles())
def test_an_indicator_allows_what_it_reaches_while_all_others_are_beyond_every_limit(number, known):
    others = {metric: Range.of(10**9) for metric in (N, R, A)}
    for indicator in size_of(number, **known).indicators:
        assert indicator.value == known[indicator.fact]
        assert indicator.allows == brute_force([number], {**others, indicator.fact: indicator.value})


@settings(max_examples=150, deadline=None)
@given(some_industries, profiles())
def test_what_is_missing_would_narrow_the_classes_of_an_industry_and_nothing_else_would(numbers, known):
    result = classify(STANDARD, Choice(numbers), known)
    narrowing = {
        metric
        for metric in (N, R, A)
        for number in numbers
        for point in telling_values(metric, known[metric])
        if size_of(number, **{**known, metric: Range.of(point)}).among < size_of(number, **known).among
    }
    assert {*result.missing} - {"industry"} == narrowing


@settings(max_examples=150, deadline=None)
@given(one_industry, exact_figures, st.sampled_from([N, R, A]), st.decimals(0, 10**6, places=0))
def test_growing_never_makes_an_enterprise_smaller(number, known, metric, more):
    before = size_of(number, **known).exact
    after = size_of(number, **{**known, metric: Range.of(known[metric].low + more)}).exact
    assert CLASSES.index(after) >= CLASSES.index(before)


@settings(max_examples=150, deadline=None)
@given(one_industry, profiles())
def test_less_doubt_never_brings_in_another_class(number, known):
    result = size_of(number, **known)
    for metric, value in known.items():
        for point in telling_values(metric, value):
            assert size_of(number, **{**known, metric: Range.of(point)}).among <= result.among


@settings(max_examples=200, deadline=None)
@given(one_industry, profiles())
def test_the_boundary_above_is_where_the_next_class_begins(number, known):
    result = size_of(number, **known)
    assert (result.up is not None) == (result.exact not in (None, "large"))
    if result.up is None:
        return
    assert (CLASSES.index(result.up.to), result.up.combine) == (CLASSES.index(result.exact) + 1, "all")
    changes = {metric: Range.of(limit) for metric, limit in result.up.changes}
    assert size_of(number, **{**known, **changes}).exact == result.up.to
    for metric, limit in result.up.changes:  # each of them is needed
        below = Range.of(limit - 1)
        assert size_of(number, **{**known, **changes, metric: below}).exact in CLASSES[: CLASSES.index(result.up.to)]


@settings(max_examples=200, deadline=None)
@given(one_industry, profiles())
def test_the_boundary_below_is_where_the_class_ends(number, known):
    result = size_of(number, **known)
    assert (result.down is not None) == (result.exact not in (None, "micro"))
    if result.down is None:
        return
    assert (CLASSES.index(result.down.to), result.down.combine) == (CLASSES.index(result.exact) - 1, "any")
    assert [metric for metric, _ in result.down.changes] == list(PRINTED[number][0])
    at_the_limits = {metric: Range.of(limit) for metric, limit in result.down.changes}
    assert size_of(number, **at_the_limits).exact == result.exact
    for metric, limit in result.down.changes:
        below = Range.of(limit - (1 if metric == N else Decimal("0.01")))
        assert size_of(number, **{**at_the_limits, metric: below}).exact == result.down.to


@settings(max_examples=200, deadline=None)
@given(one_industry, exact_figures)
def test_raising_what_decides_raises_the_class_and_raising_the_rest_does_not(number, known):
    result = size_of(number, **known)
    raised = {metric: Range.of(10**9) for metric in result.deciding}
    rest = {metric: Range.of(10**9) for metric in (N, R, A) if metric not in result.deciding}
    assert result.deciding
    assert size_of(number, **{**known, **rest}).exact == result.exact
    if result.exact != "large":
        assert CLASSES.index(size_of(number, **{**known, **raised}).exact) > CLASSES.index(result.exact)


# Case by case


def test_350_people_and_18_million_of_revenue_are_a_small_industrial_firm():
    # 350 ≥ 300 alone would be medium; 1800 < 2000 holds it down to small (≥ 20 people, ≥ 300 wan)
    result = size_of("2", employees=350, revenue_wan=1800)
    assert result.exact == "small"
    assert result.deciding == (R,)
    assert [(i.fact, i.allows) for i in result.indicators] == [(N, {"medium"}), (R, {"small"})]
    assert result.up == Boundary("medium", ((R, Decimal(2000)),), "all")
    assert result.down == Boundary("micro", ((N, Decimal(20)), (R, Decimal(300))), "any")
    assert result.missing == ()


def test_one_indicator_below_is_enough_to_drop_a_class():
    assert size_of("2", employees=1000, revenue_wan=40000).exact == "large"
    assert size_of("2", employees=999, revenue_wan=40000).exact == "medium"
    assert size_of("2", employees=1000, revenue_wan="39999.99").exact == "medium"


def test_one_indicator_far_below_drops_several_classes():
    # 30 million of revenue would be medium in retail, but 8 < 10 people are micro
    assert size_of("5", employees=8, revenue_wan=3000).exact == "micro"


@pytest.mark.parametrize(("people", "size"), [(9, "micro"), (10, "small"), (49, "small"), (50, "medium")])
def test_the_limit_itself_counts(people, size):
    assert size_of("5", employees=people, revenue_wan=500).exact == size


def test_agriculture_goes_by_revenue_alone():
    result = size_of("1", employees=5000, revenue_wan=49, assets_wan=10**6)
    assert (result.exact, [i.fact for i in result.indicators]) == ("micro", [R])


def test_property_development_needs_assets_too():
    # 2 billion of revenue is large, but 4999 < 5000 wan of assets is no more than small
    assert size_of("13", revenue_wan=200000, assets_wan=10000).exact == "large"
    assert size_of("13", revenue_wan=200000, assets_wan=4999).exact == "small"
    assert size_of("13", revenue_wan=200000, assets_wan=1999).exact == "micro"


def test_software_needs_only_half_a_million_to_be_small():
    assert size_of("12", employees=10, revenue_wan=50).exact == "small"
    assert size_of("12", employees=60, revenue_wan=2500).exact == "small"  # 60 < 100 people
    assert size_of("11", employees=10, revenue_wan=50).exact == "micro"  # information transmission: 100 wan


def test_leasing_goes_by_assets_and_not_by_revenue():
    result = size_of("15", employees=25, assets_wan=90, revenue_wan=10**6)
    assert (result.exact, result.deciding) == ("micro", (A,))
    assert [i.fact for i in result.indicators] == [N, A]


@pytest.mark.parametrize(("people", "size"), [(9, "micro"), (99, "small"), (100, "medium"), (300, "large")])
def test_other_industries_go_by_people_alone(people, size):
    assert size_of("16", employees=people).exact == size


def test_one_figure_below_the_large_limit_makes_an_sme_whatever_the_others_are():
    result = size_of("2", employees=999)
    assert result.among == {"micro", "small", "medium"}
    assert size_of("2", employees=1000).among == set(CLASSES)


def test_a_known_figure_caps_the_class_and_the_unknown_one_is_asked_for():
    result = size_of("12", employees=60)
    assert result.among == {"micro", "small"}
    assert (result.exact, result.deciding, result.missing) == (None, (N,), (R,))
    assert (result.up, result.down) == (None, None)


def test_a_range_caps_the_class_by_its_upper_end_and_what_may_be_large_caps_nothing():
    result = size_of("5", employees=Range(Decimal(5), Decimal(30)))  # micro or small
    assert (result.among, result.deciding) == ({"micro", "small"}, (N,))
    assert size_of("2", employees=1000).deciding == ()


def test_nothing_is_asked_for_once_one_figure_settles_it():
    result = size_of("5", employees=8)
    assert (result.exact, result.missing) == ("micro", ())
    # Revenue is not known to reach 100 wan, so both must.
    assert result.up == Boundary("small", ((N, Decimal(10)), (R, Decimal(100))), "all")


def test_a_range_that_stays_within_a_class_is_as_good_as_a_number():
    assert size_of("5", employees=Range(Decimal(20), Decimal(29)), revenue_wan=Range(Decimal(100))).exact == "small"


def test_a_range_across_a_limit_leaves_both_sides_open():
    result = size_of("5", employees=Range(Decimal(40), Decimal(50)), revenue_wan=800)
    assert (result.among, result.missing) == ({"small", "medium"}, (N,))
    assert size_of("5", employees=Range(Decimal(40), Decimal(50), high_open=True), revenue_wan=800).exact == "small"


def test_more_than_nine_people_are_at_least_ten():
    assert size_of("16", employees=Range(Decimal(9), Decimal(90), low_open=True)).exact == "small"
    assert size_of("1", revenue_wan=Range(Decimal(49), Decimal(90), low_open=True)).among == {"micro", "small"}


def test_an_average_of_people_is_taken_as_it_is():
    assert size_of("16", employees="9.5").exact == "micro"


def test_the_more_telling_figure_is_asked_for_first():
    # Revenue can only tell small from medium; people can tell micro, too.
    result = size_of("5", revenue_wan=Range(Decimal(400), Decimal(600)))
    assert result.missing == (N, R)
    result = size_of("5", employees=Range(Decimal(40), Decimal(60)))
    assert result.missing == (R, N)


def test_a_large_enterprise_is_large_by_all_its_figures():
    result = size_of("4", employees=200, revenue_wan=40000)
    assert (result.exact, result.up, result.deciding) == ("large", None, (N, R))
    assert result.down == Boundary("medium", ((N, Decimal(200)), (R, Decimal(40000))), "any")


# Which industry


def test_without_an_industry_any_may_be_meant_and_it_is_asked_for_first():
    result = classify(STANDARD, None, {})
    assert result.industries == {*INDUSTRIES, "none"}
    assert result.among == set(CLASSES)
    assert result.missing[0] == "industry"
    assert set(result.missing[1:]) == {N, R, A}


def test_of_several_industries_each_contributes_its_classes():
    known = {N: Range.of(15), R: Range.of(2000)}
    # 15 people, 2000 wan: industry micro (< 20), retail small (≥ 10; < 50)
    result = classify(STANDARD, Choice.of("2", "5"), known)
    assert (result.among, result.missing) == ({"micro", "small"}, ("industry",))
    assert (result.up, result.down, result.deciding) == (None, None, ())


def test_an_industry_that_makes_no_difference_is_not_asked_for():
    result = classify(STANDARD, Choice.of("9", "10"), {N: Range.of(120), R: Range.of(1500)})
    assert (result.exact, result.missing, result.deciding) == ("small", (), (R,))
    assert result.up == Boundary("medium", ((R, Decimal(2000)),), "all")
    assert classify(STANDARD, Choice.of("9", "10"), {N: Range.of(120)}).missing == (R,)


def test_a_class_that_all_possible_industries_agree_on_is_exact_though_its_boundaries_differ():
    result = classify(STANDARD, Choice.of("2", "5"), {N: Range.of(3)})  # below 20 and below 10 people
    assert (result.exact, result.missing) == ("micro", ())
    assert (result.up, result.down, result.deciding) == (None, None, ())


def test_an_industry_the_standard_does_not_cover_has_no_class():
    result = classify(STANDARD, Choice.of("none"), {N: Range.of(5), R: Range.of(10)})
    assert result == SizeResult(frozenset({"none"}), frozenset(), (), ())
    assert result.exact is None


def test_an_industry_that_may_not_be_covered_contributes_nothing_and_is_asked_for():
    result = classify(STANDARD, Choice.of("16", "none"), {N: Range.of(5)})
    assert (result.among, result.industries, result.missing) == ({"micro"}, {"16", "none"}, ("industry",))


# Firms younger than 12 months


def test_60_wan_in_6_months_are_120_wan_in_a_year():
    year = annual_revenue(None, Range.of(60), Range.of(6))
    assert year == Range.of(120)  # 60 ÷ 6 × 12
    assert size_of("5", employees=12, revenue_wan=year).exact == "small"  # 120 ≥ 100; 60 would be micro


def test_a_stated_annual_revenue_goes_before_a_computed_one():
    assert annual_revenue(Range.of(90), Range.of(60), Range.of(6)) == Range.of(90)


@pytest.mark.parametrize(
    "months",
    [None, Range(Decimal(6)), Range.of(13), Range.of(30), Range(Decimal(6), Decimal(13)), Range.of(0)],
    ids=["unknown", "at least 6", "13", "30", "6 to 13", "0"],
)
def test_only_a_firm_known_to_be_no_older_than_12_months_is_annualised(months):
    assert annual_revenue(None, Range.of(60), months) is None


def test_over_exactly_12_months_the_revenue_so_far_is_that_of_the_year():
    assert annual_revenue(None, Range.of(60), Range.of(12)) == Range.of(60)


def test_revenue_so_far_is_needed():
    assert annual_revenue(None, None, Range.of(6)) is None


def test_less_than_a_year_is_enough_to_know_that_a_year_brings_more():
    # 60 wan in under 12 months: more than 60 a year, with no upper limit
    under_a_year = Range(None, Decimal(12), high_open=True)
    assert annual_revenue(None, Range.of(60), under_a_year) == Range(Decimal(60), None, low_open=True)


def test_ranges_of_revenue_and_months_give_a_range():
    # least: 40 wan over 8 months = 60; most: below 50 wan over 5 months = below 120
    year = annual_revenue(None, Range(Decimal(40), Decimal(50), high_open=True), Range(Decimal(5), Decimal(8)))
    assert year == Range(Decimal(60), Decimal(120), high_open=True)


def test_no_revenue_so_far_is_none_in_a_year():
    assert annual_revenue(None, Range.of(0), Range(Decimal(3), Decimal(6), low_open=True)) == Range.of(0)


# The file


@pytest.mark.parametrize("size", ["large", "medium", "small"])
@pytest.mark.parametrize("number", INDUSTRIES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_limit_stands_in_its_quotation(number, size, language):
    test = getattr(STANDARD.industries[number], size)
    written = {plain(limit if metric == N else limit * 10_000) for metric, limit in test.limits.items()}
    assert written <= figures(test.quote.in_(language))


def test_every_quotation_stands_in_its_clause(corpus, tmp_path):
    shutil.copy(CORPUS / "size_standard.yaml", tmp_path)
    quotations = read_quotations(tmp_path)
    assert len(quotations) == 16 * 3 + 7
    assert {len(quotation.words) for quotation in quotations} == {2}
    assert stale(quotations, corpus.documents) == []


def test_the_limits_never_fall_from_a_class_to_the_next_larger():
    """On which taking the lowest class among the indicators rests."""
    for industry in STANDARD.industries.values():
        assert {*industry.small.limits} == {*industry.medium.limits} == {*industry.large.limits} == {*industry.metrics}
        for metric in industry.metrics:
            assert 0 < industry.small.limits[metric] < industry.medium.limits[metric] < industry.large.limits[metric]


def test_industries_and_metrics_are_those_the_form_asks_for():
    facts = load_yaml((CORPUS / "rules" / "facts.yaml").read_text(encoding="utf-8"))
    assert [*STANDARD.industries, "none"] == [*facts["industry"]["choices"]]
    assert {metric for industry in STANDARD.industries.values() for metric in industry.metrics} <= set(facts)
    assert {number: industry.metrics for number, industry in STANDARD.industries.items()} == {
        number: metrics for number, (metrics, *_) in PRINTED.items()
    }


def test_limits_whose_quotation_is_gone_are_not_used():
    test = STANDARD.industries["9"].small
    profile = Profile.of(
        Stated(fact, value, "")
        for fact, value in (("industry", Choice.of("9")), ("employees", Range.of(8)), ("revenue_wan", Range.of(150)))
    )
    used = View(profile, {}, STANDARD, date(2026, 11, 23))
    assert used.size.exact == "micro"
    unused = View(profile, {}, STANDARD, date(2026, 11, 23), frozenset({(test.clause, test.quote.zh)}))
    assert unused.size.among == frozenset(CLASSES)
