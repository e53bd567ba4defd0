"""Comparing products in a real browser, by keyboard, on a phone, without scripts, and as a table opened by others."""

from __future__ import annotations

import io
import re
import urllib.request
from urllib.parse import urlencode

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from running import ROOT, serving
from staff import NOTICE, Client, hire, signed_in

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
PAIR = [("p", "ccb-yunshuidai"), ("p", "icbc-wangdaitong")]
FOUR = [*PAIR, ("p", "psbc-xiaowei-yidai"), ("p", "startup-loan-firm")]
SHOP = [
    ("f.months", "30"), ("f.tax_grade", "D"), ("f.industry", "5"), ("f.employees", "12"), ("f.revenue_wan", "800"),
    ("f.new_hires", "0"), ("f.tax_paid_wan", "abc"),
]  # fmt: skip
EVIL = "\"'><img src=x onerror=alert(1)><script>alert(2)</script>"


@pytest.fixture
def opened(watched, served):
    """opened("products", [("q", "税贷")]) → the page."""

    def open_page(path, pairs=(), **options):
        return watched(f"{served.url}/{path}?{urlencode(list(pairs))}", shows="main h1", **options)

    return open_page


def sound(page):
    """Nothing that axe-core finds wrong, and no need to scroll sideways."""
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [n["html"][:200] for n in v["nodes"]]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def cards(page):
    return page.locator(".product h4").all_inner_texts()


def test_products_are_filtered_ticked_and_compared_by_keyboard_alone(opened):
    page = opened("products")
    everything = len(cards(page))
    sound(page)
    page.focus("#q")
    page.keyboard.type("税贷")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=%E7%A8%8E%E8%B4%B7**")
    assert 0 < len(cards(page)) < everything
    assert "amount=" not in page.url  # empty fields stay out of the address
    for name in ("建设银行云税贷", "江苏银行税e融"):
        page.focus(f"input[aria-label='选来对比：{name}']")
        page.keyboard.press("Space")
    assert page.inner_text("#chosen") == "已选 2 个，最多 4 个"
    page.fill("#q", "网贷通")
    page.press("#q", "Enter")
    page.locator(".product").nth(1).wait_for(state="detached")
    assert page.inner_text("#chosen") == "已选 2 个，最多 4 个"  # ticks survive another search
    page.focus("input[aria-label^='选来对比']")
    page.keyboard.press("Space")
    page.focus(".bar button")
    page.keyboard.press("Enter")
    page.wait_for_selector("table.beside-table")
    heads = page.locator("thead th a:not(.remove)").all_inner_texts()
    assert sorted(heads) == sorted(["建设银行云税贷", "江苏银行税e融", "工商银行网贷通"])
    page.click("a.remove >> nth=0")
    page.locator("thead .remove").nth(2).wait_for(state="detached")


def test_no_more_than_four_can_be_ticked(opened):
    page = opened("products", FOUR)
    assert page.locator("input[name=p]:not(:checked):not(:disabled)").count() == 0
    page.uncheck("input[value=ccb-yunshuidai]")
    assert page.locator("input[name=p]:not(:checked):disabled").count() == 0


def test_without_scripts_everything_can_be_reached(opened):
    page = opened("products", java_script_enabled=False)
    page.fill("#amount", "400")
    page.check("input[name=kind][value=mortgage]") if page.locator(
        "input[value=mortgage]"
    ).is_visible() else page.click("#trait-kind")
    page.check("input[name=kind][value=mortgage]")
    page.click(".filters button")
    sure, unsure = page.locator("ul.products").nth(0).inner_text(), page.locator("ul.products").nth(1).inner_text()
    assert "光大银行小额融易贷" in sure
    assert "农业银行抵押e贷" in unsure
    assert "没公布上限" in unsure
    page.check("input[value=ceb-rongyidai]")
    page.click(".bar button")
    assert "光大银行小额融易贷" in page.inner_text("thead")
    assert "只选了一个" in page.inner_text("main")
    page.click("a.back")
    assert page.input_value("#amount") == "400"  # the filters are still there


