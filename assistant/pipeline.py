"""The way of a question, from top to bottom. Page, commands and evaluation all call `answer`."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from assistant.answering.cases.compose import answer_case
from assistant.answering.clause_sums import sum_claims
from assistant.answering.compose import Composer
from assistant.answering.emphasis import Emphasis
from assistant.answering.figures_held import edition_missing, figure_missing, period_missing
from assistant.answering.grounding import ground
from assistant.answering.nearness import nearness
from assistant.answering.premises.correction import Correction
from assistant.answering.premises.documents import clause_beyond, elsewhere, near_documents, succeeded
from assistant.answering.premises.figures import figure_correction
from assistant.answering.premises.known import Register
from assistant.answering.present import declined, presented, told
from assistant.answering.refocus import refocused
from assistant.answering.relevance import shortfall
from assistant.answering.rerank import rerank
from assistant.answering.screen import Refusal, strained
from assistant.answering.telling import Teller, judged_on, without_span
from assistant.casework import case_of
from assistant.eligibility.rulebook import Rulebook
from assistant.hearing import declined_together, heard, without_personal_data
from assistant.lexicon.typing_errors import TypingErrors
from assistant.personal_data import masked_kinds
from assistant.settings import AnswerSettings
from assistant.texts import texts
from assistant.types import Answer, Claim, Evidence, Outcome, Query, Question
from assistant.understanding.query import language_of_question, understand
from assistant.understanding.sums import sum_asked
from index.search import Searcher
from index.words import Words

LONGEST_MENDED = 1000  # characters; a longer question is declined or a document pasted in
NEAREST = 3  # claims shown beside a refusal, so that the reader sees what there is


@dataclass(frozen=True)
class Parts:
    """What answering needs and does not make itself."""

    searcher: Searcher
    words: Words
    rulebook: Rulebook | None = None  # None: a corpus without rules
    premises: Register = field(default_factory=Register)

    @property
    def composer(self) -> Composer:
        """The composer over these parts."""
        return Composer(self.searcher, self.words)

    @cached_property
    def typing_errors(self) -> TypingErrors:
        """What recognises names and terms that were typed wrongly."""
        return TypingErrors(self.words, self.rulebook.names("zh") if self.rulebook is not None else ())


def answer(question: Question, parts: Parts, settings: AnswerSettings) -> Answer:
    """Take a question from its words to a grounded answer, or to a stated reason for giving none."""
    clock = _Clock()
    question = without_personal_data(question)  # first of all: nothing below ever holds personal data
    base = _blank(question)
    meant, slips = _as_meant(question, parts)
    answered = _answer(base, meant, parts, settings, clock)
    return replace(_with_notes(answered, question, slips), timings_ms=clock.times)


def _with_notes(answered: Answer, question: Question, slips: Sequence[tuple[str, str]]) -> Answer:
    """The answer with what the reader must know of how the question was taken."""
    say = texts(answered.language)
    for said, word in slips if answered.claims else ():
        answered = told(answered, say("answer.read_as", said=said, meant=word))
    if kinds := masked_kinds(question.text):
        named = say("list_comma").join(say(f"personal.names.{kind}") for kind in kinds)
        answered = told(answered, say("personal.notice", kinds=named))
    if answered.reason not in ("distress", "debt_crisis") and strained(question.text, answered.language):
        answered = told(answered, say("comfort"))
    return answered


def _as_meant(question: Question, parts: Parts) -> tuple[Question, tuple[tuple[str, str], ...]]:
    """The question without typing errors, and those of its newest turn; too long a question is left as it is."""
    if len(question.text) > LONGEST_MENDED:
        return question, ()
    text, slips = parts.typing_errors.corrected(question.text)
    context = tuple(parts.typing_errors.corrected(turn)[0] for turn in question.context)
    return replace(question, text=text, context=context), slips


def _answer(base: Answer, question: Question, parts: Parts, settings: AnswerSettings, clock: _Clock) -> Answer:
    read = heard(question, parts.searcher, settings)
    if isinstance(read, Refusal):
        return declined(base, read, settings)
    question = read
    query = understand(question, parts.words, parts.searcher.nearness)
    on = judged_on(query, question.as_of)
    base = replace(base, speaks_of=query.span)
    first = parts.premises.correction(query, parts.searcher, on)
    clock.stop("understand")
    if (decided := _decided(base, question, parts, first)) is not None:
        clock.stop("decide")
        return decided
    if (refusal := declined_together(query, question, settings.longest_question)) is not None:
        return declined(base, refusal, settings)
    if first is None and (misplaced := elsewhere(query, parts.searcher)) is not None:
        first, query = misplaced.correction, replace(query, text=misplaced.text)
    query = without_span(query)
    hits = refocused(parts.searcher.search(query.text, base.language, settings.hits), query, parts.searcher)
    clock.stop("search")
    emphasis = Emphasis.of(query, parts.searcher, parts.words)
    evidence = rerank(hits, query, emphasis, on)
    base = replace(base, nearness=nearness(evidence))
    clock.stop("rerank")
    first = first or clause_beyond(query, parts.searcher)
    if (missing := shortfall(query, evidence, parts.searcher, settings)) is not None:
        first = first or (succeeded(query, parts.searcher) if missing.reason == "no_document" else None)
        held, _ = ground([first.claim] if first is not None else [])
        if held:
            return presented(base, query, held, evidence, parts.searcher, None)
        return declined(base, _with_near(missing, query, evidence, parts), settings, evidence)
    first = first or figure_correction(query, evidence, emphasis, on)
    teller = Teller(
        parts.composer, query, emphasis, question.as_of, settings.evidence,
        lambda day: evidence if day == on else rerank(hits, query, emphasis, day),
    )  # fmt: skip
    telling = teller.tell(evidence)
    composed = first.before(telling.claims) if first is not None else telling.claims
    claims, dropped = ground([*_worked_out(query, parts), *composed])
    base = replace(base, judged_on=telling.judged_on)
    clock.stop("compose")
    base = replace(base, dropped=tuple(dropped))
    if not claims:
        return declined(base, Refusal(Outcome.NO_EVIDENCE, "no_evidence"), settings, evidence)
    if period_missing(query, claims):
        return declined(base, Refusal(Outcome.NO_EVIDENCE, "no_period"), settings, evidence, claims[:NEAREST])
    if (year := edition_missing(query, claims)) is not None:
        missing = Refusal(Outcome.NO_EVIDENCE, "no_edition", year)
        return declined(base, missing, settings, evidence, claims[:NEAREST])
    lacks = "figure_missing" if figure_missing(query, claims) else "claims_dropped" if dropped else None
    return presented(base, query, claims, evidence, parts.searcher, lacks, telling.preface)


def _with_near(missing: Refusal, query: Query, evidence: Sequence[Evidence], parts: Parts) -> Refusal:
    """Where a document's number is not held, the documents near it."""
    if missing.reason != "no_document" or not (near := near_documents(query, evidence, parts.searcher)):
        return missing
    return replace(missing, reason="no_document_near", subject=near)


def _decided(base: Answer, question: Question, parts: Parts, first: Correction | None) -> Answer | None:
    """The answer where rules decide the case; None where the question is to be looked up. `first` goes before it."""
    if parts.rulebook is None:
        return None
    case = case_of(question, base.language, parts.rulebook)
    return answer_case(base, case, parts.rulebook, parts.searcher, first) if case is not None else None


def _worked_out(query: Query, parts: Parts) -> list[Claim]:
    """The sum a question asks for, where a clause gives the rate or formula that the rules name."""
    asked = sum_asked(query.text, query.language)
    if asked is None or parts.rulebook is None:
        return []
    rule = parts.rulebook.sums.get(asked.id)
    if rule is None or (rule.clause, rule.quote.zh) in parts.rulebook.stale:
        return []
    return sum_claims(asked, rule, parts.searcher, query.language)


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
