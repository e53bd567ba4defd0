"""Text into the words BM25 counts: jieba words with the corpus's own terms, character bigrams, English stems."""

from __future__ import annotations

import itertools
import logging
import re
import warnings
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import Stemmer

from index.documents.yaml_files import load_yaml
from index.text import normalise

with warnings.catch_warnings():  # jieba 0.42 has unescaped regex strings that newer Pythons warn about
    warnings.simplefilter("ignore")
    import jieba

jieba.setLogLevel(logging.WARNING)

_RUN = re.compile(r"[\u3400-\u9fff]+|[a-z0-9][a-z0-9.%+]*[a-z0-9%]|[a-z0-9]")
_STOP_FILE = Path(__file__).with_name("stop_words.yaml")


class Words:
    """Cuts text into words.

    `terms` are kept whole where jieba alone would cut them; `particular` ones name a subject.
    """

    def __init__(self, terms: Iterable[str] = (), particular: Iterable[str] = ()) -> None:
        self._jieba = jieba.Tokenizer()
        self._jieba.initialize()  # half a second now rather than in the first question
        stop = load_yaml(_STOP_FILE.read_text(encoding="utf-8"))
        self._stop = frozenset(stop["zh"]) | frozenset(stop["en"])
        self._stem = Stemmer.Stemmer("english")
        names = sorted({normalise(term) for term in particular if len(term) >= 3}, key=len, reverse=True)
        self._cut = lru_cache(maxsize=16384)(self._cut_anew)  # clauses come back with every question
        self._particular = re.compile("|".join(map(re.escape, names))) if names else None
        for term in sorted({normalise(term) for term in terms}):
            if re.fullmatch(r"[\u3400-\u9fff]{2,12}", term):
                self._jieba.add_word(term)

    def cut(self, text: str) -> list[str]:
        """Words in order, without punctuation and stop words; Chinese as whole words, English stemmed."""
        return list(self._cut(text))

    def _cut_anew(self, text: str) -> tuple[str, ...]:
        words: list[str] = []
        for run in _RUN.findall(normalise(text)):
            if run[0] >= "\u3400":
                words += [word for word in self._jieba.lcut(run) if word not in self._stop]
            elif run not in self._stop:
                words.append(self._stem.stemWord(run))
        return tuple(words)

    def particular(self, text: str) -> bool:
        """Whether the text names something that only few documents are about."""
        return self._particular is not None and self._particular.search(normalise(text)) is not None

    def without_particular(self, text: str) -> str:
        """The text, normalised, with what names a particular subject taken out."""
        return self._particular.sub(" ", normalise(text)) if self._particular else text

    def known(self, word: str) -> bool:
        """Whether it is a word of the language or one of our terms."""
        return bool(self._jieba.FREQ.get(word))

    def borders(self, run: str) -> frozenset[int]:
        """Where words begin and end in a run of Chinese characters."""
        ends = itertools.accumulate(len(word) for word in self._jieba.cut(run, HMM=False))
        return frozenset((0, *ends))

    def tokens(self, text: str) -> list[str]:
        """What BM25 counts: the words, and every two neighbouring Chinese characters, marked to stand apart."""
        runs = (run for run in _RUN.findall(normalise(text)) if run[0] >= "\u3400")
        return self.cut(text) + ["_" + run[i : i + 2] for run in runs for i in range(len(run) - 1)]


def as_written(text: str) -> list[str]:
    """A text cut into words from which it can be put together again, blanks and punctuation included."""
    return list(_plain_cutter().cut(text))


@lru_cache(maxsize=1)
def _plain_cutter() -> jieba.Tokenizer:
    return jieba.Tokenizer()
