"""How quick ingest is, what of it is the encoder's, and what the chat loses meanwhile.

    python -m benchmarks.ingest --data DIR [--files 20] [--match TEXT] [--questions 60] [--out FILE]

DIR is a data directory with the built index; the library below it is made anew. The page's own assistant answers
questions of tests/cases idle, then while the files are read, encoded and released; every answer is timed.
"""

from __future__ import annotations

import argparse
import json
import shutil
import threading
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median

from assistant.types import Question
from assistant.wiring import Assistant, open_at_once
from index.library.types import State
from index.settings import ROOT, IndexSettings
from index.types import Language

FILES = ROOT / "tests" / "documents" / "files"
CASES = ROOT / "tests" / "cases" / "main.jsonl"


def questions(count: int) -> list[Question]:
    """The first questions of the main cases that come without a conversation."""
    found = []
    for line in CASES.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        if not case["context"]:
            found.append(Question(case["question"], date(2026, 11, 23), language=Language(case["language"])))
    return found[:count]


def percentile(times: list[float], share: float) -> float:
    """The value that `share` of the times stay within."""
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


def summary(times: list[float]) -> dict[str, float]:
    """How many answers, and how long they took in milliseconds."""
    return {
        "answers": len(times), "p50_ms": round(median(times) * 1e3, 1),
        "p95_ms": round(percentile(times, 0.95) * 1e3, 1),
    }  # fmt: skip


def ask(assistant: Assistant, asked: list[Question], until: threading.Event | None, least: int) -> list[float]:
    """Seconds of each answer, one after another, each question worded anew so that no vector is known already."""
    times: list[float] = []
    number = 0
    while number < least or (until is not None and not until.is_set()):
        question = replace(asked[number % len(asked)], text=f"{asked[number % len(asked)].text} {number // len(asked)}")
        started = time.perf_counter()
        assistant.answer(question)
        times.append(time.perf_counter() - started)
        number += 1
        time.sleep(0.05)  # a person reads; the worker is not to be starved by the measuring
    return times


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser()
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--files", type=int, default=20)
    options.add_argument("--questions", type=int, default=60)
    options.add_argument("--out", type=Path)
    options.add_argument("--match", default="", help="only files with this in their name")
    options.add_argument("--no-chat", action="store_true", help="ingest alone, undisturbed")
    given = options.parse_args()
    settings = IndexSettings(data_dir=given.data.absolute())
    shutil.rmtree(settings.data_dir / "library", ignore_errors=True)
    files = [path for path in sorted(FILES.iterdir()) if given.match in path.name][: given.files]
    assistant = open_at_once(settings)
    asked = questions(given.questions)
    ask(assistant, asked[:10], None, 10)
    idle = [] if given.no_chat else ask(assistant, asked, None, 2 * given.questions)
    done = threading.Event()
    took: list[float] = []

    def ingest() -> None:
        started = time.perf_counter()
        library = assistant.library
        for file in files:
            library.add(file, file.name, by="benchmark", release=True)
        assistant.keep_library()
        while any(upload.state not in (State.RELEASED, State.FAILED) for upload in library.list()):
            time.sleep(0.2)
        while library.tables.rows("SELECT 1 FROM orders WHERE NOT done"):
            time.sleep(0.05)
        took.append(time.perf_counter() - started)
        done.set()

    thread = threading.Thread(target=ingest)
    thread.start()
    busy = [] if given.no_chat else ask(assistant, asked, done, given.questions)
    thread.join()
    uploads = assistant.library.list()
    spent: dict[str, float] = {}
    for upload in uploads:
        for step, seconds in (upload.report.seconds if upload.report else {}).items():
            spent[step] = spent.get(step, 0.0) + seconds
    clauses = sum(upload.report.clauses for upload in uploads if upload.report)
    indexing = {step: seconds for step, seconds in spent.items() if step not in ("read", "structure")}
    result = {
        "files": len(uploads), "failed": [u.name for u in uploads if u.state is State.FAILED],
        "pages": sum(u.report.pages for u in uploads if u.report), "clauses": clauses,
        "seconds": round(took[0], 1), "files_per_minute": round(len(uploads) / took[0] * 60, 1),
        "spent_s": {step: round(seconds, 2) for step, seconds in spent.items()},
        "encoder_share_of_indexing": round(spent["encode"] / sum(indexing.values()), 3),
    }  # fmt: skip
    if not given.no_chat:
        result |= {
            "idle": summary(idle), "busy": summary(busy),
            "p95_busy_to_idle": round(percentile(busy, 0.95) / percentile(idle, 0.95), 2),
        }  # fmt: skip
    assistant.close()
    text = json.dumps(result, ensure_ascii=False, indent=1)
    print(text)
    if given.out:
        given.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
