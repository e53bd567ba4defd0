"""A profile against programmes and products: who fits, who does not and why, what is still open, in order of fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum

from assistant.eligibility.changes import Change, nearest_change
from assistant.eligibility.conditions import Finding, judge, leaves
from assistant.eligibility.rules import Candidate, Dated, Holds, Mode, Term, TermKind
from assistant.eligibility.verdict import Verdict, all_of
from assistant.eligibility.view import View
from assistant.profile import Choice, Days, Range


class Standing(str, Enum):
    """How a candidate stands for a profile on a day."""

    ELIGIBLE = "eligible"  # every known condition is met so far
    OPEN = "open"  # facts are missing, or conditions are not published
    NOT_ELIGIBLE = "not_eligible"
    NOT_IN_FORCE = "not_in_force"  # on that day it has ended or not begun

    def __str__(self) -> str:
        return self.value


_ORDER = list(Standing)


class Fit(str, Enum):
    """Why one candidate stands before another of the same standing: one point each, or one less."""

    PREFERRED = "preferred"  # once for each preference that is met
    LOCAL = "local"  # made for the enterprise's place
    MADE_FOR = "made_for"  # asks for a qualification, a trade or a group that the enterprise has
    PLACE_UNKNOWN = "place_unknown"  # made for one place, and the enterprise's is not known
    AMOUNT_ENOUGH = "amount_enough"
    AMOUNT_SHORT = "amount_short"

    def __str__(self) -> str:
        return self.value


_SPECIAL = {"qualifications", "priority_group", "exports", "fields", "farmland_subsidy"}
_POSITIVE = {Holds.HAS_ANY, Holds.HAS_ALL, Holds.IS}
_AGAINST = {Fit.PLACE_UNKNOWN, Fit.AMOUNT_SHORT}


@dataclass(frozen=True, slots=True)
class Assessment:
    """All findings for a candidate and what they come to."""

    candidate: Candidate
    standing: Standing
    findings: tuple[Finding, ...]  # of the candidate and of the mode that fits best
    mode: Mode | None
    other_modes: tuple[tuple[Mode, Verdict], ...]
    missing: tuple[str, ...]  # facts that would settle it
    change: tuple[Change, ...]  # the nearest change that would lift "not eligible"; empty where there is none
    terms: tuple[tuple[Term, Dated], ...]  # in force
    window: Dated | None  # the time it is open, or was last open
    fit: tuple[Fit, ...]

    @property
    def failed(self) -> tuple[Finding, ...]:
        """The findings that are not met."""
        return tuple(finding for finding in self.findings if finding.verdict is Verdict.NOT_MET)

    @property
    def met(self) -> int:
        """How many findings are met."""
        return sum(finding.verdict is Verdict.MET for finding in self.findings)

    @property
    def elsewhere(self) -> bool:
        """Whether it is made for another place than the enterprise's."""
        return any(leaf.holds is Holds.WITHIN for leaf in _every(self.failed) if leaf.verdict is Verdict.NOT_MET)

    @property
    def stale(self) -> bool:
        """Whether a rule of it could not be used."""
        unused = self.window is None and bool(self.candidate.window)
        return unused or any(leaf.stale for finding in self.findings for leaf in leaves(finding))

    def term(self, what: TermKind) -> Dated | None:
        """The value of a term, where it is offered; the highest where several ways offer it."""
        found = [value for term, value in self.terms if term.what is what and value.value is not None]
        return max(found, key=lambda value: Decimal(str(value.value)), default=None)


def assess(candidate: Candidate, view: View) -> Assessment:
    """One candidate on one profile."""
    days = view.date_of(candidate.dated_by)
    base = _findings(candidate, view, days, candidate.id, candidate.dated_by)
    modes = [
        (mode, _findings(mode, view, days, f"{candidate.id}/{mode.id}", candidate.dated_by)) for mode in candidate.modes
    ]
    local = [item for item in modes if _is_local(item[1])]
    if any(not mode.beside for mode, _ in local):
        modes = local  # a place's own terms replace the general ones
    mode, within = min(modes, key=lambda item: _rank(item[1]), default=(None, ()))
    findings = (*base, *within)
    verdict = all_of(finding.verdict for finding in findings)
    window, in_force = _window(candidate, days, view)
    missing = tuple(dict.fromkeys(name for finding in findings for name in finding.missing))
    if in_force is Verdict.UNKNOWN and candidate.dated_by:
        missing = (*missing, candidate.dated_by)
    if in_force is Verdict.NOT_MET:
        standing = Standing.NOT_IN_FORCE
    elif verdict is Verdict.NOT_MET:
        standing = Standing.NOT_ELIGIBLE
    elif Verdict.UNKNOWN in (verdict, in_force) or candidate.unpublished is not None:
        standing = Standing.OPEN
    else:
        standing = Standing.ELIGIBLE
    terms = tuple(
        (term, value)
        for part in (candidate.offers[0], *([mode] if mode else []))
        for term in part.terms
        if (value := term.on(days.last)) is not None and not view.is_stale(value)
    )
    return Assessment(
        candidate, standing, findings, mode,
        tuple((other, all_of(f.verdict for f in found)) for other, found in modes if other is not mode),
        missing, nearest_change(findings, view) if standing is Standing.NOT_ELIGIBLE else (), terms, window,
        _fit(candidate, mode, findings, terms, view, days),
    )  # fmt: skip


def assess_all(candidates: Iterable[Candidate], view: View) -> list[Assessment]:
    """Every candidate, best first: by standing, then by fit; ties by id."""
    found = [assess(candidate, view) for candidate in candidates]
    return sorted(found, key=lambda item: (*_place(item), item.candidate.id))


