"""What stands over the clauses → safe HTML: what the document is, and whether it holds on the day looked at."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlencode

from assistant.products.catalogue import offers_of
from assistant.products.comparing import MOST
from assistant.reference.citation import web_address
from assistant.reference.lifeline import Event, Mark, lifeline, validity_words
from assistant.reference.status import status_of
from assistant.ui.library.reader_clauses import FORM, citations_html
from assistant.ui.library.reading import Reading
from assistant.ui.plain.days import YEARS
from assistant.ui.plain.shell import alert, section, t
from index.types import Document, Verification

_WIDTH, _HEIGHT = 1000, 40  # units of the picture, which is stretched to the width of the page
_PAD = 0.05  # of the time shown, on either side
_LEAST = timedelta(days=180)  # shown, where all dates are close together


def head_html(reading: Reading) -> str:
    """Status and number in a line, then whose words these are."""
    words, document = reading.words, reading.document
    status = status_of(document, reading.day)
    kind = "original" if document.original else "digest"
    facts = [document.document_number, words("life.list").join(document.issuers), document.region]
    shown = " · ".join(t(fact) for fact in facts if fact)
    if web_address(document.official_url):
        shown += f" · {_official(document, reading)}"
    note = f'<p class="soft">{t(words(f"{kind}_note"))}</p>'
    return (
        f'<p class="standing"><span class="badge {status}">{t(words(f"status.{status}"))}</span> '
        f'<span class="badge">{t(words(f"meta.{kind}"))}</span> {shown}</p>{note}'
    )


def day_html(reading: Reading) -> str:
    """The day to look at, and one language or both."""
    words, made = reading.words, ""
    if reading.bad_day:
        made += alert(words("day.bad"))
    elif reading.day != reading.today:
        made += (
            f'<p class="notice warn" role="status">{t(words("day.other", day=reading.shown_day(reading.day)))} '
            f'<a href="{t(reading.here(day=None))}">{t(words("day.today"))}</a></p>'
        )
    hidden = '<input type="hidden" name="both" value="1">' if reading.side_by_side else ""
    made += (
        f'<div class="choosing"><form method="get" class="row" action="{t(reading.here(day=None, both=None))}">'
        f'<p><label for="day">{t(words("day.label"))}</label><input class="date" id="day" name="day" type="date" '
        f'min="{YEARS[0]}-01-01" max="{YEARS[1]}-12-31" value="{reading.day}">{hidden}</p>'
        f'<p><button type="submit" class="second">{t(words("day.button"))}</button></p></form>'
        f'<p class="turns">{_languages(reading)}{_onward(reading)}<button type="button" class="second print" hidden>'
        f"{t(words('print.button'))}</button></p></div>"
    )
    if reading.side_by_side and reading.other is None:
        made += f'<p class="soft">{t(words("both.none"))}</p>'
    return made


def bar_html(reading: Reading) -> str:
    """The life of the document as a picture, and the same in words."""
    words, language = reading.words, reading.visit.words.language
    told = validity_words(reading.document, reading.day, language)
    text = f'<p>{t(told)}</p>'
    if not lifeline(reading.document).marks:
        return section(words("bar.title"), text, id="validity")
    return section(words("bar.title"), _picture(reading, told) + text, id="validity")


def facts_html(reading: Reading) -> str:
    """Everything known of the document, and how to cite all of it."""
    words, say, document = reading.words, reading.visit.words, reading.document
    days = {"issued": document.issued, "effective": document.period.effective, "expires": document.period.expires,
            "repealed": document.period.repealed}  # fmt: skip
    rows = [
        ("number", t(document.document_number or say("none"))),
        ("others", t(words("life.list").join(document.other_numbers))),
        ("issuers", t(words("life.list").join(document.issuers))),
        *((name, t(reading.shown_day(day)) if day else "") for name, day in days.items()),
        ("kind", t(say(f"kind.{document.kind}"))),
        ("region", t(document.region)),
        ("topics", t(words("life.list").join(document.topics))),
        ("source", t(words("meta.original" if document.original else "meta.digest"))),
        ("verification", "" if document.original else t(_verification(document, reading))),
        ("as_of", t(reading.shown_day(document.as_of)) if document.as_of else ""),
        ("official", _official(document, reading)),
    ]
    made = "".join(f"<div><dt>{t(words(f'meta.{name}'))}</dt><dd>{shown}</dd></div>" for name, shown in rows if shown)
    citing = f"<details><summary>{t(words('cite.whole'))}</summary>{citations_html(reading, None)}</details>"
    return section(words("meta.title"), f'<dl class="facts">{made}</dl>{citing}', id="facts")


def export_html(reading: Reading) -> str:
    """The form that the ticks beside the clauses belong to."""
    words = reading.words
    kept = {**reading.kept(both=None), "lang": str(reading.visit.words.language)}
    hidden = "".join(f'<input type="hidden" name="{name}" value="{t(value)}">' for name, value in kept.items())
    buttons = "".join(
        f'<button type="submit" name="format" value="{name}">{t(words(f"export.{name}"))}</button>'
        for name in ("docx", "pdf")
    )
    picked = f'<span id="picked" class="soft" data-said="{t(words("export.picked", count="{count}"))}"></span>'
    action = reading.visit.url(f"policy/{reading.document.id}/export")
    form = (
        f'<form method="get" id="{FORM}" action="{t(action)}">{hidden}<label class="choice"><input type="checkbox" '
        f'name="all" value="yes">{t(words("export.all"))}</label>{picked}<span class="buttons">{buttons}</span></form>'
    )
    return section(words("export.title"), f'<p class="soft">{t(words("export.hint"))}</p>{form}', id="exporting")


def _languages(reading: Reading) -> str:
    words = reading.words
    if reading.side_by_side:
        return f'<a class="tool" href="{t(reading.here(both=None))}">{t(words("both.hide"))}</a>'
    if reading.other is None:
        return ""
    return f'<a class="tool" href="{t(reading.here(both="1"))}">{t(words("both.show"))}</a>'


def _onward(reading: Reading) -> str:
    """To other rooms: the products it tells of, side by side, and drills on it (none are made of uploads)."""
    words, document, visit = reading.words, reading.document, reading.visit
    made = ""
    if offers := offers_of(document, reading.serving):
        href = visit.url("products/compare?" + urlencode([("p", offer) for offer in offers[:MOST]]))
        made += f'<a class="tool" href="{t(href)}">{t(words("onward.products"))}</a>'
    if document.upload is None:
        href = visit.url("training/choose?" + urlencode({"document": document.id}))
        made += f'<a class="tool" href="{t(href)}">{t(words("onward.drills"))}</a>'
    return made


def _verification(document: Document, reading: Reading) -> str:
    return reading.words("meta.seen" if document.verification is Verification.SEEN else "meta.known")


def _official(document: Document, reading: Reading) -> str:
    words, url = reading.words, web_address(document.official_url)
    if url is None:
        return t(words("meta.no_official"))
    return f'<a href="{t(url)}" target="_blank" rel="noopener noreferrer">{t(words("meta.official_open"))}</a>'


def _picture(reading: Reading, told: str) -> str:
    """The bar: paler before and after its time in force, small marks where clauses begin or end, a line for the day."""
    life = lifeline(reading.document)
    days = [*(mark.day for mark in life.marks), reading.day]
    first, last = min(days), max(days)
    pad = max((last - first).days * _PAD, _LEAST.days / 2 if last - first < _LEAST else 0, 1)
    start, span = first.toordinal() - pad, (last - first).days + 2 * pad

    def at(day: date) -> float:
        return round((day.toordinal() - start) / span * _WIDTH, 1)

    issued = next((mark.day for mark in life.marks if mark.event is Event.ISSUED), None)
    begins = life.begins or issued
    left, right = at(begins) if begins else 0, at(life.ends) if life.ends else _WIDTH
    made = f'<rect class="out" x="0" y="14" width="{_WIDTH}" height="12"/>'
    ahead = issued is not None and life.begins is not None and issued < life.begins
    if ahead and issued and life.begins:
        made += f'<rect class="ahead" x="{at(issued)}" y="14" width="{at(life.begins) - at(issued):.1f}" height="12"/>'
    made += f'<rect class="in" x="{left}" y="14" width="{max(right - left, 2):.1f}" height="12"/>'
    made += "".join(_tick(mark, at(mark.day)) for mark in life.marks)
    made += _line("now", at(reading.day), 0, _HEIGHT)
    label = t(reading.words("bar.picture", text=told))
    key = [("in", "status.in_force"), *([("ahead", "bar.ahead")] if ahead else [])]
    key += [("part", "bar.clauses")] if any(mark.clauses for mark in life.marks) else []
    named = [("now", f"{reading.words('bar.day')} {reading.shown_day(reading.day)}")]
    named += [(name, reading.words(text)) for name, text in key]
    shown = "".join(f'<span><i class="{name}"></i>{t(text)}</span>' for name, text in named)
    return (
        f'<svg class="life" viewBox="0 0 {_WIDTH} {_HEIGHT}" preserveAspectRatio="none" role="img" '
        f'aria-label="{label}">{made}</svg><p class="key" aria-hidden="true">{shown}</p>'
    )


def _tick(mark: Mark, place: float) -> str:
    return _line("part", place, 28, 38) if mark.clauses else _line("whole", place, 8, 26)


def _line(kind: str, place: float, top: int, bottom: int) -> str:
    """As thick as its style says, however the picture is stretched."""
    ends = f'x1="{place}" x2="{place}" y1="{top}" y2="{bottom}"'
    return f'<line class="{kind}" {ends} vector-effect="non-scaling-stroke"/>'
