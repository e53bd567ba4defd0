"""Products of the shipped corpus side by side, as a bank's employee would check them against the sheets."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from today import TODAY

from assistant.eligibility.rules import TermKind
from assistant.eligibility.verdict import Verdict
from assistant.products.catalogue import catalogue
from assistant.products.cells import cells_of
from assistant.products.comparing import compare
from assistant.products.filters import Doubt, Order, Wanted, facets, looked_at, narrowed
from assistant.products.traits import traits_of
from assistant.products.types import Group, Product, Row, Timing, Trait
from assistant.profile import Choice, Profile, Range, Several, Stated
from index.text import normalise
from index.types import Clause, Document, Kind, Language

CEILING, RATE, LONGEST = Row(Group.AMOUNT, "ceiling"), Row(Group.RATE, "rate"), Row(Group.TERM, "longest")


@pytest.fixture(scope="module")
def products(assistant):
    return catalogue(assistant.serving, Language.ZH)


@pytest.fixture(scope="module")
def book(assistant):
    return assistant.rulebook


def fact(name):
    return Row(Group.CONDITIONS, "fact", name)


def profile(**facts):
    return Profile.of(Stated(name, value, "") for name, value in facts.items())


def ids(found):
    return [item.product.id for item in found]


def test_every_product_sheet_is_told_by_a_product(products, corpus):
    sheets = {d.id for d in corpus.documents if d.kind is Kind.PRODUCT}
    assert sheets <= {document.id for product in products.values() for document in (product.document, *product.sheets)}
    assert "mechanism-list" not in products  # a list that authorities keep
    assert "relief-stamp-duty" not in products
    assert "renewal-normal-class" not in products


@pytest.mark.parametrize(
    ("product", "kinds", "securities", "borrowers"),
    [
        ("ccb-yunshuidai", "credit tax", "unsecured", "enterprise individual"),
        ("abc-diya-edai", "mortgage", "collateral", "enterprise owner"),
        ("icbc-jingying-kuaidai", "credit farm", "unsecured collateral guarantor", "enterprise individual owner"),
        ("icbc-wangdaitong", "mortgage", "collateral guarantor", "enterprise"),
        ("batch-guarantee", "guarantee farm", "unsecured guarantor", "enterprise individual owner"),
        ("policy-bank-on-lending", "unstated", "unstated", "enterprise individual"),  # 进出口银行 is no trade loan
        ("subsidy-sme-fixed-assets", "subsidy", "unstated", "enterprise"),  # 不限贷款的担保方式 requires none
        ("startup-loan-firm", "startup subsidy", "guarantor", "enterprise"),
        ("startup-loan-person", "startup subsidy", "guarantor", "individual owner"),
        ("boc-xudai", "renewal", "unstated", "enterprise"),
    ],
)
def test_traits_are_those_of_the_sheet(products, product, kinds, securities, borrowers):
    traits = products[product].traits
    told = (traits[Trait.KIND], traits[Trait.SECURITY], traits[Trait.BORROWER])
    assert told == (set(kinds.split()), set(securities.split()), set(borrowers.split()))


@pytest.mark.parametrize("language", list(Language))
def test_every_statement_stands_in_the_clause_it_names(assistant, book, language):
    """All cells of all products; a condition or figure by its quotation, words of a clause by themselves."""
    serving, wrong, told = assistant.serving, [], 0
    for product in catalogue(serving, language).values():
        for cell in cells_of(product, TODAY, book.facts).values():
            left_open = [cell.left_open] if cell.left_open else []
            for source in [*(s.source for s in cell.statements), *cell.conflicts, *left_open]:
                told += 1
                text = serving.clause_text(*source.clause.split("#"), language) or ""
                if normalise(source.quote.in_(language)) not in normalise(text):
                    wrong.append((product.id, source.clause))
    assert wrong == []
    assert told > 800


def test_a_figure_comes_with_its_clause_and_a_conflict_with_the_sentence_about_it(products, book):
    cell = cells_of(products["ccb-yunshuidai"], TODAY, book.facts)[CEILING]
    (ceiling,) = cell.statements
    assert (ceiling.figure, ceiling.source.clause) == ((TermKind.AMOUNT, Decimal(300)), "ccb-yunshuidai#amount")
    (conflict,) = cell.conflicts
    assert conflict.clause == "ccb-yunshuidai#conflicts"
    assert "500万元" in conflict.quote.zh
    assert "60周岁" not in conflict.quote.zh  # that is about the owner's age, told in another row


def test_what_is_not_published_is_left_to_the_bank_by_its_own_clause(products, book):
    cell = cells_of(products["ccb-yunshuidai"], TODAY, book.facts)[RATE]
    assert cell.statements == ()
    assert cell.left_open is not None
    assert cell.left_open.clause == "ccb-yunshuidai#verify"
    assert "利率" in cell.left_open.quote.zh


def test_a_value_that_is_over_is_named_as_such(products, book):
    def told(day):
        cell = cells_of(products["startup-loan-firm"], day, book.facts)[CEILING]
        return {s.figure[1]: s.timing for s in cell.statements if s.way is None}

    assert told(date(2026, 11, 22)) == {Decimal(400): Timing.NOW, Decimal(300): Timing.OVER}
    assert told(date(2022, 5, 1)) == {Decimal(400): Timing.AHEAD, Decimal(300): Timing.NOW}


def test_a_sheet_that_no_rules_were_written_for_is_told_by_its_clauses():
    clauses = (
        Clause("1", "一", "是什么", "橘灯贷是台州银行的信用贷款，面向个体工商户。"),
        Clause("2", "二", "贷款额度", "橘灯贷最高30万元。"),
        Clause("3", "三", "申请材料", "橘灯贷要营业执照。"),
    )
    sheet = Document("a" * 32, Language.ZH, Kind.PRODUCT, "橘灯贷", "橘灯贷", clauses, issuers=("台州银行",))
    product = Product(sheet.id, None, sheet, (sheet,), traits_of(None, sheet, (sheet,)))
    assert product.traits[Trait.PROVIDER] == {"台州银行"}
    assert product.traits[Trait.BORROWER] == {"individual"}
    cells = cells_of(product, TODAY, {})
    rows = [Row(Group.BASICS, "about"), Row(Group.AMOUNT, "words"), Row(Group.MATERIALS, "materials")]
    assert [cells[row].statements[0].source.clause.split("#")[1] for row in rows] == ["1", "2", "3"]


def test_the_ceiling_must_reach_the_amount_and_unknown_ones_are_kept_and_marked(products, book):
    there = looked_at(products.values(), None, book, TODAY)
    found = {item.product.id: item.doubts for item in narrowed(there, Wanted(amount=Decimal(400)))}
    assert found["ceb-rongyidai"] == ()  # 1000万元
    assert "jsb-shuierong" not in found  # 200万元
    assert found["abc-kejie-dai"] == (Doubt.NO_CEILING,)
    assert found["ccb-yunshuidai"] == (Doubt.DISPUTED,)  # 300万元, some write 500万元
    assert found["subsidy-services"] == (Doubt.NO_LOAN,)  # it has a ceiling on what is subsidised, none on the loan
    assert "ccb-yunshuidai" not in ids(narrowed(there, Wanted(amount=Decimal(600))))


def test_the_term_must_reach_the_months(products, book):
    there = looked_at(products.values(), None, book, TODAY)
    found = {item.product.id: item.doubts for item in narrowed(there, Wanted(months=Decimal(24)))}
    assert found["icbc-e-di-kuaidai"] == ()  # 10年
    assert "icbc-wangdaitong" not in found  # 1年
    assert found["cmb-zhaoqidai"] == (Doubt.NO_TERM,)


def test_what_certainly_fits_comes_before_what_may(products, book):
    found = narrowed(looked_at(products.values(), None, book, TODAY), Wanted(amount=Decimal(400)))
    doubted = [bool(item.doubts) for item in found if not item.ended]
    assert doubted == sorted(doubted)


def test_products_of_other_places_are_left_out(products, book):
    in_jiangsu = ids(looked_at(products.values(), "江苏省/苏州市", book, TODAY))
    assert "boc-geren-jingyingdai" not in in_jiangsu  # Daqing
    assert "suzhou-bridge-fund" in in_jiangsu
    assert "ccb-yunshuidai" in in_jiangsu
    of = {item.product.id: item for item in looked_at(products.values(), "黑龙江省/大庆市", book, TODAY)}
    assert of["abc-weijiedai"].ceiling.value == 300  # 500 are Hebei's
    everywhere = {item.product.id: item for item in looked_at(products.values(), None, book, TODAY)}
    assert everywhere["abc-weijiedai"].ceiling.value == 500


def test_a_count_is_what_choosing_the_value_leaves(products, book):
    there = looked_at(products.values(), None, book, TODAY)
    wanted = Wanted(traits={Trait.PROVIDER: frozenset({"中国工商银行"})})
    counts = facets(there, wanted)
    for kind, count in counts[Trait.KIND].items():
        both = Wanted(traits={**wanted.traits, Trait.KIND: frozenset({kind})})
        assert len(narrowed(there, both)) == count
    assert counts[Trait.PROVIDER]["中国农业银行"] == 5  # as if no bank were chosen


def test_lists_are_sorted_by_what_is_published(products, book):
    there = looked_at(products.values(), None, book, TODAY)
    highest = [i.ceiling.value for i in narrowed(there, Wanted(order=Order.CEILING)) if i.ceiling and not i.ended]
    assert highest == sorted(highest, reverse=True)
    lowest = [i.rate.value for i in narrowed(there, Wanted(order=Order.RATE)) if i.rate and not i.ended]
    assert lowest == sorted(lowest)


def test_words_find_by_name_bank_and_use(products, book):
    there = looked_at(products.values(), None, book, TODAY)
    assert "ccb-yunshuidai" in ids(narrowed(there, Wanted("云税贷")))
    assert set(ids(narrowed(there, Wanted("农业银行 抵押")))) == {"abc-diya-edai"}
    assert narrowed(there, Wanted("火星")) == []


def test_conditions_are_decided_for_a_customer(products, book):
    customer = profile(months=Range.of(30), tax_grade=Choice.of("D"), overdue_now=False)
    made = compare([products["ccb-yunshuidai"]], customer, book, TODAY)
    cells = {row: cells[0] for row, cells in made.rows}

    def verdicts(name):
        return [s.finding.verdict for s in cells[fact(name)].statements if s.finding]

    assert verdicts("months") == [Verdict.MET]  # 2年以上
    assert verdicts("tax_grade") == [Verdict.NOT_MET]  # A、B、M
    assert verdicts("overdue_now") == [Verdict.MET]
    assert verdicts("tax_paid_wan") == [Verdict.UNKNOWN]
    (assessment,) = made.assessments
    assert str(assessment.standing) == "not_eligible"
    assert {"tax_paid_wan", "bank_account"} <= set(assessment.missing)


def test_the_nearest_change_is_named(products, book):
    shop = profile(
        industry=Choice.of("5"), employees=Range.of(12), revenue_wan=Range.of(800), new_hires=Range.of(0),
        region="黑龙江省/大庆市",
    )  # fmt: skip
    (assessment,) = compare([products["startup-loan-firm"]], shop, book, TODAY).assessments
    (change,) = assessment.change
    assert (change.fact, change.value) == ("new_hires", 2)  # 10% of 12, rounded up


def test_terms_of_other_places_do_not_show_for_a_customer_of_one(products, book):
    def ways(**facts):
        made = compare([products["icbc-jingying-kuaidai"]], profile(**facts), book, TODAY)
        cell = {row: cells[0] for row, cells in made.rows}[CEILING]
        return {s.way.zh for s in cell.statements if s.way}

    assert ways(region="黑龙江省/大庆市") == {"黑龙江大庆口径"}
    assert len(ways(months=Range.of(30))) == 3


def test_rows_differ_where_products_are_not_told_of_alike(products, book):
    made = compare([products["ccb-yunshuidai"], products["icbc-wangdaitong"]], Profile(), book, TODAY)
    differs = {row: made.differs(cells) for row, cells in made.rows}
    assert differs[CEILING]  # 300 and 3000
    assert not differs[LONGEST]  # 1年 both
    assert not differs[RATE]  # neither publishes one


def test_at_most_four_stand_side_by_side(products, book):
    assert len(compare(list(products.values())[:6], profile(collateral=Several()), book, TODAY).products) == 4
