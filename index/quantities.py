"""Quantities with their unit and the side they are bounded on, in Chinese and English.

`最长3年`, `up to 36 months` → 36 months at most; `不低于300万元` → 3,000,000 yuan at least. Where `figures` tells
whether a number stands in a text at all, this tells whether it says the same: 3年 is not 3个月, and 不超过 is not 超过.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from index.documents.yaml_files import load_yaml
from index.figures import DOCUMENT_NUMBER, PROVISION, SCALES, dated, plain
from index.numerals import ENGLISH_WORDS, han_number
from index.text import language_of, normalise
from index.types import Language, StrEnum

_FILE = Path(__file__).with_name("quantities.yaml")


class Unit(StrEnum):
    """What a number counts. Years become months, so that 1年 and 12个月 are the same."""

    PLAIN = "plain"
    YUAN = "yuan"
    DOLLARS = "dollars"
    PERCENT = "percent"
    POINTS = "points"  # percentage points
    BASIS_POINTS = "basis points"
    PER_MILLE = "per mille"
    TENTHS = "tenths"  # 成
    MONTHS = "months"
    DAYS = "days"
    WORKING_DAYS = "working days"
    HOURS = "hours"
    AGE = "age"  # years of a person
    TIMES = "times"
    MULTIPLE = "multiple"  # 倍
    PEOPLE = "people"
    FIRMS = "firms"
    ITEMS = "items"
    DATE = "date"


class Bound(StrEnum):
    """On which side a quantity limits. A limit that is included and one that is not are told apart."""

    NONE = ""
    AT_MOST = "at most"
    BELOW = "below"
    AT_LEAST = "at least"
    ABOVE = "above"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a unit, or a date; `value` is written plainly: "3000000", "3.48", "2027-09-30"."""

    value: str
    unit: Unit
    bound: Bound = Bound.NONE
    lowered: bool = False  # stands behind a minus or 减: LPR减50个基点

    @property
    def amount(self) -> tuple[str, Unit, bool]:
        """Without its bound."""
        return self.value, self.unit, self.lowered


class _Named(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    unit: Unit
    says: str
    times: int = 1


class _Side(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    bound: Bound
    says: str


class _Patterns(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    units: dict[Language, list[_Named]]
    words: dict[Language, str]
    before: list[_Side]
    after: list[_Side]
    before_date: list[_Side]
    after_date: list[_Side]


@cache
def _patterns() -> _Patterns:
    return _Patterns.model_validate(load_yaml(_FILE.read_text(encoding="utf-8")))


@cache
def _numbers(language: Language) -> re.Pattern[str]:
    """A number in digits or words, its scale, and its unit as the group u0, u1 …"""
    named = "|".join(f"(?P<u{place}>{item.says})" for place, item in enumerate(_patterns().units[language]))
    spelled = "|".join(sorted(ENGLISH_WORDS, key=len, reverse=True))
    words = _patterns().words.get(language, rf"\b(?:{spelled})\b(?=[ -])")
    return re.compile(
        r"(?P<minus>(?<![\d%a-z万亿元年月天日人户家岁)])[−-](?=\d)|减(?:少|点)?\s?|\bminus )?"
        rf"(?:(?<![\d.A-Za-z第])(?P<n>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)|(?P<word>{words}))"
        rf"\s*(?P<scale>{'|'.join(SCALES)})?\s*(?:\(不?含\)|-(?=[a-z]))?(?:{named})?",
        re.I,
    )


@cache
def _sides(name: str) -> list[tuple[re.Pattern[str], Bound]]:
    return [(re.compile(side.says, re.I), side.bound) for side in getattr(_patterns(), name)]


@lru_cache(maxsize=8192)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Every quantity and every date in the order they stand; document numbers and clause references are none.

    Units are those written beside the number; of a range such as 1至3年 both ends have the unit of the second.
    """
    said = PROVISION.sub(" ", DOCUMENT_NUMBER.sub(" ", normalise(text)))
    found: list[tuple[int, Quantity]] = []
    for start, end, day in dated(said):
        found.append((start, Quantity(day, Unit.DATE, _bound("date", said, start, end))))
        said = said[:start] + " " * (end - start) + said[end:]
    language = language_of(said) or Language.EN
    matches = list(_numbers(language).finditer(said))
    for place, match in enumerate(matches):
        named = _unit(match, language)
        if match["word"] and named is None and match["scale"] is None:
            continue  # 三农, 二者, one of: words, no quantities
        value, unit = _number(match), named.unit if named else Unit.PLAIN
        after = matches[place + 1] if place + 1 < len(matches) else None
        if named is None and after is not None and _JOINED.fullmatch(said[match.end() : after.start()]):
            named = _unit(after, language)  # the ends of one range, or a list with one unit at its end
            unit = named.unit if named else unit
            value *= SCALES[after["scale"]] if after["scale"] and not match["scale"] else 1
        if _calendar_year(match, said[match.end() : match.end() + 1], language):
            value, unit, named = Decimal(match["n"]), Unit.DATE, None
        value *= named.times if named else 1
        bound = _bound("", said, match.start(), match.end())
        found.append((match.start(), Quantity(plain(value), unit, bound, bool(match["minus"]))))
    return tuple(quantity for _, quantity in sorted(found, key=lambda item: item[0]))


_JOINED = re.compile(r"\s?(?:\(不?含\))?(?:至|到|-|~|、|和|或|/|to|and|or|,|:)\s?")


def _unit(match: re.Match[str], language: Language) -> _Named | None:
    units = _patterns().units[language]
    return next((item for place, item in enumerate(units) if match[f"u{place}"]), None)


def _number(match: re.Match[str]) -> Decimal:
    if match["n"]:
        number = Decimal(match["n"].replace(",", ""))
    else:
        word = match["word"].lower()
        spelled = ENGLISH_WORDS.get(word)
        number = Decimal("0.5") if word == "半" else han_number(word) if spelled is None else Decimal(spelled)
    return number * SCALES.get((match["scale"] or "").lower(), Decimal(1))


def _calendar_year(match: re.Match[str], after: str, language: Language) -> bool:
    """2024年 and "in 2024" name a year, 3年 a length of time; 2024人 and "2,024" are neither."""
    year = match["n"] and re.fullmatch(r"(?:19|20)\d\d", match["n"])
    alone = match[0].rstrip()[-1].isdigit()
    return bool(year and (match[0].endswith("年") or (alone and (after == "年" if language is Language.ZH else True))))


def _bound(of: str, text: str, start: int, end: int) -> Bound:
    """Which side the words beside a number, or a date, limit it on."""
    before, after = text[max(0, start - 24) : start], text[end : end + 12]
    name = f"_{of}" if of else ""
    for pattern, bound in _sides(f"before{name}"):
        if pattern.search(before):
            return bound
    return next((bound for pattern, bound in _sides(f"after{name}") if pattern.match(after)), Bound.NONE)


def contradicts(one: Bound, other: Bound) -> bool:
    """Whether two bounds on one figure cannot both be meant: an upper and a lower one, or one included and one not."""
    return Bound.NONE not in (one, other) and one is not other

