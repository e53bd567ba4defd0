"""Large, medium, small or micro under 工信部联企业〔2011〕300号, from figures that may be ranges or missing.

An indicator alone reaches the highest class whose lower limit it is not below; an enterprise is of the lowest class
among its indicators. That equals testing from the top down whether all indicators reach a class's limits, as long as
every indicator's limits rise from class to class (tests hold the standard to that).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction
from itertools import product
from typing import Literal

from assistant.eligibility.rules import Industry, SizeStandard
from assistant.profile import Choice, Range

CLASSES = ("micro", "small", "medium", "large")
INDUSTRY, EMPLOYEES = "industry", "employees"  # facts of corpus/rules/facts.yaml
UNCOVERED = "none"  # the choice of `industry` for those the standard does not cover
_METRICS = (EMPLOYEES, "revenue_wan", "assets_wan")  # the order in which they are shown and, all else equal, asked for

Levels = frozenset[int]  # classes by their place in CLASSES, from 0 for micro
Reach = Mapping[str, Levels]  # what each metric of an industry reaches by itself


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure that counts, and the classes it reaches taken alone; several where it is not known well enough."""

    fact: str
    value: Range | None
    allows: frozenset[str]


@dataclass(frozen=True, slots=True)
class Boundary:
    """What separates an enterprise from the class next to its own.

    Upwards ("all") every figure listed must reach its limit; downwards ("any") it is enough that one falls below.
    """

    to: str
    changes: tuple[tuple[str, Decimal], ...]  # metric, limit
    combine: Literal["all", "any"]


@dataclass(frozen=True, slots=True)
class SizeResult:
    """The classes an enterprise may be of, and what makes or would change that.

    `among` speaks of the industries the standard covers: it is empty for one that it does not, and "none" in
    `industries` says that this is still possible. `deciding`, `up` and `down` are given only where all possible
    industries have the same limits; the latter two only where the class is exact.
    """

    industries: frozenset[str]
    among: frozenset[str]
    indicators: tuple[Indicator, ...]
    missing: tuple[str, ...]  # facts that would narrow the classes further: the industry, then the most telling metric
    up: Boundary | None = None  # lists what is below the next class's limits, or not known to reach them
    down: Boundary | None = None
    deciding: tuple[str, ...] = ()  # known metrics that allow no higher class than the enterprise can have

    @property
    def exact(self) -> str | None:
        """The class, where only one is possible."""
        return next(iter(self.among)) if len(self.among) == 1 else None


def classify(standard: SizeStandard, industry: Choice | None, metrics: Mapping[str, Range | None]) -> SizeResult:
    """The class of an enterprise; a metric that is None or absent is unknown, and so is an industry that is None.

    `among` holds exactly the classes that some completion of what is unknown leads to. People come in whole numbers.
    An industry that is neither in the standard nor "none" raises KeyError.
    """
    possible = industry.among if industry else frozenset({*standard.industries, UNCOVERED})
    tests = [standard.industries[key] for key in sorted(possible - {UNCOVERED})]
    reaches = [{metric: _levels(test, metric, metrics.get(metric)) for metric in test.metrics} for test in tests]
    among = frozenset(level for reach in reaches for level in _classes(reach))
    alike = len({tuple((metric, _limits(test, metric)) for metric in test.metrics) for test in tests}) == 1
    missing = _narrowing(reaches)
    if len(possible) > 1 and (UNCOVERED in possible or (len(among) > 1 and not alike)):
        missing = (INDUSTRY, *missing)
    indicators = tuple(
        Indicator(metric, metrics.get(metric), _names([level for reach in reaches for level in reach.get(metric, ())]))
        for metric in _METRICS
        if any(metric in reach for reach in reaches)
    )
    result = SizeResult(possible, _names(among), indicators, missing)
    if not alike:
        return result
    test, reach, highest = tests[0], reaches[0], max(among)
    known = {metric: levels for metric, levels in reach.items() if metrics.get(metric) is not None}
    result = replace(result, deciding=_deciding(known, among))
    if result.exact is None:
        return result
    return replace(result, up=_up(test, reach, highest), down=_down(test, highest))


