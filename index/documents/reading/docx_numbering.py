"""The numbers that Word counts by itself, as they are shown: 一、 （一） 1. (a) 第三条."""

from __future__ import annotations

import re
from typing import Any

from docx.oxml.ns import qn

from index.documents.reading.numbering import ordinal

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")


class Numbering:
    """Counts through a document: `mark` must be asked for every numbered paragraph, in order."""

    def __init__(self, numbering: Any, styles: dict[str, Any]) -> None:
        self._styles = styles
        self._abstract: dict[str, dict[int, Any]] = {}
        self._lists: dict[str, tuple[str, dict[int, Any], dict[int, int]]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        if numbering is not None:
            self._load(numbering)

    def mark(self, paragraph: Any, style: str | None) -> str:
        """The number in front of a paragraph with what parts it from the text; "" where it has none."""
        found = self._where(paragraph, style)
        if found is None:
            return ""
        number_id, level = found
        abstract, levels, starts = self._lists[number_id]
        if level not in levels:
            return ""
        counts = self._counts.setdefault(abstract, [None] * _LEVELS)
        if (number_id, level) not in self._begun and level in starts:
            counts[level] = None
        self._begun.add((number_id, level))
        start = starts.get(level, _value(levels[level], "w:start", 1))
        counts[level] = start if counts[level] is None else (counts[level] or 0) + 1
        self._restart(levels, counts, level)
        for above in range(level):  # a level that was passed over counts as begun
            if counts[above] is None:
                counts[above] = _value(levels[above], "w:start", 1) if above in levels else 1
        return self._written(levels, counts, level)

    def _restart(self, levels: dict[int, Any], counts: list[int | None], level: int) -> None:
        for below in range(level + 1, _LEVELS):
            restart = _value(levels[below], "w:lvlRestart", below) if below in levels else below
            if restart != 0 and level < restart:
                counts[below] = None

    def _written(self, levels: dict[int, Any], counts: list[int | None], level: int) -> str:
        element = levels[level]
        kind = _attribute(element, "w:numFmt", "decimal")
        pattern = _attribute(element, "w:lvlText", "")
        if kind == "bullet":
            return "• " if pattern.strip() else ""
        legal = element.find(qn("w:isLgl")) is not None

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            own = _attribute(levels[at], "w:numFmt", "decimal") if at in levels else "decimal"
            return ordinal(counts[at] or 1, "decimal" if legal and at < level else own)

        text = _PLACE.sub(number, pattern) if kind != "none" else _PLACE.sub("", pattern)
        suffix = _attribute(element, "w:suff", "tab")
        if not text:
            return ""
        # After 、 and ） nobody sees the white that a tab leaves.
        return text if suffix == "nothing" or text.endswith(("、", "）", "．", "，", "：")) else f"{text} "

    def _where(self, paragraph: Any, style: str | None) -> tuple[str, int] | None:
        """List and level, from the paragraph or the style it has; numId 0 takes a style's number away."""
        number_id: str | None = None
        level: int | None = None
        properties = paragraph.find(qn("w:pPr"))
        seen = set()
        while True:
            own = properties.find(qn("w:numPr")) if properties is not None else None
            if own is not None:
                if number_id is None:
                    number_id = _attribute(own, "w:numId", "") or None
                if level is None and own.find(qn("w:ilvl")) is not None:
                    level = _value(own, "w:ilvl", 0)
            if number_id is not None or style is None or style in seen or style not in self._styles:
                break
            seen.add(style)
            holder = self._styles[style]
            properties = holder.find(qn("w:pPr"))
            own = properties.find(qn("w:numPr")) if properties is not None else None
            if own is not None and level is None and own.find(qn("w:numId")) is not None:
                level = self._level_of_style(_attribute(own, "w:numId", ""), style)
            style = _attribute(holder, "w:basedOn", "") or None
        if number_id is None or number_id not in self._lists:
            return None
        return number_id, min(level or 0, _LEVELS - 1)

    def _level_of_style(self, number_id: str, style: str) -> int | None:
        _, levels, _ = self._lists.get(number_id, ("", {}, {}))
        return next((at for at, level in levels.items() if _attribute(level, "w:pStyle", "") == style), None)

    def _load(self, numbering: Any) -> None:
        linked: dict[str, str] = {}
        by_style: dict[str, str] = {}
        for abstract in numbering.findall(qn("w:abstractNum")):
            name = abstract.get(qn("w:abstractNumId"))
            self._abstract[name] = _levels(abstract)
            if link := _attribute(abstract, "w:numStyleLink", ""):
                linked[name] = link
            if link := _attribute(abstract, "w:styleLink", ""):
                by_style[link] = name
        for element in numbering.findall(qn("w:num")):
            name = _attribute(element, "w:abstractNumId", "")
            name = by_style.get(linked.get(name, ""), name)
            levels = dict(self._abstract.get(name, {}))
            starts = {}
            for change in element.findall(qn("w:lvlOverride")):
                at = int(change.get(qn("w:ilvl")) or 0)
                levels.update(_levels(change))
                if change.find(qn("w:startOverride")) is not None:
                    starts[at] = _value(change, "w:startOverride", 1)
            self._lists[element.get(qn("w:numId"))] = (name, levels, starts)


def _levels(element: Any) -> dict[int, Any]:
    return {int(level.get(qn("w:ilvl")) or 0): level for level in element.findall(qn("w:lvl"))}


def _attribute(element: Any, child: str, otherwise: str) -> str:
    found = element.find(qn(child))
    value = found.get(qn("w:val")) if found is not None else None
    return otherwise if value is None else value


def _value(element: Any, child: str, otherwise: int) -> int:
    written = _attribute(element, child, "")
    return int(written) if re.fullmatch(r"-?\d{1,9}", written) else otherwise
