"""Our search beside its parts and a plain LangChain pipeline: same encoder, same questions, one run.

    python -m benchmarks.retrieval [BEIR_FOLDER] [--out results.json]

Two tasks: a BEIR folder, and the project's own cases (question → documents it may be answered from, over the corpus).
Tune on odd ids, report even ones. Vectors are kept under SME_DATA_DIR/benchmarks; the first run encodes for minutes.
LangChain's part needs langchain-chroma and langchain-text-splitters, which nothing else here does.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Annotated

import numpy as np
import numpy.typing as npt
import typer
from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from index.documents.corpus import Corpus, load_corpus
from index.documents.splitter import indexed_text, split
from index.encoders import Encoder, load_encoder
from index.evaluate import (
    Benchmark,
    Measured,
    Ranking,
    benchmark_searcher,
    cached_vectors,
    measure,
    read_benchmark,
    shipped_ranking,
)  # fmt: skip
from index.lexical import LexicalIndex
from index.search import LanguageIndex, Searcher
from index.settings import ROOT, IndexSettings
from index.store import ChromaStore, ExactVectors
from index.synonyms import Synonyms
from index.text import language_of
from index.types import Language
from index.words import Words

DEPTH = 200  # passages a ranking is read to, so that fifty documents come together
RRF_K = 60
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Task:
    """Questions with the documents that answer them, our search over those, and the same documents as plain texts."""

    name: str
    benchmark: Benchmark
    searcher: Searcher
    texts: Sequence[tuple[str, str]]  # document id, whole text


def beir_task(directory: Path, encoder: Encoder, settings: IndexSettings) -> Task:
    """A BEIR folder."""
    benchmark = read_benchmark(directory)
    searcher = benchmark_searcher(benchmark, encoder, settings.candidates, cache(settings), tell)
    texts = [(id, f"{title}\n{text}") for id, (title, text) in benchmark.corpus.items()]
    return Task(directory.name, benchmark, searcher, texts)


def own_task(cases: Path, encoder: Encoder, settings: IndexSettings) -> Task:
    """The project's cases that are to be answered; follow-ups are left out, since completing them is not search."""
    rows = [json.loads(line) for line in cases.read_text(encoding="utf-8").splitlines() if line.strip()]
    rows = [row for row in rows if row["expect"].get("documents") and not row["context"]]
    relevant = {row["id"]: dict.fromkeys(row["expect"]["documents"], 1) for row in rows}
    benchmark = Benchmark({}, {row["id"]: row["question"] for row in rows}, relevant)
    corpus = load_corpus(settings.corpus_dir)
    texts = [
        (d.id, "\n\n".join([d.title, *(f"{clause.reference} {clause.heading}\n{clause.text}" for clause in d.clauses)]))
        for d in corpus.documents
    ]
    return Task(cases.stem, benchmark, own_searcher(corpus, encoder, settings), texts)


def own_searcher(corpus: Corpus, encoder: Encoder, settings: IndexSettings) -> Searcher:
    """The search as a snapshot opens it, with vectors from the benchmark's cache."""
    words = Words(corpus.terms, corpus.particular_terms)
    languages = {}
    for language in Language:
        passages = [p for document in corpus.documents if document.language is language for p in split(document)]
        texts = [indexed_text(passage) for passage in passages]
        vectors = cached_vectors(texts, encoder, cache(settings), lambda share: tell("vectors of the corpus", share))
        languages[language] = LanguageIndex(passages, LexicalIndex.build(texts, words), vectors, ExactVectors(vectors))
    return Searcher(languages, encoder, Synonyms(corpus.synonyms), settings.candidates)


def with_chroma(task: Task, directory: Path) -> Searcher:
    """The task's search with its vectors in Chroma, as the assistant serves them."""
    store = ChromaStore(directory)
    languages = {}
    for language, index in task.searcher.languages.items():
        assert index.vectors is not None
        store.write(language, index.passages, index.vectors)
        languages[language] = replace(index, store=store.vectors(language, index.passages))
    task.searcher.languages = languages
    return task.searcher


