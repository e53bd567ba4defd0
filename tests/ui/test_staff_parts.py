"""Parts of the pages for staff, without a server."""

from __future__ import annotations

import pytest

from assistant.texts import staff_texts
from assistant.ui.staff.original import parts_of
from assistant.ui.staff.product_form import FactName, product_html, product_of
from assistant.ui.staff.report_view import warning_said
from assistant.ui.staff.routes import facts_by
from index.library.types import Warned
from index.types import Language

ZH = staff_texts(Language.ZH)


@pytest.mark.parametrize(
    ("warned", "said"),
    [
        (Warned("macros"), "文件带宏，宏没有运行，内容没有收录。"),
        (Warned("page-empty", "7", 7), "这一页没有读到文字。（第 7 页）"),
        (Warned("slanted-text", "3"), "有斜着排的文字（可能是水印），没有收录。（第 3 页）"),
        (Warned("hidden-rows", "4"), "有隐藏的行或列，没有收录：4"),
        (Warned("something-new", "x"), "请留意：something-new x"),
        (Warned("other", "x"), "请留意：other x"),
    ],
)
def test_a_warning_is_told_in_plain_words_with_its_page(warned, said):
    assert warning_said(warned, ZH) == said


@pytest.mark.parametrize(
    ("text", "parts"),
    [("12-40", [(12, 40)]), ("0-3.7-9", [(0, 3), (7, 9)]), ("9-7", []), ("", []), ("x", []), ("1-2.", []), ("١-٢", []),
     (".".join(["1-2"] * 9), []), ("99999999-1", [])],
)  # fmt: skip
def test_parts_of_a_clause_as_an_address_gives_them(text, parts):
    assert parts_of(text) == parts


def test_conditions_are_named_as_in_the_forms(rulebook):
    named = facts_by(lambda: rulebook)
    assert named("employees", Language.ZH).label.endswith("（人）")
    assert named("employees", Language.EN).label != named("employees", Language.ZH).label
    assert named("no_such_fact", Language.ZH).label == "no_such_fact"
    assert facts_by(lambda: None)("employees", Language.ZH).label == "employees"
    assert named("size_class", Language.ZH).choices["micro"] == "微型"


DRAFT = {
    "id": "x", "name": "橘灯贷",
    "terms": [{"what": "amount", "value": 300, "clause": "x#1", "quote": "最高300万元"},
              {"what": "security", "clause": "x#1", "quote": "信用方式"}],
    "needs": [{"asks": "restricted_industry", "holds": "is", "value": False, "clause": "x#2", "quote": "…"},
              {"asks": "region", "holds": "one_of", "value": ("浙江", "江苏"), "clause": "x#2", "quote": "…"}],
}  # fmt: skip
KEPT = {f"product.{name}.keep": ["yes"] for name in ("terms.0", "terms.1", "needs.0", "needs.1")}


def test_a_product_draft_that_nobody_changed_stays_as_it_was():
    assert product_of(KEPT, DRAFT) == DRAFT


def test_what_a_person_entered_has_the_kind_of_what_stood_there():
    sent = KEPT | {"product.name": ["橘灯小微贷"], "product.terms.0.value": ["250.5"], "product.needs.0.value": ["true"],
                   "product.needs.1.value": ["浙江，上海"], "product.terms.0.quote": ["forged"]}  # fmt: skip
    made = product_of(sent, DRAFT)
    assert made["name"] == "橘灯小微贷"
    assert made["terms"][0] == {"what": "amount", "value": 250.5, "clause": "x#1", "quote": "最高300万元"}
    assert made["needs"][0]["value"] is True
    assert made["needs"][1]["value"] == ["浙江", "上海"]


def test_choices_are_ticked_by_name_and_sent_as_codes():
    draft = {"id": "x", "name": "橘灯贷", "needs": [
        {"asks": "size_class", "holds": "one_of", "value": ("micro", "small"), "clause": "x#1", "quote": "小微企业"}
    ]}  # fmt: skip
    names = FactName("企业规模", {"micro": "微型", "small": "小型", "medium": "中型"})
    html = product_html(draft, "product", "token", staff_texts(Language.ZH), lambda _: names, editable=True)
    assert 'value="micro" checked> 微型' in html
    assert 'value="medium"> 中型' in html
    keep = {"product.needs.0.keep": ["yes"]}
    made = product_of(keep | {"product.needs.0.value": ["", "micro", "medium"]}, draft)
    assert made["needs"][0]["value"] == ["micro", "medium"]
    with pytest.raises(ValueError, match=r"needs\.0\.value"):
        product_of(keep | {"product.needs.0.value": [""]}, draft)
    told = product_html(draft, "product", "token", staff_texts(Language.ZH), lambda _: names, editable=False)
    assert "微型、小型" in told


def test_what_was_unticked_is_dropped():
    made = product_of({"product.terms.1.keep": ["yes"]}, DRAFT)
    assert [term["what"] for term in made["terms"]] == ["security"]
    assert made["needs"] == []


@pytest.mark.parametrize("text", ["viel", "", "nan", "inf", "-1", "1e400", "３百"])
def test_a_figure_that_is_none_is_refused(text):
    with pytest.raises(ValueError, match=r"product\.terms\.0\.value"):
        product_of(KEPT | {"product.terms.0.value": [text]}, DRAFT)
