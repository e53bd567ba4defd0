"""The sentences of clauses that drills may quote: they stand alone, say what holds, and hedge nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.training.material import Material, Provision
from index.text import sentences
from index.types import Kind, Language

_LENGTHS = {Language.ZH: (12, 170), Language.EN: (40, 460)}  # characters a quoted sentence may have


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a clause; `text` stands in the clause character by character."""

    provision: Provision
    text: str
    place: int  # among the sentences of its clause, from 0
    of: int  # how many the clause has


@lru_cache(maxsize=4)
def quotable(material: Material) -> tuple[Sentence, ...]:
    """Every sentence of the taught clauses that may be quoted by itself, in the order of the corpus."""
    return tuple(_quotable(material))


def _quotable(material: Material) -> Iterator[Sentence]:
    shortest, longest = _LENGTHS[material.language]
    hedged = re.compile("|".join(material.say.list("hedges")), re.I)
    leaning = re.compile(rf"^(?:{'|'.join(material.say.list('leaning_starts'))})", re.I)
    for item in material.taught:
        said = sentences(item.clause.text, material.language)
        for place, text in enumerate(said):
            if not shortest <= len(text) <= longest or text not in item.clause.text:
                continue
            if not hedged.search(text) and not leaning.search(text):
                yield Sentence(item, text, place, len(said))


def is_statistic(material: Material, sentence: Sentence) -> bool:
    """Whether a sentence counts what was done so far: true of its day, and nothing to know by heart."""
    return counts_what_was_done(material, sentence.provision) or bool(_statistics(material).search(sentence.text))


def counts_what_was_done(material: Material, item: Provision) -> bool:
    """The same of a whole clause, by its document, its reference or its heading."""
    return item.document.kind is Kind.FIGURES or bool(_statistics(material).search(item.label))


@lru_cache(maxsize=4)
def _statistics(material: Material) -> re.Pattern[str]:
    return re.compile("|".join(material.say.list("statistics")), re.I)
