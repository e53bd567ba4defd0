"""The visit kit: a choice of trade and place, and the two papers made from it, on the page and as files."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from starlette.responses import Response
from starlette.routing import Route

from assistant.eligibility.rulebook import Rulebook
from assistant.export.types import Paper
from assistant.texts import room_texts
from assistant.ui.plain.papers import paper_file, paper_html
from assistant.ui.plain.rooms import Room, assets
from assistant.ui.plain.shell import page_html, page_response, t
from assistant.ui.plain.visit import Missing, Reception, Visit
from assistant.ui.training.visiting_form import clauses_html, form_html, links_html, made_html
from assistant.ui.training.visiting_query import Wanted, wanted_of
from assistant.visiting.kit import Kit, kit
from assistant.visiting.papers import checklist, leaflet, of_checklist, of_leaflet
from assistant.wiring import Assistant
from index.types import Passage

HERE = Path(__file__).parent
SERVED = re.compile(r"/visiting(\.css|/(checklist|leaflet)(\.docx|\.pdf)?)?")
PAPERS: Mapping[str, Callable[[Kit, date], Paper]] = {"checklist": checklist, "leaflet": leaflet}
SAID: Mapping[str, Callable[[Kit], list[Passage]]] = {"checklist": of_checklist, "leaflet": of_leaflet}


def visiting_room(reception: Reception, assistant: Assistant, today: Callable[[], date] = date.today) -> Room:
    """The room, open to all; `today` is the day whose policies count unless another is asked for."""
    pages = Visiting(assistant, today)
    page = reception.page
    return Room(SERVED, [
        *assets(HERE, "visiting.css"),
        Route("/visiting", page(pages.page, open_to_all=True)),
        Route("/visiting/{paper:str}.{ending:str}", page(pages.file, open_to_all=True, costly=True)),
        Route("/visiting/{paper:str}", page(pages.paper, open_to_all=True)),
    ])  # fmt: skip


class Visiting:
    """The endpoints."""

    def __init__(self, assistant: Assistant, today: Callable[[], date]) -> None:
        self._assistant = assistant
        self._today = today

    def page(self, visit: Visit) -> Response:
        """The choice, and where it is made, the papers to open."""
        say, book = room_texts("visiting", visit.words.language), self._book(visit)
        if book is None:
            return self._framed(visit, say("title"), f'<p class="notice">{t(say("problem.rules"))}</p>', "")
        wanted = wanted_of(visit.query, book, self._today())
        made = made_html(self._kit(visit, wanted, book), wanted, visit, say) if wanted.enterprise else ""
        body = f'<p class="soft">{t(say("intro"))}</p>{form_html(wanted, book, visit, say)}{made}'
        return self._framed(visit, say("title"), body, wanted.query)

    def paper(self, visit: Visit) -> Response:
        """A paper as a page made for printing."""
        say = room_texts("visiting", visit.words.language)
        made, wanted, found = self._made(visit)
        body = links_html(visit.parts["paper"], wanted, visit, say) + paper_html(made)
        body += clauses_html(SAID[visit.parts["paper"]](found), wanted, visit, say)
        return self._framed(visit, made.title, body, wanted.query)

    def file(self, visit: Visit) -> Response:
        """A paper as DOCX or PDF."""
        made, wanted, _ = self._made(visit)
        return paper_file(visit, made, f"{visit.parts['paper']}-{wanted.day}", visit.parts["ending"])

    def _made(self, visit: Visit) -> tuple[Paper, Wanted, Kit]:
        """Raises Missing where the choice is not complete."""
        book = self._book(visit)
        wanted = wanted_of(visit.query, book, self._today()) if book else None
        if book is None or wanted is None or wanted.enterprise is None:
            raise Missing
        found = self._kit(visit, wanted, book)
        return PAPERS[visit.parts["paper"]](found, self._today()), wanted, found

    def _book(self, visit: Visit) -> Rulebook | None:
        return self._assistant.serving.seen_by(visit.groups).parts.rulebook

    def _kit(self, visit: Visit, wanted: Wanted, book: Rulebook) -> Kit:
        assert wanted.enterprise is not None
        searcher = self._assistant.serving.seen_by(visit.groups).searcher
        return kit(wanted.enterprise, book, searcher, visit.words.language, wanted.day)

    def _framed(self, visit: Visit, title: str, body: str, query: str) -> Response:
        chosen = f"{query[1:]}&" if len(query) > 1 else ""
        html = page_html(
            visit.words, title, body, visit.url(), visit.signed_in, chosen=chosen, here="visiting",
            files=("paper.css", "visiting.css"),
        )  # fmt: skip
        return page_response(200, html)
