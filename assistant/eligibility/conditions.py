"""One rule on one profile: a finding, with what decided it and what would change it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from assistant.eligibility.rules import AllOf, AnyOf, Condition, Dated, Holds, Node, RuleValue, Words, conditions_in
from assistant.eligibility.verdict import Verdict, all_of, any_of, decided
from assistant.eligibility.view import View
from assistant.profile import Choice, Days, Range, Several, Value


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule makes of a profile. A group has `parts` and neither fact nor source."""

    rule: str  # the candidate's id and the way to the rule: "startup-loan-firm/size_class"
    verdict: Verdict
    says: Words | None
    asks: str | None = None
    holds: Holds | None = None
    source: Dated | None = None  # value, clause and quotation that applied
    known: Value | None = None  # what was known of the fact
    missing: tuple[str, ...] = ()  # the facts to ask for, where it is unknown
    stale: bool = False  # True: its quotation no longer stands in its clause, so it was not used
    group: str | None = None  # "any" or "all"
    parts: tuple[Finding, ...] = ()


def judge(node: Node, view: View, days: Days, path: str, dated_by: str | None = None) -> Finding | None:
    """A finding for a condition or a group; None when nothing of it applies on these days.

    Where values change within a span, only what comes out alike on all of its days is certain; otherwise the fact
    that gives the day is asked for, `dated_by`. On days on which nothing of it applies, nothing stands against it.
    """
    found = [_judge(node, view, day, path) for day in _changes(node, days)]
    applied = next((finding for finding in found if finding is not None), None)
    if applied is not None and not isinstance(node, Condition) and len(found) > 1:
        name, nodes = _members(node)
        parts = [judge(part, view, days, f"{path}/{name}{n}", dated_by) for n, part in enumerate(nodes, 1)]
        applied = replace(applied, parts=tuple(part for part in parts if part is not None))
    if applied is None or all((finding.verdict if finding else Verdict.MET) is applied.verdict for finding in found):
        return applied
    missing = [*(name for finding in found if finding for name in finding.missing), *([dated_by] if dated_by else [])]
    return replace(applied, verdict=Verdict.UNKNOWN, missing=tuple(dict.fromkeys(missing)))


def _changes(node: Node, days: Days) -> list[date]:
    """The first day of a span, and every later one on which a value begins or is over."""
    changes = {days.first}
    for condition in conditions_in([node]):
        for value in condition.values:
            if value.since is not None and days.first < value.since <= days.last:
                changes.add(value.since)
            if value.until is not None and days.first <= value.until < days.last:
                changes.add(value.until + timedelta(days=1))
    return sorted(changes)


def _judge(node: Node, view: View, day: date, path: str) -> Finding | None:
    if isinstance(node, Condition):
        return _judge_condition(node, view, day, path)
    group, nodes = _members(node)
    parts = tuple(
        found
        for number, part in enumerate(nodes, 1)
        if (found := _judge(part, view, day, f"{path}/{group}{number}")) is not None
    )
    if not parts:
        return None
    combine: Callable[..., Verdict] = any_of if group == "any" else all_of
    verdict = combine(part.verdict for part in parts)
    return Finding(path, verdict, node.says, missing=_missing(parts, verdict), group=group, parts=parts)


def _members(node: AnyOf | AllOf) -> tuple[str, tuple[Node, ...]]:
    return ("any", node.any) if isinstance(node, AnyOf) else ("all", node.all)


def _judge_condition(condition: Condition, view: View, day: date, path: str) -> Finding | None:
    applied = condition.on(day)
    if applied is None or applied.value is None:
        return None
    known = view.value(condition.asks)
    rule = f"{path}/{condition.id or condition.asks}"
    if view.is_stale(applied):
        return Finding(
            rule, Verdict.UNKNOWN, condition.says, condition.asks, condition.holds, applied, known, stale=True
        )
    verdict = compare(condition.holds, applied.value, known)
    missing = view.missing(condition.asks) if verdict is Verdict.UNKNOWN else ()
    return Finding(rule, verdict, condition.says, condition.asks, condition.holds, applied, known, missing)


def compare(holds: Holds, value: RuleValue, known: Value | None) -> Verdict:
    """Whether what is known meets a rule's value; unknown where it is not known enough to say."""
    if known is None:
        return Verdict.UNKNOWN
    if isinstance(known, Range) and isinstance(value, Decimal):
        return _compare_range(holds, value, known)
    if isinstance(known, Days) and isinstance(value, date):
        if holds is Holds.SINCE:
            return decided(known.first >= value, known.last < value)
        return decided(known.last <= value, known.first > value)
    if isinstance(known, bool) and isinstance(value, bool):
        return decided(known is value, known is not value)
    if isinstance(known, Choice) and isinstance(value, tuple):
        inside, outside = known.among <= set(value), not known.among & set(value)
        return decided(inside, outside) if holds is Holds.ONE_OF else decided(outside, inside)
    if isinstance(known, Several) and isinstance(value, tuple):
        return _compare_several(holds, frozenset(value), known)
    if isinstance(known, str):
        if holds is Holds.WITHIN and isinstance(value, str):
            return _compare_place(value, known)
        if isinstance(value, tuple):
            return decided(known in value, known not in value)
    return Verdict.UNKNOWN


def _compare_range(holds: Holds, limit: Decimal, known: Range) -> Verdict:
    low, high = known.low, known.high
    reaches = low is not None and low >= limit
    exceeds = low is not None and (low > limit or (low == limit and known.low_open))
    below = high is not None and (high < limit or (high == limit and known.high_open))
    within = high is not None and high <= limit
    return {
        Holds.AT_LEAST: decided(reaches, below),
        Holds.MORE_THAN: decided(exceeds, within),
        Holds.AT_MOST: decided(within, exceeds),
        Holds.LESS_THAN: decided(below, reaches),
    }[holds]


def _compare_several(holds: Holds, wanted: frozenset[str], known: Several) -> Verdict:
    if holds is Holds.HAS_ALL:
        return decided(wanted <= known.has, bool(wanted & known.lacks))
    has, lacks = bool(wanted & known.has), wanted <= known.lacks
    return decided(has, lacks) if holds is Holds.HAS_ANY else decided(lacks, has)


def _compare_place(wanted: str, known: str) -> Verdict:
    """Places are paths: 黑龙江省/大庆市 lies within 黑龙江省; of 黑龙江省 alone it is open whether it is 大庆市.

    The city between a province and a county may be left out: 山东省/荣成市 is 山东省/威海市/荣成市.
    """
    ours, theirs = known.split("/"), wanted.split("/")
    if set(theirs) <= set(ours) or (set(ours) <= set(theirs) and ours[-1] == theirs[-1]):
        return Verdict.MET
    return Verdict.UNKNOWN if set(ours) <= set(theirs) else Verdict.NOT_MET


def _missing(parts: tuple[Finding, ...], verdict: Verdict) -> tuple[str, ...]:
    if verdict is not Verdict.UNKNOWN:
        return ()
    return tuple(dict.fromkeys(name for part in parts if part.verdict is Verdict.UNKNOWN for name in part.missing))


def leaves(finding: Finding) -> list[Finding]:
    """The findings on single conditions within a finding."""
    if not finding.parts:
        return [finding]
    return [leaf for part in finding.parts for leaf in leaves(part)]
