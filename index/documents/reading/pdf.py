"""PDF → pages of lines and tables; pages without text are read from their picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from index.documents.reading import ocr, pdf_facts
from index.documents.reading.layout import laid_out
from index.documents.reading.limits import Limits
from index.documents.reading.over_pages import carried_on
from index.documents.reading.pdfium import PdfFile, PdfPage
from index.documents.reading.types import Format, Line, Page, Reading
from index.documents.reading.visibility import seen
from index.errors import OverLimitError

_SCAN_DPI = 200.0
_FEW_LETTERS = 12  # a page number or the stamp of a scanner is no text layer
_LARGE = 0.3  # share of the page that pictures cover where they may hold its text
_GARBLED = 0.3  # share of letters without meaning above which the text layer is worth nothing


def read_pdf(content: bytes, limits: Limits, progress: Callable[[int, int], None]) -> Reading:
    """Every page, in order; `progress` hears of each."""
    facts = pdf_facts.facts(content)
    file = PdfFile(content)
    if file.pages > limits.pages:
        raise OverLimitError("too-many-pages", found=file.pages, limit=limits.pages)
    pages: list[Page] = []
    warnings = list(facts.warnings)
    characters = 0
    for number in range(1, file.pages + 1):
        with file.page(number) as page:
            read, said = _page(page, number, limits, facts.layers)
        pages.append(read)
        warnings += [f"{code}:{number}" for code in said]
        characters += sum(len(block.text) for block in read.blocks if isinstance(block, Line))
        if characters > limits.characters:
            raise OverLimitError("too-many-characters", limit=limits.characters)
        progress(number, file.pages)
    file.close()
    return Reading(Format.PDF, tuple(carried_on(pages)), True, facts.title, tuple(warnings))


def _page(page: PdfPage, number: int, limits: Limits, layers: bool) -> tuple[Page, list[str]]:
    drawn = page.drawn()
    glyphs, hidden, layer = seen(page, page.glyphs(), drawn, doubtful=layers)
    said = ["hidden-text"] * hidden + ["ocr-layer"] * layer
    letters = [glyph for glyph in glyphs if not glyph.text.isspace()]
    pictured = sum((box.x1 - box.x0) * (box.y1 - box.y0) for box in drawn.pictures) >= _LARGE * page.width * page.height
    garbled = sum(_meaningless(glyph.text) for glyph in letters) > _GARBLED * len(letters)
    if (len(letters) < _FEW_LETTERS and pictured) or garbled:
        read = ocr.read_page(page.image(_SCAN_DPI, limits.pixels), _SCAN_DPI, number)
        # Drawn at fewer dots where the page is huge: places are scaled to its true size.
        read = ocr.resized(read, page.width, page.height)
        if read.blocks or garbled:
            return read, [*said, *["garbled-text"] * garbled, *["page-empty"] * (not read.blocks)]
    if any(glyph.turn < 0 for glyph in letters):
        said.append("slanted-text")
    blocks = laid_out(glyphs, drawn, page.width, page.height)
    if not blocks:
        said.append("page-empty")
    made = Page(number, tuple(blocks), page.width, page.height)
    return replace(made, ocr=True) if layer else made, said


def _meaningless(letter: str) -> bool:
    """Letters that fonts without a table of characters come out as."""
    code = ord(letter)
    return 0xE000 <= code <= 0xF8FF or code >= 0xF0000 or code == 0xFFFD or code < 32
