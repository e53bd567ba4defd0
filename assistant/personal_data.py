"""Numbers and addresses that tell who somebody is: found and masked before anything else happens to a text.

Identity-card, bank-card and mobile numbers, landlines said to be one's own, e-mail addresses, and any other number so
long (15 digits and more) that it can only be one of those, mistyped, or an account. What a question needs stays:
unified social credit codes, hotlines, amounts, dates, document numbers. Names and postal addresses are not recognised.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.checksums import is_credit_code, is_id_card, looks_like_id_card, passes_luhn
from assistant.texts import load_data, texts
from index.text import clean, language_of
from index.types import Language, StrEnum

_FILE = Path(__file__).with_name("personal_data.yaml")
_GAP = r"[ \-‐‑–—_.·/]{0,2}"
_CREDIT_CODE = re.compile(r"(?<![0-9A-Za-z])[0-9A-HJ-NPQRTUWXYa-hj-npqrtuwxy]{18}(?![0-9A-Za-z])")
_E_MAIL = re.compile(r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6}")
_START, _END = r"(?<!\d)(?<!\d\.)", r"(?!\d)"
_ID_18 = re.compile(rf"{_START}\d(?:{_GAP}\d){{16}}{_GAP}[\dXx]{_END}")
_ID_15 = re.compile(rf"{_START}\d{{6}}{_GAP}\d{{6}}{_GAP}\d{{3}}{_END}")
_GROUPED = re.compile(rf"{_START}(?:\d{{4}}[ \-]){{3,4}}\d{{1,4}}{_END}|{_START}\d{{6}}[ \-]\d{{7,13}}{_END}")
_LONG = re.compile(rf"{_START}\d{{13,}}{_END}")
_MOBILE = re.compile(
    rf"{_START}(?:\(?\+?(?:00)?86\)?{_GAP})?"
    rf"(?:1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}|1[3-9]\d[ \-]\d{{3}}[ \-]\d{{5}}|1[3-9]\d{{3}}[ \-]\d{{3}}[ \-]\d{{3}}"
    rf"|1[3-9]\d{{2}}[ \-]\d{{4}}[ \-]\d{{3}}|1[3-9]\d{{3}}[ \-]\d{{6}}){_END}"
)
_LANDLINE = re.compile(rf"{_START}\(?0\d{{2,3}}\)?[ \-]?[2-8]\d{{2,3}}[ \-]?\d{{4}}{_END}")
_SPELT = re.compile(r"[零〇一二三四五六七八九幺]{11,}")
_DIGITS = str.maketrans("零〇一二三四五六七八九幺", "001234567891")
_YEAR = re.compile(r"(?:19|20)\d\d")
_AROUND = 24  # characters beside a number that tell what it is


class Personal(StrEnum):
    """What was found; names the words that stand in for it."""

    ID_CARD = "id_card"
    BANK_CARD = "bank_card"
    MOBILE = "mobile"
    LANDLINE = "landline"
    E_MAIL = "e_mail"
    LONG_NUMBER = "long_number"


@dataclass(frozen=True, slots=True)
class _Shadow:
    """A text as it is searched: every digit an ASCII digit, nothing invisible; `places` lead back to the original."""

    text: str
    places: list[int]


@cache
def _words(name: str) -> re.Pattern[str]:
    return re.compile(load_data(_FILE)[name], re.I)


@cache
def _placeholders() -> dict[str, Personal]:
    return {f"[{texts(language)(f'personal.{kind}')}]": kind for language in Language for kind in Personal}


@cache
def _placeholder() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _placeholders())))


def masked(text: str, language: Language | None = None) -> str:
    """The text with words such as [手机号已隐去] in the place of personal data; masking twice changes nothing.

    Without a language the words are in the text's own, or in Chinese where it has no letters.
    """
    language = language or language_of(text) or Language.ZH
    shadow = _shadow(text)
    found = sorted(_found(shadow.text))
    pieces, done = [], 0
    for start, end, kind in found:
        first, last = shadow.places[start], shadow.places[end - 1] + 1
        pieces += [text[done:first], f"[{texts(language)(f'personal.{kind}')}]"]
        done = last
    return "".join([*pieces, text[done:]])


def masked_kinds(text: str) -> tuple[Personal, ...]:
    """What was masked in a text, each kind once, in the order of first appearance."""
    return tuple(dict.fromkeys(_placeholders()[found] for found in _placeholder().findall(text)))


def without_masks(text: str) -> str:
    """A masked text as it is read: neither the stand-ins nor the words that only introduced them."""
    if not _placeholder().search(text):
        return text
    marked = re.sub(rf"(?:{_words('label').pattern})?\0", "\0", _placeholder().sub("\0", text), flags=re.I)
    marked = re.sub(r"\A[\0\s,，、;；。.]+|[\0\s,，、;；]+\Z|\s*\0(?=[\s\0]*[,，、;；。.!！?？])", "", marked)
    return re.sub(r"\s*\0\s*", " ", marked)


def _shadow(text: str) -> _Shadow:
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        shown = letter if letter.isascii() else unicodedata.normalize("NFKC", clean(letter))
        letters += shown
        places += [place] * len(shown)
    joined = "".join(letters)
    return _Shadow(_SPELT.sub(lambda run: run[0].translate(_DIGITS), joined), places)


def _found(text: str) -> Iterator[tuple[int, int, Personal]]:
    """Spans of personal data in a shadow's text, none within another."""
    taken = bytearray(len(text))
    for match in _CREDIT_CODE.finditer(text):
        if _is_credit_code(match[0]):
            taken[match.start() : match.end()] = b"\1" * len(match[0])
    for pattern, kind_of in (
        (_E_MAIL, lambda _: Personal.E_MAIL), (_ID_18, _of_18), (_ID_15, _of_15), (_GROUPED, _of_grouped),
        (_MOBILE, lambda _: Personal.MOBILE), (_LONG, _of_long), (_LANDLINE, lambda _: Personal.LANDLINE),
    ):  # fmt: skip
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(taken[start:end]):
                continue
            kind = kind_of(match[0])
            if kind is None or not _is_somebodys(kind, text[max(0, start - _AROUND) : start], text[end:][:_AROUND]):
                continue
            taken[start:end] = b"\1" * (end - start)
            yield start, end, kind


