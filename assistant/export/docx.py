"""A paper as a Word document (DOCX): real headings, lists and tables, so that staff can go on working with it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Mm, Pt, RGBColor

from assistant.export.packages import legal, repacked
from assistant.export.types import Heading, Listing, Marker, PageBreak, Paper, Paragraph, Style, Table
from assistant.export.widths import shares_of
from assistant.texts import room_texts
from index.types import Language

_LATIN, _SONG, _HEI = "Times New Roman", "宋体", "黑体"
_LANGUAGES = {Language.ZH: "zh-CN", Language.EN: "en-GB"}
_SIZES = {"Title": 18, "Subtitle": 12, "Heading 1": 15, "Heading 2": 13, "Heading 3": 11.5}  # points
_STYLES = {Style.BODY: "Normal", Style.QUOTE: "Quote", Style.NOTE: "Note", Style.CENTRED: "Centred"}
_BLACK = RGBColor(0, 0, 0)
_GREY = RGBColor(0x59, 0x59, 0x59)
_MARGIN = Cm(2.3)


def docx_of(paper: Paper) -> bytes:
    """The paper as a DOCX file; the same bytes for the same paper."""
    document = docx.Document()
    _settle(document, paper)
    document.add_paragraph(legal(paper.title), "Title")
    if paper.subtitle:
        document.add_paragraph(legal(paper.subtitle), "Subtitle")
    lists = _Lists(document)
    for block in paper.blocks:
        if isinstance(block, Heading):
            document.add_heading(legal(block.text), block.level)
        elif isinstance(block, Paragraph):
            document.add_paragraph(legal(block.text), _STYLES[block.style])
        elif isinstance(block, Listing):
            lists.add(block)
        elif isinstance(block, Table):
            _add_table(document, block)
        elif isinstance(block, PageBreak):
            document.add_page_break()  # type: ignore[no-untyped-call]
    _add_foot(document, paper)
    made = io.BytesIO()
    document.save(made)
    return repacked(made.getvalue())


def _settle(document: Any, paper: Paper) -> None:
    """Page, fonts and what the file says of itself."""
    section, about = document.sections[0], document.core_properties
    section.page_width, section.page_height = Mm(210), Mm(297)
    if paper.landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    about.title, about.subject = legal(paper.title)[:255], legal(paper.subtitle or "")[:255]
    about.language, about.author, about.comments = _LANGUAGES[paper.language], "", ""
    about.created = about.modified = datetime.combine(paper.made_on, time())
    styles = document.styles
    for name in ("Note", "Centred"):
        styles.add_style(name, 1).base_style = styles["Normal"]
    for style in styles:
        if style.type == 1:
            _fonts(style, _HEI if style.name in _SIZES else _SONG)
            if style.name in _SIZES:
                style.font.size, style.font.color.rgb = Pt(_SIZES[style.name]), _BLACK
    _language(styles["Normal"], _LANGUAGES[paper.language])
    styles["Normal"].font.size = Pt(10.5)
    styles["Normal"].paragraph_format.space_after = Pt(6)
    styles["Normal"].paragraph_format.line_spacing = 1.2
    for level, before in ((1, 12), (2, 10), (3, 8)):
        heading = styles[f"Heading {level}"].paragraph_format
        heading.space_before, heading.space_after = Pt(before), Pt(4)
    styles["Note"].font.size, styles["Note"].font.color.rgb = Pt(9), _GREY
    styles["Centred"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    styles["Quote"].font.italic = False  # Chinese characters have no italics; slanted they are hard to read
    styles["Quote"].font.color.rgb = styles["Caption"].font.color.rgb = _BLACK
    styles["Quote"].paragraph_format.left_indent = Cm(0.7)
    styles["Title"].font.bold, styles["Subtitle"].font.italic = True, False
    for border in styles["Title"].element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)


def _fonts(style: Any, chinese: str) -> None:
    """One font for Latin letters and one for Chinese, instead of those of the theme."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for name, font in (("ascii", _LATIN), ("hAnsi", _LATIN), ("cs", _LATIN), ("eastAsia", chinese)):
        fonts.set(qn(f"w:{name}"), font)


def _language(style: Any, language: str) -> None:
    said = OxmlElement("w:lang")
    said.set(qn("w:val"), language if language.startswith("en") else "en-US")
    said.set(qn("w:eastAsia"), "zh-CN")
    style.element.get_or_add_rPr().append(said)


