"""Every knob of the index with its unit and default."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, field_validator

from index.environment import from_environment
from index.errors import SettingsError
from index.types import Retriever

ROOT = Path(__file__).resolve().parent.parent


class IndexSettings(BaseModel):
    """Read once at the edge and passed down."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    corpus_dir: Path = Field(ROOT / "corpus", description="SME_CORPUS_DIR: what policy staff maintain")
    data_dir: Path = Field(ROOT / "data", description="SME_DATA_DIR: everything generated")
    encoder: str = Field(
        "multilingual-e5-small",
        min_length=1,
        description="SME_ENCODER: the built-in encoder, or a sentence-transformers model by hub name or local path",
    )
    candidates: int = Field(60, gt=0, description="SME_CANDIDATES: passages each retriever offers to fusion")
    retrievers: frozenset[Retriever] = Field(
        "words,meaning",
        validate_default=True,
        min_length=1,
        description="SME_RETRIEVERS: what search goes by; either can be switched off to see what it adds",
    )

    upload_mb: int = Field(50, gt=0, le=50, description="SME_UPLOAD_MB: megabytes an added file may have")
    watch_dir: Path | None = Field(
        None, description="SME_WATCH_DIR: a folder whose files are taken into the library; unset: none is watched"
    )

    @field_validator("retrievers", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        """As an environment variable has them: words,meaning."""
        return [name.strip() for name in value.split(",")] if isinstance(value, str) else value

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> IndexSettings:
        """Defaults overridden by SME_… variables; an unusable value raises SettingsError naming its variable."""
        settings = from_environment(cls, environment, SettingsError)
        folders = ("corpus_dir", "data_dir", "watch_dir")
        return settings.model_copy(
            update={name: path.absolute() for name in folders if (path := getattr(settings, name)) is not None}
        )
