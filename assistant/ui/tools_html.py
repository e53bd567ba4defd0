"""Sums → safe HTML, with every step of the arithmetic and every cent."""

from __future__ import annotations

from decimal import Decimal
from html import escape

from assistant.eligibility.costs import Comparison, Cost, Step
from assistant.eligibility.rulebook import Rulebook
from assistant.eligibility.schedules import Method, Schedule
from assistant.texts import Texts
from assistant.ui.tools import Worked


def costs_html(worked: Worked, words: Texts) -> str:
    """Both ways side by side and the difference; a hint while entries are missing."""
    if worked.impossible:
        return _told(words("tools.impossible"))
    if worked.comparison is None:
        return _told(words("tools.costs.waiting"))
    found: Comparison = worked.comparison
    difference = found.difference.result
    key = "more" if difference > 0 else "less" if difference < 0 else "same"
    said = words(f"tools.costs.{key}", amount=yuan(abs(difference), words))
    return (
        f'<div class="desk tool-result" aria-live="polite"><p class="answer">{escape(said)}</p><div class="sides">'
        f"{_side('bridge', found.bridge, words)}{_side('renewal', found.renewal, words)}</div>"
        f'<p class="sum">{escape(_sum(found.difference, words))}</p>'
        f'<p class="note">{escape(words("tools.costs.note"))}</p></div>'
    )


def schedules_html(worked: Worked, method: str, book: Rulebook, words: Texts) -> str:
    """The totals of the three ways, and the months of the one chosen."""
    if worked.impossible:
        return _told(words("tools.impossible"))
    if not worked.schedules:
        return _told(words("tools.schedule.waiting"))
    chosen = next((plan for plan in worked.schedules if plan.method.value == method), worked.schedules[0])
    quote = book.desk.repayment[chosen.method.value].quote.in_(words.language)
    return (
        f'<div class="desk tool-result" aria-live="polite">{_totals(worked.schedules, chosen, words)}'
        f'<p class="note">{escape(quote)}</p>{_months(chosen, words)}'
        f'<p class="note">{escape(words("tools.schedule.note"))}</p></div>'
    )


def yuan(amount: Decimal, words: Texts) -> str:
    """An amount to the cent: 1,234.50 元."""
    return words("tools.yuan", amount=f"{amount:,.2f}")


def _side(name: str, cost: Cost, words: Texts) -> str:
    steps = "".join(f'<p class="sum">{escape(_sum(step, words))}</p>' for step in cost.steps)
    title = escape(words(f"tools.costs.{name}"))
    return f'<section><h3>{title}</h3><p class="total">{escape(yuan(cost.total, words))}</p>{steps}</section>'


def _sum(step: Step, words: Texts) -> str:
    left = step.left.format(**{name: words(f"tools.word.{name}") for name in ("yuan", "days", "months", "years")})
    said = words("tools.sum", left=left, right=yuan(step.result, words))
    return words("tools.labelled", label=words(f"tools.step.{step.label_key}"), sum=said)


def _totals(plans: tuple[Schedule, ...], chosen: Schedule, words: Texts) -> str:
    head = "".join(
        f'<th scope="col">{escape(words(f"tools.schedule.{key}"))}</th>'
        for key in ("method", "first", "interest", "total")
    )
    rows = "".join(_total(plan, words, chosen=plan is chosen) for plan in plans)
    return f'<div class="table"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'


def _total(plan: Schedule, words: Texts, *, chosen: bool) -> str:
    mark = ' class="chosen"' if chosen else ""
    figures = (plan.rows[0].payment, plan.total_interest, plan.total_payment)
    cells = "".join(f'<td class="figure">{amount:,.2f}</td>' for amount in figures)
    return f'<tr{mark}><th scope="row">{escape(method_words(plan.method, words))}</th>{cells}</tr>'


def method_words(method: Method, words: Texts) -> str:
    """The name of a way of repaying."""
    return words(f"tools.method.{method.value}")


def _months(plan: Schedule, words: Texts) -> str:
    keys = ("n", "payment", "principal", "interest", "balance")
    head = "".join(f'<th scope="col">{escape(words(f"tools.row.{key}"))}</th>' for key in keys)
    rows = "".join(
        f'<tr><th scope="row">{row.n}</th>'
        + "".join(f'<td class="figure">{getattr(row, key):,.2f}</td>' for key in keys[1:])
        + "</tr>"
        for row in plan.rows
    )
    label = escape(words("tools.schedule.table", method=method_words(plan.method, words)))
    return (
        f'<div class="months" role="region" tabindex="0" aria-label="{label}"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _told(text: str) -> str:
    return f'<div class="desk tool-result"><p class="note">{escape(text)}</p></div>'
