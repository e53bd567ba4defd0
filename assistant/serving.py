"""One state of index and rules with what answers from it: an answer and what it was made from stay together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from assistant.pipeline import Parts, answer
from assistant.settings import AnswerSettings
from assistant.types import Answer, Question
from index.library.views import View, Views
from index.search import Searcher
from index.snapshot import Manifest
from index.types import Document, Language

_KEPT = 16  # sets of groups whose parts are kept


@dataclass(frozen=True)
class Serving:
    """What answers are made from; replaced as a whole when the index is completed, or when uploads come or go."""

    parts: Parts
    manifest: Manifest
    rules: str  # digest of the rule files
    settings: AnswerSettings
    candidates: int  # passages each retriever offers to fusion
    views: Views | None = None  # corpus and uploads, by the groups of whoever asks; None: the corpus alone
    groups: frozenset[str] = frozenset()  # whose documents are seen beside everybody's
    _parts: dict[int, Parts] = field(default_factory=dict, repr=False, compare=False)

    def answer(self, question: Question) -> Answer:
        """Take a question from its words to a grounded answer, or to a stated reason for giving none."""
        return answer(question, self.seen_by(question.groups)._seen, self.settings)

    def seen_by(self, groups: Iterable[str]) -> Serving:
        """The same, as these groups see it: documents of others are not there at all."""
        wanted = frozenset(groups)
        return self if wanted == self.groups else replace(self, groups=wanted)

    @cached_property
    def view(self) -> View:
        """Corpus and uploads as the groups see them."""
        if self.views is None:
            return View(self.parts.searcher, 0, None)
        return self.views.of(self.groups)

    @property
    def _seen(self) -> Parts:
        """The parts over what is seen."""
        searcher = self.view.searcher
        if searcher is self.parts.searcher:
            return self.parts
        if (found := self._parts.get(id(searcher))) is None or found.searcher is not searcher:
            found = replace(self.parts, searcher=searcher)
            found.__dict__["typing_errors"] = self.parts.typing_errors  # the same words, made once
            if len(self._parts) >= _KEPT:
                self._parts.clear()
            self._parts[id(searcher)] = found
        return found

    @property
    def searcher(self) -> Searcher:
        """What the groups may search."""
        return self.view.searcher

    @property
    def encoder(self) -> str | None:
        """The encoder that searches; None while words alone are searched."""
        return None if self.parts.searcher.by_words_only else self.manifest.encoder

    def document(self, document_id: str, language: Language) -> Document | None:
        """A whole document."""
        return self.searcher.document(document_id, language)

    def clause_text(self, document_id: str, clause_id: str, language: Language) -> str | None:
        """The whole text of a clause; None where it is not there."""
        passage = self.searcher.clause(document_id, clause_id, language)
        return passage.clause.text if passage else None
