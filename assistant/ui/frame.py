"""What stands on top of every page: its name, the way to the other pages, the policy date and the language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

import gradio as gr

from assistant.texts import Texts, staff_texts, ui_texts
from assistant.ui.handlers import preferred_language, read_day
from index.types import Language, StrEnum

LANGUAGES = [("中文", "zh"), ("English", "en")]
ROOMS = ("library", "training")  # the pages in plain HTML that lead to all others


class Page(StrEnum):
    """The pages, by their path."""

    CHAT = ""
    CHECK = "check"
    RENEWAL = "renewal"


@dataclass(frozen=True, eq=False)
class Frame:
    """The components on top of a page."""

    head: gr.HTML
    as_of: gr.Textbox
    language: gr.Radio
    disclaimer: gr.HTML
    pages: tuple[Page, ...]  # those there are


def html(name: str) -> gr.HTML:
    """An empty place for HTML of ours."""
    return gr.HTML(elem_id=name, apply_default_css=False, js_on_load=None)


def frame(words: Texts, pages: tuple[Page, ...] = tuple(Page)) -> Frame:
    """Lay the top of a page out. Gradio's own navigation bar is left out: ours has both languages."""
    gr.Navbar(visible=False)
    with gr.Row(elem_id="top"):
        head = html("head")
        with gr.Row(elem_id="controls"):
            as_of = gr.Textbox(label=words("controls.as_of"), elem_id="as-of", max_lines=1, min_width=150)
            language = gr.Radio(
                LANGUAGES, value="zh", label=words("controls.language"), elem_id="language", min_width=170
            )
    return Frame(head, as_of, language, html("disclaimer"), pages)


def frame_labels(parts: Frame, page: Page, words: Texts, staff: str | None = None) -> dict[Any, Any]:
    """Its labels in one language; `staff` as in `head_html`."""
    return {
        parts.head: head_html(page, words, parts.pages, staff),
        parts.disclaimer: f'<p role="note">{escape(words("disclaimer"))}</p>',
        parts.as_of: gr.update(label=words("controls.as_of")),
    }


def head_html(page: Page, words: Texts, pages: tuple[Page, ...] = tuple(Page), staff: str | None = None) -> str:
    """The name of a page and the links to the others; `staff` is who is signed in, "" for nobody, None for no link."""
    name, target = ("chat", "question") if page is Page.CHAT else (str(page), "results")
    title = words("title") if page is Page.CHAT else words(f"{name}.title")
    subtitle = words("subtitle") if page is Page.CHAT else words(f"{name}.subtitle")
    links = "".join(_link(other, page, words) for other in pages)
    links = (links if len(pages) > 1 else "") + _plain_links(staff, words)
    nav = f'<nav aria-label="{escape(words("nav.label"))}">{links}</nav>' if links else ""
    skip = escape(words("controls.skip" if page is Page.CHAT else "controls.skip_results"))
    return f'<a class="skip" href="#{target}">{skip}</a>{nav}<h1>{escape(title)}</h1><p>{escape(subtitle)}</p>'


def _link(other: Page, current: Page, words: Texts) -> str:
    here = ' aria-current="page"' if other is current else ""
    name = words(f"nav.{str(other) or 'chat'}")
    return f'<a href="{str(other) or "./"}"{here}>{escape(name)}</a>'


def _plain_links(staff: str | None, words: Texts) -> str:
    """The way to the pages in plain HTML."""
    if staff is None:
        return ""
    say = staff_texts(words.language)
    shown = say("chat.signed_in", name=staff) if staff else say("chat.staff")
    rooms = "".join(f'<a href="{room}">{escape(say(f"places.{room}"))}</a>' for room in ROOMS)
    return f'{rooms}<a class="staff" href="documents?lang={words.language}">{escape(shown)}</a>'


def start(headers: Mapping[str, str], query: Mapping[str, str], today: date) -> tuple[Language, str]:
    """Language and policy date a page begins with: those of the page one came from, else the browser's and today."""
    asked = query.get("lang", "")
    language = Language(asked) if asked in set(Language) else preferred_language(headers.get("accept-language", ""))
    day = read_day(query.get("day", "")[:20], today) or today
    return language, day.isoformat()


def words_in(language: str) -> Texts:
    """The words of the page in the language chosen."""
    return ui_texts(Language(language))
