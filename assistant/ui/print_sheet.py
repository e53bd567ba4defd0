"""One page for paper: what was entered, and each verdict with its reason and clauses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from html import escape

from assistant.eligibility.conditions import Finding, leaves
from assistant.eligibility.desks import Case
from assistant.eligibility.matching import Assessment
from assistant.eligibility.rulebook import Rulebook
from assistant.eligibility.rules import DeskStep, Source
from assistant.eligibility.timeline import Milestone
from assistant.eligibility.verdict import Verdict
from assistant.ui.candidates import Group, grouped, reasons
from assistant.ui.size_card import size_words
from assistant.ui.terms import terms_line
from assistant.ui.timeline_html import step_words
from assistant.ui.verdicts import SIGNS, Writer
from assistant.wording import day_words, value_words

MOST = {Group.ELIGIBLE: 15, Group.BANK: 12, Group.OPEN: 6, Group.NOT_ELIGIBLE: 6}  # lines of each group
CLAUSES = 3  # references of one line


def check_sheet(case: Case, write: Writer, today: date) -> str:
    """The sheet of the self-check."""
    words = write.words
    groups = grouped(case.assessments)
    lists = "".join(_list(group, groups[group], most, write) for group, most in MOST.items())
    return sheet(
        words("check.title"),
        f"{profile_html(case, write)}<h2>{escape(words('size.title'))}</h2><p>{escape(size_words(write))} "
        f"<small>{escape(write.shelf.reference(write.view.standard.rule))}</small></p>{lists}",
        case, write, today,
    )  # fmt: skip


def renewal_sheet(case: Case, book: Rulebook, write: Writer, today: date) -> str:
    """The sheet of the renewal desk."""
    words, found = write.words, case.renewal
    assert found is not None
    steps = dict(found.steps)
    dates = "".join(_milestone(item, steps, write) for item in found.milestones)
    dates = f"<h2>{escape(words('renewal.timeline'))}</h2><ul>{dates}</ul>" if dates else ""
    papers = "".join(f"<li>{escape(source.quote.in_(write.say.language))}</li>" for source in book.desk.papers)
    ways = "".join(f"<li>{escape(item.says.in_(write.say.language))}</li>" for item in found.alternatives)
    return sheet(
        words("renewal.title"),
        f"{profile_html(case, write)}{_judged(words(f'renewal.verdict.{found.best.standing}'), found.best, write)}"
        f"{_judged(words('renewal.normal.title'), found.normal, write)}{dates}"
        f"<h2>{escape(words('renewal.papers'))}</h2><ul>{papers}</ul>"
        f"<h2>{escape(words('renewal.alternatives'))}</h2><ul>{ways}</ul>",
        case, write, today,
    )  # fmt: skip


def sheet(title: str, body: str, case: Case, write: Writer, today: date) -> str:
    """A sheet with its heading, its dates and the note that nothing here is a promise."""
    words = write.words
    dates = words("sheet.dates", day=case.on.isoformat(), printed=today.isoformat())
    return (
        f'<div class="sheet" aria-hidden="true"><h1>{escape(title)}</h1><p class="dates">{escape(words("title"))} · '
        f'{escape(dates)}</p>{body}<p class="fine">{escape(words("check.caution"))}{escape(words("disclaimer"))}</p>'
        "</div>"
    )


def profile_html(case: Case, write: Writer) -> str:
    """What was entered, in the order of the form."""
    facts = case.view.facts
    entered = [
        f"<span><b>{escape(facts[name].label.in_(write.say.language))}</b> "
        f"{escape(value_words(facts[name], case.profile.value(name), write.say))}</span>"
        for name in facts
        if case.profile.value(name) is not None
    ]
    told = "".join(entered) or escape(write.words("sheet.nothing"))
    return f"<h2>{escape(write.words('sheet.entered'))}</h2><p class='entered'>{told}</p>"


def _list(group: Group, items: Sequence[Assessment], most: int, write: Writer) -> str:
    if not items:
        return ""
    rows = "".join(_line(item, write) for item in items[:most])
    if len(items) > most:
        rows += f"<li>{escape(write.words('sheet.more', count=len(items) - most))}</li>"
    return f"<h2>{escape(write.words(f'check.standing.{group}'))}<small>{len(items)}</small></h2><ul>{rows}</ul>"


def _line(item: Assessment, write: Writer) -> str:
    told = [text for text in (terms_line(item, write.words, write.say), *reasons(item, write)) if text]
    return (
        f"<li><b>{escape(item.candidate.name.in_(write.say.language))}</b> "
        f"{escape(write.words('check.semicolon').join(told))} <small>{escape(_references(item, write))}</small></li>"
    )


def _references(item: Assessment, write: Writer) -> str:
    """The clauses that decided: of what is not met, else of every condition, else of what it is."""
    failed = [leaf for finding in item.failed for leaf in _decisive(finding)]
    every = failed or [leaf for finding in item.findings for leaf in leaves(finding)]
    sources: list[Source] = [leaf.source for leaf in every if leaf.source is not None] or [item.candidate.about]
    return _joined((write.shelf.reference(source) for source in sources), write)


def _decisive(finding: Finding) -> list[Finding]:
    return [leaf for leaf in leaves(finding) if leaf.verdict is Verdict.NOT_MET]


def _joined(references: Iterable[str], write: Writer) -> str:
    return write.say("list_comma").join(list(dict.fromkeys(references))[:CLAUSES])


def _judged(title: str, item: Assessment, write: Writer) -> str:
    """A verdict with its conditions, each with its sign."""
    rows = "".join(
        f"<li>{SIGNS[leaf.verdict]} {escape(write.condition(leaf))}</li>"
        for finding in item.findings
        for leaf in ([finding] if finding.group else leaves(finding))
    )
    return f"<h2>{escape(title)}</h2><ul>{rows}</ul><p><small>{escape(_references(item, write))}</small></p>"


def _milestone(item: Milestone, steps: Mapping[str, DeskStep], write: Writer) -> str:
    title, says = step_words(item, steps, write.words)
    weekday = write.words.list("renewal.weekdays")[item.day.weekday()]
    day = write.words(f"renewal.by.{item.kind.value}", day=day_words(item.day, write.say), weekday=weekday)
    return f"<li><b>{escape(day)}</b> {escape(title)} {escape(says)}</li>"
