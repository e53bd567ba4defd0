"""A question → ranked clauses: words and meaning fused, named documents first, filtered as asked."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from index.documents.splitter import entries
from index.encoders import Encoder
from index.fusion import COSINE_ORIGIN, QUESTION_SHIFT, Scores, fuse
from index.references import Reference, clause_number, references
from index.store import VectorStore
from index.synonyms import Synonyms
from index.types import ALL_RETRIEVERS, Document, Kind, Language, Passage, Retriever, Validity

# Lifts a clause that the question names by number above anything found by likeness.
NAMED_DOCUMENT, NAMED_CLAUSE = 10.0, 20.0
# What a clause of our digest loses where the original is there: the text as published goes first.
BESIDE_ORIGINAL = 0.3
_NONE = np.empty(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Filters:
    """What may be found; an empty tuple allows everything."""

    on: date | None = None  # only clauses in force on that day (or whose validity nobody could confirm)
    regions: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    topics: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()

    def allow(self, passage: Passage) -> bool:
        """Whether a passage may be found."""
        document = passage.document
        return (
            (self.on is None or passage.validity(self.on) is not Validity.NO)
            and (not self.regions or document.region in self.regions)
            and (not self.kinds or document.kind in self.kinds)
            and (not self.topics or bool(set(self.topics) & set(document.topics)))
            and (not self.documents or document.id in self.documents)
        )


EVERYTHING = Filters()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found. `score` is on fusion's absolute scale, `named` set where the question names it."""

    passage: Passage
    score: float
    words: float  # share of the reachable BM25 score, [0, 1]
    cosine: float | None  # None where there are no vectors
    named: bool = False


class Likeness(NamedTuple):
    """How well every passage answers a query: scores on the absolute scale, and the share of words in them."""

    scores: Scores
    words: Scores


class Lexical(Protocol):
    """Finds passages by their words; see index.lexical."""

    def scores(self, query: str) -> npt.NDArray[np.float32]:
        """Share of the highest score the query could reach, (passages,), each in [0, 1]."""
        ...

    def rarity(self, word: str) -> float:
        """Inverse document frequency of a word."""
        ...

    def knows(self, word: str) -> bool:
        """Whether any passage has the word."""
        ...


@dataclass(frozen=True, eq=False)  # told apart by identity: what is worked out for one can be kept with it
class LanguageIndex:
    """Everything to search one language's passages."""

    passages: Sequence[Passage]
    lexical: Lexical
    vectors: npt.NDArray[np.float32] | None  # (entries, dimension): those of the passages, then those of questions
    store: VectorStore | None
    shadowed: frozenset[tuple[str, str]] = frozenset()  # (document, clause) of a digest that the original has itself
    beside_original: frozenset[str] = frozenset()  # digests whose original is here

    @cached_property
    def entry_ids(self) -> list[str]:
        """The id of each entry."""
        return [entry.id for entry in entries(self.passages)]

    @cached_property
    def owners(self) -> npt.NDArray[np.int64]:
        """The row of the passage that each entry belongs to, in the order of `splitter.entries`."""
        firsts = ((row, passage) for row, passage in enumerate(self.passages) if passage.span[0] == 0)
        asked = [row for row, passage in firsts for _ in passage.clause.questions]
        return np.array([*range(len(self.passages)), *asked], dtype=np.int64)

    @cached_property
    def questions_of(self) -> dict[int, list[int]]:
        """The entries that are questions, by the row of their passage."""
        found: dict[int, list[int]] = {}
        for place in range(len(self.passages), len(self.owners)):
            found.setdefault(int(self.owners[place]), []).append(place)
        return found

    @cached_property
    def documents(self) -> list[Document]:
        """The documents the passages are from, in order."""
        return list({passage.document_id: passage.document for passage in self.passages}.values())

    @cached_property
    def document_of_entry(self) -> npt.NDArray[np.int64]:
        """The place in `documents` of the document that each entry belongs to."""
        place = {document.id: number for number, document in enumerate(self.documents)}
        return np.array([place[self.passages[row].document_id] for row in self.owners], dtype=np.int64)

    def hides(self, row: int) -> bool:
        """Whether a row is kept from being found, since the original says it itself."""
        passage = self.passages[row]
        return bool(self.shadowed) and (passage.document_id, passage.clause_id) in self.shadowed

    @cached_property
    def rows_hidden(self) -> npt.NDArray[np.int64]:
        """Rows that the original says itself."""
        return np.flatnonzero([self.hides(row) for row in range(len(self.passages))]) if self.shadowed else _NONE

    @cached_property
    def rows_beside_original(self) -> npt.NDArray[np.bool_]:
        """Whether the original of each row's digest is there."""
        return np.array([passage.document_id in self.beside_original for passage in self.passages], dtype=bool)

    @cached_property
    def rows_of_document(self) -> dict[str, list[int]]:
        """Rows of each document's passages."""
        rows: dict[str, list[int]] = {}
        for row, passage in enumerate(self.passages):
            rows.setdefault(passage.document_id, []).append(row)
        return rows


