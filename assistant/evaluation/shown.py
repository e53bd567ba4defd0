"""The shown text of an answer taken apart: what stands first, and which clauses each stretch rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.text import sentences
from index.types import Language

_MARKS = re.compile(r"\s*(?:\[\d+\])+")
_LIST = re.compile(r"^\s*(?:[-*] |\d+\. )")
_NOTICE = re.compile(r"^\s*>\s?")
_HEADING = re.compile(r"^\s*\*\*[^*]+\*\*\s*$")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words and the numbers of the citations they rest on; none for what stands on no clause."""

    words: str
    marks: tuple[int, ...]


def plain(text: str) -> str:
    """Without emphasis and citation marks."""
    return _MARKS.sub("", text.replace("**", ""))


def leading(text: str) -> str:
    """What stands before the first heading, list or notice: the direct answer."""
    lines: list[str] = []
    for line in text.split("\n"):
        if _LIST.match(line) or _NOTICE.match(line) or _HEADING.match(line):
            break
        lines.append(line)
    return "\n".join(lines).strip()


def first_sentence(text: str, language: Language) -> str:
    """The first sentence of the text, without marks; empty for an empty text."""
    found = sentences(plain(leading(text) or text), language)
    return found[0] if found else ""


def marks(text: str) -> list[int]:
    """The numbers of the citation marks, each once, in order."""
    return list(dict.fromkeys(int(number) for number in re.findall(r"\[(\d+)\]", text)))


def stretches(text: str) -> Iterator[Stretch]:
    """The text in order, line by line: each stretch runs up to its marks.

    In a notice the marks say of which clauses it speaks, wherever they stand. What follows the last marks of a line
    rests on nothing.
    """
    for line in text.replace("**", "").split("\n"):
        if _NOTICE.match(line):
            yield Stretch(_MARKS.sub(" ", _NOTICE.sub("", line)), tuple(marks(line)))
            continue
        start = _LIST.match(line)
        position = start.end() if start else 0
        for found in _MARKS.finditer(line):
            yield Stretch(line[position : found.start()], tuple(marks(found[0])))
            position = found.end()
        if line[position:].strip():
            yield Stretch(line[position:], ())
