"""Numbers, issuers, repeals, regions, kinds, topics: what the text says, and nothing that it does not."""

from __future__ import annotations

import pytest
from hand_readings import cut

from index.documents.metadata.document_numbers import one_form
from index.documents.metadata.issuers import separated
from index.documents.metadata.places import place_in
from index.documents.metadata.proposing import propose
from index.documents.metadata.types import Named
from index.documents.structure.document import as_document
from index.types import Kind, Language


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("金规〔2024〕13号", "金规〔2024〕13号"),
        ("银发[2024]195号", "银发〔2024〕195号"),
        ("皖政办（2024）第5号", "皖政办〔2024〕5号"),
        ("中国人民银行公告〔2024〕第3号", "中国人民银行公告〔2024〕3号"),
        ("国家金融监督管理总局令2024年第2号", "国家金融监督管理总局令2024年第2号"),
        ("第728号", "第728号"),
        ("LCB/POL/2025-016", "LCB/POL/2025-016"),
        ("没有编号", None),
    ],
)
def test_one_form_of_numbers(text, number):
    assert one_form(text) == number


def test_an_order_carries_the_name_above_its_number():
    found = propose(cut("国家金融监督管理总局令\n2024年第2号\n固定资产贷款管理办法\n第一条　甲。"))
    assert found.number is not None
    assert found.number.value == "国家金融监督管理总局令2024年第2号"


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["某市财政局 某市金融工作局"], ["某市财政局", "某市金融工作局"]),
        (["国家税务总局", "某市税务局"], ["国家税务总局某市税务局"]),
        (["中国人民银行 财政部"], ["中国人民银行", "财政部"]),
        (["中国人民银行某市分行"], ["中国人民银行某市分行"]),
        (["某市市场监督", "管理局"], ["某市市场监督管理局"]),
        (["某市财政局（盖章）"], ["某市财政局"]),
    ],
)
def test_names_of_issuers(lines, names):
    assert separated(lines) == names


JOINT = """
江南省财政厅 中国人民银行江南省分行关于印发《贴息办法》的通知
各市财政局：
一、请遵照执行。
二、本通知自印发之日起施行。《贴息管理暂行办法》（江财金〔2020〕8号）、江财金〔2021〕3号同时废止。
江南省财政厅
中国人民银行江南省分行
2024年10月8日
"""


def test_a_joint_notice():
    found = propose(cut(JOINT), ["贴息", "续贷"])
    assert [proposal.value for proposal in found.issuers] == ["江南省财政厅", "中国人民银行江南省分行"]
    assert [proposal.value for proposal in found.repeals] == [
        Named("贴息管理暂行办法", "江财金〔2020〕8号"),
        Named(None, "江财金〔2021〕3号"),
    ]
    assert found.region is not None
    assert found.region.value == "江南省"
    assert found.kind is not None
    assert found.kind.value is Kind.NOTICE
    assert found.language.value is Language.ZH
    assert [topic.value for topic in found.topics] == ["贴息"]


@pytest.mark.parametrize(
    "sentence",
    ["本办法有效期5年，期满自动废止。", "本办法由某市财政局负责修改或者废止。", "废止前已经发放的贷款不受影响。"],
)
def test_what_repeals_nothing(sentence):
    assert propose(cut("某市贴息办法\n第一条　甲。\n第二条　" + sentence)).repeals == ()


def test_what_is_replaced_without_being_repealed():
    found = propose(cut("某市贴息办法\n第一条　甲。\n第二条　本办法取代《贴息细则》（某财〔2020〕1号）。"))
    assert found.repeals == ()
    assert [proposal.value for proposal in found.supersedes] == [Named("贴息细则", "某财〔2020〕1号")]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("浙江省杭州市上城区人民政府", "浙江省杭州市上城区"),
        ("云溪市市场监督管理局", "云溪市"),
        ("望江县人民政府办公室", "望江县"),
        ("国家税务总局云溪市税务局", "云溪市"),
        ("安徽银保监局", "安徽省"),
        ("国家金融监督管理总局", None),
        ("中国人民银行", None),
        ("临川商业银行", None),
        ("广西壮族自治区财政厅", "广西壮族自治区"),
        ("金华市义乌市财政局", "金华市义乌市"),
        ("某高新技术产业园区管理委员会", "某高新技术产业园区"),
    ],
)
def test_places(name, place):
    assert place_in(name) == place


def test_a_national_authority_speaks_for_the_whole_country():
    found = propose(cut("国家金融监督管理总局关于续贷的通知\n一、甲。\n国家金融监督管理总局\n2024年9月24日"))
    assert found.region is not None
    assert found.region.value == "全国"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("关于印发《贴息办法》的通知", Kind.NOTICE),
        ("贴息资金管理暂行办法", Kind.REGULATION),
        ("贴息资金管理办法（试行）", Kind.REGULATION),
        ("中华人民共和国中小企业促进法", Kind.LAW),
        ("2025年贴息实施方案", Kind.PROGRAMME),
        ("某银行“店店贷”产品说明", Kind.PRODUCT),
        ("某银行小微贷款利率表", Kind.PRODUCT),
        ("创业担保贷款办事指南", Kind.GUIDE),
        ("2024年普惠金融统计数据", Kind.FIGURES),
    ],
)
def test_kinds(title, kind):
    found = propose(cut(title + "\n第一条　甲。\n第二条　乙。"))
    assert found.kind is not None
    assert found.kind.value is kind


def test_a_text_that_says_nothing_of_itself_gets_no_proposals():
    found = propose(cut("走访随记\n今天走访了三家企业，老板都很忙。\n他们说2023年的贷款利率是4.35%。"))
    assert (found.number, found.issuers, found.issued, found.effective, found.expires) == (None, (), None, None, None)
    assert (found.repeals, found.supersedes, found.region, found.kind) == ((), (), None, None)


def test_a_document_is_made_of_draft_and_metadata():
    drafted = cut(JOINT)
    document = as_document(drafted, propose(drafted), "some-notice", group="bank-a")
    assert document.original
    assert document.group == "bank-a"
    assert document.title == "江南省财政厅 中国人民银行江南省分行关于印发《贴息办法》的通知"
    assert document.supersedes == ("江财金〔2020〕8号", "江财金〔2021〕3号")
    assert [clause.id for clause in document.clauses] == [clause.id for clause in drafted.clauses]
    assert document.clauses[0].spans == drafted.clauses[0].spans
    assert document.period.effective is not None
