"""Which clauses a typed line finds, and in which order: likeness, and what the line names."""

from __future__ import annotations

from collections.abc import Sequence
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
from index.types import Kind, Language

_SHEETS = (Kind.PRODUCT, Kind.PROGRAMME)
Scores = npt.NDArray[np.float32]
Marks = npt.NDArray[np.bool_]

NUMBERED, BORNE, TOLD = 20.0, 14.0, 4.0  # the document of that number, a clause of that number, one that speaks of it
ADDRESSED = 10.0  # the clause at the address that was typed, in the document of that number
SHEET = 0.6  # what the sheet of a programme loses to the notice that sets it up: they carry one number
TITLED, TITLED_ADDRESS = 1.2, 4.0
OPENING = 1.0  # the clause that tells what a document is, where nothing else is asked for
LEAST_LIFT = 1.25  # found by its name alone
FLOOR, BY_WORDS = 0.75, 0.12  # least likeness of what is found, with vectors and by words alone
SPREAD, NEAR = 1.0, 0.35  # how far behind the best one something is still found: with words in it, or by meaning alone
WORDS_BEHIND = 0.3  # least share of the most words that any passage has
SURE = 0.9  # a line that is all of a name, though it does not end as names do
WEIGHED = 100  # passages whose headings are looked at


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
    likeness, found = _alike(in_full(naming.rest if numbered else line), naming, language, searcher)
    if naming.number and not naming.rest:
        found[:] = False  # a bare number is like nothing but itself
    if not numbered:
        likeness = _nuanced(likeness, found, line, searcher, catalogue)
    lifts = _Lifts(naming, line, catalogue)
    if numbered:
        lifts.numbered()
    else:
        lifts.titled()
    lifts.prefixed()
    if lifts.agreed and naming.whole:
        found |= lifts.addressed | ((lifts.by >= TOLD) & ~lifts.named)  # the clause, not all of its document
    else:
        found |= lifts.by >= LEAST_LIFT
    found[catalogue.index.rows_hidden] = False
    scores = np.where(np.isfinite(likeness), likeness, 0.0) + lifts.by
    missing = bool(naming.address) and not lifts.agreed and (numbered or (naming.whole and not lifts.by_whole_title))
    return Ranking(
        np.where(found, scores, -np.inf).astype(np.float32), naming, bool(naming.number) and not numbered, missing
    )


def _alike(line: str, naming: Naming, language: Language, searcher: Searcher) -> tuple[Scores, Marks]:
    """How like a line every passage is, and which are like enough to be found."""
    index = searcher.languages[language]
    if naming.whole:
        count = len(index.passages)
        return np.full(count, -np.inf, dtype=np.float32), np.zeros(count, dtype=bool)
    scores, words = searcher.likeness(line, language)
    in_words = words >= max(BY_WORDS, WORDS_BEHIND * float(words.max(initial=0.0)))
    if searcher.by_words_only or index.vectors is None:
        return scores, in_words
    best = float(scores.max(initial=-np.inf))
    return scores, (scores >= max(FLOOR, best - SPREAD)) & (in_words | (scores >= best - NEAR))


def _nuanced(likeness: Scores, found: Marks, line: str, searcher: Searcher, catalogue: Catalogue) -> Scores:
    """The best of what is found, weighed again by what its heading says and by whom its document is for."""
    likeness = likeness.copy()
    asked = Asked(line, catalogue, searcher)
    rows = np.flatnonzero(found)
    for row in rows[np.argsort(-likeness[rows], kind="stable")[:WEIGHED]].tolist():
        likeness[row] += asked.nuance(catalogue.index.passages[row])
    return likeness


class _Lifts:
    """What passages gain by being named, `by` row."""

    def __init__(self, naming: Naming, line: str, catalogue: Catalogue) -> None:
        count = len(catalogue.index.passages)
        self.by = np.zeros(count, dtype=np.float32)
        self.addressed = np.zeros(count, dtype=bool)  # rows at the address that was typed
        self.named = np.zeros(count, dtype=bool)  # rows of documents that were named
        self.by_whole_title = False  # what looked like an address was part of a title
        self._naming, self._line, self._catalogue = naming, line, catalogue

    @property
    def agreed(self) -> bool:
        """Whether a clause stands at the address that was typed."""
        return bool(self.addressed.any())

    def numbered(self) -> None:
        """Lift what bears the number, or tells of it."""
        naming, passages = self._naming, self._catalogue.index.passages
        for place, weight in naming.documents.items():
            rows = self._rows(place)
            self.by[rows] = NUMBERED * weight - SHEET * (self._catalogue.documents[place].kind in _SHEETS)
            self.named[rows] = True
            if not self._address(rows, ADDRESSED) and naming.whole:
                self.by[self._opening(rows)] += OPENING
        for (place, clause_id), weight in naming.clauses.items():
            rows = [row for row in self._rows(place) if passages[row].clause_id == clause_id]
            self.by[rows] = np.maximum(self.by[rows], BORNE if weight > 0.5 else TOLD)
            if weight > 0.5 and place not in naming.documents:
                self._address(rows, ADDRESSED)

    def titled(self) -> None:
        """Lift what is called so."""
        naming = self._naming
        titled = naming.titled
        if naming.address:
            for place in titled:
                self._address(self._rows(place), TITLED_ADDRESS)
            if not self.agreed and naming.titled_as_typed:
                titled, self.by_whole_title = naming.titled_as_typed, True
        is_name = naming.whole or conventions().is_name(self._line)
        for place, share in titled.items():
            rows = self._rows(place)
            self.by[rows] += TITLED * share
            self.named[rows] = True
            if not self.agreed and naming.name_only and (is_name or share >= SURE):
                self.by[self._opening(rows)] += OPENING + LEAST_LIFT * naming.whole

    def prefixed(self) -> None:
        """Lift clauses whose reference names where they are from: 刑法第一百七十五条之一, 13号公告 第二条."""
        said = normalise(self._line).replace(" ", "")
        rows = [row for row, name in self._catalogue.named_clauses if name in said]
        self._address(rows, TITLED_ADDRESS)

    def _address(self, rows: Sequence[int], by: float) -> bool:
        """Lift those of the rows that stand at the address; whether there are any."""
        if not self._naming.address:
            return False
        agreed = False
        for row in rows:
            addresses = printed(self._catalogue.index.passages[row].reference)
            if agree := max((agreement(self._naming.address, held) for held in addresses), default=0.0):
                self.by[row] += by * agree
                self.addressed[row] = agreed = True
        return agreed

    def _rows(self, place: int) -> list[int]:
        return self._catalogue.index.rows_of_document[self._catalogue.documents[place].id]

    def _opening(self, rows: Sequence[int]) -> int:
        """The row of the clause that tells what a document is: else its first."""
        passages = self._catalogue.index.passages
        for opening in conventions().openings:
            for row in rows:
                if passages[row].clause_id == opening or opening in passages[row].heading:
                    return row
        return rows[0]
