"""python -m assistant ask | batch | evaluate | rules | receipts | collected | accounts | drills"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.accounts.cli import accounts
from assistant.commands import Day, explained
from assistant.errors import BatchError, RulesError
from assistant.evaluation.cli import app as evaluation
from assistant.learning.cli import collected
from assistant.records.cli import receipts
from assistant.texts import record_texts
from assistant.training.cli import drills
from assistant.types import Question
from index.console import console, progress_bar
from index.settings import IndexSettings
from index.types import Language

if TYPE_CHECKING:
    from assistant.serving import Serving

app = typer.Typer(help="Ask about financing policy for small businesses.", no_args_is_help=True, add_completion=False)
app.add_typer(evaluation, name="evaluate")
app.add_typer(receipts, name="receipts")
app.add_typer(collected, name="collected")
app.add_typer(accounts, name="accounts")


@contextmanager
def _serving(settings: IndexSettings) -> Iterator[Serving]:
    """What drills are made of, opened as answers are."""
    from assistant.wiring import open_complete

    with progress_bar() as progress:
        assistant = open_complete(settings, progress)
    try:
        yield assistant.serving
    finally:
        assistant.close()


app.add_typer(drills(_serving), name="drills")


class BatchLine(BaseModel):
    """One line of a batch: a question, and the user's earlier turns."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str | int
    question: str
    context: list[str] = []
    language: Language | None = None
    as_of: date | None = None


@app.command()
def ask(
    question: str,
    as_json: Annotated[bool, typer.Option("--json", help="the whole answer record")] = False,
    as_of: Day = None,
    context: Annotated[list[str] | None, typer.Option(help="an earlier turn of the user; may be repeated")] = None,
) -> None:
    """Answer one question, and keep a receipt of the answer."""
    from assistant.records.recorder import Recorder, Surface, open_records
    from assistant.records.settings import RecordSettings
    from assistant.wiring import open_complete

    with explained() as settings:
        keeping = RecordSettings.from_environment()
        with progress_bar() as progress:
            assistant = open_complete(settings, progress)
        try:
            day = as_of.date() if as_of else date.today()
            store = open_records(settings.data_dir, keeping)
            recorder = Recorder(lambda: assistant.serving, store, keeping, Surface.ASK)
            kept = recorder.answer(Question(question, day, tuple(context or ())))
            store.close()
        finally:
            assistant.close()
    answer, say = kept.answer, record_texts(kept.answer.language)
    if kept.problem is not None:
        console.print(kept.problem, markup=False)
    if as_json:
        if kept.receipt is not None:  # apart from the record, which stands on standard output alone
            console.print(say("number", receipt=kept.receipt), markup=False)
        print(json.dumps(answer.to_json(), ensure_ascii=False, indent=2))
        return
    print(answer.text)
    for citation in answer.citations:
        print(
            f"\n[{citation.n}] {citation.title} {citation.document_number or ''} {citation.clause}｜{citation.heading}"
        )
    if kept.receipt is not None:
        print("\n" + say("number", receipt=kept.receipt))


@app.command()
def batch(
    source: Annotated[
        Path, typer.Argument(metavar="IN.jsonl", help="lines of {id, question, context: [earlier turns]}")
    ],
    out: Annotated[Path, typer.Option("--out", metavar="OUT.jsonl")],
    as_of: Day = None,
    with_receipts: Annotated[bool, typer.Option("--receipts", help="keep a receipt of each answer")] = False,
) -> None:
    """Answer every line of a file, in its order; the output appears complete or not at all."""
    from assistant.records.recorder import Kept, Recorder, Surface, open_records
    from assistant.records.settings import RecordSettings
    from assistant.wiring import open_complete

    with explained() as settings:
        keeping = RecordSettings.from_environment()
        lines = _batch_lines(source)
        with progress_bar() as progress:
            assistant = open_complete(settings, progress)
        beside = out.with_name(out.name + ".new")
        store = open_records(settings.data_dir, keeping) if with_receipts else None
        recorder = Recorder(lambda: assistant.serving, store, keeping, Surface.BATCH) if store else None
        try:
            with beside.open("w", encoding="utf-8") as file:
                for line in lines:
                    day = line.as_of or (as_of.date() if as_of else date.today())
                    question = Question(line.question, day, tuple(line.context), None, line.language)
                    kept = recorder.answer(question) if recorder else Kept(assistant.answer(question))
                    told = kept.answer.to_json() | {"id": line.id} | ({"receipt": kept.receipt} if recorder else {})
                    file.write(json.dumps(told, ensure_ascii=False) + "\n")
            os.replace(beside, out)
        except OSError as error:
            raise BatchError(f"{out} cannot be written ({error.strerror or error}).") from error
        finally:
            beside.unlink(missing_ok=True)
            if store is not None:
                store.close()
            assistant.close()
    console.print(f"{len(lines)} answers in {out}")


@app.command()
def learn() -> None:
    """Learn anew what questions resemble, after a change to the sayings the screen learns from."""
    from assistant.evaluation.learning import learn as learn_from
    from assistant.evaluation.learning import save
    from assistant.evaluation.learning_deceit import learn_deceit, save_deceit
    from index.documents.corpus import load_corpus
    from index.preparation import prepare_encoder
    from index.types import Kind

    with explained() as settings:
        with progress_bar() as progress:
            encoder = prepare_encoder(settings, progress)
        documents = load_corpus(settings.corpus_dir).documents
        headings = {c.heading for d in documents if d.kind is not Kind.GLOSSARY for c in d.clauses}
        learnt = learn_from(encoder, sorted(headings))
        save(learnt)
        save_deceit(learn_deceit(encoder, sorted({q for d in documents for c in d.clauses for q in c.questions})))
        console.print(f"Learnt {len(learnt.labels)} labels with {learnt.encoder}.")


@app.command()
def rules(as_of: Day = None) -> None:
    """List what eligibility is decided by, and what is out of force or stale; leaves with 1 when rules are broken."""
    from assistant.rule_files import load_rulebook
    from index.documents.corpus import load_corpus

    with explained() as settings:
        book = load_rulebook(settings.corpus_dir, load_corpus(settings.corpus_dir).documents)
        if book is None:
            raise RulesError([f"{settings.corpus_dir} has no folder of rules"])
        day = as_of.date() if as_of else date.today()
        for candidate in sorted(book.candidates.values(), key=lambda item: (str(item.kind), item.id)):
            open_ = not candidate.window or any(window.on(day) for window in candidate.window)
            state = "open" if open_ else "not in force"
            print(f"{candidate.kind!s:<10} {state:<13} {candidate.id}  {candidate.name.zh}")
        print(f"{len(book.candidates)} candidates, {len(book.facts)} facts, {len(book.size.industries)} industries")
        for note in book.stale_notes:
            print(f"stale, not used: {note}")
        if book.stale_notes:
            raise typer.Exit(1)


def _batch_lines(source: Path) -> list[BatchLine]:
    try:
        text = source.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BatchError(f"{source} cannot be read as UTF-8 text ({error}).") from error
    lines = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                lines.append(BatchLine.model_validate_json(line))
            except ValidationError as error:
                first = error.errors()[0]
                place = ".".join(map(str, first["loc"])) or "line"
                raise BatchError(f"{source}, line {number}: {place}: {first['msg']}. Nothing was answered.") from error
    return lines


def main() -> None:
    """Entry point of `python -m assistant`."""
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    app()
