"""Answers to cases over the shipped rules and clauses: what they say, what they rest on, and what they never say."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import cycle, islice

import pytest
from today import TODAY

from assistant.answering.cases.compose import answer_case
from assistant.eligibility.desks import decide
from assistant.evaluation.cases import read_cases
from assistant.pipeline import answer_id
from assistant.profile import Choice, Days, Desk, Profile, Range, Several, Stated, Value
from assistant.types import Answer, ClaimKind, Outcome, Question
from assistant.wiring import Assistant
from index.settings import ROOT
from index.snapshot import Snapshot
from index.text import normalise
from index.types import Language

ZH, EN = Language
HOTEL = "开旅馆的，一共8个人，一年做150万，算小型还是微型"
LOAN = "贷款12月20号到期还不上本金"
PROMISES = re.compile(
    r"一定能|一定可以|一定会批|必定|必批|包过|包批|保证(?:能|可以|批|贷|放)|肯定(?:能|可以|批)|百分之百|稳过|稳批|放心贷"
    r"|\bguarantee(?:s|d)? (?:you )?(?:approval|to be approved|a loan)|\bwill (?:certainly |definitely )?be approved|\bcertain to be"
    r"|\bsure to (?:get|be)|\bdefinitely|\bassured\b|\bwithout fail\b",
    re.I,
)
DENIED = re.compile(r"不等于|不能|不会|不是|并不|不保证|没有|\bnot\b|\bno\b|\bnever\b|n't", re.I)


def promises(text: str) -> list[str]:
    """The sentences that promise approval, without those that deny it or quote somebody else's doing so."""
    sentences = re.split(r"[。；;\n]|\. ", text)
    return [said for said in sentences if PROMISES.search(said) and not DENIED.search(said)]


def cited(answer: Answer) -> set[str]:
    return {f"{citation.document_id}#{citation.clause_id}" for citation in answer.citations}


def figures_told(answer: Answer) -> str:
    return answer.text.split("\n>")[0]


# Forty enterprises, worked through every desk


def stated(**facts: Value | int | str | None) -> Profile:
    values = {
        fact: Range.of(value) if isinstance(value, int) and not isinstance(value, bool) else value
        for fact, value in facts.items()
    }
    return Profile.of(Stated(fact, value, "") for fact, value in values.items() if value is not None)


def forty() -> list[Profile]:
    """Every fifth fact or so left out or vague, so that all kinds of answers occur; always the same forty."""
    industries = cycle(["2", "5", "9", "10", "12", "16", "1", "3", "none", "11", "4"])
    places = cycle(
        [
            "黑龙江省/大庆市",
            "广东省/深圳市",
            "浙江省/杭州市",
            None,
            "重庆市",
            "江苏省/苏州市",
            "北京市",
            "湖北省",
            "安徽省/合肥市",
        ]
    )
    people = cycle([3, 8, 12, 30, 60, None, 120, 350, 1200])
    revenue = cycle([50, 150, 800, Range(Decimal(100), Decimal(600)), 3000, 12000, None])
    months = cycle([6, 12, 24, None, 60])
    wanted = cycle([20, 100, 300, 1000, None, 3000])
    flags = cycle([True, None, False, True])
    groups = cycle(
        [
            Several(frozenset({"graduate"})),
            None,
            Several(frozenset({"veteran"})),
            Several(lacks=frozenset({"graduate"})),
        ]
    )
    due = cycle(
        [None, Days.of(date(2026, 12, 20)), Days(date(2027, 1, 1), date(2027, 1, 31)), Days.of(date(2026, 11, 1))]
    )
    kinds = cycle([Choice.of("working_capital"), Choice.of("fixed_assets"), None])
    purposes = cycle([Several(frozenset({"working_capital"})), Several(frozenset({"equipment", "fixed_assets"})), None])
    held = cycle([None, Several(frozenset({"high_tech", "tech_sme"})), Several(frozenset({"specialised"}))])
    found = []
    for number, industry in enumerate(islice(industries, 40)):
        found.append(
            stated(
                industry=Choice.of(industry), region=next(places), employees=next(people), revenue_wan=next(revenue),
                months=next(months), loan_wanted_wan=next(wanted), standing=next(flags), priority_group=next(groups),
                loan_due=next(due), loan_kind=next(kinds), purpose=next(purposes), qualifications=next(held),
                new_hires=number % 9 or None, loan_rate=Range.of("3.5") if number % 3 else None,
                term_months=12 * (number % 4) or None, form=Choice.of("individual_business" if number % 4 == 3 else "company"),
                ownership=Choice.of("private") if number % 2 else None, tax_grade=Choice.of("A") if number % 5 else None,
                loan_issued=Days.of(date(2023, 9, 30)) if number % 7 == 6 else None, owner_age=20 + number,
            )
        )  # fmt: skip
    return found


