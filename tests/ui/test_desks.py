"""The self-check and the renewal desk as visitors meet them, in a real browser against the real app and its rules."""

import re
from datetime import date, timedelta

import pytest
from icalendar import Calendar
from test_page import CONTRASTS, PHONE

WIDE = {"viewport": {"width": 1280, "height": 900}}
DUE = (date.today() + timedelta(days=75)).isoformat()


@pytest.fixture
def check(visit, served):
    return lambda **options: opened(visit(f"{served.url}/check", **options))


@pytest.fixture
def renewal(visit, served):
    return lambda **options: opened(visit(f"{served.url}/renewal", **options))


def opened(page):
    page.wait_for_selector("#results")
    return page


def choose(page, name, text):
    page.click(f"#field-{name} input")
    page.click(f"ul[role=listbox] li:has-text('{text}')")


def tick(page, name, value):
    page.check(f"#field-{name} input[value='{value}']")


def says(page, text, where="#results"):
    page.wait_for_selector(f"{where}:has-text('{text}')")


def a_small_restaurant(page):
    choose(page, "industry", "餐饮")
    page.fill("#field-employees input", "8")
    page.fill("#field-revenue_wan input", "120")
    says(page, "120万元")


def test_the_pages_lead_to_each_other_and_keep_language_and_date(visit, served):
    page = visit(f"{served.url}/check?lang=en&day=2027-02-03")
    page.wait_for_function("document.documentElement.lang === 'en'")
    assert page.input_value("#as-of input") == "2027-02-03"
    assert page.title() == "Self-check · Small-business financing policy assistant"
    for name, path in (("Renewal", "/renewal"), ("Ask", "/"), ("Self-check", "/check")):
        page.click(f"#head nav a:has-text('{name}')")
        page.wait_for_url(re.compile(rf"{path}\?lang=en&day=2027-02-03$"))
        page.wait_for_selector(f"#head nav a[aria-current]:has-text('{name}')")
        page.wait_for_function("document.documentElement.lang === 'en'")
    assert page.locator("nav:visible").count() == 1  # ours alone, not Gradio's


@pytest.mark.parametrize("query", ["lang=fr", "lang=%3Cscript%3E&day=%3Cscript%3E", "day=" + "9" * 500])
def test_an_address_with_nonsense_opens_as_without(visit, served, query):
    page = opened(visit(f"{served.url}/check?{query}"))
    assert page.input_value("#as-of input") == date.today().isoformat()
    assert page.get_attribute("#results", "lang") == "zh"


def test_results_follow_what_is_entered(check):
    page = check()
    assert page.locator(".candidate").count() == 0
    a_small_restaurant(page)
    says(page, "往上一档（小型）：从业人员达到10人。")
    assert page.locator(".candidate").count() > 5
    page.fill("#field-employees input", "12")
    says(page, "小型企业")
    page.click("#reset")
    says(page, "规模还不能判断")
    assert page.input_value("#field-employees input") == ""
    assert page.input_value("#field-industry input") == "不清楚"


def test_pasting_and_deleting_count_as_typing(check):
    page = check()
    choose(page, "industry", "餐饮")
    page.fill("#field-revenue_wan input", "120")
    page.focus("#field-employees input")
    page.evaluate("document.execCommand('insertText', false, '12')")
    says(page, "小型企业")
    page.keyboard.press("Backspace")  # 1
    says(page, "微型企业")


@pytest.mark.parametrize(
    ("entry", "said"), [("十来个人吧", "看不懂这个数"), ("-3", "不能是负数"), ("999999999", "数太大了")]
)
def test_an_entry_that_cannot_be_read_is_explained_at_its_field_and_counts_as_unknown(check, entry, said):
    page = check()
    a_small_restaurant(page)
    page.fill("#field-employees input", entry)
    says(page, said, "#field-employees")
    says(page, "先按“不清楚”算：从业人员")
    assert page.get_attribute("#field-employees input", "aria-invalid") == "true"
    assert page.input_value("#field-employees input") == entry
    page.fill("#field-employees input", "8")
    says(page, "微型企业")
    page.wait_for_function("!document.querySelector('#field-employees').innerText.includes('" + said + "')")


def test_an_attack_in_a_field_stays_text(check):
    page = check()
    page.fill("#field-employees input", "<img src=x onerror=alert(1)>")
    says(page, "看不懂这个数", "#field-employees")
    assert page.locator("#results :is(img, script)").count() == 0


def test_fields_appear_where_they_make_a_difference(check):
    page = check()
    assert page.locator("#field-assets_wan").count() == 0
    choose(page, "industry", "建筑业")
    page.wait_for_selector("#field-assets_wan")
    page.fill("#field-months input", "6")
    page.wait_for_selector("#field-revenue_so_far_wan")
    page.fill("#field-revenue_so_far_wan input", "200")
    page.fill("#field-assets_wan input", "400")
    says(page, "400万元（按月均折算成12个月）")  # 200 ÷ 6 × 12
    says(page, "小型企业")


