"""The same question in Chinese and English must lead to the same clauses and figures.

Cases pair by id: p01-zh and p01-en.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.evaluation.score import Row
from assistant.evaluation.shown import leading, plain
from assistant.evaluation.statistics import mean
from index.figures import figures


def pairs(rows: Sequence[Row]) -> list[tuple[Row, Row]]:
    """Rows in Chinese with their partners in English."""
    by_id = {row.id: row for row in rows}
    halves = [(row, by_id.get(f"{row.id[:-3]}-en")) for row in rows if row.id.endswith("-zh")]
    return [(zh, en) for zh, en in halves if en is not None]


def consistency(rows: Sequence[Row]) -> dict[str, Any]:
    """How far both languages agree on leading clauses, leading figures and outcome, and each pair that differs."""
    told = [_compared(zh, en) for zh, en in pairs(rows)]
    return {
        "pairs": len(told),
        **{key: mean(float(item[key]) for item in told).to_json() for key in ("clauses", "figures", "outcome")},
        "differing": [item for item in told if not (item["clauses"] and item["figures"] and item["outcome"])],
    }


def _compared(zh: Row, en: Row) -> dict[str, Any]:
    clauses = [sorted(set(row.leading)) for row in (zh, en)]
    stated = [sorted(figures(plain(leading(row.text)))) for row in (zh, en)]
    return {
        "ids": [zh.id, en.id], "clauses": clauses[0] == clauses[1], "figures": stated[0] == stated[1],
        "outcome": zh.got == en.got, "leading": clauses, "stated": stated,
    }  # fmt: skip
