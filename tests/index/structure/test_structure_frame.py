"""The frame of official documents: what stands before and behind the clauses."""

from __future__ import annotations

import pytest
from hand_readings import HEIGHT, LEFT, WIDTH, centred, cut, line

from index.documents.reading.types import Format, Line, Page, Reading, Table
from index.documents.structure.drafting import draft
from index.documents.structure.types import Role


def texts(drafted, role):
    return [framing.text for framing in drafted.framed(role)]


RED_HEADER = """
000012
机密★1年
特急
国家金融监督管理总局文件
金规〔2024〕13号　签发人：张三
国家金融监督管理总局关于做好续贷工作
提高小微企业金融服务水平的通知
各监管局，各政策性银行、大型银行：
为做好续贷工作，现就有关事项通知如下：
一、优化贷款服务模式。
二、本通知自印发之日起施行。
国家金融监督管理总局
2024年9月24日
（此件公开发布）
抄送：中央纪委国家监委驻国家金融监督管理总局纪检监察组。
国家金融监督管理总局办公厅2024年9月25日印发
"""


@pytest.mark.parametrize(
    ("role", "said"),
    [
        (Role.COPY_NUMBER, ["000012"]),
        (Role.SECRECY, ["机密★1年"]),
        (Role.URGENCY, ["特急"]),
        (Role.MASTHEAD, ["国家金融监督管理总局文件"]),
        (Role.NUMBER, ["金规〔2024〕13号"]),
        (Role.SIGNER, ["签发人：张三"]),
        (Role.TITLE, ["国家金融监督管理总局关于做好续贷工作提高小微企业金融服务水平的通知"]),
        (Role.ADDRESSEE, ["各监管局，各政策性银行、大型银行："]),
        (Role.SIGNATURE, ["国家金融监督管理总局"]),
        (Role.DATE, ["2024年9月24日"]),
        (Role.NOTE, ["（此件公开发布）"]),
        (Role.COPIES, ["抄送：中央纪委国家监委驻国家金融监督管理总局纪检监察组。"]),
        (Role.PRINTED, ["国家金融监督管理总局办公厅2024年9月25日印发"]),
    ],
)
def test_a_document_with_a_red_header(role, said):
    assert texts(cut(RED_HEADER), role) == said


def test_nothing_of_the_frame_is_in_a_clause():
    assert [clause.text for clause in cut(RED_HEADER).clauses] == [
        "为做好续贷工作，现就有关事项通知如下：",
        "优化贷款服务模式。",
        "本通知自印发之日起施行。",
    ]


def test_a_title_over_several_printed_lines_is_told_by_its_size():
    lines = [
        centred("某省财政厅文件", 80, 32),
        centred("某财金〔2024〕5号", 140),
        line("某省财政厅　中国人民银行某省分行关于印发", 200, 82, 22, 431),
        centred("《贴息办法》的通知", 235, 22),
        line("各市财政局，人民银行各市分行：", 290),
        line("现将《贴息办法》印发给你们，请遵照执行。", 320, LEFT + 32),
    ]
    drafted = draft(Reading(Format.PDF, (Page(1, tuple(lines), WIDTH, HEIGHT),), True))
    assert drafted.title == "某省财政厅 中国人民银行某省分行关于印发《贴息办法》的通知"
    assert texts(drafted, Role.ADDRESSEE) == ["各市财政局，人民银行各市分行："]


def test_an_order_with_its_words_of_adoption():
    drafted = cut(
        "中华人民共和国国务院令\n第728号\n保障中小企业款项支付条例\n（2020年7月1日国务院第99次常务会议通过，自2020年9月1日起施行）\n第一条　甲。"
    )
    assert texts(drafted, Role.MASTHEAD) == ["中华人民共和国国务院令"]
    assert texts(drafted, Role.NUMBER) == ["第728号"]
    assert drafted.title == "保障中小企业款项支付条例"
    assert len(texts(drafted, Role.ADOPTION)) == 1


def test_a_table_of_contents_is_no_text():
    drafted = cut(
        "贷款规程\n目　录\n第一章 总则………1\n第二章 条件………2\n第一章 总则\n第一条　甲。\n第二章 条件\n第二条　乙。"
    )
    assert [clause.id for clause in drafted.clauses] == ["1", "2"]
    assert [heading.text for heading in drafted.outline] == ["第一章 总则", "第二章 条件"]


def test_an_appended_text_behind_signature_and_date_is_an_attachment():
    lines = [
        ("某局关于印发《贴息办法》的通知", {"centred": True}),
        ("各单位：", {}),
        ("现将《贴息办法》印发给你们。", {}),
        ("某局", {}),
        ("2024年10月8日", {}),
        ("贴息办法", {"centred": True}),
        ("第一条　甲。", {}),
        ("第二条　乙。", {}),
    ]
    blocks = tuple(Line(text, paragraph=True, **more) for text, more in lines)
    drafted = draft(Reading(Format.DOCX, (Page(1, blocks),), False))
    assert texts(drafted, Role.DATE) == ["2024年10月8日"]
    assert [(c.id, c.reference, c.headings) for c in drafted.clauses][1:] == [
        ("1", "第一条", ("贴息办法",)),
        ("2", "第二条", ("贴息办法",)),
    ]


def test_what_a_web_page_prints_around_a_document_is_noise():
    lines = "某市人民政府\n当前位置：首页 > 政策\n某市关于贷款的通告\n一、甲。\n分享到：微信\n上一篇：春耕"
    blocks = tuple(Line(text, paragraph=True) for text in lines.splitlines())
    drafted = draft(Reading(Format.HTML, (Page(1, blocks),), False))
    assert drafted.title == "某市关于贷款的通告"
    assert [clause.text for clause in drafted.clauses] == ["甲。"]
    assert [noise.text for noise in drafted.noise] == ["当前位置：首页 > 政策", "分享到：微信", "上一篇：春耕"]


def test_an_order_gives_its_place_to_the_text_it_puts_into_force():
    drafted = cut(
        "中华人民共和国国务院令\n第802号\n《支付条例》已经通过，现予公布，自2025年6月1日起施行。\n总理　李强\n2025年3月17日\n"
        "支付条例\n第一章 总则\n第一条　为规范支付，制定本条例。\n第二条　本条例自2025年6月1日起施行。"
    )
    assert texts(drafted, Role.MASTHEAD) == ["中华人民共和国国务院令"]
    assert drafted.title == "支付条例"
    assert [clause.id for clause in drafted.clauses] == ["p1", "1", "2"]


def test_parties_of_an_agreement_sign_it():
    drafted = cut("合作协议\n第一条　甲。\n第二条　乙。\n甲方：某市财政局\n乙方：某银行股份有限公司\n2025年1月1日")
    assert texts(drafted, Role.SIGNATURE) == ["甲方：某市财政局", "乙方：某银行股份有限公司"]
    assert texts(drafted, Role.DATE) == ["2025年1月1日"]


def test_the_table_of_fields_above_a_web_page_is_frame():
    fields = Table(
        (), (("索引号", "X-1", "主题分类", "财政"), ("发文机关", "某市财政局", "成文日期", "2024年05月10日"))
    )
    lines = (Line("某市财政局关于贴息的意见", level=1, paragraph=True), Line("一、甲。", paragraph=True))
    drafted = draft(Reading(Format.HTML, (Page(1, (fields, *lines)),), False))
    assert [clause.text for clause in drafted.clauses] == ["甲。"]
    assert "发文机关：某市财政局" in texts(drafted, Role.NOTE)
