"""A source as HTML, in one of several looks, and printed by Chromium."""

from __future__ import annotations

import base64
import html as escape
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks.make_documents.source import Grid, Source, accepted

FONTS = {
    "song": "'AR PL UMing CN'", "serif": "'Noto Serif CJK SC'", "hei": "'WenQuanYi Zen Hei'",
    "sans": "'Noto Sans CJK SC'", "kai": "'AR PL UKai CN'", "latin": "'Liberation Serif','Noto Serif CJK SC'",
    "arial": "'Liberation Sans','Noto Sans CJK SC'",
}  # fmt: skip
RED = "#d8000f"


def text_of(text: str) -> str:
    return escape.escape(accepted(text).replace("‡", ""))


def table(grid: Grid) -> str:
    rows = []
    for r in range(len(grid.full)):
        tag = "th" if r < grid.header_rows else "td"
        cells = "".join(
            f"<{tag}"
            + (f' rowspan="{c.rows}"' if c.rows > 1 else "")
            + (f' colspan="{c.columns}"' if c.columns > 1 else "")
            + f">{escape.escape(c.text)}</{tag}>"
            for c in grid.cells
            if c.row == r
        )
        rows.append(f"<tr>{cells}</tr>")
    head, body = "".join(rows[: grid.header_rows]), "".join(rows[grid.header_rows :])
    caption = f"<caption>{escape.escape(grid.caption)}</caption>" if grid.caption else ""
    return f"<table>{caption}<thead>{head}</thead><tbody>{body}</tbody></table>"


def body(source: Source, stamp: bytes | None) -> str:
    out: list[str] = []
    tags = source.head["make"].get("tags", True)  # False: a page whose headings are only bold paragraphs
    seal = f'<img class="stamp" src="data:image/png;base64,{base64.b64encode(stamp).decode()}">' if stamp else ""
    for block in source.blocks:
        text = text_of(block.text)
        match block.kind:
            case "=":
                out.append(f"<h1>{text}</h1>")
            case "@ISSUER":
                out.append(f'<div class="issuer">{text.replace(" ", "<br>")}</div>')
            case "@NUMBER":
                left, _, right = text.partition(" | ")
                out.append(
                    f'<div class="number{" two" if right else ""}"><span>{left}</span><span>{right}</span></div>'
                )
                out.append('<div class="rule"></div>')
            case "@TO":
                out.append(f'<p class="to">{text}</p>')
            case "@SIGN" | "@DATE":
                out.append(f'<p class="sign">{seal if block.kind == "@DATE" else ""}{text}</p>')
            case "@CC" | "@PRINT":
                out.append(f'<p class="cc">{text.replace(" | ", "<span></span>")}</p>')
            case "H":
                name, _, title = text.partition(" | ")
                out.append(f'<p class="attachment">{name}</p><h2 class="centre">{title}</h2>')
            case "T":
                out.append(table(block.grid) if block.grid else "")
            case "C" | "L" | "P" | "+":
                out.append(f'<p class="{block.kind if block.kind != "+" else "P"}">{text}</p>')
            case "clause" if block.heading:
                tag = f"h{min(block.depth + 1, 4)}" if tags else "p"
                out.append(f'<{tag} class="d{block.depth}"><b>{block.reference}{text}</b></{tag}>')
            case "clause":
                out.append(f'<p class="P c{block.depth}">{block.reference}{text}</p>')
            case "~page":
                out.append('<div class="break"></div>')
            case "~wide":
                out.append('<div class="wide">')
            case "~tall":
                out.append("</div>")
    return "\n".join(out)


