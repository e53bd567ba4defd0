"""A paper on the page as it is printed, and as a file to take along."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from starlette.responses import Response

from assistant.errors import ExportError
from assistant.export.docx import docx_of
from assistant.export.pdf import pdf_of
from assistant.export.types import Block, Heading, Listing, Marker, PageBreak, Paper, Paragraph, Table
from assistant.ui.plain.shell import t
from assistant.ui.plain.visit import Visit, no_store, told

_WRITERS: dict[str, tuple[Callable[[Paper], bytes], str]] = {
    "docx": (docx_of, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (pdf_of, "application/pdf"),
}


def paper_file(visit: Visit, paper: Paper, name: str, ending: str) -> Response:
    """The paper as "docx" or "pdf", to be saved under a name in Latin letters and, where it can be, under its title."""
    write, kind = _WRITERS[ending]
    try:
        content = write(paper)
    except ExportError as error:
        return told(visit, 503, str(error), False)
    titled = quote(f"{paper.title}.{ending}", safe="")
    saved = f"attachment; filename=\"{name}.{ending}\"; filename*=UTF-8''{titled}"
    return Response(content, media_type=kind, headers={**no_store(), "content-disposition": saved})


def paper_html(paper: Paper) -> str:
    """The paper as a part of a page whose heading is its title."""
    above = f'<p class="subtitle">{t(paper.subtitle)}</p>' if paper.subtitle else ""
    note = f'<p class="note">{_lines(paper.note)}</p>' if paper.note else ""
    made, level = "", 0
    first = min((block.level for block in paper.blocks if isinstance(block, Heading)), default=1)
    for block in paper.blocks:
        if isinstance(block, Heading):
            level = min(block.level - first + 1, level + 1)  # a page may not leave a level out
            made += f"<h{level + 1}>{t(block.text)}</h{level + 1}>"
        else:
            made += _block(block)
    classes = "paper framed" if paper.framed else "paper"
    return f'<article class="{classes}" lang="{paper.language}">{above}{made}{note}</article>'


def _block(block: Block) -> str:
    if isinstance(block, Paragraph):
        if block.text and set(block.text) <= {"_", "\n"}:
            return '<p class="write"></p>' * len(block.text.split())  # lines to write on, as wide as the page is
        return f'<p class="{block.style}">{_lines(block.text)}</p>'
    if isinstance(block, Listing):
        tag = "ol" if block.marker in (Marker.NUMBER, Marker.LINE) else "ul"
        return f'<{tag} class="{block.marker}">' + "".join(f"<li>{_lines(i)}</li>" for i in block.items) + f"</{tag}>"
    if isinstance(block, Table):
        return _table(block)
    assert isinstance(block, PageBreak)
    return '<div class="break"></div>'


def _table(table: Table) -> str:
    caption = f"<caption>{t(table.caption)}</caption>" if table.caption else ""
    heads = "".join(f'<th scope="col">{t(cell)}</th>' for cell in table.header)
    rows = "".join("<tr>" + "".join(f"<td>{_lines(cell)}</td>" for cell in row) + "</tr>" for row in table.rows)
    return f'<div class="table"><table>{caption}<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'


def _lines(text: str) -> str:
    return "<br>".join(t(line) for line in text.split("\n"))
