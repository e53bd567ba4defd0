"""The values products are compared in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from assistant.eligibility.conditions import Finding
from assistant.eligibility.rules import Candidate, CandidateKind, Dated, Mode, Node, Source, Term, TermKind, Words
from index.types import Document, StrEnum


class Group(StrEnum):
    """What rows of a comparison belong together, in the order shown; also what a clause of a sheet is about."""

    BASICS = "basics"
    AMOUNT = "amount"
    RATE = "rate"
    TERM = "term"
    REPAYMENT = "repayment"
    GUARANTEE = "guarantee"
    CONDITIONS = "conditions"
    MATERIALS = "materials"
    CHANNEL = "channel"
    VALIDITY = "validity"


class Trait(StrEnum):
    """What products are filtered by that has a few values, none of them a number."""

    PROVIDER = "provider"
    KIND = "kind"
    SECURITY = "security"
    BORROWER = "borrower"


UNSTATED = "unstated"  # the value of a trait that nothing published says
PUBLIC = "public"  # the provider of what no bank offers


@dataclass(frozen=True, slots=True)
class Product:
    """Something to apply for: what decides about it, and the document that tells of it."""

    id: str
    candidate: Candidate | None  # None: a sheet that no rules were written for
    document: Document
    sheets: tuple[Document, ...]  # documents about nothing but it: all of their clauses are its own
    traits: Mapping[Trait, frozenset[str]] = field(default_factory=dict)  # never empty: UNSTATED at least
    shared: frozenset[str] = frozenset()  # "document#clause" of its sheets that are about another product only

    @property
    def lends(self) -> bool:
        """Whether it is a loan itself; subsidies and guarantees go with loans that others make."""
        return self.candidate is None or self.candidate.kind not in (CandidateKind.SUBSIDY, CandidateKind.GUARANTEE)

    def name(self, language: str) -> str:
        """What it is called."""
        return self.candidate.name.in_(language) if self.candidate else self.document.short_title


class Timing(StrEnum):
    """How the time a statement holds for lies to the day asked about."""

    NOW = "now"
    OVER = "over"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing said of a product, and the clause that says it: a figure, a condition, or the clause's own words."""

    source: Source
    term: Term | None = None  # what is offered; `source` is then its value
    node: Node | None = None  # a condition or several in a group
    finding: Finding | None = None  # what the condition makes of a customer
    mode: Mode | None = None  # the way in or the place it holds for; None: for all
    dated: Dated | None = None  # with the days it holds, where it has any
    timing: Timing = Timing.NOW

    @property
    def way(self) -> Words | None:
        """What the way in is called, where it is worth naming."""
        return self.mode.name if self.mode is not None and not self.mode.general else None

    @property
    def figure(self) -> tuple[TermKind, Decimal] | None:
        """What is offered as a figure; None for words."""
        value = self.source.value if self.term is not None and isinstance(self.source, Dated) else None
        return (self.term.what, value) if self.term is not None and isinstance(value, Decimal) else None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the comparison: its group, and what it is about: a text key, or `fact` for a fact conditions ask."""

    group: Group
    key: str
    fact: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """What is said of one product in one row; nothing where nothing is published."""

    statements: tuple[Statement, ...] = ()
    conflicts: tuple[Source, ...] = ()  # clauses that say how sources differ
    left_open: Source | None = None  # the clause that leaves it to the provider, where nothing else is said
