"""Reading a document of the library in a real browser, and what is taken from it. `watched` also fails a test when a
script of a document runs, or anything is asked of another host."""

from __future__ import annotations

import io
import re
from datetime import date
from urllib.parse import quote

import docx
import pytest
from pypdf import PdfReader
from running import ask, serving
from staff import NOTICE, Client, hire, signed_in
from test_documents_page import PHONE, press_until, printed, released, sound

READER = ".reader"


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    directory = tmp_path_factory.mktemp("reader")
    hire(directory)
    with serving(directory, {"SME_WORDS_ONLY": "1"}) as served:
        yield served


@pytest.fixture
def read(watched, page):
    """read("jingui-2024-13") → its page."""

    def open_document(address, shows=READER, **options):
        return watched(f"{page.url}/policy/{address}", shows=shows, **options)

    return open_document


def asked(page, address, client=None, language="zh"):
    status, headers, text = (client or Client(page.url)).ask(f"/policy/{address}", Accept_Language=language)
    return status, headers, text


def test_the_address_of_a_clause_leads_to_it(read):
    opened = read("jingui-2024-13#c-3-normal")
    clause = opened.locator("#c-3-normal")
    assert opened.evaluate("document.querySelector('.clause:target')?.id") == "c-3-normal"
    assert clause.bounding_box()["y"] < 900
    assert opened.inner_text(".outline a[aria-current]") == clause.locator("h3").inner_text() == "三 · 什么条件下续贷仍算正常类"
    assert "依法合规经营" in clause.inner_text()
    opened.click(".outline a[href='#c-7']")
    opened.wait_for_selector(".outline a[href='#c-7'][aria-current]")
    opened.keyboard.press("Home")
    opened.wait_for_selector(".outline a[href='#c-7']:not([aria-current])")


def test_what_holds_depends_on_the_day_looked_at(read):
    opened = read("jinban-2025-46?day=2025-12-31")
    assert opened.inner_text(".standing .badge >> nth=0") == "现行有效"
    assert opened.inner_text("#c-1 .badge") == "现行有效"
    assert "正在按 2025年12月31日 显示" in opened.inner_text(".notice")
    opened.fill("#day", "2026-01-01")
    opened.click("text=按这一天看")
    opened.wait_for_url("**day=2026-01-01")
    assert opened.inner_text(".standing .badge >> nth=0") == "部分条款已失效"
    assert opened.inner_text("#c-1 .badge") == "已失效"
    assert "已失效" in opened.inner_text(".outline li:has(a[href='#c-1'])")
    told = opened.get_attribute("#validity svg", "aria-label")
    assert "2025年5月7日发布" in told
    assert "只适用到2025年12月31日，已失效" in told
    opened.click("text=回到今天")
    opened.wait_for_url("**/policy/jinban-2025-46")


@pytest.mark.parametrize("day", ["2026-13-01", "gestern", "0001-01-01", "9999-12-31", "2026-1-1", "٢٠٢٦-٠١-٠١"])
def test_a_day_that_cannot_be_read_is_said_so(page, day):
    status, _, html = asked(page, f"jingui-2024-13?day={quote(day)}")
    assert status == 200
    assert "日期看不懂" in html
    assert f'value="{date.today()}"' in html


def test_citations_are_copied_and_the_copying_is_told(read):
    opened = read("jingui-2024-13")
    opened.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened.click("#c-3-normal .cite summary")
    opened.click("#c-3-normal button.copy >> nth=1")
    opened.wait_for_selector("#said:has-text('已复制')", state="attached")
    pasted = opened.evaluate("navigator.clipboard.readText()")
    assert pasted == opened.inner_text("#cite-3-normal-gbt7714")
    assert re.fullmatch(
        r"国家金融监督管理总局\. 国家金融监督管理总局关于做好续贷工作 提高小微企业金融服务水平的通知: 金规〔2024〕13号\[A\]\. 2024-09-24: "
        r"第三部分\. 转引自: 小微企业融资政策助手\. 2024年续贷通知（摘要）\[EB/OL\]\. \(2026-11-22\)\[\d{4}-\d\d-\d\d\]\. "
        r"http://127\.0\.0\.1:\d+/policy/jingui-2024-13#c-3-normal\.",
        pasted,
    )
    opened.click("#c-2 .copy-link")
    opened.wait_for_selector(".copy-link.done")
    assert opened.evaluate("navigator.clipboard.readText()").endswith("/policy/jingui-2024-13#c-2")



