"""Clauses picked from a document → the paper that is exported: what it is, whether it holds, the words, the sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from assistant.export.types import Block, Heading, Listing, Marker, Paper, Paragraph, Style, Table
from assistant.reference.citation import CitationForm, cite, web_address
from assistant.reference.lifeline import validity_words
from assistant.reference.status import Status, status_of_clause
from assistant.texts import Texts, room_texts, texts
from assistant.wording import day_words
from index.types import Clause, Document, Verification


def selected(document: Document, ids: Sequence[str]) -> tuple[Clause, ...]:
    """The clauses of these ids in the order of the document; all of them where none is named. Unknown ids are left."""
    wanted = set(ids)
    return tuple(clause for clause in document.clauses if not wanted or clause.id in wanted)


def paper_of(
    document: Document, clauses: Sequence[Clause], day: date, made_on: date, address: str | None = None
) -> Paper:
    """The paper in the language of the document; `address` is where our page of it can be read."""
    words = room_texts("reader", document.language)
    blocks = [*_head(document, clauses, day, words), *_texts(document, clauses, day, words)]
    blocks += [Heading(words("paper.sources")), Listing(_sources(document, clauses, made_on, address), Marker.NUMBER)]
    shown_day = day_words(day, texts(document.language))
    about = [words("paper.foot", site=words("cite.site"), day=shown_day), web_address(address)]
    return Paper(
        title=document.title, language=document.language, blocks=blocks, made_on=made_on,
        subtitle=words("paper.subtitle_original" if document.original else "paper.subtitle"),
        note=words("life.space").join(part for part in about if part),
    )  # fmt: skip


def _head(document: Document, clauses: Sequence[Clause], day: date, words: Texts) -> Iterator[Block]:
    rows = [
        (words("meta.number"), document.document_number),
        (words("meta.issuers"), words("life.list").join(document.issuers)),
        (words("meta.issued"), day_words(document.issued, texts(document.language)) if document.issued else None),
        (words("meta.official"), web_address(document.official_url)),
        (words("meta.as_of"), day_words(document.as_of, texts(document.language)) if document.as_of else None),
        (words("paper.clauses"), words("paper.some", count=len(clauses), all=len(document.clauses))),
    ]
    yield Table(
        (words("paper.fact"), words("paper.value")), tuple((name, value) for name, value in rows if value),
        widths=(0.25, 0.75),
    )  # fmt: skip
    yield Heading(words("bar.title"))
    yield Paragraph(validity_words(document, day, document.language))
    yield Paragraph(words("paper.original" if document.original else "paper.digest"), Style.NOTE)


def _texts(document: Document, clauses: Sequence[Clause], day: date, words: Texts) -> Iterator[Block]:
    yield Heading(words("clauses.title"))
    for clause in clauses:
        yield Heading(" ".join(part for part in (clause.reference, clause.heading) if part), 2)
        if clause.table is not None and clause.table.header:
            yield Table(clause.table.header, clause.table.rows, clause.table.caption)
        else:
            yield Paragraph(clause.text, Style.QUOTE)
        status, notes = status_of_clause(clause, document, day), []
        if status is not Status.IN_FORCE:
            notes.append(words("paper.stands", status=words(f"status.{status}")))
        if clause.verification is Verification.KNOWN:
            notes.append(words("paper.unseen"))
        if notes:
            yield Paragraph(words("life.space").join(notes), Style.NOTE)


def _sources(document: Document, clauses: Sequence[Clause], on: date, address: str | None) -> tuple[str, ...]:
    return tuple(
        cite(document, clause, CitationForm.GBT7714, on, f"{address}#c-{clause.id}" if address else None)
        for clause in clauses
    )
