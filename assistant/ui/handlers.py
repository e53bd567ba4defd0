"""What the page does when something is clicked: plain functions, without Gradio."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date
from typing import Protocol

from assistant.errors import RecordsError
from assistant.records.recorder import Kept
from assistant.records.store import Rating, RecordStore
from assistant.texts import Texts, ui_texts
from assistant.types import Citation, Question
from assistant.ui.turns import Conversation, Source
from index.types import Document, Language

log = logging.getLogger(__name__)


Ask = Callable[[Question], Kept]  # a grounded answer, or a stated reason for giving none, with its receipt


class Library(Protocol):
    """Where the clauses around a cited one stand."""

    def document(self, document_id: str, language: Language) -> Document | None:
        """A whole document."""


def answered(
    ask: Ask, library: Library, conversation: Conversation, day: str, words: Texts, today: date,
    groups: tuple[str, ...] = (),
) -> Conversation:  # fmt: skip
    """The conversation with its newest turn answered; whatever goes wrong becomes a sentence, never a trace.

    `groups` are those of the visitor, whose documents may be answered from too.
    """
    turn = conversation.last
    assert turn is not None
    as_of = read_day(day, today)
    if as_of is None:
        return conversation.with_last(problem=words("problem.date", example=today.isoformat()))
    try:
        kept = ask(Question(turn.question, as_of, conversation.context, groups=groups))
        answer = kept.answer
        sources = tuple(_with_neighbours(library, citation, answer.language) for citation in answer.citations)
    except Exception:  # the outermost edge: the visitor gets a sentence, the log the trace
        log.exception("no answer could be given")
        return conversation.with_last(problem=words("problem.answer"))
    return conversation.with_last(
        answer=answer, sources=sources, receipt=kept.receipt, unrecorded=kept.problem is not None
    )


def rated(store: RecordStore, conversation: Conversation, rating: Rating, words: Texts) -> tuple[Conversation, str]:
    """Store what the visitor thinks of the newest answer; returns also the sentence to show."""
    turn = conversation.last
    if turn is None or turn.answer is None:
        return conversation, ""
    try:
        row = store.rate(turn.answer, rating, turn.receipt, replaces=turn.feedback_id)
    except RecordsError as error:
        log.error("%s", error)
        return conversation, words("feedback.failed")
    return conversation.with_last(rating=rating, feedback_id=row), words("feedback.thanks")


def explained(store: RecordStore, conversation: Conversation, reason: str, words: Texts) -> str:
    """Store the reason for a rating; returns the sentence to show."""
    turn = conversation.last
    if turn is None or turn.feedback_id is None or turn.answer is None:
        return ""
    try:
        store.explain(turn.feedback_id, reason, turn.answer.language)
    except RecordsError as error:
        log.error("%s", error)
        return words("feedback.failed")
    return words("feedback.thanks_reason")


def read_day(text: str, today: date) -> date | None:
    """The day meant by 2026-11-23, 2026/11/23 or 2026年11月23日; today for nothing, None for anything else."""
    written = text.strip().replace("年", "-").replace("月", "-").replace("日", "").replace("/", "-").replace(".", "-")
    if not written:
        return today
    try:
        year, month, day = (int(part) for part in written.split("-"))
        return date(year, month, day)
    except ValueError:
        return None


def preferred_language(accept_language: str) -> Language:
    """The first of our languages in an Accept-Language header, which browsers fill from navigator.languages."""
    for entry in accept_language.split(","):
        tag = entry.split(";")[0].strip().lower()[:2]
        if tag in set(map(str, Language)):
            return Language(tag)
    return Language.ZH


def example(language: Language, audience: str, number: int) -> str:
    """An example question of the page."""
    return ui_texts(language).list(f"examples.{audience}.questions")[number]


def _with_neighbours(library: Library, citation: Citation, language: Language) -> Source:
    document = library.document(citation.document_id, language)
    clauses = document.clauses if document else ()
    place = next((i for i, clause in enumerate(clauses) if clause.id == citation.clause_id), None)
    if place is None:
        return Source(citation)
    return Source(
        citation,
        table=clauses[place].table,
        before=clauses[place - 1] if place > 0 else None,
        after=clauses[place + 1] if place + 1 < len(clauses) else None,
    )
