"""What a draft says and where: the lines that metadata are read from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.documents.structure.types import Draft, DraftClause, Role
from index.text import sentences


@dataclass(frozen=True, slots=True)
class Said:
    """A line or sentence with its page; `last` where it stands in the closing provisions, which speak of the text."""

    text: str
    page: int
    last: bool = False
    attached: bool = False  # in an attachment
    opening: bool = False  # before the first provision


def framed(draft: Draft, role: Role) -> list[Said]:
    """The paragraphs of one role; those of a main text stand before those of attachments."""
    return [Said(framing.text, framing.page) for framing in draft.framed(role)]


def lines(draft: Draft, *, fields: bool = False) -> Iterator[Said]:
    """Every line of the text, the frame's first; with `fields` no rows of tables that list things under headers."""
    for framing in draft.frame:
        for line in framing.text.splitlines():
            yield Said(line, framing.page)
    for clause in draft.clauses:
        if fields and clause.table is not None and len(clause.table.header) > 2:
            continue
        for line in clause.text.splitlines():
            yield Said(line, _page(clause), attached=_attached(clause))


def provisions(draft: Draft) -> Iterator[Said]:
    """Every sentence of the clauses, in order."""
    main = [clause for clause in draft.clauses if not _attached(clause)]
    closing = {clause.id for clause in [*main[-3:], *draft.clauses[-2:]]}
    for clause in draft.clauses:
        if clause.table is not None and len(clause.table.header) > 2:
            continue  # rows list things; they do not speak of the document
        ends = (
            clause.id in closing or clause.id.endswith("closing") or bool(re.search("附则|有效期|施行", _names(clause)))
        )
        for sentence in sentences(clause.text, draft.language):
            yield Said(sentence, _page(clause, sentence), ends, _attached(clause), clause.id == "preamble")
    for framing in draft.frame:
        if framing.role in (Role.NOTE, Role.ADOPTION):
            yield Said(framing.text, framing.page, last=True)


def _names(clause: DraftClause) -> str:
    return " ".join([clause.heading, *clause.headings])


def _attached(clause: DraftClause) -> bool:
    return bool(re.match(r"a\d+-", clause.id))


def _page(clause: DraftClause, sentence: str = "") -> int:
    at = clause.text.find(sentence) if sentence else 0
    for span in clause.spans:
        if span.start <= at < span.end:
            return span.page
    return clause.spans[0].page if clause.spans else 1
