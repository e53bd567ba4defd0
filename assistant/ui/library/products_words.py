"""A comparison in words: rows of statements, each with its clause; page and table file show the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.eligibility.conditions import Finding
from assistant.eligibility.matching import Assessment, Standing
from assistant.eligibility.rulebook import Rulebook
from assistant.eligibility.rules import AllOf, Condition, Dated, Node, Source, TermKind
from assistant.eligibility.verdict import Verdict
from assistant.lexicon.banks import bank_words
from assistant.products.cells import CORE, asked_of, figures
from assistant.products.comparing import Comparison
from assistant.products.filters import Figure, Found
from assistant.products.types import Cell, Group, Product, Row, Statement, Timing, Trait
from assistant.profile import Profile
from assistant.reference.status import Status, status_of, status_of_clause
from assistant.serving import Serving
from assistant.texts import room_texts, texts, ui_texts
from assistant.ui.candidates import Group as Place
from assistant.ui.candidates import group_of, reasons
from assistant.ui.clauses import Cited, Shelf
from assistant.ui.terms import term_words
from assistant.ui.verdicts import Writer
from assistant.wording import condition_words, day_words
from index.types import Document, Language, Verification

SIGN = {Verdict.MET: "✓", Verdict.NOT_MET: "✗", Verdict.UNKNOWN: "?"}


@dataclass(frozen=True, slots=True)
class Said:
    """One statement as it is shown."""

    text: str
    source: Source | None = None
    quote: str | None = None  # the clause's words, where `text` is not made of them alone
    marks: tuple[tuple[str, str], ...] = ()  # kind and text of what a reader must know
    verdict: Verdict | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it is shown."""

    group: Group
    title: str
    cells: tuple[tuple[Said, ...], ...]
    differs: bool
    empty: tuple[str, ...]  # what each cell says where it is empty: that nothing is published, or is to be


_Row = tuple[Group, str, tuple[tuple[Said, ...], ...]]  # group, title, cells