class Searcher:
    """Searches one snapshot in the language of the question."""

    def __init__(
        self,
        languages: dict[Language, LanguageIndex],
        encoder: Encoder | None,
        synonyms: Synonyms,
        candidates: int,
        retrievers: frozenset[Retriever] = ALL_RETRIEVERS,
    ) -> None:
        self.languages = languages
        self._encoder = encoder if Retriever.MEANING in retrievers else None
        # While vectors are still missing, words serve even where meaning alone is wanted: better than finding nothing.
        self._by_words = Retriever.WORDS in retrievers or self._encoder is None
        self._synonyms = synonyms
        self._candidates = candidates

    def over(self, languages: dict[Language, LanguageIndex]) -> Searcher:
        """The same search over other passages."""
        other = copy(self)
        other.languages = languages
        return other

    @property
    def by_words_only(self) -> bool:
        """Whether vectors are still missing, or switched off."""
        return self._encoder is None

    @property
    def encoder(self) -> Encoder | None:
        """What makes the vectors; None while there are none, or where meaning is switched off."""
        return self._encoder

    @property
    def encoder_name(self) -> str | None:
        """What the vectors are made with; None while there are none."""
        return self._encoder.name if self._encoder is not None else None

    def vector(self, query: str) -> np.ndarray | None:
        """A query as search sees it, of length 1; None while there are no vectors."""
        return self._encoder.queries([query])[0] if self._encoder is not None else None

    def search(self, query: str, language: Language, count: int = 10, filters: Filters = EVERYTHING) -> list[Hit]:
        """Up to `count` hits, best first, at most one passage per clause; ties go by position in the corpus.

        A blank query, or one without any word, finds nothing.
        """
        index = self.languages.get(language)
        if index is None or not any(character.isalnum() for character in query):
            return []
        official = self._synonyms.official_words(query, language)
        expanded = " ".join([query, *official])
        words = self._word_scores(index, query, expanded)
        rows = self._lexical_rows(words, filters)
        cosines: dict[int, float] = {}
        named = references(query, index.documents)
        if self._encoder is not None and index.store is not None and index.vectors is not None:
            own, vector = self._encoder.queries([query, expanded])
            near = {*self._nearest_rows(index, vector, filters), *self._nearest_rows(index, own, filters)}
            named_rows = [row for reference in named for row in index.rows_of_document[reference.document_id]]
            rows = sorted({*rows, *near, *named_rows})
            cosines = _cosines(index, vector, own, rows)
        hits = []
        for row in rows:
            if not filters.allow(index.passages[row]) or index.hides(row):
                continue
            cosine = cosines.get(row)
            # Without vectors, meaning adds nothing.
            score = float(fuse(words[row], np.float32(COSINE_ORIGIN if cosine is None else cosine)))
            score -= BESIDE_ORIGINAL * (index.passages[row].document_id in index.beside_original)
            hits.append(Hit(index.passages[row], score, float(words[row]), cosine))
        hits = self._lift_named(named, index, hits, filters)
        order = {id(hit): position for position, hit in enumerate(hits)}
        hits.sort(key=lambda hit: (-hit.score, order[id(hit)]))
        return _one_per_clause(hits)[:count]

    def likeness(self, query: str, language: Language) -> Likeness:
        """How well every passage answers a query, (passages,), on the scale of `search`: for who filters and counts.

        `search` looks only at the nearest; here all passages are compared, in one product with their vectors. -inf
        where the original says it itself; all -inf for a query without any word.
        """
        index = self.languages[language]
        count = len(index.passages)
        if not count or not any(character.isalnum() for character in query):
            return Likeness(np.full(count, -np.inf, dtype=np.float32), np.zeros(count, dtype=np.float32))
        expanded = " ".join([query, *self._synonyms.official_words(query, language)])
        words = scores = self._word_scores(index, query, expanded)
        if self._encoder is not None and index.vectors is not None:
            texts = [query] if expanded == query else [query, expanded]
            vectors = self._encoder.queries(texts)
            both = index.vectors @ vectors.T
            cosines = both[:count, -1].copy()
            np.maximum.at(cosines, index.owners[count:], both[count:, 0] - QUESTION_SHIFT)
            scores = fuse(scores, cosines)
        scores = np.asarray(scores - BESIDE_ORIGINAL * index.rows_beside_original, dtype=np.float32)
        scores[index.rows_hidden] = -np.inf
        return Likeness(scores, words)

    def nearness(self, text: str, language: Language) -> dict[str, float]:
        """How near each document comes to a text: the cosine of its nearest clause, as `search` reckons it.

        Empty where there are no vectors, or no word to compare.
        """
        index = self.languages.get(language)
        if self._encoder is None or index is None or index.vectors is None or not any(map(str.isalnum, text)):
            return {}
        official = self._synonyms.official_words(text, language)
        own, expanded = self._encoder.queries([text, " ".join([text, *official])])
        count = len(index.passages)
        both = index.vectors @ np.stack([expanded, own], axis=1)  # one pass over the vectors
        cosines = np.concatenate([both[:count, 0], both[count:, 1] - QUESTION_SHIFT])
        nearest = np.full(len(index.documents), -1.0, dtype=np.float32)
        np.maximum.at(nearest, index.document_of_entry, cosines.astype(np.float32))
        # Rounded for the reason given in _cosines.
        return dict(zip((document.id for document in index.documents), nearest.round(6).tolist(), strict=True))

    def cosines_in(self, text: str, language: Language, documents: Sequence[str]) -> dict[tuple[str, str], float]:
        """How near the clauses of some documents come to a text, by document and clause, as `search` reckons it.

        Empty where there are no vectors. A few documents are compared at once; `search` would look for them in a ring.
        """
        index = self.languages.get(language)
        if self._encoder is None or index is None:
            return {}
        rows = [row for document_id in documents for row in index.rows_of_document.get(document_id, [])]
        own, expanded = self._encoder.queries([text, " ".join([text, *self._synonyms.official_words(text, language)])])
        found: dict[tuple[str, str], float] = {}
        for row, cosine in _cosines(index, expanded, own, rows).items():
            key = (index.passages[row].document_id, index.passages[row].clause_id)
            found[key] = max(found.get(key, -1.0), cosine)
        return found

    def neighbours(self, passage: Passage) -> list[Passage]:
        """The first passages of the clauses before and after, where there are any."""
        of_document = self.passages_of(passage.document_id, passage.language)
        return [p for p in of_document if abs(p.position - passage.position) == 1 and p.span[0] == 0]

    def official_words(self, query: str, language: Language) -> list[str]:
        """Official words for what the query says otherwise."""
        return self._synonyms.official_words(query, language)

    def passages_of(self, document_id: str, language: Language) -> list[Passage]:
        """A document's passages in order; none where it is not there."""
        index = self.languages[language]
        return [index.passages[row] for row in index.rows_of_document.get(document_id, [])]

    def clause(self, document_id: str, clause_id: str, language: Language) -> Passage | None:
        """The first passage of a clause."""
        index = self.languages.get(language)
        for row in index.rows_of_document.get(document_id, []) if index else []:
            if index and index.passages[row].clause_id == clause_id:
                return index.passages[row]
        return None

    def document(self, document_id: str, language: Language) -> Document | None:
        """A document by id."""
        index = self.languages.get(language)
        rows = index.rows_of_document.get(document_id) if index else None
        return index.passages[rows[0]].document if index and rows else None

    def _word_scores(self, index: LanguageIndex, query: str, expanded: str) -> npt.NDArray[np.float32]:
        if not self._by_words:
            return np.zeros(len(index.passages), dtype=np.float32)
        words = index.lexical.scores(query)
        # The better of both: official words must not water down what the user's own words find.
        return words if expanded == query else np.maximum(words, index.lexical.scores(expanded))

    def _lexical_rows(self, words: npt.NDArray[np.float32], filters: Filters) -> list[int]:
        count = self._candidates * (1 if filters == EVERYTHING else 4)
        top = np.argsort(-words, kind="stable")[:count]
        return [int(row) for row in top if words[row] > 0]

    def _nearest_rows(self, index: LanguageIndex, vector: npt.NDArray[np.float32], filters: Filters) -> list[int]:
        """Rows of the nearest allowed passages.

        Filtering after the search, over a widening ring, keeps Chroma's slow `where` off the path.
        """
        assert index.store is not None
        wanted = min(self._candidates, len(index.passages))
        ring = min(2 * wanted, len(index.owners))
        while True:
            near, _ = index.store.nearest(vector, ring)
            rows = dict.fromkeys(int(index.owners[place]) for place in near)
            allowed = [row for row in rows if filters.allow(index.passages[row]) and not index.hides(row)]
            if len(allowed) >= wanted or ring >= len(index.owners):
                return allowed[:wanted]
            ring = min(ring * 4, len(index.owners))

    def _lift_named(
        self, found: Sequence[Reference], index: LanguageIndex, hits: list[Hit], filters: Filters
    ) -> list[Hit]:
        named: dict[str, list[Reference]] = {}
        for reference in found:
            named.setdefault(reference.document_id, []).append(reference)
        if not named:
            return hits
        held = {hit.passage.id for hit in hits}
        for document_id in named:
            for row in index.rows_of_document[document_id]:
                passage = index.passages[row]
                if passage.id not in held and filters.allow(passage) and not index.hides(row):
                    hits.append(Hit(passage, 0.0, 0.0, None))
        lifted = []
        for hit in hits:
            lift = max(
                (_lift(reference, hit.passage) for reference in named.get(hit.passage.document_id, [])), default=0.0
            )
            lifted.append(replace(hit, score=hit.score + lift, named=True) if lift else hit)
        return lifted


