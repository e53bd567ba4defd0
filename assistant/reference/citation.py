"""A document or clause cited in three forms: in a sentence, by GB/T 7714, in Markdown."""

from __future__ import annotations

from datetime import date

from index.types import Clause, Document, Language, StrEnum


class CitationForm(StrEnum):
    """How a citation is written."""

    INLINE = "inline"
    GBT7714 = "gbt7714"  # GB/T 7714—2015, numeric style
    MARKDOWN = "markdown"


def cite(document: Document, clause: Clause | None, form: CitationForm, on: date, address: str | None = None) -> str:
    """The citation as it is pasted; `on` is the day it was looked up, `address` where it can be read.

    A digest is cited as what it is: our digest of the document named.
    """
    address = document.official_url or address
    if form is CitationForm.INLINE:
        return _inline(document, clause)
    if form is CitationForm.MARKDOWN:
        shown = _inline(document, clause)
        return f"[{shown}]({address})" if address else shown
    return _gbt7714(document, clause, on, address)


def _number(document: Document, clause: Clause | None) -> str | None:
    return (clause.document_number if clause else None) or document.document_number


def _inline(document: Document, clause: Clause | None) -> str:
    number = _number(document, clause)
    reference = clause.reference if clause else ""
    if document.language is Language.ZH:
        return f"《{document.title}》" + (f"（{number}）" if number else "") + reference
    return document.title + (f" ({number})" if number else "") + (f", {reference}" if reference else "")


def _gbt7714(document: Document, clause: Clause | None, on: date, address: str | None) -> str:
    zh = document.language is Language.ZH
    comma, others = ("，", "，等") if zh else (", ", ", et al")
    issuers = comma.join(document.issuers[:3]) + (others if document.issuers[3:] else "")
    title = ": ".join(part for part in (document.title, _number(document, clause)) if part)
    kind = "[Z/OL]" if address else "[Z]"
    issued = f"({document.issued.isoformat()})" if document.issued and address else ""
    day = document.issued.isoformat() if document.issued else ""
    made = f"{issuers}. {title}{kind}." if issuers else f"{title}{kind}."
    made += f" {issued}[{on.isoformat()}]. {address}." if address else (f" {day}." if day else "")
    return made + (f" {clause.reference}." if clause else "")
