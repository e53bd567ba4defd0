"""Passwords: which are refused when they are chosen, and their argon2id hashes."""

from __future__ import annotations

import threading
import unicodedata
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from pydantic import BaseModel, ConfigDict

from assistant.accounts.names import key_of
from assistant.texts import load_model

SHORTEST, LONGEST = 12, 256  # characters; hashing something endless would be work for nothing
REST = 6  # characters that must be left of a password without name and common pieces
DISTINCT = 5  # characters that must differ
AT_ONCE = 2  # hashes: each takes 64 MiB, and people who guess come in crowds
_SEEN_THROUGH = str.maketrans("@013457$!", "aoieastsi")


class _Common(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    pieces: list[str]


@cache
def _pieces() -> tuple[str, ...]:
    """Longest first, so that none leaves a rest of another."""
    found = load_model(Path(__file__).with_name("passwords.yaml"), _Common).pieces
    return tuple(sorted((piece.casefold() for piece in found), key=len, reverse=True))


def objection(password: str, name: str) -> str | None:
    """Why a password cannot be chosen, as a sentence; None when it can."""
    if len(password) < SHORTEST:
        return f"A password needs at least {SHORTEST} characters."
    if len(password) > LONGEST:
        return f"A password has at most {LONGEST} characters."
    plain = key_of(password[:LONGEST])
    if len(set(plain)) < DISTINCT:
        return f"A password needs at least {DISTINCT} different characters."
    if _rest(plain, (key_of(name),)) < REST:
        return "A password must not be the name."
    if min(_rest(form, (key_of(name), *_pieces())) for form in (plain, plain.translate(_SEEN_THROUGH))) < REST:
        return "This password is too common: put together unusual words instead."
    return None


def _rest(text: str, pieces: tuple[str, ...]) -> int:
    for piece in pieces:
        text = text.replace(piece, "")
    return len(text.strip())


class Hasher:
    """argon2id with the parameters its library recommends."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher()
        self._turns = threading.BoundedSemaphore(AT_ONCE)
        self._nobody = self._hasher.hash("nobody has this password")

    def hash(self, password: str) -> str:
        """A salted hash that names its own parameters."""
        with self._turns:
            return self._hasher.hash(_one_form(password))

    def matches(self, password: str, kept: str | None) -> bool:
        """Whether a password belongs to a hash. Without a hash the same work is done for nothing, and it does not."""
        try:
            with self._turns:
                self._hasher.verify(kept or self._nobody, _one_form(password[:LONGEST]))
        except (VerificationError, InvalidHashError):
            return False
        return kept is not None and len(password) <= LONGEST

    def outdated(self, kept: str) -> bool:
        """Whether a hash was made with other parameters than are recommended now."""
        return self._hasher.check_needs_rehash(kept)


def _one_form(password: str) -> bytes:
    """One accent can be typed in two ways; a lone surrogate has no bytes of its own."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
