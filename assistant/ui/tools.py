"""The two sums of the renewal page, from what was typed to figures: plain functions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from assistant.eligibility.costs import LONGEST_BRIDGE, Comparison, Quote, Unit, compare
from assistant.eligibility.schedules import HIGHEST_RATE, LARGEST, LONGEST, Method, Schedule, schedule, to_cent
from assistant.errors import CalculationError
from assistant.ui.numbers import Problem, read_number

_WAN = 10_000
_DEAREST = {  # 36 % a month, in each unit
    Unit.PERMILLE_A_DAY: Decimal(12), Unit.PERCENT_A_DAY: Decimal("1.2"), Unit.PERCENT_A_MONTH: Decimal(36),
    Unit.PERCENT_A_YEAR: Decimal(432),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Worked:
    """What came of a sum: its result, or what is wrong with which entry; neither where entries are still missing."""

    comparison: Comparison | None = None
    schedules: tuple[Schedule, ...] = ()
    problems: Mapping[str, Problem] = field(default_factory=dict)
    impossible: bool = False  # the entries are fine one by one and yet cannot be worked out together


def work_out_costs(entered: Mapping[str, str], unit: str) -> Worked:
    """A bridge loan against renewing: principal (万元), price, days, fees (yuan, may be empty), renewal rate."""
    if unit not in {item.value for item in Unit}:
        return Worked(impossible=True)
    quoted = Unit(unit)
    limits: dict[str, tuple[str | None, Decimal, Decimal]] = {
        "principal": ("wan", Decimal("0.0001"), LARGEST / _WAN), "price": (None, Decimal(0), _DEAREST[quoted]),
        "days": ("days", Decimal(1), Decimal(LONGEST_BRIDGE)), "fees": ("yuan", Decimal(0), LARGEST),
        "rate": ("percent", Decimal(0), HIGHEST_RATE),
    }  # fmt: skip
    read, problems = _read({"fees": "0", **{k: v for k, v in entered.items() if v.strip()}}, limits)
    if problems or len(read) < len(limits):
        return Worked(problems=problems)
    if read["days"] != int(read["days"]):
        return Worked(problems={"days": Problem("whole")})
    principal = to_cent(read["principal"] * _WAN)
    try:
        price = Quote(read["price"], quoted)
        return Worked(compare(principal, price, int(read["days"]), read["rate"], to_cent(read["fees"])))
    except CalculationError:
        return Worked(impossible=True)


def work_out_schedules(entered: Mapping[str, str]) -> Worked:
    """The three ways of repaying a loan: principal (万元), yearly rate, months."""
    limits: dict[str, tuple[str | None, Decimal, Decimal]] = {
        "principal": ("wan", Decimal("0.0001"), LARGEST / _WAN), "rate": ("percent", Decimal(0), HIGHEST_RATE),
        "months": ("months", Decimal(1), Decimal(LONGEST)),
    }  # fmt: skip
    read, problems = _read(entered, limits)
    if problems or len(read) < len(limits):
        return Worked(problems=problems)
    if read["months"] != int(read["months"]):
        return Worked(problems={"months": Problem("whole")})
    principal = to_cent(read["principal"] * _WAN)
    try:
        plans = tuple(schedule(method, principal, read["rate"], int(read["months"])) for method in Method)
    except CalculationError:
        return Worked(impossible=True)
    return Worked(schedules=plans)


def _read(
    entered: Mapping[str, str], limits: Mapping[str, tuple[str | None, Decimal, Decimal]]
) -> tuple[dict[str, Decimal], dict[str, Problem]]:
    """The numbers that were typed, and what is wrong with the others; what is empty is in neither."""
    read: dict[str, Decimal] = {}
    problems: dict[str, Problem] = {}
    for name, (unit, low, high) in limits.items():
        if not entered.get(name, "").strip():
            continue
        try:
            read[name] = read_number(entered[name], unit, lowest=low, highest=high)
        except Problem as problem:
            problems[name] = problem
    return read, problems
