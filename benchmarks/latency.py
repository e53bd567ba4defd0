"""How long answers, starts and rebuilds take, and how much memory the served page needs.

    python -m benchmarks.latency [--out results.json] [--no-empty]

Each start is a fresh process with the clock running from before the interpreter. SME_DATA_DIR must be free; it is
completed first where it has to be. The start from an empty data directory converts the encoder and encodes the corpus
in a temporary directory, which takes minutes.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import psutil
import typer

from index.settings import ROOT, IndexSettings

CASES = ROOT / "tests/cases/main.jsonl"
WARM_UP = 10
Figures = dict[str, Any]


def ask_all(ask: Callable[[Any], Any], cases: Path) -> Figures:
    """Every case once, after a few to warm up; milliseconds."""
    from assistant.evaluation.cases import read_cases
    from assistant.types import Question

    questions = [Question(c.question, c.as_of or date.today(), tuple(c.context)) for c in read_cases(cases)]
    for question in questions[-WARM_UP:]:
        ask(question)
    took = []
    for question in questions:
        began = time.perf_counter()
        ask(question)
        took.append((time.perf_counter() - began) * 1000)
    return {"questions": len(took)} | {f"p{q}_ms": float(np.percentile(took, q)) for q in (50, 95, 99)}


def answering(cases: Path, started: float) -> Figures:
    """A command's process: open everything, answer once, then all cases."""
    from assistant.types import Question
    from assistant.wiring import open_complete

    assistant = open_complete(IndexSettings.from_environment())
    try:
        opened = time.time()
        assistant.answer(Question("小微企业贷款到期能不能无还本续贷", date.today()))
        first = time.time()
        figures = ask_all(assistant.answer, cases)
    finally:
        assistant.close()
    return {"opened_s": opened - started, "first_answer_s": first - started, **figures, "peak_mb": _peak()}


def serving(cases: Path, started: float) -> Figures:
    """The page's process: what it takes to serve, to answer, and to have the whole index where it began without."""
    from assistant.records.recorder import Recorder, Surface, open_records
    from assistant.records.settings import RecordSettings
    from assistant.types import Question
    from assistant.ui.calendar_route import calendar_of
    from assistant.ui.page import build
    from assistant.ui.receipt_route import receipts_of
    from assistant.ui.server import ServerSettings, bind, serve
    from assistant.wiring import open_at_once

    settings = IndexSettings.from_environment()
    address = bind(ServerSettings(port=0))
    assistant = open_at_once(settings)
    keeping = RecordSettings()
    recorder = Recorder(lambda: assistant.serving, open_records(settings.data_dir, keeping), keeping, Surface.PAGE)
    by_words_only = assistant.state.by_words_only
    figures: Figures = {"by_words_only_at_first": by_words_only}

    def visit() -> None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{address.getsockname()[1]}/", timeout=120) as page:
                page.read()
            figures["page_s"] = time.time() - started
            assistant.answer(Question("小微企业贷款到期能不能无还本续贷", date.today()))
            figures["first_answer_s"] = time.time() - started
            while assistant.state.by_words_only and assistant.state.problem is None:
                time.sleep(0.2)
            if by_words_only:
                assistant.answer(Question("小微企业贷款到期能不能无还本续贷", date.today()))
                figures["complete_s"] = time.time() - started
                figures["problem"] = assistant.state.problem
            figures.update(ask_all(lambda question: recorder.answer(question).answer, cases))
            figures["peak_mb"] = _peak()
            figures["rss_mb"] = psutil.Process().memory_info().rss / 2**20
        finally:
            os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=visit, daemon=True).start()
    if by_words_only:
        assistant.complete_in_background()
    try:
        serve(build(assistant, recorder), address, calendar_of(assistant), receipts_of(recorder))
    finally:
        assistant.close()
    return figures


def rebuilding(_: Path, started: float) -> Figures:
    """`index build` where nothing changed, and built anew with every vector taken over."""
    from index.lock import DataLock
    from index.preparation import prepare

    settings = IndexSettings.from_environment()
    lock = DataLock(settings.data_dir).acquire()
    try:
        snapshot, built = prepare(settings)
        snapshot.close()
        unchanged = time.time()
        anew, _built = prepare(settings, fresh=True)
        anew.close()
        figures = {"encoded": anew.manifest.encoded, "reused": anew.manifest.reused}
    finally:
        lock.release()
    return {"built": built, "unchanged_s": unchanged - started, "fresh_s": time.time() - unchanged, **figures}


def _peak() -> float:
    """The most memory this process has held so far, in MB."""
    memory = psutil.Process().memory_info()
    if hasattr(memory, "peak_wset"):  # Windows
        return float(memory.peak_wset) / 2**20
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


MODES = {"answering": answering, "serving": serving, "rebuilding": rebuilding}


def fresh(mode: str, cases: Path, data_dir: Path) -> Figures:
    """A mode in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.latency", "--mode", mode, "--cases", str(cases)]
    environment = os.environ | {"SME_DATA_DIR": str(data_dir), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [*command, "--started", str(time.time())], cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True
    )
    figures: Figures = json.loads(done.stdout.decode().splitlines()[-1])
    return figures


def table(results: Mapping[str, Mapping[str, Any]]) -> str:
    """Markdown, one row a figure."""
    lines = ["| measurement | figure | value |", "|---|---|--:|"]
    for name, figures in results.items():
        lines += [f"| {name} | {key} | {_shown(value)} |" for key, value in figures.items() if value is not None]
    return "\n".join(lines)


def _shown(value: object) -> str:
    return f"{value:,.1f}" if isinstance(value, float) else str(value)


def main(
    out: Annotated[Path | None, typer.Option(help="write the figures here as JSON")] = None,
    cases: Annotated[Path, typer.Option(help="questions to ask")] = CASES,
    empty: Annotated[bool, typer.Option(help="measure a start from an empty data directory too")] = True,
    mode: Annotated[str | None, typer.Option(hidden=True)] = None,
    started: Annotated[float, typer.Option(hidden=True)] = 0.0,
) -> None:
    if mode is not None:
        print(json.dumps(MODES[mode](cases, started)))
        return
    data_dir = IndexSettings.from_environment().data_dir
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    machine = {"cores": os.cpu_count(), "load before": load, "python": sys.version.split()[0]}
    results: dict[str, Figures] = {"machine": machine}
    fresh("rebuilding", cases, data_dir)  # whatever was missing is there now, and files are in the system's cache
    runs: Sequence[tuple[str, str]] = (
        ("answering in process", "answering"), ("page, complete index", "serving"), ("rebuild", "rebuilding"),
    )  # fmt: skip
    for name, wanted in runs:
        results[name] = fresh(wanted, cases, data_dir)
    if empty:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as directory:
            results["page, empty data directory"] = fresh("serving", cases, Path(directory))
    print(table(results))
    print(json.dumps(results, ensure_ascii=False, indent=2))
    if out is not None:
        out.write_text(json.dumps(results, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
