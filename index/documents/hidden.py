"""Text that a person does not see: characters without shape, HTML comments, elements styled away.

Documents are read by people before they are published; what those people could not see must not be read by us.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

# Characters that web pages and word processors strew about. They hide nothing and carry nothing: taken out.
_STRAY = re.compile("[\u00ad\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff]")
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_TAGS = re.compile("[\U000e0000-\U000e0fff]")
_SHAPELESS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2061-\u2065\u206a-\u206f\u3164\uffa0\ufff9-\ufffb]"
)
_COMMENT = re.compile(r"<!--.*?(?:--!?>|\Z)|<[!?][^>]*>", re.S)
_MARKDOWN_COMMENT = re.compile(r"^ {0,3}\[[^\]\n]*\]:\s*\S*.*$", re.M)
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_UNSEEN = {"script", "style", "template", "noscript", "head", "title", "meta", "iframe", "object", "svg", "math"}
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_STYLED_AWAY = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|opacity:0?(?:\.0\d*)?(?:;|$|!)|font-size:0?\.?[0-2]?(?:px|pt|em|rem|%)?(?:;|$|!)"
    r"|(?<![a-z-])color:(?:white|transparent|#f{3}(?:f|fff|fffff)?(?![0-9a-f])|rgba?\(255,255,255[^)]*\)|rgba\([^)]*,0?(?:\.0+)?\))"
    r"|text-indent:-\d{3,}|(?:left|top|right|bottom):-\d{3,}|(?:max-)?(?:height|width):0(?:px)?(?:;|$|!)|clip(?:-path)?:"
)


def without_strays(text: str) -> str:
    """The text without zero-width characters and soft hyphens, which copying from web pages leaves behind."""
    return _STRAY.sub("", text)


def without_invisible(text: str) -> str:
    """The text without any character that has no shape: strays, turns of direction, tags, fillers."""
    for pattern in (_STRAY, _TURNING, _TAGS, _SHAPELESS):
        text = pattern.sub("", text)
    return text


def hidden_in(text: str) -> list[str]:
    """What a text hides from its readers, in words for the person who keeps it; empty where nothing is hidden."""
    found = []
    if strays := _STRAY.findall(text):
        found.append(f"{len(strays)} zero-width character(s) ({_code(strays[0])})")
    if turning := _TURNING.findall(text):
        found.append(f"{len(turning)} character(s) that turn the direction of writing ({_code(turning[0])})")
    if tags := _TAGS.findall(text):
        found.append(f"{len(tags)} invisible Unicode tag character(s), spelling {_spelt(tags)!r}")
    if shapeless := _SHAPELESS.findall(text):
        found.append(f"{len(shapeless)} character(s) without a shape ({_code(shapeless[0])})")
    if comment := _COMMENT.search(text):
        found.append(f"an HTML comment or declaration {_cut(comment[0])!r}")
    if comment := _MARKDOWN_COMMENT.search(text):
        found.append(f"a Markdown line that is not shown {_cut(comment[0].strip())!r}")
    if picture := _PICTURE.search(text):
        found.append(f"a picture, whose text only machines read {_cut(picture[0])!r}")
    reader = _read(text)
    found += [f"hidden text in <{tag}> {_cut(inside)!r}" for tag, inside in reader.hidden]
    if reader.tags and not reader.hidden:
        found.append(f"the HTML tag <{reader.tags[0]}>")
    return found


def visible(text: str) -> str:
    """What a person would see of a text: without tags, hidden elements, comments and invisible characters."""
    for pattern in (_STRAY, _TURNING, _TAGS, _SHAPELESS, _COMMENT, _MARKDOWN_COMMENT, _PICTURE):
        text = pattern.sub("", text)
    return _read(text).text


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.hidden: list[tuple[str, str]] = []
        self.shown: list[str] = []
        self._open: list[tuple[str, bool]] = []

    @property
    def text(self) -> str:
        return "".join(self.shown)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in _VOID:
            self._open.append((tag, tag in _UNSEEN or hides(dict(attrs))))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and any(name == tag for name, _ in self._open):
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        holder = next((tag for tag, hides in self._open if hides), None)
        if holder is None:
            self.shown.append(data)
        elif data.strip():
            self.hidden.append((holder, data.strip()))


def _read(text: str) -> _Reader:
    reader = _Reader()
    reader.feed(_COMMENT.sub("", text))
    reader.close()
    return reader


def hides(attributes: dict[str, str | None]) -> bool:
    """Whether an HTML element with these attributes is kept from people's eyes."""
    style = re.sub(r"\s", "", attributes.get("style") or "").lower()
    colour = re.sub(r"\s", "", attributes.get("color") or "").lower()
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or bool(_STYLED_AWAY.search(style) or _STYLED_AWAY.search(f"color:{colour}"))
        or attributes.get("size") == "0"
    )


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"


def _spelt(tags: list[str]) -> str:
    """What tag characters say, which mirror ASCII."""
    return _cut("".join(chr(ord(tag) - 0xE0000) for tag in tags if 0xE0020 <= ord(tag) <= 0xE007E))


def _cut(text: str, longest: int = 60) -> str:
    text = " ".join(text.split())
    return text if len(text) <= longest else text[:longest] + "…"
