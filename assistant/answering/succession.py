"""What took the place of a document, over as many steps as there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from index.references import numbers_of
from index.text import normalise
from index.types import Document


@dataclass(frozen=True, slots=True)
class Successor:
    """What a document gave way to: one of ours, or one that is not held and known by its number alone."""

    name: str  # its number or title as the corpus gives it
    document: Document | None


def successor_of(document: Document, documents: Sequence[Document], on: date) -> Successor | None:
    """The last link of the chain that began by the day: in force where one of it is; None where nothing replaced it.

    A link may be given by id or by number, from either side (`superseded_by` here or `supersedes` there). A chain that
    comes back to itself ends there.
    """
    seen = {document.id}
    current, found = document, None
    while (step := _next(current, documents, on, seen)) is not None:
        found = step
        if step.document is None or step.document.id in seen:
            break
        seen.add(step.document.id)
        current = step.document
    return found


def _next(document: Document, documents: Sequence[Document], on: date, seen: Iterable[str]) -> Successor | None:
    names = {document.id, *numbers_of(document)}
    for name in document.superseded_by:
        later = next((d for d in documents if name == d.id or normalise(name) in numbers_of(d)), None)
        if later is None:
            return Successor(name, None)
        if later.id not in seen and _began(later, on):
            return Successor(later.document_number or later.title, later)
    for later in documents:
        replaces = any(name == document.id or normalise(name) in names for name in later.supersedes)
        if replaces and later.id not in seen and _began(later, on):
            return Successor(later.document_number or later.title, later)
    return None


def _began(document: Document, on: date) -> bool:
    start = document.period.effective or document.issued
    return start is None or start <= on
