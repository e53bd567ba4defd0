"""What the clauses state in figures: each with its sentence, so that like can be told from like."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from assistant.answering.premises.comparable import scopes_of
from assistant.lexicon.figure_roles import Bound, Measure, Quantity, facets_in, quantities, same_role
from assistant.lexicon.regions import places_in
from assistant.training.material import Material, Provision
from assistant.types import Place
from index.text import normalise, sentences
from index.types import Kind, Language

_ALIKE = 0.6  # share of the pairs of letters (zh) or words (en) two sentences have in common
_LETTERS = re.compile(r"[\u3400-\u9fff]|[a-z]+")

What = tuple[Measure, str]  # what is measured, and what is counted
Value = Decimal | str


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure or a date as a clause states it."""

    provision: Provision
    sentence: str
    quantity: Quantity

    @property
    def what(self) -> What:
        """Only figures of one `what` can be compared."""
        return self.quantity.measure, self.quantity.noun

    @property
    def key(self) -> str:
        """The figure as ids of drills write it, the same in both languages: months-36, money-3000000."""
        value = self.quantity.value
        written = value if isinstance(value, str) else format(value.normalize(), "f")
        return "-".join(filter(None, (self.quantity.measure.value, self.quantity.noun, written)))


@lru_cache(maxsize=4)
def stated(material: Material) -> Mapping[What, tuple[Stated, ...]]:
    """Every figure of every clause, in force or not, by what it measures."""
    found: dict[What, list[Stated]] = defaultdict(list)
    for item in material.provisions.values():
        if item.document.kind is Kind.GLOSSARY:
            continue
        for said in figures_of(item, material.language):
            found[said.what].append(said)
    return {what: tuple(items) for what, items in found.items()}


def figures_of(item: Provision, language: Language) -> Iterator[Stated]:
    """The figures and dates of a clause in the order they stand."""
    for sentence in sentences(item.clause.text, language):
        for quantity in quantities(sentence, language):
            yield Stated(item, sentence, quantity)


@lru_cache(maxsize=4)
def _by_value(material: Material) -> Mapping[tuple[What, Value], tuple[Stated, ...]]:
    found: dict[tuple[What, Value], list[Stated]] = defaultdict(list)
    for what, items in stated(material).items():
        for item in items:
            if item.provision.in_force(material.on):
                found[what, item.quantity.value].append(item)
    return {key: tuple(items) for key, items in found.items()}


def also_true(material: Material, asked: Stated, value: Value) -> Stated | None:
    """A figure of a clause in force that says this value of the same thing; None where there is none.

    Rather too strict than too lax: a wrong answer that some clause bears out would teach people to distrust the drill.
    """
    for other in _by_value(material).get((asked.what, value), ()):
        if same_thing(asked, other, material.language):
            return other
    return None


def same_thing(asked: Stated, other: Stated, language: Language) -> bool:
    """Whether two figures may be figures of one thing: said in like words, or in the same role on one subject."""
    if alike(asked.sentence, other.sentence) >= _ALIKE:
        return True
    if not related(asked.provision, other.provision):
        return False
    if {asked.quantity.bound, other.quantity.bound} == {Bound.MOST, Bound.LEAST}:
        return False
    narrowed = [
        scopes_of(item.sentence, item.quantity, item.provision.clause.heading, language) for item in (asked, other)
    ]
    if any(not narrowed[0][group] & narrowed[1][group] for group in set(narrowed[0]) & set(narrowed[1])):
        return False  # one is for persons, the other for firms
    roles = [item.quantity.facets | facets_in(item.provision.clause.heading, language) for item in (asked, other)]
    return same_role(roles[0], roles[1]) or not (roles[0] and roles[1])


def related(one: Provision, other: Provision) -> bool:
    """Whether two clauses speak of one subject: one document or number, one topic of few, or one place."""
    if one.document.id == other.document.id or (one.number is not None and one.number == other.number):
        return True
    if set(one.document.particular_topics) & set(other.document.topics):
        return True
    return bool(_places(one) & _places(other))


def _places(item: Provision) -> frozenset[Place]:
    return _places_said(item.document.region, item.label)


@lru_cache(maxsize=8192)
def _places_said(*texts: str) -> frozenset[Place]:
    return frozenset(place for text in texts for place in places_in(text))


def alike(one: str, other: str) -> float:
    """The share of pairs of letters, or of English words, that the sentence with fewer has in common with the other."""
    first, second = _pairs(one), _pairs(other)
    return len(first & second) / max(1, min(len(first), len(second)))


@lru_cache(maxsize=16384)
def _pairs(text: str) -> frozenset[tuple[str, str]]:
    letters = _LETTERS.findall(normalise(text))
    return frozenset(pairwise(letters))
