"""BM25 over the corpus and uploads together, on the corpus's scale.

How rare a word is, the corpus says; only for a word it lacks are uploads counted. So an upload moves no score among the
clauses of the corpus, and a private one leaves no trace in what others are answered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from index.lexical import K1, B, LexicalIndex

Scores = npt.NDArray[np.float32]


class Postings(NamedTuple):
    """What BM25 knows of one upload: for each word, the passages that have it, and how much it counts there."""

    passages: int
    of_word: dict[str, tuple[npt.NDArray[np.int64], Scores]]


class _Found(NamedTuple):
    rows: npt.NDArray[np.int64]
    shares: Scores


def postings(texts: Sequence[Sequence[str]], mean_length: float) -> Postings:
    """From the words of each passage; `mean_length` is how many words a passage of the corpus has."""
    rows: dict[str, list[int]] = {}
    shares: dict[str, list[float]] = {}
    for row, words in enumerate(texts):
        damping = K1 * (1 - B + B * len(words) / mean_length)
        for word, times in Counter(words).items():
            rows.setdefault(word, []).append(row)
            shares.setdefault(word, []).append(times / (times + damping))
    found = {word: (np.array(rows[word], dtype=np.int64), np.array(shares[word], dtype=np.float32)) for word in rows}
    return Postings(len(texts), found)


class JoinedLexical:
    """The corpus's rows first, then those of uploads; what is known of a word is gathered when it is asked for."""

    def __init__(self, base: LexicalIndex, uploads: Sequence[Postings]) -> None:
        self._base = base
        self._uploads = uploads
        self._count = sum(one.passages for one in uploads)
        self._gathered: dict[str, _Found | None] = {}

    def scores(self, query: str) -> Scores:
        """See index.search.Lexical."""
        tokens = self._base.words.tokens(query)
        if not any(self.knows(token) for token in tokens):
            return np.zeros(self._base.count + self._count, dtype=np.float32)
        reachable = sum(self.rarity(token) for token in tokens)
        own = np.zeros(self._count, dtype=np.float32)
        for token in tokens:
            if (found := self._of(token)) is not None:
                own[found.rows] += self.rarity(token) * found.shares / reachable
        return np.concatenate([self._base.score_of(tokens, reachable), own])

    def rarity(self, word: str) -> float:
        """See index.search.Lexical."""
        if self._base.knows(word) or (found := self._of(word)) is None:
            return self._base.rarity(word)
        count, having = self._base.count + self._count, len(found.rows)
        return float(np.log(1 + (count - having + 0.5) / (having + 0.5)))

    def knows(self, word: str) -> bool:
        """See index.search.Lexical."""
        return self._base.knows(word) or self._of(word) is not None

    def _of(self, word: str) -> _Found | None:
        if word not in self._gathered:
            rows, shares, start = [], [], 0
            for one in self._uploads:
                if (found := one.of_word.get(word)) is not None:
                    rows.append(found[0] + start)
                    shares.append(found[1])
                start += one.passages
            self._gathered[word] = _Found(np.concatenate(rows), np.concatenate(shares)) if rows else None
        return self._gathered[word]


def mean_length(base: LexicalIndex, texts: Sequence[str]) -> float:
    """How many words a passage of the corpus has on average."""
    return sum(len(base.words.tokens(text)) for text in texts) / max(1, len(texts))
