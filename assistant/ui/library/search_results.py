"""What a look-up found, as HTML: how many, documents with their clauses, pages; what to try where nothing was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from assistant.reference.lookup import Found, FoundClause, FoundDocument
from assistant.reference.marking import Piece
from assistant.reference.status import Status
from assistant.texts import Texts, texts
from assistant.ui.library.search_query import Asked
from assistant.ui.plain.shell import t
from assistant.ui.plain.visit import Visit
from assistant.wording import day_words
from index.types import Kind, Language

_POPULAR = 14  # topics
_LOOKS = {Status.IN_FORCE: "confirmed", Status.PARTLY: "warn", Status.LAPSED: "removed", Status.NOT_YET: "warn"}


@dataclass(frozen=True)
class Shown:
    """Everything the page is made of."""

    visit: Visit
    say: Texts
    asked: Asked
    found: Found
    language: Language  # of what is looked in
    day: date
    today: date

    def policy(self, document_id: str, clause_id: str = "") -> str:
        """The address of a document, or of a clause in it, on the day of this search."""
        asks = [f"day={self.day.isoformat()}"] if self.day != self.today else []
        if self.language is not self.say.language:
            asks.append(f"lang={self.language}")
        query = "?" + "&".join(asks) if asks else ""
        anchor = f"#c-{quote(clause_id)}" if clause_id else ""
        return self.visit.url(f"policy/{quote(document_id, safe='')}{query}{anchor}")

    def search(self, query: str) -> str:
        """The address of another search."""
        return self.visit.url("library") + query


def count_text(shown: Shown) -> str:
    """How much was found, in a sentence."""
    say, found = shown.say, shown.found
    if not found.total:
        return say("count.none")
    if shown.asked.line.strip():
        return say("count.found", documents=found.total, clauses=found.clauses)
    return say("count.documents", documents=found.total)


def results_html(shown: Shown) -> str:
    """Notices, results and pages."""
    found = shown.found
    body = _notices(shown)
    if shown.asked.empty:
        body += _suggestions(shown)
    if not found.total:
        return body + _nothing(shown)
    first = (found.page - 1) * 10 + 1
    items = "".join(_document(one, shown) for one in found.documents)
    return body + f'<ol class="found" start="{first}">{items}</ol>' + _pages(shown)


def pieces_html(pieces: Sequence[Piece]) -> str:
    """A text with its marked words; every piece is escaped by itself."""
    return "".join(f"<mark>{t(piece.text)}</mark>" if piece.found else t(piece.text) for piece in pieces)


def status_badge(status: Status, say: Texts) -> str:
    """How something stands on the day."""
    return f'<span class="badge {_LOOKS.get(status, "")}">{t(say(f"value.status.{status}"))}</span>'


def _document(found: FoundDocument, shown: Shown) -> str:
    say, document = shown.say, found.document
    about = [document.document_number or "", say("comma").join(document.issuers), document.region]
    if document.issued:
        about.append(say("issued_on", day=day_words(document.issued, texts(say.language))))
    badges = status_badge(found.status, say) if document.kind is not Kind.GLOSSARY else ""
    badges += f'<span class="badge">{t(say(f"value.kind.{document.kind}"))}</span>'
    if document.original:
        badges += f'<span class="badge sure">{t(say("value.origin.original"))}</span>'
    if document.group:
        badges += f'<span class="badge likely">{t(say("only_for", group=document.group))}</span>'
    clauses = "".join(_clause(clause, found, shown) for clause in found.clauses)
    more = ""
    if found.more:
        address = shown.search(shown.asked.address(document=document.id))
        more = f'<p><a class="more" href="{t(address)}">{t(say("more_clauses", count=found.more))}</a></p>'
    language = f' lang="{document.language}"' if document.language is not say.language else ""
    return (
        f'<li{language}><h3><a class="result" href="{t(shown.policy(document.id))}">{pieces_html(found.title)}</a></h3>'
        f'<p class="meta">{badges} {t(" · ".join(part for part in about if part))}</p>'
        + (f'<ul class="clauses-found">{clauses}</ul>' if clauses else "")
        + more
        + "</li>"
    )


def _clause(found: FoundClause, within: FoundDocument, shown: Shown) -> str:
    say, passage = shown.say, found.passage
    address = shown.policy(passage.document_id, passage.clause_id)
    told = found.status in (within.status, Status.IN_FORCE) or passage.document.kind is Kind.GLOSSARY
    badge = "" if told else " " + status_badge(found.status, say)
    name = say("copy_name", reference=passage.reference, heading=passage.heading)
    return (
        f'<li><div class="clause-head"><a class="result" href="{t(address)}">'
        f"<b>{t(passage.reference)}</b> {pieces_html(found.heading)}</a>{badge}</div>"
        f"<p>{pieces_html(found.text)}</p>"
        f'<button type="button" class="copy plain" data-link="{t(address)}" aria-label="{t(name)}" hidden>'
        f"{t(say('copy'))}</button></li>"
    )


def _notices(shown: Shown) -> str:
    say, found, asked = shown.say, shown.found, shown.asked
    said = [say("wrong_day", field=say(f"form.{name}")) for name in asked.wrong]
    if found.unknown_number:
        said.append(say("unknown_number", number=found.unknown_number))
    if found.missing_address and found.total:
        said.append(say("missing_address"))
    if shown.language is not say.language and asked.line.strip():
        said.append(say("other_language"))
    made = "".join(f'<p class="notice warn">{t(text)}</p>' for text in said)
    if found.official and found.total:
        words = say("comma").join(found.official[:6])
        made += f'<p class="soft">{t(say("also_read_as", words=words))}</p>'
    if asked.document:
        whole = shown.search(asked.address(document=""))
        made += f'<p><a href="{t(whole)}">{t(say("all_documents"))}</a></p>'
    return made


def _suggestions(shown: Shown) -> str:
    say = shown.say
    examples = "".join(_chip(Asked(line=line), t(line), shown) for line in say.list("examples"))
    popular = "".join(
        _chip(Asked(fields={"topic": (topic.value,)}), f'{t(topic.value)} <span class="n">{topic.count}</span>', shown)
        for topic in shown.found.facets["topic"][:_POPULAR]
    )
    return (
        f'<section class="suggestions"><h2>{t(say("suggestions.examples"))}</h2><ul class="chips">{examples}</ul>'
        f'<h2>{t(say("suggestions.topics"))}</h2><ul class="chips">{popular}</ul></section>'
        f"<h2>{t(say('suggestions.all'))}</h2>"
    )


def _chip(wanted: Asked, inner: str, shown: Shown) -> str:
    return f'<li><a href="{t(shown.search(wanted.address()))}">{inner}</a></li>'


def _nothing(shown: Shown) -> str:
    say, asked = shown.say, shown.asked
    tries = [t(text) for text in say.list("nothing.try")]
    if asked.fields or asked.days or asked.document:
        bare = shown.search(Asked(line=asked.line, day=asked.day).address())
        tries.insert(0, f'<a href="{t(bare)}">{t(say("nothing.without_filters"))}</a>')
    other = Language.EN if shown.language is Language.ZH else Language.ZH
    tries.append(f'<a href="{t(shown.search(asked.address(**{"in": other})))}">{t(say(f"nothing.in_{other}"))}</a>')
    chat = f"{shown.visit.url()}?lang={say.language}"
    tries.append(f'<a href="{t(chat)}">{t(say("nothing.chat"))}</a>')
    items = "".join(f"<li>{item}</li>" for item in tries)
    return (
        f'<section class="nothing"><h2>{t(say("nothing.title"))}</h2><p>{t(say("nothing.honest"))}</p>'
        f"<ul>{items}</ul></section>"
    )


def _pages(shown: Shown) -> str:
    found, say = shown.found, shown.say
    if found.pages == 1:
        return ""
    near = [p for p in range(1, found.pages + 1) if p in (1, found.pages) or abs(p - found.page) <= 2]
    made, before = "", 0
    for page in near:
        made += "<li>…</li>" if page > before + 1 else ""
        current = ' aria-current="page"' if page == found.page else ""
        name = t(say("pages.page", page=page))
        address = t(shown.search(shown.asked.address(page=page)))
        made += f'<li><a href="{address}" aria-label="{name}"{current}>{page}</a></li>'
        before = page
    return f'<nav class="pages" aria-label="{t(say("pages.name"))}"><ul>{made}</ul></nav>'
