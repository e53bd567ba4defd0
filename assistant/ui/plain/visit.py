"""One request to a page in plain HTML: who asks, for what, with which form. What is asked by nobody goes no further."""

from __future__ import annotations

import asyncio
import logging
import re
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import parse_qsl, quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from assistant.accounts.door import Door
from assistant.accounts.forgery import FIELD, form_token, from_our_page, same_token
from assistant.accounts.people import Account
from assistant.accounts.sessions import Session
from assistant.accounts.settings import AccountSettings
from assistant.errors import AccountsError, AssistantError, TrainingError
from assistant.texts import Texts, staff_texts
from assistant.ui.handlers import preferred_language
from assistant.ui.plain.shell import SignedIn, notice_html, page_response
from index.errors import LibraryError
from index.types import Language

LARGEST_FORM = 200_000  # bytes
MOST_FIELDS = 500
AT_ONCE, MOST_WAITING = 2, 30  # costly requests
_SESSION, _BEFORE, _LANGUAGE = "sme-session", "sme-form", "sme-language"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Visit:
    """Everything a handler needs to know of a request."""

    path: str
    query: QueryParams
    words: Texts
    session: Session | None
    token: str  # of the forms on the page that is answered with
    address: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)  # of the path
    form: Mapping[str, list[str]] = field(default_factory=dict)
    site: str = ""  # the whole address of the first page as the browser asked for it, with "/" at its end

    @property
    def account(self) -> Account:
        """Who asks; only where the page is not open to all."""
        assert self.session is not None
        return self.session.account

    @property
    def groups(self) -> frozenset[str]:
        """Whose documents the visitor sees beside everybody's."""
        return frozenset(self.session.account.groups) if self.session else frozenset()

    @property
    def signed_in(self) -> SignedIn | None:
        """Who asks, as pages are framed for them."""
        return (self.account, self.token) if self.session else None

    def url(self, target: str = "") -> str:
        """A way from this page to another one of this site, which may lie below a path of a proxy."""
        return "../" * (self.path.count("/") - 1) + target or "./"

    def field(self, name: str) -> str:
        """One field of the form, "" where it was not sent."""
        return self.form.get(name, [""])[0]


Handler = Callable[[Visit], Response]


class Missing(Exception):
    """There is no such thing, or not for this visitor: which of both is not told."""


class Forbidden(Exception):
    """It may be seen, but not be changed by this visitor."""