FORTY = forty()


@pytest.fixture(scope="module")
def told(assistant: Assistant, snapshot: Snapshot) -> Callable[..., Answer | None]:
    """told(profile, desk, language) → the answer of the desk, without a question read."""

    def told(profile: Profile, desk: Desk, language: Language = ZH, named: tuple[str, ...] = ()) -> Answer | None:
        base = Answer("id", "问", language, Outcome.FAILED, None, TODAY, "")
        case = decide(desk, profile, assistant.rulebook, TODAY, named)
        return answer_case(base, case, assistant.rulebook, snapshot.searcher)

    return told


@pytest.fixture(scope="module")
def all_answers(told) -> list[Answer]:
    """Forty enterprises at five desks in both languages, and each of some candidates gone through in full."""
    found = [told(profile, desk, language) for profile in FORTY for desk in Desk for language in Language]
    names = [
        "startup-loan-firm",
        "startup-loan-person",
        "subsidy-services",
        "mechanism-list",
        "abc-weijiedai",
        "technology-sme",
    ]
    found += [
        told(profile, Desk.MATCH, language, (name,)) for profile in FORTY for name in names for language in Language
    ]
    return [answer for answer in found if answer is not None]


def test_the_forty_are_as_varied_as_they_are_meant_to_be(all_answers):
    assert len(FORTY) == 40
    assert len({tuple(sorted(p.stated)) for p in FORTY}) > 15
    assert len(all_answers) > 800
    assert {answer.outcome for answer in all_answers} >= {Outcome.ANSWERED, Outcome.PARTIAL, Outcome.CLARIFY}
    kinds = {claim.kind for answer in all_answers for claim, _ in answer.claims}
    assert kinds == {ClaimKind.QUOTED, ClaimKind.COMPUTED}


def test_no_answer_to_an_enterprise_promises_approval(all_answers):
    assert [said for answer in all_answers for said in promises(answer.text)] == []


def test_every_claim_has_citations_and_every_citation_a_claim(all_answers):
    for answer in all_answers:
        numbers = {citation.n for citation in answer.citations}
        assert all(used for _, used in answer.claims), answer.text
        assert {n for _, used in answer.claims for n in used} == numbers


def test_no_claim_had_to_be_dropped(all_answers):
    """What the desks work out stands in the clauses, comes from the user or is shown as a sum."""
    dropped = [answer.text for answer in all_answers if answer.reason == "claims_dropped"]
    assert dropped == []


def test_quoted_claims_stand_in_the_clauses_they_cite(all_answers):
    for answer in all_answers:
        quotes = {citation.n: normalise(citation.quote) for citation in answer.citations}
        for claim, numbers in answer.claims:
            if claim.kind is ClaimKind.QUOTED:
                assert any(normalise(claim.text) in quotes[n] for n in numbers), claim.text


def test_every_answer_goes_through_json_and_back(all_answers):
    for answer in all_answers:
        record = answer.to_json()
        assert json.loads(json.dumps(record, ensure_ascii=False)) == record


def test_every_record_tells_what_was_decided(all_answers):
    keys = {
        "desk", "size_class", "size_possible", "verdict", "findings", "candidates", "profile", "contradictions", "missing",
        "dates",
    }  # fmt: skip
    for answer in all_answers:
        told = answer.assessment
        assert set(told) == keys
        assert told["verdict"] in ("eligible", "unclear", "not_eligible", None)
        assert told["size_class"] in ("微型", "小型", "中型", "大型", None)
        if told["size_class"]:
            assert told["size_possible"] == [told["size_class"]]
        for finding in told["findings"]:
            assert finding["verdict"] in ("met", "not_met", "unknown")
            assert ("parts" in finding) is not ("fact" in finding)
        assert len(answer.asks) == len(told["missing"]) <= 2


def test_texts_have_no_gaps_or_places_left_to_fill(all_answers):
    for answer in all_answers:
        assert answer.text.strip()
        assert not re.search(r"[{}]|\bNone\b|Decimal|（）|“”|\(\)|、、|，，|。。|；。|  +\S", figures_told(answer)), (
            answer.text
        )


