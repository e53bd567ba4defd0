"""Receipts that hold words of a group's document: shown to that group alone, though others may know their number."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from assistant.ui.receipt_route import Hidden
from index.errors import LibraryError
from index.library.library import Library
from index.library.metadata import document_id

# Wherever a record names an upload, cited or only weighed. Its parts are not looked at one by one: a forged record
# may hold anything anywhere.
_NAMED = re.compile(rf"{document_id('')}([0-9a-f]{{32}})")


def hidden_by(library: Library) -> Hidden:
    """By the groups of the uploads a record names."""

    def hidden(record: str, groups: tuple[str, ...]) -> bool:
        return any(_hidden(library, id, record, groups) for id in set(_NAMED.findall(record)))

    return hidden


def _hidden(library: Library, id: str, record: str, groups: tuple[str, ...]) -> bool:
    try:
        group = library.get(id).group
    except LibraryError:  # deleted since: whose it was is told by the groups it was asked for
        return not _asked_for(record) <= set(groups)
    return group is not None and group not in groups


def _asked_for(record: str) -> set[str]:
    try:
        asked: Iterable[str] = json.loads(record)["question"].get("groups", ())
        return set(asked)
    except (ValueError, KeyError, TypeError, AttributeError):
        return {""}  # nobody's
