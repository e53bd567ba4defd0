"""What people say, in the words documents use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.text import normalise
from index.types import Language


@dataclass(frozen=True, slots=True)
class Synonym:
    """Colloquial expressions and the official words for the same thing."""

    says: tuple[str, ...]
    means: tuple[str, ...]
    language: Language


class Synonyms:
    """Adds official words to a query that uses colloquial ones."""

    def __init__(self, entries: Sequence[Synonym]) -> None:
        self._means: dict[Language, list[tuple[re.Pattern[str], tuple[str, ...]]]] = {lang: [] for lang in Language}
        for entry in entries:
            says = sorted(map(normalise, entry.says), key=len, reverse=True)
            pattern = "|".join(map(re.escape, says))
            if entry.language is Language.EN:
                pattern = rf"\b(?:{pattern})\b"
            self._means[entry.language].append((re.compile(pattern), entry.means))

    def official_words(self, query: str, language: Language) -> list[str]:
        """Official words for what the query says otherwise, in the order of the data, without those it has already."""
        text = normalise(query)
        found = [
            word
            for pattern, means in self._means[language]
            if pattern.search(text)
            for word in means
            if normalise(word) not in text
        ]
        return list(dict.fromkeys(found))
