"""Cross-references lead to the clause and part they mean, or nowhere."""

from __future__ import annotations

import pytest
from hand_readings import cut

TEXT = """
贷款管理办法
第一条　为规范贷款，制定本办法。
第二条　申请人应当符合下列条件：
（一）依法登记；
（二）信用良好。
有前款第（二）项情形以外的，不予受理。
第三条　{}
第四条　附带说明。
"""


def targets(sentence: str) -> list[tuple[str, str, str | None]]:
    clause = next(c for c in cut(TEXT.format(sentence)).clauses if c.id == "3")
    return [(clause.text[link.start : link.end], link.clause_id, link.part) for link in clause.links]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("依照第二条办理。", [("第二条", "2", None)]),
        ("依照本办法第二条第一款办理。", [("本办法第二条第一款", "2", "2-p1")]),
        ("依照第二条第（二）项办理。", [("第二条第（二）项", "2", "2-2")]),
        ("依照第二条第一款第（一）项办理。", [("第二条第一款第（一）项", "2", "2-1")]),
        ("违反第一条、第二条的，责令改正。", [("第一条", "1", None), ("第二条", "2", None)]),
        ("第一条至第四条适用于个体工商户。", [("第一条", "1", None), ("第四条", "4", None)]),
        ("前条规定的条件可以放宽。", [("前条", "2", None)]),
        ("参照《中华人民共和国民法典》第二条办理。", []),
        ("参照公司法第二条办理。", []),
        ("依照附件1第二条办理。", []),
    ],
)
def test_chinese_references(sentence, found):
    assert targets(sentence) == found


def test_the_preceding_paragraph_is_a_part_of_the_same_article():
    clause = next(c for c in cut(TEXT.format("甲。")).clauses if c.id == "2")
    assert [(clause.text[link.start : link.end], link.part) for link in clause.links] == [("前款", "2-p1")]


def test_a_reference_to_nothing_is_a_doubt():
    drafted = cut(TEXT.format("依照本办法第九条办理。"))
    assert [(d.code, d.detail) for d in drafted.doubts if d.code == "link-unresolved"] == [
        ("link-unresolved", "第三条: 本办法第九条")
    ]


def test_references_in_a_notice():
    drafted = cut(
        "某局关于贷款的通知\n一、甲\n（一）增加投放。\n（二）降低成本。\n二、按照本通知第一条第（二）项执行。"
    )
    clause = drafted.clauses[-1]
    assert [link.clause_id for link in clause.links] == ["1-2"]


def test_references_stay_within_their_attachment():
    drafted = cut("某局通知\n一、甲。\n附件\n办法\n第一条　乙。\n第二条　依照第一条办理。")
    assert [link.clause_id for link in drafted.clauses[-1].links] == ["a1-1"]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Article 1 applies.", ["1"]),
        ("Articles 1 and 2 apply.", ["1", "2"]),
        ("Paragraph 1 of Article 2 applies.", ["2"]),
        ("The preceding article applies.", ["2"]),
        ("Article 1 of these Measures applies.", ["1"]),
        ("Article 1 of the Company Law applies.", []),
    ],
)
def test_english_references(sentence, found):
    drafted = cut(
        f"Measures for Loans\nArticle 1 Loans are granted.\nArticle 2 Terms follow.\nArticle 3 Here {sentence[0].lower()}{sentence[1:]}"
        if not sentence.startswith(("Article", "Paragraph"))
        else f"Measures for Loans\nArticle 1 Loans are granted.\nArticle 2 Terms follow.\nArticle 3 Here {sentence}"
    )
    assert [link.clause_id for link in drafted.clauses[2].links] == found
