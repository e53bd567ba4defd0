"""What weighs among clauses that are about equally like a line: their heading, and whom their document is for."""

from __future__ import annotations

from functools import lru_cache

from assistant.lexicon.regions import applies, places_in
from assistant.reference.catalogue import Catalogue
from assistant.reference.conventions import conventions
from index.search import Searcher
from index.types import Document, Kind, Passage

HEADED = 0.5  # for a heading that has all the words
OFFICIAL, EXPECTED = 0.3, 0.3  # shares: for the official words, for a word that tells of what is asked for
DEFINITION = 0.3  # what a term's definition loses: staff want the clause
ONE_BANK, ONE_PLACE, GATHERED = 0.3, 0.2, 0.2  # what holds for one bank or place nobody named; what is gathered
PAST = 0.2  # what tells of how it was before, where nobody asked for that
RARE = 6  # documents: a word in no more titles than that names what they are about


class Asked:
    """The words of a line, and the official ones for them, with how rare each is."""

    def __init__(self, line: str, catalogue: Catalogue, searcher: Searcher) -> None:
        index = catalogue.index
        language = index.passages[0].language
        self._catalogue = catalogue
        self._places = places_in(line)
        self._own = {word: index.lexical.rarity(word) for word in catalogue.names.words_of(line)}
        official = [*searcher.official_words(line, language), *conventions().official_words(line)]
        self._official = [words for said in official if (words := catalogue.names.words_of(said))]
        self._past = conventions().tells_of_the_past(line)
        self._expected = conventions().expected_headings(line)
        rare = [catalogue.names.bearing(word) for word in self._own if len(word) > 1]
        self._named = frozenset().union(*(places for places in rare if len(places) <= RARE))

    def nuance(self, passage: Passage) -> float:
        """What a clause gains or loses."""
        document = passage.document
        if document.kind is Kind.GLOSSARY:
            return -DEFINITION
        heading = f"{passage.reference} {passage.heading}"
        gained = HEADED * self._share(heading) - PAST * (not self._past and conventions().tells_of_the_past(heading))
        if self._places and _is_local(document.region) and applies(document.region, self._places):
            return gained + ONE_PLACE
        if self._catalogue.places[document.id] in self._named:
            return gained
        return gained - self._narrow(document)

    def _narrow(self, document: Document) -> float:
        if document.kind is Kind.PRODUCT:
            return ONE_BANK
        if document.kind is Kind.GUIDE:
            return GATHERED
        return ONE_PLACE if _is_local(document.region) else 0.0

    def _share(self, heading: str) -> float:
        said = self._catalogue.names.stemmed(heading)
        reach = sum(self._own.values())
        if not reach:
            return 0.0
        own = sum(weight for word, weight in self._own.items() if word in said) / reach
        official = any(all(word in said for word in words) for words in self._official)
        expected = any(word in said for word in self._expected)
        return min(1.0, own + OFFICIAL * official + EXPECTED * expected)


@lru_cache(maxsize=4096)
def _is_local(region: str) -> bool:
    return bool(places_in(region))
