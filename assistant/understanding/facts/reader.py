"""The facts of an enterprise that one turn of a conversation states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from assistant.lexicon.banks import banks_in
from assistant.profile import Choice, Range, Several, Stated, Value
from assistant.understanding.facts.alone import alone
from assistant.understanding.facts.answers import bare_answer
from assistant.understanding.facts.banks import ACCOUNTS, with_banks
from assistant.understanding.facts.dates import When, months_since
from assistant.understanding.facts.industry import industry_of
from assistant.understanding.facts.lengths import Span
from assistant.understanding.facts.marks import Marked, mark
from assistant.understanding.facts.merging import merged
from assistant.understanding.facts.numbers import Number
from assistant.understanding.facts.patterns import BANK, DATE, MONEY, MONTHLY_RATE, NOISE, NUMBER, PERCENT, SPAN
from assistant.understanding.facts.phrases import Patterns, Phrasing, phrasings
from assistant.understanding.facts.place import region_of
from assistant.understanding.facts.scales import scale
from index.text import clean
from index.types import Language


def read_facts(
    text: str,
    language: Language,
    as_of: date,
    turn: int | None = None,
    expected: str | None = None,
    before: str = "",
) -> tuple[list[Stated], list[tuple[Stated, Stated]]]:
    """What a turn states, and where it contradicts itself (earlier words first).

    `expected` is the fact that was asked for just before: a bare answer ("12", 没有, 餐馆) is read as that fact.
    `before` is what was said before, which may tell what a figure by itself is.
    """
    source = clean(text)
    marked = with_banks(mark(source, as_of))
    taken: set[int] = set()  # numbers that a fact has
    found = list(_found(marked, language, as_of, turn, expected, taken))
    if not (expected and before):
        found += _alone(marked, found, taken, as_of, turn, before)
    found += industry_of(_unmasked(marked), source, turn)
    found += region_of(_unmasked(marked), source, turn, expected == "region")
    if expected and not any(item.fact == expected for item in found):
        answered = bare_answer(expected, marked, source, as_of, turn)
        if answered:
            # What else was read from the very words of the answer was a misunderstanding.
            found = [item for item in found if item.said not in answered[0].said or item.fact in _BESIDE] + answered
    return merged(found, source)


_NEAR = 14  # characters around a phrase that may still tell of its time
_NOT_LONG = timedelta(days=90)
_FIGURES = {
    "count": NUMBER, "money": NUMBER + MONEY, "percent": PERCENT + MONTHLY_RATE, "span": SPAN, "age": SPAN + DATE,
    "date": DATE,
}  # fmt: skip
_BESIDE = {"section", "fields", "industry", "region"}


def _unmasked(marked: Marked) -> str:
    """The text with noise and the names of banks blanked and everything else as it was said, as long as the source."""
    characters = list(marked.plain)
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


def _matches(
    patterns: Patterns, text: str, languages: tuple[Language, ...], figures: bool = False
) -> Iterator[re.Match[str]]:
    """Every match; of figures also those that begin within another: 人数8 营收120万 is no revenue of 8."""
    for language in languages:
        pattern = patterns.get(language)
        match = pattern.search(text) if pattern else None
        while pattern and match:
            yield match
            match = pattern.search(text, match.start() + 1 if figures else max(match.end(), match.start() + 1))


def _alone(
    marked: Marked, found: list[Stated], taken: set[int], as_of: date, turn: int | None, before: str
) -> Iterator[Stated]:
    """What figures in a clause of their own state."""
    known = {item.fact for item in found}
    for figure, at in alone(marked.text, f"{before}\n{marked.plain}", taken, known):
        value: Value | None
        if figure.reads == "bank":
            value = _bank_at(at, marked)
        else:
            value = _read(marked.found[at], marked.text[at], figure.reads, figure.time, as_of)
        if value is not None:
            yield Stated(figure.fact, value, marked.said(at, at + 1), turn)


def _found(
    marked: Marked, language: Language, as_of: date, turn: int | None, expected: str | None, taken: set[int]
) -> Iterator[Stated]:
    phrases, patterns_of, _ = phrasings()
    text, languages = marked.text, _languages(marked.text, language)
    cues = {name for name, cue in patterns_of.items() if any(True for _ in _matches(cue, text, languages))}
    if not cues & {"asks", "policy"}:
        cues.add("own")
    asking = _asking(text, patterns_of["asks"], languages)
    for phrasing in phrases:
        if phrasing.fact != expected and not _fits(phrasing, cues, bool(taken)):
            continue
        quiet = "own" not in cues and not taken and phrasing.entry.reads not in ("count", "money", "age")
        covered: list[tuple[int, int]] = []
        several: dict[str, set[str]] = {"has": set(), "lacks": set()}
        spoken: list[tuple[int, int]] = []
        signs = _FIGURES.get(phrasing.entry.reads, "")
        idle = bool(signs) and not any(sign in text for sign in signs)
        for meaning, patterns in phrasing.groups:
            if idle and meaning != "one":
                continue
            for match in _matches(patterns, text, languages, phrasing.entry.reads in _FIGURES):
                if quiet and any(match.start() < e and s < match.end() for s, e in asking):
                    continue
                several_too = phrasing.entry.reads == "several"  # 厂房土地都能抵: one pledge of two things
                if not _means_it(match, phrasing, text) or any(
                    match.start() == s if several_too else match.start() < e and s < match.end() for s, e in covered
                ):
                    continue
                if several_too:
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
    if (entry.own and not ("own" in cues or figures)) or (entry.needs and entry.needs not in cues):
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
    elif meaning.startswith("-"):
        several["lacks"].add(meaning[1:])
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
    if meaning == "score":
        return _reaches(match, marked, phrasing.entry.limit)
    if reads == "flag":
        return meaning == "holds"
    if reads == "choice":
        return Choice(frozenset(meaning.split("+")))
    if reads in ("bank", "banks"):
        return _bank(match, reads, marked)
    if meaning == "one":
        return Range.of(1)
    if meaning == "sum":
        return _sum(match, reads, marked, taken)
    for at in range(match.start(), match.end()):
        if at in marked.found and at not in taken:
            item = marked.found[at]
            value = _just_over(item, match, marked, phrasing, as_of) or _read(
                item, marked.text[at], reads, phrasing.entry.time, as_of
            )
            if value is not None:
                taken.add(at)
                return scale(value, 12) if meaning == "monthly" and isinstance(value, Range) else value
    return None


def _just_over(
    item: Number | When | Span, match: re.Match[str], marked: Marked, phrasing: Phrasing, as_of: date
) -> Value | None:
    """A day without its year that the words put into the past, and that lies there not long ago: 11月20号到期了."""
    over = phrasing.entry.over
    if not over or not isinstance(item, When) or item.gone is None or item.year_only:
        return None
    if not re.search(over, marked.text[max(0, match.start() - _NEAR) : match.end() + _NEAR]):
        return None
    return item.gone if as_of - item.gone.last <= _NOT_LONG and item.gone.last < as_of else None


def _reaches(match: re.Match[str], marked: Marked, limit: int) -> bool | None:
    """Whether the number of a match is the limit at least; None where that is uncertain."""
    item = next((marked.found[at] for at in range(*match.span()) if at in marked.found), None)
    value = item.count if isinstance(item, Number) else None
    if value is None:
        return None
    if value.low is not None and value.low >= limit:
        return True
    return False if value.high is not None and value.high < limit else None


def _sum(match: re.Match[str], reads: str, marked: Marked, taken: set[int]) -> Value | None:
    """夫妻俩加一个厨师: numbers known exactly, together; None where one of them is vague or has a meaning already."""
    places = [at for at in range(*match.span()) if at in marked.found]
    total = Decimal(0)
    for at in places:
        value = _read(marked.found[at], marked.text[at], reads, "", date.min)
        if at in taken or not isinstance(value, Range) or value.exact is None:
            return None
        total += value.exact
    taken.update(places)
    return Range.of(total) if places else None


def _bank(match: re.Match[str], reads: str, marked: Marked) -> Value | None:
    at = match[0].find(BANK)
    if at < 0:
        return None
    if reads == "bank":
        return _bank_at(match.start() + at, marked)
    named = {_bank_at(place, marked) for place in range(*match.span()) if marked.text[place] == BANK}
    accounts = frozenset(ACCOUNTS[bank] for bank in named if bank in ACCOUNTS)
    return Several(accounts) if accounts else None


def _bank_at(at: int, marked: Marked) -> str | None:
    banks = banks_in(marked.plain[marked.origin[at] : marked.origin[at + 1]])
    return banks[0].zh if banks else None


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