@pytest.mark.parametrize("options", [{}, PHONE], ids=["wide", "narrow"])
def test_a_comparison_can_be_read_at_both_widths(opened, options):
    page = opened("products/compare", FOUR, **options)
    sound(page)
    row = page.locator("tr", has=page.locator("th", has_text=re.compile("^最高额度")))
    assert row.get_by_role("cell").count() == 4  # still a table for those who hear it
    first = row.get_by_role("cell").nth(0)
    assert "最高300万元" in first.inner_text()
    assert "来源说法不一" in first.inner_text()
    assert first.locator(".whose").is_visible() is bool(options)
    link = first.locator("a.basis").first
    assert re.search(r"\.\./policy/ccb-yunshuidai\?day=\d{4}-\d\d-\d\d#c-amount$", link.get_attribute("href"))
    first.locator("summary").first.click()
    assert "建设银行“云税贷”的最高额度是300万元。" in first.inner_text()
    assert "已到期" in row.get_by_role("cell").nth(3).inner_text()


def test_what_is_no_loan_and_whom_a_figure_is_for_are_told(opened):
    page = opened("products/compare", [("p", "subsidy-services"), ("p", "abc-weijiedai")])
    row = page.locator("tr", has=page.locator("th", has_text=re.compile("^最高额度")))
    subsidy, loan = row.get_by_role("cell").all_inner_texts()
    assert subsidy.strip().endswith("随贷款办，不是贷款")  # which is another thing than not being published
    assert "黑龙江大庆口径、全国口径（全线上办理）：最高300万元" in loan
    assert "最高500万元" in loan


def test_only_rows_that_differ(opened):
    page = opened("products/compare", PAIR)
    every = page.locator("tr.item").count()
    page.click("text=只看不同的行")
    page.wait_for_url("**only=differences**")
    left = page.locator("tr.item")
    assert left.count() == page.locator("tr.item.different").count() < every
    assert f"有 {every - left.count()} 行各家一样" in page.inner_text("main")


@pytest.mark.parametrize("options", [{}, PHONE], ids=["wide", "narrow"])
def test_a_customer_is_held_against_the_conditions_in_place(opened, options):
    page = opened("products/compare", [*FOUR, *SHOP], **options)
    sound(page)

    def told(title):
        row = page.locator("tr", has=page.locator("th", has_text=re.compile(f"^{title}")))
        return [" ".join(text.split()) for text in row.get_by_role("cell").all_inner_texts()]

    result = told("对照结果")
    assert "不符合" in result[0]
    assert "纳税信用等级" in result[0]
    assert "最接近的改变：近1年新招用的重点群体人数达到2人" in result[3]
    assert "✗" in told("纳税信用等级")[0]
    assert "✓" in told("经营时间")[0]
    assert "您填的：30个月" in told("经营时间")[0]
    assert "看不懂这个数" in page.inner_text("main")
    assert page.get_attribute("#field-tax_paid_wan", "aria-invalid") == "true"
    assert "还要问客户" in page.inner_text(".asks")
    assert "不代表会批" in page.inner_text(".asks")


def test_the_table_file_says_what_the_page_says(opened, served):
    pairs = [*FOUR, *SHOP]
    page = opened("products/compare", pairs)
    with urllib.request.urlopen(f"{served.url}/products.xlsx?{urlencode([*pairs, ('lang', 'zh')])}") as answer:
        assert answer.headers["content-type"].endswith("spreadsheetml.sheet")
        sheet = openpyxl.load_workbook(io.BytesIO(answer.read())).active
    rows = {row[1]: row for row in sheet.iter_rows(values_only=True) if row[1]}
    shown = page.locator("tr.item")
    squeezed = re.compile(r"\s|\d+\. ")
    for number in range(shown.count()):
        row = shown.nth(number)
        title = row.locator("th").evaluate("th => th.firstChild.textContent.trim()")
        for place, cell in enumerate(row.locator("td").all()):
            texts = cell.locator(".said").evaluate_all("all => all.map(said => [...said.childNodes].filter("
                "n => n.nodeType === 3).map(n => n.textContent).join(''))")  # fmt: skip
            written = squeezed.sub("", str(rows[title][2 + 2 * place]))
            for text in texts or [cell.locator(".none").inner_text()]:
                assert re.sub(r"\s", "", text) in written, (title, text)
            if texts:
                assert rows[title][3 + 2 * place], f"{title} has no source"


