"""Each claim checked against the clauses it cites, by code, whoever composed it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.arithmetic import holds
from assistant.types import Claim, ClaimKind
from index.figures import document_numbers, figures
from index.references import numbers_of
from index.text import normalise
from index.types import Passage

_CONSTANTS = {"12", "360"}  # months of a year, days of a year as banks count them


@dataclass(frozen=True, slots=True)
class Rejection:
    """A claim that failed, and why."""

    claim: Claim
    reason: str


def ground(claims: Sequence[Claim]) -> tuple[list[Claim], list[Rejection]]:
    """Claims that hold, in order, and those that do not."""
    held: list[Claim] = []
    rejected: list[Rejection] = []
    for claim in claims:
        reason = objection(claim)
        if reason is None:
            held.append(claim)
        else:
            rejected.append(Rejection(claim, reason))
    return held, rejected


def objection(claim: Claim) -> str | None:
    """What is wrong with a claim; None when it holds."""
    if not claim.passages:
        return "cites no clause"
    if claim.kind is ClaimKind.QUOTED and not any(
        normalise(claim.text) in normalise(passage.clause.text) for passage in claim.passages
    ):
        return "is not a quotation of the clause it cites"
    supported: set[str] = set(figures(claim.given))
    numbers: set[str] = set()
    for passage in claim.passages:
        source = _source(passage)
        supported |= figures(source)
        numbers |= document_numbers(source)
    for sum_ in claim.sums:
        left, _, right = sum_.partition("=")
        if not holds(sum_):
            return f"arithmetic that does not come out: {sum_}"
        if strange := {item for item in figures(left) if not {item, item.rstrip("%")} & (supported | _CONSTANTS)}:
            return f"arithmetic with figures from nowhere: {sorted(strange)} in {sum_}"
        supported |= figures(left) | figures(right)
    if unsupported := figures(claim.text) - supported:
        return f"figures not in the cited clauses: {sorted(unsupported)}"
    if unknown := document_numbers(claim.text) - numbers:
        return f"document numbers not in the cited clauses: {sorted(unknown)}"
    return None


def _source(passage: Passage) -> str:
    """Everything a clause vouches for: its text and the recorded facts of its document."""
    document, clause = passage.document, passage.clause
    days = (
        document.issued, document.period.effective, document.period.expires, document.period.repealed,
        clause.period.effective, clause.period.expires, clause.period.repealed,
    )  # fmt: skip
    recorded = " ".join(day.isoformat() for day in days if day)
    return "\n".join([clause.text, clause.heading, clause.reference, document.title, recorded, *numbers_of(document)])
