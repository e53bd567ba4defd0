"""Clauses become passages: small pieces for finding, whole clauses for reading."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.references import clause_number
from index.text import sentences
from index.types import Clause, Document, Language, Passage

VERSION = "3"  # part of the manifest: another way of splitting makes an index stale
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


def counted_text(passage: Passage) -> str:
    """What BM25 counts the words of: the same, and the questions, in which people's own words stand."""
    asked = passage.clause.questions if passage.span[0] == 0 else ()
    return "\n".join([indexed_text(passage), *asked])


@dataclass(frozen=True, slots=True)
class Entry:
    """One text with a vector of its own: a passage, or a question that its clause answers."""

    id: str  # the passage's, with "?<n>" after it for a question
    row: int  # of its passage
    text: str
    asked: bool

    @property
    def digest(self) -> str:
        """Of the text and of how it is encoded: the same words have another vector as a question."""
        return hashlib.sha256(("?" * self.asked + self.text).encode()).hexdigest()


def entries(passages: Sequence[Passage]) -> list[Entry]:
    """Every passage in its order, then the questions, each with the first passage of its clause."""
    found = [Entry(passage.id, row, indexed_text(passage), False) for row, passage in enumerate(passages)]
    for row, passage in enumerate(passages):
        if passage.span[0] == 0:
            asked = passage.clause.questions
            found += [Entry(f"{passage.id}?{n}", row, text, True) for n, text in enumerate(asked, 1)]
    return found


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
