"""Each claim is checked against the clauses it cites: by code, word for word and figure for figure."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from assistant.answering.grounding import ground, objection
from assistant.answering.worked import Sum
from assistant.types import Claim, ClaimKind, Part
from index.types import Clause, Document, Kind, Language, Passage, Period

RATE = Clause("1", "一", "贴息比例", "财金〔2026〕4号规定，贴息1.5个百分点，最长2年。贷款不超过5000万元。")
TERM = Clause("2", "二", "期限", "政策自2026年1月1日起执行，期限12个月。", period=Period(effective=date(2026, 1, 1)))
DOCUMENT = Document(
    "subsidy", Language.ZH, Kind.PROGRAMME, "2026年贷款贴息通知", "贷款贴息", (RATE, TERM),
    document_number="财金〔2026〕4号", issued=date(2026, 1, 19), period=Period(expires=date(2026, 12, 31)),
)  # fmt: skip


def passage(clause: Clause) -> Passage:
    return Passage(
        f"subsidy#{clause.id}", "subsidy", clause.id, Language.ZH, clause.reference, clause.heading, clause.text,
        (0, len(clause.text)), DOCUMENT.clauses.index(clause), DOCUMENT,
    )  # fmt: skip


def quoted(text: str, *clauses: Clause) -> Claim:
    return Claim(text, ClaimKind.QUOTED, Part.LEAD, tuple(map(passage, clauses or (RATE,))))


def phrased(text: str, *clauses: Clause) -> Claim:
    return replace(quoted(text, *clauses), kind=ClaimKind.PHRASED)


def test_a_sentence_of_the_clause_holds():
    assert objection(quoted("贷款不超过5000万元。")) is None
    assert objection(quoted(RATE.text)) is None


def test_one_digit_altered_is_caught():
    assert "quotation" in objection(quoted("贷款不超过5001万元。"))
    assert "quotation" in objection(quoted("财金〔2026〕4号规定，贴息1.6个百分点，最长2年。"))


def test_one_word_altered_is_caught():
    assert "quotation" in objection(quoted("贷款必须超过5000万元。"))
    assert "quotation" in objection(quoted("贷款超过5000万元。"))


def test_a_sentence_of_another_clause_is_caught():
    assert "quotation" in objection(quoted(TERM.text, RATE))
    assert objection(quoted(TERM.text, TERM)) is None
    assert objection(quoted(TERM.text, RATE, TERM)) is None


def test_two_sentences_put_together_are_no_quotation():
    assert "quotation" in objection(quoted("贴息1.5个百分点，贷款不超过5000万元。"))


@pytest.mark.parametrize(
    "text",
    [
        "贷款不超过５０００万元。",
        "贷款  不超过5000万元。",
        "贷款不超过5000万元｡",
        "贷款\u200b不超过5000万元。",
        "财金[2026]4号规定，贴息1.5个百分点",
    ],
)
def test_full_width_digits_blanks_and_brackets_do_not_matter(text):
    assert objection(quoted(text)) is None


def test_a_claim_without_a_clause_is_caught():
    assert objection(replace(quoted("贷款不超过5000万元。"), passages=())) == "cites no clause"


def test_phrased_words_may_differ_and_figures_may_not():
    assert objection(phrased("每户的贷款以5000万元为限。")) is None
    assert "5" in objection(phrased("每户的贷款以5500万元为限。"))


def test_a_figure_may_be_written_in_another_unit():
    assert objection(phrased("贷款不超过50,000,000元。")) is None  # 5000 × 10,000
    assert objection(phrased("贷款不超过0.5亿元。")) is None
    assert objection(phrased("贷款不超过5亿元。")) is not None


def test_a_percentage_is_not_a_plain_number():
    assert objection(phrased("贴息1.5%。")) is not None


def test_a_date_the_clause_and_its_document_record_is_vouched_for():
    assert objection(phrased("2026年1月1日起执行。", TERM)) is None
    assert objection(phrased("执行到2026年12月31日。", TERM)) is None
    assert objection(phrased("2026年1月19日印发。", TERM)) is None


def test_a_date_worked_out_and_recorded_nowhere_is_caught():
    # 12 months from 1 January 2026 end on 31 December 2026; a day later is an error of the sum
    assert "2027-01-01" in objection(phrased("执行到2027年1月1日。", TERM))
    assert objection(replace(phrased("执行到2027年1月1日。", TERM), kind=ClaimKind.COMPUTED)) is not None


def test_a_document_number_of_the_document_holds():
    assert objection(phrased("依据是财金〔2026〕4号。")) is None
    assert objection(phrased("依据是财金(2026)4号。")) is None


@pytest.mark.parametrize("number", ["财金〔2026〕5号", "财金〔2025〕4号", "银发〔2026〕4号"])
def test_a_document_number_not_in_the_clause_is_caught(number):
    assert "document numbers" in objection(phrased(f"依据是{number}。"))


# Figures that are worked out

SHARE = Clause("3", "三", "贴息", "按年利率贴息1.5个百分点，单户贷款最多5000万元，最多贴2年。")


def computed(text: str, *sums: str, given: str = "", clause: Clause = SHARE) -> Claim:
    document = replace(DOCUMENT, clauses=(clause,))
    cited = Passage(
        f"subsidy#{clause.id}", "subsidy", clause.id, Language.ZH, clause.reference, clause.heading, clause.text,
        (0, len(clause.text)), 0, document,
    )  # fmt: skip
    return Claim(text, ClaimKind.COMPUTED, Part.SUMS, (cited,), True, given, tuple(map(Sum, sums)))


SUM = "2,000,000元 × 1.5% × 2年 = 6万元"


def test_a_result_of_a_sum_that_comes_out_holds():
    assert objection(computed("最多可得贴息6万元。", SUM, given="贷200万 200万元")) is None
    assert objection(computed(SUM, SUM, given="贷200万")) is None


def test_without_its_sum_a_result_is_a_figure_from_nowhere():
    assert "60000" in objection(computed("最多可得贴息6万元。", given="贷200万"))


def test_a_sum_that_does_not_come_out_is_caught_even_where_the_text_does_not_show_it():
    wrong = "2,000,000元 × 1.5% × 2年 = 7万元"
    assert objection(computed("最多可得贴息7万元。", wrong, given="贷200万")).startswith(
        "arithmetic that does not come out"
    )
    assert objection(computed("最多可得贴息。", wrong, given="贷200万")).startswith("arithmetic that does not come out")


@pytest.mark.parametrize(
    ("sum_", "given", "strange"),
    [
        (SUM, "", "2000000"),  # the user named no amount
        (SUM, "贷300万", "2000000"),  # or another
        ("2,000,000元 × 1.4% × 2年 = 5.6万元", "贷200万", "1.4%"),  # not the clause's rate
        ("2,000,000元 × 1.5% × 3年 = 9万元", "贷200万", "3"),  # not the clause's time
    ],
)
def test_operands_come_from_the_user_or_from_the_clause(sum_, given, strange):
    reason = objection(computed("见算式。", sum_, given=given))
    assert reason.startswith("arithmetic with figures from nowhere")
    assert f"'{strange}'" in reason


def test_an_operand_may_be_the_result_of_an_earlier_sum_but_not_of_a_later_one():
    first, second = SUM, "min(60,000元, 5,000万元) = 6万元"
    assert objection(computed("最多可得贴息6万元。", first, second, given="贷200万")) is None
    reason = objection(computed("最多可得贴息6万元。", second, first, given="贷200万"))
    assert reason.startswith("arithmetic with figures from nowhere")


def test_percentage_points_of_a_clause_are_a_percentage_in_a_sum_and_nowhere_else():
    assert objection(computed("每年贴息1.5%。", given="贷200万")) is not None
    assert objection(computed("每年贴息1.5%。", SUM, given="贷200万")) is None  # shown in its sum


@pytest.mark.parametrize(
    ("sum_", "given"),
    [("60万元 ÷ 6 × 12 = 120万元", "6个月做了60万"), ("100万元 × 5% ÷ 360 × 90天 = 1.25万元", "100万 5% 90天")],
)
def test_months_of_a_year_and_a_banks_days_of_a_year_need_no_source(sum_, given):
    assert objection(computed("见算式。", sum_, given=given)) is None


def test_another_number_of_days_does():
    reason = objection(computed("见算式。", "100万元 × 5% ÷ 365 × 73天 = 1万元", given="100万 5% 73天"))
    assert "'365'" in reason


def test_words_of_the_user_vouch_for_figures_and_not_for_document_numbers_or_quotations():
    assert objection(computed("按您说的8人。", given="8个人")) is None
    assert "document numbers" in objection(computed("依据是财金〔2025〕1号。", given="财金〔2025〕1号"))
    assert "quotation" in objection(replace(computed("8个人。", given="8个人"), kind=ClaimKind.QUOTED))


def test_a_claim_with_a_sum_still_needs_a_clause():
    assert objection(replace(computed("6万元。", SUM, given="贷200万"), passages=())) == "cites no clause"


def test_what_fails_is_dropped_and_the_rest_stays():
    good, wrong = computed("最多6万元。", SUM, given="贷200万"), computed("最多7万元。", SUM, given="贷200万")
    held, rejected = ground([wrong, good])
    assert held == [good]
    assert [(item.claim, "70000" in item.reason) for item in rejected] == [(wrong, True)]


def test_what_holds_keeps_its_order_and_what_does_not_is_given_with_its_reason():
    good, bad, last = quoted("贷款不超过5000万元。"), quoted("贷款不超过6000万元。"), quoted(TERM.text, TERM)
    held, rejected = ground([good, bad, last])
    assert held == [good, last]
    assert [item.claim for item in rejected] == [bad]
    assert rejected[0].reason == "is not a quotation of the clause it cites"


def test_nothing_to_check_is_no_trouble():
    assert ground([]) == ([], [])


QUESTIONS = [
    "创业担保贷款最高能贷多少", "小微企业贷款到期了还不上本金怎么办", "2026年中小微企业贷款贴息多少",
    "截至2025年6月末走访了多少户",
    "2025年末普惠小微贷款余额", "政府性融资担保的费率", "大型企业多少天内付款给中小企业", "设备更新贷款贴息比例是多少",
    "What is the maximum start-up guarantee loan?", "When did the Private Economy Promotion Law take effect?",
]  # fmt: skip


@pytest.fixture(scope="module")
def real_claims(ask) -> list[Claim]:
    """Ten quotations with figures from answers over the shipped corpus, each from a clause of its own."""
    found: dict[tuple[str, str], Claim] = {}
    for question in QUESTIONS:
        for claim, _ in ask(question).claims:
            key = (claim.passages[0].document_id, claim.passages[0].clause_id)
            if claim.kind is ClaimKind.QUOTED and re.search(r"\d", claim.text):
                found.setdefault(key, claim)
    return list(found.values())[:10]


def test_real_claims_hold(real_claims):
    assert len(real_claims) == 10
    assert ground(real_claims)[1] == []


def test_thirty_mutants_of_real_claims_are_all_caught(real_claims):
    others = [*real_claims[1:], real_claims[0]]
    mutants = []
    for claim, other in zip(real_claims, others, strict=True):
        last = list(re.finditer(r"\d", claim.text))[-1]
        digit = str((int(last[0]) + 1) % 10)
        middle = len(claim.text) // 2
        mutants += [
            replace(claim, text=claim.text[: last.start()] + digit + claim.text[last.end() :]),  # one digit altered
            replace(claim, text=claim.text[:middle] + "不" + claim.text[middle:]),  # one word put in
            replace(claim, passages=other.passages),  # moved to another clause
        ]
    assert len(mutants) == 30
    held, rejected = ground(mutants)
    assert held == []
    assert len(rejected) == 30
