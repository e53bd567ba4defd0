"""Names of people and groups: what they may be made of, and when two are the same."""

from __future__ import annotations

import re
import unicodedata

from assistant.errors import AccountsError

LONGEST = 64  # characters
_NAME = re.compile(rf"[\w.@-]{{1,{LONGEST}}}")  # letters of any script, digits, and what mail addresses need
_GROUP = re.compile(rf"[\w.（）()·-]{{1,{LONGEST}}}")


def written(name: str) -> str:
    """A name in its one way of writing: full-width letters become plain ones."""
    return unicodedata.normalize("NFKC", name).strip()


def key_of(name: str) -> str:
    """What two ways of typing one name have in common; of any text, for what is typed may be anything."""
    return written(name).casefold()[: 2 * LONGEST].encode("utf-8", "replace").decode()


def check_name(name: str) -> str:
    """A name as it is kept; raises AccountsError saying what it may hold."""
    name = written(name)
    if _NAME.fullmatch(name) is None:
        raise AccountsError(
            f"{name!r} cannot be a name: letters, digits, and . @ - _ only, without spaces, at most {LONGEST}."
        )
    return name


def check_group(group: str) -> str:
    """A group as it is kept; raises AccountsError saying what it may hold."""
    group = written(group)
    if _GROUP.fullmatch(group) is None:
        raise AccountsError(
            f"{group!r} cannot be a group: letters, digits, and . - _ · ( ) only, without spaces, at most {LONGEST}."
        )
    return group
