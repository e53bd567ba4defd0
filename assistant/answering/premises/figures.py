"""A figure that a question asserts, compared with the clause that gives the figure of the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.answering.emphasis import Emphasis
from assistant.answering.premises.correction import Correction
from assistant.answering.present import as_written
from assistant.lexicon.quantities import Bound, Measure, Quantity, facets_in, quantities, same_role
from assistant.lexicon.regions import places_in
from assistant.lexicon.scopes import beside_the_question, scopes_in
from assistant.texts import texts
from assistant.types import Assertion, Evidence, Query
from index.text import normalise, sentences
from index.types import Kind, Language, Validity

_READ = 12  # clauses looked at
_BELOW_BEST = 0.45  # how far under the best evidence a clause may lie, on fusion's scale
_OPENING = 60  # characters of a clause in which it names the place it is about
_NEAR_TOP = 0.15  # the same for clauses that may confirm, under the best one that gives such a figure
_RIVAL = 0.30  # the same for clauses of its document whose other figures make the matter unclear
_SHARE = 0.33  # share of the question's words that a clause with its title must have where nothing names its document
# Clauses that tell of errors and of what used to hold: their figures are not the rule.
_OF_ERRORS = re.compile(
    r"弄错|误传|旧规|旧标准|旧条件|旧办法|原来的|原定|背景"
    r"|mistake|misunderst|old rule|former|earlier|background|previous",
    re.I,
)
_OF_OWN = {
    Language.ZH: re.compile(
        r"我|俺|咱|本公司|本店|厂里|店里|公司(?:去年|今年|现在|有|一共)|想(?:贷|借|申请)|要(?:贷|借)|需要"
    ),
    Language.EN: re.compile(r"\b(?:we|our|my|i have|i want|i need|i run|we need)\b", re.I),
}
_HEARSAY = {  # "跟我说", "I heard": the speaker comes into it, and the figure is none of his
    Language.ZH: re.compile(
        r"(?:跟|对|和|给|向)(?:我|我们|咱)(?:说|讲|提)|告诉(?:我|我们)|(?:我|我们|咱)(?:听|记得|以为|看到|理解|觉得)"
    ),
    Language.EN: re.compile(
        r"\b(?:i|we) (?:was|were|have|had)?\s*(?:heard|read|saw|thought|believe|told|understand)\b|\btold (?:me|us)",
        re.I,
    ),
}
_PIECE = {Language.ZH: re.compile(r"[，。；,;\s]"), Language.EN: re.compile(r"[,;.]\s")}
_COMPARED = {"size", "borrower", "loan", "special"}  # groups of scopes that narrow whom or what a figure is for
_ENDS = {"until", "since"}  # a date is compared as the first or the last day of something only
_SUBSIDY = "subsidy"
# After these words a clause on errors tells what is right.
_RIGHT = re.compile(
    r"现行|现在|正式办法|是错的|不能引用|不要采信|应当是|\bnow\b|\bpresent\b|\bcurrent|\bfinal\b|is wrong|in force",
    re.I,
)
_EITHER = re.compile(r"还是|\bor\b", re.I)
_DENIED = re.compile(r"(?:不是|而非|\bnot)\s*$", re.I)
_ATTRIBUTE = re.compile(r"^\s*(?:元)?(?:的|那个|这个)")
_LIMITED = {Bound.MOST, Bound.LEAST}


@dataclass(frozen=True, slots=True)
class _Given:
    """A figure that a clause gives."""

    evidence: Evidence
    sentence: str
    quantity: Quantity
    of_errors: bool


def figure_correction(query: Query, evidence: Sequence[Evidence], emphasis: Emphasis, on: date) -> Correction | None:
    """What the clauses say of a figure that the question asserts; None where nothing comparable is found.

    Wrong corrections are worse than none: measure, role and scope must agree, the document must be the one that is
    asked about, and where its clauses give several figures of the kind, none is taken.
    """
    if query.assertion is None or not evidence:
        return None
    for asserted in _asserted(query, query.assertion):
        given = list(_comparable(asserted, query, evidence, emphasis))
        if (found := _judged(asserted, given, query, on)) is not None:
            return found
    return None


def _asserted(query: Query, assertion: Assertion) -> Iterator[Quantity]:
    """The figures a question takes for granted, without those of the user's own affairs."""
    language = query.language
    for stretch in assertion.stretches:
        found = quantities(stretch, language)
        if _EITHER.search(stretch) and len({q.measure for q in found}) < len(found):
            continue
        for quantity in found:
            before, after = stretch[: quantity.start], stretch[quantity.start + len(quantity.said) :]
            if _DENIED.search(before) and any(q.measure is quantity.measure and q is not quantity for q in found):
                continue
            piece = _HEARSAY[language].sub("", _PIECE[language].split(before)[-1])
            if quantity.bound is None and _OF_OWN[language].search(piece):
                continue
            if quantity.measure is Measure.DATE and not quantity.facets & _ENDS:
                continue
            if not assertion.marked and quantity.bound is None and not _ATTRIBUTE.match(after):
                continue
            yield quantity