@dataclass(frozen=True)
class Reception:
    """Asks every visitor who they are before anything is done for them."""

    door: Door
    turns: Turns = field(default_factory=lambda: Turns(), repr=False, compare=False)

    def page(
        self, handler: Handler, *, open_to_all: bool = False, quiet: bool = False, data: bool = False,
        forms: bool = False, costly: bool = False,
    ) -> _Endpoint:  # fmt: skip
        """An endpoint over a handler. `quiet`: looking for news, which does not keep a session open. `data`: no page,
        so that whoever is not signed in is told so by status instead of being led to the sign-in page. `forms`: the
        page has forms that those who are not signed in may send. `costly`: it takes the processor for a while, so
        that only a few are answered at once and whoever sends many holds up nobody who opens a page."""

        async def endpoint(request: Request) -> Response:
            try:
                form = await read_form(request) if request.method == "POST" else {}
            except ClientDisconnect:
                return Response(status_code=400)
            token, given = self.before_sign_in(request) if forms else ("", None)
            answer = partial(self._answer, request, form, handler, open_to_all, quiet, data, token)
            if not costly:
                response = await run_in_threadpool(answer)
            elif (made := await self.turns.take(answer)) is not None:
                response = made
            else:
                return _busy(request, data)
            return given(response) if given else response

        return endpoint

    def visit(self, request: Request, form: Mapping[str, list[str]], *, quiet: bool = False, token: str = "") -> Visit:
        """Who asks for what; `token` is that of forms on pages open to all. Raises AccountsError."""
        session = self.door.visitor(request.cookies.get(self.cookie(request)), used=not quiet)
        secret = session.token if session else request.cookies.get(_BEFORE, "")
        return Visit(
            path=route_path(request), query=request.query_params, words=words_of(request), session=session,
            token=form_token(secret) if session or not token else token, form=form, parts=request.path_params,
            address=request.client.host if request.client else "", site=str(request.base_url),
        )  # fmt: skip

    def genuine(self, request: Request, token: str) -> bool:
        """Whether a form, or what takes its place, was sent by a page of ours to this very visitor."""
        session = self.door.visitor(request.cookies.get(self.cookie(request)))
        secret = session.token if session else request.cookies.get(_BEFORE)
        return bool(secret) and from_our_page(request.headers) and same_token(secret or "", token)

    def cookie(self, request: Request) -> str:
        """The name of the session's cookie; with https one that no other host and no plain page can set."""
        return session_cookie(self.door.settings, request.url.scheme)

    def secure(self, request: Request) -> bool:
        """Whether cookies go over https only."""
        return over_tls(self.door.settings, request.url.scheme)

    def let_in(self, request: Request, response: Response, token: str) -> Response:
        """Give the browser its session."""
        response.set_cookie(
            self.cookie(request), token, path="/", httponly=True, samesite="lax", secure=self.secure(request)
        )
        response.delete_cookie(_BEFORE, path="/", httponly=True, samesite="strict", secure=self.secure(request))
        return response

    def let_out(self, request: Request, response: Response) -> Response:
        """Take the browser's session away."""
        response.delete_cookie(
            self.cookie(request), path="/", httponly=True, samesite="lax", secure=self.secure(request)
        )
        return response

    def before_sign_in(self, request: Request) -> tuple[str, Callable[[Response], Response]]:
        """The form token of somebody without a session, and what gives the browser its secret."""
        secret = request.cookies.get(_BEFORE) or secrets.token_urlsafe(32)

        def given(response: Response) -> Response:
            response.set_cookie(
                _BEFORE, secret, path="/", httponly=True, samesite="strict", secure=self.secure(request)
            )
            return response

        return form_token(secret), given

    def _answer(
        self, request: Request, form: Mapping[str, list[str]] | None, handler: Handler, open_to_all: bool, quiet: bool,
        data: bool, token: str,
    ) -> Response:  # fmt: skip
        words = words_of(request)
        try:
            visit = self.visit(request, form or {}, quiet=quiet, token=token)
            if visit.session is None and not open_to_all:
                return self._turned_away(request, visit, data)
            if form is None:
                return told(visit, 413, words("error.too_large"), data)
            if request.method == "POST" and not self.genuine(request, visit.field(FIELD)):
                return told(visit, 403, words("error.forged"), data)
            response = _guarded(visit, handler, data)
        except AccountsError as error:
            log.error("%s", error)
            response = page_response(503, notice_html(words, words("error.unavailable")))
        asked = request.query_params.get("lang", "")
        if asked in set(Language):
            response.set_cookie(
                _LANGUAGE, asked, path="/", httponly=True, samesite="lax", secure=self.secure(request), max_age=31536000
            )
        return response

    def _turned_away(self, request: Request, visit: Visit, data: bool) -> Response:
        if data or request.method != "GET":
            return told(visit, 401, visit.words("error.sign_in"), data)
        wanted = visit.path.lstrip("/") + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(visit.url("sign-in?next=" + quote(wanted, safe="")), 303, no_store())


def over_tls(settings: AccountSettings, scheme: str) -> bool:
    """Whether the browser reaches us by https, as the request or the settings tell."""
    return settings.secure_cookies or scheme == "https"


def session_cookie(settings: AccountSettings, scheme: str) -> str:
    """The name of the session's cookie; with https one that no other host and no plain page can set."""
    return f"__Host-{_SESSION}" if over_tls(settings, scheme) else _SESSION


