"""Guessing made slow: after some failures every further attempt waits longer, per account and per address.

An attempt is counted before its password is looked at and taken back when it was right, so that many at once gain
nothing. Counts are stored: a restart forgets none. Whom they are about is stored as a keyed hash, since people type
passwords where the name belongs.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
import sqlite3
import time
from collections.abc import Callable

from assistant.accounts.database import Database
from assistant.accounts.names import key_of

FREE = {"account": 5, "address": 20}  # failures before the first wait; an office shares one address
LONGEST_WAIT = 900.0  # seconds: longer, and anybody could lock a colleague out for the day
FORGOTTEN = 86400.0  # seconds after the last failure


class Throttle:
    """Counts failed attempts. Raises AccountsError."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock

    def begin(self, name: str, address: str) -> float:
        """Count an attempt; returns the seconds to wait where it may not be made now (and is not counted)."""
        now = self._clock()
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM attempts WHERE last < ?", (now - FORGOTTEN,))
            key = _key(connection)
            subjects = [(_subject(key, kind, of), FREE[kind]) for kind, of in _kinds(name, address)]
            counts = [
                connection.execute("SELECT failures, until FROM attempts WHERE subject = ?", (subject,)).fetchone()
                for subject, _ in subjects
            ]
            # A clock put back must not make a wait longer than the longest.
            wait = max(min(count["until"] - now, LONGEST_WAIT) if count else 0.0 for count in counts)
            if wait > 0:
                return float(wait)
            for (subject, free), count in zip(subjects, counts, strict=True):
                failures = (count["failures"] if count else 0) + 1
                until = now + min(2.0 ** min(failures - free + 1, 30), LONGEST_WAIT) if failures >= free else 0.0
                connection.execute(
                    "INSERT OR REPLACE INTO attempts (subject, failures, until, last) VALUES (?, ?, ?, ?)",
                    (subject, failures, until, now),
                )
        return 0.0

    def succeeded(self, name: str, address: str) -> None:
        """The attempt was right: the account starts anew, the address has this one attempt less.

        Not all of the address's, or whoever has one account could guess at the others for ever.
        """
        with self._database.transaction() as connection:
            key = _key(connection)
            account, by = (_subject(key, kind, of) for kind, of in _kinds(name, address))
            connection.execute("DELETE FROM attempts WHERE subject = ?", (account,))
            connection.execute("UPDATE attempts SET failures = failures - 1, until = 0 WHERE subject = ?", (by,))

    def forgive(self, name: str) -> None:
        """Let an account be tried again at once, after an administrator has set its password."""
        with self._database.transaction() as connection:
            subject = _subject(_key(connection), "account", key_of(name))
            connection.execute("DELETE FROM attempts WHERE subject = ?", (subject,))


def _kinds(name: str, address: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("account", key_of(name)), ("address", network_of(address))


def network_of(address: str) -> str:
    """Whoever has one IPv6 address has the 2^64 beside it too."""
    try:
        found = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def _subject(key: bytes, kind: str, of: str) -> str:
    return hmac.new(key, f"{kind}:{of}".encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def _key(connection: sqlite3.Connection) -> bytes:
    connection.execute("INSERT OR IGNORE INTO secrets (name, value) VALUES ('attempts', ?)", (secrets.token_bytes(32),))
    found = connection.execute("SELECT value FROM secrets WHERE name = 'attempts'").fetchone()
    return bytes(found["value"])
