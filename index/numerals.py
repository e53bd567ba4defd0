"""Numbers written as words, in both languages: 三十二, 两百三十, 4.2 as 四点二; twenty-five."""

from __future__ import annotations

from decimal import Decimal

HAN_DIGITS = {
    han: number for number, same in enumerate("零〇 一 二两俩 三仨 四 五 六 七 八 九".split()) for han in same
}
HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
ENGLISH_WORDS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
} | {word: 10 * tens for tens, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}


def han_number(text: str) -> Decimal:
    """两百三十 → 230, 四点二 → 4.2, 一千二 → 1200, 一百零五 → 105, 二〇二六 → 2026; KeyError for other characters."""
    whole, _, tenths = text.partition("点")
    if tenths:
        return han_number(whole) + Decimal("0." + "".join(str(HAN_DIGITS[character]) for character in tenths))
    if len(text) > 1 and not set(text) & set(HAN_UNITS):
        return Decimal("".join(str(HAN_DIGITS[character]) for character in text))
    total, digit, unit, zero = 0, None, 1, False
    for character in text:
        if character in HAN_UNITS:
            unit = HAN_UNITS[character]
            total += (1 if digit is None else digit) * unit
            digit, zero = None, False
        else:
            digit = HAN_DIGITS[character]
            zero = zero or digit == 0
    if digit:
        total += digit * (unit // 10 if unit >= 100 and not zero else 1)
    return Decimal(total)
