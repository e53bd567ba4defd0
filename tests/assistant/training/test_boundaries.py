"""Cases at the limits of the size standard and of eligibility rules."""

from __future__ import annotations

import re
from datetime import date

import pytest
from taught import DAY, made, material

from assistant.eligibility.conditions import judge
from assistant.eligibility.matching import Standing, assess
from assistant.eligibility.rules import AllOf, AnyOf, Condition, conditions_in
from assistant.eligibility.verdict import Verdict
from assistant.profile import Days, Range
from assistant.training.checking import problems
from assistant.training.makers.boundaries import beside, boundaries
from assistant.training.makers.limits import limits
from index.quantities import Unit, quantities
from index.types import Language

# 工信部联企业〔2011〕300号, typed from corpus/policies/enterprise-size.zh.md: (metrics, large, medium, small);
# P people, R revenue and A assets in 万元.
STANDARD = {
    "1": ("R", (20000,), (500,), (50,)),
    "2": ("PR", (1000, 40000), (300, 2000), (20, 300)),
    "3": ("RA", (80000, 80000), (6000, 5000), (300, 300)),
    "4": ("PR", (200, 40000), (20, 5000), (5, 1000)),
    "5": ("PR", (300, 20000), (50, 500), (10, 100)),
    "6": ("PR", (1000, 30000), (300, 3000), (20, 200)),
    "7": ("PR", (200, 30000), (100, 1000), (20, 100)),
    "8": ("PR", (1000, 30000), (300, 2000), (20, 100)),
    "9": ("PR", (300, 10000), (100, 2000), (10, 100)),
    "10": ("PR", (300, 10000), (100, 2000), (10, 100)),
    "11": ("PR", (2000, 100000), (100, 1000), (10, 100)),
    "12": ("PR", (300, 10000), (100, 1000), (10, 50)),
    "13": ("RA", (200000, 10000), (1000, 5000), (100, 2000)),
    "14": ("PR", (1000, 5000), (300, 1000), (100, 500)),
    "15": ("PA", (300, 120000), (100, 8000), (10, 100)),
    "16": ("P", (300,), (100,), (10,)),
}
CLASSES = ["微型", "小型", "中型", "大型"]

# By hand: which figure stands where, and what follows. The other figure lies within the class whose limit is tested.
BY_HAND = [
    # 工业: 小型从20人、300万元起
    ("2-small-employees-below", "从业人员19人", "微型"),
    ("2-small-employees-at", "从业人员正好20人", "小型"),
    ("2-small-employees-above", "从业人员21人", "小型"),
    ("2-small-revenue_wan-below", "年营业收入299万元", "微型"),
    ("2-small-revenue_wan-at", "年营业收入正好300万元", "小型"),
    # 工业: 中型从300人、2000万元起
    ("2-medium-employees-below", "从业人员299人", "小型"),
    ("2-medium-employees-at", "从业人员正好300人", "中型"),
    ("2-medium-revenue_wan-below", "年营业收入1990万元", "小型"),
    ("2-medium-revenue_wan-at", "年营业收入正好2000万元", "中型"),
    # 工业: 大型从1000人、4亿元起
    ("2-large-employees-below", "从业人员999人", "中型"),
    ("2-large-revenue_wan-at", "年营业收入正好4亿元", "大型"),
    # 零售: 10人、100万元; 50人、500万元
    ("5-small-employees-below", "从业人员9人", "微型"),
    ("5-small-employees-at", "从业人员正好10人", "小型"),
    ("5-medium-employees-below", "从业人员49人", "小型"),
    ("5-medium-revenue_wan-at", "年营业收入正好500万元", "中型"),
    # 批发: 5人; 餐饮: 100万元; 软件: 50万元
    ("4-small-employees-below", "从业人员4人", "微型"),
    ("4-small-employees-at", "从业人员正好5人", "小型"),
    ("10-small-revenue_wan-below", "年营业收入99万元", "微型"),
    ("12-small-revenue_wan-at", "年营业收入正好50万元", "小型"),
    # 农业只看营业收入: 50万元、500万元、2亿元
    ("1-small-revenue_wan-below", "年营业收入49万元", "微型"),
    ("1-medium-revenue_wan-at", "年营业收入正好500万元", "中型"),
    ("1-large-revenue_wan-below", "年营业收入1.99亿元", "中型"),
    # 建筑看营业收入和资产; 房地产资产2000万元; 租赁资产100万元; 其他只看人数
    ("3-small-assets_wan-below", "资产总额299万元", "微型"),
    ("13-small-assets_wan-at", "资产总额正好2000万元", "小型"),
    ("15-small-assets_wan-below", "资产总额99万元", "微型"),
    ("16-medium-employees-below", "从业人员99人", "小型"),
    ("16-large-employees-at", "从业人员正好300人", "大型"),
    # 一项很高、一项差一点，照样归低一档
    ("2-small-employees-held-down", "从业人员19人", "微型"),
    ("2-medium-revenue_wan-held-down", "年营业收入1990万元", "小型"),
]


