"""Which words of a question matter, and how far a text has them."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.types import Query
from index.search import Searcher
from index.words import Words

# Official words for what was said: a name for the whole (融资协调工作机制) must not drown what is asked about it.
OFFICIAL = 0.25
# Words of earlier turns say what is spoken of; what is asked of it, this turn says.
FILLED_IN = 0.3


class Emphasis:
    """The words asked about, each with its weight."""

    def __init__(self, weights: Mapping[str, float], words: Words) -> None:
        self._weights = weights
        self._total = sum(weights.values()) or 1.0
        self._words = words

    @classmethod
    def of(cls, query: Query, searcher: Searcher, words: Words) -> Emphasis:
        """Weigh by the root of rarity, for the subject of a question (贴息) is often a common word of the corpus.

        Words of this turn count double in a follow-up; words the corpus does not know count nothing.
        """
        lexical = searcher.languages[query.language].lexical
        now = set(words.cut(query.focus)) if query.followed_up else set()
        weights = dict.fromkeys(words.cut(" ".join(searcher.official_words(query.text, query.language))), OFFICIAL)
        weights |= dict.fromkeys(words.cut(query.text), FILLED_IN if now else 1.0) | dict.fromkeys(now, 2.0)
        return cls({w: weight * lexical.rarity(w) ** 0.5 for w, weight in weights.items() if lexical.knows(w)}, words)

    def beside(self, names: str, worth: float) -> Emphasis:
        """The same emphasis with the words of some names worth a part of their weight."""
        named = frozenset(self._words.cut(names))
        weights = {word: weight * (worth if word in named else 1.0) for word, weight in self._weights.items()}
        return Emphasis(weights, self._words)

    def share(self, text: str) -> float:
        """The share of the weight that a text's words have, [0, 1]."""
        return self._of(frozenset(self._words.cut(text)))

    def share_beside(self, text: str, heading: str, worth: float) -> float:
        """The same for a text under a heading, where a word of the heading alone is worth a part."""
        own = frozenset(self._words.cut(text))
        return self._of(own) + worth * self._of(frozenset(self._words.cut(heading)) - own)

    def _of(self, words: frozenset[str]) -> float:
        return sum(weight for word, weight in self._weights.items() if word in words) / self._total
