"""What would have to change for a finding to come out differently: the nearest change, never a promise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.eligibility.conditions import Finding
from assistant.eligibility.rules import Dated, Holds, RuleValue
from assistant.eligibility.verdict import Verdict
from assistant.eligibility.view import View
from assistant.profile import Choice, Range, Value

CLASSES = ("micro", "small", "medium", "large")


@dataclass(frozen=True, slots=True)
class Change:
    """A fact that would have to become something else; `source` is the clause that says so."""

    fact: str
    holds: Holds
    value: RuleValue
    known: Value | None
    source: Dated | None = None
    size_class: str | None = None  # for a limit of the size standard: the class reached by it

    @property
    def steps(self) -> Decimal:
        """How far away it is in the fact's unit; 1 for what has no measure."""
        nearest = self._nearest()
        if nearest is None or not isinstance(self.value, Decimal):
            return Decimal(1)
        beyond = 1 if self.holds in (Holds.MORE_THAN, Holds.LESS_THAN) else 0  # reaching the limit is not enough
        return abs(self.value - nearest) + beyond

    @property
    def distance(self) -> Decimal:
        """The same as a share of what is known."""
        nearest = self._nearest()
        return self.steps / max(abs(nearest), Decimal(1)) if nearest is not None else Decimal(1)

    def _nearest(self) -> Decimal | None:
        """The end of what is known that lies nearest to the value; of hires not spoken of, none."""
        if self.known is None and self.fact == "new_hires":
            return Decimal(0)
        if not isinstance(self.known, Range):
            return None
        return self.known.high if self.holds in (Holds.AT_LEAST, Holds.MORE_THAN) else self.known.low


def nearest_change(findings: Sequence[Finding], view: View) -> tuple[Change, ...]:
    """The smallest set of changes that leaves nothing "not met"; empty where the enterprise cannot bring it about."""
    changes: list[Change] = []
    for finding in findings:
        if finding.verdict is Verdict.NOT_MET:
            found = _lift(finding, view)
            if not found:
                return ()
            changes += found
    return tuple(dict.fromkeys(changes))


def _lift(finding: Finding, view: View) -> tuple[Change, ...]:
    if finding.group == "all":
        return nearest_change(finding.parts, view)
    if finding.group == "any":
        ways = [way for part in finding.parts if (way := _lift(part, view) if part.verdict is Verdict.NOT_MET else ())]
        return _nearest(ways, view)
    if finding.asks is None or finding.holds is None or finding.source is None:
        return ()
    if finding.asks == "size_class":
        return _resize(finding, view)
    value = finding.source.value
    if finding.asks == "hire_share_percent":
        return _hire(finding, view)
    fact = view.facts.get(finding.asks)
    if fact is None or not fact.changeable or value is None:
        return ()
    return (Change(finding.asks, finding.holds, value, finding.known, finding.source),)


def _nearest(ways: Sequence[tuple[Change, ...]], view: View) -> tuple[Change, ...]:
    """The way with the fewest changes, then the shortest; people are compared by heads, all else by shares."""
    facts = [view.facts.get(change.fact) for way in ways for change in way]
    heads = all(fact is not None and fact.unit == "people" for fact in facts)
    return min(
        ways, key=lambda way: (len(way), sum(change.steps if heads else change.distance for change in way)), default=()
    )


def _hire(finding: Finding, view: View) -> tuple[Change, ...]:
    """How many must be newly hired, at the number of employees there are now."""
    staff, value = view.profile.value("employees"), finding.source.value if finding.source else None
    if not isinstance(staff, Range) or staff.exact is None or not isinstance(value, Decimal):
        return ()
    needed = (staff.exact * value / 100).to_integral_value(rounding="ROUND_CEILING")
    return (Change("new_hires", Holds.AT_LEAST, needed, view.profile.value("new_hires"), finding.source),)


def _resize(finding: Finding, view: View) -> tuple[Change, ...]:
    """The limit of the size standard next to the present class, where the class beyond it is wanted."""
    wanted = finding.source.value if finding.source else None
    present = view.size.exact
    if not isinstance(wanted, tuple) or present is None or not isinstance(finding.known, Choice):
        return ()
    ways: list[tuple[Change, ...]] = []
    for boundary, holds in ((view.size.up, Holds.AT_LEAST), (view.size.down, Holds.LESS_THAN)):
        if boundary is None or (boundary.to in wanted) is (finding.holds is Holds.NONE_OF):
            continue
        changes = [Change(fact, holds, limit, view.value(fact), None, boundary.to) for fact, limit in boundary.changes]
        ways += [tuple(changes)] if boundary.combine == "all" else [(change,) for change in changes]
    return min(ways, key=lambda way: (len(way), sum(change.distance for change in way)), default=())
