"""Which format a file has, told by its content; the name only helps where content cannot tell (Markdown, CSV)."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath

from index.documents.reading.text import decoded
from index.documents.reading.types import Format
from index.errors import RefusedFileError

_HEAD = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"BM", b"GIF87a", b"GIF89a")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf'\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"(\xb5/\xfd")
_OTHERS = {
    b"{\\rtf": "RTF",
    b"MZ": "EXE",
    b"\x7fELF": "ELF",
    b"%!PS": "PostScript",
    b"AT&TFORM": "DjVu",
    b"SQLite format 3": "SQLite",
    b"<?xml": "XML",
}
_ZIPPED = {"word/": Format.DOCX, "xl/": Format.XLSX, "ppt/": Format.PPTX}
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|table|div|p|h[1-6])[\s>]", re.I)
_SVG = re.compile(r"\A(?:<\?xml[^>]*>|<!--.*?-->|<!DOCTYPE\s+svg[^>]*>|\s)*<svg[\s>]", re.I | re.S)
_MHTML = re.compile(rb"\A(?:[\w-]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*)+\r?\n", re.I)
_MARKDOWN = re.compile(r"^(?:#{1,6} \S|```|\|(?:\s*:?-{3,}:?\s*\|)+\s*$|\[[^\]]+\]:\s)|\[[^\]]+\]\([^)]+\)", re.M)


def sniff(content: bytes, name: str = "") -> Format:
    """The format of a file; raises RefusedFileError with the reason where it is none we read.

    `name` is consulted only for plain text, where .md and .csv say something that content does not.
    """
    head = content[:_HEAD]
    if not content.strip(b"\x00\t\r\n\x0c ") or not content.strip(b"\xef\xbb\xbf\xff\xfe\r\n "):
        raise RefusedFileError("empty")
    if head.startswith(_OLE):
        # Encrypted OOXML files are kept in an OLE container too, with a stream of this name (UTF-16).
        raise RefusedFileError("encrypted" if "EncryptedPackage".encode("utf-16-le") in content else "legacy-office")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(content)
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    if head.startswith(_PICTURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return Format.IMAGE
    if head[4:8] == b"ftyp":
        raise RefusedFileError("other-format", name="HEIC/MP4")
    if head.startswith(_ARCHIVES) or head[257:262] == b"ustar":
        raise RefusedFileError("archive")
    if (kind := next((kind for start, kind in _OTHERS.items() if head.startswith(start)), None)) not in (None, "XML"):
        raise RefusedFileError("other-format", name=kind or "")
    if (fields := _MHTML.match(content[: 16 * _HEAD])) and b"mime-version:" in fields[0].lower():
        return Format.MHTML
    return _written(content, name)


def _zipped(content: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise RefusedFileError("damaged") from error
    if "[Content_Types].xml" in names:
        for folder, format_ in _ZIPPED.items():
            if any(entry.startswith(folder) for entry in names):
                return format_
        raise RefusedFileError("damaged")
    if "mimetype" in names:
        raise RefusedFileError("other-format", name="OpenDocument/EPUB")
    if "OFD.xml" in names:
        raise RefusedFileError("other-format", name="OFD")
    raise RefusedFileError("archive")


def _written(content: bytes, name: str) -> Format:
    """Plain text of some sort, or nothing we know."""
    text = decoded(content)  # raises where it is no text at all
    suffix = PurePath(name).suffix.lower()
    if _SVG.match(text[:_HEAD]):
        raise RefusedFileError("other-format", name="SVG")
    start = text[:_HEAD].lstrip("\ufeff \t\r\n")
    if suffix in (".md", ".markdown") and not re.match(r"<!doctype|<html", start, re.I):
        return Format.MARKDOWN
    if start.startswith("<") and _HTML.search(text[: 16 * _HEAD]):
        return Format.HTML
    if start.startswith("<?xml"):
        raise RefusedFileError("other-format", name="XML")
    if suffix in (".csv", ".tsv"):
        return Format.CSV
    if suffix != ".txt" and len(_MARKDOWN.findall(text[: 16 * _HEAD])) >= 2:
        return Format.MARKDOWN
    return Format.TEXT
