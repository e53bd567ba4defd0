"""Whether the evidence answers the question at all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.features import answers_kind
from assistant.answering.screen import Refusal
from assistant.settings import AnswerSettings
from assistant.types import Asked, Bank, Evidence, Outcome, Place, Query
from assistant.understanding.regions import applies
from index.references import names_a_document_number
from index.search import Searcher
from index.types import Kind, Language, Verification
from index.words import Words

# "我在成都开店": the place says who asks. "成都有没有…": the place's own rules are wanted.
_SITS = {
    Language.ZH: r"(?:我|我们|本人|人|公司|厂子?|店|企业)?(?:在|位于|住|来自)\s*{place}|{place}(?:省|市|县|区)?(?:这边)?(?:的)?(?:一家|小(?:店|厂|企业|公司)|老板|商户|个体户)",
    Language.EN: r"(?:\bI am|\bI'm|\bwe are|\bbased|\blocated|\blive|\brun|\bshop|\bfirm|\bcompany|\bbusiness|\bfactory|\brestaurant)\b.{{0,25}}\bin {place}",
}  # fmt: skip


def shortfall(
    query: Query, evidence: Sequence[Evidence], searcher: Searcher, words: Words, settings: AnswerSettings
) -> Refusal | None:
    """Why the evidence is not enough; None when it is."""
    best = evidence[0] if evidence else None
    if names_a_document_number(query.text) and not any(item.hit.named for item in evidence):
        return Refusal(Outcome.NO_EVIDENCE, "no_document")
    if query.banks and not any(_issued_by_named(item, query) for item in evidence):
        return Refusal(Outcome.NO_EVIDENCE, "no_bank", _names(query.banks, query.language))
    floor = settings.floor_words if searcher.by_words_only else settings.floor
    if best is None or (not best.hit.named and best.score < floor):
        return Refusal(Outcome.NO_EVIDENCE, "no_evidence")
    if query.places and _wants_local_rules(query):
        if not any(applies(item.passage.document.region, query.places) for item in evidence[:5]):
            return Refusal(Outcome.NO_EVIDENCE, "no_place", _names(query.places, query.language))
    document = best.passage.document
    if document.kind is Kind.PRODUCT and document.verification is Verification.KNOWN:
        wants = {Asked.AMOUNT, Asked.RATE, Asked.TERM, Asked.CONDITION, Asked.MATERIALS} & set(query.asked)
        if wants and not any(
            answers_kind(passage.text, kind) for kind in wants for passage in searcher.passages_of(document.id, query.language)
        ):
            return Refusal(Outcome.NO_EVIDENCE, "no_product_terms", document.short_title)
    return None




def _issued_by_named(item: Evidence, query: Query) -> bool:
    names = {name for bank in query.banks for name in (bank.zh, bank.en)}
    document = item.passage.document
    return bool(names & set(document.issuers)) or any(name in item.passage.text for name in names)


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
