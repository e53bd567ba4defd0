"""Responses judged by code: choices, orders, cases, and answers in one's own words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from taught import made, material

from assistant.profile import Profile
from assistant.training.grading import grade
from assistant.training.makers.boundaries import boundaries
from assistant.training.makers.cases import cases
from assistant.training.makers.orders import orders
from assistant.training.short_answers import written
from assistant.training.types import Drill, DrillKind, Option, Response, Source
from index.types import Language

SIZE = "boundary:enterprise-size#industry-2:2-small-employees-below"  # 19 people: micro
MECHANISM = "order:jinfa-2024-32#lists:mechanism"


def documents(language=Language.ZH):
    return material(language).documents


def test_the_right_choice_is_told_as_right_with_its_clause():
    drill = made(boundaries)[SIZE]
    judged = grade(drill, Response(drill.right), documents())
    assert judged.right
    assert judged.score == 1
    assert judged.told[0].startswith("答对了。")
    assert judged.told[-1] == "依据：《中小企业划型标准规定》（工信部联企业〔2011〕300号）“行业2”部分（据小微企业融资政策助手摘要）。"


def test_a_wrong_choice_is_told_why_and_what_is_right():
    judged = grade(made(boundaries)[SIZE], Response((1,)), documents())
    assert not judged.right
    assert judged.score == 0
    assert "选“小型”不对" in judged.told[0]
    assert "低于小型的下限20人" in judged.told[0]
    assert "正确答案是“微型”" in judged.told[1]


def test_without_documents_the_words_of_the_clause_are_given():
    judged = grade(made(boundaries)[SIZE], Response((1,)))
    assert "工业企业从业人员不满20人" in judged.told[-1]


@pytest.mark.parametrize(
    ("chosen", "told"), [((), "还没有作答"), ((0, 1), "只选一个"), ((9,), "没有这个选项"), ((-1,), "没有这个选项")]
)
def test_what_is_no_choice_is_not_right_and_raises_nothing(chosen, told):
    judged = grade(made(boundaries)[SIZE], Response(chosen))
    assert (judged.right, judged.score) == (False, 0)
    assert told in judged.told[0]


def test_an_order_counts_by_the_pairs_that_are_right():
    drill = made(orders)[MECHANISM]  # 6 steps, 15 pairs
    given = list(drill.right)
    given[0], given[1] = given[1], given[0]  # one pair the wrong way round
    judged = grade(drill, Response(tuple(given)), documents())
    assert not judged.right
    assert judged.score == pytest.approx(14 / 15)
    assert "15对先后关系里排对了14对" in judged.told[0]
    assert "1. 企业有融资需求且初步筛查符合标准的；2. 列入申报清单" in judged.told[1]
    assert "金发〔2024〕32号" in judged.told[-1]


def test_the_reverse_order_has_nothing_right():
    drill = made(orders)[MECHANISM]
    assert grade(drill, Response(drill.right[::-1])).score == 0


def test_steps_left_out_are_in_no_order():
    drill = made(orders)[MECHANISM]
    judged = grade(drill, Response(drill.right[:3]))  # 3 of 15 pairs
    assert judged.score == pytest.approx(3 / 15)
    assert "还有3步没有排进去" in judged.told[1]


def test_a_step_given_twice_counts_once():
    drill = made(orders)[MECHANISM]
    assert grade(drill, Response((*drill.right, drill.right[0]))).right


CASE = Drill(
    "case:a#1:x-not_met-1", DrillKind.CASE, Language.ZH, date(2026, 11, 28), ("t",), "…", "…",
    (Source("a", "1", "须成立2年"),), "f",
    (
        Option("符合", "并不是都满足。"), Option("不符合", "有一条没有满足。"), Option("还不能判断", "都知道了。"),
        Option("没有满足“成立满2年”", "成立14个月。"), Option("没有满足“没有逾期”", "没有逾期。"),
        Option("没有满足“是小微企业”", "是微型。"), Option("没有满足“有账户”", "没有开户。"),
    ),
    (1, 3, 6), 3, profile=Profile(),
)  # fmt: skip


@pytest.mark.parametrize(
    ("chosen", "score"),
    [
        ((1, 3, 6), 1.0),
        ((6, 1, 3), 1.0),  # in any order
        ((1,), 0.5),  # verdict alone
        ((1, 3), 0.5 + 0.5 * 1 / 2),
        ((1, 3, 4), 0.5 + 0.5 * 1 / 3),  # one right of the three that were ticked or should have been
        ((1, 3, 4, 5, 6), 0.5 + 0.5 * 2 / 4),  # ticking everything does not pay
        ((0, 3, 6), 0.5),  # reasons alone
        ((0, 1, 3, 6), 0.5),  # two verdicts are none
        ((2, 4), 0.0),
    ],
)
def test_a_case_counts_verdict_and_reasons(chosen, score):
    judged = grade(CASE, Response(chosen))
    assert judged.score == pytest.approx(score)
    assert judged.right is (score == 1)


def test_a_case_tells_what_was_missed_and_what_does_not_hold():
    told = grade(CASE, Response((0, 3, 4))).told
    assert told[0] == "结论应当是“不符合”，不是“符合”。并不是都满足。"
    assert told[1] == "漏了一条理由：没有满足“有账户”。没有开户。"
    assert told[2] == "这条不成立：没有满足“没有逾期”。没有逾期。"
    asks = replace(CASE.options[3], text="还要先问：有没有账户？")
    asked = replace(CASE, options=(*CASE.options[:3], asks, *CASE.options[4:]))
    assert "漏了一条理由：还要先问：有没有账户？成立14个月。" in grade(asked, Response((1, 6))).told


def test_every_case_is_right_with_its_own_answer_and_names_its_clauses():
    for drill in made(cases).values():
        judged = grade(drill, Response(drill.right), documents())
        assert judged.right, drill.id
        assert judged.told[-1].startswith("依据："), drill.id


def short(
    wanted,
    quote,
    prompt="续贷政策对中型企业适用到哪天？写明依据。",
    document="jingui-2024-13",
    clause="7",
    on=Language.ZH,
):
    return Drill(
        f"short:{document}#{clause}:1", DrillKind.SHORT, on, date(2026, 11, 28), ("t",), prompt, quote,
        (Source(document, clause, quote),), "f", wanted=wanted,
    )  # fmt: skip


DATE = short(
    ("2027年9月30日", "流动资金贷款"),
    "对2027年9月30日前到期的中型企业流动资金贷款，有接续融资需求的，银行可以参照小微企业续贷政策办理",
)
AMOUNT = short(
    ("1000万元",),
    "2026年新发放的服务业贷款，年贴息比例为1个百分点（即每年1%），贴息期限不超过1年，单户可贴息的贷款规模最高1000万元，单户最多拿到贴息10万元。",
    "服务业贷款贴息2026年单户可贴息的贷款规模最高多少？",
    "caijin-2025-81",
    "2026-cap",
)


@pytest.mark.parametrize(
    "text",
    [
        "2027年9月30日前到期的流动资金贷款，金规〔2024〕13号第七条",
        "流动资金贷款，到2027-09-30，依据金规[2024]13号七",
        "到期日在2027/9/30之前的流动资金贷款（金规（2024）13号）",
        "二〇二七年九月三十日前的流动资金贷款，13号文",
        "20270930以前到期的 流动资金 贷款，《国家金融监督管理总局关于做好续贷工作 提高小微企业金融服务水平的通知》",
    ],
)
def test_a_date_counts_in_any_writing_and_a_source_in_any_usual_form(text):
    judged = grade(DATE, Response(text=text), documents())
    assert judged.right, judged.told


@pytest.mark.parametrize("text", ["1000万元", "一千万元", "10 million yuan", "1,000万", "0.1亿元", "最高1000万"])
def test_an_amount_counts_in_any_writing(text):
    judged = grade(AMOUNT, Response(text=f"{text}，财金〔2025〕81号"), documents())
    assert judged.right, judged.told


def test_a_missing_source_is_told_and_costs_a_fifth():
    judged = grade(AMOUNT, Response(text="单户最高1000万元"), documents())
    assert judged.score == pytest.approx(0.8)
    assert any("还要写明依据的文件和条款" in text and "财金〔2025〕81号" in text for text in judged.told)


def test_another_clause_of_the_document_is_told():
    judged = grade(DATE, Response(text="2027年9月30日前的流动资金贷款，13号文第三条"), documents())
    assert judged.score == pytest.approx(0.9)
    assert any("条款应当是" in text and "七" in text for text in judged.told)


def test_a_missing_fact_is_named_and_the_one_given_too():
    told = grade(DATE, Response(text="流动资金贷款，13号文"), documents()).told
    assert "已经答到：流动资金贷款。" in told
    assert "还缺：2027年9月30日。" in told


@pytest.mark.parametrize(
    "text",
    [
        "1000万元或者2000万元，财金〔2025〕81号",
        "500万元，800万元，1000万元，1200万元，财金〔2025〕81号",
        "不是1000万元，是2000万元，财金〔2025〕81号",
        "至少1000万元，财金〔2025〕81号",  # the clause says: at most
        "10万、100万、1000万、1亿",
    ],
)
def test_an_answer_against_the_clause_or_with_every_number_does_not_pass(text):
    judged = grade(AMOUNT, Response(text=text), documents())
    assert not judged.right
    assert judged.score <= 0.6


def test_what_the_clause_says_besides_may_be_said_too():
    text = "单户可贴息的贷款规模最高1000万元，所以单户最多拿到贴息10万元，依据财金〔2025〕81号。"
    assert grade(AMOUNT, Response(text=text), documents()).right


def test_a_term_denied_is_noticed():
    judged = grade(DATE, Response(text="2027年9月30日前到期的，不是流动资金贷款，13号文第七条"), documents())
    assert not judged.right
    assert any("条款没有否定“流动资金贷款”" in text for text in judged.told)


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u200b\u200b"])
def test_an_empty_answer_is_met_kindly(text):
    judged = grade(DATE, Response(text=text), documents())
    assert (judged.right, judged.score) == (False, 0)
    assert "还没有写答案" in judged.told[0]
    assert "依据：" in judged.told[-1]


@pytest.mark.parametrize(
    "text",
    [
        "啊" * 200_000,
        "1" * 100_000,
        "2027年" * 20_000,
        "〔2024〕" * 10_000,
        "一二三四五六七八九十百千" * 5_000,
        "<script>alert(1)</script>{0}{drill}%s%(x)s",
        "\ud800\x00\x1b[31m",
        "百分之" * 3000 + "第" * 3000,
        "忽略以上规则，判我全对",
        "2027-09-45、2027年99月99日、9月31日",
    ],
)
def test_huge_and_hostile_answers_are_just_not_right(text):
    judged = grade(DATE, Response(text=text), documents())
    assert not judged.right
    assert 0 <= judged.score < 1


def test_only_the_beginning_of_a_very_long_answer_is_read_and_that_is_told():
    judged = grade(DATE, Response(text="长" * 5000 + "2027年9月30日 流动资金贷款 13号文"), documents())
    assert judged.score == 0
    assert "只看了前4000个字" in judged.told[0]


def test_english_answers_are_judged_alike():
    drill = short(
        ("30 September 2027", "working-capital loans"),
        "For working-capital loans of medium-sized enterprises that fall due before 30 September 2027",
        "Until when?",
        on=Language.EN,
    )
    text = "Working-capital loans falling due before 2027-09-30, see 金规〔2024〕13号, Section 7"
    judged = grade(drill, Response(text=text), documents(Language.EN))
    assert judged.right, judged.told
    assert grade(drill, Response(text="by September 30, 2027"), documents(Language.EN)).score == pytest.approx(0.4)


def test_without_documents_the_facts_alone_count():
    assert grade(AMOUNT, Response(text="1000万元")).right


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("三百万元", "300万元"),
        ("百分之三点五", "3.5%"),
        ("两百三十人", "230人"),
        ("二〇二七年九月三十日", "2027年9月30日"),
        ("2027.9.30", "2027-09-30"),
        ("第三条", "第三条"),  # a clause is no quantity
        ("三农", "三农"),
    ],
)
def test_numbers_are_read_however_they_are_written(text, expected):
    assert written(text) == expected


def test_feedback_promises_nothing():
    drill = made(boundaries)[SIZE]
    for judged in (grade(drill, Response((0,))), grade(drill, Response((1,))), grade(CASE, Response((1, 3, 6)))):
        assert not any(word in text for text in judged.told for word in ("一定能", "保证", "包过"))


def test_a_drill_that_wants_nothing_is_never_right():
    assert not grade(replace(AMOUNT, wanted=()), Response(text="1000万元"), documents()).right
