"""Keeping documents in a real browser: from files to answers that cite them. `watched` also fails a test when a script
of a document runs, or the browser has to keep one from running."""

from __future__ import annotations

import http.client
import io
import re

import docx
import pytest
from axe_playwright_python.sync_playwright import Axe
from pypdf import PdfReader
from running import ROOT, ask, serving
from staff import NOTICE, PASSWORD, Client, hire, signed_in

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
SMALL = ROOT / "tests" / "small_corpus"


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    directory = tmp_path_factory.mktemp("documents")
    hire(directory)
    with serving(directory, {"SME_WORDS_ONLY": "1", "SME_CORPUS_DIR": str(SMALL)}) as served:
        yield served


@pytest.fixture
def at_work(watched, page):
    """at_work("li") → their list of documents, signed in by the form."""

    def open_list(name, **options):
        opened = watched(f"{page.url}/sign-in", shows="#name", **options)
        opened.fill("#name", name)
        opened.fill("#password", PASSWORD)
        opened.click("main button")
        opened.wait_for_selector("#uploads")
        return opened

    return open_list


def printed(browser, text):
    """A PDF as Chromium prints it: a title in the middle, then paragraphs."""
    lines = [line for line in text.splitlines() if line.strip()]
    body = f"<h1>{lines[0]}</h1>" + "".join(f"<p>{line}</p>" for line in lines[1:-2])
    body += "".join(f"<p class=end>{line}</p>" for line in lines[-2:])
    sheet = browser.new_page()
    style = "body { font: 14pt/1.8 serif } h1 { text-align: center } p { text-indent: 2em } .end { text-align: right }"
    sheet.set_content(f"<style>{style}</style>{body}")
    made = sheet.pdf(format="A4")
    sheet.close()
    return made


def place(pdf, words):
    """Where words stand on the first page of a PDF, as a share of its height from above, as pypdf tells."""
    page, found = PdfReader(io.BytesIO(pdf)).pages[0], []

    def look(text, whole, matrix, *_):
        if words in text:
            found.append(1 - (matrix[5] * whole[3] + whole[5]) / float(page.mediabox.height))

    page.extract_text(visitor_text=look)
    (share,) = found
    return share


def written(text):
    """A Word file."""
    document, made = docx.Document(), io.BytesIO()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(made)
    return made.getvalue()


def released(url, name, content, who="wangfang", group=""):
    """Added, read and released by requests alone; the id."""
    worker = signed_in(url, who)
    status, told = worker.add(name, content, group)
    assert status == 201, told
    worker.settled(told["id"])
    status, headers, text = worker.ask(f"/documents/{told['id']}/release", {"form_token": worker.token()})
    assert (headers["location"] or "").endswith("?done=released"), text
    return told["id"]


def test_three_files_from_upload_to_a_cited_original(at_work, watched, browser, page):
    opened, sheet = at_work("wangfang"), printed(browser, NOTICE.format(what="橘灯设备贷"))
    opened.set_input_files(
        "#files",
        [
            {"name": "橘灯.pdf", "mimeType": "application/pdf", "buffer": sheet},
            {"name": "红杉.docx", "mimeType": "", "buffer": written(NOTICE.format(what="红杉订单贷"))},
            {"name": "../../白帆.txt", "mimeType": "text/plain", "buffer": NOTICE.format(what="白帆外贸贷").encode("gb18030")},
        ],
    )
    opened.click(".add button")
    opened.locator(".sending .soft").nth(2).wait_for()
    opened.locator("#state-review .card").nth(2).wait_for()  # by itself, once it was read
    assert opened.locator("#state-working").count() == 0
    assert "白帆.txt" in opened.inner_text("#state-review")
    assert ".." not in opened.inner_text("#state-review")

    with opened.expect_response(lambda answer: answer.url.endswith("page-1.png")) as picture:
        opened.click("text=橘灯设备贷")
    assert picture.value.body().startswith(b"\x89PNG")
    opened.wait_for_selector("#clauses")
    report = opened.inner_text("#report")
    assert re.search(r"格式\s*PDF", report)
    assert re.search(r"页数\s*1\b", report)
    assert opened.input_value("#title") == "关于开展橘灯设备贷的通知"
    assert opened.input_value("#issued") == "2026-02-10"
    assert "本通知自2026年3月1日起施行" in opened.inner_text("#about")  # the evidence
    opened.click(".clauses a[data-clause='2']")
    opened.wait_for_selector("#picture rect.mark", state="attached")
    assert "已标出 二" in opened.get_attribute("#picture svg", "aria-label")

    opened.fill("#effective", "2026-02-01")
    opened.click("text=保存更正")
    opened.wait_for_selector(".notice.good")
    assert opened.input_value("#effective") == "2026-02-01"
    assert "已人工更正" in opened.inner_text(".field:has(#effective)")
    opened.click("#actions button:has-text('发布')")
    opened.wait_for_selector(".notice.good:has-text('已发布')")
    assert "已发布" in opened.inner_text(".badge.state-released")

    visitor = watched(page.url)  # nobody: it was released for everybody
    ask(visitor, "台州的橘灯设备贷单户额度最高多少？")
    assert "300万元" in visitor.inner_text("#turn-1 .text")
    source = visitor.locator("#source-1-1")
    assert "原文" in source.locator(".badges").inner_text()
    with visitor.context.expect_page() as opening:
        source.locator("a.original").first.click()
    original = opening.value
    original.wait_for_selector("rect.mark", state="attached")
    height = float(original.get_attribute("svg.sheet", "viewBox").split()[3])
    marks = original.locator("rect.mark").all()
    reach = [(float(m.get_attribute("y")) / height, float(m.get_attribute("height")) / height) for m in marks]
    assert any(y <= place(sheet, "单户额度最高") <= y + tall for y, tall in reach)
    assert not any(y <= place(sheet, "营业执照") <= y + tall for y, tall in reach)
    assert "300万元" in original.inner_text("main section")
    assert original.locator("header .plain").count() == 0
    assert "原文" in visitor.locator("#source-1-1 button.copy").get_attribute("data-copy")
    original.click("a.language")
    original.wait_for_selector("html[lang=en]")
    original.wait_for_selector("rect.mark", state="attached")  # what was asked for is still shown