def _guarded(visit: Visit, handler: Handler, data: bool) -> Response:
    """The handler's answer, or a sentence for what kept it from one."""
    words = visit.words
    try:
        return handler(visit)
    except Missing:
        return told(visit, 404, words("error.missing"), data)
    except Forbidden:
        return told(visit, 403, words("error.forbidden"), data)
    except LibraryError as error:
        if error.code == "unknown":
            return told(visit, 404, words("error.missing"), data)
        return told(visit, 409, said_by(error, words), data)
    except AccountsError:
        raise
    except AssistantError as error:  # it says itself what to do
        log.error("%s", error)
        kept = isinstance(error, TrainingError)
        return told(visit, 503, words("error.training" if kept else "error.unavailable"), data)
    except Exception:  # the outermost edge: the visitor gets a sentence, the log the trace
        log.exception("a page for staff could not be made")
        return told(visit, 503, words("error.unavailable"), data)


class Turns:
    """Costly requests: a few at once, the others wait in their order, without a thread that pages need."""

    def __init__(self) -> None:
        self._free = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0

    async def take(self, answer: Callable[[], Response]) -> Response | None:
        """The answer when it is its turn; None where too many wait already."""
        if self._waiting >= MOST_WAITING:
            return None
        self._waiting += 1
        try:
            await self._free.acquire()
        finally:
            self._waiting -= 1
        try:
            return await run_in_threadpool(answer)
        finally:
            self._free.release()


def _busy(request: Request, data: bool) -> Response:
    """Too many costly requests wait already."""
    words = words_of(request)
    if data:
        return JSONResponse({"problem": words("error.busy")}, 503, no_store())
    root = "../" * (route_path(request).count("/") - 1) or "./"
    return page_response(503, notice_html(words, words("error.busy"), root))


def told(visit: Visit, status: int, text: str, data: bool) -> Response:
    """A sentence instead of what was asked for."""
    if data:
        return JSONResponse({"problem": text}, status, no_store())
    return page_response(status, notice_html(visit.words, text, visit.url(), visit.signed_in))


def said_by(error: LibraryError, words: Texts) -> str:
    """The library's sentence in the language of the page."""
    return error.zh if words.language is Language.ZH else error.en


def no_store() -> dict[str, str]:
    """Headers of everything that not everybody may see."""
    return {"cache-control": "no-store"}


def route_path(request: Request) -> str:
    """The path without what a proxy puts before it."""
    return request.scope["path"].removeprefix(request.scope.get("root_path", "").rstrip("/")) or "/"


def words_of(request: Request) -> Texts:
    """In the language asked for, chosen before, or preferred by the browser."""
    for asked in (request.query_params.get("lang", ""), request.cookies.get(_LANGUAGE, "")):
        if asked in set(Language):
            return staff_texts(Language(asked))
    return staff_texts(preferred_language(request.headers.get("accept-language", "")))


async def read_form(request: Request) -> dict[str, list[str]] | None:
    """The fields of a form, each with all its values; None where there are too many, or it is too large."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST_FORM:
            return None
    try:
        pairs = parse_qsl(
            body.decode("utf-8", "replace"), keep_blank_values=True, errors="replace", max_num_fields=MOST_FIELDS
        )
    except ValueError:
        return None
    form: dict[str, list[str]] = {}
    for name, value in pairs:
        form.setdefault(name, []).append(value)
    return form


NEXT = re.compile(
    r"(?:documents|original|library|policy|products|changes|reply|training|classes|visiting)"
    r"(?:/[\w/.-]*)?(?:\?[\w=&.%+-]*)?",
    re.ASCII,
)


def where_next(wanted: str) -> str:
    """Where to go after signing in: a page of ours, whatever an address says."""
    return wanted if NEXT.fullmatch(wanted) and ".." not in wanted and "//" not in wanted else "documents"


_Endpoint = Callable[[Request], Awaitable[Response]]
