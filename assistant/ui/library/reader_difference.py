"""Two documents, or one document on two days, clause beside clause."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from starlette.responses import Response

from assistant.reference.status import Status, status_of_clause
from assistant.ui.library.reading import Reading
from assistant.ui.plain.days import YEARS, day_of
from assistant.ui.plain.difference import changes_html
from assistant.ui.plain.shell import page_html, page_response, t
from assistant.ui.plain.visit import Missing
from index.library.differences import differences
from index.types import Clause, Document


def difference_page(reading: Reading) -> Response:
    """`?with=` names another document of the same language, or `?first=` and `?last=` two days."""
    words, asked = reading.words, reading.visit.query
    if "with" in asked:
        body, chosen = _documents(reading, asked["with"]), f"with={t(asked['with'])}&"
    else:
        first, last = day_of(asked.get("first", "")), day_of(asked.get("last", "")) or reading.today
        if first is None:
            raise Missing
        body, chosen = _days(reading, first, last), f"first={first}&last={last}&"
    title, visit = words("difference.title"), reading.visit
    html = page_html(
        visit.words, title, body, visit.url(), visit.signed_in, chosen=chosen, here="library", files=("reader.css",)
    )
    return page_response(200, html)


def holding(document: Document, day: date) -> tuple[Clause, ...]:
    """The clauses that are in force on a day, as far as anybody could confirm."""
    ends = (Status.LAPSED, Status.NOT_YET)
    return tuple(clause for clause in document.clauses if status_of_clause(clause, document, day) not in ends)


def _documents(reading: Reading, id: str) -> str:
    other = reading.serving.document(id, reading.document.language)
    if other is None or other.id == reading.document.id:
        raise Missing
    old, new = sorted((reading.document, other), key=lambda one: (_began(one), one.id))
    names = ("one", "another") if _began(old) == _began(new) else ("old", "new")
    heads = "".join(
        f'<p><a href="{t(reading.policy(one.id))}">{t(reading.words(f"difference.{which}", title=one.title))}</a></p>'
        for which, one in zip(names, (old, new), strict=True)
    )
    note = "" if old.original and new.original else "mixed" if old.original or new.original else "digest"
    told = f'<p class="notice warn">{t(reading.words(f"difference.{note}_note"))}</p>' if note else ""
    return heads + told + _changes(reading, old.clauses, new.clauses)


def _days(reading: Reading, first: date, last: date) -> str:
    words, document = reading.words, reading.document
    first, last = sorted((first, last))
    back = f'<p><a href="{t(reading.here())}">{t(words("difference.back", title=document.title))}</a></p>'
    what = words("difference.days", title=document.title, first=reading.shown_day(first), last=reading.shown_day(last))
    fields = "".join(
        f'<p><label for="{name}">{t(words(f"difference.{name}"))}</label><input class="date" type="date" id="{name}" '
        f'name="{name}" min="{YEARS[0]}-01-01" max="{YEARS[1]}-12-31" value="{day}" required></p>'
        for name, day in (("first", first), ("last", last))
    )
    form = (
        f'<form method="get" class="row" aria-label="{t(words("difference.choose"))}">{fields}'
        f'<p><button type="submit" class="second">{t(words("difference.button"))}</button></p></form>'
    )
    note = f'<p class="soft">{t(words("difference.days_note"))}</p>'
    changes = _changes(reading, holding(document, first), holding(document, last))
    return f"{back}<p><b>{t(what)}</b></p>{note}{form}{changes}"


def _changes(reading: Reading, old: Sequence[Clause], new: Sequence[Clause]) -> str:
    headings = {clause.id: clause.heading for clause in (*old, *new)}
    found = changes_html(differences(old, new), reading.visit.words, headings)
    return f'<div lang="{reading.document.language}">{found}</div>'


def _began(document: Document) -> date:
    return document.issued or document.period.effective or date.max