def test_each_language_keeps_to_itself(all_answers):
    for answer in all_answers:
        if answer.language is EN:
            chinese = re.findall(
                r"[\u4e00-\u9fff]{2,}", re.sub(r"[（(][^）)]*[）)]|〔\d{4}〕\d+号", "", figures_told(answer))
            )
            known = {word for word in chinese if word not in answer.text}
            assert not known
        else:
            assert not re.search(r"\b(?:million|yuan|years|you said|not given|enterprise)\b", figures_told(answer)), (
                answer.text
            )


def test_the_same_profile_gives_the_same_answer(told):
    for profile in FORTY[:8]:
        for desk in Desk:
            assert told(profile, desk) == told(profile, desk)


# The project's own cases


def test_no_answer_to_the_projects_cases_promises_approval(ask):
    said = []
    for case in read_cases(ROOT / "tests" / "cases" / "main.jsonl"):
        answer = ask(case.question, *case.context, on=case.as_of or TODAY)
        said += promises(answer.text)
        assert json.loads(json.dumps(answer.to_json(), ensure_ascii=False)) == answer.to_json()
        assert all(numbers for _, numbers in answer.claims)
    assert said == []


@pytest.mark.parametrize(
    "text",
    [
        "有了推荐清单一定能批。",
        "保证能贷到款",
        "肯定能贷200万",
        "Approval is sure to be granted",
        "You will be approved.",
        "guaranteed approval",
    ],
)
def test_what_counts_as_a_promise(text):
    assert promises(text) == [text.rstrip("。")]


@pytest.mark.parametrize(
    "text", ["进入清单不等于一定能得到贷款。", "Being listed does not guarantee a loan.", "担保贷款保证人要有能力"]
)
def test_what_does_not(text):
    assert promises(text) == []


# Size


def test_a_hotel_with_8_people_is_micro_by_the_clause_on_accommodation(ask):
    answer = ask(HOTEL)
    assert answer.outcome is Outcome.ANSWERED
    first = answer.claims[0][0].text
    assert "**微型企业**" in first
    assert "8人" in first
    assert "150万元" in first
    assert answer.citations[0].document_id == "enterprise-size"
    assert answer.citations[0].clause_id == "industry-9"
    assert "10人" in answer.citations[0].quote
    assert (answer.assessment["size_class"], answer.assessment["desk"]) == ("微型", "size")


def test_with_11_people_it_is_small(ask):
    answer = ask("人手加到11个呢", HOTEL)
    assert "**小型企业**" in answer.claims[0][0].text
    assert "11人" in answer.claims[0][0].text
    assert answer.assessment["size_class"] == "小型"
    # the way up: 100 people and 20 million; the way down: below 10 people or 1 million
    told = figures_told(answer)
    assert "从业人员达到100人同时年营业收入达到2000万元，就是中型企业" in told
    assert "从业人员低于10人或年营业收入低于100万元，就降为微型企业" in told


@pytest.mark.parametrize(("people", "size"), [(9, "微型"), (10, "小型"), (99, "小型"), (100, "小型")])
def test_both_sides_of_the_limits(ask, people, size):
    # 100 people reach medium, 150 wan of revenue do not (2000)
    assert ask(f"开旅馆的，一共{people}个人，一年做150万，算小型还是微型").assessment["size_class"] == size


def test_in_english_a_hotel_likewise(ask):
    hotel = "We run a hotel with 8 people and revenue of 1.5 million yuan. Are we micro or small?"
    before, after = ask(hotel), ask("What if we had 11 people?", hotel)
    assert "**micro enterprise**" in before.claims[0][0].text
    assert "1.5 million yuan" in before.claims[0][0].text
    assert "**small enterprise**" in after.claims[0][0].text
    assert before.citations[0].clause_id == after.citations[0].clause_id == "industry-9"
    assert "10" in before.citations[0].quote


def test_a_young_firms_revenue_is_converted_and_the_sum_shown(told):
    # 600,000 in 6 months: 60 ÷ 6 × 12 = 120 wan, so 12 people are small
    young = stated(industry=Choice.of("9"), employees=12, months=6, revenue_so_far_wan=60)
    answer = told(young, Desk.SIZE)
    assert "60万元 ÷ 6 × 12 = 120万元" in answer.text
    assert answer.assessment["size_class"] == "小型"
    assert "enterprise-size#data-tax-short" in cited(answer)
    assert answer.reason is None


