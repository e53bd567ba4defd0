"""A document or clause cited in three forms: in a sentence, by GB/T 7714, in Markdown."""

from __future__ import annotations

import re
from datetime import date

from assistant.texts import Texts, room_texts
from index.text import normalise
from index.types import Clause, Document, Kind, StrEnum, Verification

_NAMED = 3  # issuers that are named before "et al" (GB/T 7714—2015, 8.1.2)
_COMPILED = (Kind.GUIDE, Kind.FIGURES, Kind.GLOSSARY)  # gathered by us from several sources: the work cited is ours
_PART = re.compile(r"([一二三四五六七八九十]+)(?=$|（|\()")
_NUMBERED = re.compile(
    r"第[零一二三四五六七八九十百\d]+[条章节款项部点]|^[（(]?[一二三四五六七八九十]+(?:[）)、]|$)|^\d+(?:[.、（(]|$)|^附件"
    r"|^(?:Article|Section|Chapter|Part|Item|Paragraph|Clause|Annex)s? "
)
_STANDARD = re.compile(r"^(?:GB|JR|DB\d*|YD|SF|ISO|T)(?:/|\s?\d)")


class CitationForm(StrEnum):
    """How a citation is written."""

    INLINE = "inline"
    GBT7714 = "gbt7714"  # GB/T 7714—2015, numeric style
    MARKDOWN = "markdown"


def cite(document: Document, clause: Clause | None, form: CitationForm, on: date, address: str | None = None) -> str:
    """The citation as it is pasted; `on` is the day it was looked up, `address` where our page of it can be read.

    A digest is cited as what it is: our digest of the document named. A clause that a digest has from another
    document is cited by that document's number, since its title is not known here.
    """
    words = room_texts("reader", document.language)
    if form is CitationForm.GBT7714:
        return _gbt7714(document, clause, on, address, words)
    named, note = _inline(document, clause, words), _origin(document, clause, words)
    if form is CitationForm.INLINE:
        return named + (words("cite.note", text=note) if note else "")
    return _markdown(document, named, note, address, words)


def cite_again(document: Document, clause: Clause) -> str | None:
    """A clause of a document that was cited in full before, by the document's number; None where it has none."""
    if document.document_number is None or not _own(document, clause):
        return None
    words, made = room_texts("reader", document.language), document.document_number
    if reference := _place(document, clause, words):
        made = words("cite.with_clause", document=made, clause=reference)
    unseen = not document.original and clause.verification is Verification.KNOWN
    return made + (words("cite.semicolon") + words("cite.unseen") if unseen else "")


def mark_of(document: Document) -> str:
    """The mark of its type by annex B of GB/T 7714—2015.

    A for official documents with the number of a notice, as the standard's own example of one has it (4.6); S for
    standards; Z for what has no mark of its own: laws, decrees, product sheets; EB for what is a page of ours only.
    """
    if document.document_number and _STANDARD.match(document.document_number):
        return "S"
    if not document.original and document.kind in _COMPILED:
        return "EB"
    if document.kind in (Kind.NOTICE, Kind.PROGRAMME) or "〔" in normalise(document.document_number or ""):
        return "A"
    return "Z"


def web_address(url: str | None) -> str | None:
    """An address that may be linked and printed; None for anything but http and https."""
    return url if url is not None and re.match(r"https?://[^\s/]", url) else None


def _own(document: Document, clause: Clause | None) -> bool:
    """Whether the clause is from the document whose title this is."""
    if clause is None or clause.document_number is None:
        return True
    own = [document.document_number] if document.document_number else []
    return normalise(clause.document_number) in map(normalise, own)


def _inline(document: Document, clause: Clause | None, words: Texts) -> str:
    reference = _place(document, clause, words)
    if not _own(document, clause) and clause is not None:
        made = words("cite.by_number", number=clause.document_number)
        return words("cite.with_clause", document=made, clause=reference) if reference else made
    number = words("cite.number", number=document.document_number) if document.document_number else ""
    made = words("cite.title", title=document.title) + number
    return words("cite.with_clause", document=made, clause=reference) if reference else made


