"""What Chinese and English numerals share: scales, and how vague words widen a number."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from assistant.profile import Range

ABOUT = Decimal("0.1")  # 来, 左右, 大概, about: one tenth either way
SCALES = {
    "万": 10**4, "w": 10**4, "wan": 10**4, "亿": 10**8, "k": 10**3, "thousand": 10**3, "m": 10**6, "mn": 10**6,
    "mil": 10**6, "million": 10**6, "bn": 10**9, "billion": 10**9,
}  # fmt: skip


def scale(value: Range, factor: Decimal | int) -> Range:
    """A range in another unit."""
    low = None if value.low is None else plain(value.low * factor)
    high = None if value.high is None else plain(value.high * factor)
    return replace(value, low=low, high=high)


def plain(number: Decimal) -> Decimal:
    """Without trailing zeros and without an exponent, so that equal numbers are written alike."""
    number = number.normalize()
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number


def about(value: Range) -> Range:
    """One tenth more uncertain on either side."""
    if value.low is None or value.high is None:
        return value
    return Range(plain(value.low * (1 - ABOUT)), plain(value.high * (1 + ABOUT)))


def _step(number: Decimal) -> Decimal:
    """The unit of the last place written: 10 of 230, 100 of 200, 1 of 25."""
    return Decimal(1).scaleb(int(number.normalize().as_tuple().exponent)) if number else Decimal(1)


def vague(number: Decimal, how: str) -> Range:
    """A number with a word such as 多, 几, 来 or 把 after it: 三十多 lies above 30 and below 40."""
    if how in ("多", "余"):
        return Range(number, number + _step(number), low_open=True, high_open=True)
    if how == "几":
        return Range(number + _step(number) / 10, number + _step(number), high_open=True)
    return about(Range.of(number)) if how in ("来", "把") else Range.of(number)
