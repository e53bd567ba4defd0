"""What learners may call themselves: something short on one line that tells nobody's number or address."""

from __future__ import annotations

import re
import unicodedata

from assistant.personal_data import masked
from index.documents.hidden import without_invisible, without_strays
from index.types import StrEnum

LONGEST = 20  # characters
_DIGITS = re.compile(r"\d{7,}")  # a telephone number without its area code, a work number: nothing a name needs


class Objection(StrEnum):
    """Why a nickname is not taken."""

    EMPTY = "empty"
    LONG = "long"
    CONTROL = "control"  # characters nobody sees
    PERSONAL = "personal"


def tidy(typed: str) -> str:
    """As it is kept: full-width twins made plain, without what copying strews about, single blanks within."""
    return " ".join(unicodedata.normalize("NFKC", without_strays(typed)).split(" ")).strip()


def objection(typed: str) -> Objection | None:
    """Why what somebody typed cannot be a nickname; None where it can."""
    name = tidy(typed)
    unseen = any(unicodedata.category(character)[0] in "CZ" and character != " " for character in name)
    if unseen or without_invisible(name) != name:  # fillers count as letters, though nobody sees them
        return Objection.CONTROL
    if not any(character.isalnum() for character in name):
        return Objection.EMPTY
    if len(name) > LONGEST:
        return Objection.LONG
    if masked(name) != name or _DIGITS.search(re.sub(r"[ \-_.]", "", name)):
        return Objection.PERSONAL
    return None
