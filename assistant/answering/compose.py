"""Sentences chosen from the evidence: first the direct answer, then what else matters, then where to go."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.basis import source_named
from assistant.answering.emphasis import Emphasis
from assistant.answering.features import (
    answers_kind,
    asks_left_out,
    continues_list,
    heading_fits,
    points_back,
    tells_left_out,
    tells_to_act,
)
from assistant.answering.rerank import NATIONWIDE
from assistant.lexicon.kinds import kind_patterns
from assistant.types import Asked, Claim, ClaimKind, Evidence, Part, Query
from index.figures import figures
from index.search import NAMED_CLAUSE, Searcher
from index.text import normalise, sentences
from index.types import Kind, Language, Passage
from index.words import Words

_STEP = re.compile(r"第\d+步|\bstep \d", re.I)
# Kinds that a question asking several things gets an answer to each, and how far under the best evidence it may lie.
_OF_ITS_OWN = {
    Asked.AMOUNT: 0.5,
    Asked.RATE: 0.5,
    Asked.TERM: 0.5,
    Asked.DATE: 0.5,
    Asked.MATERIALS: 0.5,
    Asked.WHERE: 0.5,
    Asked.RENEWAL: 0.3,
    Asked.PROCEDURE: 0.3,
}
LISTED = 12  # sentences an enumeration may have that is given whole, whatever the room
WHOLE = 1.4  # over a point's room by so little, a clause is given whole
_NO_NEXT_STEP = {Asked.FIGURE, Asked.DEFINITION, Asked.REFERENCE, Asked.COMPARISON, Asked.REASON}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much an answer says; characters are those of the language."""

    lead_sentences: int = 3
    lead_characters: int = 170
    points: int = 5
    point_characters: int = 150
    below_lead: float = 0.18  # how far under the best evidence a further point may lie, on fusion's scale
    below_lead_few: float = 0.25  # the same while there are fewer than two points
    below_lead_same: float = 0.65  # the same for points from the document that leads, or of the place asked about
    alike: float = 0.6  # share of words two sentences may have in common


LIMITS = {
    Language.ZH: Limits(),
    Language.EN: Limits(lead_characters=520, point_characters=460),
}


@dataclass(frozen=True, slots=True)
class SentenceWeights:
    """What moves a sentence beside its clause's score, on fusion's scale; tuned like answering.rerank.Weights."""

    covered: float = 0.50  # share of the question's rare words in the sentence
    heading_word: float = 0.50  # what such a word counts where it stands in the heading only
    name_word: float = 0.5  # what such a word counts where the document's name has it: it tells which, not what
    heading: float = 0.045  # the heading names what is asked
    offers: float = 0.216  # the sentence offers the kind of thing asked
    left_out: float = 0.35  # it tells what is left out, where that is asked
    place: float = -0.01  # for each sentence before it
    same_document: float = 0.15  # an answer to a further kind, from the document that leads


SENTENCE = SentenceWeights()


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    place: int
    evidence: Evidence
    score: float


