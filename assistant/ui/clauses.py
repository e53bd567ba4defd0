"""The clause behind a rule → safe HTML: what it is, whether it holds, and all of it with the quoted words marked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Protocol

from assistant.eligibility.rules import Source
from assistant.texts import Texts
from assistant.ui.sources import highlighted, safe_url
from index.types import Clause, Document, Language, Passage, Validity, Verification


class Library(Protocol):
    """Where documents are found."""

    def document(self, document_id: str, language: Language) -> Document | None:
        """A whole document."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A clause with the place of the quoted words in it, and whether it is in force."""

    document: Document
    clause: Clause
    spans: tuple[tuple[int, int], ...]
    validity: Validity


class Shelf:
    """The clauses that sources name, in one language on one day."""

    def __init__(self, library: Library, words: Texts, on: date) -> None:
        self._library = library
        self._language = Language(words.language)
        self._words = words
        self._on = on
        self._scope = ""
        self._count = 0

    def within(self, scope: str) -> None:
        """Begin a card: what is opened in it is known again by its place in it when the results are made anew."""
        self._scope, self._count = scope, 0

    def key(self) -> str:
        """A name for the next thing that can be opened."""
        self._count += 1
        return escape(f"{self._scope}-{self._count}")

    def find(self, source: Source) -> Cited | None:
        """The clause of a source; None where it is not in the corpus."""
        document_id, _, clause_id = source.clause.partition("#")
        document = self._library.document(document_id, self._language)
        clauses = document.clauses if document else ()
        place = next((number for number, clause in enumerate(clauses) if clause.id == clause_id), None)
        if document is None or place is None:
            return None
        clause = clauses[place]
        start = clause.text.find(quote := source.quote.in_(self._language))
        passage = Passage(
            source.clause, document_id, clause_id, self._language, clause.reference, clause.heading, clause.text,
            (0, len(clause.text)), place, document,
        )  # fmt: skip
        spans = ((start, start + len(quote)),) if start >= 0 else ()
        return Cited(document, clause, spans, passage.validity(self._on))

    def reference(self, source: Source) -> str:
        """Document and clause as plain words: 《2024年续贷通知》二."""
        cited = self.find(source)
        if cited is None:
            return source.clause
        return self._words("clause.reference", title=cited.document.short_title, clause=cited.clause.reference)

    def html(self, source: Source) -> str:
        """A line that opens to the whole clause."""
        cited = self.find(source)
        if cited is None:
            return f'<blockquote class="clause-text">{escape(source.quote.in_(self._language))}</blockquote>'
        number = cited.clause.document_number or cited.document.document_number
        title = escape(cited.document.title) + (
            escape(self._words("sources.citation_number", number=number)) if number else ""
        )
        return (
            f'<details class="clause" data-keep="{self.key()}">'
            f"<summary>{escape(self.reference(source))}{self.badges(cited)}</summary>"
            f'<p class="of">{title} · {escape(cited.clause.heading)}</p>'
            f'<blockquote class="clause-text">{highlighted(cited.clause.text, cited.spans)}</blockquote>'
            f"{self._official(cited.document.official_url)}</details>"
        )

    def badges(self, cited: Cited) -> str:
        """What a reader must know of a clause; nothing of one that was seen and is in force."""
        found = ""
        if cited.validity is not Validity.YES:
            found += f' <span class="badge {cited.validity}">{escape(self._words(f"validity.{cited.validity}"))}</span>'
        if cited.clause.verification is Verification.KNOWN:
            hint = escape(self._words("verification.known_hint"))
            found += f' <span class="badge known" title="{hint}">{escape(self._words("verification.known"))}</span>'
        return found

    def unsure(self, source: Source) -> str:
        """The badges of a source's clause alone."""
        cited = self.find(source)
        return self.badges(cited) if cited else ""

    def _official(self, url: str | None) -> str:
        if not safe_url(url):
            return ""
        label = f"{self._words('sources.official')}（{self._words('sources.new_window')}）"
        return (
            f'<p><a class="action" href="{escape(url or "")}" target="_blank" rel="noopener noreferrer">'
            f"{escape(label)}</a></p>"
        )
