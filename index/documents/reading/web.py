"""HTML → paragraphs and tables as a person would see them; parsed by selectolax (Lexbor), nothing is fetched or run."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from index.documents.hidden import hides
from index.documents.reading.grids import Cell, Grid, table, with_caption
from index.documents.reading.limits import Limits
from index.documents.reading.numbering import ordinal
from index.documents.reading.text import decoded
from index.documents.reading.types import Format, Line, Page, Reading, Table
from index.errors import OverLimitError

_DROPPED = (
    "script, style, template, noscript, head, iframe, object, embed, svg, math, canvas, audio, video, nav, footer, "
    "aside, button, select, textarea, datalist, dialog:not([open]), rt, rp, [hidden], [aria-hidden=true], [type=hidden]"
)
_STRUCK = "del, s, strike"
_BLOCKS = frozenset(
    "address article blockquote body center dd details div dl dt fieldset figcaption figure form h1 h2 h3 h4 h5 h6 "
    "header hgroup hr html legend li main menu ol p pre search section summary table tbody thead tfoot tr td th "
    "caption ul".split()
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_CLOSED_BY_OTHERS = frozenset(
    "html head body p li dt dd td th tr tbody thead tfoot option optgroup rb rt rp colgroup area base br col embed hr "
    "img input link meta source track wbr".split()
)
_HEADING = re.compile(r"h([1-6])")
_RULE = re.compile(r"([^{}@;]+)\{([^{}]*)\}")
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SIGHTED = re.compile(r"background(?:-color)?\s*:\s*(?!\s*(?:white|none|transparent|inherit|#f{3}(?:fff)?\b))", re.I)
_COLOUR = re.compile(r"(?<![-\w])color\s*:[^;]*;?", re.I)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|bolder|[6-9]00)", re.I)
_CENTRED = re.compile(r"text-align\s*:\s*center", re.I)
_DECLARED = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_OTHER_CHARSETS = {"big5", "big5hkscs", "cp1252", "iso8859-1", "shift_jis", "euc_kr"}
_KINDS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_WIDEST_SPAN = 1000  # as browsers have it


def read_html(content: bytes, limits: Limits, progress: Callable[[int, int], None]) -> Reading:  # noqa: ARG001
    """What the page shows, without navigation, forms and footers."""
    return reading_of_html(_text(content), limits)


def reading_of_html(text: str, limits: Limits, format_: Format = Format.HTML) -> Reading:
    """The same from text."""
    if _nesting(text) > limits.depth * 4:
        raise OverLimitError("too-deep")
    tree = LexborHTMLParser(text)
    title = tree.css_first("title")
    name = " ".join(title.text().split()) if title is not None else None
    warnings = _hide(tree)
    body = tree.body
    blocks = _Walk(limits).blocks(body) if body is not None else []
    return Reading(format_, (Page(1, tuple(with_caption(blocks))),), False, name or None, tuple(warnings))


def _nesting(text: str) -> int:
    """How deep elements that must be closed stand in each other: parsing takes the square of it."""
    depth = deepest = 0
    for mark in _TAG.finditer(text):
        if mark[2].lower() in _CLOSED_BY_OTHERS:
            continue
        depth = max(depth - 1, 0) if mark[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _text(content: bytes) -> str:
    declared = _DECLARED.search(content[:4096])
    if declared and not content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            name = codecs.lookup(declared[1].decode("ascii", "replace")).name
        except LookupError:
            name = ""
        if name in _OTHER_CHARSETS:
            return content.decode(name, "replace")
    return decoded(content)


def _hide(tree: LexborHTMLParser) -> list[str]:
    """Take out what is not seen; returns warnings."""
    hidden = False
    sheets = " ".join(node.text() for node in tree.css("style"))[:200_000]
    for rule in _RULE.finditer(re.sub(r"/\*.*?\*/", "", sheets, flags=re.S)):
        if _HIDING.search(rule[2]):
            hidden = _drop(tree, rule[1].strip()) or hidden
    _drop(tree, _DROPPED)
    struck = _drop(tree, _STRUCK)
    for node in tree.css("[style], font[color], font[size]"):
        attributes = dict(node.attributes)
        style = attributes.get("style") or ""
        if _SIGHTED.search(style) or _on_colour(node):
            attributes["style"], attributes["color"] = _COLOUR.sub("", style), None
        if hides(attributes) and node.parent is not None:
            hidden = hidden or bool(node.text().strip())
            node.decompose()
    return ["hidden-text"] * hidden + ["struck-text"] * struck


def _drop(tree: LexborHTMLParser, selector: str) -> bool:
    try:
        nodes = tree.css(selector)
    except (SelectolaxError, ValueError):  # a selector of a style sheet that only browsers understand
        return False
    text = False
    for node in nodes:
        if node.tag not in ("html", "body") and node.parent is not None:
            text = text or bool(node.text().strip())
            node.decompose()
    return text


def _on_colour(node: LexborNode) -> bool:
    """Whether an element around this one paints a background on which white can be read."""
    around = node.parent
    for _ in range(12):
        if around is None or not around.tag or around.tag.startswith("-"):
            return False
        if _SIGHTED.search(around.attributes.get("style") or "") or around.attributes.get("bgcolor"):
            return True
        around = around.parent
    return False


class _Walk:
    """Goes through the elements in order, with a stack of its own: documents may nest deeper than Python recurses."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.done: list[Line | Table] = []
        self.words: list[str] = []
        self.bold: list[bool] = []
        self.mark = ""
        self.level: int | None = None
        self.centred = False
        self.cells = 0

    def blocks(self, root: LexborNode) -> list[Line | Table]:
        todo: list[tuple[LexborNode | None, int, bool, bool, int | None, bool, str]] = [
            (root, 0, False, False, None, False, "")
        ]
        while todo:
            node, depth, bold, centred, level, pre, mark = todo.pop()
            if node is None:  # the end of a block
                self.flush()
                continue
            if depth > self.limits.depth * 4:
                raise OverLimitError("too-deep")
            if node.is_text_node:
                self._write(node.text_content or "", bold, centred, level, pre)
                continue
            if not node.is_element_node:
                continue
            tag, attributes = node.tag or "", node.attributes
            style = attributes.get("style") or ""
            bold = bold or tag in ("b", "strong", "th") or bool(_HEADING.fullmatch(tag)) or bool(_BOLD.search(style))
            centred = centred or tag == "center" or attributes.get("align") == "center" or bool(_CENTRED.search(style))
            pre = pre or tag == "pre"
            if found := _HEADING.fullmatch(tag):
                level = int(found[1])
            if tag in ("br", "hr"):
                self.flush()
                continue
            if tag == "table" and (made := self._table(node)) is not None:
                self.flush()
                self.done.append(made)
                continue
            if tag in _BLOCKS:
                self.flush()
                todo.append((None, depth, False, False, None, False, ""))
            if tag == "li":
                self.mark = mark or _own_mark(node)
            marks = _marks(node) if tag == "ol" else {}
            children = list(node.iter(include_text=True))
            for child in reversed(children):
                todo.append((child, depth + 1, bold, centred, level, pre, marks.get(child.mem_id, "")))
        self.flush()
        return self.done

    def flush(self) -> None:
        text = " ".join("".join(self.words).split())
        if text:
            line = f"{self.mark}{text}"
            self.done.append(
                Line(line, bold=all(self.bold), centred=self.centred, level=self.level, paragraph=True)
            )
            self.mark = ""
        self.words, self.bold, self.level, self.centred = [], [], None, False

    def _write(self, text: str, bold: bool, centred: bool, level: int | None, pre: bool) -> None:
        for number, part in enumerate(text.split("\n") if pre else [text]):
            if number:
                self.flush()
            self.words.append(part)
            if part.strip():
                self.bold.append(bold)
                self.level, self.centred = level, centred

    def _table(self, node: LexborNode) -> Table | None:
        """The table, None where the element only lays out the page."""
        if any(inner.mem_id != node.mem_id for inner in node.css("table")):
            return None
        cells, headings, caption = _cells(node, self.limits.cells - self.cells)
        grid = Grid(tuple(cells), headings, caption)
        if grid.width < 2 or grid.height < 2:
            return None
        self.cells += grid.width * grid.height
        if self.cells > self.limits.cells:
            raise OverLimitError("too-many-cells", limit=self.limits.cells)
        return table(grid)


