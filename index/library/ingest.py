"""Reading a queued file: parse, compare, encode, then one transaction that puts all of it into review."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from index.documents import splitter
from index.documents.corpus import Corpus
from index.documents.resemblance import SAME, VERSION, resemblance, sketch
from index.encoders import Encoder
from index.errors import LibraryError
from index.library import records
from index.library.files import FileStore
from index.library.intake import fail
from index.library.metadata import as_document, as_read, document_id, indexable
from index.library.originals import digests_of, questions_for
from index.library.reading import DRAFT, METADATA, PAGES, Parsed, parse
from index.library.touched import touched
from index.library.types import Report, Similar, State, Upload, Warned
from index.settings import ROOT, IndexSettings
from index.sqlite_file import SqliteFile
from index.types import Document, Language

Sketch = tuple[int, ...]
UNSTORABLE = ("no-space", "unwritable", "store-unusable")
_BATCH = 16  # texts encoded between two words on progress, kept as they are done
_READ_SHARE = 0.5  # of the progress shown, the rest is encoding
_EVERY = 0.2  # seconds between two words on progress
CASES = ROOT / "tests" / "cases"


class Stopping(Exception):
    """The library is being closed."""


@dataclass(frozen=True)
class Workshop:
    """What reading and releasing need."""

    settings: IndexSettings
    files: FileStore
    tables: SqliteFile
    corpus: Callable[[], Corpus]
    encoder: Callable[[], Encoder | None]  # None: words alone, vectors are made when there is one
    stopping: threading.Event


def ingest(upload: Upload, shop: Workshop) -> None:
    """Read one file; it is in REVIEW afterwards, or FAILED with its reason. Raises Stopping."""
    try:
        _ingest(upload, shop)
    except LibraryError as error:
        if error.code in UNSTORABLE:
            raise  # no fault of the file: it is read again when there is room
        with shop.tables.transaction() as connection:
            fail(connection, upload.id, error)


def _ingest(upload: Upload, shop: Workshop) -> None:
    last = ("", 0.0)

    def hear(step: str, done: float) -> None:
        nonlocal last
        if shop.stopping.is_set():
            raise Stopping
        if step == last[0] and time.monotonic() - last[1] < _EVERY:
            return
        last = (step, time.monotonic())
        with shop.tables.transaction() as connection:
            records.change(connection, upload.id, step=step, progress=round(done, 3))

    path = shop.files.whole(upload.id, upload.sha256)
    corpus = shop.corpus()
    parsed = parse(
        path, upload.name, document_id(upload.id), corpus.topics,
        lambda step, done: hear(step, done * _READ_SHARE),
    )  # fmt: skip
    hear("compare", _READ_SHARE)
    metadata = as_read(parsed.metadata, parsed.draft, upload.name)
    clauses, out = indexable(parsed.draft)
    document = with_questions(
        as_document(upload.id, upload.group, metadata, parsed.metadata, clauses, upload.at.date()), corpus
    )
    own = sketch(clause.text for clause in clauses)
    similar = _similar(upload, document, own, corpus, shop.tables)
    before = document_of(shop.tables, upload.replaces) if upload.replaces else None
    touches = touched(document, before, corpus.documents, shop.settings.corpus_dir, CASES)
    started = time.perf_counter()
    encode(upload.id, document, shop, lambda done: hear("encode", _READ_SHARE + (1 - _READ_SHARE) * done))
    seconds = {**parsed.seconds, "encode": round(time.perf_counter() - started, 3)}
    report = Report(
        format=parsed.format, pages=len(parsed.pages), paged=parsed.paged, characters_in=parsed.draft.characters_in,
        characters_indexed=sum(len("".join(clause.text.split())) for clause in clauses), clauses=len(clauses),
        tables=parsed.draft.tables, ocr_pages=parsed.draft.ocr_pages, warnings=_warnings(parsed, out, similar),
        similar=similar, touched=touches, kept_out=out, seconds=seconds,
    )  # fmt: skip
    with shop.tables.transaction() as connection:
        connection.execute(
            "INSERT OR REPLACE INTO contents (upload, draft, proposed, product, corrections, pages, sketch)"
            " VALUES (?, ?, ?, ?, ifnull((SELECT corrections FROM contents WHERE upload = ?), '{}'), ?, ?)",
            (
                upload.id, DRAFT.dump_json(parsed.draft).decode(), METADATA.dump_json(parsed.metadata).decode(),
                None if parsed.product is None else json.dumps(parsed.product, ensure_ascii=False), upload.id,
                PAGES.dump_json(parsed.pages).decode(), json.dumps(own),
            ),
        )  # fmt: skip
        records.change(
            connection, upload.id, state=State.REVIEW, step="", progress=1.0, report=report, problem=None,
            title=metadata.title, document_number=metadata.document_number,
        )  # fmt: skip
        records.note(connection, upload.id, "library", "read", f"{report.pages} pages, {report.clauses} clauses")


def with_questions(document: Document, corpus: Corpus) -> Document:
    """The document with the questions that our digest of it knows for its clauses."""
    asked = questions_for(document, corpus.documents)
    return replace(document, clauses=tuple(replace(c, questions=asked.get(c.id, ())) for c in document.clauses))


def encode(upload: str, document: Document, shop: Workshop, hear: Callable[[float], None]) -> bytes | None:
    """Vectors of a document's entries as they are kept on the shelf; None without an encoder.

    What was encoded for this upload before is taken over, so that an encoding that was cut short goes on.
    """
    encoder = shop.encoder()
    if encoder is None:
        return None
    entries = splitter.entries(splitter.split(document))
    known = {
        row["text"]: row["vector"]
        for row in shop.tables.rows(
            "SELECT text, vector FROM encoded WHERE upload = ? AND encoder = ?", (upload, encoder.name)
        )
    }
    missing = list({entry.digest: entry for entry in entries if entry.digest not in known}.values())
    for start in range(0, len(missing), _BATCH):
        batch = missing[start : start + _BATCH]
        found = [_encoded(encoder, entry) for entry in batch]
        with shop.tables.transaction() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO encoded (upload, text, encoder, vector) VALUES (?, ?, ?, ?)",
                [(upload, entry.digest, encoder.name, v) for entry, v in zip(batch, found, strict=True)],
            )
        known |= {entry.digest: v for entry, v in zip(batch, found, strict=True)}
        hear((start + len(batch)) / len(missing))
    return b"".join(known[entry.digest] for entry in entries)


def _encoded(encoder: Encoder, entry: splitter.Entry) -> bytes:
    vectors = encoder.queries([entry.text]) if entry.asked else encoder.passages([entry.text])
    return np.asarray(vectors[0], dtype=np.float32).tobytes()


def document_of(tables: SqliteFile, upload: str) -> Document | None:
    """An upload's clauses as a document, whatever its state; None before it is read."""
    for row in tables.rows("SELECT * FROM contents WHERE upload = ?", (upload,)):
        draft, read = DRAFT.validate_json(row["draft"]), METADATA.validate_json(row["proposed"])
        clauses, _ = indexable(draft)
        return as_document(upload, None, as_read(read, draft, upload), read, clauses, records.now().date())
    return None


