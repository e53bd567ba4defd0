"""python -m assistant ask | batch | evaluate | rules"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import AssistantError, BatchError, RulesError
from assistant.types import Question
from index.console import console, progress_bar
from index.errors import IndexingError
from index.settings import IndexSettings
from index.types import Language

app = typer.Typer(help="Ask about financing policy for small businesses.", no_args_is_help=True, add_completion=False)
Day = Annotated[
    datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="the day asked about; default today")
]


class BatchLine(BaseModel):
    """One line of a batch: a question, and the user's earlier turns."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str | int
    question: str
    context: list[str] = []
    language: Language | None = None
    as_of: date | None = None


@contextmanager
def explained() -> Iterator[IndexSettings]:
    """Settings from the environment; what goes wrong becomes one sentence and exit code 1."""
    try:
        yield IndexSettings.from_environment()
    except (IndexingError, AssistantError) as error:
        console.print(f"[red]{type(error).__name__}[/red]: ", end="")
        console.print(str(error), markup=False)
        raise typer.Exit(1) from error


@app.command()
def ask(
    question: str,
    as_json: Annotated[bool, typer.Option("--json", help="the whole answer record")] = False,
    as_of: Day = None,
    context: Annotated[list[str] | None, typer.Option(help="an earlier turn of the user; may be repeated")] = None,
) -> None:
    """Answer one question."""
    from assistant.wiring import open_complete

    with explained() as settings:
        with progress_bar() as progress:
            assistant = open_complete(settings, progress)
        try:
            day = as_of.date() if as_of else date.today()
            answer = assistant.answer(Question(question, day, tuple(context or ())))
        finally:
            assistant.close()
    if as_json:
        print(json.dumps(answer.to_json(), ensure_ascii=False, indent=2))
        return
    print(answer.text)
    for citation in answer.citations:
        print(
            f"\n[{citation.n}] {citation.title} {citation.document_number or ''} {citation.clause}｜{citation.heading}"
        )


@app.command()
def batch(
    source: Annotated[
        Path, typer.Argument(metavar="IN.jsonl", help="lines of {id, question, context: [earlier turns]}")
    ],
    out: Annotated[Path, typer.Option("--out", metavar="OUT.jsonl")],
    as_of: Day = None,
) -> None:
    """Answer every line of a file, in its order; the output appears complete or not at all."""
    from assistant.wiring import open_complete

    with explained() as settings:
        lines = _batch_lines(source)
        with progress_bar() as progress:
            assistant = open_complete(settings, progress)
        beside = out.with_name(out.name + ".new")
        try:
            with beside.open("w", encoding="utf-8") as file:
                for line in lines:
                    day = line.as_of or (as_of.date() if as_of else date.today())
                    answer = assistant.answer(Question(line.question, day, tuple(line.context), None, line.language))
                    file.write(json.dumps(answer.to_json() | {"id": line.id}, ensure_ascii=False) + "\n")
            os.replace(beside, out)
        except OSError as error:
            raise BatchError(f"{out} cannot be written ({error.strerror or error}).") from error
        finally:
            beside.unlink(missing_ok=True)
            assistant.close()
    console.print(f"{len(lines)} answers in {out}")


@app.command()
def evaluate(
    cases: Annotated[Path, typer.Argument(help="cases as JSONL")] = Path("tests/cases/main.jsonl"),
    out: Annotated[Path | None, typer.Option(help="write a row per case here as JSONL")] = None,
) -> None:
    """Score the project's own cases; leaves with 1 below the gates."""
    from assistant.evaluation.run import gates_missed, run, summary
    from assistant.wiring import open_complete

    with explained() as settings:
        with progress_bar() as progress:
            assistant = open_complete(settings, progress)
        try:
            scores = run(assistant, cases)
        finally:
            assistant.close()
        for line in summary(scores):
            print(line)
        if out is not None:
            rows = [json.dumps(score.to_json(), ensure_ascii=False) for score in scores]
            out.write_text("\n".join(rows) + "\n", encoding="utf-8")
        if missed := gates_missed(scores):
            console.print("Below the gates: " + "; ".join(missed))
            raise typer.Exit(1)


@app.command()
def learn() -> None:
    """Learn anew what questions resemble, after a change to the sayings the screen learns from."""
    from assistant.evaluation.learning import learn as learn_from
    from assistant.evaluation.learning import save
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
