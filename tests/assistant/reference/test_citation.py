"""Citations as they are pasted. Expected strings were written by hand, after the examples of GB/T 7714—2015."""

from __future__ import annotations

from datetime import date

import pytest
from policy_samples import clause, digest

from assistant.reference.citation import CitationForm, cite, mark_of
from index.types import Kind, Language, Verification

ON = date(2026, 11, 28)
HERE = "https://help.example/policy/notice"
GBT, INLINE, MARKDOWN = CitationForm.GBT7714, CitationForm.INLINE, CitationForm.MARKDOWN
OFFICIAL = "https://www.gov.cn/zhengce/content_1.htm"


def original(**changes):
    return digest(**{"original": True, "id": "upload-1", "as_of": date(2026, 5, 1), **changes})


def english(**changes):
    return digest(
        **{
            "language": Language.EN, "title": "Notice on loan renewal", "short_title": "Renewal notice",
            "issuers": ("National Financial Regulatory Administration",), **changes,
        }
    )  # fmt: skip


def test_a_digest_is_cited_as_the_notice_it_tells_of_and_as_a_digest():
    assert cite(digest(), clause(), GBT, ON, HERE) == (
        "国家金融监督管理总局. 关于做好续贷工作的通知: 金规〔2024〕13号[A]. 2024-09-24: 第二部分. "
        "转引自: 小微企业融资政策助手. 续贷通知（摘要）[EB/OL]. (2026-11-22)[2026-11-28]. "
        "https://help.example/policy/notice."
    )


def test_a_digest_in_english():
    told = cite(english(), clause(reference="Section 2"), GBT, ON, HERE)
    assert told == (
        "National Financial Regulatory Administration. Notice on loan renewal: 金规〔2024〕13号[A]. "
        "2024-09-24: Section 2. Cited from: SME financing policy assistant. Renewal notice (digest)[EB/OL]. "
        "(2026-11-22)[2026-11-28]. https://help.example/policy/notice."
    )


def test_an_original_that_is_online_is_cited_as_the_example_of_the_standard_has_it():
    # 4.6 of the standard: 北京市人民政府办公厅. 关于转发…的通知: 京政办发〔2005〕37号[A/OL]. (2005-07-12)[2011-07-12]. http://….
    found = original(
        title="关于转发北京市企业投资项目核准暂行实施办法的通知", document_number="京政办发〔2005〕37号",
        issuers=("北京市人民政府办公厅",), issued=date(2005, 7, 12), official_url="http://china.findlaw.cn/fagui/p_1/39934.html",
    )  # fmt: skip
    assert cite(found, None, GBT, date(2011, 7, 12), HERE) == (
        "北京市人民政府办公厅. 关于转发北京市企业投资项目核准暂行实施办法的通知: 京政办发〔2005〕37号[A/OL]. "
        "(2005-07-12)[2011-07-12]. http://china.findlaw.cn/fagui/p_1/39934.html."
    )


def test_an_original_that_is_not_online_has_its_day_and_clause():
    assert cite(original(), clause(reference="第三条"), GBT, ON, HERE) == (
        "国家金融监督管理总局. 关于做好续贷工作的通知: 金规〔2024〕13号[A]. 2024-09-24: 第三条."
    )


def test_the_clause_of_an_original_online_stands_last():
    told = cite(original(official_url=OFFICIAL), clause(reference="第三条"), GBT, ON)
    assert told.endswith("[A/OL]. (2024-09-24)[2026-11-28]. https://www.gov.cn/zhengce/content_1.htm. 第三条.")


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (("财政部", "科技部", "工业和信息化部"), "财政部, 科技部, 工业和信息化部. "),
        (("财政部", "科技部", "工业和信息化部", "中国人民银行"), "财政部, 科技部, 工业和信息化部, 等. "),
    ],
)
def test_three_issuers_are_named_and_of_more_the_first_three(names, told):
    assert cite(original(issuers=names), None, GBT, ON).startswith(told + "关于")
    assert cite(english(issuers=tuple("ABCD")), None, GBT, ON).startswith("A, B, C, et al. Notice")


def test_what_is_not_known_is_left_out_rather_than_made_up():
    bare = original(issuers=(), issued=None, document_number=None)
    assert cite(bare, None, GBT, ON) == "关于做好续贷工作的通知[A]."
    assert cite(bare, clause(), GBT, ON) == "关于做好续贷工作的通知[A]. 第二部分."


