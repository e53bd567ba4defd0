"""Utterances with false premises, true ones and none (premises.jsonl), answered and counted.

`premise` is false, true or plain; `first` are wordings of which a false premise's correction has one.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from assistant.answering.premises.known import Finding
from assistant.texts import texts
from assistant.types import Answer, Question
from index.types import Language

CASES = Path(__file__).with_name("premises.jsonl")
CORRECTED = 0.90  # share of false premises that must be corrected in the first sentence
BUILT = {"not", "not_then", "not_either", "was", "was_until", *map(str, Finding)}


def openings(language: Language, keys: set[str]) -> tuple[str, ...]:
    """How corrections begin, up to the first thing filled in; those that begin with it are told by what follows."""
    say = texts(language)
    return tuple(filter(None, (say.section("premise")[key].split("{")[0] for key in keys)))


def corrects(answer: Answer) -> bool:
    first = answer.text.split("\n")[0]
    replaced = ("是以前的规定，现在是", "是旧规，只适用到", "is the earlier rule;", "is an old rule, which applied")
    return first.startswith(openings(answer.language, BUILT)) or any(words in first[:60] for words in replaced)


@pytest.fixture(scope="module")
def answered(assistant):
    rows = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    assert len({row["id"] for row in rows}) == len(rows) >= 80
    return [
        (row, assistant.answer(Question(row["question"], date.fromisoformat(row["as_of"]), (), row["id"])))
        for row in rows
    ]


def test_nothing_that_is_true_or_plain_is_corrected(answered):
    wrong = [row["question"] for row, answer in answered if row["premise"] != "false" and corrects(answer)]
    assert wrong == []


def test_false_premises_are_corrected_with_what_is_true(answered):
    false = [(row, answer) for row, answer in answered if row["premise"] == "false"]
    right = [
        row["id"]
        for row, answer in false
        if corrects(answer) and any(words.lower() in answer.text.split("\n")[0].lower() for words in row["first"])
    ]
    assert len(right) / len(false) >= CORRECTED, sorted({row["id"] for row, _ in false} - set(right))


def test_no_false_premise_is_agreed_with(answered):
    agreed = [
        row["question"]
        for row, answer in answered
        if row["premise"] == "false" and answer.text.startswith(openings(answer.language, {"is", "was_so"}))
    ]
    assert agreed == []
