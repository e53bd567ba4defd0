"""Building the index and opening it: one directory per build, switched atomically.

<data>/index/current                 the name of the snapshot in use
<data>/index/<snapshot>/manifest.json   written last: a directory without one is a build that was killed
                       /corpus.json     documents and synonyms as they were
                       /<language>/     words (BM25), vectors.npy and the digest of each encoded text
                       /chroma.json     digests of Chroma's vector files
                       /chroma/         rebuilt from the files above when it is lost
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from index.documents import splitter
from index.documents.corpus import Corpus
from index.encoders import Encoder
from index.errors import DamagedSnapshotError, MissingSnapshotError, SettingsError, StaleSnapshotError
from index.lexical import LexicalIndex
from index.search import LanguageIndex, Searcher
from index.store import ChromaStore, ExactVectors, VectorStore, sealed_files
from index.synonyms import Synonyms
from index.types import ALL_RETRIEVERS, Language, Passage, Retriever
from index.words import Words

FORMAT = 3
_STRIDE = 64  # questions encoded between two words on progress
Progress = Callable[[str, float], None]  # (what is being done, share done in [0, 1])
_CORPUS = TypeAdapter(Corpus)
Vectors = npt.NDArray[np.float32]


def silent(what: str, share: float) -> None:
    """Progress for nobody."""


class Manifest(BaseModel):
    """What a snapshot was built from."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: int
    created: datetime
    corpus: str  # digest of the corpus files
    splitter: str
    encoder: str | None  # None: words only, vectors still to come
    dimension: int | None
    documents: int
    passages: dict[Language, int]
    encoded: int  # texts encoded in this build
    reused: int  # vectors taken over from the snapshot before


@dataclass(frozen=True)
class Snapshot:
    """An opened index."""

    manifest: Manifest
    corpus: Corpus
    searcher: Searcher
    words: Words
    chroma: ChromaStore | None

    def close(self) -> None:
        """Give Chroma's files back."""
        if self.chroma is not None:
            self.chroma.close()


def current_manifest(index_dir: Path) -> Manifest | None:
    """The manifest of the snapshot in use; None when nothing was built. Raises DamagedSnapshotError."""
    directory = _current(index_dir)
    return None if directory is None else _manifest(directory)


def is_current(manifest: Manifest | None, corpus_digest: str, encoder: str | None) -> bool:
    """Whether a build from this corpus with this encoder would change nothing."""
    return manifest is not None and (manifest.format, manifest.corpus, manifest.splitter, manifest.encoder) == (
        FORMAT, corpus_digest, splitter.VERSION, encoder
    )  # fmt: skip


def build(index_dir: Path, corpus: Corpus, encoder: Encoder | None, progress: Progress = silent) -> Manifest:
    """Build a snapshot beside the one in use and switch to it; without an encoder, for words alone.

    Texts that were encoded before by the same encoder keep their vectors. Killed at any moment, it leaves the old
    snapshot serving.
    """
    started = datetime.now(timezone.utc)
    target = index_dir / f"{started:%Y%m%dT%H%M%S%f}-{corpus.digest[:8]}"
    try:
        target.mkdir(parents=True)
    except OSError as error:
        raise SettingsError(f"The index cannot be written to {index_dir} ({error.strerror or error}).") from error
    words = Words(corpus.terms, corpus.particular_terms)
    known = _known_vectors(index_dir, encoder)
    _write(target / "corpus.json", _CORPUS.dump_json(corpus))
    store = ChromaStore(target / "chroma") if encoder else None
    counts: dict[Language, int] = {}
    encoded = reused = 0
    for language in Language:
        passages = _passages(corpus, language)
        counts[language] = len(passages)
        entries = splitter.entries(passages)
        directory = target / language
        directory.mkdir()
        progress(f"words ({language})", 0.0)
        LexicalIndex.build([splitter.counted_text(passage) for passage in passages], words).save(directory / "words")
        if encoder is None or store is None:
            continue
        vectors, new = _encode(entries, encoder, known, partial(progress, f"vectors ({language})"))
        encoded, reused = encoded + new, reused + len(entries) - new
        np.save(directory / "vectors.npy", vectors)
        _write(directory / "texts.json", json.dumps([entry.digest for entry in entries]).encode())
        progress(f"Chroma ({language})", 0.0)
        store.write(language, passages, vectors)
    if store is not None:
        store.close()
        _seal(target)
    manifest = Manifest(
        format=FORMAT, created=started, corpus=corpus.digest, splitter=splitter.VERSION,
        encoder=encoder.name if encoder else None, dimension=encoder.dimension if encoder else None,
        documents=len({document.id for document in corpus.documents}), passages=counts, encoded=encoded, reused=reused,
    )  # fmt: skip
    _write(target / "manifest.json", manifest.model_dump_json(indent=2).encode())
    before = _usable(index_dir)
    _write(index_dir / "current", target.name.encode())
    _clean(index_dir, keep={target, before} if before else {target})
    progress("done", 1.0)
    return manifest


