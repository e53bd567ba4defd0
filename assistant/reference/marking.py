"""Words found in a text, marked; and the part of a long text that shows them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.text import normalise
from index.words import Words

Span = tuple[int, int]
_LATIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9.%+]*[A-Za-z0-9%]|[A-Za-z0-9]")
_END = re.compile(r"[。！？；!?;\n]|\.(?=\s)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text; `found` where it is what was looked for."""

    text: str
    found: bool = False


class Marker:
    """Marks the words of a query and of the official words for them: English ones in all their forms."""

    def __init__(self, queries: Iterable[str], words: Words) -> None:
        self._words = words
        cut = {word for query in queries for word in words.cut(query)}
        chinese = sorted((w for w in cut if "\u3400" <= w[0] <= "\u9fff" and len(w) > 1), key=len, reverse=True)
        self._chinese = re.compile("|".join(map(re.escape, chinese))) if chinese else None
        self._latin = frozenset(word for word in cut if not "\u3400" <= word[0] <= "\u9fff")

    def spans(self, text: str) -> list[Span]:
        """Where marked words stand, in order; neighbours are one."""
        found = [match.span() for match in self._chinese.finditer(text)] if self._chinese else []
        if self._latin:
            found += [match.span() for match in _LATIN.finditer(text) if self._is_marked(match[0])]
        joined: list[Span] = []
        for start, end in sorted(found):
            if joined and start <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return joined

    def pieces(self, text: str) -> list[Piece]:
        """The whole text in pieces."""
        made, place = [], 0
        for start, end in self.spans(text):
            made += [Piece(text[place:start]), Piece(text[start:end], True)]
            place = end
        return [piece for piece in (*made, Piece(text[place:])) if piece.text]

    def excerpt(self, text: str, longest: int) -> str:
        """At most about `longest` characters in whole sentences, beginning just before where most marked words are."""
        if len(text) <= longest:
            return text
        starts = [0, *(match.end() for match in _END.finditer(text) if match.end() < len(text))]
        spans = self.spans(text)
        best = max(starts, key=lambda at: (_within(spans, at, at + longest), at if spans else -at))
        end = best + longest
        ends = [match.end() for match in _END.finditer(text, best) if match.end() <= end]
        cut = text[best : ends[-1] if ends and ends[-1] > best + longest // 2 else end].strip()
        return ("…" if best else "") + cut + ("…" if best + len(cut) + 1 < len(text) else "")

    def _is_marked(self, word: str) -> bool:
        return not self._latin.isdisjoint(self._words.cut(normalise(word)))


def _within(spans: Sequence[Span], start: int, end: int) -> int:
    return sum(1 for first, last in spans if start <= first and last <= end)
