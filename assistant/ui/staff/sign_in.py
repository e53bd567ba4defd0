"""The door as a page: signing in and out."""

from __future__ import annotations

import math
from collections.abc import Mapping

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response

from assistant.accounts.forgery import FIELD
from assistant.errors import AccountsError
from assistant.texts import Texts
from assistant.ui.plain.shell import alert, form, good, notice_html, page_html, page_response, t
from assistant.ui.plain.visit import Reception, Visit, log, no_store, read_form, told, where_next, words_of


class SignIn:
    """The endpoints of the door."""

    def __init__(self, reception: Reception) -> None:
        self._reception = reception

    async def page(self, request: Request) -> Response:
        """The form, and what comes of sending it."""
        try:
            sent = await read_form(request) if request.method == "POST" else {}
        except ClientDisconnect:
            return Response(status_code=400)
        return await run_in_threadpool(self._page, request, sent)

    def out(self, visit: Visit) -> Response:
        """End the session; what takes the cookie away is `let_out`."""
        if visit.session is not None:
            self._reception.door.sessions.end(visit.session.token)
        return RedirectResponse(visit.url("sign-in?said=signed_out"), 303, no_store())

    def _page(self, request: Request, sent: Mapping[str, list[str]] | None) -> Response:
        reception, words = self._reception, words_of(request)
        try:
            visit = reception.visit(request, sent or {})
            following = where_next(visit.query.get("next", "") or visit.field("next"))
            if request.method != "POST":
                if visit.session is not None:
                    return RedirectResponse(visit.url(following), 303, no_store())
                said = "signed_out" if visit.query.get("said") == "signed_out" else ""
                return self._form(request, words, following, good(words(f"sign_in.{said}")) if said else "")
            if sent is None:
                return told(visit, 413, words("error.too_large"), False)
            if not reception.genuine(request, visit.field(FIELD)):
                return self._form(request, words, following, alert(words("error.forged")), 403)
            return self._try(request, visit, following)
        except AccountsError as error:
            log.error("%s", error)
            return page_response(503, notice_html(words, words("error.unavailable")))

    def _try(self, request: Request, visit: Visit, following: str) -> Response:
        reception, words, name = self._reception, visit.words, visit.field("name")
        done = reception.door.sign_in(
            name, visit.field("password"), visit.address, request.cookies.get(reception.cookie(request))
        )
        if done.token is not None:
            return reception.let_in(request, RedirectResponse(visit.url(following), 303, no_store()), done.token)
        if done.wait > 0:
            seconds = math.ceil(done.wait)
            answer = self._form(request, words, following, alert(words("sign_in.wait", seconds=seconds)), 429, name)
            answer.headers["retry-after"] = str(seconds)
            return answer
        return self._form(request, words, following, alert(words("sign_in.wrong")), 401, name)

    def _form(
        self, request: Request, words: Texts, following: str, said: str, status: int = 200, name: str = ""
    ) -> Response:
        token, given = self._reception.before_sign_in(request)
        inner = (
            f'<input type="hidden" name="next" value="{t(following)}">'
            f'<p><label for="name">{t(words("sign_in.name"))}</label>'
            f'<input id="name" name="name" value="{t(name[:64])}" autocomplete="username" autocapitalize="none" '
            'spellcheck="false" required></p>'
            f'<p><label for="password">{t(words("sign_in.password"))}</label>'
            '<input id="password" name="password" type="password" autocomplete="current-password" required></p>'
            f'<p><button type="submit">{t(words("sign_in.button"))}</button></p>'
        )
        body = said + form("sign-in", token, inner, classes="narrow")
        body += f'<p class="soft">{t(words("sign_in.no_account"))}</p>'
        return given(page_response(status, page_html(words, words("sign_in.title"), body, "./")))
