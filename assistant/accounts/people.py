"""Accounts: who there is, what they may do, and to which bank or office they belong."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timezone

from assistant.accounts.database import Database
from assistant.accounts.names import check_group, check_name, key_of
from assistant.accounts.passwords import Hasher, objection
from assistant.errors import AccountsError
from index.types import StrEnum


class Role(StrEnum):
    """What somebody may do."""

    ADMINISTRATOR = "administrator"  # documents of everybody
    STAFF = "staff"  # documents of their groups


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can sign in."""

    key: str  # the name as it is compared
    name: str  # as it is shown
    role: Role
    groups: frozenset[str]
    created: str

    @property
    def administers(self) -> bool:
        """Whether the documents of everybody are theirs to keep."""
        return self.role is Role.ADMINISTRATOR


class People:
    """Keeps accounts. Raises AccountsError."""

    def __init__(self, database: Database, hasher: Hasher) -> None:
        self._database = database
        self._hasher = hasher

    def create(self, name: str, password: str, role: Role, groups: Iterable[str] = ()) -> Account:
        """A new account; its password must be one that can be chosen."""
        name, kept = check_name(name), _written(groups)
        hashed = self._chosen(password, name)
        created = datetime.now(timezone.utc).isoformat(timespec="seconds")
        with self._database.transaction() as connection:
            added = connection.execute(
                "INSERT OR IGNORE INTO accounts (key, name, role, groups, password, created) VALUES (?, ?, ?, ?, ?, ?)",
                (key_of(name), name, str(role), kept, hashed, created),
            ).rowcount
        if not added:
            raise AccountsError(f"There is already an account {name!r}. Choose another name, or remove that one first.")
        return self.named(name)

    def all(self) -> list[Account]:
        """Everybody, by name."""
        return [account_of(row) for row in self._database.rows("SELECT * FROM accounts ORDER BY key")]

    def named(self, name: str) -> Account:
        """The account of a name; raises AccountsError where there is none."""
        found = self._database.rows("SELECT * FROM accounts WHERE key = ?", (key_of(name),))
        if not found:
            raise AccountsError(f"There is no account {name!r}. `python -m assistant accounts list` shows all.")
        return account_of(found[0])

    def set_groups(self, name: str, groups: Iterable[str]) -> Account:
        """Other groups from now on, also for sessions that are open."""
        account, kept = self.named(name), _written(groups)
        with self._database.transaction() as connection:
            connection.execute("UPDATE accounts SET groups = ? WHERE key = ?", (kept, account.key))
        return self.named(name)

    def set_password(self, name: str, password: str) -> None:
        """Another password; every session ends, for one of them may be a thief's."""
        account = self.named(name)
        hashed = self._chosen(password, account.name)
        with self._database.transaction() as connection:
            connection.execute("UPDATE accounts SET password = ? WHERE key = ?", (hashed, account.key))
            connection.execute("DELETE FROM sessions WHERE account = ?", (account.key,))

    def remove(self, name: str) -> None:
        """No account any more, nor a session."""
        account = self.named(name)
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM accounts WHERE key = ?", (account.key,))
        self._database.forget()

    def _chosen(self, password: str, name: str) -> str:
        if (refusal := objection(password, name)) is not None:
            raise AccountsError(f"{refusal} Nothing was changed.")
        return self._hasher.hash(password)


def account_of(row: sqlite3.Row) -> Account:
    """A row as an account."""
    return Account(row["key"], row["name"], Role(row["role"]), frozenset(json.loads(row["groups"])), row["created"])


def _written(groups: Iterable[str]) -> str:
    return json.dumps(sorted({check_group(group) for group in groups}), ensure_ascii=False)
