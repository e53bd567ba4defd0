"""Where in its document a clause stands, as printed and as typed: 第九条第二款, 53条, 一（一）, Section 6(16)."""

from __future__ import annotations

import re

from index.references import chinese_number
from index.text import normalise

Address = tuple[int, ...]  # from the outside in: (9, 2) is the second paragraph of article 9

_N = r"[零〇一二三四五六七八九十百\d]{1,7}"
_CHINESE = re.compile(
    rf"第\s*({_N})\s*[条章部点](?:之({_N}))?(?:\s*第\s*({_N})\s*[款项])?(?:\s*第?\(({_N})\)项?)?"
    rf"|(?<![\d.〕年])(\d{{1,3}})\s*条(?:之({_N}))?(?:\s*第?\s*({_N})\s*[款项])?"
)
_ENGLISH = re.compile(
    r"\b(?:articles?|arts?|sections?|sec|clauses?|paragraphs?|paras?|items?)\b\.?\s*(\d{1,3})"
    r"(?:\s*\((\d{1,3})\))?(?:,?\s*(?:paragraph|para)\b\.?\s*(\d{1,3}))?"
)
_MORE = re.compile(r"\s*(?:,|and)\s*(\d{1,3})\b")  # Articles 18, 20 and 28
_BARE = re.compile(rf"({_N})、?(?:\(({_N})\))?")
_NUMBER_BEGINS = re.compile(rf"第(?={_N})|(?<=[\s号令])(?={_N}(?:$|[(、]))")
_BEHIND_NAME = re.compile(rf"(?:^|(?<=[\s号令告]))({_N})(?:\(({_N})\))?$")


def printed(reference: str) -> tuple[Address, ...]:
    """The addresses in a printed reference; several in 第三十八条、第四十条, none in 总体."""
    text = normalise(reference)
    found = [_address(*match.groups()) for match in _CHINESE.finditer(text)]
    for match in _ENGLISH.finditer(text):
        found.append(_address(*match.groups()))
        place = match.end()
        while more := _MORE.match(text, place):
            found.append(_address(more[1]))
            place = more.end()
    if not found and (bare := _BEHIND_NAME.search(text)):
        found.append(_address(*bare.groups()))
    return tuple(address for address in dict.fromkeys(found) if address)


def typed(text: str) -> tuple[Address, str, bool]:
    """The address in a typed line, () where there is none; the line without it; whether it stood there bare.

    A numeral that stands alone ("七", "一（一）") may be an address; whether it is one, only a named document can tell.
    """
    for pattern in (_CHINESE, _ENGLISH):
        if match := pattern.search(text):
            rest = f"{text[: match.start()]} {text[match.end() :]}"
            return _address(*match.groups()), " ".join(rest.split()), False
    tokens = text.split()
    for place, token in enumerate(tokens):
        match = _BARE.fullmatch(token)
        if match and not token.isdigit() and (address := _address(*match.groups())):
            return address, " ".join(tokens[:place] + tokens[place + 1 :]), True
    return (), text, False


def agreement(wanted: Address, held: Address) -> float:
    """How well an address that is printed answers one that is typed: 1 the same, less where one lies in the other."""
    if wanted == held:
        return 1.0
    shared = min(len(wanted), len(held))
    if not shared or wanted[:shared] != held[:shared]:
        return 0.0
    return 0.8 if len(held) > len(wanted) else 0.5


def before_number(reference: str) -> str:
    """What stands before the number in a printed reference, normalised and without blanks; "" where nothing does."""
    match = _NUMBER_BEGINS.search(reference)
    return reference[: match.start()].replace(" ", "") if match else ""


def _address(*numbers: str | None) -> Address:
    values = [chinese_number(number.replace("〇", "零")) for number in numbers if number]
    return tuple(value for value in values if value) if all(values) else ()
