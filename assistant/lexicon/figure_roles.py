"""Figures of a text with what they measure and what they are the figure of, so that like is compared with like."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from assistant.errors import TextsError
from assistant.texts import load_data
from index.figures import dates
from index.references import chinese_number
from index.types import Language, StrEnum

_FILE = Path(__file__).with_name("figure_roles.yaml")
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_HAN = r"[零一二两三四五六七八九十百]+"
_N = rf"(?P<n>{_DIGITS}|{_HAN}|半)"
_ENGLISH = {word: number for number, word in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve".split())}  # fmt: skip
_EN_N = rf"(?P<n>{_DIGITS}|\b(?:{'|'.join(_ENGLISH)})\b)"
_SCALES = {"千": 10**3, "百万": 10**6, "千万": 10**7, "万": 10**4, "亿": 10**8, "万亿": 10**12, "w": 10**4, "k": 10**3,
           "thousand": 10**3, "million": 10**6, "m": 10**6, "billion": 10**9, "trillion": 10**12}  # fmt: skip
_NOUNS = {"类": "kinds", "种": "kinds", "项": "items", "条": "items", "人": "people", "名": "people", "户": "firms",
          "家": "firms", "次": "times", "categories": "kinds", "kinds": "kinds", "sectors": "kinds", "fields": "kinds",
          "people": "people", "staff": "people", "employees": "people", "times": "times", "articles": "items",
          "measures": "items", "banks": "firms", "firms": "firms"}  # fmt: skip


class Measure(StrEnum):
    """What a figure measures; only figures of one measure can be compared."""

    MONEY = "money"  # yuan
    SHARE = "share"  # per cent; a percentage point is 1, a basis point 0.01
    MONTHS = "months"
    DAYS = "days"
    DATE = "date"  # YYYY, YYYY-MM or YYYY-MM-DD
    COUNT = "count"


class Bound(StrEnum):
    """On which side a figure is a limit."""

    MOST = "most"
    LEAST = "least"


@dataclass(frozen=True, slots=True)
class Quantity:
    """One figure as said."""

    measure: Measure
    value: Decimal | str  # a str for dates only
    said: str
    start: int
    noun: str = ""  # what a COUNT counts
    bound: Bound | None = None
    facets: frozenset[str] = frozenset()
    former: bool = False  # "raised from this to that": it holds no more

    def agrees(self, asserted: Quantity) -> bool:
        """Whether this is what was asserted; a date may be more exact than that, and lie within it."""
        if self.measure is not asserted.measure or self.noun != asserted.noun:
            return False
        if isinstance(self.value, str) and isinstance(asserted.value, str):
            return self.value.startswith(asserted.value)
        return self.value == asserted.value


class _Facet(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    zh: list[str]
    en: list[str]
    exclusive: bool = False
    general: bool = False


@cache
def _facets() -> Mapping[str, _Facet]:
    try:
        return TypeAdapter(dict[str, _Facet]).validate_python(load_data(_FILE))
    except ValidationError as error:
        raise TextsError(f"{_FILE}: {error}") from error


def facets_in(text: str, language: Language) -> frozenset[str]:
    """The roles a stretch of text names."""
    said = text.casefold()
    return frozenset(
        name
        for name, facet in _facets().items()
        if any(word.casefold() in said for word in (facet.zh if language is Language.ZH else facet.en))
    )


def particular(facets: frozenset[str]) -> frozenset[str]:
    """Those of the roles that say something by themselves."""
    return facets - {name for name, facet in _facets().items() if facet.general}


def same_role(asked: frozenset[str], given: frozenset[str]) -> bool:
    """Whether figures with these roles are figures of the same thing."""
    exclusive = {name for name, facet in _facets().items() if facet.exclusive}
    return bool((particular(asked) or asked) & given) and asked & exclusive == given & exclusive


_MONEY = re.compile(
    rf"(?P<cur>¥|￥|RMB ?|CNY ?)?{_N}\s*(?P<scale>万亿|百万|千万|万|亿|千|[wWkK](?![A-Za-z]))\s*(?P<unit>元|块钱?)?"
    rf"(?!\s*(?:户|家|人|笔|亩|个))|{_N.replace('<n>', '<m>')}\s*(?:元|块钱)"
)
_EN_MONEY = re.compile(
    rf"(?P<cur>RMB ?|CNY ?|¥ ?)?{_EN_N}\s*(?P<scale>thousand|million|billion|trillion|[km](?![a-z]))?\s*"
    r"(?P<unit>yuan|RMB|CNY)?(?!\s*(?:firms|households|businesses|people|visits|%|per|years?|months?|days?))",
    re.I,
)
_SHARE = re.compile(
    rf"百分之(?P<h>{_HAN}|{_DIGITS})"
    rf"|{_N}\s*(?P<unit>%|％|个?百分点|个?基点|[bB][pP]s?\b|个点|成(?![立本功员年都了]))"
)
_EN_SHARE = re.compile(
    rf"{_EN_N}[ -]?(?P<unit>%|percentage[- ]points?|percent|per cent|points?|basis points?|bps?\b)", re.I
)
_LENGTH = re.compile(
    rf"{_N}\s*(?P<unit>个月|年半|年(?!代|度|月|\d|底|末|初|前|内的|期(?!限))|周年|个?工作日|天|日(?!起|前|以|至|期))"
)
_EN_LENGTH = re.compile(
    rf"{_EN_N}[ -](?:consecutive |working |business |calendar )?(?P<unit>years?|months?|days?)\b", re.I
)
_COUNT = re.compile(rf"{_N}(?P<scale>万)?\s*(?:个)?(?P<unit>类|种|项|条|人|名|户|家|次)")
_EN_COUNT = re.compile(
    rf"{_EN_N}(?:\s+[a-z]+)?\s+(?P<unit>categories|kinds|sectors|fields|people|staff|employees|times|articles|measures"
    r"|banks|firms)\b",
    re.I,
)
_DATE = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?:-\d{2}(?:-\d{2})?(?!\d)|\s*年(?:底|末)|\s*年\d{1,2}月(?:\d{1,2}日|底)?|\s*年(?!第|期|内))"
)
_EN_DATE = re.compile(
    r"\b(?:the )?end of (?:(?:19|20)\d\d)\b|(?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September"
    r"|October|November|December)(?: \d{1,2},)? (?:19|20)\d\d\b|(?<![\d,〔])(?:19|20)\d\d(?![\d,〕])",
    re.I,
)
_MOST = re.compile(
    r"最高|最多|最长|不超过|不得超过|不高于|不大于|上限|封顶|以内|以下|之内|至多|顶多|只能|提高到"
    r"|up to|at most|no more than|maximum|cap|limit|ceiling|not exceed|longest|or less|within",
    re.I,
)
_LEAST = re.compile(
    r"至少|最低|最少|不低于|不少于|满|以上|达到|起码|at least|no less than|minimum|or more|not below|over", re.I
)
_FORMER = re.compile(
    r"(?:由|从|原为|原来|原定的?|过去|\bfrom|\bpreviously|\bformerly|\bearlier|\bwas)\s*(?:the )?$", re.I
)
_FORMER_AFTER = re.compile(r"^\s*(?:元|yuan)?\s*(?:提高|降|调整|增加|改为|下调|上调|\bto\b)|^[）)]", re.I)
_UNTIL = "until"
_UP_TO = re.compile(
    r"(?<![日月年\d])[到至]$|(?<!\d) (?:until|to|through) $", re.I
)  # "from the 1st to the 31st" is no end
_ROOM = {Language.ZH: (16, 6), Language.EN: (80, 16)}  # characters before and after a figure that bear on it
_STOP = {
    Language.ZH: re.compile(r"[，。；：！？;:!?（）()]|,(?!\d)"),
    Language.EN: re.compile(r"[;:!?()]|[,.](?!\d)"),
}


@lru_cache(maxsize=4096)
def quantities(text: str, language: Language) -> tuple[Quantity, ...]:
    """Every figure of a text in its order; each stretch of text is read as one thing only."""
    taken: list[tuple[int, int]] = []
    found: list[Quantity] = []
    for measure, start, end, value, noun in _readings(text, language):
        if any(start < e and s < end for s, e in taken):
            continue
        taken.append((start, end))
        first, last = _stretch(text, start, end, language)
        room_before, room_after = _ROOM[language]
        before, after = text[max(first, start - room_before) : start], text[end : min(last, end + room_after)]
        around = f"{before} {after}"
        bound = Bound.MOST if _MOST.search(around) else Bound.LEAST if _LEAST.search(around) else None
        former = bool(_FORMER.search(text[:start]) and _FORMER_AFTER.search(text[end:]))
        stretch = text[first:last]
        facets = facets_in(stretch, language)
        if measure is Measure.DATE and _UP_TO.search(text[:start]):
            facets |= {_UNTIL}
        said = text[start:end].strip()
        found.append(Quantity(measure, value, said, start, noun, bound, facets, former))
    return tuple(sorted(found, key=lambda quantity: quantity.start))


def _stretch(text: str, start: int, end: int, language: Language) -> tuple[int, int]:
    """Where the part of the sentence lies in which a figure stands, between stops."""
    stops = list(_STOP[language].finditer(text))
    first = max((stop.end() for stop in stops if stop.end() <= start), default=0)
    return first, min((stop.start() for stop in stops if stop.start() >= end), default=len(text))


def _readings(text: str, language: Language) -> Iterator[tuple[Measure, int, int, Decimal | str, str]]:
    """Readings, those that decide a stretch first: dates before lengths, shares before money."""
    zh = language is Language.ZH
    for match in (_DATE if zh else _EN_DATE).finditer(text):
        if (day := _date(match[0])) is not None:
            yield Measure.DATE, *match.span(), day, ""
    for match in (_SHARE if zh else _EN_SHARE).finditer(text):
        number = _number(match.groupdict().get("h") or match["n"])
        if number is not None:
            unit = (match["unit"] or "%").casefold()
            factor = Decimal("0.01") if "基点" in unit or "basis" in unit or unit.startswith("bp") else Decimal(1)
            yield Measure.SHARE, *match.span(), number * (10 if unit == "成" else factor), ""
    for match in (_LENGTH if zh else _EN_LENGTH).finditer(text):
        number = _number(match["n"])
        if number is None or (zh and "年" in match["unit"] and number > 100):
            continue
        unit = match["unit"].casefold()
        if "年" in unit or unit.startswith("year"):
            yield Measure.MONTHS, *match.span(), number * 12 + (6 if unit == "年半" else 0), ""
        else:
            yield (
                (Measure.MONTHS if "月" in unit or unit.startswith("month") else Measure.DAYS),
                *match.span(),
                number,
                "",
            )
    for match in (_COUNT if zh else _EN_COUNT).finditer(text):
        number = _number(match["n"])
        if number is not None:
            scale = _SCALES.get(match.groupdict().get("scale") or "", 1)
            yield Measure.COUNT, *match.span(), number * scale, _NOUNS[match["unit"].casefold()]
    yield from _money(text, zh)


def _money(text: str, zh: bool) -> Iterator[tuple[Measure, int, int, Decimal | str, str]]:
    for match in (_MONEY if zh else _EN_MONEY).finditer(text):
        if not zh and not (match["scale"] or match["unit"] or match["cur"]):
            continue
        number = _number(match["n"] or match.groupdict().get("m") or "")
        if number is not None:
            yield Measure.MONEY, *match.span(), number * _SCALES.get((match["scale"] or "").casefold(), 1), ""


def _number(text: str) -> Decimal | None:
    if text == "半":
        return Decimal("0.5")
    if text.casefold() in _ENGLISH:
        return Decimal(_ENGLISH[text.casefold()])
    if text[:1].isdigit():
        return Decimal(text.replace(",", ""))
    value = chinese_number(text.replace("两", "二"))
    return None if value is None else Decimal(value)


def _date(text: str) -> str | None:
    """YYYY, YYYY-MM or YYYY-MM-DD; the end of a year is its December."""
    year = re.search(r"(?:19|20)\d\d", text)
    if year is None:
        return None
    if re.search(r"年(?:底|末)|end of", text):
        return f"{year[0]}-12"
    exact = [day for day in dates(text) if not day.startswith("-")]
    return exact[0] if exact else year[0]
