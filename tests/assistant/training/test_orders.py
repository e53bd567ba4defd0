"""Steps to put into order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from taught import made, material

from assistant.training.checking import problems
from assistant.training.grading import grade
from assistant.training.makers.orders import orders
from assistant.training.types import Response
from index.figures import dates
from index.types import Language


@pytest.mark.parametrize("language", list(Language))
def test_every_step_stands_in_its_clause_and_nothing_fails_the_check(language):
    drills = made(orders, language)
    assert len(drills) >= 18
    for drill in drills.values():
        assert problems(drill, material(language)) == []
        assert 4 <= len(drill.options) <= 6
        assert sorted(drill.right) == list(range(len(drill.options)))


def test_steps_are_never_shown_in_the_right_order():
    for drill in made(orders).values():
        assert list(drill.right) != sorted(drill.right)


@pytest.mark.parametrize("language", list(Language))
def test_steps_of_one_clause_stand_in_it_in_the_order_asked_for(language):
    """What the clause tells one after the other comes so in the right order, as far as it is one sentence."""
    for drill in made(orders, language).values():
        if ":ends-" in drill.id:
            continue
        for (one, first), (two, second) in zip(
            enumerate(drill.sources), list(enumerate(drill.sources))[1:], strict=False
        ):
            if first.clause_id == second.clause_id:
                text = material(language).provision(first.document_id, first.clause_id).clause.text
                assert text.index(first.quote) < text.index(second.quote), (drill.id, one, two)


def test_the_way_through_the_mechanism():
    drill = made(orders)["order:jinfa-2024-32#lists:mechanism"]
    steps = [drill.options[place].text for place in drill.right]
    assert steps.index("列入申报清单") < steps.index("工作专班审核") < steps.index("列入推荐清单并推送给银行")
    assert steps[-1] == "作出是否授信的决定并反馈结果"


def test_policies_end_in_the_order_of_the_dates_that_their_clauses_name():
    drills = [drill for drill_id, drill in made(orders).items() if ":ends-" in drill_id]
    assert drills
    for drill in drills:
        named = [max(dates(source.quote)) for source in drill.sources]
        assert named == sorted(named)
        assert len(set(named)) == len(named)


def test_a_policy_that_has_ended_is_not_asked_about():
    then = made(orders, Language.ZH, date(2027, 1, 15))
    assert not any("subsidy-services" in drill_id for drill_id in then)


def test_a_step_that_no_longer_stands_in_its_clause_withdraws_the_drill():
    whole = material()
    cut = tuple(
        replace(d, clauses=tuple(replace(c, text=c.text.replace("工作专班审核", "")) for c in d.clauses))
        for d in whole.documents
    )
    left = {drill.id for drill in orders(replace(whole, documents=cut))}
    assert "order:jinfa-2024-32#lists:mechanism" not in left
    assert "order:loan-basics#steps:loan-first-half" in left


def test_both_languages_have_the_same_drills_with_the_same_answers():
    zh, en = (made(orders, language) for language in Language)
    assert {i: d.right for i, d in zh.items()} == {i: d.right for i, d in en.items()}


def test_the_right_order_is_graded_as_right():
    for drill in made(orders).values():
        assert grade(drill, Response(drill.right)).right
