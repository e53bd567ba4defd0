"""Numbers of documents, brought to one form: 金规〔2024〕13号, 国家金融监督管理总局令2024年第2号, YXFB 2024/07."""

from __future__ import annotations

import re

from index.documents.metadata.labels import labelled
from index.documents.metadata.sources import Said, framed
from index.documents.metadata.types import Certainty, Proposal
from index.documents.structure.spelling import flat
from index.documents.structure.types import Draft, Role

BRACKETED = re.compile(
    r"(?P<who>[\u3400-\u9fff]{1,16}?) ?[〔\[［【(（﹝] ?(?P<year>\d{4}) ?[〕\]］】)）﹞] ?第? ?(?P<n>\d{1,5}) ?号"
)
ORDER = re.compile(
    r"(?P<who>[\u3400-\u9fff]{0,24}?(?:令|公告|通告))? ?[（(]?(?:(?P<year>\d{4}) ?年)?"
    r" ?第 ?(?P<n>[\d零〇一二三四五六七八九十百]{1,6}) ?号[）)]?"
)
ENGLISH = re.compile(
    r"\b(?:[A-Z][a-z]+ (?:No\. ?)?(?=[A-Z]))?[A-Z][A-Za-z&]{1,12}(?:[/-][A-Z]{2,10}){0,3}"
    r"(?: \(?[A-Z][A-Za-z]*\)?)?[ /-]?(?:No\. ?)?"
    r"[\[(]?(?:19|20)\d\d[\])]?[/ -](?:No\. ?)?\d{1,4}\b"
    r"|\b(?:Order|Decree|Announcement) No\. ?\d{1,4}(?: of (?:19|20)\d\d)?"
    r"|\b[A-Z][A-Za-z]+(?: [A-Z][a-z]+)?(?: No\. ?\d{1,4} ?\[(?:19|20)\d\d\]| ?\[(?:19|20)\d\d\] ?No\. ?\d{1,4})"
)
_EN_LABEL = re.compile(
    r"(?:[A-Z][a-z]+\.? )?(?:No\.|Number|Ref(?:erence)?\.?)(?: No\.)?[:：]? *"
    r"(?P<n>[A-Z][\w/()\[\] .-]*\d)",
    re.I,
)


def number_of(draft: Draft) -> Proposal[str] | None:
    """The document's own number."""
    for said in framed(draft, Role.NUMBER):
        value = one_form(said.text)
        if bare := re.fullmatch(r"〔(\d{4})〕第?(\d{1,5})号", _brackets(said.text)):
            value = f"〔{bare[1]}〕第{int(bare[2])}号"  # below the words 某行公告
        if value is None:
            continue
        if value[0] in "第〔0123456789" and (order := _order(draft)):
            return Proposal(f"{order.removeprefix('中华人民共和国')}{value}", said.text, said.page, Certainty.SURE)
        return Proposal(value, said.text, said.page, Certainty.SURE)
    if (said_label := labelled(draft, "number")) and (value := one_form(said_label.text)):
        return Proposal(value, said_label.text, said_label.page, Certainty.SURE)
    return _in_brackets(draft) or _english(draft)


def _brackets(text: str) -> str:
    return re.sub(r"[\[［【(（﹝](\d{4})[\]］】)）﹞]", r"〔\1〕", flat(text).replace(" ", ""))


def one_form(text: str) -> str | None:
    """The first number a text gives, in the form we keep; None where it gives none."""
    plain = flat(text)
    if match := BRACKETED.search(plain):
        return f"{match['who']}〔{match['year']}〕{int(match['n'])}号"
    if match := ORDER.search(plain):
        number = match["n"]
        year = f"{match['year']}年" if match["year"] else ""
        return f"{match['who'] or ''}{year}第{int(number) if number.isdigit() else number}号"
    if match := ENGLISH.search(plain):
        return re.sub(r"^[A-Z][a-z]+ (?:No\. ?)?(?!No\.)(?=[A-Z])", "", match[0])
    return None


def numbers_in(text: str) -> list[str]:
    """Every number in brackets, and every English one, in a text."""
    plain = flat(text)
    found = [(m.start(), f"{m['who']}〔{m['year']}〕{int(m['n'])}号") for m in BRACKETED.finditer(plain)]
    found += [(m.start(), m[0]) for m in ENGLISH.finditer(plain)]
    return [number for _, number in sorted(found)]


def _order(draft: Draft) -> str | None:
    """国家金融监督管理总局令 above 2024年第2号."""
    for role in (Role.MASTHEAD, Role.TITLE):
        for said in framed(draft, role):
            name = said.text.replace(" ", "").removesuffix("文件")
            if name.endswith(("令", "公告", "通告")) and len(name) <= 30:
                return name
    return None


def _in_brackets(draft: Draft) -> Proposal[str] | None:
    """（云溪财规〔2025〕6号）below the title, or in the words of adoption."""
    for role in (Role.ADOPTION, Role.TITLE, Role.DATE):
        for said in framed(draft, role):
            plain = flat(said.text)
            match = (
                BRACKETED.search(plain) if role is not Role.TITLE else re.search(rf"\({BRACKETED.pattern}\)$", plain)
            )
            if match and (value := one_form(match[0])):
                return Proposal(value, said.text, said.page, Certainty.LIKELY)
            if role is Role.ADOPTION and (order := re.search(r"[\u3400-\u9fff]{2,20}令(?:\d{4}年)?第\d+号", plain)):
                return Proposal(re.sub("^.*?日", "", order[0]), said.text, said.page, Certainty.LIKELY)
    return None


def _english(draft: Draft) -> Proposal[str] | None:
    head = [Said(framing.text, framing.page) for framing in draft.frame[:10]]
    head += [
        Said(line, clause.pages[0] if clause.pages else 1)
        for clause in draft.clauses[:2]
        for line in clause.text.splitlines()[:4]
    ]
    for said in head:
        match = _EN_LABEL.match(said.text) or re.match(ENGLISH.pattern, said.text)
        if match and (value := one_form(match[0])):
            return Proposal(value, said.text, said.page, Certainty.SURE)
    return None
