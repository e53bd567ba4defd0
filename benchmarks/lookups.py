"""How long it takes to look something up in the library: from the query of an address to the answer for the page.

    python -m benchmarks.lookups [--passages 100000] [--out results.json]

Every line of tests/lookups.yaml is looked up as the page does it while somebody types, with facets, counts, marked
words and HTML, then again with filters; and what is typed on the way to some lines, two characters at a time. First
over the shipped corpus, then over generated documents: clauses of the corpus put together anew under other titles,
numbers, dates and places, with other figures in them. BM25 is built over their texts. Encoding them would take hours,
and time does not depend on what vectors say: a generated clause has the vector of the one it was made from, with some
noise. The lines are encoded for real. Looking up multiplies every vector, so as to count and filter everything
exactly; it does not ask Chroma, which is therefore not filled here.
"""

from __future__ import annotations

import json
import random
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any, cast

import numpy as np
import typer
import yaml
from starlette.datastructures import QueryParams

from assistant.lexicon.regions import provinces
from assistant.texts import staff_texts
from assistant.ui.library.search import Search
from assistant.ui.plain.visit import Visit
from assistant.wiring import Assistant, open_complete
from index.documents.splitter import counted_text, split
from index.lexical import LexicalIndex
from index.search import LanguageIndex, Searcher
from index.settings import ROOT, IndexSettings
from index.types import Clause, Document, Kind, Language, Passage, Period
from index.words import Words

LOOKUPS = ROOT / "tests/lookups.yaml"
NOISE = 0.02  # of each number of a vector of length 1
FILTERS = ({"kind": "notice"}, {"status": "in_force"}, {"region": "浙江省"}, {"issued_from": "2024-01-01"})
ABBREVIATIONS = ("财金", "金规", "金发", "银发", "国办发", "发改财金", "工信部企业", "科发")
WARM_UP = 5
Figures = dict[str, Any]


@dataclass(frozen=True)
class _Parts:
    words: Words


@dataclass(frozen=True)
class Seen:
    """What the search asks of an assistant: here the same for everybody."""

    searcher: Searcher
    parts: _Parts

    @property
    def serving(self) -> Seen:
        """Itself."""
        return self

    def seen_by(self, _: frozenset[str]) -> Seen:
        """Itself."""
        return self


def generated(
    documents: Sequence[Document], passages: int, seed: int = 6
) -> tuple[list[Passage], list[tuple[str, str]]]:
    """At least that many passages of made-up documents, and the document and clause each was made from."""
    chance = random.Random(seed)
    clauses = [(document, clause) for document in documents for clause in document.clauses]
    places, topics = list(provinces()), sorted({topic for document in documents for topic in document.topics})
    made: list[Passage] = []
    origins: list[tuple[str, str]] = []
    sorts = ["通知", "办法", "实施意见", "若干措施"]
    while len(made) < passages:
        number = len(made)
        chosen = chance.sample(clauses, chance.randint(6, 24))
        place, topic = chance.choice(places), chance.choice(topics)
        issued = date(2015, 1, 1) + timedelta(days=chance.randrange(4200))
        document = replace(
            chosen[0][0],
            id=f"made-{number}",
            kind=chance.choice([Kind.NOTICE, Kind.PROGRAMME, Kind.REGULATION, Kind.PRODUCT]),
            title=f"{place}关于{topic}和{chance.choice(topics)}的{chance.choice(sorts)}",
            short_title=f"{place}{topic}{number}",
            document_number=f"{chance.choice(ABBREVIATIONS)}〔{issued.year}〕{chance.randint(1, 400)}号",
            other_numbers=(),
            region=place,
            issued=issued,
            period=Period(issued, issued + timedelta(days=1500) if chance.random() < 0.3 else None),
            topics=tuple(chance.sample(topics, 6)),
            clauses=tuple(_clause(place_in, clause, chance) for place_in, (_, clause) in enumerate(chosen, 1)),
        )  # fmt: skip
        pieces = split(document)
        made += pieces
        origins += [(chosen[piece.position][0].id, chosen[piece.position][1].id) for piece in pieces]
    return made, origins


