"""What an interest subsidy comes to, under either way of granting it, with the sums spelt out.

Either percentage points a year on the principal, or a share of the interest due; both on a principal that stays the
same throughout, so with monthly repayment of principal the true amount is lower.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import Enum

from assistant.eligibility.costs import Step, figure
from assistant.eligibility.schedules import HIGHEST_RATE, LARGEST, LONGEST, check_principal, to_cent
from assistant.errors import CalculationError

_WAN = 10_000
_DIGITS = 60


class Cap(str, Enum):
    """Limits that can lower a subsidy."""

    BASE = "base"  # on the principal that counts
    YEARS = "years"  # on how long it is paid
    AMOUNT = "amount"  # on the subsidy itself


@dataclass(frozen=True, slots=True)
class Points:
    """Percentage points a year off the rate: 1.5 for 1.5 percentage points."""

    points: Decimal


@dataclass(frozen=True, slots=True)
class Share:
    """A share of the interest due: 50 for half of it, at a yearly rate in percent."""

    share_percent: Decimal
    annual_percent: Decimal


@dataclass(frozen=True, slots=True)
class SubsidyCase:
    """A loan and the terms its interest is subsidised on; a cap that does not exist is None.

    Raises CalculationError for a principal that is not positive or above 10 ** 12 yuan, months outside 1 to 600,
    points or a rate outside 0 to 36, a share outside 0 to 100, and caps that are not positive.
    """

    principal_wan: Decimal  # 万元
    way: Points | Share
    months: int
    max_years: int | None = None
    base_cap_wan: Decimal | None = None
    subsidy_cap_wan: Decimal | None = None

    def __post_init__(self) -> None:
        check_principal(self.principal_wan * _WAN)
        if not 1 <= self.months <= LONGEST:
            raise CalculationError(f"A loan can run for 1 to {LONGEST} months, not {self.months}.")
        if isinstance(self.way, Points):
            _within("The points", self.way.points, HIGHEST_RATE)
        else:
            _within("The share of the interest", self.way.share_percent, Decimal(100))
            _within("The rate of the loan", self.way.annual_percent, HIGHEST_RATE)
        for name in ("max_years", "base_cap_wan", "subsidy_cap_wan"):
            cap = getattr(self, name)
            if cap is not None and not (Decimal(cap).is_finite() and 0 < cap <= LARGEST):
                raise CalculationError(
                    f"A cap must be positive, but {name} is {cap}; leave it out where there is none."
                )


@dataclass(frozen=True, slots=True)
class Subsidy:
    """The amount in yuan to the cent, how it comes about, and which caps lowered it, in the order they were applied."""

    amount: Decimal
    steps: tuple[Step, ...]
    caps: tuple[Cap, ...]


def subsidy(case: SubsidyCase) -> Subsidy:
    """Work a case out: the principal up to its cap × the subsidised rate × the months up to theirs, up to the cap.

    Months count a twelfth of a year each. A cap that is just reached has not lowered anything.
    """
    caps = []
    base, months = case.principal_wan, case.months
    if case.base_cap_wan is not None and base > case.base_cap_wan:
        base = case.base_cap_wan
        caps.append(Cap.BASE)
    if case.max_years is not None and months > case.max_years * 12:
        months = case.max_years * 12
        caps.append(Cap.YEARS)
    with localcontext() as context:
        context.prec = _DIGITS
        amount = to_cent(base * _WAN * _ratio(case.way) * months / 12)
        cap = case.subsidy_cap_wan * _WAN if case.subsidy_cap_wan is not None else None
    steps = [Step("subsidy", f"{figure(base * _WAN)} {{yuan}} × {_spelt(case.way)} × {_term(months)}", amount)]
    if cap is not None and amount > cap:
        steps.append(Step("subsidy_capped", f"min({figure(amount)} {{yuan}}, {figure(cap)} {{yuan}})", to_cent(cap)))
        caps.append(Cap.AMOUNT)
    return Subsidy(steps[-1].result, tuple(steps), tuple(caps))


def _ratio(way: Points | Share) -> Decimal:
    """What is paid a year for each yuan of principal."""
    return way.points / 100 if isinstance(way, Points) else way.annual_percent * way.share_percent / 10_000


def _spelt(way: Points | Share) -> str:
    if isinstance(way, Points):
        return f"{figure(way.points)}%"
    return f"{figure(way.annual_percent)}% × {figure(way.share_percent)}%"


def _term(months: int) -> str:
    years, rest = divmod(months, 12)
    return f"{months} {{months}} ÷ 12" if rest else f"{years} {{years}}"


def _within(what: str, value: Decimal, highest: Decimal) -> None:
    if not value.is_finite() or not 0 <= value <= highest:
        raise CalculationError(f"{what} must be from 0 to {highest} percent, but is {value}.")
