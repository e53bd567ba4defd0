"""Each claim checked against the clauses it cites, by code, whoever composed it.

A quotation must stand in its clause word for word, and lose nothing that governs it. Words of our own (`phrased`) must
say what one sentence of the clause says: its figures in their units and on their side, its names, negations, limits and
parties, and no others. What code states (`computed`, and the few words before a quotation) rests on clauses, on what
the user stated and on what was worked out, which is worked out again; and it is told as it was stated.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.facets import facets, governing
from assistant.answering.paraphrase import objection_to_paraphrase
from assistant.answering.support import named, supported, vouched
from assistant.types import Claim, ClaimKind, Dropped
from index.figures import document_numbers, figures
from index.quantities import Unit, quantities
from index.text import normalise, sentences
from index.types import Language


def ground(claims: Sequence[Claim]) -> tuple[list[Claim], list[Dropped]]:
    """Claims that hold, in order, and those that do not."""
    held: list[Claim] = []
    dropped: list[Dropped] = []
    for claim in claims:
        reason = objection(claim)
        if reason is None:
            held.append(claim)
        else:
            dropped.append(Dropped(claim, reason))
    return held, dropped


def objection(claim: Claim) -> str | None:
    """What is wrong with a claim; None when it holds."""
    if not claim.passages:
        return "cites no clause"
    if claim.kind is ClaimKind.QUOTED:
        return _of_quotation(claim)
    if claim.kind is ClaimKind.PHRASED:
        return objection_to_paraphrase(claim)
    return _of_computation(claim)


def _of_quotation(claim: Claim) -> str | None:
    quoted = normalise(claim.text)
    texts = [passage.clause.text for passage in claim.passages]
    found = [text for text in texts if quoted and quoted in normalise(text)]
    if not found:
        return "is not a quotation of the clause it cites"
    lost = [_left_out(quoted, text, claim.passages[0].language) for text in found]
    if None not in lost:
        return f"leaves out what governs the words it quotes: {lost[0]!r}"
    return _of_words(claim, claim.preface) if claim.preface else None


def _left_out(quoted: str, text: str, language: Language) -> str | None:
    """What the quotation leaves out of the sentence it is taken from and what turns its meaning; None for nothing."""
    for sentence in sentences(text, language):
        whole = normalise(sentence)
        place = whole.find(quoted)
        if place >= 0 and (word := governing(whole[:place], whole[place + len(quoted) :], language)):
            return word
    return None


def _of_computation(claim: Claim) -> str | None:
    return _of_words(claim, claim.text)


def _of_words(claim: Claim, text: str) -> str | None:
    """Words that code states, on clauses, on what the user said and on what was worked out."""
    words = "\n".join([*(vouched(passage) for passage in claim.passages), claim.given])
    # Each by itself: "…起" at the end of one would bound the first figure of the next.
    supports = [q for told in (*map(vouched, claim.passages), claim.given) for q in quantities(told)]
    given = set(figures(words))
    for worked in claim.worked:
        if (reason := worked.objection()) is not None:
            return reason
        if strange := {item for item in worked.operands() if not {item, item.rstrip("%")} & given}:
            return f"arithmetic with figures from nowhere: {sorted(strange)}"
        supports += worked.gives()
        given |= {q.value + "%" * (q.unit is Unit.PERCENT) for q in worked.gives()}
    if unsupported := [q for q in quantities(text) if not supported(q, supports, exactly=False)]:
        return f"figures not in the cited clauses: {named(unsupported)}"
    numbers = {number for passage in claim.passages for number in document_numbers(vouched(passage))}
    if unknown := document_numbers(text) - numbers:
        return f"document numbers not in the cited clauses: {sorted(unknown)}"
    if claim.stated and claim.stated != text:
        differing = facets(text).differing(facets(claim.stated))
        if differing:
            return f"does not say what the rules stated: {', '.join(differing)} differ"
    return None
