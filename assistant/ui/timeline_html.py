"""The dates before a loan falls due → safe HTML: what to do by when, and whether a clause or we say so."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from assistant.eligibility.renewal import Renewal
from assistant.eligibility.rules import DeskStep
from assistant.eligibility.timeline import Milestone, StepKind
from assistant.texts import Texts
from assistant.ui.verdicts import Writer
from assistant.wording import day_words


def timeline_html(found: Renewal, write: Writer) -> str:
    """The plan; a hint where the due date is not known yet."""
    words = write.words
    title = f"<h2>{escape(words('renewal.timeline'))}</h2>"
    if not found.milestones:
        return f'<section class="card">{title}<p class="note">{escape(words("renewal.no_due"))}</p></section>'
    steps = dict(found.steps)
    rows = "".join(_row(item, steps, write) for item in found.milestones)
    unsure = ""
    if not all(item.schedule_known for item in found.milestones):
        unsure = f'<p class="note">{escape(words("renewal.schedule_unknown"))}</p>'
    return f'<section class="card">{title}<ol class="timeline">{rows}</ol>{unsure}{_download(found, write)}</section>'


def step_words(item: Milestone, steps: Mapping[str, DeskStep], words: Texts) -> tuple[str, str]:
    """The title of a date and what to do; of the plan, or ours for what the calendar adds."""
    step = steps.get(item.id)
    if step is not None:
        return step.title.in_(words.language), step.says.in_(words.language)
    return words(f"renewal.step.{item.id}.title"), words(f"renewal.step.{item.id}.says")


def _row(item: Milestone, steps: Mapping[str, DeskStep], write: Writer) -> str:
    words = write.words
    title, says = step_words(item, steps, words)
    weekday = words.list("renewal.weekdays")[item.day.weekday()]
    day = words(f"renewal.by.{item.kind.value}", day=day_words(item.day, write.say), weekday=weekday)
    notes = [_left(item, words)]
    if item.moved_from is not None:
        notes.append(words("renewal.moved", day=day_words(item.moved_from, write.say)))
    if item.past and item.kind is not StepKind.OVERDUE:
        notes.append(words("renewal.past"))
    step = steps.get(item.id)
    basis = f'<span class="advice">{escape(words("renewal.advice"))}</span>'
    if step is not None and step.basis is not None:
        basis = write.shelf.html(step.basis)
    elif item.kind in (StepKind.DUE, StepKind.OVERDUE):
        basis = ""
    soon = " soon" if item.past or item.kind is StepKind.OVERDUE else ""
    return (
        f'<li class="{item.kind.value}{soon}"><p class="when"><time datetime="{item.day.isoformat()}">{escape(day)}'
        f'</time> <span class="left">{escape(write.words("check.semicolon").join(notes))}</span></p>'
        f'<p class="what-to-do"><strong>{escape(title)}</strong> {escape(says)}</p>{basis}</li>'
    )


def _left(item: Milestone, words: Texts) -> str:
    if item.days_left < 0:
        return words("renewal.days_over", days=-item.days_left)
    if item.days_left == 0:
        return words("renewal.today")
    return words("renewal.days_left", days=item.days_left, working=item.working_days_left)


def _download(found: Renewal, write: Writer) -> str:
    due = next((item for item in found.milestones if item.kind is StepKind.DUE), None)
    if due is None:
        return ""
    address = f"renewal.ics?due={due.day.isoformat()}&lang={write.words.language}"
    label = escape(write.words("renewal.download"))
    return f'<p class="actions"><a class="action" href="{escape(address)}" download>{label}</a></p>'
