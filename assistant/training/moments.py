"""Moments as people in China read them: by the one time of the country."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))  # one zone for the whole country, without summer time


def shown(at: datetime) -> str:
    """Day and time to the minute."""
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}"


def day_of(at: datetime) -> date:
    """The day at a moment, which must know its zone."""
    return at.astimezone(CHINA).date()
