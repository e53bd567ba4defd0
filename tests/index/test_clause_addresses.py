"""Where clauses stand, as printed and as typed."""

from __future__ import annotations

import pytest

from index.clause_addresses import agreement, before_number, printed, typed


@pytest.mark.parametrize(
    ("reference", "addresses"),
    [
        ("第十条", ((10,),)),
        ("第九条第二款", ((9, 2),)),
        ("第三十八条、第四十条", ((38,), (40,))),
        ("二（一）", ((2, 1),)),
        ("七", ((7,),)),
        ("13号公告 第二条", ((2,),)),
        ("353号 一（一）", ((1, 1),)),
        ("刑法第一百七十五条之一", ((175, 1),)),
        ("Section 6(16)", ((6, 16),)),
        ("Article 9, paragraph 2", ((9, 2),)),
        ("Articles 18, 20 and 28", ((18,), (20,), (28,))),
        ("总体", ()),
        ("2026优化通知", ()),
        ("第二条和第零条", ((2,),)),
    ],
)
def test_a_printed_reference_holds_its_addresses(reference, addresses):
    assert printed(reference) == addresses


@pytest.mark.parametrize(
    ("line", "address", "rest", "bare"),
    [
        ("支付条例第十七条", (17,), "支付条例", False),
        ("促进法53条", (53,), "促进法", False),
        ("条例 第九条第二款", (9, 2), "条例", False),
        ("刑法175条之一", (175, 1), "刑法", False),
        ("article 10 of the regulation", (10,), "of the regulation", False),
        ("regulation art. 16", (16,), "regulation", False),
        ("财金4号 一(一)", (1, 1), "财金4号", True),
        ("七 续贷", (7,), "续贷", True),
        ("七部门 续贷", (), "七部门 续贷", False),  # no numeral by itself
        ("2024 续贷", (), "2024 续贷", False),  # a year, not an address
    ],
)
def test_a_typed_line_gives_its_address_and_what_is_left(line, address, rest, bare):
    assert typed(line) == (address, rest, bare)


def test_the_same_address_agrees_best_and_another_not_at_all():
    assert agreement((9, 2), (9, 2)) == 1.0
    assert agreement((9,), (9, 2)) > agreement((9, 2), (9,)) > 0
    assert agreement((9, 2), (9, 1)) == agreement((9,), (19,)) == agreement((), (9,)) == 0.0


def test_what_stands_before_a_number_says_where_a_clause_is_from():
    assert before_number("刑法第一百七十五条之一") == "刑法"
    assert before_number("13号公告 第一条") == "13号公告"
    assert before_number("第十条") == before_number("总体") == ""
