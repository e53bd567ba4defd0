"""Markdown → the HTML it stands for (markdown-it-py), read like any HTML: what is hidden there is hidden here."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from markdown_it import MarkdownIt

from index.documents.reading.limits import Limits
from index.documents.reading.text import decoded
from index.documents.reading.types import Format, Reading
from index.documents.reading.web import reading_of_html

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.S)
# CommonMark takes no emphasis that ends between a bracket and a Chinese letter (**（一）**动员), as people write it.
_BOLD = re.compile(r"\*\*(?=[^\s*])([^*`\n]*[^\s*`])\*\*(?=[\u3400-\u9fff])")
_TITLE = re.compile(r"^title:[ \t]*[\"']?(.+?)[\"']?[ \t]*$", re.M)


def read_markdown(content: bytes, limits: Limits, progress: Callable[[int, int], None]) -> Reading:  # noqa: ARG001
    """Headings, paragraphs, lists and tables; front matter only gives the title."""
    text = decoded(content).replace("\r\n", "\n")
    title = None
    if front := _FRONT_MATTER.match(text):
        text = text[front.end() :]
        found = _TITLE.search(front[1])
        title = found[1] if found else None
    text = _BOLD.sub(r"<strong>\1</strong>", text)
    shown = MarkdownIt("commonmark", {"html": True, "maxNesting": 60}).enable(["table", "strikethrough"]).render(text)
    reading = reading_of_html(shown, limits, Format.MARKDOWN)
    return replace(reading, title=title or reading.title)
