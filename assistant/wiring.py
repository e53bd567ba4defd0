"""The one place that loads models and opens the index."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.eligibility.desks import Case, decide
from assistant.eligibility.rulebook import Rulebook
from assistant.errors import RulesError
from assistant.pipeline import Parts
from assistant.premise_files import load_premises
from assistant.profile import Desk, Profile
from assistant.rule_files import load_rulebook, rules_digest
from assistant.serving import Serving
from assistant.settings import AnswerSettings
from assistant.types import Answer, Question
from index.documents.corpus import Corpus, corpus_digest
from index.encoders import BUILT_IN, Encoder
from index.errors import EncoderError, IndexingError, LockedError
from index.library.librarian import Librarian
from index.library.library import Library
from index.library.segments import Segment
from index.library.shelf import Shelf, load_shelf
from index.library.views import Views
from index.lock import DataLock
from index.preparation import index_dir, prepare, prepare_words, read_only
from index.settings import IndexSettings
from index.snapshot import Manifest, Progress, Snapshot, current_manifest, is_current, silent
from index.types import Document, Language, Retriever

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class State:
    """How far the index is: `progress` while it is being completed, `problem` when that failed."""

    by_words_only: bool
    progress: str | None = None
    share: float = 0.0
    problem: str | None = None


class _Closing(Exception):
    """The assistant is being closed."""


class Assistant:
    """Answers questions over one data directory; safe to call from several threads."""

    def __init__(
        self,
        settings: IndexSettings,
        snapshot: Snapshot,
        lock: DataLock | None,
        answer_settings: AnswerSettings | None = None,
    ) -> None:
        self.settings = settings
        self.answer_settings = answer_settings or AnswerSettings()
        self._lock = lock
        self._retired: list[Snapshot] = []
        self._completing: threading.Thread | None = None
        self._closing = threading.Event()
        self._taking = threading.RLock()
        self._shelf = Shelf()
        self._segments: Sequence[Segment] | None = None if lock is None else ()
        self._snapshot = snapshot
        self._serving: Serving
        self._librarian: Librarian | None = None
        if lock is not None:
            self._librarian = Librarian(settings, lambda: self._snapshot.corpus, self._encoder, self._take_shelf)
        self._library = self._librarian.library if self._librarian is not None else Library(settings)
        self._take(snapshot)
        self._read_shelf()
        self.state = State(by_words_only=snapshot.searcher.by_words_only)

    def answer(self, question: Question) -> Answer:
        """Take a question from its words to a grounded answer, or to a stated reason for giving none."""
        return self._serving.answer(question)

    @property
    def serving(self) -> Serving:
        """What answers are made from at this moment."""
        return self._serving

    @property
    def built_from(self) -> Manifest:
        """What the index that serves was built from."""
        return self._snapshot.manifest

    @property
    def corpus(self) -> Corpus:
        """The documents that are answered from."""
        return self._snapshot.corpus

    @property
    def rulebook(self) -> Rulebook | None:
        """The rules that decide eligibility, checked against the clauses that are served; None where there are none."""
        return self._serving.parts.rulebook

    def decide(self, desk: Desk, profile: Profile, on: date, named: tuple[str, ...] = ()) -> Case:
        """What the rules make of a profile at a desk on a day; `named` limits it to these candidates."""
        if self.rulebook is None:
            raise RulesError([f"{self.settings.corpus_dir} has no folder of rules"])
        return decide(desk, profile, self.rulebook, on, named)

    def document(self, document_id: str, language: Language) -> Document | None:
        """A whole document, for reading around a cited clause."""
        return self._serving.document(document_id, language)

    @property
    def library(self) -> Library:
        """The uploaded documents."""
        return self._library

    def keep_library(self) -> None:
        """Read what is uploaded and carry out what is ordered, in the background, until closed."""
        if self._librarian is not None:
            self._librarian.start()

    def complete_in_background(self) -> threading.Thread:
        """Convert the encoder and add vectors while words serve; `state` tells how far it is."""
        self._completing = threading.Thread(target=self._complete, name="complete-index", daemon=True)
        self._completing.start()
        return self._completing

    def close(self) -> None:
        """Stop what runs in the background, release the store and the data directory."""
        self._closing.set()
        if self._completing is not None:
            self._completing.join()
        if self._librarian is not None:
            self._librarian.close()
        self._library.close()
        for snapshot in [*self._retired, self._snapshot]:
            snapshot.close()
        if self._lock is not None:
            self._lock.release()

    def _encoder(self) -> Encoder | None:
        """The encoder of the index; None while words alone are searched."""
        return self._snapshot.searcher.encoder

    def _read_shelf(self) -> None:
        """Take what is released. A library that cannot be read leaves the corpus to answer from."""
        try:
            if self._librarian is not None:
                self._librarian.publish()
            else:
                self._take_shelf(load_shelf(self._library.tables, self._snapshot.manifest.encoder), None)
        except IndexingError as error:
            log.warning("Uploaded documents are not answered from: %s", error)

    def _take_shelf(self, shelf: Shelf, segments: Sequence[Segment] | None) -> None:
        """Answer from what is released now. Questions on their way finish on what they began with."""
        with self._taking:
            self._shelf, self._segments = shelf, segments
            views = self._views()
            views.of()  # made before anybody waits for it
            self._serving = replace(self._serving, views=views, _parts={})

    def _views(self) -> Views:
        return Views(self._snapshot.searcher, self._shelf, self._segments)

    def _take(self, snapshot: Snapshot) -> None:
        with self._taking:
            self._take_snapshot(snapshot)

    def _take_snapshot(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        rulebook = load_rulebook(self.settings.corpus_dir, snapshot.corpus.documents)
        for note in rulebook.stale_notes if rulebook else ():
            log.warning("A rule is stale and not used: %s", note)
        self._serving = Serving(
            Parts(snapshot.searcher, snapshot.words, rulebook, load_premises(self.settings.corpus_dir)),
            snapshot.manifest, rules_digest(self.settings.corpus_dir), self.answer_settings, self.settings.candidates,
            self._views(),
        )  # fmt: skip

    def _complete(self) -> None:
        self.state = State(by_words_only=True, progress="", share=0.0)

        def progress(what: str, share: float) -> None:
            if self._closing.is_set():
                raise _Closing
            self.state = State(by_words_only=True, progress=what, share=share)

        try:
            snapshot, _ = prepare(self.settings, progress)
        except _Closing:
            return
        except IndexingError as error:
            log.warning("%s", error)
            self.state = State(by_words_only=True, problem=str(error))
            return
        # Questions already on their way finish on the snapshot they began with.
        self._retired.append(self._snapshot)
        self._take(snapshot)
        self.state = State(by_words_only=snapshot.searcher.by_words_only)


def open_at_once(settings: IndexSettings) -> Assistant:
    """For the page: answers within seconds, by words alone where vectors are still missing."""
    lock = DataLock(settings.data_dir).acquire()
    try:
        return Assistant(settings, prepare_words(settings), lock)
    except BaseException:
        lock.release()
        raise


def open_complete(
    settings: IndexSettings, progress: Progress = silent, answer_settings: AnswerSettings | None = None
) -> Assistant:
    """For commands: everything built first.

    While another process holds the data directory, its snapshot is read, and Chroma left alone. Where the built-in
    encoder's weights cannot be had, words alone serve, and every answer says so.
    """
    try:
        lock = DataLock(settings.data_dir).acquire()
    except LockedError:
        manifest = current_manifest(index_dir(settings))
        if not is_current(manifest, corpus_digest(settings.corpus_dir), manifest.encoder if manifest else None):
            raise
        return Assistant(settings, read_only(settings), None, answer_settings)
    try:
        return Assistant(settings, _prepare_or_words(settings, progress), lock, answer_settings)
    except BaseException:
        lock.release()
        raise


def _prepare_or_words(settings: IndexSettings, progress: Progress) -> Snapshot:
    try:
        if Retriever.MEANING not in settings.retrievers:
            return prepare_words(settings)
        return prepare(settings, progress)[0]
    except EncoderError as error:
        if settings.encoder != BUILT_IN:
            raise  # a setting that somebody made: they want to know
        log.warning("%s Searching by words alone.", error)
        return prepare_words(settings)
