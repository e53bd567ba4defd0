"""The two sums of the renewal page as components: what a bridge loan costs, and how a loan is repaid."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import gradio as gr

from assistant.eligibility.costs import Unit
from assistant.eligibility.rulebook import Rulebook
from assistant.eligibility.schedules import Method
from assistant.texts import Texts, ui_texts
from assistant.ui.form_view import problem_words
from assistant.ui.form_wiring import QUIET, Updates
from assistant.ui.frame import html, words_in
from assistant.ui.numbers import Problem
from assistant.ui.tools import Worked, work_out_costs, work_out_schedules
from assistant.ui.tools_html import costs_html, method_words, schedules_html
from index.types import Language

COSTS = ("principal", "price", "days", "fees", "rate")
PLAN = ("principal", "rate", "months")
_CLASSES = ["field", "number"]


@dataclass(frozen=True, eq=False)
class Tool:
    """One sum."""

    name: str
    title: gr.HTML
    lines: dict[str, gr.Textbox]
    choice: gr.Radio
    result: gr.HTML


@dataclass(frozen=True, eq=False)
class Tools:
    """Both sums; `components` are those whose labels change with the language."""

    labels: Callable[[Texts], Updates]
    components: list[Any]


def build_tools(principal: Any, rate: Any, language: gr.Radio, book: Rulebook) -> Tools:
    """Lay both out and wire them; where principal or rate is left empty, that of the form above counts."""
    words = ui_texts(Language.ZH)
    with gr.Row(elem_id="tools"):
        costs = _lay_out("costs", COSTS, words)
        plan = _lay_out("schedule", PLAN, words)

    def worked(tool: Tool, language: str, choice: str, above: tuple[str, str], values: tuple[str, ...]) -> Updates:
        words = words_in(language)
        entered = dict(zip(tool.lines, (value or "" for value in values), strict=True))
        for name, value in zip(("principal", "rate"), above, strict=True):
            entered[name] = entered[name].strip() or (value or "")
        found = work_out_costs(entered, choice) if tool is costs else work_out_schedules(entered)
        return {tool.result: _result(tool, found, choice, book, words), **_marked(tool, found.problems, words)}

    for tool in (costs, plan):

        def on_change(language: str, choice: str, above: str, rate: str, *values: str, tool: Tool = tool) -> Updates:
            return worked(tool, language, choice, (above, rate), values)

        lines = list(tool.lines.values())
        events = [principal.change, rate.change, tool.choice.input, language.input, *(line.change for line in lines)]
        gr.on(
            events, on_change, [language, tool.choice, principal, rate, *lines], [tool.result, *lines],
            trigger_mode="always_last", **QUIET,
        )  # fmt: skip

    def labels(words: Texts) -> Updates:
        found: Updates = {}
        for tool in (costs, plan):
            title, hint = words(f"tools.{tool.name}.title"), words(f"tools.{tool.name}.hint")
            found[tool.title] = f"<h2>{escape(title)}</h2><p>{escape(hint)}</p>"
            found[tool.choice] = gr.update(label=words(f"tools.{tool.name}.choice"), choices=_choices(tool.name, words))
            for name, line in tool.lines.items():
                found[line] = gr.update(label=words(f"tools.field.{name}"), placeholder=_placeholder(name, words))
            found[tool.result] = _result(tool, Worked(), tool.choice.value, book, words)
        return found

    named = [part for tool in (costs, plan) for part in (tool.title, tool.choice, *tool.lines.values(), tool.result)]
    return Tools(labels, named)


def _lay_out(name: str, lines: tuple[str, ...], words: Texts) -> Tool:
    with gr.Column(min_width=300, elem_id=f"tool-{name}", elem_classes="tool"):
        title = html(f"tool-{name}-title")
        boxes: dict[str, gr.Textbox] = {}
        with gr.Row(elem_classes="tool-lines"):
            for line in lines:
                boxes[line] = gr.Textbox(
                    label=words(f"tools.field.{line}"), placeholder=_placeholder(line, words), max_lines=1,
                    max_length=30, min_width=130, elem_id=f"tool-{name}-{line}", elem_classes=_CLASSES,
                )  # fmt: skip
        choices = _choices(name, words)
        choice = gr.Radio(
            choices, value=choices[0][1], label=words(f"tools.{name}.choice"), elem_id=f"tool-{name}-choice",
            elem_classes=["field", "buttons"],
        )  # fmt: skip
        return Tool(name, title, boxes, choice, html(f"tool-{name}-result"))


def _choices(name: str, words: Texts) -> list[tuple[str, str]]:
    if name == "costs":
        return [(words(f"tools.unit.{unit.value}"), unit.value) for unit in Unit]
    return [(method_words(method, words), method.value) for method in Method]


def _placeholder(name: str, words: Texts) -> str:
    return words("tools.above") if name in ("principal", "rate") else ""


def _result(tool: Tool, worked: Worked, choice: str, book: Rulebook, words: Texts) -> str:
    return costs_html(worked, words) if tool.name == "costs" else schedules_html(worked, choice, book, words)


def _marked(tool: Tool, problems: Mapping[str, Problem], words: Texts) -> Updates:
    """Each line with what is wrong with it, or with nothing."""
    return {
        line: gr.update(
            info=problem_words(problems[name], words) if name in problems else "",
            elem_classes=[*_CLASSES, "bad"] if name in problems else _CLASSES,
        )
        for name, line in tool.lines.items()
    }
