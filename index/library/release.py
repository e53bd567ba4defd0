"""Carrying out orders: an upload comes into the index, or leaves it, in one transaction of the database.

The database says what is released; shelf, segments and views are made from it. So at every moment, whatever is
killed, a document is wholly in or wholly out.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from index.documents import splitter
from index.documents.metadata.types import Metadata as Read
from index.documents.structure.types import Draft as Structured
from index.errors import EncoderError, LibraryError
from index.library import records
from index.library.ingest import Workshop, encode, with_questions
from index.library.intake import refuse_duplicate
from index.library.metadata import Corrections, as_document, as_read, checked, corrected, indexable, missing
from index.library.metadata import proposals as proposed_by
from index.library.orders import Order
from index.library.pictures import forget
from index.library.problems import failure, of_error
from index.library.reading import DRAFT, METADATA
from index.library.shelf import DOCUMENT, key_of
from index.library.types import Draft, Metadata, State, Upload
from index.sqlite_file import SqliteFile
from index.types import Document


@dataclass(frozen=True, slots=True)
class Content:
    """What is kept of a file that was read."""

    upload: Upload
    structured: Structured
    read: Read
    corrections: Corrections
    metadata: Metadata  # as it stands: read, then corrected
    product: Mapping[str, Any] | None

    @property
    def kept_out(self) -> tuple[str, ...]:
        """The clauses that are not indexed, by id."""
        return self.upload.report.kept_out if self.upload.report else ()


def execute(order: Order, shop: Workshop) -> None:
    """Carry out one order; raises LibraryError, and has then changed nothing but the upload's `problem`."""
    try:
        if order.what == "release":
            release(order.upload, order.by, shop)
        elif order.what == "retire":
            retire(order.upload, order.by, shop.tables)
        elif order.what == "give":
            give(order.upload, order.values["group"], order.by, shop)
        else:
            delete(order.upload, order.by, shop)
    except LibraryError as error:
        with shop.tables.transaction() as connection:
            records.change(connection, order.upload, problem=of_error(error))
        raise


def release(id: str, by: str, shop: Workshop) -> None:
    """Into the index; what it replaces leaves it in the same transaction. Once more: with its metadata as it is now."""
    upload = get(shop.tables, id)
    if upload.state is State.FAILED and upload.problem is not None:
        raise LibraryError(upload.problem.code, upload.problem.zh, upload.problem.en)
    if upload.state not in (State.REVIEW, State.RETIRED, State.RELEASED):
        raise failure("not-in-review", state=upload.state)
    if upload.replaced_by:
        raise failure("already-replaced", about=upload.replaced_by, other=upload.replaced_by)
    document, metadata = document_to_release(upload, shop)
    vectors, encoder = _encoded(id, document, shop)
    with shop.tables.transaction() as connection:
        now = records.upload(connection, id)
        if now.state not in (State.REVIEW, State.RETIRED, State.RELEASED) or now.replaced_by:
            raise failure("not-in-review", state=now.state)
        _shelve(connection, id, document, vectors, encoder)
        _forget_other_texts(connection, id, document)
        records.change(
            connection, id, state=State.RELEASED, released_at=records.now(), released_by=by, retired_at=None,
            problem=None, title=metadata.title, document_number=metadata.document_number,
        )  # fmt: skip
        records.note(connection, id, by, "released")
        if upload.replaces and upload.state is not State.RELEASED:
            _replace(connection, upload.replaces, id, by)


def give(id: str, group: str | None, by: str, shop: Workshop) -> None:
    """All versions of a document to another group; the one that is released is answered from for that group alone."""
    upload = get(shop.tables, id)
    versions = shop.tables.rows("SELECT * FROM uploads WHERE document = ?", (upload.document,))
    live = next((one for one in map(records.upload_of, versions) if one.state is State.RELEASED), None)
    document = document_to_release(replace(live, group=group), shop)[0] if live else None
    vectors, encoder = _encoded(live.id, document, shop) if live and document else (None, None)
    with shop.tables.transaction() as connection:
        for row in connection.execute("SELECT * FROM uploads WHERE document = ?", (upload.document,)).fetchall():
            refuse_duplicate(connection, row["sha256"], group)
            records.change(connection, row["id"], group=group)
            records.note(connection, row["id"], by, "given", group or "")
        if live and document:
            _shelve(connection, live.id, document, vectors, encoder)


def _encoded(id: str, document: Document, shop: Workshop) -> tuple[bytes | None, str | None]:
    """The vectors of a document, and what made them."""
    try:
        vectors, encoder = encode(id, document, shop, lambda _: None), shop.encoder()
    except EncoderError as error:
        raise failure("encoder", reason=error) from error
    return vectors, encoder.name if encoder and vectors else None


def _shelve(
    connection: sqlite3.Connection, id: str, document: Document, vectors: bytes | None, encoder: str | None
) -> None:
    written = DOCUMENT.dump_json(document)
    connection.execute(
        "INSERT OR REPLACE INTO shelf (upload, key, document, encoder, vectors) VALUES (?, ?, ?, ?, ?)",
        (id, key_of(id, written), written.decode(), encoder, vectors),
    )


