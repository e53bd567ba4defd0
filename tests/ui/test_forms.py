"""From what was typed to a profile: what is empty or cannot be read stays unknown, and why is said."""

from datetime import date
from decimal import Decimal

import pytest

from assistant.eligibility.rules import Fact, FactKind, Words
from assistant.profile import Choice, Days, Range, Several
from assistant.texts import ui_texts
from assistant.ui.fields import CITY, NO_OTHERS, UNKNOWN, Field, Widget, further
from assistant.ui.form_view import choices, hint, label, problem_words
from assistant.ui.forms import read_form
from assistant.ui.numbers import Problem, read_number, read_range
from assistant.ui.places import city_choices, place_path, province_choices
from index.types import Language

PLACES = ("江苏省", "江苏省/苏州市", "湖北省/咸宁市/嘉鱼县", "重庆市")


def a_field(name="employees", kind=FactKind.NUMBER, unit="people", named=()):
    words = Words(zh=f"标签{name}", en=f"label {name}")
    some = {key: Words(zh=f"甲{key}", en=f"the {key}") for key in named}
    return Field(name, Fact(kind=kind, unit=unit, label=words, ask=Words(zh="多少？", en="How many?"), choices=some))


def read(item, value, city=None):
    return read_form({item.name: value, CITY: city}, [item], PLACES)


@pytest.mark.parametrize(
    ("text", "unit", "low", "high"),
    [
        ("12", "people", 12, 12),
        ("１２人", "people", 12, 12),
        ("1,500", "wan", 1500, 1500),
        (" 1500 万元", "wan", 1500, 1500),
        ("1.5亿", "wan", 15000, 15000),
        ("5000元", "wan", "0.5", "0.5"),
        ("3 million", "wan", 300, 300),
        ("3年", "months", 36, 36),
        ("4 years", "months", 48, 48),
        ("18个月", "months", 18, 18),
        ("3.85%", "percent", "3.85", "3.85"),
        ("约30", "people", 30, 30),
        ("10-20", "people", 10, 20),
        ("1-2亿", "wan", 10000, 20000),
        ("5000万-2亿", "wan", 5000, 20000),
        ("0", "wan", 0, 0),
    ],
)
def test_numbers_are_read_as_people_write_them(text, unit, low, high):
    assert read_range(text, unit) == Range(Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("text", "unit", "key"),
    [
        ("abc", "people", "number"),
        ("十二个", "people", "number"),
        ("12x", "people", "number"),
        ("1,50", "wan", "number"),
        ("1.2.3", "wan", "number"),
        ("1e9", "wan", "number"),
        ("nan", "wan", "number"),
        ("inf", "wan", "number"),
        ("20-10", "people", "number"),
        ("5亿", "people", "number"),
        ("<b>5</b>", "wan", "number"),
        ("-3", "people", "negative"),
        ("-0.5", "wan", "negative"),
        ("99999999", "people", "too_much"),
        ("99999亿", "wan", "too_much"),
        ("101", "percent", "too_much"),
        ("200年", "months", "too_much"),
        ("9" * 60, "wan", "number"),
    ],
)
def test_what_cannot_be_meant_is_named_and_the_fact_stays_unknown(text, unit, key):
    item = a_field(unit=unit)
    found = read(item, text)
    assert found.problems["employees"].key == key
    assert found.profile.value("employees") is None
    for language in Language:
        assert problem_words(found.problems["employees"], ui_texts(language))


@pytest.mark.parametrize("empty", ["", "   ", None, UNKNOWN, [], 12, {"a": 1}])
@pytest.mark.parametrize("kind", list(FactKind))
def test_nothing_filled_in_is_unknown_and_no_problem(kind, empty):
    found = read(a_field(kind=kind, named=("x",)), empty)
    assert found.problems == {}
    assert dict(found.profile.stated) == {}


def test_a_flag_is_yes_no_or_unknown():
    item = a_field("exports", FactKind.FLAG, None)
    assert read(item, "yes").profile.value("exports") is True
    assert read(item, "no").profile.value("exports") is False
    assert read(item, "maybe").profile.value("exports") is None


def test_a_choice_that_does_not_exist_is_unknown():
    item = a_field("form", FactKind.CHOICE, None, named=("company",))
    assert read(item, "company").profile.value("form") == Choice.of("company")
    assert read(item, "<script>").profile.value("form") is None


