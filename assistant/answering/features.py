"""What a sentence offers: an amount, a percentage, a period, a date, a place to turn to."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.lexicon.kinds import kind_patterns
from assistant.types import Asked
from index.types import Language

_SCALE = "(?:(?:trillion|billion|million|thousand) )?"
_WRITTEN = "[一二两三四五六七八九十百千零〇]{1,6}"  # originals write numbers as words: 十五日, 一千万元, 百分之三
_PATTERNS = {
    "money": (
        r"\d[\d,.]*\s*(?:万亿|亿|万|千|百)?元",
        rf"{_WRITTEN}(?:万|亿|万亿)?元",
        rf"\d[\d,.]*\s*{_SCALE}yuan",
    ),
    "percent": (
        r"\d\s*(?:%|‰)",
        rf"[百千万]分之{_WRITTEN}",
        r"\d个?(?:百分点|基点)",
        r"\d (?:basis|percentage) points?",
        r"\d倍|\d times",
    ),
    "duration": (
        r"\d+\s*(?:个)?(?:年|月|天|日|小时|工作日)(?!\d)",
        rf"{_WRITTEN}(?:年|个月|天|日|小时|个工作日)(?!\d)",
        r"\d+[ -](?:working )?(?:year|month|day|hour)s?",
    ),
    "date": (r"\d{4}年", r"\d+月\d+日", r"\b(?:19|20)\d{2}\b"),
    "count": (
        r"\d[\d,.]*\s*(?:万|亿)?(?:户|家|人|笔|个|项|倍)",
        rf"(?<!第){_WRITTEN}(?:万|亿)?(?:户|家|人|笔|倍)",
        rf"\d[\d,.]*\s*{_SCALE}(?:firms|households|businesses|people|visits|banks|loans)",
    ),
    "channel": (
        r"电话|热线|网站|网点|平台|App|小程序|公众号|窗口|部门|申请|登记|拨打|\b1\d{4}\b",
        r"hotline|website|branch|platform|call|apply (?:to|at|through)|office|bureau",
    ),
    "list": (r"[；;].*[；;]", r"、.*、.*、", r"(?:, [^,]+){3,}"),
}
_FEATURES = {name: re.compile("|".join(patterns), re.I | re.S) for name, patterns in _PATTERNS.items()}
_POINTS_BACK = {
    Language.ZH: re.compile(
        r"^(?:也|还|并且?|另外|此外|同时|其中|其他|其余|该|上述|以上|前述|这|它|其(?!他)|否则|但|不过|因此|所以|反之)"
    ),
    Language.EN: re.compile(
        r"^(?:it|its|they|their|this|these|that|those|such|other|others|also|but|otherwise|however|besides|therefore"
        r"|in addition|in that case|the (?:same|latter|former|above|others?))\b|^\w+ (?:\w+ )?also\b",
        re.I,
    ),
}
_ITEM = re.compile(r"\s*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-z]|[ivx]{1,4})[)）.．、]|[①-⑳])\s*\S", re.I)
_ACTS = {
    Language.ZH: re.compile(
        r"拨打|致电|咨询|询问|联系|登录|注册|登记|提交|携带|带上|填写|扫码|关注|预约|提出|向[^，。；]{1,16}(?:申请|投诉|反映|查询|举报|报告)"
        r"|(?:可以?|应|须|先|请)[^，。；]{0,16}(?:申请|查询|投诉|办理|找)|(?:到|在|去|通过)[^，。；]{1,20}(?:申请|办理|查询|投诉|下载)"
    ),
    Language.EN: re.compile(
        r"\b(?:call|dial|ask|contact|log (?:in|on)|register|submit|bring|fill in|scan|book|hand in|file|lodge|turn to"
        r"|go to|visit|complain|applications? (?:are|is|go|can|must|should)|inquire|enquire|report|check"
        r"|apply (?:at|through|for|in|online|with|by|via|to (?:the|your|a)))\b",
        re.I,
    ),
}
# What is left out: asked for ("不包括哪些", "哪些企业不能") and told ("不在…范围内", 不予).
_LEFT_OUT = {
    Language.ZH: r"不包括|不包含|不含(?!税)|不适用|不属于|不在[^，。；]{0,16}(?:之内|范围|以内)|除外|排除|不纳入"
    r"|不支持",
    Language.EN: r"\bexclud\w+|\bexcept(?:ions?)?\b|not (?:included|covered|apply|eligible|part of)|outside (?:the|of)"
    r"|does not (?:include|cover|apply)|do not (?:include|cover|apply)|left out",
}
_ASKS_LEFT_OUT = {
    Language.ZH: re.compile(
        rf"{_LEFT_OUT[Language.ZH]}|(?:哪些|哪种|什么|啥)[^，。？]{{0,12}}(?<!能)(?<!可)不(?:能|可以|予|得|许|准|行|算|给)"
    ),
    Language.EN: re.compile(
        rf"{_LEFT_OUT[Language.EN]}|\b(?:which|what|who)\b.{{0,40}}\b(?:cannot|can'?t|may not|must not|not allowed)\b",
        re.I,
    ),
}
_TELLS_LEFT_OUT = {
    Language.ZH: re.compile(rf"{_LEFT_OUT[Language.ZH]}|不予|不得|(?<!能)不能|不可以|禁止"),
    Language.EN: re.compile(
        rf"{_LEFT_OUT[Language.EN]}|\b(?:cannot|may not|must not|not allowed|prohibited|refused)\b", re.I
    ),
}
_TELLING = {Asked.CAN_I: 0.3, Asked.CONSEQUENCE: 0.6, Asked.REASON: 0.6, Asked.DEFINITION: 0.7}


def has(sentence: str, feature: str) -> bool:
    """Whether a sentence shows a feature of kinds.yaml."""
    return bool(_FEATURES[feature].search(sentence))


def points_back(sentence: str, language: Language) -> bool:
    """Whether a sentence begins with something that only the sentence before it makes clear."""
    return _POINTS_BACK[language].search(sentence) is not None


def continues_list(before: str, sentence: str) -> bool:
    """Whether a sentence is an item of the list that the one before it opens or is in."""
    item = _ITEM.match(sentence) is not None
    return item and (before.rstrip().endswith(("：", ":")) or _ITEM.match(before) is not None)


def tells_to_act(sentence: str, language: Language) -> bool:
    """Whether a sentence tells of something the reader can do: call, apply, log in, bring."""
    return _ACTS[language].search(sentence) is not None


def asks_left_out(question: str, language: Language) -> bool:
    """Whether a question asks what something does not cover or who may not."""
    return _ASKS_LEFT_OUT[language].search(question) is not None


def tells_left_out(sentence: str, language: Language) -> bool:
    """Whether a sentence tells that."""
    return _TELLS_LEFT_OUT[language].search(sentence) is not None


def answers_kind(sentence: str, asked: Asked) -> bool:
    """Whether a sentence offers what a kind of question wants; kinds that want nothing particular are never met."""
    return (
        any(has(sentence, feature) for feature in kind_patterns()[asked].sentence)
        if asked in kind_patterns()
        else False
    )


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
