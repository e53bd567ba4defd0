"""An original beside our digests of it: which clause of a digest the original has itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from index.references import clause_number
from index.text import normalise
from index.types import Clause, Document

# Share of a digest clause's pairs of characters that a clause of the original must have to be its source, where
# numbers do not tell, and by how much it must lead the next.
SAME_WORDS, LEAD = 0.5, 0.03


def digests_of(original: Document, corpus: Iterable[Document]) -> list[Document]:
    """The digests with clauses from the same document, by its number, or by its title where it has none."""
    number, title = _normal(original.document_number), normalise(original.title)
    return [
        d
        for d in corpus
        if not d.original
        and d.language is original.language
        and (any(number in _numbers(c, d) for c in d.clauses) if number else normalise(d.title) == title)
    ]


def from_original(clause: Clause, digest: Document, original: Document) -> bool:
    """Whether a digest's clause is from that document: a digest may gather several."""
    number = _normal(original.document_number)
    return not number or number in _numbers(clause, digest)


def counterparts(clause: Clause, original: Document) -> list[Clause]:
    """The clauses of the original that a digest's clause tells of: by the printed number, or else by the words."""
    printed, number = normalise(clause.reference), clause_number(clause)
    if same := [c for c in original.clauses if normalise(c.reference) == printed]:
        return same
    if number is not None and (same := [c for c in original.clauses if clause_number(c) == number]):
        return same
    pairs = _pairs(clause.text)
    if not pairs:
        return []
    shares = [len(pairs & _pairs(c.text)) / len(pairs) for c in original.clauses]
    first, second = [*sorted(shares, reverse=True), 0.0, 0.0][:2]
    return [original.clauses[shares.index(first)]] if first >= SAME_WORDS and first - second >= LEAD else []


def shadowed(original: Document, corpus: Sequence[Document]) -> tuple[set[tuple[str, str]], set[str]]:
    """(document, clause) of every digest clause that the original has itself, and the digests of it."""
    digests = digests_of(original, corpus)
    clauses = {
        (digest.id, clause.id)
        for digest in digests
        for clause in digest.clauses
        if from_original(clause, digest, original) and counterparts(clause, original)
    }
    return clauses, {digest.id for digest in digests}


def questions_for(original: Document, corpus: Sequence[Document]) -> dict[str, tuple[str, ...]]:
    """How people ask for what a clause answers, taken over from our digest where it tells of a single clause."""
    found: dict[str, tuple[str, ...]] = {}
    for digest in digests_of(original, corpus):
        for clause in digest.clauses:
            if clause.questions and from_original(clause, digest, original):
                same = counterparts(clause, original)
                if len(same) == 1:
                    found[same[0].id] = (*found.get(same[0].id, ()), *clause.questions)
    return found


def _numbers(clause: Clause, document: Document) -> set[str | None]:
    own = [clause.document_number] if clause.document_number else [document.document_number, *document.other_numbers]
    return {_normal(number) for number in own if number}


def _normal(number: str | None) -> str | None:
    return normalise(number).replace(" ", "") if number else None


@lru_cache(maxsize=4096)
def _pairs(text: str) -> frozenset[str]:
    letters = "".join(filter(str.isalnum, normalise(text)))
    return frozenset(letters[i : i + 2] for i in range(len(letters) - 1))