def index_for(searcher: Searcher, query: str) -> LanguageIndex:
    """What our search would search for this query."""
    return searcher.languages[language_of(query) or Language.ZH]


def by_words(searcher: Searcher) -> Callable[[str], Rows]:
    """BM25 alone, over the words our search counts."""

    def rank(query: str) -> Rows:
        scores = index_for(searcher, query).lexical.scores(query)
        rows = np.argsort(-scores, kind="stable")[:DEPTH]
        return rows[scores[rows] > 0]

    return rank


def by_meaning(searcher: Searcher, encoder: Encoder) -> Callable[[str], Rows]:
    """The encoder alone; all cosines, none missed."""

    def rank(query: str) -> Rows:
        vectors = index_for(searcher, query).vectors
        assert vectors is not None
        return np.argsort(-(vectors @ encoder.queries([query])[0]), kind="stable")[:DEPTH]

    return rank


def reciprocal(rankers: Iterable[Callable[[str], Rows]]) -> Callable[[str], Rows]:
    """Reciprocal rank fusion (Cormack, Clarke and Buettcher, SIGIR 2009)."""

    def rank(query: str) -> Rows:
        scores: dict[int, float] = {}
        for ranker in rankers:
            for place, row in enumerate(ranker(query), 1):
                scores[int(row)] = scores.get(int(row), 0.0) + 1 / (RRF_K + place)
        return np.array(sorted(scores, key=lambda row: -scores[row]), dtype=np.int64)

    return rank


def documents(searcher: Searcher, rank: Callable[[str], Rows]) -> Ranking:
    """Passages ranked → their documents."""

    def ranked(query: str) -> list[str]:
        passages = index_for(searcher, query).passages
        return [passages[row].document_id for row in rank(query)]

    return ranked


class _KnownTexts(Embeddings):
    """Our encoder for LangChain; passages were encoded beforehand."""

    def __init__(self, encoder: Encoder, known: Mapping[str, npt.NDArray[np.float32]]) -> None:
        self._encoder = encoder
        self._known = known

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self._known[_folded(text)].tolist() for text in texts]

    def embed_query(self, text: str) -> list[float]:
        vector: list[float] = self._encoder.queries([text])[0].tolist()
        return vector


def _folded(text: str) -> str:
    """Texts that tokenizers take for the same: those that differ in blanks alone share a vector."""
    return " ".join(text.split())


