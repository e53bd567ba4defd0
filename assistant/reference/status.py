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
        ahead = [_not_yet(document.period_of(clause), day) for clause in document.clauses]
        return Status.NOT_YET if ahead and all(ahead) else Status.LAPSED
    # Some clauses do not hold; where they are all still to come, nothing has ended.
    if validity is Validity.PARTLY and any(
        status_of_clause(clause, document, day) is Status.LAPSED for clause in document.clauses
    ):
        return Status.PARTLY
    return Status.IN_FORCE if document.status_confirmed else Status.UNCONFIRMED


def status_of_clause(clause: Clause, document: Document, day: date) -> Status:
    """The status of one clause; never PARTLY."""
    period = document.period_of(clause)
    if _not_yet(period, day):
        return Status.NOT_YET
    if period.on(day) is Validity.NO:
        return Status.LAPSED
    return Status.IN_FORCE if document.status_confirmed else Status.UNCONFIRMED


def _not_yet(period: Period, day: date) -> bool:
    return period.effective is not None and day < period.effective
