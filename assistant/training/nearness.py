"""How near clauses come to a question by its words, and which clauses may stand beside each other as options."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cached_property, lru_cache
from itertools import pairwise

from assistant.training.material import Material, Provision
from index.references import names_a_document_number, references
from index.text import normalise
from index.types import Document, Kind

_LETTERS = re.compile(r"[\u3400-\u9fff]|[a-z]+|\d+")
_COMMON = 0.12  # pairs of letters that more than this share of the clauses have tell nothing
_NAME, _TITLES = 4, 2  # a word of at least so many letters that stands in at most so many titles names a document
_SAME_TOPICS = 3  # topics two documents share that tell of one subject
_ECHO = 0.5  # share of a heading that a question says
# Shares of the pairs from which two clauses pass for the same.
_SAME_HEADING, _SAME_QUESTIONS, _SAME_TEXT = 0.4, 0.4, 0.3
_SAME_WORDS = 0.5  # share of the words of the shorter heading
_QUESTION_WORDS = {"what", "which", "when", "that", "with", "from", "about", "does", "have", "other", "must"}


class Nearness:
    """Pairs of letters (zh) or words (en) of every clause in force: its heading, its questions and its text.

    Likeness is by words alone: a drill must not change when the vectors arrive.
    """

    def __init__(self, material: Material) -> None:
        self.of: Mapping[str, Provision] = {
            item.address: item
            for item in material.in_force
            if item.document.kind is not Kind.GLOSSARY and (item.document.id, item.clause.id) not in material.shadowed
        }
        self._said = {address: _all_pairs(item) for address, item in self.of.items()}

    @cached_property
    def _weights(self) -> Mapping[str, float]:
        counts = Counter(pair for pairs in self._said.values() for pair in pairs)
        total = len(self._said) or 1
        return {pair: math.log(total / n) if n <= _COMMON * total else 0.0 for pair, n in counts.items()}

    @cached_property
    def _having(self) -> Mapping[str, list[str]]:
        having: dict[str, list[str]] = defaultdict(list)
        for address, pairs in self._said.items():
            for pair in pairs:
                having[pair].append(address)
        return having

    def to(self, question: str) -> dict[str, float]:
        """How much of a question each clause has, by address: the share of the weight of its pairs, in [0, 1].

        What the title of a clause's own document says is left out on both sides: it tells no clause from the next.
        """
        asked = {pair: self._weights.get(pair, 0.0) for pair in _pairs(question)}
        found: dict[str, float] = defaultdict(float)
        for pair, weight in asked.items():
            for address in self._having.get(pair, ()) if weight else ():
                found[address] += weight
        return {address: self._share(address, had, asked) for address, had in found.items()}

    def _share(self, address: str, had: float, asked: Mapping[str, float]) -> float:
        title = sum(asked.get(pair, 0.0) for pair in _title(self.of[address]))
        whole = sum(asked.values()) - title
        return (had - title) / whole if whole > 0 else 1.0

    def names(self, question: str, item: Provision) -> bool:
        """Whether a question names the document of a clause: by its number, or by words few titles have."""
        if names_a_document_number(question):
            return any(found.document_id == item.document.id for found in references(question, self._documents))
        said = frozenset(_LETTERS.findall(normalise(question)))
        words = frozenset(_LETTERS.findall(normalise(item.document.short_title)))
        rare = {word for word in words if len(word) >= _NAME and self._in_titles[word] <= _TITLES}
        return bool(said & rare) or any(self._in_titles[pair] <= _TITLES for pair in _pairs(question) & _title(item))

    @cached_property
    def _documents(self) -> list[Document]:
        return list({item.document.id: item.document for item in self.of.values()}.values())

    @cached_property
    def _in_titles(self) -> Counter[str]:
        """In how many titles each word and each pair stands."""
        titles = {item.document.id: item for item in self.of.values()}.values()
        return Counter(
            part for item in titles for part in {*_LETTERS.findall(normalise(item.document.short_title)), *_title(item)}
        )

    def echoes(self, question: str, item: Provision) -> bool:
        """Whether a question says much of what a clause is headed: it may answer the question in part."""
        heading = _pairs(re.split("[：:]", item.clause.heading)[-1])
        return bool(heading) and len(heading & _pairs(question)) >= _ECHO * len(heading)

    def may_stand_beside(self, one: Provision, other: Provision) -> bool:
        """Whether two clauses are about different things: not one rule told twice, not versions of one rule."""
        if one.address == other.address or _one_rule(one, other) or _headed_alike(one, other):
            return False
        said = [
            (
                _subject(item),
                _pairs(" ".join(item.clause.questions)) - _title(item),
                _pairs(item.clause.text),
            )
            for item in (one, other)
        ]
        return all(
            len(first & second) < most * max(1, min(len(first), len(second)))
            for first, second, most in zip(*said, (_SAME_HEADING, _SAME_QUESTIONS, _SAME_TEXT), strict=True)
        )


@lru_cache(maxsize=4)
def nearness(material: Material) -> Nearness:
    """That of a state of the corpus, made once."""
    return Nearness(material)


def _one_rule(one: Provision, other: Provision) -> bool:
    """Whether two documents tell the same rules: a notice and the sheet of its programme, a law and what cites it."""
    if one.document.id == other.document.id:
        return False
    topics = set(one.document.topics) & set(other.document.topics)
    return (
        one.document.short_title == other.document.short_title
        or bool(one.number and other.number and (one.number in other.number or other.number in one.number))
        or len(topics) >= _SAME_TOPICS
    )


def _headed_alike(one: Provision, other: Provision) -> bool:
    """Whether two headings share half of their words: in English few words follow each other in the same order."""
    words = [
        {word for word in re.findall(r"[a-z]{4,}", item.clause.heading.lower()) if word not in _QUESTION_WORDS}
        for item in (one, other)
    ]
    return bool(words[0] and words[1]) and len(words[0] & words[1]) >= _SAME_WORDS * min(map(len, words))


def _subject(item: Provision) -> frozenset[str]:
    """What a clause is about: its reference and heading, without what headings of one kind begin with (申请条件：)."""
    return _pairs(f"{item.clause.reference} {re.split('[：:]', item.clause.heading)[-1]}")


def _title(item: Provision) -> frozenset[str]:
    return _pairs(item.document.short_title)


def _all_pairs(item: Provision) -> frozenset[str]:
    clause = item.clause
    return frozenset().union(
        *(_pairs(text) for text in (item.document.short_title, clause.heading, clause.text, *clause.questions))
    )


@lru_cache(maxsize=16384)
def _pairs(text: str) -> frozenset[str]:
    letters = _LETTERS.findall(normalise(text))
    return frozenset(f"{one} {two}" for one, two in pairwise(letters))