def test_a_topic_we_gathered_is_cited_as_ours():
    guide = digest(kind=Kind.GUIDE, title="贷款市场报价利率", document_number=None)
    assert cite(guide, clause(reference="报价方式"), GBT, ON, HERE) == (
        "小微企业融资政策助手. 贷款市场报价利率[EB/OL]. (2026-11-22)[2026-11-28]. "
        "https://help.example/policy/notice. “报价方式”部分."
    )
    assert cite(guide, None, INLINE, ON) == "《贷款市场报价利率》（小微企业融资政策助手整理）"


def test_a_clause_from_another_document_is_not_given_this_title():
    other = clause(document_number="财金〔2020〕21号", reference="旧规")
    assert cite(digest(), other, INLINE, ON) == "财金〔2020〕21号文“旧规”部分（据小微企业融资政策助手《续贷通知》摘要）"
    assert cite(digest(), other, GBT, ON, HERE).startswith("财金〔2020〕21号[A]: “旧规”部分. 转引自: 小微企业融资政策助手. ")
    same = clause(document_number="金规[2024]13号")
    assert cite(digest(), same, GBT, ON) == cite(digest(), clause(), GBT, ON)


def test_the_three_forms_of_a_clause():
    assert cite(digest(), clause(), INLINE, ON, HERE) == (
        "《关于做好续贷工作的通知》（金规〔2024〕13号）第二部分（据小微企业融资政策助手摘要）"
    )
    assert cite(original(), clause(), INLINE, ON) == "《关于做好续贷工作的通知》（金规〔2024〕13号）第二部分"
    assert cite(digest(official_url=OFFICIAL), clause(), MARKDOWN, ON, HERE) == (
        "[《关于做好续贷工作的通知》（金规〔2024〕13号）第二部分](https://help.example/policy/notice)"
        "（据小微企业融资政策助手摘要；[官方原文](https://www.gov.cn/zhengce/content_1.htm)）"
    )
    assert cite(english(), clause(reference="Section 2"), INLINE, ON) == (
        "Notice on loan renewal (金规〔2024〕13号), Section 2 (from the digest of the SME financing policy assistant)"
    )


def test_what_was_not_compared_with_the_original_says_so():
    unseen = clause(verification=Verification.KNOWN)
    assert cite(digest(), unseen, INLINE, ON).endswith("（据小微企业融资政策助手摘要；待核对原文）")


@pytest.mark.parametrize(
    ("printed", "told"),
    [("三", "第三部分"), ("二（一）", "第二部分（一）"), ("第三条", "第三条"), ("（二）", "（二）"), ("附件1", "附件1"), ("费率", "“费率”部分"),
     ("2026优化通知", "“2026优化通知”部分"), ("金规〔2024〕13号附则", "“附则”部分"), ("金规〔2024〕13号", "")],
)
def test_a_clause_is_named_as_one_would_in_a_sentence(printed, told):
    assert cite(digest(), clause(reference=printed), INLINE, ON).startswith(f"《关于做好续贷工作的通知》（金规〔2024〕13号）{told}（据")


@pytest.mark.parametrize(
    ("kind", "number", "mark"),
    [
        (Kind.NOTICE, "金规〔2024〕13号", "A"),
        (Kind.REGULATION, "财金〔2025〕11号", "A"),
        (Kind.REGULATION, "国务院令第802号", "Z"),
        (Kind.LAW, "主席令第七十四号", "Z"),
        (Kind.PRODUCT, None, "Z"),
        (Kind.NOTICE, "GB/T 4754—2017", "S"),
        (Kind.NOTICE, "JR/T 0197—2020", "S"),
        (Kind.GUIDE, None, "EB"),
    ],
)
def test_the_mark_of_its_type(kind, number, mark):
    assert mark_of(digest(kind=kind, document_number=number)) == mark


def test_markdown_of_a_title_that_would_break_out_of_the_link():
    evil = original(title="a](javascript:alert(1)) *b* <img src=x>", document_number=None)
    told = cite(evil, None, MARKDOWN, ON, "https://help.example/policy/(x)")
    assert told == "[《a\\](javascript:alert(1)) \\*b\\* \\<img src=x\\>》](https://help.example/policy/%28x%29)"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "https://", "ftp://x/y"])
def test_what_is_no_web_address_is_in_no_citation(url):
    found = original(official_url=url)
    for form in CitationForm:
        told = cite(found, clause(), form, ON, url)
        assert url not in told
        assert "/OL" not in told
