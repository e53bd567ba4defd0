"""An answer and all it rests on → the record that a receipt shows, checks and answers again."""

from __future__ import annotations

import base64
import secrets
from datetime import datetime
from typing import Any

from assistant.personal_data import masked
from assistant.records.seal import digest
from assistant.records.versions import corpus_of, versions_of
from assistant.serving import Serving
from assistant.types import Answer, Question
from index.types import Language

FORMAT = 1


def new_id() -> str:
    """A number nobody can guess (128 bits), in letters and digits that are not mistaken for one another."""
    return base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()


def record_of(
    receipt: str, time: datetime, surface: str, question: Question, answer: Answer, serving: Serving
) -> dict[str, Any]:
    """The record: question as it was answered, answer, clauses, corpus and versions. JSON throughout."""
    language = answer.language
    serving = serving.seen_by(question.groups)
    told = {name: value for name, value in answer.to_json().items() if name != "timings_ms"}
    return {
        "format": FORMAT,
        "receipt": receipt,
        "time": time.isoformat(timespec="seconds"),
        "surface": surface,
        "question": {
            "text": masked(answer.question, language),
            "context": [masked(turn, language) for turn in question.context],
            "language": str(question.language) if question.language else None,
            "as_of": question.as_of.isoformat(),
        }
        | ({"groups": sorted(question.groups)} if question.groups else {}),
        "answer": told | {"question": masked(answer.question, language)},
        "clauses": {
            "cited": [_clause(f"{c.document_id}#{c.clause_id}", c.quote) for c in answer.citations],
            "considered": _considered(answer, serving),
        },
        "topic": _topic(answer, serving),
        "corpus": corpus_of(serving),
        "versions": versions_of(serving),
    }


def _clause(name: str, text: str | None) -> dict[str, Any]:
    return {"clause": name, "digest": None if text is None else digest(text)}


def _considered(answer: Answer, serving: Serving) -> list[dict[str, Any]]:
    """The clauses whose passages were weighed, each once."""
    names = dict.fromkeys(passage.split("/")[0] for passage in answer.considered)
    found = ((name, *name.split("#", 1)) for name in names)
    return [
        _clause(name, serving.clause_text(document_id, clause_id, answer.language))
        for name, document_id, clause_id in found
    ]


def _topic(answer: Answer, serving: Serving) -> dict[str, Any] | None:
    """The document the answer is about, else the one that lay nearest, by its short titles; None where none did."""
    near = [*(c.document_id for c in answer.citations), *(name.split("#")[0] for name in answer.considered)]
    for document_id in near:
        titles = {language: serving.document(document_id, language) for language in Language}
        if all(titles.values()):
            return {"document": document_id} | {str(k): found.short_title for k, found in titles.items() if found}
    return None
