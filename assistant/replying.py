"""A reply to a customer, drafted from the claims of an answer in the words of a channel, and checked once edited.

The draft says nothing the answer does not carry. After editing, every figure, date, document number and title must
stand in a clause the answer cites, in what the customer said, or in what was worked out for them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher

from assistant.answering.facets import facets
from assistant.answering.support import supported, vouched
from assistant.reference.citation import CitationForm, cite, cite_again
from assistant.texts import Texts, texts
from assistant.types import Answer, Citation, Claim, ClaimKind, Outcome, Part
from assistant.wording import day_words, money, quantity
from index.figures import document_numbers
from index.quantities import Quantity, Unit, quantities
from index.text import normalise, sentences
from index.types import Document, Language, StrEnum

_ORDER = (
    Part.LEAD, Part.SUMS, Part.RULES, Part.FITS, Part.OPEN, Part.UNFIT, Part.DATES, Part.NORMAL, Part.OTHERWISE,
    Part.MORE,
)  # fmt: skip  # next steps come after what is still to ask
WITHOUT_DRAFT = {Outcome.REFUSED, Outcome.OUT_OF_SCOPE, Outcome.FAILED}
_MARKS = re.compile(r"(?:\[\d+\])+")
_ISSUER = re.compile(r"^[\u4e00-\u9fff]+")
_ALIKE = 0.6  # from which on an edited line is still that of the draft
Documents = Callable[[str], Document | None]  # by id, in the language of the answer


class Channel(StrEnum):
    """What a reply is used for."""

    LETTER = "letter"
    WECHAT = "wechat"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Statement:
    """Some of the draft: claims on the same clauses, or words of ours (no basis)."""

    text: str
    basis: str = ""  # the clauses in parentheses, as they are inserted; "" for words of ours
    numbers: tuple[int, ...] = ()  # of the citations it rests on

    def shown(self, with_basis: bool) -> str:
        """As it stands in the draft."""
        return _with(self.text, self.basis) if with_basis and self.basis else self.text


@dataclass(frozen=True, slots=True)
class Draft:
    """Paragraphs of lines; lines that are empty are left out."""

    paragraphs: tuple[tuple[Statement, ...], ...]

    def text(self, with_basis: bool = True) -> str:
        """The whole draft."""
        return "\n\n".join(
            "\n".join(line.shown(with_basis) for line in paragraph if line.text) for paragraph in self.paragraphs
        )

    @property
    def bases(self) -> tuple[str, ...]:
        """What a copy without clauses leaves out, longest first."""
        found = {line.basis for paragraph in self.paragraphs for line in paragraph if line.basis}
        return tuple(sorted(found, key=lambda basis: (-len(basis), basis)))

    @property
    def cited(self) -> frozenset[int]:
        """The numbers of the citations it rests on."""
        return frozenset(n for paragraph in self.paragraphs for line in paragraph for n in line.numbers)

    def behind(self, line: str) -> frozenset[int]:
        """The citations behind a line, also where it was edited; all of them where it resembles none of ours."""
        lines = [item for paragraph in self.paragraphs for item in paragraph if item.numbers]
        alike = {item: SequenceMatcher(None, item.text, line.replace(item.basis, ""), False).ratio() for item in lines}
        nearest = max(lines, key=lambda item: alike[item], default=None)
        return frozenset(nearest.numbers) if nearest and alike[nearest] >= _ALIKE else self.cited

    @property
    def ours(self) -> frozenset[str]:
        """Sentences that no clause has to vouch for as long as nobody changes them."""
        lines = (line.text for paragraph in self.paragraphs for line in paragraph if not line.basis)
        return frozenset(_key(part) for text in lines for line in text.split("\n") for part in _sentences(line))


@dataclass(frozen=True, slots=True)
class Unvouched:
    """Something in an edited draft that nothing vouches for, and the sentence it stands in."""

    what: str
    sentence: str


def drafted(
    answer: Answer, channel: Channel, documents: Documents, say: Texts, values: Texts, *, more: bool = False
) -> Draft | None:
    """The draft of an answer; None where there must be none. `more` adds rules that are only related.

    `say` and `values` are texts in the language of the answer.
    """
    if answer.outcome in WITHOUT_DRAFT:
        return None
    words = {key: str(text) for key, text in say.section(f"draft_of.{channel}").items()}
    paragraphs: list[tuple[Statement, ...]] = [(Statement(words["greeting"]),)]
    named: set[str] = set()  # documents cited in full so far
    if answer.outcome is Outcome.NO_EVIDENCE:
        paragraphs.append((Statement(say("no_evidence.says")), Statement(say("no_evidence.whom"))))
    elif answer.outcome is Outcome.CLARIFY and not answer.claims:
        paragraphs.append((Statement(say("clarify")), Statement(_plain(answer.text))))
    else:
        paragraphs += _claims(answer, documents, words, say, values, more, named)
    if answer.asks:
        asks = (Statement(words["ask"].format(n=n, text=ask)) for n, ask in enumerate(answer.asks, 1))
        paragraphs.append((Statement(words["asks"]), *asks))
    steps = [pair for pair in answer.claims if pair[0].part is Part.NEXT]
    next_steps = _grouped(steps, answer, documents, words, say, named)
    if next_steps:
        paragraphs.append((Statement(words["next"]), *next_steps))
    cited = Draft(tuple(paragraphs)).cited
    if notes := _notes(answer, cited, say, values):
        paragraphs.append(tuple(Statement(words["note"].format(text=n)) for n in notes))
    paragraphs.append((Statement(words["closing"].format(day=day_words(answer.as_of, values))),))
    return Draft(tuple(paragraphs))


def unvouched(text: str, answer: Answer, draft: Draft | None, values: Texts) -> list[Unvouched]:
    """What an edited draft says in figures, dates, document numbers and titles that nothing vouches for, in order.

    A line that is still one of the draft must keep to the clauses it was made from; a new one may use any of them.
    """
    ours = draft.ours if draft else frozenset()
    found: list[Unvouched] = []
    for line in text.splitlines():
        left = [sentence for sentence in _sentences(line) if _key(sentence) not in ours]
        if not left:
            continue
        vouching = _vouching(answer, draft.behind(line) if draft else frozenset())
        for sentence in left:
            strange = [_spelt(q, values) for q in quantities(sentence) if not vouching.supports(q)]
            strange += [number for number in _numbers(sentence) if number not in vouching.numbers]
            strange += [f"《{title}》" for title in facets(sentence).titles if title not in vouching.titles]
            found += [Unvouched(what, sentence.strip()) for what in dict.fromkeys(strange)]
    return found


@dataclass(frozen=True, slots=True)
class _Vouching:
    """What may be said."""

    quantities: tuple[Quantity, ...]
    numbers: frozenset[str]
    titles: frozenset[str]

    def supports(self, item: Quantity) -> bool:
        return supported(item, self.quantities, exactly=False)


def _vouching(answer: Answer, cited: frozenset[int]) -> _Vouching:
    """What these clauses vouch for, what the customer said, and what was worked out on these clauses."""
    claims = [claim for claim, numbers in answer.claims if cited.intersection(numbers)]
    passages = {passage.id: passage for claim in claims for passage in claim.passages}
    told = [answer.question, *(claim.given for claim in claims if claim.given), *map(vouched, passages.values())]
    known = [item for words in told for item in quantities(words)]
    known += [item for claim in claims for worked in claim.worked for item in worked.gives()]
    return _Vouching(
        tuple(known),
        frozenset(number for words in told for number in _numbers(words)),
        frozenset(title for words in told for title in facets(words).titles),
    )


def _numbers(words: str) -> list[str]:
    """Document numbers: with their issuer where they are written 金规〔2024〕13号, without it where 2023年第13号."""
    full = document_numbers(words)
    loose = (_ISSUER.sub("", number) for number in facets(words).documents)
    return [*sorted(full), *dict.fromkeys(number for number in loose if "〔" not in number)]


def _spelt(item: Quantity, values: Texts) -> str:
    """A quantity as people write it; of units that need none the number alone."""
    if item.unit is Unit.DATE:
        return _dated(item.value, values)
    units = {Unit.MONTHS: "months", Unit.PERCENT: "percent", Unit.PEOPLE: "people", Unit.AGE: "years"}
    if item.unit is Unit.YUAN:
        return money(Decimal(item.value), values)
    return quantity(Decimal(item.value), units.get(item.unit), values)


def _dated(value: str, values: Texts) -> str:
    """A day as people write it; a month or year stays as it is."""
    try:
        return day_words(date.fromisoformat(value), values)
    except ValueError:
        return value


def _claims(
    answer: Answer, documents: Documents, words: dict[str, str], say: Texts, values: Texts, more: bool,
    named: set[str],
) -> list[tuple[Statement, ...]]:  # fmt: skip
    """What is answered, then what is only related."""
    found: list[tuple[Statement, ...]] = []
    for part in _ORDER:
        pairs = [pair for pair in answer.claims if pair[0].part is part]
        if part is Part.MORE:  # what is counted there is about our page, not for customers
            pairs = [pair for pair in pairs if pair[0].kind is not ClaimKind.COMPUTED] if more or not found else []
        if not pairs:
            continue
        title = {Part.LEAD: words["answer"], Part.MORE: words["more"]}.get(part)
        if title is None:
            title = say("part", title=values(f"case.parts.{part}"))
        found.append((Statement(title), *_grouped(pairs, answer, documents, words, say, named)))
    return found


def _grouped(
    claims: Sequence[tuple[Claim, tuple[int, ...]]], answer: Answer, documents: Documents, words: dict[str, str],
    say: Texts, named: set[str],
) -> list[Statement]:  # fmt: skip
    """Neighbouring claims on the same clauses in one line, with the clauses named once."""
    found: list[tuple[str, tuple[int, ...], bool]] = []
    advice = texts(answer.language)("case.renewal.advice")
    for claim, numbers in claims:
        text = _plain(claim.shown)
        if found and found[-1][1] == numbers and not claim.line and not found[-1][2]:
            joint = "" if answer.language is Language.ZH else " "
            found[-1] = (found[-1][0] + joint + text, numbers, False)
        else:
            found.append((text.replace(advice, say("advice")), numbers, claim.line))
    cited = {citation.n: citation for citation in answer.citations}
    return [
        Statement(
            words["item"].format(text=text),
            _basis([cited[n] for n in numbers if n in cited], answer, documents, say, named),
            numbers,
        )
        for text, numbers, _ in found
    ]


def _basis(
    citations: Iterable[Citation], answer: Answer, documents: Documents, say: Texts, named: set[str]
) -> str:
    """The clauses in parentheses; of one document the name stands once, and after its first time the number alone."""
    by_document: dict[str, list[Citation]] = {}
    for citation in citations:
        by_document.setdefault(citation.document_id, []).append(citation)
    told = [
        say("clauses_and").join(
            [
                _cited(first, answer, documents, again=first.document_id in named),
                *dict.fromkeys(c.clause for c in others if c.clause != first.clause),
            ]
        )
        for first, *others in by_document.values()
    ]
    named.update(by_document)
    return say("basis", basis=say("basis_and").join(told)) if told else ""


def _cited(citation: Citation, answer: Answer, documents: Documents, *, again: bool) -> str:
    document = documents(citation.document_id) if again else None
    clause = next((c for c in document.clauses if c.id == citation.clause_id), None) if document else None
    short = cite_again(document, clause) if document and clause else None
    return short or citation_words(citation, answer, documents)


def citation_words(citation: Citation, answer: Answer, documents: Documents) -> str:
    """A clause as it is cited in a sentence."""
    document = documents(citation.document_id)
    clause = next((c for c in document.clauses if c.id == citation.clause_id), None) if document else None
    if document is None:
        return citation.title
    return cite(document, clause, CitationForm.INLINE, answer.as_of)


def _notes(answer: Answer, cited: frozenset[int], say: Texts, values: Texts) -> list[str]:
    """What a customer must know of the validity of the cited clauses, by the names of their documents, not by marks.

    That a clause was never compared with its original is for whoever sends the reply, who is to do so first.
    """
    for_staff = values("answer.known", n="").split("[")[0]
    titles = {f"[{citation.n}]": citation.title for citation in answer.citations if citation.n in cited}

    def spelled(match: re.Match[str]) -> str:
        marks = re.findall(r"\[\d+\]", match[0])
        found = dict.fromkeys(titles[mark] for mark in marks if mark in titles)
        return say("basis_and").join(say("about", title=title) for title in found)

    return [
        _plain(_MARKS.sub(spelled, notice))
        for notice in answer.notices
        if any(mark in notice for mark in titles) and not notice.startswith(for_staff)
    ]


def notes_for_staff(answer: Answer, draft: Draft) -> tuple[str, ...]:
    """What is to be known before a draft is sent; not what is said only of clauses it does not cite."""
    marks = {f"[{n}]" for n in draft.cited}
    return tuple(
        notice for notice in answer.notices if not _MARKS.search(notice) or any(mark in notice for mark in marks)
    )


def _with(text: str, basis: str) -> str:
    """The clauses before the full stop of the text."""
    for stop in ("。", "."):
        if text.endswith(stop):
            return text.removesuffix(stop) + basis + stop
    return text + basis


def _sentences(line: str) -> list[str]:
    language = Language.ZH if re.search(r"[\u4e00-\u9fff]", line) else Language.EN
    return sentences(line, language)


def _key(sentence: str) -> str:
    return re.sub(r"\s+", "", normalise(sentence))


def _plain(text: str) -> str:
    return text.replace("**", "").removeprefix("? ").strip()  # the mark of a list of conditions on our page
