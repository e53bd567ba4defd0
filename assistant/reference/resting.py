"""What of the rules rests on a document: programmes, products and standards that quote its clauses."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.eligibility.rulebook import Rulebook
from assistant.eligibility.rules import Candidate
from index.types import Document


@dataclass(frozen=True, slots=True)
class Resting:
    """A programme, product or standard of the rules, and the clauses of the document it rests on."""

    candidate: Candidate
    clauses: tuple[str, ...]  # ids, in the order of the document


def resting_on(document: Document, book: Rulebook | None) -> list[Resting]:
    """Programmes, products and standards whose rules quote its clauses."""
    places = {clause.id: place for place, clause in enumerate(document.clauses)}
    found = []
    for candidate in book.candidates.values() if book else ():
        quoted = {source.clause.partition("#")[2] for source in candidate.sources if _of(source.clause, document)}
        if quoted:
            ordered = sorted(quoted & set(places), key=places.__getitem__)
            found.append(Resting(candidate, tuple(ordered)))
    return sorted(found, key=lambda one: (str(one.candidate.kind), one.candidate.id))


def carriers(book: Rulebook | None) -> dict[str, set[str]]:
    """By document: those with a variant of a programme it is about, or whose clauses the same programme rests on."""
    found: dict[str, set[str]] = {}
    for candidate in book.candidates.values() if book else ():
        quoted = {source.clause.partition("#")[0] for source in candidate.sources}
        whole = book.candidates.get(candidate.variant_of) if book and candidate.variant_of else None
        for id in quoted | ({whole.document} if whole else set()):
            found.setdefault(id, set()).add(candidate.document)
        found.setdefault(candidate.document, set()).update(quoted)
    return found


def _of(clause: str, document: Document) -> bool:
    return clause.partition("#")[0] == document.id