@pytest.mark.parametrize(("key", "told", "expected"), BY_HAND)
def test_both_sides_of_a_limit_as_worked_out_by_hand(key, told, expected):
    drill = made(boundaries)[f"boundary:enterprise-size#industry-{key.split('-')[0]}:{key}"]
    assert told in drill.prompt
    assert drill.options[drill.right[0]].text == expected


def class_of(industry, figures):
    metrics, *limits_from_large = STANDARD[industry]
    for name, lower in zip(("大型", "中型", "小型"), limits_from_large, strict=True):
        if all(figures[metric] >= limit for metric, limit in zip(metrics, lower, strict=True)):
            return name
    return "微型"


def told_in(prompt):
    """People and amounts (万元) as a reader finds them in the prompt, without the profile."""
    figures = {}
    for label, metric in (("从业人员", "P"), ("年营业收入", "R"), ("资产总额", "A")):
        if found := re.search(rf"{label}(?:正好)?([\d,.]+[万亿]?[人元])", prompt):
            (quantity,) = quantities(found[1])
            figures[metric] = float(quantity.value) / (1 if quantity.unit is Unit.PEOPLE else 10_000)
    return figures


def test_every_size_drill_comes_out_by_the_standard_as_typed():
    drills = made(boundaries)
    assert len(drills) > 300
    for drill in drills.values():
        industry = drill.id.split("industry-")[1].split(":")[0]
        assert drill.options[drill.right[0]].text == class_of(industry, told_in(drill.prompt)), drill.id


def test_every_industry_has_each_limit_from_both_sides_and_at_it():
    keys = {drill_id.split(":")[2] for drill_id in made(boundaries)}
    names = {"P": "employees", "R": "revenue_wan", "A": "assets_wan"}
    for industry, (metrics, *_) in STANDARD.items():
        for metric in metrics:
            for size in ("small", "medium", "large"):
                for side in ("below", "at", "above"):
                    assert f"{industry}-{size}-{names[metric]}-{side}" in keys


def test_the_explanation_names_the_figure_that_decides_and_quotes_its_clause():
    drill = made(boundaries)["boundary:enterprise-size#industry-2:2-small-employees-below"]
    assert "从业人员19人，不到小型的下限20人，所以是微型" in drill.explanation
    assert "工信部联企业〔2011〕300号" in drill.explanation
    assert "工业企业从业人员不满20人或营业收入不满300万元的为微型" in drill.explanation


def test_a_wrong_class_is_told_why():
    drill = made(boundaries)["boundary:enterprise-size#industry-2:2-small-employees-below"]
    assert drill.options[1].why == "从业人员19人，低于小型的下限20人。"


@pytest.mark.parametrize(
    ("limit", "people", "below", "above"),
    [(1000, True, 999, 1001), (2000, False, 1990, 2010), (40000, False, 39900, 40100), (300, False, 299, 301)],
)
def test_figures_beside_a_limit_are_such_as_people_name(limit, people, below, above):
    assert [beside(limit, side, people) for side in ("below", "at", "above")] == [below, limit, above]


def judged(drill):
    """The condition a drill is about, judged anew on its profile."""
    book = material().rulebook
    _, clause, key = drill.id.split(":")
    candidates = [c for c in book.candidates.values() if key.startswith(f"{c.id}-")]
    candidate = max(candidates, key=lambda one: len(one.id))
    asks, holds = key.removeprefix(f"{candidate.id}-").split("-")[:2]
    for part in candidate.offers:
        for node in part.needs:
            for condition in conditions_in([node]):
                value = condition.on(DAY)
                if value and (value.clause, condition.asks, str(condition.holds)) == (clause, asks, holds):
                    told = str(value.value) if not isinstance(value.value, tuple) else "-".join(value.value)
                    if f"-{told}-" in key:
                        whole = node if isinstance(node, AnyOf | AllOf) and asks == "hire_share_percent" else condition
                        return judge(whole, book.view(drill.profile, DAY), Days.of(DAY), "x").verdict
    raise AssertionError(drill.id)


def test_the_rules_judge_every_single_firm_as_the_drill_does():
    singles = [d for d in made(limits).values() if d.id.endswith(("-below", "-at", "-above"))]
    assert len(singles) > 80
    for drill in singles:
        expected = {Verdict.MET: (0,), Verdict.NOT_MET: (1,)}[judged(drill)]
        assert drill.right == expected, drill.id


