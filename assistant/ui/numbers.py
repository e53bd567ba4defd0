"""A number as people type it into a field: 1,500 or 3亿 or 10-20; what cannot be read becomes a problem to name."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from assistant.profile import Range
from assistant.wording import plain

_FACTORS: dict[str | None, dict[str, Decimal]] = {
    "wan": {
        "万": Decimal(1), "万元": Decimal(1), "亿": Decimal(10_000), "亿元": Decimal(10_000), "元": Decimal("0.0001"),
        "yuan": Decimal("0.0001"), "million": Decimal(100), "millionyuan": Decimal(100), "m": Decimal(100),
    },
    "yuan": {"元": Decimal(1), "yuan": Decimal(1), "万": Decimal(10_000), "万元": Decimal(10_000)},
    "people": {"人": Decimal(1), "名": Decimal(1), "个": Decimal(1), "people": Decimal(1)},
    "months": {
        "个月": Decimal(1), "月": Decimal(1), "month": Decimal(1), "months": Decimal(1), "年": Decimal(12),
        "year": Decimal(12), "years": Decimal(12),
    },
    "years": {"岁": Decimal(1), "周岁": Decimal(1), "years": Decimal(1)},
    "days": {"天": Decimal(1), "日": Decimal(1), "days": Decimal(1), "day": Decimal(1)},
    "times": {"次": Decimal(1), "times": Decimal(1)},
    "percent": {"%": Decimal(1)},
}  # fmt: skip
HIGHEST = {
    "wan": Decimal(10) ** 8, "yuan": Decimal(10) ** 12, "people": Decimal(10) ** 7, "months": Decimal(1200),
    "years": Decimal(120), "days": Decimal(366), "times": Decimal(1000), "percent": Decimal(100),
}  # fmt: skip  # what no small business exceeds, in the unit; more is a slip of the keyboard
_DIGITS = 20
_NUMBER = re.compile(r"([+-]?)((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)([^\d\s.,+-]*)")
_SPAN = re.compile(r"(.*\d[^\d-]*?)[-~至到](\d.*)")


class Problem(Exception):
    """Why an entry cannot be used: the key of a text under `problem`, and what to fill into it."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values


def read_range(text: str, unit: str | None) -> Range | None:
    """The number or span that was typed; None for nothing. Raises Problem."""
    written = unicodedata.normalize("NFKC", text).lower().replace(" ", "")
    written = re.sub(r"^(?:约|大约|大概|about|rmb|¥|¥)", "", written)
    if not written:
        return None
    if (span := _SPAN.fullmatch(written)) is not None:
        low, unit_of_low = _number(span[1], unit)
        high, factor = _number(span[2], unit)
        low = low if unit_of_low is not None else low * (factor or 1)  # 1-2亿: both in 亿
        high = high * (factor or 1)
        low = low * (unit_of_low or 1)
        if low > high:
            raise Problem("number")
        return Range(_checked(low, unit), _checked(high, unit))
    number, factor = _number(written, unit)
    value = _checked(number * (factor or 1), unit)
    return Range(value, value)


def read_number(text: str, unit: str | None, *, lowest: Decimal, highest: Decimal) -> Decimal:
    """Exactly one number within limits. Raises Problem, also for nothing."""
    found = read_range(text, unit)
    if found is None:
        raise Problem("missing")
    if found.exact is None:
        raise Problem("one_number")
    if not lowest <= found.exact <= highest:
        raise Problem("limits", low=plain(lowest), high=plain(highest))
    return found.exact


def _number(text: str, unit: str | None) -> tuple[Decimal, Decimal | None]:
    """The digits and what their unit multiplies them by, where one was written."""
    found = _NUMBER.fullmatch(text)
    if found is None or len(text) > _DIGITS + 10 or sum(map(str.isdigit, text)) > _DIGITS:
        raise Problem("number")
    if found[1] == "-":
        raise Problem("negative")
    word = found[3].removesuffix("左右")
    if word and word not in _FACTORS.get(unit, {}):
        raise Problem("number")
    return Decimal(found[2].replace(",", "")), _FACTORS[unit][word] if word else None


def _checked(value: Decimal, unit: str | None) -> Decimal:
    highest = HIGHEST.get(unit or "")
    if highest is not None and value > highest:
        raise Problem("too_much", high=plain(highest))
    return value
