"""Two versions beside one another, clause by clause, the changed words marked, and what they touch."""

from __future__ import annotations

from starlette.responses import Response

from assistant.ui.plain.difference import changes_html
from assistant.ui.plain.shell import page_html, page_response, t
from assistant.ui.plain.visit import Visit
from assistant.ui.staff.report_view import touched_html
from assistant.ui.staff.uploads import visible
from index.library.library import Library
from index.library.types import Difference, Upload


class Differences:
    """The endpoint of comparing."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def page(self, visit: Visit) -> Response:
        """`?old=` and `?new=` are uploads the visitor may see."""
        old, new = (visible(self._library, visit, visit.query.get(which, "")) for which in ("old", "new"))
        found = self._library.difference(old.id, new.id)
        body = difference_html(found, old, new, visit)
        title = visit.words("difference.title")
        signed_in = visit.signed_in
        chosen = f"old={old.id}&new={new.id}&"
        return page_response(200, page_html(visit.words, title, body, visit.url(), signed_in, chosen=chosen))


def difference_html(found: Difference, old: Upload, new: Upload, visit: Visit) -> str:
    """The comparison; clauses that are the same are only counted and named."""
    words = visit.words
    heads = "".join(
        f'<p><a href="{visit.url(f"documents/{u.id}")}">'
        f"{t(words(f'difference.{which}', title=u.title or u.name, version=u.version))}</a></p>"
        for which, u in (("old", old), ("new", new))
    )
    return f"{heads}{changes_html(found.clauses, words)}{touched_html(found.touched, words)}"
