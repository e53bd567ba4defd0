"""Arithmetic as answers show it, worked out again: "3,000,000元 × 0.1% × 10天 = 30,000元"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation, localcontext

_MARK = re.compile(
    r"(?P<n>(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?)(?P<scale>\s*(?:万|亿|million|billion))?(?P<per>%|‰)?|(?P<op>[×÷+−()]|min|,)"
)
_SCALES = {"": 1, "万": 10**4, "亿": 10**8, "million": 10**6, "billion": 10**9}
_CENT = Decimal("0.01")


def holds(sum_: str) -> bool:
    """Whether both sides of "… = …" come to the same, to the cent; False for what cannot be read."""
    left, _, right = sum_.partition("=")
    try:
        with localcontext() as context:
            context.prec = 60
            return abs(_value(left) - _value(right)) <= _CENT / 2
    except (ValueError, InvalidOperation, ZeroDivisionError, StopIteration):
        return False


def _value(text: str) -> Decimal:
    marks = _marks(text)
    result, rest = _sum(marks, next(marks))
    if rest != "":
        raise ValueError(f"{rest!r} is left over")
    return result


def _marks(text: str) -> Iterator[Decimal | str]:
    """Numbers and signs; words of units between them are passed over."""
    for match in _MARK.finditer(text):
        if match["op"]:
            yield match["op"]
        else:
            number = Decimal(match["n"].replace(",", "")) * _SCALES[(match["scale"] or "").strip()]
            yield number / {"%": 100, "‰": 1000, None: 1}[match["per"]]
    yield ""


def _sum(marks: Iterator[Decimal | str], mark: Decimal | str) -> tuple[Decimal, Decimal | str]:
    result, mark = _product(marks, mark)
    while mark in ("+", "−"):
        sign = mark
        other, mark = _product(marks, next(marks))
        result = result + other if sign == "+" else result - other
    return result, mark


def _product(marks: Iterator[Decimal | str], mark: Decimal | str) -> tuple[Decimal, Decimal | str]:
    result, mark = _factor(marks, mark)
    while mark in ("×", "÷"):
        sign = mark
        other, mark = _factor(marks, next(marks))
        result = result * other if sign == "×" else result / other
    return result, mark


def _factor(marks: Iterator[Decimal | str], mark: Decimal | str) -> tuple[Decimal, Decimal | str]:
    if isinstance(mark, Decimal):
        return mark, next(marks)
    if mark == "(":
        result, mark = _sum(marks, next(marks))
    elif mark == "min" and next(marks) == "(":
        result, mark = _sum(marks, next(marks))
        while mark == ",":
            other, mark = _sum(marks, next(marks))
            result = min(result, other)
    else:
        raise ValueError(f"{mark!r} is out of place")
    if mark != ")":
        raise ValueError("a bracket is not closed")
    return result, next(marks)
