"""The visit kit: a choice of trade and place, and the two papers made from it, on the page and as files."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

from starlette.responses import Response
from starlette.routing import Route

from assistant.eligibility.rulebook import Rulebook
from assistant.export.types import Paper
from assistant.texts import room_texts
from assistant.ui.places import place_path, rule_places
from assistant.ui.plain.papers import paper_file, paper_html
from assistant.ui.plain.rooms import Room, assets
from assistant.ui.plain.shell import page_html, page_response, t
from assistant.ui.plain.visit import Missing, Reception, Visit
from assistant.ui.training.visiting_form import clauses_html, form_html, links_html, made_html
from assistant.visiting.kit import Enterprise, Kit, kit
from assistant.visiting.papers import checklist, leaflet, of_checklist, of_leaflet
from assistant.wiring import Assistant
from index.types import Passage

HERE = Path(__file__).parent
SERVED = re.compile(r"/visiting(\.css|/(checklist|leaflet)(\.docx|\.pdf)?)?")
PAPERS: Mapping[str, Callable[[Kit, date], Paper]] = {"checklist": checklist, "leaflet": leaflet}
SAID: Mapping[str, Callable[[Kit], list[Passage]]] = {"checklist": of_checklist, "leaflet": of_leaflet}
YEARS = (1990, 2100)
_LONGEST = 40  # characters of a city
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def visiting_room(reception: Reception, assistant: Assistant, today: Callable[[], date] = date.today) -> Room:
    """The room, open to all; `today` is the day whose policies count unless another is asked for."""
    pages = Visiting(assistant, today)
    page = reception.page
    return Room(SERVED, [
        *assets(HERE, "visiting.css"),
        Route("/visiting", page(pages.page, open_to_all=True)),
        Route("/visiting/{paper:str}.{ending:str}", page(pages.file, open_to_all=True)),
        Route("/visiting/{paper:str}", page(pages.paper, open_to_all=True)),
    ])  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """What was chosen; `enterprise` is None until trade and place are known, `problems` are the keys of sentences."""

    day: date
    enterprise: Enterprise | None
    given: Mapping[str, str]
    problems: Mapping[str, str] = field(default_factory=dict)  # by key, with the text that was not understood

    @property
    def query(self) -> str:
        """The query of links to papers of the same choice."""
        return "?" + urlencode({name: value for name, value in self.given.items() if value})


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


def wanted_of(query: Mapping[str, str], book: Rulebook, today: date) -> Wanted:
    """Read an address. What is no choice of ours counts as not chosen; a form sent without one is told so."""
    given = {
        name: " ".join(query.get(name, "").split())[:_LONGEST] for name in ("industry", "province", "city", "size")
    }
    text = query.get("day", "").strip()[:_LONGEST]
    day = _day(text)
    place = place_path(given["province"], given["city"], rule_places(book))
    industry = given["industry"] if given["industry"] in book.facts["industry"].choices else ""
    size = given["size"] if given["size"] in book.facts["size_class"].choices else ""
    problems = {"day": text} if text and day is None else {}
    if any(name in query for name in ("industry", "province")):
        problems |= {} if industry else {"industry": ""}
        problems |= {} if place else {"province": ""}
    kept = {
        "industry": industry, "province": given["province"] if place else "", "city": given["city"] if place else "",
        "size": size, "day": day.isoformat() if day else "",
    }  # fmt: skip
    enterprise = Enterprise(industry, place, size or None) if industry and place else None
    return Wanted(day or today, enterprise, kept, problems)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None
    return day if day is not None and YEARS[0] <= day.year <= YEARS[1] else None