def test_an_industry_the_standard_does_not_cover_is_told_by_its_clause(told):
    answer = told(stated(industry=Choice.of("none"), employees=12), Desk.SIZE)
    assert "enterprise-size#not-covered" in cited(answer)
    assert answer.assessment["size_class"] is None


def test_a_class_that_stays_open_is_half_an_answer_and_asks_for_the_rest(ask):
    answer = ask("我们旅馆12个人，算什么型")
    assert answer.outcome is Outcome.PARTIAL
    assert "微型或小型" in answer.claims[0][0].text
    assert answer.asks == ("年营业收入（流水）大约多少？",)
    assert ask("150万", "我们旅馆12个人，算什么型").assessment["size_class"] == "小型"


# Renewal


def test_a_loan_that_falls_due_comes_to_the_renewal_desk_with_its_dates(ask):
    # Asked on Sunday 22 November 2026, due on Sunday 20 December. 60 days before is past, 30 before (20 November) too:
    # the next working day is Monday 23. Ten working days before: 18 to 14, 11 to 7 December; three: 18, 17, 16.
    answer = ask(LOAN)
    assert answer.assessment["desk"] == "renewal"
    dates = {item["id"]: item["day"] for item in answer.assessment["dates"]}
    assert dates == {
        "earliest": "2026-11-23", "apply": "2026-11-23", "fallback": "2026-12-07", "contract": "2026-12-16",
        "last_working_day": "2026-12-18", "due": "2026-12-20",
    }  # fmt: skip
    told = figures_told(answer)
    for words in (
        "2026年11月23日",
        "2026年12月7日",
        "2026年12月16日",
        "2026年12月18日",
        "2026年12月20日",
        "星期日，还有28天",
    ):
        assert words in told
    assert {"jingui-2024-13#scope", "jingui-2024-13#2-procedure", "jingui-2024-13#bank-decides"} <= cited(answer)
    assert "企业没有当然续贷的权利" in told


def test_in_english_likewise(ask):
    answer = ask("My working-capital loan falls due on 20 December 2026 and I cannot repay the principal.")
    assert answer.assessment["desk"] == "renewal"
    told = figures_told(answer)
    for words in (
        "23 November 2026",
        "7 December 2026",
        "16 December 2026",
        "18 December 2026",
        "(Sunday, 28 days left)",
    ):
        assert words in told
    assert "no automatic right to renewal" in told


@pytest.mark.parametrize(
    ("due", "possible"),
    [("2027年9月29日", True), ("2027年9月30日", True), ("2027年10月1日", False)],
)
def test_a_medium_firms_loan_on_the_three_days_around_the_end_of_the_arrangement(ask, due, possible):
    answer = ask(f"中型企业流动资金贷款{due}到期，能续贷吗")
    assert answer.assessment["desk"] == "renewal"
    first = answer.claims[0][0].text
    assert ("可以先去申请不还本金续贷" in first) is possible
    assert ("不在不还本金续贷的政策范围内" in first) is not possible
    assert answer.assessment["verdict"] == ("unclear" if possible else "not_eligible")
    assert {"jingui-2024-13#7", "jingui-2024-13#scope-limits"} & cited(answer)


def test_a_loan_that_is_overdue_is_told_to_turn_to_the_bank_at_once(told):
    answer = told(stated(loan_due=Days.of(date(2026, 11, 20)), loan_kind=Choice.of("working_capital")), Desk.RENEWAL)
    assert "2026年11月20日已经到期" in answer.claims[0][0].text
    assert "马上联系银行" in answer.claims[0][0].text
    assert "可以先去申请" not in answer.text


# Rules by date


@pytest.mark.parametrize(
    ("paid_out", "share", "amount"),
    [("2023年9月30日", "not_met", 300), ("2023年10月1日", "met", 400), ("2026年11月22日", "met", 400)],
)
def test_a_start_up_loan_is_judged_by_the_rule_of_the_day_it_was_paid_out(ask, paid_out, share, amount):
    # 7 newly hired of 60 are 11.67 %: 15 % were needed up to 30 September 2023, 10 % since
    answer = ask(f"我们公司60人，新招了7个失业人员，{paid_out}发放的创业担保贷款，符合条件吗")
    assert answer.assessment["desk"] == "match"
    assert answer.reason is None
    (group,) = [
        f for f in answer.assessment["findings"] if f["candidate"] == "startup-loan-firm" and "比例" in f["condition"]
    ]
    assert group["verdict"] == share
    assert ("11.67%" in answer.text) is (share == "met")
    firm = next(c for c in answer.assessment["candidates"] if c["id"] == "startup-loan-firm")
    assert firm["standing"] == ("not_eligible" if share == "not_met" else "open")
    assert (f"最高{amount}万元" in answer.text) is (share == "met")


