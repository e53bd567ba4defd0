"""corpus/premises.yaml is read with care, and what it says is checked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.answering.premises.known import Finding
from assistant.errors import RulesError
from assistant.premise_files import load_premises

ENTRY = """
- id: a
  said: {{zh: ['{pattern}'], en: ['x']}}
  finding: {finding}
{until}  clause: d#1
  quote: {{zh: 一。, en: One.}}
"""


def write(folder: Path, pattern: str = "一", finding: str = "wrong", until: str = "") -> Path:
    text = ENTRY.format(pattern=pattern, finding=finding, until=until)
    (folder / "premises.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_corpus_without_premises_corrects_none(tmp_path):
    assert load_premises(tmp_path).premises == ()


def test_an_entry_is_read(tmp_path):
    (premise,) = load_premises(write(tmp_path)).premises
    assert (premise.id, premise.finding, premise.clause) == ("a", Finding.WRONG, "d#1")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"pattern": "("}, r"premises\.yaml: 0\.said: .*is no regular expression"),
        ({"finding": "doubtful"}, r"premises\.yaml: 0\.finding"),
        ({"finding": "old"}, "until belongs to what is old"),
        ({"until": "  until: 2023-09-30\n"}, "until belongs to what is old"),
    ],
)
def test_a_broken_entry_is_refused_with_its_place(tmp_path, changes, told):
    with pytest.raises(RulesError, match=told):
        load_premises(write(tmp_path, **changes))


def test_an_id_that_stands_twice_is_refused(tmp_path):
    path = write(tmp_path) / "premises.yaml"
    path.write_text(path.read_text(encoding="utf-8") * 2, encoding="utf-8")
    with pytest.raises(RulesError, match="'a' stands twice"):
        load_premises(tmp_path)


def test_a_missing_language_is_refused(tmp_path):
    path = write(tmp_path) / "premises.yaml"
    path.write_text(re.sub(r", en: One\.", "", path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(RulesError, match="quote is missing in en"):
        load_premises(tmp_path)
