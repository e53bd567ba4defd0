"""Slides by python-pptx: a heading clause opens a slide, tables and speaker's notes as in a product training."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pptx import Presentation
from pptx.util import Inches, Pt

from benchmarks.make_documents.source import Source
from benchmarks.make_documents.truth import page_texts


def write(source: Source, target: Path, work: Path, office: Callable[[Path, str, Path], Path]) -> list[str]:
    """Returns the words per slide, as LibreOffice prints them."""
    deck = Presentation()
    first = deck.slides.add_slide(deck.slide_layouts[0])
    first.shapes.title.text = source.title
    body = first.placeholders[1].text_frame
    opened = False
    slide = first
    for block in source.blocks:
        text = block.text.replace("‡", "")
        if block.kind == "clause" and block.heading and block.depth == 1:
            slide = deck.slides.add_slide(deck.slide_layouts[1])
            slide.shapes.title.text = block.reference + text
            body, opened = slide.placeholders[1].text_frame, False
        elif block.kind == "T":
            assert block.grid
            rows, columns = len(block.grid.full), len(block.grid.full[0])
            slide = deck.slides.add_slide(deck.slide_layouts[5])
            slide.shapes.title.text = block.text
            table = slide.shapes.add_table(rows, columns, Inches(0.5), Inches(1.6), Inches(9), Inches(0.4 * rows)).table
            for cell in block.grid.cells:
                place = table.cell(cell.row, cell.column)
                place.text = cell.text
                for paragraph in place.text_frame.paragraphs:
                    paragraph.font.size = Pt(12)
                if cell.rows > 1 or cell.columns > 1:
                    place.merge(table.cell(cell.row + cell.rows - 1, cell.column + cell.columns - 1))
        elif block.kind == "L" and text.startswith("备注："):
            slide.notes_slide.notes_text_frame.text = text[3:]
        elif block.kind in ("clause", "+", "P", "C", "@SIGN", "@DATE", "@NUMBER"):
            paragraph = body.paragraphs[0] if not opened else body.add_paragraph()
            opened = True
            paragraph.text = (block.reference if block.kind == "clause" else "") + text
            paragraph.level = max(0, block.depth - 2)
            paragraph.font.size = Pt(16)
    deck.save(str(target))
    return page_texts(office(target, "pdf", work))
