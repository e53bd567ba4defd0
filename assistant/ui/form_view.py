"""Fields → Gradio components, their labels in either language, and what is wrong with an entry shown at its field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.eligibility.rules import FactKind
from assistant.texts import Texts
from assistant.ui.fields import CITY, HINTED, NO_OTHERS, UNKNOWN, Field, Widget, field_id
from assistant.ui.numbers import Problem
from assistant.ui.places import city_choices, province_choices

Choices = list[tuple[str, str]]


@dataclass(frozen=True, eq=False)
class Input:
    """A component of a form by the name its value is read under."""

    name: str
    field: Field
    component: Any
    hinted: bool  # whether the question stands under the label


def make(item: Field, words: Texts, *, hinted: bool = False) -> list[Input]:
    """The component for a field; two for a place."""
    hinted = hinted or item.name in HINTED
    look = {"label": label(item, words), "elem_id": field_id(item.name), "elem_classes": _classes(item)}
    info = hint(item, words, hinted)
    if item.widget is Widget.PLACE:
        province = gr.Dropdown(choices(item, words), value=UNKNOWN, filterable=False, info=info, **look)
        city = gr.Dropdown(
            [unknown(words)], value=UNKNOWN, allow_custom_value=True, label=words("field.city"),
            elem_id=field_id(CITY), elem_classes=_classes(item),
        )  # fmt: skip
        return [Input(item.name, item, province, hinted), Input(CITY, item, city, False)]
    component: Any
    if item.widget is Widget.LIST:
        component = gr.Dropdown(choices(item, words), value=UNKNOWN, filterable=False, info=info, **look)
    elif item.widget is Widget.BUTTONS:
        component = gr.Radio(choices(item, words), value=UNKNOWN, info=info, **look)
    elif item.widget is Widget.BOXES:
        component = gr.CheckboxGroup(choices(item, words), value=[], info=info, **look)
    else:
        component = gr.Textbox(max_lines=1, max_length=60, info=info, placeholder=words("field.empty"), **look)
    return [Input(item.name, item, component, hinted)]


def empty(item: Input) -> Any:
    """The value of a field that is not filled in."""
    if item.field.widget in (Widget.LINE, Widget.DATE):
        return ""
    return [] if item.field.widget is Widget.BOXES else UNKNOWN


def relabelled(inputs: Iterable[Input], words: Texts, problems: Mapping[str, Problem]) -> dict[Any, Any]:
    """Every field in one language; what was entered stays."""
    found: dict[Any, Any] = {}
    for item in inputs:
        if item.name == CITY:
            found[item.component] = gr.update(label=words("field.city"))
            continue
        changes: dict[str, Any] = {"label": label(item.field, words), **shown_problem(item, problems, words)}
        if item.field.widget in (Widget.LIST, Widget.BUTTONS, Widget.BOXES, Widget.PLACE):
            changes["choices"] = choices(item.field, words)
        elif item.field.widget is not Widget.DATE:
            changes["placeholder"] = words("field.empty")
        found[item.component] = gr.update(**changes)
    return found


def shown_problem(item: Input, problems: Mapping[str, Problem], words: Texts) -> dict[str, Any]:
    """The changes of a component that show what is wrong with its value, or that nothing is."""
    problem = problems.get(item.name)
    if problem is None:
        return {"info": hint(item.field, words, item.hinted) or "", "elem_classes": _classes(item.field)}
    return {"info": problem_words(problem, words), "elem_classes": [*_classes(item.field), "bad"]}


def problem_words(problem: Problem, words: Texts) -> str:
    """What is wrong, and what would be right."""
    return words(f"problem.{problem.key}", **problem.values)


def cities_of(province: object, places: tuple[str, ...], words: Texts) -> Choices:
    """The cities to choose from once a province is chosen."""
    known = city_choices(province, places, words.language) if isinstance(province, str) else []
    return [unknown(words), *known]


def entered(inputs: Sequence[Input], values: Sequence[object]) -> dict[str, object]:
    """The values of a form by name."""
    return {item.name: value for item, value in zip(inputs, values, strict=True)}


def label(item: Field, words: Texts) -> str:
    """The label of a field with its unit."""
    name = item.fact.label.in_(words.language)
    if item.fact.kind is FactKind.NUMBER and item.fact.unit:
        return words("field.with_unit", name=name, unit=words(f"field.unit.{item.fact.unit}"))
    return name


def hint(item: Field, words: Texts, hinted: bool) -> str | None:
    """What stands under the label: the question, where the label alone might not be understood."""
    if item.widget is Widget.BOXES:
        return words("field.several")
    return item.fact.ask.in_(words.language) if hinted else None


def choices(item: Field, words: Texts) -> Choices:
    """What can be chosen; not knowing comes first, or nothing else for several."""
    if item.widget is Widget.PLACE:
        return [unknown(words), *province_choices(words.language)]
    if item.fact.kind is FactKind.FLAG:
        return [(words("field.yes"), "yes"), (words("field.no"), "no"), unknown(words)]
    named = [(name.in_(words.language), key) for key, name in item.fact.choices.items()]
    if item.widget is Widget.BOXES:
        return [*named, (words("field.no_others"), NO_OTHERS)]
    return [*named, unknown(words)] if item.widget is Widget.BUTTONS else [unknown(words), *named]


def unknown(words: Texts) -> tuple[str, str]:
    """The choice for not knowing."""
    return words("field.unknown"), UNKNOWN


def _classes(item: Field) -> list[str]:
    kind = "number" if item.fact.kind is FactKind.NUMBER else str(item.widget)
    return ["field", kind]
