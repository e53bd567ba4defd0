"""What belongs with a document: what it replaced, what replaced it, what it names, and what names it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.eligibility.rulebook import Rulebook
from assistant.reference.mentions import mentions, names, unheld
from assistant.reference.resting import carriers
from assistant.reference.status import Status, status_of
from index.library.originals import digests_of
from index.references import numbers_of
from index.text import normalise
from index.types import Clause, Document, StrEnum

NATIONWIDE = {"全国", "nationwide"}
_FIGURES = re.compile(r"(?:19|20)\d{2}|(?:\d+|[一二三四五六七八九十百]+)号")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


class Tie(StrEnum):
    """Why a document belongs here, seen from the one that is read."""

    PREDECESSOR = "predecessor"  # it was replaced by the one that is read
    SUCCESSOR = "successor"  # it replaces the one that is read
    ORIGINAL = "original"  # the text as published of what is read as a digest
    DIGEST = "digest"  # our digest of the original that is read
    SAME = "same"  # another page on the same published document
    GATHERED = "gathered"  # some clauses that are read are from it
    LOCAL = "local"  # it carries the one that is read out in one place
    NATIONAL = "national"  # it is what the one that is read, which holds in one place only, carries out
    CITES = "cites"  # the one that is read names it
    CITED_BY = "cited_by"  # it names the one that is read


@dataclass(frozen=True, slots=True)
class Bond:
    """One reason, with the clauses that give it."""

    tie: Tie
    steps: int = 1  # how many replacements lie between; 1 for every other tie
    clauses: tuple[Clause, ...] = ()  # of the document that is read; for LOCAL and CITED_BY, of the other one


@dataclass(frozen=True, slots=True)
class Relative:
    """A document that belongs with another; `document` is None where it is not held and known by its name alone."""

    name: str
    document: Document | None
    bonds: tuple[Bond, ...]
    status: Status | None  # on the day; None for what is not held

    @property
    def day(self) -> date | None:
        """When it was issued, or else began."""
        return (self.document.issued or self.document.period.effective) if self.document else None

    @property
    def year(self) -> int | None:
        """The year it is from, as its day or its number tells."""
        found = _YEAR.search(self.name)
        return self.day.year if self.day else int(found[0]) if found else None


def relatives(document: Document, documents: Sequence[Document], book: Rulebook | None, day: date) -> list[Relative]:
    """Everything that belongs with it, oldest first; what has no date comes last.

    `documents` are those the visitor may see, in the language of the document.
    """
    found: dict[str, tuple[str, Document | None, list[Bond]]] = {}
    for name, other, bond in _bonds(document, [other for other in documents if other.id != document.id], book):
        key, shown = (other.id, other.title) if other else (normalise(name), name)
        found.setdefault(key, (shown, other, []))[2].append(bond)
    made = [
        Relative(name, other, _told(bonds), status_of(other, day) if other else None)
        for name, other, bonds in found.values()
    ]
    return sorted(made, key=lambda one: (one.year or date.max.year, one.day or date(one.year or 9999, 1, 1), one.name))


def _bonds(
    document: Document, others: Sequence[Document], book: Rulebook | None
) -> Iterator[tuple[str, Document | None, Bond]]:
    for tie in (Tie.PREDECESSOR, Tie.SUCCESSOR):
        yield from _chain(document, others, tie)
    yield from _same_text(document, others)
    yield from _gathered(document, others)
    beside = carriers(book)
    yield from _named(document, others, beside)
    for other in others:
        if (bond := _naming(other, document, beside, Tie.LOCAL, Tie.CITED_BY)) is not None:
            yield other.title, other, bond


def _told(bonds: Sequence[Bond]) -> tuple[Bond, ...]:
    """Reasons without those that a stronger one makes needless: of the same document, each names the other anyway."""
    ties = {bond.tie for bond in bonds}
    weak = {Tie.CITES, Tie.CITED_BY} if ties & {Tie.ORIGINAL, Tie.DIGEST, Tie.SAME} else set()
    weak |= {Tie.CITES} if ties & {Tie.GATHERED, Tie.PREDECESSOR} else set()
    weak |= {Tie.CITED_BY} if Tie.SUCCESSOR in ties else set()
    return tuple(bond for bond in bonds if bond.tie not in weak)


def _chain(document: Document, others: Sequence[Document], tie: Tie) -> Iterator[tuple[str, Document | None, Bond]]:
    """What was replaced (or replaces), over as many steps as there are; a chain that comes back ends there."""
    seen, reached, steps = {document.id}, [document], 0
    while reached:
        steps += 1
        ahead: list[Document] = []
        for name, other in (found for one in reached for found in _step(one, others, tie)):
            key = other.id if other else normalise(name)
            if key in seen or (other is None and _is_called(document, name)):
                continue
            seen.add(key)
            yield name, other, Bond(tie, steps)
            if other is not None:
                ahead.append(other)
        reached = ahead


def _step(document: Document, others: Sequence[Document], tie: Tie) -> Iterator[tuple[str, Document | None]]:
    """One step, told from either side."""
    back = tie is Tie.PREDECESSOR
    for name in document.supersedes if back else document.superseded_by:
        yield name, next((other for other in others if _is_called(other, name)), None)
    for other in others:
        if any(_is_called(document, name) for name in (other.superseded_by if back else other.supersedes)):
            yield other.title, other


def _is_called(document: Document, name: str) -> bool:
    called = {document.id, normalise(document.title), normalise(document.short_title), *_numbers(document)}
    return name == document.id or normalise(name) in called


def _numbers(document: Document) -> list[str]:
    """The numbers of the published document itself, without those it merely gathers clauses from."""
    return [normalise(document.document_number)] if document.document_number else []


def _same_text(document: Document, others: Sequence[Document]) -> Iterator[tuple[str, Document | None, Bond]]:
    for other in others:
        if document.original and other in digests_of(document, [other]):
            yield other.title, other, Bond(Tie.DIGEST)
        elif other.original and document in digests_of(other, [document]):
            yield other.title, other, Bond(Tie.ORIGINAL)
        elif not (document.original or other.original) and set(_numbers(document)) & set(_numbers(other)):
            yield other.title, other, Bond(Tie.SAME)


def _gathered(document: Document, others: Sequence[Document]) -> Iterator[tuple[str, Document | None, Bond]]:
    """Published documents beside its own that a digest tells of."""
    own = set(_numbers(document))
    carried = [*document.other_numbers, *(c.document_number for c in document.clauses if c.document_number)]
    for number in dict.fromkeys(carried):
        if normalise(number) in own:
            continue
        clauses = tuple(clause for clause in document.clauses if clause.document_number == number)
        holders = [other for other in others if normalise(number) in _numbers(other)]
        for other in holders:
            yield number, other, Bond(Tie.GATHERED, clauses=clauses)
        if not holders:
            yield number, None, Bond(Tie.GATHERED, clauses=clauses)


def _naming(
    speaker: Document, named: Document, beside: Mapping[str, Collection[str]], local: Tie, cited: Tie
) -> Bond | None:
    """What one document has to do with another that it names, or whose rules it puts into practice."""
    clauses = _speaking(speaker, named)
    if _local(speaker, named) and (clauses or speaker.id in beside.get(named.id, ())):
        return Bond(local, clauses=clauses)
    return Bond(cited, clauses=clauses) if clauses else None


def _named(
    document: Document, others: Sequence[Document], beside: Mapping[str, Collection[str]]
) -> Iterator[tuple[str, Document | None, Bond]]:
    """What its clauses name."""
    own = set(numbers_of(document))
    for other in others:
        if (bond := _naming(document, other, beside, Tie.NATIONAL, Tie.CITES)) is not None:
            yield other.title, other, bond
    held = {number for other in others for number in _numbers(other)}
    unknown: dict[str, list[Clause]] = {}
    for clause in document.clauses:
        for number in unheld(clause.text, document.language, own | held) if "号" in clause.text else ():
            unknown.setdefault(number, []).append(clause)
    for number, clauses_of in unknown.items():
        yield number, None, Bond(Tie.CITES, clauses=tuple(clauses_of))


def _speaking(whole: Document, other: Document) -> tuple[Clause, ...]:
    """The clauses of a document that name another one, by its number or by its title in 《》."""
    numbers = [number for number in _numbers(other) if number not in _numbers(whole)]
    titles = [f"《{title}》" for title in dict.fromkeys((other.title, other.short_title))]
    # A library may have a hundred thousand clauses: only those with the figures of the number are looked at closely.
    figures = [(number, _FIGURES.findall(number)) for number in numbers]
    return tuple(
        clause
        for clause in whole.clauses
        if any(
            all(figure in clause.text for figure in needed) and any(names(m, number) for m in mentions(clause.text))
            for number, needed in figures
        )
        or ("《" in clause.text and any(title in clause.text for title in titles))
    )


def _local(document: Document, whole: Document) -> bool:
    return document.region not in NATIONWIDE and whole.region in NATIONWIDE


def comparable(found: Iterable[Relative]) -> list[Document]:
    """Those that can be laid beside it clause by clause: what replaced it or was replaced, and the same text."""
    ties = {Tie.PREDECESSOR, Tie.SUCCESSOR, Tie.ORIGINAL, Tie.DIGEST, Tie.SAME}
    return [one.document for one in found if one.document and any(bond.tie in ties for bond in one.bonds)]