def test_a_question_leads_to_its_field_even_behind_more(check):
    page = check()
    a_small_restaurant(page)
    for link in page.locator("a.to-field").all():
        target = link.get_attribute("href")
        link.click()
        page.wait_for_function("id => document.querySelector(id)?.contains(document.activeElement)", arg=target)


def test_a_condition_shows_its_clause_with_the_quoted_words_marked(check):
    page = check()
    a_small_restaurant(page)
    card = page.locator(".group > .candidate").first
    card.locator("> summary").click()
    clause = card.locator(".rows .clause, .inside > .clause").first
    assert clause.locator("blockquote").is_hidden()
    clause.locator("summary").click()
    assert clause.locator("mark").first.is_visible()


def test_what_is_open_stays_open_when_results_change(check):
    page = check()
    a_small_restaurant(page)
    page.locator(".group > .candidate > summary").first.click()
    name = page.locator(".candidate[open]").first.get_attribute("data-keep")
    page.fill("#field-loan_wanted_wan input", "30")
    page.wait_for_selector("#results:has-text('额度够您想贷的')")
    page.wait_for_selector(f".candidate[data-keep='{name}'][open]", state="attached")


def test_signs_have_words_for_screen_readers_and_changes_are_announced(check):
    page = check()
    a_small_restaurant(page)
    assert page.locator(".row .sign").count() == page.locator(".row > .sr").count() > 0
    page.wait_for_function("document.querySelector('#live').textContent.includes('还差信息')")
    nameless = page.evaluate(
        "[...document.querySelectorAll('button, a, input, summary')].filter(e => e.checkVisibility())"
        ".filter(e => !(e.innerText || e.getAttribute('aria-label') || e.closest('label')?.innerText || '').trim())"
        ".map(e => e.outerHTML.slice(0, 120))"
    )
    assert nameless == []
    assert page.get_by_role("group", name="做外贸").count() == 1


def test_a_choice_is_one_stop_of_the_tab_key_and_arrows_move_in_it(check):
    page = check()
    page.focus("#field-exports input[value='?']")
    page.keyboard.press("ArrowLeft")
    assert page.is_checked("#field-exports input[value=no]")
    page.keyboard.press("Tab")
    assert not page.evaluate("document.querySelector('#field-exports').contains(document.activeElement)")


def test_the_policy_date_decides_what_is_in_force(check):
    page = check()
    a_small_restaurant(page)
    page.fill("#as-of input", "2040-01-01")
    says(page, "不在办理期内")
    page.fill("#as-of input", "")
    says(page, "微型企业")


def test_the_whole_page_changes_language_and_entries_stay(check):
    page = check()
    a_small_restaurant(page)
    choose(page, "region", "江苏")
    page.wait_for_function("document.querySelector('#field-region-city input')")
    page.check("#language input[value=en]")
    says(page, "Size: micro")
    assert page.input_value("#field-employees input") == "8"
    assert page.input_value("#field-industry input") == "Catering"
    assert page.input_value("#field-region input") == "Jiangsu"
    chrome = page.eval_on_selector_all(
        "#head, #disclaimer, #form-hint, #form [data-testid=block-info], .info-text, .group h2, .rows .note, .why",
        "all => all.map(e => e.innerText).join(' ')",
    )
    assert not re.search(r"[\u4e00-\u9fff]", re.sub(r"\([^)]*\)|（[^）]*）", "", chrome))


def test_a_city_is_chosen_within_its_province(check):
    page = check()
    choose(page, "region", "江苏")
    page.click("#field-region-city input")
    page.click("ul[role=listbox] li:has-text('苏州')")
    page.wait_for_function("document.querySelector('.sheet').textContent.includes('江苏省苏州市')")
    choose(page, "region", "浙江")
    page.wait_for_function("document.querySelector('.sheet').textContent.includes('浙江省')")
    assert "苏州" not in page.text_content(".sheet .entered")


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_self_check_fits_its_screen(check, size, locale):
    page = check(**size, locale=locale)
    width = size["viewport"]["width"]
    page.click("#more > button")
    page.fill("#field-employees input", "8")
    page.wait_for_selector(".candidate")
    page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    small = page.evaluate(
        "[...document.querySelectorAll('#form button, .field label:has(input), .candidate > summary, .clause summary,"
        " .asks a, nav a, .field input:not([type=radio], [type=checkbox])')].filter(e => e.checkVisibility())"
        ".filter(e => !e.matches('.field > label, .field label:has(.input-container)'))"
        ".map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect().height]).filter(([, h]) => h && h < 39.5)"
    )
    assert small == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_of_the_desks_is_easy_to_tell_from_its_background(check, renewal, scheme):
    page = check(color_scheme=scheme)
    page.fill("#field-employees input", "x")
    says(page, "看不懂", "#field-employees")
    a_small_restaurant(page)
    page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true })")
    page.wait_for_timeout(800)
    assert page.evaluate(CONTRASTS) == []
    page = renewal(color_scheme=scheme)
    page.fill("#field-loan_due input", DUE)
    page.wait_for_selector(".timeline li")
    page.wait_for_timeout(800)
    assert page.evaluate(CONTRASTS) == []


