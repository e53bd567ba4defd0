"""Drills drawn for a class: spread, repeatable, and as many as there are."""

from __future__ import annotations

from dataclasses import replace

from class_samples import a_case, a_choice, a_statement

from assistant.training.drawing import draw, shuffled
from assistant.training.types import Source


def of_clause(drill, clause, n, document="jingui-2024-13"):
    return replace(drill, id=f"{drill.kind}:{document}#{clause}:{n}", sources=(Source(document, clause, ""),))


# One clause gives eight figures, three others give one drill each.
DRILLS = [*(of_clause(a_choice(1), "1", n) for n in range(8)), a_choice(2), a_statement(3), a_case(4)]


def test_one_clause_does_not_fill_a_paper():
    chosen = draw(DRILLS, 4, 7)
    assert {drill.sources[0].clause_id for drill in chosen} == {"1", "2", "3", "4"}
    assert len({drill.kind for drill in chosen}) == 3


def test_the_same_seed_gives_the_same_and_another_seed_others():
    assert draw(DRILLS, 6, 7) == draw(reversed(DRILLS), 6, 7)
    assert len({draw(DRILLS, 6, seed) for seed in range(20)}) > 5


def test_there_are_never_more_than_there_are():
    chosen = draw(DRILLS, 50, 7)
    assert len(chosen) == len(set(chosen)) == 11
    assert draw([], 5, 7) == ()


def test_some_are_kept_and_others_left_out():
    kept, out = DRILLS[3], [drill.id for drill in DRILLS[4:]]
    chosen = draw(DRILLS, 3, 7, kept=[kept], without=out)
    assert chosen[0] == kept
    assert len(chosen) == 3
    assert not {drill.id for drill in chosen} & set(out)
    assert draw(DRILLS, 1, 7, kept=DRILLS[:2]) == (DRILLS[0],)


def test_shuffling_loses_nothing():
    assert shuffled(DRILLS, 3) != tuple(DRILLS)
    assert set(shuffled(DRILLS, 3)) == set(DRILLS)
    assert shuffled(DRILLS, 3) == shuffled(DRILLS, 3)
