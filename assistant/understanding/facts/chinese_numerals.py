"""Chinese numerals, written or spoken: 两百三十, 3千5, 十几万, 一百来, 七八."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from assistant.profile import Range
from assistant.understanding.facts.scales import SCALES, scale, vague
from index.numerals import HAN_DIGITS, HAN_UNITS, han_number

DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_HAN = r"[零〇一二两俩仨三四五六七八九十百千]+(?:点[零一二三四五六七八九]+(?![十百千]))?"
_SMALL = rf"(?:{DIGITS}(?:千\d百?|百\d|[千百])?|{_HAN})"
_TAIL = (
    r"(?:(?!一[共样起直般些下定边部])[1-9一二两三四五六七八九](?!\d|[.,]\d|[万亿wWkK十百千个人名位号年月岁天%％级多几来\-到至~])"
    r"|[1-9一二两三四五六七八九]千(?:[1-9一二三四五六七八九]百?)?|零?[一二三四五六七八九]百(?:[一二三四五六七八九]十)?|\d{4}(?!\d))"
)
LATIN_SCALE = r"[wWkK](?![A-Za-z])"
NUMBER = re.compile(
    rf"(?P<few>好几|几|数|上|成)(?P<base>[十百千])(?P<fewvague>[多来]?)个?(?P<fewscale>[万亿]?)"
    rf"|(?P<upper>上|成)(?P<upperscale>[万亿])"
    rf"|(?P<parts>(?:(?:{_SMALL}|半)(?:[多来几余把]?个?|个[多来几])\s?(?:万|亿|{LATIN_SCALE}))+)(?P<tail>{_TAIL})?(?P<partvague>[多来余]?)"
    rf"|(?P<plain>{_SMALL})(?P<vague>[多来几余把]?)"
)
_PART = re.compile(rf"(?P<small>{_SMALL}|半)个?(?P<vague>[多来几余把]?)个?\s?(?P<scale>万|亿|[wWkK])")
_NEIGHBOURS = re.compile(
    r"(?<![零〇一二两三四五六七八九])([一二两三四五六七八])([二两三四五六七八九])(?![零〇一二两三四五六七八九])"
)


def _small(text: str) -> Decimal:
    """A figure below 万: 3千5 → 3500, 12.5, 两百三十, 半."""
    if text == "半":
        return Decimal("0.5")
    if not text[0].isdigit():
        return han_number(text)
    found = re.fullmatch(rf"({DIGITS})(?:([千百])(\d?)百?)?", text)
    assert found is not None
    number = Decimal(found[1].replace(",", ""))
    if found[2]:
        unit = HAN_UNITS[found[2]]
        return number * unit + Decimal(found[3] or 0) * unit / 10
    return number


def _small_range(text: str, how: str) -> Range:
    """A figure below 万 that may be two neighbours: 七八 → 7 to 8, 二三十 → 20 to 30."""
    if text == "百八十":
        return Range(Decimal(80), Decimal(100))  # a hundred or eighty
    if how == "几" and text.endswith("零"):
        return Range(han_number(text), han_number(text) + 9, low_open=True)  # 一百零几
    pair = None if text[0].isdigit() else _NEIGHBOURS.search(text)
    if pair and (HAN_DIGITS[pair[2]] == HAN_DIGITS[pair[1]] + 1 or pair[0] == "三五"):
        low, high = (han_number(text[: pair.start()] + pair[n] + text[pair.end() :]) for n in (1, 2))
        return Range(low, high)
    return vague(_small(text), how)


def read(found: re.Match[str]) -> tuple[Range, bool]:
    """The value of a match, and whether a scale was said."""
    if found["upper"]:
        return Range(Decimal(SCALES[found["upperscale"]])), True
    if found["few"]:
        unit = Decimal(HAN_UNITS[found["base"]])
        value = Range(unit) if found["few"] in ("上", "成") else Range(2 * unit, 10 * unit, high_open=True)
        return scale(value, SCALES.get(found["fewscale"], 1)), bool(found["fewscale"])
    if found["plain"]:
        return _small_range(found["plain"], found["vague"]), False
    parts = list(_PART.finditer(found["parts"]))
    total, last = Decimal(0), Range.of(0)
    for part in parts:
        by = SCALES[part["scale"].lower()]
        last = scale(_small_range(part["small"], part["vague"]), by)
        total += last.low if part is not parts[-1] and last.low is not None else 0
    if tail := found["tail"]:
        by = SCALES[parts[-1]["scale"].lower()]
        number = _small(tail)
        total += number * by / 10 if len(tail) == 1 else number
    how = found["partvague"]
    if how and last.exact is not None:
        last = vague(last.exact + total, how)
        return last, True
    low = None if last.low is None else last.low + total
    high = None if last.high is None else last.high + total
    return replace(last, low=low, high=high), True
