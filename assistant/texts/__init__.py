"""Every sentence that is not a clause, as YAML that policy staff can read and correct."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from assistant.errors import TextsError
from index.documents.yaml_files import load_yaml
from index.types import Language

HERE = Path(__file__).parent
Model = TypeVar("Model", bound=BaseModel)


class Texts:
    """The messages of one language."""

    def __init__(self, language: Language, messages: dict[str, Any]) -> None:
        self.language = language
        self._messages = messages

    def __call__(self, key: str, **values: object) -> str:
        """The message under a dotted key, its {places} filled in; an unknown key raises TextsError."""
        message = self._find(key)
        if not isinstance(message, str):
            raise TextsError(f"assistant/texts/{self.language}.yaml: {key!r} is not a text")
        return message.format(**values) if values else message

    def list(self, key: str) -> list[str]:
        """A list of texts under a dotted key."""
        found = self._find(key)
        if not isinstance(found, list):
            raise TextsError(f"assistant/texts/{self.language}.yaml: {key!r} is not a list")
        return [str(item) for item in found]

    def section(self, key: str) -> dict[str, Any]:
        """Everything under a dotted key."""
        found = self._find(key)
        if not isinstance(found, dict):
            raise TextsError(f"assistant/texts/{self.language}.yaml: {key!r} is not a section")
        return found

    def _find(self, key: str) -> Any:
        found: Any = self._messages
        for part in key.split("."):
            if not isinstance(found, dict) or part not in found:
                raise TextsError(f"assistant/texts/{self.language}.yaml: there is no text {key!r}")
            found = found[part]
        return found


def load_data(path: Path) -> Any:
    """A YAML file of ours; raises TextsError naming it."""
    try:
        return load_yaml(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise TextsError(f"{path}: cannot be read: {error}") from error


def load_model(path: Path, model: type[Model]) -> Model:
    """A YAML file of ours as the model it must fit; raises TextsError naming it."""
    try:
        return model.model_validate(load_data(path))
    except ValidationError as error:
        raise TextsError(f"{path}: {error}") from error


@cache
def texts(language: Language) -> Texts:
    """The messages of a language, read once."""
    return Texts(language, load_data(HERE / f"{language}.yaml"))


def ui_texts(language: Language) -> Texts:
    """The words of the page in a language."""
    return room_texts("ui", language)


def record_texts(language: Language) -> Texts:
    """The words of receipts in a language."""
    return room_texts("records", language)


def staff_texts(language: Language) -> Texts:
    """The words of signing in and of the pages that keep documents."""
    return room_texts("staff", language)


@cache
def room_texts(room: str, language: Language) -> Texts:
    """The words of one room (`<room>.<language>.yaml`), read once."""
    return Texts(language, load_data(HERE / f"{room}.{language}.yaml"))