def test_where_no_condition_is_published_none_is_said_to_be_met(served):
    pairs = [("p", "ccb-yunshuidai"), ("p", "boc-yinshuidai"), ("f.months", "18"), ("lang", "zh")]
    with urllib.request.urlopen(f"{served.url}/products.xlsx?{urlencode(pairs)}") as answer:
        sheet = openpyxl.load_workbook(io.BytesIO(answer.read())).active
    row = next(row for row in sheet.iter_rows(values_only=True) if row[1] == "对照结果")
    assert row[2].splitlines()[0] == "不符合"  # 2 years of business are asked for; said once
    assert row[4].splitlines()[0] == "还不知道：没有公布可以对照的条件，由机构定"


def test_the_list_as_a_table_keeps_the_filters(served):
    with urllib.request.urlopen(f"{served.url}/products.xlsx?{urlencode([('q', '云税贷'), ('lang', 'zh')])}") as answer:
        sheet = openpyxl.load_workbook(io.BytesIO(answer.read())).active
    header, first, *_ = sheet.iter_rows(values_only=True)
    told = dict(zip(header, first, strict=True))
    assert told["产品"] == "建设银行云税贷"
    assert told["额度"] == "最高300万元"
    assert told["额度 依据"] == "《建设银行云税贷》额度"


def test_an_address_cannot_bring_anything_to_run_and_bad_input_is_told(opened):
    pairs = [
        ("q", EVIL), ("amount", EVIL), ("term", "-3"), ("day", "32.13.2026"), ("kind", EVIL), ("province", EVIL),
        ("p", EVIL), ("sort", EVIL), ("bank", "x"),
    ]  # fmt: skip
    page = opened("products", pairs)
    assert page.input_value("#q") == EVIL[:60] or page.input_value("#q") == EVIL
    assert page.locator("main img, main script").count() == 0
    assert "看不懂这个数" in page.inner_text("main")
    assert "日期看不懂" in page.inner_text("main")
    page = opened(
        "products/compare", [*PAIR, *pairs, ("f.employees", EVIL), ("f.region", EVIL), ("f.months", "9" * 40)]
    )
    assert page.locator("main img, main script").count() == 0
    assert page.locator("thead .remove").count() == 2
    assert "没有找到" in page.inner_text("main")
    page = opened("products/compare", [("lang", "en")])
    assert "No product is chosen yet" in page.inner_text("main")


def test_a_sheet_of_a_group_shows_to_the_group_alone_and_without_rules_by_its_clauses(tmp_path):
    hire(tmp_path)
    sheet = NOTICE.format(what="蓝鲸流水贷").encode()
    with serving(tmp_path, {"SME_WORDS_ONLY": "1", "SME_CORPUS_DIR": str(ROOT / "tests" / "small_corpus")}) as page:
        member, outsider, stranger = signed_in(page.url, "li"), signed_in(page.url, "zhao"), Client(page.url)
        _, told = member.add("蓝鲸.txt", sheet, "台州银行")
        member.settled(told["id"])
        member.ask(f"/documents/{told['id']}/correct", {"form_token": member.token(), "kind": "product"})
        member.ask(f"/documents/{told['id']}/release", {"form_token": member.token()})
        listed = member.ask("/products", Accept_Language="zh")[2]
        product = re.search(r'name="p" value="([^"]+)" *aria-label="选来对比：[^"]*蓝鲸', listed)
        name = product[1] if product else ""
        paths = ("/products", f"/products/compare?p={name}", f"/products.xlsx?p={name}")
        seen = {
            who: [(answer[0], "蓝鲸流水贷" in answer[2]) for path in paths if (answer := client.ask(path))]
            for who, client in (("member", member), ("outsider", outsider), ("stranger", stranger))
        }
        compared = member.ask(f"/products/compare?p={name}", Accept_Language="zh")[2]
    assert name
    assert seen["member"][:2] == [(200, True)] * 2
    assert seen["outsider"] == seen["stranger"] == [(200, False)] * 3
    assert "蓝鲸流水贷单户额度最高300万元" in compared
    assert "没有可以逐条比对的条件" in compared
