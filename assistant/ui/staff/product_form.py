"""The draft of a product's terms as a form, whatever its shape: leaves are fields, and what comes back has that shape.

What is only told (clause ids, quotations) stands as text, so that nobody can change what the document says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assistant.texts import Texts
from assistant.ui.staff.shell import form, section, t

PREFIX = "product."
TOLD = frozenset({"clause", "quote", "evidence", "page", "id"})  # of the document: shown, never a field
Path = tuple[str, ...]


def product_html(product: Mapping[str, Any], action: str, token: str, words: Texts, *, editable: bool) -> str:
    """The draft, to be confirmed."""
    rows = "".join(_leaf(path, value, editable) for path, value in leaves(product))
    hint = f'<p class="soft">{t(words("review.product_hint"))}</p>'
    if not editable:
        return section(words("review.product"), rows, id="product")
    confirm = (
        f'<p class="check"><input type="checkbox" id="confirmed" name="confirmed" value="yes" required>'
        f'<label for="confirmed">{t(words("review.product_confirm"))}</label></p>'
        f'<p><button type="submit">{t(words("review.product_save"))}</button></p>'
    )
    return section(words("review.product"), hint + form(action, token, rows + confirm), id="product")


def leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every value that is neither a mapping nor a list, with the way to it."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from leaves(inner, (*path, str(key)))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for number, inner in enumerate(value):
            yield from leaves(inner, (*path, str(number)))
    else:
        yield path, value


def product_of(sent: Mapping[str, list[str]], product: Mapping[str, Any]) -> dict[str, Any]:
    """The draft with what a person entered, in the same shape; raises ValueError naming a field of the wrong type."""
    return {key: _entered(value, (str(key),), sent) for key, value in product.items()}


def _entered(value: Any, path: Path, sent: Mapping[str, list[str]]) -> Any:
    if isinstance(value, Mapping):
        return {key: _entered(inner, (*path, str(key)), sent) for key, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_entered(inner, (*path, str(number)), sent) for number, inner in enumerate(value)]
    name = field_name(path)
    if path[-1] in TOLD or name not in sent:
        return value
    text = sent[name][0].strip()
    if text == shown(value):
        return value
    return typed(text, value, name)


def typed(text: str, like: Any, name: str) -> Any:
    """A text as a value of the kind that stood there; "" is no value."""
    if text == "":
        return None
    if isinstance(like, bool):
        return text.lower() in ("true", "yes", "1", "是")
    if isinstance(like, int | float):
        try:
            number = float(text)
        except ValueError as error:
            raise ValueError(name) from error
        return int(number) if number.is_integer() else number
    return text


def field_name(path: Path) -> str:
    """The name of a leaf in the form."""
    return PREFIX + ".".join(path)


def shown(value: object) -> str:
    """A value as it stands in its field."""
    return "" if value is None else str(value)


def _leaf(path: Path, value: Any, editable: bool) -> str:
    label = t(" · ".join(path))
    if path[-1] in TOLD or not editable:
        return f'<div class="field told"><p class="label">{label}</p><p>{t(shown(value))}</p></div>'
    name = t(field_name(path))
    entry = f'<input id="{name}" name="{name}" value="{t(shown(value))}">'
    return f'<div class="field"><label for="{name}">{label}</label>{entry}</div>'
