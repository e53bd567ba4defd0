"""The receipt an answer links to: shown and printed on one sheet, checked, and closed to whoever has no number."""

from __future__ import annotations

import io
import json
import re
import sqlite3
import unicodedata
import urllib.error
import urllib.request

import pytest
from pypdf import PdfReader
from running import ask
from samples import an_answer, citation

from assistant.records.receipt import FORMAT, new_id
from assistant.records.recorder import Recorder, Surface
from assistant.records.replay import ClauseChange
from assistant.records.seal import canonical, digest, make_seal
from assistant.records.settings import RecordSettings
from assistant.records.store import RecordStore, Row
from assistant.records.verify import Checked, check
from assistant.texts import record_texts
from assistant.ui.receipt_page import Seen, receipt_html
from assistant.ui.receipt_route import receipts_of
from index.types import Language

ZH, EN = record_texts(Language.ZH), record_texts(Language.EN)
EVIL = "<img src=x onerror=alert(1)>\"'&</blockquote><script>alert(2)</script>"


def a_record(answer, question="能续贷吗", context=()):
    """A record as the recorder makes them, without an index."""
    told = answer.to_json()
    told.pop("timings_ms")
    return {
        "format": FORMAT, "receipt": new_id(), "time": "2026-11-23T16:30:00+00:00", "surface": "page",
        "question": {"text": question, "context": list(context), "language": None, "as_of": "2026-11-23"},
        "answer": told, "clauses": {"cited": [], "considered": []}, "topic": None,
        "corpus": {"digest": "c" * 64, "rules": "r" * 64, "documents": 120},
        "versions": {"assistant": "0.1.0", "code": "d" * 64, "python": "3.11.7", "packages": {"jieba": "0.42.1"},
                     "format": 2, "splitter": "2", "encoder": None, "settings": {}},
    }  # fmt: skip


def page(record, words=ZH, changed=(), changes=(), days=180):
    return receipt_html(Seen(record.get("receipt", "x"), Checked(record, tuple(changed)), changes, days), words)


@pytest.mark.parametrize("words", [ZH, EN], ids=["zh", "en"])
def test_everything_is_on_the_page_in_words(words):
    html = page(a_record(an_answer(), context=("前一问",)), words)
    shown = re.sub(r"<[^>]+>", "", html)
    for told in ("能续贷吗", "前一问", "可以续贷。", "金规〔2024〕13号", "先申请，后续贷。", "2026-11-24 00:30:00",
                 "2026-11-23", "cccccccccccc", "dddddddddddd", "jieba 0.42.1", words("verified.untouched")):  # fmt: skip
        assert told in shown, told


def test_no_text_of_a_record_becomes_html():
    cited = citation(title=EVIL, document_number=EVIL, clause=EVIL, heading=EVIL, quote=EVIL * 2, spans=((0, 9),))
    assessment = {
        "size_class": EVIL, "profile": [{"label": EVIL, "value": EVIL}],
        "candidates": [{"id": "a", "name": EVIL, "standing": "eligible"}],
        "findings": [{"candidate": "a", "verdict": "met", "condition": EVIL}],
    }  # fmt: skip
    record = a_record(an_answer(text=EVIL, citations=(cited,), assessment=assessment), EVIL, (EVIL,))
    record["versions"] |= {"python": EVIL, "encoder": EVIL, "packages": {EVIL: EVIL}}
    for html in (page(record), page(record, changed=(EVIL,)), page(record | {"receipt": EVIL})):
        assert "<img" not in html
        assert "alert(2)</script>" not in html
        assert not re.search(r"<[^>]*\sonerror=", re.sub(r'"[^"]*"', '""', html))


def test_a_clause_that_has_changed_since_says_so():
    change = ClauseChange("d#2", gone=False)
    assert "此后已修改" in page(a_record(an_answer()), changes=(change,))
    assert "此后已修改" not in page(a_record(an_answer()))


