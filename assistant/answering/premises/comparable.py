"""Figures of clauses that are of the same thing as one that a question asserts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.emphasis import Emphasis
from assistant.lexicon.figure_roles import Bound, Measure, Quantity, facets_in, quantities, same_role
from assistant.lexicon.regions import places_in
from assistant.lexicon.scopes import beside_the_question, scopes_in
from assistant.types import Evidence, Query
from index.text import normalise, sentences
from index.types import Kind, Language

_READ = 12  # clauses looked at
_BELOW_BEST = 0.45  # how far under the best evidence a clause may lie, on fusion's scale
_OPENING = 60  # characters of a clause in which it names the place it is about
_SHARE = 0.33  # share of the question's words that a clause with its title must have where nothing names its document
# Clauses that tell of errors and of what used to hold: their figures are not the rule.
_OF_ERRORS = re.compile(
    r"弄错|误传|旧规|旧标准|旧条件|旧办法|原来的|原定|背景"
    r"|mistake|misunderst|old rule|former|earlier|background|previous",
    re.I,
)
_PIECE = {Language.ZH: re.compile(r"[，。；,;\s]"), Language.EN: re.compile(r"[,;.]\s")}
_COMPARED = {"size", "borrower", "loan", "special"}  # groups of scopes that narrow whom or what a figure is for
_ENDS = {"until", "since"}  # a date is compared as the first or the last day of something only
_SUBSIDY = "subsidy"
_LIMITED = {Bound.MOST, Bound.LEAST}


@dataclass(frozen=True, slots=True)
class Given:
    """A figure that a clause gives."""

    evidence: Evidence
    sentence: str
    quantity: Quantity
    of_errors: bool


def comparable(asserted: Quantity, query: Query, evidence: Sequence[Evidence], emphasis: Emphasis) -> Iterator[Given]:
    """Figures of the clauses that are of the same thing, those of the best evidence first."""
    language = query.language
    named = facets_in(query.text, language)
    roles = asserted.facets or named
    asked = {group: names for group, names in scopes_in(query.text, language).items() if group in _COMPARED}
    for item in evidence[:_READ]:
        passage = item.passage
        if item.score < evidence[0].score - _BELOW_BEST or not _about(item, evidence[0], query, emphasis):
            continue
        of_errors = bool(_OF_ERRORS.search(passage.label))
        for sentence in sentences(passage.clause.text, language):
            for quantity in quantities(sentence, language):
                if quantity.measure is not asserted.measure or quantity.noun != asserted.noun:
                    continue
                if not _bounds_fit(asserted, quantity):
                    continue
                if _SUBSIDY in quantity.facets and _SUBSIDY not in named:
                    continue  # how long or on how much a subsidy is paid says nothing about the loan
                if not of_errors and not _same_thing(asserted, roles, quantity, passage.label, language):
                    continue
                if beside_the_question(scopes_of(sentence, quantity, passage.label, language), asked):
                    continue
                yield Given(item, sentence, quantity, of_errors)


def _bounds_fit(asserted: Quantity, quantity: Quantity) -> bool:
    """Whether both are limits on the same side; of a share it is often left unsaid that it is one."""
    if asserted.measure is Measure.SHARE or asserted.bound is None:
        return {asserted.bound, quantity.bound} != _LIMITED
    return asserted.bound is quantity.bound


def _same_thing(asserted: Quantity, roles: frozenset[str], quantity: Quantity, label: str, language: Language) -> bool:
    """Whether both figures are of the same thing: dates by the words beside them alone, others also by the heading."""
    if quantity.measure is Measure.DATE:
        return bool(asserted.facets & quantity.facets & _ENDS)
    return same_role(roles, quantity.facets | facets_in(label, language))


def scopes_of(sentence: str, quantity: Quantity, label: str, language: Language) -> dict[str, frozenset[str]]:
    """For whom and what a figure is given: by the words before it up to a stop, or else by its sentence and heading."""
    near = scopes_in(_PIECE[language].split(sentence[: quantity.start])[-1], language)
    wide = {**scopes_in(label, language), **scopes_in(sentence, language)}
    found = {**wide, **near} if set(near) & {"borrower", "size"} else wide
    return {group: names for group, names in found.items() if group in _COMPARED}


def _about(item: Evidence, best: Evidence, query: Query, emphasis: Emphasis) -> bool:
    """Whether a clause is from a document that the question is about: one it names, or that of the best evidence."""
    document = item.passage.document
    if document.kind in (Kind.GLOSSARY, Kind.FIGURES):
        return False
    if document.kind is Kind.PRODUCT and document.document_number is None:
        return item.named
    said = normalise(query.text)
    if not query.places and places_in(item.passage.heading + item.passage.text[:_OPENING]):
        return False  # what one place does, in a nationwide document
    if item.named or any(normalise(topic) in said for topic in document.particular_topics):
        return True
    same = best.passage.document
    if document.id != same.id and (
        document.document_number is None or document.document_number != same.document_number
    ):
        return False
    return emphasis.share(f"{item.passage.label} {item.passage.clause.text} {document.title}") >= _SHARE
