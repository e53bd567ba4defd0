"""Zip packages of Office files, looked over before any library opens them: size, names, entities, macros."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePosixPath

from index.documents.reading.limits import Limits
from index.errors import OverLimitError, RefusedFileError

_CHUNK = 1024 * 1024
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.I)
_XML = (".xml", ".rels", ".vml")
_MACROS = re.compile(r"(?:^|/)vba(?:Project|Data)[^/]*\.(?:bin|xml)$", re.I)
_EMBEDDED = re.compile(r"(?:^|/)(?:embeddings|activeX)/[^/]+$", re.I)
_EXTERNAL = re.compile(rb"TargetMode\s*=\s*[\"']External", re.I)


def look_over(content: bytes, limits: Limits) -> list[str]:
    """Raise ReadingError where the package could harm a reader; returns warnings on what is in it and is not read.

    Every entry is unpacked once, piece by piece, so that sizes are those that are true and not those that are written.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _look_over(archive, limits)
    except RuntimeError as error:  # zipfile says so of an entry with a password
        raise RefusedFileError("encrypted") from error
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise RefusedFileError("damaged") from error
    except Exception as error:
        if type(error).__module__ == "zlib":  # zlib.error has no place of its own among the exceptions
            raise RefusedFileError("damaged") from error
        raise


def _look_over(archive: zipfile.ZipFile, limits: Limits) -> list[str]:
    entries = archive.infolist()
    if len(entries) > limits.zip_entries:
        raise OverLimitError("expands-too-far")
    if len({entry.filename for entry in entries}) != len(entries):
        raise RefusedFileError("damaged")  # two parts of one name: readers differ in which they take
    total = 0
    warnings = set()
    for entry in entries:
        if _leads_outside(entry.filename):
            raise RefusedFileError("unsafe-archive")
        if _MACROS.search(entry.filename):
            warnings.add("macros")
        if _EMBEDDED.search(entry.filename):
            warnings.add("embedded-files")
        total += _unpacked(archive, entry, limits, total, warnings)
    return sorted(warnings)


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits, before: int, warnings: set[str]) -> int:
    size, tail = 0, b""
    xml = entry.filename.lower().endswith(_XML)
    with archive.open(entry) as part:
        while chunk := part.read(_CHUNK):
            size += len(chunk)
            if before + size > limits.zip_expanded or (
                size > _CHUNK and size > limits.zip_ratio * max(entry.compress_size, 1)
            ):
                raise OverLimitError("expands-too-far")
            if xml:
                seen = (tail + chunk).replace(b"\x00", b"")  # the NULs of UTF-16
                if _DOCTYPE.search(seen):
                    raise RefusedFileError("external-entities")
                if entry.filename.endswith(".rels") and _EXTERNAL.search(seen) and b"hyperlink" not in seen:
                    warnings.add("external-links")
                tail = chunk[-64:]
    return size


def _leads_outside(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in name[:3] or "\x00" in name
