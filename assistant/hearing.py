"""From what was typed to what is read: personal data masked, orders without power, and the first look at a turn."""

from __future__ import annotations

from dataclasses import replace

from assistant.answering.disarm import disarmed
from assistant.answering.resemblance import learnt
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


def declined_at_sight(question: Question, longest: int) -> Refusal | None:
    """Why a turn is declined before anything is looked up.

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
    if searcher.encoder_name != learnt().encoder or (vector := searcher.vector(clean(question.text))) is None:
        return None
    likeness = learnt().likeness(vector)
    if likeness.share <= settings.likeness:
        return None
    # A turn that goes on with others says too little to be judged by its likeness alone.
    plain_enough = likeness.share > settings.plain_likeness and not question.context
    return refusal_like(likeness.label, question.text, language_of_question(question), plain_enough=plain_enough)


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
