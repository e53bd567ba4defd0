"""Rule files as staff write them: what is read, and for every way of writing them wrongly the words of the error."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.eligibility.matching import Standing, assess
from assistant.eligibility.rulebook import Rulebook
from assistant.eligibility.rules import Holds, TermKind
from assistant.errors import RulesError
from assistant.profile import Profile, Range, Stated
from assistant.rule_files import load_rulebook
from index.settings import ROOT
from index.types import Clause, Document, Kind, Language

TEXTS = {
    Language.ZH: {
        "what": "小店贷是给小店的贷款。",
        "staff": "2024年1月1日起，小店贷的借款人用工不超过100人；此前不超过80人。",
        "money": "小店贷最高400万元，期限最长2年，年利率3.5%。",
        "size": "从业人员10人以下的为微型。",
    },
    Language.EN: {
        "what": "The shop loan is a loan to small shops.",
        "staff": "From 1 January 2024 borrowers of the shop loan have at most 100 staff; before that at most 80.",
        "money": "The shop loan is up to 4 million yuan for up to 2 years at 3.5% a year.",
        "size": "Below 10 people an enterprise is micro.",
    },
}
FACTS = """
employees: {kind: number, unit: people, label: {zh: 人数, en: staff}, ask: {zh: 几个人, en: how many}, changeable: true}
months: {kind: number, unit: months, label: {zh: 时间, en: time}, ask: {zh: 多久, en: how long}}
debts_wan: {kind: number, unit: wan, label: {zh: 负债, en: debt}, ask: {zh: 欠多少, en: how much}}
issued: {kind: date, label: {zh: 发放, en: paid out}, ask: {zh: 哪天, en: when}}
lawful: {kind: flag, label: {zh: 合规, en: lawful}, ask: {zh: 合规吗, en: lawful}}
region: {kind: place, label: {zh: 地方, en: place}, ask: {zh: 哪里, en: where}}
lender: {kind: name, label: {zh: 银行, en: bank}, ask: {zh: 哪家, en: which}}
form: {kind: choice, label: {zh: 类型, en: form}, ask: {zh: 什么, en: what}, choices: {company: {zh: 公司, en: company}}}
held: {kind: several, label: {zh: 资质, en: held}, ask: {zh: 哪些, en: which}, choices: {patent: {zh: 专利, en: patent}}}
"""
STAFF = """asks: employees
      holds: at_most
      says: {zh: "不超过{value}", en: "at most {value}"}
      values:
        - {from: 2024-01-01, value: 100, clause: shop#staff, quote: {zh: "用工不超过100人", en: "at most 100 staff"}}
        - {to: 2023-12-31, value: 80, clause: shop#staff, quote: {zh: "此前不超过80人", en: "before that at most 80"}}"""
AMOUNT = """{what: amount, value: 400, clause: shop#money, quote: {zh: "小店贷最高400万元", en: "The shop loan is up to 4 million yuan"}}"""
ABOUT = """{clause: shop#what, quote: {zh: "小店贷是给小店的贷款", en: "The shop loan is a loan to small shops"}}"""
LOAN = f"""
- id: shop-loan
  kind: product
  document: shop
  name: {{zh: 小店贷, en: Shop loan}}
  about: {ABOUT}
  needs:
    - {STAFF}
  terms:
    - {AMOUNT}
"""
SOURCE = "{clause: shop#size, quote: {zh: 从业人员10人以下的为微型, en: Below 10 people an enterprise is micro}}"
LIMITS = SOURCE.replace("{clause", "{limits: {employees: 10}, clause")
SIZE = f"""
document: shop
rule: {SOURCE}
inclusive: {SOURCE}
individual: {SOURCE}
young: {SOURCE}
uncovered: {SOURCE}
disputed: {SOURCE}
self_test: {SOURCE}
industries:
  "1": {{name: {{zh: 零售, en: retail}}, metrics: [employees], large: {LIMITS}, medium: {LIMITS}, small: {LIMITS}}}
"""
DESK = f"""
candidates: [shop-loan]
normal_class: shop-loan
procedure: []
decides: {SOURCE}
limits: {SOURCE}
plan: [{{id: due, kind: due, title: {{zh: 到期, en: due}}, says: {{zh: 还, en: pay}}}}]
papers: []
alternatives: [{{id: ask, says: {{zh: 问, en: ask}}, basis: [{SOURCE}]}}]
repayment: {{}}
"""


def document(language: Language, **changed: str) -> Document:
    texts = {**TEXTS[language], **changed}
    clauses = tuple(Clause(name, name, name, text) for name, text in texts.items())
    return Document("shop", language, Kind.PRODUCT, "小店贷", "小店贷", clauses)


def documents(**changed: str) -> list[Document]:
    """The two pages; changed texts are those of the Chinese one."""
    return [document(Language.ZH, **changed), document(Language.EN)]


class Rules:
    """Rule files to write wrongly."""

    def __init__(self, corpus: Path) -> None:
        self.corpus = corpus
        self.write("rules/facts.yaml", FACTS)
        self.write("rules/renewal_desk.yaml", DESK)
        self.write("rules/candidates/shop.yaml", LOAN)
        self.write("size_standard.yaml", SIZE)

    def write(self, name: str, text: str) -> None:
        path = self.corpus / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def change(self, name: str, old: str, new: str) -> None:
        text = (self.corpus / name).read_text(encoding="utf-8")
        assert text.count(old) >= 1, old
        self.write(name, text.replace(old, new, 1))

    def load(self, **changed: str) -> Rulebook | None:
        return load_rulebook(self.corpus, documents(**changed))

    def problems(self) -> tuple[str, ...]:
        with pytest.raises(RulesError) as refused:
            self.load()
        assert all(problem in str(refused.value) for problem in refused.value.problems)
        return refused.value.problems


@pytest.fixture
def rules(tmp_path) -> Rules:
    return Rules(tmp_path / "corpus")


# What is read


def test_files_in_order_are_read_as_they_are_meant(rules):
    book = rules.load()
    loan = book.candidates["shop-loan"]
    (condition,) = loan.needs
    assert (condition.asks, condition.holds, condition.says.en) == ("employees", Holds.AT_MOST, "at most {value}")
    assert [(item.since, item.until, item.value) for item in condition.values] == [
        (date(2024, 1, 1), None, Decimal(100)), (None, date(2023, 12, 31), Decimal(80)),
    ]  # fmt: skip
    assert (loan.terms[0].what, loan.terms[0].values[0].value) == (TermKind.AMOUNT, Decimal(400))
    assert (next(iter(book.facts)), book.desk.candidates, list(book.size.industries)) == (
        "employees",
        ("shop-loan",),
        ["1"],
    )
    assert (book.stale, book.stale_notes) == (frozenset(), ())


def test_candidates_may_be_split_over_files_and_folders(rules):
    rules.write("rules/elsewhere/deep/more.yaml", LOAN.replace("id: shop-loan", "id: second"))
    assert set(rules.load().candidates) == {"shop-loan", "second"}


def test_a_corpus_without_rules_has_no_rulebook(tmp_path):
    (tmp_path / "corpus").mkdir()
    assert load_rulebook(tmp_path / "corpus", documents()) is None


ONE = "clause: shop#what, quote: {zh: 小店贷是给小店的贷款, en: The shop loan is a loan to small shops}"


def condition(asks: str, holds: str, value: str, source: str = ONE) -> str:
    return f"{{asks: {asks}, holds: {holds}, says: {{zh: 条件, en: condition}}, value: {value}, {source}}}"


@pytest.mark.parametrize(
    ("asks", "holds", "value", "read"),
    [
        ("lawful", "is", "true", True),
        ("lawful", "is", "false", False),
        ("region", "within", "黑龙江省/大庆市", "黑龙江省/大庆市"),
        ("form", "one_of", "[company]", ("company",)),
        ("form", "none_of", "[company]", ("company",)),
        ("held", "has_any", "[patent]", ("patent",)),
        ("held", "has_all", "[patent]", ("patent",)),
        ("held", "has_none", "[patent]", ("patent",)),
        ("lender", "one_of", "[中国银行]", ("中国银行",)),
    ],
)
def test_a_value_keeps_its_kind(rules, asks, holds, value, read):
    rules.change("rules/candidates/shop.yaml", STAFF, condition(asks, holds, value))
    found = rules.load().candidates["shop-loan"].needs[0].values[0].value
    assert (found, type(found)) == (read, type(read))


@pytest.mark.parametrize(
    ("asks", "holds", "value", "zh", "en"),
    [
        ("employees", "at_most", "100", "不超过100人", "at most 100 staff"),
        ("debts_wan", "at_most", "400", "最高400万元", "up to 4 million yuan"),
        ("debts_wan", "less_than", "0.5", "5000元", "5,000 yuan"),
        ("months", "at_least", "24", "满2年", "2 years"),
        ("months", "at_least", "6", "满6个月", "6 months"),
        ("months", "at_least", "18", "满1.5年", "18 months"),
        ("hire_share_percent", "more_than", "15", "超过15%", "above 15%"),
        ("issued", "since", "2024-01-01", "2024年1月1日起", "from 1 January 2024"),
        ("issued", "until", "2024-01-31", "2024年1月31日止", "until 31 January 2024"),
    ],
)
def test_a_figure_may_be_quoted_in_another_unit(rules, asks, holds, value, zh, en):
    source = f'clause: shop#staff, quote: {{zh: "{zh}", en: "{en}"}}'
    rules.change("rules/candidates/shop.yaml", STAFF, condition(asks, holds, value, source))
    assert load_rulebook(rules.corpus, []).candidates["shop-loan"].needs[0].values[0].value is not None


# What is refused

GROUP = "any: [{0}, {0}]".format(condition("lawful", "is", "true"))
FIGURE = 'clause: shop#staff, quote: {zh: "不超过100人", en: "at most 100 staff"}'
WRONG = {
    "an unknown fact": (STAFF, condition("colour", "is", "true"), ["shop.yaml: shop-loan: 'colour' is not a fact of facts.yaml"]),
    "an unknown fact within a group": (STAFF, GROUP.replace("lawful", "colour", 1), ["'colour' is not a fact"]),
    "an unknown fact among preferences": (
        "  terms:", f"  prefers: [{condition('colour', 'is', 'true')}]\n  terms:", ["'colour' is not a fact"],
    ),
    "an unknown fact of a way in": (
        "  terms:", f"  modes: [{{id: m, name: {{zh: 一, en: a}}, needs: [{condition('colour', 'is', 'true')}]}}]\n  terms:",
        ["'colour' is not a fact"],
    ),
    "numbers compared like choices": (STAFF, condition("employees", "one_of", "[a]"), ["employees is a number and cannot be compared by one_of"]),
    "a date compared like a number": (STAFF, condition("issued", "at_most", "2024-01-01"), ["issued is a date and cannot be compared by at_most"]),
    "a flag compared like a choice": (STAFF, condition("lawful", "one_of", "[a]"), ["lawful is a flag and cannot be compared by one_of"]),
    "a choice compared like several": (STAFF, condition("form", "has_any", "[company]"), ["form is a choice and cannot be compared by has_any"]),
    "several compared like a choice": (STAFF, condition("held", "one_of", "[patent]"), ["held is a several and cannot be compared by one_of"]),
    "a place compared like a name": (STAFF, condition("region", "one_of", "[浙江省]"), ["region is a place and cannot be compared by one_of"]),
    "a share compared like a date": (STAFF, condition("hire_share_percent", "since", "2024-01-01"), ["hire_share_percent is a number and cannot be compared by since"]),
    "a comparison there is not": (STAFF, condition("employees", "about", "100"), ["holds: Input should be 'at_least', 'more_than'"]),
    "an unknown choice": (STAFF, condition("form", "one_of", "[company, guild]"), ["form has no choice ['guild']"]),
    "an unknown one of several": (STAFF, condition("held", "has_none", "[patent, crown]"), ["held has no choice ['crown']"]),
    "a choice without brackets": (STAFF, condition("form", "one_of", "company"), ["form is a choice and cannot be compared with 'company'"]),
    "a flag that is a number": (STAFF, condition("lawful", "is", "1"), ["lawful is a flag and cannot be compared with Decimal('1')"]),
    "a number that is a word": (STAFF, condition("employees", "at_most", "many"), ["employees is a number and cannot be compared with 'many'"]),
    "a list of places": (STAFF, condition("region", "within", "[浙江省]"), ["region is a place and cannot be compared with ('浙江省',)"]),
    "no value at all": (STAFF, condition("lawful", "is", "null"), ["lawful: there is no value to compare with"]),
    "a value left out": (STAFF, condition("lawful", "is", "true").replace("value: true, ", ""), ["lawful: there is no value"]),
    "a figure that is not in its quotation": (
        STAFF, condition("employees", "at_most", "200", FIGURE),
        ["employees: 200 does not stand in its quotation '不超过100人'", "employees: 200 does not stand in its quotation 'at most 100 staff'"],
    ),
    "a figure that is in one language only": (
        STAFF, condition("employees", "at_most", "100", FIGURE.replace("100 staff", "80 staff")),
        ["employees: 100 does not stand in its quotation 'at most 80 staff'"],
    ),
    "people that are quoted as if they were months": (
        STAFF, condition("employees", "at_most", "1200", FIGURE), ["employees: 1200 does not stand in its quotation"],
    ),
    "a date that is not in its quotation": (
        STAFF, condition("issued", "since", "2024-01-02", 'clause: shop#staff, quote: {zh: "2024年1月1日起", en: "From 1 January 2024"}'),
        ["issued: 2024-01-02 does not stand in its quotation '2024年1月1日起'"],
    ),
    "an amount ten times too large": (AMOUNT, AMOUNT.replace("value: 400", "value: 4000"), ["amount: 4000 does not stand in its quotation"]),
    "an amount in yuan": (AMOUNT, AMOUNT.replace("value: 400", "value: 4000000"), ["amount: 4000000 does not stand in"]),
    "a rate that is not quoted": (AMOUNT, AMOUNT.replace("what: amount", "what: rate"), ["rate: 400 does not stand in"]),
    "an amount in words": (AMOUNT, AMOUNT.replace("value: 400", "value: 四百"), ["amount: '四百' is not a number"]),
    "a subsidised time of one and a half years": (
        AMOUNT, '{what: subsidy_months, value: 18, clause: shop#money, quote: {zh: "18个月", en: "18 months"}}',
        ["subsidy_months: 18 months are not whole years"],
    ),
    "an unknown kind of term": (AMOUNT, AMOUNT.replace("what: amount", "what: prize"), ["terms.0.what: Input should be 'amount'"]),
    "neither conditions nor a word that there are none": (
        f"  needs:\n    - {STAFF}\n", "", ["0: Value error, it needs conditions (needs, modes) or a clause that says they are not published"],
    ),
    "an unknown key": ("  kind: product", "  kind: product\n  colour: red", ["0.colour: Extra inputs are not permitted"]),
    "an unknown key of a condition": ("      holds: at_most", "      holds: at_most\n      weight: 3", ["weight: Extra inputs are not permitted"]),
    "an unknown kind of candidate": ("  kind: product", "  kind: gift", ["0.kind: Input should be 'mechanism'"]),
    "an id that will not do": ("id: shop-loan", "id: Shop_Loan", ["0.id: String should match pattern"]),
    "a missing key": ("  document: shop\n", "", ["0.document: Field required"]),
    "a quotation without English": (', en: "The shop loan is a loan to small shops"', "", ["0.about.quote.en: Field required"]),
    "a quotation without Chinese": ('zh: "小店贷是给小店的贷款", ', "", ["0.about.quote.zh: Field required"]),
    "an empty quotation": ('"小店贷是给小店的贷款"', '""', ["0.about.quote.zh: String should have at least 1 character"]),
    "a condition without words": ('      says: {zh: "不超过{value}", en: "at most {value}"}\n', "", ["says: Field required"]),
    "a clause without its document": ("clause: shop#what", "clause: what", ["0.about.clause: String should match pattern"]),
    "a group of one": (STAFF, f"any: [{condition('lawful', 'is', 'true')}]", ["any: Tuple should have at least 2 items"]),
    "a key written twice": ("  kind: product", "  kind: product\n  kind: product", ["cannot be read", "duplicate key 'kind'"]),
    "no YAML": ("- id: shop-loan", "- id: [shop-loan", ["shop.yaml: cannot be read", "line"]),
    "no list": (LOAN, "shop-loan: {kind: product}", ["shop.yaml: file: Input should be a valid list"]),
    "a day that is no date of facts.yaml": ("  terms:", "  dated_by: employees\n  terms:", ["dated_by: 'employees' is not a date of facts.yaml"]),
    "a day that is no fact": ("  terms:", "  dated_by: birthday\n  terms:", ["dated_by: 'birthday' is not a date of facts.yaml"]),
    "a variant of nothing": ("  terms:", "  variant_of: bank-loan\n  terms:", ["shop-loan: variant_of: there is no candidate 'bank-loan'"]),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_malformed_candidate_is_named_with_what_was_expected(rules, name):
    old, new, told = WRONG[name]
    rules.change("rules/candidates/shop.yaml", old, new)
    problems = "\n".join(rules.problems())
    for words in told:
        assert words in problems
    assert "shop.yaml" in problems or "variant_of" in problems


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("rules/facts.yaml", "kind: number, unit: people", "kind: colour", "facts.yaml: employees.kind: Input should be 'number', 'date'"),
        ("rules/facts.yaml", ", ask: {zh: 几个人, en: how many}", "", "facts.yaml: employees.ask: Field required"),
        ("rules/facts.yaml", "changeable: true", "changable: true", "employees.changable: Extra inputs are not permitted"),
        ("rules/facts.yaml", FACTS, "[", "facts.yaml: cannot be read"),
        ("rules/renewal_desk.yaml", "candidates: [shop-loan]", "candidates: [none-such]", "renewal_desk.yaml: there is no candidate 'none-such'"),
        ("rules/renewal_desk.yaml", "normal_class: shop-loan", "normal_class: class-loan", "there is no candidate 'class-loan'"),
        ("rules/renewal_desk.yaml", "kind: due", "kind: soon", "renewal_desk.yaml: plan.0.kind: String should match pattern"),
        ("rules/renewal_desk.yaml", "alternatives: [", "alternatives: []\nothers: [", "alternatives: Tuple should have at least 1 item"),
        ("size_standard.yaml", "metrics: [employees]", "metrics: []", "size_standard.yaml: industries.1.metrics: Tuple should have"),
        ("size_standard.yaml", "document: shop\n", "", "size_standard.yaml: document: Field required"),
    ],
)  # fmt: skip
def test_other_rule_files_are_checked_likewise(rules, name, old, new, told):
    rules.change(name, old, new)
    assert any(told in problem for problem in rules.problems())


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("{way: daily, value: 10, ", "10% does not stand in its quotation"),  # "10人" is no rate
        ("{way: daily, ", "a daily rate is missing"),
        ("{way: annualise, value: 10, ", "the formula needs none"),
        ("{way: weekly, ", "way"),
    ],
)
def test_a_sum_needs_the_rate_its_clause_gives(rules, written, told):
    rules.write("rules/sums.yaml", f"late: {SOURCE.replace('{', written, 1)}")
    for problem in rules.problems():
        assert "sums.yaml: late" in problem
        assert told in problem


