"""A source as a DOCX, with the numbering, running lines, tracked changes and sections a word processor has."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from benchmarks.make_documents.source import Grid, Source

FONTS = {"song": "AR PL UMing CN", "serif": "Noto Serif CJK SC", "hei": "WenQuanYi Zen Hei", "sans": "Noto Sans CJK SC",
         "kai": "AR PL UKai CN", "latin": "Liberation Serif", "arial": "Liberation Sans"}  # fmt: skip
NUMBERINGS = {  # depth → (format, text) as Word's own list dialogue writes them
    "articles": [("chineseCountingThousand", "第%1条"), ("chineseCountingThousand", "（%2）")],  # chapters typed
    "chapters": [("chineseCountingThousand", "第%1章"), ("chineseCountingThousand", "第%2条"),
                 ("chineseCountingThousand", "（%3）")],
    "points": [("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3.")],
    "outline": [("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "(%3)")],
}  # fmt: skip


def run(paragraph: Paragraph, text: str, font: str, size: float, *, bold: bool = False, red: bool = False) -> Any:
    piece = paragraph.add_run(text)
    piece.font.size, piece.font.bold, piece.font.name = Pt(size), bold, FONTS[font]
    east = "AR PL UMing CN" if font in ("latin", "arial") else FONTS[font]
    piece._element.rPr.rFonts.set(qn("w:eastAsia"), east)
    if red:
        piece.font.color.rgb = RGBColor(0xD8, 0, 0x0F)
    return piece


def changes(paragraph: Paragraph, text: str, font: str, size: float, *, bold: bool = False) -> None:
    """Plain words as runs, {-…-} and {+…+} as what the reviewer struck out and wrote in."""
    for n, part in enumerate(re.split(r"(\{-.*?-\}|\{\+.*?\+\})", text.replace("‡", ""))):
        if not part:
            continue
        piece = run(paragraph, part[2:-2] if part[:2] in ("{-", "{+") else part, font, size, bold=bold)._element
        if part[:2] in ("{-", "{+"):
            holder = OxmlElement("w:del" if part[:2] == "{-" else "w:ins")
            for key, value in (("w:id", str(900 + n)), ("w:author", "法规科"), ("w:date", "2025-03-04T09:00:00Z")):
                holder.set(qn(key), value)
            piece.addprevious(holder)
            holder.append(piece)
            if part[:2] == "{-":
                for words in piece.findall(qn("w:t")):
                    words.tag = qn("w:delText")


def border(paragraph: Paragraph, side: str, colour: str, size: int) -> None:
    line = f'<w:{side} w:val="single" w:sz="{size}" w:space="4" w:color="{colour}"/>'
    paragraph._p.get_or_add_pPr().insert_element_before(
        parse_xml(f"<w:pBdr {nsdecls('w')}>{line}</w:pBdr>"), "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def numbering(doc: Docx, scheme: str) -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        + ('<w:lvlRestart w:val="0"/>' if "条" in text else "")  # Word: articles count on through the chapters
        + f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
        for i, (form, text) in enumerate(NUMBERINGS[scheme])
    )
    part = doc.part.numbering_part.element
    kind = '<w:multiLevelType w:val="multilevel"/>'
    part.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{kind}{levels}</w:abstractNum>'))
    part.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))


def counted(paragraph: Paragraph, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = level, 77


def table(doc: Docx, grid: Grid, font: str, size: float) -> None:
    made = doc.add_table(rows=len(grid.full), cols=len(grid.full[0]))
    made.style = "Table Grid"
    for cell in grid.cells:
        place = made.cell(cell.row, cell.column)
        if cell.rows > 1 or cell.columns > 1:
            place = place.merge(made.cell(cell.row + cell.rows - 1, cell.column + cell.columns - 1))
        run(place.paragraphs[0], cell.text, font, size, bold=cell.row < grid.header_rows)
    for row in made.rows[: grid.header_rows]:
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:tblHeader"))
    for row in made.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def stamped(paragraph: Paragraph, picture: bytes) -> None:
    """The round stamp floats over the signature, as it does in an office's own file."""
    piece = paragraph.add_run()
    piece.add_picture(io.BytesIO(picture), width=Mm(40))
    inline = piece._element.find(f".//{qn('wp:inline')}")
    anchor = parse_xml(
        f'<wp:anchor {nsdecls("wp", "a", "pic", "r")} behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1" '
        'simplePos="0" relativeHeight="5" distT="0" distB="0" distL="0" distR="0"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="column"><wp:posOffset>3500000</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>-650000</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{Emu(Mm(40))}" cy="{Emu(Mm(40))}"/><wp:wrapNone/></wp:anchor>'
    )
    for child in list(inline)[1:]:
        anchor.append(child)
    inline.getparent().replace(inline, anchor)