@pytest.mark.parametrize(
    ("paid_out", "amount", "principal"),
    [
        ("2025年12月31日", "1万元", "100万元"),
        ("2026年1月1日", "3万元", "300万元"),
        ("2027年1月1日", None, None),
    ],
)
def test_a_restaurants_subsidy_on_three_days(ask, paid_out, amount, principal):
    # 300 wan: in 2025 counted up to 100 wan, 1 % of it; in 2026 all of it (up to 1000 wan); from 2027 there is none
    answer = ask(f"开餐馆的，{paid_out}发放的贷款300万，能贴息多少")
    assert answer.assessment["desk"] == "subsidy"
    services = next(c for c in answer.assessment["candidates"] if c["id"] == "subsidy-services")
    if amount is None:
        assert services["standing"] == "not_in_force"
        assert "服务业经营主体贷款贴息：按" not in answer.text
    else:
        assert services["standing"] == "open"
        assert f"服务业经营主体贷款贴息：按300万元、1年计算，最多可得贴息**{amount}**" in answer.text
        assert f"{principal} × 1% × 1年 = {amount}" in answer.text
    assert "个人消费贷款贴息" not in answer.text  # it is not for a restaurant's loan


def test_nothing_that_the_rules_state_is_dropped_by_a_check(all_answers):
    assert [(item.claim.text, item.reason) for answer in all_answers for item in answer.dropped] == []


# Sums


def test_a_schedule_shows_the_three_ways_to_repay(told):
    # 1,000,000 at 3.6 % for a year: 3,000 a month interest first, 36,000 in all; equal principal 83,333.33 + 3,000;
    # equal instalments by the formula 84,964.65 or so, worked out in test_schedules.py
    answer = told(stated(loan_wanted_wan=100, loan_rate=Range.of("3.6"), term_months=12), Desk.SCHEDULE)
    told_ = figures_told(answer)
    assert "86,333.33元" in told_
    assert "3,000元" in told_
    assert "3.6万元" in told_
    assert cited(answer) == {"glossary#dengebenxi", "glossary#dengebenjin", "glossary#xianxihouben"}
    assert answer.reason is None


def test_a_schedule_that_lacks_something_asks_for_it_alone(told):
    answer = told(stated(loan_wanted_wan=100, loan_rate=Range.of("3.6")), Desk.SCHEDULE)
    assert (answer.outcome, answer.claims, answer.asks) == (Outcome.CLARIFY, (), ("想贷多长时间？",))


def test_what_would_have_to_change_may_be_worked_out(told):
    # 60 staff, 5 newly hired: 8.3 %; 10 % of 60 are 6
    firm = stated(
        industry=Choice.of("2"),
        employees=60,
        revenue_wan=800,
        new_hires=5,
        standing=True,
        contracts_year=True,
        wage_arrears=False,
    )
    answer = told(firm, Desk.MATCH, ZH, ("startup-loan-firm",))
    assert answer.reason is None
    assert "6人" in figures_told(answer)
    assert "10%" in answer.text


# What the user is told besides


def test_what_was_taken_for_granted_is_told_with_the_users_words(ask):
    last = ask(HOTEL).notices[-1]
    for words in ("8人（“8个人”）", "150万元（“一年做150万”）", "有不对的，直接说正确的就行"):
        assert words in last


def test_what_was_said_in_two_ways_is_put_as_a_question(ask):
    answer = ask("我们8个人的旅馆，年收入150万，想贷款50万，今年一共有12个员工")
    assert "“8个人”" in answer.asks[0]
    assert "“12个员工”" in answer.asks[0]
    assert answer.assessment["contradictions"] == [{"fact": "employees", "said": ["8个人", "12个员工"]}]


def test_whose_decision_it_is_stands_below_every_list_of_what_fits(told):
    for language, words in ((ZH, "由银行决定"), (EN, "the bank's decision")):
        for profile in FORTY[:10]:
            assert words in told(profile, Desk.MATCH, language).text


def test_a_bare_wish_is_answered_with_the_question_it_depends_on(ask):
    answer = ask("我想贷款")
    assert answer.asks[0] == "主要做什么生意（行业）？"
    assert answer.outcome is Outcome.CLARIFY


# Again and again


