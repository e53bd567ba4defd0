"""Names of classes and of those who join them, as people write them on a list."""

from __future__ import annotations

import unicodedata

from assistant.personal_data import masked
from index.documents.hidden import without_invisible

LONGEST = 40  # characters


def clean_name(typed: str) -> str | None:
    """The name on one line, without what nobody sees; None where it is empty, too long or tells somebody's number."""
    seen = without_invisible(typed)  # fillers count as letters, though nobody sees them
    kept = "".join(" " if c.isspace() else c for c in seen if c.isspace() or unicodedata.category(c)[0] not in "CZ")
    name = " ".join(unicodedata.normalize("NFC", kept).split())
    if not 0 < len(name) <= LONGEST or not any(c.isalnum() for c in name) or masked(name) != name:
        return None
    return name


def same_name(name: str) -> str:
    """What two ways of writing one name have in common."""
    return unicodedata.normalize("NFKC", name).casefold().replace(" ", "")
