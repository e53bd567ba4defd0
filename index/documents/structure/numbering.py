"""The number a paragraph starts with: 第十条, 一、, （一）, 1., ①, Article 10, (a); not 第十条规定 in a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from index.documents.structure.spelling import flat
from index.numerals import ENGLISH_WORDS, han_number


class Style(IntEnum):
    """Ways of numbering; the order is the one they usually enclose each other in, outermost first."""

    PART = 1  # 第一编, Part I
    CHAPTER = 2  # 第一章, Chapter 1
    SECTION = 3  # 第一节, Section 1
    ARTICLE = 4  # 第一条, Article 1
    ROMAN_CAPITAL = 5  # I.
    HAN = 6  # 一、
    CAPITAL = 7  # A.
    HAN_BRACKETED = 8  # （一）
    DIGIT = 9  # 1.
    DOTTED = 10  # 1.1
    DOTTED_TWICE = 11  # 1.1.1
    BRACKETED = 12  # （1）
    HALF_BRACKETED = 13  # 1）
    CIRCLED = 14  # ①
    LETTER = 15  # (a)
    ROMAN = 16  # (i)


@dataclass(frozen=True, slots=True)
class Number:
    """A printed number: how it is written, its value, and where the text after it begins."""

    style: Style
    value: int
    printed: str  # in its usual form: 第十条, 二, （三）, 1, Article 10
    end: int  # characters of the paragraph up to the text
    after: int = 0  # 第十条之一: 1
    path: tuple[int, ...] = ()  # of dotted numbers: (1, 2) for 1.2


_H = "[零〇一二三四五六七八九十百]{1,7}"
_N = rf"(?:{_H}|\d{{1,4}})"
_WORDS = {word: value for word, value in ENGLISH_WORDS.items() if 0 < value <= 20}
_EN = rf"(?:\d{{1,3}}|[IVXLC]{{1,7}}|{'|'.join(_WORDS)})"
# What follows a reference in a sentence, as in 第十条规定的, and never a heading.
_CITED = (
    r"(?!(?:规定|所称|所列|所述|中的|的(?!概念)|、第|和第|或|至第|款|项|以外|执行|办理|情形|要求|之规定"
    r"|第 ?[零〇一二三四五六七八九十百\d]+ ?[款项条]|第?\([一二三四五六七八九十]+\)项))"
)
_NOT_A_QUANTITY = r"(?! ?(?:年(?![龄限审检利化度])|[月日%％‰]|万|亿|倍|个|元|户|家|人|天|号|bp|公里|平方))"

_CHINESE: tuple[tuple[Style, re.Pattern[str]], ...] = (
    (Style.PART, re.compile(rf"第 ?({_N}) ?(编|篇|部分)(?=[ :]|$|[^的中、])[ :]*")),
    (Style.CHAPTER, re.compile(rf"第 ?({_N}) ?(章){_CITED}[ :]*")),
    (Style.SECTION, re.compile(rf"第 ?({_N}) ?(节){_CITED}[ :]*")),
    (Style.ARTICLE, re.compile(rf"第 ?({_N}) ?(条)(?:之({_H}))?{_CITED}[ :]*")),
    (Style.HAN, re.compile(rf"({_H}) ?[、.](?!\d)[ ]*")),
    (Style.HAN_BRACKETED, re.compile(rf"\( ?({_H}) ?\)(?!项(?!目)|款(?!项)|条(?!件))[ 、.]*|([㈠-㈩])[ 、.]*")),
    (
        Style.DOTTED_TWICE,
        re.compile(rf"(\d{{1,2}}(?:\.\d{{1,2}}){{2,3}})\.?{_NOT_A_QUANTITY}(?=[ \u3400-\u9fff(A-Z])[ ]*"),
    ),
    (Style.DOTTED, re.compile(rf"(\d{{1,2}}\.\d{{1,2}})\.?(?![\d.]){_NOT_A_QUANTITY}(?=[ \u3400-\u9fffA-Z])[ 、]*")),
    (Style.DIGIT, re.compile(r"(\d{1,3}) ?(?:、|\.(?!\d))[ ]*")),
    (Style.BRACKETED, re.compile(r"\( ?(\d{1,3}) ?\)(?!项(?!目)|款(?!项))[ 、.]*|([⑴-⒇])[ ]*")),
    (Style.HALF_BRACKETED, re.compile(r"(\d{1,2}) ?\)[ 、.]*")),
    (Style.CIRCLED, re.compile(r"([①-⑳])[ 、.]*")),
)
_ENGLISH: tuple[tuple[Style, re.Pattern[str]], ...] = (
    (Style.PART, re.compile(rf"(Part) ({_EN})\b(?! of)[.:—–-]? *", re.I)),
    (Style.CHAPTER, re.compile(rf"(Chapter) ({_EN})\b(?! of)[.:—–-]? *", re.I)),
    (Style.SECTION, re.compile(rf"(Section) ({_EN})\b(?! of| and|\()[.:—–-]? *", re.I)),
    (Style.ARTICLE, re.compile(rf"(Article) ({_EN})\b(?! of| and|\()[.:—–-]? *", re.I)),
    (Style.ROMAN_CAPITAL, re.compile(r"([IVXL]{1,6})[.、](?= |$) *")),
    (Style.CAPITAL, re.compile(r"([A-H])[.、](?= |$|[\u3400-\u9fff]) *")),
    (Style.ROMAN, re.compile(r"\(([ivx]{1,5})\) *|([ivx]{2,5})[.)] +")),
    (Style.LETTER, re.compile(r"\(([a-z])\) *|([a-h])[.)] +")),
)
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@lru_cache(maxsize=65536)
def numbered(text: str) -> Number | None:
    """The number a paragraph begins with, if it begins with one."""
    plain = flat(text[:48])
    for style, pattern in _CHINESE:
        if (match := pattern.match(plain)) and (number := _chinese(style, match)) is not None:
            return number
    for style, pattern in _ENGLISH:
        if match := pattern.match(plain):
            return _english(style, match)
    return None


def bare(text: str) -> Number | None:
    """1 总则: a number set apart by a blank only, which manuals use beside 1.1; elsewhere it may be any figure."""
    match = re.match(r"(\d{1,2}) +(?=[\u3400-\u9fffA-Z])", flat(text[:12]))
    return Number(Style.DIGIT, int(match[1]), match[1], match.end()) if match else None


def as_letter(number: Number) -> Number:
    """(i) read as the letter after (h)."""
    letter = number.printed.strip("()")
    return Number(Style.LETTER, ord(letter[0]) - 96, number.printed, number.end) if len(letter) == 1 else number


def _chinese(style: Style, match: re.Match[str]) -> Number | None:
    word = next(group for group in match.groups() if group)
    if style in (Style.DOTTED, Style.DOTTED_TWICE):
        path = tuple(map(int, word.split(".")))
        return Number(style, path[-1], word, match.end(), path=path)
    value = _value(word)
    if value is None or value == 0:
        return None
    if style <= Style.ARTICLE:
        after = match[3] if style is Style.ARTICLE else None
        printed = f"第{word}{match[2]}" + (f"之{after}" if after else "")
        return Number(style, value, printed, match.end(), after=(_value(after) or 0) if after else 0)
    if style is Style.HAN_BRACKETED:
        word = word if word in "零〇一二三四五六七八九十百" or len(word) > 1 else "一二三四五六七八九十"[value - 1]
        return Number(style, value, f"（{word}）", match.end())
    printed = {Style.BRACKETED: f"（{value}）", Style.HALF_BRACKETED: f"{value}）"}.get(style, word)
    return Number(style, value, printed, match.end())


def _english(style: Style, match: re.Match[str]) -> Number:
    if style <= Style.ARTICLE:
        word = match[2]
        value = int(word) if word.isdigit() else _WORDS.get(word.lower()) or _roman(word.lower())
        return Number(style, value, f"{match[1].capitalize()} {word}", match.end())
    word = match[1] or match[2] if match.re.groups > 1 else match[1]
    if style in (Style.ROMAN, Style.ROMAN_CAPITAL):
        printed = f"({word})" if style is Style.ROMAN else word
        return Number(style, _roman(word.lower()), printed, match.end())
    value = ord(word.lower()) - 96
    return Number(style, value, f"({word})" if style is Style.LETTER else word, match.end())


def _value(word: str) -> int | None:
    if word.isdigit() and word.isascii():
        return int(word)
    for first in "①⑴㈠":
        if len(word) == 1 and 0 <= ord(word) - ord(first) < 20:
            return ord(word) - ord(first) + 1
    try:
        return int(han_number(word))
    except (KeyError, ValueError):
        return None


def _roman(word: str) -> int:
    digits = [_ROMAN_DIGITS[letter] for letter in word]
    return sum(-one if one < other else one for one, other in zip(digits, [*digits[1:], 0], strict=True))
