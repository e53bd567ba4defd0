"""Documents are data: what hides in one, or speaks to a reading machine, is named before it is indexed."""

from __future__ import annotations

from collections.abc import Iterator

from index.documents.hidden import hidden_in
from index.documents.instructions import instruction_in
from index.types import Clause, Document, Kind

_REMEDY_HIDDEN = "delete it: only what people see is read"
_REMEDY_INSTRUCTION = (
    "delete the sentence: a policy speaks to people, and a digest never needs to quote such a sentence"
)


def vetted(text: str) -> list[str]:
    """What is wrong with a text as data, each with its remedy; empty where it may be read."""
    problems = [f"{what}; {_REMEDY_HIDDEN}" for what in hidden_in(text)]
    if (found := instruction_in(text)) is not None:
        problems.append(f"instructions to a reading machine ({found.kind}): {found.text[:80]!r}; {_REMEDY_INSTRUCTION}")
    return problems


def carries_instructions(clause: Clause) -> bool:
    """Whether a clause hides something or instructs a machine: it must then be kept out of answers."""
    return any(vetted(text) for text in (clause.reference, clause.heading, clause.text))


def vetting_problems(documents: list[Document]) -> list[str]:
    """One line per finding: document, clause, what it is, what to do."""
    return [
        f"{_file(document)}: {place}: {problem}"
        for document in documents
        for place, text in _texts(document)
        for problem in vetted(text)
    ]


def _file(document: Document) -> str:
    return "glossary.yaml" if document.kind is Kind.GLOSSARY else f"{document.id}.{document.language}.md"


def _texts(document: Document) -> Iterator[tuple[str, str]]:
    """Every text of a document that is indexed or shown, with its place."""
    yield "title", document.title
    yield "short_title", document.short_title
    for name in ("issuers", "topics", "other_numbers", "supersedes", "superseded_by"):
        for text in getattr(document, name):
            yield name, text
    yield "document_number", document.document_number or ""
    yield "region", document.region
    for clause in document.clauses:
        yield f"clause {clause.id!r}, reference", clause.reference
        yield f"clause {clause.id!r}, heading", clause.heading
        yield f"clause {clause.id!r}", clause.text
        yield f"clause {clause.id!r}, document_number", clause.document_number or ""
