"""The shipped corpus and rules as drills are made of them, read once for all tests of drills made of rules."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from assistant.rule_files import load_rulebook
from assistant.training.material import Material, other_than
from index.documents.corpus import load_corpus
from index.types import Language

CORPUS = Path(__file__).parents[3] / "corpus"
DAY = date(2026, 11, 28)


@cache
def _read():
    corpus = load_corpus(CORPUS)
    return corpus, load_rulebook(CORPUS, corpus.documents)


@cache
def material(language: Language = Language.ZH, on: date = DAY) -> Material:
    corpus, book = _read()
    own, others = (
        tuple(document for document in corpus.documents if document.language is one)
        for one in (language, other_than(language))
    )
    return Material(language, on, own, book, "rules", frozenset(), others)


@cache
def made(maker, language: Language = Language.ZH, on: date = DAY):
    """Every drill of a maker, by id."""
    return {drill.id: drill for drill in maker(material(language, on))}
