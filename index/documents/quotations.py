"""What rule files quote from clauses, and whether the clauses still say it.

A rule file is any YAML in `corpus/rules/`, `corpus/size_standard.yaml` and `corpus/premises.yaml`. Wherever a mapping
in it has both `clause` ("document#clause") and `quote` (by language), the quotation must stand in that clause, word for
word after normalisation. What the rest of the file means is not known here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from index.documents.yaml_files import load_yaml
from index.errors import CorpusError
from index.text import normalise
from index.types import Document, Language

_FOLDER, _BESIDE = "rules", ("premises.yaml", "size_standard.yaml")


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation: where it stands in the file, the clause it names, its words by language."""

    file: str  # relative to the corpus
    place: str  # the keys and numbers that lead to it: "3.needs.0.values.1"
    clause: str  # "document#clause"
    words: tuple[tuple[Language, str], ...]


def rule_files(root: Path) -> list[Path]:
    """Every rule file of a corpus, in order."""
    beside = [root / name for name in _BESIDE]
    return [*sorted((root / _FOLDER).rglob("*.yaml")), *(path for path in beside if path.exists())]


def read_quotations(root: Path) -> list[Quotation]:
    """Every quotation in the rule files; raises CorpusError naming each file that is not YAML."""
    found: list[Quotation] = []
    problems: list[str] = []
    for path in rule_files(root):
        try:
            data = load_yaml(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            problems.append(f"{path}: cannot be read: {error}")
            continue
        found += _in(data, path.relative_to(root).as_posix(), ())
    if problems:
        raise CorpusError(problems)
    return found


def stale(quotations: Iterable[Quotation], documents: Iterable[Document]) -> list[tuple[Quotation, str]]:
    """The quotations whose words no longer stand in their clause, with what is wrong."""
    texts = {
        (f"{document.id}#{clause.id}", document.language): normalise(clause.text)
        for document in documents
        for clause in document.clauses
    }
    wrong: list[tuple[Quotation, str]] = []
    for quotation in quotations:
        missing = [language for language, _ in quotation.words if (quotation.clause, language) not in texts]
        if missing:
            wrong.append((quotation, f"there is no clause {quotation.clause!r} in {' and '.join(map(str, missing))}"))
            continue
        gone = [
            words
            for language, words in quotation.words
            if not normalise(words) or normalise(words) not in texts[quotation.clause, language]
        ]
        if gone:
            wrong.append((quotation, f"{quotation.clause} does not say {gone[0]!r}"))
    return wrong


def _in(data: Any, file: str, place: Sequence[str]) -> Iterator[Quotation]:
    if isinstance(data, dict):
        quote = data.get("quote")
        if isinstance(data.get("clause"), str) and isinstance(quote, dict):
            words = tuple((language, str(quote[language])) for language in Language if language in quote)
            yield Quotation(file, ".".join(place), data["clause"], words)
        for key, value in data.items():
            yield from _in(value, file, (*place, str(key)))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _in(value, file, (*place, str(number)))