@pytest.mark.parametrize("name", ["rules/facts.yaml", "rules/renewal_desk.yaml", "size_standard.yaml"])
def test_a_missing_file_is_named(rules, name):
    (rules.corpus / name).unlink()
    assert any(Path(name).name in problem and "cannot be read" in problem for problem in rules.problems())


def test_a_file_that_is_not_utf_8_is_named(rules):
    (rules.corpus / "rules/candidates/shop.yaml").write_bytes("小店".encode("gbk"))
    assert any("shop.yaml: cannot be read" in problem for problem in rules.problems())


def test_an_id_that_stands_twice_is_named_with_the_later_file(rules):
    rules.write("rules/candidates/z.yaml", LOAN)
    assert [problem.split(": ", 1) for problem in rules.problems()] == [
        [str(rules.corpus / "rules/candidates/z.yaml"), "the id 'shop-loan' stands twice"]
    ]


def test_every_problem_of_every_file_is_told_at_once(rules):
    rules.change("rules/candidates/shop.yaml", "value: 100", "value: 120")
    rules.write("rules/candidates/z.yaml", LOAN.replace("shop-loan", "z").replace("at_most", "has_any", 1))
    rules.change("size_standard.yaml", "document: shop\n", "")
    told = "\n".join(rules.problems())
    for words in ("120 does not stand", "z: employees is a number", "size_standard.yaml: document"):
        assert words in told


