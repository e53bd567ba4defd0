"""Codes of classes: six characters that are read out and typed in; and guessing at them made slow."""

from __future__ import annotations

import re
import secrets
import unicodedata

from assistant.accounts.throttle import Throttle, network_of

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without 0 and O, 1 and I, which nobody tells apart when read out
LENGTH = 6  # 32^6: about a billion
_CODE = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")


def new_code() -> str:
    """A code that cannot be foreseen."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read_code(typed: str) -> str | None:
    """A code as people type it: in small or full-width letters, with blanks or hyphens; None where it cannot be one."""
    plain = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", typed[:60])).upper()
    return plain if _CODE.fullmatch(plain) else None


class Guesses:
    """Counts codes that were wrong, apart from failed sign-ins: neither hinders the other. Raises AccountsError."""

    def __init__(self, throttle: Throttle) -> None:
        self._throttle = throttle

    def begin(self, code: str, address: str) -> float:
        """Count a try before the code is looked up; returns the seconds to wait where none may be made now."""
        return self._throttle.begin(_about(code), _about(network_of(address)))

    def right(self, code: str, address: str) -> None:
        """There is such a class: the try is taken back."""
        self._throttle.succeeded(_about(code), _about(network_of(address)))


def _about(subject: str) -> str:
    return f"class code {subject}"
