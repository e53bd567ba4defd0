"""Answers in one's own words: the figures, dates and terms they give in any writing, and the source they name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher

from assistant.reference.citation import CitationForm, cite
from assistant.texts import Texts, texts
from assistant.training.types import Drill, Grade
from assistant.wording import day_words, money, quantity
from index.numerals import han_number
from index.quantities import Bound, Quantity, Unit, quantities
from index.references import clause_number, named_clause, references
from index.text import normalise
from index.types import Clause, Document, Language

LONGEST = 4000  # characters of an answer that are read
_FACTS, _SOURCE = 0.8, 0.2  # what the facts and the source count for
_CONTRARY = 0.25  # what the facts count for where something contrary stands beside them
_LIKE_TITLE = 0.6  # share of a title that must stand in the answer in one piece
_SHORTEST_TITLE = 4
_LISTED = 8  # characters beside a figure below which an answer is a list of figures

_HAN = r"[零〇一二两三四五六七八九十百千]+(?:点[零〇一二三四五六七八九]+)?"
_PERCENT = re.compile(rf"百分之({_HAN}|\d+(?:\.\d+)?)")
_SPELT = re.compile(
    rf"(?<!第)({_HAN})(?=\s?(?:万|亿|元|块|年|个?月|个?季度|日|号|天|个?工作日|人|名|户|家|%|个?百分点|个?基点|倍|次|岁|周岁))"
)
_DAY = re.compile(r"(?<![\d.])((?:19|20)\d\d)\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{1,2})(?![\d.])")
_DAY_IN_ONE = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_DOCUMENT = re.compile(r"[\u4e00-\u9fff]{0,12}〔\d{4}〕第?\d+号")
_NOT_BEFORE = re.compile(
    r"(?:不是|并非|不能|不可以?|没有|无需|不用|不必|不|非|未|\b(?:not|no|never|without)(?: an?| the)?)\s?$"
)
_DENIED = re.compile(r"(?:不是|并非|\b(?:is|are|was) not\b|\bisn't\b)\s?([^,。;!?]{1,30})")
_DIGITS_AND_MARKS = re.compile(r"[\d\s,.;:、/%()|-]+")
_UPPER, _LOWER = {Bound.AT_MOST, Bound.BELOW}, {Bound.AT_LEAST, Bound.ABOVE}
_SHARES = {Unit.PERCENT, Unit.POINTS}


@dataclass
class _Found:
    """What an answer has and lacks of what is wanted, and what in it is against the clause."""

    has: list[str] = field(default_factory=list)
    lacks: list[str] = field(default_factory=list)
    contrary: list[str] = field(default_factory=list)  # sentences that say so


def judge_words(drill: Drill, text: str, documents: Sequence[Document], say: Texts) -> Grade:
    """The share of what is wanted, less for what is contrary to the clause, and the source."""
    told: list[str] = []
    if len(text) > LONGEST:
        text = text[:LONGEST]
        told.append(say("short.long", n=LONGEST))
    said = written(text)
    if not said:
        return Grade(False, 0.0, (say("nothing_written"),))
    found = _facts(drill, _own_words(said, drill, documents), say)
    share = len(found.has) / len(drill.wanted) if drill.wanted else 0.0
    sourced, on_source = _source(drill, said, documents, say)
    score = _FACTS * share * (_CONTRARY if found.contrary else 1) + _SOURCE * sourced * bool(found.has)
    right = share == 1 and sourced == 1 and not found.contrary
    if right:
        return Grade(True, 1.0, (*told, say("short.right")))
    if found.has:
        told.append(say("short.found", facts=say("list").join(found.has)))
    if found.lacks:
        told.append(say("short.missing", facts=say("list").join(found.lacks)))
    return Grade(False, min(score, 0.99), (*told, *found.contrary, on_source))


def _own_words(said: str, drill: Drill, documents: Sequence[Document]) -> str:
    """The answer without the question repeated in it, and without the names of its sources: their figures are none."""
    places = {(source.document_id, source.clause_id) for source in drill.sources}
    names = [drill.prompt]
    for document in documents:
        if any(document.id == place[0] for place in places):
            names += [document.title, document.short_title]
            names += [clause.reference for clause in document.clauses if (document.id, clause.id) in places]
    for name in sorted(map(written, names), key=len, reverse=True):
        said = said.replace(name, " ") if len(name) >= _SHORTEST_TITLE else said
    return _DOCUMENT.sub(" ", said)  # in an English answer its characters would have figures read as Chinese


def written(text: str) -> str:
    """Numbers and dates brought to digits: 三百万元 → 300万元, 百分之三 → 3%, 2027/9/30 → 2027-09-30."""
    said = normalise(text)
    said = _PERCENT.sub(lambda m: f"{_digits(m[1])}%", said)
    said = _SPELT.sub(lambda m: _digits(m[1]), said)
    said = _DAY.sub(lambda m: f"{m[1]}-{int(m[2]):02d}-{int(m[3]):02d}", said)
    return _DAY_IN_ONE.sub(r"\1-\2-\3", said)


def _digits(number: str) -> str:
    if number[0].isdigit():
        return number
    return format(han_number(number.replace("〇", "零")), "f")


def _facts(drill: Drill, said: str, say: Texts) -> _Found:
    given = quantities(said)
    quotes = [written(source.quote) for source in drill.sources]
    rule = drill.sources[0].quote
    found = _Found()
    wanted: list[Quantity] = []
    denied = {amount.amount for match in _DENIED.finditer(said) for amount in quantities(match[1])[:1]}
    for item in drill.wanted:
        figures = quantities(written(item))
        wanted += figures
        has = all(_among(figure, given) for figure in figures) if figures else _has_term(item, said)
        (found.has if has else found.lacks).append(item)
        refused = any(figure.amount in denied for figure in figures) if figures else _is_denied(item, said, quotes)
        if has and refused:
            found.contrary.append(say("short.denied", term=item))
    units = {figure.unit for figure in wanted}
    known = [*wanted, *(figure for text in (*quotes, written(drill.prompt)) for figure in quantities(text))]
    other = [figure for figure in given if _rivals(figure, units) and not _among(figure, wanted)]
    strange = [figure for figure in other if not _among(figure, known)]
    if strange:
        found.contrary.append(say("short.contrary", figure=_shown(strange[0], drill.language), quote=rule))
    if len(strange) > 1 or (len(other) > 1 and _is_list(said, given)):
        found.contrary.append(say("short.several"))
    bounded = [one for text in quotes for one in quantities(text) if one.bound is not Bound.NONE]
    for figure in given:
        bounds = [one.bound for one in bounded if _same(figure, one)]
        if bounds and all(_opposed(figure.bound, bound) for bound in bounds):  # "below 20" and "from 20" stand together
            found.contrary.append(say("short.bound", figure=_shown(figure, drill.language), quote=rule))
            break
    return found


def _among(figure: Quantity, others: Iterable[Quantity]) -> bool:
    return any(_same(figure, other) for other in others)


def _same(one: Quantity, two: Quantity) -> bool:
    """The same number of the same things; a number without a unit may be of anything, and 1% is 1 percentage point."""
    units = {one.unit, two.unit}
    alike = len(units) == 1 or Unit.PLAIN in units or units == _SHARES
    return one.value == two.value and alike and (Unit.DATE not in units or len(units) == 1)


def _rivals(figure: Quantity, units: set[Unit]) -> bool:
    """Whether a figure could be meant as an answer: it is of a unit that is wanted, or of none."""
    counted = units - {Unit.DATE}
    bare = figure.unit is Unit.PLAIN and bool(counted)
    return bare or figure.unit in units or (figure.unit in _SHARES and bool(units & _SHARES))


def _shown(figure: Quantity, language: Language) -> str:
    """A figure as people write it."""
    say = texts(language)
    if figure.unit is Unit.DATE:
        try:
            return day_words(date.fromisoformat(figure.value), say)
        except ValueError:  # a month alone, a day without its year, or no day of the calendar
            return figure.value
    if figure.unit is Unit.YUAN:
        return money(Decimal(figure.value), say)
    units = {Unit.MONTHS: "months", Unit.PERCENT: "percent", Unit.PEOPLE: "people", Unit.TIMES: "times"}
    return quantity(Decimal(figure.value), units.get(figure.unit), say)


def _opposed(one: Bound, two: Bound) -> bool:
    return (one in _UPPER and two in _LOWER) or (one in _LOWER and two in _UPPER)


def _is_list(said: str, given: Sequence[Quantity]) -> bool:
    return len(_DIGITS_AND_MARKS.sub("", said)) < _LISTED * len(given)


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", normalise(text))


def _has_term(term: str, said: str) -> bool:
    return bool(_bare(term)) and _bare(term) in _bare(said)


def _is_denied(term: str, said: str, quotes: Sequence[str]) -> bool:
    """Whether every mention of a term stands behind a negation that the clause does not have."""
    plain = normalise(term)
    if any(_negations(plain, quote) for quote in quotes):
        return False
    mentions = said.count(plain)
    return mentions > 0 and _negations(plain, said) == mentions


def _negations(term: str, text: str) -> int:
    starts = [match.start() for match in re.finditer(re.escape(term), text)]
    return sum(bool(_NOT_BEFORE.search(text[max(0, start - 12) : start])) for start in starts)


def _source(drill: Drill, said: str, documents: Sequence[Document], say: Texts) -> tuple[float, str]:
    """How far the source is named: 1, a half with another clause of it, or 0; and what to say of it."""
    places = {source.document_id: source.clause_id for source in reversed(drill.sources)}
    own = [item for item in documents if item.id in places]
    if not own:
        return (1.0, say("short.cited")) if not documents else (0.0, say("short.not_cited_unnamed"))
    main = next((item for item in own if item.id == drill.document_id and item.language is drill.language), own[0])
    clause = next((clause for clause in main.clauses if clause.id == places[main.id]), None)
    cited = cite(main, clause, CitationForm.INLINE, drill.on)
    if not _is_named(own, said):
        return 0.0, say("short.not_cited", cited=cited)
    named = named_clause(said)
    numbers = {number for item in own for number in _numbers(item, drill)}
    if named is not None and numbers and named not in numbers:
        return 0.5, say("short.other_clause", cited=cited)
    return 1.0, say("short.cited")


def _is_named(documents: Sequence[Document], said: str) -> bool:
    if references(said, documents):
        return True
    titles = [title for item in documents for title in (item.title, item.short_title)]
    return any(_like_title(title, said) for title in titles)


def _like_title(title: str, said: str) -> bool:
    """Whether most of a title stands in the answer in one piece."""
    wanted, given = _bare(title), _bare(said)
    if len(wanted) < _SHORTEST_TITLE:
        return False
    match = SequenceMatcher(None, wanted, given, autojunk=False).find_longest_match(0, len(wanted), 0, len(given))
    return match.size >= max(_SHORTEST_TITLE, _LIKE_TITLE * len(wanted))


def _numbers(document: Document, drill: Drill) -> list[int]:
    """The numbers of the clauses that the drill rests on, as printed."""
    wanted = {source.clause_id for source in drill.sources if source.document_id == document.id}
    clauses: list[Clause] = [clause for clause in document.clauses if clause.id in wanted]
    return [number for clause in clauses if (number := clause_number(clause)) is not None]