def test_a_group_alone_sees_and_is_answered_from_its_documents(at_work, watched, browser, page):
    id = released(page.url, "蓝鲸.pdf", printed(browser, NOTICE.format(what="蓝鲸流水贷")), "li", "台州银行")
    question = "台州的蓝鲸流水贷单户额度最高多少？"
    inside = at_work("li")
    inside.click("text=回到问答")
    inside.wait_for_selector("#head .staff:has-text('li')")
    ask(inside, question)
    assert inside.locator(f"a.original[href*='{id}']").count() >= 1
    receipt = inside.get_attribute("#turn-1 .receipt", "href")
    for other in (at_work("zhao"), watched(page.url)):
        other.goto(page.url)
        other.wait_for_selector("#question textarea")
        ask(other, question)
        assert "蓝鲸流水贷单户" not in other.inner_text("#turn-1 .reply")
        assert other.locator("a.original[href*='" + id + "']").count() == 0
    member, outsider, stranger = signed_in(page.url, "li"), signed_in(page.url, "zhao"), Client(page.url)
    path = f"/original/{id}"
    for client, statuses in ((member, (200, 200, 200)), (outsider, (404, 404, 404)), (stranger, (303, 404, 404))):
        seen = tuple(client.ask(p)[0] for p in (path, f"{path}/page-1.png", f"/{receipt}"))
        assert seen == statuses
    assert outsider.ask(f"/documents/{id}")[0] == 404
    assert "蓝鲸" not in outsider.ask("/documents")[2]
    for action in ("correct", "product", "release", "retire", "again", "delete"):
        sent = {"form_token": outsider.token(), "confirmed": "yes", "title": "x"}
        assert outsider.ask(f"/documents/{id}/{action}", sent)[0] == 404
    assert outsider.ask(f"/documents/difference?old={id}&new={id}")[0] == 404
    assert outsider.add("x.txt", b"text", X_Replaces=id)[0] in (403, 404)
    door_groups = [("台州银行", 403), ("", 403), ("没有的机构", 403)]
    assert [outsider.add("x.txt", b"text", group)[0] for group, _ in door_groups] == [s for _, s in door_groups]


def test_staff_may_see_but_not_change_what_is_for_everybody(page):
    id = released(page.url, "公开.txt", NOTICE.format(what="松塔贷").encode())
    worker = signed_in(page.url, "li")
    status, _, html = worker.ask(f"/documents/{id}")
    assert status == 200
    assert "/release" not in html
    assert 'id="title"' not in html
    for action in ("correct", "release", "give", "retire", "again", "delete"):
        assert worker.ask(f"/documents/{id}/{action}", {"form_token": worker.token(), "confirmed": "yes"})[0] == 403
    assert "请管理员把您加入机构" in signed_in(page.url, "qian").ask("/documents", Accept_Language="zh")[2]


