"""The first look at a question: what is declined, or answered without the corpus."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.answering.disarm import disarmed
from assistant.answering.resemblance import Likeness
from assistant.errors import TextsError
from assistant.personal_data import without_masks
from assistant.settings import Shares
from assistant.texts import load_model
from assistant.types import Outcome
from index.documents.instructions import plainly
from index.text import clean
from index.types import Language

_FILE = Path(__file__).with_name("screen.yaml")
_LETTERS = re.compile(r"[^\W_]")
_WORDS = re.compile(r"<([a-z_]+)>")


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    outcome: Outcome
    variant: str | None = None
    always: bool = False
    left_behind: bool = False
    zh: list[str]
    en: list[str]
    unless_zh: list[str] = []
    unless_en: list[str] = []


class _Likeness(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    insists: bool = False
    betrays: dict[Language, str] = {}
    cues: dict[Language, str]
    asks_about: dict[Language, str] = {}
    asks_leave: dict[str, dict[Language, str]] = {}  # by variant


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    traditional: str
    simplified: str
    words: dict[str, str]
    policy: dict[Language, str]
    strained: dict[Language, str]
    likeness: dict[str, _Likeness]
    entries: list[_Entry]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a question is not answered from the corpus; `reason` names the text that says so, with its variant."""

    outcome: Outcome
    reason: str
    subject: str | None = None  # the place, lender or product the reason speaks of
    variant: str | None = None  # which of the reason's texts fits, where there are several
    left_behind: bool = False  # whether later turns of the conversation go on as if it had not been said

    @property
    def text(self) -> str:
        """The key of the text that says it."""
        return f"abstain.{self.reason}" + (f".{self.variant}" if self.variant else "")


@dataclass(frozen=True)
class _Rule:
    """An entry of the file, ready for one language."""

    refusal: Refusal
    always: bool
    asked: re.Pattern[str]
    unless: re.Pattern[str] | None

    def holds(self, text: str) -> bool:
        return self.asked.search(text) is not None and not (self.unless and self.unless.search(text))


@cache
def _file() -> _File:
    return load_model(_FILE, _File)


def _filled(source: str) -> str:
    """A pattern with the lists of words it refers to."""
    return _WORDS.sub(lambda name: f"(?:{_file().words[name[1]]})", source)


@cache
def _rules(language: Language) -> list[_Rule]:
    def pattern(sources: list[str]) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{_filled(source)})" for source in sources), re.I)

    try:
        return [
            _Rule(
                Refusal(entry.outcome, entry.id, variant=entry.variant, left_behind=entry.left_behind),
                entry.always,
                pattern(entry.zh if language is Language.ZH else entry.en),
                pattern(unless)
                if (unless := entry.unless_zh if language is Language.ZH else entry.unless_en)
                else None,
            )
            for entry in _file().entries
        ]
    except (KeyError, re.error) as error:
        raise TextsError(f"{_FILE}: a pattern cannot be used: {error}") from error


def screen(text: str, language: Language, longest: int) -> Refusal | None:
    """What the question is declined for, or None when it may go on.

    Blank input and input without a letter or digit are asked about; input over `longest` characters is declined.
    Attempts to steer the assistant decide nothing: what remains of the question beside them is looked at, and only
    where nothing about policy remains does it end here.
    """
    visible = clean(text).strip()
    if not visible:
        return Refusal(Outcome.CLARIFY, "empty")
    if len(text) > longest:
        return Refusal(Outcome.REFUSED, "too_long")
    read = without_masks(visible)
    if not _LETTERS.search(read):
        return Refusal(Outcome.CLARIFY, "no_words" if read == visible else "only_personal_data")
    left = disarmed(read)
    whole, rest = _plain(read), _plain(left)
    for rule in _rules(language):
        if (rule.always and rule.holds(whole)) or rule.holds(rest):
            return rule.refusal
    if left != read and not re.search(_file().policy[language], rest):
        return Refusal(Outcome.OUT_OF_SCOPE, "instruction", left_behind=True)
    return None


def refusal_like(likeness: Likeness, text: str, language: Language, over: Shares, *, alone: bool) -> Refusal | None:
    """The refusal a question's likeness to declined sayings calls for; None where its words do not bear it out.

    The more its words tell, the less likeness is needed: least with words of one who would not be found out, more with
    any word of the matter, most with none (where the reason does not insist on one) or where it does not stand `alone`.
    A question about the matter goes on.
    """
    reason, _, variant = likeness.label.partition(".")
    known = _file().likeness.get(reason)
    if known is None:
        return None
    plain = _plain(disarmed(without_masks(clean(text).strip())))

    def has(patterns: dict[Language, str]) -> bool:
        return language in patterns and re.search(_filled(patterns[language]), plain) is not None

    cued = has(known.cues)
    if known.insists and not cued:
        return None
    needed = over.plain
    if alone:
        needed = over.betrayed if has(known.betrays) else over.cued if cued else over.plain
    if likeness.share <= needed or has(known.asks_about) or has(known.asks_leave.get(variant, {})):
        return None
    for rule in _rules(language):
        if rule.refusal.reason == reason and (rule.refusal.variant or "") == variant:
            return rule.refusal
    return Refusal(Outcome.OUT_OF_SCOPE, reason, left_behind=True)


def strained(text: str, language: Language) -> bool:
    """Whether a question tells of a person under great strain."""
    return re.search(_file().strained[language], _plain(text)) is not None


def _plain(text: str) -> str:
    """The form that patterns see."""
    return plainly(text).translate(str.maketrans(_file().traditional, _file().simplified))
