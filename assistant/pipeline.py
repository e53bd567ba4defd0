"""The way of a question, from top to bottom. Page, commands and evaluation all call `answer`."""

from __future__ import annotations

import hashlib
import json
import time

from dataclasses import dataclass

from assistant.answering.compose import Composer
from assistant.answering.grounding import ground
from assistant.answering.present import declined, presented
from assistant.answering.relevance import figure_missing, period_missing, shortfall
from assistant.answering.rerank import rerank
from assistant.answering.screen import Refusal, screen
from assistant.settings import AnswerSettings
from assistant.types import Answer, Outcome, Question
from assistant.understanding.query import language_of_question, understand
from index.search import Searcher
from index.words import Words


NEAREST = 3  # claims shown beside a refusal, so that the reader sees what there is


@dataclass(frozen=True)
class Parts:
    """What answering needs and does not make itself."""

    searcher: Searcher
    words: Words

    @property
    def composer(self) -> Composer:
        """The composer over these parts."""
        return Composer(self.searcher, self.words)


def answer(question: Question, parts: Parts, settings: AnswerSettings) -> Answer:
    """Take a question from its words to a grounded answer, or to a stated reason for giving none."""
    clock = _Clock()
    id = question.id or answer_id(question)
    language = language_of_question(question)
    if (refusal := screen(question.text, language, settings.longest_question)) is not None:
        return declined(question, id, language, refusal, settings, clock.stop("screen"))
    query = understand(question, parts.words)
    if query.followed_up and (refusal := screen(query.text, language, settings.longest_question)) is not None:
        return declined(question, id, language, refusal, settings, clock.stop("understand"))
    clock.stop("understand")
    hits = parts.searcher.search(query.text, language, settings.hits)
    clock.stop("search")
    evidence = rerank(hits, query, question.as_of)
    clock.stop("rerank")
    if (missing := shortfall(query, evidence, parts.searcher, parts.words, settings)) is not None:
        return declined(question, id, language, missing, settings, clock.times, evidence)
    claims, rejected = ground(parts.composer.compose(query, evidence[: settings.evidence]))
    clock.stop("compose")
    if not claims:
        refusal = Refusal(Outcome.NO_EVIDENCE, "no_evidence")
        return declined(question, id, language, refusal, settings, clock.times, evidence)
    if period_missing(query, claims):
        refusal = Refusal(Outcome.NO_EVIDENCE, "no_period")
        return declined(question, id, language, refusal, settings, clock.times, evidence, claims[:NEAREST])
    lacks = "figure_missing" if figure_missing(query, claims) else "claims_dropped" if rejected else None
    return presented(question, id, query, claims, evidence, parts.searcher, lacks=lacks, times=clock.times)


def answer_id(question: Question) -> str:
    """An id that the same question on the same day always gets."""
    told = json.dumps([question.text, list(question.context), question.as_of.isoformat()], ensure_ascii=False)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:12]


class _Clock:
    """Milliseconds of each stage."""

    def __init__(self) -> None:
        self.times: dict[str, float] = {}
        self._last = time.perf_counter()

    def stop(self, stage: str) -> dict[str, float]:
        now = time.perf_counter()
        self.times[stage] = (now - self._last) * 1000
        self._last = now
        return self.times


