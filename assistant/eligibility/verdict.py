"""Met, not met or unknown, and how several of them make one."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Verdict(str, Enum):
    """What a rule makes of a profile."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"

    def __str__(self) -> str:
        return self.value


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """One not met settles it; short of that, one unknown leaves it open. Of nothing at all: met."""
    seen = set(verdicts)
    return next((v for v in (Verdict.NOT_MET, Verdict.UNKNOWN) if v in seen), Verdict.MET)


def any_of(verdicts: Iterable[Verdict]) -> Verdict:
    """One met settles it; short of that, one unknown leaves it open. Of nothing at all: not met."""
    seen = set(verdicts)
    return next((v for v in (Verdict.MET, Verdict.UNKNOWN) if v in seen), Verdict.NOT_MET)


def decided(met: bool, not_met: bool) -> Verdict:
    """A verdict from what is certain: both False means that nothing is."""
    return Verdict.MET if met else Verdict.NOT_MET if not_met else Verdict.UNKNOWN
