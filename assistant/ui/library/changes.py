"""What changed: the page, its calendar file, and the briefing as a page and as a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timezone
from pathlib import Path

from starlette.responses import Response
from starlette.routing import Route

from assistant.calendar_file import CalendarEvent, calendar_file
from assistant.eligibility.rulebook import Rulebook
from assistant.export.types import Paper
from assistant.reference.briefing import briefing, listed
from assistant.reference.change_words import ChangeWords
from assistant.reference.changes import Group, changes, chosen
from assistant.reference.events import Event, events_of
from assistant.ui.library.changes_calendar import event_address
from assistant.ui.library.changes_query import Asked, asked
from assistant.ui.library.changes_view import meant_words, page_body
from assistant.ui.plain.papers import paper_file, paper_html
from assistant.ui.plain.rooms import Room, assets
from assistant.ui.plain.shell import page_html, page_response, t
from assistant.ui.plain.visit import Reception, Visit, no_store, told
from assistant.wiring import Assistant
from index.search import Searcher
from index.types import Document, Language

HERE = Path(__file__).parent
SERVED = re.compile(r"/changes(\.ics|\.css|\.js|/briefing(\.docx|\.pdf)?)?")
_FILES = ("changes.css", "changes.js")
_KEPT = 16  # states of the library, by the groups that see them, whose events are kept


def changes_room(reception: Reception, assistant: Assistant, today: Callable[[], date] = date.today) -> Room:
    """The room, open to all; `today` is the day it is seen on unless another is asked for."""
    pages = Changes(assistant, today)
    page = reception.page
    return Room(SERVED, [
        *assets(HERE, *_FILES),
        Route("/changes", page(pages.page, open_to_all=True)),
        Route("/changes.ics", page(pages.calendar, open_to_all=True)),
        Route("/changes/briefing", page(pages.briefing, open_to_all=True)),
        Route("/changes/briefing.{ending:str}", page(pages.file, open_to_all=True, costly=True)),
    ])  # fmt: skip


@dataclass(frozen=True)
class _Seen:
    """What one visitor asked for and sees."""

    asked: Asked
    words: ChangeWords
    events: Sequence[Event]  # of all documents
    meant: Sequence[Event]  # of those chosen
    found: dict[Group, tuple[Event, ...]]


class Changes:
    """The endpoints."""

    def __init__(self, assistant: Assistant, today: Callable[[], date]) -> None:
        self._assistant = assistant
        self._today = today
        self._kept: dict[tuple[int, Language], tuple[Searcher, Rulebook | None, Sequence[Event]]] = {}

    def page(self, visit: Visit) -> Response:
        """The whole page."""
        seen = self._seen(visit)
        body = page_body(seen.events, seen.meant, seen.found, seen.asked, seen.words, visit)
        return _framed(visit, seen, seen.words.say("title"), body)

    def calendar(self, visit: Visit) -> Response:
        """First and last days from the day looked at on, as an .ics file that later ones bring up to date."""
        seen = self._seen(visit)
        ahead = [event for event in seen.meant if event.day >= seen.asked.day]
        if not ahead:
            return told(visit, 404, seen.words.say("ics.none"), False)
        entries = [
            CalendarEvent(
                f"{event.id}@sme-policy-assistant", event.day,
                seen.words.say(f"ics.{event.turn}", title=event.document.short_title),
                "\n".join(filter(None, (seen.words.title(event.document), seen.words.reason(event), event.quote))),
            )
            for event in ahead
        ]  # fmt: skip
        stamp = datetime.combine(self._today(), time(), timezone.utc)
        headers = {**no_store(), "content-disposition": 'attachment; filename="changes.ics"'}
        return Response(calendar_file(entries, stamp), media_type="text/calendar", headers=headers)

    def briefing(self, visit: Visit) -> Response:
        """The briefing as a page made for printing."""
        seen = self._seen(visit)
        say, paper = seen.words.say, self._paper(seen)
        files = "".join(
            f'<a href="{t(visit.url(f"changes/briefing.{ending}") + seen.asked.query())}" download>'
            f"{t(say(f'briefing.{ending}'))}</a>"
            for ending in ("docx", "pdf")
        )
        links = "".join(
            f'<li><a href="{t(event_address(event, seen.asked, visit))}">{t(seen.words.title(event.document))}</a></li>'
            for event in {event.document.id: event for event in listed(seen.found)}.values()
        )
        named = say("briefing.links")
        open_them = f'<section class="noprint"><h2>{t(named)}</h2><ul>{links}</ul></section>' if links else ""
        body = (
            f'<p class="files noprint"><a href="{t(visit.url("changes") + seen.asked.query())}">'
            f"{t(say('briefing.back'))}</a>{files}</p>"
            f'<p class="soft noprint">{t(say("briefing.print"))}</p>{paper_html(paper)}{open_them}'
        )
        return _framed(visit, seen, paper.title, body)

    def file(self, visit: Visit) -> Response:
        """The briefing as DOCX or PDF."""
        seen = self._seen(visit)
        name = f"changes-{seen.asked.since}-{seen.asked.day}"
        return paper_file(visit, self._paper(seen), name, visit.parts["ending"])

    def _paper(self, seen: _Seen) -> Paper:
        meant = meant_words(seen.asked, seen.words)
        return briefing(seen.found, seen.words, seen.asked.since, meant, self._today())

    def _events(self, searcher: Searcher, book: Rulebook | None, language: Language) -> Sequence[Event]:
        """The events of all that is seen; worked out once for each state of the library."""
        kept = self._kept.get((id(searcher), language))
        if kept is None or kept[0] is not searcher or kept[1] is not book:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            kept = (searcher, book, events_of(_documents(searcher, language), book, language))
            self._kept[id(searcher), language] = kept
        return kept[2]

    def _seen(self, visit: Visit) -> _Seen:
        language, serving = visit.words.language, self._assistant.serving.seen_by(visit.groups)
        book, wanted = serving.parts.rulebook, asked(visit.query, self._today())
        offers = {id: item.name.in_(str(language)) for id, item in book.candidates.items()} if book else {}
        events = self._events(serving.searcher, book, language)
        meant = chosen(events, wanted.choice)
        words = ChangeWords(language, wanted.day, offers)
        return _Seen(wanted, words, events, meant, changes(meant, wanted.since, wanted.day))


def _documents(searcher: Searcher, language: Language) -> list[Document]:
    """Every document in the language of the page, and those there are only in the other one."""
    found: dict[str, Document] = {}
    for one in sorted(Language, key=lambda other: other is not language):
        index = searcher.languages.get(one)
        for document in index.documents if index is not None else ():
            found.setdefault(document.id, document)
    return list(found.values())


def _framed(visit: Visit, seen: _Seen, title: str, body: str) -> Response:
    chosen_query = seen.asked.query().lstrip("?")
    return page_response(
        200,
        page_html(
            visit.words, title, body, visit.url(), visit.signed_in, chosen=f"{chosen_query}&" if chosen_query else "",
            here="changes", files=("paper.css", *_FILES),
        ),
    )  # fmt: skip
