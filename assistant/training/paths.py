"""Learning paths: what a role has to know, in stages made of documents, topics and kinds of drills (`paths.yaml`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from assistant.texts import load_model
from assistant.training.progress import Record
from assistant.training.types import Catalogue, Drill, DrillKind, Wish
from index.types import Document, Language

_FILE = Path(__file__).with_suffix(".yaml")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Said(_Part):
    """The same in both languages."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def in_(self, language: Language) -> str:
        """In one of them."""
        return self.zh if language is Language.ZH else self.en


class Stage(_Part):
    """What is learnt together."""

    id: str = Field(pattern=r"^[a-z]+$")
    name: Said
    teaches: Said
    documents: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()  # of the Chinese documents
    kinds: tuple[DrillKind, ...] = ()

    def wish(self, documents: Iterable[Document]) -> Wish:
        """What its drills are of, the same in both languages: `documents` tell which ones have the topics."""
        wanted = set(self.topics)
        of_topics = (d.id for d in documents if d.language is Language.ZH and wanted & set(d.topics))
        return Wish(kinds=self.kinds, documents=tuple(dict.fromkeys((*self.documents, *of_topics))))


class LearningPath(_Part):
    """The stages of one role."""

    id: str = Field(pattern=r"^[a-z]+$")
    name: Said
    about: Said
    stages: tuple[Stage, ...] = Field(min_length=1)

    def stage(self, id: str) -> Stage | None:
        """One of its stages."""
        return next((stage for stage in self.stages if stage.id == id), None)


class Paths(_Part):
    """All paths, and when a stage is done."""

    enough: int = Field(gt=0)  # different drills whose last answer is right
    share: float = Field(gt=0, le=1)  # of the drills answered, those whose last answer is right
    paths: tuple[LearningPath, ...]

    def path(self, id: str) -> LearningPath | None:
        """One of the paths."""
        return next((path for path in self.paths if path.id == id), None)


@dataclass(frozen=True, slots=True)
class StageProgress:
    """How far somebody is in a stage: `wanted` right drills are enough, where `share` is kept as well."""

    stage: Stage
    right: int
    answered: int
    wanted: int
    share: float

    @property
    def done(self) -> bool:
        """Whether it is learnt; a stage without any drill is not in anybody's way."""
        return self.right >= self.wanted and self.right >= self.share * self.answered


@cache
def load_paths() -> Paths:
    """The paths of `paths.yaml`, read once; raises TextsError."""
    return load_model(_FILE, Paths)


def drills_of(stage: Stage, catalogue: Catalogue, documents: Iterable[Document]) -> tuple[Drill, ...]:
    """The drills of a stage."""
    wish = stage.wish(documents)
    return catalogue.of(wish) if wish.documents or wish.kinds else ()


def progress_in(
    path: LearningPath, catalogue: Catalogue, documents: Iterable[Document], record: Record, paths: Paths
) -> tuple[StageProgress, ...]:
    """How far somebody is in each stage of a path."""
    documents, made = tuple(documents), []
    for stage in path.stages:
        drills = drills_of(stage, catalogue, documents)
        share = record.share(drills)
        made.append(StageProgress(stage, share.right, share.of, min(paths.enough, len(drills)), paths.share))
    return tuple(made)


def next_stage(progress: Iterable[StageProgress], begun: str = "") -> StageProgress | None:
    """The stage that was `begun` as long as it is not learnt, else the first that is not; None where all are."""
    left = [stage for stage in progress if not stage.done]
    return next((stage for stage in left if stage.stage.id == begun), left[0] if left else None)
