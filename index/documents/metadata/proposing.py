"""From a draft to what is proposed about it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.documents.metadata.document_numbers import number_of
from index.documents.metadata.issuers import issuers_of
from index.documents.metadata.kinds import kind_of
from index.documents.metadata.places import region_of
from index.documents.metadata.repeals import repeals_of, supersedes_of
from index.documents.metadata.sources import lines
from index.documents.metadata.types import Certainty, Metadata, Proposal
from index.documents.metadata.validity import effective_of, expires_of, issued_of
from index.documents.structure.types import Draft, Role
from index.types import Language

_TOPICS = 8


def propose(draft: Draft, terms: Iterable[str] = ()) -> Metadata:
    """Everything the text says about itself, each with its words; `terms` are those topics are chosen from."""
    title = _title(draft)
    number = number_of(draft)
    issued = issued_of(draft)
    effective = effective_of(draft, issued)
    issuers = issuers_of(draft, title)
    kind = kind_of(title, draft)
    own = number.value if number else None
    repeals = repeals_of(draft, own)
    return Metadata(
        language=Proposal(draft.language, "", None, Certainty.SURE),
        title=title,
        number=number,
        issuers=issuers,
        issued=issued,
        effective=effective,
        expires=expires_of(draft, issued, effective),
        repeals=repeals,
        supersedes=supersedes_of(draft, own, repeals),
        region=region_of(draft, issuers, title, kind.value if kind else None),
        kind=kind,
        topics=_topics(draft, terms),
    )


def _title(draft: Draft) -> Proposal[str] | None:
    framing = next(iter(draft.framed(Role.TITLE)), None)
    if framing is not None:
        return Proposal(framing.text, framing.text, framing.page, Certainty.SURE)
    if draft.title:  # of the file's metadata: evidence only where the text says it too
        wanted = re.sub(r"\s", "", draft.title)
        for said in lines(draft):
            if wanted and wanted in re.sub(r"\s", "", said.text):
                return Proposal(draft.title, said.text, said.page, Certainty.LIKELY)
    return None


def _topics(draft: Draft, terms: Iterable[str]) -> tuple[Proposal[str], ...]:
    """The terms that come up most, at least twice or in the title."""
    text = "\n".join([draft.title or "", *(f"{clause.heading}\n{clause.text}" for clause in draft.clauses)])
    if draft.language is Language.EN:
        text = text.casefold()
    found = []
    for term in dict.fromkeys(terms):
        count = text.count(term if draft.language is Language.ZH else term.casefold())
        if count >= 2 or (count and term in (draft.title or "")):
            found.append((count * len(term), term))
    best = sorted(found, key=lambda item: (-item[0], item[1]))[:_TOPICS]
    return tuple(Proposal(term, term, None, Certainty.LIKELY) for _, term in best)
