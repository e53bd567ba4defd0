"""Words typed wrongly: a Chinese character of the same sound (云水贷 for 云税贷), a letter too many or too few.

Only what is known is recognised: the names of programmes and products, and the terms of typing_errors.yaml. A word of
the language is left alone, and so is what merely begins or ends within one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from itertools import product
from pathlib import Path

from pydantic import BaseModel, ConfigDict
from pypinyin import Style, pinyin

from assistant.texts import load_model
from index.words import Words

_FILE = Path(__file__).with_name("typing_errors.yaml")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LATIN = re.compile(r"[A-Za-z]{6,}")
_ALIKE = 0.86  # of two English words, as difflib counts; one letter of seven
_SHORT = 2  # a pair of characters; it takes more to call it a slip than a longer name


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    zh: list[str]
    en: list[str]
    en_words: list[str]
    particles: str
    free: str


@cache
def _file() -> _File:
    return load_model(_FILE, _File)


@cache
def _sounds(character: str) -> tuple[str, ...]:
    """The readings of a character without tones, the usual one first."""
    return tuple(dict.fromkeys(pinyin(character, style=Style.NORMAL, heteronym=True)[0]))


class TypingErrors:
    """Finds words typed wrongly. `names` are those of programmes and products; `words` knows the language."""

    def __init__(self, words: Words, names: Iterable[str] = ()) -> None:
        self._words = words
        terms = {term for term in (*_file().zh, *names) if len(term) >= _SHORT and _HAN.fullmatch(term)}
        self._terms = frozenset(terms)
        self._longest = max(map(len, terms), default=0)
        self._by_sound: dict[tuple[str, ...], list[str]] = {}
        for term in sorted(terms):
            for sounds in product(*map(_sounds, term)):
                self._by_sound.setdefault(sounds, []).append(term)

    def corrected(self, text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The text with its slips mended, and each slip with the word it was taken for."""
        slips: dict[str, str] = {}

        def chinese(run: re.Match[str]) -> str:
            return self._chinese(run[0], slips)

        def english(word: re.Match[str]) -> str:
            meant = self._english(word[0])
            if meant != word[0]:
                slips[word[0]] = meant
            return meant

        return _LATIN.sub(english, _HAN.sub(chinese, text)), tuple(slips.items())

    def _chinese(self, run: str, slips: dict[str, str]) -> str:
        borders = self._words.borders(run)
        at, mended = 0, ""
        while at < len(run):
            length, word = self._at(run, at, borders)
            if word and word != run[at : at + length]:
                slips[run[at : at + length]] = word
            mended += word or run[at]
            at += length
        return mended

    def _at(self, run: str, at: int, borders: frozenset[int]) -> tuple[int, str]:
        """How many characters from here belong together, and the word they are taken for; 1 and "" for none."""
        for length in range(min(self._longest, len(run) - at), _SHORT - 1, -1):
            said = run[at : at + length]
            if said in self._terms:
                return length, said
            if {at, at + length} <= borders and (meant := self._meant(said)):
                return length, meant
        return 1, ""

    def _meant(self, said: str) -> str | None:
        """The one term that sounds like what was typed and is written nearly like it."""
        if self._words.known(said):
            return None
        sounds = tuple(_sounds(character)[0] for character in said)
        found = [term for term in self._by_sound.get(sounds, ()) if self._nearly(said, term)]
        return found[0] if len(set(found)) == 1 else None

    @staticmethod
    def _nearly(said: str, term: str) -> bool:
        wrong = [own for own, right in zip(said, term, strict=True) if own != right]
        if any(character in _file().particles for character in wrong):
            return False
        if len(said) == _SHORT:
            return len(wrong) == 1 and wrong[0] not in _file().free
        return len(wrong) * 2 < len(said)

    def _english(self, word: str) -> str:
        """The term a word nearly is; a word of its own, or one that only has another ending, stays."""
        said, terms = word.lower(), _file().en
        if said in terms or said in _file().en_words:
            return word
        near = get_close_matches(said, terms, n=1, cutoff=_ALIKE)
        if not near or near[0][0] != said[0] or said.startswith(near[0][:-1]) or near[0].startswith(said):
            return word
        return word if self._words.cut(said) == self._words.cut(near[0]) else near[0]
