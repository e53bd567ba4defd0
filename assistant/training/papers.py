"""Drills as a paper to print: laid out by what is to be done with them, the answers on a page of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from string import ascii_uppercase

from assistant.export.types import Block, Heading, PageBreak, Paper, Paragraph, Style
from assistant.export.widths import letters
from assistant.reference.citation import CitationForm, cite
from assistant.texts import Texts, texts
from assistant.training.results import of_hundred
from assistant.training.types import Drill, DrillKind, Source
from assistant.wording import day_words
from index.types import Document, Language, StrEnum

Library = Callable[[str, Language], "Document | None"]
_LINE = "_" * 80
_LINES = 4  # to write an answer on
_WIDE = 88  # Latin letters up to which all options stand on one line


class Form(StrEnum):
    """What is to be done with a drill on paper, in the order of the paper."""

    CHOICE = "choice"  # one letter
    STATEMENT = "statement"  # a tick or a cross
    ORDER = "order"  # letters in the blanks
    CASE = "case"  # a letter for the verdict, numbers for the reasons
    SHORT = "short"  # some lines


@dataclass(frozen=True, slots=True)
class Setting:
    """What a paper says of itself; `corpus` is the digest of the documents its questions were made of."""

    title: str
    on: date
    corpus: str
    site: str
    pass_share: float | None = None


def form_of(drill: Drill) -> Form:
    """How a drill is answered on paper."""
    if drill.kind is DrillKind.SHORT or not drill.options:
        return Form.SHORT
    if drill.reasons_from:
        return Form.CASE
    if len(drill.right) > 1:
        return Form.ORDER
    return Form.STATEMENT if drill.kind is DrillKind.STATEMENT and len(drill.options) == 2 else Form.CHOICE


def in_paper_order(drills: Iterable[Drill]) -> tuple[Drill, ...]:
    """By form; within one form as they come."""
    forms = list(Form)
    return tuple(sorted(drills, key=lambda drill: forms.index(form_of(drill))))


def paper_of(drills: Sequence[Drill], setting: Setting, words: Texts, library: Library, *, answers: bool) -> Paper:
    """The paper; with its answers behind it where `answers` is set. Drills and words are of one language."""
    numbered = list(enumerate(in_paper_order(drills), 1))
    blocks: list[Block] = [Paragraph(words("paper.who")), Paragraph(_told(len(numbered), setting, words), Style.NOTE)]
    for place, form in enumerate(form for form in Form if any(form_of(drill) is form for _, drill in numbered)):
        of_form = [(number, drill) for number, drill in numbered if form_of(drill) is form]
        name = words(f"paper.form.{form}", count=len(of_form))
        blocks.append(Heading(words("paper.part", number=words.list("paper.numbers")[place], name=name)))
        for number, drill in of_form:
            blocks += _question(number, drill, form, words)
    if answers:
        blocks += [PageBreak(), Heading(words("paper.answers"))]
        for number, drill in numbered:
            blocks += _answer(number, drill, setting, words, library)
    title = words("paper.title_with_answers" if answers else "paper.title", name=setting.title)
    day = day_words(setting.on, texts(words.language))
    note = words("paper.note", day=day, corpus=setting.corpus[:12], site=setting.site)
    return Paper(title, words.language, blocks, setting.on, note=note)


def right_answer(drill: Drill, words: Texts) -> str:
    """What is right, in the letters and signs of the paper, with the words of the options."""
    form = form_of(drill)
    if form is Form.SHORT:
        return words("paper.wanted", wanted=words("paper.comma").join(drill.wanted))
    if form is Form.STATEMENT:
        return words("paper.true" if drill.right[0] == 0 else "paper.false")
    if form is Form.CASE:
        verdict = _lettered(drill, drill.right[0], words)
        reasons = words("paper.comma").join(
            words("paper.option", letter=_reason_number(drill, place), text=drill.options[place].text)
            for place in sorted(drill.right[1:])
        )
        return words("paper.verdict_and_reasons", verdict=verdict, reasons=reasons or words("paper.no_reason"))
    if form is Form.ORDER:
        return words("paper.arrow").join(ascii_uppercase[place] for place in drill.right)
    return _lettered(drill, drill.right[0], words)


def _told(count: int, setting: Setting, words: Texts) -> str:
    if setting.pass_share is None:
        return words("paper.told", count=count)
    return words("paper.told_with_pass", count=count, share=of_hundred(setting.pass_share))


def _question(number: int, drill: Drill, form: Form, words: Texts) -> Iterator[Block]:
    asked = words("paper.question", number=number, text=drill.prompt)
    if form in (Form.CHOICE, Form.STATEMENT):
        asked = words("paper.with_bracket", text=asked)
    yield Paragraph(asked)
    if form is Form.CHOICE:
        yield Paragraph(_options(drill, range(len(drill.options)), words))
    elif form is Form.ORDER:
        yield Paragraph(_options(drill, range(len(drill.options)), words))
        yield Paragraph(words("paper.order", blanks=words("paper.arrow").join(["____"] * len(drill.options))))
    elif form is Form.CASE:
        yield Paragraph(words("paper.verdict") + "\n" + _options(drill, range(drill.reasons_from), words))
        reasons = range(drill.reasons_from, len(drill.options))
        listed = "\n".join(
            words("paper.option", letter=_reason_number(drill, p), text=drill.options[p].text) for p in reasons
        )
        yield Paragraph(words("paper.reasons") + "\n" + listed)
    elif form is Form.SHORT:
        yield Paragraph("\n\n".join([_LINE] * _LINES))  # room for handwriting between them


def _options(drill: Drill, places: Iterable[int], words: Texts) -> str:
    shown = [_lettered(drill, place, words) for place in places]
    beside = "\u3000\u3000".join(shown)
    return beside if letters(beside) <= _WIDE else "\n".join(shown)


def _lettered(drill: Drill, place: int, words: Texts) -> str:
    return words("paper.option", letter=ascii_uppercase[place], text=drill.options[place].text)


def _reason_number(drill: Drill, place: int) -> str:
    """①, ② …: letters are taken by the verdicts."""
    return chr(ord("①") + place - drill.reasons_from)


def _answer(number: int, drill: Drill, setting: Setting, words: Texts, library: Library) -> Iterator[Block]:
    yield Heading(words("paper.answer", number=number, answer=right_answer(drill, words)), 2)
    yield Paragraph(explained(drill))
    if form_of(drill) is Form.CASE:  # elsewhere the explanation says it for all options
        wrong = [
            words("paper.option", letter=_reason_number(drill, place), text=option.text)
            + words("paper.colon") + option.why
            for place, option in enumerate(drill.options)
            if option.why and place >= drill.reasons_from and place not in drill.right
        ]  # fmt: skip
        if wrong:
            yield Paragraph(words("paper.wrong") + "\n" + "\n".join(wrong), Style.NOTE)
    for source in clauses_of(drill):
        if source.quote not in drill.explanation:
            yield Paragraph(source.quote, Style.QUOTE)
        said = cited(source, drill.language, setting.on, words, library)
        if said not in drill.explanation:
            yield Paragraph(words("paper.source", source=said), Style.NOTE)


def explained(drill: Drill) -> str:
    """The explanation, for a statement with its flaw first."""
    flaw = drill.options[drill.right[0]].why if form_of(drill) is Form.STATEMENT else ""
    return drill.explanation if flaw in drill.explanation else flaw + drill.explanation


def clauses_of(drill: Drill) -> list[Source]:
    """The clauses a drill rests on, each once."""
    return list({(source.document_id, source.clause_id): source for source in reversed(drill.sources)}.values())[::-1]


def cited(source: Source, language: Language, on: date, words: Texts, library: Library) -> str:
    """A clause as it is cited."""
    document = library(source.document_id, language)
    if document is None:
        return words("paper.source_gone")
    clause = next((clause for clause in document.clauses if clause.id == source.clause_id), None)
    return cite(document, clause, CitationForm.INLINE, on)
