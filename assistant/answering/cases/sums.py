"""Subsidies and repayment worked out, with the arithmetic."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from assistant.answering.cases.match import in_full
from assistant.answering.cases.phrasing import Phrasing
from assistant.answering.worked import Assumed, Count, Repaid, Sum
from assistant.eligibility.desks import Grant
from assistant.eligibility.matching import Standing
from assistant.eligibility.rules import Source, TermKind
from assistant.eligibility.schedules import Method, Schedule
from assistant.eligibility.subsidy import Cap
from assistant.types import Claim, Part, Worked
from assistant.wording import money, quantity
from index.types import Language

_A_YEAR = 12  # months
_TERMS = (TermKind.POINTS, TermKind.SHARE, TermKind.SUBSIDY_MONTHS, TermKind.SUBSIDY_BASE, TermKind.SUBSIDY_CAP)


def subsidy_claims(words: Phrasing) -> list[Claim]:
    """What each subsidy comes to, then whether the enterprise fits it."""
    claims = [claim for grant in words.case.grants for claim in _grant(words, grant)]
    told = {grant.assessment.candidate.id for grant in words.case.grants}
    first = [item for item in words.case.assessments if item.candidate.id in told]
    rest = [item for item in words.case.assessments if item.candidate.id not in told]
    if len(words.case.grants) > 1:
        barred = next((g.assessment.candidate.no_stacking for g in words.case.grants), None)
        claims += words.quoted(barred, Part.LEAD) if barred is not None else []
    if not claims and rest:
        claims += words.claim(words.say("case.subsidy.none"), Part.LEAD, [rest[0].candidate.about])
    for item in (first or rest)[:2]:
        if item.standing is Standing.NOT_IN_FORCE or not told:
            claims += in_full(words, item)
        else:
            claims += [claim for claim in in_full(words, item) if claim.part is Part.RULES]
    return claims


def _grant(words: Phrasing, grant: Grant) -> list[Claim]:
    item, worked = grant.assessment, grant.subsidy
    _, sources = words.terms(item, _TERMS)
    sums = [
        f"{_spelt(step.left, words)} = {money(step.result, words.say)}" for step in worked.steps
    ]  # fmt: skip
    months = grant.assumed_months or _exact(words, "term_months")
    text = words.say(
        "case.subsidy.one", name=words.name(item), amount=money(worked.amount, words.say),
        principal=_principal(words), term=quantity(Decimal(months), "months", words.say),
    )  # fmt: skip
    if grant.assumed_months:
        text += _gap(words) + words.say("case.subsidy.assumed", term=quantity(Decimal(months), "months", words.say))
    for cap, kind, unit in (
        (Cap.BASE, TermKind.SUBSIDY_BASE, "wan"),
        (Cap.YEARS, TermKind.SUBSIDY_MONTHS, "months"),
        (Cap.AMOUNT, TermKind.SUBSIDY_CAP, "wan"),
    ):
        limit = item.term(kind)
        if cap in worked.caps and limit is not None:
            value = quantity(Decimal(str(limit.value)), unit, words.say)
            text += _gap(words) + words.say(f"case.subsidy.cap_{cap.value}", value=value)
    if months > _A_YEAR:
        text += _gap(words) + words.say("case.subsidy.constant")
    shown: list[Worked] = [Assumed(grant.assumed_months)] if grant.assumed_months else []
    shown += [Sum(line) for line in sums]
    claims = words.claim(text, Part.LEAD, sources, worked=shown)
    for line in sums:
        claims += words.claim(line, Part.SUMS, sources, worked=shown)
    return claims


def schedule_claims(words: Phrasing, explained: Mapping[str, Source]) -> list[Claim]:
    """Three ways to repay, side by side; `explained` are the clauses that say what each way is."""
    first = words.case.schedules[0]
    lead = words.say(
        "case.schedule.lead", principal=money(first.principal, words.say), rate=words.value("loan_rate"),
        term=quantity(Decimal(len(first.rows)), "months", words.say),
    )  # fmt: skip
    ways = Count(tuple(item.method.value for item in words.case.schedules))
    claims = words.claim(lead, Part.LEAD, explained.values(), line=False, worked=[_repaid(words, first), ways])
    for item in words.case.schedules:
        told = _way(words, item)
        claims += words.claim(told, Part.SUMS, [explained[item.method.value]], worked=[_repaid(words, item)])
    return claims


def _repaid(words: Phrasing, item: Schedule) -> Repaid:
    return Repaid(item, _exact(words, "loan_rate"))


def _way(words: Phrasing, item: Schedule) -> str:
    rows = item.rows
    payment = rows[0].interest if item.method is Method.INTEREST_FIRST else rows[0].payment
    return words.say(
        f"case.schedule.{item.method.value}", payment=money(payment, words.say),
        first=money(rows[0].payment, words.say), last=money(rows[-1].payment, words.say),
        interest=money(item.total_interest, words.say),
    )  # fmt: skip


def _spelt(left: str, words: Phrasing) -> str:
    """The left side of a step with its units in words; in Chinese they follow the figure without a space."""
    left = re.sub(r"([\d,]+(?:\.\d+)?) \{yuan\}", lambda m: money(Decimal(m[1].replace(",", "")), words.say), left)
    if words.language is Language.ZH:
        left = re.sub(r"(\d) (?=\{)", r"\1", left)
    return left.format(**_units(words))


def _units(words: Phrasing) -> dict[str, str]:
    return {
        "yuan": words.say("value.yuan", n="").strip(), "days": words.say("value.day"),
        "months": words.say("value.month"), "years": words.say("value.year"),
    }  # fmt: skip


def _principal(words: Phrasing) -> str:
    fact = "loan_principal_wan" if words.view.profile.value("loan_principal_wan") is not None else "loan_wanted_wan"
    return words.value(fact)


def _exact(words: Phrasing, fact: str) -> Decimal:
    known = words.view.profile.value(fact)
    return getattr(known, "exact", None) or Decimal(0)


def _gap(words: Phrasing) -> str:
    return "" if words.language == "zh" else " "