def open_snapshot(
    index_dir: Path,
    encoder: Encoder | None,
    candidates: int,
    *,
    use_chroma: bool = True,
    retrievers: frozenset[Retriever] = ALL_RETRIEVERS,
) -> Snapshot:
    """Open the snapshot in use. The caller holds the data lock, or sets `use_chroma` to False.

    Raises MissingSnapshotError, DamagedSnapshotError, or StaleSnapshotError when it was built with another encoder or
    splitter. A snapshot of words alone opens with any encoder and searches by words.
    """
    directory = _current(index_dir)
    if directory is None:
        raise MissingSnapshotError(index_dir)
    manifest = _manifest(directory)
    if manifest.splitter != splitter.VERSION:
        raise StaleSnapshotError("splitter version", manifest.splitter, splitter.VERSION)
    if manifest.format != FORMAT:
        raise StaleSnapshotError("format", manifest.format, FORMAT)
    if encoder is not None and manifest.encoder is not None:
        if encoder.name != manifest.encoder:
            raise StaleSnapshotError("encoder", manifest.encoder, encoder.name)
        if encoder.dimension != manifest.dimension:
            raise StaleSnapshotError("dimension", manifest.dimension, encoder.dimension)
    try:
        corpus = _CORPUS.validate_json((directory / "corpus.json").read_bytes())
    except (OSError, ValidationError) as error:
        raise DamagedSnapshotError(f"{directory / 'corpus.json'} cannot be read") from error
    with_vectors = encoder is not None and manifest.encoder is not None
    words = Words(corpus.terms, corpus.particular_terms)
    passages = {language: _passages(corpus, language) for language in Language}
    matrices = (
        {language: _vectors(directory / language, passages[language]) for language in Language} if with_vectors else {}
    )
    chroma = _chroma(directory, passages, matrices) if with_vectors and use_chroma else None
    languages = {}
    for language in Language:
        matrix = matrices.get(language)
        store: VectorStore | None = None
        if matrix is not None:
            store = chroma.vectors(language, passages[language]) if chroma else ExactVectors(matrix)
        lexical = LexicalIndex.load(directory / language / "words", words)
        languages[language] = LanguageIndex(passages[language], lexical, matrix, store)
    searcher = Searcher(languages, encoder if with_vectors else None, Synonyms(corpus.synonyms), candidates, retrievers)
    return Snapshot(manifest, corpus, searcher, words, chroma)


def _passages(corpus: Corpus, language: Language) -> list[Passage]:
    return [p for document in corpus.documents if document.language is language for p in splitter.split(document)]


def _write(path: Path, content: bytes) -> None:
    """All of it or nothing: a reader never sees half a file."""
    beside = path.with_name(path.name + ".new")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)


def _current(index_dir: Path) -> Path | None:
    try:
        name = (index_dir / "current").read_text(encoding="utf-8", errors="replace").strip()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise DamagedSnapshotError(f"{index_dir / 'current'} cannot be read ({error.strerror})") from error
    directory = index_dir / name
    if name in ("", ".", "..") or "\0" in name or directory.parent != index_dir or not directory.is_dir():
        raise DamagedSnapshotError(f"{index_dir / 'current'} names {name!r}, which is not there")
    return directory


def _usable(index_dir: Path) -> Path | None:
    """The snapshot in use, or None where there is none that could be used."""
    try:
        directory = _current(index_dir)
        if directory is not None:
            _manifest(directory)
    except DamagedSnapshotError:
        return None
    return directory


def _manifest(directory: Path) -> Manifest:
    try:
        return Manifest.model_validate_json((directory / "manifest.json").read_bytes())
    except (OSError, ValidationError) as error:
        raise DamagedSnapshotError(f"{directory / 'manifest.json'} is missing or unreadable") from error


