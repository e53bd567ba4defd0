"""A receipt → one page for screen and paper. Every text of a record is escaped here, at the sink: it may be forged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from assistant.errors import AssistantError
from assistant.records.replay import ClauseChange
from assistant.records.verify import Checked
from assistant.texts import Texts
from assistant.ui.receipt_parts import answer, checks, clauses, facts, question, rules, versions
from index.types import Language

# How small the print is for so many characters, so that one sheet holds them; measured on tests/cases.
DENSITY = ((980, ""), (2000, "dense"), (2400, "denser"))


@dataclass(frozen=True, slots=True)
class Seen:
    """A receipt as it is shown."""

    receipt: str
    checked: Checked | None  # None: it could not be checked, nor is it shown
    changes: Sequence[ClauseChange]  # clauses that say something else today
    days: int  # receipts are kept


def receipt_html(seen: Seen, words: Texts) -> str:
    """The whole page of a receipt."""
    checked = seen.checked
    if checked is None:
        return _page(words, seen.receipt, _verdict("bad", words("verified.unchecked")), "")
    verdict = verdict_html(checked, words)
    try:
        told = _told(checked.record)
        body = _body(checked.record, seen.changes, words)
    except (AssistantError, KeyError, TypeError, ValueError, AttributeError, IndexError):  # forged, it holds anything
        told, body = 0, f"<p>{escape(words('verified.unreadable'))}</p>"
    kept = words("kept", days=seen.days) if seen.days else words("not_kept")
    fine = f'<p class="fine">{escape(words("fine"))} {escape(kept)}</p>'
    density = next((name for most, name in DENSITY if told <= most), "densest")
    return _page(words, seen.receipt, f"{body}{verdict}{fine}", density)


def notice_html(name: str, words: Texts, receipt: str, days: int) -> str:
    """A page that says why no receipt is shown: missing or unavailable."""
    text = words(f"{name}.text", days=days) if days or name != "missing" else words("missing.text_not_kept")
    return _page(words, receipt, f"<h2>{escape(words(f'{name}.title'))}</h2><p>{escape(text)}</p>", "")


def verdict_html(checked: Checked, words: Texts) -> str:
    """Whether the record is as it was written, and what was changed where it is not."""
    if checked.untouched:
        return _verdict("good", words("verified.untouched"), words("verified.title"))
    known = words.section("part")
    names = dict.fromkeys(words(f"part.{part}" if part in known else "part.other") for part in checked.changed)
    told = words("verified.changed", parts=words("part_comma").join(names))
    return _verdict("bad", told, words("verified.title"))


def _verdict(kind: str, text: str, title: str = "") -> str:
    heading = f"<h2>{escape(title)}</h2>" if title else ""
    return f'<section class="verdict {kind}" role="status">{heading}<p>{escape(text)}</p></section>'


def _body(record: dict[str, Any], changes: Iterable[ClauseChange], words: Texts) -> str:
    return "".join(
        (
            facts(record, words),
            question(record, words),
            answer(record, words),
            clauses(record, {change.clause: change for change in changes}, words),
            rules(record, words),
            checks(record, words),
            versions(record, words),
        )
    )


def _told(record: dict[str, Any]) -> int:
    """How much there is to print, in characters of Chinese; two Latin letters take the room of one."""
    given = record["answer"]
    told = given["text"] + "".join(c["title"] + c["heading"] + c["quote"] for c in given["citations"])
    told += "".join(finding["condition"] for finding in (given["assessment"] or {}).get("findings", ()))
    return sum(2 if character > "\u2e00" else 1 for character in told) // 2


def _page(words: Texts, receipt: str, body: str, density: str) -> str:
    other = Language.EN if words.language is Language.ZH else Language.ZH
    return (
        f'<!doctype html><html lang="{words.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="robots" content="noindex, nofollow">'
        f"<title>{escape(words('title'))}</title>"
        '<link rel="icon" type="image/svg+xml" href="../favicon.ico">'
        '<link rel="stylesheet" href="../receipt.css"><script defer src="../receipt.js"></script></head>'
        f'<body><main class="{density}"><header><div><h1>{escape(words("title"))}</h1>'
        f'<p class="of">{escape(words("of"))}</p><p class="number">{escape(words("number", receipt=receipt))}</p></div>'
        f'<p class="actions"><a href="?lang={other}" lang="{other}">{escape(words("other_language"))}</a>'
        f'<button type="button" class="print" hidden>{escape(words("print"))}</button></p></header>{body}</main>'
        "</body></html>"
    )
