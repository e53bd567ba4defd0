"""What the rules made of a profile, as HTML: marks with words, clauses to open, and nothing unescaped."""

import re
from dataclasses import replace
from datetime import date

import pytest

from assistant.eligibility.changes import Change
from assistant.eligibility.desks import decide
from assistant.eligibility.matching import Fit, Standing
from assistant.eligibility.rules import Candidate, CandidateKind, Holds, TermKind
from assistant.eligibility.timeline import StepKind
from assistant.eligibility.verdict import Verdict
from assistant.profile import Choice, Days, Desk, Profile, Range, Stated
from assistant.texts import ui_texts
from assistant.ui.candidates import Group
from assistant.ui.check_results import check_html, writer
from assistant.ui.renewal_results import renewal_html
from index.types import Language

DAY = date(2026, 11, 23)
QUOTE = {
    "zh": "小微企业创业担保贷款的额度上限是400万元",
    "en": "The cap of the start-up guaranteed loan for small and micro enterprises is 4 million yuan",
}
SOURCE = {"clause": "startup-guarantee-loan#amount-firm", "quote": QUOTE}
KNOWN = {
    "clause": "jingui-2024-13#2-extension",
    "quote": {
        "zh": "展期是延长原合同的还款期限",
        "en": "an extension (展期) lengthens the repayment date of the old contract",
    },
}
OLD = {
    "clause": "startup-guarantee-loan#old-2020",
    "quote": {"zh": "财金〔2020〕21号在2020年把", "en": "In 2020 财金〔2020〕21号 raised"},
}


def condition(asks, holds, value, says="<i>条件</i>", source=SOURCE):
    return {"asks": asks, "holds": holds, "value": value, "says": {"zh": says, "en": says}, **source}


def a_candidate(*needs, **changes):
    return Candidate.model_validate(
        {
            "id": "test", "kind": "programme", "document": "startup-guarantee-loan",
            "name": {"zh": "<b>测试贷</b>", "en": "<b>Test loan</b>"}, "about": SOURCE, "needs": needs, **changes,
        }
    )  # fmt: skip


def profile(**values):
    return Profile.of(Stated(name, value, "") for name, value in values.items())


@pytest.fixture
def shown(rulebook, library):
    def show(candidate, known=None, language=Language.ZH, stale=False):
        book = replace(rulebook, candidates={candidate.id: candidate})
        if stale:
            book = replace(book, stale=frozenset({(SOURCE["clause"], QUOTE["zh"])}))
        # Of an empty form nothing is listed, so one fact that no test asks for is always there.
        about = (known or Profile()).with_(Stated("owner_age", Range.of(40), ""))
        case = decide(Desk.MATCH, about, book, DAY)
        return check_html(case, {}, library, ui_texts(language), DAY, set(book.facts))

    return show


def card(html):
    return re.search(
        r'<details class="candidate.*?</details></section>|<details class="candidate.*', html, re.S
    ).group()


def test_names_and_conditions_are_escaped(shown):
    html = shown(a_candidate(condition("employees", "at_most", 400)))
    assert "<b>测试贷" not in html
    assert "&lt;b&gt;测试贷&lt;/b&gt;" in html
    assert "<i>条件" not in html


@pytest.mark.parametrize(
    ("employees", "sign", "spoken", "group"),
    [(400, "✓", "符合", "eligible"), (401, "✗", "不符合", "not_eligible"), (None, "?", "还不知道", "open")],
)
def test_each_condition_has_a_sign_and_words_for_those_who_do_not_see_it(shown, employees, sign, spoken, group):
    known = profile(employees=Range.of(employees)) if employees else None
    html = card(shown(a_candidate(condition("employees", "at_most", 400)), known))
    assert f'<span class="sign" aria-hidden="true">{sign}</span><span class="sr">{spoken}</span>' in html
    assert f"candidate {group}" in html


def test_what_was_entered_stands_with_its_condition(shown):
    html = shown(a_candidate(condition("employees", "at_most", 400)), profile(employees=Range.of(12)))
    assert "您填的：12人" in card(html)


def test_what_was_worked_out_is_not_said_to_have_been_entered(shown):
    known = profile(industry=Choice.of("10"), employees=Range.of(8), revenue_wan=Range.of(120))
    html = card(shown(a_candidate(condition("size_class", "one_of", ["micro"])), known))
    assert "按您填的推算：微型" in html


def test_the_nearest_change_is_named_for_what_is_not_met(shown):
    html = card(shown(a_candidate(condition("employees", "at_least", 400)), profile(employees=Range.of(12))))
    assert "最接近的改变：从业人员达到400人" in html
    assert "不代表会批" in html