def test_everything_can_be_reached_without_javascript(read):
    opened = read("jingui-2024-13", java_script_enabled=False)
    opened.click("#c-2 .cite summary")
    assert "第二部分" in opened.inner_text("#cite-2-inline")
    assert opened.locator("button.copy:visible").count() == 0
    assert opened.locator("#c-2 a.tool").first.get_attribute("href") == "#c-2"
    opened.check("#c-2 input[name=clauses]")
    with opened.expect_download() as download:
        opened.click("text=导出 Word")
    assert download.value.suggested_filename.startswith("2024年续贷通知-")


def texts(document):
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def test_a_selection_is_exported_with_its_sources(read, page):
    opened = read("jinban-2025-46?day=2026-01-01")
    opened.check("#c-3 input[name=clauses]")
    opened.check("#c-6 input[name=clauses]")
    assert opened.inner_text("#picked") == "已选 2 条"
    found = {}
    for name, button in (("docx", "导出 Word"), ("pdf", "导出 PDF")):
        with opened.expect_download() as download:
            opened.click(f"text={button}")
        found[name] = download.value.path().read_bytes()
    word = docx.Document(io.BytesIO(found["docx"]))
    told = texts(word)
    assert "2025年贷款增速目标" in told
    assert "按所看的日期：已失效。" in told
    assert "融资协调工作机制" not in told  # 二（一） was not picked
    assert "转引自: 小微企业融资政策助手" in told
    assert ["文号", "金办发〔2025〕46号"] in [[cell.text for cell in row.cells] for row in word.tables[0].rows]
    printed_text = "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(found["pdf"])).pages)
    assert "2025年贷款增速目标" in re.sub(r"\s", "", printed_text)
    opened.check("#export input[name=all]")
    assert opened.inner_text("#picked") == "已选 9 条"


@pytest.mark.parametrize("query", ["clauses=nothing&format=docx", "format=exe", "clauses=1&format="])
def test_what_cannot_be_exported_is_said(page, query):
    status, _, html = asked(page, f"jinban-2025-46/export?{query}")
    assert status == 422
    assert "没有这些条款" in html


def test_clauses_may_be_named_in_one_word(page):
    status, headers, _ = asked(page, "jinban-2025-46/export?clauses=1,3&format=docx")
    assert (status, headers["cache-control"]) == (200, "no-store")
    assert "filename*=UTF-8''" in headers["content-disposition"]


def test_both_languages_stand_side_by_side_and_on_a_phone_below_one_another(read):
    opened = read("jingui-2024-13")
    opened.click("text=中英文对照")
    opened.wait_for_selector("#c-2 .both")
    left, right = (opened.locator("#c-2 .both > div").nth(n).bounding_box() for n in (0, 1))
    assert left["y"] == right["y"]
    assert left["x"] + left["width"] <= right["x"]
    assert opened.locator("#c-2 .both [lang=en]").count() >= 1
    phone = read("jingui-2024-13?both=1", **PHONE)
    upper, lower = (phone.locator("#c-2 .both > div").nth(n).bounding_box() for n in (0, 1))
    assert upper["y"] + upper["height"] <= lower["y"]


def test_relatives_stand_by_date_and_can_be_compared(read):
    opened = read("caijin-2026-4")
    items = opened.locator("#family .timeline > li").all_inner_texts()
    assert any("同一文件的另一份摘要" in item for item in items)
    assert any("它提到本文件" in item for item in items)
    assert opened.locator("#family li.here").count() == 1
    opened.click("#family >> text=逐条对照")
    opened.wait_for_selector(".differences")
    assert "对照的是本项目的摘要，不是原文" in opened.inner_text("main")
    size = read("enterprise-size")
    first = size.locator("#family .timeline > li").first
    assert "国经贸中小企〔2003〕143号" in first.inner_text()
    assert "被本文件取代" in first.inner_text()
    assert first.locator("a").count() == 0


