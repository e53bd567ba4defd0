"""The search of the policy library, used with a browser."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

import pytest
from axe_playwright_python.sync_playwright import Axe

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


@pytest.fixture
def library(watched, served):
    """library("?q=…") → the page."""

    def opened(query: str = "", **options):
        return watched(f"{served.url}/library{query}", shows="#q", **options)

    return opened


def type_in(page, text: str) -> None:
    """Type, and wait for what it finds."""
    with page.expect_response(lambda response: "/library/results" in response.url):
        page.fill("#q", text)
    page.wait_for_selector("#found:not(.waiting)")


def shown(page) -> list[str]:
    return [one.get_attribute("href") for one in page.query_selector_all("ol.found h3 a")]


def test_results_come_while_one_types_and_the_address_follows(library):
    page = library()
    assert page.inner_text("#count").startswith("共 ")
    assert page.locator(".suggestions a").count() > 10
    type_in(page, "金规2024年13号第三条")
    assert page.get_attribute("#count", "role") == "status"
    assert re.fullmatch(r"找到 \d+ 份文件、\d+ 条", page.inner_text("#count"))
    first = page.locator(".clauses-found a.result").first
    assert first.get_attribute("href").endswith("policy/jingui-2024-13#c-3")
    assert unquote(page.url).endswith("/library?q=金规2024年13号第三条")
    before = (page.inner_text("#count"), shown(page))
    page.reload()
    assert (page.inner_text("#count"), shown(page)) == before
    assert page.input_value("#q") == "金规2024年13号第三条"


def test_from_end_to_end_by_keys(library):
    page = library("?q=" + quote("不良容忍度"))
    page.route("**/policy/**", lambda route: route.fulfill(body="<title>read</title>", content_type="text/html"))
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    links = [one.get_attribute("href") for one in page.query_selector_all("#found a.result")]
    assert page.evaluate("document.activeElement.getAttribute('href')") == links[1]
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.getAttribute('href')") == links[0]
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/policy/**")
    page.go_back()
    assert page.input_value("#q") == "不良容忍度"


def test_a_facet_gives_what_it_counts_and_can_be_taken_away(library):
    page = library("?q=" + quote("续贷"))
    box = page.locator("input[name=kind][value=notice]")
    count = int(box.locator("xpath=..").locator(".n").inner_text())
    everything = page.inner_text("#count")
    with page.expect_response(lambda response: "/library/results" in response.url):
        box.check()
    page.wait_for_selector(f"#count:has-text('找到 {count} 份')")
    assert "kind=notice" in page.url
    assert page.evaluate("[document.activeElement.name, document.activeElement.value]") == ["kind", "notice"]
    page.click(".chosen a >> nth=0")
    page.wait_for_selector("#q")
    assert page.inner_text("#count") == everything


def test_it_works_without_scripts(library):
    page = library("?q=" + quote("续贷"), java_script_enabled=False, **PHONE)
    page.fill("#q", "13号文第三条")
    page.click(".filters > summary")
    page.check("input[name=kind][value=notice]")
    page.click(".typed button")
    page.wait_for_selector(".found")
    assert unquote(page.url).split("?")[1].startswith("q=13号文第三条&kind=notice")
    assert shown(page)[0].endswith("policy/jingui-2024-13")
    assert not page.is_visible("button.copy")


def test_a_clauses_link_is_copied_whole(library, served):
    page = library("?q=" + quote("征信条例25条"))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click("button.copy >> nth=0")
    page.wait_for_selector("#count:text-is('链接已复制')")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{served.url}/policy/credit-reporting-regulation#c-25"


def test_what_is_typed_stays_text(library):
    line = "<img src=x onerror=alert(1)>\"'贴息</script>"
    page = library("?q=" + quote(line) + "&topic=" + quote(line) + "&document=" + quote(line))
    assert page.input_value("#q") == line
    type_in(page, "续贷" + line)
    assert page.locator("#found img, #facets img").count() == 0  # `watched` would hear of an alert, too


def test_pages_lead_on(library):
    page = library()
    first = shown(page)
    page.click(".pages a[aria-label='第 2 页']")
    page.wait_for_selector(".pages a[aria-current=page]:text-is('2')")
    assert page.get_attribute("ol.found", "start") == "11"
    assert not set(first) & set(shown(page))


@pytest.mark.parametrize(
    "query", ["", "?q=" + quote("北京首次贷款贴息"), "?q=zzzz&kind=law&day=x", "?q=late+interest&lang=en"]
)
@pytest.mark.parametrize("options", [{}, PHONE], ids=["wide", "phone"])
def test_nobody_is_kept_out(library, query, options):
    page = library(query, **options)
    if options:
        assert not page.is_visible("#facets")
        page.click(".filters > summary")
    assert page.is_visible("#facets")
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [n["html"][:200] for n in v["nodes"]]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small = page.evaluate(
        "[...document.querySelectorAll('main button, main .chips a, main summary, main input:not([type=hidden]), .pages a')]"
        ".filter((one) => one.offsetParent && one.type !== 'checkbox' && one.getBoundingClientRect().height < 43.5)"
        ".map((one) => one.outerHTML.slice(0, 90))"
    )
    assert small == []


def test_in_the_dark_it_can_be_read(library):
    page = library("?q=" + quote("续贷 期限"), color_scheme="dark")
    assert [v["id"] for v in Axe().run(page).response["violations"]] == []