def test_what_is_unknown_is_asked_and_leads_to_its_field(shown, rulebook):
    html = shown(a_candidate(condition("employees", "at_most", 400)))
    assert rulebook.facts["employees"].ask.zh in card(html)
    assert '<a class="to-field" href="#field-employees">' in html


def test_the_clause_can_be_opened_and_its_quoted_words_are_marked(shown):
    html = card(shown(a_candidate(condition("employees", "at_most", 400))))
    assert re.search(r"<summary>《[^》]+》财金〔2023〕75号", html)
    assert f"<mark>{QUOTE['zh']}</mark>，2023年10月1日起由300万元提高到400万元。" in html


def test_a_clause_that_was_not_checked_or_has_ended_is_marked(shown):
    html = card(shown(a_candidate(condition("exports", "is", True, source=KNOWN))))
    assert "待核对原文" in html
    html = card(shown(a_candidate(condition("exports", "is", True, source=OLD))))
    assert "已失效" in html


def test_a_stale_rule_is_not_used_and_says_so(shown):
    html = card(shown(a_candidate(condition("employees", "at_most", 400)), profile(employees=Range.of(1)), stale=True))
    assert "这一条正在核对，未用于判断" in html
    assert "candidate open" in html


def test_conditions_that_are_not_published_keep_it_with_the_bank(shown):
    candidate = a_candidate(condition("employees", "at_most", 400), unpublished=SOURCE)
    html = shown(candidate, profile(employees=Range.of(1)))
    assert 'class="group bank"' in html
    assert "以银行公布为准" in card(html)


def test_of_alternatives_the_one_that_is_met_comes_first_and_the_others_behind_a_click(shown):
    either = {"any": [condition("employees", "at_least", 400, "人多"), condition("exports", "is", True, "外贸")]}
    html = card(shown(a_candidate(either), profile(employees=Range.of(1), exports=True)))
    assert "满足其一" in html
    assert html.index("外贸") < html.index("其余 1 种情况") < html.index("人多", html.index("其余 1 种情况"))


def test_modes_are_named_with_what_they_come_to(shown):
    modes = [
        {"id": "a", "name": {"zh": "税票方式", "en": "tax"}, "needs": [condition("exports", "is", True)]},
        {"id": "b", "name": {"zh": "发票方式", "en": "invoice"}, "needs": [condition("exports", "is", False)]},
    ]
    html = card(shown(a_candidate(modes=modes), profile(exports=True)))
    assert "按“税票方式”对照" in html
    assert "发票方式（不符合）" in html


def test_terms_stand_in_one_line_with_their_clause_behind(shown):
    terms = [{"what": "amount", "value": 400, **SOURCE}, {"what": "security", **SOURCE}]
    html = card(shown(a_candidate(condition("exports", "is", True), terms=terms)))
    assert '<span class="terms">最高400万元</span>' in html
    assert "<strong>最高400万元</strong>" in html


def test_a_programme_that_has_ended_stands_apart(shown):
    window = [{"from": date(2021, 1, 1), "to": date(2023, 9, 30), **SOURCE}]
    html = shown(a_candidate(condition("exports", "is", True), window=window))
    assert 'class="group not_in_force"' in html


def test_english_has_no_chinese_besides_names_and_numbers_of_documents(shown):
    html = shown(a_candidate(condition("employees", "at_most", 400, "at most {value}")), language=Language.EN)
    chrome = re.sub(
        r"<blockquote.*?</blockquote>|<summary>.*?</summary>|<p class=\"(of|about)\">.*?</p>", "", html, flags=re.S
    )
    chrome = re.sub(r"工信部联企业〔2011〕300号|财金〔2023〕75号", "", chrome)
    assert not re.search(r"[\u4e00-\u9fff]", chrome)


def test_nothing_ever_says_that_a_loan_will_be_granted(shown):
    html = shown(a_candidate(condition("employees", "at_most", 400)), profile(employees=Range.of(1)))
    assert "能不能批由银行决定" in html
    assert not re.search(r"一定能|保证|可以获批|已批准", re.sub(r"<blockquote.*?</blockquote>", "", html))


def test_results_say_their_counts_for_screen_readers_and_print_a_sheet(shown):
    html = shown(a_candidate(condition("employees", "at_most", 400)), profile(employees=Range.of(1)))
    assert 'data-said="目前符合 1 项' in html
    sheet = html.split('<div class="sheet"')[1]
    assert "测试贷" in sheet
    assert "从业人员" in sheet
    assert DAY.isoformat() in sheet
    assert "<details" not in sheet


