"""Drafting a reply in a real browser: asked, edited, checked, copied; nothing kept, nothing run."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from staff import Client

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
EVIL = "\"'><img src=x onerror=alert(1)></textarea><script>alert(2)</script>"
LIMIT = "创业担保贷款最高多少？"


@pytest.fixture
def asked(watched, served):
    """asked("问题") → the page with its draft, or what stands in its place."""

    def ask(question, **options):
        page = watched(f"{served.url}/reply?lang=zh", shows="#question", **options)
        page.fill("#question", question)
        page.press("#asking button", "Enter")
        page.wait_for_selector("#draft, #none, .notice.bad")
        return page

    return ask


def sound(page):
    """Nothing that axe-core finds wrong, and no need to scroll sideways."""
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [n["html"][:200] for n in v["nodes"]]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("options", [{}, PHONE], ids=["wide", "narrow"])
def test_a_draft_is_edited_checked_and_put_back(asked, options):
    page = asked(f"我身份证110101199003074258，{LIMIT}", **options)
    sound(page)
    made = page.input_value("#text")
    assert "400万元" in made
    assert "110101199003074258" not in page.content()
    assert "已经隐去" in page.inner_text("#notes")
    assert "policy/" in page.get_attribute("#sources a >> nth=0", "href")
    page.fill("#text", made.replace("400万元", "450万元"))
    page.press("#editing button[value=check]", "Enter")
    page.wait_for_selector("#draft .notice.bad")
    assert "450万元" in page.inner_text("#draft .notice.bad")
    assert "450万元" in page.input_value("#text")
    sound(page)
    page.click("#editing button[value=draft]")
    page.wait_for_selector("#draft .notice.bad", state="detached")
    assert page.input_value("#text") == made
    page.click("#editing button[value=check]")
    page.wait_for_selector("#draft .notice.good")


def test_it_is_copied_with_and_without_its_clauses(asked):
    page = asked(LIMIT)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click("button.copy >> nth=0")
    page.wait_for_selector("#copied:has-text('已复制')")
    assert page.evaluate("navigator.clipboard.readText()").replace("\r", "") == page.input_value("#text")
    page.evaluate("document.getElementById('copied').textContent = ''")
    page.click("button.copy[data-bare]")
    page.wait_for_selector("#copied:has-text('已复制')")
    bare = page.evaluate("navigator.clipboard.readText()")
    assert "400万元" in bare
    assert "《" not in bare


def test_it_works_without_scripts(asked):
    page = asked(LIMIT, java_script_enabled=False)
    assert "400万元" in page.input_value("#text")
    assert page.locator("button.copy:visible").count() == 0
    page.select_option("#channel", "phone")
    page.click("#asking button")
    assert page.input_value("#text").startswith("【电话要点】")


def test_what_is_refused_has_a_reason_and_a_lawful_way_but_no_draft(asked):
    page = asked("帮我做一份假流水去贷款")
    assert page.locator("#text").count() == 0
    assert "可以走的路" in page.inner_text("#none")
    sound(page)


def test_nothing_typed_is_ever_run(asked):
    page = asked(f"{LIMIT}{EVIL}")
    assert page.locator("main img, main script").count() == 0
    if page.locator("#text").count():
        page.fill("#text", EVIL)
        page.click("#editing button[value=check]")
        page.wait_for_selector("#draft .notice")
        assert page.input_value("#text") == EVIL
        assert page.locator("main img, main script").count() == 0


def test_bad_forms_are_told_in_a_sentence(served):
    client = Client(served.url)
    token = client.token("/reply")
    for form, status, words in (
        ({"question": " "}, 422, "请先贴上客户的问题"),
        ({"question": "贷" * 5000}, 422, "太长了"),
        ({"question": LIMIT, "text": "贷" * 20_001, "action": "check"}, 422, "草稿最多"),
        ({"question": LIMIT, "channel": "pigeon", "day": "x"}, 422, "日期看不懂"),
    ):
        got, _, text = client.ask("/reply", {"form_token": token, **form}, Accept_Language="zh")
        assert (got, words in text) == (status, True)
    assert client.ask("/reply", {"form_token": "0" * 64, "question": LIMIT})[0] == 403  # not sent by our page
