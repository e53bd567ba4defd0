"""A product sheet becomes a draft of terms and conditions; what it does not say stays unknown."""

from __future__ import annotations

from decimal import Decimal

from hand_readings import cut

from index.documents.metadata.products import product_draft
from index.documents.metadata.proposing import propose
from index.documents.reading.types import Table
from index.quantities import quantities

SHEET = """
云溪银行“店店贷”产品说明
一、适用对象
在云溪市经营满12个月的个体工商户、小微企业主，年龄22至60周岁。
二、产品要素
具体要素见下表。
三、申请条件
近6个月月均流水不低于1万元；当前无逾期；纳税信用等级为A级、B级。
"""
TABLE = Table(
    ("项目", "内容"),
    (
        ("贷款额度", "最高50万元，按近12个月月均流水的3倍核定"),
        ("贷款期限", "单笔最长12个月"),
        ("年化利率", "4.35%—7.20%（单利）"),
        ("还款方式", "按月付息、到期还本"),
        ("担保方式", "信用"),
    ),
)


def sheet():
    drafted = cut(SHEET, (5, TABLE))
    return product_draft(drafted, propose(drafted))


def test_terms_are_read_with_the_words_they_stand_in():
    terms = {term.what: term for term in sheet().terms}
    assert terms["amount"].value == Decimal(50)  # 万元
    assert terms["months"].value == Decimal(12)
    assert terms["rate"].value == Decimal("4.35")
    assert terms["rate_ceiling"].value == Decimal("7.2")
    assert terms["repayment"].proposal.evidence == "还款方式：按月付息、到期还本"
    assert terms["security"].proposal.evidence == "担保方式：信用"
    assert terms["amount"].clause_id == "t1"


def test_conditions_are_facts_of_the_rules():
    needs = {(need.fact, need.holds): need.value for need in sheet().needs}
    assert needs[("owner_age", "at_least")] == 22
    assert needs[("owner_age", "at_most")] == 60
    assert needs[("months", "at_least")] == 12
    assert needs[("overdue_now", "is")] is False
    assert needs[("tax_grade", "one_of")] == ("A", "B")


def test_facts_are_those_the_rules_know():
    from index.documents.yaml_files import load_yaml
    from index.settings import ROOT

    facts = load_yaml((ROOT / "corpus" / "rules" / "facts.yaml").read_text(encoding="utf-8"))
    assert {need.fact for need in sheet().needs} <= set(facts)


def test_name_bank_and_place():
    draft = sheet()
    assert draft.name is not None
    assert draft.name.value == "店店贷"
    assert draft.bank is not None
    assert draft.bank.value == "云溪银行"
    assert draft.region is not None
    assert draft.region.value == "云溪市"


def test_every_number_stands_in_its_quotation():
    for term in sheet().as_candidate("yunxi-diandiandai")["terms"]:
        assert term["clause"].startswith("yunxi-diandiandai#")
        if "value" in term:
            amounts = {Decimal(q.value) for q in quantities(term["quote"])}
            scale = 10000 if term["what"] == "amount" else 1
            assert Decimal(str(term["value"])) * scale in amounts


def test_what_the_sheet_does_not_say_stays_unknown():
    drafted = cut("云溪银行“快快贷”产品介绍\n一、产品特点\n线上申请，方便快捷。\n二、咨询电话\n请咨询网点。")
    found = product_draft(drafted, propose(drafted))
    assert [term.what for term in found.terms] == []
    assert found.needs == ()
    assert found.region is None


def test_this_city_is_the_name_of_no_place():
    drafted = cut("云溪银行“快快贷”产品介绍\n一、适用对象\n在本市注册、经营满1年的小微企业。\n二、咨询电话\n请咨询网点。")
    assert product_draft(drafted, propose(drafted)).region is None
