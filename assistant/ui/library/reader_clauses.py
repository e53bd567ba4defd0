"""The clauses of a document → safe HTML: their words, whether they hold, and what can be done with each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.reference.citation import CitationForm, cite
from assistant.reference.mentions import mentions, names
from assistant.reference.status import Status, status_of, status_of_clause
from assistant.ui.library.reading import Reading
from assistant.ui.originals import MOST_PAGES, page_address
from assistant.ui.plain.shell import section, t
from assistant.ui.tables import table_html
from index.library.originals import counterparts, from_original
from index.text import normalise
from index.types import Clause, Document, Language, Verification

FORM = "export"  # the form that ticks belong to


def outline_html(reading: Reading, further: Sequence[tuple[str, str]]) -> str:
    """The list to jump from; `further` are the ids and names of what follows the clauses."""
    words, document = reading.words, reading.document
    items = "".join(
        f'<li><a href="#c-{t(clause.id)}">{t(name_of(clause))}</a>'
        f"{badge_html(clause, document, reading, quiet=True)}</li>"
        for clause in document.clauses
    )
    count = t(words("outline.count", count=len(document.clauses)))
    beyond = "".join(f'<li><a href="#{id}">{t(name)}</a></li>' for id, name in further)
    return (
        f'<nav class="outline" aria-label="{t(words("outline.title"))}"><details open>'
        f'<summary>{t(words("outline.title"))}<span class="count">{count}</span></summary>'
        f'<ol lang="{document.language}">{items}</ol><ul class="further">{beyond}</ul></details></nav>'
    )


def clauses_html(reading: Reading, originals: Sequence[Document]) -> str:
    """All clauses; `originals` are those held of this digest."""
    other = reading.other if reading.side_by_side else None
    body = "".join(_clause(clause, reading, other, originals) for clause in reading.document.clauses)
    return section(reading.words("clauses.title"), body, classes="text-of", id="text")


def name_of(clause: Clause) -> str:
    """Reference and heading; a digest's own label need not read on into the heading."""
    return " · ".join(part for part in (clause.reference, clause.heading) if part) or clause.id


def badge_html(clause: Clause, document: Document, reading: Reading, *, quiet: bool = False) -> str:
    """How a clause stands on the day; with `quiet` nothing of one that is in force, or stands as the whole does."""
    status = status_of_clause(clause, document, reading.day)
    if quiet and status in (Status.IN_FORCE, Status.UNCONFIRMED, status_of(document, reading.day)):
        return ""
    return f' <span class="badge {status}">{t(reading.words(f"status.{status}"))}</span>'


def citations_html(reading: Reading, clause: Clause | None) -> str:
    """A document or clause cited in three forms, each to be selected or copied."""
    words, name = reading.words, f"cite-{clause.id if clause else 'whole'}"
    made = ""
    for form in CitationForm:
        label = words(f"cite.form.{form}")
        text = cite(reading.document, clause, form, reading.today, reading.whole_address(clause))
        # The button has nothing to do without JavaScript, which shows it.
        made += (
            f'<dt id="{name}-{form}-name">{t(label)}</dt><dd><p class="citation" id="{name}-{form}" '
            f'lang="{reading.document.language}">{t(text)}</p>'
            f'<button type="button" class="second copy" data-from="{name}-{form}" hidden '
            f'aria-label="{t(words("cite.copy_named", form=label))}">{t(words("cite.copy"))}</button></dd>'
        )
    return f'<dl class="citations">{made}</dl>'


def _clause(clause: Clause, reading: Reading, other: Document | None, originals: Sequence[Document]) -> str:
    id, document = t(clause.id), reading.document
    name = name_of(clause)
    status = status_of_clause(clause, document, reading.day)
    head = (
        f'<div class="head"><h3 id="h-{id}" lang="{document.language}">{t(name)}</h3>'
        f'<p class="badges">{badge_html(clause, document, reading)}{_notes(clause, reading)}</p></div>'
    )
    return (
        f'<article class="clause {status}" id="c-{id}" aria-labelledby="h-{id}" tabindex="-1">{head}'
        f"{_bodies(clause, reading, other)}{_tools(clause, name, reading, originals)}</article>"
    )


def _notes(clause: Clause, reading: Reading) -> str:
    words, made = reading.words, ""
    if clause.verification is Verification.KNOWN:
        made += f' <span class="badge warn" title="{t(words("unseen_hint"))}">{t(words("unseen"))}</span>'
    own = clause.document_number
    if own and own != reading.document.document_number:
        number = t(own)
        if own in reading.numbered:
            number = f'<a href="{t(reading.policy(reading.numbered[own]))}">{number}</a>'
        made += f' <span class="badge">{words("clauses.from", number=number)}</span>'
    for key, day in (("since", clause.period.effective), ("until", clause.period.expires)):
        if day is not None and day not in (reading.document.period.effective, reading.document.period.expires):
            made += f' <span class="soft">{t(words(f"clauses.{key}", day=reading.shown_day(day)))}</span>'
    return made


