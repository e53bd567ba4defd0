"""What belongs with a document → safe HTML: a timeline of documents, what rests on it, its versions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from assistant.eligibility.rulebook import Rulebook
from assistant.reference.family import Bond, Relative, Tie, comparable
from assistant.reference.lifeline import Event, lifeline
from assistant.reference.resting import resting_on
from assistant.reference.status import status_of
from assistant.texts import ui_texts
from assistant.ui.library.reader_clauses import name_of
from assistant.ui.library.reading import Reading
from assistant.ui.plain.shell import section, t
from index.library.types import Upload
from index.types import Clause, Document

MOST_CLAUSES = 6  # named for one reason


def family_html(reading: Reading, found: Sequence[Relative]) -> str:
    """Everything related by date, the document itself in its place."""
    words = reading.words
    if not found:
        return section(words("family.title"), f'<p class="soft">{t(words("family.none"))}</p>', id="family")
    beside = comparable(found)
    items = [(one.year or 9999, one.day.isoformat() if one.day else "", _item(one, beside, reading)) for one in found]
    own = reading.document.issued or reading.document.period.effective
    items.append((own.year if own else 9999, own.isoformat() if own else "", _self(reading)))
    body = "".join(html for _, _, html in sorted(items, key=lambda item: item[:2]))
    hint = f'<p class="soft">{t(words("family.hint"))}</p>'
    return section(words("family.title"), f'{hint}<ol class="timeline">{body}</ol>', id="family")


def resting_html(reading: Reading, book: Rulebook | None) -> str:
    """Programmes, products and standards of the rules that quote its clauses."""
    words, language = reading.words, reading.visit.words.language
    kinds = ui_texts(language)
    found = resting_on(reading.document, book)
    if not found:
        return ""
    named = {clause.id: clause for clause in reading.document.clauses}
    items = ""
    for one in found:
        kind, shown = kinds(f"check.kind.{one.candidate.kind}"), t(one.candidate.name.in_(language))
        if one.candidate.document != reading.document.id and reading.serving.document(
            one.candidate.document, reading.document.language
        ):
            shown = f'<a href="{t(reading.policy(one.candidate.document))}">{shown}</a>'
        links = words("life.list").join(_to_clause(named[id], "") for id in one.clauses[:MOST_CLAUSES])
        more = "…" if len(one.clauses) > MOST_CLAUSES else ""
        basis = f'<p class="soft">{t(words("rests.clauses"))}{links}{more}</p>' if links else ""
        items += f'<li>{shown} <span class="badge">{t(kind)}</span>{basis}</li>'
    return section(words("rests.title"), f'<ul class="resting">{items}</ul>', id="resting")


def versions_html(reading: Reading, versions: Sequence[Upload]) -> str:
    """Versions of an upload for those who may compare them, and what changed in a document between two days."""
    words, made = reading.words, ""
    own = next((one for one in versions if one.id == reading.document.upload), None)
    for one in versions:
        if own is None or one is own:
            continue
        old, new = (one, own) if one.version < own.version else (own, one)
        href = reading.visit.url(f"documents/difference?old={old.id}&new={new.id}")
        made += f'<li><a href="{t(href)}">{t(words("versions.compare", version=one.version))}</a></li>'
    if own is not None and made:
        made = f"<li>{t(words('versions.this', version=own.version))}</li>{made}"
    made += _between_days(reading)
    return section(words("versions.title"), f"<ul>{made}</ul>", id="versions") if made else ""


def _between_days(reading: Reading) -> str:
    """The day before the first change of a clause beside the day looked at."""
    changes = [
        mark.day if mark.event is Event.ENDS else mark.day - timedelta(days=1)
        for mark in lifeline(reading.document).marks
        if mark.clauses
    ]
    before = [day for day in changes if day < reading.day]
    if not before:
        return ""
    words, first = reading.words, max(before)
    href = reading.visit.url(f"policy/{reading.document.id}/difference?first={first}&last={reading.day}")
    label = words("versions.since_link", first=reading.shown_day(first), last=reading.shown_day(reading.day))
    return f'<li>{t(words("versions.since"))}<br><a class="tool" href="{t(href)}">{t(label)}</a></li>'


def _item(one: Relative, beside: Sequence[Document], reading: Reading) -> str:
    words, document = reading.words, one.document
    why = "".join(f"<li>{_why(bond, document, reading)}</li>" for bond in one.bonds)
    if document is None:
        shown = f'<b>{t(one.name)}</b> <span class="badge">{t(words("family.not_held"))}</span>'
    else:
        number = f' <span class="soft">{t(document.document_number)}</span>' if document.document_number else ""
        shown = (
            f'<a href="{t(reading.policy(document.id))}"><b>{t(document.title)}</b></a>{number} '
            f'<span class="badge {one.status}">{t(words(f"status.{one.status}"))}</span>'
        )
    compare = ""
    if document is not None and document in beside:
        href = reading.visit.url(f"policy/{reading.document.id}/difference?with={document.id}")
        label = t(words("family.compare_named", title=document.title))
        compare = f'<p><a class="tool" href="{t(href)}" aria-label="{label}">{t(words("family.compare"))}</a></p>'
    return f'<li><p class="when">{t(_when(one, reading))}</p><div>{shown}<ul class="why">{why}</ul>{compare}</div></li>'


def _self(reading: Reading) -> str:
    document, words = reading.document, reading.words
    own = document.issued or document.period.effective
    status = status_of(document, reading.day)
    when = reading.shown_day(own) if own else words("family.no_date")
    return (
        f'<li class="here" aria-current="true"><p class="when">{t(when)}</p><div><b>{t(document.title)}</b> '
        f'<span class="badge {status}">{t(words(f"status.{status}"))}</span> {t(words("family.here"))}</div></li>'
    )


def _when(one: Relative, reading: Reading) -> str:
    if one.day is not None:
        return reading.shown_day(one.day)
    return reading.words("family.year", year=one.year) if one.year else reading.words("family.no_date")


def _why(bond: Bond, other: Document | None, reading: Reading) -> str:
    """The reason, with the clauses that give it as links."""
    words = reading.words
    if bond.steps > 1:
        told = t(words(f"family.tie.{bond.tie}_steps", steps=bond.steps))
    else:
        told = t(words(f"family.tie.{bond.tie}"))
    there = other is not None and bond.tie in (Tie.LOCAL, Tie.CITED_BY)
    page = reading.policy(other.id) if there and other is not None else ""
    links = [_to_clause(clause, page) for clause in bond.clauses[:MOST_CLAUSES]]
    if len(bond.clauses) > MOST_CLAUSES:
        links.append("…")
    return told + (words("family.at", clauses=words("life.list").join(links)) if links else "")


def _to_clause(clause: Clause, page: str) -> str:
    return f'<a href="{t(page)}#c-{t(clause.id)}">{t(name_of(clause))}</a>'
