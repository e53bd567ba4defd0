"""A paper as HTML to look at and to print, the same that its files say. Texts are escaped here, at the sink."""

from __future__ import annotations

from assistant.export.types import Block, Heading, Listing, Marker, PageBreak, Paper, Paragraph, Style, Table
from assistant.ui.plain.shell import t


def paper_html(paper: Paper) -> str:
    """The paper without its title, which is that of the page."""
    subtitle = f'<p class="soft">{t(paper.subtitle)}</p>' if paper.subtitle else ""
    note = f'<p class="soft foot">{t(paper.note)}</p>' if paper.note else ""
    classes = "paper framed" if paper.framed else "paper"
    blocks = "".join(_block(block) for block in paper.blocks)
    return f'<section class="{classes}" lang="{paper.language}">{subtitle}{blocks}{note}</section>'


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        level = block.level + 1  # the title of the page is the first
        return f"<h{level}>{t(block.text)}</h{level}>"
    if isinstance(block, Paragraph):
        if set(block.text) <= {"_", "\n"}:
            return '<p class="line"></p>' * len(block.text.split())
        name = {Style.QUOTE: "quote", Style.NOTE: "soft", Style.CENTRED: "centred"}.get(block.style, "said")
        return f'<p class="{name}">{t(block.text)}</p>'
    if isinstance(block, Listing):
        tag = "ol" if block.marker is Marker.NUMBER else "ul"
        return f"<{tag}>{''.join(f'<li>{t(item)}</li>' for item in block.items)}</{tag}>"
    if isinstance(block, Table):
        return _table(block)
    return '<div class="break"></div>' if isinstance(block, PageBreak) else ""


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{t(cell)}</th>' for cell in table.header)
    rows = "".join("<tr>" + "".join(f"<td>{t(cell)}</td>" for cell in row) + "</tr>" for row in table.rows)
    caption = f"<caption>{t(table.caption)}</caption>" if table.caption else ""
    return f'<div class="table"><table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
