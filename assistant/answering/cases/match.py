"""Whether an enterprise fits what it asks for: the verdict first, with the conditions that make it."""

from __future__ import annotations

from assistant.answering.cases.conditions import (
    least,
    next_step,
    own_value,
    quotes,
    rule_claims,
    size_sources,
    sources_of,
    telling,
)
from assistant.answering.cases.overview import overview
from assistant.answering.cases.phrasing import Phrasing
from assistant.answering.worked import Count
from assistant.eligibility.matching import Assessment, Standing
from assistant.eligibility.rules import Source, TermKind
from assistant.eligibility.verdict import Verdict
from assistant.types import Claim, Part
from assistant.wording import day_words
from index.types import Language

MOST_CITED = 6  # clauses behind a sentence that sums several conditions up
IN_FULL = 2  # as many candidates are gone through condition by condition
_TERMS = (
    TermKind.AMOUNT, TermKind.GUARANTEE, TermKind.RATE, TermKind.RATE_CEILING, TermKind.POINTS, TermKind.SHARE,
    TermKind.SUBSIDY_CAP, TermKind.FEE, TermKind.MONTHS,
)  # fmt: skip


def match_claims(words: Phrasing) -> list[Claim]:
    """Claims on the candidates named, condition by condition; or on all, the best first."""
    items = words.case.assessments
    if not items:
        return []
    if words.case.named and len(items) <= IN_FULL:
        return [claim for item in items for claim in in_full(words, item)] + next_step(words, items)
    return overview(words, items)


def in_full(words: Phrasing, item: Assessment) -> list[Claim]:
    """The verdict on one candidate and every condition."""
    about = item.candidate.about
    if item.standing is Standing.NOT_IN_FORCE and item.window is not None:
        judged_on = words.view.date_of(item.candidate.dated_by).last
        ended = item.window.until is not None and item.window.until < judged_on
        day = item.window.until if ended else item.window.since
        key = "case.match.lapsed" if ended else "case.match.not_yet"
        text = words.say(key, name=words.name(item), day=day_words(day, words.say) if day else "")
        return words.claim(text, Part.LEAD, [item.window], line=True)
    failed = [source for finding in item.failed for source in sources_of(finding)][:2]
    met = [source for finding in item.findings if finding.verdict is Verdict.MET for source in sources_of(finding)]
    text, counted = _verdict(words, item)
    claims = words.claim(text, Part.LEAD, failed or met[:MOST_CITED] or [about], line=True, worked=counted)
    if item.standing is Standing.NOT_ELIGIBLE:
        claims += _change(words, item)
        claims += [claim for finding in item.failed for claim in quotes(words, finding)]
    part = (
        Part.LEAD if len(words.case.assessments) > 1 else Part.RULES
    )  # under its own verdict, where there are several
    claims += rule_claims(words, item.findings, part)
    told, sources = words.terms(item, _TERMS)
    if told and item.standing is not Standing.NOT_ELIGIBLE:
        claims += words.claim(
            f"{words.name(item)}{_colon(words)}{told}",
            Part.MORE if part is Part.RULES else part,
            sources,
        )
    if item.candidate.unpublished is not None:
        claims += words.quoted(item.candidate.unpublished, Part.MORE)
    return claims


def _verdict(words: Phrasing, item: Assessment) -> tuple[str, list[Count]]:
    """The standing in a sentence, with what decides it: the value that fails, or how far it is known to fit."""
    name = words.name(item)
    every = [leaf for finding in item.findings for leaf in telling(finding)]
    if item.standing is Standing.NOT_ELIGIBLE:
        failed = next((leaf for leaf in every if leaf.verdict is Verdict.NOT_MET and own_value(words, leaf)), None)
        if failed is None or failed.asks is None:
            return words.say("case.match.not_eligible", name=name), []
        told = {"value": words.short(failed.asks), "condition": words.condition(failed)}
        return words.say("case.match.not_eligible_value", name=name, **told), []
    if item.standing is not Standing.OPEN:
        return words.say(f"case.match.{item.standing}", name=name), []
    if not any(finding.verdict is Verdict.UNKNOWN for finding in item.findings):
        return words.say("case.match.eligible_open", name=name), []
    met = Count(tuple(f"{place} {leaf.rule}" for place, leaf in enumerate(every) if leaf.verdict is Verdict.MET))
    if not met.of:
        return words.say("case.match.open", name=name), []
    return words.say("case.match.open_counted", name=name, met=len(met.of)), [met]


def _change(words: Phrasing, item: Assessment) -> list[Claim]:
    if not item.change:
        return []
    sources: list[Source] = [change.source for change in item.change if change.source]
    changes = words.changes(item.change)
    text = words.say("case.match.change", changes=changes).lstrip("。. ")
    basis = [*sources, *size_sources(words, item)] or [item.candidate.about]
    return words.claim(text, Part.LEAD, basis, worked=least(words, item))


def _colon(words: Phrasing) -> str:
    return "：" if words.language is Language.ZH else ": "
