"""A case as the answer record carries it: profile, size, findings, candidates, dates (docs/architecture.md)."""

from __future__ import annotations

from typing import Any

from assistant.answering.cases.phrasing import Phrasing
from assistant.eligibility.conditions import Finding
from assistant.eligibility.desks import Case
from assistant.eligibility.matching import Assessment, Standing
from assistant.eligibility.verdict import Verdict
from assistant.profile import Desk

_VERDICTS = {
    Standing.ELIGIBLE: "eligible",
    Standing.OPEN: "unclear",
    Standing.NOT_ELIGIBLE: "not_eligible",
    Standing.NOT_IN_FORCE: "not_eligible",
}
_SIZES = {"micro": "微型", "small": "小型", "medium": "中型", "large": "大型"}


def assessment(words: Phrasing) -> dict[str, Any]:
    """Everything the rules decided. `verdict` is that of the best candidate; null at a desk that judges none."""
    case, size = words.case, words.view.size
    best = case.assessments[0] if case.assessments else None
    shown = case.assessments if case.named or case.desk is not Desk.MATCH else case.assessments[:1]
    return {
        "desk": str(case.desk),
        "size_class": _SIZES[size.exact] if size.exact else None,
        "size_possible": [_SIZES[name] for name in _SIZES if name in size.among],
        "verdict": _VERDICTS[best.standing] if best else None,
        "findings": [_finding(words, found, item) for item in shown for found in item.findings],
        "candidates": [_candidate(words, item) for item in case.assessments],
        "profile": [
            {"fact": item.fact, "label": words.label(item.fact), "value": words.value(item.fact), "said": item.said,
             "inferred": item.inferred}
            for item in case.profile.stated.values()
        ],
        "contradictions": [
            {"fact": first.fact, "said": [first.said, second.said]} for first, second in case.profile.contradictions
        ],
        "missing": list(case.asks),
        "dates": _dates(case),
    }  # fmt: skip


def _finding(words: Phrasing, finding: Finding, item: Assessment) -> dict[str, Any]:
    told: dict[str, Any] = {
        "rule": finding.rule,
        "candidate": item.candidate.id,
        "verdict": str(finding.verdict),
        "condition": words.condition(finding),
    }
    if finding.parts:
        told |= {"group": finding.group, "parts": [_finding(words, part, item) for part in finding.parts]}
        return told
    source = finding.source
    known = finding.asks is not None and words.view.value(finding.asks) is not None
    return told | {
        "fact": finding.asks,
        "known": words.value(finding.asks) if finding.asks and known else None,
        "clause": source.clause if source else None,
        "quote": source.quote.in_(str(words.language)) if source else None,
        "stale": finding.stale,
    }


def _candidate(words: Phrasing, item: Assessment) -> dict[str, Any]:
    return {
        "id": item.candidate.id,
        "kind": str(item.candidate.kind),
        "name": words.name(item),
        "standing": str(item.standing),
        "missing": list(item.missing),
        "conditions": {str(verdict): sum(f.verdict is verdict for f in item.findings) for verdict in Verdict},
        "change": words.changes(item.change) if item.change else None,
        "fit": [str(reason) for reason in item.fit],
    }


def _dates(case: Case) -> list[dict[str, Any]]:
    found = case.renewal.milestones if case.renewal else ()
    return [
        {"id": item.id, "day": item.day.isoformat(),
         "day_if_later": item.day_if_later.isoformat() if item.day_if_later else None,
         "past": item.past, "days_left": item.days_left, "schedule_known": item.schedule_known}
        for item in found
    ]  # fmt: skip