class _Lists:
    """Lists with numbering of their own, so that each begins at 1."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.numbering = document.part.numbering_part.element
        self.kinds: dict[str, int] = {}

    def add(self, listing: Listing) -> None:
        """A paragraph for each item, under the marker of the list."""
        number = self._begun(listing.marker)
        for item in listing.items:
            paragraph = self.document.add_paragraph(legal(item), "List Paragraph")
            place = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            place.get_or_add_ilvl().val = 0
            place.get_or_add_numId().val = number
            paragraph.paragraph_format.space_after = Pt(3)
            if listing.marker is Marker.LINE:
                paragraph.paragraph_format.keep_with_next = True
                self._line()

    def _begun(self, marker: Marker) -> int:
        format_, text = {Marker.DOT: ("bullet", "•"), Marker.BOX: ("bullet", "□")}.get(marker, ("decimal", "%1."))
        if text not in self.kinds:
            self.kinds[text] = 100 + len(self.kinds)
            font = f'<w:rPr><w:rFonts w:ascii="{_SONG}" w:hAnsi="{_SONG}" w:eastAsia="{_SONG}"/></w:rPr>'
            kind = parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{self.kinds[text]}">'
                '<w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
                f'<w:numFmt w:val="{format_}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
                f'<w:pPr><w:ind w:left="425" w:hanging="425"/></w:pPr>{font if format_ == "bullet" else ""}'
                "</w:lvl></w:abstractNum>"
            )
            self.numbering.insert(0, kind)  # kinds stand before the lists that use them
        begun = self.numbering.add_num(self.kinds[text])
        begun.add_lvlOverride(0).add_startOverride(1)
        return int(begun.numId)

    def _line(self) -> None:
        """An empty paragraph with a line under it, to write on."""
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.left_indent = Cm(0.75)
        paragraph._p.get_or_add_pPr().append(
            parse_xml(
                f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="4" w:space="1" w:color="808080"/></w:pBdr>'
            )
        )


def _add_table(document: Any, table: Table) -> None:
    if table.caption:
        caption = document.add_paragraph(legal(table.caption), "Caption")
        caption.paragraph_format.keep_with_next = True
    if not table.header:
        return
    made = document.add_table(rows=0, cols=len(table.header), style="Table Grid")
    made.autofit = False
    section, shares = document.sections[0], shares_of(table)
    room = section.page_width - section.left_margin - section.right_margin
    widths = [int(room * share / sum(shares)) for share in shares]
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    for number, cells in enumerate((table.header, *table.rows)):
        row = made.add_row()
        _whole(row, header=number == 0)
        for cell, text, width in zip(row.cells, cells, widths, strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            run = paragraph.add_run(legal(text))
            run.font.size, run.bold = Pt(9), number == 0 or None
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _whole(row: Any, *, header: bool) -> None:
    """The header is repeated on every page; no row is torn apart by a page's end unless it is longer than a page."""
    about = row._tr.get_or_add_trPr()
    for name in ("cantSplit", "tblHeader") if header else ("cantSplit",):
        about.append(OxmlElement(f"w:{name}"))


def _add_foot(document: Any, paper: Paper) -> None:
    foot = document.sections[0].footer
    if paper.note:
        foot.paragraphs[0].style = "Note"
        foot.paragraphs[0].text = legal(paper.note)
    numbers = foot.add_paragraph(style="Note") if paper.note else foot.paragraphs[0]
    numbers.style = "Note"
    numbers.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for text in _pieces(paper.language):
        run = numbers.add_run()
        if text in ("PAGE", "NUMPAGES"):
            _field(run, text)
        else:
            run.text = text


def _pieces(language: Language) -> Iterator[str]:
    """The sentence of the page number, with the names of fields in place of the numbers."""
    said = room_texts("export", language)("page", page="\0PAGE\0", pages="\0NUMPAGES\0")
    yield from (piece for piece in said.split("\0") if piece)


def _field(run: Any, name: str) -> None:
    """A field that Word fills in; 1 is shown until it does."""
    for kind in ("begin", None, "separate", "shown", "end"):
        if kind is None:
            part = OxmlElement("w:instrText")
            part.text = f" {name} "
        elif kind == "shown":
            part = OxmlElement("w:t")
            part.text = "1"
        else:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        run._r.append(part)