def test_what_the_rules_found_stands_beside_each_candidate():
    assessment = {
        "size_class": "微型", "profile": [{"label": "从业人员", "value": "15人"}],
        "candidates": [{"id": "a", "name": "续贷", "standing": "open"}, {"id": "b", "name": "贴息", "standing": "eligible"}],
        "findings": [
            {"candidate": "a", "verdict": "met", "condition": "小微企业"},
            {"candidate": "a", "verdict": "unknown", "condition": "没有欠息"},
        ],
    }  # fmt: skip
    shown = re.sub(r"<[^>]+>", "\n", page(a_record(an_answer(assessment=assessment))))
    assert "续贷：还差信息（✓ 小微企业；？ 没有欠息）" in shown
    assert "贴息：目前符合\n" in shown
    assert "读到的情况：从业人员 15人" in shown


def test_a_changed_record_names_its_parts_in_words():
    html = page(a_record(an_answer()), changed=("answer", "clauses", "whatever"))
    assert "改动在：回答、条款、其他内容" in html
    assert ZH("verified.untouched") not in html


@pytest.mark.parametrize(
    "spoil",
    [
        lambda record: record.pop("answer"),
        lambda record: record["answer"].update(citations="x"),
        lambda record: record["answer"].update(claims=7),
        lambda record: record.update(time="gestern"),
        lambda record: record.update(versions=None),
        lambda record: record["answer"].update(citations=[{"n": "1<b>"}]),
        lambda record: record.clear(),
    ],
)
def test_a_forged_record_of_any_shape_is_shown_as_changed(spoil):
    record = a_record(an_answer())
    spoil(record)
    html = page(record, changed=("answer",))
    assert "被改动过" in html
    assert ZH("verified.unreadable") in html


def test_every_single_value_changed_in_the_database_shows_on_the_page(tmp_path):
    """The page and the command share one check; here the page is asked, value by value."""
    record = a_record(an_answer())
    record["clauses"]["cited"] = [{"clause": "d#2", "digest": digest("先申请，后续贷。")}]
    seal = make_seal(tmp_path)
    id = record["receipt"]
    seals = canonical({"key": seal.name, "parts": seal.parts(id, record)})

    def shown(text):
        return receipt_html(Seen(id, check(Row(id, record["time"], text, seals), seal), (), 180), ZH)

    text = canonical(record)
    assert "被改动过" not in shown(text)
    values = list(re.finditer(r'(?<=:)("(?:[^"\\]|\\.)*"|\d+|null)', text))
    assert len(values) > 40
    for value in values:
        other = '"x"' if value[0] != '"x"' else '"y"'
        assert "被改动过" in shown(text[: value.start()] + other + text[value.end() :]), value


# --- served -----------------------------------------------------------------------------------------


def fetch(url):
    try:
        with urllib.request.urlopen(url, timeout=30) as response:
            return response.status, response.headers, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()


def receipt_of(page_, served, turn=1):
    target = page_.get_attribute(f"#turn-{turn} a.receipt", "href")
    return f"{served.url}/{target}"


@pytest.fixture(scope="module")
def link(browser, served):
    """The address of the receipt of a typical answer."""
    context = browser.new_context(locale="zh-CN")
    page_ = context.new_page()
    page_.goto(served.url)
    page_.wait_for_selector("#head h1")
    ask(page_, "贷款快到期了怎么办")
    found = receipt_of(page_, served)
    context.close()
    return found


def test_an_answer_leads_to_its_receipt_in_a_window_of_its_own(visit, served):
    page_ = visit()
    ask(page_, "个人创业担保贷款最高能贷多少")
    with page_.context.expect_page() as opened:
        page_.click("a.receipt")
    receipt = opened.value
    receipt.wait_for_load_state()
    assert receipt.inner_text("h1") == "回答记录"
    assert "个人创业担保贷款最高能贷多少" in receipt.inner_text("main")
    assert "30万元" in receipt.inner_text(".answer")
    assert "没有改动" in receipt.inner_text(".verdict.good")
    number = re.search(r"[a-z2-7]{26}", receipt.url)[0]
    assert number in receipt.inner_text(".number")
    assert receipt.is_visible("button.print")
    receipt.click(".actions a")
    assert receipt.inner_text("h1") == "Record of an answer"
    assert receipt.evaluate("document.documentElement.scrollWidth") <= 1280


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_typical_answer_is_printed_on_one_sheet_of_a4(browser, served, link, lang):
    context = browser.new_context()
    page_ = context.new_page()
    page_.goto(re.sub(r"lang=\w+", f"lang={lang}", link))
    sheets = PdfReader(io.BytesIO(page_.pdf(prefer_css_page_size=True))).pages
    context.close()
    assert len(sheets) == 1
    width, height = (float(side) / 72 * 25.4 for side in sheets[0].mediabox[2:])
    assert (round(width), round(height)) == (210, 297)
    # Fonts lead some characters back to their look-alikes among the radicals; the usual normalisation undoes that.
    assert "金规" in unicodedata.normalize("NFKC", sheets[0].extract_text())