def test_the_clauses_in_force_on_two_days_are_compared(read):
    opened = read("caijin-2025-81?day=2026-11-28")
    opened.click("#versions a")
    opened.wait_for_selector(".differences")
    assert "2025年12月31日 与 2026年11月28日" in opened.inner_text("main")
    changed = opened.locator(".differences li:has(.badge.changed)").first
    assert "100万元" in changed.locator("del").all_inner_texts()[2]  # the cap of 2025
    assert "1000万元" in changed.locator("ins").all_inner_texts()[4]


def test_a_document_leads_to_the_products_it_tells_of_and_to_drills_on_it(page):
    html = asked(page, "ccb-yunshuidai")[2]
    assert '<a class="tool" href="../products/compare?p=ccb-yunshuidai">看产品对比</a>' in html
    assert '<a class="tool" href="../training/choose?document=ccb-yunshuidai">做这份文件的练习题</a>' in html
    assert "products/compare" not in asked(page, "glossary")[2]


def test_numbers_of_documents_that_are_held_lead_to_them(page):
    html = asked(page, "jinfa-2025-21")[2]
    assert '<a href="../policy/caijin-2025-11">财金〔2025〕11号</a>' in html
    assert "来自<a href=\"../policy/reg-sme-payment-2025\">国务院令第802号</a>" in asked(page, "enterprise-size")[2]
    html = asked(page, "ip-finance")[2]  # 京金发〔2025〕210号 and 金发〔2025〕10号 are not 金发〔2025〕21号
    assert "jinfa-2025-21" not in html


@pytest.mark.parametrize("query", ["with=nothing", "with=jingui-2024-13", "first=gestern", "", "with="])
def test_nothing_to_compare_with_is_said(page, query):
    status, _, html = asked(page, f"jingui-2024-13/difference?{query}")
    assert status == 404
    assert "没有说明与哪一份文件对照" in html


@pytest.mark.parametrize("id", ["nothing", "没有的文件", "%3Cscript%3E", "upload-00000000000000000000000000000000"])
def test_an_unknown_document_is_said_to_be_missing_with_a_way_to_search(page, id):
    status, headers, html = asked(page, quote(id, safe="%"))
    assert status == 404
    assert "政策库里没有这个编号的文件" in html
    assert 'href="../library"' in html
    assert "<script>" not in html
    assert "noindex" in headers["x-robots-tag"]


def test_a_document_of_a_group_is_there_for_the_group_alone(page):
    id = released(page.url, "蓝鲸.txt", NOTICE.format(what="蓝鲸流水贷").encode(), "li", "台州银行")
    address = f"upload-{id}"
    member, outsider = signed_in(page.url, "li"), signed_in(page.url, "zhao")
    for below in ("", "/export?format=docx", "/difference?with=jingui-2024-13"):
        assert asked(page, address + below, member)[0] == 200
        assert asked(page, address + below, outsider)[0] == 404
        assert asked(page, address + below)[0] == 404
    assert "蓝鲸" not in asked(page, f"jingui-2024-13/difference?with={address}")[2]
    assert "蓝鲸" in asked(page, address, member)[2]


def tabled(text):
    """A Word file that ends with a table."""
    document, made = docx.Document(), io.BytesIO()
    for line in text.strip().splitlines():
        document.add_paragraph(line)
    document.add_paragraph("附件：额度表")
    table = document.add_table(3, 2)
    for row, cells in enumerate((("档次", "额度"), ("小型企业", "300万元"), ("微型企业", "200万元"))):
        for column, cell in enumerate(cells):
            table.cell(row, column).text = cell
    document.save(made)
    return made.getvalue()


