"""Documents by what people call them: every way to type a number, a title, half a title, what it is commonly called."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from index import clause_addresses
from index.clause_addresses import Address
from index.references import chinese_number
from index.text import clean, normalise
from index.types import Clause, Document
from index.words import Words

_HELD = re.compile(r"(?:〔(\d{4})〕|(\d{4})年)?第?([\d一二三四五六七八九十百]+)号")  # in a number as documents bear it
_TOLD = re.compile(r"(\d{1,4})\s*号")
_YEAR = r"(?:[〔\[(【﹝]\s*((?:19|20)\d\d)\s*[〕\])】﹞]|((?:19|20)\d\d)\s*年?)"
_FORM = r"(?:\s*(文件|公告|通告|文|令|通知))?"
_WITH_SIGN = re.compile(
    rf"([\u4e00-\u9fff]{{0,16}})\s*{_YEAR}?\s*[-—–]?\s*(?:第\s*)?(?<!\d)(\d{{1,4}}|(?<=第)[一二三四五六七八九十百]+)\s*号{_FORM}"
)
_WITHOUT_SIGN = re.compile(rf"([\u4e00-\u9fff]{{2,16}})\s*{_YEAR}\s*[-—–/第]?\s*(\d{{1,4}})(?![\d年月.%万亿])")
_ENGLISH = re.compile(
    r"(?:(?:[a-z]+ ){0,3}?[\[(〔]?((?:19|20)\d\d)[\])〕]?,? )?"
    r"(?:\b(?:document|notice|circular|announcement|order|decree) )?\bno\.? ?(\d{1,4})\b(?: of ((?:19|20)\d\d))?"
)
_FORMS = {"文": "〔", "文件": "〔", "通知": "〔", "公告": "公告", "通告": "公告", "令": "令"}
_NO_ISSUER = ("文号", "编号", "文件", "通知", "公告")
_PIECES = re.compile(r"[、:：《》“”\"'‘’;；,，·/]+|\s+(?=[\u4e00-\u9fff])")
_PARENTHESES = re.compile(r"\([^()]*\)")
_LATIN = re.compile(r"[a-z0-9][a-z0-9.%+]*[a-z0-9%]|[a-z0-9]")
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class _Number:
    """A number that a document, or one clause of it, bears."""

    place: int
    issuer: str
    year: int | None
    text: str
    weight: float  # 1 the document's own, less for others it covers
    clause_id: str | None = None


@dataclass(frozen=True, slots=True)
class Naming:
    """What a typed line names, and what is left of it.

    `documents` and `titled` go by place, with weights in (0, 1]; `clauses` are single ones that bear the number
    themselves or tell of it.
    """

    documents: dict[int, float] = field(default_factory=dict)  # by their number
    clauses: dict[tuple[int, str], float] = field(default_factory=dict)  # by their own number, or telling of it
    titled: dict[int, float] = field(default_factory=dict)  # by their title
    titled_as_typed: dict[int, float] = field(default_factory=dict)  # the same, were the address part of it: 25条
    address: Address = ()
    number: str = ""  # the number as typed
    rest: str = ""  # the line without number and address
    whole: bool = False  # a document by its number, or a clause by its address, and nothing asked for beyond it
    name_only: bool = False  # hardly anything stands in the line but words that names are made of


class Names:
    """The names of an index's documents."""

    def __init__(self, documents: Sequence[Document], words: Words) -> None:
        self._documents = documents
        self._words = words
        self._numbers: dict[int, list[_Number]] = {}
        self._telling: dict[int, list[tuple[int, str, str]]] = {}  # value → document, clause, its text
        self._pieces: list[list[str]] = []
        self._titles: list[str] = []
        self._known_as: list[str] = []  # titles and issuers
        self._having: dict[str, set[int]] = {}
        for place, document in enumerate(documents):
            self._learn_numbers(place, document)
            self._learn_titles(place, document)

    def read(self, line: str) -> Naming:
        """What a typed line names."""
        text = _BLANK.sub(" ", normalise_spaced(line)).strip()
        number, rest = self._number_in(text)
        address, rest, bare = clause_addresses.typed(rest)
        documents: dict[int, float] = {}
        clauses: dict[tuple[int, str], float] = {}
        if number is not None:
            documents, clauses = self._numbered(number)
        titled: dict[int, float] = {}
        as_typed: dict[int, float] = {}
        if not documents:
            titled = self._titled(rest if number is None or clauses else f"{rest} {number.typed}")
            as_typed = self._titled(text) if address else titled
        if bare and not documents and not clauses and not titled:
            address, rest = (), text
        left = self._words.cut(rest)
        named = {*documents, *(place for place, _ in clauses)}
        named |= set(titled) if address else set()
        whole = bool(named) and all(any(word in self._known_as[place] for place in named) for word in left)
        typed = number.typed if number else ""
        only = self._name_only(rest)
        return Naming(documents, clauses, titled, as_typed, address, typed, rest.strip(), whole, only)

    def _name_only(self, line: str) -> bool:
        """Whether the words that count make up nearly all of a line: 现在LPR多少 asks for more than the LPR."""
        letters = [letter for letter in line if "\u3400" <= letter <= "\u9fff"]
        counted = sum(1 for word in self._words.cut(line) for letter in word if "\u3400" <= letter <= "\u9fff")
        return counted >= 0.8 * len(letters)

    def _number_in(self, text: str) -> tuple[_Typed | None, str]:
        for pattern, english in ((_WITH_SIGN, False), (_WITHOUT_SIGN, False), (_ENGLISH, True)):
            for match in pattern.finditer(text):
                found = self._english(match) if english else self._chinese(match, pattern is _WITH_SIGN)
                if found is not None:
                    return found, f"{text[: match.start()]}{found.before} {text[match.end() :]}".strip()
        return None, text

    def _chinese(self, match: re.Match[str], signed: bool) -> _Typed | None:
        run, bracketed, plain, value, *form = match.groups()
        year = bracketed or plain
        number = chinese_number(value)
        if not number:
            return None
        run = run.removesuffix("第")
        issuer, before = self._issuer(run, number)
        if not signed and not issuer:
            return None
        if not issuer and bracketed and run and not run.endswith(_NO_ISSUER):
            issuer, before = run, ""  # 财金〔2025〕4号 is not 银发〔2025〕4号
        typed = match[0][len(before) :].strip()
        return _Typed(number, int(year) if year else None, issuer, form[0] if form and form[0] else "", before, typed)

    def _english(self, match: re.Match[str]) -> _Typed | None:
        year = match[1] or match[3]
        return _Typed(int(match[2]), int(year) if year else None, "", "", "", match[0].strip())

    def _issuer(self, run: str, value: int) -> tuple[str, str]:
        """The issuer that ends a run of characters, and what stands before it."""
        issuers = [number.issuer for number in self._numbers.get(value, []) if number.issuer]
        for length in range(len(run), 1, -1):
            end = run[-length:]
            if any(end in issuer for issuer in issuers) and not end.startswith(("第", "的")):
                return end, run[:-length]
        return "", run

    def _numbered(self, typed: _Typed) -> tuple[dict[int, float], dict[tuple[int, str], float]]:
        held = [n for n in self._numbers.get(typed.value, []) if typed.year in (None, n.year)]
        if typed.issuer:
            held = [n for n in held if typed.issuer in n.issuer]
            held = [n for n in held if n.issuer == typed.issuer] or held
        if mark := _FORMS.get(typed.form):
            held = [n for n in held if mark in n.text or (mark == "令" and "令" in n.issuer)] or (
                held if typed.issuer or typed.year else []
            )
        documents: dict[int, float] = {}
        clauses: dict[tuple[int, str], float] = {}
        for number in held:
            if number.clause_id is None:
                documents[number.place] = max(number.weight, documents.get(number.place, 0.0))
            else:
                clauses[number.place, number.clause_id] = 0.9
        if typed.year or typed.issuer:
            for place, clause_id, text in self._telling.get(typed.value, []):
                if place not in documents and (place, clause_id) not in clauses and typed.told_in(text):
                    clauses[place, clause_id] = 0.5
        return documents, clauses

    def _titled(self, line: str) -> dict[int, float]:
        """How surely a line is a document's title or half of it, by place: above 0.5 for names only."""
        words = list(dict.fromkeys(self._words.cut(line)))
        if not words:
            return {}
        having = {word: self.bearing(word) for word in words}
        count = len(self._documents) + 1
        weights = {w: math.log(1 + count / (len(places) or 0.5)) * min(len(w), 4) for w, places in having.items()}
        reach = sum(weights.values())
        shares: dict[int, float] = {}
        for word, places in having.items():
            for place in places:
                shares[place] = shares.get(place, 0.0) + weights[word] / reach
        sure = {place: share for place, share in shares.items() if share >= 0.75}
        return {place: share * self._part(place, words) for place, share in sure.items()}

    def _part(self, place: int, words: Sequence[str]) -> float:
        """How much of the best piece of a document's names the words make up, [0, 1]."""
        best = 0.0
        for piece in self._pieces[place]:
            marks = bytearray(len(piece))
            for word in words:
                start = piece.find(word)
                while start >= 0:
                    marks[start : start + len(word)] = b"\x01" * len(word)
                    start = piece.find(word, start + 1)
            letters = sum(1 for letter in piece if not letter.isspace())
            best = max(best, sum(marks) / max(1, letters))
        return min(1.0, best)

    def bearing(self, word: str) -> set[int]:
        """The documents in whose names a word stands."""
        pairs = [word[i : i + 2] for i in range(len(word) - 1)] or [word]
        places = set.intersection(*(self._having.get(pair, set()) for pair in pairs))
        return {place for place in places if word in self._titles[place]}

    def _learn_titles(self, place: int, document: Document) -> None:
        names = [self.stemmed(name) for name in (document.title, document.short_title)]
        # What stands in parentheses is no name of the document: (LPR), (12378、12363等).
        bare = [_PARENTHESES.sub(" ", name) for name in names]
        pieces = [piece.strip() for name in bare for piece in (name, *_PIECES.split(name)) if piece.strip()]
        self._pieces.append(list(dict.fromkeys(pieces)))
        title = "\n".join(names)
        self._titles.append(title)
        self._known_as.append("\n".join([title, *map(self.stemmed, document.issuers)]))
        for i in range(len(title)):
            self._having.setdefault(title[i : i + 2], set()).add(place)
            self._having.setdefault(title[i], set()).add(place)

    def stemmed(self, name: str) -> str:
        """A name as its words are compared: English ones without their endings, as `Words.cut` gives them."""
        return _LATIN.sub(lambda word: (self._words.cut(word[0]) or [word[0]])[0], normalise(name))

    def words_of(self, line: str) -> list[str]:
        """The words of a line that count, each once."""
        return list(dict.fromkeys(self._words.cut(line)))

    def _learn_numbers(self, place: int, document: Document) -> None:
        own: list[tuple[str | None, float, str | None]] = [(document.document_number, 1.0, None)]
        own += [(number, 0.9, None) for number in document.other_numbers]
        for clause in document.clauses:
            own.append((clause.document_number, 0.9, clause.id))
            if "号" in clause.text:
                self._learn_telling(place, clause)
        for written, weight, clause_id in own:
            for number in _numbers(place, written, weight, clause_id):
                self._numbers.setdefault(number[0], []).append(number[1])

    def _learn_telling(self, place: int, clause: Clause) -> None:
        for value in {int(match[1]) for match in _TOLD.finditer(clause.text)}:
            self._telling.setdefault(value, []).append((place, clause.id, clause.text))


