"""What people say, and the facts read from it: few are missed, none is made up."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from spelled_facts import value_of

from assistant.understanding.facts.reader import read_facts
from index.text import language_of
from index.types import Language

UTTERANCES: list[dict[str, Any]] = [
    utterance
    for name in ("utterances.yaml", "everyday.yaml")
    for utterance in yaml.safe_load(Path(__file__).with_name(name).read_text(encoding="utf-8"))
]
AS_OF = date(2026, 11, 23)


def read(utterance: dict[str, Any]) -> dict[str, Any]:
    said = utterance["say"]
    language = Language(utterance["language"]) if "language" in utterance else language_of(said) or Language.ZH
    found, _ = read_facts(said, language, utterance.get("as_of", AS_OF), expected=utterance.get("asked"))
    return {item.fact: item.value for item in found if not item.inferred}


def test_nothing_is_invented():
    invented = {
        (utterance["say"], fact): value
        for utterance in UTTERANCES
        for fact, value in read(utterance).items()
        if fact not in utterance["facts"]
    }
    print(*(f"invented: {said}: {fact} = {value}" for (said, fact), value in invented.items()), sep="\n")
    assert invented == {}


def test_nearly_every_fact_is_read_as_it_was_meant():
    right, missed = 0, []
    for utterance in UTTERANCES:
        found = read(utterance)
        for fact, spelled in utterance["facts"].items():
            if found.get(fact) == value_of(fact, spelled):
                right += 1
            else:
                missed.append(f"missed: {utterance['say']}: {fact} = {spelled}, read {found.get(fact)}")
    share = right / (right + len(missed))
    print(*missed, f"{right} of {right + len(missed)} facts, {share:.1%}", sep="\n")
    assert share >= 0.97


@pytest.mark.parametrize("utterance", UTTERANCES, ids=lambda utterance: utterance["say"])
def test_what_was_said_is_quoted_word_for_word(utterance):
    said = utterance["say"]
    found, apart = read_facts(said, language_of(said) or Language.ZH, AS_OF, expected=utterance.get("asked"))
    for item in [*found, *(item for pair in apart for item in pair)]:
        assert item.said
        assert item.said in said
