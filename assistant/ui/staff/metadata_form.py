"""The metadata of a draft as a form: each field with the words it was read from, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from assistant.texts import Texts
from assistant.ui.plain.shell import form, section, select, t
from index.documents.metadata.types import Certainty
from index.library.metadata import BEFORE
from index.library.types import Draft, Metadata, Proposed
from index.types import Kind

DATES = ("issued", "effective", "expires", "repealed")
LISTS = ("issuers", "supersedes", "topics")
FIELDS = ("title", "short_title", "kind", "document_number", "issuers", "issued", "effective", "expires", "repealed",
          "supersedes", "region", "topics", "official_url")  # fmt: skip
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_LONG = ("title",)
_SHOWN = 3  # pieces of evidence to a field


def metadata_html(
    draft: Draft, action: str, token: str, words: Texts, wrong: Mapping[str, str], given: Mapping[str, list[str]], *,
    editable: bool, paged: bool,
) -> str:  # fmt: skip
    """The form; after a correction that could not be taken, with what was `given` and what is `wrong`.

    `paged`: the file has pages that can be turned to.
    """
    rows = "".join(_field(name, draft, words, wrong.get(name), given, editable, paged) for name in FIELDS)
    problems = _summary(wrong, words) if wrong else ""
    if not editable:
        return section(words("review.about"), rows, id="about")
    button = f'<p><button type="submit">{t(words("review.save"))}</button></p>'
    hint = f'<p class="soft">{t(words("review.about_hint"))}</p>'
    return section(words("review.about"), hint + problems + form(action, token, rows + button), id="about")


def changes_of(sent: Mapping[str, list[str]], metadata: Metadata) -> dict[str, Any]:
    """What a person changed: fields that were sent and say something else than before."""
    changed: dict[str, Any] = {}
    for name in FIELDS:
        if name in sent and (text := sent[name][0].strip()) != shown_value(getattr(metadata, name)):
            changed[name] = text
    return changed


def contradictions(metadata: Metadata, changes: Mapping[str, Any]) -> dict[str, str]:
    """Dates that cannot both be, once the changes are made; what is no date is told by the library."""
    effective, expires = (changes.get(n, shown_value(getattr(metadata, n))) for n in ("effective", "expires"))
    both = _DAY.fullmatch(effective) and _DAY.fullmatch(expires)
    return {"expires": BEFORE} if both and expires < effective else {}


def shown_value(value: object) -> str:
    """A value as it stands in its field."""
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def wrong_said(name: str, problem: str, words: Texts) -> str:
    """What is wrong with a field, in words of the page; the library tells it in English and for programs."""
    if BEFORE in problem:
        return words("wrong.order")
    if name in DATES:
        return words("wrong.date")
    if "empty" in problem or "at least 1" in problem:
        return words("wrong.empty")
    if "http" in problem:
        return words("wrong.url")
    if "at most" in problem:
        return words("wrong.long")
    if name == "kind":
        return words("wrong.choice")
    return words("wrong.hidden" if "instruct" in problem or "hidden" in problem else "wrong.other")


def _summary(wrong: Mapping[str, str], words: Texts) -> str:
    links = "".join(
        f'<li><a href="#{t(name)}">{t(words(f"field.{name}") if name in FIELDS else name)}</a></li>' for name in wrong
    )
    count = words("wrong.summary", count=len(wrong))
    return f'<div class="notice bad" role="alert"><p>{t(count)}</p><ul>{links}</ul></div>'


def _field(
    name: str, draft: Draft, words: Texts, wrong: str | None, given: Mapping[str, list[str]], editable: bool,
    paged: bool,
) -> str:  # fmt: skip
    label, value = t(words(f"field.{name}")), shown_value(getattr(draft.metadata, name))
    value = given[name][0] if name in given else value
    proof = _evidence(name, draft, words, paged)
    if not editable:
        shown = words(f"kind.{value}") if name == "kind" else value or words("none")
        return f'<div class="field"><p class="label">{label}</p><p>{t(shown)}</p>{proof}</div>'
    notes, hint, problem = [], "", ""
    if name in words.section("hint"):
        notes.append(f"{name}-hint")
        hint = f'<p class="hint" id="{name}-hint">{t(words(f"hint.{name}"))}</p>'
    if wrong is not None:
        notes.append(f"{name}-wrong")
        problem = f'<p class="problem" id="{name}-wrong">{t(wrong_said(name, wrong, words))}</p>'
    attributes = f' aria-describedby="{" ".join(notes)}"' if notes else ""
    attributes += ' aria-invalid="true"' if wrong is not None else ""
    return (
        f'<div class="field"><label for="{name}">{label}</label>{hint}{problem}'
        f"{_input(name, value, attributes, words)}{proof}</div>"
    )


def _input(name: str, value: str, attributes: str, words: Texts) -> str:
    if name == "kind":
        options = [(str(kind), words(f"kind.{kind}")) for kind in Kind if kind is not Kind.GLOSSARY]
        return select(name, options, value, attributes)
    if name in _LONG:
        return f'<textarea id="{name}" name="{name}" rows="2"{attributes}>{t(value)}</textarea>'
    if name in DATES:
        attributes += ' placeholder="2026-01-31" inputmode="numeric" autocomplete="off" class="date"'
    return f'<input id="{name}" name="{name}" value="{t(value)}"{attributes}>'


def _evidence(name: str, draft: Draft, words: Texts, paged: bool) -> str:
    """The words a value was read from, or that a person gave it."""
    if name in draft.corrected:
        return f'<p class="evidence"><span class="badge">{t(words("review.corrected"))}</span></p>'
    found: Sequence[Proposed] = [p for p in draft.proposals if p.field == name][:_SHOWN]
    if not found:
        if name in ("expires", "repealed", "supersedes", "official_url", "short_title"):
            return ""  # most documents have none
        return f'<p class="evidence soft">{t(words("review.no_evidence"))}</p>'
    return "".join(_proof(proposed, words, paged) for proposed in found)


def _proof(proposed: Proposed, words: Texts, paged: bool) -> str:
    sure = words("review.guessed" if proposed.certainty is Certainty.LIKELY else "review.sure")
    quoted = f"<q>{t(proposed.evidence)}</q> " if proposed.evidence else ""
    page = ""
    if proposed.page is not None and paged:
        place = t(words("review.on_page", page=proposed.page))
        page = f' <a class="to-page" href="?page={proposed.page}#picture" data-page="{proposed.page}">{place}</a>'
    return (
        f'<p class="evidence"><span class="soft">{t(words("review.evidence"))}</span> {quoted}'
        f'<span class="badge {proposed.certainty}">{t(sure)}</span>{page}</p>'
    )
