"""One upload: looked through, corrected, released, given to others, retired, deleted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from starlette.responses import HTMLResponse, RedirectResponse, Response

from assistant.accounts.door import Door
from assistant.ui.plain.shell import alert, form, page_html, page_response, t
from assistant.ui.plain.visit import Forbidden, Missing, Visit, no_store, said_by
from assistant.ui.staff.clauses_view import picture_html, turning_html
from assistant.ui.staff.metadata_form import changes_of, contradictions
from assistant.ui.staff.permissions import keeps, may_give
from assistant.ui.staff.product_form import FactName, product_of
from assistant.ui.staff.review_page import Reviewed, review_html
from assistant.ui.staff.uploads import groups_of, visible
from assistant.ui.staff.uploads import seen as seen_uploads
from index.errors import LibraryError
from index.library.library import Library
from index.library.types import Draft, State, Upload
from index.types import Language

WAIT = 30.0  # seconds a release or its end is waited for
FactNames = Callable[[str, Language], FactName]  # a fact of the rules → its name in a language
_READ = (State.REVIEW, State.RELEASED, State.RETIRED)


class Review:
    """The endpoints of one upload."""

    def __init__(self, door: Door, library: Library, largest: int, facts: FactNames) -> None:
        self._door = door
        self._library = library
        self._largest = largest
        self._facts = facts

    def page(self, visit: Visit) -> Response:
        """The whole page; `?page=` and `?clause=` choose what is shown beside the clauses."""
        upload = visible(self._library, visit, visit.parts["id"])
        seen = replace(self._seen(upload, visit), done=visit.query.get("done", ""))
        return page_response(200, review_html(seen, visit.words, visit.url))

    def picture(self, visit: Visit) -> Response:
        """Only the page with its marks, for a script to put beside the clauses."""
        upload = visible(self._library, visit, visit.parts["id"])
        html = self._picture(upload, self._library.draft(upload.id), visit)
        return HTMLResponse(html or f"<p>{t(visit.words('review.no_picture'))}</p>", headers=no_store())

    def correct(self, visit: Visit) -> Response:
        """Take corrections of the metadata."""
        upload = self._kept(visit)
        metadata = self._library.draft(upload.id).metadata
        changes = changes_of(visit.form, metadata)
        if not changes:
            return self._again(upload, visit, problem=visit.words("review.nothing_changed"), status=200)
        if wrong := contradictions(metadata, changes):
            return self._again(upload, visit, wrong=wrong)
        try:
            self._library.correct(upload.id, changes, by=visit.account.name)
        except LibraryError as error:
            return self._again(upload, visit, error=error)
        return self._done(visit, upload, "corrected")

    def product(self, visit: Visit) -> Response:
        """Take the terms of a product as a person confirmed them."""
        upload = self._kept(visit)
        draft = self._library.draft(upload.id)
        if not draft.product or visit.field("confirmed") != "yes":
            return self._again(upload, visit, problem=visit.words("wrong.other"))
        try:
            self._library.correct(upload.id, {"product": product_of(visit.form, draft.product)}, by=visit.account.name)
        except ValueError:
            return self._again(upload, visit, problem=visit.words("wrong.other"))
        except LibraryError as error:
            return self._again(upload, visit, error=error)
        return self._done(visit, upload, "corrected")

    def release(self, visit: Visit) -> Response:
        """Make it part of the index."""
        upload = self._kept(visit)
        try:
            self._library.release(upload.id, by=visit.account.name, wait=WAIT)
        except LibraryError as error:
            return self._again(upload, visit, error=error)
        return self._done(visit, upload, "released")

    def give(self, visit: Visit) -> Response:
        """Let another group answer from it."""
        upload, group = self._kept(visit), visit.field("give") or None
        if not (may_give(visit.account, group) and group in self._groups(visit)):
            return self._again(upload, visit, problem=visit.words("error.group"))
        try:
            self._library.give(upload.id, group, by=visit.account.name, wait=WAIT)
        except LibraryError as error:
            return self._again(upload, visit, error=error)
        return self._done(visit, upload, "given")

    def retire(self, visit: Visit) -> Response:
        """Take it out of the index."""
        upload = self._kept(visit)
        try:
            self._library.retire(upload.id, by=visit.account.name, wait=WAIT)
        except LibraryError as error:
            return self._again(upload, visit, error=error)
        return self._done(visit, upload, "retired")

    def again(self, visit: Visit) -> Response:
        """Have it read once more."""
        upload = self._kept(visit)
        try:
            self._library.again(upload.id, by=visit.account.name)
        except LibraryError as error:
            return self._again(upload, visit, error=error)
        return self._done(visit, upload, "again")

    def delete(self, visit: Visit) -> Response:
        """Ask whether it is meant, then delete."""
        upload, words = self._kept(visit), visit.words
        if visit.form and visit.field("confirmed") == "yes":
            self._library.delete(upload.id, by=visit.account.name, wait=WAIT)
            return RedirectResponse(visit.url("documents?done=deleted"), 303, no_store())
        problem = alert(words("delete.unconfirmed")) if visit.form else ""
        text = words("delete.text", title=upload.title or upload.name, name=upload.name, version=upload.version)
        inner = (
            f'<p class="check"><input type="checkbox" id="confirmed" name="confirmed" value="yes" required>'
            f'<label for="confirmed">{t(words("delete.confirm"))}</label></p>'
            f'<p><button type="submit" class="danger">{t(words("delete.button"))}</button> '
            f'<a href="{visit.url(f"documents/{upload.id}")}">{t(words("delete.cancel"))}</a></p>'
        )
        body = f"{problem}<p>{t(text)}</p>{form(visit.url(f'documents/{upload.id}/delete'), visit.token, inner)}"
        signed_in = visit.signed_in
        return page_response(
            422 if problem else 200, page_html(words, words("delete.title"), body, visit.url(), signed_in)
        )

    def _kept(self, visit: Visit) -> Upload:
        upload = visible(self._library, visit, visit.parts["id"])
        if not keeps(visit.account, upload):
            raise Forbidden
        return upload

    def _groups(self, visit: Visit) -> Sequence[str | None]:
        return groups_of(visit, self._door, seen_uploads(self._library, visit))

    def _done(self, visit: Visit, upload: Upload, what: str) -> Response:
        return RedirectResponse(visit.url(f"documents/{upload.id}?done={what}"), 303, no_store())

    def _again(
        self, upload: Upload, visit: Visit, *, error: LibraryError | None = None, problem: str = "",
        wrong: Mapping[str, str] | None = None, status: int = 422,
    ) -> Response:  # fmt: skip
        """The page once more, with what could not be done and what was entered."""
        wrong = (error.fields if error else wrong) or {}
        said = said_by(error, visit.words) if error and not wrong else problem
        seen = self._seen(self._library.get(upload.id), visit)
        seen = replace(seen, problem=said, wrong=wrong, given=visit.form if wrong else {})
        return page_response(status, review_html(seen, visit.words, visit.url))

    def _seen(self, upload: Upload, visit: Visit) -> Reviewed:
        seen = Reviewed(
            upload, visit.account, visit.token, keeps(visit.account, upload), self._largest,
            groups=self._groups(visit),
            named=lambda fact: self._facts(fact, Language(visit.words.language)),
            versions=[v for v in self._library.versions(upload.id) if v.group == upload.group],
            events=self._library.history(upload.id),
        )  # fmt: skip
        if upload.state not in _READ:
            return seen
        draft = self._library.draft(upload.id)
        similar = [s for s in self._library.duplicates(upload.id) if not s.upload or self._shown(s.document, visit)]
        chosen = visit.query.get("clause", "")
        return replace(seen, draft=draft, similar=similar, chosen=chosen, picture=self._picture(upload, draft, visit))

    def _shown(self, id: str, visit: Visit) -> bool:
        """Whether somebody may know of another upload."""
        try:
            visible(self._library, visit, id)
        except Missing:
            return False
        return True

    def _picture(self, upload: Upload, draft: Draft, visit: Visit) -> str:
        """The page asked for, "" where the format has none."""
        words = visit.words
        if upload.report is None or not upload.report.paged:
            return ""
        clause = next((c for c in draft.clauses if c.id == visit.query.get("clause")), None)
        page = page_number(visit.query.get("page", ""))
        try:
            found = self._library.page_picture(upload.id, page, clause=clause.id if clause else None)
        except LibraryError as error:
            return f"<p>{t(said_by(error, words))}</p>"
        source = visit.url(f"documents/{upload.id}/page-{found.page}.png")
        return picture_html(
            found, source, upload.title or upload.name, clause_name(draft, visit.query.get("clause", "")), words,
            turning=turning_html(found.page, found.pages, words),
        )  # fmt: skip


def clause_name(draft: Draft, id: str) -> str:
    """A clause as it is called; "" for none."""
    clause = next((c for c in draft.clauses if c.id == id), None)
    return " ".join(filter(None, (clause.reference, clause.heading))) if clause else ""


def page_number(asked: str) -> int:
    """A page as an address gives it; the first where it gives none."""
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
