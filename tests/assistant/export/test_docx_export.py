"""DOCX read as XML, and by the reader that documents of others go through."""

import io
import zipfile
from dataclasses import replace

import pytest
from export_samples import CLAUSE, EMPTY, ENGLISH, HOSTILE_SHOWN, PAPER, ROWS, hostile
from lxml import etree

from assistant.export.docx import docx_of
from index.documents.reading.sandbox import read_apart

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def part(content, name):
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read(name))


def text_of(element):
    return "".join(node.text or "" for node in element.iter(f"{W}t"))


@pytest.fixture(scope="module")
def made():
    return docx_of(PAPER)


@pytest.fixture(scope="module")
def body(made):
    return part(made, "word/document.xml")[0]


def test_paragraphs_have_real_styles(body):
    shown = [
        (paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val"), text_of(paragraph))
        for paragraph in body.findall(f"{W}p")
        if paragraph.find(f"{W}pPr/{W}pStyle") is not None
    ]
    assert shown[:8] == [
        ("Title", "小微企业续贷：要点与条款"),
        ("Subtitle", "金规〔2024〕13号"),
        ("Heading1", "一、总则"),
        ("Heading3", "细目"),
        ("Quote", CLAUSE),
        ("Note", "以原文为准。"),
        ("Centred", "特此证明"),
        ("ListParagraph", "甲项"),
    ]


def test_lists_are_lists_and_each_numbered_one_begins_at_one(made, body):
    numbered = {}
    for paragraph in body.findall(f"{W}p"):
        found = paragraph.find(f"{W}pPr/{W}numPr/{W}numId")
        if found is not None:
            numbered.setdefault(found.get(f"{W}val"), []).append(text_of(paragraph))
    assert list(numbered.values()) == [
        ["甲项", "乙项"], ["先申请", "再审批"], ["又一步", "末一步"], ["营业执照", "纳税记录"], ["贵公司有多少人？"],
    ]  # fmt: skip
    numbering = part(made, "word/numbering.xml")
    kinds = {kind.get(f"{W}abstractNumId"): kind for kind in numbering.findall(f"{W}abstractNum")}
    markers = []
    for number in numbered:
        (begun,) = [found for found in numbering.findall(f"{W}num") if found.get(f"{W}numId") == number]
        kind = kinds[begun.find(f"{W}abstractNumId").get(f"{W}val")]
        markers.append(kind.find(f"{W}lvl/{W}lvlText").get(f"{W}val"))
        assert begun.find(f"{W}lvlOverride/{W}startOverride").get(f"{W}val") == "1"
    assert markers == ["•", "%1.", "%1.", "□", "%1."]
    order = [child.tag for child in numbering]
    assert order == sorted(order)  # abstractNum before num, as the format wants


def test_the_header_of_a_table_is_repeated_and_no_row_is_torn(body):
    rows = body.find(f"{W}tbl").findall(f"{W}tr")
    assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    cells = [tuple(text_of(cell) for cell in row.findall(f"{W}tc")) for row in rows]
    assert cells == [("条款", "内容"), *ROWS]


def test_chinese_and_latin_letters_have_their_own_fonts(made):
    styles = {style.get(f"{W}styleId"): style for style in part(made, "word/styles.xml").findall(f"{W}style")}
    for name, chinese in (
        ("Normal", "宋体"),
        ("Quote", "宋体"),
        ("Title", "黑体"),
        ("Heading1", "黑体"),
        ("Heading3", "黑体"),
    ):
        fonts = styles[name].find(f"{W}rPr/{W}rFonts")
        assert (fonts.get(f"{W}ascii"), fonts.get(f"{W}eastAsia")) == ("Times New Roman", chinese)
        assert fonts.get(f"{W}asciiTheme") is None


def test_the_foot_has_the_note_and_fields_for_the_pages(made):
    foot = part(made, "word/footer1.xml")
    note, numbers = foot.findall(f"{W}p")
    assert text_of(note) == "摘自政策库，查阅日期 2026-11-28。"
    assert text_of(numbers) == "第 1 页，共 1 页"
    assert [field.text.strip() for field in foot.iter(f"{W}instrText")] == ["PAGE", "NUMPAGES"]


def test_the_file_says_what_it_is(made, body):
    about = part(made, "docProps/core.xml")
    said = {etree.QName(element).localname: element.text for element in about}
    assert (said["title"], said["language"], said["created"]) == (PAPER.title, "zh-CN", "2026-11-28T00:00:00Z")
    size = body.find(f"{W}sectPr/{W}pgSz")
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("11906", "16838")  # A4 in twentieths of a point


def test_landscape_turns_the_page():
    size = part(docx_of(ENGLISH), "word/document.xml").find(f".//{W}sectPr/{W}pgSz")
    assert (size.get(f"{W}w"), size.get(f"{W}h"), size.get(f"{W}orient")) == ("16838", "11906", "landscape")


def test_the_reader_of_documents_reads_the_same(made, tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(made)
    reading = read_apart(path)
    assert reading.title == PAPER.title
    assert not reading.warnings
    blocks = reading.pages[0].blocks
    texts = [block.text for block in blocks if hasattr(block, "text")]
    for text in ("一、总则", CLAUSE, "特此证明"):
        assert text in texts
    (table,) = [block for block in blocks if hasattr(block, "rows")]
    assert [tuple(cell if isinstance(cell, str) else cell.text for cell in row) for row in table.rows][-120:] == list(
        ROWS
    )


def test_hostile_texts_are_text(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(docx_of(hostile()))
    body = part(path.read_bytes(), "word/document.xml")[0]
    assert [text_of(paragraph) for paragraph in body.findall(f"{W}p")].count(HOSTILE_SHOWN) == 4
    assert text_of(body).count("长") == 6000
    assert read_apart(path).pages


def test_an_empty_paper_has_its_title():
    assert text_of(part(docx_of(EMPTY), "word/document.xml")) == "空"


def test_the_same_paper_gives_the_same_bytes(made):
    assert docx_of(PAPER) == made
    assert docx_of(replace(PAPER, title="别的")) != made
