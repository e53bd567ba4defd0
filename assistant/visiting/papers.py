"""The kit on paper: the visitor's checklist, and the leaflet that stays with the owner."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from assistant.export.types import Block, Heading, Listing, Marker, Paper, Paragraph, Style, Table
from assistant.texts import Texts, room_texts, texts, ui_texts
from assistant.visiting.kit import Ask, Kit, Offer, Said
from assistant.visiting.parts import Part, clauses
from assistant.wording import day_words
from index.types import Passage, Verification


class _Sources:
    """Clauses by the number they have on the paper, in the order they are first named."""

    def __init__(self, say: Texts) -> None:
        self.say = say
        self.numbers: dict[tuple[str, str], int] = {}
        self.passages: list[Passage] = []

    def mark(self, said: Said) -> str:
        """The words with the number of their source behind them."""
        key = (said.passage.document_id, said.passage.clause_id)
        if key not in self.numbers:
            self.numbers[key] = len(self.numbers) + 1
            self.passages.append(said.passage)
        return self.say("marked", text=said.text, number=self.numbers[key])

    def listing(self) -> Iterator[Block]:
        """All of them by document, in small print."""
        by_document: dict[str, list[Passage]] = {}
        for passage in self.passages:
            by_document.setdefault(passage.document_id, []).append(passage)
        if by_document:
            yield Heading(self.say("part.sources"))
            yield Paragraph("\n".join(map(self._document, by_document.values())), Style.NOTE)

    def _document(self, passages: Sequence[Passage]) -> str:
        whole = passages[0].document
        number = whole.document_number
        named = self.say("named_number" if number else "named", title=whole.title, number=number or "")
        named += "" if whole.status_confirmed else self.say("unconfirmed")
        return self.say("source", document=named, clauses=self.say("comma").join(map(self._clause, passages)))

    def _clause(self, passage: Passage) -> str:
        clause = passage.clause
        number = self.numbers[passage.document_id, passage.clause_id]
        named = self.say("source_clause", number=number, clause=clause.reference or clause.heading)
        return named + (self.say("unseen") if clause.verification is Verification.KNOWN else "")


def checklist(kit: Kit, made_on: date) -> Paper:
    """What the visitor takes along."""
    say = room_texts("visiting", kit.language)
    sources = _Sources(say)
    return Paper(
        title=say("checklist.title"), subtitle=_about(kit, say), language=kit.language, made_on=made_on,
        blocks=(*_checklist(kit, say, sources), *sources.listing()), note=_note(kit, say),
    )  # fmt: skip


def leaflet(kit: Kit, made_on: date) -> Paper:
    """What the owner keeps."""
    say = room_texts("visiting", kit.language)
    sources = _Sources(say)
    return Paper(
        title=say("leaflet.title"), subtitle=say("leaflet.subtitle", place=kit.place), language=kit.language,
        made_on=made_on, blocks=(*_leaflet(kit, say, sources), *sources.listing()), note=_note(kit, say),
    )  # fmt: skip


def of_checklist(kit: Kit) -> list[Passage]:
    """The clauses the checklist quotes, in the order of their numbers."""
    return _quoted(kit, _checklist)


def of_leaflet(kit: Kit) -> list[Passage]:
    """The same of the leaflet."""
    return _quoted(kit, _leaflet)


def _quoted(kit: Kit, made: Callable[[Kit, Texts, _Sources], Iterator[Block]]) -> list[Passage]:
    say = room_texts("visiting", kit.language)
    sources = _Sources(say)
    list(made(kit, say, sources))
    return sources.passages


def _leaflet(kit: Kit, say: Texts, sources: _Sources) -> Iterator[Block]:
    wanted = clauses()
    left_out = set(wanted.leaflet_without)
    for part in wanted.leaflet:
        told = [said for said in kit.parts[part] if _address(said) not in left_out]
        left_out |= set(map(_address, told))  # what was said once is not said again
        yield from _said(told, say(f"leaflet.{part}"), sources)
        if part is Part.STANDARDS and kit.standards:
            yield Paragraph(_boxes(kit.standards))
        if part is Part.CONTACTS:
            yield from _said(kit.local, say("leaflet.local", place=kit.place), sources)
    header = tuple(say.list("leaflet.blanks"))
    yield Table(header, (("\n\n",) * len(header),), say("leaflet.visitor"), (1.0,) * len(header))


def _checklist(kit: Kit, say: Texts, sources: _Sources) -> Iterator[Block]:
    yield Listing(tuple(say.list("checklist.blanks")), Marker.LINE)
    yield from _said(kit.parts[Part.WHAT] + kit.parts[Part.WHO], say("part.what"), sources)
    yield from _said(kit.parts[Part.STANDARDS], say("part.standards"), sources)
    if kit.standards:
        yield Paragraph(say("checklist.tick"), Style.NOTE)
        yield Listing(kit.standards, Marker.BOX)
    yield from _said(kit.local, say("part.local", place=kit.place), sources)
    if not kit.local:
        yield Heading(say("part.local", place=kit.place))
        yield Paragraph(say("checklist.no_local", place=kit.place))
    yield Heading(say("part.asks"))
    yield Paragraph(say("checklist.asks"), Style.NOTE)
    yield Listing(tuple(_ask(ask, say) for ask in kit.asks), Marker.LINE)
    yield from _said(kit.parts[Part.PAPERS], say("part.papers"), sources)
    yield from _offers(kit, say, sources)
    for part in (Part.PROMISES, Part.COSTS, Part.BROKERS, Part.CONTACTS):
        yield from _said(kit.parts[part], say(f"part.{part}"), sources)


def _said(said: Sequence[Said], title: str, sources: _Sources) -> Iterator[Block]:
    if said:
        yield Heading(title)
        yield Listing(tuple(map(sources.mark, said)))


def _ask(ask: Ask, say: Texts) -> str:
    """The question, the answers to tick, and for how many offers it counts."""
    answers = say.list("checklist.yes_no") if ask.yes_or_no else ask.choices
    line = say("checklist.ask", ask=ask.ask, waits=ask.waits)
    return line + (f"\n{_boxes(answers)}" if answers else "")


def _boxes(answers: Sequence[str]) -> str:
    """Answers to tick, one behind the other; none is torn at the end of a line."""
    return "　".join(f"□\xa0{answer}" for answer in answers)


def _offers(kit: Kit, say: Texts, sources: _Sources) -> Iterator[Block]:
    yield Heading(say("part.offers"))
    yield Paragraph(say("checklist.offers", day=day_words(kit.day, texts(kit.language))), Style.NOTE)
    if not (kit.offers or kit.products):
        yield Paragraph(say("checklist.no_offers"))
        return
    for title, offers in (("checklist.public", kit.offers), ("checklist.banks", kit.products)):
        if offers:
            header = tuple(say.list("checklist.columns"))
            rows = tuple(_row(offer, kit, say, sources) for offer in offers)
            yield Table(header, rows, say(title), (0.24, 0.5, 0.26))
    yield Paragraph(say("checklist.more", more=kit.more, left_out=kit.left_out), Style.NOTE)
    steps = dict.fromkeys(sources.mark(said) for offer in kit.offers for said in offer.apply)
    if steps:
        yield Heading(say("checklist.apply"), 2)
        yield Listing(tuple(steps))


def _row(offer: Offer, kit: Kit, say: Texts, sources: _Sources) -> tuple[str, str, str]:
    kind = ui_texts(kit.language)(f"check.kind.{offer.kind}")
    missing = say("comma").join(offer.missing) or say("checklist.nothing_missing")
    return say("checklist.offer", name=offer.name, kind=kind), sources.mark(offer.about), missing


def _about(kit: Kit, say: Texts) -> str:
    parts = [kit.place, kit.industry, *([kit.size] if kit.size else [])]
    return say("about", what=say("comma").join(parts), day=day_words(kit.day, texts(kit.language)))


def _note(kit: Kit, say: Texts) -> str:
    return say("note", day=day_words(kit.day, texts(kit.language)))


def _address(said: Said) -> str:
    return f"{said.passage.document_id}#{said.passage.clause_id}"
