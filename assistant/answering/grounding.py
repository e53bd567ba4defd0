"""Each claim checked against the clauses it cites, by code, whoever composed it.

A quotation must stand in its clause word for word, and lose nothing that governs it. Words of our own (`phrased`) must
say what one sentence of the clause says: its figures in their units and on their side, its names, negations, limits and
parties, and no others. What the rules made of the user's facts (`computed`) rests on clauses, on what the user stated
and on what was worked out, which is worked out again; and however it is worded, it keeps all that the rules stated.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.answering.facets import Facets, facets, governing
from assistant.types import Claim, ClaimKind
from index.figures import document_numbers, figures
from index.quantities import Bound, Quantity, Unit, contradicts, quantities
from index.references import numbers_of
from index.text import normalise, sentences
from index.types import Language, Passage

_COMPLEMENTS = {frozenset({Bound.BELOW, Bound.AT_LEAST}), frozenset({Bound.ABOVE, Bound.AT_MOST})}

_COUNTS = {Unit.PEOPLE, Unit.FIRMS, Unit.ITEMS, Unit.TIMES, Unit.AGE}


@dataclass(frozen=True, slots=True)
class Rejection:
    """A claim that failed, and why."""

    claim: Claim
    reason: str


def ground(claims: Sequence[Claim]) -> tuple[list[Claim], list[Rejection]]:
    """Claims that hold, in order, and those that do not."""
    held: list[Claim] = []
    rejected: list[Rejection] = []
    for claim in claims:
        reason = objection(claim)
        if reason is None:
            held.append(claim)
        else:
            rejected.append(Rejection(claim, reason))
    return held, rejected


def objection(claim: Claim) -> str | None:
    """What is wrong with a claim; None when it holds."""
    if not claim.passages:
        return "cites no clause"
    if claim.kind is ClaimKind.QUOTED:
        return _of_quotation(claim)
    if claim.kind is ClaimKind.PHRASED:
        return _of_phrasing(claim)
    return _of_computation(claim)


def _of_quotation(claim: Claim) -> str | None:
    quoted = normalise(claim.text)
    texts = [passage.clause.text for passage in claim.passages]
    found = [text for text in texts if quoted and quoted in normalise(text)]
    if not found:
        return "is not a quotation of the clause it cites"
    lost = [_left_out(quoted, text, claim.passages[0].language) for text in found]
    return None if None in lost else f"leaves out what governs the words it quotes: {lost[0]!r}"


def _left_out(quoted: str, text: str, language: Language) -> str | None:
    """What the quotation leaves out of the sentence it is taken from and what turns its meaning; None for nothing."""
    for sentence in sentences(text, language):
        whole = normalise(sentence)
        place = whole.find(quoted)
        if place >= 0 and (word := governing(whole[:place], whole[place + len(quoted) :], language)):
            return word
    return None


def _of_phrasing(claim: Claim) -> str | None:
    """Every sentence of the claim against the sentence of its clauses that comes nearest."""
    language = claim.passages[0].language
    pool = [text for passage in claim.passages for text in _sources(passage)]
    for sentence in sentences(claim.text, language):
        said = facets(sentence, language)
        reasons = [_beyond(said, facets(source, language)) for source in _nearest_first(sentence, pool)]
        if None not in reasons:
            return reasons[0]
    return None


def _sources(passage: Passage) -> list[str]:
    return [*sentences(passage.clause.text, passage.language), recorded(passage), passage.clause.heading]


def _nearest_first(sentence: str, pool: Iterable[str]) -> list[str]:
    """Sources by how many pairs of characters they share with a sentence; ties keep their order."""
    pairs = _pairs(sentence)
    return sorted(pool, key=lambda source: -sum((pairs & _pairs(source)).values()))


def _pairs(text: str) -> Counter[str]:
    said = normalise(text)
    return Counter(said[place : place + 2] for place in range(len(said) - 1))


def _beyond(said: Facets, source: Facets) -> str | None:
    """What a sentence says that its source does not, or leaves out that it must not."""
    if strange := [q for q in said.quantities if not _supported(q, source.quantities, exactly=True)]:
        return f"figures not in the cited clauses: {_named(strange)}"
    if strange_numbers := set(said.documents) - set(source.documents):
        return f"document numbers not in the cited clauses: {sorted(strange_numbers)}"
    for kind in ("authorities", "banks", "places", "parties"):
        if not _in_order(getattr(said, kind), getattr(source, kind)):
            return f"{kind} that are not those of the clause: {list(getattr(said, kind))}"
    if said.negations != source.negations:
        return f"{said.negations} negations where the clause has {source.negations}"
    for kind in ("limits", "obligations", "verdicts"):
        if getattr(said, kind) != getattr(source, kind):
            return f"{kind} {list(getattr(said, kind))} where the clause has {list(getattr(source, kind))}"
    return None


def _in_order(said: Sequence[str], source: Sequence[str]) -> bool:
    """Whether all that is said stands in the source, in the same order."""
    rest = iter(source)
    return all(item in rest for item in said)


def _of_computation(claim: Claim) -> str | None:
    language = claim.passages[0].language
    vouched = "\n".join([*(_vouched(passage) for passage in claim.passages), claim.given])
    supports = list(quantities(vouched))
    given = set(figures(vouched))
    for worked in claim.worked:
        if (reason := worked.objection()) is not None:
            return reason
        if strange := {item for item in worked.operands() if not {item, item.rstrip("%")} & given}:
            return f"arithmetic with figures from nowhere: {sorted(strange)}"
        supports += worked.gives()
        given |= {q.value + "%" * (q.unit is Unit.PERCENT) for q in worked.gives()}
    if unsupported := [q for q in quantities(claim.text) if not _supported(q, supports, exactly=False)]:
        return f"figures not in the cited clauses: {_named(unsupported)}"
    numbers = {number for passage in claim.passages for number in document_numbers(_vouched(passage))}
    if unknown := document_numbers(claim.text) - numbers:
        return f"document numbers not in the cited clauses: {sorted(unknown)}"
    if claim.stated and claim.stated != claim.text:
        differing = facets(claim.text, language).differing(facets(claim.stated, language))
        if differing:
            return f"does not say what the rules stated: {', '.join(differing)} differ"
    return None


def _supported(said: Quantity, sources: Sequence[Quantity], exactly: bool) -> bool:
    """Whether a source gives the same amount on the same side.

    `exactly` False: what a limit excludes may be told too, 不到20人 where the clause says 20人及以上.
    """
    for source in sources:
        if source.amount != said.amount and not _same_day(said, source) and not _same_number(said, source):
            continue
        sides = frozenset({said.bound, source.bound})
        if not contradicts(said.bound, source.bound) or (not exactly and sides in _COMPLEMENTS):
            return True
    return False


def _same_number(said: Quantity, source: Quantity) -> bool:
    """Whether a number without a unit is one of people, firms, items or the like in the source."""
    return said.unit is Unit.PLAIN and source.unit in _COUNTS and said.value == source.value


def _same_day(said: Quantity, source: Quantity) -> bool:
    """Whether a date is part of a more precise one: 2026年 of 2026年1月19日, 1月19日 of the same."""
    if said.unit is not Unit.DATE or source.unit is not Unit.DATE:
        return False
    return source.value.startswith(f"{said.value}-") or (
        said.value.startswith("--") and source.value.endswith(said.value.removeprefix("-"))
    )


def _named(items: Iterable[Quantity]) -> list[str]:
    return sorted({" ".join(filter(None, (item.bound, item.value, item.unit))) for item in items})


def _vouched(passage: Passage) -> str:
    """Everything a clause vouches for: its text and the recorded facts of its document."""
    return "\n".join(_sources(passage))


def recorded(passage: Passage) -> str:
    """The recorded facts of a clause and its document in one line: title, number, issuers, reference, dates."""
    document, clause = passage.document, passage.clause
    days = (
        document.issued, document.period.effective, document.period.expires, document.period.repealed,
        clause.period.effective, clause.period.expires, clause.period.repealed,
    )  # fmt: skip
    written = " ".join(day.isoformat() for day in days if day)
    numbers = [re.sub(r"\s+", "", number) for number in numbers_of(document)]
    return " ".join([document.title, *document.issuers, *numbers, clause.reference, written])
