"""PDFs opened again by two readers that had no part in making them."""

import io
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pypdf
import pypdfium2
import pytest
from export_samples import CLAUSE, EMPTY, ENGLISH, HOSTILE_SHOWN, PAPER, ROWS, hostile

from assistant.errors import ExportError
from assistant.export import pdf
from assistant.export.lines import broken
from assistant.export.pdf import pdf_of
from assistant.export.types import Paragraph


def solid(text):
    return re.sub(r"\s", "", text)


def by_pdfium(content):
    document = pypdfium2.PdfDocument(content)
    return [page.get_textpage().get_text_bounded() for page in document]


def by_pypdf(content):
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]


@pytest.fixture(scope="module")
def made():
    return pdf_of(PAPER)


@pytest.mark.parametrize("read", [by_pdfium, by_pypdf])
def test_chinese_text_comes_out_as_it_went_in(made, read):
    first, *others = [solid(page) for page in read(made)]
    assert "小微企业续贷：要点与条款" in first
    assert first.count(solid(CLAUSE)) == 2  # the paragraph and the quotation
    for item in ("特此证明", "•甲项", "1.先申请2.再审批", "1.又一步2.末一步", "□营业执照", "1.贵公司有多少人？"):
        assert item in first
    assert others[0].startswith("二、条款一览表1条款条款内容")
    table = "".join(others)
    for name, content in ROWS:
        assert solid(name + content) in table


def test_each_page_has_its_number_the_note_and_the_header_of_the_table(made):
    pages = [solid(page) for page in by_pdfium(made)]
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        assert f"第{number}页，共{len(pages)}页" in page
        assert "摘自政策库，查阅日期2026-11-28。" in page
    assert all("条款内容" in page for page in pages[1:])


def test_the_file_says_what_it_is(made):
    reader = pypdf.PdfReader(io.BytesIO(made))
    assert reader.metadata.title == "小微企业续贷：要点与条款"
    assert reader.metadata.subject == "金规〔2024〕13号"
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"
    assert (round(reader.pages[0].mediabox.width), round(reader.pages[0].mediabox.height)) == (595, 842)


def test_headings_are_bookmarks_one_below_another(made):
    document = pypdfium2.PdfDocument(made)
    shown = [(mark.level, mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
    assert shown == [
        (0, "小微企业续贷：要点与条款", 0),
        (1, "一、总则", 0),
        (2, "细目", 0),  # a heading of level 3 right under one of level 1
        (1, "二、条款一览", 1),
    ]


def test_only_our_font_is_used_and_a_part_of_it_embedded(made):
    names = set()
    for page in pypdf.PdfReader(io.BytesIO(made)).pages:
        for font in page["/Resources"]["/Font"].values():
            used = font.get_object()
            names.add(used["/BaseFont"])
            if used["/BaseFont"] != "/Helvetica":  # named by every page of reportlab, used by none
                assert "/FontFile2" in used["/FontDescriptor"]
    assert names <= {"/Helvetica", *(name for name in names if name.endswith("+NotoSansSC-Regular"))}
    assert len(made) < 150_000  # of 10 MB of font


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(made):
    for page in by_pdfium(made):
        for line in page.splitlines():
            assert line[:1] not in "，。、；：？！）〕》”％"
            assert not line.endswith(("（", "〔", "《", "“"))


def test_english_words_stay_whole():
    words = {"Banks", "shouldn't", "charge", '"hidden"', "fees;", "internationalisation", "notwithstanding."}
    pages = by_pdfium(pdf_of(ENGLISH))
    body = pages[0].split("\n", 1)[1].replace("Page 1 of 1", "")
    assert set(body.split()) == words
    assert pypdfium2.PdfDocument(pdf_of(ENGLISH))[0].get_width() > 800  # landscape


def test_a_character_the_font_lacks_is_shown_by_its_number():
    paper = replace(EMPTY, blocks=(Paragraph("𠮷野 ✗"),))
    assert "〔U+20BB7〕野 ×" in by_pdfium(pdf_of(paper))[0]


def test_an_empty_paper_is_a_page_with_its_title():
    pages = by_pdfium(pdf_of(EMPTY))
    assert len(pages) == 1
    assert solid(pages[0]) == "空第1页，共1页"


def test_hostile_texts_are_text():
    content = pdf_of(hostile())
    text = solid("".join(by_pdfium(content)))
    assert text.count(solid(HOSTILE_SHOWN)) >= 6  # title, subtitle, heading, paragraph, list, tables
    assert text.count("长") == 6000  # a cell of several pages
    assert pypdf.PdfReader(io.BytesIO(content)).metadata.title == HOSTILE_SHOWN


def test_a_paragraph_of_many_pages_is_broken_into_lines_once(monkeypatch):
    texts = []
    monkeypatch.setattr(pdf, "broken", lambda text, *rest: texts.append(text) or broken(text, *rest))
    content = pdf_of(replace(EMPTY, blocks=[Paragraph("长" * 20_000)]))
    assert solid("".join(by_pdfium(content))).count("长") == 20_000
    assert sum("长" in text for text in texts) == 2  # the paper is laid out twice; on every page it would be 80 times


def test_a_note_longer_than_a_page_leaves_room_for_the_paper():
    pages = by_pdfium(pdf_of(replace(EMPTY, blocks=[Paragraph("正文")], note="注\n" * 300)))
    assert len(pages) == 1
    assert "正文" in pages[0]


def test_the_same_paper_gives_the_same_bytes(made):
    assert pdf_of(PAPER) == made


def test_papers_made_at_once_are_the_same_as_one_after_another(made):
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(pdf_of, [PAPER] * 8)) == {made}


def test_a_missing_font_is_said_with_what_to_install(monkeypatch):
    pdf._font.cache_clear()
    monkeypatch.setattr(sys, "path", [])
    with pytest.raises(ExportError, match=r"zhplot.*pip install -r requirements\.txt"):
        pdf_of(EMPTY)
    pdf._font.cache_clear()