def _is_credit_code(code: str) -> bool:
    """A firm's code, also with a slip in it; an identity number that happens to pass is a person's all the same."""
    digits_of_a_firm = code[:2] in {"91", "92", "93"} and code[2:8].isdecimal()
    return not is_id_card(code) and (is_credit_code(code) or digits_of_a_firm)


def _of_18(number: str) -> Personal | None:
    digits = re.sub(r"[^0-9Xx]", "", number)
    mistyped = len(digits) == len(number) and looks_like_id_card(digits)
    return Personal.ID_CARD if is_id_card(digits) or mistyped else None


def _of_15(number: str) -> Personal | None:
    return Personal.ID_CARD if looks_like_id_card(re.sub(r"\D", "", number)) else None


def _of_long(digits: str) -> Personal | None:
    if digits.endswith("000000"):
        return None  # so round a figure is an amount
    if len(digits) <= 19 and passes_luhn(digits):
        return Personal.BANK_CARD
    return Personal.LONG_NUMBER if len(digits) >= 15 else None


def _of_grouped(number: str) -> Personal | None:
    groups = re.split(r"[ \-]", number)
    if number[0] not in "34569" or all(_YEAR.fullmatch(group) for group in groups):
        return None
    digits = "".join(groups)
    if passes_luhn(digits):
        return Personal.BANK_CARD
    return Personal.LONG_NUMBER if len(digits) >= 15 else None


def _is_somebodys(kind: Personal, before: str, after: str) -> bool:
    if kind is Personal.E_MAIL:
        return True
    if kind is Personal.LANDLINE:
        return bool(_words("own").search(before)) and not _words("public").search(before)
    return not (_words("money_after").search(after) or _words("money_before").search(before))
