"""Text into the words BM25 counts: jieba words with the corpus's own terms, character bigrams, English stems."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterable
from functools import lru_cache

import Stemmer

from index.text import normalise

with warnings.catch_warnings():  # jieba 0.42 has unescaped regex strings that newer Pythons warn about
    warnings.simplefilter("ignore")
    import jieba

jieba.setLogLevel(logging.WARNING)

_RUN = re.compile(r"[\u3400-\u9fff]+|[a-z0-9][a-z0-9.%+]*[a-z0-9%]|[a-z0-9]")
_STOP_ZH = frozenset("的 了 吗 呢 吧 啊 呀 嘛 是 在 和 与 及 或 就 都 也 还 又 要 会 能 可以 我 我们 你 你们 他 他们 它 这 那 这个 那个 一个 有 没有 "
                     "请问 请 想 问 一下 什么 怎么 怎样 如何 哪些 哪个 哪 多少 几 吗 为 对 把 被 从 到 于 以 其 等 个 很 不 上 下 里 去 来 说 给 让 "
                     "啥 咋 咋办 怎么办 么 跟 现在 已经 是不是 能不能 可不可以 有没有 一些".split())  # fmt: skip
_STOP_EN = frozenset("a an the of to in on at for from by with and or is are was were be been being do does did can could may might must "
                     "shall should will would i we you he she it they my our your their its this that these those there here what which "
                     "who whom whose when where why how if then than as not no any some me us him them about into have has had please tell "
                     "so up out just get got am".split())  # fmt: skip


class Words:
    """Cuts text into words; `terms` are kept whole where jieba alone would cut them, `particular` ones name a subject."""

    def __init__(self, terms: Iterable[str] = (), particular: Iterable[str] = ()) -> None:
        self._jieba = jieba.Tokenizer()
        self._jieba.initialize()  # half a second now rather than in the first question
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
                words += [word for word in self._jieba.lcut(run) if word not in _STOP_ZH]
            elif run not in _STOP_EN:
                words.append(self._stem.stemWord(run))
        return tuple(words)

    def particular(self, text: str) -> bool:
        """Whether the text names something that only few documents are about."""
        return self._particular is not None and self._particular.search(normalise(text)) is not None

    def without_particular(self, text: str) -> str:
        """The text, normalised, with what names a particular subject taken out."""
        return self._particular.sub(" ", normalise(text)) if self._particular else text

    def tokens(self, text: str) -> list[str]:
        """What BM25 counts: the words, and every two neighbouring Chinese characters (marked, to stand apart from words)."""
        runs = (run for run in _RUN.findall(normalise(text)) if run[0] >= "\u3400")
        return self.cut(text) + ["_" + run[i : i + 2] for run in runs for i in range(len(run) - 1)]
