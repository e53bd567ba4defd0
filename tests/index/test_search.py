"""A question finds the clauses that fit it, in its language, within its filters, named documents first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from index.documents.corpus import load_corpus
from index.documents.splitter import indexed_text, split
from index.lexical import LexicalIndex
from index.search import Filters, LanguageIndex, Searcher
from index.snapshot import build, open_snapshot
from index.store import ExactVectors
from index.synonyms import Synonyms
from index.types import Kind, Language, Validity
from index.words import Words

ZH, EN = Language.ZH, Language.EN


@pytest.fixture(scope="module")
def small(tmp_path_factory, encoder):
    """The small corpus with the real encoder, without Chroma."""
    from conftest_paths import SMALL_CORPUS  # placeholder
