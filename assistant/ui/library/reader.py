"""The reader of the policy library: one document with everything that belongs to it, and what can be taken from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

from starlette.responses import Response
from starlette.routing import Route

from assistant.reference.family import Tie, relatives
from assistant.serving import Serving
from assistant.texts import room_texts
from assistant.ui.library.reader_clauses import clauses_html, footnotes_html, outline_html
from assistant.ui.library.reader_difference import difference_page
from assistant.ui.library.reader_export import exported
from assistant.ui.library.reader_family import family_html, resting_html, versions_html
from assistant.ui.library.reader_head import bar_html, day_html, export_html, facts_html, head_html
from assistant.ui.library.reading import Reading
from assistant.ui.plain.rooms import Room, assets
from assistant.ui.plain.shell import page_html, page_response, t
from assistant.ui.plain.visit import Missing, Reception, Visit
from assistant.ui.staff.permissions import sees
from assistant.wiring import Assistant
from index.library.library import Library
from index.library.types import State, Upload
from index.types import Language

HERE = Path(__file__).parent
SERVED = re.compile(r"/policy/[^/]{1,200}(/(difference|export))?|/reader\.(css|js)")
_FILES = ("reader.css", "reader.js")


class Reader:
    """The endpoints of a document."""

    def __init__(self, serving: Callable[[], Serving], library: Library) -> None:
        self._serving = serving
        self._library = library

    def page(self, visit: Visit) -> Response:
        """The whole page; `?day=` is the day looked at, `?both=1` puts both languages side by side."""
        reading = self._reading(visit)
        if reading is None:
            return missing(visit)
        html = self._html(reading)
        kept = reading.kept()
        chosen = urlencode(kept) + "&" if kept else ""
        return page_response(
            200,
            page_html(
                visit.words, reading.document.title, html, visit.url(), visit.signed_in, chosen=chosen,
                here="library", files=_FILES,
            ),
        )  # fmt: skip

    def difference(self, visit: Visit) -> Response:
        """Beside another document, or another day."""
        reading = self._reading(visit)
        try:
            return difference_page(reading) if reading else missing(visit)
        except Missing:
            return missing(visit, "difference.none")

    def export(self, visit: Visit) -> Response:
        """`?clauses=` (several, or parted by commas; none for all) as `?format=docx` or `pdf`."""
        reading = self._reading(visit)
        return exported(reading) if reading else missing(visit)

    def _reading(self, visit: Visit) -> Reading | None:
        """The document in the language of the page, or else the language it is there in."""
        serving = self._serving().seen_by(visit.groups)
        wanted = visit.words.language
        for language in sorted(Language, key=lambda one: one is not wanted):
            if (document := serving.document(visit.parts["id"], language)) is not None:
                return Reading(visit, serving, document, date.today())
        return None

    def _html(self, reading: Reading) -> str:
        book = reading.serving.parts.rulebook
        found = relatives(reading.document, reading.documents, book, reading.day)
        originals = [one.document for one in found if one.document and one.bonds[0].tie is Tie.ORIGINAL]
        words = reading.words
        below = [
            ("exporting", words("export.title"), export_html(reading)),
            ("facts", words("meta.title"), facts_html(reading)),
            ("family", words("family.title"), family_html(reading, found)),
            ("resting", words("rests.title"), resting_html(reading, book)),
            ("versions", words("versions.title"), versions_html(reading, self._versions(reading))),
        ]
        outline = outline_html(reading, [(id, name) for id, name, html in below if html])
        said = (
            f'<p id="said" class="heard" role="status" data-copied="{t(words("cite.copied"))}" '
            f'data-failed="{t(words("cite.failed"))}"></p>'
        )
        return (
            f'<div class="reader" data-site="{t(reading.visit.site)}">{head_html(reading)}{day_html(reading)}'
            f'{bar_html(reading)}<div class="columns">{outline}<div>{clauses_html(reading, originals)}'
            f"{''.join(html for _, _, html in below)}</div></div>{footnotes_html(reading)}{said}</div>"
        )

    def _versions(self, reading: Reading) -> Sequence[Upload]:
        """The versions of an upload that whoever is signed in may compare."""
        upload, visit = reading.document.upload, reading.visit
        if upload is None or visit.session is None:
            return ()
        read = (State.REVIEW, State.RELEASED, State.RETIRED)
        account = visit.account
        return [one for one in self._library.versions(upload) if one.state in read and sees(account, one)]


def reader_room(reception: Reception, assistant: Assistant, library: Library) -> Room:
    """A document at `/policy/{id}`, compared and exported below it."""
    reader, page = Reader(lambda: assistant.serving, library), reception.page
    routes = [
        *assets(HERE, *_FILES),
        Route("/policy/{id}", page(reader.page, open_to_all=True)),
        Route("/policy/{id}/difference", page(reader.difference, open_to_all=True)),
        Route("/policy/{id}/export", page(reader.export, open_to_all=True, costly=True)),
    ]
    return Room(SERVED, routes)


def missing(visit: Visit, key: str = "missing.text") -> Response:
    """There is no such document, or not for this visitor: which of both is not told."""
    words = room_texts("reader", visit.words.language)
    search = f'<p><a href="{t(visit.url("library"))}">{t(words("missing.search"))}</a></p>'
    body = f'<p class="notice bad" role="alert">{t(words(key))}</p>{search}'
    html = page_html(
        visit.words, words("missing.title"), body, visit.url(), visit.signed_in, here="library", files=("reader.css",)
    )
    return page_response(404, html)
