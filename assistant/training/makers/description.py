"""A profile in plain words, as somebody who visited the enterprise would tell it."""

from __future__ import annotations

from random import Random

from assistant.eligibility.conditions import leaves
from assistant.eligibility.rules import Condition, Holds, conditions_in
from assistant.eligibility.verdict import Verdict
from assistant.lexicon.regions import place_words
from assistant.profile import Choice, Several, Stated
from assistant.training.makers.profiles import Drawn
from assistant.training.makers.rule_words import RuleWords

_TOLD = {"industry", "section", "region"}  # by the opening
PLAIN = {  # fields of which what an enterprise does tells by itself
    "catering_lodging", "health", "elderly_care", "childcare", "housekeeping", "culture", "tourism", "sports", "retail",
    "agriculture", "real_estate", "finance", "bars", "digital", "overcapacity", "green", "agri_services",
    "platform_company", "producer_services", "key_farm_products",
}  # fmt: skip
_LABELLED = {"form", "ownership", "loan_kind", "loan_security"}  # choices that have a sentence of their own
_PAID_OUT = {"loan_wanted_wan"}  # told otherwise of a loan that was paid out
_FIRST = ("form", "ownership", "employees", "revenue_wan", "assets_wan", "months")


def described(drawn: Drawn, words: RuleWords, random: Random) -> str:
    """Where it is, what it does, and each fact that was stated; in an order that does not tell what counts."""
    say, language = words.drill, words.say.language
    industry = drawn.firm.industry
    test = words.book.size.industries[industry]
    firm = say("firm_in", name=drawn.firm.name.in_(language), industry=test.name.in_(language))
    region = drawn.profile.value("region")
    place = place_words(region, words.language) if isinstance(region, str) else None
    opening = random.choice(range(2))
    start = say.list("case.opening" if place else "case.opening_no_place")[opening].format(firm=firm, place=place)
    stated = [item for fact, item in drawn.profile.stated.items() if fact not in _TOLD]
    first = sorted((item for item in stated if item.fact in _FIRST), key=lambda item: _FIRST.index(item.fact))
    others = sorted((item for item in stated if item.fact not in _FIRST), key=lambda item: item.fact)
    random.shuffle(others)
    told = [text for item in (*first, *others) if (text := _sentence(item, drawn, words))]
    facts = say("list").join(told)
    return say("case.described", firm=start[0].upper() + start[1:], facts=facts[0].upper() + facts[1:])


def _sentence(item: Stated, drawn: Drawn, words: RuleWords) -> str | None:
    """One fact; None for what goes without saying."""
    say = words.drill
    key = f"facts.{item.fact}"
    if isinstance(item.value, bool):
        return say(f"{key}.{'yes' if item.value else 'no'}")
    if isinstance(item.value, Several):
        return _several(item.fact, item.value, drawn, words)
    if isinstance(item.value, Choice) and item.fact in _LABELLED:
        return say(f"{key}.{item.value.exact}")
    if item.fact in _PAID_OUT and "loan_issued" in drawn.profile.stated:
        key += "_paid_out"
    return say(f"{key}.value", value=_small(words.value(item.fact, item.value), item, words))


def _small(value: str, item: Stated, words: RuleWords) -> str:
    """Choices begin with a capital letter in English, and stand within a sentence here."""
    within = words.say.language == "en" and isinstance(item.value, Choice) and item.fact != "tax_grade"
    return value[0].lower() + value[1:] if within else value


def _several(fact: str, value: Several, drawn: Drawn, words: RuleWords) -> str | None:
    """Of what applies, all that is there; of what does not, only what a condition looks at."""
    say, about = words.drill, words.book.facts[fact]
    asked = _asked(fact, drawn, words)
    has, lacks = value.has, value.lacks & asked
    if fact == "fields":
        has, lacks = (value.has & asked) - PLAIN, lacks - PLAIN
        if value.has & asked or not any(
            leaf.asks == fact and leaf.verdict is Verdict.NOT_MET
            for finding in drawn.assessment.failed
            for leaf in leaves(finding)
        ):
            lacks = frozenset()
    language = words.say.language
    named = {name: text.in_(language) for name, text in about.choices.items()}
    key = f"facts.{fact}"
    if has:
        return say(f"{key}.has", choices=say("comma").join(text for name, text in named.items() if name in has))
    if lacks:
        return say(f"{key}.lacks", choices=say("comma").join(text for name, text in named.items() if name in lacks))
    return None


def _asked(fact: str, drawn: Drawn, words: RuleWords) -> frozenset[str]:
    """The choices that the candidate's conditions look at."""
    candidate = drawn.assessment.candidate
    nodes = [*candidate.needs, *(drawn.assessment.mode.needs if drawn.assessment.mode else ())]
    found: set[str] = set()
    for condition in conditions_in(nodes):
        if isinstance(condition, Condition) and condition.asks == fact and condition.holds is not Holds.IS:
            applied = condition.on(words.material.on)
            found |= set(applied.value) if applied is not None and isinstance(applied.value, tuple) else set()
    return frozenset(found)
