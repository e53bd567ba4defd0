"""Getting over the due date: what a bridge loan costs against renewing without repaying, with the sums spelt out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import Enum

from assistant.eligibility.schedules import LARGEST, check_principal, simple_interest, to_cent
from assistant.errors import CalculationError

LONGEST_BRIDGE = 366  # days
_DIGITS = 60


class Unit(str, Enum):
    """How the price of a bridge loan is quoted."""

    PERMILLE_A_DAY = "permille_a_day"
    PERCENT_A_DAY = "percent_a_day"
    PERCENT_A_MONTH = "percent_a_month"
    PERCENT_A_YEAR = "percent_a_year"


_PARTS = {  # what a quoted number is divided by: its sign, then the days it is for
    Unit.PERMILLE_A_DAY: ("‰", 1000, 1),
    Unit.PERCENT_A_DAY: ("%", 100, 1),
    Unit.PERCENT_A_MONTH: ("%", 100, 30),
    Unit.PERCENT_A_YEAR: ("%", 100, 360),
}


@dataclass(frozen=True, slots=True)
class Quote:
    """The price of a bridge loan as the lender names it: 1.5 and PERMILLE_A_DAY for 日息千分之1.5.

    A month counts 30 days and a year 360; a lender who charges a begun month in full comes dearer. Raises
    CalculationError for a negative price or one above 36 % a month, which no lender means.
    """

    value: Decimal
    unit: Unit

    def __post_init__(self) -> None:
        _, parts, days = _PARTS[self.unit]
        if not self.value.is_finite() or not 0 <= self.value * 30 <= Decimal("0.36") * parts * days:
            raise CalculationError(
                f"The price of a bridge loan must be from 0 to 36 percent a month, but is {self.value} "
                f"({self.unit.value})."
            )


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a sum, for texts to phrase.

    `left` has figures and signs only, with the names {yuan}, {days}, {months} and {years} where a word belongs, to be
    put in with `left.format(yuan="元", days="天", ...)`: "3,000,000 {yuan} × 1‰ × 10 {days}".
    """

    label_key: str  # what the text files call this step by
    left: str
    result: Decimal  # yuan, to the cent


@dataclass(frozen=True, slots=True)
class Cost:
    """What one way costs: its steps in order, the last of which gives the total."""

    steps: tuple[Step, ...]
    total: Decimal


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both ways side by side; the difference is positive where the bridge loan costs more."""

    bridge: Cost
    renewal: Cost
    difference: Step


def compare(
    principal: Decimal, quote: Quote, days: int, renewal_percent: Decimal, fees: Decimal = Decimal(0)
) -> Comparison:
    """Cost in yuan of bridging a principal for the days, fees added, against a renewed loan's interest for those days.

    `renewal_percent` is the new loan's rate in percent a year, counted actual/360. Raises CalculationError for a
    principal that is not positive or above 10 ** 12 yuan, days outside 1 to 366, a renewal rate outside 0 to 36 and
    negative fees.
    """
    check_principal(principal)
    if not 1 <= days <= LONGEST_BRIDGE:
        raise CalculationError(f"A bridge loan can run for 1 to {LONGEST_BRIDGE} days, not {days}.")
    if not fees.is_finite() or not 0 <= fees <= LARGEST:
        raise CalculationError(f"Fees must be from 0 to {LARGEST:,} yuan, but are {fees}.")
    bridge = _bridge(principal, quote, days, to_cent(fees))
    renewal = _renewal(principal, renewal_percent, days)
    difference = bridge.total - renewal.total
    left = f"{figure(bridge.total)} {{yuan}} − {figure(renewal.total)} {{yuan}}"
    return Comparison(bridge, renewal, Step("difference", left, difference))


def figure(value: Decimal) -> str:
    """A number with thousands separators and without trailing zeros: 3,000,000 or 0.15."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _bridge(principal: Decimal, quote: Quote, days: int, fees: Decimal) -> Cost:
    sign, parts, per = _PARTS[quote.unit]
    with localcontext() as context:
        context.prec = _DIGITS
        interest = to_cent(principal * quote.value * days / (parts * per))
    left = f"{figure(principal)} {{yuan}} × {figure(quote.value)}{sign} × {days} {{days}}"
    steps = [Step("bridge_interest", left + (f" ÷ {per}" if per > 1 else ""), interest)]
    if fees:
        left = f"{figure(interest)} {{yuan}} + {figure(fees)} {{yuan}}"
        steps.append(Step("bridge_total", left, interest + fees))
    return Cost(tuple(steps), steps[-1].result)


def _renewal(principal: Decimal, percent: Decimal, days: int) -> Cost:
    interest = simple_interest(principal, percent, days)
    left = f"{figure(principal)} {{yuan}} × {figure(percent)}% × {days} {{days}} ÷ 360"
    return Cost((Step("renewal_interest", left, interest),), interest)