def test_the_size_card_tells_class_figures_and_what_would_change_it(rulebook, library):
    known = profile(industry=Choice.of("10"), employees=Range.of(8), revenue_wan=Range.of(120))
    html = check_html(decide(Desk.MATCH, known, rulebook, DAY), {}, library, ui_texts(Language.ZH), DAY, set())
    card = re.search(r'<section class="size card">.*?</section>', html, re.S).group()
    assert "微型企业" in card
    assert "往上一档（小型）：从业人员达到10人。" in card  # 120 万 reaches small by itself (100), 8 people do not (10)
    assert "<mark>" in card


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "规模还不能判断"),
        ({"industry": Choice.of("none")}, "划型标准不覆盖这个行业"),
        ({"industry": Choice.of("10"), "employees": Range.of(50)}, "可能是微型或小型企业"),
        ({"industry": Choice.of("1"), "revenue_wan": Range.of(20000)}, "大型企业"),
    ],
)
def test_the_size_is_said_as_far_as_it_is_known(rulebook, library, values, said):
    case = decide(Desk.MATCH, profile(**values), rulebook, DAY)
    assert said in check_html(case, {}, library, ui_texts(Language.ZH), DAY, set())


def test_the_revenue_of_a_young_firm_is_told_to_be_converted(rulebook, library):
    known = profile(industry=Choice.of("10"), revenue_so_far_wan=Range.of(60), months=Range.of(6))
    html = check_html(decide(Desk.MATCH, known, rulebook, DAY), {}, library, ui_texts(Language.ZH), DAY, set())
    assert "120万元（按月均折算成12个月）" in html  # 60 ÷ 6 × 12
    assert "经营不满12个月" in html


def test_the_renewal_desk_begins_with_its_verdict_and_ends_with_ways_out(rulebook, library):
    known = profile(loan_due=Days.of(date(2026, 12, 20)), region="重庆市")
    case = decide(Desk.RENEWAL, known, rulebook, DAY)
    html = renewal_html(case, {}, rulebook, library, ui_texts(Language.ZH), DAY, set(rulebook.facts))
    order = ["是否续贷由银行自主决定", "什么时候办什么", "会不会被调低分类", "要准备的材料", "银行不同意"]
    assert [html.index(text) for text in order] == sorted(html.index(text) for text in order)
    assert "2026年12月20日（星期日）" in html  # a Sunday
    assert "到期前最后一个工作日" in html
    assert "本助手建议" in html
    assert "重庆的转贷应急周转资金" in html
    assert 'href="renewal.ics?due=2026-12-20&amp;lang=zh"' in html


def test_dates_beyond_the_published_holidays_are_said_to_be_unsure(rulebook, library):
    case = decide(Desk.RENEWAL, profile(loan_due=Days.of(date(2029, 5, 4))), rulebook, DAY)
    html = renewal_html(case, {}, rulebook, library, ui_texts(Language.ZH), DAY, set())
    assert "以后公布的放假安排可能影响" in html


def test_an_overdue_loan_is_told_so_and_has_no_calendar(rulebook, library):
    case = decide(Desk.RENEWAL, profile(loan_due=Days.of(date(2026, 11, 1))), rulebook, DAY)
    html = renewal_html(case, {}, rulebook, library, ui_texts(Language.ZH), DAY, set())
    assert "贷款已经逾期" in html
    assert "renewal.ics" not in html


@pytest.mark.parametrize("language", list(Language))
def test_every_kind_of_everything_has_its_words(language, rulebook, library):
    words = ui_texts(language)
    for group in Group:
        assert words(f"check.standing.{group}")
    for kind in CandidateKind:
        assert words(f"check.kind.{kind}")
    for fit in Fit:
        assert words(f"check.fit.{fit}")
    for verdict in Verdict:
        assert words(f"check.sign.{verdict}")
        assert words(f"renewal.normal.{verdict}")
    for standing in Standing:
        assert words(f"renewal.verdict.{standing}")
    for what in TermKind:
        assert words(f"term.{what}", value="1")
    for step in StepKind:
        assert words(f"renewal.by.{step.value}", day="1", weekday="2")
    for unit in {fact.unit for fact in rulebook.facts.values() if fact.unit}:
        assert words(f"field.unit.{unit}")
    write = writer(decide(Desk.MATCH, Profile(), rulebook, DAY), library, words)
    for holds in Holds:
        assert "10" in write.change(
            Change("employees", holds, rulebook.size.industries["10"].small.limits["employees"], None)
        )
