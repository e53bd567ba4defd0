"""The list of uploads: shown, looked at for news, and added to while files still arrive."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from assistant.accounts.door import Door
from assistant.errors import AccountsError
from assistant.ui.plain.shell import good, page_html, page_response, t
from assistant.ui.plain.visit import Missing, Reception, Visit, log, no_store, said_by, words_of
from assistant.ui.staff.permissions import keeps, may_give, sees
from assistant.ui.staff.uploads_page import adding_html, fingerprint, percent, step_said, uploads_html
from index.errors import LibraryError
from index.library.library import Library
from index.library.types import State, Upload

_PIECE = 1 << 20  # bytes kept in memory of a file that arrives


class Uploads:
    """The endpoints of the list."""

    def __init__(self, reception: Reception, library: Library, largest: int, incoming: Path) -> None:
        self._reception = reception
        self._library = library
        self._largest = largest  # bytes
        self._incoming = incoming  # where files are put down while they arrive

    def page(self, visit: Visit) -> Response:
        """The whole page."""
        account, words = visit.account, visit.words
        uploads = seen(self._library, visit)
        groups = groups_of(visit, self._reception.door, uploads)
        body = good(words("review.done.deleted")) if visit.query.get("done") == "deleted" else ""
        body += adding_html(groups, visit.token, self._largest, words)
        said, news = t(words("list.news")), visit.url("documents/news")
        body += f'<p id="news" class="soft" role="status" data-url="{news}" data-said="{said}"></p>'
        body += uploads_html(uploads, words, visit.url, visit.query.get("all", ""))
        return page_response(200, page_html(words, words("title"), body, visit.url(), (account, visit.token)))

    def news(self, visit: Visit) -> Response:
        """What is in work and how far, and whether the list looks other than before."""
        uploads = seen(self._library, visit)
        working = [upload for upload in uploads if upload.state in (State.QUEUED, State.READING)]
        said = [{"id": u.id, "percent": percent(u), "said": step_said(u, visit.words)} for u in working]
        return JSONResponse({"list": fingerprint(uploads), "working": said}, headers=no_store())

    async def add(self, request: Request) -> Response:
        """One file, the body of the request; its name, group and the token in headers, which no other site can set."""
        words = words_of(request)
        try:
            visit = await run_in_threadpool(self._reception.visit, request, {})
            if visit.session is None:
                return _refused(401, words("error.sign_in"))
            token = request.headers.get("x-form-token", "")
            if not await run_in_threadpool(self._reception.genuine, request, token):
                return _refused(403, words("error.forged"))
            return await self._received(request, visit)
        except ClientDisconnect:
            return Response(status_code=400)
        except LibraryError as error:
            return _refused(413 if error.code == "too-large" else 409, said_by(error, words))
        except Missing:
            return _refused(404, words("error.missing"))
        except AccountsError as error:
            log.error("%s", error)
        except Exception:  # the outermost edge: the visitor gets a sentence, the log the trace
            log.exception("a file could not be taken")
        return _refused(503, words("error.unavailable"))

    async def _received(self, request: Request, visit: Visit) -> Response:
        words, name = visit.words, unquote(request.headers.get("x-file-name", ""), errors="replace")
        group = unquote(request.headers.get("x-group", "")) or None
        replaces = request.headers.get("x-replaces", "")
        if not name:
            return _refused(400, words("error.name"))
        if replaces:
            old = await run_in_threadpool(visible, self._library, visit, replaces)
            if not keeps(visit.account, old):
                return _refused(403, words("error.forbidden"))
        elif not await run_in_threadpool(self._gives, visit, group):
            return _refused(403, words("error.group"))
        announced = request.headers.get("content-length", "")
        with tempfile.TemporaryFile(dir=await run_in_threadpool(_made, self._incoming)) as file:
            taken, whole = await _taken(request, file, self._largest)
            if not whole:
                return _refused(413, words("error.too_large"))
            if announced.isdigit() and taken != int(announced):
                return _refused(400, words("error.broken_off"))
            upload = await run_in_threadpool(self._stored, file, name, visit, group, replaces)
        return JSONResponse({"id": upload.id}, 201, no_store())

    def _gives(self, visit: Visit, group: str | None) -> bool:
        """Only groups that are offered: one typed wrongly would hide a document from everybody."""
        offered = groups_of(visit, self._reception.door, seen(self._library, visit))
        return may_give(visit.account, group) and group in offered

    def _stored(self, file: BinaryIO, name: str, visit: Visit, group: str | None, replaces: str) -> Upload:
        by = visit.account.name
        if replaces:
            return self._library.replace(replaces, file, name, by=by)
        return self._library.add(file, name, by=by, group=group)


def seen(library: Library, visit: Visit) -> list[Upload]:
    """The uploads a visitor may see, newest first."""
    groups = None if visit.account.administers else sorted(visit.account.groups)
    return [upload for upload in library.list(groups=groups) if sees(visit.account, upload)]


def visible(library: Library, visit: Visit, id: str) -> Upload:
    """An upload the visitor may see; what they may not is not there for them."""
    try:
        upload = library.get(id)
    except LibraryError as error:
        raise Missing from error
    if not sees(visit.session.account if visit.session else None, upload):
        raise Missing
    return upload


def groups_of(visit: Visit, door: Door, uploads: Sequence[Upload]) -> Sequence[str | None]:
    """The groups one may add documents for: one's own, and for administrators everybody and all groups there are."""
    if not visit.account.administers:
        return sorted(visit.account.groups)
    there = {group for account in door.people.all() for group in account.groups}
    return [None, *sorted(there | {upload.group for upload in uploads if upload.group})]


async def _taken(request: Request, file: BinaryIO, largest: int) -> tuple[int, bool]:
    """Write what arrives into a file; how many bytes that were, and False where there were too many."""
    taken, piece = 0, bytearray()
    async for part in request.stream():
        taken += len(part)
        if taken > largest:
            return taken, False
        piece += part
        if len(piece) >= _PIECE:
            await run_in_threadpool(file.write, bytes(piece))
            piece.clear()
    await run_in_threadpool(file.write, bytes(piece))
    await run_in_threadpool(file.seek, 0)
    return taken, True


def _made(directory: Path) -> Path:
    directory.mkdir(parents=True, exist_ok=True)
    return directory


def _refused(status: int, text: str) -> Response:
    return JSONResponse({"problem": text}, status, no_store())
