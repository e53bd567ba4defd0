"""What a clause vouches for, and whether it vouches for a quantity."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from index.quantities import Bound, Quantity, Unit, contradicts
from index.references import numbers_of
from index.types import Passage

_COMPLEMENTS = {frozenset({Bound.BELOW, Bound.AT_LEAST}), frozenset({Bound.ABOVE, Bound.AT_MOST})}
_COUNTS = {Unit.PEOPLE, Unit.FIRMS, Unit.ITEMS, Unit.TIMES, Unit.AGE}


def vouched(passage: Passage) -> str:
    """Everything a clause vouches for: its text and the recorded facts of its document."""
    return "\n".join((passage.clause.text, passage.clause.heading, recorded(passage)))


def recorded(passage: Passage) -> str:
    """The recorded facts of a clause and its document in one line: title, number, issuers, reference, dates."""
    document, clause = passage.document, passage.clause
    periods = (document.period, clause.period)
    days = [
        *([document.issued.isoformat()] if document.issued else []),
        *(f"{period.effective}起" for period in periods if period.effective),
        *(f"{day}止" for period in periods for day in (period.expires, period.repealed) if day),
    ]
    numbers = [re.sub(r"\s+", "", number) for number in numbers_of(document)]
    return " ".join([f"《{document.title}》", *document.issuers, *numbers, clause.reference, *days])


def supported(said: Quantity, sources: Sequence[Quantity], exactly: bool) -> bool:
    """Whether a source gives the same amount on the same side.

    `exactly` False: what a limit excludes may be told too, 不到20人 where the clause says 20人及以上.
    """
    for source in sources:
        if source.amount != said.amount and not _same_day(said, source) and not _same_number(said, source):
            continue
        sides = frozenset({said.bound, source.bound})
        if not contradicts(said.bound, source.bound) or (not exactly and sides in _COMPLEMENTS):
            return True
    return False


def _same_number(said: Quantity, source: Quantity) -> bool:
    """Whether one of the two has no unit and the other counts people, firms, items or the like."""
    units = {said.unit, source.unit}
    return Unit.PLAIN in units and bool(units & _COUNTS) and said.value == source.value


def _same_day(said: Quantity, source: Quantity) -> bool:
    """Whether a date is part of a more precise one: 2026年 of 2026年1月19日, 1月19日 of the same."""
    if said.unit is not Unit.DATE or source.unit is not Unit.DATE:
        return False
    return source.value.startswith(f"{said.value}-") or (
        said.value.startswith("--") and source.value.endswith(said.value.removeprefix("-"))
    )


def named(items: Iterable[Quantity]) -> list[str]:
    """Quantities in words, for objections."""
    return sorted({" ".join(filter(None, (item.bound, item.value, item.unit))) for item in items})
