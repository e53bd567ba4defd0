"""A figure in the words of its clause, and other figures written the same way: 300万元 → 500万元, 3 years → 1 year."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.lexicon.figure_roles import Quantity
from index.figures import plain
from index.types import Language

_NUMBER = re.compile(r"(?P<before>(?:RMB|CNY|¥|￥) ?)?(?P<n>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<after>\D*)")
_ONE = re.compile(r"\b(year|month|day|point|employee|firm|bank|time|categor(?:y|ie)|field|article)s?\b")
_GREATEST = {Language.ZH: Decimal(9999), Language.EN: Decimal(9_999_999)}  # numbers longer than that nobody writes so
_MONTHS = "January February March April May June July August September October November December".split()


@dataclass(frozen=True, slots=True)
class Written:
    """How a clause writes a figure: its number, what stands around it, and what one of it is worth."""

    before: str
    number: Decimal
    after: str
    worth: Decimal  # of one in the measure's own unit: 万元 is 10,000 yuan, 年 is 12 months
    commas: bool

    @classmethod
    def of(cls, quantity: Quantity) -> Written | None:
        """None for figures in words (半年, three banks) and dates."""
        match = _NUMBER.fullmatch(quantity.said)
        if match is None or isinstance(quantity.value, str):
            return None
        number = Decimal(match["n"].replace(",", ""))
        if not number:
            return None
        worth = quantity.value / number
        return cls(match["before"] or "", number, match["after"], worth, "," in match["n"] or number >= 1000)

    def as_written(self, value: Decimal, language: Language) -> str | None:
        """Another value in the same words; None where it would look odd beside this one."""
        number = value / self.worth
        if number <= 0 or number > max(_GREATEST[language], self.number):
            return None
        if number >= 1000 and re.search(r"thousand|million|billion", self.after, re.I):
            return None
        decimals = max(0, -int(number.normalize().as_tuple().exponent))
        if decimals > max(-int(self.number.as_tuple().exponent), 0) and not (
            self._is_share and decimals <= 1 and self.number < 5
        ):
            return None
        digits = (
            f"{Decimal(plain(number)):,}"
            if self.commas and language is Language.EN and number >= 1000
            else plain(number)
        )
        return f"{self.before}{digits}{_in_number(self.after, number) if language is Language.EN else self.after}"

    @property
    def _is_share(self) -> bool:
        return bool(re.search(r"%|％|百分点|percent|per cent|point", self.after))


def _in_number(after: str, number: Decimal) -> str:
    """`years` beside 3, `year` beside 1; a 3-year loan stays as it is."""
    if after.startswith("-"):
        return after

    def fit(match: re.Match[str]) -> str:
        return match[1] if number == 1 else ("categories" if match[1].startswith("categor") else f"{match[1]}s")

    return _ONE.sub(fit, after)


def day_as_written(day: str, like: str, language: Language) -> str | None:
    """A date, YYYY-MM-DD or YYYY-MM, in words; None where it is more or less exact than the one it stands beside."""
    parts = [int(part) for part in day.split("-")]
    exact = bool(re.search(r"日", like)) if language is Language.ZH else bool(re.match(r"\d{1,2} ", like))
    if len(parts) != (3 if exact else 2):
        return None
    if language is Language.ZH:
        return f"{parts[0]}年{parts[1]}月" + (f"{parts[2]}日" if exact else "")
    month = f"{_MONTHS[parts[1] - 1]} {parts[0]}"
    return f"{parts[2]} {month}" if exact else month


def moved(day: str, years: int = 0, months: int = 0) -> str | None:
    """The same day of another year or month, the end of a month for the end of a month; None where there is none."""
    parts = [int(part) for part in day.split("-")]
    whole = parts[0] * 12 + parts[1] - 1 + years * 12 + months
    year, month = whole // 12, whole % 12 + 1
    if len(parts) == 2:
        return f"{year}-{month:02d}"
    last = parts[2] == monthrange(parts[0], parts[1])[1]
    try:
        return date(year, month, monthrange(year, month)[1] if last else parts[2]).isoformat()
    except ValueError:
        return None
