"""Drills of a class that can no longer be asked, because what they rest on has changed; they are told with the reason.

A drill is asked as long as the catalogue of the day makes it with the fingerprint it was set with. Nobody withdraws
anything by hand, and nothing is stored: what comes back unchanged is asked again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from assistant.training.classes import SetDrill, TrainingClass
from assistant.training.types import Catalogue, Drill
from index.types import Document, Language, StrEnum, Validity

Library = Callable[[str, Language], "Document | None"]


class Why(StrEnum):
    """Why a drill was withdrawn."""

    CHANGED = "changed"  # the clause, the rule or an option says something else now
    LAPSED = "lapsed"  # the clause no longer holds
    NOT_YET = "not_yet"  # it does not hold yet: a date was put off
    DOCUMENT = "document"  # the document is gone
    CLAUSE = "clause"  # the clause is gone
    FAILED = "failed"  # it can be made, but fails the check of its options against the corpus
    UNMADE = "unmade"  # the clause is there, but no longer gives this question


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A drill that can no longer be asked; `place` is the short title of the document and the clause, where known."""

    drill: SetDrill
    why: Why
    place: str = ""


@dataclass(frozen=True)
class Asked:
    """What a class is asked on a day."""

    drills: tuple[Drill, ...]  # in the order in which they were set
    withdrawn: tuple[Withdrawn, ...] = ()
    by_id: dict[str, Drill] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", {drill.id: drill for drill in self.drills})


def asked(of: TrainingClass, catalogue: Catalogue, document: Library) -> Asked:
    """What is still asked, and what no longer is. The catalogue must be in the language of the class."""
    drills: list[Drill] = []
    withdrawn: list[Withdrawn] = []
    for was in of.drills:
        made = catalogue.drills.get(was.id)
        if made is not None and made.fingerprint == was.fingerprint:
            drills.append(made)
        else:
            withdrawn.append(_withdrawn(was, made, catalogue, document))
    return Asked(tuple(drills), tuple(withdrawn))


def _withdrawn(was: SetDrill, made: Drill | None, catalogue: Catalogue, document: Library) -> Withdrawn:
    document_id, clause_id = _address(was.id)
    found = document(document_id, catalogue.language)
    clause = next((c for c in found.clauses if c.id == clause_id), None) if found is not None else None
    place = " ".join(part for part in (found.short_title if found else "", clause.reference if clause else "") if part)
    if made is not None:
        return Withdrawn(was, Why.CHANGED, place)
    if was.id in catalogue.withdrawn:
        return Withdrawn(was, Why.FAILED, place)
    return Withdrawn(was, _reason(found, clause_id, was.quote, catalogue.on), place)


def _reason(document: Document | None, clause_id: str, quote: str, on: date) -> Why:
    if document is None:
        return Why.DOCUMENT
    clause = next((clause for clause in document.clauses if clause.id == clause_id), None)
    if clause is None:
        return Why.CLAUSE
    period = document.period_of(clause)
    if period.on(on) is not Validity.NO:
        return Why.UNMADE if quote in clause.text else Why.CHANGED
    return Why.NOT_YET if period.effective is not None and on < period.effective else Why.LAPSED


def _address(id: str) -> tuple[str, str]:
    """Document and clause an id begins with: "figure:jingui-2024-13#7:1"; a rule's id gives no document."""
    named = id.split(":")[1] if ":" in id else ""
    document_id, _, clause_id = named.partition("#")
    return document_id, clause_id
