"""The rules we ship, tested like code: each figure, date and name against the words it is quoted from.

What a figure looks like in a quotation is worked out here once more, by hand and without the loader's own reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from assistant.casework import case_of
from assistant.eligibility.desks import decide
from assistant.eligibility.matching import Standing, assess
from assistant.eligibility.rulebook import Rulebook
from assistant.eligibility.rules import (
    AllOf,
    AnyOf,
    Candidate,
    CandidateKind,
    Condition,
    Dated,
    FactKind,
    Holds,
    Node,
    Source,
    TermKind,
    Words,
    conditions_in,
)
from assistant.eligibility.schedules import Method
from assistant.eligibility.timeline import PlannedStep, StepKind
from assistant.profile import Choice, Days, Desk, Profile, Range, Several, Stated
from assistant.rule_files import load_rulebook
from assistant.types import Question
from index.documents.corpus import load_corpus
from index.documents.yaml_files import load_yaml
from index.figures import figures
from index.quantities import Bound, quantities
from index.settings import ROOT
from index.text import normalise
from index.types import Language

CORPUS = ROOT / "corpus"
DOCUMENTS = load_corpus(CORPUS).documents
BOOK: Rulebook = load_rulebook(CORPUS, DOCUMENTS)
LANGUAGES = ("zh", "en")
PAGES = {(document.id, str(document.language)): document for document in DOCUMENTS}
CLAUSES = {
    (f"{document.id}#{clause.id}", str(document.language)): clause
    for document in DOCUMENTS
    for clause in document.clauses
}
CANDIDATES = sorted(BOOK.candidates.values(), key=lambda item: item.id)
each = pytest.mark.parametrize("item", CANDIDATES, ids=lambda item: item.id)
MONEY = {TermKind.AMOUNT, TermKind.GUARANTEE, TermKind.SUBSIDY_BASE, TermKind.SUBSIDY_CAP}
TIME = {TermKind.MONTHS, TermKind.SUBSIDY_MONTHS}
WORDS_ONLY = {TermKind.SECURITY, TermKind.REPAYMENT, TermKind.BENEFIT, TermKind.NOTE}


def conditions(item: Candidate) -> list[Condition]:
    return [condition for part in item.offers for condition in (*conditions_in(part.needs), *part.prefers)]


def groups(nodes: tuple[Node, ...]) -> Iterator[AnyOf | AllOf]:
    for node in nodes:
        if not isinstance(node, Condition):
            yield node
            yield from groups(node.any if isinstance(node, AnyOf) else node.all)


def text(clause: str, language: str) -> str:
    return CLAUSES[clause, language].text


def stands_in(source: Source, language: str) -> bool:
    return normalise(source.quote.in_(language)) in normalise(text(source.clause, language))


def in_both(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}


# Everything is there


def test_the_rules_load_and_none_is_stale():
    assert BOOK.stale_notes == ()
    assert BOOK.stale == frozenset()


def test_there_is_as_much_as_was_written():
    assert len(BOOK.candidates) >= 86
    assert len(BOOK.size.industries) == 16
    assert {item.kind for item in CANDIDATES} == set(CandidateKind)


@each
def test_its_document_exists_and_the_sentence_that_says_what_it_is(item):
    for language in LANGUAGES:
        assert (item.document, language) in PAGES
        assert stands_in(item.about, language)


@each
def test_every_clause_it_rests_on_exists_in_both_languages(item):
    assert [
        source.clause for source in item.sources for language in LANGUAGES if (source.clause, language) not in CLAUSES
    ] == []


@each
def test_what_it_cites_is_its_own_document_or_tells_of_it(item):
    cited = {source.clause.split("#")[0] for source in item.sources}
    assert item.document in cited


def test_every_product_page_and_every_page_of_a_place_is_used():
    cited = {source.clause.split("#")[0] for item in CANDIDATES for source in item.sources}
    products = {path.name.split(".")[0] for path in (CORPUS / "products").glob("*.zh.md")}
    assert products - cited == set()


def test_names_tell_candidates_apart():
    for language in LANGUAGES:
        names = [item.name.in_(language) for item in CANDIDATES]
        assert len(set(names)) == len(names)
    ways = [(item.id, [mode.id for mode in item.modes]) for item in CANDIDATES]
    assert [name for name, modes in ways if len(set(modes)) != len(modes)] == []


@each
def test_it_is_found_by_its_own_name(item):
    for language in LANGUAGES:
        assert item.id in BOOK.named_in(f"「{item.name.in_(language)}」", language)


@each
def test_variants_are_made_for_one_place(item):
    if item.variant_of is None:
        return
    places = [condition for condition in conditions(item) if condition.holds is Holds.WITHIN]
    assert places
    assert item.variant_of in BOOK.candidates


# Figures and dates stand in their quotations


def amounts(words: str, language: str) -> set[Decimal]:
    """Amounts in ten thousand yuan: 400万元, 1.5亿元, 3000元; 4 million yuan, 300,000 yuan."""
    if language == "zh":
        scales = {"亿": 10_000, "万": 1, "": Decimal("0.0001")}
        found = re.finditer(r"(\d+(?:\.\d+)?)(亿|万|)(?=元|至|到|（|、|以|，|。|—)", words)
    else:
        scales = {"billion": 100_000, "million": 100, "": Decimal("0.0001")}
        found = re.finditer(r"(?:yuan )?(\d[\d,]*(?:\.\d+)?) ?(billion|million|)(?= yuan| to| or|,|\.|$| and)", words)
    return {Decimal(match[1].replace(",", "")) * scales[match[2]] for match in found}


def months(words: str, language: str) -> set[Decimal]:
    """Times in months: 6个月, 2年; 6 months, 2 years, 1-year."""
    one, twelve = (
        (r"(\d+(?:\.\d+)?)个月", r"(\d+(?:\.\d+)?)年")
        if language == "zh"
        else (r"(\d+) ?-?months?", r"(\d+(?:\.\d+)?) ?-?years?")
    )
    return {Decimal(n) for n in re.findall(one, words)} | {Decimal(n) * 12 for n in re.findall(twelve, words)}


def percentages(words: str, language: str) -> set[Decimal]:
    """Shares and rates: 3.5%, 1.5个百分点; 3.5%, 1.5 percentage points."""
    units = "(?:%|个百分点)" if language == "zh" else "(?:%|[ -](?:percentage[ -])?points?)"
    return {Decimal(n) for n in re.findall(rf"(\d+(?:\.\d+)?){units}", words)}


def counts(words: str, language: str) -> set[Decimal]:
    """People, times and years of age: 10人, 6次, 65周岁; in English any whole number."""
    if language == "zh":
        return {Decimal(n) for n in re.findall(r"(\d+)(?:名|人|次|周岁|岁|—|至|个|（含）)", words)}
    return {Decimal(n.replace(",", "")) for n in re.findall(r"(?<![\d.])(\d[\d,]*)(?![\d.]*%)", words)}


ENGLISH_MONTHS = "January February March April May June July August September October November December".split()


def days(words: str, language: str) -> set[date]:
    if language == "zh":
        found = re.findall(r"(\d{4})年(\d{1,2})月(\d{1,2})日", words)
        return {date(int(y), int(m), int(d)) for y, m, d in found}
    found = re.findall(rf"(\d{{1,2}}) ({'|'.join(ENGLISH_MONTHS)}) (\d{{4}})", words)
    return {date(int(y), ENGLISH_MONTHS.index(m) + 1, int(d)) for d, m, y in found}


READ = {"wan": amounts, "months": months, "percent": percentages, "people": counts, "times": counts, "years": counts}


@pytest.mark.parametrize(
    ("read", "zh", "en", "expected"),
    [
        (amounts, "最高400万元、3000元", "up to 4 million yuan, 3,000 yuan", {Decimal(400), Decimal("0.3")}),
        (months, "满6个月，最长2年", "6 months, up to 2 years", {Decimal(6), Decimal(24)}),
        (percentages, "3.5%，1.5个百分点", "3.5%, 1.5 percentage points", {Decimal("3.5"), Decimal("1.5")}),
        (counts, "10人、6次、65周岁", "10 staff, 6 times, aged 65", {Decimal(10), Decimal(6), Decimal(65)}),
        (days, "2026年1月19日", "19 January 2026", {date(2026, 1, 19)}),
    ],
)
def test_figures_are_read_from_words(read, zh, en, expected):
    assert read(zh, "zh") == read(en, "en") == expected


def unquoted(value: Dated, unit: str | None) -> list[str]:
    if value.value is None:
        return []
    read = days if isinstance(value.value, date) else READ[unit or "percent"]
    return [
        f"{value.value} ({unit}) is not in {value.quote.in_(language)!r}"
        for language in LANGUAGES
        if value.value not in read(value.quote.in_(language), language)
    ]


@each
def test_every_figure_of_a_condition_stands_in_its_quotation_in_both_languages(item):
    wrong = []
    for condition in conditions(item):
        fact = BOOK.facts.get(condition.asks)
        if fact is None or fact.kind in (FactKind.NUMBER, FactKind.DATE):
            for value in condition.values:
                wrong += unquoted(value, fact.unit if fact else "percent")
    assert wrong == []


@each
def test_every_figure_of_a_term_stands_in_its_quotation_in_both_languages(item):
    wrong = []
    for part in item.offers:
        for term in part.terms:
            unit = "wan" if term.what in MONEY else "months" if term.what in TIME else "percent"
            for value in term.values:
                assert (value.value is None) is (term.what in WORDS_ONLY), term.what
                wrong += unquoted(value, unit)
    assert wrong == []


def test_there_are_figures_enough_for_this_to_say_something():
    found = [v for item in CANDIDATES for c in conditions(item) for v in c.values if isinstance(v.value, Decimal)]
    found += [
        v for item in CANDIDATES for part in item.offers for t in part.terms for v in t.values if v.value is not None
    ]
    assert len(found) > 150


@each
def test_every_figure_in_the_words_of_a_condition_stands_in_a_clause_it_cites(item):
    wrong = []
    for condition in conditions(item):
        for language, said in in_both(condition.says).items():
            cited = set().union(*(figures(text(value.clause, language)) for value in condition.values))
            wrong += [(said, figure) for figure in figures(said.replace("{value}", "")) - cited]
    for part in item.offers:
        for group in groups(part.needs):
            for language, said in in_both(group.says).items() if group.says else ():
                cited = set().union(
                    *(figures(text(v.clause, language)) for c in conditions_in([group]) for v in c.values)
                )
                wrong += [(said, figure) for figure in figures(said) - cited]
    assert wrong == []


SIDES = {
    Holds.AT_MOST: {Bound.AT_MOST, Bound.BELOW},
    Holds.LESS_THAN: {Bound.AT_MOST, Bound.BELOW},
    Holds.AT_LEAST: {Bound.AT_LEAST, Bound.ABOVE},
    Holds.MORE_THAN: {Bound.AT_LEAST, Bound.ABOVE},
}


@each
def test_the_words_of_a_condition_limit_its_figure_on_the_side_that_is_compared(item):
    wrong = []
    for condition in conditions(item):
        for value in condition.values:
            if condition.holds not in SIDES or not isinstance(value.value, Decimal):
                continue
            for said in in_both(condition.says).values():
                shown = said.replace("{value}", f"{value.value:f}")
                own = [q for q in quantities(shown) if q.value in (f"{value.value:f}", f"{value.value * 10_000:f}")]
                wrong += [(shown, q) for q in own if q.bound not in (Bound.NONE, *SIDES[condition.holds])]
    assert wrong == []


@each
def test_every_figure_in_a_name_stands_in_a_clause_it_cites(item):
    for language in LANGUAGES:
        cited = set().union(*(figures(text(source.clause, language)) for source in item.sources))
        for name in (item.name, *(mode.name for mode in item.modes)):
            assert figures(name.in_(language)) <= cited


@each
def test_the_value_is_filled_into_the_words_of_both_languages_or_of_neither(item):
    for condition in conditions(item):
        assert ("{value}" in condition.says.zh) is ("{value}" in condition.says.en), condition.says
        assert set(re.findall(r"{\w*}", condition.says.zh + condition.says.en)) <= {"{value}"}
    for part in item.offers:
        for group in groups(part.needs):
            assert group.says is None or "{" not in group.says.zh + group.says.en


def recorded(clause: str) -> set[date]:
    """The days a clause names in its text, and those recorded of it and its document."""
    document, own = PAGES[clause.split("#")[0], "zh"], CLAUSES[clause, "zh"]
    noted = {document.issued}
    for period in (document.period, own.period):
        noted |= {period.effective, period.expires, period.repealed}
    return days(own.text, "zh") | {day for day in noted if day}


def years(clause: str) -> set[int]:
    return {int(year) for year in re.findall(r"(\d{4})年", text(clause, "zh"))}


# Days that no clause of ours names: what they are, and where they come from.
KNOWN_DAYS = {
    ("government-guarantee", date(2019, 2, 14)): "国办发〔2019〕6号 was signed on 22 January and published on this day"
}


@each
def test_every_day_on_which_a_value_begins_or_ends_is_recorded(item):
    """In a clause or of a document the candidate cites: that day, or the one before or after; or a whole year."""
    dated = [value for condition in conditions(item) for value in condition.values]
    dated += [value for part in item.offers for term in part.terms for value in term.values]
    dated += item.window
    cited = {source.clause for source in item.sources}
    known = set().union(*map(recorded, cited))
    known |= {day for name, day in KNOWN_DAYS if name == item.id}
    spoken_of = set().union(*map(years, cited))
    whole = {date(year, *ends) for year in spoken_of for ends in ((1, 1), (12, 31))}
    for value in dated:
        for day in (value.since, value.until):
            near = () if day is None else (day, day + timedelta(1), day - timedelta(1))
            assert day is None or known & set(near) or {day, day + timedelta(1)} & whole, (day, value.clause)


@each
def test_the_ends_of_its_windows_stand_in_what_they_quote_or_are_recorded_of_it(item):
    for window in item.window:
        assert window.since or window.until
        assert window.value is None
        for day in (window.since, window.until):
            if day is not None:
                for language in LANGUAGES:
                    in_words = days(window.quote.in_(language), language)
                    whole_year = str(day.year) in window.quote.in_(language) and (day.month, day.day) in (
                        (1, 1),
                        (12, 31),
                    )
                    assert day in in_words | recorded(window.clause) or whole_year, (day, window.quote.in_(language))


@each
def test_windows_and_values_follow_one_another_without_overlapping(item):
    series = [item.window, *(condition.values for condition in conditions(item))]
    series += [term.values for part in item.offers for term in part.terms]
    for values in series:
        for value in values:
            assert (value.since or date.min) <= (value.until or date.max)
        spans = sorted((value.since or date.min, value.until or date.max) for value in values)
        for (_, before), (after, _) in pairwise(spans):
            assert before < after, spans


# Words


PROMISES = {
    "zh": re.compile(r"(?<!不)(?:一定能|一定可以|必定|必批|包过|包批|保证(?:能|可以|批|贷)|肯定(?:能|可以|批)|百分之百|100%能|稳过|稳批|无条件(?:批|放))"),
    "en": re.compile(r"\b(?:guaranteed? (?:approval|to be approved|a loan)|will be approved|certain to|sure to|always approved|definitely|assured)\b", re.I),
}  # fmt: skip
NEGATED = {"zh": ("不等于", "不能", "不会", "不是", "并不"), "en": ("not", "no ", "never")}


def promises(words: str, language: str) -> bool:
    """Whether words promise approval; a sentence that denies it does not."""
    for sentence in re.split(r"[。；;.]", words):
        if PROMISES[language].search(sentence) and not any(no in sentence for no in NEGATED[language]):
            return True
    return False


@pytest.mark.parametrize(
    ("words", "language", "expected"),
    [
        ("进入清单就一定能贷到款。", "zh", True),
        ("企业进入推荐清单不等于一定能得到贷款。", "zh", False),
        ("Firms on the list will be approved.", "en", True),
        ("Being on the list does not guarantee a loan.", "en", False),
    ],
)
def test_what_counts_as_a_promise(words, language, expected):
    assert promises(words, language) is expected


def all_words(item: Candidate) -> Iterator[Words]:
    yield item.name
    yield from (mode.name for mode in item.modes)
    yield from (condition.says for condition in conditions(item))
    yield from (group.says for part in item.offers for group in groups(part.needs) if group.says)
    yield from (source.quote for source in item.sources)


@each
def test_nothing_promises_approval(item):
    assert [words for w in all_words(item) for language, words in in_both(w).items() if promises(words, language)] == []


def test_the_words_of_facts_and_of_the_renewal_desk_promise_nothing_either():
    told = [words for fact in BOOK.facts.values() for words in (fact.label, fact.ask, *fact.choices.values())]
    told += [words for step in BOOK.desk.plan for words in (step.title, step.says)]
    told += [alternative.says for alternative in BOOK.desk.alternatives]
    assert [words for w in told for language, words in in_both(w).items() if promises(words, language)] == []


@each
def test_conditions_and_names_are_short_and_end_without_a_stop(item):
    for condition in conditions(item):
        assert len(condition.says.zh) <= 40, condition.says.zh
        assert condition.says.zh[-1] not in "。；，"
        assert condition.says.en[-1] not in ".;,"


# Facts

# Asked by no rule: read by the engine (revenue of young firms, subsidies and schedules), by a fact worked out from them,
# as the day that rules go by, as a yes to several at once, or shown on the form and in the plan of a renewal.
READ_BY_THE_ENGINE = {"revenue_so_far_wan", "loan_rate", "new_hires", "loan_lender"}


def test_every_fact_is_asked_by_some_rule_or_read_by_the_engine():
    asked = {condition.asks for item in CANDIDATES for condition in conditions(item)}
    asked |= {item.dated_by for item in CANDIDATES} | {name for name, fact in BOOK.facts.items() if fact.implies}
    asked |= {metric for industry in BOOK.size.industries.values() for metric in industry.metrics}
    idle = set(BOOK.facts) - asked - READ_BY_THE_ENGINE
    assert idle <= {"rnd_staff_percent"}  # is understood in a question, and no published rule asks for it so far


def test_what_facts_say_of_each_other_is_there():
    for name, fact in BOOK.facts.items():
        for other, value in fact.implies.items():
            if isinstance(value, bool):
                assert BOOK.facts[other].kind is FactKind.FLAG, name
            else:
                assert BOOK.facts[other].kind is FactKind.CHOICE, name
                assert set(value) <= set(BOOK.facts[other].choices), name
        industries = BOOK.facts["industry"].choices
        for choice, places in fact.only_in.items():
            assert choice in fact.choices, name
            assert set(places) <= set(industries), name
        for choice, forms in fact.only_forms.items():
            assert choice in fact.choices, name
            assert set(forms) <= set(BOOK.facts["form"].choices), name
        assert set(fact.ask_in) <= set(industries), name


def test_facts_have_the_unit_their_kind_needs():
    for name, fact in BOOK.facts.items():
        assert (fact.unit is not None) is (fact.kind is FactKind.NUMBER), name
        assert bool(fact.choices) is (fact.kind in (FactKind.CHOICE, FactKind.SEVERAL)), name
        assert fact.unit in (None, *READ), name


def test_every_question_is_one_in_both_languages():
    for name, fact in BOOK.facts.items():
        assert "？" in fact.ask.zh, name
        assert "?" in fact.ask.en, name


def test_what_cannot_be_changed_is_not_called_changeable():
    fixed = {
        "industry",
        "region",
        "owner_age",
        "loan_due",
        "loan_issued",
        "loan_principal_wan",
        "ownership",
        "priority_group",
    }
    assert [name for name in fixed if BOOK.facts[name].changeable] == []


def test_nobody_is_told_to_grow_younger():
    """A time in operation only grows: no changeable time may have an upper limit, or the nearest change made no sense."""
    wrong = [
        (item.id, condition.asks)
        for item in CANDIDATES
        for condition in conditions(item)
        if condition.holds in (Holds.AT_MOST, Holds.LESS_THAN)
        and BOOK.facts[condition.asks].unit == "months"
        and condition.asks != "term_months"
        and BOOK.facts[condition.asks].changeable
    ]
    assert wrong == []


def test_places_are_written_as_the_profile_writes_them():
    provinces = load_yaml((ROOT / "assistant" / "lexicon" / "regions.yaml").read_text(encoding="utf-8"))["provinces"]
    places = {
        str(v.value) for item in CANDIDATES for c in conditions(item) if c.holds is Holds.WITHIN for v in c.values
    }
    places |= {alternative.within for alternative in BOOK.desk.alternatives if alternative.within}
    assert len(places) > 15
    for place in places:
        province, *rest = place.split("/")
        assert province in provinces
        assert all(part[-1] in "市区县州盟" for part in rest), place


# The size standard and the renewal desk


def test_the_limits_of_the_size_standard_rise_and_stand_in_their_quotations():
    for number, industry in BOOK.size.industries.items():
        for metric in industry.metrics:
            unit = "wan" if metric.endswith("_wan") else "people"
            limits = [size.limits[metric] for size in (industry.small, industry.medium, industry.large)]
            assert limits == sorted(limits), number
            for size in (industry.small, industry.medium, industry.large):
                for language in LANGUAGES:
                    assert size.limits[metric] in READ[unit](size.quote.in_(language), language), (
                        number,
                        metric,
                        language,
                    )


def test_the_plan_of_the_renewal_desk_can_be_put_on_the_calendar():
    for step in BOOK.desk.plan:
        PlannedStep(step.id, step.days_before, step.working, StepKind(step.kind))
    assert [step.id for step in BOOK.desk.plan if step.kind == "due"] == ["due"]


def test_figures_in_the_plan_stand_in_the_clauses_it_cites():
    for step in BOOK.desk.plan:
        if step.basis is not None:
            for language in LANGUAGES:
                assert figures(step.says.in_(language)) <= figures(text(step.basis.clause, language)), step.id


def test_every_way_to_repay_is_explained_by_a_clause():
    assert set(BOOK.desk.repayment) == {method.value for method in Method}


def desk_sources() -> list[Source]:
    desk = BOOK.desk
    found = [*desk.procedure, desk.decides, desk.limits, *desk.papers, *desk.repayment.values()]
    return (
        found
        + [s for alternative in desk.alternatives for s in alternative.basis]
        + [s.basis for s in desk.plan if s.basis]
    )


@pytest.mark.parametrize("source", desk_sources(), ids=lambda source: source.clause)
def test_what_the_renewal_desk_quotes_stands_in_its_clause(source):
    for language in LANGUAGES:
        assert stands_in(source, language)


# Through the engine

EMPTY = Profile()
RICH = Profile.of(
    Stated(fact, value, "")
    for fact, value in {
        "industry": Choice.of("2"), "section": Choice.of("C"), "employees": Range.of(30), "revenue_wan": Range.of(800),
        "assets_wan": Range.of(500), "months": Range.of(60), "region": "浙江省/杭州市", "form": Choice.of("company"),
        "ownership": Choice.of("private"), "standing": True, "financing_need": True, "fixed_premises": True,
        "loan_wanted_wan": Range.of(200), "term_months": Range.of(12), "loan_rate": Range.of("3.5"),
        "purpose": Several(frozenset({"working_capital"})), "tax_grade": Choice.of("A"), "owner_age": Range.of(40),
        "qualifications": Several(frozenset({"high_tech"})), "exports": True, "new_hires": Range.of(5),
        "loan_due": Days.of(date(2026, 12, 20)), "loan_kind": Choice.of("working_capital"),
    }.items()
)  # fmt: skip
DAYS = [
    date(2020, 1, 1),
    date(2023, 9, 30),
    date(2024, 12, 31),
    date(2025, 12, 31),
    date(2026, 1, 1),
    date(2026, 11, 23),
    date(2030, 1, 1),
]


@pytest.mark.parametrize("on", DAYS, ids=str)
@pytest.mark.parametrize("profile", [EMPTY, RICH], ids=["nothing known", "much known"])
def test_every_candidate_can_be_judged_on_any_day(profile, on):
    for item in CANDIDATES:
        found = assess(item, BOOK.view(profile, on))
        assert set(found.missing) <= set(BOOK.facts), item.id
        for kind in TermKind:
            found.term(kind)


def test_with_nothing_known_nothing_is_eligible_and_what_is_open_either_asks_or_is_the_banks():
    for item in CANDIDATES:
        found = assess(item, BOOK.view(EMPTY, date(2026, 11, 23)))
        assert found.standing in (Standing.OPEN, Standing.NOT_IN_FORCE), item.id
        if found.standing is Standing.OPEN:
            assert found.missing or item.unpublished, item.id


@pytest.mark.parametrize("desk", list(Desk))
@pytest.mark.parametrize("profile", [EMPTY, RICH], ids=["nothing known", "much known"])
def test_every_desk_takes_any_profile(desk, profile):
    case = decide(desk, profile, BOOK, date(2026, 11, 23))
    assert len(case.asks) <= 2
    assert set(case.asks) <= set(BOOK.facts)


@pytest.mark.parametrize(
    ("on", "open_", "closed"),
    [
        (date(2023, 9, 30), {"startup-loan-firm", "startup-loan-person"}, {"renewal-medium", "subsidy-services"}),
        (date(2024, 9, 23), set(), {"renewal-medium", "renewal-small"}),
        (date(2024, 9, 24), {"renewal-medium", "renewal-small"}, set()),
        (
            date(2026, 1, 1),
            {"subsidy-sme-fixed-assets", "subsidy-services", "specialised-sme-old"},
            {"specialised-sme"},
        ),
        (date(2026, 4, 1), {"specialised-sme"}, {"specialised-sme-old"}),
        (date(2026, 12, 31), {"subsidy-sme-fixed-assets", "subsidy-services"}, set()),
        (date(2027, 9, 30), {"renewal-medium", "renewal-small"}, set()),
        (date(2027, 10, 1), {"renewal-small"}, {"renewal-medium"}),
        (date(2028, 9, 30), {"startup-loan-firm"}, set()),
        (date(2028, 10, 1), set(), {"startup-loan-firm", "startup-loan-person"}),
    ],
    ids=str,
)
def test_what_is_in_force_around_the_days_on_which_rules_change(on, open_, closed):
    standing = {item.id: assess(item, BOOK.view(EMPTY, on)).standing for item in CANDIDATES}
    assert {name for name in open_ if standing[name] is Standing.NOT_IN_FORCE} == set()
    assert {name for name in closed if standing[name] is not Standing.NOT_IN_FORCE} == set()


def test_the_start_up_loan_of_a_firm_by_the_day_it_was_paid_out():
    # 60 staff, 7 newly hired: 11.7 %, enough from October 2023 (10 %), not before (15 %); up to 4 and 3 million yuan
    item = BOOK.candidates["startup-loan-firm"]
    figures_ = {"employees": Range.of(60), "new_hires": Range.of(7)}
    for day, verdict, amount in ((date(2023, 9, 30), "not_met", 300), (date(2023, 10, 1), "met", 400)):
        facts = {**figures_, "loan_issued": Days.of(day)}
        found = assess(item, BOOK.view(Profile.of(Stated(f, v, "") for f, v in facts.items()), date(2026, 11, 23)))
        group = next(
            f
            for f in found.findings
            if f.parts and any(leaf.asks == "hire_share_percent" for p in f.parts for leaf in (p, *p.parts))
        )
        assert str(group.verdict) == verdict
        assert found.term(TermKind.AMOUNT).value == amount


def test_the_loader_finds_the_same_as_the_questions_do():
    case = case_of(Question("开旅馆的，一共8个人，一年做150万，算小型还是微型", date(2026, 11, 23)), Language.ZH, BOOK)
    assert (str(case.desk), case.view.size.exact) == ("size", "micro")
