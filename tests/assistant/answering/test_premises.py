"""What a question takes for granted is corrected or confirmed with the clause, in the first sentence."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.types import Outcome

NONE_OF_OURS = ("这个说法", "这是旧规", "没有这样的规定", "不完全是", "不是", "是的", "这样做不合规定",
                "That is", "There is no such", "Not ", "Yes")  # fmt: skip


def first(answer) -> str:
    return answer.text.split("\n")[0]


# Figures


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("中小微企业贷款贴息是2个百分点吧", "不是2个百分点，现行规定是1.5个百分点："),
        ("民间投资专项担保的担保费最高2%，没错吧", "不是2%，现行规定是1%："),
        ("服务业贷款贴息到2027年底才结束吧", "不是2027年底，现行规定是2026年12月31日："),
        ("小微企业的创业担保贷款最长能贷3年半，对吗", "不是3年半，现行规定是2年："),
        ("科技创新专项担保计划单户最多担保1000万，没错吧", "1000万是以前的规定，现在是3000万元："),
        ("听说稳岗扩岗贷款利率要到6%", "不是6%，现行规定是4%："),
        ("The guarantee fee under the private-investment guarantee plan can go up to 3%, right?", "Not 3%: "),
    ],
)
def test_a_wrong_figure_is_corrected_with_the_clause(ask, question, opening):
    answer = ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert first(answer).startswith(opening)
    claim, numbers = answer.claims[0]
    assert claim.preface.startswith(opening)
    assert claim.text in answer.citations[numbers[0] - 1].quote


@pytest.mark.parametrize(
    "question",
    ["个人创业担保贷款最高30万对吧", "中小微企业贷款贴息是1.5个百分点吧", "服务业贴息到2026年底结束，对吗",
     "大型企业要在60天内付款给我们小企业，对吧",
     "The start-up guaranteed loan for individuals goes up to 300,000 yuan, right?"],
)  # fmt: skip
def test_a_right_figure_is_confirmed(ask, question):
    assert first(ask(question)).startswith(("是的：", "Yes: "))


@pytest.mark.parametrize(
    "question",
    ["个人创业担保贷款最高多少", "我想贷20万开个小店，有什么政策", "去年我卖了1500万，30个工人，算小微吗",
     "创业担保贷款贴息比例是多少", "中介收3%的费用合法吗", "续贷和展期有什么区别", "中型企业续贷到什么时候",
     "lpr眼下多少 一年和五年都说下 是哪个月的数", "How much can an individual borrow with a start-up guaranteed loan?"],
)  # fmt: skip
def test_a_plain_question_is_not_disturbed(ask, question):
    assert not first(ask(question)).startswith(NONE_OF_OURS)


def test_a_figure_that_is_wrong_for_persons_and_firms_is_set_against_neither_limit(ask):
    # A person gets 30万, a firm 400万; which of them is meant is left open.
    assert first(ask("创业担保贷款最高350万对吧")).startswith("不是350万：")
    assert not first(ask("创业担保贷款最高400万对吧")).startswith("不是")


def test_a_figure_of_ones_own_is_no_premise(ask):
    assert not first(ask("我公司有20个人，听说有创业担保贷款，能贷多少")).startswith(NONE_OF_OURS)


# Old rules and the day asked


def test_an_old_rule_is_told_as_old_with_its_last_day(ask):
    answer = ask("个人创业担保贷款最高20万对吧")
    assert first(answer).startswith("这是旧规，只适用到2023年9月30日，现在不再适用：个人创业担保贷款的额度上限是30万元")
    assert answer.citations[0].clause_id == "amount-individual"


@pytest.mark.parametrize(("on", "old"), [(date(2023, 9, 30), False), (date(2023, 10, 1), True)])
def test_a_rule_in_force_on_the_day_asked_is_not_called_old(ask, on, old):
    assert first(ask("个人创业担保贷款最高20万对吧", on=on)).startswith("这是旧规") is old


# Beliefs without a figure


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("听说必须先还本金才能续", "jingui-2024-13#2-procedure"),
        ("续贷就是展期吧", "jingui-2024-13#2-extension"),
        ("续贷要找过桥，哪家便宜", "jingui-2024-13#2-procedure"),
        ("个体户不能申请融资协调机制吧", "jinfa-2024-32#scope"),
        ("必须买保险才给贷，是吧", "yinbaojian-2020-18#tying"),
        ("上了征信就一辈子贷不了吧", "credit-reporting-regulation#16"),
        ("民营经济促进法规定贴息45%，怎么申请", "law-private-economy-2025#mistakes"),
        ("国家规定银行必须贷给我吧", "complaint-channels#refused"),
        ("So I must repay the principal first before renewal, right?", "jingui-2024-13#2-procedure"),
        ("I heard a late payment stays on my record for life", "credit-reporting-regulation#16"),
    ],
)
def test_a_wrong_belief_is_corrected_with_its_clause(ask, question, clause):
    answer = ask(question)
    assert first(answer).startswith(NONE_OF_OURS)
    cited = answer.citations[answer.claims[0][1][0] - 1]
    assert f"{cited.document_id}#{cited.clause_id}" == clause


def test_the_correction_comes_before_what_the_rules_decide(ask):
    answer = ask("我厂30人，年营收800万，五金加工，想贷款买设备，银行说必须买保险才给贷，能申请哪些贴息")
    assert first(answer).startswith("这样做不合规定：")
    assert answer.assessment is not None


# Documents and clauses


def test_a_number_that_is_not_held_comes_with_the_nearest_ones(ask):
    answer = ask("金规〔2024〕99号怎么说")
    assert (answer.outcome, answer.reason) == (Outcome.NO_EVIDENCE, "no_document_near")
    assert "金规〔2024〕13号" in answer.text
    assert "金规〔2024〕11号" in answer.text


def test_a_clause_beyond_the_document_is_told_with_the_count(ask):
    answer = ask("金规13号文第二十条怎么说")
    assert "一共只有7条，没有第二十条：金规〔2024〕13号共7条" in first(answer)


@pytest.mark.parametrize(("clause", "beyond"), [("第七条", False), ("第八条", True)])
def test_the_last_clause_is_there_and_the_next_one_is_not(ask, clause, beyond):
    assert ("一共只有7条" in first(ask(f"金规13号文{clause}怎么说"))) is beyond


def test_a_clause_that_is_not_in_the_digest_is_said_to_be_missing(ask):
    assert first(ask("征信业管理条例第九十九条规定了什么")).startswith(
        "我收录的《征信业管理条例》（国务院令第631号）摘要里没有第九十九条"
    )


def test_a_number_and_a_topic_that_do_not_belong_together_are_told_apart(ask):
    answer = ask("财金〔2026〕4号的续贷规定")
    assert first(answer).startswith("《关于实施中小微企业贷款贴息政策的通知》（财金〔2026〕4号）里没有“续贷”的规定：")
    assert "jingui-2024-13" in {c.document_id for c in answer.citations}


def test_a_document_that_was_replaced_and_is_not_held_leads_to_the_one_that_replaced_it(ask):
    answer = ask("728号令第九条怎么规定付款期限")
    assert first(answer).startswith("国务院令第728号已被《保障中小企业款项支付条例（2025年修订）》取代：")
    assert answer.citations[0].document_id == "reg-sme-payment-2025"
