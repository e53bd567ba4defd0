"""Arithmetic that an answer shows, worked out again by the auditor: "60万元 ÷ 6 × 12 = 120万元"; and repayments."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Iterator
from decimal import Decimal, DivisionByZero, InvalidOperation, localcontext

from assistant.evaluation.reading import Amount, read

# A hyphen is no minus: it begins a line of a list or joins words.
_SIGNS = str.maketrans({"-": " ", "×": "*", "÷": "/", "−": "-", "（": "(", "）": ")", "，": ","})
_OPERATIONS: dict[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
}  # fmt: skip
_SUM = re.compile(r"(?P<left>[^=：:；;。\n]*[×÷+−][^=：:；;。\n]*)=(?P<right>[^=；;。\n]*)")
_NUMBER = re.compile(
    r"(?P<n>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*"
    r"(?P<s>亿|万|billion|million)?\s*(?P<u>%|‰|个百分点|percentage points?)?"
)
_SCALES = {"亿": 10**8, "万": 10**4, "billion": 10**9, "million": 10**6}
_HALF_A_CENT = Decimal("0.005")
CONSTANTS = frozenset(map(Decimal, (12, 100, 360, 365)))  # months and days of a year, percent


def results(text: str) -> list[Amount]:
    """What the sums shown in a text come to; a sum that does not come out gives nothing."""
    found: list[Amount] = []
    for match in _SUM.finditer(text):
        told = [item for item in read(match["right"]) if isinstance(item, Amount)]
        worked = _worked_out(match["left"])
        if told and worked is not None and abs(told[0].value - worked) <= _HALF_A_CENT:
            found.append(told[0])
    return found


def operands(text: str) -> set[Decimal]:
    """Constants of time that the sums shown in a text use."""
    used = {item.value for match in _SUM.finditer(text) for item in read(match["left"]) if isinstance(item, Amount)}
    return used & CONSTANTS


def _worked_out(left: str) -> Decimal | None:
    """The left side of a sum; words and units between its numbers are passed over."""

    def spelled(match: re.Match[str]) -> str:
        scale = _SCALES.get(match["s"] or "", 1)
        share = {"‰": 1000}.get(match["u"], 100) if match["u"] else 1
        return f"(D('{match['n'].replace(',', '')}')*{scale}/{share})"

    signs = re.sub(r"min\s*\(", "MIN(", left.translate(_SIGNS))
    spelled_out = _NUMBER.sub(spelled, signs.replace("MIN", "\x00"))
    kept = re.sub(r"[^\x00D('\d.)*/+\-,]", "", spelled_out).replace("\x00", "min")
    # A thousands mark was read with its number: what is left of commas parts the arguments of min.
    try:
        with localcontext() as context:
            context.prec = 60
            return _value(ast.parse(kept, mode="eval").body)
    except (SyntaxError, ValueError, InvalidOperation, DivisionByZero):
        return None


def _value(node: ast.expr) -> Decimal:
    if isinstance(node, ast.Constant) and isinstance(node.value, int):
        return Decimal(node.value)
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATIONS:
        return _OPERATIONS[type(node.op)](_value(node.left), _value(node.right))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        if node.func.id == "min":
            return min(_value(argument) for argument in node.args)
        if node.func.id == "D" and isinstance(node.args[0], ast.Constant):
            return Decimal(str(node.args[0].value))
    raise ValueError(f"{ast.dump(node)} is no arithmetic")


def repayments(principal: Decimal, percent: Decimal, months: int) -> Iterator[tuple[Decimal, Decimal]]:
    """What the three ways of repaying come to, by formula: value and how far cents rounded each month may move it."""
    rate, half = percent / 1200, Decimal("0.01")
    drift = half * months
    with localcontext() as context:
        context.prec = 60
        grown = (1 + rate) ** months
        payment = principal * rate * grown / (grown - 1) if rate else principal / months
        share = principal / months
        yield payment, half
        yield payment * months - principal, drift
        yield share + principal * rate, half
        yield share + share * rate, drift
        yield principal * rate * (months + 1) / 2, drift
        yield principal * rate, half
        yield principal * rate * months, drift