@pytest.mark.parametrize(
    "turns",
    [
        (HOTEL,),
        (HOTEL, "人手加到11个呢"),
        (LOAN,),
        (HOTEL, LOAN),
        ("我开了家小饭馆，5个人，一年流水80万，想贷30万周转",),
    ],
)
def test_a_conversation_gone_through_again_gives_the_same_answer(ask, turns):
    first, again = (replace(ask(turns[-1], *turns[:-1]), timings_ms={}) for _ in range(2))
    assert first == again
    assert first.id == answer_id(Question(turns[-1], TODAY, turns[:-1]))


def test_the_record_of_an_answer_goes_through_json(ask):
    for turns in ((HOTEL,), (LOAN,), ("我们公司60人，新招了7个失业人员，2023年9月30日发放的创业担保贷款，符合条件吗",)):
        record = ask(*turns).to_json()
        assert json.loads(json.dumps(record, ensure_ascii=False)) == record
        assert record["assessment"]["profile"]


# What comes first


def first(answer: Answer) -> str:
    return answer.text.split("\n")[0]


@pytest.mark.parametrize(
    ("text", "value", "condition"),
    [
        ("执照才办下来8个月，工行经营快贷能申请吗", "8个月", "满1年"),
        ("我公司成立1年半，想办建行云税贷行不行", "18个月", "满2年"),
        ("纳税一年才3000块，云税贷能办吗", "3,000元", "5,000元"),
        ("刚注册3个月的公司，我能申请推荐清单吗，在湛江", "3个月", "6个月"),
        ("We got our licence 8 months ago. Can we apply for the ICBC Business Quick Loan?", "8 months", "1 year"),
    ],
)
def test_a_fact_that_decides_is_told_first_with_the_condition(ask, text, value, condition):
    answer = ask(text)
    assert (answer.assessment or {})["verdict"] == "not_eligible"
    assert value in first(answer)
    assert condition in first(answer)


def test_what_fits_so_far_is_counted_before_what_is_open(ask):
    answer = ask("我公司开满3年，纳税M级，一年交税8000块，云税贷能办吗")
    assert "您说到的3条都符合" in first(answer)  # 3 years, grade M, 8,000 yuan


@pytest.mark.parametrize(
    "text",
    [
        "我开了家小饭馆，5个人，一年流水80万，想贷30万周转",
        "我们是科技型中小企业，成立3年，年收入600万，想贷款200万，有什么合适的产品",
        "I run a restaurant with 5 staff and want to borrow 300,000 yuan.",
    ],
)
def test_a_general_answer_begins_with_what_to_look_at_and_ends_with_the_counts(ask, text):
    answer = ask(text)
    names = [item["name"] for item in (answer.assessment or {})["candidates"]]
    assert any(f"**{name}**" in first(answer) for name in names)
    assert not re.search(r"有\d+项|information missing: \d", first(answer))
    assert re.search(r"一共比对了\d+项|Compared in all: \d+", answer.text)


@pytest.mark.parametrize(("text", "shown"), [("", False), ("，在杭州上城区", True)])
def test_what_one_place_offers_is_shown_only_to_those_who_are_there(ask, text, shown):
    answer = ask(f"我们是国家高新技术企业{text}，软件公司，成立3年，年收入600万，想贷款200万，有什么产品")
    assert ("上城" in figures_told(answer)) is shown
    assert ("另有" in answer.text) is not shown


# The size class from what is at hand


def test_what_was_invoiced_stands_for_the_revenue_with_a_word_of_caution(ask):
    answer = ask("我们五金厂260人、去年开票3.2个亿，算中型还是小型")
    assert (answer.assessment or {})["size_class"] == "小型"  # 260 < 300 people; 20 people and 300万 are reached
    assert any("开票" in notice and "营业收入为准" in notice for notice in answer.notices)


def test_a_revenue_that_was_given_goes_before_what_was_invoiced(ask):
    answer = ask("我们五金厂260人、营收200万、开票3.2个亿，算中型还是小型")
    assert (answer.assessment or {})["size_class"] == "微型"  # 200万 < 300万
    assert not any("开票金额代替" in notice for notice in answer.notices)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("五金厂260人，属于什么型企业", "年营业收入达到300万元就是小型，不到300万元就是微型"),
        ("饭店营收1500万，是小型企业吗", "从业人员达到10人就是小型，不到10人就是微型"),
        ("Our factory has 260 workers. Are we small or medium?", "3 million yuan or more makes it small"),
    ],
)
def test_of_two_classes_it_is_told_which_figure_decides(ask, text, told):
    assert told in ask(text).text

