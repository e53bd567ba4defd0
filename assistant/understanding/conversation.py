"""Follow-ups: a turn that leans on earlier ones is filled in from them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.lexicon.banks import banks_in, without_banks
from assistant.lexicon.kinds import kinds_of, without_asking
from assistant.lexicon.regions import places_in, without_places
from assistant.texts import load_model
from assistant.types import Asked
from assistant.understanding.leaning import FEW, Near, Readings, by_words_only, leans
from index.references import names_a_document_number
from index.text import clean, normalise
from index.types import Language
from index.words import Words

_FILE = Path(__file__).with_name("conversation.yaml")


class _Patterns(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    depends: dict[Language, list[str]]
    swaps: dict[Language, list[str]]
    corrects: dict[Language, list[str]]
    contrasts: dict[Language, list[list[str]]]
    subjects: dict[Language, list[str]]
    generic: dict[Language, list[str]]


@cache
def _patterns() -> _Patterns:
    return load_model(_FILE, _Patterns)


@cache
def _subjects(language: Language) -> re.Pattern[str]:
    return re.compile("|".join(_patterns().subjects[language]), re.I)


@dataclass(frozen=True, slots=True)
class Turn:
    """A user's turn made complete: `text` can be read without the conversation."""

    text: str
    asked: tuple[Asked, ...]
    followed_up: bool


def resolve(turns: Sequence[str], language: Language, words: Words, near: Near = by_words_only) -> Turn:
    """The last turn, filled in from the ones before it where it leans on them.

    A turn with a subject of its own stands alone. One without takes over the subject so far, except for words it
    contrasts with (企业 takes the place of 个人), and the kind of question too where it asks for none. `near` tells how
    near documents come to a text, which decides where words do not.
    """
    text = ""
    asked: tuple[Asked, ...] = (Asked.TOPIC,)
    followed_up = False
    for turn in turns:
        said, corrects = _without_correcting(turn, language)
        own = kinds_of(said, language)
        filled = f"{_without_contrasts(text, said, language, words)} {said}" if text else said
        followed_up = bool(text) and _leans(said, corrects, Readings(text, said, filled, language), words, near)
        if followed_up:
            text = filled
            asked = asked if own == (Asked.TOPIC,) else (*own, *asked) if own == (Asked.CAN_I,) else own
        else:
            text, asked = said if corrects else turn, own
    return Turn(text, tuple(dict.fromkeys(asked)), followed_up)


def has_subject(text: str, language: Language, words: Words) -> bool:
    """Whether a question is about something: it has a word beyond those that any question may have."""
    generic = set(_patterns().generic[language])
    return any(word not in generic for word in words.cut(text))


def points_back(turn: str, language: Language) -> bool:
    """Whether a turn shows by its words that it goes on with the one before: 那……呢, what about, it."""
    return _shows("depends", turn, language)


def _leans(turn: str, corrects: bool, readings: Readings, words: Words, near: Near) -> bool:
    """Whether a turn within a conversation goes on with its subject.

    A document's number is a subject of its own. A turn that is about nothing by itself, or only puts another name in
    place of one before ("那企业呢"), goes on. For the rest the reading that lies nearer to the corpus decides.
    """
    language = readings.language
    if names_a_document_number(turn):
        return False
    if not has_subject(turn, language, words):
        return True
    content = len(words.cut(without_asking(turn, language)))
    asks = kinds_of(turn, language) != (Asked.TOPIC,)
    if not asks and content <= FEW[language] and (corrects or _shows("swaps", turn, language)):
        return True
    marked = corrects or points_back(turn, language)
    return leans(readings, content, marked, words.particular(turn), near)


def _shows(name: str, turn: str, language: Language) -> bool:
    said = clean(turn).strip()
    return any(re.search(pattern, said, re.I) for pattern in getattr(_patterns(), name)[language])


def _without_correcting(turn: str, language: Language) -> tuple[str, bool]:
    """The turn without the words that take back the one before ("说错了，我问的是"), and whether it has such words."""
    said = turn
    for pattern in _patterns().corrects[language]:
        said = re.sub(pattern, "", said, count=1, flags=re.I)
    corrects = said != turn and any(character.isalnum() for character in said)
    return (said.strip(" ，,。：:") if corrects else turn), corrects


def _without_contrasts(subject: str, turn: str, language: Language, words: Words) -> str:
    said = normalise(turn)
    if places_in(turn):
        subject = without_places(subject)
    if banks_in(turn) or words.particular(turn):
        subject = words.without_particular(without_banks(subject))
    for group in _patterns().contrasts[language]:
        named = [word for word in group if word in said]
        if named:
            others = [word for word in group if not any(word in name or name in word for name in named)]
            for word in sorted(others, key=len, reverse=True):
                pattern = rf"\b{re.escape(word)}\b" if language is Language.EN else re.escape(word)
                subject = re.sub(pattern, " ", subject, flags=re.I)
    # What the earlier turn asked is not what this one asks; what it was about still is.
    return (
        without_asking(subject, language, keep=_subjects(language))
        if kinds_of(turn, language) != (Asked.TOPIC,)
        else subject
    )
