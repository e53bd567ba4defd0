"""The values that stages of a question hand on, and the answer every surface returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from index.quantities import Quantity
from index.search import Hit
from index.types import Language, Passage, StrEnum, Validity, Verification


class Outcome(StrEnum):
    """How a question can end."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    CLARIFY = "clarify"
    NO_EVIDENCE = "no_evidence"
    OUT_OF_SCOPE = "out_of_scope"
    REFUSED = "refused"
    FAILED = "failed"


class Asked(StrEnum):
    """The kind of thing a question wants to know."""

    DEFINITION = "definition"
    CONDITION = "condition"
    AMOUNT = "amount"
    RATE = "rate"
    TERM = "term"
    PROCEDURE = "procedure"
    MATERIALS = "materials"
    WHERE = "where"
    DATE = "date"
    FIGURE = "figure"
    COMPARISON = "comparison"
    CAN_I = "can_i"
    RENEWAL = "renewal"
    REFERENCE = "reference"
    REASON = "reason"
    CONSEQUENCE = "consequence"
    TOPIC = "topic"  # nothing more particular


class ClaimKind(StrEnum):
    """Where the words of a claim come from."""

    QUOTED = "quoted"  # a sentence of the cited clause, word for word
    COMPUTED = "computed"  # follows from cited data by arithmetic or dates that are shown
    PHRASED = "phrased"  # our words; every figure in it stands in the cited clause


@dataclass(frozen=True, slots=True)
class Place:
    """A province, or a city or county within one."""

    name: str  # Chinese, as said: 浙江, 台州
    english: str
    province: str  # as the corpus writes it: 浙江省


@dataclass(frozen=True, slots=True)
class Bank:
    """A lender by its names."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Question:
    """One turn of a user, with the user's earlier turns."""

    text: str
    as_of: date
    context: tuple[str, ...] = ()
    id: str | None = None
    language: Language | None = None  # None: the question's own
    groups: tuple[str, ...] = ()  # of whoever asks: their documents may be answered from too


@dataclass(frozen=True, slots=True)
class Assertion:
    """What a question takes for granted."""

    stretches: tuple[str, ...]  # the parts of the turn that state
    marked: bool  # put forward as a belief ("对吧", "听说"), so that the whole turn states


@dataclass(frozen=True, slots=True)
class Span:
    """The days whose rules a question asks about, both ends included."""

    first: date
    last: date
    said: str  # the words that named them

    def is_past(self, today: date) -> bool:
        """Whether all of it lies before today."""
        return self.last < today

    def is_ahead(self, today: date) -> bool:
        """Whether all of it is still to come."""
        return self.first > today

    def to_json(self) -> list[str]:
        """First and last day."""
        return [self.first.isoformat(), self.last.isoformat()]


@dataclass(frozen=True, slots=True)
class Query:
    """A question as understood."""

    text: str  # complete in itself: follow-ups are filled in from the conversation
    focus: str  # the words of this turn alone
    language: Language
    asked: tuple[Asked, ...]  # most particular first, never empty
    places: tuple[Place, ...]
    banks: tuple[Bank, ...]
    periods: frozenset[str]  # YYYY-MM or YYYY
    has_subject: bool  # False: it asks, but about nothing in particular
    followed_up: bool = False
    assertion: Assertion | None = None  # what it takes for granted
    span: Span | None = None  # the days whose rules it asks about, where it names any

    @property
    def lenders(self) -> frozenset[str]:
        """The names, in both languages, under which the lenders asked about issue documents."""
        return frozenset(name for bank in self.banks for name in (bank.zh, bank.en))


@dataclass(frozen=True, slots=True)
class SumAsked:
    """A sum a question asks for, and what it gives for it; None where it gives nothing certain."""

    id: str  # of corpus/rules/sums.yaml
    yuan: Decimal | None
    days: Decimal | None
    months: Decimal | None
    said: str  # the words the figures come from


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage weighed for a question."""

    hit: Hit
    score: float  # relevance after reranking, on fusion's scale
    validity: Validity
    named: bool  # the question names the document by number, title or a topic particular to it

    @property
    def passage(self) -> Passage:
        """The passage itself."""
        return self.hit.passage


@dataclass(frozen=True, slots=True)
class Citation:
    """A clause an answer rests on. `quote` is the clause's text as stored; `spans` the parts of it that were used."""

    n: int
    document_id: str
    document_number: str | None
    title: str
    clause: str  # as printed
    clause_id: str
    heading: str
    quote: str
    spans: tuple[tuple[int, int], ...]  # character offsets into quote, end exclusive
    official_url: str | None
    in_force: Validity
    verification: Verification
    upload: str | None = None  # of an original: the upload it is, for its page pictures
    pages: tuple[int, ...] = ()  # of an original: where `spans` stand, or else the whole clause

    def to_json(self) -> dict[str, Any]:
        """As every surface returns it; an original says so, and where to look."""
        original = {"original": True, "upload": self.upload, "pages": list(self.pages)} if self.upload else {}
        return original | {
            "n": self.n, "document_id": self.document_id, "document_number": self.document_number,
            "title": self.title, "clause": self.clause, "clause_id": self.clause_id, "heading": self.heading,
            "quote": self.quote, "spans": [list(span) for span in self.spans], "official_url": self.official_url,
            "in_force": str(self.in_force), "verification": str(self.verification),
        }  # fmt: skip


