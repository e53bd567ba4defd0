"""What a loan costs in interest: repayment schedules by month, and interest by days."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from enum import Enum

from assistant.errors import CalculationError

CENT = Decimal("0.01")
LARGEST = Decimal(10) ** 12  # yuan
HIGHEST_RATE = Decimal(36)  # percent a year
LONGEST = 600  # months
_DIGITS = 60  # enough for (1 + rate) ** 600 with the cents of the largest principal exact


class Method(str, Enum):
    """How principal and interest are paid back each month."""

    EQUAL_INSTALMENTS = "equal_instalments"  # 等额本息: the same payment every month
    EQUAL_PRINCIPAL = "equal_principal"  # 等额本金: the same share of the principal, with interest on what is left
    INTEREST_FIRST = "interest_first"  # 先息后本: interest every month, the principal with the last


@dataclass(frozen=True, slots=True)
class Row:
    """One month of a schedule, in yuan; payment == interest + principal."""

    n: int  # from 1
    payment: Decimal
    interest: Decimal
    principal: Decimal
    balance: Decimal  # still owed after the payment


@dataclass(frozen=True, slots=True)
class Schedule:
    """All months of a loan, in yuan; total_payment == principal + total_interest."""

    method: Method
    rows: tuple[Row, ...]
    principal: Decimal
    total_interest: Decimal
    total_payment: Decimal


def to_cent(amount: Decimal) -> Decimal:
    """Yuan rounded half up to the cent (分), as banks round."""
    with localcontext() as context:
        context.prec = _DIGITS
        return amount.quantize(CENT, ROUND_HALF_UP)


def schedule(method: Method, principal: Decimal, annual_percent: Decimal, months: int) -> Schedule:
    """Monthly repayments of a principal in yuan at a yearly rate in percent (3.45 for 3.45 %), a twelfth each month.

    Each month's interest is that on the balance before it, rounded to the cent. The last month pays whatever
    principal is left, and so takes up the rounding of those before: little in practice, but on decades at a high
    rate it grows with compounding. A principal of a few cents may be paid off early; the months after are zero.

    Raises CalculationError for a principal that is not positive, not in whole cents or above 10 ** 12 yuan, a rate
    outside 0 to 36, and months outside 1 to 600.
    """
    _check(principal, annual_percent)
    if to_cent(principal) != principal:
        raise CalculationError(f"The principal must be in whole cents, but {principal} yuan is not.")
    if not 1 <= months <= LONGEST:
        raise CalculationError(f"A loan can be spread over 1 to {LONGEST} months, not {months}.")
    with localcontext() as context:
        context.prec = _DIGITS
        rows = _rows(method, principal, annual_percent, months)
        interest = sum((row.interest for row in rows), Decimal(0))
        return Schedule(method, rows, to_cent(principal), to_cent(interest), to_cent(principal + interest))


def simple_interest(principal: Decimal, annual_percent: Decimal, days: int, year_days: int = 360) -> Decimal:
    """Interest in yuan for the days a principal was out, to the cent.

    The day of drawing counts, that of repayment does not (算头不算尾). Chinese banks count the actual days and take a
    day's rate as the year's divided by 360 (日利率 = 年利率 ÷ 360), so 365 days cost a little more than the yearly
    rate; a contract may say 365. Raises CalculationError for a principal that is not positive or above 10 ** 12
    yuan, a rate outside 0 to 36, negative days, or a year of other than 360, 365 or 366 days.
    """
    _check(principal, annual_percent)
    if days < 0 or year_days not in (360, 365, 366):
        raise CalculationError(f"Interest cannot be counted for {days} days of a year of {year_days}.")
    with localcontext() as context:
        context.prec = _DIGITS
        return to_cent(principal * annual_percent * days / (100 * year_days))


def check_principal(principal: Decimal) -> None:
    """Raise CalculationError unless it is a positive number of yuan up to 10 ** 12."""
    if not principal.is_finite() or not 0 < principal <= LARGEST:
        raise CalculationError(f"The principal must be above 0 and at most {LARGEST:,} yuan, but is {principal}.")


def _check(principal: Decimal, annual_percent: Decimal) -> None:
    check_principal(principal)
    if not annual_percent.is_finite() or not 0 <= annual_percent <= HIGHEST_RATE:
        raise CalculationError(f"The rate must be from 0 to {HIGHEST_RATE} percent a year, but is {annual_percent}.")


def _rows(method: Method, principal: Decimal, annual_percent: Decimal, months: int) -> tuple[Row, ...]:
    instalment = to_cent(_annuity(principal, annual_percent / 1200, months))
    share = to_cent(principal / months)
    balance = to_cent(principal)
    rows = []
    for n in range(1, months + 1):
        interest = to_cent(balance * annual_percent / 1200)  # divided last: a half cent stays a half
        if n == months:
            part = balance
        elif method is Method.EQUAL_INSTALMENTS:
            part = min(instalment - interest, balance)
        elif method is Method.EQUAL_PRINCIPAL:
            part = min(share, balance)
        else:
            part = to_cent(Decimal(0))
        balance -= part
        rows.append(Row(n, interest + part, interest, part, balance))
    return tuple(rows)


def _annuity(principal: Decimal, rate: Decimal, months: int) -> Decimal:
    """The payment that repays a principal in equal instalments: P·r·(1+r)^n / ((1+r)^n − 1), `rate` that of a month."""
    if rate == 0:
        return principal / months
    growth = (1 + rate) ** months
    return principal * rate * growth / (growth - 1)
