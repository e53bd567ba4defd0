"""The gates over the shipped cases and corpus: passed as they are, and missed when any part is taken away.

Where a gate has slack, a sabotage may slip through: the test that says so asks for tighter limits in gates.yaml.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.evaluation.cases import read_files, shipped_files
from assistant.evaluation.gates import Passage, pass_through, read_gates
from assistant.evaluation.generate import Asked, ask_all
from assistant.evaluation.score import Row, score
from assistant.settings import AnswerSettings
from assistant.wiring import Assistant, open_complete
from index.settings import ROOT, IndexSettings
from index.types import Language, Retriever

SLACK = "no gate noticed it: set the limits in assistant/evaluation/gates.yaml to what `evaluate gates RUN_DIR` shows"


def scored(assistant: Asked, today: date, *names: str) -> list[Row]:
    """Every shipped case, or those of the files named."""
    files = [path for path in shipped_files() if not names or path.stem in names]
    return [score(told) for told in ask_all(assistant, read_files(files), today)]


def missed(rows: list[Row]) -> list[str]:
    return [str(passage) for passage in pass_through(rows, read_gates()) if passage.missed]


@pytest.fixture(scope="module")
def shipped(assistant: Assistant, today: date) -> list[Row]:
    return scored(assistant, today)


@pytest.fixture
def opened(own_data_dir: Path) -> Iterator[Callable[..., Assistant]]:
    """opened(retrievers=…, floor=…): another assistant over the same index."""
    running: list[Assistant] = []

    def opened(retrievers: frozenset[Retriever] = frozenset(Retriever), floor: float | None = None) -> Assistant:
        answers = AnswerSettings() if floor is None else AnswerSettings(floor=dict.fromkeys(Language, floor))
        settings = IndexSettings(data_dir=own_data_dir, retrievers=retrievers)
        running.append(open_complete(settings, answer_settings=answers))
        return running[-1]

    yield opened
    for assistant in running:
        assistant.close()


def test_the_shipped_cases_pass_every_gate(shipped):
    passages: list[Passage] = pass_through(shipped, read_gates())
    assert [str(passage) for passage in passages if passage.missed] == []
    assert [str(passage.gate) for passage in passages if not passage.found.n] == []  # a gate without cases says nothing


def test_no_answer_to_any_shipped_case_states_what_nothing_vouches_for(shipped):
    assert {row.id: row.unsupported for row in shipped if row.unsupported} == {}


def test_the_same_settings_answer_the_same(opened, shipped, today):
    again = scored(opened(), today)
    assert [row.model_dump(exclude={"milliseconds"}) for row in again] == [
        row.model_dump(exclude={"milliseconds"}) for row in shipped
    ]


def test_without_the_floor_of_relevance_a_gate_is_missed(opened, today):
    assert missed(scored(opened(floor=0.0), today)), SLACK


def test_without_the_words_a_gate_is_missed(opened, today):
    assert missed(scored(opened(frozenset({Retriever.MEANING})), today)), SLACK


def test_without_the_encoder_a_gate_is_missed(opened, today):
    assert missed(scored(opened(frozenset({Retriever.WORDS})), today)), SLACK


CHANGED = {  # a clause, its figure in Chinese and English, and what that becomes
    "guobanfa-2025-38#7-procurement": ("40%以上", "45%以上", "more than 40%", "more than 45%"),
    "jinfa-2025-21#5-incentives": ("50个基点", "60个基点", "50 basis points", "60 basis points"),
    "supplychain-2025#certificate": ("6个月以内", "8个月以内", "within 6 months", "within 8 months"),
    "icbc-wangdaitong#amount": ("3000万元", "3500万元", "30 million yuan", "35 million yuan"),
    "complaint-channels#deadlines": ("15日", "17日", "15 days", "17 days"),
}


@pytest.mark.parametrize("clause", CHANGED)
def test_a_changed_figure_in_the_corpus_misses_a_gate(clause, own_data_dir, encoder_dir, today, tmp_path):
    settings = IndexSettings(corpus_dir=tmp_path / "corpus", data_dir=tmp_path / "data")
    shutil.copytree(ROOT / "corpus", settings.corpus_dir)
    shutil.copytree(own_data_dir / "index", settings.data_dir / "index")  # its vectors are taken over
    shutil.copytree(own_data_dir / "models", settings.data_dir / "models", symlinks=True)
    zh, zh_changed, en, en_changed = CHANGED[clause]
    change(settings.corpus_dir, clause, Language.ZH, zh, zh_changed)
    change(settings.corpus_dir, clause, Language.EN, en, en_changed)
    assistant = open_complete(settings)
    try:
        assert assistant.built_from.encoded == 2  # the clause in both languages, and nothing else
        assert missed(scored(assistant, today, "main")), SLACK
    finally:
        assistant.close()


def change(corpus_dir: Path, clause: str, language: Language, before: str, after: str) -> None:
    """Change a clause of a corpus, within its own section."""
    document, _, id = clause.partition("#")
    (path,) = corpus_dir.glob(f"*/{document}.{language}.md")
    text = path.read_text(encoding="utf-8")
    section = re.search(rf"^## .*\{{#{re.escape(id)}\}}$.*?(?=^## |\Z)", text, re.M | re.S)
    assert section is not None
    assert section[0].count(before) == 1
    path.write_text(text.replace(section[0], section[0].replace(before, after)), encoding="utf-8")
