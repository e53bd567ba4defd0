"""Two runs side by side: what got better, what got worse, and whether the difference is more than chance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.evaluation.score import Row
from assistant.evaluation.statistics import Mean, mean
from assistant.evaluation.summary import MEASURES

# What is cited further down changes all the time and says little of a case; its mean is compared all the same.
_INCIDENTAL = "document_precision"


@dataclass(frozen=True, slots=True)
class Change:
    """A case that one run got better than the other, and by which measures (before, after)."""

    before: Row
    after: Row
    measures: dict[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the second run changed. Differences are after − before, case by case (paired bootstrap)."""

    common: int
    only_before: list[str]
    only_after: list[str]
    differences: dict[str, Mean]
    better: list[Change] = field(default_factory=list)
    worse: list[Change] = field(default_factory=list)
    mixed: list[Change] = field(default_factory=list)  # better by one measure, worse by another


def compare(before: Sequence[Row], after: Sequence[Row]) -> Comparison:
    """Compare the cases that both runs asked, by id; a measure counts where it is defined in both."""
    old, new = ({row.id: row for row in rows} for rows in (before, after))
    both = [(old[id], new[id]) for id in new if id in old]
    differences = {name: mean(_difference(a.measures[name], b.measures[name]) for a, b in both) for name in MEASURES}
    result = Comparison(
        common=len(both),
        only_before=sorted(old.keys() - new.keys()),
        only_after=sorted(new.keys() - old.keys()),
        differences={name: found for name, found in differences.items() if found.n},
    )
    # Cases that became wrong or right come first.
    for a, b in sorted(both, key=lambda pair: pair[0].right == pair[1].right):
        changed = {
            name: (x, y)
            for name in MEASURES
            if name != _INCIDENTAL
            and (x := a.measures[name]) is not None
            and (y := b.measures[name]) is not None
            and x != y
        }
        ups = {(y > x) is MEASURES[name] for name, (x, y) in changed.items()}
        if ups:
            target = result.mixed if len(ups) == 2 else result.better if ups == {True} else result.worse
            target.append(Change(a, b, changed))
    return result


def _difference(before: float | None, after: float | None) -> float | None:
    return None if before is None or after is None else after - before


def lines(comparison: Comparison) -> Iterator[str]:
    """The comparison as people read it on a terminal."""
    yield f"{comparison.common} cases in both runs"
    for ids, which in ((comparison.only_before, "first"), (comparison.only_after, "second")):
        if ids:
            yield f"{len(ids)} only in the {which}: {', '.join(ids[:10])}{' …' if len(ids) > 10 else ''}"
    for name, found in comparison.differences.items():
        clear = "" if found.low is not None and found.low <= 0 <= (found.high or 0) else "  more than chance"
        yield f"  {name:21} {found.value:+.4f}  [{found.low:+.4f}, {found.high:+.4f}]  n={found.n}{clear}"
    for title, changes in (("worse", comparison.worse), ("mixed", comparison.mixed), ("better", comparison.better)):
        yield f"{title}: {len(changes)}"
        for change in changes:
            told = ", ".join(f"{name} {x:g} → {y:g}" for name, (x, y) in change.measures.items())
            yield f"  {change.after.id} {change.after.question}: {told}"
