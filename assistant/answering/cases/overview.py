"""What there is for an enterprise in general: what to look at first, and why; the counts last."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.cases.conditions import least, next_step, own_value, size_sources, sources_of, telling
from assistant.answering.cases.phrasing import Phrasing
from assistant.answering.worked import Count
from assistant.eligibility.conditions import Finding, leaves
from assistant.eligibility.matching import Assessment, Fit, Standing
from assistant.eligibility.rules import CandidateKind, Source, TermKind
from assistant.eligibility.verdict import Verdict
from assistant.types import Claim, Part, Worked

SHOWN = {Part.FITS: 4, Part.OPEN: 5, Part.UNFIT: 2}  # candidates told of in a general answer
FIRST = 2  # candidates named in the first sentence
_CONDITIONS = 3  # conditions named in a line
_TERMS = (
    TermKind.AMOUNT, TermKind.GUARANTEE, TermKind.RATE, TermKind.RATE_CEILING, TermKind.POINTS, TermKind.SHARE,
    TermKind.SUBSIDY_CAP,
)  # fmt: skip
_PART = {Standing.ELIGIBLE: Part.FITS, Standing.OPEN: Part.OPEN, Standing.NOT_ELIGIBLE: Part.UNFIT}


def overview(words: Phrasing, items: Sequence[Assessment]) -> list[Claim]:
    """The best of each kind in a line. What is made for one place is left out as long as the place is not known."""
    local = [item for item in items if Fit.PLACE_UNKNOWN in item.fit]
    items = [item for item in items if item not in local]
    groups = {part: [item for item in items if _PART.get(item.standing) is part] for part in SHOWN}
    chosen = {part: _of_each_kind(group)[: SHOWN[part]] for part, group in groups.items()}
    chosen[Part.UNFIT] = [item for item in groups[Part.UNFIT] if _instructive(words, item)][: SHOWN[Part.UNFIT]]
    claims = _lead(words, chosen)
    for part, picked in chosen.items():
        for item in picked:
            claims += _line(words, item, part)
    claims += next_step(words, groups[Part.FITS] or groups[Part.OPEN])
    return claims + _counts(words, groups, local)


def _lead(words: Phrasing, chosen: dict[Part, list[Assessment]]) -> list[Claim]:
    """What the facts come to: the size class, and what to look at first."""
    size = words.view.size.exact
    known = [item.fact for item in words.case.profile.stated.values() if not item.inferred]
    part = next((part for part in (Part.FITS, Part.OPEN) if chosen[part]), Part.UNFIT)
    shown = chosen[part] if part is not Part.UNFIT else []
    first = [item for item in words.case.assessments if item in shown][:FIRST]  # the best fit, of whatever kind
    names = words.say("list_comma").join(f"**{words.name(item)}**" for item in first)
    text = words.say(
        "case.match.general_size" if size else "case.match.general",
        facts=words.summary(known), first=words.say(f"case.match.first_{part}", names=names),
        **({"class": words.size_word(size)} if size else {}),
    )  # fmt: skip
    standard = words.view.standard
    industry = next((standard.industries[n] for n in words.view.size.industries if n in standard.industries), None)
    sources: list[Source] = []
    if size and industry is not None:
        sources = [{"large": industry.large, "medium": industry.medium}.get(size, industry.small)]
    sources += [item.candidate.about for item in first or [item for group in chosen.values() for item in group][:1]]
    return words.claim(text, Part.LEAD, sources or [standard.rule], line=False)


def _counts(words: Phrasing, groups: dict[Part, list[Assessment]], local: Sequence[Assessment]) -> list[Claim]:
    """How many were compared, and how they stand; and how many wait for the place."""
    every = [item for group in groups.values() for item in group]
    if not every:
        return []
    counts = words.say("list_comma").join(
        words.say(f"case.match.counts_{part}", n=len(group)) for part, group in groups.items() if group
    )
    text = words.say("case.match.compared", count=len(every), counts=counts)
    ids = [tuple(item.candidate.id for item in group) for group in (*groups.values(), every)]
    if local:
        text += words.say("case.match.local", n=len(local))
        ids.append(tuple(item.candidate.id for item in local))
    return words.claim(text, Part.MORE, [every[0].candidate.about], worked=[Count(names) for names in ids])


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
    every = [leaf for finding in item.findings for leaf in telling(finding)]
    wanted = {Part.FITS: Verdict.MET, Part.OPEN: Verdict.UNKNOWN, Part.UNFIT: Verdict.NOT_MET}[part]
    alike = [leaf for leaf in every if leaf.verdict is wanted]
    leading = alike[:_CONDITIONS]
    told, term_sources = words.terms(item, _TERMS if part is not Part.UNFIT else ())
    terms = words.say("case.match.terms", terms=told) if told else ""
    sources = [source for leaf in leading for source in sources_of(leaf)[:1]] + term_sources
    if part is Part.UNFIT:
        conditions = words.say("list_comma").join(_unfit(words, leaf) for leaf in leading[:2])
        change = words.say("case.match.change", changes=words.changes(item.change)) if item.change else ""
        text = words.say("case.match.item_unfit", name=words.name(item), conditions=conditions, change=change)
        sources += [c.source for c in item.change if c.source] + size_sources(words, item)
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
    worked: list[Worked] = [counted, *(least(words, item) if part is Part.UNFIT else ())]
    return words.claim(text, part, sources or [item.candidate.about], worked=worked)


def _unfit(words: Phrasing, finding: Finding) -> str:
    condition = words.condition(finding)
    if value := own_value(words, finding):
        return words.say("case.match.unfit_value", condition=condition, value=value)
    return words.say("case.match.unfit_condition", condition=condition)