def test_an_original_with_its_pages_its_table_and_its_versions(read, page, browser):
    first = released(page.url, "海棠.pdf", printed(browser, NOTICE.format(what="海棠贷")))
    opened = read(f"upload-{first}")
    assert opened.inner_text(".standing .badge >> nth=1") == "发布原文"
    assert "本项目摘要" not in opened.inner_text("#facts")
    assert "转引自" not in opened.text_content("#cite-2-gbt7714")
    opened.click("#c-2 a.tool:has-text('原文第 1 页')")
    opened.wait_for_selector("rect.mark", state="attached")
    worker = signed_in(page.url, "wangfang")
    text = NOTICE.format(what="海棠贷").replace("300万元", "500万元")
    second = worker.add("海棠.docx", tabled(text), X_Replaces=first)[1]["id"]
    worker.settled(second)
    assert worker.ask(f"/documents/{second}/release", {"form_token": worker.token(), "confirmed": "yes"})[0] == 303
    html = asked(page, f"upload-{second}", worker)[2]
    assert f"documents/difference?old={first}&amp;new={second}" in html
    assert "<th scope=\"col\">档次</th>" in html
    assert "documents/difference" not in asked(page, f"upload-{second}")[2]
    assert asked(page, f"upload-{first}")[0] == 404  # it was replaced


def test_reading_citing_and_exporting_need_only_a_keyboard(read):
    opened = read("jingui-2024-13")
    press_until(opened, "#day")
    press_until(opened, ".outline a[href='#c-2']")
    opened.keyboard.press("Enter")
    opened.wait_for_url("**#c-2")
    press_until(opened, "#c-2 input[name=clauses]")
    opened.keyboard.press("Space")
    press_until(opened, "#c-2 .cite summary")
    opened.keyboard.press("Enter")
    press_until(opened, "#c-2 button.copy")
    opened.keyboard.press("Enter")
    opened.wait_for_selector("#said:not(:empty)", state="attached")
    press_until(opened, "#export button[value=pdf]")
    with opened.expect_download() as download:
        opened.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".pdf")


def test_on_paper_there_are_clauses_sources_address_and_day_and_no_navigation(read):
    opened = read("jingui-2024-13?day=2026-01-02")
    opened.emulate_media(media="print")
    for hidden in ("header", ".outline", ".choosing", "#exporting", "#family", ".tools >> nth=0"):
        assert not opened.is_visible(hidden)
    assert opened.is_visible("#c-2 .text")
    assert opened.locator("section.printed li").count() == opened.locator("article.clause").count()
    foot = opened.inner_text(".printed.foot")
    assert "/policy/jingui-2024-13?day=2026-01-02" in foot
    assert "2026年1月2日" in foot


def test_a_source_in_the_chat_leads_to_its_clause_in_the_library(watched, page):
    visitor = watched(page.url)
    ask(visitor, "金规〔2024〕13号第三条怎么规定续贷的风险分类？")
    link = visitor.locator("#source-1-1 a.library")
    with visitor.context.expect_page() as opening:
        link.click()
    opened = opening.value
    opened.wait_for_selector(".clause:target")
    assert "风险分类" in opened.inner_text(".clause:target")


@pytest.mark.parametrize("screen", [{}, PHONE, {"color_scheme": "dark"}], ids=["desk", "phone", "dark"])
def test_every_page_is_accessible_and_fits_the_screen(read, page, screen):
    opened = read("startup-guarantee-loan?lang=zh#c-old-2020", **screen)
    opened.click("#c-old-2020 .cite summary")
    opened.check("#c-old-2020 input[name=clauses]")
    sound(opened)
    shown = {"jingui-2024-13?both=1&lang=en&day=2024-01-01": READER, "caijin-2026-4/difference?with=sub-zhongxiaowei-tiexi": ".differences",
             "caijin-2025-81/difference?first=2025-12-31": "main form"}  # fmt: skip
    for address, shows in shown.items():
        opened.goto(f"{page.url}/policy/{address}")
        opened.wait_for_selector(shows)
        sound(opened)
