"""Document numbers as running text mentions them: 财金〔2025〕4号, 国务院令第802号, 公告2023年第13号."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache, lru_cache
from pathlib import Path

from assistant.texts import load_data
from index.text import normalise, sentences
from index.types import Language

_MOST = 1 << 17  # texts whose mentions are kept: all clauses of a large library
_NUMBER = re.compile(r"〔\d{4}〕第?\d+号|(?:令|公告)(?:〔?\d{4}〕?年?)?第\d+号|令第[一二三四五六七八九十百]+号")
_BEFORE = re.compile(r"[\u4e00-\u9fff ]*$")  # what may belong to a number, as far back as the one before it
_LOOKED_BACK = 24  # characters
# An abbreviated issuer is led up to by these; without one it may be the end of a longer one: 京金发 is not 金发.
_LEADS = re.compile(r".*(?:[按照据和与及的由对见以将被至到在从是即为把依日件号代用向来实明]|执行)")
_LONGEST = 7  # characters of an issuer's abbreviation


@lru_cache(maxsize=_MOST)
def mentions(text: str) -> tuple[str, ...]:
    """Every number a text names, normalised, with as many characters before it as might belong to it."""
    plain, done, found = normalise(text), 0, []
    for number in _NUMBER.finditer(plain):
        led = _BEFORE.search(plain, max(done, number.start() - _LOOKED_BACK), number.start())
        found.append(((led[0] if led else "") + number[0]).strip())
        done = number.end()
    return tuple(dict.fromkeys(found))


def unheld(text: str, language: Language, held: Collection[str]) -> tuple[str, ...]:
    """Numbers a text names that are none of these, as far as it can be told where they begin.

    A number of which a sentence says that there is no such document is none.
    """
    found = []
    for sentence in sentences(text, language):
        if any(denied in sentence for denied in _denied()):
            continue
        others = (m for m in mentions(sentence) if not any(names(m, number) for number in held))
        found += [number for m in others if (number := shortest(m)) is not None]
    return tuple(dict.fromkeys(found))


@cache
def _denied() -> tuple[str, ...]:
    return tuple(load_data(Path(__file__).with_name("mentions.yaml"))["denied"])


def names(mention: str, number: str) -> bool:
    """Whether a mention is of that (normalised) number rather than of one that merely ends like it."""
    if not mention.endswith(number):
        return False
    before = mention[: -len(number)].rstrip()
    return not before or _LEADS.fullmatch(before) is not None or "〔" not in number


def shortest(mention: str) -> str | None:
    """The number a mention most likely is, without the words that lead up to it; None where that cannot be told."""
    head, bracket, tail = mention.partition("〔")
    if not bracket:
        return None
    led = _LEADS.match(head)
    issuer = head[led.end() :] if led else head
    return f"{issuer}〔{tail}" if 2 <= len(issuer) <= _LONGEST and " " not in issuer else None
