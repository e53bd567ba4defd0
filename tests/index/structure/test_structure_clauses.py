"""Where clauses begin and end, what they are called, and how they are addressed."""

from __future__ import annotations

import pytest
from hand_readings import by_id, cut, ids

from index.documents.front_matter import ClauseEntry, FrontMatter
from index.documents.structure.types import Role

MEASURES = """
小微企业贷款管理办法
第一章　总则
第一条　为规范小微企业贷款，制定本办法。
第二条　本办法所称小微企业，是指：
（一）小型企业；
（二）微型企业。
前款所称企业包括个体工商户。
第二章　贷款条件
第三条　单户授信总额不超过1000万元。
第三条之一　信用贷款不超过300万元。
第四条　本办法自2024年11月1日起施行。
"""


def test_articles_are_addressed_by_their_number_alone():
    drafted = cut(MEASURES)
    assert ids(drafted) == ["1", "2", "3", "3.1", "4"]
    assert [clause.reference for clause in drafted.clauses] == ["第一条", "第二条", "第三条", "第三条之一", "第四条"]
    assert drafted.clauses[2].headings == ("第二章 贷款条件",)


def test_items_of_an_article_stay_in_its_text_and_are_parts_of_it():
    clause = cut(MEASURES).clauses[1]
    assert clause.text == "本办法所称小微企业，是指：\n（一）小型企业；\n（二）微型企业。\n前款所称企业包括个体工商户。"
    parts = {part.id: clause.text[part.start : part.end] for part in clause.parts}
    assert parts["2-1"] == "（一）小型企业；"
    assert parts["2-p1"] == "本办法所称小微企业，是指：\n（一）小型企业；\n（二）微型企业。"
    assert parts["2-p2"] == "前款所称企业包括个体工商户。"
    assert {part.id: part.reference for part in clause.parts}["2-2"] == "第二条第（二）项"


def test_sections_of_a_notice_are_addressed_by_their_path():
    drafted = cut(
        """
        某省财政厅关于做好贴息工作的通知
        各市财政局：
        现将有关事项通知如下。
        一、总体要求
        （一）坚持市场运作。银行自主决策。
        （二）坚持风险可控。
        1．加强审查。每笔贷款双人审查。
        2．加强监测。每月报送数据。
        二、申请材料包括：
        1．营业执照；
        2．身份证。
        """.replace("        ", "")
    )
    assert ids(drafted) == ["preamble", "1-1", "1-2", "1-2-1", "1-2-2", "2"]
    assert by_id(drafted)["2"] == "申请材料包括：\n1．营业执照；\n2．身份证。"
    assert [clause.reference for clause in drafted.clauses][3:5] == ["一（二）1", "一（二）2"]
    assert drafted.clauses[1].heading == "坚持市场运作"
    assert drafted.clauses[1].headings == ("一 总体要求",)


def test_an_enumeration_within_a_paragraph_is_no_outline():
    drafted = cut(
        "某市关于降低成本的通知\n一、降低成本。一是降低利率。二是减免费用。（一）至（三）项另行通知。\n二、加强督导。"
    )
    assert ids(drafted) == ["1", "2"]


def test_a_figure_at_the_start_of_a_paragraph_is_no_number():
    drafted = cut("某市情况通报\n一、基本情况\n12.5亿元贷款已经发放。\n2024年继续推进。\n二、下一步工作\n继续推进。")
    assert by_id(drafted) == {"1": "12.5亿元贷款已经发放。\n2024年继续推进。", "2": "继续推进。"}


def test_numbers_given_twice_still_give_one_id_each_and_are_named():
    drafted = cut("办法\n第一条　甲。\n第二条　乙。\n第二条　丙。\n第四条　丁。")
    assert ids(drafted) == ["1", "2", "2-again", "4"]
    assert [(doubt.code, doubt.detail) for doubt in drafted.doubts if "number" in doubt.code] == [
        ("number-repeats", "第二条"),
        ("number-jumps", "第四条"),
    ]


def test_articles_counted_anew_in_every_chapter_carry_the_chapter():
    drafted = cut("规程\n第一章 总则\n第一条　甲。\n第二条　乙。\n第二章 分则\n第一条　丙。")
    assert ids(drafted) == ["c1-1", "c1-2", "c2-1"]
    assert drafted.clauses[2].reference == "第二章 第一条"


def test_attachments_have_clauses_of_their_own():
    drafted = cut(
        """
某市财政局关于印发贴息办法的通知
各县财政局：
一、请遵照执行。
二、联系人另行通知。
附件：1．贴息办法
2．申请材料清单
某市财政局
2024年10月8日
附件1
贴息办法
第一条　贴息比例为1.5%。
第二条　期限为2年。
附件2
申请材料清单
1．营业执照；
2．借款合同。
"""
    )
    assert ids(drafted) == ["1", "2", "a1-1", "a1-2", "a2-1", "a2-2"]
    assert drafted.clauses[2].reference == "附件1 第一条"
    assert drafted.clauses[2].headings == ("附件1 贴息办法",)
    assert [framing.text for framing in drafted.framed(Role.SIGNATURE)] == ["某市财政局"]
    assert [framing.text for framing in drafted.framed(Role.TITLE)][1:] == ["贴息办法", "申请材料清单"]