def _similar(
    upload: Upload, document: Document, own: Sketch, corpus: Corpus, tables: SqliteFile
) -> tuple[Similar, ...]:
    """What says nearly the same, or carries the same number, nearest first: uploads this group may know of, digests."""
    found = []
    for row in tables.rows(
        "SELECT u.*, c.sketch FROM uploads u JOIN contents c ON c.upload = u.id"
        ' WHERE u.id != ? AND (u."group" IS NULL OR u."group" = ?)',
        (upload.id, upload.group),
    ):
        same = bool(document.document_number) and row["document_number"] == document.document_number
        part = resemblance(own, tuple(json.loads(row["sketch"])))
        if part >= VERSION or same:
            found.append(Similar(row["id"], row["title"] or row["name"], round(part, 2), upload=True, same_number=same))
    numbered = {digest.id for digest in digests_of(document, corpus.documents)}
    for other in corpus.documents:
        if other.language is document.language:
            part = resemblance(own, _sketch_of(other, corpus.digest))
            if part >= VERSION or other.id in numbered:
                same = other.id in numbered
                found.append(Similar(other.id, other.title, round(part, 2), upload=False, same_number=same))
    return tuple(sorted(found, key=lambda one: (-one.share, one.document)))


_SKETCHES: dict[tuple[str, Language, str], Sketch] = {}


def _sketch_of(document: Document, digest: str) -> Sketch:
    """Of a document of the corpus, made once for a state of the corpus."""
    key = (document.id, document.language, digest)
    if (found := _SKETCHES.get(key)) is None:
        if any(other[2] != digest for other in _SKETCHES):
            _SKETCHES.clear()
        found = _SKETCHES[key] = sketch(clause.text for clause in document.clauses)
    return found


def _warnings(parsed: Parsed, out: Sequence[str], similar: Sequence[Similar]) -> tuple[Warned, ...]:
    found = []
    for code in parsed.warnings:
        name, _, detail = code.partition(":")
        found.append(Warned(name, detail, int(detail) if name.startswith("page") and detail.isdigit() else None))
    found += [Warned(doubt.code, doubt.detail, doubt.page) for doubt in parsed.draft.doubts]
    found += [Warned("kept-out", id) for id in out]
    found += [Warned("near-duplicate", one.document) for one in similar if one.share >= SAME]
    return tuple(dict.fromkeys(found))