def _cosines(
    index: LanguageIndex, official: npt.NDArray[np.float32], own: npt.NDArray[np.float32], rows: Sequence[int]
) -> dict[int, float]:
    """How near passages are: by their own text to the question with official words added, or by the nearest question
    that their clause answers to the user's own words."""
    if not rows or index.vectors is None:
        return {}
    # Rounded: a matrix product gives equal vectors different last digits, and ties would not be ties.
    found = dict(zip(rows, (index.vectors[list(rows)] @ official).round(6).tolist(), strict=True))
    places = [place for row in rows for place in index.questions_of.get(row, [])]
    asked = (index.vectors[places] @ own).round(6).tolist() if places else []
    for place, cosine in zip(places, asked, strict=True):
        row = int(index.owners[place])
        found[row] = max(found[row], cosine - QUESTION_SHIFT)
    return found


def _lift(reference: Reference, passage: Passage) -> float:
    if reference.clause_id is not None:
        return NAMED_CLAUSE if reference.clause_id == passage.clause_id else 0.0
    exact = reference.clause is not None and clause_number(passage.clause) == reference.clause
    return NAMED_CLAUSE if exact else NAMED_DOCUMENT


def _one_per_clause(hits: Sequence[Hit]) -> list[Hit]:
    best: dict[tuple[str, str], Hit] = {}
    for hit in hits:
        best.setdefault((hit.passage.document_id, hit.passage.clause_id), hit)
    return list(best.values())
