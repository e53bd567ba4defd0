"""The facts of an enterprise that one turn of a conversation states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from assistant.lexicon.banks import banks_in
from assistant.profile import Choice, Range, Several, Stated, Value
from assistant.understanding.facts.answers import bare_answer
from assistant.understanding.facts.banks import ACCOUNTS, with_banks
from assistant.understanding.facts.dates import Span, When, months_since
from assistant.understanding.facts.industry import industry_of
from assistant.understanding.facts.marks import DATE, MONEY, MONTHLY_RATE, NUMBER, PERCENT, SPAN, Marked, mark
from assistant.understanding.facts.merging import merged
from assistant.understanding.facts.noise import NOISE
from assistant.understanding.facts.numbers import Number, scale
from assistant.understanding.facts.phrases import BANK, Patterns, Phrasing, phrasings
from assistant.understanding.facts.place import region_of
from index.text import clean
from index.types import Language


def read_facts(
    text: str, language: Language, as_of: date, turn: int | None = None, expected: str | None = None
) -> tuple[list[Stated], list[tuple[Stated, Stated]]]:
    """What a turn states, and where it contradicts itself (earlier words first).

    `expected` is the fact that was asked for just before: a bare answer ("12", 没有, 餐馆) is read as that fact.
    """
    source = clean(text)
    marked = with_banks(mark(source, as_of))
    found = list(_found(marked, language, as_of, turn, expected))
    found += industry_of(_unmasked(marked), source, turn)
    found += region_of(_unmasked(marked), source, turn, expected == "region")
    if expected and not any(item.fact == expected for item in found):
        answered = bare_answer(expected, marked, source, as_of, turn)
        if answered:
            # What else was read from the very words of the answer was a misunderstanding.
            found = [item for item in found if item.said not in answered[0].said or item.fact in _BESIDE] + answered
    return merged(found, source)


_BESIDE = {"section", "fields", "industry", "region"}


def _unmasked(marked: Marked) -> str:
    """The text with noise and the names of banks blanked and everything else as it was said, as long as the source."""
    characters = list(marked.source)
    for at, character in enumerate(marked.text):
        if character in (NOISE, BANK) and at not in marked.found:
            for place in range(marked.origin[at], marked.origin[at + 1]):
                characters[place] = NOISE
    return "".join(characters)


def _languages(text: str, language: Language) -> tuple[Language, ...]:
    """Those whose phrases are looked for: the one spoken, and Chinese words within English and the other way round."""
    both = [language]
    if language is not Language.ZH and re.search(r"[\u4e00-\u9fff]", text):
        both.append(Language.ZH)
    if language is not Language.EN and re.search(r"[A-Za-z]{3}", text):
        both.append(Language.EN)
    return tuple(both)


def _matches(patterns: Patterns, text: str, languages: tuple[Language, ...]) -> Iterator[re.Match[str]]:
    for language in languages:
        if language in patterns:
            yield from patterns[language].finditer(text)


def _found(marked: Marked, language: Language, as_of: date, turn: int | None, expected: str | None) -> Iterator[Stated]:
    phrases, patterns_of, _ = phrasings()
    text, languages = marked.text, _languages(marked.text, language)
    cues = {name for name, cue in patterns_of.items() if any(True for _ in _matches(cue, text, languages))}
    asking = _asking(text, patterns_of["asks"], languages)
    taken: set[int] = set()  # numbers that a fact has
    for phrasing in phrases:
        if phrasing.fact != expected and not _fits(phrasing, cues, bool(taken)):
            continue
        quiet = "own" not in cues and not taken and phrasing.entry.reads not in ("count", "money", "age")
        covered: list[tuple[int, int]] = []
        several: dict[str, set[str]] = {"has": set(), "lacks": set()}
        spoken: list[tuple[int, int]] = []
        for meaning, patterns in phrasing.groups:
            for match in _matches(patterns, text, languages):
                if quiet and any(match.start() < e and s < match.end() for s, e in asking):
                    continue
                if not _means_it(match, phrasing, text) or any(
                    match.start() < e and s < match.end() for s, e in covered
                ):
                    continue
                if phrasing.entry.reads == "several":
                    covered.append(match.span())
                    _add(several, meaning, match, phrasing, text)
                    spoken.append(match.span())
                    continue
                value = _value(match, meaning, phrasing, marked, as_of, taken)
                if value is not None:
                    covered.append(match.span())
                    yield Stated(phrasing.fact, value, marked.said(*match.span()), turn)
        has = several["has"]
        has |= {also for choice in has for also in phrasing.entry.implies.get(choice, [])}
        if has or several["lacks"]:
            said = marked.said(min(s for s, _ in spoken), max(e for _, e in spoken))
            yield Stated(phrasing.fact, Several(frozenset(has), frozenset(several["lacks"] - has)), said, turn)


def _fits(phrasing: Phrasing, cues: set[str], figures: bool) -> bool:
    """Whether a turn as a whole is one that may state this fact: of the speaker's own business, or of a loan."""
    entry = phrasing.entry
    if entry.own and not ("own" in cues or figures):
        return False
    return not ((entry.loan and "loan" not in cues) or (entry.existing and "existing" not in cues))


