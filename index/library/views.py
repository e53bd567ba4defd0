"""Corpus and uploads as one index, for each set of groups that asks.

A document of a group is in no list, no count and no vector of a search made for others: it is left out here, before
anything is searched.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from index.lexical import LexicalIndex
from index.library.lexical import JoinedLexical
from index.library.segments import Segment
from index.library.shelf import Shelf, Shelved, digest_of
from index.search import LanguageIndex, Searcher
from index.store import ExactVectors, VectorStore
from index.types import Language

Vectors = npt.NDArray[np.float32]
_KEPT = 16  # sets of groups whose view is kept


@dataclass(frozen=True)
class View:
    """What one set of groups is answered from."""

    searcher: Searcher
    uploads: int  # how many of them are in it
    digest: str | None  # of the uploads in it; None: there are none


class Views:
    """The views of one state of corpus and shelf; safe to use from several threads."""

    def __init__(self, searcher: Searcher, shelf: Shelf, segments: Sequence[Segment] | None) -> None:
        """`segments` is None where this process may not open Chroma: vectors are then multiplied."""
        self._base = searcher
        self._shelf = shelf
        self._segments = segments
        self._views: OrderedDict[frozenset[str], View] = OrderedDict()
        self._lock = threading.RLock()

    def of(self, groups: Iterable[str] = ()) -> View:
        """The view of a question that comes with these groups."""
        key = self._shelf.groups & frozenset(groups)
        with self._lock:
            if (view := self._views.get(key)) is None:
                view = self._views[key] = self._made(key)
                while len(self._views) > _KEPT:
                    self._views.popitem(last=False)
            self._views.move_to_end(key)
            return view

    def _made(self, groups: frozenset[str]) -> View:
        documents = self._shelf.seen_by(groups)
        if not self._base.by_words_only:
            # One that this encoder has not encoded yet would be found by words alone and weighed against vectors.
            documents = tuple(one for one in documents if one.vectors is not None)
        if not documents:
            return View(self._base, 0, None)
        languages = {
            language: self._joined(language, index, [d for d in documents if d.document.language is language], groups)
            for language, index in self._base.languages.items()
        }
        return View(self._base.over(languages), len(documents), digest_of(documents))

    def _joined(
        self, language: Language, base: LanguageIndex, documents: Sequence[Shelved], groups: frozenset[str]
    ) -> LanguageIndex:
        if not documents:
            return base
        assert isinstance(base.lexical, LexicalIndex)
        beside = [one.beside(base) for one in documents]
        joined = LanguageIndex(
            [*base.passages, *(passage for one in documents for passage in one.passages)],
            JoinedLexical(base.lexical, [one.postings for one in beside]),
            None,
            None,
            frozenset().union(*(one.shadowed for one in beside)),
            frozenset().union(*(one.digests for one in beside)),
        )
        if base.vectors is None or base.store is None:
            return joined
        count = len(base.passages)
        own = [(one.vectors, len(one.passages)) for one in documents if one.vectors is not None]
        vectors = np.concatenate(
            [base.vectors[:count], *(v[:n] for v, n in own), base.vectors[count:], *(v[n:] for v, n in own)]
        )
        store = JoinedVectors(
            base.store, base.entry_ids, count, documents,
            None if self._segments is None else [s for s in self._segments if s.group in {None, *groups}],
            vectors, language,
        )  # fmt: skip
        joined = replace(joined, vectors=vectors, store=store)
        joined.__dict__["owners"] = _owners(base, documents)  # else reckoned anew from every text
        return joined


def _owners(base: LanguageIndex, documents: Sequence[Shelved]) -> npt.NDArray[np.int64]:
    """LanguageIndex.owners of the joined index."""
    count = start = len(base.passages)
    passages, asked = [base.owners[:count]], [base.owners[count:]]
    for one in documents:
        rows = np.array([entry.row for entry in one.entries], dtype=np.int64) + start
        passages.append(rows[: len(one.passages)])
        asked.append(rows[len(one.passages) :])
        start += len(one.passages)
    return np.concatenate([*passages, *asked])


class JoinedVectors:
    """The corpus's collection and the segments of uploads as one."""

    def __init__(
        self, base: VectorStore, base_ids: Sequence[str], count: int,
        uploads: Sequence[Shelved], segments: Sequence[Segment] | None, vectors: Vectors, language: Language,
    ) -> None:  # fmt: skip
        """`count` of the corpus's entries are passages, the others questions."""
        self._base = base
        passages = [entry.id for one in uploads for entry in one.entries[: len(one.passages)]]
        asked = [entry.id for one in uploads for entry in one.entries[len(one.passages) :]]
        # The order of LanguageIndex.vectors: passages, then questions, uploads behind the corpus in both.
        places = np.arange(len(base_ids), dtype=np.int64)
        places[count:] += len(passages)
        self._base_places = places
        self._places = {id: count + number for number, id in enumerate(passages)}
        self._places |= {id: len(base_ids) + len(passages) + number for number, id in enumerate(asked)}
        self._segments = segments
        self._vectors = vectors
        self._language = language
        held = {key for segment in segments or () for key in segment.keys}
        loose = [self._places[entry.id] for one in uploads if one.key not in held for entry in one.entries]
        self._loose = np.array(loose, dtype=np.int64)  # released a moment ago: in no segment yet

    def nearest(self, vector: Vectors, count: int) -> tuple[npt.NDArray[np.int64], Vectors]:
        """See index.store.VectorStore."""
        if self._segments is None:
            return ExactVectors(self._vectors).nearest(vector, count)
        rows, cosines = self._base.nearest(vector, count)
        found = dict(zip(self._base_places[rows].tolist(), cosines.tolist(), strict=True))
        found |= zip(self._loose.tolist(), (self._vectors[self._loose] @ vector).tolist(), strict=True)
        for segment in self._segments:
            found |= self._in(segment, vector, count)
        best = sorted(found.items(), key=lambda item: (-item[1], item[0]))[:count]
        return (
            np.array([place for place, _ in best], dtype=np.int64),
            np.array([cosine for _, cosine in best], dtype=np.float32),
        )

    def _in(self, segment: Segment, vector: Vectors, count: int) -> dict[int, float]:
        """The nearest of a segment that are released: of those that are not, it may still hold some."""
        held = segment.held(self._language)
        while True:
            near = segment.nearest(self._language, vector, count)
            found = {self._places[id]: cosine for id, cosine in near if id in self._places}
            if len(found) >= min(count, held) or len(near) >= held:
                return found
            count = min(held, count * 4)
