"""What the rules worked out for a claim, each with the means to check it again by another way than it was made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from assistant.answering.arithmetic import holds
from assistant.eligibility.schedules import Method, Schedule
from assistant.eligibility.timeline import Milestone, PlannedStep, StepKind
from assistant.eligibility.working_days import is_working_day
from index.figures import figures
from index.quantities import Quantity, Unit, quantities

_CONSTANTS = {"12", "360"}  # months of a year, days of a year as banks count them
_CENT = Decimal("0.01")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Sum:
    """Arithmetic as it is shown: "3,000,000元 × 0.1% × 10天 = 30,000元"."""

    shown: str

    def objection(self) -> str | None:
        """Wrong."""
        return None if holds(self.shown) else f"arithmetic that does not come out: {self.shown}"

    def operands(self) -> frozenset[str]:
        """The figures on its left side, but for the constants of time."""
        return figures(self.shown.partition("=")[0]) - _CONSTANTS

    def gives(self) -> tuple[Quantity, ...]:
        """Operands and result."""
        return quantities(self.shown)


@dataclass(frozen=True, slots=True)
class Count:
    """How many of something there are, by their names."""

    of: tuple[str, ...]

    def objection(self) -> str | None:
        """Something counted twice."""
        twice = sorted({name for name in self.of if self.of.count(name) > 1})
        return f"counted twice: {twice}" if twice else None

    def gives(self) -> tuple[Quantity, ...]:
        """The number of names."""
        return tuple(Quantity(str(len(self.of)), unit) for unit in (Unit.ITEMS, Unit.FIRMS, Unit.PLAIN))

    def operands(self) -> frozenset[str]:
        """None: it is made of names."""
        return frozenset()


@dataclass(frozen=True, slots=True)
class Least:
    """The smallest whole number of people that is a certain share of all: 4 of 35 for 10 %."""

    needed: Decimal
    of: Decimal
    percent: Decimal

    def objection(self) -> str | None:
        """A number that does not reach the share, or one more than is needed."""
        enough = self.needed * 100 >= self.of * self.percent
        too_many = (self.needed - 1) * 100 >= self.of * self.percent
        return None if enough and not too_many else f"{self.needed} is not the least that makes {self.percent}%"

    def operands(self) -> frozenset[str]:
        """All there are, and the share."""
        return frozenset({_plain(self.of), f"{_plain(self.percent)}%"})

    def gives(self) -> tuple[Quantity, ...]:
        """The number."""
        return (Quantity(_plain(self.needed), Unit.PEOPLE),)


@dataclass(frozen=True, slots=True)
class Assumed:
    """A term taken because none was given; the answer says so."""

    months: int

    def objection(self) -> str | None:
        """Nothing: it claims nothing."""
        return None

    def operands(self) -> frozenset[str]:
        """None."""
        return frozenset()

    def gives(self) -> tuple[Quantity, ...]:
        """The term, in months and in years."""
        years = Decimal(self.months) / 12
        return (
            Quantity(str(self.months), Unit.MONTHS),
            Quantity(str(self.months), Unit.PLAIN),
            Quantity(_plain(years), Unit.PLAIN),
        )


@dataclass(frozen=True, slots=True)
class Planned:
    """A milestone of a renewal plan: its day, counted again from the due date along the calendar."""

    milestone: Milestone
    step: PlannedStep | None  # None: the last working day before a due date on a day off
    first: date  # the first day the loan may fall due that has not passed
    last: date
    as_of: date

    def objection(self) -> str | None:
        """A day that is not where the plan puts it, or a wrong number of days until then."""
        item = self.milestone
        if item.days_left != (item.day - self.as_of).days:
            return f"{item.days_left} days do not lie between {self.as_of} and {item.day}"
        fits = self._fits(item.day, self.first) if not item.past else self._soonest(item.day)
        later = item.day_if_later is None or item.day_if_later == item.day or self._fits(item.day_if_later, self.last)
        return None if fits and later else f"{item.day} is not where the plan puts {item.id!r}"

    def gives(self) -> tuple[Quantity, ...]:
        """The day, the later one, and how many days are left."""
        days = [day for day in (self.milestone.day, self.milestone.day_if_later) if day is not None]
        left = Quantity(str(self.milestone.days_left), Unit.DAYS)
        return (*(Quantity(day.isoformat(), Unit.DATE) for day in days), left)

    def operands(self) -> frozenset[str]:
        """None: it is made of days."""
        return frozenset()

    def _fits(self, day: date, due: date) -> bool:
        if self.step is None:
            return is_working_day(day) and not any(map(is_working_day, _after(day, due)))
        if not self.step.days_before:
            return day == due
        if self.step.working:
            between = sum(map(is_working_day, [day, *_after(day, due - _DAY)]))
            return is_working_day(day) and between == self.step.days_before
        planned = due - timedelta(days=self.step.days_before)
        if self.step.kind is StepKind.EARLIEST:
            off = not any(map(is_working_day, _after(planned - _DAY, day - _DAY)))
            return off and (is_working_day(day) if day > planned or day < due - _DAY else True) and planned <= day < due
        return is_working_day(day) and day <= planned and not any(map(is_working_day, _after(day, planned)))

    def _soonest(self, day: date) -> bool:
        """For what is late: the next working day, or the very day where none is left before the due date."""
        soon = is_working_day(day) and not any(map(is_working_day, _after(self.as_of - _DAY, day - _DAY)))
        return day == self.as_of or (soon and day < self.first)


@dataclass(frozen=True, slots=True)
class Repaid:
    """A repayment schedule, gone through month by month in whole cents."""

    schedule: Schedule
    annual_percent: Decimal

    def objection(self) -> str | None:
        """A month's interest that is not that on the balance, or totals that are not the sums of their months."""
        balance, interest = self.schedule.principal, Decimal(0)
        for row in self.schedule.rows:
            due = (balance * self.annual_percent / 1200).quantize(_CENT, ROUND_HALF_UP)
            if row.interest != due or row.payment != row.interest + row.principal:
                return f"month {row.n} pays {row.payment} with interest {row.interest}, which should be {due}"
            balance, interest = balance - row.principal, interest + row.interest
            if row.balance != balance:
                return f"month {row.n} leaves {row.balance}, which should be {balance}"
        if balance != 0 or interest != self.schedule.total_interest:
            return f"{balance} is left, and the interest is {interest} and not {self.schedule.total_interest}"
        return None if self._as_named() else f"the months are not those of {self.schedule.method.value}"

    def gives(self) -> tuple[Quantity, ...]:
        """Principal, rate, term, first and last payments, and the interest."""
        rows = self.schedule.rows
        payments = (rows[0].payment, rows[-1].payment, rows[0].interest)
        yuan = (self.schedule.principal, self.schedule.total_interest, *payments)
        return (
            *(Quantity(_plain(amount), Unit.YUAN) for amount in yuan),
            Quantity(_plain(self.annual_percent), Unit.PERCENT),
            Quantity(str(len(rows)), Unit.MONTHS),
        )

    def operands(self) -> frozenset[str]:
        """Principal and rate."""
        return frozenset({_plain(self.schedule.principal), f"{_plain(self.annual_percent)}%"})

    def _as_named(self) -> bool:
        """Whether payments, or shares of the principal, are alike in all months but the last, which takes the rest."""
        rows = self.schedule.rows[:-1]
        if self.schedule.method is Method.INTEREST_FIRST:
            return all(row.principal == 0 for row in rows)
        equal = [row.payment if self.schedule.method is Method.EQUAL_INSTALMENTS else row.principal for row in rows]
        paid_off = [row.balance == 0 for row in rows]
        return len(set(equal)) <= 1 or any(paid_off)


def _after(day: date, until: date) -> Iterable[date]:
    """The days beyond `day` up to and including `until`."""
    return (day + number * _DAY for number in range(1, (until - day).days + 1))


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
