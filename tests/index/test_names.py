"""Documents by what people call them."""

from __future__ import annotations

import pytest

from index.names import Names
from index.types import Clause, Document, Kind, Language
from index.words import Words


def document(
    id: str, title: str, short: str, number: str | None, *others: str, text: str = "正文。", **more
) -> Document:
    clauses = (Clause("1", "一", "标题", text),)
    return Document(id, more.pop("language", Language.ZH), Kind.NOTICE, title, short, clauses, number, others, **more)


DOCUMENTS = [
    document("renewal", "关于做好续贷工作的通知", "续贷通知", "金规〔2024〕13号", text="银监发〔2014〕36号已经废止。"),
    document("subsidy", "中小微企业贷款贴息的通知", "中小微贴息", "财金〔2026〕4号", "财金〔2026〕5号"),
    document("reward", "奖励办法", "奖励办法", "银发〔2025〕4号"),
    document("tax", "税收优惠公告", "税收优惠", "财政部 税务总局公告2023年第13号"),
    document("payment", "保障中小企业款项支付条例", "款项支付条例", "国务院令第802号", issuers=("国务院",)),
    document("law", "中小企业促进法", "中小企业促进法", "主席令第七十四号"),
    document("firms", "金融支持民企25条", "民企25条", "银发〔2023〕233号"),
    document("lpr", "贷款市场报价利率（LPR）", "贷款市场报价利率（LPR）", None),
]


@pytest.fixture(scope="module")
def names() -> Names:
    return Names(DOCUMENTS, Words())


def by_number(names: Names, line: str) -> list[str]:
    return [DOCUMENTS[place].id for place in names.read(line).documents]


def by_title(names: Names, line: str) -> list[str]:
    titled = names.read(line).titled
    return [DOCUMENTS[place].id for place in sorted(titled, key=lambda place: -titled[place])]


@pytest.mark.parametrize(
    "line",
    ["金规〔2024〕13号", "金规[2024]13号", "金规【2024】13号", "金规（2024）13号文", "金规2024年13号", "金规2024 13号",
     "金规2024-13", "金规13号", "金规 13号", "2024年13号", "金规2024年第13号", "查一下金规13号", "13号文",
     "Jin Gui [2024] No. 13", "Jin Gui 2024 No.13", "No. 13 of 2024"],
)  # fmt: skip
def test_a_number_is_read_however_it_is_typed(names, line):
    assert by_number(names, line) == ["renewal"]


def test_issuer_year_and_form_tell_equal_numbers_apart(names):
    assert by_number(names, "财金4号") == ["subsidy"]
    assert by_number(names, "银发4号") == ["reward"]
    assert by_number(names, "4号文") == ["subsidy", "reward"]
    assert by_number(names, "2025年4号") == ["reward"]
    assert by_number(names, "13号公告") == ["tax"]
    assert by_number(names, "802号令") == by_number(names, "国务院令第802号") == ["payment"]
    assert by_number(names, "主席令第七十四号") == ["law"]


def test_a_number_covered_weighs_less_than_ones_own(names):
    assert names.read("财金〔2026〕5号").documents[1] < names.read("财金〔2026〕4号").documents[1] == 1.0


def test_an_unknown_number_names_nothing_but_is_known_as_a_number(names):
    read = names.read("财金〔2030〕99号")
    assert (read.documents, read.clauses, read.number) == ({}, {}, "财金〔2030〕99号")
    assert names.read("续贷 期限2024年").number == ""


def test_a_clause_that_tells_of_a_number_is_found_by_it(names):
    assert names.read("银监发〔2014〕36号").clauses == {(0, "1"): 0.5}


def test_nothing_beyond_the_document_is_asked_for(names):
    assert names.read("国务院 802号令").whole  # its issuer says no more
    assert names.read("金规13号 续贷通知").whole
    assert not names.read("金规13号 风险分类").whole
    assert names.read("金规13号 风险分类").rest == "风险分类"


def test_half_a_title_or_an_abbreviation_of_words_names_a_document(names):
    assert by_title(names, "续贷通知") == ["renewal"]
    assert by_title(names, "支付条例") == ["payment"]
    assert by_title(names, "促进法") == ["law"]
    assert by_title(names, "外贸保险") == []


def test_what_looks_like_an_address_may_be_part_of_the_name(names):
    read = names.read("民企25条")
    assert read.address == (25,)
    assert [DOCUMENTS[place].id for place in read.titled_as_typed] == ["firms"]


def test_what_stands_in_parentheses_is_no_whole_name(names):
    assert names.read("LPR").titled[7] < 0.5
    assert not names.read("现在LPR是多少").name_only
    assert names.read("续贷通知").name_only


def test_english_titles_are_matched_by_stems():
    law = document("law", "SME Promotion Law", "SME Promotion Law", None, language=Language.EN)
    rule = document("rule", "Regulation on payments", "Payment regulation", None, language=Language.EN)
    titled = Names([law, rule], Words()).read("promotion law article 53")
    assert titled.titled.keys() == {0}
    assert titled.address == (53,)
