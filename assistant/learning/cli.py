"""python -m assistant collected, python -m assistant collected cases"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from assistant.commands import explained
from assistant.errors import RecordsError
from assistant.learning.collected import Concern, Group

collected = typer.Typer(help="Questions to learn from, for staff.", invoke_without_command=True)
Since = Annotated[datetime | None, typer.Option("--since", formats=["%Y-%m-%d"], help="asked on this day or later")]
Topic = Annotated[str | None, typer.Option("--topic", help="part of a document's short title, or its id")]
Which = Annotated[Concern | None, typer.Option("--kind", help="why a question is looked at; default all")]
SAMPLES = 5  # groups shown of each topic
COLUMNS = ("kind", "topic", "document", "count", "question", "before", "wordings", "reasons", "outcome", "last",
           "receipt")  # fmt: skip


@collected.callback()
def collect(
    context: typer.Context,
    since: Since = None,
    topic: Topic = None,
    kind: Which = None,
    csv: Annotated[Path | None, typer.Option("--csv", metavar="F.csv", help="write a table for spreadsheets")] = None,
    jsonl: Annotated[Path | None, typer.Option("--jsonl", metavar="F.jsonl", help="write a line per group")] = None,
) -> None:
    """Questions rated useless, left unanswered, or answered without being sure: per topic, near-identical ones once."""
    from assistant.learning.collected import topics
    from assistant.learning.csv_file import csv_text

    with explained() as settings:
        context.obj = groups = _groups(settings.data_dir, since, topic, kind)
        if context.invoked_subcommand is not None:
            return
        rows = [_columns(group) for group in groups]
        if csv is not None:
            _write_whole(csv, csv_text(COLUMNS, rows))
        if jsonl is not None:
            lines = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
            _write_whole(jsonl, "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))
        for title, count in topics(groups):
            print(f"{count:>5}  {title}")
            for group in [group for group in groups if group.topic[1] == title][:SAMPLES]:
                reasons = f"  ({'; '.join(group.reasons)})" if group.reasons else ""
                print(f"       {len(group.entries):>3} {group.first.concern:<10} {group.first.question}{reasons}")
        print(f"{sum(len(group.entries) for group in groups)} questions in {len(groups)} groups.")


@collected.command()
def cases(
    context: typer.Context, out: Annotated[Path, typer.Option("--out", metavar="F.jsonl", help="drafts of cases")]
) -> None:
    """Draft evaluation cases from the questions collected; evaluate skips them until a person has confirmed them."""
    from assistant.learning.drafts import draft_lines

    with explained():
        drafts = draft_lines(context.obj)
        _write_whole(out, drafts)
        count = drafts.count("\n")
        print(f"{count} drafts in {out}: write the facts, check outcome and documents, remove the draft mark.")


def _groups(data_dir: Path, since: datetime | None, topic: str | None, kind: Concern | None) -> list[Group]:
    from assistant.learning.collected import entries, grouped, selected
    from assistant.records.seal import KEY_FILE, read_seal
    from assistant.records.store import RecordStore

    store = RecordStore(data_dir)
    store.take_over()
    seal = read_seal(data_dir) if (data_dir / KEY_FILE).exists() else None  # without one there are no receipts yet
    found = selected(entries(store, seal), since.astimezone() if since else None, topic, kind)
    return grouped(found)


def _columns(group: Group) -> tuple[object, ...]:
    first, (document, title) = group.first, group.topic
    return (
        str(first.concern), title, document, len(group.entries), first.question, " / ".join(first.context),
        " / ".join(group.wordings[1:]), " / ".join(group.reasons), first.outcome, first.time, first.receipt or "",
    )  # fmt: skip


def _write_whole(path: Path, text: str) -> None:
    """All of it or nothing."""
    beside = path.with_name(path.name + ".new")
    try:
        beside.write_text(text, encoding="utf-8", newline="")
        os.replace(beside, path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise RecordsError(f"{path} cannot be written ({error.strerror or error}).") from error
