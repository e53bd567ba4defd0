"""Two runs side by side."""

from __future__ import annotations

from made_up_runs import answer, case, citation, row

from assistant.evaluation.compare import compare, lines

LOAN = citation(1, "loan#1", "最高30万元，最长3年。")


def one(id, text, *cited, outcome="answered"):
    return row(case(id, facts=[["30万元"], ["3年"]], documents=["loan"]), answer(text, *cited, outcome=outcome))


RIGHT, HALF, NOTHING = "最高30万元，最长3年。[1]", "最高30万元。[1]", "没有找到。"


def test_what_got_better_and_worse_is_told_case_by_case():
    before = [one("a", RIGHT, LOAN), one("b", HALF, LOAN), one("c", RIGHT, LOAN)]
    after = [one("a", HALF, LOAN), one("b", RIGHT, LOAN), one("c", RIGHT, LOAN)]
    found = compare(before, after)
    assert [change.after.id for change in found.worse] == ["a"]
    assert [change.after.id for change in found.better] == ["b"]
    assert found.worse[0].measures == {"right": (1.0, 0.0), "facts": (1.0, 0.5)}


def test_differences_are_paired():
    """facts: a 1 → 0.5, b 0.5 → 1, c 1 → 1; the mean of −0.5, +0.5 and 0 is 0."""
    before = [one("a", RIGHT, LOAN), one("b", HALF, LOAN), one("c", RIGHT, LOAN)]
    after = [one("a", HALF, LOAN), one("b", RIGHT, LOAN), one("c", RIGHT, LOAN)]
    found = compare(before, after).differences["facts"]
    assert (found.value, found.n) == (0.0, 3)
    assert found.low < 0 < found.high
    same = compare(before, before).differences["facts"]
    assert (same.value, same.low, same.high) == (0.0, 0.0, 0.0)


def test_a_measure_counts_where_both_runs_have_it():
    before, after = [one("a", RIGHT, LOAN), one("b", RIGHT, LOAN)], [one("a", NOTHING, outcome="no_evidence"), one("b", RIGHT, LOAN)]  # fmt: skip
    found = compare(before, after)
    assert found.differences["direct"].n == 1  # a was declined: undefined
    assert found.differences["facts"].n == 2
    assert (found.differences["false_refusal"].value, [c.after.id for c in found.worse]) == (0.5, ["a"])


def test_better_by_one_measure_and_worse_by_another_is_neither():
    expected = case("a", facts=[["3年"]], documents=["tax"])
    before = row(expected, answer("另有规定。[1]", citation(1, "tax#1", "另有规定。")))
    after = row(expected, answer("最长3年。[1]", LOAN))
    found = compare([before], [after])
    assert ([c.after.id for c in found.mixed], found.better, found.worse) == (["a"], [], [])


def test_cases_of_one_run_alone_are_named():
    told = list(lines(compare([one("a", RIGHT, LOAN), one("b", RIGHT, LOAN)], [one("b", RIGHT, LOAN), one("c", RIGHT, LOAN)])))
    assert told[:3] == ["1 cases in both runs", "1 only in the first: a", "1 only in the second: c"]


def test_a_difference_in_every_case_is_more_than_chance():
    before = [one(f"{n}", RIGHT, LOAN) for n in range(10)]
    after = [one(f"{n}", HALF, LOAN) for n in range(10)]
    told = "\n".join(lines(compare(before, after)))
    assert "facts                 -0.5000  [-0.5000, -0.5000]  n=10  more than chance" in told
    assert "document_cited        +0.0000  [+0.0000, +0.0000]  n=10\n" in told
