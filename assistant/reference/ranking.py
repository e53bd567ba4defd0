"""Which clauses a typed line finds, and in which order: likeness, and what the line names."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.reference.catalogue import Catalogue
from assistant.reference.conventions import conventions, in_full
from assistant.reference.nuance import Asked
from index.clause_addresses import agreement, printed
from index.names import Naming
from index.search import Searcher
from index.text import normalise
from index.types import Language

Scores = npt.NDArray[np.float32]
Marks = npt.NDArray[np.bool_]

NUMBERED, BORNE, TOLD = 20.0, 14.0, 4.0  # the document of that number, a clause of that number, one that speaks of it
ADDRESSED = 10.0  # the clause at the address that was typed, in the document that was named
TITLED, TITLED_ADDRESS = 1.2, 4.0
LEAST_LIFT = 2.0  # found by its name alone
OPENING = 1.0  # the clause that tells what a document is, where nothing else is asked for
FLOOR, BY_WORDS = 0.45, 0.12  # least likeness of what is found, with vectors and by words alone
WEIGHED = 100  # passages whose headings are looked at
SURE = 0.9  # a line that is all of a name, though it does not end as names do
SPREAD = 1.1  # how far behind the best one something is still found


@dataclass(frozen=True)
class Ranking:
    """A score for every passage; -inf where it is not found."""

    scores: Scores
    naming: Naming
    unknown_number: bool = False  # a document number was typed that nothing bears or speaks of
    missing_address: bool = False  # the document that is named has no clause at the address that was typed


def rank(line: str, language: Language, searcher: Searcher, catalogue: Catalogue) -> Ranking:
    """What a typed line finds."""
    naming = catalogue.names.read(line)
    numbered = bool(naming.documents or naming.clauses)
    likeness = _likeness(in_full(naming.rest if numbered else line), naming, language, searcher)
    floor = BY_WORDS if searcher.by_words_only or catalogue.index.vectors is None else FLOOR
    best = float(likeness.max(initial=-np.inf))
    found = likeness >= max(floor, best - SPREAD)
    if naming.number and naming.rest == "":
        found[:] = False  # a bare number is like nothing but itself
    if not numbered:
        likeness = _nuanced(likeness, found, line, searcher, catalogue)
    lift = np.zeros(len(likeness), dtype=np.float32)
    agreed = _lift_numbered(lift, naming, catalogue) if numbered else _lift_titled(lift, naming, line, catalogue)
    agreed |= _lift_prefixed(lift, naming, line, catalogue)
    found |= lift >= LEAST_LIFT
    likeness = np.where(np.isfinite(likeness), likeness, 0.0).astype(np.float32)
    hidden = catalogue.index.rows_hidden
    scores = np.where(found, likeness + lift, -np.inf).astype(np.float32)
    scores[hidden] = -np.inf
    missing = bool(naming.address) and not agreed and (numbered or naming.whole)
    return Ranking(scores, naming, bool(naming.number) and not numbered, missing)


def _likeness(line: str, naming: Naming, language: Language, searcher: Searcher) -> Scores:
    if naming.whole:
        return np.full(len(searcher.languages[language].passages), -np.inf, dtype=np.float32)
    return searcher.scores(line, language)


def _nuanced(likeness: Scores, found: Marks, line: str, searcher: Searcher, catalogue: Catalogue) -> Scores:
    """The best of what is found, weighed again by what its heading says and by whom its document is for."""
    likeness = likeness.copy()
    asked = Asked(line, catalogue, searcher)
    rows = np.flatnonzero(found)
    for row in rows[np.argsort(-likeness[rows], kind="stable")[:WEIGHED]]:
        likeness[row] += asked.nuance(catalogue.index.passages[row])
    return likeness


def _lift_numbered(lift: Scores, naming: Naming, catalogue: Catalogue) -> bool:
    """Lift what bears the number, or tells of it; whether a clause stands at the address that was typed."""
    passages, agreed = catalogue.index.passages, False
    for place, weight in naming.documents.items():
        rows = _rows(place, catalogue)
        lift[rows] = NUMBERED * weight
        here = _lift_addressed(lift, rows, naming, catalogue, ADDRESSED)
        agreed |= here
        if naming.whole and not here:
            lift[_opening(rows, catalogue)] += OPENING
    for (place, clause_id), weight in naming.clauses.items():
        rows = [row for row in _rows(place, catalogue) if passages[row].clause_id == clause_id]
        lift[rows] = np.maximum(lift[rows], BORNE if weight > 0.5 else TOLD)
        if place not in naming.documents:
            agreed |= _lift_addressed(lift, rows, naming, catalogue, ADDRESSED)
    return agreed


def _lift_titled(lift: Scores, naming: Naming, line: str, catalogue: Catalogue) -> bool:
    """Lift what is called so; whether a clause stands at the address that was typed."""
    titled, agreed = naming.titled, False
    if naming.address:
        for place in titled:
            agreed |= _lift_addressed(lift, _rows(place, catalogue), naming, catalogue, TITLED_ADDRESS)
        titled = titled if agreed else naming.titled_as_typed or titled
    for place, share in titled.items():
        rows = _rows(place, catalogue)
        lift[rows] += TITLED * share
        if not agreed and naming.name_only and (share >= SURE or naming.whole or conventions().is_name(line)):
            lift[_opening(rows, catalogue)] += OPENING + LEAST_LIFT * naming.whole
    return agreed or titled is naming.titled_as_typed


def _rows(place: int, catalogue: Catalogue) -> list[int]:
    return catalogue.index.rows_of_document[catalogue.documents[place].id]


def _lift_addressed(lift: Scores, rows: list[int], naming: Naming, catalogue: Catalogue, by: float) -> bool:
    """Lift the clauses at the address that was typed; whether there are any."""
    agreed = False
    for row in rows:
        addresses = printed(catalogue.index.passages[row].reference)
        agree = max((agreement(naming.address, held) for held in addresses), default=0.0)
        lift[row] += by * agree
        agreed |= agree > 0
    return agreed


def _lift_prefixed(lift: Scores, naming: Naming, line: str, catalogue: Catalogue) -> bool:
    """Lift clauses whose reference names where they are from: 刑法第一百七十五条之一, 13号公告 第二条."""
    said, agreed = normalise(line).replace(" ", ""), False
    for row in catalogue.rows_at.get(naming.address[:1], []) if naming.address else []:
        reference = normalise(catalogue.index.passages[row].reference)
        name = _named_before(reference)
        if name and name in said:
            agree = max(agreement(naming.address, held) for held in printed(reference))
            lift[row] += TITLED_ADDRESS * agree
            agreed |= agree > 0
    return agreed


def _named_before(reference: str) -> str:
    """What stands before the number in a printed reference, without blanks."""
    for place, letter in enumerate(reference):
        if letter == "第" or (place and reference[place - 1] in " 号令"):
            return reference[:place].replace(" ", "")
    return ""


def _opening(rows: list[int], catalogue: Catalogue) -> int:
    """The row of the clause that tells what a document is: else its first."""
    passages = catalogue.index.passages
    for opening in conventions().openings:
        for row in rows:
            if passages[row].clause_id == opening or opening in passages[row].heading:
                return row
    return rows[0]
