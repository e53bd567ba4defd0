"""What changed, as bank staff look it up: over the shipped corpus, and with documents of a group."""

from __future__ import annotations

import io
import re
import urllib.error
import urllib.request
import zipfile
from html.parser import HTMLParser

import icalendar
import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from running import ROOT, serving
from staff import NOTICE, Client, hire, signed_in

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
DAY = "day=2026-11-28&lang=zh"


def fetched(served, path):
    """Status, headers and bytes, as nobody who is known."""
    try:
        with urllib.request.urlopen(served.url + path, timeout=60) as response:
            return response.status, response.headers, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


class Shown(HTMLParser):
    """The sections of the page by id, as texts."""

    def __init__(self, html):
        super().__init__()
        self.sections, self.open = {}, None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        if tag == "section":
            self.open = dict(attributes).get("id")
            self.sections[self.open] = ""

    def handle_endtag(self, tag):
        self.open = None if tag == "section" else self.open

    def handle_data(self, data):
        if self.open:
            self.sections[self.open] += data


def sections(served, query):
    status, _, content = fetched(served, f"/changes?{query}")
    assert status == 200
    return Shown(content.decode()).sections


def test_each_group_has_its_documents_with_day_reason_and_clause(served):
    shown = sections(served, f"last=2025&{DAY}")
    assert list(shown) == ["began", "ending", "lapsed", "replaced", "calendar"]
    assert "自2025年6月1日起施行" in shown["began"]
    assert "《保障中小企业款项支付条例（2025年修订）》（国务院令第802号）" in shown["began"]
    assert "有效期到2026年12月31日（含当天） 还有33天" in shown["ending"]  # 2 days of November, 31 of December
    assert "财金〔2026〕2号的设备更新贷款贴息政策实施至2026年12月31日，可以视情延长。" in shown["ending"]
    assert "失效日期是2026年2月18日" in shown["lapsed"]
    assert "自2025年6月1日起取代国务院令第728号" in shown["replaced"]


@pytest.mark.parametrize(("day", "ends"), [("2026-10-02", True), ("2026-10-01", False)])
def test_the_end_of_2026_is_told_from_ninety_days_before(served, day, ends):
    """29 days left of October after the 2nd, 30 of November, 31 of December: 90."""
    assert ("ending" in sections(served, f"day={day}&lang=zh")) is ends


def test_on_its_last_day_a_document_still_holds_and_the_next_day_it_has_lapsed(served):
    last = sections(served, "day=2026-12-31&last=30&lang=zh")
    assert "今天是最后一天" in last["ending"]
    assert "lapsed" not in last
    after = sections(served, "day=2027-01-01&last=30&lang=zh")
    assert "设备更新" in after["lapsed"]
    assert "ending" not in after


def test_choosing_narrows_what_is_shown_and_links_keep_the_choice(served):
    shown = sections(
        served, f"last=2025&region=安徽省&kind=programme&{DAY}".replace("安徽省", "%E5%AE%89%E5%BE%BD%E7%9C%81")
    )
    assert "安徽省“十行千亿万企”" in shown["ending"]
    assert "北京" not in "".join(shown.values())
    _, _, content = fetched(served, "/changes?last=2025&topic=%E8%B4%B4%E6%81%AF&day=2026-11-28&lang=en")
    assert b'href="?day=2026-11-28&amp;last=90&amp;topic=%E8%B4%B4%E6%81%AF"' in content


def test_when_nothing_changed_it_says_so(served):
    _, _, content = fetched(served, "/changes?since=2026-07-01&day=2026-09-01&lang=zh")
    assert "这段时间里，所选范围没有文件或条款开始施行、到期、失效或被替代，90天内也没有。" in content.decode()
    status, _, paper = fetched(served, "/changes/briefing.pdf?since=2026-07-01&day=2026-09-01&lang=zh")
    assert status == 200
    assert "没有文件或条款开始施行" in text_of(paper).replace("\n", "").replace("\r", "")


def test_the_briefing_writes_days_as_people_do_and_its_groups_are_of_one_rank(served):
    _, _, content = fetched(served, "/changes/briefing?last=2025&day=2026-11-28&lang=zh")
    paper = content.decode().partition("<article")[2].partition("</article>")[0]
    assert "自2026年1月19日起施行" in paper
    assert not re.search(r"20\d\d-\d\d-\d\d", paper)
    assert paper.count("<h2>") == 4
    assert "<h3>" not in paper


@pytest.mark.parametrize(
    "query", ["since=2026-02-30", "day=yesterday", "since=<script>", "day=9999-01-01", "since=%00"]
)
def test_what_is_no_day_is_told(served, query):
    status, _, content = fetched(served, f"/changes?{query}&lang=zh")
    assert status == 200
    assert "不是一个日期" in content.decode()
    assert b"<script>" not in content


@pytest.mark.parametrize("query", ["last=7", "region=Atlantis", "kind=novel", "month=2026-13", "topic=" + "x" * 500])
def test_what_is_not_understood_is_left_aside(served, query):
    status, _, content = fetched(served, f"/changes?{query}&lang=zh")
    assert status == 200
    assert "不是一个日期" not in content.decode()


