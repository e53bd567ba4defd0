"""Plain text: bytes in UTF-8, UTF-16 or GB18030 → lines."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable

from index.documents.reading.limits import Limits
from index.documents.reading.types import Format, Line, Page, Reading
from index.errors import RefusedFileError

Progress = Callable[[int, int], None]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\x80-\x9f\ufffe\uffff]")
_BREAK = re.compile("\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# What GB18030 makes of other bytes is mostly rare characters; text of people is mostly these.
_USUAL = re.compile("[\t\r\n\f\x20-\x7e\u4e00-\u9fff\u3000-\u303f\uff00-\uffef\u2010-\u2049\u2460-\u24ff\u00a0-\u00ff]")


def decoded(content: bytes) -> str:
    """The text of a file by its byte order mark, else the first of UTF-8, UTF-16 and GB18030 that it is valid in.

    Raises RefusedFileError ("unknown-format") where it is text in none of them.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _text(content, encoding)
    if content.count(b"\x00") * 20 > len(content):  # UTF-16 of Latin letters; Chinese alone has next to none
        little = content[1::2].count(b"\x00") >= content[::2].count(b"\x00")
        return _text(content, "utf-16-le" if little else "utf-16-be")
    for errors in ("strict", "replace"):  # a file with a few broken letters is still worth reading
        for encoding in ("utf-8", "gb18030"):
            try:
                return _text(content, encoding, errors)
            except RefusedFileError:
                continue
    raise RefusedFileError("unknown-format")


def read_text(content: bytes, limits: Limits, progress: Progress) -> Reading:  # noqa: ARG001
    """Every line that is not blank, as it stands."""
    lines = tuple(Line(line.strip()) for line in _BREAK.split(decoded(content)) if line.strip())
    return Reading(Format.TEXT, (Page(1, lines),), paged=False)


def _text(content: bytes, encoding: str, errors: str = "strict") -> str:
    try:
        text = content.decode(encoding, errors)
    except UnicodeError as error:
        raise RefusedFileError("unknown-format") from error
    if errors == "replace" and text.count("\ufffd") * 100 > len(text):
        raise RefusedFileError("unknown-format")
    sample = text[:20_000]
    unusual = len(sample) - len(_USUAL.findall(sample)) if encoding not in ("utf-8", "utf-8-sig") else 0
    if len(_CONTROL.findall(sample)) * 50 > len(sample) or unusual * 5 > len(sample):
        raise RefusedFileError("unknown-format")
    return _CONTROL.sub("", text)