def _comparable(asserted: Quantity, query: Query, evidence: Sequence[Evidence], emphasis: Emphasis) -> Iterator[_Given]:
    """Figures of the clauses that are of the same thing, those of the best evidence first."""
    language = query.language
    named = facets_in(query.text, language)
    roles = asserted.facets or named
    asked = {group: names for group, names in scopes_in(query.text, language).items() if group in _COMPARED}
    for item in evidence[:_READ]:
        passage = item.passage
        if item.score < evidence[0].score - _BELOW_BEST or not _about(item, evidence[0], query, emphasis):
            continue
        of_errors = bool(_OF_ERRORS.search(passage.label))
        for sentence in sentences(passage.clause.text, language):
            for quantity in quantities(sentence, language):
                if quantity.measure is not asserted.measure or quantity.noun != asserted.noun:
                    continue
                if not _bounds_fit(asserted, quantity):
                    continue
                if _SUBSIDY in quantity.facets and _SUBSIDY not in named:
                    continue  # how long or on how much a subsidy is paid says nothing about the loan
                if not of_errors and not _same_thing(asserted, roles, quantity, passage.label, language):
                    continue
                if beside_the_question(_scopes(sentence, quantity, passage.label, language), asked):
                    continue
                yield _Given(item, sentence, quantity, of_errors)


def _bounds_fit(asserted: Quantity, quantity: Quantity) -> bool:
    """Whether both are limits on the same side; of a share it is often left unsaid that it is one."""
    if asserted.measure is Measure.SHARE or asserted.bound is None:
        return {asserted.bound, quantity.bound} != _LIMITED
    return asserted.bound is quantity.bound


def _same_thing(asserted: Quantity, roles: frozenset[str], quantity: Quantity, label: str, language: Language) -> bool:
    """Whether both figures are of the same thing: dates by the words beside them alone, others also by the heading."""
    if quantity.measure is Measure.DATE:
        return bool(asserted.facets & quantity.facets & _ENDS)
    return same_role(roles, quantity.facets | facets_in(label, language))


def _scopes(sentence: str, quantity: Quantity, label: str, language: Language) -> dict[str, frozenset[str]]:
    """For whom and what a figure is given: by the words before it up to a stop, or else by its sentence and heading."""
    near = scopes_in(_PIECE[language].split(sentence[: quantity.start])[-1], language)
    wide = {**scopes_in(label, language), **scopes_in(sentence, language)}
    found = {**wide, **near} if set(near) & {"borrower", "size"} else wide
    return {group: names for group, names in found.items() if group in _COMPARED}


def _about(item: Evidence, best: Evidence, query: Query, emphasis: Emphasis) -> bool:
    """Whether a clause is from a document that the question is about: one it names, or that of the best evidence."""
    document = item.passage.document
    if document.kind in (Kind.GLOSSARY, Kind.FIGURES):
        return False
    if document.kind is Kind.PRODUCT and document.document_number is None:
        return item.named
    said = normalise(query.text)
    if not query.places and places_in(item.passage.heading + item.passage.text[:_OPENING]):
        return False  # what one place does, in a nationwide document
    if item.named or any(normalise(topic) in said for topic in document.particular_topics):
        return True
    same = best.passage.document
    if document.id != same.id and (
        document.document_number is None or document.document_number != same.document_number
    ):
        return False
    return emphasis.share(f"{item.passage.label} {item.passage.clause.text} {document.title}") >= _SHARE


def _judged(asserted: Quantity, given: Sequence[_Given], query: Query, on: date) -> Correction | None:
    marked = query.assertion is not None and query.assertion.marked
    rules = [g for g in given if not g.of_errors and not g.quantity.former and _in_force(g, on)]
    near = [g for g in rules if g.evidence.score >= rules[0].evidence.score - _NEAR_TOP]
    agreeing = [g for g in near if g.quantity.agrees(asserted)]
    if any(g.evidence is rules[0].evidence for g in agreeing):
        return _confirmed(agreeing[0], query, on) if marked else None
    if agreeing:
        return None  # one clause says so and another does not: they are about different things
    if (former := _former(asserted, given, rules, on)) is not None:
        return _corrected("was", asserted, former, query)
    if (
        error := next((g for g in given if g.of_errors and _told_as_wrong(asserted, g, query.language)), None)
    ) is not None:
        text = error.evidence.passage.clause.text
        return Correction(texts(query.language)("premise.wrong"), (error.evidence.passage,), text)
    rule = _the_rule(asserted, rules) or _of_another(rules, query.language)
    if rule is None:
        return None
    if _gives_it_too(asserted, rule, query.language):
        return None
    lapsed = next((g for g in given if g.quantity.agrees(asserted) and _ended(g, on)), None)
    if lapsed is not None:
        return _old(asserted, rule, lapsed, query)
    if not marked and asserted.bound is None:
        return None
    if _the_rule(asserted, rules) is None:
        return _corrected("not_either", asserted, rule, query) if marked else None
    return _corrected("not_then" if _then(query, on) else "not", asserted, rule, query)


