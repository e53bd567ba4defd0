"""Conditions in words, each with its mark and its clause; and what a change of facts rests on."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.answering.cases.phrasing import Phrasing
from assistant.answering.worked import Least
from assistant.eligibility.conditions import Finding, leaves
from assistant.eligibility.matching import Assessment, Standing
from assistant.eligibility.rules import CandidateKind, Source
from assistant.eligibility.verdict import Verdict
from assistant.profile import Range
from assistant.types import Claim, Part

IN_LINES = 2  # as many unknown conditions have a line of their own


def rule_claims(words: Phrasing, findings: Sequence[Finding], part: Part = Part.RULES) -> list[Claim]:
    """Every condition: what is not met first, then what is, then what was not said, which makes one line."""
    claims: list[Claim] = []
    for verdict in (Verdict.NOT_MET, Verdict.MET):
        for finding in findings:
            if finding.verdict is verdict:
                claims += condition_claims(words, finding, part)
    unknown = [finding for finding in findings if finding.verdict is Verdict.UNKNOWN]
    if len(unknown) <= IN_LINES or any(finding.stale for finding in unknown):
        return claims + [claim for finding in unknown for claim in condition_claims(words, finding, part)]
    conditions = words.say("list_comma").join(words.condition(finding) for finding in unknown)
    sources = [source for finding in unknown for source in sources_of(finding)[:1]]
    return claims + words.claim(words.say("case.match.unknowns", conditions=conditions), part, sources)


def condition_claims(words: Phrasing, finding: Finding, part: Part) -> list[Claim]:
    """One condition with its mark and, where it is known, the user's own value."""
    sources = sources_of(finding)
    if finding.group == "all":
        return [claim for item in finding.parts for claim in condition_claims(words, item, part)]
    condition = words.condition(finding)
    if finding.group == "any":
        key = {Verdict.MET: "any_met", Verdict.NOT_MET: "any_not", Verdict.UNKNOWN: "any_open"}[finding.verdict]
        if finding.verdict is Verdict.MET:
            met = [item for item in finding.parts if item.verdict is Verdict.MET]
            return [claim for item in met[:1] for claim in condition_claims(words, item, part)]
        if finding.says is None:
            condition = words.say("value.or").join(words.condition(item) for item in finding.parts)
        return words.claim(words.say(f"case.match.{key}", conditions=condition), part, sources[:3])
    if finding.stale:
        return words.claim(words.say("case.match.stale", condition=condition), part, sources)
    if finding.verdict is not Verdict.UNKNOWN and (value := own_value(words, finding)):
        condition = words.say("case.match.with_value", condition=condition, value=value)
    return words.claim(words.say(f"case.match.{finding.verdict}", condition=condition), part, sources)


def telling(finding: Finding) -> list[Finding]:
    """Single conditions; a group that suffices in part counts as one."""
    if finding.group == "any":
        met = next((part for part in finding.parts if part.verdict is Verdict.MET), None)
        return telling(met) if met is not None else [finding]
    return [leaf for part in finding.parts for leaf in telling(part)] if finding.parts else [finding]


def own_value(words: Phrasing, finding: Finding) -> str | None:
    """The user's own value where it says more than the mark: not for yes and no."""
    known = words.view.value(finding.asks) if finding.asks else None
    return None if finding.asks is None or known is None or isinstance(known, bool) else words.value(finding.asks)


def least(words: Phrasing, item: Assessment) -> list[Least]:
    """How many people a share comes to, where the nearest change speaks of people and the rule of a share."""
    staff = words.view.profile.value("employees")
    if not isinstance(staff, Range) or staff.exact is None:
        return []
    shares = [(c.value, c.source.value) for c in item.change if c.fact == "new_hires" and c.source is not None]
    return [
        Least(needed, staff.exact, share)
        for needed, share in shares
        if isinstance(needed, Decimal) and isinstance(share, Decimal) and needed != share
    ]


def size_sources(words: Phrasing, item: Assessment) -> list[Source]:
    """The limits of the size standard that a change speaks of."""
    tests = words.view.standard.industries
    wanted = {change.size_class for change in item.change if change.size_class}
    return [
        test
        for name in words.view.size.industries
        if name in tests and wanted
        for test in (tests[name].small, tests[name].medium, tests[name].large)
    ]


def next_step(words: Phrasing, items: Sequence[Assessment]) -> list[Claim]:
    """Where to turn, for the best candidate that is not ruled out."""
    best = next((item for item in items if item.standing in (Standing.ELIGIBLE, Standing.OPEN)), None)
    if best is None:
        mechanism = [item for item in items if item.candidate.kind is CandidateKind.MECHANISM]
        best = mechanism[0] if mechanism else None
    return [claim for source in (best.candidate.apply[:1] if best else ()) for claim in words.quoted(source, Part.NEXT)]


def sources_of(finding: Finding) -> list[Source]:
    """The values that a finding and its parts rest on."""
    return list(dict.fromkeys(leaf.source for leaf in leaves(finding) if leaf.source is not None))


def quotes(words: Phrasing, finding: Finding) -> list[Claim]:
    """The words of the clause that is not met."""
    return [claim for source in sources_of(finding)[:1] for claim in words.quoted(source, Part.LEAD)]
