"""A hundred look-ups of staff over the shipped corpus, and forty more: the right clause comes first."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from today import TODAY

from assistant.reference.lookup import Lookup, language_for, look_up
from index.types import Language

TESTS = Path(__file__).parents[2]
LEAST = 0.95


def look_ups(name: str) -> list[dict]:
    return yaml.safe_load((TESTS / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["lookups.yaml", "lookups_unseen.yaml"])
def test_every_look_up_expects_clauses_that_there_are(corpus, name):
    clauses = {f"{document.id}#{clause.id}" for document in corpus.documents for clause in document.clauses}
    rows = look_ups(name)
    assert len({row["typed"] for row in rows}) == len(rows) == {"lookups.yaml": 100, "lookups_unseen.yaml": 40}[name]
    assert [right for row in rows for right in row["right"] if right not in clauses] == []


@pytest.mark.parametrize("name", ["lookups.yaml", "lookups_unseen.yaml"])
def test_the_right_clause_comes_first(snapshot, name):
    rows, missed = look_ups(name), []
    for row in rows:
        page = Language.EN if row["typed"].isascii() else Language.ZH
        language = language_for(row["typed"], page, snapshot.searcher, snapshot.words)
        fields = {field: (value,) for field, value in row.get("fields", {}).items()}
        found = look_up(Lookup(row["typed"], language, TODAY, fields), snapshot.searcher, snapshot.words)
        first = [
            f"{one.document.id}#{clause.passage.clause_id}" for one in found.documents[:1] for clause in one.clauses
        ]
        if not first or first[0] not in row["right"]:
            missed.append((row["typed"], first[:1]))
    assert len(missed) <= (1 - LEAST) * len(rows), missed
