"""Clauses become passages: small pieces for finding, whole clauses for reading."""

from __future__ import annotations

from collections.abc import Iterator

from index.references import clause_number
from index.text import sentences
from index.types import Clause, Document, Language, Passage

VERSION = "2"  # part of the manifest: another way of splitting makes an index stale
LONGEST = {Language.ZH: 300, Language.EN: 900}  # characters; about 190 tokens of the default encoder


def split(document: Document) -> list[Passage]:
    """One passage per clause; a long clause gives several, cut between sentences."""
    passages = []
    for position, clause in enumerate(document.clauses):
        for number, (start, end) in enumerate(_pieces(clause, document.language), 1):
            passages.append(
                Passage(
                    id=f"{document.id}#{clause.id}" + (f"/{number}" if number > 1 else ""),
                    document_id=document.id,
                    clause_id=clause.id,
                    language=document.language,
                    reference=clause.reference,
                    heading=clause.heading,
                    text=clause.text[start:end],
                    span=(start, end),
                    position=position,
                    document=document,
                )
            )
    return passages


def indexed_text(passage: Passage) -> str:
    """What is searched and encoded: a clause is found by its document's name and its heading too.

    A printed reference that is a word (目标, 申请条件) says what the clause is about; a number (第十条) does not.
    """
    reference = "" if clause_number(passage.clause) is not None else f"{passage.reference} "
    return f"{passage.document.short_title} {reference}{passage.heading}\n{passage.text}"


def _pieces(clause: Clause, language: Language) -> Iterator[tuple[int, int]]:
    if len(clause.text) <= LONGEST[language]:
        yield 0, len(clause.text)
        return
    start = end = cursor = 0
    for sentence in sentences(clause.text, language):
        begin = clause.text.index(sentence, cursor)
        cursor = begin + len(sentence)
        if end > start and cursor - start > LONGEST[language]:
            yield start, end
            start = begin
        end = cursor
    yield start, end
