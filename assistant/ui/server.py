"""Serving the page: the address, what may be asked of the server, and what a browser may do with the page."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import signal
import socket
import sys
import warnings
from collections.abc import Mapping, Sequence
from contextlib import suppress

import fastapi
import gradio as gr
import uvicorn
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.errors import AssistantError
from assistant.texts import ui_texts
from assistant.ui.calendar_route import Calendar
from assistant.ui.plain.rooms import Room
from assistant.ui.receipt_route import Receipts
from assistant.ui.staff.visitors import Who, nobody
from assistant.ui.theme import icon, receipt_script, receipt_style, script, style_sheet, theme
from index.environment import from_environment
from index.types import Language

LARGEST_BODY = 1_000_000  # bytes of a request
# All the page needs. Gradio also offers uploads, a proxy, file access, a run history and an editor: none of them here.
_SERVED = re.compile(
    r"/(|check|renewal|renewal\.ics|receipt/[a-z2-7]{26}|receipt\.(css|js)|page\.js|page\.css|config|theme\.css|robots\.txt|favicon\.ico|(assets|static|svelte)/[\w./@-]+"
    r"|gradio_api/(queue/(join|data)|heartbeat/\w+|cancel|reset|app_id|info|startup-events)/?)"
)
_PAGES = {"/", "/check", "/renewal"}
_POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'self'"
)  # Gradio's HTML component compiles its own template, for which it needs unsafe-eval; inline scripts need the nonce
_RECEIPT = "/receipt/"
_RECEIPT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)  # a page without Gradio needs next to nothing
_PLAIN_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
_UNWANTED = re.compile(
    r'<meta\s+(?:property="og:|name="twitter:)[^>]*>|<link rel="manifest"[^>]*>'
    r'|<link[^>]*(?:googleapis|gstatic)[^>]*>|<script[^>]*src="https?:[^>]*>\s*</script>'
)


class ServerError(AssistantError):
    """The page cannot be served at the address asked for."""


class ServerSettings(BaseModel):
    """Read once at the edge."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    host: str = Field("127.0.0.1", min_length=1, description="SME_HOST: 0.0.0.0 to be reachable from other machines")
    port: int = Field(7860, ge=0, le=65535, description="SME_PORT: 0 takes any free port")
    words_only: bool = Field(False, description="SME_WORDS_ONLY: never prepare search by meaning (small machines)")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> ServerSettings:
        """Defaults overridden by SME_… variables; raises ServerError naming the variable that cannot be used."""
        return from_environment(cls, environment, ServerError)


def bind(settings: ServerSettings) -> socket.socket:
    """Take the address before anything costly is done; raises ServerError saying what to do."""
    where = f"{settings.host}:{settings.port}"
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        taken = socket.socket(family, kind, protocol)
    except OSError as error:
        raise ServerError(f"SME_HOST={settings.host!r} is no address of this machine ({error.strerror}).") from error
    try:
        if os.name == "posix":  # elsewhere it would let two servers share a port
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(address)
        taken.listen(128)
    except OSError as error:
        taken.close()
        raise ServerError(
            f"The page cannot be served at {where} ({error.strerror}). Is it already running? "
            "Stop the other program, or set SME_PORT to another port (or SME_HOST to an address of this machine)."
        ) from error
    return taken


def application(
    page: gr.Blocks, calendar: Calendar, receipts: Receipts, rooms: Sequence[Room] = (), who: Who = nobody
) -> ASGIApp:
    """The pages as an ASGI application that keeps to itself; `calendar` and `receipts` have addresses of their own.

    `rooms` are the pages in plain HTML beside Gradio, and `who` tells who sent a request.
    """

    def renewal_ics(due: str = "", lang: str = "zh") -> Response:
        made = calendar(due, lang)
        if made is None:
            return PlainTextResponse("due: a day to come as YYYY-MM-DD; lang: zh or en", 400)
        name = f'attachment; filename="renewal-{due}.ics"'
        headers = {"content-disposition": name, "cache-control": "no-store"}
        return Response(made, media_type="text/calendar; charset=utf-8", headers=headers)

    def receipt(number: str, request: fastapi.Request, lang: str = "") -> Response:
        status, html = receipts(number, lang, who(request).groups)
        return HTMLResponse(html, status, {"cache-control": "no-store", "x-robots-tag": "noindex, nofollow"})

    inner = fastapi.FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    inner.add_api_route("/page.js", lambda: Response(script(), media_type="text/javascript"))
    inner.add_api_route("/favicon.ico", lambda: Response(icon(), media_type="image/svg+xml"))
    inner.add_api_route("/page.css", lambda: Response(style_sheet(), media_type="text/css"))  # Gradio would rewrite it
    inner.add_api_route("/renewal.ics", renewal_ics)
    inner.add_api_route(_RECEIPT + "{number}", receipt)
    inner.add_api_route("/receipt.css", lambda: Response(receipt_style(), media_type="text/css"))
    inner.add_api_route("/receipt.js", lambda: Response(receipt_script(), media_type="text/javascript"))
    for room in rooms:
        inner.router.routes.extend(room.routes)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "SSR mode", UserWarning)  # given for several pages, though we ask for none
        gr.mount_gradio_app(
            inner, page, "/", footer_links=[], run_history=False, ssr_mode=False, pwa=False, mcp_server=False,
            enable_monitoring=False, show_error=False, max_file_size=0, theme=theme(),
        )  # fmt: skip
    return Shield(inner, rooms)


