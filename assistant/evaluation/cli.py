"""python -m assistant evaluate [run] | generate | score | compare | report | gates"""

from __future__ import annotations

from datetime import date, datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from assistant.commands import Day, explained
from index.console import console, progress_bar
from index.settings import IndexSettings

if TYPE_CHECKING:
    from assistant.evaluation.score import Row


class RunByDefault(TyperGroup):
    """`evaluate CASES…` is short for `evaluate run CASES…`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the default command in where none is named."""
        if not args or (args[0] not in self.commands and args[0] not in ("--help", "-h")):
            args = ["run", *args]
        told: list[str] = super().parse_args(ctx, args)
        return told


app = typer.Typer(
    cls=RunByDefault,
    help="Score the project's own cases. Without a command: ask, score and leave with 1 below the gates. "
    "Options: --out RUN_DIR (run, generate), --against RUN_DIR (report), --as-of DAY (run, generate).",
)
Cases = Annotated[
    list[Path] | None, typer.Argument(metavar="[CASES.jsonl…]", help="default: all case files of the project")
]
Run = Annotated[Path, typer.Argument(metavar="RUN_DIR")]
Out = Annotated[
    Path | None, typer.Option("--out", metavar="RUN_DIR", help="default: a new folder under SME_DATA_DIR/runs")
]


@app.command()
def run(cases: Cases = None, out: Out = None, as_of: Day = None) -> None:
    """Generate, score, and hold the scores against the gates; leaves with 1 below them."""
    with explained() as settings:
        directory = _generated(settings, cases, out, as_of)
        rows = _scored(directory)
        _through_gates(rows)


@app.command()
def generate(cases: Cases = None, out: Out = None, as_of: Day = None) -> None:
    """Ask every case and keep the answers in a new run folder."""
    with explained() as settings:
        _generated(settings, cases, out, as_of)


@app.command()
def score(directory: Run) -> None:
    """Score a run's answers anew, without asking."""
    with explained():
        _scored(directory)


@app.command()
def gates(
    directory: Run,
    tighten: Annotated[bool, typer.Option("--tighten", help="set passed limits on groups to what was reached")] = False,
) -> None:
    """What a scored run brings to each gate; leaves with 1 below them."""
    from assistant.evaluation.gates import FILE, pass_through, read_gates, tightened
    from assistant.evaluation.run_folder import read_rows, write

    with explained():
        rows = read_rows(directory)
        if tighten:
            write(FILE, tightened(FILE.read_text(encoding="utf-8"), pass_through(rows, read_gates())))
        _through_gates(rows, all_of_them=True)


@app.command()
def compare(before: Run, after: Run) -> None:
    """What got better and what got worse between two scored runs, case by case."""
    from assistant.evaluation.compare import compare as compared
    from assistant.evaluation.compare import lines
    from assistant.evaluation.run_folder import read_rows

    with explained():
        for line in lines(compared(read_rows(before), read_rows(after))):
            print(line)


@app.command()
def report(
    directory: Run,
    against: Annotated[Path | None, typer.Option(metavar="RUN_DIR", help="an earlier run to compare with")] = None,
) -> None:
    """Write a scored run as one page of HTML, report.html in its folder."""
    from assistant.evaluation.report import write_report

    with explained():
        console.print(str(write_report(directory, against)), soft_wrap=True)


def _generated(settings: IndexSettings, cases: list[Path] | None, out: Path | None, as_of: datetime | None) -> Path:
    from assistant.errors import BatchError
    from assistant.evaluation.cases import SHIPPED, read_files, shipped_files, without_drafts
    from assistant.evaluation.generate import ask_all, write_run
    from assistant.evaluation.run_folder import require_absent
    from assistant.wiring import open_complete

    paths = cases or shipped_files()
    if not paths:
        raise BatchError(f"There are no case files in {SHIPPED}. Name some: python -m assistant evaluate CASES.jsonl")
    files, drafts = without_drafts(read_files(paths))
    if drafts:
        console.print(f"{drafts} drafts were skipped: complete them and take out their draft mark.", soft_wrap=True)
    directory = out or settings.data_dir / "runs" / f"{datetime.now(timezone.utc):%Y%m%dT%H%M%S%f}"
    require_absent(directory)
    today = as_of.date() if as_of else date.today()
    with progress_bar() as progress:
        assistant = open_complete(settings, progress)
        try:
            told = ask_all(assistant, files, today, progress)
            write_run(assistant, told, paths, today, directory)
        finally:
            assistant.close()
    console.print(f"{len(told)} answers in {directory}", soft_wrap=True)
    return directory


def _scored(directory: Path) -> list[Row]:
    from assistant.evaluation.run_folder import SUMMARY, read_json
    from assistant.evaluation.scoring import score_run
    from assistant.evaluation.summary import lines

    rows = score_run(directory)
    summary = read_json(directory / SUMMARY)
    for line in lines(summary["groups"]):
        print(line)
    both, covered = summary["both_languages"], summary["figures_covered"]
    if both["pairs"]:
        told = ", ".join(f"same {key} {both[key]['mean']:.3f}" for key in ("clauses", "figures", "outcome"))
        print(f"{both['pairs']} questions in both languages: {told}")
    print(f"clauses with figures that a case would notice a change of: {covered['clauses']} of {covered['of']}")
    return rows


def _through_gates(rows: list[Row], all_of_them: bool = False) -> None:
    from assistant.evaluation.gates import pass_through, read_gates

    passages = pass_through(rows, read_gates())
    missed = [passage for passage in passages if passage.missed]
    if all_of_them:
        for passage in passages:
            print(f"{'MISSED' if passage.missed else 'passed'}  {passage}")
    if missed:
        console.print("Below the gates: " + "; ".join(map(str, missed)), soft_wrap=True)
        raise typer.Exit(1)
