"""Means, their intervals, percentiles, and what a summary makes of them."""

from __future__ import annotations

import pytest
from made_up_runs import answer, case, row, rows

from assistant.evaluation.pairs import consistency
from assistant.evaluation.statistics import mean, percentile
from assistant.evaluation.summary import lines, summarise


def test_a_mean_says_what_it_rests_on():
    found = mean([1.0, 0.5, None])
    assert (found.value, found.n) == (0.75, 2)  # (1 + 0.5) / 2


def test_a_mean_of_nothing_is_undefined():
    for values in ([], [None, None]):
        found = mean(values)
        assert (found.value, found.n, found.low, found.high) == (None, 0, None, None)


def test_values_that_are_all_alike_have_no_spread():
    found = mean([1.0] * 20)
    assert (found.low, found.high) == (1.0, 1.0)


def test_the_interval_is_that_of_the_binomial_for_shares():
    """100 of 200: standard error √(0.5 · 0.5 / 200) = 0.0354, so 95 % lies within 0.5 ± 1.96 · 0.0354 = 0.431 … 0.569."""
    found = mean([1.0, 0.0] * 100)
    assert found.low == pytest.approx(0.431, abs=0.01)
    assert found.high == pytest.approx(0.569, abs=0.01)


def test_the_interval_narrows_with_more_cases_and_is_the_same_each_time():
    few, many = mean([1.0, 0.0] * 10), mean([1.0, 0.0] * 1000)
    assert few.high - few.low > 5 * (many.high - many.low)
    assert mean([1.0, 0.0, 0.5]) == mean([1.0, 0.0, 0.5])


def test_percentiles_are_interpolated():
    assert percentile([10.0, 20.0, 30.0], 0.5) == 20.0
    assert percentile([0.0, 100.0], 0.95) == pytest.approx(95.0)
    assert percentile([], 0.5) is None


def test_a_summary_has_every_group_with_its_own_n():
    follow_up = row(case("f", facts=[["3年"]], context=["贷款"], topic="term", language="en"), answer("3年"), file="other")
    found = summarise([*rows(3, 1), follow_up])
    assert found["all"]["all"]["measures"]["right"]["n"] == 5
    assert found["all"]["all"]["measures"]["right"]["mean"] == 0.8  # 3 right, 1 wrong, 1 right
    assert found["turn"] == {"first": found["turn"]["first"], "follow-up": found["turn"]["follow-up"]}
    assert found["turn"]["follow-up"]["cases"] == 1
    assert found["topic"]["loan"]["measures"]["right"]["mean"] == 0.75
    assert found["file"]["other"]["measures"]["facts"] == {"mean": 1.0, "n": 1, "low": 1.0, "high": 1.0}
    assert found["language"]["en"]["cases"] == 1
    assert "document_cited" not in found["language"]["en"]["measures"]  # no document is expected: undefined


def test_the_summary_on_the_terminal_gives_interval_and_n():
    told = "\n".join(lines(summarise(rows(1, 1)), ("all",)))
    assert "right                 0.500  [0.000, 1.000]  n=2" in told
    assert "p50 10.0  p95 10.0" in told


def test_both_languages_agree_on_clauses_and_figures_of_the_leading_part():
    zh = row(case("p01-zh"), answer("最高30万元。[1]\n\n- 税率3%。[2]", "loan#1", "tax#1"))
    same = row(case("p01-en", language="en"), answer("At most 300,000 yuan. [1]", "loan#1", language="en"))
    found = consistency([zh, same])
    assert found["pairs"] == 1
    assert (found["clauses"]["mean"], found["figures"]["mean"], found["differing"]) == (1.0, 1.0, [])


def test_a_pair_that_differs_is_told_with_both_sides():
    zh = row(case("p02-zh"), answer("最高30万元。[1]", "loan#1"))
    other = row(case("p02-en", language="en"), answer("At most 400,000 yuan. [1]", "loan#2", language="en"))
    found = consistency([zh, other])
    assert (found["clauses"]["mean"], found["figures"]["mean"], found["outcome"]["mean"]) == (0.0, 0.0, 1.0)
    assert found["differing"][0]["leading"] == [["loan#1"], ["loan#2"]]
    assert found["differing"][0]["stated"] == [["300000"], ["400000"]]


def test_a_case_without_a_partner_is_no_pair():
    assert consistency(rows(2, 0))["pairs"] == 0
    assert consistency(rows(2, 0))["clauses"] == {"mean": None, "n": 0, "low": None, "high": None}
