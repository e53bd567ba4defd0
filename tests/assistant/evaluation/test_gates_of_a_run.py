"""Gates: what they say, when they are missed."""

from __future__ import annotations

import pytest
from made_up_runs import rows

from assistant.errors import GatesError
from assistant.evaluation.gates import FILE, Gate, pass_through, read_gates, tightened


def missed(found, *gates):
    return [passage.gate.measure for passage in pass_through(found, gates) if passage.missed]


def test_a_floor_is_passed_at_its_limit_and_missed_below():
    gate = Gate(measure="right", at_least=0.96)
    assert missed(rows(96, 4), gate) == []
    assert missed(rows(95, 5), gate) == ["right"]


def test_a_ceiling_is_passed_at_its_limit_and_missed_above():
    gate = Gate(measure="false_refusal", at_most=0.04)
    assert missed(rows(96, 4), gate) == []
    assert missed(rows(95, 5), gate) == ["false_refusal"]


def test_a_gate_looks_at_its_group_alone():
    found = [*rows(10, 0, file="main"), *rows(0, 10, file="other")]
    assert missed(found, Gate(measure="right", where={"file": "main"}, at_least=1.0)) == []
    assert missed(found, Gate(measure="right", where={"file": "other"}, at_least=0.5)) == ["right"]
    assert missed(found, Gate(measure="right", where={"file": "other", "language": "en"}, at_least=0.5)) == []  # none


def test_a_run_without_cases_misses_no_gate_and_claims_nothing():
    (passage,) = pass_through([], [Gate(measure="right", at_least=0.9)])
    assert not passage.missed
    assert str(passage) == "right of all cases ≥ 0.9: no case"


def test_a_missed_gate_names_group_limit_and_value():
    (passage,) = pass_through(rows(1, 1), [Gate(measure="right", where={"file": "main"}, at_least=0.94)])
    assert str(passage) == "right of file main ≥ 0.94: 0.5000 (n=2)"


@pytest.mark.parametrize(
    ("entry", "named"),
    [
        ("{measure: wit, at_least: 1}", "there is no measure 'wit'"),
        ("{measure: right, where: {colour: red}, at_least: 1}", "not grouped by ['colour']"),
        ("{measure: right}", "either at_least or at_most"),
        ("{measure: right, at_least: 1, at_most: 1}", "either at_least or at_most"),
    ],
)
def test_a_malformed_gate_is_named_by_file_and_place(tmp_path, entry, named):
    path = tmp_path / "gates.yaml"
    path.write_text(f"- {{measure: facts, at_least: 0.9}}\n- {entry}\n", encoding="utf-8")
    with pytest.raises(GatesError, match=r"gates\.yaml, entry 1") as refused:
        read_gates(path)
    assert named in str(refused.value)


def test_tightening_sets_passed_limits_on_groups_to_what_was_reached_and_no_others(tmp_path):
    text = (
        "# why\n- {measure: right, at_least: 0.1}\n- {measure: right, where: {file: main}, at_least: 0.5}\n"
        "- {measure: false_refusal, where: {file: main}, at_most: 0.9}\n"
        "- {measure: facts, where: {file: main}, at_least: 0.99}\n- {measure: right, where: {file: gone}, at_least: 0.3}\n"
    )
    path = tmp_path / "gates.yaml"
    path.write_text(text, encoding="utf-8")
    after = tightened(text, pass_through(rows(2, 1), read_gates(path)))  # 2 of 3 right, 1 of 3 refused
    assert after == (
        "# why\n- {measure: right, at_least: 0.1}\n- {measure: right, where: {file: main}, at_least: 0.6666}\n"
        "- {measure: false_refusal, where: {file: main}, at_most: 0.3334}\n"
        "- {measure: facts, where: {file: main}, at_least: 0.99}\n- {measure: right, where: {file: gone}, at_least: 0.3}\n"
    )
    path.write_text(after, encoding="utf-8")
    assert missed(rows(2, 1), *read_gates(path)) == ["facts"]


def test_the_shipped_gates_have_a_line_each():
    lines = [line for line in FILE.read_text(encoding="utf-8").splitlines() if line.startswith("- {")]
    assert len(lines) == len(read_gates())
