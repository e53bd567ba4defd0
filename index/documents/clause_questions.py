"""How people ask for what clauses answer: corpus/questions/<document id>.yaml, searched beside the clauses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from index.documents.yaml_files import load_yaml
from index.errors import CorpusError
from index.text import normalise
from index.types import Document, Language

FOLDER = "questions"
Question = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=160)]


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    zh: list[Question] = Field(min_length=1)
    en: list[Question] = Field(min_length=1)


_FILE = TypeAdapter(dict[str, _Asked])
Questions = Mapping[str, Mapping[str, _Asked]]  # document id → clause id → by language


def question_files(root: Path) -> list[Path]:
    """The files of a corpus, sorted by path; none where it keeps no questions."""
    return sorted((root / FOLDER).glob("*.yaml"))


def read_questions(root: Path) -> Questions:
    """Every question by document and clause; raises CorpusError with every problem of every file."""
    found: dict[str, dict[str, _Asked]] = {}
    problems: list[str] = []
    for path in question_files(root):
        try:
            found[path.stem] = _FILE.validate_python(load_yaml(path.read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            problems.append(f"{path}: cannot be read: {error}")
        except ValidationError as error:
            problems += [f"{path}: {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
    if problems:
        raise CorpusError(problems)
    return found


def with_questions(documents: Sequence[Document], questions: Questions, root: Path) -> list[Document]:
    """The documents with their clauses' questions; raises CorpusError for unknown clauses and repetitions."""
    clauses = {document.id: {clause.id for clause in document.clauses} for document in documents}
    problems = []
    for id, asked in questions.items():
        path = root / FOLDER / f"{id}.yaml"
        if id not in clauses:
            problems.append(f"{path}: there is no document {id!r}")
            continue
        problems += [f"{path}: there is no clause {clause!r}" for clause in asked if clause not in clauses[id]]
        for language in Language:
            said = [normalise(text) for item in asked.values() for text in getattr(item, language)]
            problems += [f"{path}: {text!r} stands twice" for text in sorted({t for t in said if said.count(t) > 1})]
    if problems:
        raise CorpusError(problems)
    return [_asked(document, questions.get(document.id, {})) for document in documents]


def _asked(document: Document, asked: Mapping[str, _Asked]) -> Document:
    if not asked:
        return document
    return replace(
        document,
        clauses=tuple(
            replace(clause, questions=tuple(getattr(asked[clause.id], document.language)))
            if clause.id in asked
            else clause
            for clause in document.clauses
        ),
    )
