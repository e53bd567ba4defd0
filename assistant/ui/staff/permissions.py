"""Who may see and who may change an upload. Administrators keep everybody's documents, staff those of their groups."""

from __future__ import annotations

from assistant.accounts.people import Account
from index.library.types import Upload


def sees(account: Account | None, upload: Upload) -> bool:
    """Whether somebody may look at an upload; nobody (None) sees what everybody was given by a release."""
    if account is None:
        return upload.group is None and upload.released_at is not None
    return upload.group is None or account.administers or upload.group in account.groups


def keeps(account: Account, upload: Upload) -> bool:
    """Whether somebody may correct, release, retire and delete it."""
    return may_give(account, upload.group)


def may_give(account: Account, group: str | None) -> bool:
    """Whether somebody may add documents for a group; what is for everybody (None) is for administrators to add."""
    return account.administers or (group is not None and group in account.groups)