def _asking(text: str, asks: Patterns, languages: tuple[Language, ...]) -> list[tuple[int, int]]:
    """The clauses that ask: unless the speaker speaks of himself, they are about anybody and state nothing."""
    return [
        clause.span()
        for clause in re.finditer(r"[^，。；！,;!\n]+(?:[?？]|$)?", text)
        if any(True for _ in _matches(asks, clause[0], languages))
    ]


def _means_it(match: re.Match[str], phrasing: Phrasing, text: str) -> bool:
    guards = phrasings()[2]
    before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() : match.end() + 24]
    if guards.question_before.search(before) or guards.question_after.match(after):
        return False
    if match[0][0] in "没不" and before[-1:] == match[0][1:2]:
        return False  # 算不算, 欠不欠
    if (
        match[0][0] in "没不"
        and before.endswith(("有", "是", "会", "能", "要"))
        and not before.endswith(("还有", "也有"))
    ):
        return False  # 有没有, 是不是
    if phrasing.unless_before and phrasing.unless_before.search(before):
        return False
    return not (phrasing.unless_after and phrasing.unless_after.match(after))


def _add(several: dict[str, set[str]], meaning: str, match: re.Match[str], phrasing: Phrasing, text: str) -> None:
    guards = phrasings()[2]
    choices = set(phrasing.entry.choices)
    if meaning == "none":
        several["lacks"] |= choices - {"guarantor"}
    elif phrasing.entry.negated and (
        guards.negation_before.search(text[max(0, match.start() - 16) : match.start()])
        or guards.negation_after.match(text, match.end())
    ):
        several["lacks"].add(meaning)
    else:
        several["has"].add(meaning)


def _value(
    match: re.Match[str], meaning: str, phrasing: Phrasing, marked: Marked, as_of: date, taken: set[int]
) -> Value | None:
    reads = phrasing.entry.reads
    if reads == "flag":
        return meaning == "holds"
    if reads == "choice":
        return Choice(frozenset(meaning.split("+")))
    if reads in ("bank", "banks"):
        return _bank(match, reads, marked)
    for at in range(match.start(), match.end()):
        if at in marked.found and at not in taken:
            value = _read(marked.found[at], marked.text[at], reads, phrasing.entry.time, as_of)
            if value is not None:
                taken.add(at)
                return scale(value, 12) if meaning == "monthly" and isinstance(value, Range) else value
    return None


def _bank(match: re.Match[str], reads: str, marked: Marked) -> Value | None:
    at = match[0].find(BANK)
    if at < 0:
        return None
    banks = banks_in(marked.source[marked.origin[match.start() + at] : marked.origin[match.start() + at + 1]])
    if not banks:
        return None
    if reads == "bank":
        return banks[0].zh
    return Several(frozenset({ACCOUNTS[banks[0].zh]})) if banks[0].zh in ACCOUNTS else None


def _read(item: Number | When | Span, sign: str, reads: str, time: str, as_of: date) -> Value | None:
    """What stands behind a mark, as a fact of some kind wants it; None where it does not fit."""
    if isinstance(item, Number):
        if reads == "count" and sign == NUMBER:
            return item.count
        if reads == "money" and sign in (NUMBER, MONEY):
            return item.wan
        return item.value if reads == "percent" and sign in (PERCENT, MONTHLY_RATE) else None
    if isinstance(item, Span):
        return item.months if reads in ("span", "age") and sign == SPAN else None
    if reads == "age" and sign == DATE and item.gone:
        return months_since(item.gone, as_of)
    if reads == "date" and not item.year_only:
        return item.coming if time == "coming" else item.gone
    return None