def _replace(connection: sqlite3.Connection, old: str, new: str, by: str) -> None:
    row = connection.execute("SELECT * FROM uploads WHERE id = ?", (old,)).fetchone()
    if row is None:  # deleted meanwhile
        return
    before = records.upload_of(row)
    if before.replaced_by:
        raise failure("already-replaced", about=before.replaced_by, other=before.replaced_by)
    _take_out(connection, old, by, "replaced")
    records.change(connection, old, replaced_by=new)


def retire(id: str, by: str, tables: SqliteFile) -> None:
    """Out of the index, and kept."""
    with tables.transaction() as connection:
        upload = records.upload(connection, id)
        if upload.state is State.RETIRED:
            return
        if upload.state is not State.RELEASED:
            raise failure("not-released", state=upload.state)
        _take_out(connection, id, by, "retired")


def _take_out(connection: sqlite3.Connection, id: str, by: str, what: str) -> None:
    connection.execute("DELETE FROM shelf WHERE upload = ?", (id,))
    records.change(connection, id, state=State.RETIRED, retired_at=records.now(), problem=None)
    records.note(connection, id, by, what)


def delete(id: str, by: str, shop: Workshop) -> None:
    """Out of the index and out of the library: its row and all that hangs on it in one transaction, then its files.

    Files that are left when the program is killed in between have no row and are removed at a later start.
    """
    with shop.tables.transaction() as connection:
        if connection.execute("SELECT 1 FROM uploads WHERE id = ?", (id,)).fetchone() is not None:
            records.note(connection, id, by, "deleted")
            connection.execute("DELETE FROM uploads WHERE id = ?", (id,))
    shop.files.remove(id)
    forget(shop.files, id)


def document_to_release(upload: Upload, shop: Workshop) -> tuple[Document, Metadata]:
    """The document as it will be indexed, and its metadata; raises LibraryError where something must be given first."""
    content = content_of(shop.tables, upload)
    clauses, _ = indexable(content.structured, content.kept_out)
    missing(content.metadata, clauses)
    document = as_document(
        upload.id, upload.group, content.metadata, content.read, clauses, upload.at.date()
    )
    return with_questions(document, shop.corpus()), content.metadata


def content_of(tables: SqliteFile, upload: Upload) -> Content:
    """What was read of an upload, and corrected; raises LibraryError "not-read"."""
    row = next(iter(tables.rows("SELECT * FROM contents WHERE upload = ?", (upload.id,))), None)
    if row is None or upload.state in (State.QUEUED, State.READING, State.FAILED):
        raise failure("not-read", state=upload.state)
    draft, read = DRAFT.validate_json(row["draft"]), METADATA.validate_json(row["proposed"])
    corrections = Corrections.model_validate_json(row["corrections"])
    metadata = corrected(as_read(read, draft, upload.name), corrections)
    product = json.loads(row["product"]) if row["product"] else None
    return Content(upload, draft, read, corrections, metadata, corrections.product or product)


def draft_of(content: Content) -> Draft:
    """As the review shows it."""
    return Draft(
        upload=content.upload.id, metadata=content.metadata, proposals=proposed_by(content.read),
        corrected=tuple(sorted(content.corrections.model_fields_set)), clauses=content.structured.clauses,
        kept_out=content.kept_out, product=content.product,
    )  # fmt: skip


def correct(connection: sqlite3.Connection, content: Content, changes: Corrections, by: str) -> None:
    """Keep corrections, those of before that are not made anew included."""
    given = content.corrections.model_dump(mode="json", exclude_unset=True)
    given |= changes.model_dump(mode="json", exclude_unset=True)
    metadata = corrected(content.metadata, checked(given))
    connection.execute(
        "UPDATE contents SET corrections = ? WHERE upload = ?",
        (json.dumps(given, ensure_ascii=False), content.upload.id),
    )
    records.change(
        connection, content.upload.id, title=metadata.title, document_number=metadata.document_number, problem=None
    )
    records.note(connection, content.upload.id, by, "corrected", "、".join(sorted(changes.model_fields_set)))


def get(tables: SqliteFile, id: str) -> Upload:
    """One upload."""
    for row in tables.rows("SELECT * FROM uploads WHERE id = ?", (id,)):
        return records.upload_of(row)
    raise failure("unknown", id=id)


def _forget_other_texts(connection: sqlite3.Connection, id: str, document: Document) -> None:
    """Vectors of texts as they were before a correction."""
    texts = {entry.digest for entry in splitter.entries(splitter.split(document))}
    known = {row["text"] for row in connection.execute("SELECT text FROM encoded WHERE upload = ?", (id,))}
    connection.executemany("DELETE FROM encoded WHERE upload = ? AND text = ?", [(id, t) for t in known - texts])
