"""What an answer depends on besides question and day: corpus, rules, code, packages and settings."""

from __future__ import annotations

import platform
from functools import cache
from importlib import metadata
from typing import Any

from assistant import VERSION
from assistant.serving import Serving
from index.documents.corpus import fingerprint
from index.settings import ROOT

# Those whose next version may find, read or date something otherwise.
PACKAGES = (
    "bm25s", "chinesecalendar", "chromadb", "jieba", "numpy", "onnxruntime", "pydantic", "PyStemmer", "PyYAML",
    "tokenizers",
)  # fmt: skip


def corpus_of(serving: Serving) -> dict[str, Any]:
    """What was answered from: the corpus, and the uploads that were released and seen by whoever asked."""
    manifest = serving.manifest
    uploads = {"digest": serving.view.digest, "documents": serving.view.uploads} if serving.view.uploads else None
    corpus = {"digest": manifest.corpus, "rules": serving.rules, "documents": manifest.documents}
    return corpus | ({"uploads": uploads} if uploads else {})


@cache
def _code() -> dict[str, Any]:
    """Read once: a program that is changed while it runs still runs as it was."""
    files = sorted(path for room in ("index", "assistant") for path in (ROOT / room).rglob("*") if path.is_file())
    sources = [path for path in files if path.suffix in (".py", ".yaml")]
    return {
        "assistant": VERSION,
        "code": fingerprint(ROOT, sources),
        "python": platform.python_version(),
        "packages": {name: _installed(name) for name in PACKAGES},
    }


def versions_of(serving: Serving) -> dict[str, Any]:
    """What answered."""
    manifest = serving.manifest
    return _code() | {
        "format": manifest.format,
        "splitter": manifest.splitter,
        "encoder": serving.encoder,
        "settings": serving.settings.model_dump(mode="json") | {"candidates": serving.candidates},
    }


def _installed(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
