"""The document, its number and the provision that an answer rests on, in a sentence."""

from __future__ import annotations

import re

from assistant.texts import texts
from assistant.types import Claim, ClaimKind, Part
from index.text import normalise
from index.types import Language, Passage

_NUMERALS = "[零〇一二三四五六七八九十百]+"
_PROVISION = {
    Language.ZH: re.compile(rf"第(?:{_NUMERALS}|\d+)[条章].*$|(?<!\S){_NUMERALS}(?:（{_NUMERALS}）)?$"),
    Language.EN: re.compile(r"\b(?:Article|Section|Chapter)s? \d.*$"),
}
_BARE = re.compile(rf"^{_NUMERALS}(?:（{_NUMERALS}）)?$")  # 二（一）, which a sentence calls 的“二（一）”部分
# A reference may name the law itself before the provision: 刑法第一百七十五条之一, Criminal Law, Article 175-1.
_LAW = {
    Language.ZH: re.compile(r"(?:法|条例|办法)$"),
    Language.EN: re.compile(r"(?:Law|Code|Regulations?|Measures)$"),
}
# What a clause of another document says of itself: 《中小企业促进法》第四十一条, 213号第二条, Article 41 of the Law …
_WITHIN = {
    Language.ZH: re.compile(rf"[》号](?:（[^）]*）)?((?:[、和]?第{_NUMERALS}条(?:第{_NUMERALS}款)?)+)"),
    Language.EN: re.compile(r"\b(Articles? \d+(?: and \d+)?) of\b"),
}


def source_named(passage: Passage) -> Claim:
    """The document as the answer to "which document, which article says so", with the provision where there is one.

    A clause from another document than the digest it stands in is named by that document's number, and by its title
    where the clause gives it: the digest's own title is not that of the law. So it is with the article of a law that a
    guide without a number of its own quotes.
    """
    say = texts(passage.language)
    before, provision = _reference(passage)
    own = passage.clause.document_number
    within = _WITHIN[passage.language].search(passage.clause.text)
    if before and _LAW[passage.language].search(before):
        name = say("answer.basis_named", name=before)
    elif own and normalise(own) != normalise(passage.document.document_number or ""):
        title = _only_title(passage)
        name = _titled(passage, title, own) if title else say("answer.basis_named", name=own)
        provision = provision or (within[1] if within else "")
    elif within and not passage.document_number and (title := _only_title(passage)):
        name, provision = _titled(passage, title, None), within[1]
    else:
        name = _titled(passage, passage.document.title, passage.document_number)
    shown = say("answer.basis_part", part=provision) if _BARE.match(provision) else provision
    clause = say("answer.basis_clause", clause=shown) if provision else ""
    told = say("answer.basis", name=name, clause=clause)
    # Made of what is recorded, not of what the clause says: its facets are those of a title.
    return Claim(told, ClaimKind.COMPUTED, Part.LEAD, (passage,), stated=told)


def _only_title(passage: Passage) -> str | None:
    """The title that a clause gives; None where it gives none, or several and so may mean any of them."""
    titles = set(re.findall(r"《([^》]+)》", passage.clause.text))
    return titles.pop() if len(titles) == 1 else None


def _titled(passage: Passage, title: str, number: str | None) -> str:
    say = texts(passage.language)
    return say("answer.basis_title", title=title, number=say("answer.basis_number", number=number) if number else "")


def _reference(passage: Passage) -> tuple[str, str]:
    """What a printed reference says before the provision, and the provision; both may be empty."""
    reference = passage.reference.strip()
    found = _PROVISION[passage.language].search(reference)
    return (reference[: found.start()].strip(" ,"), found[0]) if found else ("", "")
