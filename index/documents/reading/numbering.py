"""Numbers as word processors and browsers write them in front of list items: 1, 一, ①, iv, B."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_BANKERS = "零壹贰叁肆伍陆柒捌玖"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def ordinal(number: int, kind: str) -> str:
    """The number written in one of the kinds of ECMA-376 (ST_NumberFormat); kinds not known are written in digits."""
    writer = _WRITERS.get(kind)
    if kind in ("none", "bullet"):
        return ""
    return writer(number) if writer is not None and number > 0 else str(number)


def chinese(number: int, digits: str = _DIGITS, units: tuple[str, ...] = ("", "十", "百", "千")) -> str:
    """Counting numbers below ten thousand: 十, 十二, 二十, 一百零五; larger ones in digits."""
    if number >= 10_000:
        return str(number)
    text, gap = "", False
    for power in range(3, -1, -1):
        digit = number // 10**power % 10
        if digit == 0:
            gap = bool(text)
            continue
        text += ("零" if gap else "") + digits[digit] + units[power]
        gap = False
    return text[1:] if text.startswith(f"{digits[1]}{units[1]}") and digits is _DIGITS else text


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * min(count, 20)
    return text


def _letters(number: int) -> str:
    """A … Z, AA, BB … as word processors count."""
    return chr(ord("A") + (number - 1) % 26) * min((number - 1) // 26 + 1, 20)


def _circled(number: int) -> str:
    if number <= 20:
        return chr(0x2460 + number - 1)
    if number <= 35:
        return chr(0x3251 + number - 21)
    return chr(0x32B1 + number - 36) if number <= 50 else str(number)


def _in_range(first: int, last: int) -> Callable[[int], str]:
    return lambda number: chr(first + number - 1) if number <= last else str(number)


_WRITERS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: "".join(chr(ord(digit) + 0xFEE0) for digit in str(number)),
    "decimalFullWidth2": lambda number: "".join(chr(ord(digit) + 0xFEE0) for digit in str(number)),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _in_range(0x2488, 20),
    "decimalEnclosedParen": _in_range(0x2474, 20),
    "ideographEnclosedCircle": _in_range(0x3280, 10),
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "japaneseDigitalTenThousand": lambda number: "".join(_DIGITS[int(digit)] for digit in str(number)),
    "ideographDigital": lambda number: "".join(_DIGITS[int(digit)] for digit in str(number)),
    "taiwaneseDigital": lambda number: "".join(_DIGITS[int(digit)] for digit in str(number)),
    "chineseLegalSimplified": lambda number: chinese(number, _BANKERS, ("", "拾", "佰", "仟")),
    "ideographLegalTraditional": lambda number: chinese(number, "零壹貳參肆伍陸柒捌玖", ("", "拾", "佰", "仟")),
    "ideographTraditional": lambda number: _STEMS[number - 1] if number <= 10 else str(number),
    "ideographZodiac": lambda number: _BRANCHES[number - 1] if number <= 12 else str(number),
    "lowerLetter": lambda number: _letters(number).lower(),
    "upperLetter": _letters,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperRoman": _roman,
    "ordinal": lambda number: f"{number}{_suffix(number)}",
}


def _suffix(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
