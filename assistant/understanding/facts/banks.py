"""Lenders in a marked text: each becomes one mark, so that phrases can be matched around it."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.lexicon.banks import banks_in
from assistant.understanding.facts.marks import Marked
from assistant.understanding.facts.patterns import BANK

# The banks that the fact bank_account tells apart.
ACCOUNTS = {
    "中国农业银行": "abc", "中国建设银行": "ccb", "中国工商银行": "icbc", "中国银行": "boc", "中国邮政储蓄银行": "psbc",
}  # fmt: skip

_WORDS = re.compile(
    r"[\u4e00-\u9fff]{2,8}?银行|[工农中建交招哈]行(?![业为动政使])|(?:兴业|光大|华夏|中信|广发|平安|浙商|渤海|恒丰)(?=[，,。；;)）\s]|$|的?贷|那笔)|邮储|邮政储蓄|浦发|民生银行|微众|网商(?=银行|贷)|泰隆"
    r"|\b(?:ICBC|CCB|ABC|BOC|PSBC|CMB|WeBank|MYbank|AgBank|BoCom|HSBC)\b"
    r"|\b(?:\w+ )?Bank of (?:China|Communications|[A-Z]\w+)\b"
    r"|\b(?:China )?[A-Z]\w+(?: [A-Z]\w+)? (?:Savings )?Bank(?: of China)?\b"
)


@lru_cache(maxsize=4096)  # of what visitors write
def _names(text: str) -> bool:
    return bool(banks_in(text))


def with_banks(marked: Marked) -> Marked:
    """The text with every lender it names made a mark."""
    if not banks_in(marked.source):
        return marked
    pieces: list[str] = []
    origin: list[int] = []
    found = {}
    at = 0
    for match in _WORDS.finditer(marked.text):
        start = next(
            (
                s
                for s in range(match.start(), match.end())
                if _names(marked.text[s : match.end()]) and not _names(marked.text[s + 1 : match.end()])
            ),
            None,
        )
        if start is None:
            continue
        start = _leftmost(marked.text, match.start(), start, match.end())
        pieces.append(marked.text[at:start] + BANK)
        origin.extend(marked.origin[at : start + 1])
        found.update(
            {
                place - at + len(origin) - 1 - (start - at): item
                for place, item in marked.found.items()
                if at <= place < start
            }
        )
        at = match.end()
    shift = len(origin) - at
    pieces.append(marked.text[at:])
    origin.extend(marked.origin[at:])
    found.update({place + shift: item for place, item in marked.found.items() if place >= at})
    return Marked("".join(pieces), marked.source, marked.plain, tuple(origin), found)


def _leftmost(text: str, low: int, start: int, end: int) -> int:
    """The longest name that ends here: 中国工商银行 rather than 工商银行."""
    names = {bank.zh for bank in banks_in(text[start:end])}
    while (
        start > low
        and {bank.zh for bank in banks_in(text[start - 1 : end])} == names
        and any(name.endswith(text[start - 1 : end]) for name in names)
    ):
        start -= 1
    return start
