"""Means with the number of cases they rest on and how far chance may have moved them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

SEED = 20261123
RESAMPLES = 2000


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean over n cases, and the interval that 95 % of bootstrap resamples lie in; undefined over no case."""

    value: float | None
    n: int
    low: float | None = None
    high: float | None = None

    def to_json(self) -> dict[str, Any]:
        """As summaries carry it."""
        return {"mean": _short(self.value), "n": self.n, "low": _short(self.low), "high": _short(self.high)}


def mean(values: Iterable[float | None]) -> Mean:
    """The mean of the values that are defined.

    Percentile bootstrap (Efron 1979), seeded, so that the same values always give the same interval. Values recur, so
    a resample is drawn as counts of the distinct ones: the same distribution, and quick for thousands of cases.
    """
    defined = np.array([value for value in values if value is not None], dtype=np.float64)
    if not len(defined):
        return Mean(None, 0)
    distinct, counts = np.unique(defined, return_counts=True)
    drawn = np.random.default_rng(SEED).multinomial(len(defined), counts / len(defined), size=RESAMPLES)
    low, high = np.percentile(drawn @ distinct / len(defined), [2.5, 97.5])
    return Mean(float(defined.mean()), len(defined), float(low), float(high))


def percentile(values: Sequence[float], share: float) -> float | None:
    """The value below which this share in [0, 1] of the values lies; None for none."""
    return float(np.quantile(values, share)) if values else None


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
