"""Whether the evidence answers the question at all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.features import answers_kind, has
from assistant.answering.screen import Refusal
from assistant.lexicon.kinds import kind_patterns
from assistant.lexicon.periods import holds_over, speaks_of
from assistant.lexicon.regions import concerns
from assistant.settings import AnswerSettings
from assistant.types import Asked, Bank, Claim, Evidence, Outcome, Part, Place, Query
from index.references import names_a_document_number
from index.search import Searcher
from index.types import Kind, Language, Verification

_FIGURES_OF_A_TIME = re.compile(
    r"余额|累计|多少|占比|增长|利率|LPR|数据|balance|how (?:much|many)|rate|share|growth|figure", re.I
)
# What is published again and again, a figure for each time.
_SERIES = re.compile(r"LPR|余额|走访|放贷|balance|outstanding|visits", re.I)
_INSISTS = re.compile(
    r"多少|几|多大|多久|多长|最高|最多|哪[天年]|什么时候|何时|how (?:much|many|long|large|big|soon)|\bwhen\b"
    r"|what (?:is|are) the .*\b(?:rate|limit|maximum|cap|fee|amount|threshold)",
    re.I,
)
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


_FIGURE_KINDS = (Asked.AMOUNT, Asked.RATE, Asked.FIGURE, Asked.TERM, Asked.DATE)
# 上限, 最高 and "maximum" are said of rates, terms and counts as well as of money; what is measured tells which.
_MEASURED = (
    (
        re.compile(r"率|比例|占比|几成|百分|点|\b(?:rate|ratio|share|per ?cent|percentage|points?)\b", re.I),
        ("percent",),
    ),
    (
        re.compile(
            r"期限|年限|多久|多长|时限|几[年天]|几个?月|什么时候|何时|\b(?:term|long|when|soon|deadline)\b", re.I
        ),
        ("duration", "date"),
    ),
    (
        re.compile(r"人|户|家|次|笔|个|倍|岁|年龄|\b(?:many|times|people|staff|firms|age|old)\b", re.I),
        ("count", "occasions"),
    ),
)
_OCCASIONS = re.compile(r"\d\s*(?:次|周?岁)|\d+ (?:times|years old)|\baged? \d|\b(?:once|twice)\b", re.I)


def figure_missing(query: Query, claims: Sequence[Claim]) -> bool:
    """Whether a figure was asked for first and foremost and nothing in the answer gives one of a kind it may be."""
    if not _INSISTS.search(query.focus) or query.asked[0] not in _FIGURE_KINDS:
        return False
    document_id = claims[0].passages[0].document_id
    wanted = _features_wanted(query)
    return not any(
        any(_shows(claim.text, feature) for feature in wanted)
        and (claim.part is Part.LEAD or claim.passages[0].document_id == document_id)
        for claim in claims
    )


def _features_wanted(query: Query) -> frozenset[str]:
    """The kinds of figure that may answer: those of the kinds asked, and of what the question measures."""
    kinds = [kind for kind in query.asked if kind in _FIGURE_KINDS]
    wanted = {feature for kind in kinds for feature in kind_patterns()[kind].sentence}
    for measure, features in _MEASURED:
        if measure.search(query.focus):
            wanted.update(features)
    return frozenset(wanted)


def _shows(text: str, feature: str) -> bool:
    return bool(_OCCASIONS.search(text)) if feature == "occasions" else has(text, feature)


def period_missing(query: Query, claims: Sequence[Claim]) -> bool:
    """Whether the figure of a certain month was asked for from a series of figures, and no claim gives that month's.

    A rule is no series: what it says from a day on, or while it is in force, holds for every month within.
    """
    months = [period for period in query.periods if len(period) == 7]
    kinds = [kind for kind in (Asked.FIGURE, Asked.RATE, Asked.AMOUNT) if kind in query.asked]
    series = bool(_SERIES.search(query.text))
    of_series = claims[0].passages[0].document.kind in (Kind.FIGURES, Kind.GUIDE, Kind.NOTICE)
    if not months or not kinds or not (of_series or series):
        return False
    if not _FIGURES_OF_A_TIME.search(query.text):
        return False
    return not any(
        any(answers_kind(claim.text, kind) for kind in kinds)
        and any(speaks_of(claim.text, month) or (not series and _rules_over(claim, month)) for month in months)
        for claim in claims
    )


def _rules_over(claim: Claim, month: str) -> bool:
    """Whether a claim tells of a rule, and the rule held in that month."""
    passage = claim.passages[0]
    if passage.document.kind is Kind.FIGURES:
        return False
    first, last = passage.period.effective, passage.period.expires
    held = first is not None and first.isoformat()[:7] <= month and (last is None or month <= last.isoformat()[:7])
    return held or holds_over(claim.text, month)
