"""Weighing what search found for the question at hand: kind, place, lender, validity."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answering.emphasis import Emphasis
from assistant.answering.features import answers_kind, heading_fits
from assistant.lexicon.periods import speaks_of
from assistant.lexicon.regions import concerns, places_in
from assistant.lexicon.scopes import beside_the_question, scopes_in
from assistant.types import Asked, Evidence, Query
from index.search import Hit
from index.text import normalise
from index.types import Document, Kind, Language, Passage, Validity, Verification

_PAST = {
    Language.ZH: re.compile(r"以前|过去|原来|旧|之前的|历史|当年|曾经|那时|(?:19|20)(?:0\d|1\d|2[0-4])年"),
    Language.EN: re.compile(
        r"\b(?:old|former|previous|earlier|used to|before|history|in 20(?:0\d|1\d|2[0-4]))\b", re.I
    ),
}
_PRODUCTS = {
    Language.ZH: re.compile(r"哪(?:几)?(?:家|个|些)?银行|几家银行|什么(?:贷款)?产品|哪些(?:贷款)?产品|银行.*产品|产品"),
    Language.EN: re.compile(r"\bwhich (?:bank|lender|loan|product)|\bproducts?\b", re.I),
}
_LATEST = {Language.ZH: "最新", Language.EN: "latest"}  # how the corpus heads the newest of a series of figures
_TOLD_IN_FRAMES = frozenset({Asked.DATE, Asked.REFERENCE, Asked.REASON})
NATIONWIDE = ("全国", "nationwide")


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each circumstance moves a passage on fusion's scale; tuned on tests/cases, even held-out ids apart."""

    sentence: float = 0.07
    label: float = 0.20
    named_document: float = 0.80
    particular_topic: float = 0.15
    named_bank: float = 0.55
    other_bank: float = -0.50
    unasked_product: float = -0.20
    asked_product: float = 0.70
    uninformative: float = -0.20
    beside: float = -0.05
    glossary: float = -0.50
    glossary_defines: float = 0.15
    unasked_figures: float = -0.07
    place: float = 0.50
    elsewhere: float = -0.14
    period: float = 0.15
    latest: float = 0.15
    frame: float = -0.40
    unasked_table: float = -0.25
    lapsed: float = -0.30
    not_yet: float = -0.60
    asks_about_the_past: float = 0.10


WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class _Circumstances:
    """What a question says that bears on every passage alike."""

    query: Query
    said: str
    scopes: Mapping[str, frozenset[str]]
    emphasis: Emphasis
    past: bool
    products: bool


def rerank(
    hits: Sequence[Hit], query: Query, emphasis: Emphasis, on: date, weights: Weights = WEIGHTS
) -> list[Evidence]:
    """Evidence, best first; rules of places the question does not concern are left out."""
    asked = _Circumstances(
        query,
        normalise(query.text),
        scopes_in(query.text, query.language),
        emphasis,
        past=bool(_PAST[query.language].search(query.text)),
        products=asks_products(query),
    )
    evidence = []
    for hit in hits:
        named = hit.named or _named(hit.passage.document, asked.said)
        local = hit.passage.document.region not in NATIONWIDE
        here = local and (concerns(hit.passage, query.places) or _place_said(hit.passage.document, asked.said))
        if local and not here and not named and not _for_whoever_asks(hit.passage.document, query):
            continue
        validity = hit.passage.validity(on)
        score = (
            hit.score
            + _of_passage(hit.passage, asked, weights)
            + _of_document(hit.passage.document, named, asked, weights)
        )
        if here:
            score += weights.place
        if validity is Validity.NO:
            score += _of_validity(hit.passage, on, asked, weights)
        evidence.append(Evidence(hit, score, validity, named))
    evidence.sort(key=lambda item: -item.score)
    return evidence


def _of_validity(passage: Passage, on: date, asked: _Circumstances, weights: Weights) -> float:
    """What speaks against a passage that is not in force on the day asked about."""
    effective = passage.period.effective
    if effective and on < effective:
        return weights.not_yet
    return weights.asks_about_the_past if asked.past else weights.lapsed


