"""The documents of an index as columns: what they can be filtered and counted by, worked out once for each index."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from assistant.lexicon.authorities import authorities_in, without_authorities
from assistant.lexicon.regions import places_in, provinces
from assistant.reference.status import status_of
from index.clause_addresses import before_number
from index.names import Names
from index.search import LanguageIndex
from index.text import normalise
from index.types import Document, Language
from index.words import Words

Marks = npt.NDArray[np.bool_]
_DAYS_KEPT = 8
ORIGINAL, DIGEST = "original", "digest"
NEVER = date.min.toordinal() - 1  # where a document has no such date
FIELDS = ("kind", "status", "issuer", "region", "topic", "origin")


@dataclass(frozen=True)
class Column:
    """The values of a field: `documents[i]` has `values[codes[i]]`. A document may have several."""

    values: tuple[str, ...]
    documents: npt.NDArray[np.int64]
    codes: npt.NDArray[np.int64]
    count: int  # documents

    def having(self, wanted: Sequence[str]) -> Marks:
        """The documents that have one of the values."""
        chosen = np.isin(self.codes, [code for code, value in enumerate(self.values) if value in wanted])
        marks = np.zeros(self.count, dtype=bool)
        marks[self.documents[chosen]] = True
        return marks

    def counts(self, among: Marks) -> dict[str, int]:
        """How many of some documents have each value; those that none has are left out."""
        found = np.bincount(self.codes[among[self.documents]], minlength=len(self.values))
        return {self.values[code]: int(found[code]) for code in np.flatnonzero(found)}


@dataclass(eq=False)
class Catalogue:
    """What is known of an index's documents without a query."""

    index: LanguageIndex
    names: Names
    row_documents: npt.NDArray[np.int64]  # place in `documents` of each row's document
    columns: Mapping[str, Column]
    issued: npt.NDArray[np.int64]  # proleptic ordinals, NEVER where nobody knows
    effective: npt.NDArray[np.int64]
    _statuses: dict[date, Column] = field(default_factory=dict)

    @property
    def documents(self) -> Sequence[Document]:
        """The documents, in the order the columns count them."""
        return self.index.documents

    def column(self, name: str, day: date) -> Column:
        """The values of a field; a document's status depends on the day."""
        if name != "status":
            return self.columns[name]
        if (found := self._statuses.get(day)) is None:
            found = _column([(status_of(document, day),) for document in self.documents])
            kept = dict(list(self._statuses.items())[1 - _DAYS_KEPT :])
            self._statuses = {**kept, day: found}
        return found

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each document, by its id."""
        return {document.id: place for place, document in enumerate(self.documents)}

    @cached_property
    def row_clauses(self) -> npt.NDArray[np.int64]:
        """The first row of the clause that each row is of."""
        firsts = [passage.span[0] == 0 for passage in self.index.passages]
        return np.maximum.accumulate(np.where(firsts, np.arange(len(firsts)), 0))

    @cached_property
    def named_clauses(self) -> list[tuple[int, str]]:
        """The first rows of clauses whose printed reference says where they are from, with what it says: 刑法第二条."""
        rows = ((row, p.reference) for row, p in enumerate(self.index.passages) if p.span[0] == 0)
        found = ((row, before_number(normalise(reference))) for row, reference in rows if reference[:1] != "第")
        return [(row, name) for row, name in found if name]


_kept: WeakKeyDictionary[LanguageIndex, Catalogue] = WeakKeyDictionary()
_lock = threading.Lock()


def catalogue_of(index: LanguageIndex, words: Words) -> Catalogue:
    """The catalogue of an index, made once and forgotten with it."""
    with _lock:
        if (found := _kept.get(index)) is None:
            found = _kept[index] = _made(index, words)
        return found


def province(region: str, language: Language) -> str:
    """The province a region lies in, as the language writes it; the region itself where it lies in none."""
    places = places_in(region)
    if not places:
        return region
    return places[0].province if language is Language.ZH else provinces()[places[0].province]


def issuer_name(issuer: str, language: Language) -> str:
    """An issuer by its usual name: 金融监管总局 and 国家金融监督管理总局 are one."""
    if language is Language.EN or without_authorities(issuer).strip():
        return issuer
    named = authorities_in(issuer)
    return named[0] if len(named) == 1 else issuer


def _made(index: LanguageIndex, words: Words) -> Catalogue:
    documents = index.documents
    read: dict[str, Callable[[Document], Sequence[str]]] = {
        "kind": lambda d: (d.kind,),
        "issuer": lambda d: tuple(dict.fromkeys(issuer_name(issuer, d.language) for issuer in d.issuers)),
        "region": lambda d: (province(d.region, d.language),),
        "topic": lambda d: tuple(dict.fromkeys(d.topics)),
        "origin": lambda d: (ORIGINAL if d.original else DIGEST,),
    }
    columns = {name: _column([values(document) for document in documents]) for name, values in read.items()}
    return Catalogue(
        index, Names(documents, words), index.document_of_entry[: len(index.passages)], columns,
        _ordinals([document.issued for document in documents]),
        _ordinals([document.period.effective for document in documents]),
    )  # fmt: skip


def _column(rows: Sequence[Sequence[str]]) -> Column:
    codes: dict[str, int] = {}
    pairs = [(place, codes.setdefault(str(value), len(codes))) for place, row in enumerate(rows) for value in row]
    table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return Column(tuple(codes), table[:, 0], table[:, 1], len(rows))


def _ordinals(days: Sequence[date | None]) -> npt.NDArray[np.int64]:
    return np.array([NEVER if day is None else day.toordinal() for day in days], dtype=np.int64)
