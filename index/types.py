"""The values that documents, retrievers and answers share."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum


class StrEnum(str, Enum):
    """A closed set of strings (enum.StrEnum begins with Python 3.11; we serve 3.10)."""

    def __str__(self) -> str:
        return str(self.value)


class Language(StrEnum):
    """The languages documents are written and questions are answered in."""

    ZH = "zh"
    EN = "en"


class Retriever(StrEnum):
    """A way to find clauses: by the words of the question, or by its meaning."""

    WORDS = "words"  # BM25
    MEANING = "meaning"  # the encoder's vectors


ALL_RETRIEVERS = frozenset(Retriever)


class Kind(StrEnum):
    """What sort of document a passage comes from."""

    LAW = "law"
    REGULATION = "regulation"
    NOTICE = "notice"
    PROGRAMME = "programme"
    PRODUCT = "product"
    FIGURES = "figures"
    GUIDE = "guide"  # a topic gathered from several sources, with no single document behind it
    GLOSSARY = "glossary"


class Verification(StrEnum):
    """How far a statement was checked against its source."""

    SEEN = "seen"  # stood on a page that was read
    KNOWN = "known"  # general knowledge, not checked against the original


class Validity(StrEnum):
    """Whether a document or clause is in force on a given day."""

    YES = "yes"
    NO = "no"
    PARTLY = "partly"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Period:
    """The days on which something is in force: first and last day included; None is open."""

    effective: date | None = None
    expires: date | None = None  # the last day in force
    repealed: date | None = None  # the first day no longer in force

    def on(self, day: date) -> Validity:
        """YES or NO on that day; a period without any date counts as in force."""
        if self.effective is not None and day < self.effective:
            return Validity.NO
        if self.expires is not None and day > self.expires:
            return Validity.NO
        if self.repealed is not None and day >= self.repealed:
            return Validity.NO
        return Validity.YES


@dataclass(frozen=True, slots=True)
class Span:
    """Where some characters of a clause stand on the pages of the original: one per printed line."""

    start: int  # into the clause's text
    end: int  # exclusive
    page: int  # from 1, as counted in the file
    box: tuple[float, float, float, float] | None = None  # x0, y0, x1, y1 in points from the upper left; None: no place
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A cross-reference within a document, as "依照第十条": its characters, and the clause meant."""

    start: int  # into the clause's text
    end: int  # exclusive
    clause_id: str
    part: str | None = None  # the paragraph or item meant within that clause, as in `DraftClause.parts`


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it is shown; the clause's text holds the same as "header：value"."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered provision as printed, in one language."""

    id: str  # ASCII, unique within the document, the same in every language
    reference: str  # as printed, e.g. 第二条, 二（一）, Section 2
    heading: str
    text: str
    period: Period = Period()
    verification: Verification = Verification.SEEN
    document_number: str | None = None  # where a digest gathers several documents: the one this clause is from
    questions: tuple[str, ...] = ()  # how people ask for what it answers; searched, never shown
    spans: tuple[Span, ...] = ()  # of uploaded originals: where it stands
    links: tuple[Link, ...] = ()
    table: Grid | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One policy, product sheet or topic in one language."""

    id: str
    language: Language
    kind: Kind
    title: str
    short_title: str
    clauses: tuple[Clause, ...]
    document_number: str | None = None
    other_numbers: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    issued: date | None = None
    period: Period = Period()
    status_confirmed: bool = True  # False: nobody could confirm that it is still in force
    supersedes: tuple[str, ...] = ()
    superseded_by: tuple[str, ...] = ()
    region: str = "全国"
    topics: tuple[str, ...] = ()
    particular_topics: tuple[str, ...] = ()  # those few other documents speak of: naming one names this document
    audience: tuple[str, ...] = ()
    official_url: str | None = None
    as_of: date | None = None
    verification: Verification = Verification.SEEN
    original: bool = False  # the text as published, not a digest of ours
    group: str | None = None  # answered from only for signed-in users of this group; None: for everybody
    upload: str | None = None  # of an original: its id in the library

    def period_of(self, clause: Clause) -> Period:
        """When a clause of this document is in force: its own dates, and the document's where it has none.

        A clause that ended before its document began tells of an older rule, which the document's start does not bind.
        """
        own, whole = clause.period, self.period
        older = own.expires and whole.effective and own.expires < whole.effective
        return Period(
            own.effective or (None if older else whole.effective),
            own.expires or whole.expires,
            own.repealed or whole.repealed,
        )

    def validity(self, day: date) -> Validity:
        """In force on that day as a whole; PARTLY when some of its clauses have ended before the document does."""
        whole = self.period.on(day)
        if whole is Validity.NO:
            return Validity.NO
        ended = [clause.period.on(day) is Validity.NO for clause in self.clauses]
        if ended and all(ended):
            return Validity.NO
        if any(ended):
            return Validity.PARTLY
        return whole if self.status_confirmed else Validity.UNKNOWN


@dataclass(frozen=True, slots=True)
class Passage:
    """One clause, or one piece of a long clause: the unit we index, find and cite."""

    id: str  # "<document_id>#<clause_id>", with "/<n>" after it for the second and later pieces
    document_id: str
    clause_id: str
    language: Language
    reference: str
    heading: str
    text: str
    span: tuple[int, int]  # character offsets into the clause's text, end exclusive
    position: int  # place of the clause in its document, from 0
    document: Document = field(repr=False, compare=False)

    @property
    def clause(self) -> Clause:
        """The whole clause this passage is, or is a piece of."""
        return self.document.clauses[self.position]

    @property
    def document_number(self) -> str | None:
        """The number to cite: the clause's own where a digest gathers several documents, else the document's."""
        return self.clause.document_number or self.document.document_number

    @property
    def label(self) -> str:
        """Printed reference and heading: what the clause is about."""
        return f"{self.reference} {self.heading}"

    @property
    def period(self) -> Period:
        """When the clause is in force."""
        return self.document.period_of(self.clause)

    def validity(self, day: date) -> Validity:
        """In force on that day, as far as anybody could confirm."""
        if self.period.on(day) is Validity.NO:
            return Validity.NO
        return Validity.YES if self.document.status_confirmed else Validity.UNKNOWN
