"""Vectors in embedded Chroma: the one home of chromadb.

Chroma computes no embeddings here and opens no port. It is safe in one process only; `index.snapshot` holds the lock.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.documents import splitter
from index.errors import DamagedSnapshotError
from index.types import Language, Passage

Vectors = npt.NDArray[np.float32]
_BATCH = 1000
_LEAST_SEARCHED = 100  # Chroma's own default
_CONSTRUCTION, _NEIGHBOURS = 400, 48  # of the graph, well above the defaults: every passage can be reached


class VectorStore(Protocol):
    """Finds the nearest entries to a vector."""

    def nearest(self, vector: Vectors, count: int) -> tuple[npt.NDArray[np.int64], Vectors]:
        """Rows and cosine similarities of up to `count` entries, best first."""
        ...


class ExactVectors:
    """All cosines by one matrix product: for a process that may not open Chroma while another one does."""

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = vectors

    def nearest(self, vector: Vectors, count: int) -> tuple[npt.NDArray[np.int64], Vectors]:
        """See VectorStore."""
        cosines = self._vectors @ vector
        rows = np.argsort(-cosines, kind="stable")[:count]
        return rows, cosines[rows]


class ChromaVectors:
    """One language's collection."""

    def __init__(self, collection: object, rows: dict[str, int]) -> None:
        self._collection = collection
        self._rows = rows

    def nearest(self, vector: Vectors, count: int) -> tuple[npt.NDArray[np.int64], Vectors]:
        """See VectorStore. Chroma's cosine distance becomes a similarity here, once."""
        from chromadb.errors import ChromaError

        try:
            found = self._collection.query(  # type: ignore[attr-defined]
                query_embeddings=[vector], n_results=min(count, len(self._rows)), include=["distances"]
            )
            rows = np.array([self._rows[id] for id in found["ids"][0]], dtype=np.int64)
        except (ChromaError, KeyError) as error:
            raise DamagedSnapshotError(f"Chroma cannot be searched ({error})") from error
        return rows, 1 - np.asarray(found["distances"][0], dtype=np.float32)


class ChromaStore:
    """The collections of one snapshot directory."""

    def __init__(self, directory: Path) -> None:
        import chromadb  # half a second that searching by words alone need not pay
        from chromadb.api.shared_system_client import SharedSystemClient
        from chromadb.config import Settings
        from chromadb.errors import ChromaError

        self._opened: dict[Language, chromadb.Collection] = {}
        try:
            self._client = chromadb.PersistentClient(
                path=str(directory), settings=Settings(anonymized_telemetry=False, is_persistent=True)
            )
        except (ChromaError, ValueError) as error:
            SharedSystemClient.clear_system_cache()  # it would keep what failed and fail again
            raise DamagedSnapshotError(f"the Chroma store in {directory} cannot be opened ({error})") from error

    def write(self, language: Language, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Fill a language's collection with the entries of passages and their vectors (entries, dimension)."""
        entries = splitter.entries(passages)
        # Chroma links its graph anew, by several threads, in each process that opens it. A search that looks at less
        # than everything would miss other passages each time: the same question would not get the same answer.
        everything = max(len(entries), _LEAST_SEARCHED)
        collection = self._client.create_collection(
            name=f"passages_{language}",
            embedding_function=None,
            configuration={
                "hnsw": {
                    "space": "cosine",
                    "ef_search": everything,
                    "ef_construction": _CONSTRUCTION,
                    "max_neighbors": _NEIGHBOURS,
                }
            },
        )
        for start in range(0, len(entries), _BATCH):
            batch = entries[start : start + _BATCH]
            collection.add(
                ids=[entry.id for entry in batch],
                embeddings=vectors[start : start + _BATCH],
                documents=[entry.text for entry in batch],
                metadatas=[_metadata(passages[entry.row]) for entry in batch],
            )

    def nearest_ids(self, language: Language, vector: Vectors, count: int) -> list[tuple[str, float]]:
        """Ids and cosines of the nearest entries of a language, best first."""
        from chromadb.errors import ChromaError

        try:
            collection = self._opened.get(language) or self._client.get_collection(
                name=f"passages_{language}", embedding_function=None
            )
            self._opened[language] = collection
            found = collection.query(query_embeddings=[vector], n_results=count, include=["distances"])
        except (ChromaError, ValueError) as error:
            raise DamagedSnapshotError(f"Chroma cannot be searched ({error})") from error
        distances = found["distances"]
        assert distances is not None
        return [(id, 1 - float(distance)) for id, distance in zip(found["ids"][0], distances[0], strict=True)]

    def vectors(self, language: Language, passages: Sequence[Passage]) -> ChromaVectors:
        """Open a language's collection; it must hold just the entries of these passages."""
        from chromadb.errors import ChromaError

        try:
            collection = self._client.get_collection(name=f"passages_{language}", embedding_function=None)
            held = collection.count()
        except (ChromaError, ValueError) as error:
            raise DamagedSnapshotError(f"the Chroma collection of {language} cannot be opened ({error})") from error
        entries = splitter.entries(passages)
        if held != len(entries):
            raise DamagedSnapshotError(f"the Chroma collection of {language} holds {held} of {len(entries)} texts")
        return ChromaVectors(collection, {entry.id: row for row, entry in enumerate(entries)})

    def close(self) -> None:
        """Give the files back."""
        self._client.close()


def sealed_files(directory: Path) -> dict[str, str]:
    """SHA-256 of each vector file in a directory's `chroma`; the database beside them changes by being opened.

    Chroma loads a damaged one unchecked and dies by SIGSEGV: compare before opening.
    """
    files = sorted(path for path in directory.glob("chroma/*/*") if path.is_file())
    return {path.relative_to(directory).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _metadata(passage: Passage) -> dict[str, str]:
    """What Chroma keeps beside a vector; it refuses None, so open dates are left out."""
    document, period = passage.document, passage.period
    dated = {
        "issued": document.issued,
        "effective": period.effective,
        "expires": period.expires,
        "repealed": period.repealed,
    }
    return {
        "document": passage.document_id, "clause": passage.clause_id, "title": document.title,
        "headings": f"{document.short_title} › {passage.reference} {passage.heading}", "region": document.region,
        "kind": str(document.kind), "language": str(passage.language), "topics": "、".join(document.topics),
    } | {name: day.isoformat() for name, day in dated.items() if day}  # fmt: skip
