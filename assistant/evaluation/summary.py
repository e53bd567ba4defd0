"""From rows to the summary of a run: every measure over every group of cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from assistant.evaluation.score import Row
from assistant.evaluation.statistics import Mean, mean, percentile

MEASURES = {  # in the order they are told; True: the higher the better
    "right": True, "facts": True, "document_cited": True, "clause_cited": True, "document_precision": True,
    "leading_documents": True, "leading_clauses": True, "direct": True, "outcome": True, "abstention_precision": True,
    "abstention_recall": True, "false_refusal": False, "forbidden": False, "unsupported": False,
}  # fmt: skip
ALL = ("all", "all")
GROUPINGS = ("file", "topic", "audience", "language", "kind", "expected", "turn")


def groups_of(row: Row) -> Iterator[tuple[str, str]]:
    """The groups a case counts in, as (grouping, name)."""
    yield ALL
    for grouping in GROUPINGS:
        yield grouping, ("follow-up" if row.follow_up else "first") if grouping == "turn" else getattr(row, grouping)


def grouped(rows: Sequence[Row]) -> dict[tuple[str, str], list[Row]]:
    """The rows of every group, all of them first."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        for group in groups_of(row):
            groups.setdefault(group, []).append(row)
    return groups


def measure(rows: Sequence[Row], name: str) -> Mean:
    """One measure over some rows."""
    return mean(row.measures[name] for row in rows)


def summarise(rows: Sequence[Row]) -> dict[str, Any]:
    """Means and latencies by grouping and name."""
    told: dict[str, Any] = {}
    for (grouping, name), members in grouped(rows).items():
        means = {key: measure(members, key) for key in MEASURES}
        taken = [row.milliseconds for row in members]
        told.setdefault(grouping, {})[name] = {
            "cases": len(members),
            "measures": {key: found.to_json() for key, found in means.items() if found.n},
            "milliseconds": {"p50": _short(percentile(taken, 0.5)), "p95": _short(percentile(taken, 0.95))},
        }
    return told


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def lines(summary: dict[str, Any], groupings: Sequence[str] = ("all", "file", "language", "audience")) -> Iterator[str]:
    """The summary as people read it on a terminal."""
    for grouping in groupings:
        for name, told in sorted(summary.get(grouping, {}).items()):
            yield f"{'all cases' if grouping == 'all' else f'{grouping} {name}'} ({told['cases']})"
            for key, found in told["measures"].items():
                yield f"  {key:21} {found['mean']:.3f}  [{found['low']:.3f}, {found['high']:.3f}]  n={found['n']}"
            taken = told["milliseconds"]
            yield f"  {'milliseconds':21} p50 {taken['p50']}  p95 {taken['p95']}"
