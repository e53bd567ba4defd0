"""Uploads in Chroma: sealed segments of their own, so that a release fills in no more than it must.

<data>/library/shelf/<segment>/chroma/        a Chroma store with one collection per language
                              /segment.json   written last: what it holds, and digests of Chroma's vector files

A segment is never written again: killed at any moment, Chroma leaves no half-written file that somebody opens. What is
released goes to a new one, which takes in older ones up to its own size; so a text is filled in again a few times only,
however many releases follow. Everything here is made from the database and is made again when it is lost. A segment
holds documents of one group: those of other groups are not searched at all.
"""

from __future__ import annotations

import json
import secrets
import shutil
import weakref
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from index.errors import DamagedSnapshotError
from index.library.shelf import Shelved, Vectors
from index.store import ChromaStore, sealed_files
from index.types import Language

_SEAL = "segment.json"
_ABSORBED = 2  # a new segment takes in those with at most so many times its own texts


class Segment:
    """An opened segment."""

    def __init__(self, directory: Path, documents: Sequence[Shelved]) -> None:
        self.name = directory.name
        self.group = documents[0].document.group
        self.keys = frozenset(one.key for one in documents)
        self.size = sum(len(one.entries) for one in documents)
        self._store = ChromaStore(directory / "chroma")
        self._held = {
            language: sum(len(one.entries) for one in documents if one.document.language is language)
            for language in Language
        }
        # Answers on their way may still search in it when a later segment has taken its place.
        weakref.finalize(self, self._store.close)

    def nearest(self, language: Language, vector: Vectors, count: int) -> list[tuple[str, float]]:
        """Ids and cosines of the nearest entries, best first; of retired documents too, as long as it holds them."""
        held = self._held[language]
        return self._store.nearest_ids(language, vector, min(count, held)) if held else []

    def held(self, language: Language) -> int:
        """How many entries of a language it holds."""
        return self._held[language]


class Segments:
    """The segments of one data directory; used by the process that holds the data lock alone."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._wanted: set[str] = set()
        self._open: weakref.WeakValueDictionary[str, Segment] = weakref.WeakValueDictionary()

    def over(
        self, documents: Sequence[Shelved], *, purge: bool = False, settle: bool = True
    ) -> tuple[Segment, ...]:
        """Segments that hold these documents, made where there are none yet; with `purge` those alone.

        Without `settle` none is made: documents that no segment holds yet are for the caller to multiply.
        """
        encoded = [one for one in documents if one.vectors is not None]
        found: list[Segment] = []
        for group in dict.fromkeys(one.document.group for one in encoded):
            found += self._of_group([one for one in encoded if one.document.group == group], purge, settle)
        self._wanted = {segment.name for segment in found}
        self.clean()
        return tuple(found)

    def _of_group(self, documents: Sequence[Shelved], purge: bool, settle: bool) -> list[Segment]:
        by_key = {one.key: one for one in documents}
        kept: list[tuple[Segment, int]] = []  # with how many of its texts are still released
        covered: set[str] = set()
        for name, keys in sorted(self._sealed().items()):
            alive = [by_key[key] for key in keys if key in by_key and key not in covered]
            living = sum(len(one.entries) for one in alive)
            if not alive or len(alive) != len(keys & by_key.keys()) or (purge and len(alive) < len(keys)):
                continue
            if (segment := self._opened(name, keys, by_key)) is None or 2 * living < segment.size:
                continue
            covered |= keys & by_key.keys()
            kept.append((segment, living))
        new = [one for key, one in by_key.items() if key not in covered]
        if not new or not settle:
            return [segment for segment, _ in kept]
        size = sum(len(one.entries) for one in new)
        for segment, living in sorted(kept, key=lambda found: found[1]):
            if living > _ABSORBED * size:
                break
            kept.remove((segment, living))
            new += [by_key[key] for key in segment.keys if key in by_key]
            size += living
        return [*(segment for segment, _ in kept), self._made(new)]

    def _made(self, documents: Sequence[Shelved]) -> Segment:
        name = secrets.token_hex(12)  # never used before: Chroma keeps what it knows of a path for as long as it lives
        directory = self._root / name
        directory.mkdir(parents=True)
        store = ChromaStore(directory / "chroma")
        for language in Language:
            of_language = [one for one in documents if one.document.language is language]
            if passages := [passage for one in of_language for passage in one.passages]:
                store.write(language, passages, _rows(of_language))
        store.close()
        sizes = {one.key: {str(one.document.language): len(one.entries)} for one in documents}
        content = {"documents": sizes, "files": sealed_files(directory)}
        beside = directory / (_SEAL + ".new")
        beside.write_text(json.dumps(content))
        beside.replace(directory / _SEAL)
        segment = Segment(directory, documents)
        self._open[name] = segment
        return segment

    def _sealed(self) -> dict[str, set[str]]:
        """Finished segments with the keys of what they hold."""
        found: dict[str, set[str]] = {}
        if self._root.is_dir():
            for directory in self._root.iterdir():
                try:
                    found[directory.name] = set(json.loads((directory / _SEAL).read_bytes())["documents"])
                except (OSError, ValueError, KeyError, TypeError):
                    continue
        return found

    def _opened(self, name: str, keys: Iterable[str], by_key: dict[str, Shelved]) -> Segment | None:
        """A finished segment; None where it is not as it was written, or holds what is not released any more.

        What is no longer released stays in an open segment until that is made anew; one that is opened must be known
        in full, since what it holds is counted by the documents.
        """
        if (segment := self._open.get(name)) is not None:
            return segment
        directory = self._root / name
        if not all(key in by_key for key in keys):
            return None
        try:
            if json.loads((directory / _SEAL).read_bytes())["files"] != sealed_files(directory):
                return None
            segment = Segment(directory, [by_key[key] for key in keys])
            for language in Language:
                if segment.held(language) and not segment.nearest(language, _any(by_key[next(iter(keys))]), 1):
                    return None
        except (OSError, ValueError, KeyError, DamagedSnapshotError):
            return None
        self._open[name] = segment
        return segment

    def clean(self) -> bool:
        """Remove what is not wanted any more; False while answers on their way still search in some of it."""
        left = False
        for directory in self._root.iterdir() if self._root.is_dir() else ():
            if directory.name in self._wanted:
                continue
            if directory.name in self._open:
                left = True
            else:
                shutil.rmtree(directory, ignore_errors=True)
        return not left


def _rows(documents: Sequence[Shelved]) -> Vectors:
    """Vectors in the order of the entries of all their passages: first those of passages, then those of questions."""
    parts = [(one.vectors, len(one.passages)) for one in documents if one.vectors is not None]
    return np.concatenate([*(v[:count] for v, count in parts), *(v[count:] for v, count in parts)])


def _any(one: Shelved) -> Vectors:
    assert one.vectors is not None
    vector: Vectors = one.vectors[0]
    return vector
