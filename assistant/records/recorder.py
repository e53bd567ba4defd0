"""Answering with a receipt. What keeps a receipt from being made never keeps an answer from being given."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from assistant.errors import RecordsError
from assistant.records.receipt import new_id, record_of
from assistant.records.settings import RecordSettings
from assistant.records.store import RecordStore
from assistant.serving import Serving
from assistant.types import Answer, Question
from index.types import StrEnum

LONGEST = 20_000  # characters of a conversation; longer ones are no questions, and would fill the disk
log = logging.getLogger(__name__)


class Surface(StrEnum):
    """Where an answer was given."""

    PAGE = "page"
    ASK = "ask"
    BATCH = "batch"


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer with the number of its receipt, or with what kept the receipt from being made."""

    answer: Answer
    receipt: str | None = None
    problem: str | None = None  # neither number nor problem: receipts are not wanted


@dataclass(frozen=True)
class Recorder:
    """Answers at one surface and keeps a receipt of every answer."""

    serving: Callable[[], Serving]
    store: RecordStore
    settings: RecordSettings
    surface: Surface

    def answer(self, question: Question) -> Kept:
        """Answer, and keep the receipt."""
        serving = self.serving()  # once: the receipt names what the answer was made from
        answer = serving.answer(question)
        if self.settings.receipt_days == 0 or len(question.text) + sum(map(len, question.context)) > LONGEST:
            return Kept(answer)
        try:
            receipt = new_id()
            record = record_of(receipt, datetime.now(timezone.utc), str(self.surface), question, answer, serving)
            self.store.keep(receipt, record)
        except RecordsError as error:
            log.error("%s", error)
            return Kept(answer, problem=str(error))
        except Exception as error:  # an answer must not be lost to its receipt, whatever is wrong with that
            log.exception("no receipt could be made")
            return Kept(answer, problem=str(error))
        return Kept(answer, receipt)


def open_records(data_dir: Path, settings: RecordSettings) -> RecordStore:
    """The store, cleared of receipts that are too old; what cannot be used is logged, and tried again when needed."""
    store = RecordStore(data_dir)
    try:
        store.take_over()
        store.prune(datetime.now(timezone.utc) - timedelta(days=settings.receipt_days))
    except RecordsError as error:
        log.warning("%s", error)
    return store
