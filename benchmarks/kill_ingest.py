"""kill -9 at random moments while files are read and released: every document is wholly in the index or wholly out.

    python -m benchmarks.kill_ingest --data DIR [--kills 50] [--files 20] [--corpus DIR] [--seed N]

DIR is a data directory with the converted encoder (models/); the library below it is made anew. A process adds and
releases the files and is killed; after every kill the database is looked at by this process, which has no part in
writing it, and the next process goes on. At the end the queue must have finished and the index must answer from every
document, by Chroma as by multiplying vectors. Leaves with 1 where anything is amiss.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from index.documents.corpus import load_corpus
from index.encoders import BUILT_IN, OnnxE5
from index.library.checking import flaws
from index.library.librarian import Librarian
from index.library.library import Library
from index.library.segments import Segments
from index.library.shelf import load_shelf
from index.library.types import State
from index.library.views import Views
from index.lock import DataLock
from index.settings import ROOT, IndexSettings
from index.snapshot import build, open_snapshot
from index.types import Language

FILES = ROOT / "tests" / "documents" / "files"


def work(settings: IndexSettings, files: list[Path]) -> None:
    """What is killed: add what is not there yet, then read and release until all is done."""
    lock = DataLock(settings.data_dir).acquire()
    corpus = load_corpus(settings.corpus_dir)
    encoder = OnnxE5(settings.data_dir / "models" / BUILT_IN)
    librarian = Librarian(settings, lambda: corpus, lambda: encoder, lambda *_: None)
    librarian.publish()
    librarian.start()
    print("ready", flush=True)
    known = {upload.name for upload in librarian.library.list()}
    for file in files:
        if file.name not in known:
            librarian.library.add(file, file.name, by="benchmark", release=True)
    while any(upload.state not in (State.RELEASED, State.FAILED) for upload in librarian.library.list()):
        time.sleep(0.05)
    while librarian.library.tables.rows("SELECT 1 FROM orders WHERE NOT done"):
        time.sleep(0.05)
    librarian.close()
    lock.release()


def amiss(settings: IndexSettings) -> list[str]:
    """What is neither wholly in nor wholly out, by the tables and files alone."""
    library = Library(settings)
    try:
        damaged = [row[0] for row in library.tables.rows("PRAGMA integrity_check") if row[0] != "ok"]
        return damaged + [f"{flaw.name}: {flaw.problem}" for flaw in flaws(library)]
    finally:
        library.close()


def served(settings: IndexSettings) -> list[str]:
    """Whether what is released is found, by Chroma and by multiplication alike, and nothing else is."""
    encoder = OnnxE5(settings.data_dir / "models" / BUILT_IN)
    lock = DataLock(settings.data_dir).acquire()
    library = Library(settings)
    snapshot = open_snapshot(settings.data_dir / "index", encoder, candidates=60)
    shelf = load_shelf(library.tables, encoder.name)
    segments = Segments(settings.data_dir / "library" / "shelf").over(shelf.documents)
    by_chroma = Views(snapshot.searcher, shelf, segments).of().searcher
    by_product = Views(snapshot.searcher, shelf, None).of().searcher
    found = []
    for one in shelf.documents:
        language = one.document.language
        if len(by_chroma.passages_of(one.document.id, language)) != len(one.passages):
            found.append(f"{one.document.title}: not all of it is searched")
        clause = max(one.document.clauses, key=lambda clause: len(clause.text))
        for searcher in (by_chroma, by_product):
            hits = searcher.search(clause.text[:200], language, 5)
            if not any(hit.passage.document_id == one.document.id for hit in hits):
                found.append(f"{one.document.title}: {clause.reference} is not found")
    for language in Language:
        query = "贷款期限最长多久" if language is Language.ZH else "How long may the loan run?"
        answers = [[(h.passage.id, h.score) for h in s.search(query, language, 10)] for s in (by_chroma, by_product)]
        if answers[0] != answers[1]:
            found.append(f"{language}: Chroma and multiplication do not find the same")
    snapshot.close()
    library.close()
    lock.release()
    return found


def main() -> int:
    """Kill, look, go on; then finish and search."""
    options = argparse.ArgumentParser()
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--corpus", type=Path, default=ROOT / "tests" / "small_corpus")
    options.add_argument("--kills", type=int, default=50)
    options.add_argument("--files", type=int, default=20)
    options.add_argument("--longest", type=float, default=5.0, help="seconds a process lives at most")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--work", action="store_true", help="be the process that is killed")
    given = options.parse_args()
    settings = IndexSettings(corpus_dir=given.corpus.absolute(), data_dir=given.data.absolute())
    # Those without scans first: on two cores a scan takes longer than a process lives.
    files = sorted(FILES.iterdir(), key=lambda path: ("scan" in path.name or "photo" in path.name, path.name))
    files = files[: given.files]
    if given.work:
        work(settings, files)
        return 0
    shutil.rmtree(settings.data_dir / "library", ignore_errors=True)
    shutil.rmtree(settings.data_dir / "index", ignore_errors=True)
    encoder = OnnxE5(settings.data_dir / "models" / BUILT_IN)
    build(settings.data_dir / "index", load_corpus(settings.corpus_dir), encoder)
    chance = random.Random(given.seed)
    command = [sys.executable, "-m", "benchmarks.kill_ingest", "--work", *sys.argv[1:]]
    wrong: list[str] = []
    states: dict[str, int] = {}
    for kill in range(given.kills):
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()  # "ready": of what happens before, there is nothing to be left half done
        time.sleep(chance.uniform(0.0, given.longest))
        done = process.poll() is not None
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        wrong += [f"kill {kill + 1}: {what}" for what in amiss(settings)]
        for row in Library(settings).tables.rows("SELECT state FROM uploads"):
            states[row["state"]] = states.get(row["state"], 0) + 1
        if done:
            # All was released: begin anew, so that every kill hits something.
            if process.returncode:
                wrong.append(f"kill {kill + 1}: the process left with {process.returncode}")
            shutil.rmtree(settings.data_dir / "library")
    left = subprocess.run(command, cwd=ROOT, check=False, timeout=600, stdout=subprocess.DEVNULL).returncode
    if left:
        wrong.append(f"the queue did not finish: the last process left with {left}")
    uploads = Library(settings).list()
    wrong += [f"{u.name}: {u.state}, {u.problem}" for u in uploads if u.state is not State.RELEASED]
    wrong += amiss(settings) + served(settings)
    print(json.dumps({
        "kills": given.kills, "files": len(files), "released at the end": len(uploads), "states seen": states,
        "amiss": wrong,
    }, ensure_ascii=False, indent=1))  # fmt: skip
    return 1 if wrong or len(uploads) != len(files) else 0


if __name__ == "__main__":
    raise SystemExit(main())