def test_on_a_phone_a_bar_leads_to_the_results(check):
    page = check(**PHONE)
    page.tap("#to-results a")
    page.wait_for_function("document.activeElement?.id === 'results'")
    page.wait_for_selector("#to-results.there", state="attached")


@pytest.mark.parametrize("which", ["check", "renewal"])
def test_what_is_printed_is_one_page_without_form_and_navigation(visit, served, which):
    page = opened(visit(f"{served.url}/{which}"))
    page.fill("#field-employees input", "8")
    page.wait_for_function("document.querySelector('.sheet').textContent.includes('8人')")
    page.emulate_media(media="print")
    for hidden in ("#form", "#results", "#head nav", "#disclaimer", "#to-results"):
        assert page.locator(hidden).is_hidden()
    assert page.locator(".sheet").is_visible()
    assert date.today().isoformat() in page.inner_text(".sheet")
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) == 1


def test_the_print_button_prints(check):
    page = check()
    page.evaluate("window.print = () => { window.printed = true }")
    page.click("button.print")
    assert page.evaluate("window.printed") is True


def a_loan(page):
    page.fill("#field-loan_due input", DUE)
    choose(page, "loan_kind", "流动资金贷款")
    page.fill("#field-loan_principal_wan input", "300")
    page.fill("#field-loan_rate input", "3.85")
    tick(page, "size_class", "small")
    tick(page, "financing_need", "yes")


def test_the_verdict_on_renewal_follows_what_is_entered(renewal):
    page = renewal()
    says(page, "还要确认几项", ".verdict")
    a_loan(page)
    says(page, "可以申请不还本金续贷", ".verdict")
    says(page, "是否续贷由银行自主决定", ".verdict")
    choose(page, "loan_kind", "固定资产贷款")
    says(page, "不在续贷政策范围", ".verdict")
    assert page.locator(".verdict .not_met .clause").count() >= 1


def test_the_dates_can_be_taken_along_as_a_calendar(renewal):
    page = renewal()
    page.fill("#field-loan_due input", DUE)
    page.wait_for_selector(".timeline li")
    assert page.locator(".timeline time").last.get_attribute("datetime") == DUE
    with page.expect_download() as download:
        page.click("a[download]")
    assert download.value.suggested_filename == f"renewal-{DUE}.ics"
    events = Calendar.from_ical(download.value.path().read_bytes()).walk("VEVENT")
    assert len(events) == page.locator(".timeline li").count()


def test_the_sums_use_what_stands_above_and_show_their_arithmetic(renewal):
    page = renewal()
    page.fill("#field-loan_principal_wan input", "300")
    page.fill("#field-loan_rate input", "3.85")
    page.fill("#tool-costs-price input", "1.5")
    page.fill("#tool-costs-days input", "10")
    says(page, "借过桥资金多花 41,791.67 元", "#tool-costs")  # 45,000 − 3,208.33
    page.fill("#tool-schedule-months input", "12")
    says(page, "115,500.00", "#tool-schedule")  # 3,000,000 × 3.85% for a year, interest first
    assert page.locator(".months tbody tr").count() == 12
    page.check("#tool-schedule-choice input[value=interest_first]")
    says(page, "3,009,625.00", ".months")
    page.fill("#tool-costs-days input", "0")
    says(page, "1 到 366", "#tool-costs-days")
    page.check("#language input[value=en]")
    says(page, "Interest in all", "#tool-schedule")
    says(page, "from 1 to 366", "#tool-costs-days")


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_renewal_desk_fits_its_screen(renewal, size, locale):
    page = renewal(**size, locale=locale)
    page.fill("#field-loan_due input", DUE)
    page.fill("#tool-schedule-principal input", "12345678.9")
    page.fill("#tool-schedule-rate input", "12")
    page.fill("#tool-schedule-months input", "600")
    page.wait_for_selector(".months tbody tr")
    page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") == size["viewport"]["width"]


def test_nothing_of_a_form_is_stored_or_put_into_the_address(check, served):
    page = check()
    page.fill("#field-revenue_wan input", "4711")
    page.wait_for_function("document.querySelector('.sheet').textContent.includes('4711')")
    assert "4711" not in page.url
    assert page.evaluate("JSON.stringify([localStorage, sessionStorage, document.cookie])").count("4711") == 0
    page.reload()
    opened(page)
    assert page.input_value("#field-revenue_wan input") == ""
