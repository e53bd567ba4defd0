"""The page as visitors meet it, in a real browser against the real app. `visit` also fails a test when any request
leaves the machine, or when the browser reports an error or opens a dialog."""

import re
import sqlite3
from datetime import date

import pytest
from running import ask, serving

RENEWAL = "小微企业贷款到期，能不能不还本金直接续贷？"
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


def test_asking_shows_an_answer_with_its_sources(visit):
    page = visit()
    ask(page, RENEWAL)
    assert "续贷" in page.inner_text("#turn-1 .text")
    assert page.locator("#turn-1 .mark").count() >= 1
    source = page.locator("#source-1-1")
    assert source.is_visible()
    assert "现行有效" in source.inner_text()
    assert source.locator("mark").count() >= 1
    assert page.input_value("#question textarea") == ""
    assert page.locator("#examples").is_hidden()


def test_personal_data_leaves_the_page_and_reaches_no_file(visit, served):
    page = visit()
    ask(page, "我手机13800138000，身份证11010519491231002X，小微企业贷款到期能不能续贷？")
    assert "[手机号已隐去]" in page.inner_text("#turn-1 .asked")
    assert "已经隐去" in page.inner_text("#turn-1 .reply")
    page.click("#useful")
    page.wait_for_selector("#thanks p")
    ask(page, "那要什么材料", turns=2)
    for secret in ("13800138000", "11010519491231002X"):
        assert secret not in page.content()
        kept = [file for file in served.data_dir.rglob("*") if file.is_file() and secret.encode() in file.read_bytes()]
        assert kept == []


def test_every_mark_leads_to_a_source_that_is_there(visit):
    page = visit()
    ask(page, RENEWAL)
    targets = page.eval_on_selector_all("#turn-1 .mark", "marks => marks.map(m => m.getAttribute('href').slice(1))")
    assert targets
    for target in set(targets):
        assert page.locator(f"#{target}").count() == 1


def test_a_mark_shows_and_reaches_its_source_and_the_way_back(visit):
    page = visit()
    ask(page, RENEWAL)
    last = page.locator("#turn-1 .mark").last
    target = last.get_attribute("href")
    last.click()
    page.wait_for_function("id => document.activeElement?.matches(id)", arg=target)
    assert page.locator(f"{target}.lit").count() == 1
    page.wait_for_function("id => document.querySelector(id).getBoundingClientRect().top < innerHeight", arg=target)
    assert page.locator(target).bounding_box()["y"] >= 0
    page.click(f"{target} .back")
    page.wait_for_function("href => document.activeElement?.getAttribute('href') === href", arg=target)


def test_a_mark_of_an_earlier_answer_brings_its_sources_back(visit):
    page = visit()
    ask(page, RENEWAL)
    ask(page, "没有抵押物，能申请信用贷款吗？", turns=2)
    assert page.locator("#sources-1").is_hidden()
    page.locator("#turn-1 .mark").first.click()
    page.wait_for_selector("#source-1-1", state="visible")
    assert page.locator("#sources-2").is_hidden()


def test_the_clauses_around_a_source_can_be_opened(visit):
    page = visit()
    ask(page, RENEWAL)
    around = page.locator("#sources-1 details").first
    assert around.locator("blockquote").is_hidden()
    around.locator("summary").click()
    assert around.locator("blockquote").inner_text().strip()


def test_an_example_is_asked_at_a_click_and_a_follow_up_too(visit):
    page = visit()
    example = page.locator("#examples button").first
    question = example.inner_text()
    example.click()
    page.wait_for_selector("#turn-1 .reply[data-done]")
    assert page.inner_text("#turn-1 .asked p") == question
    follow_up = page.locator("#follow-ups button:visible").first
    if follow_up.count():
        question = follow_up.inner_text()
        follow_up.click()
        page.wait_for_selector("#turn-2 .reply[data-done]")
        assert page.inner_text("#turn-2 .asked p") == question


def test_there_are_examples_for_each_audience(visit):
    page = visit()
    for audience in ("企业主", "银行员工", "基层干部"):
        assert audience in page.inner_text("#examples")
    assert page.locator("#examples button").count() == 9


def test_the_answer_stands_within_a_second_and_the_box_is_free_at_once(visit):
    page = visit()
    ask(page, RENEWAL)
    assert page.locator("#question textarea").is_enabled()
    ask(page, RENEWAL, turns=2)  # what had to be loaded is loaded
    slowest = page.eval_on_selector_all(
        "#turn-2 .sentence",
        "all => Math.max(...all.map(s => { const c = getComputedStyle(s);"
        " return parseFloat(c.animationDelay) + parseFloat(c.animationDuration) }))",
    )
    assert 0 < slowest <= 1


