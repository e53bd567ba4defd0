"""What a candidate offers, in words."""

from __future__ import annotations

from decimal import Decimal

from assistant.eligibility.matching import Assessment
from assistant.eligibility.rules import Dated, Term, TermKind
from assistant.texts import Texts
from assistant.wording import plain, quantity

_UNITS = {
    TermKind.AMOUNT: "wan", TermKind.GUARANTEE: "wan", TermKind.SUBSIDY_BASE: "wan", TermKind.SUBSIDY_CAP: "wan",
    TermKind.RATE: "percent", TermKind.RATE_CEILING: "percent", TermKind.FEE: "percent", TermKind.SHARE: "percent",
    TermKind.MONTHS: "months", TermKind.SUBSIDY_MONTHS: "months",
}  # fmt: skip
_ORDER = list(TermKind)


def term_words(term: Term, value: Dated, words: Texts, say: Texts) -> str | None:
    """A figure in a few words; None for what is offered in words only."""
    if not isinstance(value.value, Decimal):
        return None
    unit = _UNITS.get(term.what)
    figure = quantity(value.value, unit, say) if unit else plain(value.value)
    return words(f"term.{term.what}", value=figure)


def figures_of(item: Assessment) -> list[tuple[Term, Dated]]:
    """The terms that are figures, in the order of TermKind."""
    found = [(term, value) for term, value in item.terms if isinstance(value.value, Decimal)]
    return sorted(found, key=lambda pair: _ORDER.index(pair[0].what))


def terms_line(item: Assessment, words: Texts, say: Texts) -> str:
    """All figures in one line; empty where there are none."""
    said = [term_words(term, value, words, say) for term, value in figures_of(item)]
    return words("term.and").join(dict.fromkeys(text for text in said if text))
