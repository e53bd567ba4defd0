"""A customer's facts on the comparison: the fields the chosen products ask for, and what was entered in them."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.eligibility.rulebook import Rulebook
from assistant.eligibility.rules import Fact
from assistant.products.types import Product
from assistant.profile import Profile
from assistant.texts import Texts, ui_texts
from assistant.ui.fields import CITY, HINTED, UNKNOWN, Field, Widget, asked_by, field_id, fields
from assistant.ui.form_view import choices, hint, label, problem_words
from assistant.ui.forms import Reading, read_form
from assistant.ui.library.products_query import FACT, Asked
from assistant.ui.places import rule_places
from assistant.ui.plain.shell import t

_OF_SIZE = ("industry", "employees", "revenue_wan", "assets_wan")  # what the size class follows from


def wanted_fields(products: Sequence[Product], book: Rulebook) -> tuple[Field, ...]:
    """What decides about these products, in the order of facts.yaml."""
    candidates = [product.candidate for product in products if product.candidate]
    asked = set(asked_by(candidates, book))
    if "size_class" in asked:
        asked |= set(_OF_SIZE)
    return fields((name for name in book.facts if name in asked), book.facts)


def read_profile(asked: Asked, wanted: Sequence[Field], book: Rulebook | None) -> Reading:
    """The profile of an address; what cannot be read stays unknown and is named."""
    if book is None:
        return Reading(Profile.of(()), {})
    entered: dict[str, object] = {}
    for item in wanted:
        values = [value for value in asked.all(FACT + item.name) if value]
        entered[item.name] = values if item.widget is Widget.BOXES else (values[-1] if values else "")
    entered[CITY] = asked.one(FACT + CITY)
    return read_form(entered, wanted, rule_places(book))


def fields_html(wanted: Sequence[Field], asked: Asked, reading: Reading, say: Texts) -> str:
    """The fields with what was entered, and what is wrong with it."""
    words = ui_texts(say.language)
    in_lines = sorted(wanted, key=lambda item: item.widget is Widget.BOXES)  # lists of boxes would tear the lines apart
    return "".join(_field(item, asked, reading, words) for item in in_lines)


def problems(reading: Reading, facts: dict[str, Fact], say: Texts) -> list[str]:
    """What could not be read, in sentences."""
    words = ui_texts(say.language)
    return [
        say("profile.problem", what=facts[name].label.in_(say.language), why=problem_words(problem, words))
        for name, problem in reading.problems.items()
    ]


def _field(item: Field, asked: Asked, reading: Reading, words: Texts) -> str:
    name, id = FACT + item.name, field_id(item.name)
    given = asked.all(name)
    problem = reading.problems.get(item.name)
    told = hint(item, words, item.name in HINTED) or ""
    described = f' aria-describedby="{id}-hint"' if told or problem else ""
    invalid = ' aria-invalid="true"' if problem else ""
    note = f'<p class="hint" id="{id}-hint">{t(told)}</p>' if told else ""
    if problem:
        note = f'<p class="problem" id="{id}-hint">{t(problem_words(problem, words))}</p>'
    if item.widget is Widget.BOXES:
        boxes = "".join(
            f'<label class="choice"><input type="checkbox" name="{t(name)}" value="{t(value)}"'
            f"{' checked' if value in given else ''}>{t(shown)}</label>"
            for shown, value in choices(item, words)
        )
        return (
            f'<details class="several"{" open" if given else ""}><summary id="{id}">{t(label(item, words))}</summary>'
            f'<div role="group" aria-labelledby="{id}">{note}{boxes}</div></details>'
        )
    value = given[-1] if given else ""
    if item.widget is Widget.PLACE and not any(key.startswith(FACT) for key, _ in asked.pairs):
        value = asked.province  # where products were looked for is likely where the customer is; it decides nothing yet
    if item.widget in (Widget.BUTTONS, Widget.LIST, Widget.PLACE):
        options = "".join(
            f'<option value="{"" if key == UNKNOWN else t(key)}"{" selected" if key == (value or UNKNOWN) else ""}>'
            f"{t(shown)}</option>"
            for shown, key in _unknown_first(choices(item, words))
        )
        made = f'<select id="{id}" name="{t(name)}"{described}{invalid}>{options}</select>'
    else:
        kind = "date" if item.widget is Widget.DATE else "text"
        made = f'<input id="{id}" name="{t(name)}" type="{kind}" maxlength="60" value="{t(value)}"{described}{invalid}>'
    made = f'<div class="entry"><label for="{id}">{t(label(item, words))}</label>{made}{note}</div>'
    if item.widget is Widget.PLACE:
        city, city_id = FACT + CITY, field_id(CITY)
        made += (
            f'<div class="entry"><label for="{city_id}">{t(words("field.city"))}</label>'
            f'<input id="{city_id}" name="{city}" maxlength="20" value="{t(asked.one(city))}"></div>'
        )
    return made


def _unknown_first(found: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(found, key=lambda pair: pair[1] != UNKNOWN)
