"""Values in the words of a language: money, dates, ranges, choices, and conditions with their value filled in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from assistant.eligibility.rules import Dated, Fact, FactKind, RuleValue, Words
from assistant.lexicon.banks import bank_words
from assistant.lexicon.regions import place_words
from assistant.profile import Choice, Days, Range, Several, Value
from assistant.texts import Texts

_WAN = Decimal(10_000)


def plain(number: Decimal) -> str:
    """A number with thousands separators and without trailing zeros: 1,500 or 0.5."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def money(yuan: Decimal, say: Texts) -> str:
    """An amount in yuan as people write it: 150万元, 2.3亿元, 3,600元; 1.5 million yuan, 36,000 yuan."""
    if say.language == "zh":
        if abs(yuan) >= 10**8 and _short(yuan / 10**8):
            return say("value.large", n=plain(yuan / 10**8))
        if abs(yuan) >= 10**4 and _short(yuan / _WAN):
            return say("value.medium", n=plain(yuan / _WAN).replace(",", ""))
        return say("value.yuan", n=plain(yuan))
    for key, size in (("large", 10**9), ("medium", 10**6)):
        if abs(yuan) >= size and _short(yuan / size):
            return say(f"value.{key}", n=plain(yuan / size))
    return say("value.yuan", n=plain(yuan))


def _short(number: Decimal) -> bool:
    """Whether a number has few decimals, so that the larger unit keeps it exact."""
    exponent = number.normalize().as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -4


def day_words(day: date, say: Texts) -> str:
    """A date as people write it in the language."""
    return say("date", year=day.year, month=day.month, day=day.day, month_name=day.strftime("%B"))


def days_words(days: Days, say: Texts) -> str:
    """A day, a whole month, or a span."""
    if days.exact is not None:
        return day_words(days.exact, say)
    one_month = (days.first.year, days.first.month) == (days.last.year, days.last.month)
    if one_month and days.first.day == 1 and (days.last + timedelta(days=1)).day == 1:
        return say("value.month_of", year=days.first.year, month=days.first.month, month_name=days.first.strftime("%B"))
    return say("value.days_between", first=day_words(days.first, say), last=day_words(days.last, say))


def quantity(number: Decimal, unit: str | None, say: Texts) -> str:
    """A number in its unit: people, wan, months, years, percent or times."""
    if unit == "wan":
        return money(number * _WAN, say)
    if unit == "months":
        whole = number and number % 12 == 0
        count, key = (number / 12, "year") if whole else (number, "month")
        if count == 1:
            return say(f"value.one_{key}")
        return say("value.whole_years" if whole else "value.months", n=plain(count))
    return say(f"value.{unit}", n=plain(number)) if unit else plain(number)


def range_words(known: Range, unit: str | None, say: Texts) -> str:
    """A number, or the limits it lies within."""
    low = quantity(known.low, unit, say) if known.low is not None else None
    high = quantity(known.high, unit, say) if known.high is not None else None
    if known.exact is not None and low:
        return low
    if low and high:
        return say("value.between", low=low, high=high)
    if low:
        return say("value.above" if known.low_open else "value.from", low=low)
    if high:
        return say("value.below" if known.high_open else "value.to", high=high)
    return say("value.unknown")


def value_words(fact: Fact, known: Value | None, say: Texts) -> str:
    """What is known of a fact."""
    if known is None:
        return say("value.unknown")
    if isinstance(known, bool):
        return say("value.yes" if known else "value.no")
    if isinstance(known, Range):
        return range_words(known, fact.unit, say)
    if isinstance(known, Days):
        return days_words(known, say)
    if isinstance(known, Choice):
        return say("value.or").join(_choices(fact, known.among, say))
    if isinstance(known, Several):
        return say("list_comma").join(_choices(fact, known.has, say)) or say("value.nothing")
    return place_words(known, say.language) if fact.kind is FactKind.PLACE else bank_words(known, say.language)


def _choices(fact: Fact, chosen: frozenset[str], say: Texts) -> list[str]:
    """The chosen ones in the order of the fact's choices."""
    return [words.in_(say.language) for name, words in fact.choices.items() if name in chosen]


def rule_value(fact: Fact | None, value: RuleValue | None, say: Texts) -> str:
    """A rule's value in words; facts that are worked out are shares in percent."""
    if isinstance(value, Decimal):
        return quantity(value, fact.unit if fact else "percent", say)
    if isinstance(value, date):
        return day_words(value, say)
    if isinstance(value, str) and fact is not None and fact.kind is FactKind.PLACE:
        return place_words(value, say.language)
    if isinstance(value, tuple) and fact is not None and fact.kind in (FactKind.CHOICE, FactKind.SEVERAL):
        return say("value.or").join(_choices(fact, frozenset(value), say))
    return str(value)


def condition_words(says: Words, asks: str | None, source: Dated | None, facts: Mapping[str, Fact], say: Texts) -> str:
    """A condition in a few words, its value filled in."""
    words = says.in_(say.language)
    if "{value}" in words and source is not None:
        words = words.replace("{value}", rule_value(facts.get(asks or ""), source.value, say))
    return words