def test_what_was_for_everybody_is_given_to_one_group_alone(page):
    id = released(page.url, "改给.txt", NOTICE.format(what="榛子贷").encode())
    administrator, member, other = (signed_in(page.url, name) for name in ("wangfang", "li", "zhao"))
    assert other.ask(f"/documents/{id}")[0] == 200
    form = {"form_token": administrator.token(), "give": "台州银行"}
    assert administrator.ask(f"/documents/{id}/give", form)[1]["location"].endswith("?done=given")
    assert "台州银行" in administrator.ask(f"/documents/{id}")[2]
    assert member.ask(f"/documents/{id}")[0] == 200
    assert other.ask(f"/documents/{id}")[0] == 404
    # Staff give what is theirs to groups of their own alone, and nobody gives to a group there is none of.
    assert member.ask(f"/documents/{id}/give", {"form_token": member.token(), "give": "杭州农信"})[0] == 422
    assert administrator.ask(f"/documents/{id}/give", {**form, "give": "台州银杏"})[0] == 422
    assert other.ask(f"/documents/{id}")[0] == 404


EVIL = "<img src=x onerror=alert(1)><script>window.hit=1;alert(2)</script><svg/onload=alert(3)>\"'><a href=javascript:alert(4)>x</a>"


def test_nothing_that_a_document_says_is_ever_run(at_work, watched, page):
    name = f"{EVIL}.txt"
    text = NOTICE.format(what="鸢尾贷").replace("购买设备", f"购买设备{EVIL}").replace("关于开展", f"关于{EVIL}开展")
    worker = signed_in(page.url, "wangfang")
    status, told = worker.add(name, text.encode())
    assert status == 201
    id = told["id"]
    worker.settled(id)
    opened = at_work("wangfang")
    opened.goto(f"{page.url}/documents/{id}?clause={EVIL}&page={EVIL}&done={EVIL}&lang=zh")
    opened.wait_for_selector("#clauses")
    for field in ("title", "document_number", "issuers", "supersedes", "topics"):
        opened.fill(f"#{field}", EVIL[:75])  # no field but the title takes more
    opened.fill("#region", "浙江省台州市")
    opened.click("text=保存更正")
    opened.wait_for_selector(".notice")
    shown = opened.inner_text("main")
    assert "onerror=alert(1)" in shown  # as text, in all its ugliness
    if opened.locator("#actions button:has-text('发布')").count():
        opened.click("#actions button:has-text('发布')")
        opened.wait_for_selector(".notice")
    second = worker.add("新.txt", text.replace("300万元", f"500万元{EVIL}").encode(), X_Replaces=id)
    newer = second[1].get("id", id)
    worker.settled(newer)
    for address in ("/documents", f"/documents/{id}", f"/documents/difference?old={id}&new={newer}",
                    f"/original/{id}?clause=1&page=1&part=0-5", f"/documents/{id}/delete"):  # fmt: skip
        opened.goto(page.url + address)
        opened.wait_for_selector("main h1")
        opened.wait_for_timeout(200)
        assert opened.evaluate("window.hit") is None
        assert opened.locator("main img, main script, main a[href^=javascript]").count() == 0
    opened.goto(page.url)
    opened.wait_for_selector("#question textarea")
    ask(opened, "台州的鸢尾贷面向什么企业，贷款用途是什么？")
    assert opened.evaluate("window.hit") is None
    assert opened.locator("#conversation img, #sources img, #sources a[href^=javascript]").count() == 0


def test_an_address_that_is_no_web_address_is_refused_in_words(at_work, page):
    worker = signed_in(page.url, "wangfang")
    id = worker.add("网址.txt", NOTICE.format(what="银杏贷").encode())[1]["id"]
    worker.settled(id)
    form = {"form_token": worker.token(), "official_url": "javascript:alert(1)", "issued": "2026年2月31日", "title": ""}
    status, _, html = worker.ask(f"/documents/{id}/correct", form, Accept_Language="zh")
    assert status == 422
    for said in ("网址要以 http:// 或 https:// 开头", "日期看不懂", "有 3 项要改", 'aria-invalid="true"', "2026年2月31日"):
        assert said in html
    assert "javascript:" not in worker.ask(f"/documents/{id}")[2]
    form = {"form_token": worker.token(), "effective": "2026-05-01", "expires": "2026-04-01"}
    status, _, html = worker.ask(f"/documents/{id}/correct", form, Accept_Language="zh")
    assert status == 422
    assert "最后一天早于施行日期" in html


SHEET = """台州银行橘灯小微贷产品说明

一、产品特点

橘灯小微贷是台州银行面向小微企业的信用贷款，最高额度300万元，贷款期限最长3年，年利率3.45%起。

二、申请条件

企业成立满2年；从业人员不超过50人。

三、还款方式

还款方式为等额本息。
"""


