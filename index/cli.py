"""python -m index build | add … | search | status | check | evaluate"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from index.commands import explained
from index.console import console, progress_bar
from index.documents.corpus import corpus_digest, load_corpus
from index.documents.quotations import read_quotations, stale
from index.library.checking import flaws
from index.library.cli import register
from index.library.library import Library
from index.lock import DataLock
from index.snapshot import current_manifest, is_current
from index.text import language_of
from index.types import Kind, Language

app = typer.Typer(
    help="Build, search and check the index of policy clauses.", no_args_is_help=True, add_completion=False
)
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="YYYY-MM-DD; only clauses in force that day")]


register(app)


@app.command()
def build(
    fresh: Annotated[bool, typer.Option(help="build anew even where nothing changed, and fill Chroma again")] = False,
    words_only: Annotated[bool, typer.Option(help="leave vectors out: searching works by words alone")] = False,
) -> None:
    """Build the index beside the one in use and switch to it; unchanged passages keep their vectors."""
    from index.preparation import prepare

    with explained() as settings, progress_bar() as progress:
        lock = DataLock(settings.data_dir).acquire()
        try:
            snapshot, built = prepare(settings, progress, fresh=fresh, encode=not words_only)
            snapshot.close()
        finally:
            lock.release()
        manifest = snapshot.manifest
        what = "Built" if built else "Up to date:"
        passages = ", ".join(f"{count} {language}" for language, count in manifest.passages.items())
        console.print(
            f"{what} {manifest.documents} documents, passages: {passages}; "
            f"{manifest.encoded} encoded, {manifest.reused} unchanged; "
            f"encoder: {manifest.encoder or 'none, words only'}."
        )


@app.command()
def search(
    query: str,
    count: Annotated[int, typer.Option(min=1, max=100)] = 10,
    language: Annotated[Language | None, typer.Option(help="default: that of the query")] = None,
    on: Day = None,
    region: Annotated[list[str] | None, typer.Option(help="as the documents name it; may be repeated")] = None,
    kind: Annotated[list[Kind] | None, typer.Option(help="may be repeated")] = None,
    topic: Annotated[list[str] | None, typer.Option(help="may be repeated")] = None,
    neighbours: Annotated[bool, typer.Option(help="show the clauses before and after each hit")] = False,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """The clauses that fit a query best, with their scores."""
    from index.preparation import open_existing
    from index.search import Filters

    with explained() as settings, open_existing(settings) as snapshot:
        used = language or language_of(query) or Language.ZH
        filters = Filters(
            on=on.date() if on else None,
            regions=tuple(region or ()),
            kinds=tuple(kind or ()),
            topics=tuple(topic or ()),
        )
        hits = snapshot.searcher.search(query, used, count, filters)
        today = on.date() if on else date.today()
        for hit in hits:
            passage = hit.passage
            number = passage.document_number
            if as_json:
                row = {
                    "id": passage.id, "score": round(hit.score, 4), "words": round(hit.words, 4),
                    "cosine": None if hit.cosine is None else round(hit.cosine, 4), "title": passage.document.title,
                    "document_number": number, "clause": passage.reference, "heading": passage.heading,
                    "in_force": str(passage.validity(today)), "text": passage.text,
                }  # fmt: skip
                print(json.dumps(row, ensure_ascii=False))
                continue
            name = f"{passage.document.short_title} {number or ''} {passage.reference}｜{passage.heading}"
            print(f"{hit.score:6.3f}  {passage.id}  {name}")
            print(f"        {passage.text}")
            if neighbours:
                for other in snapshot.searcher.neighbours(passage):
                    print(f"        … {other.reference}｜{other.heading}: {other.text}")
        if not hits:
            console.print("Nothing found.")


@app.command()
def status() -> None:
    """What is built, from what, whether it is up to date, and how many uploads there are in each state."""
    from index.preparation import index_dir

    with explained() as settings:
        manifest = current_manifest(index_dir(settings))
        if manifest is None:
            console.print(f"Nothing is built in {index_dir(settings)}. Run `python -m index build`.")
            raise typer.Exit(1)
        fresh = is_current(manifest, corpus_digest(settings.corpus_dir), settings.encoder)
        uploads = dict(Counter(str(upload.state) for upload in Library(settings).list()))
        told = json.loads(manifest.model_dump_json()) | {"up_to_date": fresh, "uploads": uploads}
        print(json.dumps(told, indent=2, ensure_ascii=False))


@app.command()
def check() -> None:
    """Check corpus, rules, index and uploads; each problem with its remedy. Leaves with 1 when there is any."""
    from index.preparation import open_existing

    with explained() as settings:
        corpus = load_corpus(settings.corpus_dir)
        clauses = sum(len(document.clauses) for document in corpus.documents)
        print(
            f"corpus: {len({d.id for d in corpus.documents})} documents, {clauses} clauses in both languages: in order"
        )
        quotations = read_quotations(settings.corpus_dir)
        wrong = stale(quotations, corpus.documents)
        for quotation, problem in wrong:
            print(f"rules: stale: {quotation.file}: {quotation.place}: {problem}")
        if wrong:
            console.print(
                "Stale rules are not used. Correct their quotations (and values) to what the clauses say now."
            )
            raise typer.Exit(1)
        print(f"rules: {len(quotations)} quotations stand in their clauses: in order")
        with open_existing(settings) as snapshot:
            if not is_current(snapshot.manifest, corpus.digest, settings.encoder):
                console.print("index: not up to date with the corpus and the encoder. Run `python -m index build`.")
                raise typer.Exit(1)
        print("index: in order")
        library = Library(settings)
        wrong_uploads = flaws(library)
        for flaw in wrong_uploads:
            print(f"library: {flaw.name} ({flaw.upload}): {flaw.problem}: {flaw.remedy}")
        if wrong_uploads:
            raise typer.Exit(1)
        print(f"library: {len(library.list())} uploaded documents: in order")


@app.command()
def evaluate(
    directory: Annotated[Path, typer.Argument(help="BEIR folder: corpus.jsonl, queries.jsonl, qrels/test.tsv")],
    half: Annotated[str, typer.Option(help="all, odd or even query ids; tune on odd, report on even")] = "all",
) -> None:
    """nDCG@10, recall, MRR and speed of the shipped search on a benchmark."""
    from index import evaluate as evaluation
    from index.preparation import prepare_encoder

    with explained() as settings, progress_bar() as progress:
        benchmark = evaluation.read_benchmark(directory)
        encoder = prepare_encoder(settings, progress)
        cache = settings.data_dir / "benchmarks"
        searcher = evaluation.benchmark_searcher(benchmark, encoder, settings.candidates, cache, progress)
        ids = [id for number, id in enumerate(benchmark.queries) if half == "all" or number % 2 == (half == "odd")]
        measured = evaluation.measure(benchmark, evaluation.shipped_ranking(searcher), ids)
    print(json.dumps({name: round(value, 4) for name, value in asdict(measured).items()}))


def main() -> None:
    """Entry point of `python -m index`."""
    app()
