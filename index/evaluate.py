"""Retrieval measured on a BEIR folder: corpus.jsonl, queries.jsonl, qrels/test.tsv."""

from __future__ import annotations

import csv
import hashlib
import json
import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.documents.splitter import indexed_text, split
from index.encoders import Encoder
from index.errors import SettingsError
from index.lexical import LexicalIndex
from index.search import LanguageIndex, Searcher
from index.snapshot import Progress, silent
from index.store import ExactVectors
from index.synonyms import Synonyms
from index.text import language_of
from index.types import Clause, Document, Kind, Language, Passage
from index.words import Words

Ranking = Callable[[str], list[str]]  # a query's text → document ids, best first


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A BEIR data set: texts by id, and for each query the ids that are relevant with their gain."""

    corpus: Mapping[str, tuple[str, str]]  # title, text
    queries: Mapping[str, str]
    relevant: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Measured:
    """Means over `queries` queries; milliseconds a query."""

    queries: int
    ndcg_10: float
    recall_10: float
    recall_50: float
    mrr_10: float
    ms_median: float
    ms_p95: float


def read_benchmark(directory: Path) -> Benchmark:
    """Read a folder; raises SettingsError naming the file that is not as it must be."""
    try:
        corpus = {row["_id"]: (row.get("title") or "", row["text"]) for row in _rows(directory / "corpus.jsonl")}
        queries = {row["_id"]: row["text"] for row in _rows(directory / "queries.jsonl")}
        relevant: dict[str, dict[str, int]] = {}
        with (directory / "qrels" / "test.tsv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                if int(row["score"]) > 0:
                    relevant.setdefault(row["query-id"], {})[row["corpus-id"]] = int(row["score"])
    except (OSError, KeyError, ValueError, TypeError) as error:
        raise SettingsError(
            f"{directory} is not a BEIR folder ({error}): it must hold corpus.jsonl, queries.jsonl and qrels/test.tsv."
        ) from error
    return Benchmark(corpus, {id: text for id, text in queries.items() if id in relevant}, relevant)


def _rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def benchmark_searcher(
    benchmark: Benchmark, encoder: Encoder | None, candidates: int, cache: Path, progress: Progress = silent
) -> Searcher:
    """The shipped search over a benchmark's corpus: the same splitting, words, fusion. Vectors are kept in `cache`."""
    passages: dict[Language, list[Passage]] = {language: [] for language in Language}
    for id, (title, text) in benchmark.corpus.items():
        language = language_of(text) or Language.ZH
        clause = Clause(id="text", reference="", heading="", text=text)
        document = Document(id, language, Kind.LAW, title, title, (clause,))
        passages[language] += split(document)
    words = Words()
    languages = {}
    for language, found in passages.items():
        if not found:
            continue
        texts = [indexed_text(passage) for passage in found]
        progress(f"words ({language})", 0.0)
        lexical = LexicalIndex.build(texts, words)
        vectors = None
        if encoder is not None:
            vectors = cached_vectors(texts, encoder, cache, partial(progress, f"vectors ({language})"))
        store = None if vectors is None else ExactVectors(vectors)
        languages[language] = LanguageIndex(found, lexical, vectors, store)
    return Searcher(languages, encoder, Synonyms([]), candidates)


def cached_vectors(
    texts: Sequence[str], encoder: Encoder, cache: Path, progress: Callable[[float], None] | None = None
) -> npt.NDArray[np.float32]:
    """Vectors of passages (texts, dimension); encoding thousands takes minutes, so they are kept by their content."""
    digest = hashlib.sha256("\0".join([encoder.name, *texts]).encode()).hexdigest()[:16]
    path = cache / f"{digest}.npy"
    if path.exists():
        kept: npt.NDArray[np.float32] = np.load(path)
        return kept
    vectors = encoder.passages(texts, progress)
    cache.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new.npy")
    np.save(beside, vectors)
    beside.replace(path)
    return vectors


def shipped_ranking(searcher: Searcher, count: int = 50) -> Ranking:
    """What the assistant itself searches with."""

    def rank(query: str) -> list[str]:
        language = language_of(query) or Language.ZH
        return [hit.passage.document_id for hit in searcher.search(query, language, count)]

    return rank


def measure(benchmark: Benchmark, rank: Ranking, queries: Sequence[str] | None = None) -> Measured:
    """Run a ranking over queries (all by default). Binary-gain DCG with log2(rank + 1), as trec_eval's ndcg_cut."""
    ids = list(queries if queries is not None else benchmark.queries)
    rows: list[tuple[float, float, float, float, float]] = []
    for id in ids:
        began = time.perf_counter()
        ranked = list(dict.fromkeys(rank(benchmark.queries[id])))
        took = (time.perf_counter() - began) * 1000
        gains = benchmark.relevant[id]
        ideal = sum(g / math.log2(place + 2) for place, g in enumerate(sorted(gains.values(), reverse=True)[:10]))
        found = sum(gains.get(doc, 0) / math.log2(place + 2) for place, doc in enumerate(ranked[:10]))
        first = next((place for place, doc in enumerate(ranked[:10], 1) if doc in gains), None)
        rows.append(
            (found / ideal, len(gains.keys() & set(ranked[:10])) / len(gains),
             len(gains.keys() & set(ranked[:50])) / len(gains), 1 / first if first else 0.0, took)
        )  # fmt: skip
    table = np.array(rows)
    ndcg, recall_10, recall_50, mrr = (float(value) for value in table[:, :4].mean(axis=0))
    median, p95 = (float(value) for value in np.quantile(table[:, 4], [0.5, 0.95]))
    return Measured(len(ids), ndcg, recall_10, recall_50, mrr, median, p95)
