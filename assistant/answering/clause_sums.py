"""Sums of which a clause gives the rate or the formula and the question the amounts, with the arithmetic shown."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from assistant.answering.worked import Sum
from assistant.eligibility.rules import SumRule
from assistant.texts import Texts, texts
from assistant.types import Claim, ClaimKind, Part, SumAsked
from assistant.wording import money, plain
from index.search import Searcher
from index.types import Language

_CENT = Decimal("0.01")
_LONGEST = 3650  # days; beyond ten years nobody reckons like this
_YOUNG = 12  # months


def sum_claims(asked: SumAsked, rule: SumRule, searcher: Searcher, language: Language) -> list[Claim]:
    """What it comes to, and the words of the clause; nothing where an amount is missing or cannot be meant."""
    say = texts(language)
    worked = _daily(asked, rule, say) if rule.way == "daily" else _annualised(asked, say)
    document, clause = rule.clause.split("#")
    passage = searcher.clause(document, clause, language)
    if worked is None or passage is None:
        return []
    left, right = worked
    shown = f"{left} = {right}"
    rate = f"{plain(rule.value)}%" if rule.value is not None else ""
    text = say(f"sums.{asked.id}", shown=shown, rate=rate)
    return [Claim(text, ClaimKind.COMPUTED, Part.LEAD, (passage,), True, asked.said, (Sum(shown),), text)]


def _daily(asked: SumAsked, rule: SumRule, say: Texts) -> tuple[str, str] | None:
    if asked.yuan is None or asked.days is None or rule.value is None or not 0 < asked.days <= _LONGEST:
        return None
    result = (asked.yuan * rule.value / 100 * asked.days).quantize(_CENT, ROUND_HALF_UP)
    left = f"{money(asked.yuan, say)} × {plain(rule.value)}% × {say('sums.days', n=plain(asked.days))}"
    return left, money(result, say)


def _annualised(asked: SumAsked, say: Texts) -> tuple[str, str] | None:
    if asked.yuan is None or asked.months is None or not 0 < asked.months < _YOUNG:
        return None
    result = (asked.yuan / asked.months * _YOUNG).quantize(_CENT, ROUND_HALF_UP)
    return f"{money(asked.yuan, say)} ÷ {plain(asked.months)} × {_YOUNG}", money(result, say)
