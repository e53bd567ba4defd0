"""Beliefs that go round and are wrong, kept by staff in corpus/premises.yaml."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pydantic import BaseModel, ConfigDict, field_validator, model_validator

from assistant.answering.premises.correction import Correction
from assistant.answering.present import as_written
from assistant.texts import texts
from assistant.types import Query
from index.search import Searcher
from index.text import normalise
from index.types import Language, StrEnum, Validity


class Finding(StrEnum):
    """What is wrong with a belief."""

    WRONG = "wrong"
    OLD = "old"  # it was the rule once
    NO_SUCH = "no_such"  # nothing of the kind is laid down
    NOT_ALLOWED = "not_allowed"  # what is told of somebody is against the rules
    PARTLY = "partly"  # right in part, or in some cases only


class Premise(BaseModel):
    """A belief as people put it, and the clause that tells what is true."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    said: dict[Language, list[str]]  # regular expressions, any of which shows the belief
    unless: dict[Language, list[str]] = {}  # words that show something else is meant
    finding: Finding
    until: date | None = None  # OLD: the last day on which it was the rule
    clause: str  # document#clause
    quote: dict[Language, str]

    @field_validator("said", "unless")
    @classmethod
    def _patterns_compile(cls, value: dict[Language, list[str]]) -> dict[Language, list[str]]:
        for patterns in value.values():
            for pattern in patterns:
                try:
                    re.compile(pattern)
                except re.error as error:
                    raise ValueError(f"{pattern!r} is no regular expression: {error}") from error
        return value

    @model_validator(mode="after")
    def _complete(self) -> Premise:
        for name in ("said", "quote"):
            if missing := set(Language) - set(getattr(self, name)):
                raise ValueError(f"{name} is missing in {' and '.join(sorted(missing))}")
        if (self.until is not None) != (self.finding is Finding.OLD):
            raise ValueError("until belongs to what is old, and to nothing else")
        return self


@dataclass(frozen=True)
class Register:
    """All beliefs that are kept, in their order."""

    premises: tuple[Premise, ...] = ()

    @cached_property
    def _compiled(self) -> list[tuple[Premise, dict[Language, tuple[re.Pattern[str], re.Pattern[str] | None]]]]:
        return [
            (premise, {language: (_any(premise.said[language]), _none_or_any(premise.unless.get(language)))
                       for language in Language})
            for premise in self.premises
        ]  # fmt: skip

    def correction(self, query: Query, searcher: Searcher, on: date) -> Correction | None:
        """The first belief that a question holds, corrected; None where it holds none.

        A rule that was in force on the day asked about is no error, and a clause that no longer says what is quoted
        corrects nothing.
        """
        stated = _stated(query)
        for premise, patterns in self._compiled if stated else ():
            says, unless = patterns[query.language]
            if not any(says.search(text) for text in stated) or (unless and unless.search(query.text)):
                continue
            if premise.until is not None and on <= premise.until:
                continue
            if (correction := _correction(premise, query.language, searcher, on)) is not None:
                return correction
        return None


def _stated(query: Query) -> Sequence[str]:
    """What a question states; a follow-up also together with what it leans on."""
    if query.assertion is None:
        return ()
    whole = (query.text,) if query.followed_up and query.assertion.marked else ()
    return (*query.assertion.stretches, *whole)


def _correction(premise: Premise, language: Language, searcher: Searcher, on: date) -> Correction | None:
    document_id, _, clause_id = premise.clause.partition("#")
    passage = searcher.clause(document_id, clause_id, language)
    quote = premise.quote[language]
    if passage is None or normalise(quote) not in normalise(passage.clause.text):
        return None
    if passage.validity(on) is Validity.NO and premise.finding is not Finding.OLD:
        return None
    say = texts(language)
    day = as_written(premise.until, say) if premise.until else ""
    return Correction(say(f"premise.{premise.finding}", day=day), (passage,), quote, given=day)


def _any(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.I | re.S)


def _none_or_any(patterns: Sequence[str] | None) -> re.Pattern[str] | None:
    return _any(patterns) if patterns else None
