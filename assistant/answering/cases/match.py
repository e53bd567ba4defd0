"""What an enterprise can apply for: verdicts first, each with the conditions that make it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.answering.cases.phrasing import Phrasing
from assistant.answering.worked import Count, Least
from assistant.eligibility.conditions import Finding, leaves
from assistant.eligibility.matching import Assessment, Standing
from assistant.eligibility.rules import CandidateKind, Source, TermKind
from assistant.eligibility.verdict import Verdict
from assistant.profile import Range
from assistant.types import Claim, Part, Worked
from assistant.wording import day_words
from index.types import Language

SHOWN = {Part.FITS: 4, Part.OPEN: 5, Part.UNFIT: 2}  # candidates told of in a general answer
IN_LINES = 2  # as many unknown conditions have a line of their own
IN_FULL = 2  # as many candidates are gone through condition by condition
_CONDITIONS = 3  # conditions named in a line
_TERMS = (
    TermKind.AMOUNT, TermKind.GUARANTEE, TermKind.RATE, TermKind.RATE_CEILING, TermKind.POINTS, TermKind.SHARE,
    TermKind.SUBSIDY_CAP, TermKind.FEE, TermKind.MONTHS,
)  # fmt: skip
_PART = {Standing.ELIGIBLE: Part.FITS, Standing.OPEN: Part.OPEN, Standing.NOT_ELIGIBLE: Part.UNFIT}


def match_claims(words: Phrasing) -> list[Claim]:
    """Claims on the candidates named, condition by condition; or on all, the best first."""
    items = words.case.assessments
    if not items:
        return []
    if words.case.named and len(items) <= IN_FULL:
        return [claim for item in items for claim in in_full(words, item)] + _next(words, items)
    return _overview(words, items)


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
    key = str(item.standing)
    if item.standing is Standing.OPEN and not any(f.verdict is Verdict.UNKNOWN for f in item.findings):
        key = "eligible_open"
    text = words.say(f"case.match.{key}", name=words.name(item))
    deciding = [source for finding in item.failed for source in _sources(finding)] or [about]
    claims = words.claim(text, Part.LEAD, deciding[:2], line=True)
    if item.standing is Standing.NOT_ELIGIBLE:
        claims += [claim for finding in item.failed for claim in quotes(words, finding)]
        claims += _change(words, item)
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
    sources = [source for finding in unknown for source in _sources(finding)[:1]]
    return claims + words.claim(words.say("case.match.unknowns", conditions=conditions), part, sources)


def condition_claims(words: Phrasing, finding: Finding, part: Part) -> list[Claim]:
    """One condition with its mark and, where it is known, the user's own value."""
    sources = _sources(finding)
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
    if finding.verdict is not Verdict.UNKNOWN and (value := _own_value(words, finding)):
        condition = words.say("case.match.with_value", condition=condition, value=value)
    return words.claim(words.say(f"case.match.{finding.verdict}", condition=condition), part, sources)


def _overview(words: Phrasing, items: Sequence[Assessment]) -> list[Claim]:
    groups = {part: [item for item in items if _PART.get(item.standing) is part] for part in SHOWN}
    chosen = {part: _of_each_kind(group)[: SHOWN[part]] for part, group in groups.items()}
    chosen[Part.UNFIT] = [item for item in groups[Part.UNFIT] if _instructive(words, item)][: SHOWN[Part.UNFIT]]
    size = words.view.size.exact
    known = [item.fact for item in words.case.profile.stated.values() if not item.inferred]
    comma = "，" if words.language is Language.ZH else ", "
    counts = comma.join(words.say(f"case.match.counts_{part}", n=len(group)) for part, group in groups.items() if group)
    lead = words.say(
        "case.match.general_size" if size else "case.match.general",
        facts=words.summary(known), counts=counts, **({"class": words.size_word(size)} if size else {}),
    )  # fmt: skip
    standard = words.view.standard
    industry = next((standard.industries[n] for n in words.view.size.industries if n in standard.industries), None)
    sources: list[Source] = []
    if size and industry is not None:
        sources = [{"large": industry.large, "medium": industry.medium}.get(size, industry.small)]
    shown = [item for part in SHOWN for item in chosen[part]]
    sources += [item.candidate.about for item in shown[:1]]
    counted = [Count(tuple(item.candidate.id for item in group)) for group in groups.values()]
    claims = words.claim(lead, Part.LEAD, sources, line=False, worked=counted)
    for part, picked in chosen.items():
        for item in picked:
            claims += _line(words, item, part)
    rest = [item for group in groups.values() for item in group if item not in shown]
    if rest and shown:
        text = words.say("case.match.more_items", count=len(rest))
        left = Count(tuple(item.candidate.id for item in rest))
        claims += words.claim(text, Part.MORE, [shown[0].candidate.about], worked=[left])
    return claims + _next(words, groups[Part.FITS] or groups[Part.OPEN])


def _of_each_kind(items: Sequence[Assessment]) -> list[Assessment]:
    """The best of each kind in turn, so that loans, guarantees and subsidies all come up; within a kind by fit."""
    rounds: dict[CandidateKind, int] = {}
    turns: list[tuple[int, int]] = []
    for place, item in enumerate(items):
        rounds[item.candidate.kind] = rounds.get(item.candidate.kind, -1) + 1
        turns.append((rounds[item.candidate.kind], place))
    return [items[place] for _, place in sorted(turns)]


