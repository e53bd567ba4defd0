"""The way of a question, from top to bottom. Page, commands and evaluation all call `answer`."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import dataclass, replace

from assistant.answering.cases.compose import answer_case
from assistant.answering.compose import Composer
from assistant.answering.emphasis import Emphasis
from assistant.answering.grounding import ground
from assistant.answering.present import declined, presented
from assistant.answering.refocus import refocused
from assistant.answering.relevance import figure_missing, period_missing, shortfall
from assistant.answering.rerank import rerank
from assistant.answering.screen import Refusal, screen
from assistant.casework import case_of
from assistant.eligibility.rulebook import Rulebook
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
    rulebook: Rulebook | None = None  # None: a corpus without rules

    @property
    def composer(self) -> Composer:
        """The composer over these parts."""
        return Composer(self.searcher, self.words)


def answer(question: Question, parts: Parts, settings: AnswerSettings) -> Answer:
    """Take a question from its words to a grounded answer, or to a stated reason for giving none."""
    clock = _Clock()
    answered = _answer(question, parts, settings, clock)
    return replace(answered, timings_ms=clock.times)


def _answer(question: Question, parts: Parts, settings: AnswerSettings, clock: _Clock) -> Answer:
    base = _blank(question)
    if (refusal := screen(question.text, base.language, settings.longest_question)) is not None:
        return declined(base, refusal, settings)
    if (decided := _decided(base, question, parts)) is not None:
        clock.stop("decide")
        return decided
    query = understand(question, parts.words, parts.searcher.nearness)
    clock.stop("understand")
    if query.followed_up and (refusal := screen(query.text, base.language, settings.longest_question)) is not None:
        return declined(base, refusal, settings)
    hits = refocused(parts.searcher.search(query.text, base.language, settings.hits), query, parts.searcher)
    clock.stop("search")
    emphasis = Emphasis.of(query, parts.searcher, parts.words)
    evidence = rerank(hits, query, emphasis, question.as_of)
    clock.stop("rerank")
    if (missing := shortfall(query, evidence, parts.searcher, settings)) is not None:
        return declined(base, missing, settings, evidence)
    claims, dropped = ground(parts.composer.compose(query, evidence[: settings.evidence], emphasis))
    clock.stop("compose")
    base = replace(base, dropped=tuple(dropped))
    if not claims:
        return declined(base, Refusal(Outcome.NO_EVIDENCE, "no_evidence"), settings, evidence)
    if period_missing(query, claims):
        return declined(base, Refusal(Outcome.NO_EVIDENCE, "no_period"), settings, evidence, claims[:NEAREST])
    lacks = "figure_missing" if figure_missing(query, claims) else "claims_dropped" if dropped else None
    return presented(base, query, claims, evidence, parts.searcher, lacks)


def _decided(base: Answer, question: Question, parts: Parts) -> Answer | None:
    """The answer where rules decide the case; None where the question is to be looked up."""
    if parts.rulebook is None:
        return None
    case = case_of(question, base.language, parts.rulebook)
    return answer_case(base, case, parts.rulebook, parts.searcher) if case is not None else None


def _blank(question: Question) -> Answer:
    """The answer before anything is known of it."""
    return Answer(
        id=question.id or answer_id(question),
        question=question.text,
        language=language_of_question(question),
        outcome=Outcome.FAILED,
        reason=None,
        as_of=question.as_of,
        text="",
    )


def answer_id(question: Question) -> str:
    """An id that the same question on the same day always gets."""
    told = json.dumps([question.text, list(question.context), question.as_of.isoformat()], ensure_ascii=False)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:12]


class _Clock:
    """Milliseconds of each stage."""

    def __init__(self) -> None:
        self.times: dict[str, float] = {}
        self._last = time.perf_counter()

    def stop(self, stage: str) -> None:
        now = time.perf_counter()
        self.times[stage] = (now - self._last) * 1000
        self._last = now
