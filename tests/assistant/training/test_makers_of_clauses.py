"""Figures, days, statements, clauses to choose and short answers: what is made of one clause, worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from assistant.lexicon.figure_roles import quantities
from assistant.training.blanks import blanks, wrong_figures
from assistant.training.makers.dates import dates
from assistant.training.makers.documents import documents
from assistant.training.makers.figures import figures
from assistant.training.makers.shorts import shorts
from assistant.training.makers.statements import statements
from assistant.training.sentences import quotable
from assistant.training.written import Written, day_as_written, moved
from index.types import Kind, Language, Verification


def made(maker, material):
    return {drill.id: drill for drill in maker(material)}


def texts(drill):
    return [option.text for option in drill.options]


def right(drill):
    return drill.options[drill.right[0]].text


def test_a_figure_is_asked_for_in_the_clauses_own_sentence(zh):
    drill = made(figures, zh)["figure:agri-guarantee#amount:money-10000000"]
    assert drill.prompt.startswith("按照《农业信贷担保（农担）》（财农〔2020〕15号）")
    assert drill.prompt.endswith("农业信贷担保的单户在保余额不得超过＿＿＿＿。")
    assert right(drill) == "1000万元"
    assert drill.sources[0].quote == "农业信贷担保的单户在保余额不得超过1000万元。"
    assert drill.sources[0].quote in drill.explanation
    assert "财农〔2020〕15号" in drill.explanation


def test_wrong_figures_are_written_like_the_right_one_and_stand_in_order(zh, en):
    zh_drill = made(figures, zh)["figure:pol-chuangye-danbao#amount:money-300000"]
    values = [int(text.removesuffix("万元")) for text in texts(zh_drill)]
    assert values == sorted(values)
    assert 30 in values
    en_drill = made(figures, en)["figure:pol-chuangye-danbao#amount:money-300000"]
    assert right(en_drill) == "300,000 yuan"
    assert all(text.endswith("0,000 yuan") for text in texts(en_drill))


def test_no_wrong_figure_is_said_of_the_same_thing_elsewhere(zh):
    """Weijiedai: 300万元 for the country and Daqing, 500万元 in Hebei. Neither is a wrong option for the other."""
    both = [blank for blank in blanks(zh) if blank.sentence.provision.address == "abc-weijiedai#amount"]
    assert both
    for blank in both:
        assert {wrong.value for wrong in wrong_figures(zh, blank)}.isdisjoint({3_000_000, 5_000_000})


def test_a_wrong_figure_keeps_its_place_among_those_that_can_be_seen(zh):
    """由20%提高到不超过40%: the blank for 40% offers nothing below 20%."""
    drill = made(figures, zh)["figure:caijin-2026-6#2-sharing:share-40"]
    assert all(int(text.removesuffix("%")) > 20 for text in texts(drill))


def test_a_former_figure_is_not_asked_for(zh):
    """由1000万元提高到不超过2000万元: only what holds now is taught."""
    made_of = [drill_id for drill_id in made(figures, zh) if drill_id.startswith("figure:caijin-2026-6#2-limit:")]
    assert made_of == ["figure:caijin-2026-6#2-limit:money-20000000"]


def test_a_share_that_makes_up_the_whole_with_others_is_not_asked_for(zh):
    """中央财政承担90%、省级财政承担10%: each follows from the other."""
    assert not [
        drill_id for drill_id in made(figures, zh) if drill_id.startswith("figure:sub-fuwuye-tiexi#process:share")
    ]


def test_a_figure_that_the_sentence_works_out_is_not_asked_for(zh):
    """贷款规模最高1000万元, 贴息比例1%, 最多拿到贴息10万元: a third of them follows from two."""
    drills = made(figures, zh)
    assert "figure:caijin-2025-81#2026-cap:money-10000000" not in drills
    assert not [drill_id for drill_id in drills if drill_id.startswith("figure:sub-zhongxiaowei-tiexi#example:")]


def test_when_a_paper_was_issued_is_no_date_to_learn(zh):
    drills = made(dates, zh)
    assert "date:caijin-2025-11#overview:2025-03-01" in drills  # 施行
    assert "date:caijin-2025-11#overview:2025-02-19" not in drills  # 印发


def test_a_sentence_that_names_its_document_is_not_put_under_its_name_again(zh):
    """财金〔2026〕2号的设备更新贷款贴息政策实施至…"""
    drill = made(dates, zh)["date:caijin-2026-2#1-period:2026-12-31"]
    assert drill.prompt.count("财金〔2026〕2号") == 1


def test_no_flaw_makes_a_sentence_deny_itself(zh, en):
    """不必先还本金 of 无还本续贷, and at least 10 staff beside fewer than 100, are left as they stand."""
    turned = [drill for drill in made(statements, zh).values() if ":turned-" in drill.id]
    assert turned
    assert not [drill.id for drill in turned if "无还本" in drill.prompt and "必须先还" in drill.prompt]
    assert not [
        drill.id
        for drill in made(statements, en).values()
        if ":turned-" in drill.id and "at most" in drill.prompt and "fewer than" in drill.prompt
    ]


def test_a_date_of_effect_is_asked_for_with_days_that_come_after_the_issue(zh):
    drill = made(dates, zh)["date:reg-sme-payment-2025#37:2025-06-01"]
    assert right(drill) == "2025年6月1日"
    assert "2025年3月17日公布" in drill.prompt
    assert all(text > "2025年3月17日" for text in texts(drill))


def test_when_a_source_was_published_is_no_date_to_learn(zh):
    assert not [drill_id for drill_id in made(dates, zh) if "jiangsu-zhenjiang-suzhou#suzhou-bridge" in drill_id]


def test_a_statement_has_exactly_one_flaw_and_it_is_named(zh):
    drill = made(statements, zh)["statement:agri-guarantee#amount:money-10000000"]
    assert texts(drill) == ["正确", "错误"]
    assert drill.right == (1,)
    stated = drill.prompt.split("不得超过")[1]
    assert stated != "1000万元。"
    assert drill.options[1].why == f"条文说的是1000万元，不是{stated.removesuffix('。')}。"


def test_a_word_of_a_rule_is_turned_round(zh):
    found = made(statements, zh)
    drill = found["statement:credit-repair-2025#no-fees:turned-0"]
    assert drill.prompt.endswith("任何机构都可以以信用修复的名义收费。")
    assert drill.options[1].why == "条文说的是“不得”，不是“可以”。"


def test_words_in_brackets_are_left_alone(zh):
    """信用贷款（不用抵押） explains a word; turning it round would be no flaw in what is laid down."""
    for drill in statements(zh):
        assert "（必须抵押）" not in drill.prompt


def test_true_and_false_statements_both_come(zh, en):
    for material in (zh, en):
        held = [drill.right == (0,) for drill in statements(material)]
        assert 0.25 < sum(held) / len(held) < 0.6


def test_people_ask_and_one_clause_answers(zh):
    drill = made(documents, zh)["document:jingui-2024-13#scope:1"]
    assert "我这小公司贷款到期手头紧，能续贷吗？" in drill.prompt
    assert right(drill) == "《2024年续贷通知》（金规〔2024〕13号）：总体｜哪些企业可以申请续贷"
    assert len(set(texts(drill))) == 4


def test_a_question_that_names_its_product_is_not_told_by_the_name_alone(zh):
    drill = made(documents, zh)["document:abc-weijiedai#rate:1"]
    assert all(text.startswith("农业银行微捷贷的资料") for text in texts(drill))


def test_two_sheets_of_one_programme_never_stand_beside_each_other(zh):
    """财金〔2026〕4号 is told by caijin-2026-4 and sub-zhongxiaowei-tiexi: both would answer."""
    both = {"caijin-2026-4", "sub-zhongxiaowei-tiexi"}
    for drill in documents(zh):
        if drill.document_id in both:
            (other,) = both - {drill.document_id}
            labels = {
                f"（财金〔2026〕4号）：{item.clause.reference}｜{item.clause.heading}"
                for item in zh.taught
                if item.document.id == other
            }
            assert not [text for text in texts(drill) if text.endswith(tuple(labels))]


def test_a_short_answer_has_to_give_the_figures_of_its_clause(zh, en):
    assert made(shorts, zh)["short:startup-guarantee-loan#term:1"].wanted == ("3年", "2年")
    assert made(shorts, en)["short:startup-guarantee-loan#term:1"].wanted == ("3 years", "2 years")


@pytest.mark.parametrize("maker", [figures, dates, statements, documents, shorts])
def test_only_what_was_seen_and_is_confirmed_is_taught(maker, zh):
    for drill in maker(zh):
        for source in drill.sources:
            item = zh.provision(source.document_id, source.clause_id)
            assert item.in_force(zh.on)
            assert item.document.status_confirmed
            assert item.clause.verification is item.document.verification is Verification.SEEN
            assert item.document.kind is not Kind.GLOSSARY


def test_hedged_sentences_and_clauses_of_errors_are_not_quoted(zh):
    for sentence in quotable(zh):
        assert "为准" not in sentence.text
        assert "弄错" not in sentence.provision.label
    assert "abc-weijiedai#conflicts" not in {item.address for item in zh.taught}


def test_what_was_counted_so_far_is_not_asked_for(zh):
    """走访8525户 is true of its day; nobody needs to know it by heart."""
    assert not [drill for drill in figures(zh) if drill.document_id in ("mechanism-stats", "figures-2025-2026")]


def test_a_clause_that_has_lapsed_gives_no_drill(changed):
    ended = changed(
        "agri-guarantee",
        "amount",
        lambda clause: replace(clause, period=replace(clause.period, expires=date(2025, 12, 31))),
    )
    for maker in (figures, statements, shorts, documents):
        assert not [
            drill
            for drill in maker(ended)
            if drill.sources[0].clause_id == "amount" and drill.document_id == "agri-guarantee"
        ]


@pytest.mark.parametrize(
    ("said", "value", "language", "expected"),
    [
        ("300万元", 5_000_000, Language.ZH, "500万元"),
        ("3年", 12, Language.ZH, "1年"),
        ("0.5%", "0.3", Language.ZH, "0.3%"),
        ("50%", "33.3", Language.ZH, None),  # nobody would take it for a rule beside whole shares
        ("3年", 18, Language.ZH, None),  # 1.5年 is not written so
        ("300,000 yuan", 400_000, Language.EN, "400,000 yuan"),
        ("3 million yuan", 5_000_000, Language.EN, "5 million yuan"),
        ("3 years", 12, Language.EN, "1 year"),
        ("1 year", 24, Language.EN, "2 years"),
        ("3-year", 12, Language.EN, "1-year"),
    ],
)
def test_a_figure_is_written_as_the_clause_writes_its_own(said, value, language, expected):
    (quantity,) = quantities(f"最长{said}。" if language is Language.ZH else f"at most {said}", language)
    assert Written.of(quantity).as_written(Decimal(value), language) == expected


def test_days_are_moved_by_years_and_months():
    assert moved("2027-09-30", years=1) == "2028-09-30"
    assert moved("2026-12-31", months=-3) == "2026-09-30"  # the end of a month stays the end of a month
    assert moved("2025-10", months=3) == "2026-01"
    assert day_as_written("2027-09-30", "2026年12月31日", Language.ZH) == "2027年9月30日"
    assert day_as_written("2027-09", "2026年12月31日", Language.ZH) is None  # less exact than the one beside it
    assert day_as_written("2027-09-30", "31 December 2026", Language.EN) == "30 September 2027"
