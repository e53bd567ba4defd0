"""The values of the library: an upload from the moment its file is stored until it is deleted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from index.documents.metadata.types import Certainty
from index.documents.structure.types import DraftClause
from index.types import Kind, StrEnum


class State(StrEnum):
    """Where an upload stands.

    queued → reading → review → released → retired; reading → failed. A deleted upload is gone altogether.
    """

    QUEUED = "queued"  # stored, waiting to be read
    READING = "reading"  # being read; after a restart it is queued again
    REVIEW = "review"  # read; a person looks at draft and metadata, and releases or deletes it
    RELEASED = "released"  # part of the index: answered from
    RETIRED = "retired"  # kept with its dates, no longer answered from: retired by a person or replaced by a version
    FAILED = "failed"  # could not be read; `problem` says why


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something could not be done, by code and in sentences for people."""

    code: str  # e.g. "encrypted", "timeout", "duplicate"
    zh: str
    en: str
    fields: Mapping[str, str] = field(default_factory=dict)  # field of the metadata → what is wrong with it

    def __str__(self) -> str:
        return f"{self.zh}（{self.en}）"


@dataclass(frozen=True, slots=True)
class Warned:
    """Something a person should look at before release: a code of the readers or of the structure."""

    code: str  # e.g. "number-jumps", "macros", "page-empty", "near-duplicate", "instructions"
    detail: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Similar:
    """An upload or corpus document that says nearly the same."""

    document: str  # an upload's id, or the id of a document of the corpus
    title: str
    share: float  # of runs of words that both have, among those either has, 0 to 1
    upload: bool  # False: a document of the corpus
    same_number: bool = False  # both carry the same document number: an original beside its digest, or a version


@dataclass(frozen=True, slots=True)
class Touched:
    """What a release touches besides the index."""

    rules: tuple[str, ...] = ()  # "rules/loan.yaml: 3.needs.0: …": rules whose quotation the original does not bear out
    cases: tuple[str, ...] = ()  # "tests/cases/dev.jsonl: case-12": evaluation cases that name the document


@dataclass(frozen=True, slots=True)
class Report:
    """What reading gave; shown before and after release."""

    format: str = ""  # of the file, told by its content: pdf, docx …
    pages: int = 0
    paged: bool = True  # False: the format has no pages, `pages` is 1
    characters_in: int = 0  # of everything read, blanks not counted
    characters_indexed: int = 0  # of what clauses hold
    clauses: int = 0
    tables: int = 0
    ocr_pages: tuple[int, ...] = ()
    warnings: tuple[Warned, ...] = ()
    similar: tuple[Similar, ...] = ()
    touched: Touched = Touched()
    kept_out: tuple[str, ...] = ()  # clause ids kept out of the index: they hide something or instruct a machine
    seconds: Mapping[str, float] = field(default_factory=dict)  # read, structure, encode, index: of this upload


@dataclass(frozen=True, slots=True)
class Upload:
    """One file in the library. Everything but `id`, `document` and `version` may change from one look to the next."""

    id: str  # chosen by the server: 32 hexadecimal digits that nobody can guess
    document: str  # the same for all versions of a document: the id of the first
    version: int  # from 1
    name: str  # of the file as it is shown: cleaned, never used as a path; escape it for HTML all the same
    size: int  # bytes
    sha256: str
    by: str  # who added it: an account, "command", "watched folder"
    at: datetime
    group: str | None  # None: everybody's; else answered from only for questions that come with this group
    state: State
    step: str = ""  # while reading: "read", "structure", "compare"
    progress: float = 0.0  # of the reading, 0 to 1
    title: str = ""  # as proposed or confirmed; "" until it is read
    document_number: str | None = None
    report: Report | None = None  # from REVIEW on
    problem: Problem | None = None  # where FAILED, or where the last try to release failed
    replaces: str | None = None  # the version it takes the place of on release
    replaced_by: str | None = None
    released_at: datetime | None = None
    released_by: str | None = None
    retired_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One line of an upload's history."""

    at: datetime
    by: str
    what: str  # added, read, failed, corrected, released, replaced, retired, deleted
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """One proposed entry of the metadata with where it was read."""

    field: str  # a field of Metadata
    value: Any  # as Metadata has it (dates as date)
    evidence: str = ""  # the words it was read from; "" where it was guessed
    page: int | None = None
    certainty: Certainty = Certainty.LIKELY


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a person confirms about a document before release: plain values, see `Proposed` for where they are from."""

    title: str
    short_title: str
    kind: Kind
    document_number: str | None = None
    issuers: tuple[str, ...] = ()
    issued: date | None = None
    effective: date | None = None
    expires: date | None = None  # last day in force
    repealed: date | None = None  # first day no longer in force
    supersedes: tuple[str, ...] = ()  # document numbers or titles
    region: str = "全国"
    topics: tuple[str, ...] = ()
    official_url: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person looks through: clauses, the metadata as it stands (proposed, then corrected), and the evidence."""

    upload: str
    metadata: Metadata
    proposals: tuple[Proposed, ...]
    corrected: tuple[str, ...]  # fields a person has changed
    clauses: tuple[DraftClause, ...]  # with pages, tables and the confidence of OCR
    kept_out: tuple[str, ...] = ()  # ids of clauses that hide something or instruct a machine: not indexed
    product: Mapping[str, Any] | None = None  # product sheets: proposed terms and conditions, to be confirmed


class Change(StrEnum):
    """What became of a clause between two versions."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"  # same words under another number


@dataclass(frozen=True, slots=True)
class WordChange:
    """A run of words: `kept` in both, or `removed` from the old and `added` in the new."""

    change: str  # kept, removed, added
    text: str


@dataclass(frozen=True, slots=True)
class ClauseDifference:
    """One clause of two versions."""

    change: Change
    old_reference: str | None
    new_reference: str | None
    old_id: str | None
    new_id: str | None
    words: tuple[WordChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """Two versions beside one another, in the order of the new one, removed clauses where they stood."""

    old: str  # upload ids
    new: str
    clauses: tuple[ClauseDifference, ...]
    touched: Touched = Touched()


@dataclass(frozen=True, slots=True)
class Mark:
    """A rectangle to highlight on a page picture, as shares of its width and height from the upper left, 0 to 1."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as a picture (PNG) with the places of a clause on it."""

    png: bytes
    width: int  # pixels
    height: int
    page: int  # from 1
    pages: int  # how many there are
    marks: tuple[Mark, ...] = ()
