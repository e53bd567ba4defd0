"""Web pages, web archives, Markdown and plain text come back as a person would see them."""

from __future__ import annotations

from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from index.documents.reading.limits import DEFAULT
from index.documents.reading.read import read_content
from index.documents.reading.types import Format, Line, Reading, Table
from index.errors import RefusedFileError


def read(content: str | bytes, name: str = "a.html") -> Reading:
    return read_content(content if isinstance(content, bytes) else content.encode(), name, DEFAULT, lambda _a, _b: None)


def lines(reading: Reading) -> list[str]:
    return [block.text for block in reading.pages[0].blocks if isinstance(block, Line)]


def page(body: str) -> str:
    return f"<!doctype html><html><head><title>题</title></head><body>{body}</body></html>"


def test_paragraphs_headings_and_breaks():
    reading = read(page("<h1>通知</h1><p>第一条 <b>为了</b>支持<br>第二条</p><div>三<div>四</div>五</div><center>日期</center>"))
    assert lines(reading) == ["通知", "第一条 为了支持", "第二条", "三", "四", "五", "日期"]
    first, *_, last = reading.pages[0].blocks
    assert (first.level, first.bold, last.centred, reading.title) == (1, True, True, "题")


HIDDEN = [
    '<p style="display:none">暗</p>', '<p style="visibility: hidden">暗</p>', '<p hidden>暗</p>', '<p aria-hidden=true>暗</p>',
    '<span style="color:#fff">暗</span>', '<span style="font-size:0">暗</span>', '<font color=white>暗</font>',
    '<p style="position:absolute;left:-9999px">暗</p>', "<!-- 暗 -->", "<script>document.write('暗')</script>",
    "<template>暗</template>", "<noscript>暗</noscript>", '<style>.x{display:none}</style><p class=x>暗</p>',
    "<svg><text>暗</text></svg>", "<iframe srcdoc='暗'></iframe>", "<nav>暗</nav>", "<footer>暗</footer>", "<dialog>暗</dialog>",
    "<select><option>暗</select>", "<del>暗</del>", "<img alt=暗 src=x>",
]  # fmt: skip


@pytest.mark.parametrize("hidden", HIDDEN)
def test_what_is_not_seen_is_not_read(hidden):
    assert lines(read(page(f"<p>明</p>{hidden}<p>亮</p>"))) == ["明", "亮"]


def test_white_words_on_a_ground_of_their_own_are_seen():
    assert lines(read(page('<div style="background-color:#036"><h2 style="color:#fff">标题</h2></div>'))) == ["标题"]


def test_lists_carry_the_numbers_they_are_shown_with():
    body = "<ol start=3><li>甲<li>乙<ol type=a><li>子</ol></ol><ol reversed><li>二<li>一</ol><ul><li>点</ul>"
    assert lines(read(page(body))) == ["3. 甲", "4. 乙", "a. 子", "2. 二", "1. 一", "• 点"]


def test_spans_are_filled_in_and_tables_that_only_lay_out_are_not_tables():
    """Merged cells as browsers place them; the outer table holds the page."""
    body = (
        "<table><tr><td><p>正文</p><table><caption>贴息标准</caption><tr><th rowspan=2>类别<th colspan=2>标准<tr><th>上限<th>比例"
        "<tr><td rowspan=0>小型<td>300<td>50%<tr><td>200<td>40%</table></td></tr></table>"
    )
    reading = read(page(body))
    (table,) = [block for block in reading.pages[0].blocks if isinstance(block, Table)]
    assert lines(reading) == ["正文"]
    assert (table.header, table.caption) == (("类别", "标准 / 上限", "标准 / 比例"), "贴息标准")
    assert table.rows == (("小型", "300", "50%"), ("小型", "200", "40%"))


@pytest.mark.parametrize(
    ("charset", "declared"), [("gb18030", "gb2312"), ("utf-8", "utf-8"), ("utf-8", "gb2312"), ("big5", "big5"), ("utf-16", "utf-8")]
)
def test_the_encoding_is_told_by_the_bytes_and_only_then_by_what_is_declared(charset, declared):
    words = "關於支持小微企業的通知" if charset == "big5" else "关于支持小微企业的通知"
    html = f'<html><head><meta charset="{declared}"></head><body><p>{words}</p></body></html>'
    assert lines(read(html.encode(charset))) == [words]


def test_a_web_archive_is_its_page():
    message = MIMEMultipart("related")
    message.attach(MIMEText(page("<p>通知正文</p><img src=cid:1>"), "html", "gb18030"))
    message.attach(MIMEText("p{color:red}", "css"))
    reading = read(message.as_bytes(), "a.mht")
    assert (reading.format, lines(reading), reading.title) == (Format.MHTML, ["通知正文"], "题")


def test_markdown_is_read_as_it_is_shown():
    text = (
        "---\ntitle: 办法\n---\n# 总则\n\n第一条 **为了**<span hidden>暗</span>\n支持<!-- 暗 -->\n\n3. 甲\n4. 乙\n\n**（一）**动员\n\n"
        "| 项目 | 金额 |\n|---|--:|\n| 甲 | 10 |\n\n[1]: http://x (暗)\n"
    )
    reading = read(text, "a.md")
    assert lines(reading) == ["总则", "第一条 为了 支持", "3. 甲", "4. 乙", "（一）动员"]
    assert reading.title == "办法"
    assert reading.pages[0].blocks[-1] == Table(("项目", "金额"), (("甲", "10"),))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
def test_plain_text_in_every_encoding(encoding):
    text = "第一条 为了支持小微企业，制定本办法。\r\n\r\n第二条 LPR 3.0%。\n"
    reading = read(text.encode(encoding), "a.txt")
    assert reading.format is Format.TEXT
    assert lines(reading) == ["第一条 为了支持小微企业，制定本办法。", "第二条 LPR 3.0%。"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_broken_letter_does_not_cost_the_file(encoding):
    content = ("第一条 为了支持小微企业，制定本办法。\n" * 40).encode(encoding)
    reading = read(content[:100] + b"\xff" + content[100:-2], "a.txt")
    assert lines(reading)[20] == "第一条 为了支持小微企业，制定本办法。"


def test_characters_without_shape_are_taken_out_of_every_format():
    assert lines(read("第\u200b一\u202e条\U000e0041\n", "a.txt")) == ["第一条"]


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf\n", b"\x00\x00", page("<p hidden>暗</p>").encode()])
def test_nothing_to_read_is_said(content):
    with pytest.raises(RefusedFileError) as caught:
        read(content, "a.html")
    assert caught.value.code in ("empty", "nothing-readable")
