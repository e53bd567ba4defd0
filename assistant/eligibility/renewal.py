"""The renewal desk: whether a loan that falls due can be renewed, when to do what, and what if the bank says no."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.eligibility.conditions import compare
from assistant.eligibility.matching import Assessment, Standing, assess
from assistant.eligibility.rulebook import Rulebook
from assistant.eligibility.rules import Alternative, DeskStep, Holds
from assistant.eligibility.timeline import OVERDUE, Milestone, PlannedStep, StepKind, timeline
from assistant.eligibility.verdict import Verdict
from assistant.eligibility.view import View
from assistant.profile import Days

_POSSIBLE = {Standing.ELIGIBLE, Standing.OPEN}


@dataclass(frozen=True, slots=True)
class Renewal:
    """What the desk has to say of one loan."""

    best: Assessment  # the rule that fits best: for small and micro firms, or for medium-sized ones
    normal: Assessment  # whether it stays in the normal class
    due: Days | None  # None: not known
    plan: tuple[PlannedStep, ...]
    milestones: tuple[Milestone, ...]  # by day; empty where the due date is not known
    steps: tuple[tuple[str, DeskStep], ...]  # by id, what a milestone means
    alternatives: tuple[Alternative, ...]  # those of the enterprise's place first

    @property
    def possible(self) -> bool:
        """Whether nothing rules it out; it has to be settled before the loan falls due."""
        return self.best.standing in _POSSIBLE and not any(item.id == OVERDUE for item in self.milestones)

    @property
    def missing(self) -> tuple[str, ...]:
        """The facts to ask for: what decides about renewal first, then what decides about the class."""
        first = ("loan_due",) if not self.milestones else ()
        if not self.possible:
            return ()
        return tuple(dict.fromkeys((*self.best.missing, *first, *self.normal.missing)))


def _preference(item: Assessment) -> tuple[bool, int, int]:
    """Of rules that are possible alike the first counts, of those that are not the one that came nearest."""
    possible = item.standing in _POSSIBLE
    return not possible, len(item.failed), 0 if possible else -item.met


def renewal(view: View, book: Rulebook) -> Renewal:
    """The desk for a profile."""
    desk = book.desk
    # Of rules that stand alike the first counts: with the size unknown that for small and micro firms. A rule that was
    # made for the enterprise and has ended tells more than one that was never made for it.
    judged = [assess(book.candidates[name], view) for name in desk.candidates]
    best = min(judged, key=_preference)
    due = view.profile.value("loan_due")
    due = due if isinstance(due, Days) else None
    plan = tuple(PlannedStep(step.id, step.days_before, step.working, StepKind(step.kind)) for step in desk.plan)
    place = view.profile.value("region")
    near = [
        item for item in desk.alternatives if item.within and compare(Holds.WITHIN, item.within, place) is Verdict.MET
    ]
    return Renewal(
        best,
        assess(book.candidates[desk.normal_class], view),
        due,
        plan,
        timeline(due, view.on, plan) if due is not None else (),
        tuple((step.id, step) for step in desk.plan),
        (*near, *(item for item in desk.alternatives if not item.within)),
    )
