"""Learners: a nickname kept by one browser, or an account on every device; nobody else sees what they answered."""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone

from assistant.accounts.people import Account
from assistant.errors import TrainingError
from assistant.training.database import Database
from assistant.training.nicknames import LONGEST, objection, tidy

_TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class Learner:
    """Somebody who learns; `of_account` where their progress belongs to an account."""

    id: str
    nickname: str
    of_account: bool
    created: datetime  # UTC


class Learners:
    """Keeps learners. Raises TrainingError."""

    def __init__(self, database: Database, clock: Callable[[], datetime] = lambda: datetime.now(timezone.utc)) -> None:
        self._database = database
        self._clock = clock

    def begin(self, nickname: str) -> tuple[Learner, str]:
        """A new learner without an account, and the token of their browser: only its hash is kept."""
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        _check(nickname)
        return self._add(tidy(nickname), None, _hash(token)), token

    def by_token(self, token: str | None) -> Learner | None:
        """The learner of a browser."""
        return self._found("SELECT * FROM learners WHERE token_hash = ?", _hash(token)) if token else None

    def of_account(self, account: Account) -> Learner | None:
        """The learner of an account; None where nothing was learnt with it yet."""
        return self._found("SELECT * FROM learners WHERE account = ?", _written(account))

    def for_account(self, account: Account) -> Learner:
        """The learner of an account, made where there is none, called as the account is."""
        if (found := self.of_account(account)) is not None:
            return found
        try:
            return self._add(account.name[:LONGEST], _written(account), None)
        except TrainingError:
            if (found := self.of_account(account)) is None:  # else made by another request meanwhile
                raise
            return found

    def rename(self, learner: Learner, nickname: str) -> None:
        """Another nickname, from now on."""
        _check(nickname)
        with self._database.transaction() as connection:
            connection.execute("UPDATE learners SET nickname = ? WHERE id = ?", (tidy(nickname), learner.id))

    def take_over(self, learner: Learner, account: Account) -> Learner:
        """Give what a nickname learnt to an account, beside what the account learnt; the browser's token ends.

        Of two cards of one drill the one that comes sooner stays. Where both joined a class, or answer the same
        paper, the account's stays. What belongs to an account already goes to no other.
        """
        with self._database.transaction() as connection:
            row = connection.execute("SELECT * FROM learners WHERE id = ?", (learner.id,)).fetchone()
            if row is None or row["account"] is not None:
                raise TrainingError("Only the progress of a nickname can be taken over by an account.")
            own = connection.execute("SELECT * FROM learners WHERE account = ?", (_written(account),)).fetchone()
            if own is None:
                changed = (_written(account), learner.id)
                connection.execute("UPDATE learners SET account = ?, token_hash = NULL WHERE id = ?", changed)
            else:
                _move(connection, learner.id, own["id"])
        found = self.of_account(account)
        assert found is not None
        return found

    def forget(self, learner: Learner) -> None:
        """Delete a learner with all their answers, cards, sittings and memberships."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM learners WHERE id = ?", (learner.id,))
        self._database.forget()

    def _add(self, nickname: str, account: str | None, token_hash: str | None) -> Learner:
        id, created = secrets.token_hex(8), self._clock().isoformat(timespec="seconds")
        kept = (id, nickname, account, token_hash, created)
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT INTO learners (id, nickname, account, token_hash, created) VALUES (?, ?, ?, ?, ?)", kept
            )
        found = self._found("SELECT * FROM learners WHERE id = ?", id)
        assert found is not None
        return found

    def _found(self, query: str, value: str) -> Learner | None:
        rows = self._database.rows(query, (value,))
        if not rows:
            return None
        row = rows[0]
        created = datetime.fromisoformat(row["created"])
        return Learner(row["id"], row["nickname"], row["account"] is not None, created)


def _check(nickname: str) -> None:
    if (refusal := objection(nickname)) is not None:
        raise TrainingError(
            f"The nickname {nickname!r} cannot be taken ({refusal}): 1 to {LONGEST} characters with a letter or digit, "
            "on one line, without telephone or identity numbers."
        )


def _move(connection: sqlite3.Connection, old: str, new: str) -> None:
    connection.execute(  # a class counts everybody once
        "UPDATE attempts SET class_code = NULL WHERE learner = ? AND class_code IN"
        " (SELECT class_code FROM members WHERE learner = ?)",
        (old, new),
    )
    connection.execute("UPDATE attempts SET learner = ? WHERE learner = ?", (new, old))
    connection.execute(
        "INSERT INTO cards (learner, drill, card, due) SELECT ?, drill, card, due FROM cards WHERE learner = ?"
        " ON CONFLICT (learner, drill) DO UPDATE SET card = excluded.card, due = excluded.due"
        " WHERE excluded.due < cards.due",
        (new, old),
    )
    connection.execute(
        "UPDATE sittings SET learner = ? WHERE learner = ? AND (class_code IS NULL OR class_code NOT IN"
        " (SELECT class_code FROM sittings WHERE learner = ? AND class_code IS NOT NULL))",
        (new, old, new),
    )
    connection.execute("UPDATE OR IGNORE members SET learner = ? WHERE learner = ?", (new, old))
    connection.execute("DELETE FROM learners WHERE id = ?", (old,))


def _written(account: Account) -> str:
    """An account that was removed and made anew under its name is somebody else: the day it was made tells."""
    return f"{account.key} {account.created}"


def _hash(token: str) -> str:
    """Random as the token is, a plain hash cannot be turned back."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
