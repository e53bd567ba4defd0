"""A draft and what was confirmed about it → the document that is indexed."""

from __future__ import annotations

from index.documents.metadata.types import Certainty, Metadata
from index.documents.structure.types import Draft, DraftClause
from index.types import Clause, Document, Kind, Period

_SHORT = 60


def as_document(draft: Draft, metadata: Metadata, id: str, *, group: str | None = None) -> Document:
    """The document under that id, marked as an original.

    Its status counts as confirmed only where a person confirmed its dates or they stand in the text for sure.
    """
    title = metadata.title.value if metadata.title else draft.title or id
    dates = [metadata.effective, metadata.expires]
    region = metadata.region
    return Document(
        id=id,
        language=metadata.language.value,
        kind=metadata.kind.value if metadata.kind else Kind.NOTICE,
        title=title,
        short_title=title if len(title) <= _SHORT else title[: _SHORT - 1] + "…",
        clauses=tuple(as_clause(clause) for clause in draft.clauses),
        document_number=metadata.number.value if metadata.number else None,
        issuers=tuple(issuer.value for issuer in metadata.issuers),
        issued=metadata.issued.value if metadata.issued else None,
        period=Period(*(proposal.value if proposal else None for proposal in dates)),
        status_confirmed=any(p is not None and p.certainty is not Certainty.LIKELY for p in dates),
        supersedes=tuple(str(p.value.number or p.value) for p in (*metadata.repeals, *metadata.supersedes)),
        region=region.value if region else "全国",
        topics=tuple(topic.value for topic in metadata.topics),
        original=True,
        group=group,
    )


def as_clause(clause: DraftClause) -> Clause:
    """One clause as it is indexed; a heading that is missing is made of what the clause stands in."""
    heading = clause.heading or (clause.headings[-1] if clause.headings else "")
    return Clause(
        clause.id, clause.reference, heading, clause.text, spans=clause.spans, links=clause.links, table=clause.table
    )
