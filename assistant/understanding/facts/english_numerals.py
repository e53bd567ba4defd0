"""English numerals: half a million, thirty-two, 1.2m, twenty-odd, a dozen."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.profile import Range
from assistant.understanding.facts.chinese_numerals import DIGITS
from assistant.understanding.facts.scales import SCALES, scale, vague
from index.numerals import ENGLISH_WORDS

_WORD = "|".join(sorted(ENGLISH_WORDS, key=len, reverse=True))
SCALE = r"(?:k|thousand|million|mn|mil|m|billion|bn|wan|w)\b"
NUMBER = re.compile(
    rf"(?P<half>\bhalf a (?P<halfscale>million|thousand|billion|dozen)\b)"
    rf"|(?P<andhalf>\b(?P<whole>{_WORD}|a|\d+) and a half\s+(?P<andscale>million|thousand|billion)\b)"
    rf"|(?P<words>\b(?:(?:{_WORD}|hundred|thousand|million|billion|dozen|a (?=hundred|thousand|million|billion|dozen))"
    rf"(?:\s+and\s+(?={_WORD})|[\s-]+(?=(?:{_WORD}|hundred|thousand|million|billion|dozen|k|m)\b)|\b))+)"
    rf"(?P<wordodd>[- ](?:odd|something|some)\b)?"
    rf"|(?<![\w.])(?P<digits>{DIGITS})(?:\s?-?(?P<scale>{SCALE}))?(?P<odd>[- ](?:odd|something)\b)?",
    re.I,
)


def _spelled(text: str) -> Decimal:
    total = current = Decimal(0)
    for word in re.split(r"[\s-]+", text.lower().strip()):
        if word in ENGLISH_WORDS:
            current += ENGLISH_WORDS[word]
        elif word == "dozen":
            current = (current or Decimal(1)) * 12
        elif word == "hundred":
            current = (current or Decimal(1)) * 100
        elif word in SCALES:
            total += (current or 1) * SCALES[word]
            current = Decimal(0)
    return total + current


def read(found: re.Match[str]) -> tuple[Range, bool]:
    """The value of a match, and whether a scale was said."""
    if found["half"]:
        name = found["halfscale"].lower()
        return Range.of(Decimal(6 if name == "dozen" else SCALES[name] // 2)), name != "dozen"
    if found["andhalf"]:
        whole = found["whole"].lower()
        number = Decimal(whole) if whole.isdigit() else Decimal(ENGLISH_WORDS.get(whole, 1))
        return Range.of((number + Decimal("0.5")) * SCALES[found["andscale"].lower()]), True
    if found["words"]:
        number = _spelled(found["words"])
        scaled = bool(re.search("thousand|million|billion", found["words"], re.I))
        return vague(number, "多" if found["wordodd"] else ""), scaled
    number = Decimal(found["digits"].replace(",", ""))
    by = SCALES[found["scale"].lower()] if found["scale"] else 1
    return scale(vague(number, "多" if found["odd"] else ""), by), by > 1