def test_a_receipt_fits_a_phone(browser, link):
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page_ = context.new_page()
    page_.goto(link)
    assert page_.evaluate("document.documentElement.scrollWidth") <= 390
    assert page_.evaluate("document.querySelector('.actions a').getBoundingClientRect().height") >= 44
    context.close()


def test_a_receipt_is_kept_by_no_cache_and_no_search_engine_and_loads_nothing_from_elsewhere(link):
    status, headers, html = fetch(link)
    assert status == 200
    assert headers["cache-control"] == "no-store"
    assert headers["x-robots-tag"] == "noindex, nofollow"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in headers["content-security-policy"]
    assert " style=" not in html
    assert '<meta name="robots" content="noindex, nofollow">' in html


@pytest.mark.parametrize(
    "path", ["/receipt/", "/receipt/short", "/receipt/" + "A" * 26, "/receipt/" + "a" * 26 + "/x", "/receipt/../records.key",
             "/records.sqlite3", "/receipt/" + "a" * 25 + "%27"]
)  # fmt: skip
def test_what_is_no_number_is_not_there(served, path):
    status, _, text = fetch(served.url + path)
    assert (status, text) == (404, "Not found")


def test_an_unknown_number_is_told_in_words(served):
    status, headers, html = fetch(f"{served.url}/receipt/{'a' * 26}")
    assert status == 404
    assert headers["cache-control"] == "no-store"
    assert "没有这份回答记录" in html
    assert "There is no such record" in fetch(f"{served.url}/receipt/{'a' * 26}?lang=en")[2]


def test_a_language_that_is_none_is_that_of_the_answer(link):
    assert "<h1>回答记录</h1>" in fetch(re.sub(r"lang=\w+", "lang=%22%3E%3Cscript%3E", link))[2]


def test_a_receipt_changed_in_the_database_is_shown_as_changed(served, link):
    number = re.search(r"[a-z2-7]{26}", link)[0]
    connection = sqlite3.connect(served.data_dir / "records.sqlite3")
    ((record,),) = connection.execute("SELECT record FROM receipts WHERE id = ?", (number,)).fetchall()
    forged = json.loads(record)
    forged["answer"]["text"] = "一定能批。"
    try:
        connection.execute("UPDATE receipts SET record = ? WHERE id = ?", (canonical(forged), number))
        connection.commit()
        html = fetch(link)[2]
    finally:
        connection.execute("UPDATE receipts SET record = ? WHERE id = ?", (record, number))
        connection.commit()
        connection.close()
    assert "被改动过，改动在：回答。请不要以它为准" in html
    assert "没有改动" in fetch(link)[2]


def test_the_page_says_what_is_kept_and_for_how_long(visit):
    assert "每次回答留一份记录供核对，保存 180 天；请不要写个人信息。" in visit().inner_text("#reminder")


def test_without_its_key_a_receipt_is_not_called_right_and_a_broken_store_is_told(tmp_path):
    """What the route makes of a data directory, without a server."""
    settings = RecordSettings()
    store = RecordStore(tmp_path)
    recorder = Recorder(lambda: pytest.fail("nothing is to be compared"), store, settings, Surface.PAGE)
    receipts = receipts_of(recorder)
    record = a_record(an_answer())
    store.keep(record["receipt"], record)
    (tmp_path / "records.key").unlink()
    status, html = receipts(record["receipt"], "zh")
    assert (status, "现在没法核对这份记录" in html, "可以续贷" in html) == (200, True, False)
    store.close()
    (tmp_path / "records.sqlite3").write_text("not a database " * 100)
    for stray in ("records.sqlite3-wal", "records.sqlite3-shm"):
        (tmp_path / stray).unlink(missing_ok=True)
    status, html = receipts(record["receipt"], "en")
    assert (status, "Records cannot be opened at present" in html) == (503, True)
