"""What a numbered unit is called: a line of its own, words in brackets, or the first short sentence."""

from __future__ import annotations

import re

from index.documents.structure.numbering import Style
from index.documents.structure.outline import Node
from index.documents.structure.paragraphs import Paragraph

_ENDS = re.compile(r"[。；！？;!?]$|[a-z)]\.$")
_BRACKETED = re.compile(r"[（(【\[]([^（）()【】\[\]]{2,20})[）)】\]] ?")
_RUN_IN = re.compile(r"([^。；！？，,.;]{2,30})[。：:](?=.{4})")
_RUN_IN_EN = re.compile(r"([A-Z][^.;:!?]{2,70})(?<!\bNo)(?<!\bArt)(?<!\bSec)(?<!\bLtd)[.:] +(?=[A-Z])")
_QUESTION = re.compile(r"(?:问|Q)?[:：]? ?(.{4,60}[？?])")
_SET_APART = re.compile(r"([\u3400-\u9fff、和与及]{2,14}) (?=[\u3400-\u9fff“《]{4})")


def rest(node: Node) -> Paragraph | None:
    """The paragraph of a node behind its number; None where nothing follows the number."""
    if node.head is None:
        return None
    if node.number is None:
        return node.head
    paragraph = node.head.cut(node.number.end)
    return paragraph if paragraph.text else None


def heading(node: Node) -> tuple[str, bool]:
    """What it is called, "" where it has no name; and whether that is the whole paragraph, so that no text is left."""
    paragraph = rest(node)
    if paragraph is None:
        return "", True
    text = paragraph.text
    follows = bool(node.content or node.children)
    if node.number is None or (node.style is not None and node.style <= Style.SECTION and len(text) <= 60):
        return text.strip("【】"), True
    longest = 50 if re.search(r"[\u3400-\u9fff]", text) else 120
    if match := _QUESTION.fullmatch(text):
        return match[1], False
    whole = (
        len(text) <= longest
        and not re.search(r"[。；！？]", text)
        and not _ENDS.search(text)
        and not text.endswith(("：", ":", "，", ","))
    )
    if whole and follows:
        return text.strip("【】"), True
    if match := _BRACKETED.match(text):
        return match[1], False
    if node.style is Style.ARTICLE:
        match = _SET_APART.match(text)
        return (match[1], False) if match else ("", False)
    match = _RUN_IN.match(text) or _RUN_IN_EN.match(text)
    if match and (len(match[1].split()) <= 6 or re.search(r"[\u3400-\u9fff]", match[1])):
        return match[1].strip(), False
    return "", False