def test_sentences_do_not_move_where_people_want_no_movement(visit):
    page = visit(reduced_motion="reduce")
    ask(page, RENEWAL)
    assert page.eval_on_selector(".sentence", "s => getComputedStyle(s).animationName") == "none"


def test_two_visitors_do_not_mix(visit):
    one, other = visit(), visit()
    ask(one, RENEWAL)
    ask(other, "没有抵押物，能申请信用贷款吗？")
    ask(one, "个体工商户呢", turns=2)
    assert one.locator(".turn").count() == 2
    assert other.locator(".turn").count() == 1
    assert "抵押" not in one.inner_text("#turns .asked >> nth=0")
    other.reload()
    other.wait_for_selector("#examples button")
    assert other.locator(".turn").count() == 0


def test_the_conversation_can_be_cleared(visit):
    page = visit()
    ask(page, RENEWAL)
    page.click("#clear")
    page.wait_for_selector(".turn", state="detached")
    assert page.locator("#examples").is_visible()
    assert page.locator(".source").count() == 0


def test_the_whole_page_changes_language_and_answers_stay(visit):
    page = visit()
    assert page.title() == "小微企业融资政策助手"
    ask(page, RENEWAL)
    before = page.inner_text("#turn-1 .text")
    page.check("#language input[value=en]")
    page.wait_for_function("document.documentElement.lang === 'en'")
    assert page.title() == "Small-business financing policy assistant"
    assert page.inner_text("#turn-1 .text") == before
    assert page.get_attribute("#turn-1 .text", "lang") == "zh"
    around = page.inner_text("body").replace(before, "")
    for text in ("In force", "Copy answer", "Was this answer useful?", "Clear conversation", "Policy date", "Ask"):
        assert text in around
    chrome = page.eval_on_selector_all(
        "#head, #disclaimer, #reminder, #feedback, #clear, #send, .badge, .action, #as-of",
        "all => all.map(e => e.innerText).join(' ')",
    )
    assert not re.search(r"[\u4e00-\u9fff]", chrome)
    page.check("#language input[value=zh]")
    page.wait_for_function("document.documentElement.lang === 'zh'")


def test_the_first_language_is_that_of_the_browser(visit):
    page = visit(locale="en-US")
    page.wait_for_function("document.documentElement.lang === 'en'")
    assert page.inner_text("#send") == "Ask"
    ask(page, "Can a small enterprise renew a loan without repaying the principal?")
    assert page.get_attribute("#turn-1 .text", "lang") == "en"


def test_enter_that_chooses_a_chinese_word_does_not_send(visit):
    page = visit()
    page.focus("#question textarea")
    devtools = page.context.new_cdp_session(page)
    devtools.send("Input.imeSetComposition", {"text": "xu dai", "selectionStart": 6, "selectionEnd": 6})
    enter = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "nativeVirtualKeyCode": 13, "text": "\r"}
    devtools.send("Input.dispatchKeyEvent", {"type": "keyDown", **enter})
    devtools.send("Input.dispatchKeyEvent", {"type": "keyUp", **enter})
    devtools.send("Input.insertText", {"text": "续贷"})
    page.wait_for_timeout(1500)
    assert page.locator(".turn").count() == 0
    assert "续贷" in page.input_value("#question textarea")


@pytest.mark.parametrize("marks", ["isComposing: true", "keyCode: 229"])
def test_no_browser_s_way_of_reporting_composition_sends(visit, marks):
    page = visit()
    page.fill("#question textarea", "续贷")
    page.evaluate(
        "marks => { for (const kind of ['keydown', 'keypress', 'keyup']) document.querySelector('#question textarea')"
        ".dispatchEvent(new KeyboardEvent(kind, { key: 'Enter', bubbles: true, cancelable: true, ...marks })) }",
        {"isComposing": True} if "is" in marks else {"keyCode": 229},
    )
    page.wait_for_timeout(1500)
    assert page.locator(".turn").count() == 0
    page.press("#question textarea", "Enter")
    page.wait_for_selector("#turn-1 .reply[data-done]")


def test_shift_enter_makes_a_new_line(visit):
    page = visit()
    page.fill("#question textarea", "贷款到期了")
    page.press("#question textarea", "Shift+Enter")
    page.keyboard.type("能续贷吗")
    assert page.input_value("#question textarea") == "贷款到期了\n能续贷吗"
    assert page.locator(".turn").count() == 0