def _bodies(clause: Clause, reading: Reading, other: Document | None) -> str:
    own = _body(clause, reading.document.language, reading)
    if not reading.side_by_side or other is None:
        return own
    twin = next((one for one in other.clauses if one.id == clause.id), None)
    if twin is None:
        beside = f'<p class="soft">{t(reading.words("clauses.missing"))}</p>'
    else:
        heading = f'<p class="twin" lang="{other.language}"><b>{t(name_of(twin))}</b></p>'
        beside = f"<div>{heading}{_body(twin, other.language, reading)}</div>"
    return f'<div class="both"><div>{own}</div>{beside}</div>'


def _body(clause: Clause, language: Language, reading: Reading) -> str:
    if clause.table is not None:
        return f'<div lang="{language}">{table_html(clause.table, reading.words("clauses.table"))}</div>'
    return f'<p class="text" lang="{language}">{"".join(_linked(clause, reading))}</p>'


def _linked(clause: Clause, reading: Reading) -> Iterator[str]:
    """The text, with its references to other clauses and the numbers of other documents as links."""
    done, text = 0, clause.text
    for start, end, target in sorted([*_inner_links(clause, reading), *_number_links(text, reading)]):
        if start < done or end > len(text):
            continue
        yield t(text[done:start])
        yield f'<a href="{t(target)}">{t(text[start:end])}</a>'
        done = end
    yield t(text[done:])


def _inner_links(clause: Clause, reading: Reading) -> Iterator[tuple[int, int, str]]:
    known = {one.id for one in reading.document.clauses}
    return ((link.start, link.end, f"#c-{link.clause_id}") for link in clause.links if link.clause_id in known)


def _number_links(text: str, reading: Reading) -> Iterator[tuple[int, int, str]]:
    """Where the number of a document that is held stands, and not one that merely ends alike."""
    for found in reading.numbers.finditer(text) if reading.numbers else ():
        led = mentions(text[max(0, found.start() - 24) : found.end()])
        if led and names(led[-1], normalise(found[0])):
            yield found.start(), found.end(), reading.policy(reading.numbered[found[0]])


def _tools(clause: Clause, name: str, reading: Reading, originals: Sequence[Document]) -> str:
    words, id = reading.words, t(clause.id)
    pick = (
        f'<label class="choice pick"><input type="checkbox" form="{FORM}" name="clauses" value="{id}" '
        f'aria-label="{t(words("clauses.pick_named", clause=name))}">{t(words("clauses.pick"))}</label>'
    )
    link = (
        f'<a class="tool" href="#c-{id}" title="{t(words("clauses.permalink"))}" '
        f'data-link="{t(reading.whole_address(clause))}" data-label="{t(words("clauses.link"))}" '
        f'data-named="{t(words("clauses.link_named", clause=name))}" '
        f'aria-label="{t(words("clauses.permalink"))}: {t(name)}">{t(words("clauses.permalink"))}</a>'
    )
    citing = (
        f'<details class="cite"><summary aria-label="{t(words("clauses.cite_named", clause=name))}">'
        f"{t(words('clauses.cite'))}</summary>{citations_html(reading, clause)}</details>"
    )
    pages = "".join(_page_links(clause, name, reading, originals))
    return f'<div class="tools">{pick}{link}{pages}{citing}</div>'


def _page_links(clause: Clause, name: str, reading: Reading, originals: Sequence[Document]) -> Iterator[str]:
    """The pages of the original the clause stands on: its own, or of an original that says what the digest tells."""
    words = reading.words
    places = [(reading.document.upload, clause)] if reading.document.upload else []
    for original in originals:
        if original.upload and from_original(clause, reading.document, original):
            places += [(original.upload, found) for found in counterparts(clause, original)]
    for upload, found in places:
        pages = dict.fromkeys(span.page for span in found.spans)
        for page in list(pages)[:MOST_PAGES]:
            label = t(words("clauses.page_named", page=page, clause=name))
            href = t(reading.visit.url(page_address(upload, page, found.id)))
            yield f'<a class="tool" href="{href}" aria-label="{label}">{t(words("clauses.page", page=page))}</a>'


def footnotes_html(reading: Reading) -> str:
    """What is printed and not shown: each clause's citation, the address and the day."""
    words, document = reading.words, reading.document
    items = "".join(
        f"<li>{t(cite(document, clause, CitationForm.GBT7714, reading.today, reading.whole_address(clause)))}</li>"
        for clause in document.clauses
    )
    kind = words("meta.original" if document.original else "meta.digest")
    foot = words("print.foot", address=reading.whole_address(), day=reading.shown_day(reading.day), digest=kind)
    return (
        f'<section class="printed" lang="{document.language}"><h2>{t(words("print.sources"))}</h2>'
        f'<ol>{items}</ol></section><p class="printed foot">{t(foot)}</p>'
    )