def test_the_error_counts_the_problems_and_shows_the_first_twenty():
    error = RulesError([f"problem {n}" for n in range(1, 31)])
    assert "30 problem(s)" in str(error)
    assert "problem 20" in str(error)
    assert "problem 21" not in str(error)
    assert len(error.problems) == 30


# Stale quotations


def judged(book: Rulebook, employees: int) -> Standing:
    profile = Profile.of([Stated("employees", Range.of(employees), "")])
    return assess(book.candidates["shop-loan"], book.view(profile, date(2026, 11, 23))).standing


def test_a_quotation_the_clause_no_longer_says_is_no_error_but_reported_and_unused(rules):
    assert (judged(rules.load(), 100), judged(rules.load(), 101)) == (Standing.ELIGIBLE, Standing.NOT_ELIGIBLE)
    book = rules.load(staff="2026年起，小店贷的借款人用工不超过300人；此前不超过80人。")
    assert (judged(book, 100), judged(book, 101)) == (Standing.OPEN, Standing.OPEN)
    (note,) = book.stale_notes
    assert note == "rules/candidates/shop.yaml: 0.needs.0.values.0: shop#staff does not say '用工不超过100人'"


def test_a_quotation_gone_in_english_alone_is_stale_too(rules):
    pages = [
        document(Language.ZH),
        document(Language.EN, staff="Borrowers have at most 300 staff; before that at most 80."),
    ]
    book = load_rulebook(rules.corpus, pages)
    assert judged(book, 100) is Standing.OPEN
    assert "shop#staff does not say 'at most 100 staff'" in book.stale_notes[0]