def _place(document: Document, clause: Clause | None, words: Texts) -> str:
    """The clause as a citation names it: 三 is the third part, 第三条 stays, a digest's own labels are quoted."""
    if clause is None:
        return ""
    number = clause.document_number or document.document_number or ""
    reference = clause.reference.strip().removeprefix(number).strip()
    if not reference:
        return ""
    if (part := _PART.match(reference)) is not None:
        return words("cite.part", number=part[1]) + reference[part.end() :]
    if document.original or _NUMBERED.search(reference):
        return reference
    return words("cite.section", name=reference)


def _origin(document: Document, clause: Clause | None, words: Texts) -> str:
    """What must be said of where the words were read; nothing of an original."""
    if document.original:
        return ""
    if document.kind in _COMPILED and _own(document, clause):
        note = words("cite.compiled")
    elif _own(document, clause):
        note = words("cite.digest")
    else:
        note = words("cite.digest_of", title=words("cite.title", title=document.short_title))
    unseen = (clause or document).verification is Verification.KNOWN
    return note + (words("cite.semicolon") + words("cite.unseen") if unseen else "")


def _markdown(document: Document, named: str, note: str, address: str | None, words: Texts) -> str:
    official = web_address(document.official_url)
    shown = re.sub(r"([\\\[\]*_`<>])", r"\\\1", named)
    target = web_address(address) or (official if document.original else None)
    made = f"[{shown}]({_link(target)})" if target else shown
    notes = [note] if note else []
    if official and official != target:
        notes.append(f"[{words('cite.official')}]({_link(official)})")
    return made + (words("cite.note", text=words("cite.semicolon").join(notes)) if notes else "")


def _link(url: str) -> str:
    """An address within the brackets of a Markdown link."""
    return url.replace("(", "%28").replace(")", "%29").replace("<", "%3C").replace(">", "%3E")


def _gbt7714(document: Document, clause: Clause | None, on: date, address: str | None, words: Texts) -> str:
    reference = _place(document, clause, words)
    ours = web_address(address)
    if not document.original and document.kind in _COMPILED and _own(document, clause):
        return _page(words("cite.site"), document.title, document, on, ours) + (f" {reference}." if reference else "")
    official = web_address(document.official_url) if document.original else None
    if not _own(document, clause) and clause is not None:
        made = f"{clause.document_number}[A]" + (f": {reference}." if reference else ".")
    else:
        made = _published(document, reference, on, official, words)
    if document.original:
        return made
    page = _page(words("cite.site"), words("cite.digest_title", title=document.short_title), document, on, ours)
    return f"{made} {words('cite.cited_from', page=page)}"


def _published(document: Document, reference: str, on: date, official: str | None, words: Texts) -> str:
    """The document as its issuers published it, the clause where a page number would stand, or last of all online."""
    comma = ", "
    named = comma.join(document.issuers[:_NAMED]) + (comma + words("cite.others") if document.issuers[_NAMED:] else "")
    title = ": ".join(part for part in (document.title, document.document_number) if part)
    issued = document.issued.isoformat() if document.issued else ""
    made = (f"{named}. " if named else "") + f"{title}[{mark_of(document)}{'/OL' if official else ''}]."
    if official:
        dated = f"({issued})" if issued else ""
        return f"{made} {dated}[{on.isoformat()}]. {official}." + (f" {reference}." if reference else "")
    ending = ": ".join(part for part in (issued, reference) if part)
    return f"{made} {ending}." if ending else made


def _page(site: str, title: str, document: Document, on: date, address: str | None) -> str:
    """A page of ours, with the day it was last compared with its sources and the day it was looked up."""
    updated = document.as_of.isoformat() if document.as_of else ""
    if address is None:
        return f"{site}. {title}[EB]." + (f" {updated}." if updated else "")
    return f"{site}. {title}[EB/OL]. " + (f"({updated})" if updated else "") + f"[{on.isoformat()}]. {address}."