def test_everything_can_be_done_by_keyboard(visit):
    page = visit()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.tagName === 'TEXTAREA'")
    page.keyboard.type(RENEWAL)
    page.keyboard.press("Enter")
    page.wait_for_selector("#turn-1 .reply[data-done]")
    reached = set()
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        name, outline = page.evaluate(
            "(() => { const e = document.activeElement, seen = e.matches('#language input') ? e.parentElement : e;"
            " return [e.id || e.className || e.tagName, getComputedStyle(seen).outlineStyle] })()"
        )
        assert outline != "none", f"focus on {name} cannot be seen"
        reached.add(name.split()[0])
        if name == "mark":
            break
    assert {"useful", "useless", "clear", "mark"} <= reached
    target = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    page.wait_for_function("id => document.activeElement?.matches(id)", arg=target)


def test_every_control_has_a_name_for_screen_readers(visit):
    page = visit()
    ask(page, RENEWAL)
    nameless = page.evaluate(
        "[...document.querySelectorAll('button, a, input, textarea, summary')].filter(e => e.checkVisibility())"
        ".filter(e => !(e.innerText || e.getAttribute('aria-label') || e.closest('label')?.innerText || '').trim())"
        ".map(e => e.outerHTML.slice(0, 120))"
    )
    assert nameless == []
    assert page.get_by_role("textbox", name="您的问题").count() == 1
    page.wait_for_function("document.querySelector('#live').textContent.includes('回答已显示')")


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_a_phone_needs_no_scrolling_sideways(visit, locale):
    page = visit(**PHONE, locale=locale)
    page.wait_for_timeout(500)
    for question in (RENEWAL, "Can a small enterprise renew a loan? " + "W" * 300):
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        ask(page, question, turns=page.locator(".turn").count() + 1)
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_on_a_phone_sources_come_below_and_buttons_are_big_enough_to_tap(visit):
    page = visit(**PHONE)
    ask(page, RENEWAL)
    assert page.locator("#beside").bounding_box()["y"] > page.locator("#turns").bounding_box()["y"]
    small = page.evaluate(
        "[...document.querySelectorAll('button, .action, #language label, input[type=date], textarea, summary')]"
        ".filter(e => e.checkVisibility()).map(e => [e.id || e.className, e.getBoundingClientRect().height])"
        ".filter(([, height]) => height < 43.5)"
    )
    assert small == []
    page.locator("#turn-1 .mark").first.tap()
    page.wait_for_function(
        "(() => { const box = document.querySelector('#source-1-1').getBoundingClientRect();"
        " return box.top >= -1 && box.top < innerHeight / 2 })()"
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_is_easy_to_tell_from_its_background(visit, scheme):
    page = visit(color_scheme=scheme)
    assert page.evaluate(CONTRASTS) == []
    ask(page, RENEWAL)
    page.wait_for_timeout(1500)  # sentences fade in
    page.click("#useless")
    page.wait_for_selector("#reason input")
    page.wait_for_timeout(1000)  # the button changes its colour
    assert page.evaluate(CONTRASTS) == []


CONTRASTS = """(() => {
  const parts = (colour) => { const n = colour.match(/[\\d.]+/g).map(Number); return n.length === 3 ? [...n, 1] : n; };
  const linear = (v) => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const light = (rgb) => [.2126, .7152, .0722].reduce((sum, weight, i) => sum + weight * linear(rgb[i] / 255), 0);
  const under = (e) => {
    for (; e; e = e.parentElement) { const c = parts(getComputedStyle(e).backgroundColor); if (c[3] > .9) return c; }
    return [255, 255, 255, 1];
  };
  const weak = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !e.checkVisibility() || e.closest('script, style, .skip')) continue;
    const [a, b] = [light(parts(getComputedStyle(e).color)), light(under(e))].sort((x, y) => y - x);
    if ((a + .05) / (b + .05) < 4.5) weak.push([e.className || e.tagName, e.textContent.slice(0, 20), a, b]);
  }
  return weak;
})()"""


def test_feedback_lands_in_the_database(visit, served):
    page = visit()
    ask(page, "请问可以不还本金续贷吗")
    page.click("#useless")
    page.fill("#reason input", "没说要准备什么材料")
    page.press("#reason input", "Enter")
    page.wait_for_selector("#thanks .said:has-text('原因已记录')")
    connection = sqlite3.connect(served.data_dir / "records.sqlite3")
    stored = connection.execute(
        "SELECT outcome, rating, reason FROM feedback WHERE question = ?", ("请问可以不还本金续贷吗",)
    ).fetchall()
    columns = {row[1] for row in connection.execute("PRAGMA table_info(feedback)")}
    receipt = connection.execute("SELECT receipt FROM feedback ORDER BY id DESC").fetchone()[0]
    connection.close()
    assert receipt in page.get_attribute("a.receipt", "href")
    assert stored == [("answered", "useless", "没说要准备什么材料")]
    assert columns == {"id", "receipt", "answer_id", "question", "outcome", "rating", "reason", "time", "imported"}


@pytest.mark.parametrize(
    "attack",
    [
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "```html\n<script>alert(1)</script>\n```",
        "![x](https://example.com/x.png) https://example.com",
        "${alert(1)} {{constructor.constructor('alert(1)')()}}",
        '"><svg/onload=alert(1)>',
        "</textarea><iframe src=//example.com>",
    ],
)
def test_an_attack_in_the_question_stays_text(visit, attack):
    page = visit()
    ask(page, attack)
    assert page.inner_text("#turn-1 .asked p").replace("\n", "") == attack.replace("\n", "")
    assert page.locator("#turns :is(img, script, svg, iframe)").count() == 0
    assert page.locator("#main a[href^='javascript'], #turns a[href^='http']").count() == 0


def test_even_injected_html_could_not_run_a_script(browser, served):
    page = browser.new_page()
    page.goto(served.url)
    page.wait_for_selector("#head h1")
    page.evaluate("document.querySelector('#head').innerHTML = '<img src=\"data:,\" onerror=\"window.ran = true\">'")
    page.wait_for_timeout(500)
    assert page.evaluate("window.ran") is None
    page.close()


@pytest.mark.parametrize("question", ["", "   ", "贷" * 3000])
def test_an_empty_or_endless_question_gets_a_sentence(visit, question):
    page = visit()
    ask(page, question)
    assert page.inner_text("#turn-1 .reply").strip()
    assert "Traceback" not in page.inner_text("body")


def test_the_policy_date_is_today_and_can_be_changed(visit):
    page = visit()
    assert page.input_value("#as-of input") == date.today().isoformat()
    question = "中型企业流动资金贷款，续贷政策到什么时候为止？"
    ask(page, question)
    assert date.today().isoformat() in page.inner_text("#turn-1 .day")
    page.fill("#as-of input", "2028-01-01")
    ask(page, question, turns=2)
    assert "2028-01-01" in page.inner_text("#turn-2 .day")
    page.fill("#as-of input", "")
    ask(page, question, turns=3)
    assert date.today().isoformat() in page.inner_text("#turn-3 .day")


def test_a_lapsed_clause_is_shown_as_lapsed(visit):
    page = visit()
    page.fill("#as-of input", "2028-01-01")  # the clause for medium-sized firms ends on 2027-09-30
    ask(page, "金规〔2024〕13号第七条")
    assert "已失效" in page.inner_text("#sources-1 .source:has-text('中型企业') .badges >> nth=0")


def test_the_disclaimer_can_be_seen_before_and_after_an_answer(visit):
    page = visit()
    assert "以发布机构公布的原文为准" in page.inner_text("#disclaimer")
    ask(page, RENEWAL)
    page.wait_for_timeout(1000)
    box = page.locator("#reminder").bounding_box()
    assert box["y"] + box["height"] <= 900
    assert "不承诺获批" in page.inner_text("#reminder")


def test_an_answer_and_a_citation_can_be_copied(visit):
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    ask(page, RENEWAL)
    page.click("#turn-1 .copy")
    page.wait_for_selector("#turn-1 .copy:has-text('已复制')")
    assert "[1]" in page.evaluate("navigator.clipboard.readText()")
    page.click("#source-1-1 .copy")
    page.wait_for_selector("#source-1-1 .copy:has-text('已复制')")
    assert page.evaluate("navigator.clipboard.readText()").startswith("《")


def test_the_status_line_goes_when_the_index_is_complete(visit, small_data_dir, small_corpus):
    with serving(small_data_dir, {"SME_CORPUS_DIR": str(small_corpus)}) as small:
        page = visit(small.url)
        page.wait_for_selector("#status .status", state="detached")
        ask(page, "续贷")
        page.close()  # a page whose server is gone complains
