"""Sessions: a random token with the browser, its hash with us, an end when idle and an end in any case."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from assistant.accounts.database import Database
from assistant.accounts.people import Account, account_of
from assistant.accounts.settings import AccountSettings

_TOKEN_BYTES = 32
_SELDOM = 60.0  # seconds between two notes of when a session was last used: each is a write


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who is signed in, with the token of their browser."""

    account: Account
    token: str


class Sessions:
    """Opens, finds and ends sessions. Raises AccountsError."""

    def __init__(self, database: Database, settings: AccountSettings, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._idle = settings.session_idle_minutes * 60.0
        self._longest = settings.session_hours * 3600.0
        self._clock = clock

    def open(self, account: str, password_hash: str, instead_of: str | None = None) -> str | None:
        """A new token for the account of that key; the token it takes the place of is worth nothing any more.

        None where the account's password is no longer the one that was checked.
        """
        token, now = secrets.token_urlsafe(_TOKEN_BYTES), self._clock()
        with self._database.transaction() as connection:
            connection.execute(
                "DELETE FROM sessions WHERE token_hash = ? OR begun < ? OR seen < ?",
                (_hash(instead_of or ""), now - self._longest, now - self._idle),
            )
            opened = connection.execute(
                "INSERT INTO sessions (token_hash, account, begun, seen) "
                "SELECT ?, key, ?, ? FROM accounts WHERE key = ? AND password = ?",
                (_hash(token), now, now, account, password_hash),
            ).rowcount
        return token if opened else None

    def find(self, token: str, *, used: bool = True) -> Session | None:
        """The session of a token, with the account as it is now; `used` False where a page only looks for news."""
        now = self._clock()
        found = self._database.rows(
            "SELECT a.*, s.begun, s.seen FROM sessions s JOIN accounts a ON a.key = s.account WHERE s.token_hash = ?",
            (_hash(token),),
        )
        if not found or now - found[0]["begun"] > self._longest or now - found[0]["seen"] > self._idle:
            return None
        if used and now - found[0]["seen"] > _SELDOM:
            with self._database.transaction() as connection:
                connection.execute("UPDATE sessions SET seen = ? WHERE token_hash = ?", (now, _hash(token)))
        return Session(account_of(found[0]), token)

    def end(self, token: str) -> None:
        """Sign one browser out."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM sessions WHERE token_hash = ?", (_hash(token),))

    def end_all(self, account: Account) -> int:
        """Sign somebody out everywhere; of how many sessions."""
        with self._database.transaction() as connection:
            return connection.execute("DELETE FROM sessions WHERE account = ?", (account.key,)).rowcount


def _hash(token: str) -> str:
    """Random as the token is, a plain hash cannot be turned back."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
