"""Progress for people: a bar on a terminal, a line per step elsewhere. Always on standard error, apart from results."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from index.snapshot import Progress as Report

console = Console(stderr=True, highlight=False)


@contextmanager
def progress_bar() -> Iterator[Report]:
    """A function to report (what is being done, share done) to."""
    if not console.is_terminal:
        yield _plain()
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def report(what: str, share: float) -> None:
            if what not in tasks:
                for task in tasks.values():
                    bar.update(task, completed=1.0)
                tasks[what] = bar.add_task(what, total=1.0)
            bar.update(tasks[what], completed=share)

        yield report


def _plain() -> Report:
    said: dict[str, int] = {}

    def report(what: str, share: float) -> None:
        quarter = int(share * 4)  # a line for each is enough for a log
        if said.get(what, -1) < quarter:
            said[what] = quarter
            console.print(f"{what}: {share:.0%}")

    return report