class Composer:
    """Answers in sentences of the corpus, without a model; the same evidence always gives the same answer."""

    def __init__(self, searcher: Searcher, words: Words) -> None:
        self._searcher = searcher
        self._words = words

    def compose(self, query: Query, evidence: Sequence[Evidence], emphasis: Emphasis) -> list[Claim]:
        """Claims as they are shown; the first is the direct answer. Evidence comes best first, never empty."""
        limits = LIMITS[query.language]
        if query.asked[0] is Asked.REFERENCE and evidence[0].hit.score >= NAMED_CLAUSE:
            return self._whole_clauses(evidence, limits)
        scored = [self._sentences(item, query, emphasis) for item in evidence]
        best = max((s for group in scored for s in group), key=lambda s: s.score)
        lead = self._around(best, next(group for group in scored if best in group), limits)
        chosen = _Chosen(self._words)
        claims = [self._claim(s, Part.LEAD) for s in lead]
        if Asked.REFERENCE in query.asked:
            claims.insert(0, source_named(best.evidence.passage))
        for sentence in lead:
            chosen.add(sentence.text)
        groups = {id(group[0].evidence): group for group in scored}
        for sentence in self._for_other_kinds(query, scored, best, claims):
            if chosen.has_alike(sentence.text, limits.alike):
                continue
            before, after = self._neighbours(sentence, groups[id(sentence.evidence)], limits, limits.point_characters)
            for told in [*before, *after]:
                if told is sentence or not chosen.has_alike(told.text, limits.alike):
                    chosen.add(told.text)
                    claims.append(self._claim(told, Part.LEAD))
        points = 0
        for group in sorted(scored, key=lambda group: -max(s.score for s in group)):
            if points == limits.points:
                break
            item = group[0].evidence
            here = bool(query.places) and item.passage.document.region not in NATIONWIDE
            same = here or item.passage.document_id == best.evidence.passage.document_id
            allowed = limits.below_lead_few if points < 2 else limits.below_lead
            floor = best.evidence.score - (limits.below_lead_same if same else allowed)
            if item is best.evidence or item.score < floor:
                continue
            picked = self._point(group, limits)
            fresh = [s for s in picked if not chosen.has_alike(s.text, limits.alike)]
            if not fresh:
                continue
            for sentence in fresh:
                chosen.add(sentence.text)
                claims.append(self._claim(sentence, Part.MORE))
            points += 1
        claims = self._with_all_steps(query, claims)
        return claims + self._next_steps(query, best.evidence, chosen, limits)

    def _whole_clauses(self, evidence: Sequence[Evidence], limits: Limits) -> list[Claim]:
        """A clause asked for by number is given in full, with the other parts of the same clause."""
        picked = [item for item in evidence if item.hit.score >= NAMED_CLAUSE]
        picked = [item for item in picked if item.passage.document_id == evidence[0].passage.document_id]
        picked.sort(key=lambda item: item.passage.position)
        return [
            Claim(sentence, ClaimKind.QUOTED, Part.LEAD if number == 0 else Part.MORE, (item.passage,))
            for number, item in enumerate(picked)
            for sentence in sentences(item.passage.clause.text, item.passage.language)[: limits.lead_sentences]
        ]

    def _for_other_kinds(
        self, query: Query, scored: Sequence[Sequence[_Sentence]], best: _Sentence, lead: Sequence[Claim]
    ) -> list[_Sentence]:
        """Where a question asks several things ("多少、几成"), the best sentence for each that the lead leaves open."""
        found: list[_Sentence] = []
        for kind in query.asked[:3]:
            if kind not in _OF_ITS_OWN or any(_answers(claim.text, claim.passages[0], kind) for claim in lead):
                continue
            fitting = [
                sentence
                for group in scored
                for sentence in group
                if _answers(sentence.text, sentence.evidence.passage, kind)
                and sentence.evidence.score >= best.evidence.score - _allowed(kind, sentence, best)
            ]
            if fitting:
                found.append(max(fitting, key=lambda s: s.score + SENTENCE.same_document * _of_one(s, best)))
        return found

    def _with_all_steps(self, query: Query, claims: list[Claim]) -> list[Claim]:
        """Where a claim is one step of a procedure told in numbered clauses, all its steps in order, in its place."""
        first = next((claim for claim in claims if _STEP.search(claim.text)), None)
        if first is None or Asked.PROCEDURE not in query.asked:
            return claims
        stem = _stem(first.passages[0])
        steps = [
            Claim(text, ClaimKind.QUOTED, first.part, (passage,))
            for passage in self._searcher.passages_of(first.passages[0].document_id, query.language)
            if _stem(passage) == stem and _STEP.search(passage.text)
            for text in sentences(passage.clause.text, query.language)
        ]
        said = {claim.text for claim in steps}
        at = claims.index(first)
        before = [claim for claim in claims[:at] if claim.text not in said]
        return before + steps + [claim for claim in claims[at:] if claim.text not in said]

    def _sentences(self, item: Evidence, query: Query, emphasis: Emphasis) -> list[_Sentence]:
        passage = item.passage
        fits = heading_fits(passage.label, query.asked, query.language)
        # Originals say their own name and place all over, which tells nothing of what a sentence is about.
        worth = 0.0 if passage.document.original else SENTENCE.name_word
        document = passage.document
        beside_names = emphasis.beside(f"{document.title} {document.short_title} {document.region}", worth)
        excludes = asks_left_out(query.focus, query.language)
        found = []
        for place, text in enumerate(_told(passage)):
            covered = beside_names.share_beside(text, passage.label, SENTENCE.heading_word)
            score = item.score + SENTENCE.covered * covered + SENTENCE.heading * fits + SENTENCE.place * place
            for rank, kind in enumerate(query.asked[:3]):
                if answers_kind(text, kind):
                    score += SENTENCE.offers / (1 + rank)
                    break
            score += SENTENCE.left_out * (excludes and tells_left_out(text, query.language))
            found.append(_Sentence(text, place, item, score))
        return found

    def _around(self, best: _Sentence, group: Sequence[_Sentence], limits: Limits) -> list[_Sentence]:
        """The best sentence with what follows it in the clause, then what stands before it, as far as room allows."""
        before, after = self._neighbours(best, group, limits, limits.lead_characters)
        return [*after, *before]

    def _point(self, group: Sequence[_Sentence], limits: Limits) -> list[_Sentence]:
        """The best sentence of a clause with its neighbours, in the clause's order."""
        if sum(len(sentence.text) for sentence in group) <= limits.point_characters * WHOLE:
            return list(group[: limits.lead_sentences])
        before, after = self._neighbours(max(group, key=lambda s: s.score), group, limits, limits.point_characters)
        return [*before, *after]

    def _neighbours(
        self, best: _Sentence, group: Sequence[_Sentence], limits: Limits, room: int
    ) -> tuple[list[_Sentence], list[_Sentence]]:
        """What goes before and what follows from the best sentence on, as far as there is room.

        A sentence that points back ("it", 也) never comes without the one before it, nor an item without its list.
        """
        language = best.evidence.passage.language

        def whole(first: int) -> int:
            """Where the sentences begin that the one at `first` is clear with."""
            while first > 0 and (
                points_back(group[first].text, language) or continues_list(group[first - 1].text, group[first].text)
            ):
                first -= 1
            return first

        # The rows of a table that leads belong together, and so do the items of a list.
        table = best.evidence.passage.clause.table is not None and room >= limits.lead_characters
        start, end = whole(best.place), best.place + 1
        room -= sum(len(sentence.text) for sentence in group[start:end])
        while end < len(group) and (
            (listed := (table or continues_list(group[end - 1].text, group[end].text)) and end - start < LISTED)
            or (end - start < limits.lead_sentences and len(group[end].text) <= room)
        ):
            room -= 0 if listed else len(group[end].text)
            end += 1
        first = start
        while first > 0:
            earlier = whole(first - 1)
            wanted = sum(len(sentence.text) for sentence in group[earlier:first])
            if end - earlier > limits.lead_sentences or wanted > room:
                break
            first, room = earlier, room - wanted
        return list(group[first:start]), list(group[start:end])

    def _claim(self, sentence: _Sentence, part: Part) -> Claim:
        row = sentence.evidence.passage.clause.table is not None
        return Claim(sentence.text, ClaimKind.QUOTED, part, (sentence.evidence.passage,), line=row)

    def _next_steps(self, query: Query, lead: Evidence, chosen: _Chosen, limits: Limits) -> list[Claim]:
        """Where to turn, from the document the answer rests on."""
        document = lead.passage.document
        if query.asked[0] in _NO_NEXT_STEP or document.kind in (Kind.GLOSSARY, Kind.FIGURES, Kind.LAW):
            return []
        best: tuple[float, str, Passage] | None = None
        for passage in self._searcher.passages_of(document.id, query.language):
            fit = heading_fits(passage.label, (Asked.WHERE,), query.language)
            if fit <= 0 or (best is not None and fit <= best[0]):
                continue
            told = sentences(passage.clause.text, query.language)
            act = next((text for text in told if tells_to_act(text, query.language)), None)
            if act is not None and not points_back(act, query.language) and not chosen.has_alike(act, limits.alike):
                best = (fit, act, passage)
        return [Claim(best[1], ClaimKind.QUOTED, Part.NEXT, (best[2],))] if best is not None else []