def test_the_draft_of_a_product_is_corrected_and_confirmed_by_a_person(at_work, page):
    worker = signed_in(page.url, "wangfang")
    id = worker.add("产品.docx", written(SHEET))[1]["id"]
    worker.settled(id)
    opened = at_work("wangfang")
    opened.goto(f"{page.url}/documents/{id}")
    opened.wait_for_selector("#product")
    amount = opened.locator("fieldset:has-text('最高额度（万元）')")
    assert amount.locator("input").first.input_value() == "300"
    assert "最高额度300万元" in amount.inner_text()
    amount.locator("input").first.fill("250")
    rate = opened.locator("fieldset:has-text('年利率（%）')")
    rate.locator("input[type=checkbox]").uncheck()
    sound(opened)
    opened.check("#confirmed")
    opened.click("text=确认产品条件")
    opened.wait_for_selector(".notice.good")
    amount = opened.locator("fieldset:has-text('最高额度（万元）')")
    assert amount.locator("input").first.input_value() == "250"
    assert opened.locator("fieldset:has-text('年利率（%）')").count() == 0
    form = {"form_token": worker.token(), "confirmed": "yes", "product.terms.0.keep": "yes", "product.terms.0.value": "viel"}
    assert worker.ask(f"/documents/{id}/product", form)[0] == 422
    assert worker.ask(f"/documents/{id}/product", {"form_token": worker.token()})[0] == 422


def test_a_new_version_is_compared_and_takes_the_place_of_the_old(at_work, watched, page):
    text = NOTICE.format(what="海棠贷")
    id = released(page.url, "海棠.txt", text.encode())
    opened = at_work("wangfang")
    opened.goto(f"{page.url}/documents/{id}")
    newer = text.replace("最高300万元", "最高500万元").replace("三、申请材料", "三、贴息\n\n按贷款利率的一半贴息。\n\n四、申请材料")
    newer = newer.replace("四、施行日期", "五、施行日期")
    opened.set_input_files("#files", [{"name": "海棠2.txt", "mimeType": "text/plain", "buffer": newer.encode()}])
    opened.click(".send button")
    opened.wait_for_url("**/documents/*?done=added")
    opened.wait_for_selector("#versions")
    assert id not in opened.url
    opened.wait_for_selector("#actions button:has-text('发布')")  # by itself, once it was read
    opened.click("#versions button")
    opened.wait_for_selector(".differences")
    assert re.search(r"改动 \d+ 条", opened.inner_text("main"))
    changed = opened.locator(".differences li:has(.badge.changed)").first
    assert "300" in "".join(changed.locator("del").all_inner_texts())
    assert "500" in "".join(changed.locator("ins").all_inner_texts())
    assert "按贷款利率的一半贴息" in opened.inner_text(".differences li:has(.badge.added)")
    opened.go_back()
    opened.click("#actions button:has-text('发布')")
    opened.wait_for_selector(".notice.good:has-text('已发布')")
    visitor = watched(page.url)
    ask(visitor, "台州的海棠贷单户额度最高多少？")
    assert "500万元" in visitor.inner_text("#turn-1 .text")
    assert "海棠贷单户额度最高300万元" not in visitor.inner_text("#turn-1 .reply")
    opened.goto(f"{page.url}/documents/{id}")
    assert "已停用" in opened.inner_text(".about")


def test_deleting_is_asked_about_and_final(at_work, page):
    id = released(page.url, "删.txt", NOTICE.format(what="芦苇贷").encode())
    opened = at_work("wangfang")
    opened.goto(f"{page.url}/documents/{id}")
    opened.click("a.danger")
    opened.wait_for_selector("#confirmed")
    assert "芦苇贷" in opened.inner_text("main")
    worker = signed_in(page.url, "wangfang")
    assert worker.ask(f"/documents/{id}/delete", {"form_token": worker.token()})[0] == 422
    assert worker.ask(f"/documents/{id}")[0] == 200
    opened.check("#confirmed")
    opened.click("main button.danger")
    opened.wait_for_selector("#uploads")
    assert opened.locator(f"#upload-{id}").count() == 0
    assert worker.ask(f"/documents/{id}")[0] == 404


