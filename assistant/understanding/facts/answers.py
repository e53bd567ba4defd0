"""A bare answer, read as the fact that was asked for: "12", 两百万, 没有, B."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.lexicon.banks import banks_in
from assistant.profile import Choice, Several, Stated, Value
from assistant.texts import load_model
from assistant.understanding.facts.banks import ACCOUNTS
from assistant.understanding.facts.dates import When, months_since
from assistant.understanding.facts.lengths import Span
from assistant.understanding.facts.marks import Marked
from assistant.understanding.facts.numbers import Number
from assistant.understanding.facts.phrases import phrasings

_FILE = Path(__file__).with_name("answers.yaml")
_ENDS = re.compile(r"[\s。，,.!！?？、~～；;]+")
_FILLERS = re.compile(
    r"^(?:嗯|恩|哦|那个|大概|就|也就|我们?|咱们?|是|它是|应该|好像|the |a |an |it is |it's |we are |i am |about )+"
    r"|(?:吧|啊|呢|的|了|哦|呀|嘛|左右)+$",
    re.I,
)


_DENIED = re.compile(r"不是[^，,]{1,8}[，,]\s*(?=而?是)")


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    zh: list[str]
    en: list[str]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    agrees: _Words
    denies: _Words
    none: _Words
    free_of: list[str]
    free_words: _Words
    choices: dict[str, dict[str, list[str]]]


@cache
def _answers() -> _File:
    return load_model(_FILE, _File)


@cache
def _reads() -> dict[str, str]:
    return {phrasing.fact: phrasing.entry.reads for phrasing in phrasings()[0]}


@cache
def _choices(fact: str) -> dict[str, frozenset[str]]:
    phrasing = next(phrasing for phrasing in phrasings()[0] if phrasing.fact == fact)
    return {choice: frozenset() for choice in phrasing.entry.choices}


def bare_answer(fact: str, marked: Marked, source: str, as_of: date, turn: int | None) -> list[Stated]:
    """The fact asked for, where the turn is no more than an answer to it; empty where it is something else."""
    reads = _reads().get(fact)
    value = _value(fact, reads, marked, source, as_of) if reads else None
    return [] if value is None else [Stated(fact, value, source.strip(), turn)]


def _said(source: str, words: _Words) -> bool:
    return _is_one(source, [*words.zh, *words.en])


def _is_one(source: str, words: list[str]) -> bool:
    text = source.strip().casefold()
    first = (
        _ENDS.split(text.strip(" 。，,.!！~"))[0]
        if re.search(r"[\u4e00-\u9fff]", text)
        else text.split(",")[0].strip(" .!")
    )
    bare = {text.strip(" 。，,.!！~?？"), first, _FILLERS.sub("", first), _FILLERS.sub("", text.strip(" 。，,.!！~"))}
    return bool(bare & set(words))


def _value(fact: str, reads: str | None, marked: Marked, source: str, as_of: date) -> Value | None:
    if fact in _answers().free_of and _is_one(source, [*_answers().free_words.zh, *_answers().free_words.en]):
        return True
    if reads == "flag":
        return True if _said(source, _answers().agrees) else False if _said(source, _answers().denies) else None
    if reads in ("choice", "several"):
        return _chosen(fact, reads, source)
    if reads in ("bank", "banks"):
        banks = banks_in(_DENIED.sub("", source))
        if reads == "bank":
            return banks[0].zh if len(banks) == 1 else None
        accounts = frozenset(ACCOUNTS[bank.zh] for bank in banks if bank.zh in ACCOUNTS)
        if accounts:
            return Several(accounts)
        return Several(lacks=frozenset(ACCOUNTS.values())) if _said(source, _answers().none) else None
    items = list(marked.found.values())
    if len(items) != 1 or len(re.sub(r"\s", "", marked.text)) > 16:
        return None
    return _number(items[0], reads or "", as_of, fact)


def _number(item: Number | When | Span, reads: str, as_of: date, fact: str) -> Value | None:
    if isinstance(item, Number):
        if reads == "count":
            return None if item.scaled else item.count
        if reads == "money":
            return item.wan
        return item.value if reads == "percent" and not item.money and not item.foreign else None
    if isinstance(item, Span):
        return item.months if reads in ("span", "age") else None
    if reads == "age" and item.gone:
        return months_since(item.gone, as_of)
    if reads == "date":
        return item.gone if fact == "loan_issued" else item.coming
    return None


def _chosen(fact: str, reads: str, source: str) -> Value | None:
    answers = _answers()
    named = [choice for choice, words in answers.choices.get(fact, {}).items() if _is_one(source, words)]
    if reads == "choice":
        return Choice(frozenset(named[0].split("+"))) if named else None
    parts = [part for part in re.split(r"[，,、和跟及;；\s]|\band\b", source) if part.strip()]
    has = {
        choice for choice, words in answers.choices.get(fact, {}).items() for part in parts if _is_one(part, words)
    } | set(named)
    if has:
        also = next(phrasing for phrasing in phrasings()[0] if phrasing.fact == fact).entry.implies
        return Several(frozenset(has | {more for choice in has for more in also.get(choice, [])}))
    if _said(source, answers.none):
        lacks = frozenset(_choices(fact)) - ({"guarantor"} if fact == "collateral" else set())
        return Several(lacks=lacks) if fact != "purpose" else None
    return None
