"""Ids and printed references of units: 10 and 第十条, 2-1 and 二（一）, c1-3 and 第一章 三; no id is given twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from index.documents.structure.numbering import Style
from index.documents.structure.outline import Node

_LETTERS = {Style.PART: "pt", Style.CHAPTER: "c", Style.SECTION: "s"}
_LONGEST_REFERENCE = 40


@dataclass(frozen=True, slots=True)
class Address:
    """Where a unit stands: id, reference, and the headings above it."""

    id: str = ""
    reference: str = ""
    prefix: str = ""  # of the attachment: "a1"
    label: str = ""  # of the attachment, as printed
    headings: tuple[str, ...] = ()

    def below(self, node: Node, ordinal: int) -> Address:
        """The address of a child; `ordinal` counts the headings without a number."""
        number = node.number
        if number is None:
            inside = f"{self.id}-h{ordinal}" if self.id else f"h{ordinal}"
            return replace(self, id=inside, reference=node.printed.strip("【】[]")[:_LONGEST_REFERENCE])
        own = str(number.value) + (f".{number.after}" if number.after else "")
        if number.style is Style.ARTICLE or (
            number.style is Style.SECTION and not self.id and number.printed[:1] == "S"
        ):
            return replace(self, id=own, reference=number.printed)
        if number.style in _LETTERS:
            own = _LETTERS[number.style] + own
            return replace(self, id=_join(self.id, own), reference=_printed(self.reference, number.printed, node))
        if number.style in (Style.LETTER, Style.ROMAN, Style.CAPITAL) and not self.id:
            own = number.printed.strip("()").lower()
        if number.path:
            outer = [str(value) for value in number.path]
            above = self.id if self.id and not re.fullmatch(r"\d+(?:-\d+)*", self.id) else ""
            return replace(self, id=_join(above, "-".join(outer)), reference=number.printed)
        return replace(self, id=_join(self.id, own), reference=_printed(self.reference, number.printed, node))

    @property
    def full_id(self) -> str:
        """With the attachment it stands in."""
        return _join(self.prefix, self.id)

    @property
    def full_reference(self) -> str:
        """With the attachment's label."""
        return f"{self.label} {self.reference}".strip()


@dataclass(slots=True)
class Ids:
    """The ids given so far in a document."""

    given: set[str] = field(default_factory=set)
    _times: dict[str, int] = field(default_factory=dict)

    def take(self, wanted: str) -> str:
        """The id wanted, or one made from it where the document numbers two units alike."""
        wanted = wanted[:50].strip("-.")
        id, count = wanted, self._times.get(wanted, 1)
        while id in self.given:
            count += 1
            id = f"{wanted}-again" + (str(count) if count > 2 else "")
        self._times[wanted] = count
        self.given.add(id)
        return id


def _join(*pieces: str) -> str:
    return "-".join(piece for piece in pieces if piece)


def _printed(outer: str, own: str, node: Node) -> str:
    if not outer:
        return own
    wide = own[0] in "（①②③④⑤⑥⑦⑧⑨⑩" or (own.isdigit() and outer.endswith("）")) or own[0] == "("
    if outer[-1:].isdigit() and own.isdigit():
        return f"{outer}.{own}"
    if node.style is not None and node.style > Style.ARTICLE and wide:
        return outer + own
    return f"{outer} {own}"


def restarts(root: Node) -> bool:
    """Whether articles are counted anew in every chapter, so that their number alone names none of them."""
    seen: Sequence[tuple[int, int]] = [
        (node.number.value, node.number.after) for node in _walk(root) if node.number and node.style is Style.ARTICLE
    ]
    return seen.count((1, 0)) > 1


def _walk(node: Node) -> list[Node]:
    return [node, *(inner for child in node.children for inner in _walk(child))]
