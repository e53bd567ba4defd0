"""The real page, looked at with a real browser."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from running import ROOT, Served, serving

from assistant.eligibility.rulebook import Rulebook
from assistant.rule_files import load_rulebook
from index.documents.corpus import Corpus
from index.types import Document, Language

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
SWITCHES = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
SOON = 60_000  # milliseconds: CI machines are slow, and waiting costs nothing when they are not


class Library:
    """The documents of a corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._documents = {(document.id, document.language): document for document in corpus.documents}

    def document(self, document_id: str, language: Language) -> Document | None:
        return self._documents.get((document_id, language))


@pytest.fixture(scope="session")
def rulebook(corpus: Corpus) -> Rulebook:
    """The rules we ship."""
    book = load_rulebook(ROOT / "corpus", corpus.documents)
    assert book is not None
    return book


@pytest.fixture(scope="session")
def library(corpus: Corpus) -> Library:
    """The documents we ship."""
    return Library(corpus)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The page over the shipped corpus, by words alone: vectors change nothing that is tested here."""
    with serving(tmp_path_factory.mktemp("page"), {"SME_WORDS_ONLY": "1"}) as page:
        yield page


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium without a window."""
    if shutil.which(CHROMIUM) is None:
        pytest.skip(f"there is no browser at {CHROMIUM} (set CHROMIUM)")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
        yield chromium
        chromium.close()


@pytest.fixture
def watched(browser: Any) -> Iterator[Callable[..., Any]]:
    """Open a page as another visitor. Every test also checks that nothing was asked of any other host, that no dialog
    opened, and that the browser had nothing to complain of, as it has of scripts that a page's policy forbids."""
    contexts, outside, errors = [], [], []

    def note(request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.hostname != "127.0.0.1":
            outside.append(request.url)

    def watch(page: Any) -> None:
        page.on("request", note)
        page.on("websocket", note)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
        page.on("dialog", lambda dialog: (errors.append(f"dialog: {dialog.message}"), dialog.dismiss()))

    def open_page(url: str, *, shows: str = "#head h1", **options: Any) -> Any:
        context = browser.new_context(**{"locale": "zh-CN", "viewport": {"width": 1280, "height": 900}, **options})
        contexts.append(context)
        context.set_default_timeout(SOON)
        context.on("page", watch)
        page = context.new_page()
        page.goto(url)
        page.wait_for_selector(shows)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert outside == [], "requests left the machine"
    # Leaving a page while it still listens cuts its stream off; Gradio's client tells that as an error of its own.
    # A form that could not be taken is answered with 422 and shown again, which Chromium tells as an error.
    usual = r"AbortError|Connection errored out|Failed to load resource: .* status of 422"
    complaints = [error for error in errors if not re.search(usual, error)]
    assert complaints == [], "the browser complained"


@pytest.fixture
def visit(watched: Callable[..., Any], served: Served) -> Callable[..., Any]:
    """Open the page over the shipped corpus as another visitor."""

    def open_page(url: str = served.url, **options: Any) -> Any:
        return watched(url, **options)

    return open_page
