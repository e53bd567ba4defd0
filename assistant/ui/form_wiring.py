"""A page of a form and its results, wired: whatever is entered, the results follow, in either language."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import Any, Protocol

import gradio as gr

from assistant.eligibility.desks import Case
from assistant.eligibility.rulebook import Rulebook
from assistant.profile import Desk, Profile
from assistant.texts import Texts, ui_texts
from assistant.ui.clauses import Library
from assistant.ui.fields import CITY, UNKNOWN, Widget
from assistant.ui.form_view import Input, cities_of, empty, entered, relabelled, shown_problem
from assistant.ui.frame import Frame, Page, frame_labels, start, words_in
from assistant.ui.handlers import read_day
from assistant.ui.numbers import Problem

log = logging.getLogger(__name__)
Updates = dict[Any, Any]
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
_PLACE = "region"


class Decider(Library, Protocol):
    """What pages with a form need of the assistant."""

    @property
    def rulebook(self) -> Rulebook | None:
        """The rules; None where the corpus has none."""

    def decide(self, desk: Desk, profile: Profile, on: date, named: tuple[str, ...] = ()) -> Case:
        """What they make of a profile."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What follows from a form: HTML, what is wrong with entries by field, and which fields make no difference."""

    html: str
    problems: Mapping[str, Problem] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Before:
    """What the results were last made from, and which fields showed a problem then."""

    given: tuple[object, ...] = ()  # day, language and every value
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class FormParts:
    """The components of a page with a form, and what is particular to it."""

    page: Page
    frame: Frame
    inputs: Sequence[Input]
    reset: gr.Button
    results: gr.HTML
    labels: Callable[[Texts], Updates]  # of components that are the page's own
    own: Sequence[Any]  # those components
    outcome: Callable[[Mapping[str, object], date, Texts], Outcome]
    conditional: tuple[str, ...] = ()  # fields that may be hidden


def wire_form(page: gr.Blocks, parts: FormParts, places: tuple[str, ...], today: Callable[[], date]) -> None:
    """Wire a page with a form; `places` are those rules name. To be called within the page's route."""
    c = parts
    components = [item.component for item in c.inputs]
    by_name = {item.name: item for item in c.inputs}
    nothing = tuple(empty(item) for item in c.inputs)
    before = gr.State(Before())

    def normal(values: Sequence[object]) -> tuple[object, ...]:
        """Fields that were never opened to view have no value in the browser yet."""
        return tuple(empty(item) if value is None else value for item, value in zip(c.inputs, values, strict=True))

    def shown(values: Sequence[object], day: str, words: Texts) -> tuple[Outcome, Updates]:
        found = _safely(c, entered(c.inputs, values), day, words, today())
        state = Before((day, str(words.language), *values), tuple(found.problems))
        visible = {
            by_name[name].component: gr.update(visible=name not in found.hidden)
            for name in c.conditional
            if name in by_name
        }
        return found, {c.results: found.html, before: state, **visible}

    def labels(words: Texts, wrong: Mapping[str, Problem]) -> Updates:
        own = {c.reset: words("field.reset"), **c.labels(words)}
        return frame_labels(c.frame, c.page, words) | relabelled(c.inputs, words, wrong) | own

    def on_load(request: gr.Request) -> Updates:
        language, day = start(request.headers, request.query_params, today())
        words = ui_texts(language)
        chosen = {c.frame.language: str(language), c.frame.as_of: gr.update(value=day)}
        return merged(labels(words, {}), shown(nothing, day, words)[1], chosen)

    def on_change(last: Before, day: str, language: str, *values: object) -> Any:
        words, values = words_in(language), normal(values)
        if last.given == (day, language, *values):
            return gr.skip()  # the echo of a change of ours
        found, updates = shown(values, day, words)
        changed = {
            by_name[name].component: gr.update(**shown_problem(by_name[name], found.problems, words))
            for name in {*last.problems, *found.problems}
            if name in by_name
        }
        return merged(updates, changed)

    def on_language(day: str, language: str, *values: object) -> Updates:
        words, values = words_in(language), normal(values)
        found, updates = shown(values, day, words)
        province = entered(c.inputs, values).get(_PLACE)
        cities = {by_name[CITY].component: gr.update(choices=cities_of(province, places, words))}
        return merged(labels(words, found.problems), updates, cities)

    def on_province(province: str, language: str) -> Any:
        return gr.update(choices=cities_of(province, places, words_in(language)), value=UNKNOWN)

    def on_reset(day: str, language: str) -> Updates:
        words = words_in(language)
        cleared = {
            item.component: gr.update(value=value, **({} if item.name == CITY else shown_problem(item, {}, words)))
            for item, value in zip(c.inputs, nothing, strict=True)
        }
        return merged(cleared, shown(nothing, day, words)[1])

    controls = [c.frame.as_of, c.frame.language]
    top = [c.frame.head, c.frame.disclaimer, *controls]
    after = [before, c.results, *components]
    everything = [*after, *top, c.reset, *c.own]
    changes = [_changed(item) for item in c.inputs if item.name != _PLACE]
    region, city = by_name[_PLACE].component, by_name[CITY].component
    page.load(on_load, None, everything, **QUIET)
    c.frame.language.input(on_language, [*controls, *components], everything, **QUIET)
    gr.on(
        [*changes, c.frame.as_of.change], on_change, [before, *controls, *components], after,
        trigger_mode="always_last", **QUIET,
    )  # fmt: skip
    region.input(on_province, [region, c.frame.language], city, **QUIET).then(
        on_change, [before, *controls, *components], after, **QUIET
    )
    c.reset.click(on_reset, controls, after, **QUIET)


def _changed(item: Input) -> Any:
    """The event of a field being changed. Gradio tells of `input` in a line of text only where a key was pressed, and
    misses pasting, deleting and what phones type; `change` tells of all, and of changes of ours too."""
    lines = (Widget.LINE, Widget.DATE)
    return item.component.change if item.field.widget in lines else item.component.input


def _safely(c: FormParts, given: Mapping[str, object], day: str, words: Texts, today: date) -> Outcome:
    """The outcome; whatever goes wrong becomes a sentence, never a trace."""
    on = read_day(day, today)
    if on is None:
        return Outcome(problem_line(words("problem.date", example=today.isoformat())))
    try:
        return c.outcome(given, on, words)
    except Exception:  # the outermost edge: the visitor gets a sentence, the log the trace
        log.exception("a form could not be worked out")
        return Outcome(problem_line(words("problem.answer")))


def problem_line(text: str) -> str:
    """A sentence about what went wrong."""
    return f'<p class="problem-line" role="alert">{escape(text)}</p>'


def merged(*updates: Updates) -> Updates:
    """Updates together; of two for one component, their changes joined."""
    found: Updates = {}
    for update in updates:
        for component, change in update.items():
            before = found.get(component)
            both = isinstance(before, dict) and isinstance(change, dict) and "__type__" in change
            found[component] = {**before, **change} if both else change  # type: ignore[dict-item]
    return found
