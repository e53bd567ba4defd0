"""The rules and documents that are served → the products there are, for whoever asks."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.eligibility.rules import Candidate, CandidateKind
from assistant.products.traits import is_sheet, traits_of
from assistant.products.types import Product
from assistant.serving import Serving
from index.types import Document, Kind, Language

_KINDS = {
    CandidateKind.PRODUCT, CandidateKind.PROGRAMME, CandidateKind.GUARANTEE, CandidateKind.SUBSIDY,
    CandidateKind.RENEWAL,
}  # fmt: skip  # lists, tax reliefs and standards are nothing one applies for at a counter


def catalogue(serving: Serving, language: Language) -> dict[str, Product]:
    """Every product by its id, as rules and sheets tell of it in a language; sheets of a group only for the group."""
    written, chinese = (_documents(serving, wanted) for wanted in (language, Language.ZH))
    book = serving.parts.rulebook
    candidates = [
        candidate
        for candidate in (book.candidates.values() if book else ())
        if candidate.kind in _KINDS
        and not candidate.only_named
        and candidate.document in written
        and book is not None
        and candidate.id != book.desk.normal_class  # how a loan is classed is nothing to apply for
    ]
    main = {candidate.document for candidate in candidates}
    cited = {candidate.id: _cited(candidate) for candidate in candidates}
    found: dict[str, Product] = {}
    for candidate in candidates:
        names = _sheets(candidate, cited[candidate.id], written, main)
        others = frozenset().union(*(cited[item.id] for item in candidates if item.id != candidate.id))
        zh = [chinese[name] for name in names if name in chinese]
        found[candidate.id] = Product(
            candidate.id, candidate, written[candidate.document], tuple(written[name] for name in names),
            traits_of(candidate, chinese.get(candidate.document, written[candidate.document]), zh),
            others - cited[candidate.id],
        )  # fmt: skip
    told = {sheet.id for product in found.values() for sheet in product.sheets}
    for document in written.values():
        if document.kind is Kind.PRODUCT and document.id not in told and document.id not in found:
            sheet = chinese.get(document.id, document)
            found[document.id] = Product(
                document.id, None, document, (document,), traits_of(None, sheet, (sheet,))
            )  # fmt: skip
    return found


def offers_of(document: Document, serving: Serving) -> list[str]:
    """Ids of the products a document tells of as their own, in the order of the catalogue."""
    products = catalogue(serving, document.language).values()
    return [one.id for one in products if document.id in {one.document.id, *(sheet.id for sheet in one.sheets)}]


def _documents(serving: Serving, language: Language) -> Mapping[str, Document]:
    index = serving.searcher.languages.get(language)
    return {document.id: document for document in index.documents} if index else {}


def _cited(candidate: Candidate) -> frozenset[str]:
    return frozenset(source.clause for source in candidate.sources)


def _sheets(
    candidate: Candidate, cited: frozenset[str], documents: Mapping[str, Document], main: set[str]
) -> tuple[str, ...]:
    """The product sheets it rests on: its own, and those its rules quote that are no other's own."""
    quoted = sorted({clause.split("#")[0] for clause in cited} - main)
    names = dict.fromkeys([candidate.document, *quoted])
    return tuple(name for name in names if name in documents and is_sheet(documents[name]))
