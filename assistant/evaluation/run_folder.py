"""A run on disk: complete or absent.

<run>/settings.json    what was asked with: settings, versions, digests of corpus, rules, index, code and case files
     /answers.jsonl    a line per case: the case, the whole answer record, how long it took
     /rows.jsonl       a line per case: its measures; made from answers.jsonl, and again by `evaluate score`
     /summary.json     every measure over every group of cases, both languages compared, what the cases cover
     /report.html      the same for people
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from assistant.errors import RunError
from assistant.evaluation.records import Told
from assistant.evaluation.score import Row

SETTINGS, ANSWERS, ROWS, SUMMARY, REPORT = (
    "settings.json", "answers.jsonl", "rows.jsonl", "summary.json", "report.html",
)  # fmt: skip
Line = TypeVar("Line", bound=BaseModel)


def require_absent(directory: Path) -> None:
    """Raise RunError where a run would overwrite something."""
    if directory.exists():
        raise RunError(f"{directory} is there already. Name another folder with --out, or remove it.")


def create(directory: Path, fill: Callable[[Path], None]) -> None:
    """A new run: `fill` writes into a folder beside it that takes its place once it is whole."""
    require_absent(directory)
    beside = directory.with_name(f"{directory.name}.{os.getpid()}.new")
    try:
        beside.mkdir(parents=True)
        fill(beside)
        os.replace(beside, directory)
    except OSError as error:
        raise RunError(f"{directory} cannot be written ({error.strerror or error}).") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def write(path: Path, text: str) -> None:
    """A whole file or the one before."""
    beside = path.with_name(path.name + ".new")
    try:
        beside.write_text(text, encoding="utf-8")
        os.replace(beside, path)
    except OSError as error:
        raise RunError(f"{path} cannot be written ({error.strerror or error}).") from error
    finally:
        beside.unlink(missing_ok=True)


def as_lines(items: Iterable[BaseModel]) -> str:
    """A line of JSON for each."""
    return "".join(json.dumps(item.model_dump(mode="json"), ensure_ascii=False) + "\n" for item in items)


def as_json(value: Any) -> str:
    """JSON for people to read too."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def read_answers(directory: Path) -> list[Told]:
    """The answers of a run; raises RunError where it is none, or damaged."""
    return _read_lines(directory / ANSWERS, Told)


def read_rows(directory: Path) -> list[Row]:
    """The rows of a run."""
    return _read_lines(directory / ROWS, Row)


def read_json(path: Path) -> dict[str, Any]:
    """Settings or summary of a run."""
    try:
        value: dict[str, Any] = json.loads(_text(path))
    except ValueError as error:
        raise RunError(f"{path} is not JSON ({error}). Score the run again, or generate it anew.") from error
    return value


def _read_lines(path: Path, kind: type[Line]) -> list[Line]:
    found = []
    for number, line in enumerate(_text(path).split("\n"), 1):
        if line.strip():
            try:
                found.append(kind.model_validate_json(line))
            except ValidationError as error:
                first = error.errors()[0]
                place = ".".join(map(str, first["loc"])) or "line"
                raise RunError(f"{path}, line {number}: {place}: {first['msg']}. Generate the run anew.") from error
    return found


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RunError(
            f"{path} cannot be read ({error}). A run is a folder made by `python -m assistant evaluate generate`; "
            "rows and summary are made by `evaluate score`."
        ) from error
