"""One entry for every format: a file → a reading, in the calling process; files of others go through sandbox.py."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from index.documents.reading import wire
from index.documents.reading.cleaning import cleaned
from index.documents.reading.limits import DEFAULT, Limits
from index.documents.reading.sniff import sniff
from index.documents.reading.types import Format, Reading, Table
from index.errors import OverLimitError, RefusedFileError

Progress = Callable[[int, int], None]

# Readers are loaded when they are needed: a text must not wait for the libraries of Office files and pictures.
_READERS = {
    Format.PDF: ("pdf", "read_pdf"),
    Format.IMAGE: ("pictures", "read_picture"),
    Format.DOCX: ("docx_file", "read_docx"),
    Format.XLSX: ("xlsx", "read_xlsx"),
    Format.CSV: ("delimited", "read_csv"),
    Format.PPTX: ("pptx_file", "read_pptx"),
    Format.HTML: ("web", "read_html"),
    Format.MHTML: ("web_archive", "read_mhtml"),
    Format.MARKDOWN: ("markdown", "read_markdown"),
    Format.TEXT: ("text", "read_text"),
}


def read(path: Path, limits: Limits = DEFAULT, on_progress: Progress | None = None) -> Reading:
    """Read a file; raises ReadingError with the reason where it cannot be read."""
    try:
        with path.open("rb") as file:
            content = file.read(limits.bytes + 1)
    except FileNotFoundError as error:
        raise RefusedFileError("missing") from error
    except (OSError, ValueError) as error:
        raise RefusedFileError("not-a-file") from error
    return read_content(content, path.name, limits, on_progress or (lambda _page, _pages: None))


def read_content(content: bytes, name: str, limits: Limits, progress: Progress) -> Reading:
    """Read what a file holds; its name helps only to tell kinds of plain text apart."""
    if len(content) > limits.bytes:
        raise OverLimitError("too-many-bytes", limit=limits.bytes // (1024 * 1024))
    module, function = _READERS[sniff(content, name)]
    reader = getattr(import_module(f"index.documents.reading.{module}"), function)
    reading = cleaned(wire.bounded(reader(content, limits, progress), limits))
    if not any(isinstance(block, Table) or block.text.strip() for page in reading.pages for block in page.blocks):
        raise RefusedFileError("nothing-readable")
    return reading
