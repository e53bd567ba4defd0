"""Whether a document or clause holds on a day, as staff ask: in force, partly, lapsed, not yet, or nobody could say."""

from __future__ import annotations

from datetime import date

from index.types import Clause, Document, Period, StrEnum, Validity


class Status(StrEnum):
    """How a document or clause stands on a day."""

    IN_FORCE = "in_force"
    PARTLY = "partly"  # in force, while some of its clauses have ended
    LAPSED = "lapsed"
    NOT_YET = "not_yet"
    UNCONFIRMED = "unconfirmed"  # it has not ended by its dates, but nobody could confirm that it is still in force


def status_of(document: Document, day: date) -> Status:
    """The status of a whole document."""
    if _not_yet(document.period, day):
        return Status.NOT_YET
    validity = document.validity(day)
    if validity is Validity.NO:
        ahead = [_not_yet(period_of(clause, document), day) for clause in document.clauses]
        return Status.NOT_YET if ahead and all(ahead) else Status.LAPSED
    if validity is Validity.PARTLY:
        return Status.PARTLY
    return Status.IN_FORCE if validity is Validity.YES else Status.UNCONFIRMED


def status_of_clause(clause: Clause, document: Document, day: date) -> Status:
    """The status of one clause; never PARTLY."""
    period = period_of(clause, document)
    if _not_yet(period, day):
        return Status.NOT_YET
    if period.on(day) is Validity.NO:
        return Status.LAPSED
    return Status.IN_FORCE if document.status_confirmed else Status.UNCONFIRMED


def period_of(clause: Clause, document: Document) -> Period:
    """When a clause is in force: its own dates, and those of its document where it has none; as `Passage.period`."""
    own, whole = clause.period, document.period
    older = own.expires and whole.effective and own.expires < whole.effective
    return Period(
        own.effective or (None if older else whole.effective),
        own.expires or whole.expires,
        own.repealed or whole.repealed,
    )


def _not_yet(period: Period, day: date) -> bool:
    return period.effective is not None and day < period.effective
