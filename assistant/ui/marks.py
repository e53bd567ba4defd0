"""Answer Markdown → safe HTML, sentence by sentence, with its [1] marks linked to their sources."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token

# A sentence with the marks that belong to it. A point within a figure (3.5%) ends nothing.
_SENTENCE = re.compile(r".+?(?:[。！？；]+|[.!?]+(?=\s|\[|$))[”’』」）)]*(?:\s*\[\d{1,3}\])*\s*", re.DOTALL)
_MARK = re.compile(r"\[(\d{1,3})\]")


def answer_html(markdown: str, links: Mapping[int, tuple[str, str]]) -> str:
    """HTML of an answer. `links` gives for each citation number the id of its source and a label.

    HTML, links, images and autolinks in the text stay text, whoever wrote them. Sentences come as
    <span class="sentence" style="--i:…"> numbered from 0, so that the page can show them one after another.
    """
    tokens = _parser().parse(markdown)
    counter = iter(range(10_000))
    pieces = []
    for token in tokens:
        if token.type == "inline":
            pieces.append(_inline(token.children or [], links, counter))
        elif token.type in ("fence", "code_block"):
            pieces.append(f'<pre class="sentence" style="--i:{next(counter)}">{escape(token.content)}</pre>')
        elif token.type == "table_open":
            pieces.append('<div class="table"><table>')
        elif token.type == "table_close":
            pieces.append("</table></div>")
        elif token.nesting == 0:
            pieces.append("<hr>")
        elif not token.hidden:
            pieces.append(_tag(token))
    return "".join(pieces)


def sentence_count(html: str) -> int:
    """How many sentences answer_html numbered."""
    return html.count('style="--i:')


@cache
def _parser() -> MarkdownIt:
    return (
        MarkdownIt("commonmark", {"html": False, "breaks": True})
        .enable("table")
        .disable(["link", "image", "autolink", "html_inline", "html_block", "reference", "entity"])
    )


def _tag(token: Token) -> str:
    """A block's own tag. Headings go below the page's own, and no tag keeps an attribute."""
    name = token.tag if token.tag not in ("h1", "h2", "h3") else "h4"
    return f"<{name}>" if token.nesting == 1 else f"</{name}>"


def _inline(tokens: Sequence[Token], links: Mapping[int, tuple[str, str]], counter: object) -> str:
    """One run of text. Sentences are told apart outside emphasis only, so that no tag is ever cut in two."""
    sentences: list[str] = []
    current = ""
    depth = 0
    for token in tokens:
        depth += token.nesting
        if token.type == "text" and depth == 0:
            rest = token.content
            # A mark that follows emphasis or a full stop still belongs to the sentence before.
            if not current and sentences and (stray := re.match(r"(?:\s*\[\d{1,3}\])+\s*", rest)):
                sentences[-1] += _linked(stray.group(), links)
                rest = rest[stray.end() :]
            while match := _SENTENCE.match(rest):
                sentences.append(current + _linked(match.group(), links))
                current, rest = "", rest[match.end() :]
            current += _linked(rest, links)
        else:
            current += _inline_tag(token, links)
    if current:
        sentences.append(current)
    return "".join(f'<span class="sentence" style="--i:{next(counter)}">{s}</span>' for s in sentences)  # type: ignore[call-overload]


def _inline_tag(token: Token, links: Mapping[int, tuple[str, str]]) -> str:
    if token.type == "text":
        return _linked(token.content, links)
    if token.type in ("softbreak", "hardbreak"):
        return "<br>"
    if token.type == "code_inline":
        return f"<code>{escape(token.content)}</code>"
    if token.type in ("strong_open", "em_open"):
        return f"<{token.tag}>"
    if token.type in ("strong_close", "em_close"):
        return f"</{token.tag}>"
    return escape(token.content)


def _linked(text: str, links: Mapping[int, tuple[str, str]]) -> str:
    """Escaped text, its marks made links where there is such a citation."""

    def link(match: re.Match[str]) -> str:
        found = links.get(int(match.group(1)))
        if found is None:
            return match.group()
        target, label = found
        return f'<a class="mark" href="#{escape(target)}" aria-label="{escape(label)}">[{match.group(1)}]</a>'

    return _MARK.sub(link, escape(text, quote=False))