def test_a_clause_that_is_gone_makes_all_that_quotes_it_stale(rules):
    pages = [replace(page, clauses=tuple(c for c in page.clauses if c.id != "money")) for page in documents()]
    book = load_rulebook(rules.corpus, pages)
    assert book.stale_notes == ("rules/candidates/shop.yaml: 0.terms.0: there is no clause 'shop#money' in zh and en",)
    assessed = assess(book.candidates["shop-loan"], book.view(Profile(), date(2026, 11, 23)))
    assert assessed.terms == ()


# The command

RULES_LINE = re.compile(r"^(\w+) +(open|not in force) +([a-z0-9-]+)  (\S.*)$")


def listed(done) -> dict[str, str]:
    found = {}
    for line in done.stdout.splitlines():
        if match := RULES_LINE.match(line):
            found[match[3]] = match[2]
    return found


def test_the_command_lists_every_candidate_with_its_state_on_the_day(run_command, corpus):
    book = load_rulebook(ROOT / "corpus", corpus.documents)
    for day in ("2023-09-30", "2026-11-23", "2027-01-01"):
        done = run_command("rules", "--as-of", day)
        assert done.returncode == 0, done.stderr
        states = listed(done)
        assert set(states) == set(book.candidates)
        expected = {
            name for name, item in book.candidates.items()
            if not item.window or any(window.on(date.fromisoformat(day)) for window in item.window)
        }  # fmt: skip
        assert {name for name, state in states.items() if state == "open"} == expected
        assert f"{len(book.candidates)} candidates, {len(book.facts)} facts, 16 industries" in done.stdout


