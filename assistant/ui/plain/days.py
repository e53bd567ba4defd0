"""Days as addresses write them."""

from __future__ import annotations

import re
from datetime import date

YEARS = (1990, 2100)  # that policies may be of
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def day_of(text: str) -> date | None:
    """A day written year-month-day; None for anything else, and for years out of reach."""
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None
    return day if day is not None and YEARS[0] <= day.year <= YEARS[1] else None
