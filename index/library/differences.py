"""Two versions as the page shows them, from index.documents.difference."""

from __future__ import annotations

from collections.abc import Sequence

from index.documents import difference as compared
from index.library.types import Change, ClauseDifference, WordChange
from index.types import Clause

_KEPT = {compared.Change.SAME: "kept", compared.Change.ADDED: "added", compared.Change.REMOVED: "removed"}


def differences(old: Sequence[Clause], new: Sequence[Clause]) -> tuple[ClauseDifference, ...]:
    """In the order of the new version; removed clauses where they stood."""
    return tuple(
        ClauseDifference(
            Change(change.change),
            change.old.reference if change.old else None,
            change.new.reference if change.new else None,
            change.old.id if change.old else None,
            change.new.id if change.new else None,
            tuple(WordChange(_KEPT[piece.change], piece.text) for piece in change.pieces),
        )
        for change in compared.difference(old, new).changes
    )
