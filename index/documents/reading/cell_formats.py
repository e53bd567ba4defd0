"""Values of spreadsheet cells as they are shown: percentages, dates, thousands, units."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

_QUOTED = re.compile(r'"([^"]*)"|\\(.)|_.|\*.')
_BRACKETS = re.compile(r"\[[^\]]*\]")
_NUMBER = re.compile(r"[#0?][#0?,]*(?:\.[#0?]+)?")


def shown(cell: Any) -> str:
    """The text of a cell (of openpyxl, values only)."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (datetime, date, time, timedelta)):
        return _moment(value, cell.number_format or "")
    if isinstance(value, (int, float)):
        return _number(value, cell.number_format or "General")
    return " ".join(str(value).split())


def _number(value: float, written: str) -> str:
    sections = _BRACKETS.sub("", written).split(";")
    form = sections[1] if value < 0 and len(sections) > 1 and sections[1] else sections[0]
    negative_form = value < 0 and form is not sections[0]
    literal = _QUOTED.sub(lambda found: found[1] or found[2] or "", form)
    bare = _QUOTED.sub("", form)
    place = _NUMBER.search(bare)
    if place is None or "General" in form or "E" in bare or "/" in bare:
        return _general(value)
    pattern = place[0]
    amount = Decimal(repr(value))
    if "%" in bare:
        amount *= 100
    scale = len(pattern) - len(pattern.rstrip(",")) if pattern.endswith(",") else 0
    amount /= Decimal(1000) ** scale
    decimals = len(pattern.split(".")[1]) if "." in pattern else 0
    needed = pattern.split(".")[1].count("0") if "." in pattern else 0
    rounded = abs(amount).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{rounded:,f}" if "," in pattern.split(".")[0].rstrip(",") else f"{rounded:f}"
    if decimals > needed and "." in text:
        whole, part = text.split(".")
        part = part[:needed] + part[needed:].rstrip("0")
        text = f"{whole}.{part}" if part else whole
    text = text.rjust(pattern.split(".")[0].count("0"), "0")
    before, after = _around(literal)
    sign = "-" if value < 0 and rounded and not negative_form else ""
    return f"{sign}{before}{text}{after}".strip()


def _around(literal: str) -> tuple[str, str]:
    place = _NUMBER.search(literal)
    if place is None:
        return "", ""
    return literal[: place.start()], literal[place.end() :]


def _general(value: float) -> str:
    """Eleven figures at most, as spreadsheets have it."""
    if isinstance(value, int) or value == int(value):
        return str(int(value))
    return f"{Decimal(f'{value:.11g}').normalize():f}"


def _moment(value: datetime | date | time | timedelta, written: str) -> str:
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
    if isinstance(value, time):
        return value.strftime("%H:%M")
    form = _BRACKETS.sub("", written.split(";")[0])
    timed = isinstance(value, datetime) and bool(re.search(r"[hH]", form))
    clock = value.strftime(" %H:%M") if timed else ""
    if "年" in form:
        text = f"{value.year}年{value.month}月" + (f"{value.day}日" if "d" in form.lower() or "日" in form else "")
    elif "d" not in form.lower() and "y" in form.lower():
        text = f"{value.year}-{value.month:02d}"
    else:
        mark = "/" if "/" in form and not form.lower().startswith(("m", "d")) else "-"
        text = f"{value.year}{mark}{value.month:02d}{mark}{value.day:02d}"
    return text + clock
