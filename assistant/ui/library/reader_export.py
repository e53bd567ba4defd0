"""Clauses picked on the page → a file to download."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import Response

from assistant.export.docx import docx_of
from assistant.export.pdf import pdf_of
from assistant.reference.selection import paper_of, selected
from assistant.ui.library.reading import Reading
from assistant.ui.plain.visit import no_store, told

_WRITERS = {
    "docx": (docx_of, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (pdf_of, "application/pdf"),
}


def exported(reading: Reading) -> Response:
    """`?clauses=` several times or parted by commas, none of them or `?all=yes` for all; `?format=` docx or pdf."""
    asked = reading.visit.query
    ids = [id for value in asked.getlist("clauses") for id in value.split(",") if id]
    clauses = selected(reading.document, () if asked.get("all") else ids)
    writer = _WRITERS.get(asked.get("format", "docx"))
    if writer is None or not clauses:
        return told(reading.visit, 422, reading.words("export.nothing"), False)
    write, kind = writer
    content = write(paper_of(reading.document, clauses, reading.day, reading.today, reading.whole_address()))
    return Response(content, media_type=kind, headers={**no_store(), "content-disposition": _name(reading)})


def _name(reading: Reading) -> str:
    """A name every browser can save under, and the title for those that take it."""
    ending = reading.visit.query.get("format", "docx")
    plain = f"{reading.document.id}-{reading.day}.{ending}"
    full = quote(f"{reading.document.short_title}-{reading.day}.{ending}", safe="")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{full}"
