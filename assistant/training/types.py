"""The values of training: drills, responses, grades. A drill is made of clauses and rules each time, never stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from assistant.profile import Profile
from index.types import Language, StrEnum


class DrillKind(StrEnum):
    """The kinds of drills."""

    FIGURE = "figure"  # which amount, rate, length or number a clause says: one choice
    DATE = "date"  # which day: one choice
    STATEMENT = "statement"  # true or false, the flaw named
    DOCUMENT = "document"  # which document or clause answers a question: one choice
    BOUNDARY = "boundary"  # which size class or verdict at a limit of a rule: one choice
    ORDER = "order"  # steps to put into order
    CASE = "case"  # a profile: the verdict, and the reasons that decide it
    SHORT = "short"  # an answer in one's own words, with the clause it rests on


@dataclass(frozen=True, slots=True)
class Source:
    """The clause a drill rests on; `quote` stands in the text of the clause character by character."""

    document_id: str
    clause_id: str
    quote: str


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose; `why` says what is wrong with it, or what bears it out."""

    text: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Drill:
    """One drill in one language.

    `id` is the same in both languages and in every process: kind, document, clause and what tells drills of one clause
    apart, as "figure:jingui-2024-13#7:1". `fingerprint` is a digest of the clauses and rules it was made of: where it
    differs from the one a paper was set with, the drill is withdrawn.

    `right` are places in `options`: one for choices; for ORDER all of them, in the right order; for CASE the verdict
    first, then the reasons, which begin at `reasons_from`. SHORT has no options but `wanted`.
    """

    id: str
    kind: DrillKind
    language: Language
    on: date  # the day whose rules are asked about
    topics: tuple[str, ...]  # of the documents it rests on
    prompt: str
    explanation: str
    sources: tuple[Source, ...]
    fingerprint: str
    options: tuple[Option, ...] = ()
    right: tuple[int, ...] = ()
    reasons_from: int = 0
    wanted: tuple[str, ...] = ()  # SHORT: figures, dates and terms an answer must give, as the clause says them
    profile: Profile | None = None  # CASE and BOUNDARY: the enterprise
    difficulty: int = 2  # 1 easy … 3 hard

    @property
    def document_id(self) -> str:
        """The document it is mainly about."""
        return self.sources[0].document_id


@dataclass(frozen=True, slots=True)
class Response:
    """What somebody answered: places in `options` as they were chosen (ORDER: in the order given), or words."""

    chosen: tuple[int, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Grade:
    """How a response was judged. `told` are sentences for the learner: what was right, missing or wrong."""

    right: bool
    score: float  # [0, 1]; `right` is 1
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attempt:
    """One response of one learner, as it is kept."""

    learner: str  # the learner's id
    drill: str  # id of the drill
    fingerprint: str
    at: datetime  # UTC
    right: bool
    score: float
    language: Language
    response: Response
    class_code: str | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants drills of; empty tuples allow everything."""

    kinds: tuple[DrillKind, ...] = ()
    topics: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True)
class Catalogue:
    """Every drill of one language on one day over one state of corpus and rules, by id."""

    language: Language
    on: date
    drills: Mapping[str, Drill]
    withdrawn: Mapping[str, str] = field(default_factory=dict)  # ids that could be made but fail the check, and why

    def of(self, wish: Wish) -> tuple[Drill, ...]:
        """Those that fit, in the order of the catalogue."""
        return tuple(drill for drill in self.drills.values() if _fits(drill, wish))


def _fits(drill: Drill, wish: Wish) -> bool:
    documents = {source.document_id for source in drill.sources}
    return (
        (not wish.kinds or drill.kind in wish.kinds)
        and (not wish.topics or bool(set(wish.topics) & set(drill.topics)))
        and (not wish.documents or bool(documents & set(wish.documents)))
    )
