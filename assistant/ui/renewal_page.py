"""The renewal desk: a loan that falls due, and what the rules, the calendar and the sums make of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from html import escape
from typing import Any

import gradio as gr

from assistant.eligibility.rulebook import Rulebook
from assistant.profile import Desk
from assistant.texts import Texts, ui_texts
from assistant.ui.check_page import without_effect
from assistant.ui.fields import CITY, LOAN, asked_by, fields, further
from assistant.ui.form_view import Input, make
from assistant.ui.form_wiring import Decider, FormParts, Outcome, Updates, wire_form
from assistant.ui.forms import read_form
from assistant.ui.frame import Page, frame, html
from assistant.ui.places import rule_places
from assistant.ui.renewal_results import renewal_html
from assistant.ui.tools_view import build_tools
from index.types import Language

CONDITIONAL = ("assets_wan",)  # shown where they make a difference


def build_renewal(page: gr.Blocks, assistant: Decider, book: Rulebook, today: Callable[[], date]) -> None:
    """Lay the page out and wire it; to be called within its route."""
    words = ui_texts(Language.ZH)
    top = frame(words)
    rules = [book.candidates[name] for name in (*book.desk.candidates, book.desk.normal_class)]
    others = fields(further(asked_by(rules, book), LOAN), book.facts)
    inputs: list[Input] = []
    with gr.Row(elem_id="desk"):
        with gr.Column(scale=2, min_width=300, elem_id="form"):
            hint = html("form-hint")
            for item in fields(LOAN, book.facts):
                inputs += make(item, words)
            with gr.Accordion(words("renewal.more"), open=False, elem_id="more", visible=bool(others)) as more:
                for item in others:
                    inputs += make(item, words, hinted=True)
            reset = gr.Button(words("field.reset"), size="sm", elem_id="reset")
        with gr.Column(scale=3, min_width=300, elem_id="outcome"):
            results = html("outcome-html")
    by_name = {item.name: item.component for item in inputs}
    tools = build_tools(by_name["loan_principal_wan"], by_name["loan_rate"], top.language, book)
    to_results = html("to-results")
    asked = [item.field for item in inputs if item.name != CITY]
    places = rule_places(book)

    def outcome(given: Mapping[str, object], on: date, words: Texts) -> Outcome:
        reading = read_form(given, asked, places)
        profile, hidden = reading.profile, without_effect(reading.profile, book) & set(CONDITIONAL)
        for name in hidden:
            profile = profile.without(name)
        case = assistant.decide(Desk.RENEWAL, profile, on)
        names = {item.name for item in asked} - hidden
        shown = renewal_html(case, reading.problems, book, assistant, words, today(), names)
        return Outcome(shown, reading.problems, frozenset(hidden))

    def labels(words: Texts) -> Updates:
        return {
            hint: f"<p>{escape(words('renewal.hint'))}</p>",
            more: gr.update(label=words("renewal.more")),
            to_results: f'<a href="#results">{escape(words("check.to_results"))}</a>',
            **tools.labels(words),
        }

    own: list[Any] = [hint, more, to_results, *tools.components]
    parts = FormParts(Page.RENEWAL, top, inputs, reset, results, labels, own, outcome, CONDITIONAL)
    wire_form(page, parts, places, today)