class Part(StrEnum):
    """Where in the answer a claim stands."""

    LEAD = "lead"
    RULES = "rules"  # one condition after another
    FITS = "fits"
    OPEN = "open"
    UNFIT = "unfit"
    DATES = "dates"
    NORMAL = "normal"
    OTHERWISE = "otherwise"
    SUMS = "sums"
    MORE = "more"
    NEXT = "next"


class Worked(Protocol):
    """Something worked out that can be checked again; see answering/worked.py."""

    def objection(self) -> str | None:
        """What is wrong with it in itself; None when it holds."""

    def operands(self) -> frozenset[str]:
        """The figures it is made of: they must come from a clause, the user, or what was worked out before."""

    def gives(self) -> tuple[Quantity, ...]:
        """The quantities that claims and later sums may take from it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of an answer and the passages it rests on."""

    text: str
    kind: ClaimKind
    part: Part
    passages: tuple[Passage, ...]  # never empty
    line: bool = False  # True: stands on a line of its own, even beside claims on the same clauses
    given: str = ""  # words of the user that its figures may come from
    worked: tuple[Worked, ...] = ()  # what was worked out for it, in order; each may use what those before it give
    stated: str = ""  # what code stated, where `text` (or the preface) may be another wording of it
    preface: str = ""  # our words before a quotation: 这个说法不对：, 到2023年9月30日为止：

    @property
    def shown(self) -> str:
        """All of it, as it is shown."""
        return self.preface + self.text


@dataclass(frozen=True, slots=True)
class Dropped:
    """A claim that was composed and not shown, since it failed a check."""

    claim: Claim
    reason: str

    def to_json(self) -> dict[str, Any]:
        """As the answer record carries it."""
        return {"text": self.claim.shown, "kind": str(self.claim.kind), "objection": self.reason}


@dataclass(frozen=True, slots=True)
class Nearness:
    """How well search found what an answer was made from. None where it cannot be told; neither says it is right."""

    cosine: float | None  # of the nearest clause
    margin: float | None  # by which the best evidence leads that of every other document, on fusion's scale

    def to_json(self) -> dict[str, Any]:
        """As the answer record carries it; rounded, so that a repeated answer is the same to the last digit."""
        return {
            "cosine": None if self.cosine is None else round(self.cosine, 4),
            "margin": None if self.margin is None else round(self.margin, 4),
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered, or why nothing was."""

    id: str
    question: str
    language: Language
    outcome: Outcome
    reason: str | None
    as_of: date
    text: str
    claims: tuple[tuple[Claim, tuple[int, ...]], ...] = ()  # with the numbers of their citations
    citations: tuple[Citation, ...] = ()
    notices: tuple[str, ...] = ()  # what the reader must know about validity, region or verification
    asks: tuple[str, ...] = ()
    assessment: Mapping[str, Any] | None = None  # what the rules decided (answering/cases/record.py)
    follow_ups: tuple[str, ...] = ()
    considered: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    nearness: Nearness | None = None  # None: nothing was searched
    judged_on: date | None = None  # the day whose rules were told, where it is another than `as_of`
    speaks_of: Span | None = None  # the days the question names in words
    timings_ms: dict[str, float] = field(default_factory=dict)

    @property
    def _corpus(self) -> str:
        """What is cited: our digests, originals, or both."""
        kinds = {"original" if citation.upload else "digest" for citation in self.citations} or {"digest"}
        return kinds.pop() if len(kinds) == 1 else "mixed"

    def to_json(self) -> dict[str, Any]:
        """The record of docs/architecture.md."""
        return {
            "id": self.id, "question": self.question, "language": str(self.language), "outcome": str(self.outcome),
            "reason": self.reason, "as_of": self.as_of.isoformat(),
            "judged_on": (self.judged_on or self.as_of).isoformat(),
            "speaks_of": self.speaks_of.to_json() if self.speaks_of else None,
            "text": self.text,
            "claims": [
                {"text": claim.shown.replace("**", ""), "kind": str(claim.kind), "citations": list(numbers)}
                for claim, numbers in self.claims
            ],
            "citations": [citation.to_json() for citation in self.citations],
            "assessment": dict(self.assessment) if self.assessment else None,
            "asks": list(self.asks), "follow_ups": list(self.follow_ups),
            "notices": list(self.notices), "considered": list(self.considered), "corpus": self._corpus,
            "checks": {"passed": len(self.claims), "dropped": [item.to_json() for item in self.dropped]},
            "nearness": self.nearness.to_json() if self.nearness else None,
            "timings_ms": {name: round(value, 1) for name, value in self.timings_ms.items()},
        }  # fmt: skip
