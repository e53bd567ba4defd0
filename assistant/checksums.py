"""Numbers that carry a check digit: identity cards, bank cards, unified social credit codes."""

from __future__ import annotations

import re
from datetime import date

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643
_ID_CHECKS = "10X98765432"
_CODE_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100: without I, O, S, V, Z
_CODE_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
# Provinces of GB/T 2260; 9 leads the numbers of foreigners with permanent residence.
_PROVINCE = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9\d")


def looks_like_id_card(digits: str) -> bool:
    """Whether 18 or 15 characters begin like an identity number: province, then a day somebody may be born on."""
    born = digits[6:14] if len(digits) == 18 else "19" + digits[6:12]
    if len(digits) not in (15, 18) or not _PROVINCE.match(digits) or not born.isdecimal():
        return False
    try:
        return date(int(born[:4]), int(born[4:6]), int(born[6:])).year in range(1900, 2100)
    except ValueError:
        return False


def is_id_card(number: str) -> bool:
    """Whether 18 characters are an identity number whose check character fits (GB 11643)."""
    if not looks_like_id_card(number) or len(number) != 18 or not number[:17].isdecimal():
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _ID_WEIGHTS, strict=True))
    return _ID_CHECKS[total % 11] == number[17].upper()


def passes_luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of the others, as on bank cards (ISO/IEC 7812)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_credit_code(code: str) -> bool:
    """Whether 18 characters are a unified social credit code whose check character fits (GB 32100)."""
    code = code.upper()
    if len(code) != 18 or any(letter not in _CODE_LETTERS for letter in code):
        return False
    total = sum(_CODE_LETTERS.index(letter) * weight for letter, weight in zip(code[:17], _CODE_WEIGHTS, strict=True))
    return _CODE_LETTERS[(31 - total % 31) % 31] == code[17]