def _gives_it_too(asserted: Quantity, rule: _Given, language: Language) -> bool:
    """Whether the clause gives the asserted figure as well, if of something else: then it may be meant."""
    text = rule.evidence.passage.clause.text
    return any(quantity.agrees(asserted) for quantity in quantities(text, language) if not quantity.former)


def _told_as_wrong(asserted: Quantity, given: _Given, language: Language) -> bool:
    """Whether a clause on errors gives the asserted figure as one, and nowhere as what is right."""
    if not given.quantity.agrees(asserted) or given.quantity.former:
        return False
    text = given.evidence.passage.clause.text
    right = _RIGHT.search(text)
    told = [q for q in quantities(text, language) if q.agrees(asserted)]
    return all(right is None or q.start < right.start() for q in told)


def _former(asserted: Quantity, given: Sequence[_Given], rules: Sequence[_Given], on: date) -> _Given | None:
    """The figure that took the place of the asserted one, where one sentence tells of the change."""
    former = next((g for g in given if g.quantity.former and g.quantity.agrees(asserted) and _in_force(g, on)), None)
    beside = [g for g in rules if former is not None and g.sentence == former.sentence]
    if former is None or not beside:
        return None
    # "由20万元提高到30万元" has the new figure after the old one, "5000万元（由3000万元提高）" before it.
    after = [g for g in beside if g.quantity.start > former.quantity.start]
    return min(after or beside, key=lambda g: g.quantity.start)


def _rivals(rules: Sequence[_Given]) -> list[_Given]:
    """The figures near the first one in its document, itself among them."""
    top = rules[0].evidence
    return [
        g
        for g in rules
        if g.evidence.passage.document_id == top.passage.document_id and g.evidence.score >= top.score - _RIVAL
    ]


def _the_rule(asserted: Quantity, rules: Sequence[_Given]) -> _Given | None:
    """The one figure that the clauses nearest to the question give; or the limit that the asserted one oversteps."""
    if not rules:
        return None
    top, rival = rules[0], _rivals(rules)
    if all(g.quantity.value == top.quantity.value or g.quantity.agrees(top.quantity) for g in rival):
        return top
    of_top = [g for g in rival if g.evidence is top.evidence]
    highest = [g for g in of_top if g.quantity.bound is Bound.MOST]
    if highest and all(_less(g.quantity, asserted) for g in of_top):
        return max(highest, key=_size)
    lowest = [g for g in of_top if g.quantity.bound is Bound.LEAST]
    if lowest and len(lowest) == len(of_top) and all(_less(asserted, g.quantity) for g in of_top):
        return min(lowest, key=_size)
    return None


def _of_another(rules: Sequence[_Given], language: Language) -> _Given | None:
    """The first figure where all others are those of another borrower: the asserted one is wrong for either."""
    if not rules:
        return None
    top, rival = rules[0], _rivals(rules)

    def borrower(given: _Given) -> frozenset[str]:
        scopes = _scopes(given.sentence, given.quantity, given.evidence.passage.label, language)
        return scopes.get("borrower", frozenset())

    own = borrower(top)
    others = [borrower(g) for g in rival if g.quantity.value != top.quantity.value]
    return top if own and all(names and not names & own for names in others) else None


def _less(one: Quantity, other: Quantity) -> bool:
    return isinstance(one.value, Decimal) and isinstance(other.value, Decimal) and one.value < other.value


def _size(given: _Given) -> Decimal:
    return given.quantity.value if isinstance(given.quantity.value, Decimal) else Decimal(0)


def _in_force(given: _Given, on: date) -> bool:
    return given.evidence.passage.validity(on) is not Validity.NO


def _then(query: Query, on: date) -> bool:
    """Whether the rules are those of a day gone by that the question names."""
    return query.span is not None and query.span.last == on


def _ended(given: _Given, on: date) -> bool:
    expires = given.evidence.passage.period.expires
    return given.evidence.passage.validity(on) is Validity.NO and expires is not None and expires < on


def _corrected(key: str, asserted: Quantity, given: _Given, query: Query) -> Correction:
    text = texts(query.language)(f"premise.{key}", said=asserted.said, value=_value(given))
    return Correction(text, (given.evidence.passage,), given.sentence, asserted.said)


def _old(asserted: Quantity, given: _Given, lapsed: _Given, query: Query) -> Correction:
    say = texts(query.language)
    ended = lapsed.evidence.passage.period.expires
    assert ended is not None
    text = say(
        "premise.was_until",
        said=asserted.said, day=as_written(ended, say), value=_value(given),
    )  # fmt: skip
    return Correction(text, (given.evidence.passage, lapsed.evidence.passage), given.sentence, asserted.said)


def _value(given: _Given) -> str:
    """The figure as it stands by itself: "1.5-percentage-point subsidy" gives 1.5 percentage point."""
    return given.quantity.said.replace("-", " ") if given.quantity.measure is not Measure.DATE else given.quantity.said


def _confirmed(given: _Given, query: Query, on: date) -> Correction:
    key = "premise.was_so" if _then(query, on) else "premise.is"
    text = texts(query.language)(key)
    return Correction(text, (given.evidence.passage,), given.sentence)
