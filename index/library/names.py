"""The name of a file as it is shown: it comes from outside and is never a path."""

from __future__ import annotations

import re
import unicodedata

from index.text import clean

LONGEST = 120  # characters; the ending is kept
_NAMELESS = "未命名"


def shown_name(name: str) -> str:
    """The last part of a path, without control, bidi and other invisible characters, cut in its middle where long.

    >>> shown_name("../../etc/passwd")
    'passwd'
    """
    name = unicodedata.normalize("NFC", clean(name.replace("\0", "")))
    name = re.split(r"[\\/]", re.sub(r"\s+", " ", name).strip(" /\\"))[-1].strip(" .")
    name = "".join(c for c in name if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    if len(name) > LONGEST:
        ending = name[name.rindex(".") :] if "." in name[-12:] else ""
        name = name[: LONGEST - len(ending) - 1] + "…" + ending
    return name or _NAMELESS
