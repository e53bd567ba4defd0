"""Citations → safe HTML for the panel of sources. Every text of a document is escaped here, at the sink."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import quote, urlsplit

from assistant.texts import Texts
from assistant.types import Answer, Citation
from assistant.ui.originals import original_badge, original_citation, original_links
from assistant.ui.tables import rows_cited, table_html
from assistant.ui.turns import Conversation, Source, Turn
from index.types import Clause, Validity, Verification


def source_id(turn: int, n: int) -> str:
    """The HTML id of a source."""
    return f"source-{turn}-{n}"


def sources_html(conversation: Conversation, words: Texts) -> str:
    """The sources of every turn; the page shows those of one turn at a time, at first of the newest."""
    answered = [turn for turn in conversation.turns if turn.answer is not None]
    groups = [_group(turn, words, shown=turn is answered[-1]) for turn in answered]
    body = "".join(groups) or f'<p class="empty">{escape(words("sources.empty"))}</p>'
    label = escape(words("sources.label"))
    return f'<section id="sources" aria-label="{label}"><h2>{escape(words("sources.title"))}</h2>{body}</section>'


def highlighted(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Escaped text with the given character ranges in <mark>; ranges may overlap, touch or leave the text."""
    pieces, done = [], 0
    for start, end in sorted(spans):
        start, end = max(start, done), min(end, len(text))
        if start >= end:
            continue
        pieces += [escape(text[done:start]), f"<mark>{escape(text[start:end])}</mark>"]
        done = end
    return "".join([*pieces, escape(text[done:])])


def citation_text(citation: Citation, words: Texts) -> str:
    """A citation to paste: the parts of the clause that were used, or all of it."""
    used = "……".join(citation.quote[start:end] for start, end in sorted(citation.spans)) or citation.quote
    number = words("sources.citation_number", number=citation.document_number) if citation.document_number else ""
    url = f" {citation.official_url}" if safe_url(citation.official_url) else ""
    if citation.upload is not None:
        return original_citation(citation, used.strip(), number, url, words)
    return words(
        "sources.citation", title=citation.title, number=number, clause=citation.clause, quote=used.strip(), url=url
    )


def _group(turn: Turn, words: Texts, *, shown: bool) -> str:
    assert turn.answer is not None
    language = escape(str(turn.answer.language))
    body = "".join(_source(turn, source, words, language) for source in turn.sources)
    body = body or f'<p class="empty">{escape(words("sources.none"))}</p>'
    hidden = "" if shown else " hidden"
    return f'<div class="group" id="sources-{turn.number}" data-turn="{turn.number}" tabindex="-1"{hidden}>{body}</div>'


def _source(turn: Turn, source: Source, words: Texts, language: str) -> str:
    c = source.citation
    id = source_id(turn.number, c.n)
    number = f'<p class="number">{escape(c.document_number)}</p>' if c.document_number else ""
    heading = f'<span class="heading">{escape(c.heading)}</span>' if c.heading else ""
    told = highlighted(c.quote, c.spans)
    if source.table is not None:
        told = table_html(source.table, words("sources.table"), rows_cited(c, source.table))
    return (
        f'<article class="source" id="{id}" tabindex="-1" aria-labelledby="{id}-title">'
        f'<h3 id="{id}-title" lang="{language}"><span class="n">[{c.n}]</span> {escape(c.title)}</h3>{number}'
        f'<p class="badges">{_badges(c, words)}</p>'
        f'<p class="clause" lang="{language}"><strong>{escape(c.clause)}</strong> {heading}</p>'
        f'<blockquote lang="{language}">{told}</blockquote>'
        f"{_neighbour(source.before, 'before', words, language)}{_neighbour(source.after, 'after', words, language)}"
        f'<p class="actions">{original_links(c, words)}{_in_library(turn.answer, c, words)}{_official(c, words)}'
        f"{_copy(c, words)}"
        f'<a class="action back" href="#turn-{turn.number}">{escape(words("sources.back"))}</a></p></article>'
    )


def _badges(citation: Citation, words: Texts) -> str:
    validity = Validity(citation.in_force)
    badges = original_badge(words) if citation.upload is not None else ""
    badges += f'<span class="badge {validity}">{escape(words(f"validity.{validity}"))}</span>'
    if citation.verification is Verification.KNOWN:
        hint = escape(words("verification.known_hint"))
        badges += f' <span class="badge known" title="{hint}">{escape(words("verification.known"))}</span>'
    return badges


def _neighbour(clause: Clause | None, which: str, words: Texts, language: str) -> str:
    if clause is None:
        return ""
    name = words(f"sources.{which}", clause=" ".join(filter(None, (clause.reference, clause.heading))))
    told = table_html(clause.table, words("sources.table")) if clause.table is not None else escape(clause.text)
    text = f"<blockquote>{told}</blockquote>"
    return f'<details lang="{language}"><summary>{escape(name)}</summary>{text}</details>'


def _in_library(answer: Answer | None, citation: Citation, words: Texts) -> str:
    """The way to the clause in its document, on the day whose rules were told."""
    day = f"?day={answer.judged_on or answer.as_of}&amp;lang={words.language}" if answer else ""
    label = escape(f"{words('sources.library')}（{words('sources.new_window')}）")
    return (
        f'<a class="action library" href="policy/{quote(citation.document_id, safe="")}{day}'
        f'#c-{quote(citation.clause_id, safe="")}" target="_blank" rel="noopener" aria-label="{label}">'
        f"{escape(words('sources.library'))}</a>"
    )


def _official(citation: Citation, words: Texts) -> str:
    if not safe_url(citation.official_url):
        return ""
    label = escape(f"{words('sources.official')}（{words('sources.new_window')}）")
    return (
        f'<a class="action official" href="{escape(citation.official_url or "")}" target="_blank" '
        f'rel="noopener noreferrer" aria-label="{label}">{escape(words("sources.official"))}</a>'
    )


def _copy(citation: Citation, words: Texts) -> str:
    return (
        f'<button type="button" class="action copy" data-copy="{escape(citation_text(citation, words))}" '
        f'data-copied="{escape(words("conversation.copied"))}" '
        f'data-failed="{escape(words("conversation.copy_failed"))}">{escape(words("sources.copy"))}</button>'
    )


def safe_url(url: str | None) -> bool:
    """Only a web address is ever linked."""
    try:
        return url is not None and urlsplit(url).scheme in ("http", "https") and bool(urlsplit(url).netloc)
    except ValueError:
        return False
