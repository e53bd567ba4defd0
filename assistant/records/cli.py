"""python -m assistant receipts show | verify | replay | prune"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Annotated, Any

import typer

from assistant.commands import explained
from assistant.errors import RecordsError
from index.console import console, progress_bar

receipts = typer.Typer(help="Records of answers: show, check, answer again, delete.", no_args_is_help=True)
Number = Annotated[str, typer.Argument(metavar="ID", help="the receipt number that came with the answer")]


@receipts.command()
def show(
    receipt: Number, as_json: Annotated[bool, typer.Option("--json", help="the whole record, as it is stored")] = False
) -> None:
    """Show one receipt: question, answer, clauses."""
    from assistant.records.seal import read_seal
    from assistant.records.store import RecordStore
    from assistant.records.verify import check

    with explained() as settings:
        row = _row(RecordStore(settings.data_dir), receipt)
        checked = check(row, read_seal(settings.data_dir))
        if not checked.untouched:
            console.print(_tampered(row.id, checked.changed), markup=False)
        if as_json or not checked.untouched:
            print(row.record)
        else:
            _print_record(checked.record)
        if not checked.untouched:
            raise typer.Exit(1)


@receipts.command()
def verify(
    receipt: Annotated[str | None, typer.Argument(metavar="[ID]", help="one receipt; without it, all")] = None,
) -> None:
    """Check receipts against their seals and the clauses' digests; leaves with 1 when one was changed."""
    from assistant.records.seal import read_seal
    from assistant.records.store import RecordStore
    from assistant.records.verify import check

    with explained() as settings:
        store = RecordStore(settings.data_dir)
        rows = store.receipts() if receipt is None else iter([_row(store, receipt)])
        counted, changed, seal = 0, 0, None
        for row in rows:
            seal = seal or read_seal(settings.data_dir)
            counted += 1
            checked = check(row, seal)
            if not checked.untouched:
                changed += 1
                print(_tampered(row.id, checked.changed))
        print(f"{counted} receipts checked, {changed} changed since they were written.")
        if changed:
            raise typer.Exit(1)


@receipts.command()
def replay(receipt: Number) -> None:
    """Answer the question again on its day and compare; leaves with 1 when the answer is not the same."""
    from assistant.records.replay import replay as answer_again
    from assistant.records.seal import read_seal
    from assistant.records.store import RecordStore
    from assistant.records.telling import replay_lines
    from assistant.records.verify import check
    from assistant.wiring import open_complete

    with explained() as settings:
        row = _row(RecordStore(settings.data_dir), receipt)
        checked = check(row, read_seal(settings.data_dir))
        if not checked.untouched:
            raise RecordsError(_tampered(row.id, checked.changed) + " It is not answered again.")
        with progress_bar() as progress:
            assistant = open_complete(settings, progress)
        try:
            found = answer_again(checked.record, assistant.serving)
        finally:
            assistant.close()
        for line in replay_lines(found):
            print(line)
        if not found.identical:
            raise typer.Exit(1)


@receipts.command()
def prune(
    before: Annotated[
        datetime | None, typer.Option("--before", formats=["%Y-%m-%d"], help="delete what is older than this day")
    ] = None,
    days: Annotated[int | None, typer.Option("--days", min=0, help="delete what is older than so many days")] = None,
    feedback: Annotated[bool, typer.Option("--feedback", help="delete ratings of that age too")] = False,
) -> None:
    """Delete old receipts for good."""
    from assistant.records.store import RecordStore

    with explained() as settings:
        if (before is None) == (days is None):
            raise RecordsError("Give one of --before YYYY-MM-DD and --days N, so that it is clear what to delete.")
        moment = before.astimezone() if before is not None else datetime.now(timezone.utc) - timedelta(days=days or 0)
        gone = RecordStore(settings.data_dir).prune(moment, feedback=feedback)
        print(f"{gone} receipts deleted.")


def _row(store: Any, receipt: str) -> Any:
    row = store.find(receipt)
    if row is None:
        raise RecordsError(f"There is no receipt {receipt!r}. Receipts are deleted when they are too old.")
    return row


def _tampered(receipt: str, parts: tuple[str, ...]) -> str:
    return f"Receipt {receipt} was changed after it was written, in: {', '.join(parts)}."


def _print_record(record: dict[str, Any]) -> None:
    asked, answer = record["question"], record["answer"]
    for turn in asked["context"]:
        print(f"(before) {turn}")
    print(f"{asked['text']}\n\n{answer['text']}\n")
    for citation in answer["citations"]:
        number = citation["document_number"] or ""
        print(f"[{citation['n']}] {citation['title']} {number} {citation['clause']}\n    {citation['quote']}")
    print(
        f"\nreceipt {record['receipt']}  given {record['time']} ({record['surface']})  as of {asked['as_of']}  "
        f"outcome {answer['outcome']}\ncorpus {record['corpus']['digest'][:12]}  "
        f"program {record['versions']['assistant']} {record['versions']['code'][:12]}\nuntouched"
    )
