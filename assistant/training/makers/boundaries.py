"""Cases at the limits of the size standard: each limit of each industry, from both sides and at the limit itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from assistant.eligibility.rules import Industry, SizeTest
from assistant.eligibility.size import CLASSES, EMPLOYEES
from assistant.profile import Choice, Profile, Range, Stated
from assistant.training.makers.enterprises import above, figures_within, firms_in, limits_of, round_figure
from assistant.training.makers.rule_words import RuleWords, chance
from assistant.training.material import Material
from assistant.training.types import Drill, DrillKind, Option
from assistant.wording import quantity

_FEW = Decimal("1.15")  # times the lower limit: still within the class of every industry
_SIDES = ("below", "at", "above")


@dataclass(frozen=True, slots=True)
class _Case:
    """An enterprise at a limit: `limit` is of `metric`, and `figures` hold that metric too."""

    key: str
    industry: str
    test: Industry
    figures: Mapping[str, Decimal]
    difficulty: int
    exact: str | None = None  # the metric that stands right at a limit


def boundaries(material: Material) -> Iterator[Drill]:
    """Drills on the size class of enterprises beside a limit."""
    book = material.rulebook
    if book is None:
        return
    words = RuleWords(material, book)
    for industry, test in book.size.industries.items():
        tests = (test.small, test.medium, test.large)
        if all(words.stands(item) for item in (*tests, book.size.rule, book.size.inclusive)):
            for case in _cases(industry, test):
                yield _drill(case, words)


def _cases(industry: str, test: Industry) -> Iterator[_Case]:
    for size_class in CLASSES[1:]:
        for metric in test.metrics:
            for side in _SIDES:
                key = f"{industry}-{size_class}-{metric}-{side}"
                figures = figures_within(test, size_class, chance(f"boundary:{key}"))
                if metric != EMPLOYEES and EMPLOYEES in figures:  # as few people as go with so little money
                    figures[EMPLOYEES] = round_figure(limits_of(test, size_class)[EMPLOYEES] * _FEW)
                figures[metric] = beside(limits_of(test, size_class)[metric], side, metric == EMPLOYEES)
                yield _Case(key, industry, test, figures, 1 if side != "at" else 2, metric if side == "at" else None)
    for metric in test.metrics if len(test.metrics) > 1 else ():
        # One figure far above, the other just short: the lower class all the same.
        for size_class in ("small", "medium"):
            key = f"{industry}-{size_class}-{metric}-held-down"
            figures = figures_within(test, above(size_class), chance(f"boundary:{key}"))
            figures[metric] = beside(limits_of(test, size_class)[metric], "below", metric == EMPLOYEES)
            yield _Case(key, industry, test, figures, 3)


def beside(limit: Decimal, side: str, people: bool) -> Decimal:
    """A figure at a limit or next to it, as people would name it: 19, 20, 21; 1990, 2000; 3.99亿."""
    step = 1 if people or limit <= 500 else 10 if limit < 20_000 else 100
    return limit + {"below": -step, "at": 0, "above": step}[side]


def _drill(case: _Case, words: RuleWords) -> Drill:
    material, book, say = words.material, words.book, words.drill
    clause = case.test.small.clause
    drill_id = f"{DrillKind.BOUNDARY}:{clause}:{case.key}"
    random = chance(drill_id)
    firm = random.choice(firms_in(case.industry, _scale(case)))
    profile = Profile.of(
        [
            Stated("industry", Choice.of(case.industry), ""),
            *(Stated(metric, Range.of(value), "") for metric, value in case.figures.items()),
        ]
    )
    size = book.view(profile, material.on).size
    assert size.exact is not None, drill_id  # all figures that count are given
    named = {fact: quantity(value, book.facts[fact].unit, words.say) for fact, value in case.figures.items()}
    told = say("and").join(
        say(f"boundary.size.named.{fact}", value=say("exactly", value=value) if fact == case.exact else value)
        for fact, value in named.items()
    )
    firm_words = say("firm_in", name=firm.name.in_(words.say.language), industry=case.test.name.in_(words.say.language))
    prompt = random.choice(say.list("boundary.size.prompts")).format(firm=firm_words, figures=told)
    options = tuple(Option(_class(name, words), _why(name, size.exact, case, named, words)) for name in CLASSES)
    quoted = [_test_of(case.test, size.exact), *([book.size.inclusive] if case.exact is not None else [])]
    sources = words.sources(quoted)
    return Drill(
        drill_id, DrillKind.BOUNDARY, words.language, material.on, words.topics(sources[:1]),
        prompt[0].upper() + prompt[1:], _explanation(size.exact, case, named, words) + words.quoted(sources),
        sources, material.fingerprint(sources, material.rules, prompt), options, (CLASSES.index(size.exact),),
        profile=profile, difficulty=case.difficulty,
    )  # fmt: skip


def _explanation(exact: str, case: _Case, named: Mapping[str, str], words: RuleWords) -> str:
    """Which limit decides, and how the figures combine where there are several."""
    say = words.drill
    next_up = "small" if exact == "micro" else above(exact)
    limits = limits_of(case.test, next_up)
    short = [metric for metric in limits if case.figures[metric] < limits[metric]]
    if short:
        tests = say("list").join(_told(metric, next_up, "below", case, named, words) for metric in short)
    else:
        tests = say("list").join(_told(metric, exact, "reached", case, named, words) for metric in named)
    key = "micro" if exact == "micro" else "between" if short else "top"
    if key == "between" and len(named) == 1:
        tests, key = f"{_told(short[0], exact, 'reached', case, named, words)}{say('list')}{tests}", "top"
    text = say(f"boundary.size.explain.{key}", tests=tests, **{"class": _class(exact, words)})
    gap = say("sentence_gap")
    if len(case.test.metrics) > 1:
        text += gap + say("boundary.size.all_needed")
    if case.exact is not None:
        text += gap + say("boundary.size.inclusive")
    return text + gap


def _told(metric: str, size_class: str, key: str, case: _Case, named: Mapping[str, str], words: RuleWords) -> str:
    return words.drill(
        f"boundary.size.{key}", label=words.label(metric), value=named[metric],
        limit=_limit(metric, size_class, case, words), **{"class": _class(size_class, words)},
    )  # fmt: skip


def _why(name: str, exact: str, case: _Case, named: Mapping[str, str], words: RuleWords) -> str:
    """Why it is this class, or why not: the first figure that falls short, or the class above that is reached."""
    say = words.drill
    figures = say("and").join(say(f"boundary.size.named.{fact}", value=value) for fact, value in named.items())
    if name == exact:
        return say("boundary.size.right", figures=figures)
    if CLASSES.index(name) < CLASSES.index(exact):
        return say("boundary.size.above", figures=figures, this=_class(name, words), **{"class": _class(exact, words)})
    limits = limits_of(case.test, name)
    metric = next(metric for metric in case.test.metrics if case.figures[metric] < limits[metric])
    return say(
        "boundary.size.short", label=words.label(metric), value=named[metric],
        limit=_limit(metric, name, case, words), **{"class": _class(name, words)},
    )  # fmt: skip


def _scale(case: _Case) -> str:
    """The highest class that one of the figures reaches alone: as big as the enterprise seems."""
    return next(
        name
        for name in reversed(CLASSES)
        if name == "micro" or any(case.figures[m] >= limit for m, limit in limits_of(case.test, name).items())
    )


def _limit(metric: str, size_class: str, case: _Case, words: RuleWords) -> str:
    return quantity(limits_of(case.test, size_class)[metric], words.book.facts[metric].unit, words.say)


def _class(name: str, words: RuleWords) -> str:
    return words.book.facts["size_class"].choices[name].in_(words.say.language)


def _test_of(test: Industry, size_class: str) -> SizeTest:
    """The limits that tell of a class; those of small also tell of micro."""
    return {"large": test.large, "medium": test.medium}.get(size_class, test.small)
