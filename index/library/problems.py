"""Problems by their code, in both languages (problems.yaml)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from index.documents.yaml_files import load_yaml
from index.errors import LibraryError
from index.library.types import Problem

_FILE = Path(__file__).with_name("problems.yaml")


@cache
def _sentences() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = load_yaml(_FILE.read_text(encoding="utf-8"))
    return found


def problem(code: str, **values: object) -> Problem:
    """A problem in words."""
    said = _sentences()[code]
    return Problem(code, said["zh"].format(**values), said["en"].format(**values))


def failure(
    code: str, *, about: str | None = None, fields: Mapping[str, str] | None = None, **values: object
) -> LibraryError:
    """The same, to be raised; `about` is the other upload it names."""
    said = problem(code, **values)
    return LibraryError(code, said.zh, said.en, other=about, fields=fields)


def of_error(error: LibraryError) -> Problem:
    """An error that was raised, as it is kept."""
    return Problem(error.code, error.zh, error.en, error.fields)