@dataclass(frozen=True, slots=True)
class _Typed:
    """A number as somebody typed it."""

    value: int
    year: int | None
    issuer: str
    form: str
    before: str  # what stood before the issuer in the same run of characters
    typed: str

    def told_in(self, text: str) -> bool:
        """Whether a clause speaks of that number."""
        year = rf"(?:〔{self.year}〕|{self.year}年?)" if self.year else r"(?:〔\d{4}〕|\d{4}年?)?"
        return re.search(rf"{re.escape(self.issuer)}{year}第?0*{self.value}号", normalise(text)) is not None


def normalise_spaced(line: str) -> str:
    """A line in the form words are compared in, with its blanks: "七" alone is something else than in 七部门."""
    return " ".join(normalise(token) for token in clean(line).split())


def _numbers(place: int, written: str | None, weight: float, clause_id: str | None) -> Iterator[tuple[int, _Number]]:
    if not written:
        return
    text = normalise(written)
    matches = list(_HELD.finditer(text))
    if matches:
        match = matches[-1]
        value = chinese_number(match[3])
        year = match[1] or match[2] or (later[1] if (later := re.search(r"\((\d{4})\)", text[match.end() :])) else None)
        if value:
            issuer = text[: match.start()]
            yield value, _Number(place, issuer, int(year) if year else None, text, weight, clause_id)
