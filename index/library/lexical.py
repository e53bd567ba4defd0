"""BM25 over the corpus and uploads together, on the corpus's scale.

How rare a word is, the corpus says; only for a word it lacks are uploads counted. So an upload moves no score among the
clauses of the corpus, and a private one leaves no trace in what others are answered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from index.lexical import K1, B, LexicalIndex

Scores = npt.NDArray[np.float32]


class JoinedLexical:
    """The corpus's rows first, then those of uploads."""

    def __init__(self, base: LexicalIndex, mean_length: float, texts: Sequence[Sequence[str]]) -> None:
        """`texts` are the words of each upload's passage, `mean_length` how many words a passage of the corpus has."""
        self._base = base
        self._count = len(texts)
        rows: dict[str, list[int]] = {}
        shares: dict[str, list[float]] = {}
        for row, words in enumerate(texts):
            damping = K1 * (1 - B + B * len(words) / mean_length)
            for word, times in Counter(words).items():
                rows.setdefault(word, []).append(row)
                shares.setdefault(word, []).append(times / (times + damping))
        self._rows = {word: np.array(found, dtype=np.int64) for word, found in rows.items()}
        self._shares = {word: np.array(found, dtype=np.float32) for word, found in shares.items()}

    def scores(self, query: str) -> Scores:
        """See index.search.Lexical."""
        tokens = self._base.words.tokens(query)
        if not any(self.knows(token) for token in tokens):
            return np.zeros(self._base.count + self._count, dtype=np.float32)
        reachable = sum(self.rarity(token) for token in tokens)
        own = np.zeros(self._count, dtype=np.float32)
        for token in tokens:
            if token in self._rows:
                own[self._rows[token]] += self.rarity(token) * self._shares[token] / reachable
        return np.concatenate([self._base.score_of(tokens, reachable), own])

    def rarity(self, word: str) -> float:
        """See index.search.Lexical."""
        if self._base.knows(word) or word not in self._rows:
            return self._base.rarity(word)
        count, having = self._base.count + self._count, len(self._rows[word])
        return float(np.log(1 + (count - having + 0.5) / (having + 0.5)))

    def knows(self, word: str) -> bool:
        """See index.search.Lexical."""
        return self._base.knows(word) or word in self._rows


def mean_length(base: LexicalIndex, texts: Sequence[str]) -> float:
    """How many words a passage of the corpus has on average."""
    return sum(len(base.words.tokens(text)) for text in texts) / max(1, len(texts))