def running(doc: Docx, make: dict[str, Any], font: str) -> None:
    def fill(paragraph: Paragraph, text: str, align: Any) -> None:
        paragraph.alignment = align
        for part in re.split(r"(\{n\}|\{m\})", text):
            if part in ("{n}", "{m}"):
                for kind, value in (("begin", None), (None, "PAGE" if part == "{n}" else "NUMPAGES"), ("end", None)):
                    element = OxmlElement("w:fldChar" if kind else "w:instrText")
                    if kind:
                        element.set(qn("w:fldCharType"), kind)
                    else:
                        element.text = value
                    run(paragraph, "", font, 10.5)._element.append(element)
            elif part:
                run(paragraph, part, font, 10.5)

    section = doc.sections[0]
    odd_even = bool(make.get("even_footer"))
    doc.settings.odd_and_even_pages_header_footer = odd_even
    if make.get("header"):
        fill(section.header.paragraphs[0], make["header"], ALIGN.CENTER)
    if make.get("even_header"):
        fill(section.even_page_header.paragraphs[0], make["even_header"], ALIGN.CENTER)
    if make.get("footer"):
        fill(section.footer.paragraphs[0], make["footer"], ALIGN.RIGHT if odd_even else ALIGN.CENTER)
    if odd_even:
        fill(section.even_page_footer.paragraphs[0], make["even_footer"], ALIGN.LEFT)


def turn(doc: Docx, wide: bool) -> None:
    section = doc.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    a, b = sorted((section.page_width, section.page_height))
    section.page_width, section.page_height = (b, a) if wide else (a, b)


def write(source: Source, target: Path, stamp: bytes | None) -> None:
    make = source.head["make"]
    font, heading, size = make.get("font", "song"), make.get("heading_font", "hei"), make.get("size", 12)
    doc = Document()
    first = doc.sections[0]
    first.page_width, first.page_height = Mm(210), Mm(297)
    first.left_margin = first.right_margin = Mm(make.get("side_margin", 27))
    if make.get("official_margins"):  # GB/T 9704: 22 lines of 28 characters
        first.top_margin, first.bottom_margin = Mm(37), Mm(35)
    running(doc, make, font)
    automatic = make.get("numbering")
    if automatic:
        numbering(doc, automatic)
    english = source.head.get("language") == "en"

    def paragraph(text: str, *, indent: bool = True, align: Any = None, bold: bool = False, kind: str = font,
                  points: float = size, style: str | None = None) -> Paragraph:  # fmt: skip
        made = doc.add_paragraph(style=style)
        made.paragraph_format.line_spacing = Pt(points * make.get("leading", 1.75))
        made.paragraph_format.space_after = Pt(6 if english else 0)
        if indent and not english:
            made.paragraph_format.first_line_indent = Pt(points * 2)
        made.alignment = align
        changes(made, text, kind, points, bold=bold)
        return made

    for block in source.blocks:
        text = block.text
        match block.kind:
            case "=":
                style = "Title" if make.get("title_style") else None
                paragraph(text, indent=False, align=ALIGN.CENTER, bold=True, kind=heading,
                          points=make.get("title_size", 20), style=style)  # fmt: skip
            case "@ISSUER":
                for part in text.split(" "):
                    line = doc.add_paragraph()
                    line.alignment = ALIGN.CENTER
                    run(line, part, "serif", make.get("issuer_size", 36), bold=True, red=True)
            case "@NUMBER":
                left, _, right = text.partition(" | ")
                line = paragraph(left + (f"　　　　　　　　{right}" if right else ""), indent=False, align=ALIGN.CENTER)
                border(line, "bottom", "D8000F", 18)
                doc.add_paragraph()
            case "@SIGN" | "@DATE":
                line = paragraph(text, align=ALIGN.RIGHT)
                line.paragraph_format.right_indent = Pt(size * 3)
                if block.kind == "@DATE" and stamp:
                    stamped(line, stamp)
            case "@CC" | "@PRINT":
                line = paragraph(text.replace(" | ", "　　　　　　"), indent=False, points=size * 0.9)
                border(line, "bottom", "000000", 6)
            case "H":
                name, _, title = text.partition(" | ")
                line = paragraph(name, indent=False, kind=heading)
                line.paragraph_format.page_break_before = True
                paragraph(title, indent=False, align=ALIGN.CENTER, bold=True, kind=heading, points=size * 1.4)
            case "T":
                if block.text:
                    paragraph(block.text, indent=False, align=ALIGN.CENTER, kind=heading, points=size * 0.95)
                assert block.grid
                table(doc, block.grid, font, make.get("table_size", size * 0.85))
                doc.add_paragraph()
            case "P" | "+":
                paragraph(text)
            case "L" | "@TO":
                paragraph(text, indent=False)
            case "C":
                paragraph(text, indent=False, align=ALIGN.CENTER)
            case "clause":
                level = block.depth - (2 if automatic == "articles" else 1)
                words = text if automatic and level >= 0 else block.reference + text
                style = f"Heading {block.depth}" if block.heading and make.get("heading_styles") else None
                centre = ALIGN.CENTER if block.heading and make.get("centre_chapters") else None
                line = paragraph(words, indent=not block.heading, bold=block.heading, align=centre,
                                 kind=heading if block.heading else font, style=style)  # fmt: skip
                if automatic and block.reference and level >= 0:
                    counted(line, level)
            case "~page":
                doc.add_page_break()
            case "~wide":
                turn(doc, True)
            case "~tall":
                turn(doc, False)
    doc.core_properties.title = make.get("file_title", "")
    doc.core_properties.author = ""
    doc.save(str(target))
