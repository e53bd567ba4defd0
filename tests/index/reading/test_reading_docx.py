"""Word documents made with python-docx and by hand come back as they are shown."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.shared import Pt, RGBColor

from index.documents.reading.docx_file import read_docx
from index.documents.reading.limits import DEFAULT
from index.documents.reading.types import Line, Reading, Table

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(document) -> Reading:
    out = io.BytesIO()
    document.save(out)
    return read_docx(out.getvalue(), DEFAULT, lambda _page, _pages: None)


def lines(reading: Reading) -> list[str]:
    return [block.text for block in reading.pages[0].blocks if isinstance(block, Line)]


def levels(*forms: tuple[str, str], more: str = "") -> str:
    return "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{more}<w:lvlText w:val="{shown}"/></w:lvl>'
        for at, (kind, shown) in enumerate(forms)
    )


def numbered(document, abstract: str, *numbers: str) -> None:
    """Put list definitions in front of those there are; `numbers` are the w:num elements."""
    numbering = document.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    numbering.append(parse_xml(f'<w:abstractNum {W} w:abstractNumId="1">{abstract}</w:abstractNum>'))
    for number in numbers or ('w:numId="1"><w:abstractNumId w:val="1"/>',):
        numbering.append(parse_xml(f"<w:num {W} {number}</w:num>"))


def item(document, text: str, level: int = 0, number: int = 1):
    paragraph = document.add_paragraph(text)
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
    )
    return paragraph


def test_numbers_are_shown_as_word_counts_them():
    document = Document()
    numbered(
        document,
        levels(("chineseCountingThousand", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."), ("decimalEnclosedCircle", "%4")),
    )
    for text, level in [("总体要求", 0), ("目标", 1), ("原则", 1), ("公开", 2), ("公平", 2), ("细则", 3), ("措施", 0), ("支持", 1), ("甲", 2)]:
        item(document, text, level)
    assert lines(read(document)) == [
        "一、总体要求", "（一）目标", "（二）原则", "1. 公开", "2. 公平", "① 细则", "二、措施", "（一）支持", "1. 甲",
    ]  # fmt: skip


def test_articles_and_levels_that_name_those_above():
    document = Document()
    numbered(document, levels(("chineseCountingThousand", "第%1章"), ("decimal", "%1.%2"), ("lowerLetter", "(%3)"), more="<w:isLgl/>"))
    for text, level in [("总则", 0), ("目的", 1), ("甲", 2), ("乙", 2), ("附则", 0), ("解释", 1)]:
        item(document, text, level)
    assert lines(read(document)) == ["第一章 总则", "1.1 目的", "(a) 甲", "(b) 乙", "第二章 附则", "2.1 解释"]


def test_a_list_that_starts_again_and_one_that_goes_on():
    document = Document()
    again = 'w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    same = 'w:numId="3"><w:abstractNumId w:val="1"/>'
    numbered(document, levels(("decimal", "%1."), ), 'w:numId="1"><w:abstractNumId w:val="1"/>', again, same)
    for text, number in [("甲", 1), ("乙", 1), ("丙", 2), ("丁", 2), ("戊", 3)]:
        item(document, text, 0, number)
    assert lines(read(document)) == ["1. 甲", "2. 乙", "5. 丙", "6. 丁", "7. 戊"]


def test_numbers_that_come_with_a_style():
    document = Document()
    numbered(document, levels(("chineseCounting", "第%1条")))
    style = document.styles["Heading 2"].element
    style.get_or_add_pPr().append(parse_xml(f'<w:numPr {W}><w:numId w:val="1"/></w:numPr>'))
    document.add_paragraph("目的", style="Heading 2")
    document.add_paragraph("正文")
    document.add_paragraph("范围", style="Heading 2")
    reading = read(document)
    assert lines(reading) == ["第一条 目的", "正文", "第二条 范围"]
    assert [block.level for block in reading.pages[0].blocks] == [2, None, 2]


@pytest.mark.parametrize(
    ("kind", "shown"),
    [("upperRoman", "IV."), ("lowerRoman", "iv."), ("upperLetter", "D."), ("ideographTraditional", "丁."),
     ("chineseLegalSimplified", "肆."), ("decimalZero", "04."), ("decimalFullWidth", "４.")],
)  # fmt: skip
def test_kinds_of_numbers(kind, shown):
    document = Document()
    numbered(document, levels((kind, "%1.")))
    for _ in range(4):
        item(document, "项")
    assert lines(read(document))[3] == f"{shown} 项"


def test_headings_titles_bold_and_centred_paragraphs_are_known():
    document = Document()
    document.add_paragraph("办法", style="Title")
    document.add_paragraph("总则", style="Heading 1")
    centred = document.add_paragraph()
    centred.alignment = WD_ALIGN_PARAGRAPH.CENTER
    centred.add_run("某政发〔2026〕1号").bold = True
    blocks = read(document).pages[0].blocks
    assert [(block.level, block.bold, block.centred) for block in blocks][:2] == [(0, False, False), (1, True, False)]
    assert (blocks[2].level, blocks[2].bold, blocks[2].centred) == (None, True, True)


def test_what_was_deleted_or_moved_away_is_left_out_and_what_was_inserted_is_there():
    document = Document()
    document.element.body.insert(0, parse_xml(
        f"<w:p {W}><w:r><w:t xml:space='preserve'>额度</w:t></w:r><w:del w:id='1' w:author='a'><w:r><w:delText>一百</w:delText></w:r>"
        "</w:del><w:ins w:id='2' w:author='a'><w:r><w:t>三百</w:t></w:r></w:ins><w:r><w:t>万元</w:t></w:r>"
        "<w:moveFrom w:id='3' w:author='a'><w:r><w:t>移走</w:t></w:r></w:moveFrom></w:p>"
    ))  # fmt: skip
    reading = read(document)
    assert lines(reading) == ["额度三百万元"]
    assert reading.warnings == ("tracked-changes",)


def test_what_is_hidden_is_left_out_and_said():
    document = Document()
    paragraph = document.add_paragraph("看得见")
    paragraph.add_run("隐藏").font.hidden = True
    paragraph.add_run("白字").font.color.rgb = RGBColor(255, 255, 255)
    paragraph.add_run("极小").font.size = Pt(1)
    reading = read(document)
    assert (lines(reading), reading.warnings) == (["看得见"], ("hidden-text",))


def test_headers_and_footers_are_no_text_of_the_document():
    document = Document()
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.sections[0].footer.paragraphs[0].text = "第 1 页"
    document.add_paragraph("正文")
    assert lines(read(document)) == ["正文"]


def test_text_boxes_are_read_once():
    document = Document()
    box = "<w:txbxContent><w:p><w:r><w:t>框中文字</w:t></w:r></w:p></w:txbxContent>"
    document.element.body.insert(0, parse_xml(
        f'<w:p {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><w:r><w:t>框外</w:t></w:r><w:r>'
        f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    ))  # fmt: skip
    assert lines(read(document)) == ["框外", "框中文字"]


def test_merged_cells_are_filled_in_and_the_line_above_is_the_caption():
    """
    | 类别 | 标准        |
    |      | 上限 | 比例 |
    | 小型 | 300  | 50%  |
    |      | 200  | 40%  |
    """
    document = Document()
    document.add_paragraph("表1 贴息标准")
    document.add_paragraph("单位：万元")
    table = document.add_table(4, 3)
    for row, texts in enumerate([("类别", "标准", ""), ("", "上限", "比例"), ("小型", "300", "50%"), ("", "200", "40%")]):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(2, 0).merge(table.cell(3, 0))
    (found,) = [block for block in read(document).pages[0].blocks if isinstance(block, Table)]
    assert found.header == ("类别", "标准 / 上限", "标准 / 比例")
    assert found.rows == (("小型", "300", "50%"), ("小型", "200", "40%"))
    assert found.caption == "表1 贴息标准 单位：万元"


def test_labels_beside_their_values_have_no_header():
    document = Document()
    table = document.add_table(3, 2)
    for row, texts in enumerate([("贷款银行", "某某银行"), ("最高额度", "300万元"), ("担保", "信用，无需抵押。")]):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    (found,) = read(document).pages[0].blocks
    assert found.header == ()
    assert found.rows[0] == ("贷款银行", "某某银行")


def test_parts_that_are_not_there_are_told_as_damage():
    from index.errors import RefusedFileError

    out = io.BytesIO()
    Document().save(out)
    cut = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(cut, "w") as new:
        for name in old.namelist():
            if name != "word/document.xml":
                new.writestr(name, old.read(name))
    with pytest.raises(RefusedFileError) as caught:
        read_docx(cut.getvalue(), DEFAULT, lambda _page, _pages: None)
    assert caught.value.code == "damaged"