class Wording:
    """Everything that is needed to say what products offer, in one language on one day."""

    def __init__(
        self, serving: Serving, book: Rulebook | None, profile: Profile, language: Language, day: date
    ) -> None:
        self.say, self.words, self.values = room_texts("products", language), ui_texts(language), texts(language)
        self.day = day
        self.facts = book.facts if book else {}
        self.shelf = Shelf(serving, self.words, day)
        self.writer = Writer(book.view(profile, day), self.shelf, self.words, self.values) if book else None

    def lines(self, comparison: Comparison) -> list[Line]:
        """All rows, in their groups."""
        made: list[Line] = []
        for row, said in comparison.rows:
            empty = tuple(self.empty(row, product) for product in comparison.products)
            told = tuple(self.cell(cell) for cell in said)
            made.append(Line(row.group, self.title(row), told, comparison.differs(said), empty))
        for group, title, cells in self._further(comparison):
            place = next((n for n, line in enumerate(made) if line.group is group), len(made))
            if title == self.say("row.validity.source") or title == self.say("row.validity.checked"):
                place = len(made)
            texts_told = {tuple(said.text for said in cell) for cell in cells}
            made.insert(place, Line(group, title, cells, len(texts_told) > 1, (self.say("nothing"),) * len(cells)))
        return made

    def empty(self, row: Row, product: Product) -> str:
        """What is said where nothing is: a missing rate is worth more words than a missing note."""
        if row.fact is not None:
            return self.say("no_condition")
        if row not in CORE:
            return self.say("nothing")
        return self.say("unpublished" if asked_of(product, row) else "no_loan")

    def title(self, row: Row) -> str:
        """What a row is about."""
        if row.fact is not None:
            known = self.facts.get(row.fact)
            return known.label.in_(self.say.language) if known else self.words(f"derived.{row.fact}")
        return self.say(f"row.{row.group}.{row.key}")

    def cell(self, cell: Cell) -> tuple[Said, ...]:
        """What is said in a cell; the same figure by the same clause once, with all its ways."""
        ways: dict[tuple[str, str], list[str]] = {}
        first: dict[tuple[str, str], Statement] = {}
        named = any(statement.way for statement in cell.statements)  # then the way of most has its name, too
        for statement in cell.statements:
            key = (self.text(statement), statement.source.clause)
            name = statement.mode.name if statement.mode and named else statement.way
            way = name.in_(self.say.language) if name else ""
            first.setdefault(key, statement)
            ways.setdefault(key, []).append(way)
        comma = self.values("list_comma")
        made = [self._said(first[key], key[0], comma.join(dict.fromkeys(w for w in ways[key] if w))) for key in first]
        made += [Said(self.quote(source), source, marks=(("warn", self.say("conflict")),)) for source in cell.conflicts]
        if cell.left_open is not None:
            made.append(Said(self.say("left_open"), cell.left_open, self.quote(cell.left_open)))
        return tuple(made)

    def text(self, statement: Statement) -> str:
        """The statement itself: a figure or condition in a few words, else the clause's own."""
        if statement.figure is not None and isinstance(statement.source, Dated) and statement.term is not None:
            return term_words(statement.term, statement.source, self.words, self.values) or self.quote(statement.source)
        if statement.node is not None:
            return self.condition(statement.node)
        return self.quote(statement.source)

    def condition(self, node: Node) -> str:
        """A condition, or several of which one or all must hold."""
        if isinstance(node, Condition):
            return condition_words(node.says, node.asks, node.on(self.day), self.facts, self.values)
        members = node.all if isinstance(node, AllOf) else node.any
        parts = self.say("part").join(self.condition(part) for part in members)
        if isinstance(node, AllOf):
            return self.say("group_all", parts=parts)
        if node.says is None:
            return self.say("group_any_bare", parts=parts)
        return self.say("group_any", says=node.says.in_(self.say.language), parts=parts)

    def quote(self, source: Source) -> str:
        """The words of the clause."""
        return source.quote.in_(self.say.language)

    def reference(self, source: Source, product: Product | None = None) -> str:
        """The clause in a few words; its document by name where it is another than the product's own."""
        cited = self.shelf.find(source)
        if cited is None:
            return source.clause
        if product is not None and cited.document.id == product.document.id:
            return cited.clause.reference
        return self.shelf.reference(source)

    def named(self, trait: Trait, value: str) -> str:
        """A value of a trait in words."""
        known = self.say.section(f"value.{trait}")
        if value in known:
            return str(known[value])
        return self.bank(value)

    def bank(self, name: str) -> str:
        """A bank in the language of the page."""
        return bank_words(name, self.say.language)

    def marks_of(self, cited: Cited | None) -> tuple[tuple[str, str], ...]:
        """What a reader must know of a clause: that it has ended, or was never compared with its original."""
        if cited is None:
            return ()
        found: list[tuple[str, str]] = []
        status = status_of_clause(cited.clause, cited.document, self.day)
        if status in (Status.LAPSED, Status.NOT_YET):
            found.append(("bad", self.say(f"status.{status}")))
        if cited.clause.verification is Verification.KNOWN:
            found.append(("warn", self.say("known")))
        return tuple(found)

    def result(self, item: Assessment | None) -> tuple[Said, ...]:
        """How a product stands for the customer, why, and what would change it."""
        if item is None or self.writer is None:
            return ()
        place = group_of(item)
        verdict = {
            Place.ELIGIBLE: Verdict.MET, Place.BANK: Verdict.MET, Place.NOT_ELIGIBLE: Verdict.NOT_MET,
            Place.NOT_IN_FORCE: Verdict.NOT_MET,
        }.get(place, Verdict.UNKNOWN)  # fmt: skip
        notes = tuple(reasons(item, self.writer))
        if item.mode is not None and item.findings:
            by = self.words("check.mode", name=item.mode.name.in_(self.say.language))
            notes = (by, *notes)
        if place is Place.OPEN and not item.findings and not item.missing:
            return (Said(self.say("nothing_published"), verdict=Verdict.UNKNOWN, notes=notes),)
        return (Said(self.words(f"check.standing.{place}"), verdict=verdict, notes=notes),)

    def _said(self, statement: Statement, text: str, ways: str) -> Said:
        marks = list(self.marks_of(self.shelf.find(statement.source)))
        if statement.timing is not Timing.NOW:
            key = "over" if statement.timing is Timing.OVER else "not_begun"
            marks = [("bad", self.say(key)), *(mark for mark in marks if mark[0] != "bad")]
        if statement.dated is not None and (statement.dated.since or statement.dated.until):
            marks.append(("", self.days(statement.dated)))
        shown = self.say("way", ways=ways, text=text) if ways else text
        quote = self.quote(statement.source)
        notes = tuple(self._notes(statement.finding)) if statement.finding else ()
        verdict = statement.finding.verdict if statement.finding else None
        return Said(shown, statement.source, None if quote == text else quote, tuple(marks), verdict, notes)

    def _notes(self, finding: Finding) -> Iterable[str]:
        if self.writer is None:
            return
        if finding.stale:
            yield self.words("check.stale")
        elif known := self.writer.known(finding):
            yield known

    def days(self, dated: Dated) -> str:
        """The days something holds on."""
        since, until = (day_words(day, self.values) if day else None for day in (dated.since, dated.until))
        if since and until:
            return self.say("window", since=since, until=until)
        return self.say("since", day=since) if since else self.say("until", day=until)

    def _further(self, comparison: Comparison) -> Iterable[_Row]:
        """The rows that documents and traits give."""
        products, say = comparison.products, self.say

        def row(group: Group, key: str, found: Sequence[str], **values: str) -> _Row:
            return group, say(f"row.{group}.{key}", **values), tuple((Said(text),) if text else () for text in found)

        yield row(Group.BASICS, "region", [product.document.region for product in products])
        yield row(Group.BASICS, "kind", [self.traits(product, Trait.KIND) for product in products])
        yield row(Group.BASICS, "provider", [self.provider(product) for product in products])
        if comparison.judged:
            title = say("row.basics.result")  # first of all rows: it is what was asked
            yield Group.BASICS, title, tuple(self.result(item) for item in comparison.assessments)
        day = day_words(self.day, self.values)
        yield row(Group.VALIDITY, "status", [self.status(product) for product in products], day=day)
        yield row(Group.VALIDITY, "checked", [self.checked(product.document) for product in products])
        yield row(Group.VALIDITY, "source", [self.titles(product) for product in products])

    def traits(self, product: Product, trait: Trait) -> str:
        """All values of a trait."""
        order = list(self.say.section(f"value.{trait}"))
        known = sorted(product.traits[trait], key=lambda value: order.index(value) if value in order else -1)
        return self.values("list_comma").join(self.named(trait, value) for value in known)

    def provider(self, product: Product) -> str:
        """Who issued it, by the document."""
        issuers = product.document.issuers
        return self.values("list_comma").join(issuers)

    def status(self, product: Product) -> str:
        """How its document stands on the day."""
        return self.say(f"status.{status_of(product.document, self.day)}")

    def checked(self, document: Document) -> str:
        """When and how it was checked."""
        day = day_words(document.as_of, self.values) if document.as_of else ""
        return self.say(f"checked.{document.verification}", day=day) if day else ""

    def titles(self, product: Product) -> str:
        """The document it is told by."""
        document = product.document
        number = document.document_number
        return self.say("titled", title=document.title, number=number) if number else document.title

    def ended(self, item: Assessment | None) -> str:
        """That it is not open on the day; empty where it is."""
        if item is None or item.standing is not Standing.NOT_IN_FORCE:
            return ""
        ahead = item.window is not None and item.window.since is not None and item.window.since > self.day
        return self.say("ahead" if ahead else "ended")


def figure_words(figure: Figure | None, wording: Wording) -> str:
    """A figure of the list, with the way in it is for; empty where there is none."""
    if figure is None:
        return ""
    text = term_words(figure.term, figure.dated, wording.words, wording.values) or ""
    if figure.way is None:
        return text
    return wording.say("card.way", figure=text, way=figure.way.in_(wording.say.language))


def rate_words(item: Found, wording: Wording) -> str:
    """For what has no rate: what is subsidised, or the fee."""
    kinds = (TermKind.RATE_CEILING, TermKind.POINTS, TermKind.SHARE, TermKind.FEE)
    found = figures(item.product, kinds, wording.day)
    said = [term_words(term, dated, wording.words, wording.values) for _, term, dated in found]
    return wording.words("term.and").join(dict.fromkeys(text for text in said if text))
