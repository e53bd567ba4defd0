"""The library: everything the page and the commands do with uploads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from index.library.types import Difference, Draft, Event, PagePicture, Similar, State, Upload


class Library:
    """The uploads of one data directory; safe to use from several threads.

    Looking (list, get, draft, difference, page_picture …) is possible at any time, beside another process too. What
    changes the index (release, retire, delete) waits for its turn in the process that serves.

    Who may do what is for the caller to decide: `by` is only noted. Everything raises `LibraryError` (index/errors.py):
    `code` for programs, `zh` and `en` for people, who can act on them.
    """

    def add(
        self, file: Path | BinaryIO, name: str, *, by: str, group: str | None = None, replaces: str | None = None
    ) -> Upload:
        """Store a file and queue it; returns at once, QUEUED. `name` may be anything a browser sends.

        Raises LibraryError with code "empty", "too-large", "duplicate" (`other` is the upload that has the same bytes
        in the same group), "no-space", "unwritable".
        """
        raise NotImplementedError

    def list(self, *, states: Sequence[State] = (), groups: Sequence[str] | None = None) -> list[Upload]:
        """Uploads, newest first; of these states only, of everybody's and these groups only (None: of all groups)."""
        raise NotImplementedError

    def get(self, id: str) -> Upload:
        """One upload; raises LibraryError with code "unknown"."""
        raise NotImplementedError

    def history(self, id: str) -> list[Event]:
        """What happened to it and who did it, oldest first."""
        raise NotImplementedError

    def versions(self, id: str) -> list[Upload]:
        """All versions of its document, newest first."""
        raise NotImplementedError

    def draft(self, id: str) -> Draft:
        """Clauses and metadata as they stand; from REVIEW on. Raises LibraryError "not-read" before."""
        raise NotImplementedError

    def correct(self, id: str, changes: Mapping[str, Any], *, by: str) -> Draft:
        """Correct metadata: fields of Metadata, as text or as values ("2026-01-01", a list or text parted by 、).

        Also `product` (the terms of a product sheet). In REVIEW and RELEASED; a released document is indexed anew.
        Raises LibraryError "invalid" with `fields`: field → what is wrong.
        """
        raise NotImplementedError

    def release(self, id: str, *, by: str, wait: float = 60.0) -> Upload:
        """Make it part of the index, and where it `replaces` a version, retire that one in the same transaction.

        Waits up to `wait` seconds until it is answered from; RELEASED when it returns. Raises LibraryError
        "not-in-review", "invalid" (metadata a person must give first), "slow" (still waiting: it goes on by itself).
        """
        raise NotImplementedError

    def replace(self, id: str, file: Path | BinaryIO, name: str, *, by: str) -> Upload:
        """Queue a new version of a document; the old one is answered from until the new one is released."""
        raise NotImplementedError

    def retire(self, id: str, *, by: str, wait: float = 60.0) -> Upload:
        """Take it out of the index and keep it."""
        raise NotImplementedError

    def delete(self, id: str, *, by: str, wait: float = 60.0) -> None:
        """Take it out of the index and remove its file and everything read from it; one line of history stays."""
        raise NotImplementedError

    def again(self, id: str, *, by: str) -> Upload:
        """Queue a FAILED upload once more, or one in REVIEW to be read anew."""
        raise NotImplementedError

    def duplicates(self, id: str) -> list[Similar]:
        """Uploads and corpus documents that say nearly the same or carry the same number, nearest first."""
        raise NotImplementedError

    def difference(self, old: str, new: str) -> Difference:
        """Clause by clause what two versions (or any two read uploads) have in common and what not."""
        raise NotImplementedError

    def page_picture(self, id: str, page: int, *, clause: str | None = None, span: tuple[int, int] | None = None,
                     width: int = 1000) -> PagePicture:
        """A page as a picture, `width` pixels wide; marked where the clause (or the part `span` of its text) stands.

        Made in a process of its own with limits, and kept. Raises LibraryError "no-picture" where the format has no
        pages or the page cannot be drawn, "unknown" for a page that is not there.
        """
        raise NotImplementedError

    def pages_of(self, id: str, clause: str, span: tuple[int, int] | None = None) -> tuple[int, ...]:
        """The pages that a clause, or a part of its text, stands on."""
        raise NotImplementedError
