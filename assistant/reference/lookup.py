"""Looking something up in the library: a typed line and fields → documents with their best clauses, and facets."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from assistant.reference.catalogue import FIELDS, Catalogue, Marks, catalogue_of, province
from assistant.reference.marking import Marker, Piece
from assistant.reference.ranking import Ranking, rank
from assistant.reference.status import Status, status_of, status_of_clause
from index.search import Searcher
from index.text import language_of
from index.types import Document, Language, Passage
from index.words import Words

PAGE = 10  # documents
BEST = 3  # clauses of a document
LONGEST = {Language.ZH: 180, Language.EN: 420}  # characters of a clause that are shown


@dataclass(frozen=True)
class Lookup:
    """What is looked up: a line as typed, and what the documents must be. Empty fields allow everything."""

    line: str
    language: Language
    day: date
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by the names in catalogue.FIELDS
    issued: tuple[date | None, date | None] = (None, None)  # first and last day, included
    effective: tuple[date | None, date | None] = (None, None)
    document: str = ""  # the id of the only one to look in; all its clauses are then shown
    newest_first: bool = False
    page: int = 1


@dataclass(frozen=True, slots=True)
class FoundClause:
    """A clause that was found, as it is shown."""

    passage: Passage
    status: Status
    heading: list[Piece]
    text: list[Piece]


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """A document that was found, with its best clauses, best first; `more` is how many others were found in it."""

    document: Document
    status: Status
    clauses: list[FoundClause]
    more: int
    title: list[Piece]


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet, with the number of documents that choosing it would give under the other fields."""

    value: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Found:
    """One page of what was found."""

    documents: list[FoundDocument]
    total: int  # documents
    clauses: int  # clauses found in them
    facets: dict[str, list[Value]]
    page: int
    pages: int
    official: list[str]  # words the line was also read as
    unknown_number: str = ""  # a document number as typed that nothing bears or speaks of
    missing_address: bool = False  # the document named has no clause at the address that was typed


def look_up(wanted: Lookup, searcher: Searcher, words: Words) -> Found:
    """One page of what a look-up finds, with the facets under it."""
    catalogue = catalogue_of(searcher.languages[wanted.language], words)
    line = wanted.line.strip()
    ranking = rank(line, wanted.language, searcher, catalogue) if line else None
    best = _best_scores(ranking, catalogue)
    allowed = _allowed(wanted, catalogue)
    every = np.isfinite(best)
    shown = every & np.logical_and.reduce(list(allowed.values()))
    order = _order(best, shown, catalogue, by_relevance=ranking is not None and not wanted.newest_first)
    pages = max(1, -(-len(order) // PAGE))
    page = min(max(1, wanted.page), pages)
    official = searcher.official_words(line, wanted.language) if ranking else []
    marker = Marker([ranking.naming.rest or line, *official] if ranking else [], words)
    documents = [
        _document(int(place), ranking, catalogue, wanted, marker) for place in order[(page - 1) * PAGE : page * PAGE]
    ]
    clauses = _clauses(ranking, shown, catalogue) if ranking else 0
    unknown = ranking.naming.number if ranking and ranking.unknown_number else ""
    return Found(
        documents, len(order), clauses, _facets(wanted, every, allowed, catalogue), page, pages, official, unknown,
        bool(ranking and ranking.missing_address),
    )  # fmt: skip


def language_for(line: str, page: Language, searcher: Searcher, words: Words) -> Language:
    """The language to look in: that of the words typed; of the page for a document number, or a single Latin word,
    which may as well be an abbreviation (LPR) or a brand."""
    typed = language_of(line) or page
    if typed is page or not line.strip():
        return page
    if len(re.findall(r"[A-Za-z]{2,}", line)) < 2 and typed is Language.EN:
        return page
    naming = catalogue_of(searcher.languages[page], words).names.read(line)
    return page if naming.number and naming.whole else typed


def _best_scores(ranking: Ranking | None, catalogue: Catalogue) -> np.ndarray:
    if ranking is None:
        return np.zeros(len(catalogue.documents), dtype=np.float32)
    best = np.full(len(catalogue.documents), -np.inf, dtype=np.float32)
    np.maximum.at(best, catalogue.row_documents, ranking.scores)
    return best


def _allowed(wanted: Lookup, catalogue: Catalogue) -> dict[str, Marks]:
    """What each field lets through by itself."""
    allowed = {}
    for name in FIELDS:
        if values := wanted.fields.get(name, ()):
            if name == "region":
                values = tuple(province(value, wanted.language) for value in values)
            allowed[name] = catalogue.column(name, wanted.day).having(values)
    for name, days in (("issued", catalogue.issued), ("effective", catalogue.effective)):
        first, last = wanted.issued if name == "issued" else wanted.effective
        if first or last:
            allowed[name] = (days >= (first or date.min).toordinal()) & (days <= (last or date.max).toordinal())
    if wanted.document:
        allowed["document"] = np.array([document.id == wanted.document for document in catalogue.documents], dtype=bool)
    return allowed or {"": np.ones(len(catalogue.documents), dtype=bool)}


def _order(best: np.ndarray, shown: Marks, catalogue: Catalogue, *, by_relevance: bool) -> np.ndarray:
    places = np.flatnonzero(shown)
    if by_relevance:
        return np.asarray(places[np.argsort(-best[places], kind="stable")])
    return np.asarray(places[np.lexsort((places, -catalogue.issued[places]))])


def _facets(wanted: Lookup, every: Marks, allowed: Mapping[str, Marks], catalogue: Catalogue) -> dict[str, list[Value]]:
    facets = {}
    for name in FIELDS:
        among = every.copy()
        for other, marks in allowed.items():
            if other != name:
                among &= marks
        counts = catalogue.column(name, wanted.day).counts(among)
        chosen = wanted.fields.get(name, ())
        values = sorted({*counts, *chosen}, key=lambda value: (-counts.get(value, 0), value))
        facets[name] = [Value(value, counts.get(value, 0), value in chosen) for value in values]
    return facets


def _clauses(ranking: Ranking, shown: Marks, catalogue: Catalogue) -> int:
    rows = np.isfinite(ranking.scores) & shown[catalogue.row_documents]
    return len(np.unique(catalogue.row_clauses[rows]))


def _document(
    place: int, ranking: Ranking | None, catalogue: Catalogue, wanted: Lookup, marker: Marker
) -> FoundDocument:
    document = catalogue.documents[place]
    rows = catalogue.index.rows_of_document[document.id]
    best: Sequence[int] = []
    shown = len(rows) if wanted.document else BEST
    if ranking is not None:
        found = [row for row in rows if np.isfinite(ranking.scores[row])]
        found.sort(key=lambda row: (-float(ranking.scores[row]), row))
        clauses: dict[str, int] = {}
        for row in found:
            clauses.setdefault(catalogue.index.passages[row].clause_id, row)
        best = list(clauses.values())
    return FoundDocument(
        document,
        status_of(document, wanted.day),
        [_clause(catalogue.index.passages[row], wanted, marker) for row in best[:shown]],
        len(best[shown:]),
        marker.pieces(document.title),
    )


def _clause(passage: Passage, wanted: Lookup, marker: Marker) -> FoundClause:
    return FoundClause(
        passage,
        status_of_clause(passage.clause, passage.document, wanted.day),
        marker.pieces(passage.heading),
        marker.pieces(marker.excerpt(passage.text, LONGEST[wanted.language])),
    )