def langchain(task: Task, encoder: Encoder, settings: IndexSettings, directory: Path) -> Ranking:
    """What a LangChain tutorial builds: recursive splitter 1000/200, langchain-chroma, similarity search."""
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    pieces = [(id, piece) for id, text in task.texts for piece in splitter.split_text(text)]
    known: dict[str, npt.NDArray[np.float32]] = {}
    for index in task.searcher.languages.values():
        assert index.vectors is not None
        known |= zip((_folded(indexed_text(passage)) for passage in index.passages), index.vectors, strict=True)
    new = sorted({_folded(piece) for _, piece in pieces} - known.keys())
    known |= zip(new, cached_vectors(new, encoder, cache(settings), lambda share: tell("chunks", share)), strict=True)
    store = Chroma("langchain", _KnownTexts(encoder, known), persist_directory=str(directory))
    for start in range(0, len(pieces), 1000):
        batch = pieces[start : start + 1000]
        store.add_texts([piece for _, piece in batch], [{"document": id} for id, _ in batch])

    def rank(query: str) -> list[str]:
        return [found.metadata["document"] for found in store.similarity_search(query, k=DEPTH // 2)]

    return rank


def compare(task: Task, settings: IndexSettings) -> dict[str, dict[str, Measured]]:
    """Every system on a task: name → half → figures."""

    def fresh() -> Encoder:
        return load_encoder(settings.encoder, settings.data_dir)  # each its own, since an encoder remembers queries

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as directory:
        shipped = with_chroma(task, Path(directory) / "ours")
        words, meaning = by_words(shipped), by_meaning(shipped, fresh())
        fused = reciprocal([by_words(shipped), by_meaning(shipped, fresh())])
        systems: dict[str, Ranking] = {
            "shipped search": shipped_ranking(shipped, DEPTH),
            "BM25, same words": documents(shipped, words),
            "encoder alone": documents(shipped, meaning),
            f"reciprocal-rank fusion, k={RRF_K}": documents(shipped, fused),
            "LangChain + Chroma": langchain(task, fresh(), settings, Path(directory) / "langchain"),
        }
        return measure_in_turn(task.benchmark, systems)


def measure_in_turn(benchmark: Benchmark, systems: Mapping[str, Ranking]) -> dict[str, dict[str, Measured]]:
    """Each question put to every system before the next one, so that whatever else the machine does slows all alike."""
    for query in list(benchmark.queries.values())[:3]:
        for rank in systems.values():
            rank(query)  # warm up
    rows = {id: {name: measure(benchmark, rank, [id]) for name, rank in systems.items()} for id in benchmark.queries}
    odd = {id for id in rows if int(re.sub(r"\D", "", id) or 0) % 2}
    halves = {"all": rows.keys(), "odd": odd, "even": rows.keys() - odd}
    return {name: {half: _summary([rows[id][name] for id in ids]) for half, ids in halves.items()} for name in systems}


def _summary(rows: Sequence[Measured]) -> Measured:
    times = [row.ms_median for row in rows]
    names = ("ndcg_10", "recall_10", "recall_50", "mrr_10")
    quality = (float(np.mean([getattr(row, name) for row in rows])) for name in names)
    return Measured(len(rows), *quality, float(np.median(times)), float(np.quantile(times, 0.95)))


def cache(settings: IndexSettings) -> Path:
    """Where vectors are kept."""
    return settings.data_dir / "benchmarks"


def tell(what: str, share: float) -> None:
    """How far encoding is, for somebody who watches."""
    if sys.stderr.isatty():
        print(f"\r{what} {share:4.0%} ", end="", file=sys.stderr, flush=True)


def table(name: str, results: Mapping[str, Mapping[str, Measured]]) -> str:
    """Markdown, one row a system and half."""
    heads = ["nDCG@10", "recall@10", "recall@50", "MRR@10", "ms median", "ms p95"]
    lines = [f"| {name} | ids | n | " + " | ".join(heads) + " |", "|---|---|--:|" + "--:|" * len(heads)]
    for half in ("all", "odd", "even"):
        for system, measured in results.items():
            m = measured[half]
            figures = [f"{getattr(m, f.name):{'.1f' if f.name.startswith('ms') else '.3f'}}" for f in fields(m)[1:]]
            lines.append(f"| {system} | {half} | {m.queries} | " + " | ".join(figures) + " |")
    return "\n".join(lines)


def main(
    folder: Annotated[Path, typer.Argument(help="BEIR layout: corpus.jsonl, queries.jsonl, qrels/test.tsv")],
    cases: Annotated[Path, typer.Option(help="the project's own cases")] = ROOT / "tests/cases/main.jsonl",
    out: Annotated[Path | None, typer.Option(help="write results here as JSON")] = None,
) -> None:
    settings = IndexSettings.from_environment()
    encoder = load_encoder(settings.encoder, settings.data_dir)
    results = {}
    for make, source in ((own_task, cases), (beir_task, folder)):
        task = make(source, encoder, settings)
        found = compare(task, settings)
        print(f"\n{table(task.name, found)}\n", flush=True)
        results[task.name] = {system: {half: asdict(m) for half, m in rows.items()} for system, rows in found.items()}
    if out is not None:
        out.write_text(json.dumps(results, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
