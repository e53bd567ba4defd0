"""Answer Markdown becomes safe HTML with linked marks."""

import pytest

from assistant.ui.marks import answer_html, sentence_count

LINKS = {1: ("source-1-1", "依据 1：通知"), 2: ("source-1-2", "依据 2：办法")}


def test_a_mark_links_to_its_source():
    html = answer_html("可以续贷。[1]", LINKS)
    assert '<a class="mark" href="#source-1-1" aria-label="依据 1：通知">[1]</a>' in html


def test_a_mark_without_a_citation_stays_text():
    assert "<a" not in answer_html("可以续贷。[7]", LINKS)


def test_a_mark_stays_with_the_sentence_it_follows():
    html = answer_html("可以续贷。[1]要先申请。[2]", LINKS)
    assert sentence_count(html) == 2
    first = html.split('style="--i:1"')[0]
    assert "[1]" in first
    assert "[2]" not in first


def test_a_mark_after_emphasis_stays_with_it_too():
    html = answer_html("要点是**到期前申请。**[1]再签合同。[2]", LINKS)
    assert html.index("[1]") < html.index("再签合同")
    assert html.count("<strong>") == html.count("</strong>") == 1


def test_a_decimal_point_ends_no_sentence():
    assert sentence_count(answer_html("年利率为3.45%，期限1年。[1]", LINKS)) == 1
    assert sentence_count(answer_html("The rate is 3.45%. [1] It is yearly. [2]", LINKS)) == 2


def test_lists_quotes_and_tables_keep_their_shape():
    html = answer_html("**还要知道**\n\n- 甲。[1]\n- 乙。[2]\n\n> 待核对。\n\n|项|值|\n|-|-|\n|额度|300万元|\n", LINKS)
    for tag in ("<ul>", "<li>", "<blockquote>", "<table>", "<th>", "<td>", "<strong>"):
        assert tag in html
        assert html.count(tag) == html.count(tag.replace("<", "</"))


@pytest.mark.parametrize(
    "text",
    [
        "<img src=x onerror=alert(1)>",
        "<script>alert(1)</script>",
        "[点这里](javascript:alert(1))",
        "[点这里](https://example.com)",
        "![图](https://example.com/a.png)",
        "<https://example.com>",
        "https://example.com",
        "```html\n<img src=x onerror=alert(1)>\n```",
        "    <b>缩进</b>",
        "[x]: javascript:alert(1)\n\n[x]",
        "`<b>` **<i>x</i>**",
        '"><svg onload=alert(1)>',
    ],
)
def test_html_links_and_images_in_the_text_stay_text(text):
    html = answer_html(text, LINKS)
    for tag in ("<img", "<script", "<a ", "<svg", "<b>", "<i>"):
        assert tag not in html


def test_an_empty_text_gives_nothing():
    assert answer_html("", {}) == ""
