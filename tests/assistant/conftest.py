"""One assistant over the shipped corpus for all tests in this process, and the command line as a user runs it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from today import TODAY

from assistant.types import Answer, Query, Question
from assistant.understanding.query import understand
from assistant.wiring import Assistant
from index.settings import ROOT, IndexSettings
from index.snapshot import Snapshot
from index.types import Language
from index.words import Words


@pytest.fixture(scope="session")
def assistant(data_dir: Path, snapshot: Snapshot) -> Assistant:
    """Answers over the shipped corpus, with vectors. The snapshot is closed by its own fixture."""
    return Assistant(IndexSettings(data_dir=data_dir), snapshot, None)


@pytest.fixture(scope="session")
def ask(assistant: Assistant) -> Callable[..., Answer]:
    """ask("问题", "earlier turn", ..., on=a day) → the answer."""

    def ask(text: str, *context: str, on: date = TODAY, language: Language | None = None) -> Answer:
        return assistant.answer(Question(text, on, context, None, language))

    return ask


@pytest.fixture(scope="session")
def words(snapshot: Snapshot) -> Words:
    return snapshot.words


@pytest.fixture(scope="session")
def understood(words: Words, snapshot: Snapshot) -> Callable[..., Query]:
    """understood("那企业呢", "earlier turn", ...) → the query."""

    def understood(text: str, *context: str, on: date = TODAY) -> Query:
        return understand(Question(text, on, context), words, snapshot.searcher.nearness)

    return understood


@pytest.fixture(scope="session")
def own_data_dir(data_dir: Path, encoder_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the built index for other processes: Chroma bears one process at a time."""
    directory = tmp_path_factory.mktemp("commands")
    shutil.copytree(data_dir / "index", directory / "index")
    (directory / "models").mkdir()
    for model in (data_dir / "models").iterdir():
        (directory / "models" / model.name).symlink_to(model.resolve())
    return directory


@pytest.fixture(scope="session")
def run_command(own_data_dir: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """`python -m assistant …` in a process of its own, its output without line breaks that only fit a terminal."""

    def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SME_")}
        result = subprocess.run(
            [sys.executable, "-m", "assistant", *map(str, arguments)], cwd=ROOT, text=True, encoding="utf-8",
            env={**kept, "SME_DATA_DIR": str(own_data_dir), "COLUMNS": "500", **environment},
            capture_output=True, timeout=300,
        )  # fmt: skip
        result.stderr = re.sub(r"\s+", " ", result.stderr)
        return result

    return run
