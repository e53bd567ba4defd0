"""The visit kit as a trainer of visitors makes it in a browser."""

from __future__ import annotations

import html
import io
import re
import urllib.error
import urllib.parse
import urllib.request
import zipfile

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
STRAIGHT = str.maketrans("“”‘’", "\"\"''")
CHOICE = urllib.parse.urlencode({"industry": "10", "province": "浙江省", "city": "杭州", "day": "2026-11-28"})


def fetched(served, path):
    try:
        with urllib.request.urlopen(served.url + path, timeout=60) as response:
            return response.status, response.headers, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def solid(text):
    return re.sub(r"\s", "", text)


def test_from_the_choice_to_the_papers_by_keyboard(watched, served):
    opened = watched(f"{served.url}/visiting?lang=zh", shows="main h1")
    opened.focus("#industry")
    opened.select_option("#industry", "10")  # typing in a list of Chinese words takes an input method
    opened.keyboard.press("Tab")
    opened.select_option("#province", "浙江省")
    opened.keyboard.press("Tab")
    opened.keyboard.type("杭州")
    opened.keyboard.press("Enter")
    opened.wait_for_selector("#made")
    assert "浙江省杭州市、餐饮业" in opened.inner_text("#made h2")
    opened.focus("#made a >> nth=0")
    opened.keyboard.press("Enter")
    opened.wait_for_selector(".paper")
    assert opened.inner_text("h1") == "走访清单"
    told = opened.inner_text(".paper")
    assert "营业执照上是个体工商户、公司，还是别的类型？" in told
    assert "服务业经营主体贷款贴息" in told
    assert "企业进入推荐清单不等于一定能得到贷款" in told
    opened.click("summary")
    link = opened.get_attribute(".cited a >> nth=0", "href")
    assert link == "../policy/jinfa-2024-32?day=2026-11-28#c-overview" or link.startswith("../policy/jinfa-2024-32?day=")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("paper", ["checklist", "leaflet"])
def test_page_pdf_and_docx_say_the_same(served, paper, lang):
    _, _, page = fetched(served, f"/visiting/{paper}?{CHOICE}&lang={lang}")
    status, headers, pdf = fetched(served, f"/visiting/{paper}.pdf?{CHOICE}&lang={lang}")
    assert (status, headers.get_content_type()) == (200, "application/pdf")
    assert f'filename="{paper}-2026-11-28.pdf"' in headers["content-disposition"]
    printed = pypdfium2.PdfDocument(pdf)
    foot = {"zh": "摘自小微企业融资政策助手", "en": "FromthelibraryoftheSMEfinancing"}[lang]
    pages = [solid(one.get_textpage().get_text_bounded()).split(foot)[0] for one in printed]
    _, _, docx = fetched(served, f"/visiting/{paper}.docx?{CHOICE}&lang={lang}")
    xml = zipfile.ZipFile(io.BytesIO(docx)).read("word/document.xml").decode()
    shown = re.findall(r"<li>(.+?)</li>", re.search(r'<article class="paper"[^>]*>(.*?)</article>', page.decode(), re.S)[1])
    assert len(shown) > 12
    for content in ("".join(pages), solid("".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)", xml)))):
        straight = html.unescape(content).translate(STRAIGHT)
        for text in shown:
            assert solid(html.unescape(text.replace("<br>", "")).translate(STRAIGHT)) in straight
    if (paper, lang) == ("leaflet", "zh"):
        assert len(printed) == 2  # both sides of a sheet


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("industry=99&province=浙江省", "请选择行业。"),
        ("industry=10&province=Atlantis", "请选择省份。"),
        ("industry=10&province=浙江省&day=2026-02-30", "“2026-02-30”不是一个日期"),
    ],
)
def test_what_was_not_chosen_is_asked_for(served, query, problem):
    status, _, content = fetched(served, "/visiting?lang=zh&" + urllib.parse.quote(query, safe="=&"))
    assert status == 200
    assert problem in content.decode()


@pytest.mark.parametrize("path", ["/visiting/checklist", "/visiting/leaflet.pdf?industry=10", "/visiting/novel", "/visiting/leaflet.exe"])
def test_there_is_no_paper_without_a_choice_nor_another_one(served, path):
    assert fetched(served, path)[0] == 404


def test_a_strange_city_is_text(served):
    query = urllib.parse.urlencode({"industry": "10", "province": "浙江省", "city": "<b>x</b>/../\"'"})
    for path in ("/visiting", "/visiting/checklist", "/visiting/leaflet"):
        status, _, content = fetched(served, f"{path}?{query}&lang=en")
        assert status == 200
        assert b"<b>x" not in content


@pytest.mark.parametrize("options", [{}, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("path", [f"/visiting?{CHOICE}", f"/visiting/checklist?{CHOICE}", f"/visiting/leaflet?{CHOICE}&lang=en"])
def test_a_browser_has_nothing_to_complain_of(watched, served, path, options):
    opened = watched(served.url + path, shows="main h1", **options)
    found = Axe().run(opened).response["violations"]
    assert [(v["id"], [n["html"][:200] for n in v["nodes"]]) for v in found] == []
    assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth")