def style(make: dict[str, Any]) -> str:
    font, heading = FONTS[make.get("font", "song")], FONTS[make.get("heading_font", "hei")]
    size = make.get("size", 12)
    return f"""
@page {{ size: {make.get("paper", "A4")}; margin: {make.get("margin", "28mm 25mm 25mm 25mm")}; }}
@page wide {{ size: A4 landscape; }}
body {{ font: {size}pt/{make.get("leading", 1.8)} {font}; margin: 0; text-align: justify; }}
.columns {{ column-count: {make.get("columns", 1)}; column-gap: 9mm; }}
h1 {{ font: bold {make.get("title_size", 20)}pt/1.4 {heading}; text-align: center; margin: 1em 0 .8em; }}
h1 + h1 {{ margin-top: -.8em; }}
h2, h3, h4, .d1, .d2 {{ font-family: {heading}; font-size: {size * 1.08}pt; margin: .7em 0 .4em; }}
.centre, .attachment + h2 {{ text-align: center; font-size: {size * 1.4}pt; }}
{"h2.d1 { text-align: center; }" if make.get("centre_chapters") else ""}
p {{ margin: 0; }} .P {{ text-indent: {make.get("indent", "2em")}; margin-bottom: {make.get("gap", "0")}; }}
.C {{ text-align: center; }}
.issuer {{ color: {RED}; font: bold {make.get("issuer_size", 38)}pt/1.3 {FONTS["serif"]}; text-align: center; }}
.number {{ text-align: center; margin-top: 1.2em; }}
.number.two {{ display: flex; justify-content: space-between; padding: 0 1em; }}
.rule {{ border-top: 2.5pt solid {RED}; margin: .4em 0 1.6em; }}
.sign {{ text-align: right; padding-right: 3em; position: relative; }}
.stamp {{ position: absolute; right: 1em; top: -75px; width: 150px; opacity: .8; }}
.cc {{ border-top: .7pt solid #000; font-size: {size * 0.9}pt; padding: 3pt 1em; display: flex;
  justify-content: space-between; }}
.cc:last-child {{ border-bottom: .7pt solid #000; }}
.attachment {{ break-before: page; font-family: {heading}; }}
.break {{ break-before: page; }} .wide {{ page: wide; }}
table {{ border-collapse: collapse; width: 100%; font-size: {make.get("table_size", size * 0.85)}pt; line-height: 1.35;
  margin: .6em 0 1em; break-inside: auto; text-align: left; }}
tr {{ break-inside: avoid; }}
caption {{ font-family: {heading}; padding: .4em; break-after: avoid; }}
th, td {{ border: {make.get("grid", ".6pt solid #000")}; padding: 3pt 5pt; }}
th {{ background: {make.get("head_fill", "none")}; text-align: center; }}
{make.get("css", "")}
"""


def document(source: Source, stamp: bytes | None) -> str:
    make = source.head["make"]
    title = escape.escape(source.title or source.name)
    content = body(source, stamp)
    if make.get("columns"):
        head, mark, rest = content.partition("</h1>") if make.get("title_over_columns", True) else ("", "", content)
        content = f'{head}{mark}<div class="columns">{rest}</div>'
    shell = make.get("shell", "{content}")
    return (
        f'<!DOCTYPE html>\n<html lang="{source.head.get("language", "zh-CN")}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{title}{make.get('title_suffix', '')}</title>\n<style>{style(make)}</style>\n</head>\n<body>\n"
        f"{shell.replace('{content}', content)}\n</body>\n</html>\n"
    )


def printed(source: Source, page_html: str, target: Path) -> None:
    make = source.head["make"]
    font = FONTS[make.get("font", "song")].replace('"', "'")
    bar = 'style="font-size:9pt;width:100%;padding:0 25mm;text-align:{};font-family:{}"'

    def running(text: str | None, side: str) -> str:
        marked = (text or "").replace("{n}", '<span class="pageNumber"></span>')
        marked = marked.replace("{m}", '<span class="totalPages"></span>')
        return f"<div {bar.format(side, font)}>{marked}</div>"

    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        page.set_content(page_html)
        page.pdf(
            path=str(target),
            prefer_css_page_size=True,
            print_background=True,
            display_header_footer=bool(make.get("header") or make.get("footer")),
            header_template=running(make.get("header"), make.get("header_side", "center")),
            footer_template=running(make.get("footer"), make.get("footer_side", "center")),
        )
        browser.close()


def archived(page_html: str, address: str, target: Path) -> None:
    """What the browser's own 'save as single file' gives."""
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        page.route(address, lambda route: route.fulfill(body=page_html, content_type="text/html; charset=utf-8"))
        page.goto(address)
        session = page.context.new_cdp_session(page)
        data: str = session.send("Page.captureSnapshot", {"format": "mhtml"})["data"]
        browser.close()
    target.write_bytes(data.encode("utf-8"))