def _cells(node: LexborNode, most: int) -> tuple[list[Cell], int | None, str | None]:
    """Cells where browsers put them, the number of heading rows where marked, and the caption."""
    caption = node.css_first("caption")
    rows = sorted(node.css("tr"), key=lambda row: {"thead": 0, "tfoot": 2}.get(_parent_tag(row), 1))
    taken: dict[int, dict[int, bool]] = {}
    cells: list[Cell] = []
    count = 0
    for number, row in enumerate(rows):
        column = 0
        for element in row.iter():
            if element.tag not in ("td", "th"):
                continue
            while taken.get(number, {}).get(column):
                column += 1
            spans = _span(element, "rowspan", len(rows) - number), _span(element, "colspan", _WIDEST_SPAN)
            count += spans[0] * spans[1]
            if count > most:
                raise OverLimitError("too-many-cells", limit=most)
            for below in range(number, number + spans[0]):
                taken.setdefault(below, {}).update(dict.fromkeys(range(column, column + spans[1]), True))
            bold = element.tag == "th" or element.css_first("b, strong") is not None
            text = " ".join(_shown(element).split())
            cells.append(Cell(number, column, text, *spans, heading=bold))
            column += spans[1]
    marked = sum(_parent_tag(row) == "thead" for row in rows)
    return cells, marked or None, " ".join(caption.text().split()) if caption is not None else None


def _shown(element: LexborNode) -> str:
    """The text of a cell; blocks and breaks within it part words."""
    parts = []
    for node in element.traverse(include_text=True):
        if node.is_text_node:
            parts.append(node.text_content or "")
        elif node.tag in ("br", "p", "div", "li", "tr"):
            parts.append(" ")
    return "".join(parts)


def _parent_tag(node: LexborNode) -> str:
    return (node.parent.tag if node.parent is not None else "") or ""


def _span(element: LexborNode, name: str, most: int) -> int:
    written = (element.attributes.get(name) or "1").strip()
    number = int(written[:6]) if written[:6].isdecimal() else 1
    return max(1, min(number or most, most, _WIDEST_SPAN))


def _marks(node: LexborNode) -> dict[int, str]:
    """The number in front of each item of an <ol>, by the item's identity."""
    items = [child for child in node.iter() if child.tag == "li"]
    kind = _KINDS.get(node.attributes.get("type") or "", "decimal")
    back = "reversed" in node.attributes
    number = _whole(node.attributes.get("start"), len(items) if back else 1)
    found = {}
    for item in items:
        number = _whole(item.attributes.get("value"), number)
        found[item.mem_id] = f"{ordinal(number, kind)}. "
        number += -1 if back else 1
    return found


def _own_mark(node: LexborNode) -> str:
    return "• " if _parent_tag(node) in ("ul", "menu") else ""


def _whole(written: str | None, otherwise: int) -> int:
    return int(written) if written and re.fullmatch(r"-?\d{1,6}", written.strip()) else otherwise
