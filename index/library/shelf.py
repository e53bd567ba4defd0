"""The released uploads: what of the library is part of the index at one moment."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from pydantic import TypeAdapter

from index.documents import splitter
from index.lexical import LexicalIndex
from index.library.lexical import Postings, mean_length, postings
from index.library.originals import shadowed
from index.search import LanguageIndex
from index.sqlite_file import SqliteFile
from index.types import Document, Passage

DOCUMENT = TypeAdapter(Document)
Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Shelved:
    """One released upload with everything that search needs of it."""

    upload: str
    key: str  # digest of the document as it is indexed
    document: Document
    encoder: str | None  # what `vectors` would be made with
    vectors: Vectors | None  # (entries, dimension), as splitter.entries has them; None: not encoded by this encoder yet

    @cached_property
    def passages(self) -> list[Passage]:
        """Its passages."""
        return splitter.split(self.document)

    @cached_property
    def entries(self) -> list[splitter.Entry]:
        """Its texts with a vector of their own."""
        return splitter.entries(self.passages)

    def beside(self, base: LanguageIndex) -> Beside:
        """What joining it to a corpus needs, made once for a state of the corpus."""
        found: Beside | None = self.__dict__.get("_beside")
        if found is None or found.base is not base:
            assert isinstance(base.lexical, LexicalIndex)
            words = base.lexical.words
            counted = [words.tokens(splitter.counted_text(passage)) for passage in self.passages]
            clauses, digests = shadowed(self.document, base.documents)
            found = Beside(base, postings(counted, _mean_length(base)), frozenset(clauses), frozenset(digests))
            self.__dict__["_beside"] = found
        return found


@dataclass(frozen=True)
class Beside:
    """An upload beside one state of the corpus in its language."""

    base: LanguageIndex
    postings: Postings
    shadowed: frozenset[tuple[str, str]]  # (document, clause) of our digests that it has itself
    digests: frozenset[str]  # our digests of it


def _mean_length(base: LanguageIndex) -> float:
    """Kept with the index: every passage of the corpus is cut for it."""
    assert isinstance(base.lexical, LexicalIndex)
    if (found := base.__dict__.get("_mean_length")) is None:
        found = mean_length(base.lexical, [splitter.counted_text(passage) for passage in base.passages])
        base.__dict__["_mean_length"] = found
    return float(found)


@dataclass(frozen=True)
class Shelf:
    """All released uploads, in the order they were added."""

    documents: tuple[Shelved, ...] = ()

    def seen_by(self, groups: Iterable[str]) -> tuple[Shelved, ...]:
        """Those that a question of these groups may be answered from."""
        allowed = {None, *groups}
        return tuple(one for one in self.documents if one.document.group in allowed)

    @property
    def groups(self) -> frozenset[str]:
        """The groups that have documents of their own here."""
        return frozenset(one.document.group for one in self.documents if one.document.group is not None)


def digest_of(documents: Sequence[Shelved]) -> str:
    """Changes when any of them is added, changed or taken away."""
    total = hashlib.sha256()
    for key in sorted(one.key for one in documents):
        total.update(key.encode())
    return total.hexdigest()


def key_of(upload: str, document: bytes) -> str:
    """The key of a document as it is indexed."""
    return hashlib.sha256(upload.encode() + b"\0" + document).hexdigest()[:32]


def load_shelf(tables: SqliteFile, encoder: str | None, before: Shelf | None = None) -> Shelf:
    """What is released at this moment. Documents that are as they were in `before` are taken over from it."""
    known = {one.key: one for one in before.documents} if before else {}
    rows = tables.rows(
        "SELECT shelf.* FROM shelf JOIN uploads ON uploads.id = shelf.upload ORDER BY uploads.number"
    )  # one query, hence one moment
    found = []
    for row in rows:
        one = known.get(row["key"])
        if one is None or one.encoder != encoder:
            document = one.document if one else DOCUMENT.validate_json(row["document"])
            one = Shelved(row["upload"], row["key"], document, encoder, None)
            if row["vectors"] is not None and row["encoder"] == encoder and one.entries:
                vectors = np.frombuffer(row["vectors"], dtype=np.float32).reshape(len(one.entries), -1)
                one = Shelved(one.upload, one.key, one.document, encoder, vectors)
        found.append(one)
    return Shelf(tuple(found))
