"""Somebody must do the work: the process that runs already, or else this command."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache

from index.documents.corpus import Corpus, load_corpus
from index.encoders import Encoder
from index.errors import LockedError
from index.library.librarian import Librarian
from index.lock import DataLock
from index.settings import IndexSettings
from index.types import Retriever

_EVERY = 1.0  # seconds between two tries to take over from a process that ended


class Attendant:
    """Does the library's work for as long as no other process holds the data directory.

    Handing over is a row of the database; so nothing is lost whoever ends first.
    """

    def __init__(self, settings: IndexSettings) -> None:
        self._settings = settings
        self._lock: DataLock | None = None
        self._librarian: Librarian | None = None
        self._tried = 0.0

    @property
    def elsewhere(self) -> bool:
        """Whether another process holds the data directory."""
        return self._librarian is None

    def attend(self) -> None:
        """Take the work over where nobody else has it; cheap to call again and again."""
        if self._librarian is not None or time.monotonic() - self._tried < _EVERY:
            return
        self._tried = time.monotonic()
        try:
            self._lock = DataLock(self._settings.data_dir).acquire()
        except LockedError:
            return
        self._librarian = Librarian(
            self._settings, _corpus(self._settings), _encoder(self._settings), lambda _shelf, _segments: None
        )
        self._librarian.start()

    def close(self) -> None:
        """Stop what was taken over; what is left undone goes on in the next process."""
        if self._librarian is not None:
            self._librarian.close()
        if self._lock is not None:
            self._lock.release()


def _corpus(settings: IndexSettings) -> Callable[[], Corpus]:
    return cache(lambda: load_corpus(settings.corpus_dir))


def _encoder(settings: IndexSettings) -> Callable[[], Encoder | None]:
    def ready() -> Encoder | None:
        from index.preparation import encoder_if_ready

        # Where it was not converted yet, the next start of the page converts it and adds the vectors.
        return encoder_if_ready(settings) if Retriever.MEANING in settings.retrievers else None

    return cache(ready)
