"""The figures a question takes for granted, without those of the user's own affairs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.lexicon.figure_roles import Measure, Quantity, quantities
from assistant.types import Assertion, Query
from index.types import Language

_OF_OWN = {
    Language.ZH: re.compile(
        r"我|俺|咱|本公司|本店|厂里|店里|公司(?:去年|今年|现在|有|一共)|想(?:贷|借|申请)|要(?:贷|借)|需要"
    ),
    Language.EN: re.compile(r"\b(?:we|our|my|i have|i want|i need|i run|we need)\b", re.I),
}
_HEARSAY = {  # "跟我说", "I heard": the speaker comes into it, and the figure is none of his
    Language.ZH: re.compile(
        r"(?:跟|对|和|给|向)(?:我|我们|咱)(?:说|讲|提)|告诉(?:我|我们)|(?:我|我们|咱)(?:听|记得|以为|看到|理解|觉得)"
    ),
    Language.EN: re.compile(
        r"\b(?:i|we) (?:was|were|have|had)?\s*(?:heard|read|saw|thought|believe|told|understand)\b|\btold (?:me|us)",
        re.I,
    ),
}
_PIECE = {Language.ZH: re.compile(r"[，。；,;\s]"), Language.EN: re.compile(r"[,;.]\s")}
_ENDS = {"until", "since"}  # a date is compared as the first or the last day of something only
_EITHER = re.compile(r"还是|\bor\b", re.I)
_DENIED = re.compile(r"(?:不是|而非|\bnot)\s*$", re.I)
_ATTRIBUTE = re.compile(r"^\s*(?:元)?(?:的|那个|这个)")


def asserted_figures(query: Query, assertion: Assertion) -> Iterator[Quantity]:
    """The figures a question takes for granted, without those of the user's own affairs."""
    language = query.language
    for stretch in assertion.stretches:
        found = quantities(stretch, language)
        if _EITHER.search(stretch) and len({q.measure for q in found}) < len(found):
            continue
        for quantity in found:
            before, after = stretch[: quantity.start], stretch[quantity.start + len(quantity.said) :]
            if _DENIED.search(before) and any(q.measure is quantity.measure and q is not quantity for q in found):
                continue
            piece = _HEARSAY[language].sub("", _PIECE[language].split(before)[-1])
            if quantity.bound is None and _OF_OWN[language].search(piece):
                continue
            if quantity.measure is Measure.DATE and not quantity.facets & _ENDS:
                continue
            if not assertion.marked and quantity.bound is None and not _ATTRIBUTE.match(after):
                continue
            yield quantity
