"""The library: everything the page and the commands do with uploads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from index.documents.corpus import load_corpus
from index.library import intake, orders, pictures, records
from index.library.differences import differences
from index.library.files import FileStore
from index.library.ingest import CASES
from index.library.metadata import as_document, checked, indexable
from index.library.problems import failure
from index.library.reading import PAGES
from index.library.release import Content, content_of, correct, draft_of, get
from index.library.shelf import DOCUMENT
from index.library.touched import touched
from index.library.types import Difference, Draft, Event, PagePicture, Similar, State, Upload
from index.settings import IndexSettings
from index.types import Clause, Document

_MEGABYTE = 1_000_000


class Library:
    """The uploads of one data directory; safe to use from several threads.

    Looking (list, get, draft, difference, page_picture …) is possible at any time, beside another process too. What
    changes the index (release, retire, delete) waits for its turn in the process that serves.

    Who may do what is for the caller to decide: `by` is only noted. Everything raises `LibraryError` (index/errors.py):
    `code` for programs, `zh` and `en` for people, who can act on them.
    """

    def __init__(self, settings: IndexSettings, wake: Callable[[], None] = lambda: None) -> None:
        """`wake` tells the worker of this process, where it has one, that there is something to do."""
        root = settings.data_dir / "library"
        self.settings = settings
        self.files = FileStore(root, settings.upload_mb * _MEGABYTE)
        self.tables = records.open_tables(root)
        self.wake = wake
        self.waited: Callable[[], None] = lambda: None  # called while it waits for an order

    def add(
        self, file: Path | BinaryIO, name: str, *, by: str, group: str | None = None, replaces: str | None = None,
        release: bool = False,
    ) -> Upload:  # fmt: skip
        """Store a file and queue it; returns at once, QUEUED. `name` may be anything a browser sends.

        With `release` it is released as soon as it is read, with the metadata that was found. Raises LibraryError
        with code "empty", "too-large", "duplicate" (`other` is the upload that has the same bytes in the same group),
        "no-space", "unwritable", "already-replaced".
        """
        upload = intake.add(
            self.files, self.tables, file, name, by=by, group=group, replaces=replaces, release=release
        )
        self.wake()
        return upload

    def list(
        self, *, states: Sequence[State] = (), groups: Sequence[str] | None = None
    ) -> tuple[Upload, ...]:
        """Uploads, newest first; of these states only, of everybody's and these groups only (None: of all groups)."""
        found = (records.upload_of(row) for row in self.tables.rows("SELECT * FROM uploads ORDER BY number DESC"))
        return tuple(
            upload
            for upload in found
            if (not states or upload.state in states) and (groups is None or upload.group in {None, *groups})
        )

    def get(self, id: str) -> Upload:
        """One upload; raises LibraryError with code "unknown"."""
        return get(self.tables, id)

    def history(self, id: str) -> tuple[Event, ...]:
        """What happened to it and who did it, oldest first; of a deleted upload too."""
        rows = self.tables.rows("SELECT * FROM events WHERE upload = ? ORDER BY id", (id,))
        return tuple(records.event_of(row) for row in rows)

    def versions(self, id: str) -> tuple[Upload, ...]:
        """All versions of its document, newest first."""
        rows = self.tables.rows(
            "SELECT * FROM uploads WHERE document = ? ORDER BY version DESC", (self.get(id).document,)
        )
        return tuple(map(records.upload_of, rows))

    def draft(self, id: str) -> Draft:
        """Clauses and metadata as they stand; from REVIEW on. Raises LibraryError "not-read" before."""
        return draft_of(self._content(id))

    def correct(self, id: str, changes: Mapping[str, Any], *, by: str, wait: float = 60.0) -> Draft:
        """Correct metadata: fields of Metadata, as text or as values ("2026-01-01", a list or text parted by 、).

        Also `product` (the terms of a product sheet). A RELEASED document is indexed anew, and waited for. Raises
        LibraryError "invalid" with `fields`: field → what is wrong.
        """
        given = checked(changes)
        order = None
        with self.tables.transaction() as connection:
            content = content_of(self.tables, records.upload(connection, id))
            correct(connection, content, given, by)
            if content.upload.state is State.RELEASED:
                order = orders.place(connection, id, "release", by)
        if order is not None:
            self._wait(order, wait)
        return self.draft(id)

    def give(self, id: str, group: str | None, *, by: str, wait: float = 60.0) -> Upload:
        """Let another group answer from it (None: everybody), with all versions of the document.

        Raises LibraryError "duplicate" where that group has the very same file already, "slow" as `release`.
        """
        if group != self.get(id).group:
            self._order(id, "give", by, wait, group=group)
        return self.get(id)

    def release(self, id: str, *, by: str, wait: float = 60.0) -> Upload:
        """Make it part of the index, and where it `replaces` a version, retire that one in the same transaction.

        Waits up to `wait` seconds until it is answered from; RELEASED when it returns. A RETIRED one that was not
        replaced can be released again. Raises LibraryError "not-in-review", "already-replaced", "invalid" (metadata a
        person must give first), "no-clauses", "slow" (still waiting: it goes on by itself).
        """
        upload = self.get(id)
        if upload.state not in (State.REVIEW, State.RETIRED, State.RELEASED):
            raise failure("not-in-review", state=upload.state)
        self._order(id, "release", by, wait)
        return self.get(id)

    def replace(self, id: str, file: Path | BinaryIO, name: str, *, by: str, release: bool = False) -> Upload:
        """Queue a new version of a document; the old one is answered from until the new one is released."""
        return self.add(file, name, by=by, replaces=id, release=release)

    def retire(self, id: str, *, by: str, wait: float = 60.0) -> Upload:
        """Take it out of the index and keep it. Raises LibraryError "not-released"."""
        self.get(id)
        self._order(id, "retire", by, wait)
        return self.get(id)

    def delete(self, id: str, *, by: str, wait: float = 60.0) -> None:
        """Take it out of the index and remove its file and everything read from it; its history stays."""
        self.get(id)
        self._order(id, "delete", by, wait)

    def pending(self, id: str) -> bool:
        """Whether something that was ordered for it is still to be done."""
        return bool(self.tables.rows("SELECT 1 FROM orders WHERE upload = ? AND NOT done", (id,)))

    def again(self, id: str, *, by: str) -> Upload:
        """Queue a FAILED upload once more, or one in REVIEW to be read anew."""
        upload = intake.again(self.tables, id, by)
        self.wake()
        return upload

    def duplicates(self, id: str) -> tuple[Similar, ...]:
        """Uploads and corpus documents that say nearly the same or carry the same number, nearest first."""
        report = self.get(id).report
        return report.similar if report else ()

    def difference(self, old: str, new: str) -> Difference:
        """Clause by clause what two versions (or any two read uploads) have in common and what not."""
        before, after = self._document(old), self._document(new)
        corpus = load_corpus(self.settings.corpus_dir)
        touches = touched(after, before, corpus.documents, self.settings.corpus_dir, CASES)
        return Difference(old, new, differences(before.clauses, after.clauses), touches)

    def page_picture(
        self, id: str, page: int, *, clause: str | None = None, span: tuple[int, int] | None = None, width: int = 1000
    ) -> PagePicture:
        """A page as a picture, `width` pixels wide; marked where the clause (or the part `span` of its text) stands.

        Made in a process of its own with limits, and kept. Raises LibraryError "no-page", or the reader's reason where
        the format has no pages or the page cannot be drawn.
        """
        upload = self.get(id)
        row = next(iter(self.tables.rows("SELECT pages FROM contents WHERE upload = ?", (id,))), None)
        if row is None:
            raise failure("not-read", state=upload.state)
        if upload.report is not None and not upload.report.paged:
            raise failure("no-picture")
        spans = pictures.spans_of(self._clause(id, clause), span) if clause is not None else ()
        return pictures.page_picture(self.files, upload, PAGES.validate_json(row["pages"]), page, spans, width)

    def close(self) -> None:
        """Give the files back."""
        self.tables.close()

    def _order(self, id: str, what: str, by: str, wait: float, **values: Any) -> None:
        with self.tables.transaction() as connection:
            order = orders.place(connection, id, what, by, **values)
        self._wait(order, wait)

    def _wait(self, order: int, seconds: float) -> None:
        self.wake()
        orders.wait(self.tables, order, seconds, self.waited)

    def _content(self, id: str) -> Content:
        return content_of(self.tables, self.get(id))

    def _document(self, id: str) -> Document:
        """An upload as it is or would be indexed."""
        content = self._content(id)
        clauses, _ = indexable(content.structured, content.kept_out)
        upload = content.upload
        return as_document(id, upload.group, content.metadata, content.read, clauses, upload.at.date())

    def _clause(self, id: str, clause: str) -> Clause:
        rows = self.tables.rows("SELECT document FROM shelf WHERE upload = ?", (id,))
        document = DOCUMENT.validate_json(rows[0]["document"]) if rows else self._document(id)
        found = next((one for one in document.clauses if one.id == clause), None)
        if found is None:
            raise failure("unknown", id=f"{id}#{clause}")
        return found
