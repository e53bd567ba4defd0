"""A citation of an uploaded original → safe HTML: that it is one, and the way to its page with the words marked."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.texts import Texts, staff_texts
from assistant.types import Citation
from index.types import Language

MOST_PAGES = 4  # links to pages of one citation
MOST_PARTS = 8  # stretches of a clause that an address names


def original_badge(words: Texts) -> str:
    """The mark of an original."""
    say = _say(words)
    hint, label = escape(say("chat.original_hint")), escape(say("chat.original"))
    return f'<span class="badge original" title="{hint}">{label}</span> '


def original_links(citation: Citation, words: Texts) -> str:
    """A link to each page that the words used stand on; nothing for a digest."""
    return "".join(_link(citation, page, words) for page in citation.pages[:MOST_PAGES]) if citation.upload else ""


def original_address(citation: Citation, page: int) -> str:
    """Where the page of an original is shown, as seen from the first page of the site."""
    return page_address(citation.upload or "", page, citation.clause_id, citation.spans)


def page_address(upload: str, page: int, clause_id: str, spans: Sequence[tuple[int, int]] = ()) -> str:
    """A page of an original with a clause marked, or with these stretches of it, as seen from the first page."""
    parts = ".".join(f"{start}-{end}" for start, end in sorted(spans)[:MOST_PARTS])
    marked = f"&part={parts}" if parts else ""
    return f"original/{upload}?page={page}&clause={clause_id}{marked}"


def original_citation(citation: Citation, used: str, number: str, url: str, words: Texts) -> str:
    """A citation to paste, with its pages."""
    say = _say(words)
    comma = "、" if words.language is Language.ZH else ", "
    pages = say("chat.pages", pages=comma.join(map(str, citation.pages))) if citation.pages else ""
    return say(
        "chat.citation", title=citation.title, number=number, clause=citation.clause, quote=used, pages=pages, url=url
    )


def _link(citation: Citation, page: int, words: Texts) -> str:
    say = _say(words)
    label = say("chat.open", page=page)
    heard = f"{label} ({say('chat.new_window')})"
    return (
        f'<a class="action original" href="{escape(original_address(citation, page))}&amp;lang={words.language}" '
        f'target="_blank" rel="noopener" aria-label="{escape(heard)}">{escape(label)}</a>'
    )


def _say(words: Texts) -> Texts:
    return staff_texts(Language(words.language))
