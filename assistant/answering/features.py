"""What a sentence offers: an amount, a percentage, a period, a date, a place to turn to."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.types import Asked
from assistant.understanding.kinds import kind_patterns
from index.types import Language

_FEATURES = {
    "money": re.compile(r"\d(?:[\d,.]*)\s*(?:万亿|亿|万|千|百)?元|\d[\d,.]*\s*(?:(?:trillion|billion|million|thousand) )?yuan", re.I),
    "percent": re.compile(r"\d\s*(?:%|‰)|\d个?(?:百分点|基点)|\d (?:basis|percentage) points?|\d倍|\d times", re.I),
    "duration": re.compile(r"\d+\s*(?:个)?(?:年|月|天|日|小时|工作日)(?!\d)|\d+[ -](?:working )?(?:year|month|day|hour)s?", re.I),
    "date": re.compile(r"\d{4}年|\d+月\d+日|\b(?:19|20)\d{2}\b"),
    "count": re.compile(r"\d(?:[\d,.]*)\s*(?:万|亿)?(?:户|家|人|笔|个|项|倍)|\d[\d,.]*\s*(?:(?:million|billion) )?(?:firms|households|businesses|people|visits|banks|loans)", re.I),
    "channel": re.compile(r"电话|热线|网站|网点|平台|App|小程序|公众号|窗口|部门|申请|登记|拨打|\b1\d{4}\b|hotline|website|branch|platform|call|apply (?:to|at|through)|office|bureau", re.I),
    "list": re.compile(r"[；;].*[；;]|、.*、.*、|(?:, [^,]+){3,}", re.S),
}  # fmt: skip


_TELLING = {Asked.CAN_I: 0.3, Asked.CONSEQUENCE: 0.6, Asked.REASON: 0.6, Asked.DEFINITION: 0.7}


def has(sentence: str, feature: str) -> bool:
    """Whether a sentence shows a feature of kinds.yaml."""
    return bool(_FEATURES[feature].search(sentence))


def answers_kind(sentence: str, asked: Asked) -> bool:
    """Whether a sentence offers what a kind of question wants; kinds that want nothing particular are never met."""
    return any(has(sentence, feature) for feature in kind_patterns()[asked].sentence) if asked in kind_patterns() else False


@lru_cache(maxsize=8192)
def heading_fits(heading: str, asked: tuple[Asked, ...], language: Language) -> float:
    """How well a clause's heading fits the kinds asked, [0, 1]: 1 for the most particular kind, less for later ones.

    Kinds that nearly any question shows ("能不能…吗") say little about headings and count less.
    """
    for place, kind in enumerate(asked):
        patterns = kind_patterns().get(kind)
        if patterns and any(word.casefold() in heading.casefold() for word in patterns.heading[language]):
            return _TELLING.get(kind, 1.0) / (1 + 0.5 * place)
    return 0.0
