"""Every reason has its words in both languages, with the same places to fill in."""

from __future__ import annotations

import re
from functools import partial

import pytest

from assistant.errors import TextsError
from assistant.texts import Texts, load_data, record_texts, room_texts, staff_texts, texts, ui_texts
from index.types import Language

ROOMS = [partial(room_texts, room) for room in ("drills", "rule_drills", "grading")]


def leaves(found, path=()):
    if isinstance(found, dict):
        for key, value in found.items():
            yield from leaves(value, (*path, key))
    else:
        yield ".".join(path), found


@pytest.mark.parametrize("read", [texts, ui_texts, record_texts, staff_texts, *ROOMS])
def test_both_languages_have_the_same_messages(read):
    zh, en = (dict(leaves(read(language)._messages)) for language in Language)
    assert set(zh) == set(en)


@pytest.mark.parametrize("read", [texts, ui_texts, record_texts, staff_texts, *ROOMS])
def test_both_languages_fill_in_the_same_values(read):
    zh, en = (dict(leaves(read(language)._messages)) for language in Language)
    for key, message in zh.items():
        if isinstance(message, str) and key not in ("date", "value.month_of"):
            assert set(re.findall(r"{(\w+)}", message)) == set(re.findall(r"{(\w+)}", en[key])), key


def test_no_message_promises_approval():
    for language in Language:
        for _, message in leaves(texts(language)._messages):
            assert not re.search(r"一定能批|保证通过|guaranteed approval", str(message))


def test_an_unknown_key_says_where_it_was_looked_for():
    with pytest.raises(TextsError, match=r"zh\.yaml.*abstain\.nothing"):
        texts(Language.ZH)("abstain.nothing")


def test_a_section_is_no_text():
    with pytest.raises(TextsError, match="not a text"):
        texts(Language.ZH)("abstain")


def test_values_are_filled_in():
    assert Texts(Language.EN, {"a": {"b": "until {day}"}})("a.b", day="today") == "until today"


def test_a_key_that_stands_twice_is_refused(tmp_path):
    broken = tmp_path / "twice.yaml"
    broken.write_text("a: 1\na: 2\n", encoding="utf-8")
    with pytest.raises(TextsError, match=r"twice\.yaml"):
        load_data(broken)