def serve(app: ASGIApp, taken: socket.socket) -> None:
    """Serve until Ctrl-C or SIGTERM."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # else the process would die without closing anything
    # Each open page holds a connection for ever; on stopping they are cut after a second.
    config = uvicorn.Config(app, log_level="critical", access_log=False, timeout_graceful_shutdown=1)
    with suppress(KeyboardInterrupt):
        _Server(config).run(sockets=[taken])


class _Server(uvicorn.Server):
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        assert sockets is not None
        host, port = sockets[0].getsockname()[:2]
        shown = f"[{host}]" if ":" in host else host
        title = ui_texts(Language.ZH)("title")
        sys.stdout.write(f"{title}: http://{shown}:{port}  (Ctrl-C to stop)\n")
        sys.stdout.flush()


class Shield:
    """Lets through what the page needs, and tells browsers to load nothing from anywhere else."""

    def __init__(self, inner: ASGIApp, rooms: Sequence[Room] = ()) -> None:
        self._inner = inner
        self._rooms = [room.served for room in rooms]
        self._largest = {path: max(most, LARGEST_BODY) for room in rooms for path, most in room.largest.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._inner(scope, receive, send)
            return
        path = scope["path"].removeprefix(scope.get("root_path", "").rstrip("/")) or "/"
        plain = any(served.fullmatch(path) for served in self._rooms)
        if not (plain or _SERVED.fullmatch(path)) or ".." in path:
            await PlainTextResponse("Not found", 404)(scope, receive, send)
        elif scope["method"] == "POST" and _body_size(scope) > self._largest.get(path, LARGEST_BODY):
            await PlainTextResponse("Too large", 413)(scope, receive, send)
        elif plain:
            # Forms must tell where they were sent from, which browsers keep to themselves under "no-referrer".
            await self._inner(scope, receive, _with_headers(send, _PLAIN_POLICY, "same-origin"))
        elif path in _PAGES:
            await self._front_page(scope, receive, send)
        else:
            policy = _RECEIPT_POLICY if path.startswith(_RECEIPT) else _policy("")
            await self._inner(scope, receive, _with_headers(send, policy))

    async def _front_page(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Gradio's HTML without what points elsewhere, its inline scripts marked as ours."""
        nonce = secrets.token_urlsafe(16)
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        body = b""
        start: Message = {}

        async def gather(message: Message) -> None:
            nonlocal body, start
            if message["type"] == "http.response.start":
                start = message
                return
            body += message.get("body", b"")
            if not message.get("more_body"):
                html = front_page(body.decode(), nonce).encode() if body else b""
                keep = [(n, v) for n, v in start["headers"] if n != b"content-length" or not body]
                length = [(b"content-length", str(len(html)).encode())] if body else []
                await _with_headers(send, _policy(nonce))({**start, "headers": [*keep, *length]})
                await send({"type": "http.response.body", "body": html})

        await self._inner({**scope, "headers": plain}, receive, gather)


def front_page(html: str, nonce: str) -> str:
    """Gradio's front page made ours."""
    words = ui_texts(Language.ZH)
    html = _UNWANTED.sub("", html)
    html = html.replace('lang="en"', 'lang="zh"', 1).replace("<script", f'<script nonce="{nonce}"')
    version = hashlib.sha256((script() + style_sheet()).encode()).hexdigest()[:8]
    ours = '<link rel="icon" type="image/svg+xml" href="favicon.ico">'
    ours += f'<link rel="stylesheet" href="page.css?{version}"><script defer src="page.js?{version}"></script>'
    html = html.replace("</head>", f"{ours}</head>", 1)
    waiting = (
        f'<p id="waiting">{words("loading")}<br>{ui_texts(Language.EN)("loading")}</p>'
        f"<noscript>{words('no_script')} {ui_texts(Language.EN)('no_script')}</noscript>"
    )
    return html.replace("<gradio-app", f"{waiting}<gradio-app", 1)


def _policy(nonce: str) -> str:
    return _POLICY.format(nonce=nonce) if nonce else _POLICY.replace(" 'nonce-{nonce}'", "")


def _body_size(scope: Scope) -> int:
    """As announced; a body of unannounced length counts as too large."""
    announced = dict(scope["headers"]).get(b"content-length", b"")
    return int(announced) if announced.isdigit() else LARGEST_BODY + 1


def _with_headers(send: Send, policy: str, referrer: str = "no-referrer") -> Send:
    added = [
        (b"content-security-policy", policy.encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", referrer.encode()),
    ]

    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], *added]}
        await send(message)

    return with_headers
