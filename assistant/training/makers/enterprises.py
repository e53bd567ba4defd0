"""Enterprises that drills speak of: made up, plausible, and without anything of a person."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.eligibility.rules import Industry, Words
from assistant.eligibility.size import CLASSES
from assistant.texts import load_model

_FILE = Path(__file__).with_name("enterprises.yaml")
_SPREAD = 3  # how many times its lower limit a figure is at most


class Firm(BaseModel):
    """What an enterprise does; industry, section, fields and forms are choices of corpus/rules/facts.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    industry: str
    section: str
    fields: tuple[str, ...]
    forms: tuple[str, ...] = Field(min_length=1)
    name: Words
    scale: Literal["small", "large"] | None = None

    def found(self, size_class: str) -> bool:
        """Whether there are such enterprises of this size class."""
        return self.scale is None or (self.scale == "small") is (size_class in ("micro", "small"))


class Enterprises(BaseModel):
    """Firms, places, and what other facts may plausibly come to."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    firms: tuple[Firm, ...]
    places: tuple[str, ...]
    numbers: dict[str, tuple[Decimal, ...]]
    choices: dict[str, tuple[str, ...]]
    several: dict[str, tuple[str, ...]]
    in_time: tuple[str, ...]
    in_revenue: tuple[str, ...]
    technical: tuple[str, ...]
    technical_qualifications: tuple[str, ...]
    rare: tuple[str, ...]
    grown_qualifications: tuple[str, ...]
    grown_from: int
    per_head: dict[str, Decimal]
    per_revenue: dict[str, Decimal]
    farmed: tuple[str, ...]
    persons: tuple[str, ...]
    vague: tuple[str, ...]
    strangers: dict[str, tuple[str, ...]]


@cache
def enterprises() -> Enterprises:
    """Everything in enterprises.yaml; raises TextsError naming the file."""
    return load_model(_FILE, Enterprises)


def firms_in(industry: str, size_class: str) -> list[Firm]:
    """The firms of an industry of the size standard that may be of a size class."""
    firms = [firm for firm in enterprises().firms if firm.industry == industry and firm.id != "platform"]
    return [firm for firm in firms if firm.found(size_class)]


def limits_of(test: Industry, size_class: str) -> dict[str, Decimal]:
    """The lower limits of a class; micro has none."""
    sizes = {"small": test.small, "medium": test.medium, "large": test.large}
    return dict(sizes[size_class].limits) if size_class in sizes else {}


def figures_within(test: Industry, size_class: str, random: Random) -> dict[str, Decimal]:
    """Figures of a class, each within its own limits: well above the lower one and below the next."""
    lower, upper = limits_of(test, size_class), limits_of(test, above(size_class))
    found: dict[str, Decimal] = {}
    for metric in test.metrics:
        low = lower.get(metric)
        high = upper.get(metric)
        if low is None:
            low = high / 5 if high else Decimal(1)
        most = min(high, low * _SPREAD) if high is not None else low * _SPREAD
        value = round_figure(low + (most - low) * Decimal(random.choice(("0.15", "0.3", "0.45", "0.6"))))
        found[metric] = max(value, low, Decimal(1)) if high is None or value < high else low
    return found


def above(size_class: str) -> str:
    """The next class up; of large itself, nothing that has limits."""
    place = CLASSES.index(size_class) + 1
    return CLASSES[place] if place < len(CLASSES) else ""


def round_figure(value: Decimal) -> Decimal:
    """Two leading digits, as people name their figures; whole numbers."""
    if value < 100:
        return value.quantize(Decimal(1), ROUND_FLOOR)
    step = Decimal(10) ** (value.adjusted() - 1)
    return (value / step).quantize(Decimal(1), ROUND_FLOOR) * step