def _instructive(words: Phrasing, item: Assessment) -> bool:
    """Whether what rules it out is something the user said, and not merely that it is for another trade."""
    stated = {name for name, fact in words.case.profile.stated.items() if not fact.inferred}
    return all(leaf.asks in stated | {"size_class"} for finding in item.failed for leaf in leaves(finding))


def _line(words: Phrasing, item: Assessment, part: Part) -> list[Claim]:
    """One candidate in a line: what makes it fit, what is open, or what stands against it."""
    every = [leaf for finding in item.findings for leaf in _telling(finding)]
    wanted = {Part.FITS: Verdict.MET, Part.OPEN: Verdict.UNKNOWN, Part.UNFIT: Verdict.NOT_MET}[part]
    alike = [leaf for leaf in every if leaf.verdict is wanted]
    leading = alike[:_CONDITIONS]
    told, term_sources = words.terms(item, _TERMS[:7] if part is not Part.UNFIT else ())
    terms = words.say("case.match.terms", terms=told) if told else ""
    sources = [source for leaf in leading for source in _sources(leaf)[:1]] + term_sources
    if part is Part.UNFIT:
        conditions = words.say("list_comma").join(_unfit(words, leaf) for leaf in leading[:2])
        change = words.say("case.match.change", changes=words.changes(item.change)) if item.change else ""
        text = words.say("case.match.item_unfit", name=words.name(item), conditions=conditions, change=change)
        sources += [c.source for c in item.change if c.source] + _size_sources(words, item)
    elif part is Part.OPEN and not leading:
        text = words.say("case.match.item_ask_bank", name=words.name(item), terms=terms)
        sources = [item.candidate.unpublished or item.candidate.about, *sources]
    else:
        conditions = words.say("list_comma").join(words.condition(leaf) for leaf in leading)
        if len(alike) > len(leading):
            conditions = words.say("case.match.some", conditions=conditions, count=len(alike))
        key = "case.match.item_fits" if part is Part.FITS else "case.match.item_open"
        text = words.say(key, name=words.name(item), conditions=conditions, terms=terms)
    counted = Count(tuple(f"{place} {leaf.rule}" for place, leaf in enumerate(alike)))
    worked: list[Worked] = [counted, *(_least(words, item) if part is Part.UNFIT else ())]
    return words.claim(text, part, sources or [item.candidate.about], worked=worked)


def _telling(finding: Finding) -> list[Finding]:
    """Single conditions; a group that suffices in part counts as one."""
    if finding.group == "any":
        met = next((part for part in finding.parts if part.verdict is Verdict.MET), None)
        return _telling(met) if met is not None else [finding]
    return [leaf for part in finding.parts for leaf in _telling(part)] if finding.parts else [finding]


def _own_value(words: Phrasing, finding: Finding) -> str | None:
    """The user's own value where it says more than the mark: not for yes and no."""
    known = words.view.value(finding.asks) if finding.asks else None
    return None if finding.asks is None or known is None or isinstance(known, bool) else words.value(finding.asks)


def _unfit(words: Phrasing, finding: Finding) -> str:
    condition = words.condition(finding)
    if value := _own_value(words, finding):
        return words.say("case.match.unfit_value", condition=condition, value=value)
    return words.say("case.match.unfit_condition", condition=condition)


def _change(words: Phrasing, item: Assessment) -> list[Claim]:
    if not item.change:
        return []
    sources: list[Source] = [change.source for change in item.change if change.source]
    changes = words.changes(item.change)
    text = words.say("case.match.change", changes=changes).lstrip("。. ")
    basis = [*sources, *_size_sources(words, item)] or [item.candidate.about]
    return words.claim(text, Part.MORE, basis, worked=_least(words, item))


def _least(words: Phrasing, item: Assessment) -> list[Least]:
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


def _size_sources(words: Phrasing, item: Assessment) -> list[Source]:
    """The limits of the size standard that a change speaks of."""
    tests = words.view.standard.industries
    wanted = {change.size_class for change in item.change if change.size_class}
    return [
        test
        for name in words.view.size.industries
        if name in tests and wanted
        for test in (tests[name].small, tests[name].medium, tests[name].large)
    ]


def _next(words: Phrasing, items: Sequence[Assessment]) -> list[Claim]:
    """Where to turn, for the best candidate that is not ruled out."""
    best = next((item for item in items if item.standing in (Standing.ELIGIBLE, Standing.OPEN)), None)
    if best is None:
        mechanism = [item for item in items if item.candidate.kind is CandidateKind.MECHANISM]
        best = mechanism[0] if mechanism else None
    return [claim for source in (best.candidate.apply[:1] if best else ()) for claim in words.quoted(source, Part.NEXT)]


def _sources(finding: Finding) -> list[Source]:
    return list(dict.fromkeys(leaf.source for leaf in leaves(finding) if leaf.source is not None))


def quotes(words: Phrasing, finding: Finding) -> list[Claim]:
    """The words of the clause that is not met."""
    return [claim for source in _sources(finding)[:1] for claim in words.quoted(source, Part.LEAD)]


def _colon(words: Phrasing) -> str:
    return "：" if words.language is Language.ZH else ": "
