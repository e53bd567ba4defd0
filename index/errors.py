"""Everything that can go wrong between a document and a ranked clause.

IndexingError
├── CorpusError            a corpus file does not say what it must
├── SettingsError          a setting names something that is not there
├── LibraryError           something cannot be done with an upload
├── EncoderError
│   ├── MissingEncoderError    no weights to encode with
│   └── DamagedEncoderError    weights that do not reproduce the reference vectors
└── SnapshotError
    ├── MissingSnapshotError   nothing has been built yet
    ├── StaleSnapshotError     built from another corpus, encoder or splitter
    ├── DamagedSnapshotError   a file of the snapshot is missing or unreadable
    └── LockedError            another process holds the data directory
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


class IndexingError(Exception):
    """Root of the family; its text is a sentence for people."""


class CorpusError(IndexingError):
    """One or more corpus files break the rules of the corpus."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        shown = "\n".join(f"  {problem}" for problem in problems[:20])
        more = f"\n  … and {len(problems) - 20} more" if len(problems) > 20 else ""
        super().__init__(
            f"{len(problems)} problem(s) in the corpus:\n{shown}{more}\n"
            "Correct the files named above (corpus/README.md has the rules), then run `python -m index check`."
        )


class SettingsError(IndexingError):
    """A setting cannot be used as it stands."""


class LibraryError(IndexingError):
    """Something cannot be done with an upload: a code for programs, a sentence in each language for people."""

    def __init__(
        self, code: str, zh: str, en: str, *, other: str | None = None, fields: Mapping[str, str] | None = None
    ) -> None:
        self.code, self.zh, self.en = code, zh, en
        self.other = other  # the upload it is about besides the one asked for: the one that is there already
        self.fields = dict(fields or {})  # field of the metadata → what is wrong with it
        super().__init__(f"{zh} {en}")


class EncoderError(IndexingError):
    """The encoder cannot be used."""


class MissingEncoderError(EncoderError):
    """No weights are there to encode with."""


class DamagedEncoderError(EncoderError):
    """The encoder on disk does not give the vectors it must."""


class SnapshotError(IndexingError):
    """The built index cannot be used."""


class MissingSnapshotError(SnapshotError):
    """Nothing has been built yet."""

    def __init__(self, where: Path) -> None:
        super().__init__(f"There is no index in {where}. Run `python -m index build` to build it.")


class StaleSnapshotError(SnapshotError):
    """The snapshot was built from something else than the settings name."""

    def __init__(self, what: str, built_with: object, wanted: object) -> None:
        super().__init__(
            f"The index was built with {what} {built_with!r}, but {wanted!r} is wanted now. "
            "Run `python -m index build` to rebuild it, or restore the earlier setting."
        )


class DamagedSnapshotError(SnapshotError):
    """A part of the snapshot is missing or unreadable."""

    def __init__(self, what: str) -> None:
        super().__init__(f"The index is damaged: {what}. Run `python -m index build --fresh` to build it anew.")


class LockedError(SnapshotError):
    """Another process uses the data directory."""

    def __init__(self, what: str, holder: str) -> None:
        super().__init__(
            f"{what} is in use by another process ({holder}). The embedded Chroma store is safe in one process only: "
            "stop that process, or set SME_DATA_DIR to another directory."
        )
