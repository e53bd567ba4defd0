"""Characters a font does not have: shown by a likeness or by their number, never lost."""

from __future__ import annotations

from collections.abc import Container
from unicodedata import category, normalize

_LIKENESSES = str.maketrans(
    {"✗": "×", "✘": "×", "✕": "×", "❌": "×", "✔": "✓", "✅": "✓", "☐": "□", "☑": "✓", "☒": "×", "‑": "-", "⚠": "△",
     "➔": "→", "➜": "→", "⭐": "★", "\t": "    "}
)  # fmt: skip
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})  # controls and marks of direction, which leave no ink in any font


def printable(text: str, covered: Container[int]) -> str:
    """The text in characters whose code points are `covered`; line breaks are kept, marks without ink dropped."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(character, covered) for character in normalize("NFC", text))


def _shown(character: str, covered: Container[int]) -> str:
    if character == "\n" or (ord(character) in covered and category(character) not in _UNSEEN):
        return character
    for likeness in (character.translate(_LIKENESSES), normalize("NFKC", character)):
        if likeness != character and all(ord(part) in covered for part in likeness):
            return likeness
    if category(character) in _UNSEEN or character == "\ufe0f":
        return ""
    return f"〔U+{ord(character):04X}〕"
