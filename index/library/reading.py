"""A stored file → what is kept of it: read in a process of its own, cut into clauses, metadata proposed."""

from __future__ import annotations

import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from index.documents.metadata.products import product_draft
from index.documents.metadata.proposing import propose
from index.documents.metadata.types import Metadata
from index.documents.reading.limits import DEFAULT
from index.documents.reading.sandbox import read_apart, render_apart
from index.documents.structure.drafting import draft
from index.documents.structure.types import Draft
from index.errors import LibraryError, ReadingError
from index.types import Kind

Hear = Callable[[str, float], None]  # (step, share of the reading that is done)
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}\Z")


@dataclass(frozen=True, slots=True)
class PageSize:
    """A page's measure in points, where it has one."""

    number: int
    width: float | None
    height: float | None


@dataclass(frozen=True, slots=True)
class Parsed:
    """Everything that is kept of a file besides its bytes."""

    format: str
    paged: bool
    pages: tuple[PageSize, ...]
    warnings: tuple[str, ...]  # of the reader: "macros", "page-empty:7"
    draft: Draft
    metadata: Metadata
    product: Mapping[str, Any] | None
    seconds: Mapping[str, float]


DRAFT = TypeAdapter(Draft)
METADATA = TypeAdapter(Metadata)
PAGES = TypeAdapter(tuple[PageSize, ...])


def parse(path: Path, name: str, document: str, topics: Sequence[str], hear: Hear) -> Parsed:
    """Read a file within the limits of the sandbox; its topics are chosen from those given.

    `document` is the id under which it will be indexed. Raises LibraryError with a plain reason.
    """
    hear("read", 0.0)
    started = time.perf_counter()
    with _named(path, name) as named:
        try:
            reading = read_apart(named, DEFAULT, lambda page, pages: hear("read", page / max(1, pages)))
        except ReadingError as error:
            raise LibraryError(error.code, error.zh, error.en) from error
    read = time.perf_counter()
    hear("structure", 1.0)
    structured = draft(reading)
    metadata = propose(structured, topics)
    product = None
    if metadata.kind is not None and metadata.kind.value is Kind.PRODUCT:
        product = product_draft(structured, metadata).as_candidate(document)
    cut = time.perf_counter()
    return Parsed(
        format=str(reading.format), paged=reading.paged,
        pages=tuple(PageSize(page.number, page.width, page.height) for page in reading.pages),
        warnings=reading.warnings, draft=structured, metadata=metadata, product=product,
        seconds={"read": round(read - started, 3), "structure": round(cut - read, 3)},
    )  # fmt: skip


def picture(path: Path, name: str, page: int, dpi: int) -> bytes:
    """A page as PNG, drawn in a process of its own. Raises LibraryError."""
    with _named(path, name) as named:
        try:
            return render_apart(named, page, dpi)
        except ReadingError as error:
            raise LibraryError(error.code, error.zh, error.en) from error


@contextmanager
def _named(path: Path, name: str) -> Iterator[Path]:
    """The file under a name with its ending: plain text, CSV and Markdown cannot be told apart by their content."""
    ending = _ENDING.search(name)
    with tempfile.TemporaryDirectory(prefix="sme-library-") as room:
        link = Path(room) / f"file{ending[0].lower() if ending else ''}"
        try:
            link.symlink_to(path.absolute())
        except OSError:  # not everybody may make links on Windows
            shutil.copyfile(path, link)
        yield link