def test_the_month_has_first_and_last_days_at_theirs(served):
    _, _, content = fetched(served, f"/changes?month=2026-12&{DAY}")
    html = content.decode()
    cell = re.search(r'<td class="filled"><time datetime="2026-12-31">31</time>(.*?)</td>', html)[1]
    assert "止：设备更新贷款贴息" in cell
    assert 'href="policy/caijin-2026-2?day=2026-11-28#c-1-period"' in cell
    assert re.search(r'rel="prev">上个月<span class="heard">2026年11月', html)
    assert re.search(r'rel="next">下个月<span class="heard">2027年1月', html)


def test_the_calendar_file_has_the_days_to_come_with_lasting_ids(served):
    status, headers, content = fetched(served, f"/changes.ics?{DAY}")
    assert (status, headers.get_content_type()) == (200, "text/calendar")
    events = icalendar.Calendar.from_ical(content).walk("VEVENT")
    uids = [str(event["uid"]) for event in events]
    assert "ends-caijin-2026-2-2026-12-31@sme-policy-assistant" in uids
    assert len(set(uids)) == len(uids)
    assert all(event["dtstart"].dt.isoformat() >= "2026-11-28" for event in events)
    later = icalendar.Calendar.from_ical(fetched(served, "/changes.ics?day=2026-12-01&lang=en")[2]).walk("VEVENT")
    assert {str(event["uid"]) for event in later} == set(uids)  # the same, so that the calendar replaces them


def test_a_calendar_of_nothing_is_no_file_but_a_sentence(served):
    status, _, content = fetched(served, "/changes.ics?day=2090-01-01&lang=zh")
    assert status == 404
    assert "没有可以加入日历的内容" in content.decode()


def text_of(content):
    return "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content))


@pytest.mark.parametrize(("lang", "title"), [("zh", "政策变化简报"), ("en", "Policy changes in brief")])
def test_the_briefing_is_one_page_as_pdf_and_says_the_same_as_docx(served, lang, title):
    query = f"last=2025&day=2026-11-28&lang={lang}"
    status, headers, pdf = fetched(served, f"/changes/briefing.pdf?{query}")
    assert (status, headers.get_content_type()) == (200, "application/pdf")
    assert len(pypdfium2.PdfDocument(pdf)) == 1
    shown = re.sub(r"\s", "", text_of(pdf))
    assert re.sub(r"\s", "", title) in shown
    _, headers, docx = fetched(served, f"/changes/briefing.docx?{query}")
    assert "changes-2025-01-01-2026-11-28.docx" in headers["content-disposition"]
    xml = zipfile.ZipFile(io.BytesIO(docx)).read("word/document.xml").decode()
    paragraphs = ["".join(re.findall(r"<w:t[^>]*>([^<]*)", one)) for one in xml.split("</w:p>")]
    assert len(paragraphs) > 20
    for paragraph in filter(None, paragraphs):
        plain = paragraph.replace("&amp;", "&").replace("“", '"').replace("”", '"').replace("’", "'")
        assert re.sub(r"\s", "", plain) in shown.replace("“", '"').replace("”", '"')


def test_no_other_paper_is_given(served):
    assert fetched(served, "/changes/briefing.exe")[0] == 404


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A server whose library has a notice of one bank."""
    directory = tmp_path_factory.mktemp("changes")
    hire(directory)
    with serving(directory, {"SME_WORDS_ONLY": "1", "SME_CORPUS_DIR": str(ROOT / "tests" / "small_corpus")}) as page:
        worker = signed_in(page.url, "li")
        _, added = worker.add("橘灯.txt", NOTICE.format(what="橘灯设备贷").encode(), "台州银行")
        worker.settled(added["id"])
        path = f"/documents/{added['id']}/release"
        status, _, _ = worker.ask(path, {"form_token": worker.token()})
        assert status == 303
        yield page


def test_a_document_of_a_group_is_told_to_the_group_alone(kept):
    query = "/changes?since=2026-01-01&day=2026-11-28&lang=zh"
    shown = signed_in(kept.url, "li").ask(query)[2]
    assert "橘灯设备贷" in shown
    assert "自2026年3月1日起施行" in shown
    for other in (Client(kept.url), signed_in(kept.url, "zhao")):
        for path in (query, query.replace("changes?", "changes/briefing?"), "/changes.ics?day=2026-01-01&lang=zh"):
            status, _, text = other.ask(path)
            assert status == 200
            assert "橘灯" not in text


@pytest.mark.parametrize("options", [{}, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize(
    "path", ["/changes?last=2025&month=2026-12&day=2026-11-28", "/changes/briefing?day=2026-11-28"]
)
def test_a_browser_has_nothing_to_complain_of(watched, served, path, options):
    opened = watched(served.url + path, shows="main h1", **options)
    found = Axe().run(opened).response["violations"]
    assert [(v["id"], [n["html"][:200] for n in v["nodes"]]) for v in found] == []
    assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_by_keyboard_from_the_filters_to_a_document(watched, served):
    opened = watched(f"{served.url}/changes?{DAY}", shows="main h1")
    opened.focus("#topic")
    opened.keyboard.type("设备更新")
    opened.keyboard.press("Enter")
    opened.wait_for_selector(".summary:has-text('设备更新')")
    assert opened.locator("#ending li").count() == 1
    opened.focus("#ending h3 a")
    opened.keyboard.press("Tab")
    assert "有效期限" in opened.evaluate("document.activeElement.textContent")  # the clause that says so
