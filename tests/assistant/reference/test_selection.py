"""Clauses picked from a document, as the paper that is exported."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest
from policy_samples import clause, digest
from pypdf import PdfReader

from assistant.export.docx import docx_of
from assistant.export.pdf import pdf_of
from assistant.export.types import Heading, Listing, Paragraph, Style, Table
from assistant.reference.selection import paper_of, selected
from index.documents.corpus import Corpus
from index.types import Grid, Language, Period, Verification

DAY, MADE = date(2026, 1, 1), date(2026, 11, 28)
HERE = "https://help.example/policy/notice"
GRID = Grid(("档次", "额度"), (("小型", "300万元"), ("微型", "200万元")), "额度表")
FOUND = digest(
    clause("1", "到2025年底增速不低于各项贷款。", reference="一", heading="目标", period=Period(expires=date(2025, 12, 31))),
    clause("2", "先申请，后续贷。"),
    clause("3", "档次：小型；额度：300万元", reference="三", heading="额度", table=GRID, verification=Verification.KNOWN),
)  # fmt: skip


def test_clauses_come_in_the_order_of_the_document_and_all_where_none_is_named():
    assert [c.id for c in selected(FOUND, ["3", "1", "9"])] == ["1", "3"]
    assert [c.id for c in selected(FOUND, [])] == ["1", "2", "3"]
    assert selected(FOUND, ["9"]) == ()


def test_the_paper_says_what_it_is_whether_it_holds_and_where_it_is_from():
    paper = paper_of(FOUND, selected(FOUND, ["1", "2"]), DAY, MADE, HERE)
    assert (paper.title, paper.subtitle) == ("关于做好续贷工作的通知", "条款摘录（本项目摘要，不是原文）")
    facts = next(block for block in paper.blocks if isinstance(block, Table))
    assert ("文号", "金规〔2024〕13号") in facts.rows
    assert ("发布机构", "国家金融监督管理总局") in facts.rows
    assert ("摘录范围", "2 条（全文共 3 条）") in facts.rows
    told = [block.text for block in paper.blocks if isinstance(block, Paragraph)]
    assert told == [
        "2024年9月24日发布，没有写明截止日期。按2026年1月1日看：部分条款已失效。一“目标”只适用到2025年12月31日，已失效。",
        "以下文字是本项目根据公开资料编写的摘要，不是原文；与原文不一致的，以发布机构公布的原文为准。",
        "到2025年底增速不低于各项贷款。",
        "按所看的日期：已失效。",
        "先申请，后续贷。",
    ]
    assert [block.text for block in paper.blocks if isinstance(block, Heading)] == [
        "有效性", "正文", "一 目标", "二 办理", "来源（GB/T 7714—2015）",
    ]  # fmt: skip
    sources = next(block for block in paper.blocks if isinstance(block, Listing)).items
    assert sources[1] == (
        "国家金融监督管理总局. 关于做好续贷工作的通知: 金规〔2024〕13号[A]. 2024-09-24: 第二部分. 转引自: 小微企业融资政策助手. "
        "续贷通知（摘要）[EB/OL]. (2026-11-22)[2026-11-28]. https://help.example/policy/notice#c-2."
    )
    assert paper.note is not None
    assert "按2026年1月1日的有效性" in paper.note
    assert HERE in paper.note


def test_a_table_stays_one_and_what_is_unchecked_says_so():
    paper = paper_of(FOUND, selected(FOUND, ["3"]), DAY, MADE)
    assert Table(("档次", "额度"), GRID.rows, "额度表") in paper.blocks
    assert Paragraph("这一条待核对原文。", Style.NOTE) in paper.blocks


def test_an_original_is_not_called_a_digest():
    paper = paper_of(digest(original=True), digest().clauses, DAY, MADE, HERE)
    assert paper.subtitle == "条款摘录（发布原文）"
    assert not any("不是原文" in block.text for block in paper.blocks if isinstance(block, Paragraph))


@pytest.mark.parametrize("language", list(Language))
def test_both_formats_hold_the_same_words_when_opened_by_others(corpus: Corpus, language):
    found = next(one for one in corpus.documents if one.id == "jingui-2024-13" and one.language is language)
    paper = paper_of(found, selected(found, ["2", "3-normal"]), MADE, MADE, HERE)
    opened = docx.Document(io.BytesIO(docx_of(paper)))
    word = "".join(paragraph.text for paragraph in opened.paragraphs)
    printed = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf_of(paper))).pages)
    plain = str.maketrans("", "", " \n\u00a0")
    for text in (found.clauses[3].text, found.title):
        assert text.translate(plain) in word.translate(plain)
        assert text[:20].translate(plain) in printed.translate(plain)
