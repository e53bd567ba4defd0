"""Follow-ups: a turn that leans on earlier ones is filled in from them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import TextsError
from assistant.lexicon.banks import banks_in, without_banks
from assistant.lexicon.kinds import kinds_of, without_asking
from assistant.lexicon.regions import places_in, without_places
from assistant.texts import load_data
from assistant.types import Asked
from index.references import names_a_document_number
from index.text import clean, normalise
from index.types import Language
from index.words import Words

_FILE = Path(__file__).with_name("conversation.yaml")


class _Patterns(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    depends: dict[Language, list[str]]
    contrasts: dict[Language, list[list[str]]]
    subjects: dict[Language, list[str]]
    generic: dict[Language, list[str]]


@cache
def _patterns() -> _Patterns:
    try:
        return _Patterns.model_validate(load_data(_FILE))
    except ValidationError as error:
        raise TextsError(f"{_FILE}: {error}") from error


@cache
def _subjects(language: Language) -> re.Pattern[str]:
    return re.compile("|".join(_patterns().subjects[language]), re.I)


_FEW = {Language.ZH: 4, Language.EN: 5}  # words a turn may add and still lean on the one before


@dataclass(frozen=True, slots=True)
class Turn:
    """A user's turn made complete: `text` can be read without the conversation."""

    text: str
    asked: tuple[Asked, ...]
    followed_up: bool


def resolve(turns: Sequence[str], language: Language, words: Words) -> Turn:
    """The last turn, filled in from the ones before it where it leans on them.

    A turn with a subject of its own stands alone. One without takes over the subject so far, except for words it
    contrasts with (企业 takes the place of 个人), and the kind of question too where it asks for none.
    """
    text = ""
    asked: tuple[Asked, ...] = (Asked.TOPIC,)
    followed_up = False
    for turn in turns:
        own = kinds_of(turn, language)
        followed_up = bool(text) and _leans(turn, language, words)
        if followed_up:
            text = f"{_without_contrasts(text, turn, language, words)} {turn}"
            asked = asked if own == (Asked.TOPIC,) else (*own, *asked) if own == (Asked.CAN_I,) else own
        else:
            text, asked = turn, own
    return Turn(text, tuple(dict.fromkeys(asked)), followed_up)


def has_subject(text: str, language: Language, words: Words) -> bool:
    """Whether a question is about something: it has a word beyond those that any question may have."""
    generic = set(_patterns().generic[language])
    return any(word not in generic for word in words.cut(text))


def points_back(turn: str, language: Language) -> bool:
    """Whether a turn shows by its words that it goes on with the one before: 那……呢, what about, it."""
    return any(re.search(pattern, clean(turn).strip(), re.I) for pattern in _patterns().depends[language])


def _leans(turn: str, language: Language, words: Words) -> bool:
    """Whether a turn within a conversation goes on with its subject.

    It does unless it names a subject of its own: a document's number, or a term that is particular to few documents.
    """
    if names_a_document_number(turn):
        return False
    subject = words.cut(without_asking(turn, language))
    marked = points_back(turn, language)
    if words.particular(turn):
        return marked and len(subject) <= _FEW[language]
    return len(subject) <= (2 if marked else 1) * _FEW[language] + 2


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
