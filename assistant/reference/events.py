"""The days on which documents, clauses and offers begin, end or are replaced, each with the clause that says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from assistant.eligibility.rulebook import Rulebook
from assistant.eligibility.rules import Dated
from index.figures import dates
from index.text import normalise, sentences
from index.types import Clause, Document, Language, StrEnum

_DAY = timedelta(days=1)


class Turn(StrEnum):
    """What happens on a day."""

    BEGINS = "begins"
    ENDS = "ends"
    REPLACES = "replaces"


class Basis(StrEnum):
    """What the day is taken from."""

    EFFECTIVE = "effective"  # the first day in force
    ISSUED = "issued"  # no first day is known: the day of issue
    RETROACTIVE = "retroactive"  # issued after its first day in force: the day of issue
    EXPIRES = "expires"  # the last day in force
    REPEALED = "repealed"  # the last day before the repeal
    RULE = "rule"  # the days an offer is open or a figure holds, as the rules have them
    SUPERSEDES = "supersedes"


@dataclass(frozen=True, slots=True)
class Event:
    """A turn of a document, or of some of its clauses. An end is its last day in force, a beginning the first day."""

    turn: Turn
    day: date
    basis: Basis
    document: Document
    clauses: tuple[Clause, ...] = ()  # none: the whole document
    offers: tuple[str, ...] = ()  # the ids of candidates it is a day of
    source: Clause | None = None  # the clause that says so
    quote: str | None = None  # its sentence with the day
    replaced: str | None = None  # what is replaced, as the document names it
    former: Document | None = None  # the same, where it is in the library
    also: tuple[Document, ...] = ()  # other texts of the same published document

    @property
    def id(self) -> str:
        """The same for the same event in another week, whatever its texts."""
        told = ".".join(clause.id for clause in self.clauses[:1])
        return "-".join(filter(None, (self.turn, self.document.id, told, self.day.isoformat(), self.replaced)))


def events_of(documents: Sequence[Document], book: Rulebook | None, language: Language) -> list[Event]:
    """All events in the order of their days."""
    found: dict[tuple[str, Turn, date], Event] = {}
    for document in documents:
        for event in (*_of_document(document), *_of_clauses(document)):
            found.setdefault((document.id, event.turn, event.day), event)
    for event in _of_rules(documents, book, language):
        key = (event.document.id, event.turn, event.day)
        if event.turn is Turn.BEGINS and event.day == event.document.period.effective and key not in found:
            continue  # the document was issued later and tells it then
        found[key] = _joined(found[key], event) if key in found else event
    events = [*_told_once(found.values()), *_replacements(documents)]
    return sorted(events, key=lambda event: (event.day, event.turn, event.document.id, event.id))


def _of_document(document: Document) -> Iterator[Event]:
    first, issued = document.period.effective, document.issued
    if first and issued and issued > first:
        yield _told(Event(Turn.BEGINS, issued, Basis.RETROACTIVE, document))
    elif first or issued:
        basis = Basis.EFFECTIVE if first else Basis.ISSUED
        yield _told(Event(Turn.BEGINS, first or issued, basis, document))  # type: ignore[arg-type]
    if (end := _end(document.period.expires, document.period.repealed)) is not None:
        yield _told(Event(Turn.ENDS, *end, document))


def _of_clauses(document: Document) -> Iterator[Event]:
    """Clauses with days of their own; those that share a day together."""
    own: dict[tuple[Turn, date, Basis], list[Clause]] = {}
    for clause in document.clauses:
        period = clause.period
        if period.effective and period.effective != document.period.effective:
            own.setdefault((Turn.BEGINS, period.effective, Basis.EFFECTIVE), []).append(clause)
        if (end := _end(period.expires, period.repealed)) is not None:
            own.setdefault((Turn.ENDS, *end), []).append(clause)
    for (turn, day, basis), clauses in own.items():
        yield _told(Event(turn, day, basis, document, tuple(clauses)))


def _end(expires: date | None, repealed: date | None) -> tuple[date, Basis] | None:
    """The last day in force and what tells it."""
    if repealed is not None and (expires is None or repealed <= expires):
        return repealed - _DAY, Basis.REPEALED
    return (expires, Basis.EXPIRES) if expires is not None else None


def _told(event: Event) -> Event:
    """The event with the clause that names its day: of the clauses concerned, or of the document."""
    named = event.day + _DAY if event.basis is Basis.REPEALED else event.day
    for clause in event.clauses or event.document.clauses:
        for sentence in sentences(clause.text, event.document.language):
            if named.isoformat() in dates(sentence):
                return replace(event, source=clause, quote=sentence)
    return replace(event, source=event.clauses[0]) if event.clauses else event


def _of_rules(documents: Sequence[Document], book: Rulebook | None, language: Language) -> Iterator[Event]:
    """The days on which offers open and close, and on which figures of theirs change, where the clause names them."""
    by_id = {document.id: document for document in documents}
    for candidate in book.candidates.values() if book else ():
        dated = [source for source in candidate.sources if isinstance(source, Dated)]
        begins = {source.since for source in dated}
        for source in dated:
            owner, _, name = source.clause.partition("#")
            clause = next((c for d in [by_id.get(owner)] if d for c in d.clauses if c.id == name), None)
            if clause is None or (source.clause, source.quote.zh) in (book.stale if book else ()):
                continue
            for turn, day in ((Turn.BEGINS, source.since), (Turn.ENDS, source.until)):
                follows = turn is Turn.ENDS and day is not None and day + _DAY in begins  # the new value tells it
                quote = source.quote.in_(str(language))
                if day and not follows and (source in candidate.window or day.isoformat() in dates(quote)):
                    event = _told(Event(turn, day, Basis.RULE, by_id[owner], (clause,), (candidate.id,)))
                    yield event if event.quote else replace(event, quote=quote)


def _joined(event: Event, other: Event) -> Event:
    """One event of what is told twice; the clause that names the day goes first."""
    offers = tuple(dict.fromkeys((*event.offers, *other.offers)))
    if event.quote is None and other.quote and event.day.isoformat() in dates(other.quote):
        return replace(event, offers=offers, source=other.source, quote=other.quote)
    return replace(event, offers=offers)


def _told_once(events: Iterable[Event]) -> Iterator[Event]:
    """One event of several texts of the same published document: an original goes before a digest, and a text that
    names the day before one that does not. Events of clauses are left, since the clauses differ."""
    groups: dict[tuple[str, Turn, date], list[Event]] = {}
    for event in events:
        number = event.document.document_number
        one = event.document.id if event.clauses or number is None else number
        groups.setdefault((one, event.turn, event.day), []).append(event)
    for told in groups.values():
        best, *others = sorted(told, key=lambda e: (not e.document.original, e.quote is None, not e.offers))
        offers = tuple(dict.fromkeys(offer for event in (best, *others) for offer in event.offers))
        yield replace(best, offers=offers, also=tuple(event.document for event in others))


def _replacements(documents: Sequence[Document]) -> Iterator[Event]:
    """What a document replaces from its first day on, told by either of the two."""
    named: dict[str, Document] = {}
    for document in documents:
        for name in (document.document_number, document.title, document.id):
            if name:
                named.setdefault(_key(name), document)
    seen: set[tuple[str, str]] = set()
    pairs: list[tuple[Document, str, Document | None]]
    pairs = [(new, old, named.get(_key(old))) for new in documents for old in new.supersedes]
    for old in documents:
        successors = [named[_key(name)] for name in old.superseded_by if _key(name) in named]
        pairs += [(new, old.document_number or old.title, old) for new in successors]
    for new, name, former in pairs:
        day = new.period.effective or new.issued
        if day is None or (new.id, former.id if former else _key(name)) in seen:
            continue
        seen.add((new.id, former.id if former else _key(name)))
        source, quote = _names(new, [name, *([former.title] if former else [])])
        yield Event(Turn.REPLACES, day, Basis.SUPERSEDES, new, (), (), source, quote, name, former)


def _names(document: Document, names: Sequence[str]) -> tuple[Clause | None, str | None]:
    """The clause that names what is replaced."""
    for clause in document.clauses:
        for sentence in sentences(clause.text, document.language):
            if any(_key(name) in _key(sentence) for name in names):
                return clause, sentence
    return None, None


def _key(name: str) -> str:
    return re.sub(r"[《》\s]", "", normalise(name)).casefold()