def test_a_closing_sentence_belongs_to_no_section():
    drafted = cut("某局关于贷款的通知\n一、甲。\n二、乙。\n本通知自印发之日起施行。")
    assert by_id(drafted)["closing"] == "本通知自印发之日起施行。"
    assert by_id(drafted)["2"] == "乙。"


def test_english_outlines():
    drafted = cut(
        "Rules of the Guarantee Scheme\n1. Purpose\n1.1 These Rules share the risk of loans.\n1.2 The Scheme does not cover:\n"
        "(a) loans for homes; and\n(b) loans to lenders.\n2. Final provisions\n2.1 These Rules take effect on 1 July 2024."
    )
    assert ids(drafted) == ["1-1", "1-2", "2-1"]
    assert by_id(drafted)["1-2"] == "The Scheme does not cover:\n(a) loans for homes; and\n(b) loans to lenders."
    assert [clause.reference for clause in drafted.clauses] == ["1.1", "1.2", "2.1"]


def test_english_articles_with_headings():
    drafted = cut(
        "Measures for Loans\nChapter I General Provisions\nArticle 1 Purpose\nThese Measures govern loans.\n"
        "Article 2\nA lender shall answer within 5 days.\nChapter II Loans\nArticle 3 The limit is 3 million yuan."
    )
    assert [(c.id, c.heading, c.text) for c in drafted.clauses] == [
        ("1", "Purpose", "These Measures govern loans."),
        ("2", "", "A lender shall answer within 5 days."),
        ("3", "", "The limit is 3 million yuan."),
    ]


def test_a_text_without_structure_gives_passages_of_a_size_to_read():
    paragraph = "今天走访了荷塘区的三家小微企业，了解了它们的融资情况。" * 4  # 108 characters
    drafted = cut("走访随记\n" + "\n".join([paragraph] * 9))
    assert ids(drafted) == ["p1", "p4", "p7"]  # three paragraphs make 324 characters, more than the 220 wanted
    assert all(len(clause.text) < 450 for clause in drafted.clauses)
    assert "no-structure" in [doubt.code for doubt in drafted.doubts]


def test_headings_marked_by_the_format_make_an_outline():
    from index.documents.reading.types import Format, Line, Page, Reading
    from index.documents.structure.drafting import draft

    lines = [("店店贷产品说明", 0), ("适用对象", 1), ("个体工商户。", None), ("额度", 1), ("最高50万元。", None)]
    blocks = tuple(Line(text, level=level, paragraph=True) for text, level in lines)
    drafted = draft(Reading(Format.DOCX, (Page(1, blocks),), False))
    assert drafted.title == "店店贷产品说明"
    assert [(c.id, c.reference, c.text) for c in drafted.clauses] == [
        ("h1", "适用对象", "个体工商户。"),
        ("h2", "额度", "最高50万元。"),
    ]


@pytest.mark.parametrize("text", [MEASURES, "a\n第一条 b。\n第一条 c。\n第一条 d。", "一、\n一、\n一、"])
def test_ids_are_such_as_the_corpus_allows(text):
    from pydantic import TypeAdapter

    from index.documents.front_matter import ClauseId

    drafted = cut(text)
    for id in ids(drafted):
        TypeAdapter(ClauseId).validate_python(id)
    assert len(set(ids(drafted))) == len(ids(drafted))
    assert FrontMatter.model_fields["clauses"].annotation == dict[ClauseId, ClauseEntry]


def test_every_unit_is_listed_with_its_own_text():
    units = {unit.id: unit for unit in cut(MEASURES).units}
    assert units["c2"].heading == "贷款条件"
    assert units["2-1"].number == "（一）"
    assert units["2-1"].text == "小型企业；"
    assert units["2-1"].parent == "2"


def test_a_manual_that_sets_its_numbers_apart_by_a_blank():
    drafted = cut(
        "贷款操作手册\n1 总则\n1.1 目的\n规范操作。\n1.2 范围\n适用于各支行。\n2 条件\n2.1 年利率不超过4.35%。\n2.2 期限不超过3年。"
    )
    assert by_id(drafted) == {
        "1-1": "规范操作。",
        "1-2": "适用于各支行。",
        "2-1": "年利率不超过4.35%。",
        "2-2": "期限不超过3年。",
    }
    assert drafted.clauses[0].headings == ("1 总则",)


def test_a_list_below_a_heading_is_one_clause():
    drafted = cut(
        "某局通知\n一、申请材料\n1.营业执照\n2.身份证\n二、不予支持的情形\n（一）列入失信名单的；\n（二）发生重大事故的。"
    )
    assert by_id(drafted) == {
        "1": "1.营业执照\n2.身份证",
        "2": "（一）列入失信名单的；\n（二）发生重大事故的。",
    }
    assert [clause.heading for clause in drafted.clauses] == ["申请材料", "不予支持的情形"]


def test_questions_are_headings():
    drafted = cut("政策问答\n1.问：额度是多少？\n答：最高30万元。\n2.问：期限多长？\n答：最长3年。")
    assert [(c.heading, c.text) for c in drafted.clauses] == [
        ("额度是多少？", "问：额度是多少？\n答：最高30万元。"),
        ("期限多长？", "问：期限多长？\n答：最长3年。"),
    ]


def test_chapters_that_count_on_through_parts_are_in_order():
    drafted = cut("规则\n第一编 甲\n第一章 子\n第一条　一。\n第二编 乙\n第二章 丑\n第二条　二。")
    assert [doubt.code for doubt in drafted.doubts if doubt.code.startswith("number")] == []
