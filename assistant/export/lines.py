"""Breaking text into lines as Chinese is set: between any two characters, but no closing mark begins a line and no
opening one ends it; words and numbers in Latin letters stay whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from unicodedata import east_asian_width

NOT_AT_START = frozenset("，。、；：？！）〕】］》〉」』”’％‰℃·—…～,.;:?!)]}%")
NOT_AT_END = frozenset("（〔【［《〈「『“‘([{￥¥$€£")
_SPACES = " \t\u3000"
_PIECE = re.compile(f"[{_SPACES}]+|[^{_SPACES}]")


def broken(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """The lines of a text, none wider than `width` unless one character is; its own line breaks are kept.

    `measure` gives the width of a text. White space is dropped where a line breaks, nothing else is.
    """
    return [line for paragraph in text.split("\n") for line in _lines(paragraph, width, measure)]


def _lines(paragraph: str, width: float, measure: Callable[[str], float]) -> Iterator[str]:
    line, used = "", 0.0
    for atom in _atoms(paragraph):
        wide = measure(atom)
        if used + wide <= width:
            line, used = line + atom, used + wide
        elif atom[0] in _SPACES:
            yield line
            line, used = "", 0.0
        else:
            if line.rstrip(_SPACES):
                yield line.rstrip(_SPACES)
                line, used = "", 0.0
            *full, line = _cut(atom, width, measure)
            yield from full
            used = measure(line)
    yield line.rstrip(_SPACES)


def _cut(atom: str, width: float, measure: Callable[[str], float]) -> Iterator[str]:
    """What may not be broken but is wider than a line is broken all the same."""
    part = ""
    for character in atom:
        if part and measure(part + character) > width:
            yield part
            part = ""
        part += character
    yield part


def _atoms(text: str) -> Iterator[str]:
    """What may not be broken: white space, a word of narrow characters, a wide character; each with its marks."""
    atom = ""
    for found in _PIECE.finditer(text):
        piece = found[0]
        if atom and (piece[0] in _SPACES or not _joined(atom, piece)):
            yield atom
            atom = ""
        atom += piece
    if atom:
        yield atom


def _joined(atom: str, character: str) -> bool:
    if atom[-1] in _SPACES:
        return False
    if character in NOT_AT_START or atom[-1] in NOT_AT_END:
        return True
    return not (_wide(atom[-1]) or _wide(character))


def _wide(character: str) -> bool:
    return east_asian_width(character) in "WF"
