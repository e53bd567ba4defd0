"""A figure that a question asserts, compared with the clause that gives the figure of the same thing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from assistant.answering.emphasis import Emphasis
from assistant.answering.premises.asserted import asserted_figures
from assistant.answering.premises.comparable import Given, comparable, scopes_of
from assistant.answering.premises.correction import Correction
from assistant.answering.present import as_written
from assistant.lexicon.figure_roles import Bound, Measure, Quantity, quantities
from assistant.texts import texts
from assistant.types import Evidence, Query
from index.types import Language, Validity

# How far under the best clause that gives such a figure another may lie, on fusion's scale.
_NEAR_TOP = 0.15  # to confirm
_RIVAL = 0.30  # to make the matter unclear with another figure of the same document
# After these words a clause on errors tells what is right.
_RIGHT = re.compile(
    r"现行|现在|正式办法|是错的|不能引用|不要采信|应当是|\bnow\b|\bpresent\b|\bcurrent|\bfinal\b|is wrong|in force",
    re.I,
)


def figure_correction(query: Query, evidence: Sequence[Evidence], emphasis: Emphasis, on: date) -> Correction | None:
    """What the clauses say of a figure that the question asserts; None where nothing comparable is found.

    Wrong corrections are worse than none: measure, role and scope must agree, the document must be the one that is
    asked about, and where its clauses give several figures of the kind, none is taken.
    """
    if query.assertion is None or not evidence:
        return None
    for asserted in asserted_figures(query, query.assertion):
        given = list(comparable(asserted, query, evidence, emphasis))
        if (found := _judged(asserted, given, query, on)) is not None:
            return found
    return None


def _judged(asserted: Quantity, given: Sequence[Given], query: Query, on: date) -> Correction | None:
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


def _gives_it_too(asserted: Quantity, rule: Given, language: Language) -> bool:
    """Whether the clause gives the asserted figure as well, if of something else: then it may be meant."""
    text = rule.evidence.passage.clause.text
    return any(quantity.agrees(asserted) for quantity in quantities(text, language) if not quantity.former)


def _told_as_wrong(asserted: Quantity, given: Given, language: Language) -> bool:
    """Whether a clause on errors gives the asserted figure as one, and nowhere as what is right."""
    if not given.quantity.agrees(asserted) or given.quantity.former:
        return False
    text = given.evidence.passage.clause.text
    right = _RIGHT.search(text)
    told = [q for q in quantities(text, language) if q.agrees(asserted)]
    return all(right is None or q.start < right.start() for q in told)


def _former(asserted: Quantity, given: Sequence[Given], rules: Sequence[Given], on: date) -> Given | None:
    """The figure that took the place of the asserted one, where one sentence tells of the change."""
    former = next((g for g in given if g.quantity.former and g.quantity.agrees(asserted) and _in_force(g, on)), None)
    beside = [g for g in rules if former is not None and g.sentence == former.sentence]
    if former is None or not beside:
        return None
    # "由20万元提高到30万元" has the new figure after the old one, "5000万元（由3000万元提高）" before it.
    after = [g for g in beside if g.quantity.start > former.quantity.start]
    return min(after or beside, key=lambda g: g.quantity.start)


def _rivals(rules: Sequence[Given]) -> list[Given]:
    """The figures near the first one in its document, itself among them."""
    top = rules[0].evidence
    return [
        g
        for g in rules
        if g.evidence.passage.document_id == top.passage.document_id and g.evidence.score >= top.score - _RIVAL
    ]


def _the_rule(asserted: Quantity, rules: Sequence[Given]) -> Given | None:
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


def _of_another(rules: Sequence[Given], language: Language) -> Given | None:
    """The first figure where all others are those of another borrower: the asserted one is wrong for either."""
    if not rules:
        return None
    top, rival = rules[0], _rivals(rules)

    def borrower(given: Given) -> frozenset[str]:
        scopes = scopes_of(given.sentence, given.quantity, given.evidence.passage.label, language)
        return scopes.get("borrower", frozenset())

    own = borrower(top)
    others = [borrower(g) for g in rival if g.quantity.value != top.quantity.value]
    return top if own and all(names and not names & own for names in others) else None


def _less(one: Quantity, other: Quantity) -> bool:
    return isinstance(one.value, Decimal) and isinstance(other.value, Decimal) and one.value < other.value


def _size(given: Given) -> Decimal:
    return given.quantity.value if isinstance(given.quantity.value, Decimal) else Decimal(0)


def _in_force(given: Given, on: date) -> bool:
    return given.evidence.passage.validity(on) is not Validity.NO


def _then(query: Query, on: date) -> bool:
    """Whether the rules are those of a day gone by that the question names."""
    return query.span is not None and query.span.last == on


def _ended(given: Given, on: date) -> bool:
    expires = given.evidence.passage.period.expires
    return given.evidence.passage.validity(on) is Validity.NO and expires is not None and expires < on


def _corrected(key: str, asserted: Quantity, given: Given, query: Query) -> Correction:
    text = texts(query.language)(f"premise.{key}", said=asserted.said, value=_value(given, asserted, query.language))
    return Correction(text, (given.evidence.passage,), given.sentence, asserted.said)


def _old(asserted: Quantity, given: Given, lapsed: Given, query: Query) -> Correction:
    say = texts(query.language)
    ended = lapsed.evidence.passage.period.expires
    assert ended is not None
    text = say(
        "premise.was_until",
        said=asserted.said, day=as_written(ended, say), value=_value(given, asserted, query.language),
    )  # fmt: skip
    return Correction(text, (given.evidence.passage, lapsed.evidence.passage), given.sentence, asserted.said)


def _value(given: Given, asserted: Quantity, language: Language) -> str:
    """The figure as it stands by itself: "1.5-percentage-point subsidy" gives 1.5 percentage point.

    One that is the least there may be says so, or it would read as the rule itself.
    """
    if given.quantity.measure is Measure.DATE:
        return given.quantity.said
    said = given.quantity.said.replace("-", " ")
    if given.quantity.bound is Bound.LEAST and asserted.bound is not Bound.LEAST:
        return texts(language)("premise.at_least", value=said)
    return said


def _confirmed(given: Given, query: Query, on: date) -> Correction:
    key = "premise.was_so" if _then(query, on) else "premise.is"
    text = texts(query.language)(key)
    return Correction(text, (given.evidence.passage,), given.sentence)