def questions(assessments: Sequence[Assessment], view: View, most: int = 2) -> tuple[str, ...]:
    """The facts to ask for next, at most `most`: those whose answer settles the most open candidates by itself.

    Ties go to the fact that more candidates wait for, then to the order of facts.yaml. Of facts that are needed one
    after the other (the industry, then the figures that count in it) only the first counts.
    """
    settles: dict[str, int] = {}
    waits: dict[str, int] = {}
    for item in assessments:
        if item.standing is not Standing.OPEN:
            continue
        for name in _first_missing(item, view):
            waits[name] = waits.get(name, 0) + 1
            settles[name] = settles.get(name, 0) + (len(item.missing) == 1 and item.candidate.unpublished is None)
    order = {name: number for number, name in enumerate(view.facts)}
    ranked = sorted(waits, key=lambda name: (-settles[name], -waits[name], order.get(name, len(order))))
    return tuple(ranked[:most])


def _first_missing(item: Assessment, view: View) -> set[str]:
    """What each undecided condition needs first, where it is worth asking in the enterprise's trade."""
    first: set[str] = set()
    for finding in item.findings:
        if finding.verdict is Verdict.UNKNOWN:
            unknown = {leaf.missing[0] for leaf in leaves(finding) if leaf.verdict is Verdict.UNKNOWN and leaf.missing}
            first |= unknown or set(finding.missing[:1])  # where only the day is in doubt, no part of it is
    first |= set(item.missing) - {name for finding in item.findings for name in finding.missing}  # the day that counts
    industry = view.profile.value("industry")
    if not isinstance(industry, Choice):
        return first & set(item.missing)
    asked_in = {name: view.facts[name].ask_in for name in first if name in view.facts}
    idle = {name for name, places in asked_in.items() if places and not industry.among & set(places)}
    return (first & set(item.missing)) - idle


def _findings(part: Candidate | Mode, view: View, days: Days, path: str, dated_by: str | None) -> tuple[Finding, ...]:
    judged = (judge(node, view, days, path, dated_by) for node in part.needs)
    return tuple(finding for finding in judged if finding is not None)


def _rank(findings: Sequence[Finding]) -> tuple[int, int]:
    """Modes that fit come before those still open, and these before those that do not fit; then by what is lacking."""
    verdict = all_of(finding.verdict for finding in findings)
    lacking = sum(finding.verdict is not Verdict.MET for finding in findings)
    return [Verdict.MET, Verdict.UNKNOWN, Verdict.NOT_MET].index(verdict), lacking


def _is_local(findings: Sequence[Finding]) -> bool:
    """Whether they are made for the enterprise's own place."""
    return any(leaf.holds is Holds.WITHIN and leaf.verdict is Verdict.MET for leaf in _every(findings))


def _every(findings: Sequence[Finding]) -> list[Finding]:
    return [leaf for finding in findings for leaf in leaves(finding)]


def _window(candidate: Candidate, days: Days, view: View) -> tuple[Dated | None, Verdict]:
    """The window the days touch, or else the last one; met where they lie within, unknown where only some may."""
    touched = [
        w for w in candidate.window if (w.since or date.min) <= days.last and (w.until or date.max) >= days.first
    ]
    if not candidate.window:
        return None, Verdict.MET
    if any(view.is_stale(window) for window in candidate.window):
        return None, Verdict.UNKNOWN
    if not touched:
        return candidate.window[-1], Verdict.NOT_MET
    begins = [days.first, *(w.until + timedelta(days=1) for w in touched if w.until and w.until < days.last)]
    within = all(any(w.on(day) for w in touched) for day in begins)  # nor is there a gap between two of them
    return touched[-1], Verdict.MET if within else Verdict.UNKNOWN


def _fit(
    candidate: Candidate,
    mode: Mode | None,
    findings: Sequence[Finding],
    terms: Sequence[tuple[Term, Dated]],
    view: View,
    days: Days,
) -> tuple[Fit, ...]:
    fit: list[Fit] = []
    for condition in (*candidate.prefers, *(mode.prefers if mode else ())):
        judged = judge(condition, view, days, candidate.id)
        if judged is not None and judged.verdict is Verdict.MET:
            fit.append(Fit.PREFERRED)
    if _is_local(findings):
        fit.append(Fit.LOCAL)
    elif any(leaf.holds is Holds.WITHIN and leaf.verdict is Verdict.UNKNOWN for leaf in _every(findings)):
        fit.append(Fit.PLACE_UNKNOWN)
    if any(
        leaf.asks in _SPECIAL and leaf.holds in _POSITIVE and leaf.verdict is Verdict.MET for leaf in _every(findings)
    ):
        fit.append(Fit.MADE_FOR)
    wanted = view.profile.value("loan_wanted_wan")
    amounts = [Decimal(str(value.value)) for term, value in terms if term.what is TermKind.AMOUNT and value.value]
    if isinstance(wanted, Range) and wanted.high is not None and amounts:
        fit.append(Fit.AMOUNT_ENOUGH if max(amounts) >= wanted.high else Fit.AMOUNT_SHORT)
    return tuple(fit)


def _place(item: Assessment) -> tuple[int, int, int, float]:
    """By standing; what speaks for it against what speaks against it; published conditions first; share of them met."""
    points = sum(-1 if reason in _AGAINST else 1 for reason in item.fit)
    verdicts = [finding.verdict for finding in item.findings]
    met = verdicts.count(Verdict.MET) / len(verdicts) if verdicts else 0.0
    return _ORDER.index(item.standing), -points, item.candidate.unpublished is not None, -met
