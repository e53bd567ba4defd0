"""The self-check: a form where everything may be left open, and what the rules make of it, anew with every change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from html import escape
from typing import Any

import gradio as gr

from assistant.eligibility.desks import offered
from assistant.eligibility.rulebook import Rulebook
from assistant.eligibility.rules import CandidateKind
from assistant.profile import Choice, Desk, Profile, Range
from assistant.texts import Texts, ui_texts
from assistant.ui.check_results import check_html
from assistant.ui.fields import CITY, CORE, Field, asked_by, fields, further
from assistant.ui.form_view import Input, make
from assistant.ui.form_wiring import Decider, FormParts, Outcome, Updates, wire_form
from assistant.ui.forms import read_form
from assistant.ui.frame import Page, frame, html
from assistant.ui.places import rule_places
from index.types import Language

CONDITIONAL = ("revenue_so_far_wan", "assets_wan")  # shown where they make a difference


def build_check(page: gr.Blocks, assistant: Decider, book: Rulebook, today: Callable[[], date]) -> None:
    """Lay the page out and wire it; to be called within its route."""
    words = ui_texts(Language.ZH)
    top = frame(words)
    core, others = _fields(book)
    inputs: list[Input] = []
    own: list[Any] = []
    with gr.Row(elem_id="desk"):
        with gr.Column(scale=2, min_width=300, elem_id="form"):
            own.append(html("form-hint"))
            for item in core:
                inputs += make(item, words)
            with gr.Accordion(words("check.more"), open=False, elem_id="more") as more:
                for item in others:
                    inputs += make(item, words, hinted=True)
            reset = gr.Button(words("field.reset"), size="sm", elem_id="reset")
        with gr.Column(scale=3, min_width=300, elem_id="outcome"):
            results = html("outcome-html")
    own += [more, html("to-results")]
    asked = [item.field for item in inputs if item.name != CITY]
    places = rule_places(book)

    def outcome(given: Mapping[str, object], on: date, words: Texts) -> Outcome:
        reading = read_form(given, asked, places)
        profile, hidden = reading.profile, without_effect(reading.profile, book)
        for name in hidden:
            profile = profile.without(name)
        case = assistant.decide(Desk.MATCH, profile, on)
        names = {item.name for item in asked} - hidden
        return Outcome(check_html(case, reading.problems, assistant, words, today(), names), reading.problems, hidden)

    def labels(words: Texts) -> Updates:
        hint, more, to_results = own
        return {
            hint: f"<p>{escape(words('check.hint'))}</p>",
            more: gr.update(label=words("check.more")),
            to_results: f'<a href="#results">{escape(words("check.to_results"))}</a>',
        }

    parts = FormParts(Page.CHECK, top, inputs, reset, results, labels, own, outcome, CONDITIONAL)
    wire_form(page, parts, places, today)


def _fields(book: Rulebook) -> tuple[tuple[Field, ...], tuple[Field, ...]]:
    """The fields always shown, and those behind "more": whatever else a candidate one may apply for asks."""
    candidates = [item for item in offered(book) if item.kind is not CandidateKind.RENEWAL]
    return fields(CORE, book.facts), fields(further(asked_by(candidates, book), CORE), book.facts)


def without_effect(profile: Profile, book: Rulebook) -> frozenset[str]:
    """Fields that make no difference: assets in industries not measured by them, revenue so far of older firms."""
    hidden = set()
    months, industry = profile.value("months"), profile.value("industry")
    if not (isinstance(months, Range) and months.high is not None and months.high < 12):
        hidden.add("revenue_so_far_wan")
    known = book.size.industries.get(industry.exact or "") if isinstance(industry, Choice) else None
    if known is None or "assets_wan" not in known.metrics:
        hidden.add("assets_wan")
    return frozenset(hidden)
