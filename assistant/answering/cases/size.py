"""The size class of an enterprise, told with every indicator and both neighbours."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from assistant.answering.cases.phrasing import Phrasing
from assistant.answering.worked import Sum
from assistant.eligibility.rules import Industry, SizeTest, Source
from assistant.eligibility.size import CLASSES, Indicator, classify
from assistant.profile import Choice, Range
from assistant.types import Claim, Part
from assistant.wording import money, plain, quantity
from index.types import Language

_SUMMARY = ("industry", "employees", "revenue_wan", "assets_wan")


def size_claims(words: Phrasing) -> list[Claim]:
    """Claims on the class, why it is so, what would change it, and who decides a dispute."""
    result, standard = words.view.size, words.view.standard
    tests = [standard.industries[name] for name in sorted(result.industries) if name in standard.industries]
    if not tests:
        told = words.say("case.size.uncovered")
        return words.quoted(standard.uncovered, Part.LEAD) + words.claim(told, Part.LEAD, [standard.uncovered])
    if result.exact is None and len(tests) > 1:
        return _open(words, [standard.rule])
    test = tests[0]
    if result.exact is None:
        return _open(words, [test.small, standard.rule]) + _hinge(words, test)
    individual = words.view.profile.value("form")
    alike = getattr(individual, "exact", None) == "individual_business"
    lead = words.say(
        "case.size.exact_individual" if alike else "case.size.exact",
        facts=words.summary(_as_known(words, _counted(test))),
        notion=words.say(f"case.size.notion_{result.exact}"),
        **{"class": words.size_word(result.exact)},
    )
    sources: list[Source] = [_test_of(test, result.exact), *([standard.individual] if alike else [])]
    claims = words.claim(lead, Part.LEAD, sources, line=False)
    if len(tests) == 1 or result.deciding:  # else the industries have limits of their own
        claims += _tests(words, test, result.exact)
    claims += _young(words)
    claims += _neighbours(words, test)
    claims += words.quoted(standard.disputed, Part.MORE)
    return claims + words.quoted(standard.self_test, Part.NEXT)


def _open(words: Phrasing, sources: list[Source]) -> list[Claim]:
    among = [words.size_word(name) for name in CLASSES if name in words.view.size.among]
    told = words.summary(_as_known(words, _SUMMARY))
    if not told or len(among) == len(CLASSES):
        return words.claim(words.say("case.size.unknown"), Part.LEAD, sources, line=False)
    text = words.say("case.size.among", facts=told, classes=words.say("value.or").join(among))
    return words.claim(text, Part.LEAD, sources, line=False)


def _hinge(words: Phrasing, test: Industry) -> list[Claim]:
    """Where one figure alone is missing and parts two classes: from which value on it is the higher one."""
    possible = [name for name in CLASSES if name in words.view.size.among]
    missing = [item.fact for item in words.view.size.indicators if item.value is None]
    if len(possible) != 2 or len(missing) != 1:
        return []
    (fact,), (lower, upper) = missing, possible
    limits = _test_of(test, upper)
    limit = limits.limits[fact]
    for value, wanted in ((Range.of(limit), upper), (Range(None, limit, high_open=True), lower)):
        industry = words.view.profile.value("industry")
        found = classify(words.view.standard, _choice(industry), words.view.metrics | {fact: value})
        if found.exact != wanted:
            return []
    text = words.say(
        "case.size.hinge", label=words.label(fact), limit=_limit(words, fact, limit),
        upper=words.size_word(upper), lower=words.size_word(lower),
    )  # fmt: skip
    return words.claim(text, Part.LEAD, [limits])


def _choice(value: object) -> Choice | None:
    return value if isinstance(value, Choice) else None


def _as_known(words: Phrasing, facts: Iterable[str]) -> list[str]:
    """The facts, with the one that stands for the revenue in its place."""
    return [words.view.revenue_from if fact == "revenue_wan" else fact for fact in facts]


def _tests(words: Phrasing, test: Industry, exact: str) -> list[Claim]:
    """Each indicator against the limit that decides: of the class above, or of the class itself for large ones."""
    above = CLASSES[min(CLASSES.index(exact) + 1, len(CLASSES) - 1)]
    known = [item for item in words.view.size.indicators if item.value is not None]
    if not known:
        return []
    comma = "，" if words.language is Language.ZH else ", "
    own = comma.join(_one_test(words, item, _test_of(test, exact), exact) for item in known)
    short = [item for item in known if exact == "micro" or not _reaches(item, above)]
    tests = comma.join(_one_test(words, item, _test_of(test, above), above) for item in short)
    single = len(test.metrics) == 1
    key = "reason" if exact == "large" or not short else "one_lower" if exact == "micro" else "reason_next"
    key = "reason_one" if single and exact == "micro" else key
    if key == "one_lower" and len(test.metrics) == 1:  # of one figure nothing is said about all of them
        key, own = "reason", tests
    text = words.say(f"case.size.{key}", own=own, tests=tests, **{"class": words.size_word(above)})
    text = text[0].upper() + text[1:]
    rule = [] if len(test.metrics) == 1 else [words.view.standard.rule]
    return words.claim(text, Part.LEAD, [_test_of(test, exact), _test_of(test, above), *rule])


def _one_test(words: Phrasing, item: Indicator, limits: SizeTest, above: str) -> str:
    (fact,) = _as_known(words, (item.fact,))
    return words.say(
        "case.size.reaches" if _reaches(item, above) else "case.size.short",
        label=words.label(fact), value=words.value(fact),
        limit=_limit(words, item.fact, limits.limits[item.fact]), **{"class": words.size_word(above)},
    )  # fmt: skip


def _reaches(item: Indicator, size_class: str) -> bool:
    return all(CLASSES.index(name) >= CLASSES.index(size_class) for name in item.allows)


def _young(words: Phrasing) -> list[Claim]:
    """How the revenue of a firm younger than a year was converted, where it was."""
    so_far, months = words.view.profile.value("revenue_so_far_wan"), words.view.profile.value("months")
    if words.view.profile.value("revenue_wan") is not None or not isinstance(so_far, Range):
        return []
    annual = words.view.value("revenue_wan")
    if not isinstance(annual, Range) or annual.exact is None or so_far.exact is None or not isinstance(months, Range):
        return []
    left = f"{money(so_far.exact * 10_000, words.say)} ÷ {plain(months.exact or Decimal(1))} × 12"
    right = money(annual.exact * 10_000, words.say)
    text = words.say("case.size.young", left=left, right=right)
    return words.claim(text, Part.LEAD, [words.view.standard.young], worked=[Sum(f"{left} = {right}")])


def _neighbours(words: Phrasing, test: Industry) -> list[Claim]:
    claims: list[Claim] = []
    for boundary, key, joint in (
        (words.view.size.up, "up", "case.change.all"),
        (words.view.size.down, "down", "value.or"),
    ):
        if boundary is None:
            continue
        changes = [
            words.say(f"case.size.{key}_to", label=words.label(fact), limit=_limit(words, fact, limit))
            for fact, limit in boundary.changes
        ]
        text = words.say(
            f"case.size.{key}", changes=words.say(joint).join(changes), **{"class": words.size_word(boundary.to)}
        )
        limits = _test_of(test, boundary.to if key == "up" else CLASSES[CLASSES.index(boundary.to) + 1])
        claims += words.claim(text, Part.MORE, [limits])
    return claims


def _counted(test: Industry) -> tuple[str, ...]:
    return ("industry", *(fact for fact in _SUMMARY[1:] if fact in test.metrics))


def _test_of(test: Industry, size_class: str) -> SizeTest:
    """The limits that tell of a class; those of small also tell of micro."""
    return {"large": test.large, "medium": test.medium}.get(size_class, test.small)


def _limit(words: Phrasing, fact: str, limit: Decimal) -> str:
    return quantity(limit, words.facts[fact].unit, words.say)
