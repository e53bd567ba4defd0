"""What drills are made of: the shipped corpus on a day, and the same with one clause changed; where results are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from drill_material import FEW, material_of

from assistant.training.catalogue import checked
from assistant.training.database import Database
from assistant.training.material import Material
from assistant.training.types import Catalogue
from index.documents.corpus import Corpus
from index.types import Clause, Document, Language

Change = Callable[[Clause], Clause]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """Training results that nothing is kept in yet."""
    kept = Database(tmp_path)
    yield kept
    kept.close()


@pytest.fixture(scope="session")
def zh(corpus: Corpus) -> Material:
    return material_of(corpus.documents, Language.ZH)


@pytest.fixture(scope="session")
def en(zh: Material) -> Material:
    return zh.twin


@pytest.fixture(scope="session")
def drills_zh(zh: Material) -> Catalogue:
    return checked(zh)


@pytest.fixture(scope="session")
def drills_en(en: Material) -> Catalogue:
    return checked(en)


@pytest.fixture(scope="session")
def few(corpus: Corpus) -> tuple[Document, ...]:
    """A handful of documents in both languages: enough to choose from, and quickly made into drills."""
    return tuple(document for document in corpus.documents if document.id in FEW)


@pytest.fixture
def changed(few: tuple[Document, ...]) -> Callable[[str, str, Change], Material]:
    """changed(document, clause, how) → the Chinese material of the few documents with that one clause changed."""

    def changed(document_id: str, clause_id: str, how: Change) -> Material:
        def as_changed(document: Document) -> Document:
            if document.id != document_id or document.language is not Language.ZH:
                return document
            return replace(document, clauses=tuple(how(c) if c.id == clause_id else c for c in document.clauses))

        return material_of(tuple(map(as_changed, few)), Language.ZH)

    return changed
