"""One state of index and rules with what answers from it: an answer and what it was made from stay together."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.pipeline import Parts, answer
from assistant.settings import AnswerSettings
from assistant.types import Answer, Question
from index.snapshot import Manifest
from index.types import Document, Language


@dataclass(frozen=True)
class Serving:
    """What answers are made from; replaced as a whole when the index is completed."""

    parts: Parts
    manifest: Manifest
    rules: str  # digest of the rule files
    settings: AnswerSettings
    candidates: int  # passages each retriever offers to fusion

    def answer(self, question: Question) -> Answer:
        """Take a question from its words to a grounded answer, or to a stated reason for giving none."""
        return answer(question, self.parts, self.settings)

    @property
    def encoder(self) -> str | None:
        """The encoder that searches; None while words alone are searched."""
        return None if self.parts.searcher.by_words_only else self.manifest.encoder

    def document(self, document_id: str, language: Language) -> Document | None:
        """A whole document."""
        return self.parts.searcher.document(document_id, language)

    def clause_text(self, document_id: str, clause_id: str, language: Language) -> str | None:
        """The whole text of a clause; None where it is not there."""
        passage = self.parts.searcher.clause(document_id, clause_id, language)
        return passage.clause.text if passage else None
