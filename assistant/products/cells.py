"""What rules and sheets say of one product, put into the rows of a comparison; every statement with its clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from assistant.eligibility.rules import Condition, Dated, Mode, Node, Source, Term, TermKind, Words, conditions_in
from assistant.products.traits import group_of, left_open, mentioned, tells_conflict
from assistant.products.types import Cell, Group, Product, Row, Statement, Timing
from index.text import sentences
from index.types import Clause, Document, Language

ROWS = {  # what each kind of term is told in; words without a figure go by the clause they are from
    TermKind.AMOUNT: Row(Group.AMOUNT, "ceiling"),
    TermKind.GUARANTEE: Row(Group.AMOUNT, "guaranteed"),
    TermKind.SUBSIDY_BASE: Row(Group.AMOUNT, "subsidy_base"),
    TermKind.SUBSIDY_CAP: Row(Group.AMOUNT, "subsidy_cap"),
    TermKind.RATE: Row(Group.RATE, "rate"),
    TermKind.RATE_CEILING: Row(Group.RATE, "rate_ceiling"),
    TermKind.FEE: Row(Group.RATE, "fee"),
    TermKind.POINTS: Row(Group.RATE, "subsidy"),
    TermKind.SHARE: Row(Group.RATE, "subsidy"),
    TermKind.MONTHS: Row(Group.TERM, "longest"),
    TermKind.SUBSIDY_MONTHS: Row(Group.TERM, "subsidised"),
    TermKind.SECURITY: Row(Group.GUARANTEE, "security"),
    TermKind.REPAYMENT: Row(Group.REPAYMENT, "repayment"),
    TermKind.BENEFIT: Row(Group.RATE, "benefit"),
}
WORDS = {  # where the words of a clause go
    Group.BASICS: Row(Group.BASICS, "more"),
    Group.AMOUNT: Row(Group.AMOUNT, "words"),
    Group.RATE: Row(Group.RATE, "words"),
    Group.TERM: Row(Group.TERM, "words"),
    Group.REPAYMENT: ROWS[TermKind.REPAYMENT],
    Group.GUARANTEE: ROWS[TermKind.SECURITY],
    Group.CONDITIONS: Row(Group.CONDITIONS, "words"),
    Group.MATERIALS: Row(Group.MATERIALS, "materials"),
    Group.CHANNEL: Row(Group.CHANNEL, "channel"),
    Group.VALIDITY: Row(Group.VALIDITY, "words"),
}
ABOUT, WINDOW = Row(Group.BASICS, "about"), Row(Group.VALIDITY, "window")
LEFT_OPEN = Row(Group.CONDITIONS, "left_open")
CORE = (  # shown even where no product says anything: that nothing is published is worth knowing
    ROWS[TermKind.AMOUNT], ROWS[TermKind.RATE], ROWS[TermKind.MONTHS], ROWS[TermKind.REPAYMENT],
    ROWS[TermKind.SECURITY], WORDS[Group.MATERIALS], WORDS[Group.CHANNEL],
)  # fmt: skip
OF_LOANS = frozenset({ROWS[TermKind.AMOUNT], ROWS[TermKind.RATE], ROWS[TermKind.MONTHS], ROWS[TermKind.REPAYMENT]})
_FIRST = ("size_class", "form")  # of conditions in a group: the fact that names their row


def cells_of(product: Product, day: date, facts: Mapping[str, object]) -> dict[Row, Cell]:
    """Every row that something is said in, or that is left open, with what is said."""
    found: dict[Row, list[Statement]] = {}
    for row, statement in _statements(product, day, list(facts)):
        said = found.setdefault(row, [])
        if not any(_alike(statement, other) for other in said):
            said.append(statement)
    conflicts, opened = _conflicts(product), _left_open(product)
    rows = dict.fromkeys([*found, *CORE, *(_figures_row(group, found) for group in conflicts)])
    cells: dict[Row, Cell] = {}
    for row in rows:
        leading = row == _figures_row(row.group, found)
        disputed = tuple(conflicts.get(row.group, ())) if leading else ()
        unsaid = opened.get(row.group) if row not in found and row in CORE and asked_of(product, row) else None
        if row in found or disputed or unsaid:
            cells[row] = Cell(tuple(found.get(row, ())), disputed, unsaid)
    return cells


def asked_of(product: Product, row: Row) -> bool:
    """Whether a row is about what such a product has at all: a subsidy or guarantee has no rate of its own."""
    return product.lends or row not in OF_LOANS


def figures(product: Product, what: Iterable[TermKind], day: date) -> list[tuple[Mode | None, Term, Dated]]:
    """Figures of these kinds that hold on a day, with the way in each is for."""
    wanted = set(what)
    return [
        (mode, term, dated)
        for mode, term in _terms(product)
        if term.what in wanted and (dated := term.on(day)) is not None and isinstance(dated.value, Decimal)
    ]


def _statements(product: Product, day: date, facts: list[str]) -> Iterator[tuple[Row, Statement]]:
    candidate = product.candidate
    cited: set[str] = set()
    if candidate is not None:
        yield ABOUT, Statement(candidate.about)
        cited.add(candidate.about.clause)
        for dated in candidate.window:
            yield WINDOW, Statement(dated, dated=dated, timing=_timing(dated, day))
        for mode, term in _terms(product):
            for dated in term.values:
                cited.add(dated.clause)
                yield _row_of(term, dated, product), _of_term(term, dated, mode, day)
        for mode, node in _needs(product):
            cited |= {value.clause for condition in conditions_in([node]) for value in condition.values}
            if (source := source_of(node, day)) is not None:
                yield _row_for(node, facts), Statement(source, node=node, mode=mode)
        if candidate.unpublished is not None:
            yield LEFT_OPEN, Statement(candidate.unpublished)
        for source in candidate.apply:
            cited.add(source.clause)
            clause = _clause(product, source.clause)
            about = group_of(clause, sheet=True) if clause else None
            row = WORDS[Group.MATERIALS] if about is Group.MATERIALS else WORDS[Group.CHANNEL]
            yield row, Statement(source)
    for sheet in product.sheets:
        for clause in sheet.clauses:
            name = f"{sheet.id}#{clause.id}"
            if name in cited or name in product.shared or tells_conflict(clause):
                continue
            row = WORDS[group_of(clause, sheet=True) or Group.BASICS]
            if candidate is None and row == WORDS[Group.BASICS]:
                row = ABOUT
            yield row, Statement(_whole(sheet, clause))


def source_of(node: Node, day: date) -> Source | None:
    """The clause a condition rests on that day; of several the first. None where nothing of it applies."""
    return next((value for condition in conditions_in([node]) if (value := condition.on(day)) is not None), None)


def _of_term(term: Term, dated: Dated, mode: Mode | None, day: date) -> Statement:
    timed = dated if dated.since or dated.until else None
    return Statement(dated, term=term, mode=mode, dated=timed, timing=_timing(dated, day))


def _row_of(term: Term, dated: Dated, product: Product) -> Row:
    if term.what in ROWS:
        return ROWS[term.what]
    clause = _clause(product, dated.clause)
    if clause is not None and tells_conflict(clause):
        return WORDS[Group.VALIDITY]
    about = group_of(clause, sheet=True) if clause else None
    return WORDS[about or Group.VALIDITY]


def _row_for(node: Node, facts: list[str]) -> Row:
    """The row of the fact a condition asks for; of several in a group who may borrow, or the first of facts.yaml."""
    asked = {condition.asks for condition in conditions_in([node])}
    if isinstance(node, Condition):
        return Row(Group.CONDITIONS, "fact", node.asks)
    first = next((name for name in (*_FIRST, *facts) if name in asked), min(asked))
    return Row(Group.CONDITIONS, "fact", first)


def _figures_row(group: Group, found: Mapping[Row, object]) -> Row:
    """The first row of a group that has something, or the one that is always shown."""
    core = next((row for row in CORE if row.group is group), None)
    if group is Group.CONDITIONS:
        return WORDS[group]  # not beside the fact that happens to come first
    if core is not None and core in found:
        return core
    return next((row for row in found if row.group is group), core or WORDS[group])


def _conflicts(product: Product) -> dict[Group, list[Source]]:
    """By group: the clauses that say how sources differ about it."""
    found: dict[Group, list[Source]] = {}
    for sheet in product.sheets:
        for clause in sheet.clauses:
            if tells_conflict(clause):
                for group in mentioned(clause.heading, sheet.language) or {Group.VALIDITY}:
                    found.setdefault(group, []).append(_about(group, sheet, clause))
    return found


def _about(group: Group, sheet: Document, clause: Clause) -> Source:
    """The sentences of a clause that speak of a group; all of it where none does by itself."""
    told = [said for said in sentences(clause.text, sheet.language) if group in mentioned(said, sheet.language)]
    text = ("" if sheet.language is Language.ZH else " ").join(told) or clause.text
    return Source(clause=f"{sheet.id}#{clause.id}", quote=Words(zh=text, en=text))


def _left_open(product: Product) -> dict[Group, Source]:
    return {
        group: Source(clause=f"{sheet.id}#{clause}", quote=Words(zh=sentence, en=sentence))
        for sheet in product.sheets
        for group, (clause, sentence) in left_open(sheet).items()
    }


def _terms(product: Product) -> Iterator[tuple[Mode | None, Term]]:
    if product.candidate is not None:
        yield from ((None, term) for term in product.candidate.terms)
        yield from ((mode, term) for mode in product.candidate.modes for term in mode.terms)


def _needs(product: Product) -> Iterator[tuple[Mode | None, Node]]:
    if product.candidate is not None:
        yield from ((None, node) for node in product.candidate.needs)
        yield from ((mode, node) for mode in product.candidate.modes for node in mode.needs)


def _clause(product: Product, name: str) -> Clause | None:
    document_id, _, clause_id = name.partition("#")
    documents = {document.id: document for document in (product.document, *product.sheets)}
    document = documents.get(document_id)
    return next((c for c in document.clauses if c.id == clause_id), None) if document else None


def _whole(document: Document, clause: Clause) -> Source:
    """A clause's own words, all of them; they are in the language of the document alone."""
    return Source(clause=f"{document.id}#{clause.id}", quote=Words(zh=clause.text, en=clause.text))


def _timing(dated: Dated, day: date) -> Timing:
    if dated.until is not None and day > dated.until:
        return Timing.OVER
    return Timing.AHEAD if dated.since is not None and day < dated.since else Timing.NOW


def _alike(one: Statement, other: Statement) -> bool:
    """Whether two say the same: the same figure or condition for the same way, or the same words of a clause."""
    if one.figure or other.figure or one.node or other.node:
        return (one.figure, one.node, one.way, one.dated) == (other.figure, other.node, other.way, other.dated)
    return one.source.clause == other.source.clause and one.source.quote == other.source.quote
