"""BM25 over the words of each passage, on a scale that means the same in every query."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
import numpy.typing as npt

from index.errors import DamagedSnapshotError
from index.words import Words

# Measured best on foreign policy questions; the law benchmark hardly cares.
K1, B = 0.6, 0.75


class LexicalIndex:
    """Finds passages by their words."""

    def __init__(self, bm25: bm25s.BM25, words: Words, count: int) -> None:
        self._bm25 = bm25
        self._words = words
        frequency = np.diff(bm25.scores["indptr"])
        self._idf = np.log(1 + (count - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
        self._idf_unseen = float(np.log(1 + (count + 0.5) / 0.5))
        self._count = count

    @classmethod
    def build(cls, texts: Sequence[str], words: Words) -> LexicalIndex:
        """Index the texts; their order gives the rows."""
        bm25 = bm25s.BM25(k1=K1, b=B)
        bm25.index([words.tokens(text) for text in texts], show_progress=False)
        return cls(bm25, words, len(texts))

    def scores(self, query: str) -> npt.NDArray[np.float32]:
        """Share of the highest score the query could reach, (passages,), each in [0, 1].

        Words no passage has count towards what could be reached, so a question about something else scores low.
        """
        tokens = self._words.tokens(query)
        known = [self._bm25.vocab_dict[token] for token in tokens if token in self._bm25.vocab_dict]
        if not known:
            return np.zeros(self._count, dtype=np.float32)
        reachable = float(self._idf[known].sum()) + (len(tokens) - len(known)) * self._idf_unseen
        return np.asarray(self._bm25.get_scores_from_ids(known) / reachable, dtype=np.float32)

    def score_of(self, tokens: Sequence[str], reachable: float) -> npt.NDArray[np.float32]:
        """Scores for words already cut, as a share of what a wider index says could be reached."""
        known = [self._bm25.vocab_dict[token] for token in tokens if token in self._bm25.vocab_dict]
        if not known:
            return np.zeros(self._count, dtype=np.float32)
        return np.asarray(self._bm25.get_scores_from_ids(known) / reachable, dtype=np.float32)

    @property
    def words(self) -> Words:
        """How texts are cut."""
        return self._words

    @property
    def count(self) -> int:
        """How many texts it holds."""
        return self._count

    def rarity(self, word: str) -> float:
        """Inverse document frequency of a word, from near 0 (everywhere) to that of a word no passage has."""
        position = self._bm25.vocab_dict.get(word)
        return self._idf_unseen if position is None else float(self._idf[position])

    def knows(self, word: str) -> bool:
        """Whether any passage has the word."""
        return word in self._bm25.vocab_dict

    def save(self, directory: Path) -> None:
        """Write to a new directory."""
        self._bm25.save(directory, show_progress=False)
        (directory / "count.json").write_text(json.dumps(self._count))

    @classmethod
    def load(cls, directory: Path, words: Words) -> LexicalIndex:
        """Read what `save` wrote; `words` must cut as it did then."""
        try:
            bm25 = bm25s.BM25.load(directory, show_progress=False)
            count = json.loads((directory / "count.json").read_text())
            if count != bm25.scores["num_docs"]:
                raise ValueError(f"{bm25.scores['num_docs']} texts instead of {count}")
            return cls(bm25, words, count)
        except (OSError, EOFError, ValueError, KeyError) as error:
            raise DamagedSnapshotError(f"the word index in {directory} cannot be read ({error})") from error