def _vectors(directory: Path, passages: Sequence[Passage]) -> Vectors:
    try:
        vectors: Vectors = np.load(directory / "vectors.npy", mmap_mode="r")
    except (OSError, EOFError, ValueError) as error:
        raise DamagedSnapshotError(f"{directory / 'vectors.npy'} cannot be read") from error
    if len(vectors) != (wanted := len(splitter.entries(passages))):
        raise DamagedSnapshotError(f"{directory / 'vectors.npy'} holds {len(vectors)} vectors for {wanted} texts")
    return vectors


def _chroma(directory: Path, passages: dict[Language, list[Passage]], matrices: dict[Language, Vectors]) -> ChromaStore:
    """The snapshot's Chroma store; a lost or damaged one is filled again from the vectors beside it."""
    store = None
    try:
        if not _sealed(directory):
            raise DamagedSnapshotError(f"{directory / 'chroma'} is not as it was built")
        store = ChromaStore(directory / "chroma")
        for language in Language:
            # Chroma reads its files at the first question: whether they are whole shows only then.
            store.vectors(language, passages[language]).nearest(matrices[language][0], 1)
        return store
    except DamagedSnapshotError:
        if store is not None:
            store.close()
        shutil.rmtree(directory / "chroma", ignore_errors=True)
        store = ChromaStore(directory / "chroma")
        for language in Language:
            store.write(language, passages[language], matrices[language])
        store.close()
        _seal(directory)
        return ChromaStore(directory / "chroma")


def _seal(directory: Path) -> None:
    """Note the digests of Chroma's vector files."""
    _write(directory / "chroma.json", json.dumps(sealed_files(directory)).encode())


def _sealed(directory: Path) -> bool:
    """Whether Chroma's vector files are as they were written: it loads a damaged one unchecked and dies by SIGSEGV."""
    try:
        return bool(json.loads((directory / "chroma.json").read_bytes()) == sealed_files(directory))
    except (OSError, ValueError):
        return False


def _known_vectors(index_dir: Path, encoder: Encoder | None) -> dict[str, npt.NDArray[np.float32]]:
    """Vectors of this encoder by digest of their text, from every finished snapshot that is still there.

    Not only from the one in use: that may be one of words alone, put in place while vectors are on their way.
    """
    known: dict[str, npt.NDArray[np.float32]] = {}
    if encoder is None or not index_dir.is_dir():
        return known
    for directory in sorted(path for path in index_dir.iterdir() if path.is_dir()):
        try:
            manifest = _manifest(directory)
        except DamagedSnapshotError:
            continue
        if (manifest.encoder, manifest.dimension) != (encoder.name, encoder.dimension):
            continue
        for language in Language:
            try:
                vectors = np.load(directory / language / "vectors.npy")
                texts = json.loads((directory / language / "texts.json").read_text())
                known.update(zip(texts, vectors, strict=True))
            except (OSError, EOFError, ValueError):
                continue
    return known


def _encode(
    entries: Sequence[splitter.Entry],
    encoder: Encoder,
    known: dict[str, npt.NDArray[np.float32]],
    progress: Callable[[float], None],
) -> tuple[Vectors, int]:
    """Vectors of all entries (entries, dimension), and how many of them had to be encoded."""
    vectors = np.zeros((len(entries), encoder.dimension), dtype=np.float32)
    missing: dict[bool, list[int]] = {False: [], True: []}
    for row, entry in enumerate(entries):
        if (vector := known.get(entry.digest)) is not None:
            vectors[row] = vector
        else:
            missing[entry.asked].append(row)
    total = sum(map(len, missing.values()))
    if texts := [entries[row].text for row in missing[False]]:
        vectors[missing[False]] = encoder.passages(texts, lambda share: progress(share * len(texts) / total))
    for start in range(0, len(missing[True]), _STRIDE):
        rows = missing[True][start : start + _STRIDE]
        vectors[rows] = encoder.queries([entries[row].text for row in rows])
        progress((len(missing[False]) + start + len(rows)) / total)
    return vectors, total


def _clean(index_dir: Path, keep: set[Path]) -> None:
    """Remove older and half-made snapshots; one still open elsewhere is left for the next build."""
    for directory in index_dir.iterdir():
        if directory.is_dir() and directory not in keep:
            shutil.rmtree(directory, ignore_errors=True)
