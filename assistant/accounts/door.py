"""The door: a name and a password → a session, a refusal, or a wait."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from assistant.accounts.database import Database
from assistant.accounts.names import key_of
from assistant.accounts.passwords import Hasher
from assistant.accounts.people import People
from assistant.accounts.sessions import Session, Sessions
from assistant.accounts.settings import AccountSettings
from assistant.accounts.throttle import Throttle


@dataclass(frozen=True, slots=True)
class SignIn:
    """What came of an attempt: a token, or how long to wait; neither where name and password do not belong together."""

    token: str | None = None
    wait: float = 0.0  # seconds


class Door:
    """Lets people in and out. Raises AccountsError."""

    def __init__(
        self, data_dir: Path, settings: AccountSettings | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        self.settings = settings or AccountSettings()
        self._database = Database(data_dir)
        self._hasher = Hasher()
        self.people = People(self._database, self._hasher)
        self.sessions = Sessions(self._database, self.settings, clock)
        self.throttle = Throttle(self._database, clock)

    def sign_in(self, name: str, password: str, address: str, instead_of: str | None = None) -> SignIn:
        """Try to sign in; the token of a browser that was signed in before ends with it.

        Whether there is such a name cannot be told from the answer, nor from the time it takes.
        """
        if (wait := self.throttle.begin(name, address)) > 0:
            return SignIn(wait=wait)
        found = self._database.rows("SELECT password FROM accounts WHERE key = ?", (key_of(name),))
        kept = found[0]["password"] if found else None
        if not self._hasher.matches(password, kept) or kept is None:
            return SignIn()
        if self._hasher.outdated(kept):
            kept = self._rehashed(name, password, kept)
        token = self.sessions.open(key_of(name), kept, instead_of)
        if token is not None:
            self.throttle.succeeded(name, address)
        return SignIn(token)

    def visitor(self, token: str | None, *, used: bool = True) -> Session | None:
        """Who a browser's token belongs to."""
        return self.sessions.find(token, used=used) if token else None

    def close(self) -> None:
        """Give the file back."""
        self._database.close()

    def _rehashed(self, name: str, password: str, kept: str) -> str:
        """The hash with the parameters of today, unless the password was changed meanwhile."""
        anew = self._hasher.hash(password)
        with self._database.transaction() as connection:
            changed = connection.execute(
                "UPDATE accounts SET password = ? WHERE key = ? AND password = ?", (anew, key_of(name), kept)
            ).rowcount
        return anew if changed else kept
