"""An answer in one's own words: what a clause lays down, with the figures and dates an answer must give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.lexicon.figure_roles import Measure, quantities
from assistant.training.days import consequences
from assistant.training.material import Material, Provision
from assistant.training.sentences import Sentence, is_statistic, quotable
from assistant.training.telling import clause_of, explained, name_of
from assistant.training.types import Drill, DrillKind

_MOST = 3  # figures an answer must give; more would ask for the clause by heart
_NOT_COUNTED = {"kinds", "items"}


def shorts(material: Material) -> Iterator[Drill]:
    """One drill per clause whose sentences say one to three figures that its heading asks for."""
    by_clause: dict[str, list[Sentence]] = {}
    for sentence in quotable(material):
        by_clause.setdefault(sentence.provision.address, []).append(sentence)
    for sentences in by_clause.values():
        item = sentences[0].provision
        if len(sentences) != sentences[0].of or any(is_statistic(material, sentence) for sentence in sentences):
            continue  # part of the clause is not fit to be asked for
        if _no_longer(material).search(item.clause.text):
            continue  # an answer would have to give figures that were dropped
        wanted = _wanted(material, item)
        if (
            1 <= len(wanted) <= _MOST
            and _asks_for_figures(material, item)
            and not re.search(r"\d", item.clause.heading)
        ):
            yield _drill(material, item, sentences, wanted)


def _wanted(material: Material, item: Provision) -> tuple[str, ...]:
    """The figures and dates of a clause as it says them, without days on which something was published."""
    text = item.clause.text
    found: dict[tuple[Measure, object], str] = {}
    asks_when = re.search("|".join(material.say.list("short.day_headings")), item.clause.heading, re.I)
    for quantity in quantities(text, material.language):
        after = text[quantity.start + len(quantity.said) :]
        if not re.match(r"\d", quantity.said) or quantity.former or quantity.noun in _NOT_COUNTED:
            continue
        if quantity.measure is Measure.DATE and (
            not asks_when or f"{item.address}:{quantity.value}" not in consequences(material)
        ):
            continue
        if after.startswith(("期LPR", " LPR", "-year LPR")):
            continue
        found.setdefault((quantity.measure, quantity.value), quantity.said)
    return tuple(found.values())


@lru_cache(maxsize=4)
def _no_longer(material: Material) -> re.Pattern[str]:
    return re.compile("|".join(material.say.list("short.no_longer")), re.I)


def _asks_for_figures(material: Material, item: Provision) -> bool:
    """Whether the heading is about something that is answered by figures: an amount, a rate, a term, a day."""
    return bool(re.search("|".join(material.say.list("short.figure_headings")), item.clause.heading, re.I))


def _drill(material: Material, item: Provision, sentences: list[Sentence], wanted: tuple[str, ...]) -> Drill:
    say = material.say
    sources = tuple(item.source(sentence.text) for sentence in sentences)
    return Drill(
        id=f"{DrillKind.SHORT}:{item.address}:1",
        kind=DrillKind.SHORT,
        language=material.language,
        on=material.on,
        topics=item.document.topics,
        prompt=say("short.prompt", document=name_of(material, item), clause=clause_of(material, item)),
        explanation=explained(material, *sources),
        sources=sources,
        fingerprint=material.fingerprint(sources, *wanted),
        wanted=wanted,
        difficulty=3,
    )