def test_of_several_what_is_not_ticked_is_unknown_unless_the_visitor_says_none_of_it_applies():
    item = a_field("collateral", FactKind.SEVERAL, None, named=("home", "land"))
    assert read(item, ["home"]).profile.value("collateral") == Several(frozenset({"home"}))
    assert read(item, ["home", NO_OTHERS]).profile.value("collateral") == Several(
        frozenset({"home"}), frozenset({"land"})
    )
    assert read(item, [NO_OTHERS]).profile.value("collateral") == Several(lacks=frozenset({"home", "land"}))
    assert read(item, ["castle"]).profile.value("collateral") is None


@pytest.mark.parametrize("text", ["2026-12-20", "2026/12/20", "2026年12月20日", "2026.12.20"])
def test_a_date_is_read_in_its_usual_forms(text):
    found = read(a_field("loan_due", FactKind.DATE, None), text)
    assert found.profile.value("loan_due") == Days.of(date(2026, 12, 20))


@pytest.mark.parametrize(
    ("text", "key"), [("tomorrow", "entry_date"), ("2026-02-30", "entry_date"), ("1800-01-01", "year")]
)
def test_a_date_that_is_none_is_named(text, key):
    assert read(a_field("loan_due", FactKind.DATE, None), text).problems["loan_due"].key == key


def test_a_name_may_not_be_endless():
    item = a_field("loan_lender", FactKind.NAME, None)
    assert read(item, "苏州银行").profile.value("loan_lender") == "苏州银行"
    assert read(item, "银" * 41).problems["loan_lender"].key == "name"


@pytest.mark.parametrize(
    ("province", "city", "path"),
    [
        ("江苏省", "", "江苏省"),
        ("江苏省", "苏州", "江苏省/苏州市"),
        ("江苏省", "苏州市", "江苏省/苏州市"),
        ("江苏省", "Suzhou", "江苏省/苏州市"),
        ("江苏省", "南京", "江苏省/南京市"),
        ("湖北省", "嘉鱼", "湖北省/咸宁市/嘉鱼县"),
        ("湖北省", "咸宁市/嘉鱼县", "湖北省/咸宁市/嘉鱼县"),
        ("安徽省", "黟县", "安徽省/黟县"),
        ("浙江省", "苏州", "浙江省/苏州市"),
        ("亚特兰蒂斯", "苏州", None),
    ],
)
def test_a_place_is_written_as_the_rules_write_it(province, city, path):
    assert place_path(province, city, PLACES) == path


def test_cities_to_choose_from_come_in_the_language_and_once_each():
    zh = city_choices("江苏省", PLACES, "zh")
    assert ("苏州市", "苏州市") in zh
    assert [name for name, _ in zh if "苏州" in name] == ["苏州市"]
    assert "Suzhou" in dict(city_choices("江苏省", PLACES, "en"))
    assert len(province_choices("en")) == 31


def test_every_widget_begins_with_not_knowing():
    words = ui_texts(Language.ZH)
    assert choices(a_field("form", FactKind.CHOICE, None, named="abcdefg"), words)[0] == ("不清楚", UNKNOWN)
    assert a_field("form", FactKind.CHOICE, None, named="abcdefg").widget is Widget.LIST
    assert choices(a_field("exports", FactKind.FLAG, None), words)[-1] == ("不清楚", UNKNOWN)
    several = choices(a_field("collateral", FactKind.SEVERAL, None, named=("home",)), words)
    assert [value for _, value in several] == ["home", NO_OTHERS]


def test_a_label_says_the_unit_and_a_hint_the_question():
    words = ui_texts(Language.ZH)
    assert label(a_field(), words) == "标签employees（人）"
    assert hint(a_field(), words, hinted=False) is None
    assert hint(a_field(), words, hinted=True) == "多少？"


def test_what_is_shown_already_is_not_asked_twice():
    assert further(("employees", "size_class", "ownership"), ("employees",)) == ("ownership",)


def test_exactly_one_number_is_wanted_for_a_sum():
    limits = {"lowest": Decimal(1), "highest": Decimal(36)}
    assert read_number("3.85", "percent", **limits) == Decimal("3.85")
    for text, key in (("", "missing"), ("3-4", "one_number"), ("0", "limits"), ("37", "limits")):
        with pytest.raises(Problem) as raised:
            read_number(text, "percent", **limits)
        assert raised.value.key == key
