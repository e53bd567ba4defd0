"""Receipts of real answers over the shipped corpus, in a data directory of their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from today import TODAY

from assistant.records.recorder import Kept, Recorder, Surface
from assistant.records.settings import RecordSettings
from assistant.records.store import RecordStore
from assistant.types import Question
from assistant.wiring import Assistant
from index.types import Language

Keep = Callable[..., Kept]


@pytest.fixture
def store(tmp_path: Path) -> Any:
    opened = RecordStore(tmp_path / "records")
    yield opened
    opened.close()


@pytest.fixture
def recorder(assistant: Assistant, store: RecordStore) -> Recorder:
    """Answers and keeps receipts in `store`."""
    return Recorder(lambda: assistant.serving, store, RecordSettings(), Surface.PAGE)


@pytest.fixture
def keep(recorder: Recorder) -> Keep:
    """keep("问题", "earlier turn", ..., on=a day) → the answer with its receipt."""

    def keep(text: str, *context: str, on: date = TODAY, language: Language | None = None) -> Kept:
        kept = recorder.answer(Question(text, on, context, None, language))
        assert kept.receipt is not None, kept.problem
        return kept

    return keep
