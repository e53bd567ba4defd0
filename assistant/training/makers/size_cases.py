"""Case studies of the size standard: the class of an enterprise that was visited, and what is true of its figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from random import Random

from assistant.eligibility.rules import Industry, SizeTest
from assistant.eligibility.size import CLASSES
from assistant.lexicon.regions import place_words
from assistant.profile import Choice, Profile, Range, Stated
from assistant.training.makers.enterprises import above, enterprises, figures_within, firms_in, limits_of
from assistant.training.makers.rule_words import RuleWords, chance, shuffled
from assistant.training.material import Material
from assistant.training.types import Drill, DrillKind, Option
from assistant.wording import quantity


def size_cases(material: Material) -> Iterator[Drill]:
    """A drill for each industry and class, and one for each where the figures are of different classes."""
    book = material.rulebook
    if book is None:
        return
    words = RuleWords(material, book)
    for industry, test in book.size.industries.items():
        if not all(words.stands(item) for item in (test.small, test.medium, test.large, book.size.rule)):
            continue
        for form in (*CLASSES, *(["mixed"] if len(test.metrics) > 1 else [])):
            drill_id = f"{DrillKind.CASE}:{test.small.clause}:size-{industry}-{form}"
            yield _drill(drill_id, industry, test, _figures(test, form, chance(drill_id)), words)


def _figures(test: Industry, form: str, random: Random) -> dict[str, Decimal]:
    if form != "mixed":
        return figures_within(test, form, random)
    lower = random.choice(("micro", "small"))
    figures = figures_within(test, lower, random)
    metric = random.choice(test.metrics)
    return {**figures, metric: figures_within(test, above(lower), random)[metric]}


def _drill(
    drill_id: str, industry: str, test: Industry, figures: Mapping[str, Decimal], words: RuleWords
) -> Drill:  # fmt: skip
    material, book, say, language = words.material, words.book, words.drill, words.say.language
    random = chance(drill_id + ":told")
    profile = Profile.of(
        [
            Stated("industry", Choice.of(industry), ""),
            *(Stated(metric, Range.of(value), "") for metric, value in figures.items()),
        ]
    )
    exact = book.view(profile, material.on).size.exact
    assert exact is not None, drill_id
    firm = random.choice(firms_in(industry, exact))
    place = place_words(random.choice(enterprises().places), words.language)
    named = {fact: quantity(value, book.facts[fact].unit, words.say) for fact, value in figures.items()}
    start = random.choice(say.list("case.opening")).format(
        firm=say("firm_in", name=firm.name.in_(language), industry=test.name.in_(language)), place=place
    )
    facts = say("list").join(say(f"facts.{fact}.value", value=value) for fact, value in named.items())
    described = say("case.described", firm=start[0].upper() + start[1:], facts=facts[0].upper() + facts[1:])
    reasons = _reasons(test, figures, exact, named, words, random)
    options = [
        *(Option(_class(name, words), say(f"size_case.{exact if name == exact else 'wrong'}")) for name in CLASSES),
        *(option for option, _ in reasons),
    ]
    right = (
        CLASSES.index(exact),
        *(len(CLASSES) + place for place, (_, so) in enumerate(reasons) if so),
    )
    sources = words.sources([_test_of(test, exact), *([book.size.rule] if len(test.metrics) > 1 else [])])
    explanation = say("size_case.explain", **{"class": _class(exact, words)}) + words.quoted(sources)
    prompt = f"{described}\n{say('size_case.ask')}"
    return Drill(
        drill_id, DrillKind.CASE, words.language, material.on, words.topics(sources[:1]), prompt, explanation, sources,
        material.fingerprint(sources, material.rules, prompt), tuple(options), right, len(CLASSES),
        profile=profile, difficulty=2 if len(figures) > 1 else 1,
    )  # fmt: skip


def _reasons(
    test: Industry,
    figures: Mapping[str, Decimal],
    exact: str,
    named: Mapping[str, str],
    words: RuleWords,
    random: Random,
) -> list[tuple[Option, bool]]:
    """Statements on each figure and the limits next to it, some true and some not, and one on how figures combine."""
    say = words.drill
    near = ("small", "medium") if exact == "micro" else (exact, above(exact) or CLASSES[CLASSES.index(exact) - 1])
    found: list[tuple[Option, bool]] = []
    for turn, metric in enumerate(test.metrics):
        for size_class in near:
            reached = figures[metric] >= limits_of(test, size_class)[metric]
            so = random.random() < 0.5 if found or turn else True
            if found and all(one[1] is so for one in found):
                so = not so
            key = "reached" if reached is so else "below"
            text = say(
                f"size_case.{key}", label=words.label(metric),
                limit=quantity(limits_of(test, size_class)[metric], words.book.facts[metric].unit, words.say),
                **{"class": _class(size_class, words)},
            )  # fmt: skip
            why = say(f"size_case.{'so' if so else 'not_so'}", label=words.label(metric), value=named[metric])
            found.append((Option(text, why), so))
    found = [found[place] for place in shuffled(found, random)]
    if len(test.metrics) > 1:
        so = random.random() < 0.5
        key = "mixed_true" if so else "mixed_false"
        found.append((Option(say(f"size_case.{key}"), say(f"size_case.{key}_why")), so))
    return found


def _class(name: str, words: RuleWords) -> str:
    return words.book.facts["size_class"].choices[name].in_(words.say.language)


def _test_of(test: Industry, size_class: str) -> SizeTest:
    """The limits that tell of a class; those of small also tell of micro."""
    return {"large": test.large, "medium": test.medium}.get(size_class, test.small)
