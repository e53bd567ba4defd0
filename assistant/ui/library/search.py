"""The search of the policy library: one page, and what it shows while somebody types."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from assistant.reference.lookup import Found, language_for, look_up
from assistant.texts import Texts, room_texts
from assistant.ui.library.search_form import facets_html, form_html
from assistant.ui.library.search_query import asked
from assistant.ui.library.search_results import Shown, count_text, results_html
from assistant.ui.plain.rooms import Room, assets
from assistant.ui.plain.shell import page_html, page_response
from assistant.ui.plain.visit import Reception, Visit, no_store
from assistant.wiring import Assistant

HERE = Path(__file__).parent
PAGE = "/library"
SERVED = re.compile(r"/library(?:/results)?|/search\.(?:css|js)")


def search_room(reception: Reception, assistant: Assistant) -> Room:
    """The search over what each visitor may see."""
    search = Search(assistant)
    return Room(
        SERVED,
        [
            *assets(HERE, "search.css", "search.js"),
            Route(PAGE, reception.page(search.page, open_to_all=True)),
            Route(f"{PAGE}/results", reception.page(search.results, open_to_all=True, quiet=True, data=True)),
        ],
    )


@dataclass(frozen=True)
class Search:
    """The handlers."""

    assistant: Assistant
    today: Callable[[], date] = date.today

    def page(self, visit: Visit) -> Response:
        """The whole page."""
        say = room_texts("search", visit.words.language)
        shown = self._shown(visit, say)
        body = form_html(shown, facets_html(shown), results_html(shown))
        html = page_html(
            visit.words, say("title"), body, visit.url(), visit.signed_in,
            chosen=shown.asked.address().removeprefix("?") + "&", here="library", files=("search.css", "search.js"),
        )  # fmt: skip
        return page_response(200, html)

    def results(self, visit: Visit) -> Response:
        """What changes on the page when the look-up does."""
        say = room_texts("search", visit.words.language)
        shown = self._shown(visit, say)
        return JSONResponse(
            {
                "count": count_text(shown),
                "facets": facets_html(shown),
                "results": results_html(shown),
                "address": shown.asked.address(page=shown.found.page),
            },
            headers=no_store(),
        )

    def _shown(self, visit: Visit, say: Texts) -> Shown:
        visit = replace(visit, path=PAGE)  # links lead from the page, whatever was asked for to fill it
        wanted = asked(visit)
        serving = self.assistant.serving.seen_by(visit.groups)
        searcher, words = serving.searcher, serving.parts.words
        language = wanted.language or language_for(wanted.line, say.language, searcher, words)
        today = self.today()
        found: Found = look_up(wanted.lookup(language, today), searcher, words)
        return Shown(visit, say, wanted, found, language, wanted.day or today, today)
