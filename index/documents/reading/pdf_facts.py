"""What a PDF says of itself, by pypdf: its title, whether it is locked, what it carries besides pages."""

from __future__ import annotations

import io
import logging
from contextlib import suppress
from dataclasses import dataclass

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from index.errors import RefusedFileError

_LONGEST_TITLE = 300
_MET = (
    PyPdfError, DependencyError, OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, AssertionError,
    NotImplementedError, RecursionError, ZeroDivisionError, OverflowError,
)  # fmt: skip
_ACTS = ("/JavaScript", "/Launch", "/URI", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE")


@dataclass(frozen=True, slots=True)
class Facts:
    """Title of the metadata, and codes of what is not read."""

    title: str | None = None
    warnings: tuple[str, ...] = ()
    layers: bool = False  # whether it has layers of contents that can be switched off


def facts(content: bytes) -> Facts:
    """Raises RefusedFileError where a password is needed; of a file that pypdf cannot open, nothing is known."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of every oddity; pdfium decides whether it matters
    # Whatever else is wrong with a file is for pdfium to find, which mends more; pypdf meets it with many exceptions.
    with suppress(*_MET):
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise RefusedFileError("encrypted")
        root = reader.root_object
        found = []
        opening = root.get("/OpenAction")
        action = opening.get_object() if opening is not None else None
        names = root.get("/Names")
        kept = names.get_object() if names is not None else {}
        acts = isinstance(action, dict) and str(action.get("/S")) in _ACTS
        if acts or "/AA" in root or "/JavaScript" in kept:  # type: ignore[operator]
            found.append("scripts")
        if "/EmbeddedFiles" in kept:  # type: ignore[operator]
            found.append("embedded-files")
        layers = "/OCProperties" in root
        title = reader.metadata.title if reader.metadata is not None else None
        return Facts(str(title)[:_LONGEST_TITLE].strip() or None if title else None, tuple(found), layers)
    return Facts()