def test_of_three_firms_the_one_at_the_limit_is_where_the_rules_put_it():
    trios = [d for d in made(limits).values() if d.id.endswith("-trio") and "tax_grade" not in d.id]
    assert len(trios) > 30
    for drill in trios:
        told = drill.explanation.split("”。", 1)[1]  # “要求是…”。甲企业…，符合；…
        ((_, stated),) = list(drill.profile.stated.items())[:1]
        assert isinstance(stated.value, Range)
        assert told.count("，符合") - told.count("，不符合") in (1, -1), drill.id
        if judged(drill) is Verdict.MET:
            assert "不符合" not in drill.options[drill.right[0]].text
        counts = [len(re.findall("[甲乙丙]", option.text)) for option in drill.options]
        assert counts == sorted(counts) or "三家都符合" in [option.text for option in drill.options]


# By hand, from the clauses: 云税贷 成立满2年; 微捷贷 近半年查询不超过6次; 网商… 负债不超过500万元; 普惠口径 授信1000万元以内
@pytest.mark.parametrize(
    ("ending", "expected"),
    [
        ("ccb-yunshuidai-months-at_least-24-below", "不符合这一条"),  # 23个月
        ("ccb-yunshuidai-months-at_least-24-at", "符合这一条"),  # 满2年
        ("abc-weijiedai-credit_inquiries-at_most-6-at", "符合这一条"),  # 6次
        ("abc-weijiedai-credit_inquiries-at_most-6-above", "不符合这一条"),  # 7次
        ("abc-weijiedai-debts_wan-at_most-500-above", "不符合这一条"),
        ("inclusive-loan-loan_wanted_wan-at_most-1000-at", "符合这一条"),
        ("inclusive-loan-loan_wanted_wan-at_most-1000-above", "不符合这一条"),
        ("icbc-jingying-kuaidai-owner_age-less_than-65-at", "不符合这一条"),  # 不满65岁: 65岁不行
        ("startup-loan-firm-hire_share_percent-at_least-10-below", "不符合这一条"),  # 80人招7人
        ("startup-loan-firm-hire_share_percent-at_least-10-at", "符合这一条"),  # 80人招8人 = 10%
        ("startup-loan-firm-hire_share_percent-at_least-5-at", "符合这一条"),  # 200人招10人 = 5%
    ],
)
def test_limits_of_rules_as_worked_out_by_hand(ending, expected):
    (drill,) = [drill for drill_id, drill in made(limits).items() if drill_id.endswith(ending)]
    assert drill.options[drill.right[0]].text == expected


def test_the_days_of_a_policy_are_those_the_assessment_goes_by():
    windows = [drill for drill_id, drill in made(limits).items() if "-window-" in drill_id]
    assert windows
    book = material().rulebook
    for drill in windows:
        candidate = book.candidates[drill.id.split(":")[2].split("-window-")[0]]
        standing = assess(candidate, book.view(drill.profile, DAY)).standing
        assert standing is not Standing.NOT_IN_FORCE  # the day at the limit is within


def test_the_last_day_of_the_service_subsidy_is_covered_and_the_next_is_not():
    (drill,) = [d for i, d in made(limits).items() if i.endswith("subsidy-services-window-last")]
    assert "2026年12月31日发放的在政策期内" in drill.explanation
    assert "2027年1月1日发放的不在政策期内" in drill.explanation


@pytest.mark.parametrize("maker", [boundaries, limits])
@pytest.mark.parametrize("language", list(Language))
def test_nothing_of_them_fails_the_check(maker, language):
    for drill in made(maker, language).values():
        assert problems(drill, material(language)) == []
        assert len(drill.right) == 1


@pytest.mark.parametrize("maker", [boundaries, limits])
def test_both_languages_have_the_same_drills_with_the_same_answers(maker):
    zh, en = (made(maker, language) for language in Language)
    assert set(zh) == set(en)
    assert all(zh[drill_id].right == en[drill_id].right for drill_id in zh)


def test_a_limit_that_changed_withdraws_its_drill():
    """Days before a share was lowered: 15% until 30 September 2023, 10% since."""
    then = made(limits, Language.ZH, date(2023, 9, 1))
    assert not any(i.endswith("startup-loan-firm-hire_share_percent-at_least-10-at") for i in then)


def test_conditions_are_asked_about_without_their_figure():
    drill = next(d for i, d in made(limits).items() if i.endswith("ccb-yunshuidai-months-at_least-24-trio"))
    asked = (
        drill.prompt.split("有三家企业")[0] if "有三家企业" in drill.prompt else drill.prompt.split("它有一条要求")[1]
    )
    assert "2年" not in asked
    assert isinstance(next(iter(conditions_in([*material().rulebook.candidates["ccb-yunshuidai"].needs]))), Condition)