def test_the_command_knows_what_was_in_force_in_september_2023(run_command):
    states = listed(run_command("rules", "--as-of", "2023-09-30"))
    assert states["startup-loan-firm"] == "open"  # by the rule up to that day
    assert states["renewal-medium"] == "not in force"  # from 24 September 2024
    assert states["subsidy-services"] == "not in force"  # for loans from 16 March 2025


@pytest.fixture
def own_corpus(tmp_path) -> Path:
    return Path(shutil.copytree(ROOT / "corpus", tmp_path / "corpus"))


def test_the_command_names_stale_rules_and_leaves_with_1(run_command, own_corpus):
    page = own_corpus / "policies" / "jingui-2024-13.zh.md"
    text = page.read_text(encoding="utf-8")
    changed = text.replace("续贷由借款人在贷款到期前主动向银行申请", "续贷由借款人在贷款到期前书面向银行申请")
    assert changed != text
    page.write_text(changed, encoding="utf-8")
    done = run_command("rules", SME_CORPUS_DIR=str(own_corpus))
    assert done.returncode == 1
    assert "stale, not used: rules/candidates/renewal.yaml" in done.stdout
    assert "jingui-2024-13#2 does not say '续贷由借款人在贷款到期前主动向银行申请" in done.stdout


def test_the_command_names_broken_rules_and_leaves_with_1(run_command, own_corpus):
    path = own_corpus / "rules" / "candidates" / "renewal.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("asks: size_class", "asks: size", 1), encoding="utf-8")
    done = run_command("rules", SME_CORPUS_DIR=str(own_corpus))
    assert done.returncode == 1
    assert "RulesError" in done.stderr
    assert "renewal.yaml: renewal-small: 'size' is not a fact of facts.yaml" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_day_that_is_none_is_refused(run_command):
    done = run_command("rules", "--as-of", "2026-02-30")
    assert (done.returncode, done.stdout) == (2, "")
