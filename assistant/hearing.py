"""From what was typed to what is read: personal data masked, orders without power, and the first look at a turn."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from assistant.answering.deceit import deceit
from assistant.answering.disarm import disarmed
from assistant.answering.resemblance import Likeness, learnt
from assistant.answering.screen import Refusal, refusal_like, screen
from assistant.personal_data import masked, without_masks
from assistant.settings import AnswerSettings
from assistant.types import Outcome, Query, Question
from assistant.understanding.conversation import points_back
from assistant.understanding.query import language_of_question
from index.search import Searcher
from index.text import clean, language_of
from index.types import Language

_TOPICS = {"foreign", "personal_finance", "business_affairs", "other_topics"}  # out of scope by what they are about
_SHORT = {Language.ZH: 8, Language.EN: 28}  # characters of a turn that names nothing but another case: 那电影院呢


def without_personal_data(question: Question) -> Question:
    """The question and the turns before it with personal data masked, in the language it is answered in."""
    # What tries to steer us does not choose the language either, unless there is nothing else.
    left = disarmed(question.text)
    language = language_of_question(replace(question, text=left) if language_of(left) else question)
    context = tuple(masked(turn, language) for turn in question.context)
    return replace(question, text=masked(question.text, language), context=context, language=language)


def as_read(question: Question, longest: int) -> Question:
    """The question as it is read: without the words that stand in for personal data, and what tries to steer us.

    Turns that were declined and lead nowhere are left behind: after a request for forged papers, "and the conditions?"
    asks about what was spoken of before.
    """
    language = language_of_question(question)
    refusals = [screen(turn, language, longest) for turn in question.context]
    return replace(
        question,
        text=disarmed(without_masks(question.text)),
        context=tuple(
            disarmed(without_masks(turn))
            for turn, refusal in zip(question.context, refusals, strict=True)
            if refusal is None or not refusal.left_behind
        ),
    )


def heard(question: Question, searcher: Searcher, settings: AnswerSettings) -> Question | Refusal:
    """The question as it is read, or why it is declined before anything is looked up.

    What it is about (house, shares, lawsuit) does not hide what it asks for: deceit comes before that.
    """
    seen = declined_at_sight(question, settings.longest_question)
    if seen is not None and seen.reason not in _TOPICS | {"debt_crisis"}:
        return seen
    read = as_read(question, settings.longest_question)
    deceives = declined_for_deceit(read, searcher, settings)
    return deceives or seen or declined_for_likeness(read, searcher, settings) or read


def declined_at_sight(question: Question, longest: int) -> Refusal | None:
    """Why a turn is declined for its words.

    A short one that points back is out of scope only where it is so after the turn before it, too: 那电影院呢 asks
    about loans where loans were spoken of.
    """
    language = language_of_question(question)
    refusal = screen(question.text, language, longest)
    before = _before(question)
    if refusal is None or refusal.reason not in _TOPICS or before is None:
        return refusal
    if len(question.text) > _SHORT[language] or not points_back(question.text, language):
        return refusal
    return refusal if screen(f"{before} {question.text}", language, longest) is not None else None


def declined_for_likeness(question: Question, searcher: Searcher, settings: AnswerSettings) -> Refusal | None:
    """Why a turn is declined that no pattern knows but that resembles what was declined before.

    Needs the vectors of the encoder it was learnt with; by words alone, or with another encoder, nothing is.
    """
    if (vector := _vector(question, searcher)) is None:
        return None
    likeness, language = learnt().likeness(vector), language_of_question(question)
    return refusal_like(likeness, question.text, language, settings.likeness, alone=_alone(question))


def declined_for_deceit(question: Question, searcher: Searcher, settings: AnswerSettings) -> Refusal | None:
    """Why a turn is declined that asks for help to deceive in words no pattern knows; needs vectors as above."""
    if (vector := _vector(question, searcher)) is None:
        return None
    deceives = Likeness(learnt().fraud(vector), deceit().share(question.text, vector))
    language = language_of_question(question)
    return refusal_like(deceives, question.text, language, settings.deceit, alone=_alone(question))


def _vector(question: Question, searcher: Searcher) -> np.ndarray | None:
    return searcher.vector(clean(question.text)) if searcher.encoder_name == learnt().encoder else None


def _alone(question: Question) -> bool:
    """A turn that goes on with others says too little to be judged by its likeness alone."""
    return not question.context


def declined_together(query: Query, question: Question, longest: int) -> Refusal | None:
    """Why a turn is declined that is harmless alone but goes on with another.

    Filling in from the conversation leaves out what the earlier turn asked ("what happens to those who forge"), which
    may be all that told it from a request. So what is refused must be so in the two turns as they were said, too.
    """
    if not query.followed_up:
        return None
    refusal = screen(query.text, query.language, longest)
    if refusal is None or refusal.outcome is not Outcome.REFUSED:
        return refusal
    said = f"{_before(question) or ''} {question.text}"
    return refusal if screen(said, query.language, longest) is not None else None


def _before(question: Question) -> str | None:
    return next((turn for turn in reversed(question.context) if turn.strip()), None)
