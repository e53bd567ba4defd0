"""A page of an original as an answer cites it: for everybody where it was released so, else for its group."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from assistant.ui.plain.shell import page_html, page_response, t
from assistant.ui.plain.visit import Missing, Visit, no_store
from assistant.ui.staff.clauses_view import picture_html, turning_html
from assistant.ui.staff.review import clause_name, page_number
from assistant.ui.staff.uploads import visible
from assistant.ui.tables import table_html
from index.errors import LibraryError
from index.library.library import Library
from index.library.types import Draft, PagePicture, Upload

_PARTS = re.compile(r"\d{1,7}-\d{1,7}(?:\.\d{1,7}-\d{1,7}){0,7}", re.ASCII)


class Originals:
    """The endpoints of originals."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def page(self, visit: Visit) -> Response:
        """`?page=`, `?clause=` and `?part=12-40.50-60` (characters of the clause) choose what is shown and marked."""
        try:
            upload = visible(self._library, visit, visit.parts["id"])
        except Missing:
            if visit.session is not None:
                raise
            # Whether there is such a document is not told: it is the same for an id that was never given.
            wanted = f"original/{visit.parts['id']}"
            return RedirectResponse(visit.url(f"sign-in?next={wanted}"), 303, no_store())
        draft = self._library.draft(upload.id)
        html = self._html(upload, draft, visit)
        signed_in = visit.signed_in
        chosen = urlencode({n: visit.query[n] for n in ("page", "clause", "part") if n in visit.query}) + "&"
        title = draft.metadata.title
        return page_response(200, page_html(visit.words, title, html, visit.url(), signed_in, chosen=chosen))

    def picture(self, visit: Visit) -> Response:
        """The picture of a page, without marks."""
        upload = visible(self._library, visit, visit.parts["id"])
        found = self._library.page_picture(upload.id, int(visit.parts["page"]))
        return Response(found.png, media_type="image/png", headers=no_store())

    def _html(self, upload: Upload, draft: Draft, visit: Visit) -> str:
        words, clause = visit.words, visit.query.get("clause", "")
        known = next((c for c in draft.clauses if c.id == clause), None)
        name = clause_name(draft, clause)
        text = ""
        if known is not None:
            told = f'<p class="text">{t(known.text)}</p>'
            if known.table is not None:
                told = table_html(known.table, words("review.table"))
            text = f"<section><h2>{t(name)}</h2>{told}</section>"
        facts = [draft.metadata.document_number, words("list.version", version=upload.version), upload.name]
        head = f'<p class="soft">{" · ".join(t(fact) for fact in facts if fact)}</p>'
        try:
            found = self._marked(upload, visit, known.id if known else None)
        except LibraryError:
            return f"{head}<p>{t(words('original.no_picture'))}</p>{text}"
        source = visit.url(f"original/{upload.id}/page-{found.page}.png")
        kept = {name: visit.query[name] for name in ("clause", "part") if name in visit.query}
        turning = turning_html(found.page, found.pages, words, kept)
        sheet = picture_html(found, source, draft.metadata.title, name, words, turning=turning)
        return f'{head}{text}<div class="beside single">{sheet}</div>'

    def _marked(self, upload: Upload, visit: Visit, clause: str | None) -> PagePicture:
        """The page with the parts of the clause marked, or all of it where none is named."""
        page = page_number(visit.query.get("page", ""))
        parts: list[tuple[int, int] | None] = [*parts_of(visit.query.get("part", ""))]
        found = [self._library.page_picture(upload.id, page, clause=clause, span=part) for part in parts or [None]]
        marks = tuple(dict.fromkeys(mark for picture in found for mark in picture.marks))
        return replace(found[0], marks=marks)


def parts_of(text: str) -> list[tuple[int, int]]:
    """Parts of a clause as an address gives them."""
    if _PARTS.fullmatch(text) is None:
        return []
    pairs = [tuple(map(int, part.split("-"))) for part in text.split(".")]
    return [(start, end) for start, end in pairs if start < end]
