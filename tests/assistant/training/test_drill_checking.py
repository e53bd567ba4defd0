"""The check catches each thing that can be wrong with a drill: a good one is spoilt by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.training.checking import problems
from assistant.training.types import DrillKind, Option


@pytest.fixture(scope="module")
def good(drills_zh):
    """The cap of the agricultural guarantee, 1000万元: a drill without fault."""
    return drills_zh.drills["figure:agri-guarantee#amount:money-10000000"]


@pytest.fixture(scope="module")
def false_statement(drills_zh):
    return drills_zh.drills["statement:agri-guarantee#amount:money-10000000"]


@pytest.fixture(scope="module")
def question(drills_zh):
    return drills_zh.drills["document:jingui-2024-13#scope:1"]


@pytest.fixture(scope="module")
def short(drills_zh):
    return drills_zh.drills["short:startup-guarantee-loan#term:1"]


def with_option(drill, place, text):
    options = list(drill.options)
    options[place] = Option(text, "why")
    return replace(drill, options=tuple(options))


def a_wrong_place(drill):
    return next(place for place in range(len(drill.options)) if place not in drill.right)


def offering(drill, text):
    """The drill with this among its wrong options."""
    known = [option.text for option in drill.options]
    return drill if text in known else with_option(drill, a_wrong_place(drill), text)


def told(drill, material):
    return " / ".join(problems(drill, material))


def test_good_drills_have_no_problem(good, false_statement, question, short, zh):
    for drill in (good, false_statement, question, short):
        assert problems(drill, zh) == []


def test_a_quotation_the_clause_does_not_say(good, zh):
    source = replace(good.sources[0], quote="农业信贷担保的单户在保余额不得超过2000万元。")
    assert "does not say" in told(replace(good, sources=(source,)), zh)


def test_a_clause_that_is_not_there(good, zh):
    source = replace(good.sources[0], clause_id="nowhere")
    assert "agri-guarantee#nowhere is not there" in told(replace(good, sources=(source,)), zh)


def test_a_clause_that_is_not_in_force(good, changed):
    ended = changed(
        "agri-guarantee",
        "amount",
        lambda clause: replace(clause, period=replace(clause.period, repealed=date(2026, 1, 1))),
    )
    assert "is not in force on 2026-11-28" in told(good, ended)


def test_an_explanation_without_the_clause(good, zh):
    assert "does not quote" in told(replace(good, explanation="就是这样。"), zh)
    assert "does not cite" in told(replace(good, explanation=good.sources[0].quote), zh)


def test_a_prompt_that_gives_its_answer_away(good, zh):
    assert "gives its answer away" in told(replace(good, prompt=f"{good.prompt}（1000万元）"), zh)


def test_a_blank_where_the_clause_says_something_else(good, zh):
    assert "does not stand in the clause where the blank is" in told(with_option(good, good.right[0], "777万元"), zh)


def test_options_that_are_the_same_figure(good, zh):
    """0.1亿元 is 1000万元."""
    assert "the same figure" in told(with_option(good, a_wrong_place(good), "0.1亿元"), zh)


def test_years_and_months_that_are_the_same(drills_zh, zh):
    drill = drills_zh.drills["figure:tax-2023-13-16-18#18-2:months-12"]
    assert "the same figure" in told(with_option(drill, a_wrong_place(drill), "12个月"), zh)


def test_two_right_options(good, zh):
    assert "2 right options" in told(replace(good, right=(0, 1)), zh)


def test_no_right_option(good, zh):
    assert "0 right options" in told(replace(good, right=()), zh)
    assert "not among the options" in told(replace(good, right=(9,)), zh)


def test_too_few_options(good, zh):
    kept = (good.options[good.right[0]], good.options[a_wrong_place(good)])
    assert "2 options instead of 4" in told(replace(good, options=kept, right=(0,)), zh)


def test_an_option_that_is_no_figure(good, zh):
    assert "not one figure" in told(with_option(good, a_wrong_place(good), "很多"), zh)


def test_a_wrong_option_that_another_clause_in_force_bears_out(good, changed):
    """Where a clause elsewhere says 2000万元 of the same, 2000万元 is no wrong answer any more."""
    elsewhere = changed(
        "caijin-2025-11",
        "3",
        lambda clause: replace(clause, text="农业信贷担保的单户在保余额不得超过2000万元，由省级农担公司掌握。"),
    )
    assert "bears out the wrong figure" in told(offering(good, "2000万元"), elsewhere)


def test_a_wrong_option_on_the_other_side_of_a_limit_is_not_borne_out(good, changed):
    """不得低于2000万元 says nothing for 不得超过2000万元."""
    elsewhere = changed(
        "caijin-2025-11", "3", lambda clause: replace(clause, text="农业信贷担保的单户在保余额不得低于2000万元。")
    )
    assert "bears out" not in told(offering(good, "2000万元"), elsewhere)


def test_a_figure_the_other_language_does_not_say(good, zh, en):
    item = en.provision("agri-guarantee", "amount")
    other = replace(item.clause, text="The outstanding guarantee for a single client may not exceed 20 million yuan.")
    document = replace(item.document, clauses=tuple(other if c.id == "amount" else c for c in item.document.clauses))
    others = tuple(document if d.id == document.id else d for d in zh.others)
    material = type(zh)(zh.language, zh.on, zh.documents, others=others)
    assert "in the other language" in told(good, material)


def test_a_false_statement_that_is_just_what_the_clause_says(false_statement, zh):
    quote = false_statement.sources[0].quote
    assert "just what the clause says" in told(replace(false_statement, prompt=f"对不对？{quote}"), zh)


def test_a_false_statement_with_more_than_one_flaw(false_statement, zh):
    prompt = "按照《农业信贷担保（农担）》，对不对？农业信贷担保的每家机构的全部余额可以超过3000万元。"
    assert "more than one flaw" in told(replace(false_statement, prompt=prompt), zh)


def test_a_flaw_that_is_not_named(false_statement, zh):
    options = tuple(replace(option, why="") for option in false_statement.options)
    assert "the flaw is not named" in told(replace(false_statement, options=options), zh)


def test_a_true_statement_that_is_changed(drills_zh, zh):
    drill = next(d for d in drills_zh.drills.values() if d.kind is DrillKind.STATEMENT and d.right == (0,))
    assert "not what the clause says" in told(replace(drill, prompt=drill.prompt.rstrip("。") + "吗。"), zh)


def test_a_false_statement_that_another_clause_says(false_statement, changed):
    flawed = false_statement.prompt.split("？")[1]
    elsewhere = changed("caijin-2025-11", "3", lambda clause: replace(clause, text=f"机构保本微利。{flawed}"))
    assert "says just that" in told(false_statement, elsewhere)


def test_a_question_the_clause_is_not_asked(question, zh):
    assert "not asked for in these words" in told(replace(question, prompt="有人问：天气怎样？"), zh)


def test_another_option_that_answers_the_question(question, changed):
    """The clause of another option is now asked for in the same words."""
    label = question.options[a_wrong_place(question)].text
    asked = "我这小公司贷款到期手头紧，能续贷吗"
    found = [
        item
        for item in changed("none", "none", lambda clause: clause).in_force
        if label.endswith(item.clause.heading) and item.document.short_title in label
    ]
    assert found
    answering = changed(found[0].document.id, found[0].clause.id, lambda clause: replace(clause, questions=(asked,)))
    assert "answers the question too" in told(question, answering)


def test_a_short_answer_that_wants_what_the_clause_does_not_say(short, zh):
    assert "does not say 9年" in told(replace(short, wanted=("9年",)), zh)
    assert "nothing is wanted" in told(replace(short, wanted=()), zh)


def test_a_drill_of_another_day(good, zh):
    assert "another day or language" in told(replace(good, on=date(2026, 11, 27)), zh)


def test_a_place_that_was_not_filled_in(good, zh):
    assert "not filled in" in told(replace(good, prompt=good.prompt + "{document}"), zh)
