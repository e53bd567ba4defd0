"""The draft of a product's terms and conditions as a form: each with its words, to keep, correct or drop.

What the document says (clauses, quotations) stands as text, so that nobody can change it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.texts import Texts
from assistant.ui.plain.shell import form, section, select, t
from index.types import Language

PREFIX = "product."
LISTS = ("terms", "needs")


@dataclass(frozen=True)
class FactName:
    """A fact of the rules in words for people: its name, and each of its choices by code."""

    label: str
    choices: Mapping[str, str] = field(default_factory=dict)


Named = Callable[[str], FactName]


def product_html(
    product: Mapping[str, Any], action: str, token: str, words: Texts, named: Named, *, editable: bool
) -> str:
    """The draft, to be confirmed."""
    rows = _entry("name", words("product.name"), product.get("name"), words, editable)
    for part in LISTS:
        entries = [e for e in product.get(part) or () if isinstance(e, Mapping)]
        if entries:
            made = "".join(_row(part, n, entry, words, named, editable) for n, entry in enumerate(entries))
            rows += f"<h3>{t(words(f'product.{part}'))}</h3>{made}"
    hint = f'<p class="soft">{t(words("review.product_hint"))}</p>'
    if not editable:
        return section(words("review.product"), rows, id="product")
    confirm = (
        f'<p class="check"><input type="checkbox" id="confirmed" name="confirmed" value="yes" required>'
        f'<label for="confirmed">{t(words("review.product_confirm"))}</label></p>'
        f'<p><button type="submit">{t(words("review.product_save"))}</button></p>'
    )
    return section(words("review.product"), hint + form(action, token, rows + confirm), id="product")


def product_of(sent: Mapping[str, list[str]], product: Mapping[str, Any]) -> dict[str, Any]:
    """The draft as a person left it; raises ValueError naming the field whose value is none of its kind."""
    confirmed = dict(product)
    if "name" in product:
        confirmed["name"] = _entered(product["name"], f"{PREFIX}name", sent)
    for part in LISTS:
        kept = []
        for number, entry in enumerate(product.get(part) or ()):
            name = f"{PREFIX}{part}.{number}"
            if f"{name}.keep" in sent:
                value = {"value": _entered(entry["value"], f"{name}.value", sent)} if "value" in entry else {}
                kept.append({**entry, **value})
        confirmed[part] = kept
    return confirmed


def shown(value: object) -> str:
    """A value as it stands in its field."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "、".join(map(str, value))
    return "" if value is None else str(value)


def _entered(value: Any, name: str, sent: Mapping[str, list[str]]) -> Any:
    """What was entered, as a value of the kind that stood there."""
    text = sent.get(name, [shown(value)])[0].strip()
    if isinstance(value, bool):
        return text == "true"
    if text == shown(value):
        return value
    if isinstance(value, int | float):
        try:
            number = float(text)
        except ValueError as error:
            raise ValueError(name) from error
        if not 0 <= number < 1e12:  # neither NaN nor infinite
            raise ValueError(name)
        return int(number) if number.is_integer() else number
    if isinstance(value, Sequence) and not isinstance(value, str):
        entered = [part.strip() for one in sent.get(name, ()) for part in one.replace("，", "、").split("、")]
        if not (entered := [part for part in entered if part]):
            raise ValueError(name)
        return entered
    return text or None


def _row(part: str, number: int, entry: Mapping[str, Any], words: Texts, named: Named, editable: bool) -> str:
    name = f"{part}.{number}"
    title = _title(part, entry, words, named)
    holds = words(f"product.holds.{entry['holds']}") if entry.get("holds") in words.section("product.holds") else ""
    value = ""
    if "value" in entry:
        choices = named(str(entry.get("asks", ""))).choices if part == "needs" else {}
        label = holds or words("product.value")
        value = _entry(f"{name}.value", label, entry["value"], words, editable, choices)
    read_from = f'<span class="soft">{t(words("review.evidence"))}</span>'
    quote = f'<p class="evidence">{read_from} <q>{t(entry.get("quote", ""))}</q></p>'
    keep = ""
    if editable:
        id = t(f"{PREFIX}{name}.keep")
        keep = (
            f'<p class="check"><input type="checkbox" id="{id}" name="{id}" value="yes" checked>'
            f'<label for="{id}">{t(words("product.keep"))}</label></p>'
        )
    return f'<fieldset class="term"><legend>{t(title)}</legend>{value}{quote}{keep}</fieldset>'


def _title(part: str, entry: Mapping[str, Any], words: Texts, named: Named) -> str:
    if part == "needs":
        return named(str(entry.get("asks", ""))).label
    what = str(entry.get("what", ""))
    return words(f"product.what.{what}") if what in words.section("product.what") else what


def _entry(
    name: str, label: str, value: Any, words: Texts, editable: bool, choices: Mapping[str, str] | None = None
) -> str:
    id = t(PREFIX + name)
    several = isinstance(value, Sequence) and not isinstance(value, str)
    codes = list(value) if several else [value]
    known = choices if choices and set(codes) <= set(choices) else {}
    if not editable:
        told = words(f"product.{str(value).lower()}") if isinstance(value, bool) else shown(value)
        if known:
            told = ("、" if words.language == Language.ZH else ", ").join(known[one] for one in codes)
        return f'<div class="field"><p class="label">{t(label)}</p><p>{t(told)}</p></div>'
    if isinstance(value, bool):
        options = [("true", words("product.true")), ("false", words("product.false"))]
        entry = select(PREFIX + name, options, str(value).lower())
    elif known and several:
        boxes = "".join(
            f'<label class="choice"><input type="checkbox" name="{id}" value="{t(code)}"'
            f"{' checked' if code in value else ''}> {t(said)}</label>"
            for code, said in known.items()
        )
        # The blank one is sent even where no box is ticked, which is then told to be wrong.
        return (
            f'<fieldset class="choices"><legend>{t(label)}</legend><input type="hidden" name="{id}" value="">{boxes}'
            "</fieldset>"
        )
    elif known:
        entry = select(PREFIX + name, list(known.items()), str(value))
    else:
        entry = f'<input id="{id}" name="{id}" value="{t(shown(value))}">'
    return f'<div class="field"><label for="{id}">{t(label)}</label>{entry}</div>'
