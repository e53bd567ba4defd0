"""Figures and dates in Chinese and English text, brought to one form so that they can be compared.

`23.6万亿元`, `23.6 trillion yuan` and `CNY 23,600 billion` all become `23600000000000`; `32.8%` stays a percentage;
`2024年9月24日` and `24 September 2024` both become `2024-09-24`.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

SCALES = {
    "万亿": Decimal(10) ** 12, "千亿": Decimal(10) ** 11, "百亿": Decimal(10) ** 10, "亿": Decimal(10) ** 8,
    "千万": Decimal(10) ** 7, "百万": Decimal(10) ** 6, "十万": Decimal(10) ** 5, "万": Decimal(10) ** 4,
    "trillion": Decimal(10) ** 12, "billion": Decimal(10) ** 9, "million": Decimal(10) ** 6,
    "thousand": Decimal(10) ** 3,
}  # fmt: skip
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sep sept", "october oct", "november nov", "december dec"), 1)
    for name in names.split()
}  # fmt: skip
_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"

# A document number names a document; its digits are no quantities.
DOCUMENT_NUMBER = re.compile(
    r"〔\d{4}〕第?\d+号|(?:\d{4}年)?第[零〇一二三四五六七八九十百\d]+号令?|(?<!\d)\d+号(?!线)|(?<!\w)No\. ?\d+"
)
PROVISION = re.compile(
    r"第[零〇一二三四五六七八九十百\d]+(?:条|章|款|项|节)(?:之[一二三四五])?"
    r"|\b(?:Articles?|Chapters?|Sections?|Paragraphs?|Items?|Points?) \d+(?:(?:,| and| to|–|-) ?\d+)*(?:\(\d+\))*"
    r"|（[一二三四五六七八九十]+）"
)
_ISO_DATE = re.compile(r"(?<!\d)(\d{4})-(\d{2})(?:-(\d{2}))?(?!\d)")
_ZH_DATE = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(?:(\d{1,2})日|份)?(?!期(?!间))")
_EN_DATE = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}}) )?(?P<m>{_MONTH})(?: (?P<d2>\d{{1,2}})(?!\d),?)?(?:,? (?P<y>\d{{4}}))?(?![a-z])", re.I
)
_NUMBER = re.compile(
    r"(?<![\d.A-Za-z])(?P<n>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*"
    r"(?P<scale>万亿|千亿|百亿|亿|千万|百万|十万|万|trillion|billion|million|thousand)?\s*"
    r"(?P<unit>%|％|‰|per ?cent\b)?",
    re.I,
)


def plain(value: Decimal) -> str:
    """A number without exponent or trailing zeros: 36, 3.48, 23600000000000."""
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def document_numbers(text: str) -> set[str]:
    """Document numbers like 金规〔2024〕13号, brackets of any kind, from the last two characters before the year on."""
    normal = re.sub(r"[\[［【(（](\d{4})[\]］】)）]", r"〔\1〕", text)
    return set(re.findall(r"[\u4e00-\u9fff]{2}〔\d{4}〕\d+号", normal))


def dates(text: str) -> set[str]:
    """Dates with at least a month: YYYY-MM-DD, YYYY-MM, or --MM-DD and --MM where no year stands."""
    return _dates(text)[0]


@lru_cache(maxsize=8192)
def figures(text: str) -> frozenset[str]:
    """Quantities (plain numbers, percentages) and dates in the text, without document numbers and clause references.

    Both languages give the same set for the same content, as long as figures are written in digits.
    """
    rest = PROVISION.sub(" ", DOCUMENT_NUMBER.sub(" ", text))
    found, rest = _dates(rest)
    for match in _NUMBER.finditer(rest):
        value = Decimal(match["n"].replace(",", "")) * SCALES.get((match["scale"] or "").lower(), Decimal(1))
        unit = {None: "", "‰": "‰"}.get(match["unit"], "%")
        found.add(plain(value) + unit)
    return frozenset(found)


def dated(text: str) -> list[tuple[int, int, str]]:
    """Where dates stand in a text, start and end, and what they are; in the order they stand."""
    found: list[tuple[int, int, str]] = []
    rest = text
    for pattern, read in ((_ISO_DATE, _in_digits), (_ZH_DATE, _in_digits), (_EN_DATE, _in_english)):
        for match in pattern.finditer(rest):
            if (day := read(match)) is not None:
                found.append((match.start(), match.end(), day))
                rest = rest[: match.start()] + " " * (match.end() - match.start()) + rest[match.end() :]
    return sorted(found)


def _dates(text: str) -> tuple[set[str], str]:
    found = dated(text)
    for start, end, _ in reversed(found):
        text = text[:start] + " " + text[end:]
    return {day for _, _, day in found}, text


def _in_digits(match: re.Match[str]) -> str | None:
    return _written(match[1], int(match[2]), match[3]) if 1 <= int(match[2]) <= 12 else None


def _in_english(match: re.Match[str]) -> str | None:
    month = match["m"].rstrip(".").lower()
    day, year = match["d1"] or match["d2"], match["y"]
    # "may" is a verb far more often than a month.
    if not day and not year and (month == "may" or match["m"][0].islower()):
        return None
    return _written(year, _MONTHS[month], day)


def _written(year: str | None, month: int, day: str | None) -> str:
    return f"{year or '-'}-{month:02d}" + (f"-{int(day):02d}" if day else "")
