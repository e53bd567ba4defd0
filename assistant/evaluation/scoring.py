"""A run scored: rows and summary, made from its answers without asking again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.evaluation.coverage import coverage
from assistant.evaluation.pairs import consistency
from assistant.evaluation.records import Told
from assistant.evaluation.run_folder import ROWS, SETTINGS, SUMMARY, as_json, as_lines, read_answers, read_json, write
from assistant.evaluation.score import Row, score
from assistant.evaluation.summary import summarise


def score_run(directory: Path) -> list[Row]:
    """Score a run's answers anew; rows.jsonl and summary.json are replaced."""
    told = read_answers(directory)
    settings = read_json(directory / SETTINGS)
    rows = [score(item) for item in told]
    write(directory / ROWS, as_lines(rows))
    write(directory / SUMMARY, as_json(summary_of(told, rows, int(settings.get("clauses_with_figures", 0)))))
    return rows


def summary_of(told: Sequence[Told], rows: Sequence[Row], clauses_with_figures: int) -> dict[str, Any]:
    """What summary.json holds."""
    return {
        "groups": summarise(rows),
        "both_languages": consistency(rows),
        "figures_covered": coverage(zip(told, rows, strict=True), clauses_with_figures),
    }
