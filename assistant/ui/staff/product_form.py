"""The draft of a product's terms and conditions as a form: each with its words, to keep, correct or drop.

What the document says (clauses, quotations) stands as text, so that nobody can change it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from assistant.texts import Texts
from assistant.ui.staff.shell import form, section, select, t

PREFIX = "product."
LISTS = ("terms", "needs")
Named = Callable[[str], str]  # a fact of the rules → its name for people


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
        return [part.strip() for part in text.replace("，", "、").split("、") if part.strip()]
    return text or None


def _row(part: str, number: int, entry: Mapping[str, Any], words: Texts, named: Named, editable: bool) -> str:
    name = f"{part}.{number}"
    title = _title(part, entry, words, named)
    holds = words(f"product.holds.{entry['holds']}") if entry.get("holds") in words.section("product.holds") else ""
    value = (
        _entry(f"{name}.value", holds or words("product.value"), entry["value"], words, editable)
        if "value" in entry
        else ""
    )
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
        return named(str(entry.get("asks", "")))
    what = str(entry.get("what", ""))
    return words(f"product.what.{what}") if what in words.section("product.what") else what


def _entry(name: str, label: str, value: Any, words: Texts, editable: bool) -> str:
    id = t(PREFIX + name)
    if not editable:
        told = words(f"product.{str(value).lower()}") if isinstance(value, bool) else shown(value)
        return f'<div class="field"><p class="label">{t(label)}</p><p>{t(told)}</p></div>'
    if isinstance(value, bool):
        options = [("true", words("product.true")), ("false", words("product.false"))]
        entry = select(PREFIX + name, options, str(value).lower())
    else:
        entry = f'<input id="{id}" name="{id}" value="{t(shown(value))}">'
    return f'<div class="field"><label for="{id}">{t(label)}</label>{entry}</div>'
