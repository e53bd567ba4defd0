"""Assessments → safe HTML: what fits, what is still open and what does not fit, each with its conditions."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.eligibility.matching import Assessment, Fit, Standing
from assistant.eligibility.rules import Source, TermKind
from assistant.eligibility.verdict import Verdict
from assistant.ui.terms import figures_of, term_words, terms_line
from assistant.ui.verdicts import Writer
from index.types import StrEnum

MOST_MISSING = 3  # facts named in the summary of a candidate
SHOWN = 8  # candidates of one group that stand open to view; the others are one click away


class Group(StrEnum):
    """Where a candidate is listed."""

    ELIGIBLE = "eligible"
    BANK = "bank"  # every published condition is met; what is left is the bank's to say
    OPEN = "open"
    NOT_ELIGIBLE = "not_eligible"
    NOT_IN_FORCE = "not_in_force"


def group_of(item: Assessment) -> Group:
    """Where a candidate is listed."""
    met = item.findings and all(finding.verdict is Verdict.MET for finding in item.findings)
    if item.standing is Standing.OPEN and met:  # of no condition it would be true that all are met
        return Group.BANK
    return Group(str(item.standing))


def grouped(items: Sequence[Assessment]) -> dict[Group, list[Assessment]]:
    """The candidates of each group, in the order given."""
    return {group: [item for item in items if group_of(item) is group] for group in Group}


def groups_html(items: Sequence[Assessment], write: Writer) -> str:
    """All candidates in their groups."""
    return "".join(_group(group, found, write) for group, found in grouped(items).items())


def _group(group: Group, items: Sequence[Assessment], write: Writer) -> str:
    """A group: open to view, or closed where nothing in it is to be done."""
    words = write.words
    title = f'{escape(words(f"check.standing.{group}"))} <span class="count">{len(items)}</span>'
    cards = [candidate_html(item, write) for item in items]
    if not items:
        none = f'<p class="empty">{escape(words("check.none"))}</p>'
        return f'<section class="group {group}"><h2>{title}</h2>{none}</section>' if group is Group.ELIGIBLE else ""
    if group in (Group.NOT_ELIGIBLE, Group.NOT_IN_FORCE):
        return (
            f'<section class="group {group}"><details data-keep="group-{group}"><summary><h2>{title}</h2></summary>'
            f"{''.join(cards)}</details></section>"
        )
    body = "".join(cards[:SHOWN])
    if len(cards) > SHOWN:
        more = escape(words("check.more_items", count=len(cards) - SHOWN))
        rest = "".join(cards[SHOWN:])
        body += f'<details class="rest" data-keep="rest-{group}"><summary>{more}</summary>{rest}</details>'
    return f'<section class="group {group}"><h2>{title}</h2>{body}</section>'


def candidate_html(item: Assessment, write: Writer) -> str:
    """One candidate: a summary that says what matters, and everything behind it when opened."""
    write.shelf.within(item.candidate.id)
    name = escape(item.candidate.name.in_(write.say.language))
    kind = escape(write.words(f"check.kind.{item.candidate.kind}"))
    line = terms_line(item, write.words, write.say)
    terms = f'<span class="terms">{escape(line)}</span>' if line else ""
    why = "".join(f'<span class="why">{escape(text)}</span>' for text in reasons(item, write))
    if item.standing in (Standing.ELIGIBLE, Standing.OPEN):
        why += "".join(f'<span class="fit {fit}">{escape(text)}</span>' for fit, text in fits(item, write))
    return (
        f'<details class="candidate {item.standing}" data-keep="candidate-{escape(item.candidate.id)}">'
        f'<summary><span class="name">{name}</span> <span class="kind">{kind}</span>{terms}{why}</summary>'
        f'<div class="inside">{_about(item, write)}{_conditions(item, write)}{_change(item, write)}'
        f"{_terms(item, write)}{_apply(item, write)}</div></details>"
    )


def reasons(item: Assessment, write: Writer) -> list[str]:
    """Why it stands where it stands, in a line or two."""
    words = write.words
    if item.standing is Standing.NOT_IN_FORCE:
        return [words("check.why.window")]
    if item.standing is Standing.NOT_ELIGIBLE:
        failed = words("check.semicolon").join(write.condition(finding) for finding in item.failed)
        found = [words("check.why.failed", what=failed)]
        if item.change:
            found.append(words("check.why.change", what=write.changes(item.change)))
        return found
    found = []
    if item.missing:
        named = item.missing[:MOST_MISSING]
        key = "missing" if len(named) == len(item.missing) else "missing_more"
        found.append(words(f"check.why.{key}", what=write.labels(named), count=len(item.missing)))
    if item.candidate.unpublished is not None and group_of(item) is not Group.BANK:
        found.append(words("check.why.unpublished"))
    return [*found, words("check.stale")] if item.stale else found


def fits(item: Assessment, write: Writer) -> list[tuple[Fit, str]]:
    """Why it stands before others, each reason once."""
    return [(fit, write.words(f"check.fit.{fit}")) for fit in Fit if fit in item.fit]


def _about(item: Assessment, write: Writer) -> str:
    quote = escape(item.candidate.about.quote.in_(write.say.language))
    window = write.shelf.html(item.window) if item.window else ""
    if window:
        window = f"<h4>{escape(write.words('check.window'))}</h4>{window}"
    return f'<p class="about">{quote}</p>{write.shelf.html(item.candidate.about)}{window}'


def _conditions(item: Assessment, write: Writer) -> str:
    words, language = write.words, write.say.language
    found = ""
    if item.findings:
        found = f"<h4>{escape(words('check.conditions'))}</h4>"
        if item.mode is not None:
            by = words("check.mode", name=item.mode.name.in_(language))
            others = [
                words("check.other_mode", name=mode.name.in_(language), verdict=words(f"check.sign.{verdict}"))
                for mode, verdict in item.other_modes
            ]
            by += words("check.other_modes", modes=write.say("list_comma").join(others)) if others else ""
            found += f'<p class="mode">{escape(by)}</p>'
        found += write.rows(item.findings)
    if (source := item.candidate.unpublished) is not None:
        found += f'<p class="unpublished">{escape(words("check.unpublished"))}</p>{write.shelf.html(source)}'
    return found


def _change(item: Assessment, write: Writer) -> str:
    if not item.change:
        return ""
    return f'<p class="nearest">{escape(write.words("check.nearest", what=write.changes(item.change)))}</p>'


def _terms(item: Assessment, write: Writer) -> str:
    figures = figures_of(item)
    lines = [
        f"<li><strong>{escape(text)}</strong>{write.shelf.html(value)}</li>"
        for term, value in figures
        if (text := term_words(term, value, write.words, write.say))
    ]
    lines += [
        f"<li>{_named(term.what, write)}{escape(value.quote.in_(write.say.language))}{write.shelf.html(value)}</li>"
        for term, value in item.terms
        if (term, value) not in figures
    ]
    title = escape(write.words("check.terms"))
    return f'<h4>{title}</h4><ul class="plain">{"".join(lines)}</ul>' if lines else ""


def _named(what: TermKind, write: Writer) -> str:
    return f'<span class="what">{escape(write.words(f"term.{what}"))}</span> '


def _apply(item: Assessment, write: Writer) -> str:
    if not item.candidate.apply or item.standing is Standing.NOT_IN_FORCE:
        return ""
    return f"<h4>{escape(write.words('check.apply'))}</h4>{steps_html(item.candidate.apply, write)}"


def steps_html(sources: Sequence[Source], write: Writer) -> str:
    """What clauses say to do, in order."""
    steps = [f"<li>{escape(s.quote.in_(write.say.language))}{write.shelf.html(s)}</li>" for s in sources]
    return f'<ol class="plain">{"".join(steps)}</ol>'