def _told(passage: Passage) -> list[str]:
    """The sentences of a clause. Originals repeat the heading at its beginning: that alone says nothing."""
    told = sentences(passage.clause.text, passage.language)
    heading = normalise(passage.heading).strip("。.：: ")
    first = normalise(told[0]).strip("。.：: ") if told else ""
    return told[1:] if len(told) > 1 and first == heading else told


def _of_one(sentence: _Sentence, other: _Sentence) -> bool:
    return sentence.evidence.passage.document_id == other.evidence.passage.document_id


def _allowed(kind: Asked, sentence: _Sentence, best: _Sentence) -> float:
    """How far under the best evidence an answer to a further kind may lie: less where another document speaks."""
    return _OF_ITS_OWN[kind] if _of_one(sentence, best) else 0.25


def _answers(text: str, passage: Passage, kind: Asked) -> bool:
    """Whether the clause is headed as an answer to that kind and offers what the kind wants."""
    if not heading_fits(passage.label, (kind,), passage.language):
        return False
    return not kind_patterns()[kind].sentence or answers_kind(text, kind)


def _stem(passage: Passage) -> tuple[str, str]:
    """What the clauses of one numbered procedure have in common: steps-1, steps-2 …"""
    return passage.document_id, passage.clause_id.rstrip("0123456789")


class _Chosen:
    """What an answer says already."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._said: list[tuple[frozenset[str], frozenset[str]]] = []

    def add(self, text: str) -> None:
        self._said.append((frozenset(self._words.cut(text)), frozenset(figures(text))))

    def has_alike(self, text: str, limit: float) -> bool:
        """Whether nearly the same was said: most words shared, and no figure that was not yet given."""
        words, numbers = frozenset(self._words.cut(text)), frozenset(figures(text))
        return any(
            numbers <= said_numbers and len(words & said) >= limit * max(1, min(len(words), len(said)))
            for said, said_numbers in self._said
        )
