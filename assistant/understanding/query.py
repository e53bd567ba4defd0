"""From the user's words to a query."""

from __future__ import annotations

import re

from assistant.lexicon.banks import banks_in
from assistant.lexicon.periods import periods_in
from assistant.lexicon.regions import places_in
from assistant.types import Query, Question
from assistant.understanding.assertions import assertion_in
from assistant.understanding.conversation import has_subject, resolve
from assistant.understanding.leaning import Near, by_words_only
from assistant.understanding.times import span_in
from index.text import clean, language_of
from index.types import Language
from index.words import Words

# A document's number is Chinese in English questions too, and may have more characters than they have words.
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,5}\s*[〔\[［【(（]\d{4}[〕\]］】)）]\s*第?\d+号")


def language_of_question(question: Question) -> Language:
    """The language set, or that of the question, or of the conversation; Chinese when nothing tells."""
    if question.language is not None:
        return question.language
    for text in (question.text, *reversed(question.context)):
        if (found := language_of(_NUMBER.sub(" ", text)) or language_of(text)) is not None:
            return found
    return Language.ZH


def understand(question: Question, words: Words, near: Near = by_words_only) -> Query:
    """What is asked, complete in itself. `near` tells how near documents come to a text (see leaning.py)."""
    language = language_of_question(question)
    turns = [text for text in (clean(turn).strip() for turn in (*question.context, question.text)) if text]
    turn = resolve(turns, language, words, near)
    return Query(
        text=turn.text,
        focus=clean(question.text).strip(),
        language=language,
        asked=turn.asked,
        places=places_in(turn.text),
        banks=banks_in(turn.text),
        periods=periods_in(turn.text, question.as_of),
        has_subject=has_subject(turn.text, language, words),
        followed_up=turn.followed_up,
        assertion=assertion_in(question.text, language),
        span=span_in(question.text, language, question.as_of)
        or (span_in(turn.text, language, question.as_of) if turn.followed_up else None),
    )
