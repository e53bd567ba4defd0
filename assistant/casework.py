"""From a conversation to the case of one enterprise: what it stated, what it wants, what the rules make of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.eligibility.desks import Case, decide
from assistant.eligibility.rulebook import Rulebook
from assistant.eligibility.rules import CandidateKind, conditions_in
from assistant.lexicon.banks import banks_in
from assistant.profile import Desk, Profile, Stated
from assistant.types import Question
from assistant.understanding.desks import desk_of, does_not_know, goes_on, introduces, kinds_named, only_tells
from assistant.understanding.facts.conversation import profile_of
from index.types import Language

_OF_BANKS = {CandidateKind.PRODUCT, CandidateKind.RENEWAL}


def case_of(question: Question, language: Language, book: Rulebook) -> Case | None:
    """The case the newest turn is about; None where it wants nothing decided.

    Earlier turns are gone through again: what was asked after each tells how a bare answer to it is to be read.
    """
    turns = [turn for turn in (*question.context, question.text) if turn.strip()]
    expected: list[str | None] = []
    passed: set[str] = set()  # facts that were asked for and the user does not know
    case: Case | None = None
    for number, turn in enumerate(turns):
        asked = case.asks if case is not None else ()
        if asked and does_not_know(turn, language):
            passed |= set(asked)
        profile, fresh, answered = _read(turns[: number + 1], language, question, expected, (*asked, *sorted(passed)))
        expected.append(answered)
        named = _named(turn, language, book)
        desk = desk_of(turn, language, profile, fresh, _facts_of(named, book))
        unread = None
        if desk is None and case is not None and (goes_on(turn, language, fresh) or does_not_know(turn, language)):
            desk, named = case.desk, named or case.named
        elif desk is None and case is not None and not fresh and only_tells(turn, language):
            desk, named, unread = case.desk, case.named, turn
        elif (
            desk is None and case is None and number == 0 and goes_on(turn, language, fresh) and introduces(turn, fresh)
        ):
            desk = Desk.MATCH
        case = decide(desk, profile, book, question.as_of, named, frozenset(passed)) if desk is not None else None
        case = replace(case, unread=unread) if case is not None else None
    return case


def _read(
    turns: Sequence[str], language: Language, question: Question, expected: Sequence[str | None], asked: Sequence[str]
) -> tuple[Profile, list[Stated], str | None]:
    """The profile after the last of the turns, what that turn stated, and which of the questions it answered."""
    for fact in (*asked, None):
        profile = profile_of(turns, language, question.as_of, [*expected, fact])
        number = len(turns) - 1
        fresh = [item for item in profile.stated.values() if item.turn == number]
        fresh += [later for _, later in profile.contradictions if later.turn == number]
        if fresh:
            break
    return profile, fresh, fact


def _named(text: str, language: Language, book: Rulebook) -> tuple[str, ...]:
    """Candidates by name; or else all of a kind that the text names as a group."""
    found = book.named_in(text, str(language)) or _of_banks(text, book)
    if found:
        return found
    kinds = kinds_named(text, language)
    return tuple(name for name, item in book.candidates.items() if kinds & item.kinds and not item.only_named)


def _of_banks(text: str, book: Rulebook) -> tuple[str, ...]:
    """The products of the banks a text names, by the names the products begin with."""
    banks = tuple(bank.zh.removeprefix("中国") for bank in banks_in(text))
    return tuple(
        name
        for name, item in book.candidates.items()
        if banks and item.kind in _OF_BANKS and item.name.zh.startswith(banks)
    )


def _facts_of(named: Iterable[str], book: Rulebook) -> frozenset[str]:
    """The facts that decide about candidates; of the size class and of shares also what they are worked out from."""
    asked = {
        condition.asks
        for name in named
        for part in book.candidates[name].offers
        for condition in conditions_in(part.needs)
    }
    worked_out = {
        "size_class": {"employees", "revenue_wan", "invoiced_revenue_wan", "assets_wan", "form"},
        "hire_share_percent": {"new_hires"},
        "fields": {"industry"},
    }
    return frozenset(asked.union(*(worked_out[name] for name in asked & set(worked_out))))
