"""A stored file → what is kept of it: read in a process of its own, cut into clauses, metadata proposed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from index.documents.metadata.types import Metadata
from index.documents.structure.types import Draft

Hear = Callable[[str, float], None]  # (step, share of the whole that is done)


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


def parse(path: Path, hear: Hear) -> Parsed:
    """Read a file within the limits of the sandbox. Raises LibraryError with a plain reason."""
    raise NotImplementedError
