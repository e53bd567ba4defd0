"""Reading text the same way everywhere: one normalisation, one notion of a sentence."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from index.types import Language

# Invisible characters carry no words: zero-width and bidi marks, soft hyphen, variation selectors, Unicode tags.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")  # lone surrogates are no text either
_BRACKETED_YEAR = re.compile(r"[\[［【(（〔﹝]\s*((?:19|20)\d{2})\s*[\]］】)）〕﹞]\s*(?=第?\s*\d+\s*号)")
_CJK = r"\u3400-\u9fff"
_SPACE_BESIDE_CHINESE = re.compile(rf"(?<=[{_CJK}，。；：、（）“”])[ \t]+|[ \t]+(?=[{_CJK}，。；：、（）“”])")
_ZH_SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?]+[”’）」』]*|[^。！？!?\n]+")
_EN_ENDS = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9\u4e00-\u9fff])")
_EN_ABBREVIATION = re.compile(r"(?:\b(?:No|Nos|Art|Arts|e\.g|i\.e|vs|approx|Co|Ltd|Inc|St|Mr|Ms|Dr|U\.S|para|Sec))\.$")


def clean(text: str) -> str:
    """Visible characters only: control and invisible characters go, line ends become newlines."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub(" ", _INVISIBLE.sub("", text))


@lru_cache(maxsize=16384)
def normalise(text: str) -> str:
    """The one form in which words and quotations are compared.

    Compatibility forms unified (full-width digits, letters), document-number brackets made 〔〕, blanks folded,
    case lowered.
    """
    text = unicodedata.normalize("NFKC", clean(text))
    text = _BRACKETED_YEAR.sub(r"〔\1〕", text)
    text = text.translate(_PUNCTUATION)
    return _SPACE_BESIDE_CHINESE.sub("", re.sub(r"\s+", " ", text)).strip().casefold()


_PUNCTUATION = str.maketrans("，；：！？（）“”‘’—–％", ",;:!?()\"\"''--%")


def language_of(text: str) -> Language | None:
    """Chinese where a good part of the letters is Chinese, English where Latin letters rule, None without letters."""
    chinese = len(re.findall(f"[{_CJK}]", text))
    # One Chinese character says about as much as half an English word of five letters.
    latin = len(re.findall(r"[A-Za-z]+", text))
    if not chinese and not latin:
        return None
    return Language.ZH if chinese >= latin else Language.EN


def sentences(text: str, language: Language) -> list[str]:
    """The sentences of a text in order, stripped; a line break always ends one."""
    if language is Language.ZH:
        found = _ZH_SENTENCE.findall(text)
    else:
        found = [sentence for line in text.splitlines() for sentence in _english(line)]
    return [sentence.strip() for sentence in found if sentence.strip()]


def _english(line: str) -> list[str]:
    joined: list[str] = []
    for piece in _EN_ENDS.split(line):
        if joined and _EN_ABBREVIATION.search(joined[-1]):
            joined[-1] += " " + piece
        else:
            joined.append(piece)
    return joined
