"""Whether an answer gives the figure that was asked for, and of the time asked for: to deny it must be true."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.features import answers_kind, has
from assistant.answering.rerank import asks_products, names
from assistant.lexicon.kinds import kind_patterns
from assistant.lexicon.periods import holds_over, speaks_of
from assistant.types import Asked, Claim, ClaimKind, Part, Query
from index.types import Kind

_FIGURES_OF_A_TIME = re.compile(
    r"余额|累计|多少|占比|增长|利率|LPR|数据|balance|how (?:much|many)|rate|share|growth|figure", re.I
)
# What is published again and again, a figure for each time.
_SERIES = re.compile(
    r"LPR|余额|走访|放贷|不良(?:贷款)?率|平均利率|增速|balance|outstanding|visits|non-?performing|\bNPLs?\b"
    r"|average (?:interest )?rate",
    re.I,
)
_INSISTS = re.compile(
    r"多少|几|多大|多久|多长|最高|最多|哪[天年]|什么时候|何时|how (?:much|many|long|large|big|soon)|\bwhen\b"
    r"|what (?:is|are) the .*\b(?:rate|limit|maximum|cap|fee|amount|threshold)",
    re.I,
)
_FIGURE_KINDS = (Asked.AMOUNT, Asked.RATE, Asked.FIGURE, Asked.TERM, Asked.DATE)
# 上限, 最高 and "maximum" are said of rates, terms and counts as well as of money; what is measured tells which.
_MEASURED = (
    (
        re.compile(r"率|比例|占比|几成|百分|[几少]个?点|\b(?:rate|ratio|share|per ?cent|percentage|points?)\b", re.I),
        ("percent",),
    ),
    (
        re.compile(
            r"期限|年限|多久|多长|时限|几[年天]|几个?月|什么时候|何时|\b(?:term|long|when|soon|deadline)\b", re.I
        ),
        ("duration", "date"),
    ),
    (
        re.compile(
            r"(?:多少|几)个?(?:人|户|家|次|笔|个(?!月))|[次人户家笔]数|倍|岁|年龄"
            r"|\b(?:many|times|people|staff|firms|age|old)\b",
            re.I,
        ),
        ("count", "occasions"),
    ),
    # From when, or when to act: an event tells it as well as a day does.
    (
        re.compile(
            r"从(?:哪天|什么时候|何时|几时|啥时候)|(?:哪天|什么时候|何时|几时|啥时候).{0,4}(?:起|算|申请|办|提)"
            r"|\b(?:from|since) when\b|\bwhen (?:do|should|can|must|does)\b",
            re.I,
        ),
        ("event",),
    ),
)
_TITLED = re.compile(r"20\d\d(?=年)|\b20\d\d\b")  # 关于做好2025年小微企业金融服务工作的通知
_OCCASIONS = re.compile(r"\d\s*(?:次|周?岁)|\d+ (?:times|years old)|\baged? \d|\b(?:once|twice)\b", re.I)
_EVENT = re.compile(r"之日起|起算|届满|到期(?:日)?(?:之)?前|\b(?:from|before|after|until) (?:the|it|they)\b", re.I)
_OWN_FEATURES = {"occasions": _OCCASIONS, "event": _EVENT}  # others are those of features.py


def figure_missing(query: Query, claims: Sequence[Claim]) -> bool:
    """Whether a figure was asked for first and foremost and nothing in the answer gives one of a kind it may be."""
    if not _INSISTS.search(query.focus) or query.asked[0] not in _FIGURE_KINDS:
        return False
    document_id = claims[0].passages[0].document_id
    wanted = _features_wanted(query)
    return not any(
        any(_shows(claim.text, feature) for feature in wanted)
        and (claim.part is Part.LEAD or claim.passages[0].document_id == document_id)
        and (not _of_unasked_product(claim, query) or claim.kind is ClaimKind.COMPUTED)
        for claim in claims
    )


def _of_unasked_product(claim: Claim, query: Query) -> bool:
    """Whether a claim tells what one lender's product has, where a rule for all was asked for."""
    document = claim.passages[0].document
    return document.kind is Kind.PRODUCT and not query.banks and not names(document, query) and not asks_products(query)


def _features_wanted(query: Query) -> frozenset[str]:
    """The kinds of figure that may answer: those of the kinds asked, and of what the question measures."""
    kinds = [kind for kind in query.asked if kind in _FIGURE_KINDS]
    wanted = {feature for kind in kinds for feature in kind_patterns()[kind].sentence}
    for measure, features in _MEASURED:
        if measure.search(query.focus):
            wanted.update(features)
    return frozenset(wanted)


def _shows(text: str, feature: str) -> bool:
    own = _OWN_FEATURES.get(feature)
    return bool(own.search(text)) if own is not None else has(text, feature)


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


def edition_missing(query: Query, claims: Sequence[Claim]) -> str | None:
    """The year whose document was asked for, where the one found is that of another year by its own title."""
    years = {period for period in query.periods if len(period) == 4}
    titled = set(_TITLED.findall(claims[0].passages[0].document.title))
    if query.asked[0] is not Asked.REFERENCE or len(years) != 1 or not titled or titled & years:
        return None
    return years.pop()


def _rules_over(claim: Claim, month: str) -> bool:
    """Whether a claim tells of a rule, and the rule held in that month."""
    passage = claim.passages[0]
    if passage.document.kind is Kind.FIGURES:
        return False
    first, last = passage.period.effective, passage.period.expires
    held = first is not None and first.isoformat()[:7] <= month and (last is None or month <= last.isoformat()[:7])
    return held or holds_over(claim.text, month)