def _clause(place: int, clause: Clause, chance: random.Random) -> Clause:
    text = re.sub(r"\d+", lambda figure: str(chance.randint(1, 10 ** len(figure[0]))), clause.text)
    return replace(clause, id=f"{place}-{clause.id}", reference=f"第{place}条", text=text, questions=())


def large(searcher: Searcher, words: Words, passages: int) -> Searcher:
    """A searcher over the shipped Chinese documents' likes, so many passages of them."""
    base = searcher.languages[Language.ZH]
    made, origins = generated([d for d in base.documents if d.kind is not Kind.GLOSSARY], passages)
    assert base.vectors is not None
    noise = np.random.default_rng(6)
    rows = {(p.document_id, p.clause_id): row for row, p in reversed(list(enumerate(base.passages)))}
    vectors = np.asarray(base.vectors[[rows[origin] for origin in origins]], dtype=np.float32)
    vectors += noise.normal(0, NOISE, vectors.shape).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    lexical = LexicalIndex.build([counted_text(passage) for passage in made], words)
    index = LanguageIndex(made, lexical, vectors, base.store)
    return searcher.over({Language.ZH: index, Language.EN: searcher.languages[Language.EN]})


def queries() -> list[list[tuple[str, str]]]:
    """What is asked: every look-up, by itself and with a filter, and lines on their way."""
    lines = [(row["typed"], row.get("fields", {})) for row in yaml.safe_load(LOOKUPS.read_text(encoding="utf-8"))]
    asked = [[("q", line), *fields.items()] for line, fields in lines]
    asked += [[("q", line), *FILTERS[n % len(FILTERS)].items()] for n, (line, _) in enumerate(lines)]
    asked += [[("q", line[:end])] for line, _ in lines[::10] for end in range(2, len(line), 2)]
    return [*asked, [], *([("topic", topic)] for topic in ("贴息", "续贷"))]


def measured(seen: Seen) -> Figures:
    """Milliseconds for each query, after the first few."""
    search = Search(cast(Assistant, seen))
    began = time.perf_counter()
    search.results(_visit([("q", "续贷")]))  # columns, names and today's statuses are worked out
    first = (time.perf_counter() - began) * 1000
    all_queries = queries()
    for query in all_queries[:WARM_UP]:
        search.results(_visit(query))
    took = []
    for query in all_queries:
        began = time.perf_counter()
        search.results(_visit(query))
        took.append((time.perf_counter() - began) * 1000)
    index = seen.searcher.languages[Language.ZH]
    return {"passages": len(index.passages), "documents": len(index.documents), "queries": len(took)} | {
        "first_ms": round(first, 1),
        **{f"p{q}_ms": round(float(np.percentile(took, q)), 1) for q in (50, 95, 99)},
        "max_ms": round(max(took), 1),
    }


def _visit(query: Sequence[tuple[str, str]]) -> Visit:
    params = QueryParams(list(query))
    return Visit("/library/results", params, staff_texts(Language.ZH), None, "")


def main(
    passages: Annotated[int, typer.Option(help="of generated documents")] = 100_000,
    out: Annotated[Path | None, typer.Option(help="where the figures go as JSON")] = None,
) -> None:
    """Measure and print."""
    figures = {}
    for name, count in (("shipped", 0), ("generated", passages)):
        # Opened anew: the encoder keeps the vectors of lines it has met, which would be met again.
        assistant = open_complete(IndexSettings.from_environment())
        try:
            searcher, words = assistant.serving.searcher, assistant.serving.parts.words
            began = time.perf_counter()
            over = large(searcher, words, count) if count else searcher
            if count:
                print(f"generated in {time.perf_counter() - began:.0f} s")
            figures[name] = measured(Seen(over, _Parts(words)))
        finally:
            assistant.close()
        print(json.dumps(figures[name]))
    if out is not None:
        out.write_text(json.dumps(figures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