def _of_passage(passage: Passage, asked: _Circumstances, weights: Weights) -> float:
    """What speaks for a passage itself."""
    query = asked.query
    score = weights.sentence * any(answers_kind(passage.text, kind) for kind in query.asked[:2])
    score += weights.label * asked.emphasis.share(passage.label)
    score += weights.beside * beside_the_question(scopes_in(passage.label, query.language), asked.scopes)
    if any(speaks_of(passage.text, period) for period in query.periods):
        score += weights.period
    if Asked.FIGURE in query.asked and not query.periods and _LATEST[query.language] in passage.heading.casefold():
        score += weights.latest
    nationwide = passage.document.region in NATIONWIDE
    if nationwide and not query.places and places_in(passage.heading + passage.text[:60]):
        score += weights.elsewhere  # what one place did, told in a nationwide document
    if passage.document.original:
        score += _of_original(passage, query, weights)
    if not nationwide and passage.document.original and not _place_said(passage.document, asked.said):
        score += 0.0 if passage.document.group else weights.elsewhere
    return score


def _of_original(passage: Passage, query: Query, weights: Weights) -> float:
    """What speaks against a part of an original that rules nothing: how it opens and ends, a table nobody asked for."""
    score = 0.0
    if passage.clause_id in ("preamble", "closing") and _TOLD_IN_FRAMES.isdisjoint(query.asked):
        score += weights.frame
    if passage.clause.table is not None and not heading_fits(passage.label, query.asked, query.language):
        score += weights.unasked_table
    return score


def _place_said(document: Document, said: str) -> bool:
    """Whether the question names the place an original is from: it may be one that no list of places has."""
    parts = re.findall(r"[\u4e00-\u9fff]{2,}?(?=省|市|县|区|州|旗)", document.region) if document.original else ()
    return any(normalise(part) in said for part in parts)


def _for_whoever_asks(document: Document, query: Query) -> bool:
    """Whether a local document may be meant though its place is not named: brought by those who ask, or by those who
    run this assistant for their place, where the question names no other."""
    return document.group is not None or (document.original and not query.places)


def _of_document(document: Document, named: bool, asked: _Circumstances, weights: Weights) -> float:
    """What speaks for the document a passage is from."""
    score = 0.0
    if named:
        score += weights.named_document
    elif any(normalise(topic) in asked.said for topic in document.particular_topics):
        score += weights.particular_topic
    if document.kind is Kind.PRODUCT:
        score += _of_product(document, named, asked, weights)
    elif document.kind is Kind.GLOSSARY:
        score += weights.glossary_defines if asked.query.asked[0] is Asked.DEFINITION else weights.glossary
    elif document.kind is Kind.FIGURES and Asked.FIGURE not in asked.query.asked:
        score += weights.unasked_figures
    return score


def _of_product(document: Document, named: bool, asked: _Circumstances, weights: Weights) -> float:
    score = weights.uninformative if document.verification is Verification.KNOWN else 0.0
    if asked.query.banks:
        issued = not asked.query.lenders.isdisjoint(document.issuers)
        return score + (weights.named_bank if issued else weights.other_bank)
    if asked.products:
        return score + weights.asked_product
    return score if named else score + weights.unasked_product


def asks_products(query: Query) -> bool:
    """Whether products are asked for, of whichever lender."""
    return _PRODUCTS[query.language].search(query.text) is not None


def names(document: Document, query: Query) -> bool:
    """Whether the question calls a document by its name."""
    return _named(document, normalise(query.text))


def _named(document: Document, said: str) -> bool:
    """Whether the question calls a document by its name: its short title, or a part of it that is a name of its own."""
    if document.kind is Kind.GLOSSARY:
        return False
    names = [document.short_title, *re.findall(r"[“《\"]([^”》\"]{3,})[”》\"]", document.title)]
    if document.kind is Kind.PRODUCT or document.region not in NATIONWIDE:
        names += [part for part in re.split(r"[/（）()·—]|银行", document.short_title) if len(part) >= 3]
    return any(normalise(name) in said for name in names if len(name) >= 3)