def test_what_cannot_be_read_is_told_in_words(page, at_work):
    worker = signed_in(page.url, "wangfang")
    id = worker.add("坏.pdf", b"%PDF-1.7\nnothing of the kind")[1]["id"]
    worker.settled(id)
    assert worker.add("空.txt", b"")[1]["problem"]
    opened = at_work("wangfang")
    assert opened.locator(f"#state-failed #upload-{id} .problem").inner_text()
    once, again = (worker.add("同.txt", NOTICE.format(what="同一贷").encode()) for _ in range(2))
    assert (once[0], again[0]) == (201, 409)
    assert "同.txt" in again[1]["problem"]


def test_a_file_larger_than_allowed_is_refused_before_it_is_read(tmp_path):
    hire(tmp_path)
    with serving(tmp_path, {"SME_WORDS_ONLY": "1", "SME_CORPUS_DIR": str(SMALL), "SME_UPLOAD_MB": "1"}) as served:
        worker = signed_in(served.url, "wangfang")
        token, cookie = worker.token(), f"sme-session={worker.session()}"
        told = {"Origin": served.url, "Cookie": cookie, "X-Form-Token": token, "X-File-Name": "large.txt"}
        for announced in (True, False):
            connection = http.client.HTTPConnection(served.url.removeprefix("http://"), timeout=30)
            connection.putrequest("POST", "/documents/add")
            for name, value in told.items():
                connection.putheader(name, value)
            if announced:  # told by its announced length: not a byte of it is read
                connection.putheader("Content-Length", "1000001")
                connection.endheaders()
            else:
                connection.putheader("Transfer-Encoding", "chunked")
                connection.endheaders()
                connection.send(b"f424a\r\n" + b"a" * 0xF424A + b"\r\n0\r\n\r\n")
            assert connection.getresponse().status == 413
            connection.close()
        assert '"working":[]' in worker.ask("/documents/news")[2]
        assert worker.add("small.txt", NOTICE.format(what="小").encode())[0] == 201


def press_until(opened, selector, most=150):
    """Tab on until something has the focus."""
    for _ in range(most):
        opened.keyboard.press("Tab")
        if opened.evaluate("selector => document.activeElement?.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached with the keyboard")


def test_signing_in_reviewing_and_releasing_need_only_a_keyboard(watched, page, browser):
    worker = signed_in(page.url, "wangfang")
    id = worker.add("键盘.pdf", printed(browser, NOTICE.format(what="键盘贷")))[1]["id"]
    worker.settled(id)
    opened = watched(f"{page.url}/sign-in", shows="#name")
    press_until(opened, "#name")
    opened.keyboard.type("wangfang")
    press_until(opened, "#password")
    opened.keyboard.type(PASSWORD)
    opened.keyboard.press("Enter")
    opened.wait_for_selector("#uploads")
    press_until(opened, f"#upload-{id} a")
    opened.keyboard.press("Enter")
    opened.wait_for_selector("#clauses")
    press_until(opened, ".clauses a[data-clause='2']")
    opened.keyboard.press("Enter")
    opened.wait_for_selector("#picture rect.mark", state="attached")
    press_until(opened, "#actions form[action$='/release'] button")
    opened.keyboard.press("Enter")
    opened.wait_for_selector(".notice.good:has-text('已发布')")
    press_until(opened, "header .plain")
    opened.keyboard.press("Enter")
    opened.wait_for_selector("#name")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("screen", [{}, PHONE, {"color_scheme": "dark"}], ids=["desk", "phone", "dark"])
def test_every_page_is_accessible_and_fits_the_screen(at_work, watched, page, browser, language, screen, request):
    worker = signed_in(page.url, "wangfang")
    title = f"合欢{request.node.callspec.id}贷"
    text = NOTICE.format(what=title)
    worker.add("坏.pdf", b"%PDF-1.7\n" + request.node.callspec.id.encode())
    old = released(page.url, "合欢.pdf", printed(browser, text))
    new = worker.add("合欢2.pdf", printed(browser, text.replace("300", "400")), X_Replaces=old)[1]["id"]
    worker.settled(new)
    opened = at_work("wangfang", **screen)
    for address in (f"/documents?lang={language}", f"/documents/{new}?page=1&clause=2", f"/documents/{old}", f"/documents/{old}/delete",
                    f"/documents/difference?old={old}&new={new}", f"/original/{old}?page=1&clause=2&part=0-10"):  # fmt: skip
        opened.goto(page.url + address)
        opened.wait_for_selector("main h1")
        sound(opened)
    away = watched(f"{page.url}/sign-in?lang={language}", shows="#name", **screen)
    sound(away)


def sound(opened):
    """Nothing that axe-core finds wrong, and no need to scroll sideways."""
    found = Axe().run(opened).response["violations"]
    assert [(v["id"], [n["html"][:200] for n in v["nodes"]]) for v in found] == []
    assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth")
