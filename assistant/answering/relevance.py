"""Whether the evidence answers the question at all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.features import answers_kind
from assistant.answering.screen import Refusal
from assistant.lexicon.regions import concerns
from assistant.settings import AnswerSettings
from assistant.types import Asked, Bank, Evidence, Outcome, Place, Query
from index.references import names_a_document_number
from index.search import Searcher
from index.types import Kind, Language, Verification

# "我在成都开店": the place says who asks. "成都有没有…": the place's own rules are wanted.
_SITS = {
    Language.ZH: r"(?:在|位于|住|来自)\s*{place}"
    r"|{place}(?:省|市|县|区)?(?:这边)?(?:的)?(?:一家|小(?:店|厂|企业|公司)|老板|商户|个体户)",
    Language.EN: r"(?:\bI am|\bI'm|\bwe are|\bbased|\blocated|\blive|\brun|\bshop|\bfirm|\bcompany|\bbusiness"
    r"|\bfactory|\brestaurant)\b.{{0,25}}\bin {place}",
}


def shortfall(
    query: Query, evidence: Sequence[Evidence], searcher: Searcher, settings: AnswerSettings
) -> Refusal | None:
    """Why the evidence is not enough; None when it is."""
    if not query.has_subject:
        return Refusal(Outcome.CLARIFY, "no_subject")
    best = evidence[0] if evidence else None
    if names_a_document_number(query.text) and not any(item.hit.named for item in evidence):
        return Refusal(Outcome.NO_EVIDENCE, "no_document")
    if query.banks and not any(_issued_by_named(item, query) for item in evidence):
        return Refusal(Outcome.NO_EVIDENCE, "no_bank", _names(query.banks, query.language))
    if best is None or (not best.named and _too_far(query, evidence, settings)):
        return Refusal(Outcome.NO_EVIDENCE, "no_evidence")
    elsewhere = not any(concerns(item.passage, query.places) for item in evidence[:5])
    if query.places and elsewhere and not best.named and _wants_local_rules(query):
        return Refusal(Outcome.NO_EVIDENCE, "no_place", _names(query.places, query.language))
    document = best.passage.document
    if document.kind is Kind.PRODUCT and document.verification is Verification.KNOWN:
        wants = {Asked.AMOUNT, Asked.RATE, Asked.TERM, Asked.CONDITION, Asked.MATERIALS} & set(query.asked)
        if wants and not any(
            answers_kind(passage.text, kind)
            for kind in wants
            for passage in searcher.passages_of(document.id, query.language)
        ):
            return Refusal(Outcome.NO_EVIDENCE, "no_product_terms", document.short_title)
    return None


def _too_far(query: Query, evidence: Sequence[Evidence], settings: AnswerSettings) -> bool:
    """Whether even the nearest clause is about something else.

    Of all that search tells, the cosine parts what the corpus answers from what it does not best.
    """
    cosines = [item.hit.cosine for item in evidence if item.hit.cosine is not None]
    if not cosines:
        return evidence[0].score < settings.floor_words
    return max(cosines) < settings.floor[query.language]


def _issued_by_named(item: Evidence, query: Query) -> bool:
    issued = not query.lenders.isdisjoint(item.passage.document.issuers)
    return issued or any(name in item.passage.text for name in query.lenders)


def _names(named: Sequence[Bank | Place], language: Language) -> str:
    """The last and so most particular one, as said in the language."""
    last = named[-1]
    if isinstance(last, Bank):
        return last.zh if language is Language.ZH else last.en
    return last.name if language is Language.ZH else last.english


def _wants_local_rules(query: Query) -> bool:
    for place in query.places:
        name = place.name if query.language is Language.ZH else place.english
        if re.search(_SITS[query.language].format(place=re.escape(name)), query.text, re.I):
            return False
    return True
