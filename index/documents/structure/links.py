"""Cross-references within a document (依照第十条, 前款, the preceding paragraph) → the clauses they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.documents.structure.types import Doubt, DraftClause, Link
from index.numerals import han_number
from index.types import Language

_H = r"[零〇一二三四五六七八九十百\d]+"
_OWN = "办法|规定|细则|条例|法|通知|意见|方案|制度|指引|规程|合同|协议|章程|决定|公告"
_ARTICLE = re.compile(
    rf"(?P<of>本(?:{_OWN})|附件{_H}?)?(?P<first>第(?P<a>{_H})(?:条(?:之(?P<after>{_H}))?))(?:第(?P<p>{_H})款)?"
    rf"(?:第?[（(](?P<i>{_H})[）)]项?|第(?P<j>{_H})项)?"
)
_MORE = re.compile(
    rf"(?P<join>、|和|及|以及|或者?|至|到|—|-)第(?P<a>{_H})条(?:第(?P<p>{_H})款)?(?:第?[（(](?P<i>{_H})[）)]项)?"
)
_PARAGRAPH = re.compile(rf"(?<!条)(?:本条)?第(?P<p>{_H})款(?:第[（(](?P<i>{_H})[）)]项)?")
_BEFORE = re.compile(r"前(?P<many>[两二三四])?(?P<what>条|款|项)(?:规定|所列|所称|所述|的|第)?")
_POINT = re.compile(
    rf"(?:本(?:{_OWN}))第?(?P<a>{_H})(?:部分|点|、)?(?:第?[（(](?P<i>{_H})[）)](?:项|点)?)?(?=部分|点|规定|所|的|要求|中)"
)
# 《…法》第十条, 公司法第十条: of another text.
_OTHERS = re.compile(
    r"(?:》|(?<!本)(?:法|典|条例|规定|办法|细则|通知|意见|解释|章程|指引|公约))(?:（[^（）]{1,12}）)?$"
)
_EN_ARTICLE = re.compile(
    r"\b(?:(?:paragraph|item|sub-?paragraph) \(?(?P<p>\w{1,3})\)? of )?"
    r"(?P<what>Articles?|Sections?|Clauses?|Paragraphs?) (?P<a>\d{1,3}(?:\.\d{1,2})*)(?:\((?P<i>\w{1,3})\))?"
)
_EN_MORE = re.compile(
    r"(?P<join>, and |, | and | or | to |–|-)(?P<a>\d{1,3})(?:\((?P<i>\w{1,3})\))?"
    r"(?![\d.%]|\w| (?:yuan|years?|months?|days?|million|per))"
)
_EN_BEFORE = re.compile(r"\bthe (?:preceding|previous|foregoing) (?P<what>article|section|paragraph|clause|item)", re.I)
_EN_OTHERS = re.compile(r"^ (?:of|in) (?:the (?!present\b|said\b)|[A-Z《])")


_MOST = 200  # of one clause


@dataclass(frozen=True, slots=True)
class _Target:
    clause: DraftClause
    part: str | None = None


def linked(clauses: Sequence[DraftClause], language: Language) -> tuple[list[DraftClause], list[Doubt]]:
    """The clauses with their links; a reference to a provision that is not there is a doubt, none is invented."""
    register = _Register(clauses)
    found, doubts = [], []
    for place, clause in enumerate(clauses):
        if clause.table is not None:
            found.append(clause)
            continue
        links: list[Link] = []
        finder = _chinese if language is Language.ZH else _english
        for start, end, target, certain in finder(clause, place, register):
            if len(links) >= _MOST:
                break
            if target is not None and not any(link.start < end and start < link.end for link in links):
                links.append(Link(start, end, target.clause.id, target.part))
            elif target is None and certain:
                page = clause.pages[0] if clause.pages else None
                doubts.append(Doubt("link-unresolved", f"{clause.reference}: {clause.text[start:end]}", page))
        found.append(replace(clause, links=tuple(sorted(links, key=lambda link: link.start))))
    return found, doubts


class _Register:
    """Clauses by attachment and printed number."""

    def __init__(self, clauses: Sequence[DraftClause]) -> None:
        self.clauses = clauses
        self._by_part = {part.id: clause for clause in reversed(clauses) for part in clause.parts}
        self._first: dict[str, DraftClause] = {}
        for clause in clauses:
            for at in (match.start() for match in re.finditer("-", clause.id)):
                self._first.setdefault(clause.id[:at], clause)
        self._by_id = {clause.id: clause for clause in reversed(clauses)}

    def article(self, of: DraftClause, number: str, after: str | None = None) -> DraftClause | None:
        value = _value(number)
        if value is None:
            return None
        own = f"{value}.{_value(after)}" if after else str(value)
        here = scope(of)
        chapter = of.id.rsplit("-", 1)[0] if re.search(r"第.+章 第.+条", of.reference) else None
        for id in filter(None, [f"{chapter}-{own}" if chapter else None, f"{here}-{own}" if here else own]):
            if id in self._by_id:
                return self._by_id[id]
        return None

    def get(self, id: str) -> DraftClause | None:
        """The clause of that id."""
        return self._by_id.get(id)

    def first_below(self, of: DraftClause, number: str) -> DraftClause | None:
        value, here = _value(number), scope(of)
        return self._first.get(f"{here}-{value}" if here else str(value))

    def part(self, id: str) -> _Target | None:
        """The clause of that id, or the one that has a part of that id."""
        if id in self._by_id:
            return _Target(self._by_id[id])
        return _Target(self._by_part[id], id) if id in self._by_part else None

    def before(self, place: int) -> DraftClause | None:
        """The provision before: 前条."""
        here = scope(self.clauses[place])
        for back in range(place - 1, -1, -1):
            clause = self.clauses[back]
            if clause.table is None:
                return clause if scope(clause) == here and clause.id != "preamble" else None
        return None


def scope(clause: DraftClause) -> str:
    """The attachment a clause stands in: a1; "" in the main text."""
    match = re.match(r"(a\d+)-", clause.id)
    return match[1] if match else ""


_Found = Iterator[tuple[int, int, _Target | None, bool]]


def _chinese(clause: DraftClause, place: int, register: _Register) -> _Found:
    text = clause.text
    for match in _ARTICLE.finditer(text):
        if (
            not (match["of"] or "").startswith("附件")
            and _OTHERS.search(text[max(0, match.start() - 40) : match.start()])
            and not match["of"]
        ):
            continue
        foreign = bool(match["of"] and match["of"].startswith("附件"))
        if foreign:
            continue
        item = match["i"] or match["j"]
        target = _aimed(register, register.article(clause, match["a"], match["after"]), match["p"], item)
        if target is None and match["of"]:  # 一、 that is only a heading: what stands below it
            below = _by_item(register, clause, match["a"], item) if item else None
            target = below or _maybe(register.first_below(clause, match["a"]))
        yield match.start(), match.end(), target, bool(match["of"])
        end = match.end()
        while more := _MORE.match(text, end):
            target = _aimed(register, register.article(clause, more["a"]), more["p"], more["i"])
            yield more.start() + len(more["join"]), more.end(), target, bool(match["of"])
            end = more.end()
    for match in _PARAGRAPH.finditer(text):
        if not re.search(
            r"条(?:之[一二三四五])?$", text[max(0, match.start() - 4) : match.start()]
        ) and not _OTHERS.search(text[: match.start()]):
            yield match.start(), match.end(), _aimed(register, clause, match["p"], match["i"], strictly=True), False
    for match in _BEFORE.finditer(text):
        yield (
            match.start(),
            match.start() + len("前") + len(match["many"] or "") + 1,
            _preceding(clause, place, register, match),
            True,
        )
    for match in _POINT.finditer(text):
        if (
            not text[match.start() :].startswith(("本法第", "本办法第"))
            or "条" not in text[match.start() : match.end() + 1]
        ):
            base = register.article(clause, match["a"])
            inner = _by_item(register, clause, match["a"], match["i"]) if match["i"] else None
            target = inner or (_Target(base) if base else None) or _maybe(register.first_below(clause, match["a"]))
            yield match.start(), match.end(), target, False


def _maybe(clause: DraftClause | None) -> _Target | None:
    return _Target(clause) if clause else None


def _by_item(register: _Register, of: DraftClause, number: str, item: str) -> _Target | None:
    value, inner, here = _value(number), _value(item), scope(of)
    return register.part("-".join(filter(None, [here, str(value), str(inner)])))


def _aimed(
    register: _Register,
    clause: DraftClause | None,
    paragraph: str | None,
    item: str | None,
    *,
    strictly: bool = False,
) -> _Target | None:
    """The clause, and the part of it named; with `strictly` None where it has no such part."""
    if clause is None:
        return None
    if item is not None and (value := _value(item)) is not None:
        wanted = next((part.id for part in clause.parts if part.id == f"{clause.id}-{value}"), None)
        if wanted:
            return _Target(clause, wanted)
        if (below := register.get(f"{clause.id}-{value}")) is not None:
            return _Target(below)
    if paragraph is not None and (value := _value(paragraph)) is not None:
        wanted = next((part.id for part in clause.parts if part.id == f"{clause.id}-p{value}"), None)
        if wanted:
            return _Target(clause, wanted)
        if strictly and not (value == 1 and not clause.parts):
            return None
    return _Target(clause)


def _preceding(clause: DraftClause, place: int, register: _Register, match: re.Match[str]) -> _Target | None:
    if match["what"] == "条":
        return _maybe(register.before(place))
    kind = "p" if match["what"] == "款" else ""
    if not clause.parts and match["what"] == "项" and "-" in clause.id:  # an item that is a clause of its own
        above = register.before(place)
        together = above is not None and above.id.rpartition("-")[0] == clause.id.rpartition("-")[0]
        return _maybe(above) if together else None
    pieces = [part for part in clause.parts if re.fullmatch(rf"{re.escape(clause.id)}-{kind}\d+", part.id)]
    earlier = [part for part in pieces if part.end <= match.start()]
    return _Target(clause, earlier[-1].id) if earlier else None


def _english(clause: DraftClause, place: int, register: _Register) -> _Found:
    text = clause.text
    for match in _EN_ARTICLE.finditer(text):
        if _EN_OTHERS.match(text[match.end() : match.end() + 40]) and not re.match(
            r" (?:of|in) (?:these|this|the present)\b", text[match.end() : match.end() + 40]
        ):
            continue
        own = match["what"].lower().rstrip("s")
        if own == "paragraph":
            target = _aimed(register, clause, match["a"], None, strictly=True)
            yield match.start(), match.end(), target, False
            continue
        target = _aimed(register, register.article(clause, match["a"].replace(".", "-")), match["p"], match["i"])
        yield match.start(), match.end(), target, False
        end = match.end()
        while match["what"].endswith("s") and (more := _EN_MORE.match(text, end)):
            yield (
                more.start() + len(more["join"]),
                more.end(),
                _aimed(register, register.article(clause, more["a"]), None, more["i"]),
                False,
            )
            end = more.end()
    for match in _EN_BEFORE.finditer(text):
        if match["what"].lower() in ("article", "section", "clause"):
            yield match.start(), match.end(), _maybe(register.before(place)), True
        else:
            kind = "p" if match["what"].lower() == "paragraph" else ""
            pieces = [p for p in clause.parts if re.fullmatch(rf"{re.escape(clause.id)}-{kind}\d+", p.id)]
            earlier = [part for part in pieces if part.end <= match.start()]
            yield match.start(), match.end(), _Target(clause, earlier[-1].id) if earlier else None, True


def _value(word: str | None) -> int | str | None:
    if word is None:
        return None
    if re.fullmatch(r"\d+(?:-\d+)*", word):
        return int(word) if word.isdigit() else word
    if re.fullmatch(r"[a-z]", word):
        return ord(word) - 96
    try:
        return int(han_number(word))
    except (KeyError, ValueError):
        return None
