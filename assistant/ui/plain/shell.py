"""What every page in plain HTML is framed in, and pieces of HTML they share. Texts are escaped here, at the sink."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from starlette.responses import HTMLResponse

from assistant.accounts.forgery import FIELD
from assistant.accounts.people import Account
from assistant.texts import Texts, staff_texts
from index.types import Language

SignedIn = tuple[Account, str]  # and the token of their forms
PLACES = ("library", "products", "changes", "reply", "training", "visiting")  # open to all; "documents" is not


def t(text: object) -> str:
    """Any text as HTML."""
    return escape(str(text))


def page_response(status: int, html: str) -> HTMLResponse:
    """A page that no cache keeps and no search engine lists."""
    return HTMLResponse(html, status, {"cache-control": "no-store", "x-robots-tag": "noindex, nofollow"})


def page_html(
    words: Texts, title: str, body: str, root: str, signed_in: SignedIn | None = None, *, chosen: str = "",
    here: str = "", files: Sequence[str] = ("staff.js",),
) -> str:  # fmt: skip
    """A whole page. `root` leads from it to the first page; `chosen` is the query that a change of language keeps.

    `here` is the entry of the navigation the page belongs to, `files` the style sheets and scripts it needs besides.
    """
    language, say = words.language, staff_texts(words.language)
    other = Language.EN if language is Language.ZH else Language.ZH
    switch = f'<a class="language" href="?{t(chosen)}lang={other}" lang="{other}">{t(say("other_language"))}</a>'
    who = _who(say, root, *signed_in) if signed_in else ""
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="robots" content="noindex, nofollow">'
        f"<title>{t(say('page_title', page=title, site=say('site')))}</title>"
        f'<link rel="icon" type="image/svg+xml" href="{root}favicon.ico">'
        f"{''.join(_file(root, name) for name in ('plain.css', *files))}</head><body>"
        f'<a class="skip" href="#content">{t(say("skip"))}</a>'
        f'<header><nav aria-label="{t(say("nav"))}">{_nav(say, root, here, signed_in is not None)}</nav>'
        f'<div class="who">{who}{switch}</div></header>'
        f'<main id="content" tabindex="-1"><h1>{t(title)}</h1>{body}</main></body></html>'
    )


def notice_html(words: Texts, text: str, root: str = "./", signed_in: SignedIn | None = None) -> str:
    """A page that only says something."""
    back = f'<p><a href="{root}documents">{t(words("error.back"))}</a></p>'
    return page_html(words, words("error.title"), alert(text) + back, root, signed_in)


def alert(text: str) -> str:
    """A sentence that is read out at once."""
    return f'<p class="notice bad" role="alert">{t(text)}</p>'


def good(text: str) -> str:
    """A sentence that something was done."""
    return f'<p class="notice good" role="status">{t(text)}</p>'


def form(action: str, token: str, inner: str, *, classes: str = "", id: str = "") -> str:
    """A form that carries the token of its visitor."""
    name = f' id="{id}"' if id else ""
    return (
        f'<form method="post" action="{t(action)}" class="{classes}"{name}>'
        f'<input type="hidden" name="{FIELD}" value="{t(token)}">{inner}</form>'
    )


def select(name: str, options: Sequence[tuple[str, str]], chosen: str, attributes: str = "") -> str:
    """A choice; options are values with what is shown for them."""
    made = "".join(
        f'<option value="{t(value)}"{" selected" if value == chosen else ""}>{t(shown)}</option>'
        for value, shown in options
    )
    return f'<select id="{name}" name="{name}"{attributes}>{made}</select>'


def section(title: str, body: str, *, classes: str = "", id: str = "") -> str:
    """A section with its heading."""
    name = f' id="{id}"' if id else ""
    return f'<section class="{classes}"{name}><h2>{t(title)}</h2>{body}</section>'


def described(rows: Sequence[tuple[str, object]]) -> str:
    """Names with their values."""
    return '<dl class="facts">' + "".join(f"<div><dt>{t(n)}</dt><dd>{t(v)}</dd></div>" for n, v in rows) + "</dl>"


def _file(root: str, name: str) -> str:
    if name.endswith(".css"):
        return f'<link rel="stylesheet" href="{root}{name}">'
    return f'<script defer src="{root}{name}"></script>'


def _nav(say: Texts, root: str, here: str, signed_in: bool) -> str:
    """The way to the other pages, in the language of this one; the first page keeps its own."""
    made = f'<a href="{root}?lang={say.language}">{t(say("to_chat"))}</a>'
    for place in (*PLACES, *(("documents",) if signed_in else ())):
        current = ' aria-current="page"' if place == here else ""
        made += f'<a href="{root}{place}"{current}>{t(say(f"places.{place}"))}</a>'
    return made


def _who(words: Texts, root: str, account: Account, token: str) -> str:
    belongs = words("comma").join([words(f"role.{account.role}"), *sorted(account.groups)])
    out = form(f"{root}sign-out", token, f'<button type="submit" class="plain">{t(words("sign_in.out"))}</button>')
    return f"<span><b>{t(account.name)}</b>{t(words('parentheses', text=belongs))}</span>{out}"
