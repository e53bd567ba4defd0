"""MHTML (a web page saved with its parts) → its HTML part, read like any HTML; pictures and styles are not opened."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable
from email.errors import MessageError

from index.documents.reading.limits import Limits
from index.documents.reading.text import decoded
from index.documents.reading.types import Format, Reading
from index.documents.reading.web import reading_of_html
from index.errors import OverLimitError, RefusedFileError

_CHARSETS = ("big5", "big5hkscs", "iso-8859-1", "windows-1252")  # others are told by their bytes


def read_mhtml(content: bytes, limits: Limits, progress: Callable[[int, int], None]) -> Reading:  # noqa: ARG001
    """The first HTML part, which is the page itself; frames are left out."""
    try:
        message = email.message_from_bytes(content, policy=email.policy.compat32)
        for count, part in enumerate(message.walk()):
            if count > limits.zip_entries:
                raise OverLimitError("expands-too-far")
            if part.get_content_type() in ("text/html", "application/xhtml+xml"):
                payload = part.get_payload(decode=True)
                if isinstance(payload, bytes) and payload.strip():
                    charset = (part.get_content_charset() or "").lower()
                    text = payload.decode(charset, "replace") if charset in _CHARSETS else decoded(payload)
                    return reading_of_html(text, limits, Format.MHTML)
    except (MessageError, ValueError, LookupError) as error:
        raise RefusedFileError("damaged") from error
    raise RefusedFileError("damaged")
