"""Which of two readings a turn wants: as it stands, or filled in from the conversation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from index.types import Language

# How near each document comes to a text, as a cosine; empty where only words are searched.
Near = Callable[[str, Language], Mapping[str, float]]

FEW = {Language.ZH: 4, Language.EN: 5}  # words a turn may add and still lean on the one before
# A turn this far from every document, and without a word that points back, speaks of something else altogether.
_FAR = {Language.ZH: 0.875, Language.EN: 0.835}
_OF_SUBJECT = 3  # documents nearest to what was spoken of: those a follow-up would be answered from


@dataclass(frozen=True, slots=True)
class Readings:
    """A turn as it stands (`alone`) and with what was spoken of before (`subject`) filled in."""

    subject: str
    alone: str
    filled: str
    language: Language


@dataclass(frozen=True, slots=True)
class LeaningWeights:
    """What makes a turn stand alone, in cosines; tuned on conversations with and without a change of subject."""

    gained: float = -0.75  # by how much filling in brings the turn nearer to the corpus
    marked: float = -0.010  # it has a word that points back
    word: float = 0.004  # each word beyond the few that any follow-up has
    stands_alone: float = 0.006


LEANING = LeaningWeights()


def by_words_only(_text: str, _language: Language) -> Mapping[str, float]:
    """Nothing is known of nearness."""
    return {}


def leans(readings: Readings, content: int, marked: bool, particular: bool, near: Near) -> bool:
    """Whether a turn that words alone do not settle goes on with the subject before it.

    It stands alone where a document that was not spoken of is nearer to it than those that were, and filling it in
    brings it no nearer to the corpus. `content` counts its words, `marked` says that one points back, `particular`
    that it names what few documents are about; without vectors these decide.
    """
    alone = near(readings.alone, readings.language)
    if not alone:
        few = FEW[readings.language]
        return content <= few and marked if particular else content <= (2 if marked else 1) * few + 2
    before = near(readings.subject, readings.language)
    spoken_of = sorted(before, key=lambda document: -before[document])[:_OF_SUBJECT]
    nearest = max(alone.values())
    if nearest < _FAR[readings.language] and not marked:
        return False
    elsewhere = nearest - max(alone[document] for document in spoken_of)
    gained = max(near(readings.filled, readings.language).values()) - nearest
    beyond = content - FEW[Language.ZH]
    score = elsewhere + LEANING.gained * gained + LEANING.marked * marked + LEANING.word * beyond
    return score <= LEANING.stands_alone