def annual_revenue(revenue: Range | None, so_far: Range | None, months: Range | None) -> Range | None:
    """The revenue of a year: as stated, or for a firm known to be no older than 12 months its monthly average × 12.

    `so_far` is the revenue since opening, `months` the time since then. None where neither way is open.
    """
    if revenue is not None or so_far is None or months is None or months.high is None:
        return revenue
    if months.high <= 0 or months.high > 12:
        return None
    low = high = None
    if so_far.low is not None:
        low = so_far.low * 12 / months.high
    if so_far.high is not None and months.low is not None and months.low > 0:
        high = so_far.high * 12 / months.low
    return Range(
        low,
        high,
        low_open=low is not None and (so_far.low_open or (months.high_open and low != 0)),
        high_open=high is not None and (so_far.high_open or (months.low_open and high != 0)),
    )


def _names(levels: Collection[int]) -> frozenset[str]:
    return frozenset(CLASSES[level] for level in levels)


def _limits(test: Industry, metric: str) -> tuple[Decimal, ...]:
    """The lower limits of small, medium and large."""
    return tuple(size.limits[metric] for size in (test.small, test.medium, test.large))


def _levels(test: Industry, metric: str, value: Range | None) -> Levels:
    """The classes that some number of the range reaches by itself."""
    value = value or Range()
    if metric == EMPLOYEES:
        value = _whole(value)
    edges = (None, *_limits(test, metric), None)
    return frozenset(level for level in range(len(CLASSES)) if _touches(value, edges[level], edges[level + 1]))


def _classes(reach: Reach) -> Levels:
    """The classes of all completions: metrics vary independently, so every combination of their levels occurs."""
    return frozenset(min(levels) for levels in product(*reach.values()))


def _narrowing(reaches: Sequence[Reach]) -> tuple[str, ...]:
    """The metrics some value of which would rule out a class in one of the industries, the most telling first.

    Telling is what leaves few classes, on average over the levels it may turn out to have, and over the industries.
    """
    left: dict[str, Fraction] = {}
    for metric in _METRICS:
        narrows, total = False, Fraction(0)
        for reach in reaches:
            now = len(_classes(reach))
            then = [len(_classes({**reach, metric: frozenset({level})})) for level in reach.get(metric, ())] or [now]
            narrows |= min(then) < now
            total += Fraction(sum(then), len(then))
        if narrows:
            left[metric] = total
    return tuple(sorted(left, key=lambda metric: left[metric]))


def _deciding(known: Reach, among: Levels) -> tuple[str, ...]:
    highest = max(among)
    if highest == len(CLASSES) - 1 and len(among) > 1:
        return ()  # what allows the highest class holds nothing down
    return tuple(metric for metric, levels in known.items() if max(levels) == highest)


def _up(test: Industry, reach: Reach, level: int) -> Boundary | None:
    if level == len(CLASSES) - 1:
        return None
    short = [metric for metric, levels in reach.items() if min(levels) <= level]
    return Boundary(CLASSES[level + 1], tuple((metric, _limits(test, metric)[level]) for metric in short), "all")


def _down(test: Industry, level: int) -> Boundary | None:
    if level == 0:
        return None
    changes = tuple((metric, _limits(test, metric)[level - 1]) for metric in test.metrics)
    return Boundary(CLASSES[level - 1], changes, "any")


def _touches(value: Range, low: Decimal | None, high: Decimal | None) -> bool:
    """Whether some number of a range lies from `low` to below `high` (None: no limit)."""
    begins = high is None or value.low is None or value.low < high
    ends = low is None or value.high is None or value.high > low or (value.high == low and not value.high_open)
    return begins and ends


def _whole(value: Range) -> Range:
    """The whole numbers of a range: "more than 9" people begins at 10. An average between two is left as it is."""
    low, high = value.low, value.high
    if low is not None:
        low = low.to_integral_value(ROUND_FLOOR) + 1 if value.low_open else low.to_integral_value(ROUND_CEILING)
    if high is not None:
        high = high.to_integral_value(ROUND_CEILING) - 1 if value.high_open else high.to_integral_value(ROUND_FLOOR)
    return value if low is not None and high is not None and low > high else Range(low, high)
