"""Who sent a request to a page of Gradio, told by the session's cookie alone."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from assistant.accounts.door import Door
from assistant.errors import AccountsError
from assistant.ui.plain.visit import session_cookie

log = logging.getLogger(__name__)


class HasCookies(Protocol):
    """What is needed of a request; Gradio's and Starlette's have it."""

    @property
    def cookies(self) -> Mapping[str, str]:
        """As the browser sent them."""

    @property
    def url(self) -> Any:
        """With its scheme."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who asks: `name` "" where nobody is signed in, None where nobody can sign in."""

    name: str | None = None
    groups: tuple[str, ...] = ()


Who = Callable[[HasCookies], Visitor]


def nobody(_: HasCookies) -> Visitor:
    """Where there is no door."""
    return Visitor()


def who_by(door: Door) -> Who:
    """By the sessions of a door; what keeps it from being told makes a visitor a stranger, never an insider."""

    def who(request: HasCookies) -> Visitor:
        try:
            session = door.visitor(request.cookies.get(session_cookie(door.settings, request.url.scheme)))
        except AccountsError as error:
            log.error("%s", error)
            return Visitor("")
        if session is None:
            return Visitor("")
        return Visitor(session.account.name, tuple(sorted(session.account.groups)))

    return who
