"""Document numbers and clause references in a question: "13号文第三条", "财金[2026]4号", "Article 10"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.text import normalise
from index.types import Clause, Document

_NUMERAL = "零一二三四五六七八九"
_FULL = re.compile(r"([\u4e00-\u9fff]{1,12}?)\s*〔(\d{4})〕\s*第?\s*(\d+)\s*号")
_LOOSE_YEAR = re.compile(r"([\u4e00-\u9fff]{0,8}?)\s*(20\d{2})\s*年?\s*第?\s*(\d{1,4})\s*号")
_SHORT = re.compile(
    r"第?(?<![\d〕])(\d{1,4})\s*号(文|公告|令|通知)|\b(?:document|notice|circular|announcement) no\.? ?(\d{1,4})\b"
)
_NO_ISSUER = ("文号", "编号", "文件", "通知", "公告")
_CLAUSE = re.compile(
    r"第([零一二三四五六七八九十百\d]+)[条章款项部点]|\b(?:article|section|clause|paragraph|item) (\d+)\b"
)
_NUMBERED = re.compile(r"\d\s*号")
_PRINTED = re.compile(r"^第?([零一二三四五六七八九十百\d]+)(?:[条章款项]|、|$|(?=[（(]))")


@dataclass(frozen=True, slots=True)
class Reference:
    """A document named by its number, and a clause in it where one was named.

    `clause_id` is set where the number is no document's own: that clause is from the document named, or speaks of it,
    as of a repealed predecessor.
    """

    document_id: str
    clause: int | None
    clause_id: str | None = None


def chinese_number(text: str) -> int | None:
    """The value of a Chinese or Arabic numeral below 1000; None when it is none."""
    if text.isdigit():
        return int(text)
    total, digit = 0, 0
    for char in text:
        if char in "百十":
            total += (digit or 1) * (100 if char == "百" else 10)
            digit = 0
        elif char in _NUMERAL:
            digit = _NUMERAL.index(char)
        else:
            return None
    return total + digit


def clause_number(clause: Clause) -> int | None:
    """The top-level number of a clause as printed: 10 for 第十条, 2 for 二（一）, 3 for Section 3."""
    printed = _PRINTED.match(clause.reference.strip()) or re.match(r"(?:Article|Section) (\d+)", clause.reference)
    return chinese_number(printed[1]) if printed else None


def named_clause(query: str) -> int | None:
    """The number of the clause a question names, if it names one."""
    match = _CLAUSE.search(normalise(query))
    return chinese_number(match[1] or match[2]) if match else None


def numbers_of(document: Document) -> list[str]:
    """All document numbers of a document, its clauses' own ones included, normalised."""
    own = [document.document_number, *document.other_numbers, *(c.document_number for c in document.clauses)]
    return list(dict.fromkeys(normalise(number) for number in own if number))


def _own_numbers(document: Document) -> list[str]:
    return [normalise(number) for number in (document.document_number, *document.other_numbers) if number]


def references(query: str, documents: Sequence[Document]) -> list[Reference]:
    """The documents a question names by number, exactest naming first.

    A full number names one document. "13号文" may name several; all are given and the rest of the question decides.
    """
    text = normalise(query)
    clause = named_clause(query)
    patterns: list[re.Pattern[str]] = []
    for issuer, year, number in _FULL.findall(text):
        # 财金〔2025〕4号 is not 银发〔2025〕4号; "文号〔2025〕4号" names no issuer.
        own = "" if issuer.endswith(_NO_ISSUER) else issuer[-2:]
        patterns.append(re.compile(rf"{own}〔{year}〕0*{int(number)}号"))
    for _, year, number in _LOOSE_YEAR.findall(text) if not patterns else ():
        patterns.append(re.compile(rf"(?:〔{year}〕|{year}年?)第?0*{int(number)}号"))
    dated = bool(patterns)
    if not patterns:
        for number, form, en in _SHORT.findall(text):
            # A 文 or 通知 carries a bracketed year, a 公告 or 令 does not.
            before = "〕" if form in ("文", "通知") else "第" if form else "(?:〕|第)"
            patterns.append(re.compile(rf"{before}0*{int(number or en)}号"))
    if not patterns:
        return []
    found = [d for d in documents if any(p.search(number) for p in patterns for number in _own_numbers(d))]
    # 财金4号文 is not 银发4号文: where the issuer's abbreviation stands in the question, it decides.
    abbreviated = [d for d in found if any(_abbreviation(n) and _abbreviation(n) in text for n in numbers_of(d))]
    if found:
        return [Reference(document.id, clause) for document in abbreviated or found]
    # No document's own number: the clauses that are from that document, or else those that speak of it.
    carrying = _provisions(documents, patterns, lambda provision: provision.document_number or "")
    return carrying or (_provisions(documents, patterns, lambda provision: provision.text) if dated else [])


def _provisions(
    documents: Sequence[Document], patterns: Sequence[re.Pattern[str]], text: Callable[[Clause], str]
) -> list[Reference]:
    return [
        Reference(document.id, None, clause_id=provision.id)
        for document in documents
        for provision in document.clauses
        if _NUMBERED.search(text(provision))  # normalising every clause of a large library takes seconds
        and any(pattern.search(normalise(text(provision))) for pattern in patterns)
    ]


def names_a_document_number(query: str) -> bool:
    """Whether the question gives a document number at all, ours or not."""
    text = normalise(query)
    return bool(_FULL.search(text) or _LOOSE_YEAR.search(text) or _SHORT.search(text))


def _abbreviation(number: str) -> str:
    match = re.match(r"([\u4e00-\u9fff]{2,8})〔", number)
    return match[1] if match else ""
